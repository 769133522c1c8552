"""The one module that touches durable_rules: what cannot kill it, hang it or fool it passes, everything else is refused before.

durable_rules 2.0.28 matches facts against rules correctly, but it is unforgiving: an empty batch or a division by zero ends the
process, 513 property names hang it, names and facts are compared by 32-bit hashes alone, exceptions in actions are swallowed, threads
are started that nobody can stop, and nothing that was derived is ever withdrawn. So only what is listed here gets through:

- rules are data of one narrow shape (:meth:`Guard.add`); nobody's code runs inside an action, an action only notes what matched;
- facts are flat, of integers, booleans and short ASCII texts; decimals, floats, ``None`` and people's names never get in;
- a property holds one kind of value throughout a book, because the engine takes ``1`` for ``"1"`` and ``"9" >= 50`` for true;
- whatever the engine compares by hash (names, states, facts, values) is compared in full here, and a collision is refused;
- a state is dropped and built again, nothing is ever retracted; one lock; no threads; :meth:`Guard.close` frees the memory.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from itertools import count
from typing import Any, Final, NamedTuple

from ntm_rules.monitor.errors import refusal
from ntm_rules.monitor.shapes import (
    MAX_FACTS,
    MAX_RULES,
    MAX_STATES,
    MAX_WATCHING,
    OPENING,
    SALT,
    STATE,
    Book,
    Fact,
    Rule,
    State,
    checked_fact,
    checked_rule,
    distinct,
    hash32,
    need_name,
)
from ntm_rules.problems import MissingExtra, Problem
from ntm_rules.values import Bilingual

_books = count()
_lock = threading.RLock()  # one for all guards: the engine's tables are those of the process
_host: Any = None  # one for all guards: a host is never given back


class Match(NamedTuple):
    """A rule that fired, with the facts that made it fire by their names in the rule."""

    rule: str
    facts: dict[str, dict[str, int | str]]


class _Texts:
    """JSON as the engine asks for it."""

    _encoder: Final = json.JSONEncoder(ensure_ascii=False)
    loads: Final = staticmethod(json.loads)

    @classmethod
    def dumps(cls, data: Any, ensure_ascii: bool) -> str:
        """The data as JSON, texts as they are: the engine asks for nothing else."""
        return cls._encoder.encode(data)


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
    engine.json = _Texts  # its own way makes an encoder for every text
    engine._unix_now = time.monotonic  # its own way is deprecated, an error under -W error, and thrown off when the clock is set
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
        self._books: dict[str, Book] = {}
        self._states: dict[str, State] = {}
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
            if book in self._books:
                raise refusal("NTM-852", book, detail=Bilingual(f"sổ luật «{book}» đã có", "the book exists"))
            if not isinstance(rules, Mapping) or not 1 <= len(rules) <= MAX_RULES:
                raise refusal("NTM-851", book, detail=Bilingual(f"1…{MAX_RULES} luật", f"1…{MAX_RULES} rules"))
            made = Book(f"book{next(_books)}")
            for name in (OPENING, SALT, "sid"):
                distinct(made.names, name, book)
            definition: dict[str, Any] = {}
            watching = 0
            for name, rule in rules.items():
                need_name(name, f"{book}.{name!s:.40}")
                definition[name] = checked_rule(rule, f"{book}.{name}", made)
                definition[name]["run"] = self._noting(name)
                watching += len(rule["all"])
            if watching > MAX_WATCHING:
                raise refusal(
                    "NTM-851",
                    book,
                    detail=Bilingual(f"tối đa {MAX_WATCHING} điều kiện một sổ", f"at most {MAX_WATCHING} conditions in a book"),
                )
            definition[OPENING] = {"all": [{OPENING: {OPENING: 1}}], "run": lambda c: None}
            self._host.register_rulesets({made.engine_name: definition})
            self._books[book] = made

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
            if book not in self._books:
                raise refusal("NTM-852", str(book)[:40], detail=Bilingual("không có sổ luật này", "no such book"))
            put_into, known = self._books[book], self._state(state)
            checked = checked_fact(fact, f"{book}/{state}", put_into, known)
            key = (book, frozenset(checked.items()))
            if key in known.facts:
                raise refusal("NTM-852", f"{book}/{state}", detail=Bilingual(f"đã đưa vào rồi: {checked}", f"put before: {checked}"))
            if len(known.facts) >= MAX_FACTS:
                raise refusal("NTM-852", state, detail=Bilingual(f"tối đa {MAX_FACTS} dữ kiện", f"at most {MAX_FACTS} facts in a state"))
            name = put_into.engine_name
            if state not in put_into.open:
                self._host.post(name, {"sid": state, OPENING: 1})
                put_into.open.add(state)
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
            except self._c.error as error:  # nothing known comes here
                raise refusal("NTM-852", str(fact["sid"]), detail=str(error)) from None
            return
        raise refusal("NTM-852", str(fact["sid"]), detail=Bilingual("trùng mã băm", "hash collision"))  # pragma: no cover - 2**-256

    def _state(self, state: Any) -> State:
        if not isinstance(state, str) or not STATE.fullmatch(state):
            raise refusal("NTM-851", detail=Bilingual(f"trạng thái {state!r:.80}", f"state {state!r:.80}"))
        known = self._states.get(state)
        if known is None:
            if len(self._states) >= MAX_STATES:
                raise refusal("NTM-852", state, detail=Bilingual(f"tối đa {MAX_STATES} trạng thái", f"at most {MAX_STATES} states"))
            clash = next((other for other in self._states if hash32(other) == hash32(state)), None)
            if clash is not None:
                raise refusal("NTM-852", state, detail=Bilingual(f"trùng mã băm: {clash}", f"hash collision: {clash}"))
            known = self._states[state] = State()
        return known

    def drop(self, state: str) -> None:
        """Forget a state with all its facts; one that is not open is none the worse for it."""
        with self._lock:
            self._usable()
            self._states.pop(state, None)
            for book in self._books.values():
                if state in book.open:
                    book.open.remove(state)
                    self._host.delete_state(book.engine_name, state)

    def close(self) -> None:
        """Free the memory of the engine; the guard can then not be used any more. Closing twice is no error."""
        with self._lock:
            if self._closed:
                return
            for state in list(self._states):
                self.drop(state)
            self._closed = True
            for book in self._books.values():
                ruleset = self._host._ruleset_directory.pop(book.engine_name)
                self._host._ruleset_list.remove(ruleset)
                self._c.delete_ruleset(ruleset._handle)  # the Python layer never does

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _usable(self) -> None:
        if self._closed:
            raise refusal("NTM-852", detail=Bilingual("đã đóng", "closed"))
