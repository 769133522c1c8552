"""Judging by marking: one score sheet for each product set, points to a total, to marks, to a class of stars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from ntm_rules.decide.engine.attributes import province_problem, read_attributes
from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.method import D, Extra, Input, certificates_behind, other_kind
from ntm_rules.decide.engine.program import Presumption
from ntm_rules.decide.engine.scores.council import Ruling, ruling
from ntm_rules.decide.engine.scores.extras import EXTRAS
from ntm_rules.decide.engine.scores.judge_sheet import unjudge
from ntm_rules.decide.engine.scores.points import Points, as_given, plain_points, read_points
from ntm_rules.decide.engine.scores.scored import Scored
from ntm_rules.decide.engine.scores.scoring import score_plain, score_sheet, standing_of
from ntm_rules.decide.engine.scores.sheet import ReadySheet, ready
from ntm_rules.decide.engine.tree import DERIVED, SCORE, Face, Judged, Note, Shape
from ntm_rules.loading.edition import COUNCIL, Edition
from ntm_rules.loading.identity import Identity
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.canonical import digest
from ntm_rules.model.given import NOT_GIVEN
from ntm_rules.model.measures import Measure
from ntm_rules.model.score import Score, Sheet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.values import Bilingual, Outcome, SourceLevel, Unknown, plain

NO_SET: Final = Bilingual("chưa biết bộ sản phẩm nên chưa biết phiếu nào", "the product set is not known, so neither is the sheet")
_POINTS: Final = Measure.model_validate({"unit": "điểm", "from": "0"})
_MANY: Final = 2048


@dataclass(frozen=True, slots=True, eq=False)
class ReadProduct:
    """A product read against its sheet.

    Attributes:
        subject: as given.
        product_set: the number of its sheet; None where it is not known.
        known: the attributes that are known.
        presumed: those that were not stated.
        ruled: what stands against a class whatever the points.
        plain: the points in the order of the sheet, where each criterion has exactly one number.
        values: what was given for each criterion; None where the points are plain.
    """

    subject: Subject
    product_set: str | None
    known: Mapping[str, Any]
    presumed: tuple[Presumption, ...] = ()
    ruled: Ruling | None = None
    plain: list[int] = field(default_factory=list)
    values: Points | None = None


class Scores:
    """The method of score sheets for one text. What only such texts have stands here: ``rules.scores``."""

    name = "scores"
    extras: tuple[Extra, ...] = EXTRAS

    def __init__(self, edition: Edition, sheets: Sheets) -> None:
        assert edition.document.score is not None
        self._edition = edition
        self._sheets = sheets
        self.score: Score = edition.document.score
        self._names = set(edition.declared)
        self._ready: dict[tuple[str, SourceLevel], tuple[ReadySheet, Identity]] = {}
        self._known: dict[tuple[Any, ...], tuple[str, dict[str, Any], tuple[Presumption, ...], Ruling | None]] = {}

    @cached_property
    def product_sets(self) -> tuple[str, ...]:
        """The numbers of the product sets that have a sheet."""
        return self._sheets.numbers

    def sheet(self, product_set: int | str) -> Sheet:
        """The score sheet of a product set.

        Raises:
            SubjectError: the edition has no such product set.
            RulesetError: the sheet is wrong.
        """
        number = str(product_set)
        if number not in self.product_sets:
            raise SubjectError([self._no_sheet("", number)])
        return self._sheets.sheet(number)

    def best(self, product_set: int | str) -> dict[str, str]:
        """The most points of each criterion of a sheet, one case of each choice: the best product there can be.

        Raises:
            SubjectError: the edition has no such product set.
        """
        self.sheet(product_set)
        sheet, _ = self._prepared(str(product_set), SourceLevel.MISSING)
        aside = {item.id for _, items in sheet.cases for item in items if item is not max(items, key=lambda one: one.best)}
        return {item.id: str(item.best) for item in sheet.items if item.id not in aside}

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every scored criterion of every sheet, in points: what tables of products may have columns for."""
        found: dict[str, Input] = {}
        for number in self.product_sets:
            for item in self._prepared(number, SourceLevel.RECALLED)[0].items:
                found.setdefault(item.id, Input(item.id, item.faces[0].title, _POINTS, item.faces[0].operator))
        return tuple(sorted(found.values(), key=lambda one: _order(one.indicator)))

    def read(self, subject: Subject) -> ReadProduct:
        """A product read against the sheet of its set: points that are levels of the sheet.

        Raises:
            SubjectError: no such product set, points that are no level, members that disagree in number, two cases scored; all together.
        """
        key = tuple([(name, value.__class__, value) for name, value in subject.attributes.items()])
        found = self._known.get(key) if subject.kind == self._edition.kind else None
        if found is None:
            number = self._product_set(subject)
            if number is None:
                return ReadProduct(subject, None, {})
            sheet, _ = self._prepared(number, SourceLevel.RECALLED)
            known, presumed = self._attributes(subject, sheet)
            found = number, known, presumed, ruling(sheet, (), known)
            if len(self._known) > _MANY:
                self._known.clear()
            self._known[key] = found
        number, known, presumed, ruled = found
        sheet, _ = self._prepared(number, SourceLevel.RECALLED)
        points = plain_points(subject, sheet)
        if points is not None:
            return ReadProduct(subject, number, known, presumed, ruled, points)
        return ReadProduct(subject, number, known, presumed, ruled, values=read_points(subject, sheet))

    def decide(self, read: ReadProduct, accept: SourceLevel, made: type[D]) -> D:
        """The product scored; a sheet weaker than ``accept`` counts as not known."""
        if read.product_set is None:
            return self._without_sheet(read.subject, accept, made)
        sheet, identity = self._prepared(read.product_set, accept)
        level = read.known.get("council_level")
        ruled = read.ruled
        if read.values is None and sheet.plain is not None:
            judged, scored = score_plain(sheet, sheet.plain, read.plain, level)
        else:
            values = as_given(read.plain) if read.values is None else read.values
            judged, scored = score_sheet(sheet, values)
            standing = standing_of(sheet, Fraction(scored.total_range[0]), scored.stars, level)
            scored = scored._replace(standing=standing, granted_by=sheet.granted_by.get(scored.stars or 0))
            ruled = ruled or ruling(sheet, values, read.known)
        if ruled is not None:
            scored = self._ruled(ruled, judged, scored)
        if sheet.absent is not None:
            unjudge(sheet, judged, sheet.absent)
            scored = self._nothing_scored()
        unread = self._edition.unread(read.subject.attributes)
        seen = (*self.score.source.seen, *sheet.sheet.source.seen) if self._edition.certified else ()
        rests_on = certificates_behind(self._edition, seen)
        return made(identity, read.subject, accept, judged, (), read.presumed, score=scored, certificates=rests_on, unread=unread)

    def outcome(self, read: ReadProduct, accept: SourceLevel) -> Outcome:
        """The outcome alone: met from the lowest class that is recognised."""
        return self.decide(read, accept, Decided).outcome

    def _ruled(self, ruled: Ruling, judged: Judged, scored: Scored) -> Scored:
        """What is left of a class where points alone do not make it; the whole is judged anew."""
        if ruled.excluded:
            judged.outcomes[0], judged.notes[0] = Outcome.NOT_MET, Note(None, DERIVED, ruled.reason)
            return scored._replace(
                stars=None, stars_possible=(), standing="rejected", granted_by=None, excluded=ruled.excluded, held_back_by=()
            )
        declared = self._edition.declared
        face = replace(judged.faces[0], waits_for=tuple((name, declared[name].title) for name in ruled.waits_for))
        fails = ruled.maybe_excluded and judged.outcomes[0] is Outcome.NOT_MET
        judged.faces = (face, *judged.faces[1:])
        judged.outcomes[0] = Outcome.NOT_MET if fails else Outcome.UNDETERMINED
        judged.notes[0] = Note(None, DERIVED if fails else None, ruled.reason)
        return scored._replace(stars=None, standing=None, granted_by=None)

    def _prepared(self, number: str, accept: SourceLevel) -> tuple[ReadySheet, Identity]:
        key = (number, accept)
        if key not in self._ready:
            document = self._edition.document
            sheet = self._sheets.sheet(number)
            made = ready(sheet, self.score, document.title, document.instrument, accept)
            sha256 = digest({"ruleset": document.plain_data(), "sheet": sheet.plain_data()})
            self._ready[key] = made, replace(self._edition.identity, sheet=number, sha256=sha256, title=made.root.title)
        return self._ready[key]

    def _without_sheet(self, subject: Subject, accept: SourceLevel, made: type[D]) -> D:
        """Nothing can be scored while the product set is not known: every class is still possible."""
        waits = ("product_set", self._edition.declared["product_set"].title)
        face = Face("", self._edition.title, "set", SCORE, waits_for=(waits,))
        judged = Judged(Shape(((),), (-1,)), (face,), [Outcome.UNDETERMINED], (), {0: Note(reason=NO_SET)})
        return made(
            self._edition.identity,
            subject,
            accept,
            judged,
            (),
            (),
            score=self._nothing_scored(),
            unread=self._edition.unread(subject.attributes),
        )

    def _nothing_scored(self) -> Scored:
        """Everything is possible: no sheet, or none that may decide."""
        score = self.score
        most = Decimal(sum(frame.points for frame in score.parts.values()))
        return Scored(
            total=None,
            total_range=(Decimal(0), most),
            parts=dict.fromkeys(score.parts),
            band=None,
            stars=None,
            stars_possible=tuple(sorted(star.stars for star in score.stars)),
            held_back_by=(),
            standing=None,
            granted_by=None,
            excluded=(),
            readings=score.readings.model_dump(),
            bands=tuple((star.stars, star.start) for star in score.stars),
            certified_from=score.certified_from,
        )

    def _product_set(self, subject: Subject) -> str | None:
        given = subject.attributes.get("product_set")
        unknown = given is None or given.__class__ is Unknown
        number = plain(given) if isinstance(given, Decimal) else str(given) if isinstance(given, str) else "–"
        problems = []
        if subject.kind != self._edition.kind:
            problems.append(other_kind(subject.kind, self._edition.kind, Place(path=subject.id)))
        if not unknown and number not in self.product_sets:
            problems.append(self._no_sheet(subject.id, number))
        if unknown and (stray := province_problem(subject.attributes.get("province", NOT_GIVEN), self._edition.provinces, subject.id)):
            problems.append(stray)
        if problems:
            raise SubjectError(problems)
        return None if unknown else number

    def _no_sheet(self, subject: str, number: str) -> Problem:
        numbers = self.product_sets
        allowed = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 2 else ", ".join(numbers)
        return Problem("NTM-414", Place(path=f"{subject}: attributes.product_set"), {"got": number, "allowed": allowed})

    def _attributes(self, subject: Subject, sheet: ReadySheet) -> tuple[dict[str, Any], tuple[Presumption, ...]]:
        declared = {name: self._edition.declared[name] for name in (*sheet.sheet.excluded_if, *COUNCIL)}
        known, presumed, problems = read_attributes(subject.attributes, declared, self._names, subject.id, self._edition.provinces)
        if problems:
            raise SubjectError(problems)
        return known, tuple(Presumption(name, declared[name].title, value) for name, value in sorted(presumed.items()))


def _order(number: str) -> list[tuple[int, str]]:
    """Numbers of a sheet in the order people expect: 2 before 10, 6.1.3 before 6.1.3b."""
    parts = [(part.rstrip("abcdefgh"), part) for part in number.split(".")]
    return [(int(digits) if digits.isdigit() else 0, part) for digits, part in parts]
