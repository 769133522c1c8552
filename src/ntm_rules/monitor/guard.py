"""The one module that touches durable_rules: what cannot kill it, hang it or fool it passes, everything else is refused before.

durable_rules 2.0.28 matches facts against rules correctly, but it is unforgiving: an empty batch or a division by zero ends the
process, 513 property names hang it, names and facts are compared by 32-bit hashes alone, exceptions in actions are swallowed, threads
are started that nobody can stop, and nothing that was derived is ever withdrawn. So only what is listed here gets through:

- rules are data of one narrow shape (:meth:`Guard.add`); nobody's code runs inside an action, an action only notes what matched;
- facts are flat, of integers, booleans and short ASCII texts; decimals, floats, ``None`` and people's names never get in;
- whatever the engine compares by hash (names, states, facts, values) is compared in full here, and a collision is refused;
- a state is dropped and built again, nothing is ever retracted; one lock; no threads; :meth:`Guard.close` frees the memory.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any, Final, NamedTuple

from ntm_rules.monitor.errors import MonitorError, refusal
from ntm_rules.problems import MissingExtra, Problem

MAX_CONDITIONS: Final = 16  # of one rule: the engine fails at 17
MAX_RULES: Final = 50
MAX_WATCHING: Final = 60  # conditions of one book: the engine fails when one fact satisfies 65
MAX_TERMS: Final = 64
MAX_NAMES: Final = 400  # property names of one book: the engine hangs at 513
MAX_PROPERTIES: Final = 200  # of one fact: the engine fails at 253
MAX_TEXT: Final = 64
MAX_INTEGER: Final = 2**53
MAX_STATES: Final = 1000  # the engine fails at 1,025
MAX_FACTS: Final = 5000  # of one state: beyond it, hashes of facts begin to collide

OPENING: Final = "opened"  # an event every new state begins with: a state in which no action ever ran cannot be deleted safely
SALT: Final = "salt"
_RESERVED: Final = frozenset({"sid", "id", OPENING, SALT})
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_STATE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_COMPARISONS: Final = frozenset({"$gte", "$lte", "$gt", "$lt", "$neq"})
_books = count()
_lock = threading.RLock()  # one for all guards: the engine's tables are those of the process
_host: Any = None  # one for all guards: a host is never given back

Fact = Mapping[str, int | str]
Rule = Mapping[str, Any]


class Match(NamedTuple):
    """A rule that fired, with the facts that made it fire by their names in the rule."""

    rule: str
    facts: dict[str, dict[str, int | str]]


@lru_cache(maxsize=65536)
def hash32(text: str) -> int:
    """The engine's own hash (FNV-1a, 32 bits), by which alone it tells names, states and values apart."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def load_engine() -> tuple[Any, Any]:
    """The package and its C part.

    Raises:
        MissingExtra: it is not installed, or it was built in a way that this Python cannot import.
    """
    try:
        import durable_rules_engine
        from durable import engine
    except ModuleNotFoundError:
        raise MissingExtra([Problem("NTM-901", words={"package": "durable_rules", "extra": "durable"})]) from None
    except ImportError as error:  # as published it cannot be imported on Python 3.13: «undefined symbol»
        raise MissingExtra([Problem("NTM-850", words={"detail": str(error)[-80:]})]) from None
    engine._unix_now = time.time  # its own way of asking the time is deprecated and would be an error under -W error
    return engine, durable_rules_engine


def _shared_host(engine: Any) -> Any:
    """The host of the process, without the timer threads of the original: they never stop, and they race with deletions (a crash)."""
    global _host
    if _host is None:

        class Quiet(engine.Host):  # type: ignore[misc]
            def _run(self) -> None:
                """No threads."""

        _host = Quiet()
    return _host


class Guard:
    """Books of rules with working memories (states), safe to use.

    A book is a set of rules. A state is a working memory, the same name in every book; it is opened by the first fact put into it and
    dropped when its work is done.

    Raises:
        MissingExtra: durable_rules is not installed or cannot be imported.
    """

    def __init__(self) -> None:
        self._engine, self._c = load_engine()
        self._lock = _lock
        with _lock:
            self._host = _shared_host(self._engine)
        self._names: dict[str, dict[int, str]] = {}
        self._engine_names: dict[str, str] = {}
        self._states: dict[str, _State] = {}
        self._open: dict[str, set[str]] = {}
        self._matched: list[Match] = []
        self._errors: list[BaseException] = []
        self._closed = False

    # --- rules ---------------------------------------------------------------------------------------------------

    def add(self, book: str, rules: Mapping[str, Rule] | Any) -> None:
        """A book of rules, as data: ``{"name": {"all": [{"a": {"$and": [{"kind": "slip"}, {"$gte": {"year": 2022}}]}}, …]}}``.

        A condition is a named fact with one test or ``$and`` of several: a property equal to a value, compared with one
        (``$gte $lte $gt $lt $neq``), or equal to a property of a fact named before (``{"unit": {"a": "unit"}}``).

        Raises:
            MonitorError: a rule of another shape, too many of anything, or names that the engine cannot tell apart.
        """
        with self._lock:
            self._usable()
            if book in self._names:
                raise refusal("NTM-852", book, detail=f"sổ luật «{book}» đã có (the book exists)")
            if not isinstance(rules, Mapping) or not 1 <= len(rules) <= MAX_RULES:
                raise refusal("NTM-851", book, detail=f"1…{MAX_RULES} luật (rules)")
            names: dict[int, str] = {}
            for name in (OPENING, SALT, "sid"):
                _distinct(names, name, book)
            definition: dict[str, Any] = {}
            watching = 0
            for name, rule in rules.items():
                _need_name(name, f"{book}.{name!s:.40}")
                definition[name] = _checked_rule(rule, f"{book}.{name}", names)
                definition[name]["run"] = self._noting(name)
                watching += len(rule["all"])
            if watching > MAX_WATCHING:
                raise refusal("NTM-851", book, detail=f"tối đa {MAX_WATCHING} điều kiện một sổ (conditions in a book)")
            definition[OPENING] = {"all": [{OPENING: {OPENING: 1}}], "run": lambda c: None}
            engine_name = f"book{next(_books)}"
            self._host.register_rulesets({engine_name: definition})
            self._names[book] = names
            self._engine_names[book] = engine_name
            self._open[book] = set()

    def _noting(self, rule: str) -> Any:
        def note(c: Any) -> None:  # exactly one parameter: with two the engine waits for ever
            try:
                self._matched.append(Match(rule, {name: dict(fact) for name, fact in c._m.items()}))
            except BaseException as error:  # the engine would swallow it
                self._errors.append(error)

        return note

    # --- facts ---------------------------------------------------------------------------------------------------

    def put(self, book: str, state: str, fact: Fact | Any) -> list[Match]:
        """Put one fact into a state; what fired because of it. The same fact twice in a state is refused.

        Raises:
            MonitorError: the fact, the name of the state, or their number cannot be taken.
        """
        with self._lock:
            self._usable()
            if book not in self._names:
                raise refusal("NTM-852", str(book)[:40], detail="không có sổ luật này (no such book)")
            known = self._state(state)
            checked = _checked_fact(fact, f"{book}/{state}", self._names[book], known.values)
            key = (book, *sorted(checked.items()))
            if key in known.facts:
                raise refusal("NTM-852", f"{book}/{state}", detail=f"đã đưa vào rồi (put before): {checked}")
            if len(known.facts) >= MAX_FACTS:
                raise refusal("NTM-852", state, detail=f"tối đa {MAX_FACTS} dữ kiện (facts in a state)")
            name = self._engine_names[book]
            if state not in self._open[book]:
                self._host.post(name, {"sid": state, OPENING: 1})
                self._open[book].add(state)
            known.facts.add(key)
            self._matched.clear()
            self._assert(name, {"sid": state, **checked})
            if self._errors:
                error = self._errors[0]
                self._errors.clear()
                raise error
            return list(self._matched)

    def _assert(self, name: str, fact: dict[str, int | str]) -> None:
        """One fact into the engine; one that it takes for another of the same hash goes in with a salt."""
        for salt in range(8):
            try:
                self._host.assert_fact(name, fact if not salt else {**fact, SALT: salt})
            except self._engine.MessageNotHandledException:  # no rule looks at it: that is no error
                pass
            except self._engine.MessageObservedException:  # it is not there (see put): the hashes collide
                continue
            return
        raise refusal("NTM-852", str(fact["sid"]), detail="trùng mã băm (hash collision)")  # pragma: no cover - 2**-256

    def _state(self, state: Any) -> _State:
        if not isinstance(state, str) or not _STATE.fullmatch(state):
            raise refusal("NTM-851", detail=f"trạng thái (state) {state!r:.80}")
        known = self._states.get(state)
        if known is None:
            if len(self._states) >= MAX_STATES:
                raise refusal("NTM-852", state, detail=f"tối đa {MAX_STATES} trạng thái (states)")
            clash = next((other for other in self._states if hash32(other) == hash32(state)), None)
            if clash is not None:
                raise refusal("NTM-852", state, detail=f"trùng mã băm (hash collision): {clash}")
            known = self._states[state] = _State()
        return known

    def drop(self, state: str) -> None:
        """Forget a state with all its facts; one that is not open is none the worse for it."""
        with self._lock:
            self._usable()
            self._states.pop(state, None)
            for book, states in self._open.items():
                if state in states:
                    states.remove(state)
                    self._host.delete_state(self._engine_names[book], state)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that are open."""
        return tuple(self._states)

    def close(self) -> None:
        """Free the memory of the engine; the guard can then not be used any more. Closing twice is no error."""
        with self._lock:
            if self._closed:
                return
            for state in list(self._states):
                self.drop(state)
            self._closed = True
            for name in self._engine_names.values():
                ruleset = self._host._ruleset_directory.pop(name)
                self._host._ruleset_list.remove(ruleset)
                self._c.delete_ruleset(ruleset._handle)  # the Python layer never does

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _usable(self) -> None:
        if self._closed:
            raise refusal("NTM-852", detail="đã đóng (closed)")


class _State:
    """What went into a state: its facts in full, and the values in them by their hash."""

    __slots__ = ("facts", "values")

    def __init__(self) -> None:
        self.facts: set[tuple[Any, ...]] = set()
        self.values: dict[int, str] = {}


# --- what passes ------------------------------------------------------------------------------------------------------


def _need_name(name: Any, place: str) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _RESERVED:
        raise refusal("NTM-851", place, detail=f"tên (name) {name!r:.80}")
    return name


def _need_value(value: Any, place: str) -> int | str:
    if isinstance(value, int) and abs(value) <= MAX_INTEGER and type(value) in (int, bool):
        return value
    if type(value) is str and 0 < len(value) <= MAX_TEXT and value.isascii() and value.isprintable():
        return value
    expected = "số nguyên, true/false, chữ ASCII ngắn (an integer, true/false, short ASCII)"
    raise refusal("NTM-851", place, detail=f"{value!r:.80} ({type(value).__name__}); {expected}")


def _distinct(seen: dict[int, str], text: str, place: str) -> None:
    other = seen.setdefault(hash32(text), text)
    if other != text:
        raise refusal("NTM-852", place, detail=f"trùng mã băm (hash collision): {other}, {text}")


def _note_name(names: dict[int, str], name: str, place: str) -> None:
    _distinct(names, name, place)
    if len(names) > MAX_NAMES:
        raise refusal("NTM-852", place, detail=f"tối đa {MAX_NAMES} tên thuộc tính (property names)")


def _checked_fact(fact: Any, place: str, names: dict[int, str], values: dict[int, str]) -> dict[str, int | str]:
    if not isinstance(fact, Mapping) or not 1 <= len(fact) <= MAX_PROPERTIES:
        raise refusal("NTM-851", place, detail=f"dữ kiện (fact) {fact!r:.80}")
    checked = {_need_name(name, place): _need_value(value, place) for name, value in fact.items()}
    for name, value in checked.items():
        _note_name(names, name, place)
        _distinct(values, str(value), place)
    return checked


def _checked_rule(rule: Any, place: str, names: dict[int, str]) -> dict[str, Any]:
    """A copy of the rule (the engine changes what it is given), every part of it looked at."""
    if not isinstance(rule, Mapping) or set(rule) != {"all"} or not isinstance(rule["all"], (list, tuple)):
        raise refusal("NTM-851", place, detail='{"all": […]}')
    if not 1 <= len(rule["all"]) <= MAX_CONDITIONS:
        raise refusal("NTM-851", place, detail=f"1…{MAX_CONDITIONS} điều kiện (conditions)")
    aliases: set[str] = set()
    conditions = []
    for condition in rule["all"]:
        if not isinstance(condition, Mapping) or len(condition) != 1:
            raise refusal("NTM-851", place, detail=f"điều kiện (condition) {condition!r:.80}")
        [(alias, test)] = condition.items()
        if _need_name(alias, place) in aliases:
            raise refusal("NTM-851", place, detail=f"tên dùng hai lần (name used twice): {alias}")
        terms = test["$and"] if isinstance(test, Mapping) and set(test) == {"$and"} else [test]
        if not isinstance(terms, (list, tuple)) or not 1 <= len(terms) <= MAX_TERMS:
            raise refusal("NTM-851", place, detail=f"1…{MAX_TERMS} phép thử (tests)")
        checked = [_checked_term(term, place, names, aliases) for term in terms]
        conditions.append({alias: {"$and": checked} if len(checked) > 1 else checked[0]})
        aliases.add(alias)
    return {"all": conditions}


def _checked_term(term: Any, place: str, names: dict[int, str], aliases: set[str]) -> dict[str, Any]:
    if not isinstance(term, Mapping) or len(term) != 1:
        raise refusal("NTM-851", place, detail=f"phép thử (test) {term!r:.80}")
    [(operator, inner)] = term.items()
    if operator in _COMPARISONS:
        if not isinstance(inner, Mapping) or len(inner) != 1:
            raise refusal("NTM-851", place, detail=f"phép thử (test) {term!r:.80}")
        [(name, value)] = inner.items()
        if operator != "$neq" and isinstance(value, (str, bool)):  # it would compare texts
            raise refusal("NTM-851", place, detail=f"{operator} {value!r}")
        _note_name(names, _need_name(name, place), place)
        return {operator: {name: _need_value(value, place)}}
    name = _need_name(operator, place)
    _note_name(names, name, place)
    if isinstance(inner, Mapping):
        [(alias, other)] = inner.items() if len(inner) == 1 else [("", "")]
        if alias not in aliases:
            raise refusal("NTM-851", place, detail=f"{inner!r:.80}: chưa có tên này ở trên (no such name before)")
        _note_name(names, _need_name(other, place), place)
        return {name: {alias: other}}
    return {name: _need_value(inner, place)}


__all__ = ["Guard", "Match", "MonitorError", "hash32", "load_engine"]
