"""Rows and columns that a table had and has no more, and those that a province leaves without a figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.catalogue import Catalogue, Entry, read_published
from ntm_rules.loading.lints.left_out import COLUMNS, rows_of
from ntm_rules.loading.lints.tables import allowed_keys
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_, read_file
from ntm_rules.model.figures import Row, Table
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.problems import NtmError, Problem
from ntm_rules.values import Bilingual
from ntm_rules.verify.versions import order, published_versions

_EARLIER: Final = Bilingual("phiên bản {} có", "which version {} has")
_REPLACED: Final = Bilingual("bảng mà nó thay có", "which the table it replaces has")
_ITS_REGION: Final = Bilingual("tỉnh có xã ở vùng ấy", "where the province has communes")
_NO_REGION: Final = Bilingual("nơi chưa ghi vùng thì không có con số", "and a place whose region is not stated has no figure")

Placed = dict[tuple[str, str], tuple[Path_, Table]]  # the tables of a document by indicator and operator, each where it stands
Lost = tuple[Path_, str, Bilingual]


def left_out(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    """What the tables of one document lack: against its newest published version, and of an overlay against what it lies on."""
    with suppress(NtmError):  # what cannot be read is told elsewhere
        document = catalogue.ruleset(entry.id) if entry.kind == "ruleset" else catalogue.overlay(entry.id)
        now = _tables(document)
        lost: dict[tuple[Path_, str], Bilingual] = {}
        for path, key, where in (*_since(entry, now), *_under(catalogue, document, now)):
            lost.setdefault((path, key), where)
        parsed = read_file(entry.path)
        yield from (Problem(COLUMNS.code, parsed.place(path), {"got": key, "where": where}) for (path, key), where in lost.items())


def _since(entry: Entry, now: Placed) -> Iterator[Lost]:
    """What the newest version published, up to the one of the working file, had."""
    earlier = [version for version in published_versions(entry) if order(version) <= order(entry.version)]
    if earlier:
        before = _tables(read_published(entry, earlier[-1]))
        for name in now.keys() & before.keys():
            path, table = now[name]
            for at, key in _lacking(table, before[name][1]):
                yield (*path, *at), key, _EARLIER.fill(earlier[-1])


def _under(catalogue: Catalogue, document: RuleSetDocument | OverlayDocument, now: Placed) -> Iterator[Lost]:
    """What the tables of the edition have that an overlay replaces; and regions of a province that it gives no figure."""
    if isinstance(document, RuleSetDocument):
        return
    edition = catalogue.ruleset(document.amends)
    walk, base = Walk(edition, catalogue.instruments), _tables(edition)
    own = _regions(catalogue, document, edition)
    for name, (path, table) in now.items():
        replaced = base[name][1] if name in base and base[name][1].by == table.by else None
        by_region = _by_region(edition, table) if document.province is not None else []
        for at, key in _lacking(table, replaced) if replaced else ():
            if len(at) not in by_region:
                yield (*path, *at), key, _REPLACED
        for depth in by_region:
            every = allowed_keys(walk, edition.dimensions[table.by[depth]])
            for deep, at, row in rows_of(table):
                cells = row.cells()
                alone = not own or (replaced is None and len(cells) == 1)  # one region of a figure that was left to it for all of them
                missing = [key for key in every if (alone or key in own) and key not in cells]
                if deep == depth and missing and "others" not in cells:
                    yield (*path, *at), ", ".join(missing), _NO_REGION if alone else _ITS_REGION


def _by_region(edition: RuleSetDocument, table: Table) -> list[int]:
    """How deep in a table its regions stand."""
    known = edition.dimensions
    return [depth for depth, name in enumerate(table.by) if name in known and known[name].attribute == "region"]


def _regions(catalogue: Catalogue, document: OverlayDocument, edition: RuleSetDocument) -> frozenset[str]:
    """The regions in which a province has units while its text is in force: its own, and those of the provinces it was made of."""
    own, whole, units = document.in_force, edition.in_force, catalogue.provinces.units
    first, last = own.start or whole.start or date.min, own.until or whole.until or date.max
    named = [one for one in units if one.province == document.province]
    mine = [one for one in named if (one.start or date.min) <= last and first <= (one.until or date.max)]
    merged = any(one.start is not None for one in mine)
    old = [one for one in units if merged and one.merged_into == document.province]
    return frozenset(one.region for one in (*mine, *old) if one.region is not None)


def _tables(document: RuleSetDocument | OverlayDocument) -> Placed:
    """Every table of a document; of an overlay those that it sets."""
    if isinstance(document, RuleSetDocument):
        return {
            (one.indicator, one.operator): ((*path, one.operator), one.bound)
            for path, one in Walk(document, {}).indicators
            if one.operators and isinstance(one.bound, Table)
        }
    return {
        (change.set, name): (("changes", i, name), table)
        for i, change in enumerate(document.changes)
        if change.set is not None
        for name in OPERATORS
        if (table := _table(change.fields.get(name))) is not None
    }


def _table(given: Any) -> Table | None:
    """A table as a change gives it."""
    try:
        return Table.model_validate(given) if isinstance(given, dict) and "by" in given else None
    except ValidationError:
        return None


def _lacking(now: Row, before: Row, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """What stood under a key, where now nothing does."""
    cells = now.cells()
    for key, was in before.cells().items():
        cell = cells.get(key)
        if isinstance(cell, Row) and isinstance(was, Row):
            yield from _lacking(cell, was, (*path, key))
        elif cell is None and "others" not in (key, *cells) and (isinstance(was, Row) or was.is_known):
            yield path, key
