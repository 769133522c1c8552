"""Score sheets of an edition: read lazily, one by one, with the criteria they share written in."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ntm_rules.loading.lints import SHEET
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.lints.sheets import Scored
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, Path_, read_file, read_text
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import ScoreCriterion, SharedCriteria, SharedCriterion, Sheet
from ntm_rules.problems import Problem, RulesetError, nearest
from ntm_rules.values import SourceLevel

Checked = tuple[SourceLevel, tuple[str, ...]]  # how far a figure was checked, and where it was seen


def number_of(file: Path) -> str:
    """The product set whose sheet a file holds: ``sheets/07.yaml`` that of 7."""
    return file.stem.lstrip("0")


class Sheets:
    """The sheets of an edition: ``sheets/07.yaml`` for product set 7, ``shared/*.yaml`` for what they have in common.

    The files are taken into memory at once and understood one by one, when a product set is first asked for.
    """

    def __init__(self, document: RuleSetDocument, instruments: Mapping[str, Instrument]) -> None:
        self.document = document
        self.instruments = instruments
        self._files: dict[str, Parsed | tuple[str, str]] = {}
        self._shared: dict[str, SharedCriteria | None] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._sheets: dict[str, Sheet] = {}
        self.checked: Mapping[tuple[str, tuple[str, ...]], Checked] = {}  #: figures that an office read

    def laid(self, changed: Mapping[str, Sheet], checked: Mapping[tuple[str, tuple[str, ...]], Checked]) -> Sheets:
        """The same sheets with some of them replaced as offices read them, and how far each figure that was read is checked now."""
        found = copy.copy(self)
        found._sheets = {**self._sheets, **changed}
        found.checked = checked
        return found

    @classmethod
    def beside(cls, path: Path, document: RuleSetDocument, instruments: Mapping[str, Instrument]) -> Sheets:
        """The sheets that stand beside a ruleset file."""
        found = cls(document, instruments)
        for kind in ("sheets", "shared"):
            for file in sorted(path.parent.glob(f"{kind}/*.yaml")):
                name = number_of(file) if kind == "sheets" else file.stem
                try:
                    found._files[f"{kind}/{name}"] = (file.read_text("utf-8-sig"), str(file))
                except (OSError, UnicodeDecodeError):
                    found._files[f"{kind}/{name}"] = read_file(file)
        return found

    @classmethod
    def of_data(cls, document: RuleSetDocument, data: Mapping[str, Any]) -> Sheets:
        """The sheets of a published version."""
        return cls.of_sheets(document, {number: Sheet.model_validate(sheet) for number, sheet in data.items()})

    @classmethod
    def of_sheets(cls, document: RuleSetDocument, sheets: Mapping[str, Sheet]) -> Sheets:
        """Sheets with what they share written in."""
        found = cls(document, {})
        found._sheets = dict(sheets)
        return found

    @property
    def numbers(self) -> tuple[str, ...]:
        """The product sets that have a sheet, in order."""
        names = {name.split("/")[1] for name in self._files if name.startswith("sheets/")} | self._sheets.keys()
        return tuple(sorted(names, key=lambda name: (len(name), name)))

    def sheet(self, number: str) -> Sheet:
        """The sheet of a product set, with shared criteria written in.

        Raises:
            RulesetError: the sheet, or a shared file it uses, is wrong; all problems are listed.
        """
        if number not in self._sheets:
            self._sheets[number] = self._sheet(number)
        return self._sheets[number]

    def plain_data(self) -> dict[str, Any]:
        """Every sheet as plain data.

        Raises:
            RulesetError: a sheet is wrong; the problems of all sheets are listed.
        """
        data: dict[str, Any] = {}
        problems: list[Problem] = []
        for number in self.numbers:
            try:
                data[number] = self.sheet(number).plain_data()
            except RulesetError as error:
                problems += error.problems
        if problems:
            raise RulesetError(list({(problem.code, problem.place, str(problem.words)): problem for problem in problems}.values()))
        return data

    def _parsed(self, name: str) -> Parsed:
        file = self._files[name]
        return file if isinstance(file, Parsed) else read_text(*file)

    def _sheet(self, number: str) -> Sheet:
        parsed = self._parsed(f"sheets/{number}")
        found = build(Sheet, parsed)
        whole = self._written_in(found, parsed) if found else None
        if whole is not None and self.document.score is not None and not parsed.problems:
            report(SHEET, Scored(whole, number, self.document.score, self.instruments), parsed)
        if whole is None or parsed.problems:
            raise RulesetError(sorted(parsed.problems, key=lambda problem: problem.place))
        return whole

    def _written_in(self, sheet: Sheet, parsed: Parsed) -> Sheet:
        def fill(given: ScoreCriterion, path: Path_) -> ScoreCriterion:
            inner = tuple(fill(part, (*path, "of", i)) for i, part in enumerate(given.of))
            if given.use is None:
                return given.model_copy(update={"of": inner}) if inner else given
            shared = self._find(given.use, path, parsed)
            if shared is None:
                return given
            own = {"use": None, "title": shared.title, "points": shared.points, "options": shared.options}
            return given.model_copy(update={**own, "note": given.note or shared.note})

        parts = tuple(
            part.model_copy(
                update={"criteria": tuple(fill(given, ("parts", i, "criteria", j)) for j, given in enumerate(part.criteria))},
            )
            for i, part in enumerate(sheet.parts)
        )
        return sheet.model_copy(update={"parts": parts})

    def _find(self, use: str, path: Path_, parsed: Parsed) -> SharedCriterion | None:
        file, _, name = use.rpartition("/")
        files = [found.removeprefix("shared/") for found in self._files if found.startswith("shared/")]
        if file not in files:
            parsed.report("NTM-232", (*path, "use"), got=use, guess=nearest(file, files))
            return None
        if file not in self._shared:
            shared = self._parsed(f"shared/{file}")
            self._shared[file] = build(SharedCriteria, shared)
            self._problems[file] = shared.problems
        known = self._shared[file]
        parsed.problems.extend(problem for problem in self._problems[file] if problem not in parsed.problems)
        if known is None:
            return None
        if name not in known.criteria:
            guess = nearest(name, known.criteria)
            parsed.report("NTM-232", (*path, "use"), got=use, guess=guess and f"{file}/{guess}")
        return known.criteria.get(name)
