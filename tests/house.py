"""The house as the code itself draws it: rooms, floors, arrows; who looks up, who stands in a circle.

Run as a program it writes the picture of ``docs/architecture.md`` and the counts below it: ``python tests/house.py``, and with
``--check`` it says whether they are stale.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ntm_rules"
PICTURE = ROOT / "docs" / "assets" / "house.svg"
PAGE = ROOT / "docs" / "architecture.md"
DOORS = (SOURCE / "__init__.py", SOURCE / "__main__.py")  # the public face and the command line's: no rooms

CORE = ("values", "labels", "messages", "problems", "conditions", "model", "loading", "decide")

# From the ground up; rooms on one line may not know each other, unless a line of its own says so.
STOREYS: tuple[tuple[str, ...], ...] = (
    ("values",),
    ("labels", "messages"),
    ("problems",),
    ("conditions",),
    ("model",),
    ("loading/text",),
    ("loading/lints",),
    ("loading",),
    ("decide/engine",),
    ("decide/explain", "decide/stored", "decide/written"),
    ("decide/frame",),
    ("decide",),
    ("tables",),
    ("figures", "register"),
    ("published",),
    ("council", "planning", "verify"),
    ("revise",),
    ("monitor", "report"),
    ("site",),
    ("cli",),
)


@cache
def modules() -> Mapping[str, Path]:
    """Every module by its dotted name below the package; the doors are left out."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if path not in DOORS:
            found[".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


@cache
def imports(name: str) -> tuple[tuple[str, int], ...]:
    """The modules of ours that a module imports, with the line: inside functions and for types alone too."""
    known = modules()
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(known[name].read_text("utf-8"))):
        wanted: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module and (node.module + ".").startswith("ntm_rules."):
            inside = node.module.removeprefix("ntm_rules").removeprefix(".")
            wanted = [f"{inside}.{alias.name}".removeprefix(".") for alias in node.names]
            wanted = [one if one in known else inside for one in wanted]
        elif isinstance(node, ast.Import):
            wanted = [alias.name.removeprefix("ntm_rules.") for alias in node.names if alias.name.startswith("ntm_rules.")]
        found += [(one, node.lineno) for one in wanted if one in known and one != name]  # type: ignore[attr-defined]
    return tuple(found)


def room_of(name: str) -> str:
    """The room a module stands in: its folder, or itself at the top; ``loading`` and ``decide`` have rooms within."""
    parts = name.split(".")
    if len(parts) > 1 and f"{parts[0]}/{parts[1]}" in ROOMS:
        return f"{parts[0]}/{parts[1]}"
    return parts[0]


ROOMS = {room: storey for storey, rooms in enumerate(STOREYS) for room in rooms}


def arrows() -> Mapping[tuple[str, str], list[str]]:
    """The arrows between rooms, each with the places it comes from."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in modules():
        for other, line in imports(name):
            ends = room_of(name), room_of(other)
            if ends[0] != ends[1]:
                found[ends].append(f"{modules()[name].relative_to(SOURCE)}:{line}")
    return found


def homeless() -> list[str]:
    """Modules whose room stands on no floor."""
    return sorted(name for name in modules() if room_of(name) not in ROOMS and not name.startswith("__"))


def looking_up() -> list[str]:
    """Every import of a room that does not stand below."""
    return [f"{place}: {a} → {b}" for (a, b), places in arrows().items() if ROOMS.get(a, 0) <= ROOMS.get(b, 0) for place in places]


def circles() -> list[tuple[str, ...]]:
    """The sets of modules that reach each other, imports inside functions included."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other, _ in imports(name):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            circle = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(circle) > 1:
                found.append(tuple(sorted(circle)))

    for name in modules():
        if name not in index:
            visit(name)
    return found


def counts() -> dict[str, int]:
    """What the page says of the house in numbers."""
    lines = {name: path.read_text("utf-8").count("\n") for name, path in modules().items()}
    return {
        "rooms": len({room_of(name) for name in modules()}),
        "floors": len(STOREYS),
        "modules": len(lines),
        "arrows": len(arrows()),
        "arrows that look up": len(set(looking_up())),
        "circles": len(circles()),
    }


def drawn() -> str:
    """The picture: a floor a line, the ground below; a room with its size; arrows from one floor to the next below it stand out."""
    width, high, wide, step = 900, 34, 130, 58
    place: dict[str, tuple[float, float]] = {}
    boxes: list[str] = []
    size = defaultdict(int)
    for name in modules():
        size[room_of(name)] += 1
    for storey, rooms in enumerate(STOREYS):
        y = 20 + (len(STOREYS) - 1 - storey) * step
        for i, room in enumerate(rooms):
            x = width / 2 + (i - (len(rooms) - 1) / 2) * (wide + 60)
            place[room] = x, y
            boxes.append(
                f'<rect x="{x - wide / 2:g}" y="{y}" width="{wide}" height="{high}" rx="5"/>'
                f'<text x="{x:g}" y="{y + 15}">{escape(room)}</text><text class="small" x="{x:g}" y="{y + 28}">{size[room]}</text>'
            )
    lines = []
    for a, b in sorted(arrows()):
        (x1, y1), (x2, y2) = place[a], place[b]
        bend = 0 if abs(ROOMS[a] - ROOMS[b]) == 1 else (60 + 16 * abs(ROOMS[a] - ROOMS[b])) * (1 if (ROOMS[a] + ROOMS[b]) % 2 else -1)
        middle = (y1 + high + y2) / 2
        lines.append(f'<path d="M{x1:g} {y1 + high}Q{(x1 + x2) / 2 + bend:g} {middle:g} {x2:g} {y2}"/>')
    height = len(STOREYS) * step + 20
    style = (
        "rect{fill:#fff;stroke:#333}text{font:13px sans-serif;text-anchor:middle;fill:#111}.small{font-size:10px;fill:#666}"
        "path{fill:none;stroke:#777;stroke-width:.7;opacity:.55}"
    )
    title = "The rooms of the library, a floor a line; every arrow is an import and runs down"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"><title>{title}</title><style>{style}</style>\n'
        + "\n".join([*lines, *boxes])
        + "\n</svg>\n"
    )


def counted(page: str) -> str:
    """The page with its table of counts as they are now."""
    rows = "\n".join(f"| {name} | {number} |" for name, number in counts().items())
    return re.sub(r"(<!-- counts -->\n\|[^\n]*\n\|[^\n]*\n).*?(<!-- /counts -->)", lambda m: f"{m[1]}{rows}\n{m[2]}", page, flags=re.S)


def stale() -> list[str]:
    """The files that no longer say what the code is."""
    page = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    found = [] if page and counted(page) == page else [str(PAGE.relative_to(ROOT))]
    return found if PICTURE.is_file() and PICTURE.read_text("utf-8") == drawn() else [*found, str(PICTURE.relative_to(ROOT))]


def main(arguments: Iterable[str]) -> int:
    """Write picture and counts, or with ``--check`` say what is stale."""
    if "--check" in arguments:
        for name in stale():
            sys.stderr.write(f"{name}: stale; run python tests/house.py\n")
        return bool(stale())
    PICTURE.write_text(drawn(), "utf-8")
    PAGE.write_text(counted(PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
