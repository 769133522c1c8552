"""The figures of a score sheet, one by one, each with an address that stays where its value changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ntm_rules.model.score import MarkMissing, Score, ScoreCriterion, Sheet
from ntm_rules.values import Bilingual, plain


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """One figure of a score sheet.

    Attributes:
        at: number of the criterion, or letter of the part.
        column: number of the sheet, and what it is there: ``toi-da`` (the most points), ``muc-2`` (its second level), ``sao-4`` (its mark).
        compares: ``total``, ``points``, ``mark``, or ``from`` of a class of stars.
        title: of the criterion or part.
        what: what it is, in words.
        value: the points; empty where they are not known.
        absent: why not.
        node: the path to the criterion or part in the sheet.
        path: the path to the figure from there.
    """

    at: str
    column: tuple[str, ...]
    compares: str
    title: Bilingual
    what: Bilingual
    value: str
    absent: Bilingual | None
    node: tuple[str | int, ...]
    path: tuple[str | int, ...]


SCORES: Final = ("total", "points", "mark", "from")  #: what a figure of a sheet is, where others name a comparison
_MOST = Bilingual("điểm tối đa", "most points")
_LEVEL = Bilingual("mức {}: {}", "level {}: {}")
_MARK = Bilingual("dấu {} sao", "mark of {} stars")
_CLASS = Bilingual("Hạng {} sao", "Class of {} stars")
_POTENTIAL = Bilingual("Tiềm năng 5 sao", "Potential 5 stars")
_LEAST = Bilingual("từ bao nhiêu điểm", "from how many points")
_PART = Bilingual("Phần {}", "Part {}")


def class_figures(score: Score) -> Iterator[SheetFigure]:
    """From how many points each class of stars begins: figures of the edition, for all its sheets."""
    for i, star in enumerate(score.stars):
        yield SheetFigure(
            f"sao-{star.stars}", (), "from", _CLASS.fill(star.stars), _LEAST, plain(star.start), None, ("stars", i), ("from",)
        )
    if score.potential_from is not None:
        yield SheetFigure("tiem-nang", (), "from", _POTENTIAL, _LEAST, plain(score.potential_from), None, (), ("potential_from",))


def sheet_figures(sheet: Sheet) -> Iterator[SheetFigure]:
    """Every figure of a sheet, in the order of printing; a part or criterion before what stands in it."""
    for i, part in enumerate(sheet.parts):
        node: tuple[str | int, ...] = ("parts", i)
        title = _PART.fill(part.part)
        yield SheetFigure(part.part, (sheet.sheet, "toi-da"), "total", title, _MOST, str(part.points), None, node, ("points",))
        for j, given in enumerate(part.criteria):
            yield from _of(sheet.sheet, given, (*node, "criteria", j))


def _of(number: str, given: ScoreCriterion, node: tuple[str | int, ...]) -> Iterator[SheetFigure]:
    title = given.title or Bilingual("")
    yield SheetFigure(given.criterion, (number, "toi-da"), "total", title, _MOST, str(given.points), None, node, ("points",))
    for k, option in enumerate(given.options):
        what = _LEVEL.fill(k + 1, Bilingual(option.vi, option.en))
        column, path = (number, f"muc-{k + 1}"), ("options", k, "points")
        yield SheetFigure(given.criterion, column, "points", title, what, str(option.points), None, node, path)
    for star, least in given.marks.items():
        column, what = (number, f"sao-{star}"), _MARK.fill(star)
        unknown = least.missing if isinstance(least, MarkMissing) else None
        yield SheetFigure(given.criterion, column, "mark", title, what, "" if unknown else str(least), unknown, node, ("marks", star))
    for k, below in enumerate(given.of):
        yield from _of(number, below, (*node, "of", k))
