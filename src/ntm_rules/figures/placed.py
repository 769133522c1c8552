"""Changed figures put where they belong: into the files in which they stand, or into a draft.

A figure of a province never goes into a national file, and nothing replaces a file before the folder with it was read and applied.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.filled import Edit
from ntm_rules.figures.held import Held
from ntm_rules.figures.sheet_places import places_of
from ntm_rules.figures.splice import splice
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.text.yaml_text import Path_, node_at, read_file, read_text
from ntm_rules.model.figures import DELEGATED, NOT_SEEN, Figure, Row, Table
from ntm_rules.problems import Place, Problem, RulesetError
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual

_ELSEWHERE: Final = Bilingual("tỉnh quy định mức này", "the level is the province's")
_NATIONAL: Final = Bilingual("tệp được lập cho tỉnh «{}»", "the workbook is of the province «{}»")
_FOREIGN: Final = Bilingual("cột «văn bản» ghi «{}»", "the workbook names «{}»")
_NOWHERE: Final = Bilingual("không tìm thấy chỗ của nó trong tệp", "its place in the file was not found")
_COMMENTED: Final = Bilingual("giữa các dòng phải thay có ghi chú", "a comment stands among the lines to be replaced")


def into_place(catalogue: Catalogue, rules: RuleSet, edits: Sequence[Edit]) -> tuple[Path, ...]:
    """Write the figures into the files in which they stand, one value for another; the files that changed.

    Raises:
        RulesetError: a figure does not belong there, or what would come out is wrong. Nothing is written.
        TableError: a file cannot be written; none is.
    """
    texts: dict[Path, str] = {}
    problems: list[Problem] = []
    if rules.sheets is not None:
        places, refused_places = places_of(catalogue.entry("ruleset", rules.id).path.parent, rules, edits)
        problems += refused_places
        for path, changes in places.items():
            try:
                texts[path] = splice(_text(path), changes)
            except LookupError:
                problems += [_told(path, edit, _COMMENTED) for edit in edits[:1]]
    for edit in edits if rules.sheets is None else ():
        path, at = _home(catalogue, rules, edit.old)
        refused = _refused(path, rules, edit) if at else _told(path, edit, _NOWHERE)
        if refused is None:
            try:
                texts[path] = _edited(texts.get(path) or _text(path), at, rules.document.indicators[edit.old.number].operator, edit)
            except LookupError:
                refused = _told(path, edit, _COMMENTED)
        problems += [refused] if refused else []
    if not problems and texts:
        problems = list(_tried(catalogue, rules, texts))
    if problems:
        raise RulesetError(problems)
    with ExitStack() as files:  # every new text is whole on the disk before the first takes its place
        for path, text in texts.items():
            mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
            files.enter_context(atomic(path)).write_bytes(mark + text.encode())
    return tuple(texts)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _told(path: Path, edit: Edit, detail: Bilingual) -> Problem:
    return Problem("NTM-729", Place(str(path)), {"row": edit.old.where, "detail": detail})


def _data(path: Path) -> Any:
    """What a file says; one that somebody broke since it was loaded is told by itself.

    Raises:
        RulesetError: it cannot be read any more.
    """
    parsed = read_file(path)
    if parsed.problems:
        raise RulesetError(parsed.problems)
    return parsed.data


def _home(catalogue: Catalogue, rules: RuleSet, one: Held) -> tuple[Path, Path_]:
    """The file that sets a figure, the last that does, and the path in it to the indicator or the change."""
    for layer in reversed(rules.effective.overlays):
        path = catalogue.entry("overlay", layer.id).path
        for at in _numbered(_data(path).get("changes"), one.number, ("changes",)):
            return path, at
    path = catalogue.entry("ruleset", rules.id).path
    return path, next(_numbered(_data(path), one.number, ()), ())


def _numbered(data: Any, number: str, path: Path_) -> Iterator[Path_]:
    """Where an indicator of that number is written."""
    if isinstance(data, dict):
        if number in (data.get("indicator"), data.get("set")):
            yield path
        for key, value in data.items():
            yield from _numbered(value, number, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _numbered(value, number, (*path, index))


def _refused(path: Path, rules: RuleSet, edit: Edit) -> Problem | None:
    """That a figure does not belong into a file."""
    header = read_file(path).data
    document, province = header["instrument"], header.get("province")
    named = edit.source.get("instrument", document)
    detail = None
    if rules.province and province != rules.province:
        detail = _NATIONAL.fill(rules.province)
    elif not province and edit.old.delegated and "value" in edit.new:
        detail = _ELSEWHERE
    elif named not in (document, edit.old.instrument) and (province or named.endswith(")")):
        detail = _FOREIGN.fill(named)
    words = {"row": edit.old.where, "document": document, "detail": detail}
    return Problem("NTM-728", Place(str(path)), words) if detail else None


def _edited(text: str, at: Path_, operator: str, edit: Edit) -> str:
    """The text of a file with one figure changed.

    Raises:
        LookupError: the place is written in a way that cannot be changed alone.
    """
    data = _reached(read_text(text).data, at)
    if operator not in data or not _holds(data[operator], edit.old.column):
        raise LookupError(at)
    where = (*at, operator, *edit.old.column)
    now = _reached(data[operator], edit.old.column)
    new, source = edit.new, dict(edit.source)
    if "value" not in new:
        return splice(text, {where: "delegated" if "delegated" in new else "missing"})
    if source and source["instrument"] == read_text(text).data["instrument"]:
        del source["instrument"]
    if isinstance(now, dict):
        if "value" not in now:
            return splice(text, {where: {"value": new["value"], **source, **({"note": now["note"]} if "note" in now else {})}})
        return splice(text, _differing((*where,), now, {"value": new["value"], **source}))
    changed = {where: new["value"]} if now != new["value"] else {}
    beside = data.get("source")
    if source and not edit.old.column and isinstance(beside, dict):  # the indicator has this figure alone: its source is the figure's
        return splice(text, {**changed, **_differing((*at, "source"), beside, source)})
    return splice(text, {where: {"value": new["value"], **source}} if source else changed)


def _differing(path: Path_, now: Mapping[str, Any], new: Mapping[str, Any]) -> dict[Path_, Any]:
    """What must be written so that a mapping holds the new values; an empty list where there was none is nothing."""
    return {(*path, key): value for key, value in new.items() if now.get(key, []) != value}


def _holds(bound: Any, column: Sequence[str]) -> bool:
    if not column:
        return not isinstance(bound, dict) or bool({"value", "missing", "delegated"} & bound.keys())
    return isinstance(bound, dict) and "by" in bound and _reached(bound, column) is not None


def _reached(data: Any, path: Sequence[Any]) -> Any:
    with suppress(LookupError, TypeError):
        return node_at(data, tuple(path))
    return None


def _tried(catalogue: Catalogue, rules: RuleSet, texts: Mapping[Path, str]) -> Iterator[Problem]:
    """What would be wrong in the folder with the new texts: each read alone, then applied on the day of the workbook."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "rulesets")
        shutil.copytree(catalogue.folder, folder, ignore=shutil.ignore_patterns("published"))
        for path, text in texts.items():
            (folder / path.relative_to(catalogue.folder)).write_bytes(text.encode())
        tried = Catalogue(folder, on_top_of=catalogue.below)
        identity = rules.identity
        try:
            found = load(rules.id, on=identity.on, province=identity.province, drafts=identity.drafts, catalogue=tried)
            if found.sheets is not None:
                found.sheets.plain_data()
        except RulesetError as error:
            for one in error.problems:
                yield one.at(replace(one.place, file=one.place.file.replace(str(folder), str(catalogue.folder))))


def foreign(edits: Sequence[Edit], document: str, *known_as: str) -> tuple[Problem, ...]:
    """The figures that a workbook does not place in the document that is being written: each is filed under its own source alone."""
    found = []
    for edit in edits:
        named = edit.source.get("instrument", edit.old.instrument)
        if "value" in edit.new and named not in (document, *known_as):
            words = {"row": edit.old.where, "document": document, "detail": _FOREIGN.fill(named)}
            found.append(Problem("NTM-728", Place(path=edit.old.where), words))
    return tuple(found)


def draft_of(rules: RuleSet, edits: Sequence[Edit], name: str, instrument: str, start: date | None) -> str:
    """The edits as an overlay of the kind ``draft``, in YAML.

    Args:
        rules: the ruleset the workbook was made from.
        edits: what differs.
        name: the last part of its name, as ``thu-nhap-2026``.
        instrument: the document that is being drafted.
        start: its first day; left out, that of the edition.
    """
    changes = []
    for number in dict.fromkeys(edit.old.number for edit in edits):
        one = rules.document.indicators[number]
        mine = {edit.old.column: _figure(edit.new) for edit in edits if edit.old.number == number}
        change: dict[str, Any] = {"set": number, one.operator: _bound(one.bound, mine)}
        if one.source is not None:  # what was not touched keeps its source
            change["source"] = {"instrument": rules.document.instrument, **one.source.plain_data()}
        changes.append(change)
    title = f"Dự thảo {name}"
    first = start or rules.in_force.start
    document = {
        "overlay": f"{rules.id}/{name}",
        "version": "0.1.0",
        "kind": "draft",
        "amends": rules.id,
        "title": {"vi": title, "en": f"Draft {name}"},
        "instrument": instrument,
        "in_force": {"from": first.isoformat()} if first is not None else {},
        **({"province": rules.province} if rules.province else {}),
        "changes": changes,
    }
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=140))


def _figure(new: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as it is written in a document of its own."""
    if "missing" in new:
        return {"missing": NOT_SEEN}
    return {"delegated": "true", "missing": DELEGATED} if "delegated" in new else dict(new)


def _bound(bound: Figure | Row, mine: Mapping[tuple[str, ...], dict[str, Any]], path: tuple[str, ...] = ()) -> Any:
    """The bound as plain data, with the edits in their places."""
    if isinstance(bound, Figure):
        found = mine.get(path) or bound.plain_data()
        return found["value"] if set(found) == {"value"} else found
    cells = {key: _bound(cell, mine, (*path, key)) for key, cell in bound.cells().items()}
    return {"by": list(bound.by), **cells} if isinstance(bound, Table) else cells
