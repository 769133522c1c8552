"""The guard: every input known to kill, hang or fool durable_rules is refused before it gets there; what passes is matched rightly."""

from __future__ import annotations

import copy
import math
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from helpers_monitor import colliding

from ntm_rules.monitor import guard as guard_module
from ntm_rules.monitor.errors import MonitorError
from ntm_rules.monitor.guard import Guard
from ntm_rules.problems import MissingExtra

RULES: dict[str, Any] = {"seen": {"all": [{"m": {"$gte": {"v": 50}}}]}}


@pytest.fixture
def guard() -> Any:
    with Guard() as made:
        made.add("b", RULES)
        yield made


def one(term: Any) -> dict[str, Any]:
    return {"r": {"all": [{"m": term}]}}


def many(count: int) -> dict[str, Any]:
    return {"r": {"all": [{f"m{i}": {"v": i}} for i in range(count)]}}


BAD_RULES: dict[str, Any] = {
    "division (SIGFPE on zero)": one({"$lte": {"v": {"$div": {"$l": {"m": "a"}, "$r": {"m": "b"}}}}}),
    "17 conditions (error 304 at run time)": many(17),
    "no conditions": {"r": {"all": []}},
    "no rules": {},
    "an empty rule": {"r": {}},
    "a misspelt key": {"r": {"al": [{"m": {"v": 1}}]}},
    "count, which consumes its facts": {"r": {"all": [{"m": {"v": 1}}], "count": 3}},
    "cap": {"r": {"all": [{"m": {"v": 1}}], "cap": 3}},
    "any": {"r": {"any": [{"m": {"v": 1}}]}},
    "code to run": {"r": {"all": [{"m": {"v": 1}}], "run": lambda c: None}},
    "an unknown operator": one({"$foo": {"v": 1}}),
    "or, which fires once for each alternative": one({"$or": [{"v": 1}, {"v": 2}]}),
    "absence": one({"$nex": {"v": 1}}),
    "a text threshold, compared as text": one({"$gte": {"v": "50"}}),
    "a yes as threshold": one({"$gte": {"v": True}}),
    "no threshold": one({"$gte": {"v": None}}),
    "a float threshold": one({"$gte": {"v": 62.35}}),
    "a threshold with exponent": one({"$gte": {"v": 1e16}}),
    "a decimal threshold": one({"$gte": {"v": Decimal("62.35")}}),
    "a list threshold": one({"$gte": {"v": [1]}}),
    "a huge threshold": one({"$gte": {"v": 2**63}}),
    "513 property names (hangs for ever)": {f"r{j}": {"all": [{"m": {"$and": [{f"p{j}x{i}": 1} for i in range(60)]}}]} for j in range(9)},
    "65 tests in one condition": one({"$and": [{f"p{i}": 1} for i in range(65)]}),
    "no tests": one({"$and": []}),
    "a Vietnamese property": one({"tỷ_lệ": 1}),
    "a reserved property": one({"sid": "x"}),
    "a nested property": one({"a.b": 1}),
    "a name used twice": {"r": {"all": [{"m": {"v": 1}}, {"m": {"v": 2}}]}},
    "a join with nothing before": one({"v": {"m": "v"}}),
    "a join of nothing": {"r": {"all": [{"m": {"v": 1}}, {"n": {"v": {}}}]}},
    "61 conditions that one fact may satisfy (error 303 at 65)": {
        f"r{i}": {"all": [{"m": {"$gte": {"v": i}}}, {"n": {"v": 1}}]} for i in range(31)
    },
    "51 rules": {f"r{i}": {"all": [{"m": {"v": i}}]} for i in range(51)},
    "a rule name of a flow chart": {"$start": {"all": [{"m": {"v": 1}}]}},
    "two names of one hash": one({"$and": [{"ALPHA": 1}, {"BETA": 1}]}),
    "a rule that is no mapping": {"r": [1]},
    "a condition that is no mapping": {"r": {"all": [1]}},
    "a test that is no mapping": one(1),
    "an operator on nothing": one({"$gte": 1}),
    "rules that are no mapping": [1],
}
BAD_FACTS: dict[str, Any] = {
    "an empty batch (SIGSEGV)": [],
    "a list of numbers (SIGSEGV)": [1, 2],
    "a list of lists (SIGSEGV)": [[1]],
    "a batch": [{"v": 60}],
    "an empty fact": {},
    "text": "x",
    "a number": 5,
    "nothing": None,
    "a float": {"v": 60.0},
    "not a number": {"v": math.nan},
    "infinity": {"v": math.inf},
    "a decimal": {"v": Decimal("62.35")},
    "an absent value": {"v": None},
    "an integer beyond 2**53": {"v": 2**53 + 1},
    "a long integer": {"v": 10**30},
    "bytes": {"v": b"x"},
    "a list": {"v": [60]},
    "a nested fact (deep ones are a stack)": {"v": {"x": 60}},
    "empty text": {"v": ""},
    "long text": {"v": "x" * 65},
    "20 MB of text": {"v": "x" * 20_000_000},
    "Vietnamese text": {"v": "Đắk Cấm"},
    "a line end": {"v": "a\nb"},
    "NUL": {"v": "a\0b"},
    "a lone surrogate": {"v": "\ud800"},
    "a Vietnamese property": {"tỷ": 1},
    "an empty property": {"": 60},
    "a property that is no text": {None: 60},
    "a long property": {"k" * 100_000: 1},
    "its own state": {"sid": "x", "v": 1},
    "its own identity": {"id": "x", "v": 1},
    "the opening event": {"opened": 1},
    "253 properties (error 302)": {f"p{i}": 1 for i in range(253)},
    "two properties of one hash": {"ALPHA": 1, "BETA": 1},
    "two values of one hash": {"v": "ct223922", "w": "xa-19037-2020"},
}
BAD_STATES: tuple[Any, ...] = ("", None, 1, "x" * 65, "x" * 9_000_000, 'a"b', "a\\", "Xã M'Drắk", "A b", ["x"], "a\0")


ALPHA, BETA = colliding()


def _real(given: Any) -> Any:
    """The case with a pair of names that do collide."""
    if isinstance(given, dict):
        return {{"ALPHA": ALPHA, "BETA": BETA}.get(key, key): _real(value) for key, value in given.items()}
    return [_real(item) for item in given] if isinstance(given, list) else given


@pytest.mark.parametrize("why", BAD_RULES)
def test_a_dangerous_rule_is_refused(guard: Guard, why: str) -> None:
    """No rule gets through that fails at run time, hangs, kills, or fires otherwise than it reads."""
    with pytest.raises(MonitorError) as error:
        guard.add("bad", _real(BAD_RULES[why]))
    assert error.value.problems[0].code in ("NTM-851", "NTM-852")
    assert guard.put("b", "s", {"v": 60})  # and the guard is as good as before


@pytest.mark.parametrize("why", BAD_FACTS)
def test_a_dangerous_fact_is_refused(guard: Guard, why: str) -> None:
    """No fact gets through that kills the process or is compared wrongly in silence."""
    with pytest.raises(MonitorError) as error:
        guard.put("b", "s", _real(BAD_FACTS[why]))
    assert error.value.problems[0].code in ("NTM-851", "NTM-852")
    assert guard.put("b", "s", {"v": 60})


@pytest.mark.parametrize("state", BAD_STATES, ids=lambda state: f"{state!r:.20}")
def test_a_dangerous_state_is_refused(guard: Guard, state: Any) -> None:
    """The name of a state goes onto the engine's stack: only short plain names pass."""
    with pytest.raises(MonitorError):
        guard.put("b", state, {"v": 60})


DEADLY = """
import sys
sys.path[:0] = {path!r}
import test_guard as t
from ntm_rules.monitor.errors import MonitorError
from ntm_rules.monitor.guard import Guard

guard = Guard()
guard.add("b", t.RULES)
refused = 0
for number, rules in enumerate(t.BAD_RULES.values()):
    try: guard.add(f"bad{{number}}", t._real(rules))
    except MonitorError: refused += 1
for fact in t.BAD_FACTS.values():
    try: guard.put("b", "s", t._real(fact))
    except MonitorError: refused += 1
for state in t.BAD_STATES:
    try: guard.put("b", state, {{"v": 60}})
    except MonitorError: refused += 1
assert refused == len(t.BAD_RULES) + len(t.BAD_FACTS) + len(t.BAD_STATES), refused
for number in range(300):                      # states in which no rule ever fired: deleting them used to crash
    guard.put("b", f"quiet{{number}}", {{"v": 1}})
for number in range(300):
    guard.drop(f"quiet{{number}}")
for number in range(300):                      # opened, dropped and opened again
    guard.put("b", "again", {{"v": 60, "w": number}}); guard.drop("again")
guard.close(); guard.close()
print("alive")
"""


def test_all_of_it_leaves_the_process_alive() -> None:
    """In a process of its own: everything dangerous one after another, states dropped that never did anything, closing twice."""
    program = DEADLY.format(path=[str(Path(__file__).parent), *sys.path])
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stdout.strip()) == (0, "alive"), ran.stderr


def test_the_same_fact_twice_is_told(guard: Guard) -> None:
    """The engine's own answer cannot be told from a collision."""
    guard.put("b", "s", {"v": 60})
    with pytest.raises(MonitorError, match="put before"):
        guard.put("b", "s", {"v": 60})
    guard.drop("s")
    assert guard.put("b", "s", {"v": 60})


def test_no_threads_and_nothing_changed(guard: Guard) -> None:
    """No timer threads are started, the rules handed in stay as they were, and a fact that no rule looks at is no error."""
    before = copy.deepcopy(RULES)
    guard.add("again", RULES)
    assert before == RULES
    assert guard.put("b", "s", {"other": "x", "yes": True}) == []
    assert not [thread for thread in threading.enumerate() if "Timer" in type(thread).__name__]
    with pytest.raises(MonitorError):
        guard.add("again", RULES)
    with pytest.raises(MonitorError):
        guard.put("nothing", "s", {"v": 1})
    guard.drop("never")


def test_after_closing_nothing_goes(guard: Guard) -> None:
    """A closed guard has given its memory back."""
    guard.put("b", "s", {"v": 60})
    guard.close()
    for call in (lambda: guard.put("b", "t", {"v": 60}), lambda: guard.add("c", RULES), lambda: guard.drop("s")):
        with pytest.raises(MonitorError, match="closed"):
            call()


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed, or built in a way that this Python cannot import: two errors, two remedies."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    with pytest.raises(MissingExtra, match="NTM-901"):
        guard_module.load_engine()
    monkeypatch.delitem(sys.modules, "durable_rules_engine")

    class Broken:
        def find_spec(self, name: str, *_: Any) -> None:
            if name == "durable_rules_engine":
                raise ImportError("rules.so: undefined symbol: PyEval_CallObject")

    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(MissingExtra, match="CPPFLAGS") as error:
        guard_module.load_engine()
    assert error.value.problems[0].code == "NTM-850"
