"""The slips that stop a YAML file from being read, in plain words: what was typed, and the line as it should be.

A parser tells what it stumbled over, often lines below the slip. So each way of mending is tried on the lines around: one after which the
file can be read further is what was meant. Nothing is mended; the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import yaml

from ntm_rules.values import Bilingual

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY: Final = re.compile(r"""^(?P<head>[\s-]*(?:[\w.-]+|"[^"]*"))\s*:\s*(?P<rest>\S.*)$""")
_BACK: Final = 3
_LONGEST: Final = 60


def _blanks(line: str, widths: tuple[int, ...]) -> Iterator[str]:
    plain = re.sub(r"[\t\u00a0]", " ", line)
    if plain != line:
        yield plain
        yield from _indent(plain, widths)


def _after_colon(line: str, _: tuple[int, ...]) -> Iterator[str]:
    yield re.sub(r'([\w"]):(?=[^\s/])', r"\1: ", line)


def _after_dash(line: str, _: tuple[int, ...]) -> Iterator[str]:
    yield re.sub(r"^(\s*)-(?=[^\s-])", r"\1- ", line)


def _open_quote(line: str, _: tuple[int, ...]) -> Iterator[str]:
    if line.count('"') % 2:
        yield from (line.rstrip() + '"', re.sub(r'("[^"{}\[\],]*)([,}\]][^"]*)$', r'\1"\2', line))


def _open_bracket(line: str, _: tuple[int, ...]) -> Iterator[str]:
    yield from (line.rstrip() + sign for sign in ("}", "]", "]}") if not line.rstrip().endswith("-"))  # after a dash it would be text


def _unquoted(line: str, _: tuple[int, ...]) -> Iterator[str]:
    if found := _KEY.match(line):
        inner = found["rest"].rstrip().strip("\"'").replace('"', "'")
        yield f'{found["head"]}: "{inner}"'


def _indent(line: str, widths: tuple[int, ...]) -> Iterator[str]:
    yield from (" " * width + line.lstrip() for width in widths)


_WAYS: Final[tuple[tuple[Bilingual, Callable[[str, tuple[int, ...]], Iterator[str]]], ...]] = (
    (Bilingual("có phím Tab hoặc dấu cách lạ, chỉ dùng dấu cách thường", "a tab or a strange blank; use plain blanks"), _blanks),
    (Bilingual("thiếu dấu cách sau dấu hai chấm", "a blank lacks after the colon"), _after_colon),
    (Bilingual("thiếu dấu cách sau gạch đầu dòng", "a blank lacks after the dash"), _after_dash),
    (Bilingual("thiếu dấu nháy đóng", "the closing quote lacks"), _open_quote),
    (Bilingual("thiếu dấu ngoặc đóng", "the closing bracket lacks"), _open_bracket),
    (Bilingual("lời có dấu đặc biệt phải đặt trong dấu nháy", "a text with a special sign stands in quotes"), _unquoted),
    (Bilingual("lề của dòng lệch so với các dòng cùng cấp", "the line is not indented as its neighbours"), _indent),
)
_OTHERWISE: Final = Bilingual("dấu câu hoặc lề sai ở dòng «{}»", "wrong punctuation or indentation in the line «{}»")
_WRITE: Final = Bilingual("{}; dòng đúng là «{}»", "{}; the line should be «{}»")


def slip_in(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int, Bilingual]:
    """The line and column of the slip, from 1, and what is wrong with it."""
    lines, mark = text.split("\n"), cast(Any, error.problem_mark)
    marks = [min(one.line, len(lines) - 1) for one in (mark, error.context_mark) if one is not None]
    for said, way in _WAYS:
        for at in dict.fromkeys(line for mark in marks for line in range(mark, max(-1, mark - _BACK), -1) if lines[line].strip(" \r")):
            for line in way(lines[at], _widths(lines, at)):
                if line != lines[at] and _further("\n".join([*lines[:at], line, *lines[at + 1 :]]), max(marks)):
                    return at + 1, mark.column + 1 if mark.line == at else _width(lines[at]) + 1, _WRITE.fill(said, line)
    return mark.line + 1, mark.column + 1, _OTHERWISE.fill(lines[marks[0]].strip()[:_LONGEST])


def _widths(lines: list[str], at: int) -> tuple[int, ...]:
    """How far the lines around one are indented, and two further: what it may have been meant to be."""
    near = [_width(line) for line in (*reversed(lines[max(0, at - _BACK) : at]), *lines[at + 1 : at + 2]) if line.strip()]
    return tuple(dict.fromkeys([*near, *(width + 2 for width in near)]))


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _further(text: str, stopped: int) -> bool:
    """Whether a text can be read to its end, or clearly beyond the line where it stopped before."""
    try:
        events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        return any(event.start_mark.line > stopped + 1 for event in events) or True
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        return mark is not None and mark.line > stopped + 1
