"""Tables in text files: CSV with any of three separators, JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ntm_rules.decide.written.grid import LOOK, Grid, Line
from ntm_rules.messages.causes import of_system
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.limits import bounded_lines, limited, refuse_large, refuse_long
from ntm_rules.values import Bilingual, json_number

SEPARATORS = (",", ";", "\t")


def csv_grid(path: Path, holds: Callable[[Grid], float], sheet: str | None = None) -> list[Grid]:
    """A CSV file. The separator is the one with which the most headings are recognised, then the one that parts the most cells.

    Raises:
        TableError: the file cannot be opened or is not UTF-8 (or UTF-16 with its mark).
    """
    encoding, breaks = _encoding(path)

    def found(separator: str) -> tuple[float, int]:
        grid = Grid(str(path), iter(()))
        lines = (Line(number, cells) for number, (_, cells) in enumerate(islice(_rows(path, encoding, separator, []), LOOK), 1))
        first = list(limited(grid, lines))
        grid.lines = iter(first)
        return holds(grid), max((len(line.cells) for line in first), default=0)

    best = max(SEPARATORS, key=found)
    refuse_long(Grid(str(path), iter(())), breaks, (Line(line, cells, line) for line, cells in _rows(path, encoding, best, [])))
    problems: list[Problem] = []
    lines = (Line(number, cells, line) for number, (line, cells) in enumerate(_rows(path, encoding, best, problems), 1))
    return [Grid(str(path), lines, problems=problems)]


def _encoding(path: Path) -> tuple[str, int]:
    """How a text file is encoded, and how many line breaks it has."""
    breaks = 0
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        with path.open(encoding=encoding) as text:
            while part := text.read(1 << 20):
                breaks += part.count("\n")
    except OSError as error:
        raise unopened(path, error) from None
    except UnicodeError:
        raise _no_utf8(path) from None
    return encoding, breaks


def _no_utf8(path: Path) -> TableError:
    """The error of a file that is not UTF-8, with the first line that is not: parts of two files may have been put together."""
    with path.open("rb") as stream:
        number = next((number for number, line in enumerate(stream, 1) if "\ufffd" in line.decode(errors="replace")), 1)
    return TableError([Problem("NTM-107", Place(str(path), number, 1))])


def _rows(path: Path, encoding: str, separator: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line each begins on; a row that cannot be parsed ends the table with a problem."""
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(bounded_lines(stream, path), delimiter=separator, strict=True)
        start = 1
        try:
            for cells in reader:
                yield start, cells
                start = reader.line_num + 1
        except csv.Error as error:
            said = Bilingual("dấu nháy kép hoặc dấu phân cột đặt sai chỗ", str(error))
            problems.append(Problem("NTM-516", Place(str(path), start, 1), {"detail": said}))


def unopened(path: Path, error: OSError) -> TableError:
    """The error of a file that cannot be opened."""
    return TableError([Problem("NTM-108", Place(str(path)), {"detail": of_system(error)})])


class _Twice(ValueError):
    pass


def _read_json(path: Path, by_lines: bool) -> list[dict[str, Any]]:
    """The records of a JSON file: an array of objects, the only one within an object, or an object a line; numbers exact.

    Raises:
        TableError: not JSON, no array of objects or several, a key twice, NaN or infinity.
    """
    try:
        refuse_large(path)
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise unopened(path, error) from None
    except UnicodeError:
        raise _no_utf8(path) from None
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if by_lines or (len(lines) > 1 and all(line.strip()[0] == "{" and line.strip()[-1] == "}" for _, line in lines)):
        return [record for number, line in lines for record in _records(path, f"[{line}]", number)]
    return _records(path, text)


def _records(path: Path, text: str, line: int = 0) -> list[dict[str, Any]]:
    """The objects of a text; ``line`` is the line of the file, where the text is one."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            raise _Twice(next(key for key in keys if keys.count(key) > 1))
        return found

    def refuse(name: str) -> Any:
        raise ValueError(f"{name}")

    place = Place(str(path), line) if line else Place(str(path))
    try:
        data = json.loads(text, parse_float=json_number, parse_constant=refuse, object_pairs_hook=pairs)
    except _Twice as error:
        raise TableError([Problem("NTM-502", place, {"target": error, "first": error, "second": error})]) from None
    except json.JSONDecodeError as error:
        raise TableError(
            [Problem("NTM-516", Place(str(path), line or error.lineno, error.colno), {"detail": Bilingual("JSON viết sai", error.msg)})]
        ) from None
    except (ValueError, RecursionError) as error:
        raise TableError([Problem("NTM-516", place, {"detail": f"{error}"[:80]})]) from None
    arrays = [data] if isinstance(data, list) else list(_arrays(data))
    if len(arrays) != 1 or not all(isinstance(record, dict) for record in arrays[0]):
        raise TableError([Problem("NTM-516", place, {"detail": "[{…}, …]"})])
    return arrays[0]


def _arrays(data: Any) -> Iterator[list[Any]]:
    """The arrays of objects within an object, at any depth; those within their objects are not looked for."""
    for value in data.values() if isinstance(data, dict) else ():
        if isinstance(value, list) and value and all(isinstance(record, dict) for record in value):
            yield value
        yield from _arrays(value)


def json_grid(path: Path, holds: Callable[[Grid], float], sheet: str | None = None, *, by_lines: bool = False) -> list[Grid]:
    """The objects of a JSON file as a grid: the union of their keys is the header.

    Raises:
        TableError: as :func:`_read_json`.
    """
    records = _read_json(path, by_lines)
    headers = tuple(dict.fromkeys(key for record in records for key in record))
    lines = (Line(number, [_flat(record.get(key)) for key in headers]) for number, record in enumerate(records, 1))
    return [Grid(str(path), lines, headers=headers, records=records)]


json_lines_grid: Callable[..., list[Grid]] = partial(json_grid, by_lines=True)


def _flat(value: Any) -> Any:
    """A cell of a flat record; a nested value is shown as text, which no column accepts."""
    if isinstance(value, dict) and len(value) == 1:
        [(key, reason)] = value.items()
        words = {"unknown": "chưa có số liệu", "not_applicable": "không áp dụng"}.get(key)
        if words and isinstance(reason, str):
            return f"{words}: {reason}"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else value
