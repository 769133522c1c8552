"""A frame larger than a machine, or not read before it is asked: each part is decided where it lies, by the same decider, with what must be
known of the whole.

Two questions concern a whole frame. Whether its small shares stand alone in their column is asked before (:class:`Beyond`); whose id stands
twice is told when the parts are together. Everything here travels to the parts, pickled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.frame import arrays, readings
from ntm_rules.decide.frame.aside import NAME, Beyond
from ntm_rules.decide.frame.asked import Asked, headers_of
from ntm_rules.decide.frame.decider import Decider
from ntm_rules.decide.frame.ids import read_names
from ntm_rules.decide.frame.intake import plain
from ntm_rules.decide.written.header import Header
from ntm_rules.decide.written.headings import Column
from ntm_rules.problems import Place, Problem

KEPT: Final = ("id", "name", "node", "problems")  # what a row says whose id stands twice
_BETWEEN: Final = "\x1f"  # between the id and the year of a key


@dataclass(frozen=True, slots=True)
class Parts:
    """What is asked of every part of a frame.

    Attributes:
        asked: what is asked.
        header: the headings of the frame.
        shared: attributes that all rows share.
        names: its columns, as they are read.
    """

    asked: Asked
    header: Header
    shared: Mapping[str, Any]
    names: tuple[str, ...]

    @property
    def whom(self) -> tuple[Column, ...]:
        """The columns that say whom a row is about, and in which year."""
        of_role = {one.role: one for one in self.header.columns}
        roles = ("id",) if "id" in of_role else ("name", "whole")
        years = [one for one in self.header.columns if one.role == "attribute" and one.key == "year"]
        return (*(of_role[role] for role in roles if role in of_role), *years)

    @property
    def measured(self) -> tuple[Column, ...]:
        """The columns whose small values may be shares of 1."""
        found = (one for one in self.header.columns if one.role == "value" and one.indicator is not None)
        return tuple(
            one
            for one in found
            if one.indicator and one.indicator.measure.unit == "%" and not OPERATORS[one.indicator.operator].low and not self.asked.scored
        )

    def keys(self, frame: Any) -> Any:
        """Whom each row is about, and in which year, as one text; nothing where it says nobody."""
        names: list[Any] = []
        years: Any = ""
        for column in self.whom:
            series = frame.get_column(self.names[column.index])
            if column.role != "attribute":
                names.append(read_names(series)[0])
                continue
            read = readings.read_attributes(arrays.distinct(series), column, self.shared)
            years = pl.Series([*map(str, read.values), ""], dtype=pl.String).gather(
                np.where(read.places < 0, len(read.values), read.places)
            )
        held = pl.DataFrame({"name": names[0], "whole": names[-1] if len(names) > 1 else ""}).with_columns(pl.lit(years).alias("year"))
        name = pl.when(pl.col("whole") == "").then("name").otherwise(pl.concat_str("name", "whole", separator=", "))
        return held.select(key=pl.when(name != "").then(pl.concat_str(name, "year", separator=_BETWEEN)))["key"]

    def shares(self, frame: Any, columns: Sequence[Column]) -> list[int]:
        """Of each column how many values are no shares of 1, and how many may be; in a row."""
        found: list[int] = []
        for column in columns:
            series = frame.get_column(self.names[column.index])
            numbers = self._numbers(frame, series, column)
            large = int(np.count_nonzero((numbers > 1) & (numbers <= 100)))
            if not large and series.dtype == nw.String:  # «0,5%» says what it is
                numbers = self._numbers(frame, series.filter(~series.str.contains("%", literal=True)), column)
            found += [large, int(np.count_nonzero((numbers > 0) & (numbers <= 1)))]
        return found

    def flags(self, frame: Any, column: Column) -> Any:
        """Of each text of a column: 2 where it is no share of 1, 1 where it may be, else 0."""
        series = frame.get_column(self.names[column.index])
        numbers = self._numbers(frame, series, column)
        small = (numbers > 0) & (numbers <= 1) & ~series.str.contains("%", literal=True).fill_null(False).to_numpy()
        return np.where((numbers > 1) & (numbers <= 100), 2, small).astype(np.int8)

    def _numbers(self, frame: Any, series: Any, column: Column) -> Any:
        if arrays.is_number(series.dtype):
            return arrays.Numbers(frame, [series.name], {}).block(series.name)(0, len(series))
        assert column.indicator is not None
        values = readings.read_values(arrays.distinct(series), column.indicator)
        return np.empty(0) if values.numbers is None else values.numbers(0, len(series))

    def beyond(self, counts: Iterable[Any]) -> Beyond:
        """What is known of the whole frame, from the sums of what its parts count."""
        numbers = [int(one) for one in counts]
        told = dict(zip((one.key for one in self.measured), zip(numbers[::2], numbers[1::2], strict=True), strict=False))
        large = frozenset(key for key, (above, _) in told.items() if above)
        return Beyond(large, frozenset(key for key, (above, small) in told.items() if not above and small > 1))

    def columns(self, frame: Any, beyond: Beyond) -> dict[str, Any]:
        """The columns of the answer for a part."""
        asked = replace(self.asked, rules=_known(self.asked.rules))
        return Decider(asked, frame, self.header, self.shared, beyond).columns()

    def plain(self, frame: Any) -> Any:
        """A part as its cells are read."""
        given = nw.from_native(frame, eager_only=True)
        return plain(given, nw.maybe_get_index(given), headers_of(_known(self.asked.rules), self.asked.ignore))

    @property
    def repeats(self) -> int:
        """How many rows of the answer there are for one of the frame."""
        return len(self.asked.numbers) + 1 if self.asked.long else 1

    def told(self, key: str, count: int) -> str:
        """What is told of an id that stands in several rows."""
        unit = key.partition(_BETWEEN)[0]
        return Problem("NTM-550", Place(NAME, path=unit), {"id": unit, "count": count}).line(self.asked.lang)

    @property
    def held(self) -> dict[str, str]:
        """The columns of the answer, and what they hold."""
        return self.asked.columns


def _known(rules: Judging) -> Judging:
    """The first of equal texts that came to this process: what is compiled of it stays. Sheets stand beside a text and may differ."""
    return _first(rules) if rules.sheets is None else rules


@lru_cache(16)
def _first(rules: Judging) -> Judging:
    return rules
