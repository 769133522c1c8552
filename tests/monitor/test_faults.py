"""Every fault measured of durable_rules 2.0.28, one test each: refused before it reaches the engine, or out of reach through the guard.

The order is that of the measurements: how it behaves, how it compares values, its limits, what kills or hangs it, threads and memory.
"""

from __future__ import annotations

import gc
import inspect
import itertools
import math
import os
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from helpers_monitor import colliding
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.monitor import guard as guard_module
from ntm_rules.monitor import shapes
from ntm_rules.monitor.errors import MonitorError
from ntm_rules.monitor.guard import Guard
from ntm_rules.monitor.shapes import hash32

AT_LEAST_50: dict[str, Any] = {"r": {"all": [{"m": {"$gte": {"v": 50}}}]}}
Check = Callable[[], object]


def refused(call: Callable[[Guard], object]) -> Check:
    """The call is refused by the guard itself, in both languages, and the guard is as good as before."""

    def check() -> None:
        with Guard() as guard:
            guard.add("b", AT_LEAST_50)
            with pytest.raises(MonitorError) as error:
                call(guard)
            [problem] = error.value.problems
            assert problem.code in ("NTM-851", "NTM-852")
            assert problem.what("vi") != problem.what("en")
            assert [match.rule for match in guard.put("b", "after", {"v": 60})] == ["r"]

    return check


def rule(*conditions: Any, **more: Any) -> Check:
    return refused(lambda guard: guard.add("bad", {"r": {"all": list(conditions), **more}}))


def fact(given: Any, rules: Any = None) -> Check:
    def call(guard: Guard) -> None:
        if rules is not None:
            guard.add("other", rules)
        guard.put("b" if rules is None else "other", "s", given)

    return refused(call)


def fires(expected: list[str], rules: Any, *facts: Any) -> Check:
    """What the last fact makes fire, with those before it in the same state."""

    def check() -> None:
        with Guard() as guard:
            guard.add("b", rules)
            assert [[match.rule for match in guard.put("b", "s", given)] for given in facts][-1] == expected

    return check


def after(break_it: Callable[[pytest.MonkeyPatch, Guard], object]) -> Check:
    """What goes wrong inside the engine comes out of the call, and the next call is served."""

    def check() -> None:
        with pytest.MonkeyPatch.context() as patch, Guard() as guard:
            guard.add("b", AT_LEAST_50)
            break_it(patch, guard)
            with pytest.raises(ZeroDivisionError):
                guard.put("b", "s", {"v": 60})
            patch.undo()
            assert guard.put("b", "s", {"v": 61})

    return check


def _raises(*_: Any) -> Any:
    raise ZeroDivisionError


def one_parameter() -> None:
    """An action of two parameters is asynchronous and locks the state for a minute; the guard's own takes one."""
    with Guard() as guard:
        assert len(inspect.signature(guard._noting("r")).parameters) == 1


def nothing_derived_stays() -> None:
    """There is no truth maintenance; so there is no way to retract, and a dropped state begins empty."""
    assert not hasattr(Guard, "retract")
    joined = {"r": {"all": [{"m": {"k": 1}}, {"n": {"$and": [{"k": 2}, {"v": {"m": "v"}}]}}]}}
    with Guard() as guard:
        guard.add("b", joined)
        guard.put("b", "s", {"k": 1, "v": 5})
        guard.drop("s")
        assert guard.put("b", "s", {"k": 2, "v": 5}) == []
        assert guard.put("b", "s", {"k": 1, "v": 5})


def no_clock() -> None:
    """Leases are counted by a clock that nobody can set, and that is no deprecated one."""
    engine, _ = guard_module.load_engine()
    before = engine._unix_now()
    assert before <= engine._unix_now()
    assert engine._unix_now.__name__ == "monotonic"


def same_order() -> None:
    rules = {f"r{number}": {"all": [{"m": {"$gte": {"v": number}}}]} for number in range(9)}
    for _ in range(3):
        fires(list(rules), rules, {"v": 60})()


def sids_apart() -> None:
    """Two states of one hash would share one memory; none at all would be the state «0»."""
    assert hash32("ct223922") == hash32("xa-19037-2020")
    with Guard() as guard:
        guard.add("b", AT_LEAST_50)
        guard.put("b", "ct223922", {"v": 60})
        with pytest.raises(MonitorError, match="ct223922"):
            guard.put("b", "xa-19037-2020", {"v": 60})
        for state in (1, None, 1.0, True):
            with pytest.raises(MonitorError):
                guard.put("b", state, {"v": 60})  # type: ignore[arg-type]


def most(name: str, value: int, fill: Callable[[Guard, int], object]) -> Check:
    """The limit is what it was measured to need, and is kept: one below passes, one above is refused."""

    def check() -> None:
        assert getattr(shapes, name) <= value
        with pytest.MonkeyPatch.context() as patch, Guard() as guard:
            guard.add("b", AT_LEAST_50)
            patch.setattr(shapes if name == "MAX_NAMES" else guard_module, name, 7)
            for number in range(7):
                fill(guard, number)
            with pytest.raises(MonitorError, match="7"):
                fill(guard, 7)

    return check


def conditions(count: int) -> list[Any]:
    return [{f"m{number}": {"v": number}} for number in range(count)]


ONE, OTHER = colliding()


def a_collision_of_facts() -> None:
    """The engine says of a new fact that it was observed before: it goes in all the same, with a salt."""
    engine, _ = guard_module.load_engine()
    with pytest.MonkeyPatch.context() as patch, Guard() as guard:
        guard.add("b", AT_LEAST_50)
        real, calls = guard._host.assert_fact, []

        def colliding_once(name: str, given: Any) -> Any:
            calls.append(given)
            if len(calls) == 1:
                raise engine.MessageObservedException(given)
            return real(name, given)

        patch.setattr(guard._host, "assert_fact", colliding_once)
        assert guard.put("b", "s", {"v": 60})


def quiet_states_are_dropped() -> None:
    """A state in which no action ever ran cannot be deleted: one always ran."""
    with Guard() as guard:
        guard.add("b", AT_LEAST_50)
        for number in range(400):
            guard.put("b", f"quiet{number}", {"v": 1})
        for number in range(400):
            guard.drop(f"quiet{number}")
        guard.drop("never-opened")


def no_threads() -> None:
    before = set(threading.enumerate())
    with Guard() as guard:
        guard.add("b", AT_LEAST_50)
        guard.put("b", "s", {"v": 60})
        assert not {type(thread).__name__ for thread in set(threading.enumerate()) - before} & {"Timer"}


def own_matches_only() -> None:
    """Of several threads on one state each gets what its own fact made fire: one lock around all of it."""
    with Guard() as guard:
        guard.add("b", {"r": {"all": [{"m": {"$gte": {"v": 0}}}]}})
        wrong: list[Any] = []

        def work(start: int) -> None:
            for number in range(start, start + 200):
                if [match.facts["m"]["v"] for match in guard.put("b", "s", {"v": number})] != [number]:
                    wrong.append(number)

        threads = [threading.Thread(target=work, args=(1000 * number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


def resident() -> int:
    """Resident memory in pages."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1])


def memory_comes_back() -> None:
    """A host for every use loses more than a megabyte, a book half of one: closing gives it back, and the host is shared."""

    def use(times: int) -> None:
        for _ in range(times):
            with Guard() as guard:
                guard.add("b", AT_LEAST_50)
                guard.put("b", "s", {"v": 60})

    use(40)
    before = resident()
    use(200)
    assert (resident() - before) * os.sysconf("SC_PAGESIZE") < 20_000_000


EQUAL: dict[str, Any] = {"r": {"all": [{"m": {"k": 1}}, {"n": {"$and": [{"k": 2}, {"w": {"m": "v"}}]}}]}}
BEHAVIOUR: dict[str, Check] = {
    "post(event) fires only the first matching rule": fires(
        ["r0", "r1", "r2", "r3", "r4"], {f"r{n}": {"all": [{"m": {"$gte": {"v": n}}}]} for n in range(5)}, {"v": 60}
    ),
    "a fact no rule looks at is an exception": fires([], AT_LEAST_50, {"w": 60}),
    "the same content again is an exception": refused(lambda guard: [guard.put("b", "s", {"v": 60}) for _ in "12"]),
    "60 and 60.0 are two facts": fact({"v": 60.0}),
    "an id cannot be updated": fact({"id": "x", "v": 60}),
    "no truth maintenance": nothing_derived_stays,
    "count consumes its facts": rule({"m": {"v": 1}}, count=3),
    "cap consumes its facts": rule({"m": {"v": 1}}, cap=3),
    "a batch with one unmatched fact runs no action": fact([{"v": 60}, {"w": 1}]),
    "a missing property reads as failed": fires([], {"r": {"all": [{"m": {"$neq": {"v": 1}}}]}}, {"w": 60}),
    "$nex tests absence in the same fact only": rule({"m": {"$nex": {"v": 1}}}),
    "order by pri": rule({"m": {"v": 1}}, pri=1),
    "order of definition": same_order,
    "exceptions in actions are swallowed": after(lambda patch, guard: patch.setattr(guard_module, "Match", _raises)),
    "two parameters make an action asynchronous": one_parameter,
    "code in a rule": rule({"m": {"v": 1}}, run=lambda c, i=1: None),
    "an action longer than ten seconds": no_clock,
    "1 and '1' are one sid": sids_apart,
    "rules are changed by what takes them": fires(["r"], AT_LEAST_50, {"v": 60}),
    "an unknown operator is error 202": rule({"m": {"$foo": {"v": 1}}}),
    "a join with what an earlier fact lacks is error 311": fact({"k": 1}, EQUAL),
    "a text where a later fact's join needs a number": fact(
        {"v": "9"}, {"r": {"all": [{"m": {"$gte": {"v": 50}}}, {"n": {"w": {"m": "u"}}}]}}
    ),
    "a join that only other facts could be part of": fires([], EQUAL, {"k": 3}),
    "an empty rule never fires": refused(lambda guard: guard.add("bad", {"r": {}})),
    "a rule of no conditions never fires": rule(),
    "a ruleset cannot be replaced": refused(lambda guard: guard.add("b", AT_LEAST_50)),
    "$or fires once for each alternative": rule({"m": {"$or": [{"v": 1}, {"v": 2}]}}),
    "any, statecharts and flowcharts": refused(lambda guard: guard.add("bad", {"r": {"any": [{"m": {"v": 1}}]}})),
}
VALUES: dict[str, Check] = {
    "Decimal in a fact": fact({"v": Decimal("62.35")}),
    "Decimal in a rule": rule({"m": {"$gte": {"v": Decimal("62.35")}}}),
    "'100' >= 50 is false": fact({"v": "100"}),
    "'9' >= 50 is true": fact({"v": "9"}),
    "'' >= 50 is true": fact({"v": ""}),
    "a text as threshold": rule({"m": {"$gte": {"v": "50"}}}),
    "None reads as failed": fact({"v": None}),
    "NaN reads as failed": fact({"v": math.nan}),
    "True >= 1": fact({"v": True}),
    "1 == True": fact({"v": True}, {"r": {"all": [{"m": {"v": 1}}]}}),
    "1 == '1' in a rule": fact({"v": "1"}, {"r": {"all": [{"m": {"v": 1}}]}}),
    "1 == '1' in a join": refused(
        lambda guard: (guard.add("j", EQUAL), guard.put("j", "s", {"k": 1, "v": 5}), guard.put("j", "s", {"k": 2, "w": "5"}))
    ),
    "a join of a number with a text": rule({"m": {"v": 1}}, {"n": {"$and": [{"w": "x"}, {"w": {"m": "v"}}]}}),
    "true == 'true' in a join": refused(
        lambda guard: (guard.add("j", EQUAL), guard.put("j", "s", {"k": 1, "v": True}), guard.put("j", "s", {"k": 2, "w": "true"}))
    ),
    "1e-05 as threshold": rule({"m": {"$gte": {"v": 1e-05}}}),
    "1e16 in a fact": fact({"v": 1e16}),
    "infinity": fact({"v": math.inf}),
    "2**63 saturates": fact({"v": 2**63}),
    "10**30 saturates": rule({"m": {"$gte": {"v": 10**30}}}),
    "2**53 is exact": fires(["r"], {"r": {"all": [{"m": {"$gte": {"v": 2**53}}}]}}, {"v": 2**53}),
    "2**53 - 1 is not 2**53": fires([], {"r": {"all": [{"m": {"$gte": {"v": 2**53}}}]}}, {"v": 2**53 - 1}),
    "0.1 + 0.2 <= 0.3 is false": fact({"v": 0.1 + 0.2}),
    "a join of 60 and 60.0 does not match": fact({"k": 1, "v": 60.0}, EQUAL),
    "5/10 is an integer division": rule({"m": {"$lte": {"v": {"$div": {"$l": {"m": "a"}, "$r": {"m": "b"}}}}}}),
    "arithmetic": rule({"m": {"k": 1}}, {"n": {"v": {"$add": {"$l": {"m": "a"}, "$r": 1}}}}),
    "NFC and NFD differ": fact({"v": "Đắk Cấm"}),
    "quotes and NUL": fact({"v": "a\0"}),
    "a lone surrogate": fact({"v": "\ud800"}),
    "a Vietnamese property": fact({"tỷ_lệ": 60}),
}
LIMITS: dict[str, Check] = {
    "17 facts in one rule": rule(*conditions(17)),
    "16 facts in one rule": fires(["r"], {"r": {"all": conditions(16)}}, *({"v": number} for number in range(16))),
    "64 terms of one condition": fires(
        ["r"], {"r": {"all": [{"m": {"$and": [{f"p{n}": n} for n in range(64)]}}]}}, {f"p{n}": n for n in range(64)}
    ),
    "1,025 states": most("MAX_STATES", 1_000, lambda guard, number: guard.put("b", f"s{number}", {"v": 60})),
    "65 rules matched by one fact": refused(lambda guard: guard.add("bad", {f"r{n}": {"all": conditions(2)} for n in range(33)})),
    "50 rules matched by one fact": fires(
        [f"r{n}" for n in range(50)], {f"r{n}": {"all": [{"m": {"$gte": {"v": n}}}]} for n in range(50)}, {"v": 60}
    ),
    "253 properties in a fact": fact({f"p{number}": 1 for number in range(253)}),
    "200 properties in a fact": fires(["r"], AT_LEAST_50, {"v": 60, **{f"p{number}": 1 for number in range(199)}}),
    "512 property names": most("MAX_NAMES", 400, lambda guard, number: guard.put("b", f"s{number}", {f"p{max(number - 4, 0)}": 1})),
    "65,711 facts of one state": most("MAX_FACTS", 5_000, lambda guard, number: guard.put("b", "s", {"v": number})),
    "a false «already observed»": a_collision_of_facts,
    "two properties of one hash": fact({ONE: 1, OTHER: 1}),
    "two properties of one hash in a rule": rule({"m": {"$and": [{ONE: 1}, {OTHER: 1}]}}),
    "two names of facts of one hash": rule({ONE: {"k": 1}}, {OTHER: {"k": 2}}, {"n": {"v": {ONE: "v"}}}),
    "two values of one hash": fact({"p": "ct223922", "q": "xa-19037-2020"}),
    "two states of one hash": sids_apart,
}
DEADLY: dict[str, Check] = {
    "an empty batch": fact([]),
    "an empty fact": fact({}),
    "a list of numbers": fact([1, 2]),
    "a list of lists": fact([[1]]),
    "a nested fact": fact({"v": {"x": 60}}),
    "a list in a fact": fact({"v": [60]}),
    "a division by zero": rule({"m": {"v": {"$div": {"$l": {"m": "a"}, "$r": 0}}}}),
    "deleting a state in which no action ran": quiet_states_are_dropped,
    "deleting a state beside the timer threads": no_threads,
    "a state of 9 MB": refused(lambda guard: guard.put("b", "x" * 9_000_000, {"v": 60})),
    "20 MB of text": fact({"v": "x" * 20_000_000}),
    "a property of 9 MB": fact({"x" * 9_000_000: 1}),
    "513 property names hang": refused(
        lambda guard: guard.add("bad", {f"r{n}": {"all": [{"m": {"$and": [{f"p{n}x{i}": 1} for i in range(60)]}}]} for n in range(9)})
    ),
    "anything after closing": refused(lambda guard: _closed().put("b", "s", {"v": 60})),
}
THREADS: dict[str, Check] = {
    "two timer threads a host": no_threads,
    "another thread runs the action": own_matches_only,
    "a megabyte a host, half of one a ruleset": memory_comes_back,
}


def _closed() -> Guard:
    guard = Guard()
    guard.add("b", AT_LEAST_50)
    guard.close()
    return guard


SECTIONS = {
    "it behaves otherwise than one would expect": BEHAVIOUR,
    "it compares wrongly in silence": VALUES,
    "it fails, or takes one thing for another": LIMITS,
    "it ends or hangs the process": DEADLY,
    "it starts what nobody can stop, and keeps what it took": THREADS,
}


@pytest.mark.parametrize(("section", "fault"), [(section, fault) for section, faults in SECTIONS.items() for fault in faults])
def test_a_fault_is_out_of_reach(section: str, fault: str) -> None:
    """One after another, as they were measured."""
    SECTIONS[section][fault]()


def test_importing_shadows_nothing() -> None:
    """``durable.lang`` shadows built-in names: it is never imported."""
    guard_module.load_engine()
    assert "durable.lang" not in sys.modules


# --- random rules and facts against brute force -----------------------------------------------------------------------

COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "": lambda a, b: a == b,
    "$neq": lambda a, b: a != b,
    "$gte": lambda a, b: a >= b,
    "$lte": lambda a, b: a <= b,
    "$gt": lambda a, b: a > b,
    "$lt": lambda a, b: a < b,
}
NUMBERS, TEXTS, FLAGS = ("x", "y"), ("s", "t"), ("f",)
numbers, texts, flags = st.integers(-2, 2), st.sampled_from(("a", "b", "1", "true")), st.booleans()
facts = st.fixed_dictionaries({}, optional={"x": numbers, "y": numbers, "s": texts, "t": texts, "f": flags})


@st.composite
def terms(draw: st.DrawFn, earlier: int) -> dict[str, Any]:
    """One test of a condition: a property with a value, or with a property of a fact before it."""
    if earlier and draw(st.booleans()):
        names = draw(st.sampled_from((NUMBERS, TEXTS, FLAGS)))
        return {draw(st.sampled_from(names)): {f"m{draw(st.integers(0, earlier - 1))}": draw(st.sampled_from(names))}}
    if draw(st.booleans()):
        name, value = draw(st.sampled_from(NUMBERS)), draw(numbers)
        operator = draw(st.sampled_from(tuple(COMPARED)))
    else:
        name = draw(st.sampled_from((*TEXTS, *FLAGS)))
        value = draw(texts if name in TEXTS else flags)
        operator = draw(st.sampled_from(("", "$neq")))
    return {operator: {name: value}} if operator else {name: value}


@st.composite
def rulesets(draw: st.DrawFn) -> dict[str, Any]:
    """One to four rules of one to three conditions."""

    def condition(place: int) -> dict[str, Any]:
        return {f"m{place}": {"$and": draw(st.lists(terms(place), min_size=1, max_size=3))}}

    return {f"r{n}": {"all": [condition(place) for place in range(draw(st.integers(1, 3)))]} for n in range(draw(st.integers(1, 4)))}


def holds(term: dict[str, Any], fact: dict[str, Any], before: tuple[dict[str, Any], ...]) -> bool:
    """Whether a fact passes a test, in plain Python; one that lacks the property does not."""
    [(name, value)] = term.items()
    if name in COMPARED:
        [(prop, wanted)] = value.items()
        return prop in fact and COMPARED[name](fact[prop], wanted)
    if joins(term):
        [(alias, other)] = value.items()
        earlier = before[int(alias[1:])]
        return name in fact and other in earlier and fact[name] == earlier[other]
    return name in fact and bool(fact[name] == value)


def expected(rule: dict[str, Any], live: list[dict[str, Any]]) -> int:
    """How often the last fact makes a rule fire: once for every way to fill its conditions in which it takes part."""
    count = 0
    for chosen in itertools.permutations(live, len(rule["all"])):
        tests = [next(iter(condition.values()))["$and"] for condition in rule["all"]]
        fits = (holds(term, fact, chosen[:place]) for place, fact in enumerate(chosen) for term in tests[place])
        count += any(fact is live[-1] for fact in chosen) and all(fits)
    return count


def joins(term: dict[str, Any]) -> bool:
    """Whether a test compares with a fact before it."""
    [(name, value)] = term.items()
    return name not in COMPARED and isinstance(value, dict)


def lacking(rules: dict[str, Any], fact: dict[str, Any]) -> bool:
    """Whether a fact lacks a property that a later one would be compared with, were it taken for the earlier one."""
    for rule in rules.values():
        tests = [next(iter(condition.values()))["$and"] for condition in rule["all"]]
        for join in (term for later in tests for term in later if joins(term)):
            [(alias, other)] = next(iter(join.values())).items()
            if other not in fact and all(holds(term, fact, ()) for term in tests[int(alias[1:])] if not joins(term)):
                return True
    return False


@settings(max_examples=400)
@given(rules=rulesets(), stream=st.lists(facts, min_size=1, max_size=6))
def test_what_fires_is_what_brute_force_finds(rules: dict[str, Any], stream: list[dict[str, Any]]) -> None:
    """Comparisons and joins of numbers, texts and flags, absent properties, several facts, every order."""
    with Guard() as guard:
        guard.add("random", rules)
        live: list[dict[str, Any]] = []
        for number, given_fact in enumerate(stream):
            numbered = {**given_fact, "nr": number}
            if lacking(rules, numbered):
                with pytest.raises(MonitorError, match="lacks"):
                    guard.put("random", "s", numbered)
                continue
            live.append(numbered)
            fired = [match.rule for match in guard.put("random", "s", live[-1])]
            assert {name: fired.count(name) for name in rules} == {name: expected(rule, live) for name, rule in rules.items()}
