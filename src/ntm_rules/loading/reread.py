"""A text read back from its canonical JSON, and asked again whether it is sound: what was damaged on the way decides nothing."""

from __future__ import annotations

import json

from pydantic import ValidationError

from ntm_rules.loading.lints import RULESET, SHEET
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.lints.sheets import INSTRUMENT as SHEET_INSTRUMENT
from ntm_rules.loading.lints.sheets import Scored
from ntm_rules.loading.lints.sources import INSTRUMENT
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.overlays import Elsewhere
from ntm_rules.loading.resolve import Effective, Layer
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.canonical import digest, dimensions_in_order
from ntm_rules.loading.text.yaml_text import Parsed, Path_, dotted
from ntm_rules.messages.causes import of_reading
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import Sheet
from ntm_rules.problems import Place, Problem, RereadError
from ntm_rules.values import Bilingual

# Which instruments are on record says the folder of the text, and that is not here.
_OF_SETS = tuple(lint for lint in RULESET if lint is not INSTRUMENT)
_OF_SHEETS = tuple(lint for lint in SHEET if lint is not SHEET_INSTRUMENT)
_WHY = Bilingual("đọc từ JSON chuẩn", "read from canonical JSON")


class Reread(Parsed):
    """A text on one line: what is wrong in it is named by its path alone."""

    def place(self, path: Path_, *, at_key: bool = False) -> Place:
        """The place of a path."""
        return Place("JSON", path=dotted(path))


def from_canonical(text: str | bytes) -> Effective:
    """A text from its canonical JSON, its score sheets with it.

    Raises:
        RereadError: it is no ruleset, or no sound one; every problem with its place in the text.
    """
    where: Path_ = ()
    sheets: dict[str, Sheet] = {}
    try:
        data = json.loads(text)
        given = data.pop("sheets", None) if isinstance(data, dict) else None
        document = RuleSetDocument.model_validate(dimensions_in_order(data) if isinstance(data, dict) else data)
        sha256 = digest(document.plain_data())
        for number, sheet in given.items() if isinstance(given, dict) else ():
            where = ("sheets", number)
            sheets[number] = Sheet.model_validate(sheet)
    except (ValueError, RecursionError) as error:
        raise RereadError([Problem("NTM-601", _place(error, where), {"detail": of_reading(error)})]) from None
    read = Reread("JSON")
    report(_OF_SETS, Walk(document, {}), read)
    if document.score is None and given is not None:
        read.report("NTM-201", ("sheets",), key="sheets", guess=None)
    elif document.score is not None and not sheets:
        read.report("NTM-202", ("sheets",), key="sheets")
    elif document.score is not None:
        for number, sheet in sheets.items():
            report(_OF_SHEETS, Scored(sheet, number, document.score, {}), Elsewhere(read, (), ("sheets", number)))
    if read.problems:
        raise RereadError(sorted(read.problems, key=lambda problem: problem.place))
    layer = Layer(document.ruleset, document.version, document.instrument, True, _WHY)
    return Effective(document, None, None, (), (layer,), sha256, Sheets.of_sheets(document, sheets) if sheets else None)


def _place(error: Exception, where: Path_) -> Place:
    """Where a text stops to be one: a line of it, or the part whose shape is wrong."""
    if isinstance(error, json.JSONDecodeError):
        return Place("JSON", error.lineno, error.colno)
    try:
        loc = error.errors(include_url=False)[0]["loc"] if isinstance(error, ValidationError) else ()
    except UnicodeEncodeError:  # half of a character, which pydantic cannot show
        loc = ()
    return Place("JSON", path=dotted((*where, *loc)))
