"""A slip in a condition on attributes: all for any, one more or fewer, a part or a value forgotten, a number a step off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.resolve import Effective
from ntm_rules.model.base import Model
from ntm_rules.model.figures import Figure
from ntm_rules.model.requirements import AllOf, AnyOf, AtLeastKOf, AttributeTest, KOf
from ntm_rules.model.ruleset import Dimension
from ntm_rules.values import Bilingual, exact, plain
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, Turn, in_document, in_indicator, in_section
from ntm_rules.verify.mutants.mutation import Mutation

Slip = tuple[str, str, Any]


_TURNED: Final[dict[type[Model], type[Model]]] = {AllOf: AnyOf, AnyOf: AllOf}


def _key(condition: Model) -> str:
    """The one key of a combination of conditions: its name."""
    return next(iter(type(condition).model_fields))


def _parts(condition: Model) -> tuple[Any, ...]:
    if isinstance(condition, AttributeTest):
        return ()
    under = getattr(condition, _key(condition))
    parts: tuple[Any, ...] = under.of if isinstance(under, KOf) else under
    return parts


def _with(condition: Model, parts: tuple[Any, ...]) -> Any:
    under = getattr(condition, _key(condition))
    return condition.model_copy(update={_key(condition): under.model_copy(update={"of": parts}) if isinstance(under, KOf) else parts})


def _brief(condition: Any) -> str:
    if isinstance(condition, AttributeTest):
        return condition.attribute
    return f"({', '.join(map(_brief, _parts(condition)))})"


def slips(condition: Any) -> Iterator[Slip]:
    """Every slip in a condition: what stands there, what it becomes, the condition with it."""
    if isinstance(condition, AttributeTest):
        yield from _of_test(condition)
        return
    parts = _parts(condition)
    if len(parts) > 1:
        if (other := _TURNED.get(type(condition))) is not None:
            turned = other.model_validate({next(iter(other.model_fields)): parts})
            yield _key(condition), _key(turned), turned
        for i, part in enumerate(parts):
            yield _brief(part), "–", _with(condition, (*parts[:i], *parts[i + 1 :]))
    if isinstance(condition, AtLeastKOf):
        k = condition.at_least_k_of.k
        for least in (k - 1, k + 1):
            if 1 <= least <= len(parts):
                turned = condition.model_copy(update={_key(condition): KOf(k=least, of=parts)})
                yield f"k = {k}", f"k = {least}", turned
    for i, part in enumerate(parts):
        for old, new, other_part in slips(part):
            yield old, new, _with(condition, (*parts[:i], other_part, *parts[i + 1 :]))


def _of_test(test: AttributeTest) -> Iterator[Slip]:
    if not isinstance(test.bound, Figure) or test.bound.value is None:
        return
    value = test.bound.value

    def other(given: str | tuple[str, ...]) -> AttributeTest:
        return test.model_copy(update={test.operator: test.bound.model_copy(update={"value": given})})

    if isinstance(value, tuple):
        for item in value if len(value) > 1 else ():
            rest = tuple(one for one in value if one != item)
            yield f"{test.attribute}: {', '.join(value)}", ", ".join(rest), other(rest)
        return
    try:
        number = exact(value)
    except ValueError:
        return
    for move in (Decimal(-1), Decimal(1)):
        yield f"{test.attribute}: {value}", plain(number + move), other(plain(number + move))


def _in_dimension(name: str, was: Dimension, now: Dimension) -> Turn:
    def turn(effective: Effective) -> Effective | None:
        dimensions = effective.document.dimensions
        return in_document(dimensions={**dimensions, name: now})(effective) if dimensions.get(name) == was else None

    return turn


def _unseen(before: Sequence[Any], was: Any, now: Any) -> bool:
    """Whether no subject can notice a slip in a rule of columns: whoever it reads otherwise, an earlier rule has taken already.

    All of it depends on one number, and changes only at the numbers that the rules name: what holds at each of these, between any two
    neighbours, and beyond the outermost, holds everywhere.
    """
    if not isinstance(was, AttributeTest):
        return False
    tests = [one for one in before if isinstance(one, AttributeTest) and one.attribute == was.attribute]
    bounds = [_number(one) for one in (*tests, was, now)]
    known = sorted({bound for bound in bounds if bound is not None})
    if len(known) < 2 or None in bounds:
        return False
    tried = [known[0] - 1, *known, *((low + high) / 2 for low, high in pairwise(known)), known[-1] + 1]
    return all(
        any(_holds(one, value) for one in tests) or _holds(was, value) is _holds(now, value)  # the first rule that holds is the one read
        for value in tried
    )


def _number(test: AttributeTest) -> Decimal | None:
    """The one number that a test compares with, if it does."""
    value = test.bound.value if isinstance(test.bound, Figure) else None
    try:
        return exact(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _holds(test: AttributeTest, value: Decimal) -> bool:
    return bool(OPERATORS[test.operator].holds(value, _number(test)))


def _of(bench: Bench) -> Iterator[Mutant]:
    document = bench.document
    for name, dimension in document.dimensions.items():
        for i, redirect in enumerate(dimension.redirect):
            rules = dimension.redirect
            for old, new, when in slips(redirect.when):
                if _unseen([rule.when for rule in rules[:i]], redirect.when, when):
                    continue
                turned = dimension.model_copy(
                    update={"redirect": (*rules[:i], redirect.model_copy(update={"when": when}), *rules[i + 1 :])}
                )
                yield Mutant("condition", name, (redirect.use,), old, new, _in_dimension(name, dimension, turned), anywhere=True)
    for section in document.sections:
        if section.applies_when is not None:
            for old, new, when in slips(section.applies_when):
                turn = in_section(section, section.model_copy(update={"applies_when": when}))
                yield Mutant("condition", section.criterion, (), old, new, turn)
        for one in section.indicators:
            if one.applies_when is not None:
                for old, new, when in slips(one.applies_when):
                    turn = in_indicator(one, one.model_copy(update={"applies_when": when}))
                    yield Mutant("condition", one.indicator, (), old, new, turn)


CONDITION = Mutation("condition", Bilingual("điều kiện theo thuộc tính", "a condition on attributes"), _of)
