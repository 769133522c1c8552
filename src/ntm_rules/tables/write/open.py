"""The formats that results and reports are written in: one table, by the ending of the name. The file appears whole or not at all.

Text that came from a table is written so that no spreadsheet and no browser takes it for a formula or for markup.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.results import Result
from ntm_rules.tables.to_do import ToDo
from ntm_rules.tables.write import rows_parquet, to_csv, to_docx, to_html, to_json, to_md, to_svg, to_txt, to_xlsx
from ntm_rules.tables.write.listing import Report
from ntm_rules.tables.write.safe import atomic, told_of
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write.

    Attributes:
        report: writes a report to a path.
        results: opens a path for results; None where the format holds no rows.
        picture: whether it holds nothing but the picture of a report.
    """

    report: Callable[[Path, Report, Lang], None]
    results: Callable[[Path, RuleSet, Lang], AbstractContextManager[Writer]] | None = None
    picture: bool = False


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".html": Format(to_html.report, to_html.results),
        ".xlsx": Format(to_xlsx.report, to_xlsx.results),
        ".docx": Format(to_docx.report, to_docx.results),
        ".csv": Format(to_csv.report, to_csv.results),
        ".json": Format(to_json.report, to_json.results),
        ".md": Format(to_md.report, to_md.results),
        ".txt": Format(to_txt.report, to_txt.results),
        ".svg": Format(to_svg.report, picture=True),
    }
)
_OPENERS: Final = {suffix: one.results for suffix, one in FORMATS.items() if one.results is not None} | {".parquet": rows_parquet.results}
RESULTS: Final = tuple(_OPENERS)  # a table of rows alone is no report
REPORTS: Final = tuple(suffix for suffix, one in FORMATS.items() if not one.picture)


@contextlib.contextmanager
def results_writer(path: str | Path, rules: RuleSet, *, lang: Lang = "vi") -> Iterator[Writer]:
    """Open a results file; the ending of its name says in which of the formats. It appears whole when the block ends well.

    Raises:
        TableError: the ending is unknown, or the file cannot be written; an older file is then untouched.
        MissingExtra: openpyxl (``.xlsx``), python-docx (``.docx``) or polars (``.parquet``) is not installed.
    """
    with results_writers([path], rules, lang=lang) as writers:
        yield writers[0]


@contextlib.contextmanager
def results_writers(paths: Iterable[str | Path], rules: RuleSet, *, lang: Lang = "vi") -> Iterator[Sequence[Writer]]:
    """Open the results files of one call; all of them appear, whole, when the block ends well, or none.

    Raises:
        TableError, MissingExtra: as :func:`results_writer`.
    """
    chosen = [(path, _OPENERS[_ending(path, RESULTS)]) for path in map(Path, paths)]
    with contextlib.ExitStack() as files, contextlib.ExitStack() as opened:
        scratches = [files.enter_context(atomic(path)) for path, _ in chosen]
        writers = []
        for scratch, (path, opens) in zip(scratches, chosen, strict=True):
            opened.enter_context(told_of(path))
            writers.append(opened.enter_context(opens(scratch, rules, lang)))
            writers[-1].path = path
        yield writers
        for writer in writers:
            writer.end()


def write_results(
    results: Iterable[Result], path: str | Path, rules: RuleSet, *, lang: Lang = "vi", problems: Iterable[Problem] = ()
) -> None:
    """Write results to a file; see :func:`results_writer`.

    Raises:
        TableError: as :func:`results_writer`.
        MissingExtra: as :func:`results_writer`.
    """
    left = ToDo(rules)
    with results_writer(path, rules, lang=lang) as writer:
        for result in results:
            writer.add(result)
            left.add(result)
        writer.note(problems)
        writer.beside(left.sections(lang))


def write_report(report: Report, path: str | Path, *, lang: Lang = "vi") -> None:
    """Write a report; the ending of the name says in which of the formats.

    Raises:
        TableError: the ending is unknown, or asks for a picture where there is none; the file cannot be written.
        MissingExtra: openpyxl (``.xlsx``) or python-docx (``.docx``) is not installed.
    """
    write_reports(report, [Path(path)], lang=lang)


def write_reports(report: Report, paths: Iterable[Path], *, lang: Lang = "vi") -> None:
    """Write a report to several files, all of them or none.

    Raises:
        TableError, MissingExtra: as :func:`write_report`.
    """
    write_together(((path, report) for path in paths), lang=lang)


def write_together(told: Iterable[tuple[Path, Report]], *, lang: Lang = "vi") -> None:
    """Write the reports of one call, each to its file. Every ending is looked at first, and no file takes its place before all are written.

    Raises:
        TableError, MissingExtra: as :func:`write_report`.
    """
    chosen = [(path, report, FORMATS[_ending(path, tuple(FORMATS) if report.picture else REPORTS)]) for path, report in told]
    with contextlib.ExitStack() as stack:
        for path, report, one in chosen:
            one.report(stack.enter_context(atomic(path)), report, lang)


def _ending(path: Path, allowed: tuple[str, ...]) -> str:
    suffix = path.suffix.lower()
    if suffix not in allowed:
        raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(allowed)})])
    return suffix
