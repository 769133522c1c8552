"""Tables in text files: CSV with any of three separators, JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from ntm_rules.decide.written.grid import Grid, Line
from ntm_rules.messages.causes import of_system
from ntm_rules.problems import Place, Problem, TableError

SEPARATORS = (",", ";", "\t")
_LOOK = 30


def csv_grid(path: Path, recognised: Callable[[Sequence[Any]], int], sheet: str | None = None) -> Grid:
    """A CSV file. The separator is the one with which the most columns of a header are recognised.

    Raises:
        TableError: the file cannot be opened or is not UTF-8 (or UTF-16 with its mark).
    """
    encoding = _encoding(path)
    best, most = SEPARATORS[0], -1
    for separator in SEPARATORS:
        found = max((recognised(cells) for _, cells in islice(_rows(path, encoding, separator, []), _LOOK)), default=0)
        if found > most:
            best, most = separator, found
    problems: list[Problem] = []
    lines = (Line(number, cells, line) for number, (line, cells) in enumerate(_rows(path, encoding, best, problems), 1))
    return Grid(str(path), lines, problems=problems)


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        with path.open(encoding=encoding) as text:
            while text.read(1 << 20):
                pass
    except OSError as error:
        raise unopened(path, error) from None
    except UnicodeError:
        raise TableError([Problem("NTM-107", Place(str(path)))]) from None
    return encoding


def _rows(path: Path, encoding: str, separator: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line each begins on; a row that cannot be parsed ends the table with a problem."""
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=separator, strict=True)
        start = 1
        try:
            for cells in reader:
                yield start, cells
                start = reader.line_num + 1
        except csv.Error as error:
            problems.append(Problem("NTM-516", Place(str(path), start, 1), {"detail": str(error)}))


def unopened(path: Path, error: OSError) -> TableError:
    """The error of a file that cannot be opened."""
    return TableError([Problem("NTM-108", Place(str(path)), {"detail": of_system(error)})])


class _Twice(ValueError):
    pass


def _read_json(path: Path) -> list[Any]:
    """The records of a JSON file: an array of objects; numbers exact.

    Raises:
        TableError: not JSON, not an array of objects, a key twice, NaN or infinity.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            raise _Twice(next(key for key in keys if keys.count(key) > 1))
        return found

    def refuse(name: str) -> Any:
        raise ValueError(f"{name}")

    try:
        text = path.read_text("utf-8-sig")
        data = json.loads(text, parse_float=Decimal, parse_constant=refuse, object_pairs_hook=pairs)
    except OSError as error:
        raise unopened(path, error) from None
    except UnicodeError:
        raise TableError([Problem("NTM-107", Place(str(path)))]) from None
    except _Twice as error:
        raise TableError([Problem("NTM-502", Place(str(path)), {"target": error, "first": error, "second": error})]) from None
    except json.JSONDecodeError as error:
        raise TableError([Problem("NTM-516", Place(str(path), error.lineno, error.colno), {"detail": error.msg})]) from None
    except (ValueError, RecursionError) as error:
        raise TableError([Problem("NTM-516", Place(str(path)), {"detail": f"{error}"[:80]})]) from None
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise TableError([Problem("NTM-516", Place(str(path)), {"detail": "[{…}, …]"})])
    return data


def json_grid(path: Path, recognised: Callable[[Sequence[Any]], int], sheet: str | None = None) -> Grid:
    """The objects of a JSON file as a grid: the union of their keys is the header.

    Raises:
        TableError: as :func:`_read_json`.
    """
    records = _read_json(path)
    headers = tuple(dict.fromkeys(key for record in records for key in record))
    lines = (Line(number, [_flat(record.get(key)) for key in headers]) for number, record in enumerate(records, 1))
    return Grid(str(path), lines, headers=headers, records=records)


def _flat(value: Any) -> Any:
    """A cell of a flat record; a nested value is shown as text, which no column accepts."""
    if isinstance(value, dict) and len(value) == 1:
        [(key, reason)] = value.items()
        words = {"unknown": "chưa có số liệu", "not_applicable": "không áp dụng"}.get(key)
        if words and isinstance(reason, str):
            return f"{words}: {reason}"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else value
