"""Dataframes: every row decided, the results as a frame of the same library, one row for each row given."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.decide.frame import answers, arrays, readings
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.aside import NAME, Row, decide_rows
from ntm_rules.decide.frame.ids import marks_group, read_names, repeats, unclear
from ntm_rules.decide.frame.judging import Judge
from ntm_rules.decide.frame.ways import ways_of
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.grid import Grid, is_empty
from ntm_rules.decide.written.header import Header, find_header
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.remarks import lacking, unread
from ntm_rules.problems import NotFound, Place, Problem, TableError, nearest
from ntm_rules.values import Lang, SourceLevel

_LOG = logging.getLogger("ntm_rules")
_MOST: Final = 12
_HEAD: Final = {
    "id": "text",
    "name": "text",
    "outcome": "outcome",
    "criteria_met": "count",
    "criteria": "count",
    "failed": "text",
    "undetermined": "text",
    "problems": "text",
}
_LISTS: Final = {"failed": p.NOT_MET, "undetermined": p.UNDETERMINED}
_SCORED: Final = {"stars": "count", "total": "text", "standing": "text"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a frame; see :meth:`ntm_rules.RuleSet.evaluate_frame`."""

    rules: Judging
    constants: Mapping[str, Any]
    accept: SourceLevel
    lang: Lang
    ignore: tuple[str, ...]
    nodes: str
    lists: bool = True

    @property
    def scored(self) -> bool:
        """Whether products are scored."""
        return bool(self.rules.method.name == Scores.name)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The numbers of the criteria."""
        return tuple(criterion.criterion for criterion in self.rules.document.criteria)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of what has a column of its own."""
        if self.nodes == "criteria":
            return () if self.scored else self.criteria
        sections = self.rules.document.sections
        numbers = [number for part in sections for number in (part.criterion, *(one.indicator for one in part.indicators))]
        return tuple(dict.fromkeys(numbers or (one.indicator for one in self.rules.inputs)))

    @property
    def columns(self) -> dict[str, str]:
        """The columns of the answer, and what they hold."""
        head = {name: held for name, held in _HEAD.items() if self.lists or name not in _LISTS}
        return {**head, **(_SCORED if self.scored else {}), **dict.fromkeys(self.numbers, "outcome")}

    def header(self, names: tuple[str, ...]) -> tuple[Header, dict[str, Any]]:
        """The headings of a frame, and the attributes that all rows share.

        Raises:
            TableError: one cannot be recognised, or two are for one thing; a constant is no attribute.
        """
        if not names:
            raise TableError([Problem("NTM-503", Place(NAME))])
        header = _header(self.rules, names, self.ignore)
        shared = read_constants(self.constants, _headers(self.rules, self.ignore), NAME)
        if header.problems:
            raise TableError(header.problems)
        if absent := lacking(self.rules, header.columns, shared):
            words = {"count": len(absent), "names": ", ".join(absent[:_MOST]) + (", …" if len(absent) > _MOST else "")}
            _LOG.warning(Problem("NTM-533", Place(NAME), words).line(self.lang))
        for told in unread(self.rules, header.columns, NAME):
            _LOG.warning(told.line(self.lang))
        return header, shared


@lru_cache(32)
def _headers(rules: Judging, ignore: tuple[str, ...]) -> Headers:
    return Headers(rules, ignore)


@lru_cache(128)
def _header(rules: Judging, names: tuple[str, ...], ignore: tuple[str, ...]) -> Header:
    return find_header(Grid(NAME, iter(()), headers=names), _headers(rules, ignore))[0]


def evaluate_frame(asked: Asked, frame: Any) -> Any:
    """Decide every row of a dataframe: see :meth:`ntm_rules.RuleSet.evaluate_frame`."""
    given: Any = nw.from_native(_by_texts(frame))
    if not hasattr(given, "collect"):
        return _decide(asked, given)
    names = tuple(given.collect_schema().names())
    header = asked.header(names)
    if given.implementation is nw.Implementation.POLARS:
        return frame.map_batches(
            lambda whole: _decide(asked, nw.from_native(whole), header),
            schema=answers.schema(asked.columns),
            **dict.fromkeys(("predicate_pushdown", "projection_pushdown", "slice_pushdown"), False),
        )
    found = _decide(asked, given.collect(), header)
    if given.implementation is nw.Implementation.DUCKDB:
        return given.implementation.to_native_namespace().from_arrow(found)
    return found


def _by_texts(frame: Any) -> Any:
    """A frame of pandas with its columns named by texts, so that 10.1 is «10.1»; any other frame as it is.

    Raises:
        TableError: two columns of one name.
    """
    if not nw.dependencies.is_pandas_like_dataframe(frame):
        return frame
    names = [str(name) for name in frame.columns]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    if twice:
        place = Place(NAME)
        raise TableError([Problem("NTM-502", place, {"target": name, "first": name, "second": name}) for name in twice])
    return frame if names == list(frame.columns) else frame.set_axis(names, axis=1)


def _decide(asked: Asked, eager: Any, header: tuple[Header, dict[str, Any]] | None = None) -> Any:
    index = nw.maybe_get_index(eager)
    plain = _plain(eager, index, _headers(asked.rules, asked.ignore))
    heading, shared = header or asked.header(tuple(str(name) for name in plain.columns))
    return answers.to_frame(Decider(asked, plain, heading, shared).columns(), eager.implementation, index)


def _plain(eager: Any, index: Any, headers: Headers) -> Any:
    """The frame as its cells are read: 32-bit floats as they print, named levels of an index as columns where they say something."""
    if index is not None:
        native = eager.to_native()
        taken = {headers.target(name) for name in native.columns}
        levels = [name for name in index.names if name is not None and headers.target(name) not in (None, *taken)]
        eager = nw.from_native(native.reset_index(level=levels)) if levels else eager
    narrow = [name for name, kind in eager.schema.items() if kind == nw.Float32]
    return eager.with_columns(nw.col(*narrow).cast(nw.String)) if narrow else eager


class Decider:
    """One frame decided."""

    def __init__(self, asked: Asked, frame: Any, header: Header, shared: Mapping[str, Any]) -> None:
        self.asked, self.frame, self.header, self.shared = asked, frame, header, shared
        self.height = len(frame)
        self.aside = np.zeros(self.height, bool)
        self.large: set[str] = set()
        self.keep = tuple(dict.fromkeys((*([] if asked.scored else asked.criteria), *asked.numbers)))
        self.whole = np.full(self.height, answers.NONE, np.uint8)
        self.kept = np.full((len(self.keep), self.height), answers.NONE, np.uint8)

    def columns(self) -> dict[str, Any]:
        """The columns of the answer."""
        unnamed = any(is_empty(cell) for cell in self.header.line.cells)
        by_column = not (self.asked.scored or unnamed) and self.height > 0
        ids, names = self._by_columns() if by_column else (_nothing(self.height), _nothing(self.height))
        places = np.flatnonzero(self.aside) if by_column else np.arange(self.height)
        rows = self._rows(places.tolist() if by_column else None) if places.size else {}
        return self._answer(ids, names, places.tolist(), rows)

    def _by_columns(self) -> tuple[Any, Any]:
        """Judge all rows that have nothing unusual; the rest is marked."""
        texts: dict[str, Any] = {}
        values: dict[str, readings.Values] = {}
        attested: dict[str, Any] = {}
        stated: dict[str, readings.Attributes] = {}
        has_ids = any(column.role == "id" for column in self.header.columns)
        looked_at = {*self.asked.rules.attributes, "province"}
        headers = self.frame.columns
        kinds = self.frame.schema
        named = [headers[column.index] for column in self.header.columns if column.role == "value"]
        doubles = arrays.Numbers(self.frame, [name for name in named if arrays.is_number(kinds[name])])
        for column in self.header.columns:
            if column.role == "information" and has_ids:
                continue
            series = self.frame.get_column(headers[column.index])
            if column.role == "information":
                self.aside |= marks_group(series)
            elif column.role in ("id", "name"):
                texts[column.role], odd = read_names(series)
                self.aside |= odd
                is_id = column.role == "id" or not has_ids
                self.aside |= (unclear if is_id else repeats)(texts[column.role], column.header)
            elif column.role == "whole":
                self.aside |= True  # a name of two columns is put together row by row
            elif column.role == "value":
                values[column.key] = readings.read_values(series, column, doubles.block(series.name) if series.name in doubles else None)
                self._shares(column.key, values[column.key])
            elif column.role == "attested":
                attested[column.key] = readings.read_attested(series, column.key)
                self.aside |= attested[column.key] == readings.ASIDE
            elif column.role == "kind":
                self.aside |= readings.read_kinds(series, self.asked.rules.kind) == readings.ASIDE
            elif column.role == "attribute":
                read = readings.read_attributes(series, column, self.shared)
                self.aside |= read.places < 0
                if column.key in looked_at:
                    stated[column.key] = read
        ways = ways_of(self.asked.rules, stated, self.shared, self.asked.accept, self.height)
        if ways.aside is not None:
            self.aside |= ways.aside
        if None not in ways.programs:
            self.whole, self.kept = Judge(ways, values, attested, self.keep).run(self.aside)
        name = texts.get("name")
        return texts.get("id", name), _blank(self.height) if name is None else name

    def _shares(self, key: str, values: readings.Values) -> None:
        """A column of nothing but small shares may have been written as shares of 1."""
        if not values.share or values.numbers is None:
            return
        small = np.zeros(self.height, bool)
        for start in range(0, self.height, arrays.SLICE):
            end = min(start + arrays.SLICE, self.height)
            numbers = values.numbers(start, end)
            if ((numbers > 1) & (numbers <= 100)).any():
                self.large.add(key)
                return
            small[start:end] = (numbers > 0) & (numbers <= 1)
        if np.count_nonzero(small) > 1:
            self.aside |= small

    def _rows(self, places: list[int] | None) -> dict[int, Row]:
        return decide_rows(self.asked.rules, self.frame, places, self.header, self.shared, self.large, self.asked.accept)

    def explained(self, ids: Sequence[str], made: type[Decided]) -> dict[str, Any]:
        """The decisions of the rows with these ids.

        Raises:
            NotFound: no row has the id.
            TableError: a row has something that cannot be taken.
        """
        self._by_columns()
        [column] = [one for one in self.header.columns if one.role == "id"] or [one for one in self.header.columns if one.role == "name"]
        texts = read_names(self.frame[self.frame.columns[column.index]])[0]
        places = np.flatnonzero(texts.is_in(list(ids)).to_numpy()).tolist()
        if column.role == "name" and any(one.role == "whole" for one in self.header.columns):
            places = list(range(self.height))  # the name of a village is put together row by row
        arguments = (self.asked.rules, self.frame, places, self.header, self.shared, self.large, self.asked.accept, made)
        rows = {place: row for place, row in decide_rows(*arguments).items() if row.id in ids}
        if wrong := [problem for row in rows.values() for problem in row.problems]:
            raise TableError(wrong)
        found = {row.id: row.decided for row in rows.values()}
        for one in ids:
            if one not in found:
                raise NotFound([Problem("NTM-603", Place(NAME), {"got": one, "guess": nearest(one, found)})])
        return {one: found[one] for one in ids}

    def _answer(self, ids: Any, names: Any, places: list[int], rows: Mapping[int, Row]) -> dict[str, Any]:
        criteria = np.full(self.height, len(self.asked.criteria), np.int64)
        met = np.zeros(self.height, np.int64)
        self.whole[places] = answers.NONE
        self.kept[:, places] = answers.NONE
        row_of = {number: row for row, number in enumerate(self.keep)}
        lists: dict[str, dict[int, str | None]] = {name: {} for name in _LISTS}
        extra: dict[str, list[Any]] = {name: [None] * self.height for name in _SCORED} if self.asked.scored else {}
        own = self.kept[: 0 if self.asked.scored else len(self.asked.criteria)]
        for codes in own:
            met += codes == p.MET
        for place in places:
            decided = rows[place].decided if place in rows else None
            outcomes = {} if decided is None else {node.id: p.CODES[node.outcome] for node in decided.criteria}
            for name, wanted in _LISTS.items():
                lists[name][place] = None if decided is None else ", ".join(one for one, code in outcomes.items() if code == wanted)
            criteria[place] = -1 if decided is None else len(outcomes)
            met[place] = -1 if decided is None else sum(code == p.MET for code in outcomes.values())
            if decided is None:
                continue
            self.whole[place] = p.CODES[decided.outcome]
            for node in decided:
                if (row := row_of.get(node.id)) is not None:
                    self.kept[row, place] = p.CODES[node.outcome]
            for one in self.asked.rules.method.extras:
                if one.name in extra:
                    extra[one.name][place] = one.value(decided)
        problems = {
            place: "; ".join(problem.line(self.asked.lang) for problem in row.problems) for place, row in rows.items() if row.problems
        }
        columns: dict[str, Any] = {
            "id": _with(ids, {place: rows[place].id if place in rows else None for place in places}),
            "name": _with(names, {place: rows[place].name if place in rows else None for place in places}),
            "outcome": answers.Codes(self.whole),
            "criteria_met": answers.Counts(met),
            "criteria": answers.Counts(criteria),
        }
        if self.asked.lists:
            for name, wanted in _LISTS.items():
                columns[name] = _with(answers.listed(own, wanted, self.asked.criteria), lists[name])
        columns["problems"] = _with(_nothing(self.height), problems)
        if self.asked.scored:
            columns["stars"] = answers.Counts(np.array([-1 if one is None else one for one in extra["stars"]], np.int64))
            columns |= {name: pl.Series(extra[name], dtype=pl.String) for name in ("total", "standing")}
        return columns | {number: answers.Codes(self.kept[row_of[number]]) for number in self.asked.numbers}


def _nothing(height: int) -> Any:
    return pl.Series([None], dtype=pl.String).new_from_index(0, height)


def _blank(height: int) -> Any:
    return pl.Series([""], dtype=pl.String).new_from_index(0, height)


def _with(texts: Any, changed: Mapping[int, str | None]) -> Any:
    """A column of texts with some rows written anew."""
    return texts.scatter(list(changed), pl.Series(list(changed.values()), dtype=pl.String)) if changed else texts


def explain_rows(asked: Asked, frame: Any, ids: Iterable[str], made: type[Decided]) -> dict[str, Any]:
    """Full decisions of chosen rows: see :meth:`ntm_rules.RuleSet.explain_rows`."""
    given: Any = nw.from_native(_by_texts(frame))
    eager = given.collect() if hasattr(given, "collect") else given
    plain = _plain(eager, nw.maybe_get_index(eager), _headers(asked.rules, asked.ignore))
    header, shared = asked.header(tuple(str(name) for name in plain.columns))
    return Decider(asked, plain, header, shared).explained([str(one) for one in ids], made)


def asked_of(
    rules: Judging, constants: Mapping[str, Any] | None, accept: SourceLevel, lang: Lang, ignore: Sequence[str], nodes: str, *, lists: bool
) -> Asked:
    """What is asked of a frame.

    Raises:
        ValueError: ``nodes`` is neither of the two.
    """
    if nodes not in ("criteria", "indicators"):
        raise ValueError(f"nodes: criteria, indicators (got {nodes})")
    return Asked(rules, constants or {}, accept, lang, tuple(ignore), nodes, lists)
