"""One frame decided: its plain rows by columns, the rest one by one, and both put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.frame import answers, arrays, readings
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.aside import NAME, Beyond, Row, decide_rows
from ntm_rules.decide.frame.asked import LISTS, SCORED, Asked
from ntm_rules.decide.frame.gaps import gaps_of
from ntm_rules.decide.frame.ids import read_names
from ntm_rules.decide.frame.judging import Judge
from ntm_rules.decide.frame.levels import NO_LEVEL, levels_of
from ntm_rules.decide.frame.taken import Columns, read_columns
from ntm_rules.decide.frame.ways import Ways, ways_of
from ntm_rules.decide.written.grid import is_empty
from ntm_rules.decide.written.header import Header
from ntm_rules.decide.written.remarks import MAY_BE_CALLED
from ntm_rules.problems import NotFound, Place, Problem, TableError, nearest
from ntm_rules.values import SourceLevel

_SOME = 20_000  # ids among which a near one is looked for


class Decider:
    """One frame decided, or a part of one of which the rest is known as far as it matters (``beyond``).

    Attributes:
        read: the columns as read, once they are; another decider of the same frame may be given them before.
    """

    def __init__(self, asked: Asked, frame: Any, header: Header, shared: Mapping[str, Any], beyond: Beyond | None = None) -> None:
        self.read: Columns | None = None
        self.asked: Asked = asked
        self.frame: Any = frame
        self.header: Header = header
        self.shared: Mapping[str, Any] = shared
        self.beyond: Beyond | None = beyond
        self.height: int = len(frame)
        self.aside: Any = np.zeros(self.height, bool)
        self.large: set[str] = set() if beyond is None else set(beyond.large)
        everything = replace(asked, nodes="indicators").numbers if asked.levels or asked.gaps else ()
        self.keep: Any = tuple(dict.fromkeys((*([] if asked.scored else asked.criteria), *asked.numbers, *everything)))
        self.whole: Any = np.full(self.height, answers.NONE, np.uint8)
        self.kept: Any = np.full((len(self.keep), self.height), answers.NONE, np.uint8)
        self.gaps: dict[str, Any] = {number: np.full(self.height, np.nan) for number in asked.with_gaps}
        self.ranks: Any = np.full((len(self.keep) + 1, self.height), NO_LEVEL, np.uint8) if asked.levels else None

    def columns(self) -> dict[str, Any]:
        """The columns of the answer."""
        unnamed = any(is_empty(cell) for cell in self.header.line.cells)
        by_column = not (self.asked.scored or unnamed) and self.height > 0
        ids, names = self._by_columns() if by_column else (_nothing(self.height), _nothing(self.height))
        places = np.flatnonzero(self.aside) if by_column else np.arange(self.height)
        rows = self._rows(places.tolist() if by_column else None) if places.size else {}
        if self.beyond is None:
            self.asked.tell_crosses(problem for row in rows.values() for problem in row.problems)
        return self._answer(ids, names, places.tolist(), rows)

    def _by_columns(self) -> tuple[Any, Any]:
        """Judge all rows that have nothing unusual; the rest is marked."""
        if self.read is None:
            self.read = read_columns(self.asked, self.frame, self.header, self.shared, self.beyond)
        self.aside = self.read.aside.copy()
        self.large = self.read.large
        ways = ways_of(self.asked.rules, self.read.stated, self.shared, self.asked.accept, self.height)
        if ways.aside is not None:
            self.aside |= ways.aside
        if None not in ways.programs:
            self._judge(ways, self.read.values, self.read.attested)
        name = self.read.texts.get("name")
        return self.read.texts.get("id", name), _blank(self.height) if name is None else name

    def tell_provinces(self) -> None:
        """Say what is to be said of provinces that rows state and not all share."""
        if "province" in self.shared:
            return
        read = self._provinces() if self.read is None else self.read.stated.get("province")
        if read is not None:
            self.asked.tell_provinces(read.values)

    def tell_units(self) -> None:
        """Say what is to be said of units by their names, their provinces and their regions."""
        if self.read is None:
            return
        names = self.read.texts.get("name", self.read.texts.get("id"))
        called = [] if names is None else names.filter(names.str.contains(MAY_BE_CALLED)).to_list()
        self.asked.tell_units(called, self._places(names))

    def _places(self, names: Any) -> dict[tuple[Any, Any], tuple[int, str]]:
        """Provinces and regions as rows state them together."""
        stated, where = self.read.stated if self.read is not None else {}, np.zeros(self.height, np.int64)
        values: list[list[Any]] = []
        for key, without in (("province", self.asked.rules.province), ("region", None)):
            column = stated.get(key)
            values.append([self.shared.get(key, without), *(column.values if column is not None else ())])
            where = where * len(values[-1]) + (0 if column is None else column.places + 1)
        found, firsts, counts = np.unique(where, return_index=True, return_counts=True)
        regions = len(values[1])
        return {
            (values[0][place // regions], values[1][place % regions]): (int(count), str(names[int(first)] if names is not None else ""))
            for place, first, count in zip(found.tolist(), firsts, counts, strict=True)
        }

    def _provinces(self) -> readings.Attributes | None:
        """The provinces that rows state, where the rows are read one by one."""
        column = next((one for one in self.header.columns if (one.role, one.key) == ("attribute", "province")), None)
        if column is None:
            return None
        cells = arrays.distinct(self.frame.get_column(self.frame.columns[column.index]))
        return readings.read_attributes(cells, column, self.shared)

    def _judge(self, ways: Ways, values: Mapping[str, readings.Values], attested: Mapping[str, Any]) -> None:
        told = np.zeros(self.kept.shape, bool) if self.ranks is not None else None
        self.whole, self.kept = Judge(ways, values, attested, self.keep, told).run(self.aside)
        place = {number: row for row, number in enumerate(self.keep)}
        if self.ranks is not None:
            self.ranks = levels_of(ways.programs, ways.rows, self.whole, self.kept, told, place)
        if self.gaps:
            for leaves in zip(*(program.leaves for program in ways.programs), strict=True):
                number = leaves[0].id
                if number in values and (numbers := values[number].numbers) is not None:
                    self.gaps[number] = gaps_of(leaves, numbers, self.kept[place[number]], ways.rows)

    def _rows(self, places: list[int] | None) -> dict[int, Row]:
        arguments = (self.asked.rules, self.frame, places, self.header, self.shared, self.large, self.asked.accept)
        return decide_rows(*arguments, beyond=self.beyond)

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
        rows = {place: row for place, row in decide_rows(*arguments, labelled=True).items() if row.id in ids}
        if wrong := [problem for row in rows.values() for problem in row.problems]:
            raise TableError(wrong)
        found = {row.id: row.decided for row in rows.values()}
        for one in ids:
            if one not in found:
                known = texts.drop_nulls().unique(maintain_order=True).head(_SOME).to_list()
                raise NotFound([Problem("NTM-454", Place(NAME), {"got": one, "guess": nearest(one, known)})])
        return {one: found[one] for one in ids}

    def _answer(self, ids: Any, names: Any, places: list[int], rows: Mapping[int, Row]) -> dict[str, Any]:
        criteria = np.full(self.height, len(self.asked.criteria), np.int64)
        met = np.zeros(self.height, np.int64)
        self.whole[places] = answers.NONE
        self.kept[:, places] = answers.NONE
        row_of = {number: row for row, number in enumerate(self.keep)}
        for gaps in self.gaps.values():
            gaps[places] = np.nan
        if self.ranks is not None:
            self.ranks[:, places] = NO_LEVEL
        lists: dict[str, dict[int, str | None]] = {name: {} for name in LISTS}
        extra: dict[str, list[Any]] = {name: [None] * self.height for name in (*SCORED, *self.asked.marked)} if self.asked.scored else {}
        own = self.kept[: 0 if self.asked.scored else len(self.asked.criteria)]
        for codes in own:
            met += codes == p.MET
        for place in places:
            decided = rows[place].decided if place in rows else None
            outcomes = {} if decided is None else {node.id: p.CODES[node.outcome] for node in decided.criteria}
            for name, wanted in LISTS.items():
                lists[name][place] = None if decided is None else ", ".join(one for one, code in outcomes.items() if code == wanted)
            criteria[place] = -1 if decided is None else len(outcomes)
            met[place] = -1 if decided is None else sum(code == p.MET for code in outcomes.values())
            if decided is None:
                continue
            self.whole[place] = p.CODES[decided.outcome]
            for node in decided:
                if (row := row_of.get(node.id)) is not None:
                    self.kept[row, place] = p.CODES[node.outcome]
                    if self.ranks is not None and node.level is not None:
                        self.ranks[row, place] = node.level.rank
                if node.id in self.gaps and (gap := node.gap) is not None:
                    self.gaps[node.id][place] = gap
            if self.ranks is not None and decided.level is not None:
                self.ranks[-1, place] = decided.level.rank
            if self.asked.scored:
                extra["stars"][place] = -1 if decided.stars is None else decided.stars
                extra["stars_possible"][place] = ", ".join(str(one) for one in decided.stars_possible)
                extra["total"][place] = _text(decided.total)
                extra["standing"][place] = decided.standing
                for name, part in self.asked.marked.items():
                    extra[name][place] = _text(decided.parts.get(part))
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
            for name, wanted in LISTS.items():
                columns[name] = _with(answers.listed(own, wanted, self.asked.criteria), lists[name])
        columns["problems"] = _with(_nothing(self.height), problems)
        if self.asked.scored:
            columns["stars"] = answers.Counts(np.array([-1 if one is None else one for one in extra["stars"]], np.int64))
            columns |= {name: pl.Series(held, dtype=pl.String) for name, held in extra.items() if name != "stars"}
        if self.ranks is not None:
            columns["level"] = answers.Codes(self.ranks[-1], SourceLevel)
        columns |= {number: answers.Codes(self.kept[row_of[number]]) for number in self.asked.numbers}
        columns |= {f"gap:{number}": answers.Amounts(gaps) for number, gaps in self.gaps.items()}
        for number in self.asked.with_levels:  # none where no levels are asked for
            columns[f"level:{number}"] = answers.Codes(self.ranks[row_of[number]], SourceLevel)  # pyright: ignore[reportOptionalSubscript]
        ordered = {name: columns[name] for name in replace(self.asked, long=False).columns}
        return dict(answers.long_form(ordered, self.asked.numbers, self.height)) if self.asked.long else ordered


def _text(points: Any) -> str | None:
    return None if points is None else str(points)


def _nothing(height: int) -> Any:
    return pl.Series([None], dtype=pl.String).new_from_index(0, height)


def _blank(height: int) -> Any:
    return pl.Series([""], dtype=pl.String).new_from_index(0, height)


def _with(texts: Any, changed: Mapping[int, str | None]) -> Any:
    """A column of texts with some rows written anew."""
    return texts.scatter(list(changed), pl.Series(list(changed.values()), dtype=pl.String)) if changed else texts
