"""What is doubtful in a folder of rulesets: told to those who keep it, and loaded all the same; what they accept, with their reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.lints import OVERLAY, RULESET, SCORE, SHEET, TEXT, WARNINGS
from ntm_rules.loading.lints.lint import Level, report
from ntm_rules.loading.lints.noted import day_in, is_reason
from ntm_rules.loading.lints.overlays import Overlaid
from ntm_rules.loading.lints.sheets import Scored
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.overlays import apply_overlay
from ntm_rules.loading.sheets import number_of
from ntm_rules.loading.text.notes import ACCEPTED, Note, notes_of
from ntm_rules.loading.text.yaml_text import Parsed, dotted, read_file
from ntm_rules.problems import NtmError, Problem
from ntm_rules.verify.doubtful import doubtful_readings
from ntm_rules.verify.fewer import left_out
from ntm_rules.verify.folder import set_of


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is doubtful in a folder.

    Attributes:
        open: what somebody should look at.
        accepted: what those who keep the file looked at and leave as it is, each with their reason.
    """

    open: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, str], ...]


def warnings(catalogue: Catalogue, only: Collection[str] | None = None, *, on: date | None = None) -> list[Problem]:
    """What is doubtful and nobody has accepted."""
    return list(doubts(catalogue, on, only).open)


def doubts(catalogue: Catalogue, on: date | None = None, only: Collection[str] | None = None) -> Doubts:
    """What the lints of level *warns* find in the files of a catalogue; the refused are left to :func:`~ntm_rules.verify.folder.check`.

    With a day, what was to be looked at again by an earlier one is told as well. With ``only``, in the documents of these names.
    """
    rulesets, overlays = (
        [one for one in each.values() if only is None or one.id in only] for each in (catalogue.rulesets, catalogue.overlays)
    )
    paths = catalogue.files("**/*.yaml") if only is None else [path for entry in (*rulesets, *overlays) for path in _own(entry)]
    files = {path: read_file(path) for path in paths}
    linted = _linted(catalogue, files, rulesets, overlays)
    found = sorted(set_of([*linted, *doubtful_readings(catalogue, only)]), key=lambda one: (one.place, one.code))
    reasons: dict[int, str] = {}
    told: list[Problem] = []
    for parsed in files.values():
        for note in notes_of(parsed.data):
            if note.key == ACCEPTED:
                told.extend(_accepting(parsed, note, found, reasons))
            elif on is not None and (day := day_in(note.value)) is not None and day < on:
                told.append(Problem("NTM-252", parsed.place((*note.path, note.key)), {"got": day}))
    left = [problem for problem in found if id(problem) not in reasons]
    return Doubts(
        tuple(sorted([*left, *told], key=lambda problem: (problem.place, problem.code))),
        tuple((problem, reasons[id(problem)]) for problem in found if id(problem) in reasons),
    )


def _linted(catalogue: Catalogue, files: dict[Path, Parsed], rulesets: list[Entry], overlays: list[Entry]) -> Iterator[Problem]:
    for parsed in files.values():
        report(TEXT, parsed.data, parsed, Level.WARNS)
    for entry in rulesets:
        with suppress(NtmError):
            report((*RULESET, *SCORE), Walk(catalogue.ruleset(entry.id), catalogue.instruments), files[entry.path], Level.WARNS)
        _sheets(catalogue, entry, files)
    for entry in overlays:
        with suppress(NtmError):
            overlay = catalogue.overlay(entry.id)
            edition = catalogue.ruleset(overlay.amends)
            folder = tuple(catalogue.within(entry.path).split("/")[:-1])
            overlaid = Overlaid(overlay, catalogue.rulesets, catalogue.instruments, edition.in_force, folder)
            report(OVERLAY, overlaid, files[entry.path], Level.WARNS)
            apply_overlay(edition, overlay, files[entry.path], catalogue.instruments, Level.WARNS)
    yield from (problem for parsed in files.values() for problem in parsed.problems if problem.code in WARNINGS)
    for entry in (*rulesets, *overlays):
        yield from left_out(catalogue, entry)


def _own(entry: Entry) -> list[Path]:
    """The file of a document and those of its score sheets."""
    return [entry.path, *sorted(entry.path.parent.glob("sheets/*.yaml"))]


def _sheets(catalogue: Catalogue, entry: Entry, files: dict[Path, Parsed]) -> None:
    for path in _own(entry)[1:]:
        with suppress(NtmError):
            number, sheets = number_of(path), catalogue.sheets(entry.id)
            if sheets.document.score is not None:
                report(SHEET, Scored(sheets.sheet(number), number, sheets.document.score, catalogue.instruments), files[path], Level.WARNS)


def _accepting(parsed: Parsed, note: Note, found: list[Problem], reasons: dict[int, str]) -> Iterator[Problem]:
    """Note the findings that a note accepts; told is one that accepts nothing."""
    given = note.value if isinstance(note.value, dict) else {}
    part = dotted(note.path)
    for code, reason in given.items():
        if not is_reason(code, reason):
            continue  # told by the lint of notes
        mine = [one for one in found if one.code == code and one.place.file == parsed.file and _within(one.place.path, part)]
        reasons.update((id(one), reason) for one in mine)
        if not mine:
            yield Problem("NTM-251", parsed.place((*note.path, ACCEPTED, code), at_key=True), {"got": code})


def _within(path: str, part: str) -> bool:
    """Whether a place stands in a part of its file."""
    return not part or path == part or path.startswith((f"{part}.", f"{part}["))
