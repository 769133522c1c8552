"""What a table says of its figures: who states them, what they rest on, the year they are of; of a whole row, or of one figure.

Nothing is compared with it: it goes with the figure into explanations, reports and stored decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ntm_rules.decide.engine.inputs import Unreadable
from ntm_rules.decide.written.grid import Broken, is_empty
from ntm_rules.decide.written.words import sounded
from ntm_rules.model.given import Note
from ntm_rules.values import Bilingual, NotApplicable, Unknown, exact, nfc, plain

Said = dict[tuple[str, str], Any]  #: what is said, by the figure (empty: of the whole row) and by what it says

YEAR: Final = "year"
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "stated_by": ("người báo", "người báo cáo", "người cung cấp", "cơ quan báo cáo", "đơn vị báo cáo", "stated by", "stated_by"),
    "evidence": ("căn cứ", "minh chứng", "tài liệu minh chứng", "hồ sơ minh chứng", "evidence"),
    "source": ("nguồn số liệu", "source of the figure"),
    YEAR: ("năm số liệu", "số liệu năm", "năm của số liệu", "year of the figure"),
}
LABELS: Final[Mapping[str, Bilingual]] = {
    "stated_by": Bilingual("người báo", "who states it"),
    "evidence": Bilingual("căn cứ", "evidence"),
    "source": Bilingual("nguồn số liệu", "source of the figure"),
    YEAR: Bilingual("năm số liệu", "year of the figure"),
}
BY_WORD: Final = {sounded(word): key for key, words in WORDS.items() for word in words}
_YEARS: Final = re.compile(r"((?:19|2\d)\d\d)(?:\.0+)?")
_OF_A_FIGURE: Final = "|".join(re.escape(word) for word in sorted(BY_WORD, key=len, reverse=True))


def of_a_figure(number: str) -> re.Pattern[str]:
    """«căn cứ 10.1»: what is said of one figure, where ``number`` matches the numbers of a set."""
    return re.compile(rf"({_OF_A_FIGURE})\s*[:.]?\s*{number}")


def read_said(cell: Any, key: str) -> Any:
    """A cell of such a column: a year as a number, anything else as a text.

    Raises:
        Unreadable: NTM-867, what should be a year is none; NTM-411 for an error of the spreadsheet.
    """
    if cell.__class__ is Broken and key != YEAR and cell.code == "NTM-512":  # a cell the spreadsheet keeps as a day
        return cell.got[:10]
    if cell.__class__ is Broken or cell.__class__ is bool:
        raise Unreadable("NTM-411", detail=f"{getattr(cell, 'got', cell)!s:.40}")
    text = nfc(cell.strip()) if cell.__class__ is str else plain(exact(getattr(cell, "number", cell)))
    if key != YEAR:
        return text
    if (year := _YEARS.fullmatch(text)) is None:
        raise Unreadable("NTM-867", got=f"{text:.40}")
    return int(year[1])


def take(said: Said, key: str, cell: Any) -> None:
    """Keep what a cell says under the key of its column: ``evidence``, or ``evidence 10.1`` of one figure."""
    if not is_empty(cell):
        field, _, number = key.partition(" ")
        said[number, field] = read_said(cell, field)


def notes_on(values: Mapping[str, Any], said: Said) -> dict[str, Note]:
    """The notes of the figures that are known: of the row, and what is said of one figure before that."""
    notes = {}
    for number, value in values.items() if said else ():
        if value.__class__ not in (Unknown, NotApplicable):
            own = {field: said.get((number, field), said.get(("", field))) for field in WORDS}
            rests = [text for text in (own["source"], own["evidence"]) if text]
            notes[number] = Note(own[YEAR], own["stated_by"] or "", "; ".join(dict.fromkeys(rests)))
    return {number: note for number, note in notes.items() if note.data()}


def idle(values: Iterable[str], said: Said) -> bool:
    """Whether something is said of no figure: the row has none, or not the one it is said of."""
    held = set(values)
    return any(number not in held if number else not held for number, _ in said)
