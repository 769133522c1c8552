"""What a set says of a subject, node by node, as somebody would find who reads the decision with a pencil."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

from plain.conditions import COMPARE, MET, NOT_APPLICABLE, NOT_MET, UNDETERMINED, combine, holds, said
from plain.read import attribute, operator, sections
from plain.shares import every_value

LEVELS = ("official", "published", "recalled")
OTHERWISE = "any other"  # a column that no table lists


def judge(edition: dict[str, Any], facts: dict[str, Any], accept: str = "recalled") -> dict[str, str]:
    """The outcome of every criterion and indicator by its number, and of the whole under the empty one."""
    found: dict[str, str] = {}
    parts = []
    for section in sections(edition):
        below = []
        for indicator in section.get("indicators", []):
            number = indicator["indicator"]
            outcome, whatever_the_source = (_measured(edition, indicator, facts, level) for level in (accept, "recalled"))
            found[number] = _attested(facts, number, outcome, whatever_the_source)
            below.append((found[number], _attested(facts, number, whatever_the_source, whatever_the_source)))
        number = section["criterion"]
        outcome, whatever_the_source = (_section(edition, section, facts, [one[i] for one in below]) for i in (0, 1))
        found[number] = _attested(facts, number, outcome, whatever_the_source)
        parts.append(found[number])
    found[""] = combine(*_rule(edition), parts) if parts else UNDETERMINED  # a set without content yet
    return found


def _attested(facts: dict[str, Any], number: str, outcome: str, whatever_the_source: str) -> str:
    """Values decide; an attestation settles what they leave open, unless the value contradicts it by a figure that is not accepted."""
    stated = facts["attested"].get(number)
    if stated is None or outcome != UNDETERMINED:
        return outcome
    claim = MET if stated else NOT_MET
    return claim if whatever_the_source in (claim, UNDETERMINED) else UNDETERMINED


def _rule(given: dict[str, Any]) -> tuple[str, int]:
    passes = given.get("passes", "all_of")
    return (passes, 0) if isinstance(passes, str) else ("at_least_k_of", int(passes["at_least_k_of"]))


def _section(edition: dict[str, Any], section: dict[str, Any], facts: dict[str, Any], parts: list[str]) -> str:
    applies = holds(section["applies_when"], edition, facts["attributes"]) if "applies_when" in section else True
    if not applies:
        return UNDETERMINED if applies is None else NOT_APPLICABLE
    return combine(*_rule(section), [*parts, UNDETERMINED] if "missing" in section else parts)


def _measured(edition: dict[str, Any], indicator: dict[str, Any], facts: dict[str, Any], accept: str) -> str:
    """The outcome by what was measured or counted, without any attestation."""
    applies = holds(indicator["applies_when"], edition, facts["attributes"]) if "applies_when" in indicator else True
    value = facts["values"].get(indicator["indicator"])
    left_out = isinstance(value, dict) and "not_applicable" in value
    if applies is False or (left_out and "may_not_apply" in indicator):  # where it is open whether it applies, it falls away either way
        return NOT_APPLICABLE
    if applies is None or left_out:
        return UNDETERMINED
    values = possible_values(edition, indicator, facts)
    figures = possible_figures(edition, indicator, facts["attributes"], accept)
    if None in values or None in figures:
        return UNDETERMINED
    compare = COMPARE[operator(indicator)]
    answers = {compare(one, _comparable(bound, indicator["measure"])) for one in values for bound in figures}
    return UNDETERMINED if len(answers) > 1 else MET if answers == {True} else NOT_MET


def possible_values(edition: dict[str, Any], indicator: dict[str, Any], facts: dict[str, Any]) -> set[Any]:
    """The value given, else what the parts or the status of the subject come to; None where it is not known or there is none."""
    measure, value = indicator["measure"], facts["values"].get(indicator["indicator"])
    if value is not None and not isinstance(value, dict):
        return {_comparable(value, measure)}
    if "holds_status" in measure:
        return {said(edition, measure["holds_status"], facts["attributes"])}
    if "share_of" in measure or "count_of" in measure:
        return set(every_value(measure, edition, facts["members"]))
    return {None}


def _comparable(value: Any, measure: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_comparable(one, measure) for one in value)
    if isinstance(value, bool) or measure == "yes_no" or "holds_status" in measure:
        return value
    return measure["choices"].index(value) if "choices" in measure else Fraction(value)


def possible_figures(edition: dict[str, Any], indicator: dict[str, Any], attributes: dict[str, Any], accept: str) -> set[Any]:
    """Every figure that may hold for the subject; None for one that is not known or comes from a weaker source than is accepted."""
    bound = indicator[operator(indicator)]
    if not (isinstance(bound, dict) and "by" in bound):
        return {_figure(bound, indicator, accept)}
    columns = [possible_columns(edition, name, attributes) or {*_keys(bound), OTHERWISE} for name in bound["by"]]
    return {_figure(_cell(bound, keys), indicator, accept) for keys in itertools.product(*columns)}


def possible_columns(edition: dict[str, Any], name: str, attributes: dict[str, Any]) -> set[str]:
    """The columns of a dimension that the subject may read; empty where it can be any."""
    dimension = edition["dimensions"][name]
    possible = set()
    for redirect in dimension.get("redirect", []):
        answer = holds(redirect["when"], edition, attributes)
        if answer is not False:
            possible.add(redirect["use"])
        if answer is True:
            return possible  # the first that holds counts; those before it are open
    own = said(edition, dimension["attribute"], attributes)
    if own is not None:
        return {*possible, str(own)}
    there_are = attribute(edition, dimension["attribute"]).get("one_of") or dimension.get("values")
    return {*possible, *there_are} if there_are else set()


def _keys(row: dict[str, Any]) -> set[str]:
    """Every column that a table names, at any depth."""
    below = [_keys(cell) for key, cell in row.items() if key != "by" and isinstance(cell, dict) and not _is_figure(cell)]
    return {key for key in row if key != "by"}.union(*below)


def _is_figure(cell: Any) -> bool:
    return not isinstance(cell, dict) or "value" in cell or "missing" in cell


def _cell(table: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        table = table.get(key, table.get("others", "missing"))
        if table == "missing":
            return table
    return table


def _figure(cell: Any, indicator: dict[str, Any], accept: str) -> Any:
    level = indicator.get("source", {}).get("level")
    if isinstance(cell, dict):
        level, cell = cell.get("level", level), cell.get("value", "missing")
    if cell in ("missing", "delegated") or level not in LEVELS[: LEVELS.index(accept) + 1]:
        return None
    return tuple(cell) if isinstance(cell, list) else cell
