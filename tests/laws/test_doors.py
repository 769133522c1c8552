"""Door × oddity: the same odd thing given by every door, and what each makes of it. Every cell of the table is asked.

People's doors (table, workbook, calculator, frame) read what people write and say how they read it; exact doors (``Subject``, JSON) take
what is written, or refuse it. None guesses in silence, and what two doors both take they decide alike.
"""

from __future__ import annotations

import io
import json
import logging
import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import openpyxl
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.cli.pipe import answer
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import Problem
from ntm_rules.site.calculator.calculator import call
from ntm_rules.tables.read.table import read_table

NTM, ADVANCED = "commune-ntm/2021-2025", "commune-advanced/2021-2025"
ON = date(2024, 6, 30)
SHARED = {"region": "tay-nguyen", "area": "I", "year": 2024}


class Got(NamedTuple):
    """What came of it: the outcome of the node that was looked at, None where the row or subject was refused; and every code told."""

    outcome: str | None
    codes: set[str]


class Odd(NamedTuple):
    """One odd thing: the set, where the value stands, the value, the node looked at."""

    set: str
    column: str
    cell: Any
    node: str
    more: Mapping[str, Any] = MappingProxyType({})
    less: str = ""


def rules_of(odd: Odd) -> ntm.RuleSet:
    """The set of an odd thing, on the day of all of them."""
    return ntm.load(odd.set, on=ON)


def cells_of(odd: Odd) -> dict[str, Any]:
    """The cells of its row, the shared ones among them where it does not say otherwise."""
    cells = {"id": "A", **SHARED, **odd.more, odd.column: odd.cell}
    return {key: value for key, value in cells.items() if key != odd.less}


def facts_of(odd: Odd) -> dict[str, Any]:
    """The same as a subject in plain data."""
    rules = rules_of(odd)
    cells = {key: value for key, value in cells_of(odd).items() if key not in ("id", "kind")}
    numbers = {one.indicator for one in rules.indicators}
    values = {key: cells.pop(key) for key in [*cells] if key in numbers}
    return {"id": "A", "kind": cells_of(odd).get("kind", rules.kind), "attributes": cells, "values": values}


def _codes(problems: Any) -> set[str]:
    return {problem.code for problem in problems if isinstance(problem, Problem)}


def by_table(odd: Odd, folder: Path, *, workbook: bool = False) -> Got:
    """A row of a CSV file or of a workbook."""
    cells = cells_of(odd)
    path = folder / ("t.xlsx" if workbook else "t.csv")
    if workbook:
        book = openpyxl.Workbook()
        book.active.append(list(cells))
        book.active.append([None if isinstance(one, float) and math.isnan(one) else one for one in cells.values()])
        book.save(path)
    else:
        said = ["" if one is None or one != one else str(one) for one in cells.values()]
        path.write_text(";".join(cells) + "\n" + ";".join(said) + "\n", "utf-8")
    try:
        table = read_table(path, rules_of(odd))
    except ntm.NtmError as error:
        return Got(None, _codes(error.problems))
    [row] = table.rows
    codes = _codes([*table.problems, *table.notes, *row.problems])
    if row.subject is None:
        return Got(None, codes)
    return Got(rules_of(odd).evaluate(row.subject)[odd.node].outcome.value, codes)


def by_workbook(odd: Odd, folder: Path) -> Got:
    """A row of a workbook."""
    return by_table(odd, folder, workbook=True)


@contextmanager
def heard() -> Iterator[list[str]]:
    """What the library says beside its answer."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("ntm_rules")
    log.addHandler(handler)
    try:
        yield lines
    finally:
        log.removeHandler(handler)


def by_frame(odd: Odd, folder: Path) -> Got:
    """A row of a dataframe."""
    frame = pl.DataFrame({key: [value] for key, value in cells_of(odd).items()})
    with heard() as lines:
        try:
            [row] = rules_of(odd).evaluate_frame(frame, nodes="indicators").to_dicts()
        except ntm.NtmError as error:
            return Got(None, _codes(error.problems))
    told = _in(f"{row['problems']} {lines}") - {"NTM-533"}  # of the columns that a table of one number has not
    return Got(row[odd.node] if row["outcome"] else None, told)


def by_calculator(odd: Odd, folder: Path) -> Got:
    """The form of a page; its fields are those of the set, so no heading can be unknown."""
    numbers = {one.indicator for one in rules_of(odd).indicators}
    cells = {key: value for key, value in cells_of(odd).items() if key != "id"}
    given = {
        key if key == "province" else f"{'v' if key in numbers else 'a'}:{key}": "" if one is None or one != one else str(one)
        for key, one in cells.items()
    }
    request = {"set": odd.set, "number": "", "lang": "vi", "given": given, "today": ON.isoformat(), "answer": True}
    reply = json.loads(call(json.dumps(request)))
    told = _in(reply["answer"]) or ({"beside"} if "taken" in reply["beside"].get(f"v:{odd.column}", "") else set())
    if not reply.get("decision"):
        return Got(None, told)
    return Got(ntm.Decision.from_json(reply["decision"])[odd.node].outcome.value, told)


def by_with(odd: Odd, folder: Path) -> Got:
    """``--with NAME=VALUE``, for attributes."""
    rules = rules_of(odd)
    try:
        shared = read_constants({odd.column: str(odd.cell)}, Headers(rules), "--with")
        facts = facts_of(odd)
        facts["attributes"] = {**facts["attributes"], **shared}
        decision = rules.evaluate(ntm.Subject.read(facts))
        return Got(decision[odd.node].outcome.value, _said(decision))
    except ntm.NtmError as error:
        return Got(None, _codes(error.problems))


def _said(decision: ntm.Decision) -> set[str]:
    """What the decision itself tells, and its words say too. What is stored never gained the shares: old bytes come again."""
    told = {name for name in ("unread", "small_shares") if getattr(decision, name)}
    words = decision.explain("en")
    assert ("read by nothing" in words, "at most 1 %" in words) == ("unread" in told, "small_shares" in told)
    assert ntm.Decision.from_json(decision.to_json()).small_shares == decision.small_shares
    return told


def _in(text: str) -> set[str]:
    return set(re.findall(r"NTM-\d{3}", text))


def by_subject(odd: Odd, folder: Path) -> Got:
    """The constructor."""
    try:
        decision = rules_of(odd).evaluate(ntm.Subject(**facts_of(odd)))
    except ntm.NtmError as error:
        return Got(None, _codes(error.problems))
    return Got(decision[odd.node].outcome.value, _said(decision))


def by_json(odd: Odd, folder: Path) -> Got:
    """``ntm-rules evaluate -``."""
    out = io.StringIO()
    answer(io.BytesIO(json.dumps(facts_of(odd)).encode()), out, rules_of(odd), {})
    said = json.loads(out.getvalue())
    if "problems" in said:
        return Got(None, {problem["code"] for problem in said["problems"]})
    decision = ntm.Decision.from_json(out.getvalue().strip())
    return Got(decision[odd.node].outcome.value, _said(decision))


DOORS: dict[str, Callable[[Odd, Path], Got]] = {
    "table": by_table,
    "workbook": by_workbook,
    "frame": by_frame,
    "calculator": by_calculator,
    "with": by_with,
    "subject": by_subject,
    "json": by_json,
}
INCOME = {"10.1": "51"}
ODDITIES = {
    "a decimal comma": Odd(NTM, "10.1", "50,5", "10.1"),
    "a comma that may part thousands": Odd(NTM, "10.1", "50,500", "10.1"),
    "a binary float": Odd(NTM, "10.1", 49.999999999999993, "10.1"),
    "an empty cell": Odd(NTM, "10.1", None, "10.1"),
    "NaN": Odd(NTM, "10.1", float("nan"), "10.1"),
    "N/A": Odd(NTM, "10.1", "N/A", "10.1"),
    "a dash": Odd(NTM, "10.1", "–", "10.1"),
    "does not apply, with leave": Odd(NTM, "13.4", "không áp dụng", "13.4"),
    "0.62 where % is asked": Odd(NTM, "3.1", 0.98, "3.1"),
    "«đạt» for a grade": Odd(ADVANCED, "3.6", "Đạt", "3.6"),
    "«đạt» for a number": Odd(NTM, "10.1", "đạt", "10.1"),
    "a heading that is nearly another": Odd(NTM, "regoin", "tay-nguyen", "10.1", INCOME, "region"),
    "a heading that is not known": Odd(NTM, "zzz", "1", "10.1", INCOME),
    "an attribute that nothing reads": Odd(NTM, "commune_group", "1", "10.1", INCOME),
    "a kind of another set": Odd(NTM, "kind", "district", "10.1", INCOME),
    "a region by its official name": Odd(NTM, "region", "Tây Nguyên", "10.1", INCOME),
    "a province by its official name": Odd(NTM, "province", "Kon Tum", "10.1", INCOME),
    "a province that is none": Odd(NTM, "province", "atlantis", "10.1", INCOME),
}

REFUSED, READ = None, "met"
# What each door makes of it: the outcome, None where it is refused, and the code that says so. "exact" stands for Subject and JSON.
EXPECTED: dict[str, dict[str, tuple[str | None, str]]] = {
    "a decimal comma": {
        "table": (READ, "NTM-529"),
        "frame": (READ, "NTM-529"),
        "calculator": (READ, "beside"),
        "exact": (REFUSED, "NTM-403"),
    },
    "a comma that may part thousands": dict.fromkeys(("table", "frame", "calculator", "exact"), (REFUSED, "NTM-403")),
    "a binary float": {
        "table": ("not_met", ""),  # text stays as written; a workbook holds the float
        "workbook": (READ, ""),
        "frame": (READ, ""),
        "calculator": ("not_met", "beside"),
        "subject": (READ, ""),
        "json": ("not_met", ""),
    },
    "an empty cell": dict.fromkeys(("table", "frame", "calculator", "exact"), ("undetermined", "")),
    "NaN": {
        "table": ("undetermined", ""),
        "frame": ("undetermined", ""),
        "calculator": ("undetermined", ""),
        "exact": (REFUSED, "NTM-402"),
    },
    **{
        name: {
            "table": ("undetermined", "NTM-531"),
            "frame": ("undetermined", "NTM-531"),
            "calculator": ("undetermined", "beside"),
            "exact": (REFUSED, "NTM-402"),
        }
        for name in ("N/A", "a dash")
    },
    "does not apply, with leave": {
        "table": ("not_applicable", ""),
        "frame": ("not_applicable", ""),
        "exact": (REFUSED, "NTM-405"),
    },
    "0.62 where % is asked": {
        "table": (REFUSED, "NTM-510"),
        "frame": (REFUSED, "NTM-510"),
        "calculator": (REFUSED, "NTM-510"),
        "exact": ("not_met", "small_shares"),
    },
    "«đạt» for a grade": dict.fromkeys(("table", "frame", "calculator", "exact"), ("not_met", "")),
    "«đạt» for a number": {
        "table": (READ, "NTM-896"),
        "frame": (READ, "NTM-896"),
        "calculator": (READ, "beside"),
        "exact": (REFUSED, "NTM-402"),
    },
    "a heading that is nearly another": {
        "table": ("undetermined", "NTM-501"),  # the column is refused, and the call with it; what others say is still answered
        "frame": (REFUSED, "NTM-501"),
        "with": (REFUSED, "NTM-703"),
        "exact": (REFUSED, "NTM-410"),
    },
    "a heading that is not known": {
        "table": (READ, "NTM-501"),
        "frame": (REFUSED, "NTM-501"),
        "with": (REFUSED, "NTM-703"),
        "exact": (READ, "unread"),
    },
    "an attribute that nothing reads": {
        "table": (READ, "NTM-535"),
        "frame": (READ, "NTM-535"),
        "with": (READ, "unread"),
        "exact": (READ, "unread"),
    },
    "a kind of another set": {
        "table": (REFUSED, "NTM-408"),
        "frame": (REFUSED, "NTM-408"),
        "with": (REFUSED, "NTM-703"),
        "exact": (REFUSED, "NTM-408"),
    },
    "a region by its official name": {
        "table": (READ, ""),
        "frame": (READ, ""),
        "with": (READ, ""),
        "exact": (REFUSED, "NTM-406"),
    },
    "a province by its official name": {
        "table": (READ, ""),
        "frame": (READ, ""),
        "with": (READ, ""),
        "exact": (REFUSED, "NTM-313"),
    },
    "a province that is none": dict.fromkeys(("table", "frame", "with", "exact"), (REFUSED, "NTM-313")),
}
# A form offers the attributes of its set, and what does not apply, as choices: nothing else can be typed there. A value is no attribute.
ALIKE = {"workbook": "table", "subject": "exact", "json": "exact"}
CELLS = [
    (name, door, wanted)
    for name, row in EXPECTED.items()
    for door in DOORS
    for wanted in [row.get(door) or row.get(ALIKE.get(door, ""))]
    if wanted is not None
]


@pytest.mark.parametrize(("name", "door", "wanted"), CELLS, ids=[f"{name}, {door}" for name, door, _ in CELLS])
def test_a_door_makes_of_an_odd_thing_what_the_contract_says(name: str, door: str, wanted: tuple[str | None, str], tmp_path: Path) -> None:
    """Read, refused or told, and never anything else in silence."""
    outcome, code = wanted
    assert DOORS[door](ODDITIES[name], tmp_path) == Got(outcome, {code} if code else set())


def test_every_door_is_asked_about_every_odd_thing() -> None:
    """What a door cannot be given is said: a field of a form is a choice, ``--with`` is for attributes."""
    asked = {(name, door) for name, door, _ in CELLS}
    attributes = {name for name, odd in ODDITIES.items() if not odd.column[0].isdigit()}
    choices = attributes | {"does not apply, with leave"}
    for name in ODDITIES:
        left = {door for door in DOORS if (name, door) not in asked}
        assert left == ({"calculator"} if name in choices else set()) | (set() if name in attributes else {"with"}), name


def test_the_same_id_twice_is_refused_at_every_door(tmp_path: Path) -> None:
    """Both rows, both named; a part of a whole likewise."""
    rules = ntm.load(NTM, on=ON)
    (tmp_path / "t.csv").write_text("id,10.1\nA,51\nB,51\nA,49\n", "utf-8")
    rows = read_table(tmp_path / "t.csv", rules, constants=SHARED).rows
    assert [row.subject is None for row in rows] == [True, False, True]
    assert all("NTM-505" in _codes(row.problems) for row in rows if row.subject is None)
    frame = rules.evaluate_frame(pl.DataFrame({"id": ["A", "B", "A"], "10.1": ["51", "51", "49"]}), constants=SHARED)
    assert frame["outcome"].is_null().to_list() == [True, False, True]
    twice = {"id": "D", "kind": "district", "members": [{"id": "C", "kind": "commune"}, {"id": "C", "kind": "commune"}]}
    for read in (ntm.Subject.read, lambda given: ntm.Subject.from_json(json.dumps(given))):
        with pytest.raises(ntm.SubjectError, match="NTM-417"):
            read(twice)
