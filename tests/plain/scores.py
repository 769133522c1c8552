"""What the points of a product come to on its score sheet, by every way in which what is not scored can still be scored.

Points are whole numbers; with several members everything is counted in sums over the members, and a class that starts at 90 asks three
members for 270, so that no mean is ever rounded.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from plain.conditions import MET, NOT_APPLICABLE, NOT_MET, UNDETERMINED
from plain.judge import LEVELS

Way = tuple[int, int]  # the sum of the members' points, and the lowest member's


@dataclass
class Score:
    """What is compared: nodes by number (the whole under the empty one), class, classes that can still come out, points."""

    nodes: dict[str, str] = field(default_factory=dict)
    stars: int | None = None
    possible: tuple[int, ...] = ()
    total: Fraction | None = None
    parts: dict[str, Fraction | None] = field(default_factory=dict)


@dataclass
class _Sheet:
    """A sheet with the edition's rules and readings, and the points given."""

    rules: dict[str, Any]
    readings: dict[str, str]
    values: dict[str, Any]

    def __post_init__(self) -> None:
        self.lists = [value for value in self.values.values() if isinstance(value, list)]
        self.members = len(self.lists[0]) if self.lists else 1

    def levels(self, item: dict[str, Any]) -> set[int]:
        """The points that may be given for a criterion."""
        return {int(option["points"]) for option in item["options"]} | ({0} if self.readings["no_level"] == "zero" else set())

    def is_scored(self, item: dict[str, Any]) -> bool:
        """Whether somebody gave points for a criterion."""
        return not isinstance(self.values.get(item["criterion"], {}), dict)

    def is_settled(self, item: dict[str, Any]) -> bool:
        """Whether everybody did."""
        value = self.values.get(item["criterion"], {})
        return self.is_scored(item) and not (isinstance(value, list) and any(isinstance(one, dict) for one in value))

    def ways(self, item: dict[str, Any]) -> set[Way]:
        """Every way the points of a criterion can turn out."""
        value = self.values.get(item["criterion"], {})
        ways: set[Way] = {(0, 10**6)}
        for one in value if isinstance(value, list) else [value] * self.members:
            can_be = self.levels(item) if isinstance(one, dict) else {int(one)}
            ways = {(total + points, min(lowest, points)) for total, lowest in ways for points in can_be}
        return ways if isinstance(value, (list, dict)) else {(int(value) * self.members, int(value))}

    def tested(self, way: Way) -> Fraction:
        """What the marks are tested on."""
        return Fraction(way[1]) if self.readings["marks_tested_on"] == "each_member" else Fraction(way[0], self.members)

    def holds(self, item: dict[str, Any], asked: Any, way: Way) -> bool | None:
        """Whether a mark is met; where the sheet does not say beside which level it stands, only no points and the most are sure."""
        points = self.tested(way)
        if not isinstance(asked, dict):
            return points >= int(asked)
        return False if points <= 0 else True if points >= max(self.levels(item)) else None

    def failures(self, item: dict[str, Any], way: Way) -> Iterator[frozenset[int]]:
        """The stars whose marks a way misses; more than one answer while the sheet leaves it open."""
        either = []
        for star, asked in item.get("marks", {}).items():
            answer = self.holds(item, asked, way)
            missed, kept = frozenset({int(star)}), frozenset[int]()
            either.append((missed, kept) if answer is None else (kept,) if answer else (missed,))
        return (frozenset[int]().union(*chosen) for chosen in itertools.product(*either))

    def band(self, total: int) -> int:
        """The class of a sum of points, whatever the marks."""
        return max(int(star["stars"]) for star in self.rules["stars"] if total >= Fraction(star["from"]) * self.members)

    def stars(self, total: int, missed: frozenset[int]) -> int:
        """The highest class for which points and marks both hold; the lowest asks for nothing."""
        classes = sorted(int(star["stars"]) for star in self.rules["stars"])
        cumulative = self.readings["marks"] == "cumulative"
        reached = [
            one for one in classes if one <= self.band(total) and not (any(m <= one for m in missed) if cumulative else one in missed)
        ]
        return max(reached, default=classes[0])

    def node(self, item: dict[str, Any], bands: set[int]) -> str:
        """Whether a criterion reaches the marks of every class that the points may come to."""
        if not self.is_scored(item):
            return UNDETERMINED
        answers = set()
        for band, way in itertools.product(bands, self.ways(item)):
            marks = item.get("marks", {}).items()
            counting = [
                asked for star, asked in marks if int(star) == band or (int(star) < band and self.readings["marks"] == "cumulative")
            ]
            held = [self.holds(item, asked, way) for asked in counting]
            answers.add(NOT_MET if False in held else UNDETERMINED if None in held else MET)
        if len(answers) > 1 or (answers == {MET} and not self.is_settled(item)):
            return UNDETERMINED
        return answers.pop()


def score(edition: dict[str, Any], sheet: dict[str, Any] | None, facts: dict[str, Any], readings: dict[str, str], accept: str) -> Score:
    """What a product comes to. Without a sheet that may decide everything is possible."""
    rules = edition["score"]
    classes = tuple(sorted(int(star["stars"]) for star in rules["stars"]))
    nothing = Score({"": UNDETERMINED}, None, classes, None, dict.fromkeys(rules["parts"]))
    if sheet is None:
        return nothing
    given = _Sheet(rules, {**rules["readings"], **readings}, facts["values"])
    if "missing" in sheet or LEVELS.index(sheet["source"]["level"]) > LEVELS.index(accept):
        nothing.nodes |= dict.fromkeys(_numbers([criterion for part in sheet["parts"] for criterion in part["criteria"]]), UNDETERMINED)
        return nothing

    slots: list[tuple[str, list[dict[str, Any]]]] = []  # of each, exactly one criterion counts
    aside: set[str] = set()
    for part in sheet["parts"]:
        slots += [(part["part"], slot) for criterion in part["criteria"] for slot in _slots(given, criterion, aside)]
    ends: set[tuple[int, frozenset[int]]] = {(0, frozenset())}
    for _, slot in slots:
        here = {(way[0], missed) for item in slot for way in given.ways(item) for missed in given.failures(item, way)}
        ends = {(total + points, before | missed) for total, before in ends for points, missed in here}

    scored = Score(possible=tuple(sorted({given.stars(total, missed) for total, missed in ends})))
    scored.stars = scored.possible[0] if len(scored.possible) == 1 else None
    for part in rules["parts"]:
        scored.parts[part] = _points(given, [slot for letter, slot in slots if letter == part])
    scored.total = _points(given, [slot for _, slot in slots])
    bands = {given.band(total) for total, _ in ends}
    for part in sheet["parts"]:
        for criterion in part["criteria"]:
            _nodes(given, criterion, bands, aside, scored.nodes)
    certified = {stars >= int(rules["certified_from"]) for stars in scored.possible}
    scored.nodes[""] = UNDETERMINED if len(certified) > 1 else MET if certified == {True} else NOT_MET
    return _beyond_the_sheet(given, sheet, [slot for _, slot in slots], facts, scored)


def _numbers(criteria: list[dict[str, Any]]) -> Iterator[str]:
    for criterion in criteria:
        yield criterion["criterion"]
        yield from _numbers(criterion.get("of", []))


def _slots(given: _Sheet, criterion: dict[str, Any], aside: set[str]) -> list[list[dict[str, Any]]]:
    if "of" not in criterion:
        return [[criterion]]
    if criterion.get("one_case") != "true":
        return [slot for below in criterion["of"] for slot in _slots(given, below, aside)]
    chosen = [below for below in criterion["of"] if given.is_scored(below)] or criterion["of"]
    aside |= {below["criterion"] for below in criterion["of"] if below not in chosen}
    return [chosen]


def _points(given: _Sheet, slots: list[list[dict[str, Any]]]) -> Fraction | None:
    if not all(len(slot) == 1 and given.is_settled(slot[0]) for slot in slots):
        return None
    return Fraction(sum(total for [item] in slots for total, _ in given.ways(item)), given.members)


def _nodes(given: _Sheet, criterion: dict[str, Any], bands: set[int], aside: set[str], nodes: dict[str, str]) -> str:
    if criterion["criterion"] in aside:
        outcome = NOT_APPLICABLE
    elif "of" in criterion:
        below = {_nodes(given, one, bands, aside, nodes) for one in criterion["of"]}
        outcome = NOT_MET if NOT_MET in below else UNDETERMINED if UNDETERMINED in below else MET
    else:
        outcome = given.node(criterion, bands)
    nodes[criterion["criterion"]] = outcome
    return outcome


def _beyond_the_sheet(
    given: _Sheet, sheet: dict[str, Any], slots: list[list[dict[str, Any]]], facts: dict[str, Any], scored: Score
) -> Score:
    """Facts for which a product is not ranked, and the council's own rules. Both leave points and nodes as they are."""
    stated = [facts["attributes"].get(name, False) for name in sheet.get("excluded_if", [])]
    if True in stated:
        scored.nodes[""], scored.stars, scored.possible = NOT_MET, None, ()
    elif any(isinstance(one, dict) for one in stated):  # excluded or not: not certified either way, if the points do not reach it
        scored.nodes[""], scored.stars = NOT_MET if scored.nodes[""] == NOT_MET else UNDETERMINED, None
    elif not _council_lets_stand(given, slots, facts["attributes"]):
        scored.nodes[""], scored.stars = UNDETERMINED, None
    return scored


def _council_lets_stand(given: _Sheet, slots: list[list[dict[str, Any]]], stated: dict[str, Any]) -> bool:
    """Whether every regulation that binds the council that scored lets its points stand; not while that is open."""
    if not given.lists:
        return True
    level, size = stated.get("council_level"), stated.get("council_members")
    rules = []
    if "council" in given.rules and level in (None, given.rules["council"].get("authority", level)):
        rules.append(given.rules["council"])
    for name, council in given.rules.get("councils", {}).items():
        if level == name or (level is None and name != "centre"):  # nobody speaks for the centre without saying so
            rules.append(council)
    return all(_lets_stand(council, given, slots, size) for council in rules)


def _lets_stand(council: dict[str, Any], given: _Sheet, slots: list[list[dict[str, Any]]], size: Any) -> bool:
    """Whether enough members took part and their totals are near enough to each other."""
    if given.members < int(council.get("quorum", 0)):
        return False
    if "quorum_share" in council and (size is None or isinstance(size, dict)):
        return False
    if "quorum_share" in council and given.members * 100 < Fraction(council["quorum_share"]) * int(size):
        return False
    if "max_deviation" not in council:
        return True
    values = [given.values.get(item["criterion"]) for slot in slots for item in slot]
    if not all(isinstance(value, list) and not any(isinstance(one, dict) for one in value) for value in values):
        return False
    totals = [sum(int(points) for points in one) for one in zip(*values, strict=True)]
    return max(totals) - min(totals) <= Fraction(council["max_deviation"])
