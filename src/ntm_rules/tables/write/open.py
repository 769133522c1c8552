"""Writing results: whole or not at all, and never as something that runs."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, TextIO

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.results import NOT_DECIDED, Result
from ntm_rules.tables.write.outputs import refuse_overwriting
from ntm_rules.values import Bilingual, Lang

SUFFIXES = (".csv", ".xlsx", ".json", ".html")
HEADINGS = (
    Bilingual("Tệp", "File"),
    Bilingual("Dòng", "Row"),
    Bilingual("Mã", "Id"),
    Bilingual("Tên", "Name"),
    Bilingual("Kết quả", "Outcome"),
    Bilingual("Số tiêu chí đạt", "Criteria met"),
    Bilingual("Tổng số tiêu chí", "Criteria in all"),
    Bilingual("Tiêu chí chưa đạt", "Criteria not met"),
    Bilingual("Tiêu chí chưa xác định", "Criteria undetermined"),
    Bilingual("Lý do đầu tiên", "First reasons"),
    Bilingual("Lỗi số liệu", "Problems"),
)
SCORED = (
    Bilingual("Sao", "Stars"),
    Bilingual("Điểm", "Points"),
    Bilingual("Tư cách", "Standing"),
    Bilingual("Thiếu dấu sao", "Marks missed"),
)


def headings(rules: RuleSet) -> tuple[Bilingual, ...]:
    """The columns of results under a ruleset."""
    return (*HEADINGS, *SCORED) if rules.document.score else HEADINGS


class Writer(Protocol):
    """Takes results one after another and writes the file when the last has come."""

    def add(self, result: Result) -> None:
        """Take one result."""

    def finish(self, problems: Iterable[Problem]) -> None:
        """Write what is left, with the problems that concern whole tables."""


class ResultsWriter:
    """A results file being written; see :func:`results_writer`."""

    def __init__(self, inner: Writer, path: Path) -> None:
        self._inner = inner
        self._path = path
        self._read: set[str] = set()
        self._problems: list[Problem] = []

    def add(self, result: Result) -> None:
        """Write one result.

        Raises:
            TableError: it comes from the very file that is to be written.
        """
        if result.file not in self._read:
            refuse_overwriting([self._path], [result.file])
            self._read.add(result.file)
        self._inner.add(result)

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep problems that concern a whole table, for the formats that show them."""
        self._problems.extend(problems)

    def finish(self) -> None:
        """Write the end of the file."""
        self._inner.finish(self._problems)


@contextlib.contextmanager
def results_writer(path: str | Path, rules: RuleSet, *, lang: Lang = "vi") -> Iterator[ResultsWriter]:
    """Open a results file: ``.csv``, ``.xlsx``, ``.json`` or ``.html`` by its ending. It appears whole when the block ends well.

    Text that came from a table is written so that no spreadsheet and no browser takes it for a formula or for markup.

    Raises:
        TableError: the ending is unknown, or the file cannot be written; an older file is then untouched.
        MissingExtra: openpyxl is not installed (``.xlsx``).
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(SUFFIXES)})])
    with atomic(path) as scratch, _inner(scratch, suffix, rules, lang) as inner:
        writer = ResultsWriter(inner, path)
        yield writer
        writer.finish()


def write_results(
    results: Iterable[Result], path: str | Path, rules: RuleSet, *, lang: Lang = "vi", problems: Iterable[Problem] = ()
) -> None:
    """Write results to a file; see :func:`results_writer`.

    Raises:
        TableError: as :func:`results_writer`.
        MissingExtra: as :func:`results_writer`.
    """
    with results_writer(path, rules, lang=lang) as writer:
        for result in results:
            writer.add(result)
        writer.note(problems)


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A path to write to that becomes ``path`` when the block ends well, and vanishes otherwise.

    Raises:
        TableError: the folder cannot be written to.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield scratch
        os.replace(scratch, path)
    except OSError as error:
        raise TableError([Problem("NTM-525", Place(str(path)), {"detail": error.strerror or str(error)})]) from None
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


@contextlib.contextmanager
def _inner(scratch: Path, suffix: str, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    if suffix == ".xlsx":
        from ntm_rules.tables.write.to_xlsx import WorkbookWriter

        with WorkbookWriter(scratch, rules, lang) as book:
            yield book
    elif suffix == ".html":
        from ntm_rules.tables.write.to_html import ReportWriter

        with ReportWriter(scratch, rules, lang) as report:
            yield report
    elif suffix == ".csv":
        with scratch.open("w", encoding="utf-8-sig", newline="") as stream:
            yield CsvWriter(stream, rules, lang)
    else:
        with scratch.open("w", encoding="utf-8", newline="\n") as stream:
            yield JsonWriter(stream, rules)


def record(result: Result, rules: RuleSet, lang: Lang) -> list[str | int]:
    """A result as the cells of a row, under :func:`headings`."""
    outcome = result.outcome.label if result.outcome else NOT_DECIDED
    decided = result.decision is not None
    scored: list[str | int] = []
    if rules.document.score:
        scored = [result.stars, result.points(lang), result.standing(lang), ", ".join(result.held_back_by)]
    return [
        result.file,
        result.row,
        result.id,
        result.name,
        outcome.say(lang),
        result.met if decided else "",
        result.total if decided else "",
        ", ".join(result.failed),
        ", ".join(result.undetermined),
        "; ".join(result.reasons(lang)),
        "\n".join(problem.line(lang) for problem in result.problems),
        *scored,
    ]


def disarmed(cell: str | int) -> str | int:
    """A CSV cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


class CsvWriter:
    """Results as CSV."""

    def __init__(self, stream: TextIO, rules: RuleSet, lang: Lang) -> None:
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rules, self._lang = rules, lang
        self._rows.writerow([heading.say(lang) for heading in headings(rules)])

    def add(self, result: Result) -> None:
        """Write one row."""
        self._rows.writerow([disarmed(cell) for cell in record(result, self._rules, self._lang)])

    def finish(self, problems: Iterable[Problem]) -> None:
        """Nothing is left to write: problems of whole tables have no row."""


class JsonWriter:
    """Results as JSON: the decisions, each of the schema ``ntm-rules/decision/v1``, and the problems."""

    def __init__(self, stream: TextIO, rules: RuleSet) -> None:
        self._stream = stream
        self._problems: list[Problem] = []
        self._any = False
        stream.write('{"schema":"ntm-rules/results/v1","ruleset":' + json.dumps(rules.id) + ',"decisions":[')

    def add(self, result: Result) -> None:
        """Write one decision, or keep the problems of its row."""
        self._problems.extend(result.problems)
        if result.decision is not None:
            self._stream.write((",\n" if self._any else "\n") + result.decision.to_json())
            self._any = True

    def finish(self, problems: Iterable[Problem]) -> None:
        """Write the problems."""
        listed = [problem.as_dict() for problem in (*problems, *self._problems)]
        self._stream.write('\n],"problems":' + json.dumps(listed, ensure_ascii=False) + "}\n")
