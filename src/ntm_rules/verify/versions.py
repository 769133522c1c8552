"""That every version once published is still there as it was: stored decisions name it, and are verified against it for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ntm_rules.loading.catalogue import Entry
from ntm_rules.loading.lints.names import VERSION
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.problems import Place, Problem
from ntm_rules.tables.write.safe import alone, atomic
from ntm_rules.values import Bilingual

LIST: Final = "SHA256SUMS"  #: beside the published versions, in the form that ``sha256sum --check`` reads
_HEADING: Final = re.compile(r"^## (\d+\.\d+\.\d+)\s*$", re.MULTILINE | re.ASCII)
_NOTHING: Final = "–"


def order(version: str) -> tuple[int, ...]:
    """A version as it is compared: 1.10.0 comes after 1.9.0."""
    return tuple(map(int, version.split("."))) if VERSION.fullmatch(version) else ()


def published_versions(entry: Entry) -> list[str]:
    """The versions that stand beside a document, the oldest first."""
    return sorted((path.stem for path in entry.published.glob("*.json") if VERSION.fullmatch(path.stem)), key=order)


def sums(folder: Path) -> Mapping[str, str]:
    """The hash of each published version, as it was when it was published."""
    try:
        lines = (folder / LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name.strip().removesuffix(".json"): digest for digest, _, name in (line.partition("  ") for line in lines)}


def keep(path: Path) -> None:
    """Put a published version on the list of its folder; what stands there stays."""
    with alone(path.parent):  # another version may be published at the same time
        known = dict(sums(path.parent))
        if path.stem not in known:
            known[path.stem] = _digest(path)
            with atomic(path.parent / LIST, lasting=True) as scratch:
                text = "".join(f"{known[version]}  {version}.json\n" for version in sorted(known, key=order))
                scratch.write_text(text, "utf-8", newline="\n")


def lost(entry: Entry, publishing: str) -> Iterator[Problem]:
    """The versions that are gone or changed, those that nobody vouches for, and a working file that fell behind them."""
    there, known = published_versions(entry), sums(entry.published)
    for version in there:
        path = entry.published / f"{version}.json"
        if version in known and known[version] != _digest(path):
            yield Problem("NTM-714", Place(str(path)), {"version": version})
        elif known and version not in known:
            yield Problem("NTM-716", Place(str(path)), {"version": version, "folder": publishing})
    named = {one for one in _named(entry) if order(one) < order(entry.version)}
    for version in sorted((named | known.keys()) - set(there), key=order):
        yield Problem("NTM-715", Place(str(entry.published / f"{version}.json")), {"version": version})
    newest = there[-1] if there else None
    if newest is not None and order(entry.version) < order(newest):
        yield Problem("NTM-717", Place(str(entry.path), path="version"), {"got": entry.version, "newest": newest})


def is_changed(entry: Entry, version: str) -> bool:
    """Whether the published file of a version is not the one that was published."""
    path = entry.published / f"{version}.json"
    known = sums(entry.published).get(version)
    return known is not None and path.is_file() and known != _digest(path)


def _named(entry: Entry) -> list[str]:
    """The versions that its changelog tells of."""
    try:
        return _HEADING.findall((entry.path.parent / "CHANGELOG.md").read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return []


def _digest(path: Path) -> str:
    """Of its bytes as they were published: ends of lines that a checkout on Windows turned are turned back."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def first_change(before: Any, after: Any) -> tuple[Path_, Bilingual]:
    """Where two contents part, and how: the number of what it is about, the old and the new, and how many more there are."""
    every = list(_changes(before, after, (), ""))
    path, number, old, new = every[0]
    where = f"{number}: " if number else f"{path[0]}: " if path else ""
    one = Bilingual(f"{where}{old} → {new}")
    more = len(every) - 1
    return path, one if not more else Bilingual.join([one, Bilingual("và {} chỗ nữa", "and {} more").fill(more)], ", ")


def _changes(before: Any, after: Any, path: Path_, number: str) -> Iterator[tuple[Path_, str, str, str]]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        own = next((str(after[key]) for key in ("indicator", "criterion", "set") if isinstance(after.get(key), str)), number)
        for key in dict.fromkeys([*after, *before]):
            yield from _changes(before.get(key), after.get(key), (*path, key), own)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for i, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _changes(one, other, (*path, i), number)
    else:
        yield path, number, _short(before), _short(after)


def _short(value: Any) -> str:
    """A value for people: a number as it is, of a text its beginning, of anything larger what it is called."""
    if value is None:
        return _NOTHING
    if isinstance(value, dict):
        return next((_short(value[key]) for key in ("value", "indicator", "criterion", "vi", "level") if key in value), "…")
    if isinstance(value, (list, tuple)):
        return f"[{len(value)}]" if any(isinstance(one, (dict, list)) for one in value) else ", ".join(map(_short, value))
    return f"{value!s:.60}"
