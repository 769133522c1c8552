"""Attributes of a subject: reading them strictly, and deciding conditions over them in three-valued logic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

from ntm_rules.conditions import ALL_OF, ANY_OF, AT_LEAST_K_OF, OPERATORS, CombinationRule
from ntm_rules.loading.provinces import Provinces
from ntm_rules.model.figures import Figure
from ntm_rules.model.requirements import AllOf, AnyOf, AtLeastKOf, AttributeTest, Condition
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.vocabulary import column_label
from ntm_rules.problems import Place, Problem, nearest
from ntm_rules.values import Bilingual, NotApplicable, Outcome, Unknown, exact, nfc, plain

Known = Mapping[str, Any]
_WHOLE: Final = Bilingual("số nguyên", "a whole number")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a condition holds, with the tests that speak for the answer and the attributes it waits for."""

    outcome: Outcome
    because: tuple[Bilingual, ...] = ()
    waits_for: tuple[str, ...] = ()


def read_attributes(
    given: Mapping[str, Any],
    looked_at: Mapping[str, Attribute],
    names: Iterable[str],
    subject: str,
    provinces: Provinces | None = None,
) -> tuple[dict[str, Any], dict[str, bool], list[Problem]]:
    """What is known of the attributes a set looks at, what is presumed of closed lists, and every problem.

    An attribute that is absent or :class:`~ntm_rules.Unknown` is left out, unless the set states what not being listed means. A province is
    a slug of the list, whether or not the set looks at it.
    """
    known: dict[str, Any] = {}
    presumed: dict[str, bool] = {}
    problems: list[Problem] = []
    for name, attribute in looked_at.items():
        value = given.get(name)
        if value is None or value.__class__ is Unknown or value.__class__ is NotApplicable:
            if value is None and attribute.unless_stated is not None:
                known[name] = presumed[name] = attribute.unless_stated
            continue
        try:
            known[name] = _read(value, attribute)
        except ValueError as error:
            place = Place(path=f"{subject}: attributes.{name}")
            shown = plain(value) if isinstance(value, Decimal) else str(value)
            words = {"key": attribute.title, "got": shown, "allowed": error.args[0], "guess": nearest(shown, attribute.one_of)}
            problems.append(Problem("NTM-406", place, words))
    if "province" in given and (problem := province_problem(given["province"], provinces, subject)):
        problems.append(problem)
    for name in sorted(given.keys() - set(names)):
        guess = nearest(name, set(names) - given.keys())
        if not name.strip() or (guess and _very_like(name, guess)):
            problems.append(Problem("NTM-410", Place(path=f"{subject}: attributes.{name}"), {"key": name, "guess": guess}))
    return known, presumed, problems


def province_problem(stated: Any, provinces: Provinces | None, subject: str) -> Problem | None:
    """What is wrong with a stated province: an exact door takes slugs alone, and names the slug of an official name."""
    if provinces is None or stated.__class__ in (Unknown, NotApplicable) or stated in provinces.by_slug:
        return None
    return provinces.unlisted(stated, Place(path=f"{subject}: attributes.province"))


def _very_like(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b).ratio() >= 0.8


def _read(value: Any, attribute: Attribute) -> Any:
    if attribute.yes_no:
        if value.__class__ is bool:
            return value
        raise ValueError("true, false")
    if attribute.whole_number:
        try:
            number = exact(value)
        except (ValueError, TypeError):
            raise ValueError(_WHOLE) from None
        if number != int(number):
            raise ValueError(_WHOLE)
        return Decimal(int(number))
    text = plain(value) if isinstance(value, Decimal) else value
    if not isinstance(text, str):
        raise ValueError(", ".join(attribute.one_of) or Bilingual("chữ", "text"))
    text = nfc(text)
    if attribute.one_of and text not in attribute.one_of:
        raise ValueError(", ".join(attribute.one_of))
    return text


def decide_condition(condition: Condition, known: Known, declared: Mapping[str, Attribute]) -> Answer:
    """Whether a condition holds of what is known."""
    if isinstance(condition, AttributeTest):
        return _decide_test(condition, known, declared[condition.attribute])
    if isinstance(condition, AllOf):
        return _combine(ALL_OF, condition.all_of, 0, known, declared)
    if isinstance(condition, AnyOf):
        return _combine(ANY_OF, condition.any_of, 0, known, declared)
    assert isinstance(condition, AtLeastKOf)
    inner = condition.at_least_k_of
    return _combine(AT_LEAST_K_OF, inner.of, inner.k, known, declared)


def _combine(rule: CombinationRule, parts: tuple[Condition, ...], k: int, known: Known, declared: Mapping[str, Attribute]) -> Answer:
    answers = [decide_condition(part, known, declared) for part in parts]
    outcomes = [answer.outcome for answer in answers]
    met, failed, unknown = (outcomes.count(outcome) for outcome in (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED))
    outcome = rule.combine(met, failed, unknown, k)
    speaking = [answer for answer in answers if answer.outcome is outcome]
    return Answer(
        outcome,
        tuple(reason for answer in speaking for reason in answer.because),
        tuple(dict.fromkeys(name for answer in speaking for name in answer.waits_for)),
    )


def _decide_test(test: AttributeTest, known: Known, attribute: Attribute) -> Answer:
    if test.attribute not in known:
        return Answer(Outcome.UNDETERMINED, waits_for=(test.attribute,))
    value = known[test.attribute]
    assert isinstance(test.bound, Figure)
    holds = OPERATORS[test.operator].holds(*_comparable(value, test.bound.value, attribute))
    shown = _shown(value)
    because = Bilingual(f"{attribute.title.vi}: {shown.vi}", f"{attribute.title.en}: {shown.en}")
    return Answer(Outcome.MET if holds else Outcome.NOT_MET, (because,))


def _comparable(value: Any, bound: Any, attribute: Attribute) -> tuple[Any, Any]:
    """Value and bound in the order they are compared in: numbers as numbers, listed values by their place in the list."""
    if attribute.yes_no:
        return value, True
    made: Callable[[Any], Any] = exact if attribute.whole_number else attribute.one_of.index if attribute.one_of else str
    return made(value), tuple(map(made, bound)) if isinstance(bound, tuple) else made(bound)


def _shown(value: Any) -> Bilingual:
    if isinstance(value, bool):
        return Bilingual("có", "yes") if value else Bilingual("không", "no")
    return Bilingual(plain(value)) if isinstance(value, Decimal) else column_label(value)
