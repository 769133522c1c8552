"""What changed since the last report: who gained or lost criteria, who was recognised, which certificates came and went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ntm_rules.register.acts import REGISTERED
from ntm_rules.report.before import Before
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """Commune by commune, then products; criteria are compared within one edition only."""
    before = s.asked.before
    if before is None:
        return None
    changes = [change for one in s.communes if (change := _change(before.communes.get(one.code), one.as_dict(), before))]
    came = [one.code for one in s.communes if one.code not in before.communes]
    now = {one.code for one in s.communes}
    went = [str(one.get("name") or code) for code, one in before.communes.items() if code not in now]
    grids = [Grid(_HEADS, [_row(one) for one in changes])] if changes else []
    products = _products(s, before) if before.full else []
    if products:
        grids.append(
            Grid(
                _PRODUCT_HEADS,
                [[s.name(str(one["unit"])), REGISTERED[one["status"]], _MOVES[one["move"]]] for one in products],
                title=_PRODUCTS,
            )
        )
    gained = sum(bool(one["gained"]) for one in changes)
    lost = sum(bool(one["lost"]) for one in changes)
    recognised = sum("ntm" in one["statuses_gained"] for one in changes)
    lead = _LEAD.fill(_said(before.day) or _UNDATED, gained, lost, recognised)
    if before.full and (came or went):
        lead = Bilingual.join([lead, _UNITS.fill(len(came), len(went))], " ")
    if any(not one["same_edition"] for one in changes):
        lead = Bilingual.join([lead, _OTHER_EDITION], " ")
    data = {"before": before.day or None, "communes": changes, "products": products, "new": came, "gone": went}
    return Part(_TITLE, lead, grids, data)


def _said(day: str) -> Bilingual | str:
    """The day as people write it; what is no day, as it stands there."""
    try:
        return Bilingual(f"{date.fromisoformat(day):%d/%m/%Y}", day)
    except ValueError:
        return day


def _change(old: Mapping[str, Any] | None, new: dict[str, Any], before: Before) -> dict[str, Any] | None:
    """What differs of a commune; None where nothing does, or it was not in the last report."""
    if old is None:
        return None
    same = None in (old["edition"], new["edition"]) or old["edition"] == new["edition"]
    known = same and old["edition"] is not None and new["edition"] is not None
    gained = [number for number in new["met"] if number not in old["met"]] if known else []
    lost = [number for number in old["met"] if number not in new["met"]] if known else []
    was, has = old["statuses"], new["statuses"]
    taken = [status for status in has if has[status] is True and was.get(status) is not True] if before.full else []
    given_up = [status for status in has if was.get(status) is True and has[status] is not True] if before.full else []
    if not (gained or lost or taken or given_up or old["criteria_met"] != new["criteria_met"]):
        return None
    return {
        "unit": new["unit"],
        "name": new["name"],
        "before": old["criteria_met"],
        "after": new["criteria_met"],
        "gained": gained,
        "lost": lost,
        "statuses_gained": taken,
        "statuses_lost": given_up,
        "same_edition": same,
    }


def _row(one: Mapping[str, Any]) -> list[Cell]:
    statuses = [*(("+", status) for status in one["statuses_gained"]), *(("−", status) for status in one["statuses_lost"])]
    said = Bilingual.join([Bilingual("{} {}").fill(sign, REGISTERED[status]) for sign, status in statuses], "\n")
    return [one["name"] or one["unit"], _range(one["before"]), _range(one["after"]), ", ".join(one["gained"]), ", ".join(one["lost"]), said]


def _range(met: list[int] | None) -> str:
    if met is None:
        return "–"
    return str(met[0]) if met[0] == met[1] else f"{met[0]}–{met[1]}"


def _products(s: Situation, before: Before) -> list[dict[str, str]]:
    stood = {key for key, one in before.products.items() if one["category"] != "expired"}
    stand = {(one.code, one.status) for one in s.products if one.stands}
    new = [{"unit": unit, "status": status, "move": "new"} for unit, status in sorted(stand - stood)]
    return new + [{"unit": unit, "status": status, "move": "gone"} for unit, status in sorted(stood - stand)]


_TITLE = Bilingual("Thay đổi so với báo cáo trước", "Change since the last report")
_UNDATED = Bilingual("không ghi ngày", "no day")
_LEAD = Bilingual(
    "So với {}: {} xã thêm tiêu chí, {} xã mất tiêu chí, {} xã được công nhận thêm.",
    "Since {}: {} communes gained criteria, {} lost some, {} more are recognised.",
)
_UNITS = Bilingual("{} xã mới có trong danh sách, {} xã không còn.", "{} communes are new on the list, {} are gone.")
_OTHER_EDITION = Bilingual(
    "Hai báo cáo theo hai bộ tiêu chí khác nhau, nên không so từng tiêu chí.",
    "The two reports rest on different sets, so single criteria are not compared.",
)
_HEADS = (
    Bilingual("Xã", "Commune"),
    Bilingual("Trước", "Before"),
    Bilingual("Nay", "Now"),
    Bilingual("Thêm tiêu chí", "Criteria gained"),
    Bilingual("Mất tiêu chí", "Criteria lost"),
    Bilingual("Danh hiệu", "Statuses"),
)
_PRODUCTS = Bilingual("Sản phẩm OCOP", "OCOP products")
_PRODUCT_HEADS = (Bilingual("Sản phẩm", "Product"), Bilingual("Hạng", "Class"), Bilingual("Thay đổi", "Change"))
_MOVES = {
    "new": Bilingual("mới có hiệu lực", "newly in standing"),
    "gone": Bilingual("không còn hiệu lực", "no longer in standing"),
}
