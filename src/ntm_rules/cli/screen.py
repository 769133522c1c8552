"""What people see: tables and sentences on stdout, problems and progress on stderr; or JSON on stdout and nothing else.

Text from files is shown as it stands: nothing in it is taken for markup, and control characters are made visible.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeVar, cast

from rich.box import HEAVY_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from ntm_rules.problems import Problem
from ntm_rules.values import Bilingual, Lang, Outcome

T = TypeVar("T")

STYLES = {Outcome.MET: "green", Outcome.NOT_MET: "red", Outcome.UNDETERMINED: "yellow", Outcome.NOT_APPLICABLE: "dim"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MANY_LINES = re.compile(r"[\t\n\u2028\u2029]")
_WIDE = 100_000
_LONG_WORD = 12
_AT_ONCE = 1000  # lines
_LONG_SECONDS = 2.0
_LONG_ROWS = 2000


class Screen:
    """Where a command writes.

    Args:
        lang: the language of what people read.
        as_json: whether stdout is JSON.
    """

    def __init__(self, lang: Lang, as_json: bool = False) -> None:
        self.lang: Lang = lang
        self.as_json = as_json
        self._out = _console(sys.stdout)
        self._err = _console(sys.stderr)

    def words(self, vi: str, en: str) -> str:
        """One of two texts, by the language."""
        return Bilingual(vi, en).say(self.lang)

    def say(self, text: str, style: str = "") -> None:
        """A line on stdout; nothing when stdout is JSON."""
        if not self.as_json:
            self._out.print(Text(clean(text), style), soft_wrap=True)

    def data(self, data: Any) -> None:
        """JSON on stdout."""
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")

    def raw(self, text: str) -> None:
        """Text on stdout as it is, for other programs."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str | Text]], right: Sequence[int] = ()) -> None:
        """A table on stdout; nothing when stdout is JSON. On a screen too narrow for its words each row is listed heading by heading."""
        if self.as_json:
            return
        rows = list(rows)
        if not self._out.is_terminal and (lines := _plain_table(headings, rows, right, self._out)):
            for start in range(0, len(lines), _AT_ONCE):
                text = "".join(f"{line}\n" for line in lines[start : start + _AT_ONCE])
                self._out.print(Segments([Segment(text)]), crop=False, end="")
            return
        if self._out.is_terminal and _least_width(headings, rows) > self._out.width:
            for row in rows:
                self._out.print(_listed(headings, row))
            return
        table = Table(header_style="bold", show_lines=False)
        for index, heading in enumerate(headings):
            table.add_column(Text(heading), justify="right" if index in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row))
        self._out.print(table)

    def problems(self, problems: Iterable[Problem]) -> int:
        """Problems on stderr, one a line; how many there were. With JSON on stdout they stand there."""
        count = 0
        for problem in problems:
            count += 1
            if not self.as_json:
                self._err.print(Text(clean(problem.line(self.lang))), soft_wrap=True)
        return count

    def remark(self, text: str) -> None:
        """A line on stderr; nothing when stdout is JSON."""
        if not self.as_json:
            self._err.print(Text(clean(text), "bold"), soft_wrap=True)

    def refused(self, problems: Sequence[Problem]) -> None:
        """Why nothing was done: on stderr, or as JSON on stdout."""
        if self.as_json:
            self.data({"error": True, "problems": [problem.as_dict() for problem in problems]})
        else:
            self.problems(problems)

    def progress(self, items: Iterable[T], total: int | None, label: str) -> Iterator[T]:
        """The items, with a bar on stderr when it is a terminal and the work is long; without a total it counts them."""
        if not self._err.is_terminal:
            yield from items
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=self._err, transient=True)
        task = bar.add_task(label, total=total)
        begun, running = time.monotonic(), False
        try:
            for item in items:
                yield item
                bar.advance(task)
                if not running and ((total or 0) > _LONG_ROWS or time.monotonic() - begun > _LONG_SECONDS):
                    running = True
                    bar.start()
        finally:
            if running:
                bar.stop()

    def reading(self, path: str | Path) -> Callable[[Iterable[T]], Iterator[T]]:
        """Shows how far a table of rows has come, as :meth:`progress` does."""
        return partial(self.progress, total=None, label=_READING.fill(Path(path).name).say(self.lang))

    def deciding(self, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """Shows how far the units have been judged, as :meth:`progress` does; ``total`` where the items cannot say how many they are."""
        known = len(items) if total is None and isinstance(items, Sized) else total
        return self.progress(items, known, _DECIDING.say(self.lang))

    def planning(self, items: Iterable[T]) -> Iterator[T]:
        """Shows of how many units the least to raise has been found, as :meth:`progress` does."""
        return self.progress(items, len(items) if isinstance(items, Sized) else None, _PLANNING.say(self.lang))

    @contextlib.contextmanager
    def writing(self, rows: int) -> Iterator[None]:
        """Shows that files are being written while the block runs, where they have many rows; how far one is, its format does not say."""
        if not self._err.is_terminal or rows <= _LONG_ROWS:
            yield
            return
        with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=self._err, transient=True) as bar:
            bar.add_task(_WRITING.say(self.lang), total=None)
            yield


_PLANNING = Bilingual("Tìm kế hoạch", "Seeking the plan")
_WRITING = Bilingual("Ghi tệp", "Writing files")
_DECIDING = Bilingual("Đánh giá", "Evaluating")
_READING = Bilingual("Đọc {}", "Reading {}")


class _Lasting:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            return len(text)


def lasting(stream: TextIO) -> TextIO:
    """A stream that takes everything, also when its reader has gone: what else is written in the same run must not stop with it."""
    return cast(TextIO, _Lasting(stream))


class _Console(Console):
    def on_broken_pipe(self) -> None:  # rich would end the process with 1
        raise BrokenPipeError


def _console(stream: Any) -> Console:
    width = None if stream.isatty() else _WIDE
    return _Console(file=stream, width=width, highlight=False, markup=False, emoji=False, legacy_windows=False)


def _least_width(headings: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> int:
    """How wide a table is at the least, with no word of it torn (an address, a long name of a file may be)."""
    widths = [max(map(len, heading.split()), default=0) for heading in headings]
    for row in rows:
        for index, cell in enumerate(row[: len(widths)]):
            widths[index] = max(widths[index], *(min(len(word), _LONG_WORD) for word in (str(cell).split() or [""])))
    return sum(widths) + 3 * len(widths) + 1


def _listed(headings: Sequence[str], row: Sequence[str | Text]) -> Table:
    """A row by itself: the first cell and the second on a line, then what each other column says, where it says something."""
    grid = Table.grid(padding=(0, 1), pad_edge=True)
    texts = [cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row]
    grid.add_row(Text(texts[0].plain, "bold"), Text(texts[1].plain, "bold") if len(texts) > 1 else "")
    for heading, text in list(zip(headings, texts, strict=False))[2:]:
        if text.plain.strip():
            grid.add_row("", Text(f"{heading}: ") + text)
    return grid


def _plain_table(headings: Sequence[str], rows: Sequence[Sequence[str | Text]], right: Sequence[int], console: Console) -> list[str]:
    """The lines of a table for a file or a pipe, as rich draws it and in a fraction of its time; none where a cell takes more than one
    line, the whole is too wide, or the letters of the box cannot be written."""
    drawn = [list(headings), *([cell.plain if isinstance(cell, Text) else clean(cell) for cell in row] for row in rows)]
    columns = max(map(len, drawn))
    drawn = [[*row, *[""] * (columns - len(row))] for row in drawn]  # a row that says why it was not decided may be short
    if not rows or console.options.ascii_only or any(_MANY_LINES.search(cell) for row in drawn for cell in row):
        return []
    sizes = [[cell_len(cell) for cell in row] for row in drawn]
    widths = [max(column) for column in zip(*sizes, strict=True)]
    if sum(widths) + 3 * len(widths) + 1 > console.width:
        return []
    lines: list[str] = []
    for row, lengths in zip(drawn, sizes, strict=True):
        cells = []
        for index, (cell, length, width) in enumerate(zip(row, lengths, widths, strict=True)):
            if index in right:
                bare = cell.rstrip()
                cells.append(" " * (width - cell_len(bare)) + bare)
            else:
                cells.append(cell + " " * (width - length))
        bar = "│" if lines else "┃"
        lines.append(f"{bar} " + f" {bar} ".join(cells) + f" {bar}")
    padded = [width + 2 for width in widths]
    return [HEAVY_HEAD.get_top(padded), lines[0], HEAVY_HEAD.get_row(padded, "head"), *lines[1:], HEAVY_HEAD.get_bottom(padded)]


def clean(text: str) -> str:
    """Text that cannot steer a terminal."""
    return _CONTROL.sub("�", text)


def outcome_text(outcome: Outcome | None, words: str) -> Text:
    """An outcome in its colour; the words say it, the colour repeats it."""
    return Text(words, STYLES[outcome] if outcome else "dim")
