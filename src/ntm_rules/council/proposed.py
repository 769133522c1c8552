"""What follows from the minutes: the lists that go to the authority, and the entries that a register of recognitions takes.

A list proposes; the recognition is a decision of the authority, so an entry has the number and the day of it only where they are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from ntm_rules.council.minutes import Minutes
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import AUTHORITIES
from ntm_rules.register.acts import ACT_LABELS, PRODUCT_STATUSES
from ntm_rules.register.files import ACT_COLUMNS
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual

PROPOSALS: Final[Mapping[str, Bilingual]] = {
    "ocop-3": Bilingual("Danh sách đề nghị công nhận 3 sao", "Proposed for three stars"),
    "ocop-4": Bilingual("Danh sách đề nghị công nhận 4 sao", "Proposed for four stars"),
    "ocop-5": Bilingual("Danh sách đề nghị công nhận 5 sao", "Proposed for five stars"),
    "ocop-potential-5": Bilingual("Danh sách tiềm năng 5 sao, trình trung ương", "Potential five stars, to the centre"),
    "ocop-potential-4": Bilingual("Danh sách chuyển tỉnh đánh giá", "To be assessed by the province"),
    "none": Bilingual("Không đủ hạng được công nhận", "Below the classes that are recognised"),
    "open": Bilingual("Chưa xác định", "Undetermined"),
}
GRANTED: Final = "cấp công nhận"  # for people; whether it could, the set of the act says
_COLUMNS: Final = ("unit", "name", "unit_kind", "kind", "status", "edition", "decision", "day")


def proposal_of(one: Minutes) -> str:
    """The list a product goes on, by the name of the status it is proposed for; ``none``, or ``open`` while its class is."""
    decision = one.decision
    if decision is None or decision.score is None:
        return "open"
    if decision.standing == "rejected":
        return "none"
    if one.stars is None:
        return "open"
    if decision.standing == "to-province":
        return "ocop-potential-4"
    if one.stars < decision.score.certified_from:
        return "none"
    return "ocop-potential-5" if decision.standing == "potential-5-star" else f"ocop-{one.stars}"


def entries(found: Sequence[Minutes], rules: RuleSet, decision: str = "", day: date | None = None) -> Report:
    """The entries for a register: what is proposed, with the number and the day of the decision where they are known.

    Args:
        found: the minutes.
        rules: by which was scored.
        decision: number of the decision that recognised them.
        day: its day of effect.
    """
    rows = []
    for one in found:
        status = proposal_of(one)
        if status in PRODUCT_STATUSES:
            said = [one.product.id, one.product.name, "sản phẩm", ACT_LABELS["recognition"].vi, status, rules.id, decision]
            granted = None if one.decision is None or one.decision.score is None else one.decision.score.granted_by
            rows.append([*said, day.isoformat() if day else "", AUTHORITIES[granted].vi if granted else ""])
    return Report("", [Section("", [*(ACT_COLUMNS[column][0] for column in _COLUMNS), GRANTED], rows)])
