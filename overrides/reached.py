"""Which modules of this library a module can ask for, and a module without its words for readers: what visitors have to fetch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"


def path_of(module: str) -> Path:
    """Where a module stands."""
    path = SOURCE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def reached(root: str) -> set[str]:
    """A module, the packages around it, and all that they import: inside functions too, but not for types alone."""
    found: set[str] = set()
    left = [root]
    while left:
        module = left.pop()
        if module and module not in found and path_of(module).is_file():
            found.add(module)
            left += [module.rpartition(".")[0], *_imports(module)]
    return found


@cache
def _imports(module: str) -> tuple[str, ...]:
    return tuple(name for name in imported(path_of(module).read_text("utf-8")) if name.split(".")[0] == "ntm_rules")


def imported(text: str) -> Iterator[str]:
    """The names that a text imports, whether they are modules or things in them."""
    for node in _run(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _run(node: ast.AST) -> Iterator[ast.stmt]:
    """Every statement below one, without what stands there for types alone."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, field, ()):
            if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
                yield child
                yield from _run(child)


def undocumented(source: bytes) -> bytes:
    """A module with every text that stands for readers alone made empty: what runs is the same."""
    lines = source.splitlines(keepends=True)
    told = [node for node in _run(ast.parse(source)) if isinstance(node, ast.Expr) and _is_text(node.value)]
    for node in sorted(told, key=lambda one: -one.lineno):
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        lines[first : last + 1] = [lines[first][: node.col_offset] + b'""' + lines[last][node.end_col_offset :]]
    return b"".join(lines)


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
