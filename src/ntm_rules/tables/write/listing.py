"""Listings: tables of a review, a plan or a set of targets as HTML, CSV, JSON or a picture, whole or not at all."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.write.open import atomic, disarmed
from ntm_rules.tables.write.to_html import page
from ntm_rules.values import Lang


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a listing.

    Attributes:
        title: its heading.
        headings: of the columns.
        rows: the cells, as text; a cell of several lines has line breaks.
        notes: sentences under it.
    """

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a command found, built beside what it reports and written, shown or handed on as it is.

    Attributes:
        title: its heading.
        sections: its tables.
        data: the same as plain data.
        picture: an SVG; empty where there is none.
        problems: what must be mended.
    """

    title: str
    sections: Sequence[Section] = ()
    data: Any = None
    picture: str = ""
    problems: Sequence[Problem] = ()


def write_report(report: Report, path: Path, *, lang: Lang) -> None:
    """Write a report to a file; the ending of its name says how.

    Raises:
        TableError: the ending is unknown, or the file cannot be written.
    """
    write_listing(path, report.title, report.sections, report.data, lang=lang, picture=report.picture, problems=report.problems)


def write_listing(
    path: Path, title: str, sections: Iterable[Section], data: Any, *, lang: Lang, picture: str = "", problems: Iterable[Problem] = ()
) -> None:
    """Write a listing; the ending of the name says how: ``.html``, ``.csv``, ``.json``, and ``.svg`` where there is a picture.

    Raises:
        TableError: the ending is none of these, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    allowed = (".html", ".csv", ".json", *([".svg"] if picture else []))
    if suffix not in allowed:
        raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(allowed)})])
    listed = list(problems)
    with atomic(path) as scratch:
        if suffix == ".json":
            whole = {"data": data, "problems": [problem.as_dict() for problem in listed]}
            scratch.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
        elif suffix == ".svg":
            scratch.write_text(picture, "utf-8", newline="\n")
        elif suffix == ".csv":
            with scratch.open("w", encoding="utf-8-sig", newline="") as stream:
                _csv(stream, sections)
        else:
            body = _html(title, sections, picture, listed, lang)
            scratch.write_text("".join(page(title, body, lang)), "utf-8", newline="\n")


def _csv(stream: Any, sections: Iterable[Section]) -> None:
    rows = csv.writer(stream, lineterminator="\n")
    for index, section in enumerate(sections):
        if index:
            rows.writerow([])
        rows.writerow([disarmed(section.title)])
        if section.headings:
            rows.writerow([disarmed(cell) for cell in section.headings])
        rows.writerows([disarmed(cell) for cell in row] for row in section.rows)


def _html(title: str, sections: Iterable[Section], picture: str, problems: Sequence[Problem], lang: Lang) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>\n"
    if picture:
        yield f'<div class="wide"><div class="picture">{picture}</div></div>\n'
    for section in sections:
        yield f"<h2>{escape(section.title)}</h2>\n"
        yield from (f"<p>{escape(note)}</p>\n" for note in section.notes)
        if section.rows:
            head = "".join(f"<th>{escape(cell)}</th>" for cell in section.headings)
            kind = "cards" if len(section.headings) > _NARROW else "plain"
            yield f'<div class="wide"><table class="{kind}"><thead><tr>{head}</tr></thead>\n'
            for row in section.rows:
                cells = (_cell(label, cell, index > 0) for index, (label, cell) in enumerate(zip(section.headings, row, strict=True)))
                yield "<tr>" + "".join(cells) + "</tr>\n"
            yield "</table></div>\n"
    if problems:
        yield f"<h2>{'Cần sửa' if lang == 'vi' else 'To be mended'}</h2>\n<ul>"
        yield from (f"<li>{escape(problem.line(lang))}</li>" for problem in problems)
        yield "</ul>\n"


_NARROW = 3  # wider tables become a card for each row on a phone
_NUMBER = re.compile(r"[\d.,%–]*\d%?")


def _cell(label: str, cell: str, may_count: bool) -> str:
    """A cell, with the heading that stands before it where the table is read row by row; numbers to the right, but for codes."""
    lines = "<br>".join(map(escape, cell.split("\n")))
    kind = ' class="n"' if may_count and _NUMBER.fullmatch(cell) else ""
    return f'<td{kind} data-label="{escape(label)}">{lines}</td>'
