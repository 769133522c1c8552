"""A whole frame judged block by block."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import Any, Final

import numpy as np

from ntm_rules.decide.frame import blocks
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.arrays import SLICE
from ntm_rules.decide.frame.readings import ASIDE, NO, YES, Values
from ntm_rules.decide.frame.ways import Ways

_ROWS: Final = 1 << 13
_THREADS: Final = min(8, os.cpu_count() or 1)  # numpy lets other threads run while it compares


class Judge:
    """The tables of a program, or of what it comes to in each way, and the columns that they are asked of.

    Args:
        ways: the programs of the rows.
        values: the values of inputs, by number.
        attested: what authorities have stated, by number.
        keep: the numbers of what is asked for, in order.
        told: where to write, one row for each of these, that an authority's word decided; None where nobody asks.
    """

    def __init__(
        self, ways: Ways, values: Mapping[str, Values], attested: Mapping[str, Any], keep: tuple[str, ...], told: Any = None
    ) -> None:
        self.ways: Ways = ways
        self.values: Mapping[str, Values] = values
        self.attested: Mapping[str, Any] = attested
        self.told: Any = told
        self.keep: dict[str, int] = {number: row for row, number in enumerate(keep)}
        self._read: dict[str, tuple[Any, Any]] = {}
        self._odd: Any = None
        self._root = self._made([p.root(program) for program in ways.programs])

    def _made(self, parts: list[p.Part]) -> tuple[Any, ...]:
        """A node: its number, its table, its parts, and itself with figures of every level where some are too weak."""
        own: list[Any] = [part.own for part in parts]
        number = own[0].id
        heard = None
        if any(part.heard is not None for part in parts) and self._is_attested(number):
            heard = self._made([part.heard or part for part in parts])
        if parts[0].parts is None:
            return number, blocks.leaf_table(own, self.ways.known, self.values.get(number)), None, heard
        inner = [self._made(list(each)) for each in zip(*(part.parts or () for part in parts), strict=True)]
        return number, blocks.whole_table(tuple(own)), inner, heard

    def _is_attested(self, number: str) -> bool:
        values = self.values.get(number)
        return number in self.attested or (values is not None and values.attests)

    def run(self, aside: Any) -> tuple[Any, Any]:
        """The outcomes of the whole, and of what is kept, one row each. Rows that turn out to be odd are added to ``aside``."""
        height = len(aside)
        whole = np.empty(height, np.uint8)
        kept = np.empty((len(self.keep), height), np.uint8)
        slices = range(0, height, SLICE)
        if len(slices) > 1:
            with ThreadPoolExecutor(min(_THREADS, len(slices))) as pool:
                list(pool.map(lambda start: copy(self)._slice(start, aside, whole, kept), slices))
        else:
            for start in slices:
                self._slice(start, aside, whole, kept)
        return whole, kept

    def _slice(self, first: int, aside: Any, whole: Any, kept: Any) -> None:
        """Judge one slice, in blocks that stay in the cache of a processor."""
        for start in range(first, min(first + SLICE, len(aside)), _ROWS):
            end = min(start + _ROWS, len(aside))
            self._read = {}
            self._odd = aside[start:end]
            whole[start:end] = self._node(self._root, self.ways.rows[start:end], start, end, kept)

    def _node(self, node: tuple[Any, ...], ways: Any, start: int, end: int, kept: Any, *, alone: bool = False) -> Any:
        number, table, inner, heard = node
        stated = self.attested.get(number)
        stated = None if stated is None else stated[start:end]
        if inner is None:
            codes, said = self._leaf(number, table, ways, start, end)
            stated = said if stated is None else self._both(stated, said)
        else:
            parts = [self._node(one, ways, start, end, kept) for one in inner]
            codes = blocks.combine(table, parts, ways, end - start)
        if alone:
            return codes
        if stated is not None:
            others = None if heard is None else self._node(heard, ways, start, end, None, alone=True)
            before, codes = codes, blocks.attest(codes, stated, others)
            if self.told is not None and kept is not None:
                self.told[self.keep[number], start:end] = codes != before
        if kept is not None and (row := self.keep.get(number)) is not None:
            kept[row, start:end] = codes
        return codes

    def _leaf(self, number: str, table: blocks.LeafTable, ways: Any, start: int, end: int) -> tuple[Any, Any]:
        """The outcomes of an indicator by its values, and what is stated in their place."""
        values = self.values.get(number)
        if values is None:
            return blocks.nothing_given(table, ways), None
        states = None if values.states is None else values.states[start:end]
        if number not in self._read and states is not None:
            np.logical_or(self._odd, states == ASIDE, out=self._odd)
        if values.numbers is None:
            self._read[number] = None, None
            return blocks.judge_values(table, states, ways), states if values.attests else None
        if number in self._read:
            numbers, _ = self._read[number]
        else:
            numbers = values.numbers(start, end)
            self._read[number] = numbers, None
            self._set_aside(values, table, numbers, ways)
        return blocks.judge_numbers(table, numbers, states, ways), states if values.attests else None

    def _set_aside(self, values: Values, table: blocks.LeafTable, numbers: Any, ways: Any) -> None:
        """Numbers that cannot be read, or that may be meant otherwise."""
        if not (values.odd or values.share):
            return
        lowest, highest = np.fmin.reduce(numbers), np.fmax.reduce(numbers)  # of what is no gap
        if values.odd and not values.taken[0] <= lowest <= highest <= values.taken[1]:
            rest = np.flatnonzero(~((numbers >= values.taken[0]) & (numbers <= values.taken[1])))
            looked_at = numbers[rest]
            for least, most in values.odd:
                self._odd[rest[(looked_at >= least) & (looked_at <= most)]] = True
        if values.share and lowest <= 1:
            np.logical_or(self._odd, blocks.share_is_open(table, numbers, ways), out=self._odd)

    def _both(self, stated: Any, said: Any) -> Any:
        """What is stated in a column of its own and in the place of a value; the opposite in the two puts the row aside."""
        if said is None:
            return stated
        own = (said == YES) | (said == NO)
        other = (stated == YES) | (stated == NO)
        np.logical_or(self._odd, own & other & (said != stated), out=self._odd)
        return np.where(other, stated, said)
