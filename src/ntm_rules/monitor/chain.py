"""The chain: finished decisions of the core go in as facts, what follows from them comes out.

Every run works in a fresh state of its own that is dropped afterwards: nothing is ever retracted, so nothing derived can outlive what
it was derived from. Units are known inside by handles (``u0``, ``u1``, …); no name or code of a unit reaches the engine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.monitor.definitions import Rules, acts, definition
from ntm_rules.monitor.guard import Guard
from ntm_rules.monitor.shapes import MAX_RULES, MAX_WATCHING

ACTS: Final = "acts"
UNITS: Final = ("unit", "whole")


@dataclass(slots=True)
class Conclusions:
    """What one run came to: alerts and units to decide again, each once, in the order they were concluded; and all derived facts."""

    alerts: list[dict[str, Any]] = field(default_factory=list)
    decide: list[tuple[str, str]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to put in: for the books of one edition, or (without one) for every book that looks at facts of its kind."""

    fact: Mapping[str, int | str]
    edition: str = ""


class Chain:
    """The books of the editions in use, and the runs over them.

    Raises:
        MissingExtra: durable_rules is not installed or cannot be imported.
    """

    def __init__(self) -> None:
        self.guard: Guard = Guard()
        self._then: dict[str, dict[str, dict[str, Any]]] = {}
        self._of: dict[str, str] = {}  # book → key of its edition
        self._books: dict[str, list[str]] = {}
        self._wanted: dict[tuple[Any, ...], list[str]] = {}
        self._editions: dict[str, str] = {}
        self._add(ACTS, acts())

    def learn(self, rules: RuleSet) -> None:
        """Write the rules of an edition, unless they are known; an edition as amended is another one."""
        key = edition_key(rules)
        if key not in self._books:
            self._add(key, definition(rules))
            self._editions[key] = rules.id

    def _add(self, key: str, rules: Rules) -> None:
        self._books[key] = []
        for number, part in enumerate(_parts(rules)):
            book = f"{key}#{number}"
            self.guard.add(book, {name: {"all": rule["all"]} for name, rule in part.items()})
            self._of[book] = key
            self._then[book] = {name: rule["then"] for name, rule in part.items()}
            self._books[key].append(book)
            for rule in part.values():
                for condition in rule["all"]:
                    wanted = self._wanted.setdefault(_wants(condition), [])
                    if book not in wanted:
                        wanted.append(book)

    def run(self, state: str, given: Iterable[Fact]) -> Conclusions:
        """Put the facts into a fresh state, follow everything that they lead to, and drop the state."""
        found = Conclusions()
        handles: dict[str, str] = {}
        names: list[str] = []

        def handle(unit: str) -> str:
            if unit not in handles:
                handles[unit] = f"u{len(names)}"
                names.append(unit)
            return handles[unit]

        queue: deque[tuple[str, dict[str, Any]]] = deque()
        for item in given:
            fact = {name: handle(str(value)) if name in UNITS else value for name, value in item.fact.items()}
            books = self._books[item.edition] if item.edition else self._wanted.get(_kind(fact), ())
            queue.extend((book, fact) for book in books)
        seen: set[tuple[Any, ...]] = set()
        try:
            while queue:
                book, fact = queue.popleft()
                of = self._of[book]
                for match in self.guard.put(book, state, fact):
                    [(what, template)] = self._then[book][match.rule].items()
                    filled = {key: _fill(value, match.facts) for key, value in template.items()}
                    key = (of if what != "decide" else "", what, *sorted(filled.items()))
                    if key in seen:
                        continue
                    seen.add(key)
                    if what == "fact":
                        queue.extend((other, filled) for other in self._books[of])
                    edition = self._editions.get(of, "")
                    filled = {name: names[int(value[1:])] if name in UNITS else value for name, value in filled.items()}
                    if what == "decide":
                        found.decide.append((filled["unit"], filled["family"]))
                    elif what == "alert":
                        found.alerts.append(filled | ({"set": edition} if edition else {}))
                    else:
                        found.facts.append(filled | {"set": edition})
        finally:
            self.guard.drop(state)
        return found

    def close(self) -> None:
        """Free the engine's memory."""
        self.guard.close()


def edition_key(rules: RuleSet) -> str:
    """What tells the rules of one edition as amended from those of another."""
    return f"{rules.id}@{rules.sha256[:16]}"


def _parts(rules: Rules) -> Iterator[Rules]:
    """The rules in portions that a book can hold."""
    part: Rules = {}
    watching = 0
    for name, rule in rules.items():
        if len(part) == MAX_RULES or watching + len(rule["all"]) > MAX_WATCHING:
            yield part
            part, watching = {}, 0
        part[name] = rule
        watching += len(rule["all"])
    yield part


def _wants(condition: Mapping[str, Any]) -> tuple[Any, ...]:
    """The kind of fact that a condition looks at; of changes, also whose and what."""
    [(_, test)] = condition.items()
    return _kind({key: value for term in test["$and"] for key, value in term.items() if not key.startswith("$")})


def _kind(fact: Mapping[str, Any]) -> tuple[Any, ...]:
    return ("moved", fact["of"], fact["what"]) if fact["kind"] == "moved" else (fact["kind"],)


def _fill(template: Any, facts: Mapping[str, Mapping[str, Any]]) -> Any:
    if not isinstance(template, Mapping):
        return template
    [(name, prop)] = template.items()
    return facts[name][prop]
