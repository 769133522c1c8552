"""Applying overlays: one mechanism for amendments, provincial figures and drafts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from ntm_rules.load.checks import check_ruleset
from ntm_rules.load.typed import note_all
from ntm_rules.load.yaml_text import Parsed, Path_
from ntm_rules.model.figures import Figure, Row, Table, figures_of
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.overlay import Change, OverlayDocument
from ntm_rules.model.requirements import OPERATORS
from ntm_rules.model.ruleset import Indicator, RuleSetDocument
from ntm_rules.problems import nearest
from ntm_rules.values import exact

Stricter = Callable[[str, str, str], bool]
Instruments = dict[str, Instrument]


def apply_overlay(base: RuleSetDocument, overlay: OverlayDocument, parsed: Parsed, instruments: Any) -> RuleSetDocument:
    """The edition as the overlay leaves it. What cannot be applied is noted on ``parsed`` (the overlay's file) and left out."""
    document = base
    for i, change in enumerate(overlay.changes):
        document = _apply(document, overlay, change, ("changes", i), parsed, instruments)
    return document


def _apply(
    document: RuleSetDocument, overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed, instruments: Any
) -> RuleSetDocument:
    data = copy.deepcopy(document.plain_data())
    if change.add is not None:
        node_path = _add(data, overlay, change, path, parsed)
    elif change.remove is not None:
        node_path = _remove(data, overlay, change, path, parsed)
    else:
        node_path = _set(data, overlay, change, path, parsed)
    if node_path is None:
        return document
    inner = (*path, "add") if change.add is not None else path
    try:
        changed = RuleSetDocument.model_validate(data)
    except ValidationError as error:
        scratch = Parsed(parsed.file)
        note_all(error, scratch)
        _move(scratch, parsed, node_path, inner)
        return document
    scratch = Parsed(parsed.file)
    check_ruleset(changed, scratch, instruments)
    if scratch.problems:
        _move(scratch, parsed, node_path, inner)
        return document
    if overlay.kind == "provincial" and change.set is not None:
        _refuse_loosening(document, changed, change.set, path, parsed)
    return changed


def _move(scratch: Parsed, parsed: Parsed, node_path: Path_, path: Path_) -> None:
    """Note the problems of the changed edition where they stand in the overlay."""
    prefix = Parsed("").place(node_path).path
    for problem in scratch.problems:
        below = problem.place.path.removeprefix(prefix).lstrip(".")
        tail: Path_ = tuple(below.split(".")) if below and problem.place.path.startswith(prefix) else ()
        parsed.report(problem.code, (*path, *tail), **dict(problem.words))


def _locate(data: dict[str, Any], name: str) -> tuple[Path_, Any] | None:
    """The path and the plain data of a dimension, criterion or indicator."""
    if name in data.get("dimensions", {}):
        return ("dimensions", name), data["dimensions"][name]
    for i, criterion in enumerate(data.get("criteria", ())):
        if criterion["criterion"] == name:
            return ("criteria", i), criterion
        for j, indicator in enumerate(criterion.get("indicators", ())):
            if indicator["indicator"] == name:
                return ("criteria", i, "indicators", j), indicator
    return None


def _numbers(data: dict[str, Any]) -> list[str]:
    criteria = data.get("criteria", [])
    return [
        *data.get("dimensions", {}),
        *(criterion["criterion"] for criterion in criteria),
        *(indicator["indicator"] for criterion in criteria for indicator in criterion.get("indicators", ())),
    ]


def _find(data: dict[str, Any], name: str, path: Path_, parsed: Parsed) -> tuple[Path_, Any] | None:
    found = _locate(data, name)
    if found is None:
        parsed.report("NTM-301", path, target=name, guess=nearest(name, _numbers(data)))
    return found


def _owned(fields: dict[str, Any], instrument: str) -> dict[str, Any]:
    """The fields with the overlay's instrument wherever they name no other."""
    owned = copy.deepcopy(fields)
    sources = [
        owned.get("source"),
        *(rule.get("source") for rule in owned.get("redirect", ()) if isinstance(rule, dict)),
    ]
    for source in sources:
        if isinstance(source, dict):
            source.setdefault("instrument", instrument)
    return owned


def _set(data: dict[str, Any], overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed) -> Path_ | None:
    found = _find(data, change.set or "", (*path, "set"), parsed)
    if found is None:
        return None
    node_path, node = found
    fields = _owned(change.fields, overlay.instrument)
    if set(OPERATORS) & fields.keys():
        for operator in OPERATORS:
            node.pop(operator, None)
        node.pop("source", None)  # a new figure needs a source of its own
    node.update(fields)
    return node_path


def _remove(data: dict[str, Any], overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed) -> Path_ | None:
    name = change.remove or ""
    found = _find(data, name, (*path, "remove"), parsed)
    if found is None:
        return None
    if overlay.kind == "provincial":
        parsed.report("NTM-303", (*path, "remove"), target=name, got="–", national=name)
        return None
    node_path, _ = found
    holder: Any = data
    for part in node_path[:-1]:
        holder = holder[part]
    del holder[node_path[-1]]
    return node_path[:-1]


def _add(data: dict[str, Any], overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed) -> Path_ | None:
    node = _owned(change.add or {}, overlay.instrument)
    if _locate(data, change.target) is not None:
        parsed.report("NTM-310", (*path, "add"), target=change.target)
        return None
    if "criterion" in node:
        data.setdefault("criteria", []).append(node)
        return ("criteria", len(data["criteria"]) - 1)
    found = _find(data, change.under or "", (*path, "under"), parsed)
    if found is None:
        return None
    node_path, criterion = found
    criterion.setdefault("indicators", []).append(node)
    return (*node_path, "indicators", len(criterion["indicators"]) - 1)


def _indicator(document: RuleSetDocument, number: str) -> Indicator | None:
    return next((i for c in document.criteria for i in c.indicators if i.indicator == number), None)


def _refuse_loosening(before: RuleSetDocument, after: RuleSetDocument, number: str, path: Path_, parsed: Parsed) -> None:
    """A province may fill what is delegated and tighten the rest; a weaker figure is noted."""
    old, new = _indicator(before, number), _indicator(after, number)
    if old is None or new is None:
        return
    for keys, figure in figures_of(new.bound):
        for national in _figures_at(old.bound, keys):
            if national.value is None:
                continue
            if old.operator != new.operator or not _as_strict(new.operator, figure, national):
                got = str(figure.value or "missing")
                parsed.report("NTM-303", (*path, new.operator, *keys), target=number, got=got, national=str(national.value))


def _figures_at(bound: Figure | Table, keys: tuple[str, ...]) -> list[Figure]:
    """The figures that hold where the keys lead; all of them where the keys lead no further than a row."""
    cell: Figure | Row = bound
    for key in keys:
        if isinstance(cell, Figure):
            break
        cells = cell.cells()
        found = cells.get(key, cells.get("others"))
        if found is None:
            return []
        cell = found
    return [figure for _, figure in figures_of(cell)]


def _as_strict(operator: str, new: Figure, old: Figure) -> bool:
    if isinstance(new.value, str) and isinstance(old.value, str) and operator in ("at_least", "above", "at_most", "below"):
        try:
            a, b = exact(new.value), exact(old.value)
        except ValueError:
            return new.value == old.value
        return a >= b if operator in ("at_least", "above") else a <= b
    if isinstance(new.value, tuple) and isinstance(old.value, tuple):
        return set(new.value) <= set(old.value)
    return new.value == old.value
