"""Subjects as plain data: values on, beside and away from what is asked, and everything that may not be known of them."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from plain.conditions import COMPARE
from plain.read import REGIONS, attribute, operator, sections

UNKNOWN, ASIDE = {"unknown": "chưa rõ"}, {"not_applicable": "không có ở đây"}


def facts(draw: Random, edition: dict[str, Any]) -> dict[str, Any]:
    """Facts of a subject for a set that does not score; how much is known, good and attested differs from one to the next."""
    known, good = draw.choice((1, 0.97, 0.8, 0.5)), draw.choice((1, 0.97, 0.8, 0.5))
    indicators = [indicator for section in sections(edition) for indicator in section.get("indicators", [])]
    values: dict[str, Any] = {}
    members: list[dict[str, Any]] = []
    for indicator in indicators:
        number, measure = indicator["indicator"], indicator["measure"]
        derived = isinstance(measure, dict) and ("share_of" in measure or "count_of" in measure or "holds_status" in measure)
        if draw.random() < (0.1 if derived else known):
            values[number] = _value(draw, indicator, draw.random() < good)
        elif draw.random() < 0.3:
            values[number] = UNKNOWN
        if draw.random() < (0.2 if "may_not_apply" in indicator else 0.01):
            values[number] = ASIDE
        if derived and "holds_status" not in measure and draw.random() < 0.9:
            members += _members(draw, edition, measure, known, good)
    numbers = [section["criterion"] for section in sections(edition)] + [indicator["indicator"] for indicator in indicators]
    share = draw.choice((0, 0, 0.05, 0.5, 1))
    attested = {number: draw.random() < max(good, 0.8) for number in numbers if draw.random() < share}
    names = {name: draw.random() for name in sorted(_names(edition)) if name != "province"}
    stated = {name: _say(draw, edition, name, _figures(edition, name), good) for name, chance in names.items() if chance < known}
    stated |= {name: UNKNOWN for name in names if name not in stated and draw.random() < 0.3}
    return {"kind": edition["subject"], "attributes": stated, "values": values, "attested": attested, "members": members}


def _names(edition: dict[str, Any]) -> set[str]:
    """The attributes of the subject that an edition looks at."""
    inside = [given.get("applies_when") for section in sections(edition) for given in (section, *section.get("indicators", []))]
    inside += [redirect["when"] for dimension in edition.get("dimensions", {}).values() for redirect in dimension.get("redirect", [])]
    found = set(edition.get("attributes", {})) | {dimension["attribute"] for dimension in edition.get("dimensions", {}).values()}
    for section in sections(edition):
        measures = [indicator["measure"] for indicator in section.get("indicators", [])]
        found |= {measure["holds_status"] for measure in measures if isinstance(measure, dict) and "holds_status" in measure}
    return found.union(*map(_tested, inside))


def _tested(condition: Any) -> set[str]:
    """The attributes that a condition looks at."""
    if isinstance(condition, dict):
        named = {condition[key] for key in ("attribute", "holds_status") if key in condition}
        return named.union(*(_tested(value) for key, value in condition.items() if key not in ("attribute", "holds_status")))
    return set[str]().union(*map(_tested, condition)) if isinstance(condition, list) else set()


def _figures(given: Any, name: str) -> list[str]:
    """Every figure that a whole number is held against, and the years that tables list."""
    if isinstance(given, list):
        return [figure for item in given for figure in _figures(item, name)]
    if not isinstance(given, dict):
        return []
    here = given[operator(given)] if given.get("attribute") == name and "title" not in given else []
    keys = [key for key in given if name == "year" and key.isdigit() and len(key) == 4]
    return [*keys, *([here] if isinstance(here, str) else here), *(figure for item in given.values() for figure in _figures(item, name))]


def _say(draw: Random, edition: dict[str, Any], name: str, figures: list[str], good: float) -> Any:
    declared = attribute(edition, name)
    if "yes_no" in declared:
        return draw.random() < good
    if "one_of" in declared:
        return draw.choice(declared["one_of"])
    if "whole_number" in declared:
        return max(0, int(draw.choice(figures or ["15"])) + draw.choice((0, 0, 0, 1, -1, 3)))
    return draw.choice(REGIONS)


def _members(draw: Random, edition: dict[str, Any], measure: dict[str, Any], known: float, good: float) -> list[dict[str, Any]]:
    kind = measure.get("share_of") or measure["count_of"]
    names = sorted(_tested(measure.get("where")) | _tested(measure.get("among")))
    made = []
    for _ in range(draw.choice((0, 1, 1, 2, 3, 5, 20))):
        attributes = {}
        for name in names:
            if draw.random() < known:
                attributes[name] = _say(draw, edition, name, _figures(measure, name), good)
            elif draw.random() < 0.3:
                attributes[name] = UNKNOWN
        made.append({"id": f"{draw.randrange(10**12)}", "kind": kind, "attributes": attributes})
    return made


def _value(draw: Random, indicator: dict[str, Any], good: bool) -> Any:
    measure, name = indicator["measure"], operator(indicator)
    if measure == "yes_no" or "holds_status" in measure:
        return good
    if "choices" in measure:
        places = {measure["choices"].index(figure) for figure in _cells(indicator[name])}
        wanted = [choice for i, choice in enumerate(measure["choices"]) if all(_fits(name, i, place) for place in places) == good]
        return draw.choice(wanted or measure["choices"])
    figures = [Decimal(figure) for figure in _cells(indicator[name])]
    step = Decimal(1) if "count_of" in measure else draw.choice((Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal("1E-12")))
    near = [figure + step * by for figure in figures for by in (-1, 0, 1)] + [Decimal(draw.randrange(101)), Decimal(1)]
    low = Decimal(measure.get("from", "0" if "unit" not in measure or measure["unit"] == "%" else "-1000000"))
    high = Decimal(measure.get("to", "100" if "share_of" in measure or measure.get("unit") == "%" else "1000000"))
    near = [number for number in near if low <= number <= high] or [low]
    one = draw.choice(figures) if figures else Decimal(0)
    return format(draw.choice([number for number in near if _fits(name, number, one) == good] or near), "f")


def _fits(name: str, value: Any, figure: Any) -> bool:
    return COMPARE[name](value, [figure] if name == "one_of" else figure)


def _cells(bound: Any) -> list[str]:
    """Every figure known below a bound."""
    if isinstance(bound, list):
        return [figure for item in bound for figure in _cells(item)]
    if isinstance(bound, dict):
        known = [bound["value"]] if "value" in bound else [] if "missing" in bound else [cell for key, cell in bound.items() if key != "by"]
        return [figure for item in known for figure in _cells(item)]
    return [] if bound in ("missing", "delegated") else [bound]


def product(draw: Random, edition: dict[str, Any], sheet: dict[str, Any], readings: dict[str, str]) -> dict[str, Any]:
    """Points of a product on its sheet: anywhere, or lowered from the best to beside a class; by one assessor or several members."""
    values: dict[str, Any] = {}
    zero = {**edition["score"]["readings"], **readings}["no_level"] == "zero"
    items = [item for part in sheet.get("parts", []) for criterion in part["criteria"] for item in _scored(draw, criterion)]
    levels = {item["criterion"]: sorted({int(option["points"]) for option in item["options"]} | ({0} if zero else set())) for item in items}
    points = {number: allowed[-1] for number, allowed in levels.items()}
    aim = draw.choice([int(star["from"]) for star in edition["score"]["stars"]]) + draw.choice((-1, 0, 0, 1, 5))
    tries = draw.choice((1, 1, 4))  # of four levels the lowest: a poor product
    for number in draw.sample(sorted(points), len(points)):
        lower = min(draw.choices(levels[number], k=tries))
        if draw.random() < 0.9 and sum(points.values()) - points[number] + lower >= aim:
            points[number] = lower
    members, doubtful, unscored = draw.choice((0, 0, 2, 3, 7)), draw.choice((0, 0, 0.03)), draw.choice((0, 0, 0, 0.05, 0.5, 1))
    for number, allowed in levels.items():
        if draw.random() < unscored:
            values |= {number: UNKNOWN} if draw.random() < 0.3 else {}
        elif members and draw.random() < 0.98:
            values[number] = [
                UNKNOWN if draw.random() < doubtful else str(draw.choice(allowed) if draw.random() < 0.15 else points[number])
                for _ in range(members)
            ]
        else:
            values[number] = str(points[number])
    attributes: dict[str, Any] = {"product_set": int(sheet["sheet"])}
    for name in sheet.get("excluded_if", []):
        if draw.random() < 0.05:
            attributes[name] = draw.choice((True, False, UNKNOWN))
    if draw.random() < 0.7:
        attributes["council_members"] = draw.choice((members, members + 1, members + 3, UNKNOWN)) or 1
    if draw.random() < 0.5:
        attributes["council_level"] = draw.choice(("district", "province", "centre"))
    return {"kind": "product", "attributes": attributes, "values": values, "attested": {}, "members": []}


def _scored(draw: Random, criterion: dict[str, Any]) -> list[dict[str, Any]]:
    if "of" not in criterion:
        return [criterion]
    below = [draw.choice(criterion["of"])] if criterion.get("one_case") == "true" else criterion["of"]
    return [item for one in below for item in _scored(draw, one)]


_WHERE: tuple[dict[str, Any], ...] = (
    {"holds_status": "ntm"},
    {"attribute": "criteria_met", "below": "15"},
    {"any_of": [{"holds_status": "ntm"}, {"attribute": "criteria_met", "at_least": "15"}]},
    {"at_least_k_of": {"k": "2", "of": [{"holds_status": name} for name in ("ntm", "ntm-advanced", "ntm-model")]}},
)
_AMONG: tuple[dict[str, Any] | None, ...] = (
    None,
    {"attribute": "unit_type", "equals": "xã"},
    {"attribute": "unit_type", "one_of": ["xã", "thị trấn"]},
    {"all_of": [{"attribute": "unit_type", "equals": "xã"}, {"attribute": "region", "equals": "tay-nguyen"}]},
)


def set_of_shares(draw: Random) -> dict[str, Any]:
    """A set of criteria over the communes of a district: a share or a count of some kind, under some operator."""
    criteria = []
    for i in range(1, draw.randrange(2, 5)):
        name, share = draw.choice(("at_least", "at_most", "above", "below", "equals", "one_of")), draw.random() < 0.5
        figures = draw.sample(("0", "25", "50", "66.6", "75", "100") if share else ("0", "1", "2", "3", "6"), 2)
        measure = {"share_of" if share else "count_of": "commune", "where": draw.choice(_WHERE), "among": draw.choice(_AMONG)}
        indicator = {
            "indicator": f"{i}.1",
            "title": {"vi": "Các xã", "en": "Communes"},
            "measure": {key: given for key, given in measure.items() if given},
            name: figures if name == "one_of" else figures[0],
            "source": {"level": "recalled"},
        }
        criteria.append({"criterion": f"{i}", "title": {"vi": "Các xã", "en": "Communes"}, "indicators": [indicator]})
    return {
        "ruleset": "shares/1",
        "version": "1.0.0",
        "title": {"vi": "Bộ thử", "en": "Test set"},
        "subject": "district",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "passes": draw.choice(("all_of", "any_of")),
        "criteria": criteria,
    }
