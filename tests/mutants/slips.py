"""The slips that are tried on the source: each changes one place of a module's syntax tree to what a tired hand might have written.

Left alone are types, docstrings, texts (a message is for its readers, not for a test to spell out), and what a type checker alone reads.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

SOURCE = Path(__file__).parents[2] / "src"

# What is measured: the core, whose every branch is tested.
CORE = (
    "values.py", "problems.py", "labels.py", "conditions/**/*.py", "model/**/*.py", "loading/**/*.py",
    "decide/decision.py", "decide/ruleset.py", "decide/choose.py",
    "decide/engine/**/*.py", "decide/explain/**/*.py", "decide/stored/**/*.py",
)  # fmt: skip

_COMPARED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_RECKONED: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult,
}  # fmt: skip
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}


class Mutant(NamedTuple):
    """One slip: where it stands, and what was written before and after. ``nth`` tells the same slip twice in one function apart."""

    module: str
    where: str
    before: str
    after: str
    nth: int
    first: int  # its lines
    last: int
    inside: bool  # a function, or else what runs at the import
    make: Callable[[], ast.Module]

    @property
    def name(self) -> str:
        """What it is called in the list of survivors."""
        return f"{self.where}: {self.before} → {self.after}" + (f" #{self.nth}" if self.nth > 1 else "")


def modules() -> list[str]:
    """The modules of the core, by their path in the package."""
    home = SOURCE / "ntm_rules"
    return sorted({path.relative_to(home).as_posix() for pattern in CORE for path in home.glob(pattern)})


def _said(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).partition("\n")[0].split())[:100]


def _as(node: ast.expr, **changed: Any) -> ast.expr:
    other = copy.copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    return other


def _compared(node: ast.Compare) -> Iterator[ast.expr]:
    for i, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            yield _as(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def _connected(node: ast.BoolOp) -> Iterator[ast.expr]:
    yield _as(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for i in range(len(node.values)):
        rest = node.values[:i] + node.values[i + 1 :]
        yield rest[0] if len(rest) == 1 else _as(node, values=rest)


def _expression(node: ast.expr, *, inside: bool) -> Iterator[ast.expr]:
    """The slips in an expression itself, not in its parts."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            yield from _connected(node)
        case ast.BinOp(op=op) if type(op) in _RECKONED and (inside or not isinstance(op, ast.BitOr)):  # or a union of types
            yield _as(node, op=_RECKONED[type(op)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.Subscript(slice=ast.Slice() as part):
            for end in ("lower", "upper"):
                if getattr(part, end) is not None:
                    yield _as(node, slice=_as(part, **{end: None}))  # type: ignore[arg-type]
        case ast.Call(func=ast.Name(id=called)) if called in _CALLED:
            yield _as(node, func=ast.Name(_CALLED[called], ast.Load()))
        case (
            ast.GeneratorExp(generators=parts)
            | ast.ListComp(generators=parts)
            | ast.SetComp(generators=parts)
            | ast.DictComp(generators=parts)
        ):
            for i, part in enumerate(parts):
                for k in range(len(part.ifs)):
                    kept = ast.comprehension(part.target, part.iter, part.ifs[:k] + part.ifs[k + 1 :], part.is_async)
                    yield _as(node, generators=[*parts[:i], kept, *parts[i + 1 :]])


def _statement(node: ast.stmt) -> Iterator[tuple[str, list[ast.stmt]]]:
    """The slips in a statement itself: what stands in its place, and what to call that."""
    match node:
        case ast.If(body=body, orelse=orelse):
            yield "always", body
            yield "never", orelse or [ast.Pass()]
        case ast.While():
            yield "never", [ast.Pass()]
        case ast.For(body=body):
            yield "never", [ast.Pass()]
            if not isinstance(body[-1], (ast.Return, ast.Raise, ast.Break)):
                yield "once", [ast.For(node.target, node.iter, [*body, ast.Break()], [], None)]
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield "None", [ast.Return(ast.Constant(None))]
        case ast.Break():
            yield "continue", [ast.Continue()]
        case ast.Continue():
            yield "break", [ast.Break()]
        case ast.Raise() | ast.Expr(value=ast.Call() | ast.YieldFrom() | ast.Yield()) | ast.AugAssign() | ast.Delete():
            yield "dropped", [ast.Pass()]
        case ast.Try(handlers=handlers):
            for i, handler in enumerate(handlers):
                again = ast.ExceptHandler(handler.type, handler.name, [ast.Raise()])
                yield "not caught", [ast.Try(node.body, [*handlers[:i], again, *handlers[i + 1 :]], node.orelse, node.finalbody)]


def _slips(node: ast.AST, *, inside: bool) -> Iterator[tuple[str, Any]]:
    if isinstance(node, ast.stmt):
        yield from _statement(node)
    elif isinstance(node, ast.expr):
        for change in _expression(node, inside=inside):
            yield _said(change), change


_TYPES = {"annotation", "returns"}


def _skipped(node: ast.AST) -> bool:
    match node:
        case (
            ast.keyword(arg="slots" | "frozen" | "kw_only" | "repr")
            | ast.If(test=ast.Name(id="TYPE_CHECKING"))
            | ast.Import()
            | ast.ImportFrom()
            | ast.JoinedStr()
        ):
            return True
        case ast.FunctionDef(decorator_list=marks):
            return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in marks)
        case ast.Call(func=ast.Name(id="cast" | "assert_never" | "TypeVar" | "isinstance" | "issubclass")):
            return True  # a type as a value
        case ast.Assert():
            return True  # said for the type checker
        case ast.Subscript(value=ast.Name(id="Literal" | "Annotated")):
            return True
    return False


def _places(node: ast.AST, where: tuple[str, ...], inside: bool) -> Iterator[tuple[ast.AST, str, Any, tuple[str, ...], bool]]:
    """Each expression and statement with the node, the field and the index that hold it."""
    for field, value in ast.iter_fields(node):
        if field in _TYPES:
            continue
        for i, part in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(part, ast.AST) or _skipped(part):
                continue
            name, within = where, inside
            if isinstance(part, (ast.FunctionDef, ast.ClassDef)):
                name = (*where, part.name)
            if isinstance(node, (ast.FunctionDef, ast.Lambda)) and field == "body":
                within = True
            if isinstance(part, (ast.expr, ast.stmt)):
                yield node, field, i, name, within
            yield from _places(part, name, within)


def _part(node: ast.AST, field: str, i: int | None) -> Any:
    value = getattr(node, field)
    return value if i is None else value[i]


def mutants(module: str) -> list[Mutant]:
    """All slips of a module of today's source."""
    return slips((SOURCE / "ntm_rules" / module).read_text(encoding="utf-8"), module)


def slips(text: str, module: str = "") -> list[Mutant]:
    """All slips of a text in Python, in its order."""
    tree = ast.parse(text)
    met: Counter[tuple[str, str, str]] = Counter()
    found = []
    for number, (node, field, i, names, inside) in enumerate(_places(tree, (), False)):
        part, where = _part(node, field, i), ".".join(names) or "module"
        for k, (after, _) in enumerate(_slips(part, inside=inside)):
            before = _said(part)
            met[where, before, after] += 1
            last = part.lineno if isinstance(part, (ast.If, ast.For, ast.While, ast.Try)) else part.end_lineno
            found.append(
                Mutant(module, where, before, after, met[where, before, after], part.lineno, last, inside, _maker(text, number, k))
            )
    return found


def _maker(text: str, number: int, k: int) -> Callable[[], ast.Module]:
    """The module with the k-th slip at a place; the tree is made anew, so that no slip leaves a trace."""

    def make() -> ast.Module:
        tree = ast.parse(text)
        node, field, i, _, inside = next(islice(_places(tree, (), False), number, None))
        part = _part(node, field, i)
        _, change = list(_slips(part, inside=inside))[k]
        if i is None:
            setattr(node, field, change)
        else:
            getattr(node, field)[i : i + 1] = change if isinstance(change, list) else [change]
        for one in change if isinstance(change, list) else [change]:
            ast.copy_location(one, part)
        return ast.fix_missing_locations(tree)

    return make
