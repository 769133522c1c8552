"""Judging the parts of a sheet: what each criterion comes to against the marks of every class that the total may still reach."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from ntm_rules.decide.engine.scores.assessed import NOT_SCORED, Given, Points
from ntm_rules.decide.engine.scores.sheet import Heading, Item, ReadySheet
from ntm_rules.decide.engine.tree import STATED, Face, Judged, Note
from ntm_rules.values import Bilingual, Outcome, Unknown

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Outcome

OTHER_CASE: Final = Bilingual("trường hợp khác của phiếu được chấm", "another case of the sheet is scored")
OPEN_CLASS: Final = Bilingual("còn tùy hạng sao theo tổng điểm", "depends on the class that the total reaches")
OPEN_MARK: Final = Bilingual("phiếu không nói dấu sao ứng với mức nào", "the sheet does not say which level the star asks for")


def judge_sheet(
    ready: ReadySheet, values: Sequence[Any], tested: Sequence[tuple[Points, Points]], aside: frozenset[int], bands: tuple[int, ...]
) -> Judged:
    """The outcome of every place of a sheet but the whole, which follows from the class of stars.

    Args:
        ready: the sheet.
        values: what was given for each scored criterion.
        tested: the least and the greatest points on which the marks of each are tested.
        aside: the criteria that do not count.
        bands: the classes that the total may still reach, high to low.
    """
    faces: list[Face] = [ready.root]
    outcomes: list[Outcome] = [UNDETERMINED]
    notes: dict[int, Note] = {}
    for place, part in enumerate(ready.places, 1):
        if isinstance(part, Heading):
            faces.append(part.face)
            outcomes.append(UNDETERMINED)
            continue
        face, outcome, note = _judge_item(ready, part, values[part.index], tested[part.index], aside, bands)
        faces.append(face)
        outcomes.append(outcome)
        if note is not None:
            notes[place] = note
    for place in range(len(outcomes) - 1, 0, -1):  # what stands under a heading comes before it
        if below := [outcomes[part] for part in ready.shape.parts[place]]:
            outcomes[place] = NOT_MET if NOT_MET in below else UNDETERMINED if UNDETERMINED in below else MET
    observed = [given.observed if given.__class__ is Given else given for given in values]
    return Judged(ready.shape, faces, outcomes, observed, notes)


def _judge_item(
    ready: ReadySheet, part: Item, given: Any, tested: tuple[Points, Points], aside: frozenset[int], bands: tuple[int, ...]
) -> tuple[Face, Outcome, Note | None]:
    """A criterion: met where its points meet the marks of every class that the total may still reach."""
    face = part.faces[bands[0]]
    if given.__class__ is not Given:
        if part.index in aside:
            return face, NOT_APPLICABLE, Note(given, STATED, OTHER_CASE)
        return face, UNDETERMINED, Note(given, None, Bilingual(given.reason) if given is not None else NOT_SCORED)
    low, high = tested
    unsaid = [star for star, least in part.marks.items() if least is None]
    found = {_at(part, [star for star in unsaid if star == band or (ready.cumulative and star < band)], band, low, high) for band in bands}
    if found == {NOT_MET}:
        return part.faces[bands[-1]], NOT_MET, None
    if found == {MET} and given.observed.__class__ is Decimal:
        return face, MET, None
    reason = OPEN_MARK if UNSAID in found else NOT_SCORED if given.observed.__class__ is Unknown else OPEN_CLASS
    return face, UNDETERMINED, Note(given.observed, None, reason)


UNSAID: Final = "unsaid"


def _at(part: Item, unsaid: list[int], band: int, low: Points, high: Points) -> Outcome | str:
    """Whether points meet the marks of one class. No mark stands beside 0 points, wherever else the sheet leaves it open."""
    asked = part.asked[band] or 0
    if high < asked or (unsaid and not high):
        return NOT_MET
    if unsaid and low < part.best:
        return UNSAID
    return MET if low >= asked else UNDETERMINED


def unjudge(ready: ReadySheet, judged: Judged, reason: Bilingual) -> None:
    """Where nothing of the sheet may decide: the points as given, and nothing that they are held against."""
    judged.notes[0] = Note(reason=reason)
    judged.outcomes[0] = UNDETERMINED
    faces = [judged.faces[0]]
    for place, part in enumerate(ready.places, 1):
        judged.outcomes[place] = UNDETERMINED
        faces.append(part.face if isinstance(part, Heading) else part.faces[0])
        if isinstance(part, Item):
            judged.notes[place] = Note(judged.observed(place), None, reason)
    judged.faces = faces
