"""A score sheet: points that add up, marks that are levels, parts and exclusions that the edition has, a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.sources import unknown_instruments, unseen, unsourced
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.score import Score, ScoreCriterion, Sheet
from ntm_rules.problems import nearest


@dataclass(frozen=True, slots=True)
class Scored:
    """A sheet as filed under the number of its product set, with the frame of its edition and the instruments on record."""

    sheet: Sheet
    number: str
    score: Score
    instruments: Mapping[str, Instrument]

    def criteria(self) -> Iterator[tuple[Path_, ScoreCriterion]]:
        """Every criterion of the sheet, those within others included, in order."""
        for i, part in enumerate(self.sheet.parts):
            for j, given in enumerate(part.criteria):
                yield from _within(("parts", i, "criteria", j), given)

    def declared(self, name: str) -> bool:
        """Whether the sheet says itself that this is printed oddly."""
        return any(anomaly.at == name for anomaly in self.sheet.anomalies)


def _within(path: Path_, given: ScoreCriterion) -> Iterator[tuple[Path_, ScoreCriterion]]:
    yield path, given
    for i, part in enumerate(given.of):
        yield from _within((*path, "of", i), part)


def _misfiled(scored: Scored) -> Iterator[Finding]:
    if scored.sheet.sheet != scored.number:
        yield at(("sheet",), got=scored.sheet.sheet, expected=scored.number)


def _no_exclusion(scored: Scored) -> Iterator[Finding]:
    known = scored.score.exclusions
    for i, name in enumerate(scored.sheet.excluded_if):
        if name not in known:
            yield at(("excluded_if", i), got=name, allowed=", ".join(known), guess=nearest(name, known))


def _empty(scored: Scored) -> Iterator[Finding]:
    if not scored.sheet.parts and scored.sheet.missing is None:
        yield at(())


def _no_part(scored: Scored) -> Iterator[Finding]:
    for i, part in enumerate(scored.sheet.parts):
        if part.part not in scored.score.parts:
            yield at(("parts", i, "part"), got=part.part, allowed=", ".join(scored.score.parts))


def _sums(scored: Scored) -> Iterator[Finding]:
    """What is stated of a part or criterion against what it comes to: the frame of the edition, its criteria, its best level."""
    for i, part in enumerate(scored.sheet.parts):
        frame = scored.score.parts.get(part.part)
        stated = [frame.points] if frame else []
        for come_to in (*stated, sum(given.points or 0 for given in part.criteria)):
            if come_to != part.points and not scored.declared(part.part):
                yield at(("parts", i, "points"), what=part.part, stated=part.points, sum=come_to)
    for path, given in scored.criteria():
        below = [inner.points or 0 for inner in given.of]
        come_to = (max(below) if given.one_case else sum(below)) if below else given.best
        if come_to != (given.points or 0) and not scored.declared(given.criterion):
            yield at((*path, "points") if given.points is not None else path, what=given.criterion, stated=given.points or 0, sum=come_to)


def _twice(scored: Scored) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, given in scored.criteria():
        if given.criterion in seen:
            yield at((*path, "criterion"), got=given.criterion)
        seen.add(given.criterion)


def _unstated(scored: Scored) -> Iterator[Finding]:
    for path, given in scored.criteria():
        yield from (at(path, key=key) for key in ("title", "points") if getattr(given, key) is None)


def _not_scored(scored: Scored) -> Iterator[Finding]:
    for path, given in scored.criteria():
        if bool(given.options) == bool(given.of):
            yield at(path, got="options, of" if given.of else "–", allowed="options, of")


def _no_level(scored: Scored) -> Iterator[Finding]:
    for path, given in scored.criteria():
        levels = sorted({option.points for option in given.options})
        for star, least in given.marks.items():
            if isinstance(least, int) and least not in levels:
                yield at((*path, "marks", star), criterion=given.criterion, got=least, allowed=", ".join(map(str, levels)))


def _falling(scored: Scored) -> Iterator[Finding]:
    """A mark of fewer stars that asks for more than one of more stars."""
    for path, given in scored.criteria():
        known = sorted((star, least) for star, least in given.marks.items() if isinstance(least, int))
        for (star, got), (above, least) in pairwise(known):
            if got > least and not scored.declared(given.criterion):
                yield at((*path, "marks", star), criterion=given.criterion, stars=star, got=got, above=above, least=least)


FILED = Lint("NTM-223", _misfiled, 'sheet: ¦"7"', 'sheet: "1"')
INSTRUMENT = Lint[Scored](
    "NTM-215",
    lambda scored: unknown_instruments([(("source", "instrument"), scored.sheet.source.instrument)], scored.instruments),
    "instrument: ¦1/QD-TTg",
    "instrument: 1/QĐ-TTg",
)
WITHOUT = Lint[Scored](
    "NTM-210",
    lambda scored: unsourced([(("source",), scored.sheet.source)]),
    "source: ¦{at: phiếu 1",
    "source: {level: recalled, at: phiếu 1",
)
UNSEEN = Lint[Scored](
    "NTM-218",
    lambda scored: unseen([(("source",), scored.sheet.source)]),
    "source: ¦{level: published, at: phiếu 1",
    "source: {level: recalled, at: phiếu 1",
)
EXCLUSION = Lint("NTM-206", _no_exclusion, "excluded_if: [¦forgd]", "excluded_if: [forged]")
EMPTY = Lint(
    "NTM-221",
    _empty,
    '¦sheet: "1"\ntitle: {vi: Rau, en: Vegetables}\nsource: {at: phiếu 1, level: recalled}\n',
    'sheet: "1"\ntitle: {vi: Rau, en: Vegetables}\nsource: {at: phiếu 1, level: recalled}\n'
    "missing: {vi: chưa thấy văn bản, en: the text has not been seen}\n",
)
PART = Lint("NTM-206", _no_part, "part: ¦C", "part: B")
SUM = Lint(
    "NTM-233",
    _sums,
    "points: ¦4\n        options:\n          - {points: 1",
    "points: 3\n        options:\n          - {points: 1",
)
TWICE = Lint("NTM-214", _twice, 'criterion: ¦"1"\n        title: {vi: Ba', 'criterion: "2"\n        title: {vi: Ba')
STATED = Lint("NTM-202", _unstated, '- ¦criterion: "2"', '- criterion: "2"\n        title: {vi: Ba, en: Three}')
SCORED = Lint(
    "NTM-212",
    _not_scored,
    '- ¦criterion: "2"\n        title: {vi: Ba, en: Three}\n        points: 0\n',
    '- criterion: "2"\n        title: {vi: Ba, en: Three}\n        points: 3\n        options:\n'
    "          - {points: 1, vi: ít, en: little}\n          - {points: 3, vi: nhiều, en: much}\n",
)
MARK = Lint("NTM-234", _no_level, '"3": ¦4', '"3": 1')
FALLING = Lint("NTM-270", _falling, '"3": ¦2, "5": 1', '"3": 1, "5": 2', Level.WARNS)
