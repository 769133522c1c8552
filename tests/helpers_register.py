"""Short ways to say an act, a unit and what is known of a commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import ntm_rules as ntm
from ntm_rules.register.acts import Act, Unit
from ntm_rules.register.book import Register
from ntm_rules.register.review import Review, review_register
from ntm_rules.register.tally import Category

CRITERIA = tuple(str(number) for number in range(1, 20))
VIETNAMESE = frozenset("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")  # letters English lacks
END_2023 = date(2023, 12, 31)
END_2024 = date(2024, 12, 31)


def day(text: str) -> date:
    """A day from YYYY-MM-DD."""
    return date.fromisoformat(text)


def recognised(unit: str = "23311", status: str = "ntm", on: str | None = "2020-06-01", **more: Any) -> Act:
    """A recognition."""
    return Act("recognition", unit, status=status, day=day(on) if on else None, **more)


def revoked(unit: str = "23311", status: str = "ntm", on: str | None = "2023-06-01", **more: Any) -> Act:
    """A revocation."""
    return Act("revocation", unit, status=status, day=day(on) if on else None, **more)


def unit(code: str = "23311", **attributes: Any) -> Unit:
    """A commune of Kon Tum on the list."""
    given = {"province": "kon-tum", "region": "tay-nguyen", **attributes}
    return Unit(code, "commune", f"Xã {code}", (), "608", given)


def commune(failed: Iterable[str] = (), unknown: Iterable[str] = (), code: str = "23311", **attributes: Any) -> ntm.Subject:
    """A commune of which every criterion is attested, but for those that fail or are not known."""
    failed, unknown = set(failed), set(unknown)
    attested = {number: number not in failed for number in CRITERIA if number not in unknown}
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": 2023, **attributes}
    return ntm.Subject(id=code, kind="commune", attributes=given, attested=attested)


def only(found: tuple[Review, ...]) -> Review:
    """The one review there is."""
    assert len(found) == 1, found
    return found[0]


def reviewed(*failed: str, on: date = END_2023, acts: Iterable[Act] | None = None, **more: Any) -> Review:
    """The review of one recognised commune that fails these criteria."""
    unknown = more.pop("unknown", ())
    attributes = more.pop("attributes", {})
    values: Mapping[tuple[str, str], ntm.Subject] = {("23311", "commune-ntm"): commune(failed, unknown, **attributes)}
    register = Register(acts or [recognised()], [unit()])
    return only(review_register(register, on=on, values=values, **more))


def category(*failed: str, **more: Any) -> Category:
    """What the review of such a commune comes to."""
    return reviewed(*failed, **more).category
