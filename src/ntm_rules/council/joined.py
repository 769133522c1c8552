"""The sheets of a round joined: who scored what, what is missing, what stands twice. Only levels of the sheet count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ntm_rules.council.kit import OTHER, Kit, Product, choices, leaves
from ntm_rules.council.returned import Returned
from ntm_rules.decide.written.words import sounded
from ntm_rules.model.score import ScoreCriterion, Sheet
from ntm_rules.problems import Place, Problem, nearest
from ntm_rules.tables.read.days import read_day
from ntm_rules.values import LANGS, exact

_SHOWN: Final = 8
_LEADING: Final = re.compile(r"(\d{1,3})(?: (?:điểm|points))?(?:: (.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """One member's points for one product.

    Attributes:
        member: who.
        product: of what.
        round: 1 for the first.
        day: the day of scoring, as far as it is stated.
        points: of each criterion that is scored.
        missing: the criteria that are not.
        place: where the sheet stands.
    """

    member: str
    product: Product
    round: int
    day: str
    points: dict[str, int]
    missing: tuple[str, ...]
    place: Place

    @property
    def total(self) -> int | None:
        """All points; None while something is not scored."""
        return None if self.missing else sum(self.points.values())


@dataclass(frozen=True, slots=True)
class Round:
    """What a council has scored.

    Attributes:
        kit: what was to be scored.
        sheets: what was, each member's sheet of a product once a round.
        problems: what is wrong or lacking, each with its cell or sheet.
    """

    kit: Kit
    sheets: tuple[MemberSheet, ...]
    problems: tuple[Problem, ...]

    def of(self, product: Product) -> tuple[tuple[MemberSheet, ...], tuple[MemberSheet, ...]]:
        """The sheets of a product that count, in the order of the members, and those that a later round replaced."""
        last: dict[str, MemberSheet] = {}
        replaced = []
        for sheet in sorted((one for one in self.sheets if one.product.id == product.id), key=lambda one: one.round):
            if sheet.member in last:
                replaced.append(last[sheet.member])
            last[sheet.member] = sheet
        return tuple(last[member] for member in self.kit.members if member in last), tuple(replaced)


def join(kit: Kit, returned: Iterable[Returned]) -> Round:
    """Join what came back. A sheet that is none of this round is left out, a cell that is no level counts as not scored; both are told."""
    problems: list[Problem] = []
    found: dict[tuple[str, str, int], MemberSheet] = {}
    for one in returned:
        sheet = _read(kit, one, problems)
        if sheet is None or not (sheet.points or one.cells):  # a blank one has not come back
            continue
        key = sheet.product.id, sheet.member, sheet.round
        before = found.get(key)
        found[key] = sheet if before is None else _twice(kit, before, sheet, problems)
    for sheet in found.values():
        if sheet.missing:
            words = {"member": sheet.member, "product": sheet.product.id, "count": len(sheet.missing), "criteria": _few(sheet.missing)}
            problems.append(Problem("NTM-845", sheet.place, words))
    problems += _absent(kit, {(product, member) for product, member, _ in found})
    return Round(kit, tuple(found.values()), tuple(problems))


def _absent(kit: Kit, there: set[tuple[str, str]]) -> Iterator[Problem]:
    """The sheets that have not come back."""
    for product in kit.products:
        scored = [member for member in kit.members if (product.id, member) in there]
        if not scored:
            yield Problem("NTM-847", Place(path=product.id), {"product": product.id})
            continue
        for member in kit.members:
            if member not in scored:
                yield Problem("NTM-846", Place(path=product.id), {"member": member, "product": product.id})
        if len(scored) == 1:
            yield Problem("NTM-848", Place(path=product.id), {"product": product.id, "member": scored[0]})


def _read(kit: Kit, one: Returned, problems: list[Problem]) -> MemberSheet | None:
    """A sheet of this round; None where it is of another, which is told."""
    said = one.said
    product = kit.product(said.get("product", ""))
    wrong: list[Problem] = []
    rules = kit.rules
    expected = {"set": rules.id}
    if product is not None:
        identity = kit.identity(product)
        expected |= {"product_set": product.number, "version": identity.version, "sha256": identity.sha256}
    for key, value in expected.items():
        if (got := said.get(key)) and got != value:
            wrong.append(Problem("NTM-840", one.at(key), {"what": OTHER[key], "got": got[:60], "expected": value}))
    if product is None:
        words = {"column": OTHER["product"], "got": said.get("product", ""), "guess": nearest(said.get("product", ""), _codes(kit))}
        wrong.append(Problem("NTM-849", one.at("product"), words))
    if said.get("member", "") not in kit.members:
        words = {"column": OTHER["member"], "got": said.get("member", ""), "guess": nearest(said.get("member", ""), kit.members)}
        wrong.append(Problem("NTM-849", one.at("member"), words))
    number = said.get("round") or "1"
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 10):
        wrong.append(Problem("NTM-849", one.at("round"), {"column": OTHER["round"], "got": number}))
    problems += wrong
    if wrong or product is None:
        return None
    form = kit.sheet(product)
    points = _points(kit, form, one, problems)
    day = read_day(said.get("day", ""))
    return MemberSheet(
        said["member"],
        product,
        int(number),
        day.isoformat() if day else said.get("day", ""),
        points,
        _missing(form, points),
        one.place,
    )


def _codes(kit: Kit) -> list[str]:
    return [product.id for product in kit.products]


def _points(kit: Kit, form: Sheet, one: Returned, problems: list[Problem]) -> dict[str, int]:
    by_number = {leaf.criterion: leaf for part in form.parts for leaf in leaves(part.criteria)}
    found: dict[str, int] = {}
    for number, (text, place) in one.cells.items():
        if not text:
            continue
        if number not in by_number:
            problems.append(Problem("NTM-401", place, {"key": number, "guess": nearest(number, by_number)}))
            continue
        points = _level(kit, by_number[number], text)
        if points is None:
            allowed = sorted({points for points, _ in kit.levels(by_number[number])})
            problems.append(Problem("NTM-413", place, {"got": text[:60], "allowed": ", ".join(map(str, allowed))}))
        else:
            found[number] = points
    for case in _choices(form):
        scored = [leaf.criterion for leaf in case if leaf.criterion in found]
        if len(scored) > 1:
            words = {"criterion": scored[0].rpartition(".")[0] or scored[0], "got": ", ".join(scored)}
            problems.append(Problem("NTM-416", one.cells[scored[1]][1], words))
            for number in scored:
                del found[number]
    return found


def _level(kit: Kit, criterion: ScoreCriterion, text: str) -> int | None:
    """The points that a member chose: a level as the sheet offers it, or its number alone."""
    match = _LEADING.fullmatch(" ".join(text.split()))
    if match is None:
        try:
            return next((level for level, _ in kit.levels(criterion) if exact(text) == level), None)  # 5.0, as some programs write
        except ValueError:
            return None
    points, words = int(match[1]), match[2]
    offered = [said for level, said in kit.levels(criterion) if level == points]
    if words is None:
        return points if offered else None
    return points if any(sounded(said.say(lang)) == sounded(words) for said in offered for lang in LANGS) else None


def _choices(form: Sheet) -> list[tuple[ScoreCriterion, ...]]:
    return [case for part in form.parts for case in choices(part.criteria)]


def _missing(form: Sheet, points: dict[str, int]) -> tuple[str, ...]:
    """The criteria that are not scored; a choice of cases stands as its first one, and not at all once one of them is."""
    cases = [[leaf.criterion for leaf in case] for case in _choices(form)]
    settled = {number for case in cases for number in (case if any(one in points for one in case) else case[1:])}
    every = [leaf.criterion for part in form.parts for leaf in leaves(part.criteria)]
    return tuple(number for number in every if number not in points and number not in settled)


def _twice(kit: Kit, first: MemberSheet, second: MemberSheet, problems: list[Problem]) -> MemberSheet:
    """One sheet of two: where they differ, which one holds is not known, and nothing counts."""
    numbers = dict.fromkeys((*first.points, *second.points))
    differing = tuple(number for number in numbers if first.points.get(number) != second.points.get(number))
    words = {"member": second.member, "product": second.product.id, "other": _short(first.place)}
    if not differing:
        problems.append(Problem("NTM-843", second.place, words))
        return first
    problems.append(Problem("NTM-844", second.place, {**words, "criteria": _few(differing)}))
    points = {number: given for number, given in first.points.items() if number not in differing}
    return replace(first, points=points, missing=_missing(kit.sheet(first.product), points))


def _short(place: Place) -> str:
    return f"{Path(place.file).name} ({place.path})" if place.path else str(place)


def _few(numbers: tuple[str, ...]) -> str:
    more = "…" if len(numbers) > _SHOWN else ""
    return ", ".join(numbers[:_SHOWN]) + more
