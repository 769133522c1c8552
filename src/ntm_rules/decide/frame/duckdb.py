"""Relations of DuckDB: decided by a function that DuckDB calls on the rows it reads, in their order; nothing is read before it runs.

The function stands in the connection that DuckDB uses by itself, under a name made from what is asked, so that equal questions share one.
A relation does not say which connection it is of: one of another connection is read at the call, and answered there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import duckdb
import narwhals as nw
import numpy as np
import pyarrow as pa

from ntm_rules.decide.frame import answers
from ntm_rules.decide.frame.asked import Asked
from ntm_rules.decide.frame.intake import names_of
from ntm_rules.decide.frame.partitions import KEPT, Parts
from ntm_rules.decide.written.headings import Column
from ntm_rules.values import Outcome, SourceLevel

_TYPES: Final = {"count": "BIGINT", "amount": "DOUBLE"}  # all else is text
_NAMED: Final = {kind: f"ENUM({str([one.value for one in of])[1:-1]})" for kind, of in (("outcome", Outcome), ("level", SourceLevel))}
_NUMBERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
_MARKS: Final[dict[Any, int]] = {}  #: what was asked; what stands in the connection holds the rules as long
_MOST: Final = 2  # no question asks for more


def evaluate_parts(asked: Asked, frame: Any) -> Any:
    """Decide every row of a relation; the answer is a relation, not yet run. None where it is of another connection than DuckDB's own."""
    names = tuple(names_of(frame.columns))
    parts = Parts(asked, *asked.header(names), names)
    kinds = [str(kind) for kind in frame.types]
    mark = _mark(parts, kinds)
    try:
        return _asked(parts, frame, kinds, mark)
    except duckdb.CatalogException:  # nobody asked this before
        _stand(parts, kinds, mark)
    try:
        return _asked(parts, frame, kinds, mark)
    except duckdb.CatalogException:
        return None


def _mark(parts: Parts, kinds: Sequence[str]) -> int:
    """The number of what is asked, the same for the same."""
    asked = [getattr(parts.asked, name) for name in parts.asked.__dataclass_fields__ if name not in ("rules", "constants")]
    rules = parts.asked.rules  # equal where their texts are, whatever sheets stand beside these
    key = rules, id(rules.sheets), repr(sorted(parts.asked.constants.items())), *asked, parts.names, tuple(kinds)
    return _MARKS.setdefault(key, len(_MARKS))


def answered(asked: Asked, frame: Any, found: Any) -> Any:
    """An answer as a relation of the connection that a relation is of."""
    columns = [f"{_as_kind(_quoted(name), kind)} as {_quoted(name)}" for name, kind in asked.columns.items()]
    return frame.query("given", f"select {', '.join(columns)} from found")


def _stand(parts: Parts, kinds: Sequence[str], mark: int) -> None:
    """Put the functions where DuckDB finds them."""
    held = {f"a{place}": _TYPES.get(kind, "VARCHAR") for place, kind in enumerate(parts.held.values())}
    row = f"STRUCT({', '.join(f'{name} {kind}' for name, kind in {**held, 'key': 'VARCHAR'}.items())})"
    functions: dict[str, tuple[Callable[..., Any], str]] = {
        "rows": (partial(_rows, parts), f"{row}[]"),
        "keys": (partial(_keys, parts, [column.index for column in parts.whom]), "VARCHAR"),
        "told": (partial(_told, parts), "VARCHAR"),
        **{f"shares_{one.index}": (partial(_shares, parts, one), "TINYINT") for one in parts.measured if kinds[one.index] == "VARCHAR"},
    }
    own: Any = duckdb.default_connection()
    for name, (function, gives) in functions.items():
        own.create_function(f"ntm_{name}_{mark}", function, None, own.type(gives), type="arrow", null_handling="special")


def _asked(parts: Parts, frame: Any, kinds: Sequence[str], mark: int) -> Any:
    """The relation that asks; an exception where the functions do not stand in the connection."""
    quoted = [_quoted(name) for name in parts.names]
    whom = ", ".join(quoted[column.index] for column in parts.whom)
    place_of = {name: f"a{place}" for place, name in enumerate(parts.held)}
    once = f"(told is null or {place_of['id']} is null)"  # a total is about nobody
    columns = []
    for name, kind in parts.held.items():
        one = place_of[name]
        if name == "problems":
            one = f"case when {once} then {one} else concat_ws('; ', {one}, told) end"
        elif name not in KEPT:
            one = f"case when {once} then {one} end"
        columns.append(f"{_as_kind(one, kind)} as {_quoted(name)}")
    return frame.query(
        "given",
        f"""with
        twice as (
            select key, ntm_told_{mark}(key, count(*)) as told from (select ntm_keys_{mark}({whom}) as key from given) where key is not null
            group by key having count(*) > 1),
        decided as (
            select unnest(one), row_number() over () as place from (
                select unnest(ntm_rows_{mark}({", ".join(quoted)}, ({_counted(parts, kinds, quoted, mark)}))) as one from given))
        select {", ".join(columns)} from decided left join twice using (key) order by place""",
    )


def _counted(parts: Parts, kinds: Sequence[str], quoted: Sequence[str], mark: int) -> str:
    """How many values of each column measured in % are no shares of 1, and how many may be."""
    counts = []
    for column in parts.measured:
        one = quoted[column.index]
        if kinds[column.index] == "VARCHAR":
            flag = f"ntm_shares_{column.index}_{mark}({one})"
            counts += [f"count(*) filter (where {flag} = 2)", f"count(*) filter (where {flag} = 1)"]
        elif kinds[column.index].removeprefix("U").partition("(")[0] in _NUMBERS:
            counts += [f"count(*) filter (where {one} > 1 and {one} <= 100)", f"count(*) filter (where {one} > 0 and {one} <= 1)"]
        else:
            counts += ["count(*) filter (where false)"] * 2
    each = ", ".join(f"least({one}, {_MOST})" for one in counts)
    return f"select concat_ws(',', {each}) from given" if counts else "''"


def _rows(parts: Parts, *given: Any) -> Any:
    """The rows of the answer for each row, with whom it is about."""
    *columns, counts = [_whole(one) for one in given]
    frame = parts.plain(nw.from_native(pa.table(columns, list(parts.names))))
    told = counts[0].as_py() if len(counts) else ""
    found = answers.to_frame(parts.columns(frame, parts.beyond(told.split(",") if told else ())), nw.Implementation.PYARROW, None)
    made = [_whole(column) for column in found.columns]
    made = [one.dictionary_decode() if pa.types.is_dictionary(one.type) else one for one in made]
    keys = pa.array(np.repeat(parts.keys(frame).to_numpy(), parts.repeats), pa.string())
    rows = pa.StructArray.from_arrays([*made, keys], [*(f"a{place}" for place in range(len(made))), "key"])
    return pa.ListArray.from_arrays(np.arange(len(frame) + 1, dtype=np.int32) * parts.repeats, rows)


def _keys(parts: Parts, places: Sequence[int], *given: Any) -> Any:
    frame = nw.from_native(pa.table([_whole(one) for one in given], [parts.names[place] for place in places]), eager_only=True)
    return pa.array(parts.keys(frame).to_list(), pa.string())


def _told(parts: Parts, keys: Any, counts: Any) -> Any:
    return pa.array([parts.told(key, count) for key, count in zip(keys.to_pylist(), counts.to_pylist(), strict=True)], pa.string())


def _shares(parts: Parts, column: Column, given: Any) -> Any:
    """2 of a value that is no share of 1, 1 of one that may be, else 0."""
    return pa.array(parts.flags(nw.from_native(pa.table([_whole(given)], [parts.names[column.index]]), eager_only=True), column), pa.int8())


def _whole(given: Any) -> Any:
    return given.combine_chunks() if isinstance(given, pa.ChunkedArray) else given


def _as_kind(one: str, kind: str) -> str:
    return f"cast({one} as {_NAMED[kind]})" if kind in _NAMED else one


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
