"""Why a review comes to what it does, in sentences of both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ntm_rules.decide.decision import Decision
from ntm_rules.register.acts import Act
from ntm_rules.register.law import Ground, percent
from ntm_rules.register.tally import Category, Tally
from ntm_rules.register.validity import Term
from ntm_rules.values import Bilingual, Outcome, plain, shown

_DAY: Final = Bilingual("{0:%d/%m/%Y}", "{0}")
_BEFORE: Final = Bilingual("trước {0:%d/%m/%Y}", "before {0}")
_MERGED: Final = Bilingual("{0} đã sáp nhập ngày {1}", "{0} was merged on {1}")
_MERGED_INTO: Final = Bilingual("{0} đã sáp nhập ngày {1} vào {2}", "{0} was merged on {1} into {2}")
_NOT_PASSED_ON: Final = Bilingual(
    "danh hiệu không tự chuyển sang đơn vị mới, cần quyết định thừa nhận",
    "the status does not pass on by itself, a new decision is needed",
)
_ON_RECORD_FOR: Final = Bilingual("{0} (sổ có quyết định của: {1})", "{0} (on record for: {1})")


def share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """A share in percent with two places, as the press prints it: 53 of 85 is 62.35."""
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def tally_reasons(tally: Tally, decision: Decision | None, ground: Ground | None) -> list[Bilingual]:
    """How many criteria fail, which ones, and which of them are key criteria."""
    said: list[Bilingual] = []
    failed = [node for node in decision.criteria if node.outcome is Outcome.NOT_MET] if decision else []
    numbers = ", ".join(node.id for node in failed)
    if tally.failed:
        part = share(tally.failed, tally.total)
        vi = f"không đạt {tally.failed}/{tally.total} tiêu chí ({shown(part, 'vi')}%)"
        en = f"{tally.failed} of {tally.total} criteria not met ({shown(part, 'en')}%)"
        said.append(Bilingual(f"{vi}: {numbers}" if numbers else vi, f"{en}: {numbers}" if numbers else en))
        if not numbers:
            said.append(Bilingual("nguồn chỉ nói số lượng, không nói tiêu chí nào", "the source only counts, and names no criterion"))
    elif not tally.open and tally.total:
        said.append(Bilingual(f"đạt {tally.total}/{tally.total} tiêu chí", f"all {tally.total} criteria met"))
    rule = ground.rule if ground else None
    if rule is not None and rule.key_criteria is not None and failed:
        keys = [node for node in failed if node.id in rule.key_criteria.numbers]
        if keys:
            vi = "; ".join(f"{node.id} {node.title.vi}" for node in keys)
            en = "; ".join(f"{node.id} {node.title.en}" for node in keys)
            said.append(Bilingual(f"trong đó có tiêu chí then chốt: {vi}", f"among them key criteria: {en}"))
    if tally.open:
        vi = f"{tally.open} tiêu chí chưa xác định: số không đạt từ {tally.failed} đến {tally.failed + tally.open}"
        en = f"{tally.open} criteria not determined: from {tally.failed} to {tally.failed + tally.open} not met"
        said.append(Bilingual(vi, en))
    if decision is not None:
        unmet = [node for node in decision.conditions if node.outcome is not Outcome.MET and node.outcome is not Outcome.NOT_APPLICABLE]
        said += [
            Bilingual(f"điều kiện {node.title.vi}: {node.outcome.label.vi}", f"condition {node.title.en}: {node.outcome.label.en}")
            for node in unmet
        ]
    return said


def merged_reason(acts: Sequence[Act], recognised: Sequence[str]) -> Bilingual:
    """Where a unit that no longer exists went, and that its status did not go with it.

    Args:
        acts: the mergers, nearest first; several of the unit itself where it was divided.
        recognised: the units it went to that are recognised themselves.
    """
    said = Bilingual.join([*map(_merger, acts), _NOT_PASSED_ON], "; ")
    return _ON_RECORD_FOR.fill(said, ", ".join(recognised)) if recognised else said


def _merger(act: Act) -> Bilingual:
    into = act.into_name or act.into
    day = _DAY.fill(act.day) if act.day else _BEFORE.fill(act.known_by) if act.known_by else Bilingual("?")
    return (_MERGED_INTO if into else _MERGED).fill(act.name or act.unit, day, into)


def law_reason(ground: Ground | None, on: date) -> Bilingual:
    """What the law of the day says of those that no longer meet their set."""
    if ground is None:
        vi = f"không có quy định thu hồi nào trong danh mục cho danh hiệu này vào ngày {on:%d/%m/%Y}"
        return Bilingual(vi, f"no text on revocation is on record for this status on {on}")
    if ground.rule is None:
        assert ground.missing is not None
        return ground.missing
    assert ground.text is not None
    name = ground.text.instrument
    if ground.rule.loses_class:
        return Bilingual(f"{name}: không còn đáp ứng tiêu chí là căn cứ thu hồi", f"{name}: criteria no longer met are a ground")
    low, high = percent(ground.rule.with_key_from), percent(ground.rule.without_key_from)
    low_text, high_text = (plain(bound) if bound is not None else "?" for bound in (low, high))
    vi = f"{name}: căn cứ thu hồi khi không đạt từ {low_text}% số tiêu chí và có tiêu chí then chốt, hoặc từ {high_text}%"
    en = f"{name}: ground for revocation when {low_text}% of the criteria fail with a key one among them, or {high_text}%"
    return Bilingual(vi, en)


def certificate_reasons(term: Term, on: date, filed: Sequence[date], complete: bool) -> tuple[Category, tuple[Bilingual, ...]]:
    """Whether a certificate runs, is due to be assessed again, or is over.

    A certificate whose window had passed before windows were asked for can hold after its last day while a re-assessment is awaited;
    whether a dossier was filed is known only from the register, and only a complete register says that none was.

    Args:
        term: how long it runs.
        on: the day.
        filed: the days on which dossiers for its re-assessment were filed, up to the day.
        complete: whether the register names every dossier.
    """
    if term.until is None:
        return Category.UNDETERMINED, (Bilingual("không rõ ngày cấp hoặc thời hạn", "day of issue or term not known"),)
    end = f"{term.until:%d/%m/%Y}"
    runs = Bilingual(f"có giá trị đến hết {end}", f"runs until {term.until}")
    in_time = [day for day in filed if day <= term.until]
    if on > term.until:
        over = Bilingual(f"hết hạn ngày {end}", f"ended on {term.until}")
        if term.extended is None or on > term.extended:
            return Category.EXPIRED, (over,)
        last = f"{term.extended:%d/%m/%Y}"
        if in_time:
            vi = f"đã nộp hồ sơ đánh giá lại ngày {in_time[-1]:%d/%m/%Y}: còn hiệu lực khi chờ kết quả, không quá {last}"
            en = f"filed for re-assessment on {in_time[-1]}: holds while the result is awaited, {term.extended} at the latest"
            return Category.DUE_FOR_REASSESSMENT, (over, Bilingual(vi, en))
        if filed:
            vi = f"hồ sơ đánh giá lại nộp sau ngày hết hạn ({filed[-1]:%d/%m/%Y}): không rõ còn được hiệu lực khi chờ kết quả không"
            en = f"the dossier was filed after the last day ({filed[-1]}): whether it holds while the result is awaited is not known"
            return Category.UNDETERMINED, (over, Bilingual(vi, en))
        if complete:
            return Category.EXPIRED, (over, Bilingual("không có hồ sơ đánh giá lại", "no dossier was filed"))
        vi = f"nếu đã nộp hồ sơ đánh giá lại trước ngày hết hạn thì còn hiệu lực đến không quá {last}; sổ không ghi"
        en = f"a dossier filed before its last day would extend it to {term.extended} at most; the register does not say"
        return Category.UNDETERMINED, (over, Bilingual(vi, en))
    if term.window is None or on < term.window[0]:
        return Category.KEEPS_STATUS, (runs,)
    first, last_day = term.window
    span = Bilingual(
        f"nộp hồ sơ đánh giá lại từ {first:%d/%m/%Y} đến {last_day:%d/%m/%Y}", f"file for re-assessment from {first} to {last_day}"
    )
    if term.extended is not None:
        vi = f"kỳ nộp đã qua trước khi quy định này có hiệu lực: còn hiệu lực khi chờ kết quả, không quá {term.extended:%d/%m/%Y}"
        en = f"the window had passed before this rule came into force: holds while a result is awaited, {term.extended} at the latest"
        return Category.DUE_FOR_REASSESSMENT, (runs, span, Bilingual(vi, en))
    if on > last_day and not any(first <= day <= last_day for day in filed):
        return Category.DUE_FOR_REASSESSMENT, (runs, span, Bilingual("đã quá kỳ nộp", "the window is over"))
    return Category.DUE_FOR_REASSESSMENT, (runs, span)
