"""Applying overlays: one mechanism for amendments, provincial figures and drafts."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from ntm_rules.loading.checks import check_ruleset
from ntm_rules.loading.text.typed import note_all
from ntm_rules.loading.text.yaml_text import Parsed, Path_
from ntm_rules.model.figures import Figure, Row, Table, figures_of
from ntm_rules.model.overlay import Change, OverlayDocument
from ntm_rules.model.requirements import OPERATORS
from ntm_rules.model.ruleset import Indicator, RuleSetDocument
from ntm_rules.problems import nearest
from ntm_rules.values import exact

_OF_A_PROVINCE = {*OPERATORS, "source", "note", "verified_by"}  # what a province may set of an indicator


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
        _refuse_loosening(document, changed, change, path, parsed)
    return changed


def _move(scratch: Parsed, parsed: Parsed, node_path: Path_, path: Path_) -> None:
    """Note the problems of the changed edition where they stand in the overlay."""
    prefix = Parsed("").place(node_path).path
    for problem in scratch.problems:
        below = problem.place.path.removeprefix(prefix).lstrip(".")
        parts = re.findall(r"\[\d+\]|[^.\[\]]+", below) if problem.place.path.startswith(prefix) else []
        tail: Path_ = tuple(int(part[1:-1]) if part.startswith("[") else part for part in parts)
        at_key = problem.code == "NTM-201" or (problem.code == "NTM-208" and parts[-1:] != ["use"])  # there the key itself is wrong
        parsed.report(problem.code, (*path, *tail), at_key=at_key, **dict(problem.words))


def _locate(data: dict[str, Any], name: str) -> tuple[Path_, Any] | None:
    """The path and the plain data of the score, a dimension, criterion or indicator."""
    if name == "score" and "score" in data:
        return ("score",), data["score"]
    if name in data.get("dimensions", {}):
        return ("dimensions", name), data["dimensions"][name]
    for key in ("conditions", "criteria"):
        for i, criterion in enumerate(data.get(key, ())):
            if criterion["criterion"] == name:
                return (key, i), criterion
            for j, indicator in enumerate(criterion.get("indicators", ())):
                if indicator["indicator"] == name:
                    return (key, i, "indicators", j), indicator
    return None


def _numbers(data: dict[str, Any]) -> list[str]:
    criteria = [*data.get("conditions", []), *data.get("criteria", [])]
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
    below = [owned.get(key) for key in ("redirect", "indicators")]
    for node in (owned, *(item for items in below if isinstance(items, list) for item in items)):
        if not isinstance(node, dict):
            continue
        if set(OPERATORS) & node.keys():
            node.setdefault("source", {})  # a new figure is the overlay's, whether or not it says so
        source = node.get("source")
        if isinstance(source, dict):
            source.setdefault("instrument", instrument)
    council = owned.get("council")
    if isinstance(council, dict) and isinstance(council.get("source"), dict):
        council["source"].setdefault("instrument", instrument)
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
    found = None if "criterion" in node else _find(data, change.under or "", (*path, "under"), parsed)
    if found is None and "criterion" not in node:
        return None
    holder = found[1] if found else data
    if overlay.kind == "provincial" and "passes" in holder:  # where not all parts must be met, one more part is one more way to pass
        parsed.report("NTM-303", (*path, "add"), target=change.target, got="add", national="–")
        return None
    if found is None:
        data.setdefault("criteria", []).append(node)
        return ("criteria", len(data["criteria"]) - 1)
    node_path, criterion = found
    criterion.setdefault("indicators", []).append(node)
    return (*node_path, "indicators", len(criterion["indicators"]) - 1)


def _indicator(document: RuleSetDocument, number: str) -> Indicator | None:
    return next((i for c in document.sections for i in c.indicators if i.indicator == number), None)


def _refuse_loosening(before: RuleSetDocument, after: RuleSetDocument, change: Change, path: Path_, parsed: Parsed) -> None:
    """A province may fill what is delegated and tighten the rest; a weaker figure, or another way to pass, is noted."""
    number = change.set or ""
    old, new = _indicator(before, number), _indicator(after, number)
    filling = old is not None and not any(figure.is_known for _, figure in figures_of(old.bound))
    allowed = {"council"} if number == "score" else {"note"} if old is None else _OF_A_PROVINCE | {"measure"} if filling else _OF_A_PROVINCE
    for key in change.fields.keys() - allowed:
        parsed.report("NTM-303", (*path, key), at_key=True, target=number, got=key, national="–")
    if old is None or new is None or not set(OPERATORS) & change.fields.keys():
        return
    seen: set[tuple[str, str]] = set()
    same = old.operator == new.operator and old.measure == new.measure
    for keys, figure, national in _replaced(old.bound, new.bound):
        if not national.is_known or (same and _as_strict(new.operator, figure, national, new.measure.choices)):
            continue
        got, wanted = _said(figure), _said(national)
        if (got, wanted) not in seen:
            seen.add((got, wanted))
            parsed.report("NTM-303", (*path, new.operator, *keys), target=number, got=got, national=wanted)


def _said(figure: Figure) -> str:
    value = figure.value
    return ", ".join(value) if isinstance(value, tuple) else value or "missing"


def _replaced(old: Figure | Table, new: Figure | Table) -> Iterator[tuple[tuple[str, ...], Figure, Figure]]:
    """Every new figure with each national one it takes the place of, and where it stands."""
    if isinstance(old, Table) and isinstance(new, Table) and old.by == new.by:
        for keys, figure in figures_of(new):
            if national := _figure_at(old, keys):
                yield keys, figure, national
        for keys, national in figures_of(old):  # what was listed may now fall under `others`
            if fallen := _figure_at(new, keys):
                yield keys, fallen, national
    else:  # cells cannot be told apart: any may stand for any
        for keys, figure in figures_of(new):
            yield from ((keys, figure, national) for _, national in figures_of(old))


def _figure_at(table: Table, keys: tuple[str, ...]) -> Figure | None:
    """The figure that holds where the keys lead, if any does."""
    cell: Figure | Row | None = table
    for key in keys:
        cells = cell.cells() if isinstance(cell, Row) else {}
        cell = cells.get(key, cells.get("others"))
    return cell if isinstance(cell, Figure) else None


def _as_strict(operator: str, new: Figure, old: Figure, choices: tuple[str, ...]) -> bool:
    if isinstance(new.value, str) and isinstance(old.value, str) and operator in ("at_least", "above", "at_most", "below"):
        a, b = (choices.index(value) if choices else exact(value) for value in (new.value, old.value))
        return a >= b if operator in ("at_least", "above") else a <= b
    if isinstance(new.value, tuple) and isinstance(old.value, tuple):
        return set(new.value) <= set(old.value)
    return new.value == old.value
