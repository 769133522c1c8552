"""Mending what is wrong in the spelling of a file and not in what it says: only where there is one reading, and nobody's figure changes."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.text.yaml_text import Parsed, Path_, node_at, read_text
from ntm_rules.problems import NtmError, Problem
from ntm_rules.tables.write.safe import atomic
from ntm_rules.verify.folder import check

_ROUNDS: Final = 5  # a day that is mended lets the figures behind it be read
_TABS: Final = (2, 4, 8)  # how wide a tab may have been meant
_BOM: Final = "\ufeff"
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d+,\d+", re.ASCII)
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+", re.ASCII)
_SHARE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*%", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was mended.

    Attributes:
        path: the file.
        before: its text before.
        after: its text now.
        was: the name that it had, where it had another.
    """

    path: Path
    before: str
    after: str
    was: Path | None = None

    @property
    def diff(self) -> str:
        """What changed, line by line; empty where only the name did."""
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(unified_diff(old, new, str(self.was or self.path), str(self.path), n=0))

    def as_dict(self) -> dict[str, Any]:
        """The mended file as plain data."""
        return {"file": str(self.path), "was": str(self.was) if self.was else None, "diff": self.diff}


def mend(reopen: Callable[[], Catalogue]) -> list[Mended]:
    """Mend the working files of the uppermost folder, each written whole or not at all; published versions are never touched.

    Args:
        reopen: reads the catalogue anew, as it stands on the disk.
    """
    renamed = dict(_rename(reopen()))
    before: dict[Path, str] = {}
    for _ in range(_ROUNDS):
        catalogue = reopen()
        problems = check(catalogue)
        texts = {path: text for path in _working(catalogue.folder) if (text := _text(path)) is not None}
        changed = {path: new for path, text in texts.items() if (new := _mended(text, path, problems, catalogue)) != text}
        for path, new in changed.items():
            before.setdefault(path, texts[path])
            with atomic(path) as scratch:
                scratch.write_text(new, "utf-8", newline="")
        if not changed:
            break
    return [
        Mended(path, before.get(path, text), text, renamed.get(path))
        for path in sorted({*before, *renamed})
        if (text := _text(path)) is not None
    ]


def _rename(catalogue: Catalogue) -> Iterator[tuple[Path, Path]]:
    """Give files that an editor renamed their name back, where no other file has it."""
    wrong = {Path(one.place.file): one.words["name"] for one in check(catalogue) if one.code == "NTM-720"}
    for path, name in wrong.items():
        right = path.with_name(name)
        mine = path.is_relative_to(catalogue.folder) and "published" not in path.relative_to(catalogue.folder).parts
        if mine and not path.name.casefold().endswith(".bak") and not right.exists():
            os.rename(path, right)
            yield right, path


def _working(folder: Path) -> list[Path]:
    paths = (path for path in sorted(folder.rglob("*.yaml")) if path.is_file() and not path.is_symlink())
    return [path for path in paths if "published" not in path.relative_to(folder).parts]


def _text(path: Path) -> str | None:
    """The text of a file as it stands, its ends of lines as they are; None where it is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _mended(text: str, path: Path, problems: list[Problem], catalogue: Catalogue) -> str:
    mark, bare = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    bare = _without_tabs(unicodedata.normalize("NFC", bare))
    parsed = read_text(bare, str(path))
    if parsed.problems:
        return mark + bare
    stripped = re.sub(r"[ \t]+(?=\r?$)", "", bare, flags=re.MULTILINE)
    if read_text(stripped).data == parsed.data:  # the blanks at the end of a line of a longer text may be meant
        bare = stripped
    for problem in problems:
        if problem.place.file == str(path):
            bare = _respelt(bare, parsed, problem, catalogue)
    return mark + bare


def _without_tabs(text: str) -> str:
    """The text with blanks for the tabs before its lines, where it can be read in one way only."""
    if not re.search(r"^ *\t", text, re.MULTILINE) or not read_text(text).problems:
        return text
    tried = [re.sub(r"^[ \t]+", lambda found: found[0].expandtabs(width), text, flags=re.MULTILINE) for width in _TABS]  # noqa: B023
    read = [(one, parsed.data) for one in tried for parsed in [read_text(one)] if not parsed.problems]
    return read[0][0] if read and all(data == read[0][1] for _, data in read) else text


def _respelt(text: str, parsed: Parsed, problem: Problem, catalogue: Catalogue) -> str:
    """The text with one value as it has to be spelt; unchanged where that is not certain."""
    got = str(problem.words.get("got"))
    found = _scalar(parsed, problem, got)
    new = _spelling(problem.code, got) if found is not None else None
    if found is None or new is None or (got.rstrip().endswith("%") and not _in_percent(parsed, found, catalogue)):
        return text
    line, column = parsed.values_at[found]
    lines = text.split("\n")
    start = lines[line - 1][column - 1 :]
    quoted = start[:1] if start[:1] in ('"', "'") else ""
    if not start.startswith(f"{quoted}{got}{quoted}"):
        return text
    lines[line - 1] = lines[line - 1][: column - 1] + quoted + new + quoted + start[len(got) + 2 * len(quoted) :]
    return "\n".join(lines)


def _scalar(parsed: Parsed, problem: Problem, got: str) -> Path_ | None:
    """The path of the value that a problem speaks of, where it stands written so."""
    for path, place in parsed.values_at.items():
        if place == (problem.place.line, problem.place.column):
            value = node_at(parsed.data, path)
            if value == got:
                return path
            if isinstance(value, dict) and value.get("value") == got:
                return (*path, "value")
    return None


def _spelling(code: str, got: str) -> str | None:
    if code == "NTM-207" and (day := _DAY.fullmatch(got)):
        with suppress(ValueError):
            return date(int(day[3]), int(day[2]), int(day[1])).isoformat()
    if code == "NTM-205" and _DECIMAL.fullmatch(got) and not _THOUSANDS.fullmatch(got):
        return got.replace(",", ".")
    if code in ("NTM-204", "NTM-205") and (share := _SHARE.fullmatch(got)) and not _THOUSANDS.fullmatch(share[1]):
        return share[1].replace(",", ".")
    return None


def _in_percent(parsed: Parsed, path: Path_, catalogue: Catalogue) -> bool:
    """Whether a figure is measured in percent: by its indicator in the file, else by that of the edition that is changed."""
    parts = [node_at(parsed.data, path[:depth]) for depth in range(len(path), -1, -1)]
    node = next((part for part in parts if isinstance(part, dict) and {"measure", "set"} & part.keys()), {})
    if "measure" in node:
        return isinstance(node["measure"], dict) and node["measure"].get("unit") == "%"
    with suppress(NtmError, KeyError):
        return catalogue.ruleset(str(parsed.data.get("amends"))).indicators[str(node.get("set"))].measure.unit == "%"
    return False
