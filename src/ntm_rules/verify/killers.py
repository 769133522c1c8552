"""For a slip that no example notices: the example that would, ready to be pasted.

It is found by trying subjects near the place of the slip until one comes out otherwise under the text with it; what it promises is what
the text without the slip says. So it holds what is. Whether that is right is for a person to say who reads the decision.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.figures import Table, figures_of
from ntm_rules.model.ruleset import Criterion, Indicator
from ntm_rules.problems import NtmError
from ntm_rules.values import NotApplicable, Outcome, Unknown, plain
from ntm_rules.verify.compared import column_of, levels, scored
from ntm_rules.verify.mutants.bench import Bench, Seen
from ntm_rules.verify.mutants.mutant import Mutant
from ntm_rules.verify.trials import Text, example_subject

_HEAD: Final = (
    "# Do máy viết ra từ chính bộ tiêu chí: giữ cho nó không đổi ngoài ý muốn, không chứng minh rằng nó đúng.",
    "# Made by the engine from the set itself: it holds what is, and proves nothing.",
)
_MANY: Final = 512  # attempts for one slip; those near its place come first


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A subject that may notice a slip: under which text, what is known of it, which node to look at (None: the class of a product)."""

    text: Text
    given: Mapping[str, Any]
    at: str | None
    but: Mapping[str, Any] | None = None


def killer(bench: Bench, mutant: Mutant, seen: list[Seen]) -> dict[str, Any] | None:
    """An example that notices a slip, as it stands in ``examples.yaml``; None where none was found near the place."""
    turned: dict[Text, RuleSet | NtmError | None] = {}
    plain_text: dict[Text, RuleSet] = {}
    for attempt in itertools.islice(_attempts(bench, mutant, seen), _MANY):
        text = attempt.text
        try:
            if text not in plain_text:
                plain_text[text] = RuleSet(bench.effective(text))
                turned[text] = _turned(bench, mutant, text)
            other = turned[text]
            right = _result(plain_text[text], attempt)
        except NtmError:
            continue
        if other is None:
            continue
        if isinstance(other, NtmError) or _differs(other, attempt, right):
            return _written(mutant, attempt, right)
    return None


def text_of(example: dict[str, Any] | None) -> str | None:
    """An example as it is pasted into a file."""
    if example is None:
        return None
    text: str = yaml.safe_dump([example], allow_unicode=True, sort_keys=False, default_flow_style=None, width=130)
    return text.rstrip("\n")


def made_file(path: Path, name: str, examples: list[dict[str, Any]]) -> str:
    """The file of examples that the engine made, with those that already stand in it; each stands there once."""
    known = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["examples"] if path.is_file() else []  # noqa: S506
    body = [*(text_of(one) for one in known), *(text_of(one) for one in examples)]
    lines = [line for one in dict.fromkeys(filter(None, body)) for line in one.split("\n")]
    return "\n".join([*_HEAD, f"examples_of: {name}", "examples:", *(f"  {line}" for line in lines), ""])


def _turned(bench: Bench, mutant: Mutant, text: Text) -> RuleSet | NtmError | None:
    try:
        return bench.turned(mutant, text)
    except NtmError as error:
        return error


def _differs(rules: RuleSet, attempt: _Attempt, right: Any) -> bool:
    try:
        return bool(_result(rules, attempt) != right)
    except NtmError:
        return True


def _result(rules: RuleSet, attempt: _Attempt) -> Any:
    """The outcome that is looked at; of a product its class, its points and the marks it misses."""
    decision = rules.evaluate(example_subject(dict(attempt.given), rules.kind))
    if attempt.at is not None:
        return decision[attempt.at].outcome
    return decision.stars, decision.total, tuple(mark.criterion for mark in decision.held_back_by)


def _written(mutant: Mutant, attempt: _Attempt, right: Any) -> dict[str, Any]:
    head: dict[str, Any] = {"example": f"{mutant.where}: {mutant.old} (≠ {mutant.new})"}
    if attempt.text.on is not None:
        head["on"] = attempt.text.on
    if attempt.text.province is not None:
        head["province"] = attempt.text.province
    if attempt.but is not None:
        stars, total, missed = right
        found = {"stars": stars, "total": None if total is None else _number(total), "held_back_by": list(missed) or None}
        product = attempt.given["attributes"]["product_set"]
        return {**head, "best_of": product, "but": dict(attempt.but), **{key: value for key, value in found.items() if value is not None}}
    subject = {key: value for key, value in attempt.given.items() if value}
    return {**head, "subject": subject, "expect": {attempt.at or "outcome": Outcome(right).value}}


def _number(number: Decimal) -> int | str:
    return int(number) if number == int(number) else plain(number)


# --- where to look ---------------------------------------------------------------------------------------------------------


def _attempts(bench: Bench, mutant: Mutant, seen: list[Seen]) -> Iterator[_Attempt]:
    document = bench.document
    sections = {section.criterion: section for section in document.sections}
    if mutant.mutation == "date":
        yield from _on_other_days(mutant, seen)
    elif mutant.mutation == "band":
        yield from _at_totals(bench, mutant)
    elif mutant.sheet is not None:
        yield from _at_levels(bench, mutant)
    elif mutant.at in document.indicators and mutant.values:
        yield from _at_values(bench, mutant, document.indicators[mutant.at], seen)
    elif mutant.at in sections:
        yield from _at_parts(bench, sections[mutant.at], seen)
    elif mutant.at == "" and document.sections:
        yield from _attested(bench, "", [section.criterion for section in document.sections], seen)
    else:
        yield from _by_attributes(bench, mutant, seen)


def texts_of(bench: Bench, seen: list[Seen]) -> list[Text]:
    """The texts that examples already speak of, and the document's own."""
    entry = bench.entry
    name = str(entry.header.get("amends", entry.id))
    own = Text(name, entry.in_force.start, entry.province)
    return list(dict.fromkeys([*(one.trial.text for one in seen), own]))


def as_written(indicator: Indicator, value: Any) -> Any:
    """A value as an example says it: a number as text, a grade by its name."""
    measure = indicator.measure
    if isinstance(value, Decimal):
        return plain(value)
    return measure.choices[value] if measure.kind == "choice" else value


def _at_values(bench: Bench, mutant: Mutant, indicator: Indicator, seen: list[Seen]) -> Iterator[_Attempt]:
    """Values between the right figure and the slip, for subjects that read the cell."""
    readers = [one for one in seen if not mutant.columns or any((one.cells.get(mutant.at) or ())[: len(c)] == c for c in mutant.columns)]
    places = [(one.trial.text, _plain(one.trial.subject.attributes)) for one in readers]
    bound = indicator.bound
    if isinstance(bound, Table):
        for text in texts_of(bench, seen):
            for column, _ in figures_of(bound):
                if not mutant.columns or any(column[: len(one)] == one for one in mutant.columns):
                    places.append((text, reading(bench, bound, column)))
    else:
        places += [(text, {}) for text in texts_of(bench, seen)]
    for value in mutant.values:
        for text, attributes in places:
            yield _Attempt(text, {"attributes": attributes, "values": {mutant.at: as_written(indicator, value)}}, mutant.at)


def reading(bench: Bench, table: Table, column: tuple[str, ...]) -> dict[str, Any]:
    """Attributes of a subject that reads a cell: of ``others`` some value that the table does not list."""
    found: dict[str, Any] = {}
    for i, (name, key) in enumerate(zip(table.by, column, strict=True)):
        dimension = bench.document.dimensions.get(name) or _edition(bench).dimensions[name]
        declared = bench.declared[dimension.attribute]
        others = [one for one in declared.one_of or dimension.values if column_of(table, (*column[:i], one, *column[i + 1 :])) == column]
        found[dimension.attribute] = key if key != "others" else next(iter(others), "9999")
    return found


def _edition(bench: Bench) -> Any:
    return bench.catalogue.ruleset(str(bench.entry.header.get("amends", bench.entry.id)))


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    answers = {"true": True, "false": False}
    known = {name: value for name, value in told.items() if not isinstance(value, Unknown)}
    return {name: value if isinstance(value, bool) else answers.get(str(value), str(value)) for name, value in known.items()}


def _at_parts(bench: Bench, section: Criterion, seen: list[Seen]) -> Iterator[_Attempt]:
    yield from _attested(bench, section.criterion, [one.indicator for one in section.indicators], seen)


def _attested(bench: Bench, at: str, parts: list[str], seen: list[Seen]) -> Iterator[_Attempt]:
    """Some parts met and the others not: each one alone failing, each one alone met, then the first so many."""
    ways = [[(i == one) is met for i in range(len(parts))] for met in (False, True) for one in range(len(parts))]
    ways += [[i < count for i in range(len(parts))] for count in range(len(parts) + 1)]
    for text in texts_of(bench, seen)[-1:] + texts_of(bench, seen)[:2]:
        for way in ways:
            yield _Attempt(text, {"attested": dict(zip(parts, way, strict=True))}, at)


def _by_attributes(bench: Bench, mutant: Mutant, seen: list[Seen]) -> Iterator[_Attempt]:
    """Subjects whose attributes differ in what a condition looks at."""
    for one in seen:
        values = one.trial.subject.values
        numbers = [number for number, value in values.items() if not isinstance(value, (Unknown, NotApplicable))]
        attributes = _plain(one.trial.subject.attributes)
        for name, value in itertools.islice(attributes.items(), 8):
            if isinstance(value, bool):
                for number in numbers[:2]:
                    given = {"attributes": {**attributes, name: not value}, "values": {number: str(values[number])}}
                    yield _Attempt(one.trial.text, given, number)


def _on_other_days(mutant: Mutant, seen: list[Seen]) -> Iterator[_Attempt]:
    """What is already tried, on the days on both sides of the slip."""
    days = {date.fromisoformat(day) + move for day in (mutant.old, mutant.new) for move in (timedelta(0), timedelta(-1), timedelta(1))}
    for one in sorted(seen, key=lambda one: len(one.trial.subject.values) + len(one.trial.subject.attested))[:40]:
        subject = one.trial.subject
        absent = (Unknown, NotApplicable)
        if any(isinstance(value, absent) for value in subject.values.values()) or subject.members:
            continue
        given = {"attributes": _plain(subject.attributes), "values": _plain(subject.values), "attested": dict(subject.attested)}
        nodes = [promise.at for promise in one.trial.promises if promise.key[0] == "expect"]
        for day in sorted(days):
            for at in nodes[:1]:
                yield _Attempt(replace(one.trial.text, on=day), given, at)


# --- of score sheets -------------------------------------------------------------------------------------------------------


def _product(bench: Bench, number: str, text: Text, but: Mapping[str, int]) -> _Attempt:
    best = RuleSet(bench.effective(text)).scores.best(number)
    values = {key: str(value) for key, value in {**best, **but}.items()}
    return _Attempt(text, {"attributes": {"product_set": number}, "values": values}, None, dict(but))


def _at_levels(bench: Bench, mutant: Mutant) -> Iterator[_Attempt]:
    """The best product there can be, but for the criterion of the mark."""
    assert mutant.sheet is not None
    criterion = mutant.at.split(": ", 1)[1]
    for value in mutant.values:
        yield _product(bench, mutant.sheet, Text(bench.entry.id, None, bench.entry.province), {criterion: value})


def _at_totals(bench: Bench, mutant: Mutant) -> Iterator[_Attempt]:
    """Products with exactly the points at which the slip shows, and every mark of the class met."""
    text = Text(bench.entry.id, None, bench.entry.province)
    wanted = min(int(Decimal(mutant.old)), int(Decimal(mutant.new)))
    star = int(mutant.at.split(" ")[0])
    assert bench.sheets is not None
    for number in bench.sheets.numbers:
        but = reaching(bench, number, text, wanted, star)
        if but is not None:
            yield _product(bench, number, text, but)


def reaching(bench: Bench, number: str, text: Text, wanted: int, star: int) -> dict[str, int] | None:
    """Points below the best of some criteria, so that all add up to exactly what is wanted and no mark of the class is missed."""
    assert bench.sheets is not None
    best = RuleSet(bench.effective(text)).scores.best(number)
    reached: dict[int, dict[str, int]] = {0: {}}
    for one in scored(bench.sheets.sheet(number)):
        if one.criterion not in best:
            continue
        least = max((mark for at, mark in one.marks.items() if int(at) <= star and isinstance(mark, int)), default=0)
        allowed = [level for level in levels(one) if level >= least]
        top = int(best[one.criterion])
        reached = {
            total + level: picked if level == top else {**picked, one.criterion: level}
            for total, picked in reached.items()
            for level in sorted(allowed)
            if total + level <= wanted
        }
    return reached.get(wanted)
