"""Applying overlays: one mechanism for amendments, provincial figures and drafts."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.lints import PROVINCIAL, RULESET
from ntm_rules.loading.lints.lint import Level, report
from ntm_rules.loading.lints.loosening import Applied
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.typed import note_all
from ntm_rules.loading.text.yaml_text import Parsed, Path_
from ntm_rules.model.overlay import Change, OverlayDocument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.problems import nearest


def apply_overlay(
    base: RuleSetDocument,
    overlay: OverlayDocument,
    parsed: Parsed,
    instruments: Any,
    level: Level = Level.REFUSES,
    *,
    national: RuleSetDocument | None = None,
) -> RuleSetDocument:
    """The edition as the overlay leaves it. What cannot be applied is noted on ``parsed`` (the overlay's file) and left out.

    With the level *warns*, what is doubtful in what the overlay sets is noted too. ``national`` is the edition without what provinces set:
    a province may not loosen that, and may take back what it set itself before. Left out, nothing of ``base`` is a province's.
    """
    document = base
    for i, change in enumerate(overlay.changes):
        document = _apply(document, national or base, overlay, change, ("changes", i), parsed, instruments, level)
    return document


def _apply(
    document: RuleSetDocument,
    national: RuleSetDocument,
    overlay: OverlayDocument,
    change: Change,
    path: Path_,
    parsed: Parsed,
    instruments: Any,
    level: Level,
) -> RuleSetDocument:
    data = document.plain_data()  # a copy of its own
    if change.add is not None:
        node_path = _add(data, overlay, change, path, parsed)
    elif change.remove is not None:
        node_path = _remove(data, national, overlay, change, path, parsed)
    else:
        node_path = _set(data, overlay, change, path, parsed)
    if node_path is None:
        return document
    here = Elsewhere(parsed, node_path, (*path, "add") if change.add is not None else path)
    try:
        changed = RuleSetDocument.model_validate(data)
    except ValidationError as error:
        note_all(error, here)
        return document
    walk = Walk(changed, instruments)
    report(RULESET, walk, here)
    if here.told:
        return document
    if level is Level.WARNS:
        report(RULESET, walk, Elsewhere(parsed, node_path, here.path, whole=False), level)
    if overlay.kind == "provincial" and change.set is not None:
        report(PROVINCIAL, Applied(national, changed, change, path), parsed)
    return changed


class Elsewhere:
    """Notes what is wrong in a node of the changed edition where it stands in the overlay; without ``whole``, of that node alone."""

    def __init__(self, parsed: Parsed, node: Path_, path: Path_, *, whole: bool = True) -> None:
        self.parsed = parsed
        self.node = node
        self.path = path
        self.whole = whole
        self.told: bool = False

    def report(self, code: str, path: Path_, *, at_key: bool = False, **words: Any) -> None:
        """Note a problem of the edition."""
        inside = path[: len(self.node)] == self.node
        if inside or self.whole:
            self.parsed.report(code, (*self.path, *(path[len(self.node) :] if inside else ())), at_key=at_key, **words)
            self.told = True


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
        if OPERATORS.keys() & node.keys():
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
    if OPERATORS.keys() & fields.keys():
        for operator in OPERATORS:
            node.pop(operator, None)
        node.pop("source", None)  # a new figure needs a source of its own
    node.update(fields)
    return node_path


def _remove(
    data: dict[str, Any], national: RuleSetDocument, overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed
) -> Path_ | None:
    name = change.remove or ""
    found = _find(data, name, (*path, "remove"), parsed)
    if found is None:
        return None
    if overlay.kind == "provincial" and _locate(national.plain_data(), name) is not None:
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
