"""The columns of a frame as read: what every row says, before any text of the law is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import narwhals as nw
import numpy as np

from ntm_rules.decide.frame import arrays, readings
from ntm_rules.decide.frame.aside import Beyond
from ntm_rules.decide.frame.asked import Asked
from ntm_rules.decide.frame.ids import counts_otherwise, read_names, repeats, unclear
from ntm_rules.decide.written.header import Header
from ntm_rules.decide.written.headings import Column
from ntm_rules.decide.written.leftover import counts

_GLANCE: Final = 64  # rows of a column, among which most columns of shares have one above 1
_GROUPED: Final = r"^\s*[1-9]\d{0,2}(\.\d{3})+\s*$"
_BY_CELLS: Final = ("value", "attested", "said", "kind", "attribute")  # roles that are read by distinct cells


@dataclass(frozen=True, slots=True)
class Columns:
    """What the rows of a frame say. Texts that ask for the same inputs and attributes may share it.

    Attributes:
        aside: the rows that have anything unusual.
        texts: ids and names, by role.
        values: the values of inputs, by number.
        attested: what authorities have stated, by number.
        stated: attributes, by name.
        large: inputs measured in % of which some value lies above 1.
    """

    aside: Any
    texts: dict[str, Any] = field(default_factory=dict)
    values: dict[str, readings.Values] = field(default_factory=dict)
    attested: dict[str, Any] = field(default_factory=dict)
    stated: dict[str, readings.Attributes] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)


def read_columns(asked: Asked, frame: Any, header: Header, shared: Mapping[str, Any], beyond: Beyond | None) -> Columns:
    """Read every column once."""
    return _Reading(asked, frame, header, shared, beyond).read()


class _Reading:
    def __init__(self, asked: Asked, frame: Any, header: Header, shared: Mapping[str, Any], beyond: Beyond | None) -> None:
        self.asked = asked
        self.frame = frame
        self.header = header
        self.shared = shared
        self.beyond = beyond
        self.headers: list[str] = frame.columns
        self.roles: frozenset[str] = frozenset(column.role for column in header.columns)
        self.found = Columns(np.zeros(len(frame), bool), large=set() if beyond is None else set(beyond.large))

    def read(self) -> Columns:
        kinds = self.frame.schema
        numeric = {one.index: self.headers[one.index] for one in self.header.columns if _is_numeric(one)}
        texts = {name: self.frame.get_column(name).to_polars() for name in numeric.values() if isinstance(kinds[name], nw.String)}
        plain = arrays.plain_texts(texts)
        self.doubles = arrays.Numbers(self.frame, [name for name in numeric.values() if arrays.is_number(kinds[name])], plain)
        self.as_numbers = arrays.texts({name: text for name, text in texts.items() if name not in plain})
        named = (self.headers[one.index] for one in self.header.columns if one.role in _BY_CELLS)
        self.cells = arrays.distincts(self.frame, [name for name in named if name not in self.doubles and name not in self.as_numbers])
        for column in self.header.columns:
            if column.role == "value":
                self._value(column)
            elif column.role in ("id", "name"):
                self._whom(column)
            elif column.role != "information":
                self._say(column)
            elif "id" not in self.roles and counts(column) and counts_otherwise(self.frame.get_column(self.headers[column.index])):
                self._aside(True)
        if self._is_mixed(texts):
            self._aside(True)
        return self.found

    def _is_mixed(self, texts: Mapping[str, Any]) -> bool:
        """Whether some texts have decimal commas and some a point before three digits: what the point is shows in the whole table."""
        others = (texts[name].gather(read.others) for name, read in self.as_numbers.items())
        return any(text.str.contains(",", literal=True).any() for text in others) and any(
            text.str.contains(_GROUPED).any() for text in texts.values()
        )

    def _aside(self, rows: Any) -> None:
        np.logical_or(self.found.aside, rows, out=self.found.aside)

    def _value(self, column: Column) -> None:
        asked, heading = column.indicator, self.headers[column.index]
        assert asked is not None
        if heading in self.doubles:
            values = readings.read_doubles(asked, self.doubles.block(heading))
        elif heading in self.as_numbers:
            values = readings.read_texts(self.frame.get_column(heading), asked, self.as_numbers[heading])
        else:
            values = readings.read_values(self.cells[heading], asked)
        self.found.values[column.key] = values
        self._shares(column.key, values)

    def _whom(self, column: Column) -> None:
        texts, odd = read_names(self.frame.get_column(self.headers[column.index]))
        self.found.texts[column.role] = texts
        self._aside(odd)
        if column.role == "id" or "id" not in self.roles:
            self._aside(unclear(texts, column.header, whole=self.beyond is None))
        else:
            self._aside(repeats(texts, column.header))

    def _say(self, column: Column) -> None:
        found, rules = self.found, self.asked.rules
        if column.role == "whole":
            self._aside(rows=True)  # a name of two columns is put together row by row
            return
        cells = self.cells[self.headers[column.index]]
        if column.role == "attribute":
            read = readings.read_attributes(cells, column, self.shared)
            self._aside(read.places < 0)
            if column.key == "province" or column.key in rules.attributes:
                found.stated[column.key] = read
        elif column.role == "attested":
            found.attested[column.key] = readings.read_attested(cells, column.key)
            self._aside(found.attested[column.key] == readings.ASIDE)
        elif column.role == "said":
            self._aside(readings.read_said(cells, column.key) == readings.ASIDE)
        else:
            self._aside(readings.read_kinds(cells, rules.kind) == readings.ASIDE)

    def _shares(self, key: str, values: readings.Values) -> None:
        """A column of nothing but small shares may have been written as shares of 1."""
        if not values.share or values.numbers is None:
            return
        if self.beyond is not None and key not in self.beyond.small:
            return
        height = len(self.found.aside)
        small = np.zeros(height, bool)
        for start in range(0, height, arrays.SLICE):
            end = min(start + arrays.SLICE, height)
            numbers = values.numbers(start, end)
            if self.beyond is None and (_some_large(numbers[:_GLANCE]) or _some_large(numbers)):
                self.found.large.add(key)
                return
            small[start:end] = (numbers > 0) & (numbers <= 1)
        if self.beyond is not None or np.count_nonzero(small) > 1:
            self._aside(small)


def _is_numeric(column: Column) -> bool:
    return column.role == "value" and column.indicator is not None and column.indicator.measure.kind == "number"


def _some_large(numbers: Any) -> bool:
    return bool(((numbers > 1) & (numbers <= 100)).any())
