"""What passes the guard of durable_rules: the shapes of rules and facts, and how many of anything; everything else is refused here."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from ntm_rules.monitor.errors import refusal
from ntm_rules.values import Bilingual

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
STATE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_KINDS: Final = frozenset({int, bool, str})
_COMPARISONS: Final = {"$gte": operator.ge, "$lte": operator.le, "$gt": operator.gt, "$lt": operator.lt, "$neq": operator.ne}

Fact = Mapping[str, int | str]
Rule = Mapping[str, Any]
Test = tuple[str, Callable[[Any, Any], bool], int | str]  # a property, how it is compared, and with what


@lru_cache(maxsize=65536)
def hash32(text: str) -> int:
    """The engine's own hash (FNV-1a, 32 bits), by which alone it tells names, states and values apart."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


class Book:
    """What is known of a book: its name in the engine, its property names by hash, what each holds, and the states open in it."""

    __slots__ = ("engine_name", "holds", "joined", "names", "needed", "open", "taken")

    def __init__(self, engine_name: str) -> None:
        self.engine_name: str = engine_name
        self.names: dict[int, str] = {}
        self.holds: dict[str, type] = {}
        self.joined: dict[str, str] = {}  # a property → one that it is compared with
        self.needed: dict[str, list[tuple[Test, ...]]] = {}  # a property → tests of facts that a later one is compared with by it
        self.open: set[str] = set()
        self.taken: dict[str, type] = {}  # what facts brought and was found right: neither a name nor what it holds changes

    def note(self, name: Any, place: str) -> str:
        """A property name, told from all others of the book."""
        if name not in self.joined:
            distinct(self.names, need_name(name, place), place)
            if len(self.names) > MAX_NAMES:
                raise refusal(
                    "NTM-852", place, detail=Bilingual(f"tối đa {MAX_NAMES} tên thuộc tính", f"at most {MAX_NAMES} property names")
                )
            self.joined[name] = name
        return str(name)

    def hold(self, name: str, kind: type, place: str) -> None:
        """A property holds one kind of value: the engine takes ``1`` for ``"1"``, and compares texts with numbers as texts."""
        known = self.holds.setdefault(self._first(name), kind)
        if known is not kind:
            raise refusal("NTM-851", place, detail=f"{name}: {kind.__name__} ≠ {known.__name__}")

    def join(self, name: str, other: str, tests: tuple[Test, ...], place: str) -> None:
        """A property is compared with one of a fact before it, of which ``tests`` are known: both hold the same kind of value."""
        self.needed.setdefault(other, []).append(tests)
        first, second = self._first(name), self._first(other)
        if first != second:
            self.joined[second] = first
            if second in self.holds:
                self.hold(first, self.holds[second], place)

    def _first(self, name: str) -> str:
        while (above := self.joined[name]) != name:
            name = above
        return name


class State:
    """What went into a state: its facts in full, the values in them by their hash, and those found right with their kind."""

    __slots__ = ("facts", "taken", "values")

    def __init__(self) -> None:
        self.facts: set[tuple[str, frozenset[tuple[str, int | str]]]] = set()
        self.values: dict[int, str] = {}
        self.taken: dict[int | str, type] = {}


# --- what passes ------------------------------------------------------------------------------------------------------


def need_name(name: Any, place: str) -> str:
    """A name of a rule, a fact or a property: short, lower-case ASCII, none of the engine's own.

    Raises:
        MonitorError: it is another.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _RESERVED:
        raise refusal("NTM-851", place, detail=Bilingual(f"tên {name!r:.80}", f"name {name!r:.80}"))
    return name


def _need_value(value: Any, place: str) -> int | str:
    if isinstance(value, int) and abs(value) <= MAX_INTEGER and type(value) in (int, bool):
        return value
    if type(value) is str and 0 < len(value) <= MAX_TEXT and value.isascii() and value.isprintable():
        return value
    got = f"{value!r:.80} ({type(value).__name__})"
    vi, en = "cần số nguyên, true/false hoặc chữ ASCII ngắn", "an integer, true/false or short ASCII is expected"
    raise refusal("NTM-851", place, detail=Bilingual(f"{got}; {vi}", f"{got}; {en}"))


def distinct(seen: dict[int, str], text: str, place: str) -> None:
    """Note a text under its hash.

    Raises:
        MonitorError: another text has the same: the engine would take one for the other.
    """
    other = seen.setdefault(hash32(text), text)
    if other != text:
        raise refusal("NTM-852", place, detail=Bilingual(f"trùng mã băm: {other}, {text}", f"hash collision: {other}, {text}"))


def checked_fact(fact: Any, place: str, book: Book, state: State) -> dict[str, int | str]:
    """A copy of a fact of which the engine fails at nothing and compares nothing wrongly, in its state.

    Raises:
        MonitorError: it is none, or too large, or goes against the other facts and the rules of the book.
    """
    if not isinstance(fact, Mapping) or not 1 <= len(fact) <= MAX_PROPERTIES:
        raise refusal("NTM-851", place, detail=Bilingual(f"dữ kiện {fact!r:.80}", f"fact {fact!r:.80}"))
    checked = dict(fact)
    names, values = book.taken, state.taken
    for name, value in checked.items():
        kind = type(value)
        if kind not in _KINDS or values.get(value) is not kind:  # what is of no kind need not be hashable
            distinct(state.values, str(_need_value(value, place)), place)
            values[value] = kind
        if names.get(name) is not kind:
            book.hold(book.note(name, place), kind, place)
            names[name] = kind
    for name, needed in book.needed.items():  # the engine fails where a fact lacks what another is to be compared with
        if name not in checked and any(all(prop in checked and holds(checked[prop], value) for prop, holds, value in t) for t in needed):
            raise refusal("NTM-851", place, detail=Bilingual(f"thiếu {name}: {checked}", f"lacks {name}: {checked}"))
    return checked


def checked_rule(rule: Any, place: str, book: Book) -> dict[str, Any]:
    """A copy of a rule (the engine changes what it is given), every part of it looked at and noted in the book.

    Raises:
        MonitorError: it has another shape, or more of anything than the engine can bear.
    """
    if not isinstance(rule, Mapping) or set(rule) != {"all"} or not isinstance(rule["all"], (list, tuple)):
        raise refusal("NTM-851", place, detail='{"all": […]}')
    if not 1 <= len(rule["all"]) <= MAX_CONDITIONS:
        raise refusal("NTM-851", place, detail=Bilingual(f"1…{MAX_CONDITIONS} điều kiện", f"1…{MAX_CONDITIONS} conditions"))
    aliases: dict[int, str] = {}
    tests: dict[str, tuple[Test, ...]] = {}
    conditions = []
    for condition in rule["all"]:
        if not isinstance(condition, Mapping) or len(condition) != 1:
            raise refusal("NTM-851", place, detail=Bilingual(f"điều kiện {condition!r:.80}", f"condition {condition!r:.80}"))
        [(alias, test)] = condition.items()
        if need_name(alias, place) in tests:
            raise refusal("NTM-851", place, detail=Bilingual(f"tên dùng hai lần: {alias}", f"name used twice: {alias}"))
        terms = test["$and"] if isinstance(test, Mapping) and set(test) == {"$and"} else [test]
        if not isinstance(terms, (list, tuple)) or not 1 <= len(terms) <= MAX_TERMS:
            raise refusal("NTM-851", place, detail=Bilingual(f"1…{MAX_TERMS} phép thử", f"1…{MAX_TERMS} tests"))
        checked = [_checked_term(term, place, book, tests) for term in terms]
        conditions.append({alias: {"$and": checked} if len(checked) > 1 else checked[0]})
        distinct(aliases, alias, place)
        tests[alias] = tuple(_tests(checked))
    return {"all": conditions}


def _checked_term(term: Any, place: str, book: Book, before: Mapping[str, tuple[Test, ...]]) -> dict[str, Any]:
    if not isinstance(term, Mapping) or len(term) != 1:
        raise refusal("NTM-851", place, detail=Bilingual(f"phép thử {term!r:.80}", f"test {term!r:.80}"))
    [(key, inner)] = term.items()
    if key in _COMPARISONS:
        if not isinstance(inner, Mapping) or len(inner) != 1:
            raise refusal("NTM-851", place, detail=Bilingual(f"phép thử {term!r:.80}", f"test {term!r:.80}"))
        [(name, value)] = inner.items()
        if key != "$neq" and isinstance(value, (str, bool)):  # it would compare texts
            raise refusal("NTM-851", place, detail=f"{key} {value!r}")
        book.hold(book.note(name, place), type(_need_value(value, place)), place)
        return {key: {name: value}}
    name = book.note(key, place)
    if isinstance(inner, Mapping):
        [(alias, other)] = inner.items() if len(inner) == 1 else [("", "")]
        if alias not in before:
            raise refusal(
                "NTM-851", place, detail=Bilingual(f"{inner!r:.80}: chưa có tên này ở trên", f"{inner!r:.80}: no such name before")
            )
        book.join(name, book.note(other, place), before[alias], place)
        return {name: {alias: other}}
    book.hold(name, type(_need_value(inner, place)), place)
    return {name: inner}


def _tests(terms: list[dict[str, Any]]) -> Iterator[Test]:
    """The tests of a condition against values, without the joins."""
    for term in terms:
        [(key, inner)] = term.items()
        if key in _COMPARISONS:
            [(name, value)] = inner.items()
            yield name, _COMPARISONS[key], value
        elif not isinstance(inner, Mapping):
            yield key, operator.eq, inner
