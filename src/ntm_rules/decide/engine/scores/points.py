"""Points of a product read against a score sheet: levels of the sheet, one assessor's or several members'."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ntm_rules.decide.engine.scores.assessed import Given, mean
from ntm_rules.decide.engine.scores.sheet import Item, ReadySheet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError, nearest
from ntm_rules.values import NotApplicable, Unknown, exact, plain

Points = list[Given | NotApplicable | Unknown | None]


def plain_points(subject: Subject, sheet: ReadySheet) -> list[int] | None:
    """The points in the order of the sheet, where each criterion has exactly one number that is a level of it.

    None where one case of several is scored: to give a number for each would score them all.
    """
    given = subject.values
    if sheet.cases or len(given) != len(sheet.items) or subject.attested or bool in map(type, given.values()):
        return None
    try:
        return [levels[given[number]] for number, levels in sheet.reading]
    except (KeyError, TypeError):
        return None


def as_given(points: list[int]) -> Points:
    """Plain points, as :func:`read_points` gives them."""
    return [Given(one, one, one, one, Decimal(one)) for one in points]


def read_points(subject: Subject, sheet: ReadySheet) -> Points:
    """What was given for each scored criterion, in the order of the sheet; None where nothing was.

    Raises:
        SubjectError: points that are no level, members that disagree in number, two cases scored, an attestation; all together.
    """
    values: list[Any] = [None] * len(sheet.items)
    problems: list[Problem] = []
    lengths: dict[int, str] = {}
    for number, value in subject.values.items():
        item = sheet.by_id.get(number)
        place = Place(path=f"{subject.id}: {number}")
        if item is None:
            problems.append(Problem("NTM-401", place, {"key": number, "guess": nearest(number, sheet.by_id)}))
        elif value.__class__ is Unknown or value.__class__ is NotApplicable:
            values[item.index] = value
        elif value.__class__ is tuple:
            values[item.index] = _members(item, value, place, problems)
            lengths[len(value)] = number
        elif (points := _level(item, value)) is None:
            problems.append(_no_level(item, value, place))
        else:
            values[item.index] = as_given([points])[0]
    if len(lengths) > 1:
        got = ", ".join(f"{number}: {count}" for count, number in sorted(lengths.items()))
        problems.append(Problem("NTM-415", Place(path=subject.id), {"got": got}))
    for case, items in sheet.cases:
        scored = [item.id for item in items if values[item.index].__class__ is Given]
        if len(scored) > 1:
            problems.append(Problem("NTM-416", Place(path=f"{subject.id}: {case}"), {"criterion": case, "got": ", ".join(scored)}))
    problems += [Problem("NTM-407", Place(path=f"{subject.id}: attested.{key}"), {"key": key, "guess": None}) for key in subject.attested]
    if problems:
        raise SubjectError(problems)
    return values


def _members(item: Item, given: tuple[Any, ...], place: Place, problems: list[Problem]) -> Given | None:
    points: list[int | None] = []
    for value in given:
        if value.__class__ is Unknown:
            points.append(None)
            continue
        found = _level(item, value)
        if found is None:
            problems.append(_no_level(item, value, place))
        points.append(found)
    return mean(points, item)


def _level(item: Item, value: Any) -> int | None:
    """The points of a level; None where no level has them."""
    if value.__class__ is Decimal:
        return item.read.get(value)
    try:
        return item.read.get(exact(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _no_level(item: Item, value: Any, place: Place) -> Problem:
    shown = plain(value) if isinstance(value, Decimal) else str(value)
    return Problem("NTM-413", place, {"got": shown, "allowed": ", ".join(map(str, item.levels))})
