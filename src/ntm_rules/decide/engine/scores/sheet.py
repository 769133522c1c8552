"""A score sheet made ready: every level, mark and face looked up once, so that scoring is adding and comparing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from ntm_rules.conditions import AT_LEAST
from ntm_rules.decide.engine.tree import SCORE, Face, Shape
from ntm_rules.model.figures import Source
from ntm_rules.model.score import MarkMissing, Score, ScoreCriterion, Sheet
from ntm_rules.values import Bilingual, SourceLevel

TOP = 5


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A criterion that is scored.

    Attributes:
        id: its number on the sheet.
        index: its place among the scored criteria.
        part: the part of the sheet it counts in.
        read: the points of each level, by number and by text.
        least: the fewest points that may be given.
        best: the most points.
        marks: the least points asked for by each star, None where the sheet does not say which level the star stands beside.
        asked: for each class 0 to 5, the most that its marks ask for (marks of lower classes included where they cumulate).
        faces: for each class, what the node shows while that class is at stake.
    """

    id: str
    index: int
    part: str
    read: Mapping[Any, int]
    levels: tuple[int, ...]
    least: int
    best: int
    marks: Mapping[int, int | None]
    asked: tuple[int | None, ...]
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """A criterion over further criteria; with ``one_case`` exactly one of them is scored."""

    id: str
    face: Face
    one_case: bool
    of: tuple[Item | Heading, ...]


class Band(NamedTuple):
    """A class of stars and the points from which it starts."""

    stars: int
    start: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A sheet flattened for the common case: every criterion scored by one number, no choice of cases, every mark beside a level.

    Attributes:
        slices: the part, first and last place of the criteria of each part.
        faces: for each class, what every place of the sheet shows.
        asked: for each class, the points that the marks of every criterion ask for.
        places: for each criterion scored its own place on the sheet, and that of the heading it stands under; without one its own again.
        marks: class, place of the criterion and points of each mark, in the order they are told in.
        bands: the class of each total, from 0 points on.
    """

    slices: tuple[tuple[str, int, int], ...]
    faces: tuple[tuple[Face, ...], ...]
    asked: tuple[tuple[int, ...], ...]
    places: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int, int], ...]
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReadySheet:
    """A sheet with everything that scoring needs."""

    sheet: Sheet
    score: Score
    root: Face
    top: tuple[Item | Heading, ...]
    places: tuple[Item | Heading, ...]  # every criterion, headings before what stands under them; the whole, before all, left out
    shape: Shape
    plain: Plain | None
    items: tuple[Item, ...]
    by_id: Mapping[str, Item]
    reading: tuple[tuple[str, Mapping[Any, int]], ...]  # the number of each scored criterion, and its levels
    cases: tuple[tuple[str, tuple[Item, ...]], ...]  # criteria of which exactly one is scored
    stars: tuple[Band, ...]  # high to low
    bands: tuple[tuple[int, Decimal], ...]
    classes: tuple[int, ...]
    granted_by: Mapping[int, str | None]
    beyond_district: int | Fraction | None  # from how many points a district may not recognise
    potential_from: int | Fraction | None
    certified_from: int
    cumulative: bool
    readings: Mapping[str, str]
    absent: Bilingual | None  # why nothing of it can decide: no sheet, or a source weaker than accepted

    def highest(self, band: int, held_back: set[int]) -> int:
        """The highest class within a band that no failed mark holds back."""
        lowest = min(held_back, default=99)
        for stars in self.classes:
            if stars <= band and (stars < lowest if self.cumulative else stars not in held_back):
                return stars
        return self.classes[-1]


NO_SHEET = Bilingual("chưa có phiếu chấm điểm: {}", "the score sheet is not available: {}")
WEAK = Bilingual("nguồn của phiếu là «{}», yếu hơn mức chấp nhận «{}»", "the sheet's source is «{}», weaker than the accepted «{}»")


def ready(sheet: Sheet, score: Score, title: Bilingual, instrument: str, accept: SourceLevel) -> ReadySheet:
    """The sheet made ready under a scoring rule."""
    source = sheet.source.model_copy(update={"instrument": sheet.source.instrument or instrument})
    level = sheet.source.level or SourceLevel.MISSING
    items: list[Item] = []

    def make(given: ScoreCriterion, part: str) -> Item | Heading:
        if given.of:
            title = given.title or Bilingual("")
            face = Face(given.criterion, title, "criterion", SCORE, unit="điểm", k=given.points or 0, one_case=given.one_case)
            return Heading(given.criterion, face, given.one_case, tuple(make(below, part) for below in given.of))
        item = _item(given, part, len(items), score, source, level)
        items.append(item)
        return item

    top = tuple(make(given, part.part) for part in sheet.parts for given in part.criteria)
    absent = None
    if sheet.missing is not None:
        absent = NO_SHEET.fill(sheet.missing)
    elif level.rank > accept.rank:
        absent = WEAK.fill(level.label, accept.label)
    whole = Bilingual(f"{title.vi}: {sheet.title.vi}", f"{title.en}: {sheet.title.en}")
    cases = tuple((heading.id, tuple(_items(heading))) for heading in _headings(top) if heading.one_case)
    stars = tuple(Band(star.stars, Fraction(star.start)) for star in score.stars)
    by_id = {item.id: item for item in items}
    bands = tuple((star.stars, star.start) for star in score.stars)
    readings = score.readings.model_dump()
    root = Face("", whole, "set", SCORE)
    plain = _plain(root, top, items, stars) if absent is None and not cases else None
    higher = [_points(star.start) for star in score.stars if star.granted_by not in (None, "district")]
    return ReadySheet(
        sheet,
        score,
        root,
        top,
        tuple(_walk(top)),
        _shape(top),
        plain,
        tuple(items),
        by_id,
        tuple((item.id, item.read) for item in items),
        cases,
        stars,
        bands,
        tuple(star for star, _ in stars),
        {star.stars: star.granted_by for star in score.stars},
        min(higher, default=None),
        None if score.potential_from is None else _points(score.potential_from),
        score.certified_from,
        score.readings.marks == "cumulative",
        readings,
        absent,
    )


def _points(bound: Decimal) -> int | Fraction:
    """A bound on a total, which is compared for every product: a whole number as one, at a tenth of the cost of a fraction."""
    return int(bound) if bound == int(bound) else Fraction(bound)


def _plain(root: Face, top: tuple[Item | Heading, ...], items: list[Item], stars: tuple[Band, ...]) -> Plain | None:
    flat = all(isinstance(below, Item) for part in top if isinstance(part, Heading) for below in part.of)
    if not flat or any(least is None for item in items for least in item.marks.values()):
        return None
    slices: dict[str, tuple[int, int]] = {}
    for item in items:
        first, _ = slices.get(item.part, (item.index, 0))
        slices[item.part] = first, item.index + 1
    places: list[tuple[int, int]] = []
    place = 0
    for part in top:
        place = over = place + 1
        if isinstance(part, Item):
            places.append((over, over))
            continue
        for _ in part.of:
            place += 1
            places.append((place, over))
    classes = range(TOP + 1)
    faces = tuple((root, *(part.face if isinstance(part, Heading) else part.faces[star] for part in _walk(top))) for star in classes)
    asked = tuple(tuple(item.asked[star] or 0 for item in items) for star in classes)
    marks = sorted(((star, item.index, least or 0) for item in items for star, least in item.marks.items()), key=lambda mark: mark[:2])
    bands = tuple(next(band.stars for band in stars if total >= band.start) for total in range(sum(item.best for item in items) + 1))
    return Plain(tuple((part, first, last) for part, (first, last) in slices.items()), faces, asked, tuple(places), tuple(marks), bands)


def _walk(parts: tuple[Item | Heading, ...]) -> Iterator[Item | Heading]:
    """Every criterion, headings before what stands under them."""
    for part in parts:
        yield part
        if isinstance(part, Heading):
            yield from _walk(part.of)


def _shape(top: tuple[Item | Heading, ...]) -> Shape:
    """How the places of a sheet hang together."""
    parts: list[tuple[int, ...]] = []
    reads: list[int] = []

    def add(part: Item | Heading | None, of: tuple[Item | Heading, ...]) -> int:
        place = len(parts)
        parts.append(())
        reads.append(part.index if isinstance(part, Item) else -1)
        parts[place] = tuple([add(below, below.of if isinstance(below, Heading) else ()) for below in of])
        return place

    add(None, top)
    return Shape(tuple(parts), tuple(reads))


def _headings(parts: tuple[Item | Heading, ...]) -> Iterator[Heading]:
    return (part for part in _walk(parts) if isinstance(part, Heading))


def _items(heading: Heading) -> list[Item]:
    """The scored criteria directly under a heading."""
    return [part for part in heading.of if isinstance(part, Item)]


def _item(given: ScoreCriterion, part: str, index: int, score: Score, source: Source, level: SourceLevel) -> Item:
    levels = tuple(sorted({option.points for option in given.options}))
    allowed = levels if score.readings.no_level == "refused" or 0 in levels else (0, *levels)
    marks = {int(star): None if isinstance(least, MarkMissing) else least for star, least in given.marks.items()}
    cumulative = score.readings.marks == "cumulative"
    asked: list[int | None] = []
    for stars in range(TOP + 1):
        counting = [star for star in marks if star <= stars] if cumulative else [star for star in marks if star == stars]
        known = [least for star in counting if (least := marks[star]) is not None]
        asked.append(max(known, default=None))
    title = given.title or Bilingual("")

    def face(required: int | None) -> Face:
        return Face(
            given.criterion,
            title,
            "score",
            AT_LEAST.name,
            required=None if required is None else Decimal(required),
            unit="điểm",
            level=level,
            source=source,
            k=allowed[-1],
            least=allowed[0],
            marks=tuple(sorted(marks.items())),
        )

    faces = {required: face(required) for required in set(asked)}
    read: dict[Any, int] = {points: points for points in allowed} | {str(points): points for points in allowed}
    return Item(
        given.criterion,
        index,
        part,
        read,
        allowed,
        allowed[0],
        allowed[-1],
        marks,
        tuple(asked),
        tuple(faces[required] for required in asked),
    )
