"""What a council's points come to, product by product: the decision itself is that of ``RuleSet.evaluate`` on the members' points.

Means are exact; what is rounded is rounded where it is printed, to two places, as minutes do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from ntm_rules.council.joined import MemberSheet, Round
from ntm_rules.council.kit import LEAST, Product, leaves
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.scores.scored import Mark
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Problem, SubjectError
from ntm_rules.values import Lang, Unknown, shown

_CONTEXT: Final = Context(prec=40, rounding=ROUND_HALF_UP)
_NOT_SCORED: Final = "chưa chấm"


@dataclass(frozen=True, slots=True)
class Missed:
    """A star mark missed.

    Attributes:
        mark: the criterion, the class it costs, what is asked for and the mean.
        by: the members who gave less than is asked for, with their points; where the sheet does not say what is asked for, nobody.
    """

    mark: Mark
    by: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a council came to for one product.

    Attributes:
        product: of what.
        decision: as the text decides on the members' points; None where there is no council's points to decide on.
        sheets: those that count, one a member.
        replaced: those of an earlier round, which later ones replaced.
        absent: the members without a sheet.
        missed: star marks that hold the product back.
    """

    product: Product
    decision: Decision | None
    sheets: tuple[MemberSheet, ...]
    replaced: tuple[MemberSheet, ...]
    absent: tuple[str, ...]
    missed: tuple[Missed, ...]

    @property
    def stars(self) -> int | None:
        """The class; None while it is open."""
        return None if self.decision is None else self.decision.stars

    @property
    def spread(self) -> int | None:
        """How far the members' totals lie apart; None while a total is open."""
        totals = [sheet.total for sheet in self.sheets]
        known = [total for total in totals if total is not None]
        return max(known) - min(known) if known and len(known) == len(totals) else None

    def as_dict(self) -> dict[str, Any]:
        """The minutes as plain data; points unrounded."""
        score = None if self.decision is None else self.decision.score
        return {
            "product": self.product.id,
            "name": self.product.name,
            "product_set": self.product.number,
            "members": [_sheet(sheet) for sheet in self.sheets],
            "replaced": [_sheet(sheet) for sheet in self.replaced],
            "absent": list(self.absent),
            "mean": None if score is None or score.total is None else str(score.total),
            "parts": {} if score is None else {part: None if points is None else str(points) for part, points in score.parts.items()},
            "spread": self.spread,
            "missed": [
                {"criterion": one.mark.criterion, "stars": one.mark.stars, "required": _text(one.mark.required), "by": dict(one.by)}
                for one in self.missed
            ],
            "stars": self.stars,
            "stars_possible": [] if self.decision is None else list(self.decision.stars_possible),
            "standing": None if score is None else score.standing,
            "granted_by": None if score is None else score.granted_by,
            "decision": None if self.decision is None else json.loads(self.decision.to_json()),
        }


def minutes_of(scored: Round) -> tuple[tuple[Minutes, ...], tuple[Problem, ...]]:
    """The minutes of every product that has sheets, and what keeps the others from having any."""
    found: list[Minutes] = []
    problems: list[Problem] = []
    for product in scored.kit.products:
        sheets, replaced = scored.of(product)
        if not sheets:
            continue
        decision = None
        if len(sheets) >= LEAST:
            try:
                decision = scored.kit.rules.evaluate(subject_of(scored, product, sheets))
            except SubjectError as error:
                problems += error.problems
        there = {sheet.member for sheet in sheets}
        absent = tuple(member for member in scored.kit.members if member not in there)
        found.append(Minutes(product, decision, sheets, replaced, absent, _missed(decision, sheets)))
    return tuple(found), tuple(problems)


def subject_of(scored: Round, product: Product, sheets: Iterable[MemberSheet]) -> Subject:
    """The product with the points of its members, one after another for each criterion that anybody scored."""
    listed = list(sheets)
    attributes = dict(product.attributes)
    if scored.kit.whole:  # else nobody knows how many were to score
        attributes.setdefault("council_members", Decimal(len(scored.kit.members)))
    values = {}
    for part in scored.kit.sheet(product).parts:
        for leaf in leaves(part.criteria):
            points = [sheet.points.get(leaf.criterion) for sheet in listed]
            if any(one is not None for one in points):
                values[leaf.criterion] = tuple(Unknown(_NOT_SCORED) if one is None else Decimal(one) for one in points)
    return Subject(id=product.id, kind="product", name=product.name, attributes=attributes, values=values)


def part_of(scored: Round, sheet: MemberSheet, part: str) -> int | None:
    """A member's points of one part of the sheet; None while one of its criteria is not scored."""
    [given] = [one for one in scored.kit.sheet(sheet.product).parts if one.part == part]
    numbers = {leaf.criterion for leaf in leaves(given.criteria)}
    if numbers & set(sheet.missing):
        return None
    return sum(points for number, points in sheet.points.items() if number in numbers)


def two(points: Decimal | int | None, lang: Lang) -> str:
    """Points as minutes print them, two places, half a hundredth up; a dash where they are open. No verdict rests on this."""
    return "–" if points is None else shown(Decimal(points).quantize(Decimal("0.01"), context=_CONTEXT), lang)


def _missed(decision: Decision | None, sheets: tuple[MemberSheet, ...]) -> tuple[Missed, ...]:
    found = []
    for mark in () if decision is None else decision.held_back_by:
        given = [(sheet.member, sheet.points[mark.criterion]) for sheet in sheets if mark.criterion in sheet.points]
        found.append(Missed(mark, tuple((who, points) for who, points in given if mark.required is not None and points < mark.required)))
    return tuple(found)


def _sheet(sheet: MemberSheet) -> dict[str, Any]:
    return {
        "member": sheet.member,
        "round": sheet.round,
        "day": sheet.day,
        "total": sheet.total,
        "points": dict(sheet.points),
        "missing": list(sheet.missing),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
