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
from ntm_rules.loading.text.yaml_text import Parsed, Path_, node_at
from ntm_rules.model.base import Model
from ntm_rules.model.overlay import Change, OverlayDocument
from ntm_rules.model.ruleset import Combination, Criterion, Indicator, RuleSetDocument
from ntm_rules.problems import nearest
from ntm_rules.values import Bilingual

_LEFT_OUT = Bilingual("bỏ", "left out")
_ONE_MORE = Bilingual("thêm một cách đạt", "one more way to pass")
_REQUIRED = Bilingual("phải đạt", "required")

Found = tuple[Path_, Model]


def apply_overlay(
    base: RuleSetDocument,
    overlay: OverlayDocument,
    parsed: Parsed,
    instruments: Any,
    level: Level = Level.REFUSES,
    *,
    national: RuleSetDocument | None = None,
    linted: bool = True,
) -> RuleSetDocument:
    """The edition as the overlay leaves it. What cannot be applied is noted on ``parsed`` (the overlay's file) and left out.

    With the level *warns*, what is doubtful in what the overlay sets is noted too. ``national`` is the edition without what provinces set:
    a province may not loosen that, and may take back what it set itself before. Left out, nothing of ``base`` is a province's.

    Without ``linted`` only the parts that are set are read and held against the nation's; whether the edition as a whole is sound is then
    for the caller to ask, once for all overlays; and what a province sets may be such that holding it against the nation's raises anything.
    """
    document = base
    for i, change in enumerate(overlay.changes):
        document = _apply(document, national or base, overlay, change, ("changes", i), parsed, instruments, level, linted)
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
    linted: bool,
) -> RuleSetDocument:
    step = _add if change.add is not None else _remove if change.remove is not None else _set
    own = (*path, "add") if change.add is not None else path
    try:
        found = step(document, national, overlay, change, path, parsed)
    except ValidationError as error:
        note_all(error, parsed, own, Criterion if error.title == Criterion.__name__ else Indicator)
        return document
    if found is None:
        return document
    node_path, changed = found
    if linted:
        here = Elsewhere(parsed, node_path, own)
        walk = Walk(changed, instruments)
        report(RULESET, walk, here)
        if here.told:
            return document
        if level is Level.WARNS:
            report(RULESET, walk, Elsewhere(parsed, node_path, own, whole=False), level)
    if overlay.kind == "provincial" and change.set is not None:
        for each in (Level.REFUSES, level) if level is Level.WARNS else (level,):
            report(PROVINCIAL, Applied(national, changed, change, path), parsed, each)
    return changed


def differing(before: RuleSetDocument, after: RuleSetDocument) -> RuleSetDocument | None:
    """The edition with the criteria alone that changes made anew; None where they touched more, or what a criterion or indicator is called.

    What is mistaken in the whole, and not in one of these, is mistaken in the edition before.
    """
    if any(getattr(after, key) is not getattr(before, key) for key in type(after).model_fields if key not in ("conditions", "criteria")):
        return None
    if len(before.conditions) != len(after.conditions) or len(before.criteria) != len(after.criteria):
        return None
    anew = [(old, new) for old, new in zip(before.sections, after.sections, strict=True) if new is not old]
    if any(_numbers(old) != _numbers(new) for old, new in anew):
        return None
    criteria = tuple([new for _, new in anew])
    return after.model_copy(update={"conditions": (), "criteria": criteria, "passes": Combination(), "follows": ()})  # nothing counts them


def _numbers(section: Criterion) -> list[str]:
    return [section.criterion, *(part.indicator for part in section.indicators)]


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


def located(document: RuleSetDocument, name: str) -> Found | None:
    """The path and the part of that name: the score, a dimension, criterion or indicator."""
    if name == "score" and document.score is not None:
        return ("score",), document.score
    if name in document.dimensions:
        return ("dimensions", name), document.dimensions[name]
    for key, sections in (("conditions", document.conditions), ("criteria", document.criteria)):
        for i, criterion in enumerate(sections):
            if criterion.criterion == name:
                return (key, i), criterion
            for j, indicator in enumerate(criterion.indicators):
                if indicator.indicator == name:
                    return (key, i, "indicators", j), indicator
    return None


def _find(document: RuleSetDocument, name: str, path: Path_, parsed: Parsed) -> Found | None:
    found = located(document, name)
    if found is None:
        numbers = [*document.dimensions, *(section.criterion for section in document.sections), *document.indicators]
        parsed.report("NTM-301", path, target=name, guess=nearest(name, numbers))
    return found


def mended(whole: Any, path: Path_, part: Any) -> Any:
    """A document with another part at a path, or at the end of a list; what is not on the way there is shared with the old one."""
    if not path:
        return part
    key, below = path[0], path[1:]
    if isinstance(key, int):
        return (*whole[:key], mended(whole[key] if below else None, below, part), *whole[key + 1 :])
    if isinstance(whole, dict):
        return type(whole)({**whole, key: mended(whole[key], below, part)})  # what cannot be changed stays so
    return whole.model_copy(update={key: mended(getattr(whole, key), below, part)})


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
    by_level = owned.get("councils")
    for council in (owned.get("council"), *(by_level.values() if isinstance(by_level, dict) else ())):
        if isinstance(council, dict) and isinstance(council.get("source"), dict):
            council["source"].setdefault("instrument", instrument)
    return owned


def _set(
    document: RuleSetDocument, _national: RuleSetDocument, overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed
) -> tuple[Path_, RuleSetDocument] | None:
    found = _find(document, change.set or "", (*path, "set"), parsed)
    if found is None:
        return None
    node_path, part = found
    node = part.plain_data()
    fields = _owned(change.fields, overlay.instrument)
    if OPERATORS.keys() & fields.keys():
        for operator in OPERATORS:
            node.pop(operator, None)
        node.pop("source", None)  # a new figure needs a source of its own
    if isinstance(fields.get("councils"), dict):  # each level has a council of its own: what is on record of the others stays
        fields["councils"] = node.get("councils", {}) | fields["councils"]
    return node_path, mended(document, node_path, type(part).model_validate(node | fields))


def _remove(
    document: RuleSetDocument, national: RuleSetDocument, overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed
) -> tuple[Path_, RuleSetDocument] | None:
    name = change.remove or ""
    found = _find(document, name, (*path, "remove"), parsed)
    if found is None:
        return None
    if overlay.kind == "provincial" and located(national, name) is not None:
        parsed.report("NTM-303", (*path, "remove"), target=name, got=_LEFT_OUT, national=_REQUIRED)
        return None
    node_path, _ = found
    data = document.plain_data()
    del node_at(data, node_path[:-1])[node_path[-1]]
    return node_path[:-1], RuleSetDocument.model_validate(data)


def _add(
    document: RuleSetDocument, _national: RuleSetDocument, overlay: OverlayDocument, change: Change, path: Path_, parsed: Parsed
) -> tuple[Path_, RuleSetDocument] | None:
    node = _owned(change.add or {}, overlay.instrument)
    if located(document, change.target) is not None:
        parsed.report("NTM-310", (*path, "add"), target=change.target)
        return None
    holder: Model = document
    own: Path_ = ("criteria", len(document.criteria))
    if "criterion" not in node:
        found = _find(document, change.under or "", (*path, "under"), parsed)
        if found is None:
            return None
        under, holder = found
        if not isinstance(holder, Criterion):
            parsed.report("NTM-301", (*path, "under"), target=change.under, guess=None)
            return None
        own = (*under, "indicators", len(holder.indicators))
    if overlay.kind == "provincial" and "passes" in holder.plain_data():  # where not all must be met, one more part is one more way to pass
        parsed.report("NTM-303", (*path, "add"), target=change.target, got=_ONE_MORE, national=_REQUIRED)
        return None
    part = Indicator.model_validate(node) if holder is not document else Criterion.model_validate(node)
    return own, mended(document, own, part)
