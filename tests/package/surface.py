"""The public names with their signatures, a line each, as last recorded: ``python tests/package/surface.py [--check]``.

Public is what the reference lists (``docs/reference``, ``:::``); what stands there is read from the code without running it. A line that
is gone or reads otherwise breaks whoever uses the name: it wants a deprecation first (docs/stability.md).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

TOP = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("surface.txt")


def listed() -> list[str]:
    """The names that the reference lists."""
    pages = sorted((TOP / "docs" / "reference").glob("*.md"))
    return sorted({name for page in pages for name in re.findall(r"^::: (\S+)", page.read_text("utf-8"), re.MULTILINE)})


def lines(name: str, found: griffe.Object | griffe.Alias) -> Iterator[str]:
    """A public name, and of a class what can be reached on it."""
    thing = found.final_target if isinstance(found, griffe.Alias) else found
    if isinstance(thing, griffe.Function):
        yield f"{name}{parameters(thing)} -> {thing.returns}"
    elif isinstance(thing, griffe.Class):
        yield f"{name}: class({', '.join(map(str, thing.bases))})"
        for member, below in sorted({**thing.inherited_members, **thing.members}.items()):
            if not member.startswith("_") or member == "__init__":
                yield from lines(f"{name}.{member}", below)
    elif isinstance(thing, griffe.Attribute):
        yield f"{name}: {thing.annotation}" if thing.annotation is not None else f"{name} = {thing.value}"


def parameters(function: griffe.Function) -> str:
    """As a caller sees them: names, kinds, types and whether each may be left out."""
    said = []
    for one in function.parameters:
        if one.name in ("self", "cls"):
            continue
        kind = {"positional-only": " /", "keyword-only": " *", "variadic positional": " *args", "variadic keyword": " **kwargs"}
        mark = kind.get(one.kind.value if one.kind else "", "")
        default = f" = {one.default}" if one.default is not None and not mark.endswith("args") else ""
        said.append(f"{one.name}{mark}: {one.annotation}{default}")
    return f"({', '.join(said)})"


def text() -> str:
    """The record as it is written."""
    package = griffe.load("ntm_rules", search_paths=[TOP / "src"], resolve_aliases=True, allow_inspection=False)
    return "".join(f"{' '.join(line.split())}\n" for name in listed() for line in lines(name, package[name.removeprefix("ntm_rules.")]))


def differing(recorded: str, now: str) -> tuple[list[str], list[str]]:
    """What breaks callers, and what is new: a name whose line is gone or reads otherwise, and one that was not there."""
    before, after = recorded.splitlines(), now.splitlines()
    names = {named(line) for line in before}
    return sorted(set(before) - set(after)), sorted(line for line in set(after) - set(before) if named(line) not in names)


def named(line: str) -> str:
    """The name that a line is about."""
    return re.split(r"[(:]| = ", line, maxsplit=1)[0]


def main(arguments: list[str]) -> int:
    """Write the record, or say what differs from it."""
    now = text()
    if arguments != ["--check"]:
        RECORD.write_text(now, "utf-8")
        return 0
    broken, new = differing(RECORD.read_text("utf-8"), now)
    sys.stderr.writelines(f"breaks callers: {line}\n" for line in broken)
    sys.stderr.writelines(f"new, to be recorded: {line}\n" for line in new)
    if broken or new:
        sys.stderr.write("tests/package/surface.txt: record it anew with python tests/package/surface.py (docs/stability.md, Going)\n")
    return int(bool(broken or new))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
