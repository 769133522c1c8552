"""Comparing score sheets: product sets, criteria, points, marks, and how points become stars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.model.score import ScoreCriterion, Sheet
from ntm_rules.revise.change import Change, Effect, Kind
from ntm_rules.values import Bilingual

STAR: Final = "{} ★"  #: how the points of a class are called
_EMPTY = Bilingual("")


def compare_sheets(old: Scores | None, new: Scores | None) -> Iterator[Change]:
    """The differences between the sheets of two editions that score; all sheets are new where only one edition scores."""
    if old is not None and new is not None:
        yield from _frame(old, new)
    before, after = (one.product_sets if one is not None else () for one in (old, new))
    for number in dict.fromkeys([*after, *before]):
        if old is None or number not in before:
            assert new is not None
            yield Change(Kind.SHEET_ADDED, number, (), _EMPTY, new.sheet(number).title)
        elif new is None or number not in after:
            yield Change(Kind.SHEET_REMOVED, number, (), old.sheet(number).title, _EMPTY)
        else:
            yield from _of_sheet(number, old.sheet(number), new.sheet(number))


def _frame(old: Scores, new: Scores) -> Iterator[Change]:
    """Parts, bands, readings, exclusions, terms."""
    was = {star.stars: star.start for star in old.score.stars}
    now = {star.stars: star.start for star in new.score.stars}
    for stars in sorted({*was, *now}, reverse=True):
        if was.get(stars) != now.get(stars):
            effect: Effect = "either"
            if stars in was and stars in now:
                effect = "stricter" if now[stars] > was[stars] else "looser"
            yield Change(Kind.SCORE_CHANGED, STAR.format(stars), (), _said(was.get(stars)), _said(now.get(stars)), effect)
    for part in dict.fromkeys([*old.score.parts, *new.score.parts]):
        points = [one.score.parts[part].points if part in one.score.parts else None for one in (old, new)]
        if points[0] != points[1]:
            yield Change(Kind.SCORE_CHANGED, part, (), _said(points[0]), _said(points[1]))
    for name in ("certified_from", "potential_from", "readings", "council", "validity"):
        values = [getattr(one.score, name) for one in (old, new)]
        if _plain(values[0]) != _plain(values[1]):
            effect = "none" if name == "validity" else "either"
            yield Change(Kind.SCORE_CHANGED, name, (), _said(values[0]), _said(values[1]), effect)
    for level in dict.fromkeys((*old.score.councils, *new.score.councils)):
        rules = [one.score.councils.get(level) for one in (old, new)]
        if _plain(rules[0]) != _plain(rules[1]):
            yield Change(Kind.SCORE_CHANGED, f"council {level}", (), _said(rules[0]), _said(rules[1]))
    for name in dict.fromkeys([*old.score.exclusions, *new.score.exclusions]):
        if (name in old.score.exclusions) != (name in new.score.exclusions):
            added = name in new.score.exclusions
            title = (new if added else old).score.exclusions[name].title
            words = (_EMPTY, title) if added else (title, _EMPTY)
            yield Change(Kind.SCORE_CHANGED, name, (), words[0], words[1], "stricter" if added else "looser")


def _plain(value: Any) -> Any:
    """A part of a score without what people read beside it."""
    return value.model_dump(exclude={"source"}) if hasattr(value, "model_dump") else value


def _said(value: Any) -> Bilingual:
    if value is None:
        return _EMPTY
    if hasattr(value, "model_dump"):
        return Bilingual(", ".join(f"{key}: {one}" for key, one in _plain(value).items() if one not in (None, ())))
    return Bilingual(str(value))


def _of_sheet(number: str, old: Sheet, new: Sheet) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(Kind.TITLE_CHANGED, number, (), old.title, new.title, "none")
    before, after = (dict(items_of(sheet)) for sheet in (old, new))
    for at in dict.fromkeys([*after, *before]):
        was, now = before.get(at), after.get(at)
        if was is None or now is None or levels_of(was) != levels_of(now):
            kind, effect = _meaning(was, now)
            titles = [one.title for one in (now, was) if one is not None and one.title is not None]
            yield Change(kind, at, (number,), _words(was), _words(now), effect, next(iter(titles), _EMPTY))
        elif was.title != now.title:
            yield Change(Kind.TITLE_CHANGED, at, (number,), was.title or _EMPTY, now.title or _EMPTY, "none")


def items_of(sheet: Sheet) -> Iterator[tuple[str, ScoreCriterion]]:
    """Every criterion of a sheet by its number, those within others after them."""

    def walk(criteria: tuple[ScoreCriterion, ...]) -> Iterator[ScoreCriterion]:
        for one in criteria:
            yield one
            yield from walk(one.of)

    for part in sheet.parts:
        for one in walk(part.criteria):
            yield one.criterion, one


def levels_of(one: ScoreCriterion) -> tuple[Any, ...]:
    """What decides: the points of each level, the marks, whether one case is scored."""
    return tuple(option.points for option in one.options), dict(one.marks), one.one_case, one.points


def _meaning(old: ScoreCriterion | None, new: ScoreCriterion | None) -> tuple[Kind, Effect]:
    """What another criterion of the same number is to a product: more points raise it, a higher mark or one more holds it back."""
    if old is None or new is None:
        return Kind.SHEET_CHANGED, "either"
    effects: set[Effect] = set()
    points = [[option.points for option in one.options] for one in (old, new)]
    if old.one_case != new.one_case or len(points[0]) != len(points[1]):
        effects.add("either")
    effects |= {"looser" if now > was else "stricter" for was, now in zip(*points, strict=False) if was != now}
    marks = {star: (old.marks.get(star, 0), new.marks.get(star, 0)) for star in old.marks.keys() | new.marks.keys()}
    known = [isinstance(was, int) - isinstance(now, int) for was, now in marks.values()]
    effects |= {
        "stricter" if now > was else "looser" for was, now in marks.values() if isinstance(was, int) and isinstance(now, int) and was != now
    }
    if not effects and any(known) and set(known) <= {0, 1}:
        return Kind.FIGURE_WITHDRAWN, "either"
    if not effects and any(known) and set(known) <= {0, -1}:
        return Kind.FIGURE_FILLED, "either"
    return Kind.SHEET_CHANGED, effects.pop() if len(effects) == 1 and not any(known) else "either"


def _words(one: ScoreCriterion | None) -> Bilingual:
    if one is None:
        return _EMPTY
    points = "/".join(str(option.points) for option in one.options) or str(one.points or "")
    marks = ", ".join(f"{stars}★ ≥ {least if isinstance(least, int) else '?'}" for stars, least in one.marks.items())
    return Bilingual(f"{points}; {marks}" if marks else points)
