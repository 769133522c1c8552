"""A slip in a condition on attributes: all for any, one more or fewer, a part or a value forgotten, a number a step off."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.loading.resolve import Effective
from ntm_rules.model.figures import Figure
from ntm_rules.model.requirements import AllOf, AnyOf, AtLeastKOf, AttributeTest, Condition, KOf
from ntm_rules.model.ruleset import Dimension
from ntm_rules.values import Bilingual, exact, plain
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, Turn, in_document, in_indicator, in_section
from ntm_rules.verify.mutants.mutation import Mutation

Slip = tuple[str, str, Condition]


def _parts(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, AllOf):
        return condition.all_of
    if isinstance(condition, AnyOf):
        return condition.any_of
    return condition.at_least_k_of.of if isinstance(condition, AtLeastKOf) else ()


def _with(condition: Condition, parts: tuple[Condition, ...]) -> Condition:
    if isinstance(condition, AllOf):
        return condition.model_copy(update={"all_of": parts})
    if isinstance(condition, AnyOf):
        return condition.model_copy(update={"any_of": parts})
    assert isinstance(condition, AtLeastKOf)
    return condition.model_copy(update={"at_least_k_of": condition.at_least_k_of.model_copy(update={"of": parts})})


def _brief(condition: Condition) -> str:
    if isinstance(condition, AttributeTest):
        return condition.attribute
    return f"({', '.join(map(_brief, _parts(condition)))})"


def slips(condition: Condition) -> Iterator[Slip]:
    """Every slip in a condition: what stands there, what it becomes, the condition with it."""
    if isinstance(condition, AttributeTest):
        yield from _of_test(condition)
        return
    parts = _parts(condition)
    if len(parts) > 1:
        if isinstance(condition, AllOf):
            yield "all_of", "any_of", AnyOf(any_of=parts)
        elif isinstance(condition, AnyOf):
            yield "any_of", "all_of", AllOf(all_of=parts)
        for i, part in enumerate(parts):
            yield _brief(part), "–", _with(condition, (*parts[:i], *parts[i + 1 :]))
    if isinstance(condition, AtLeastKOf):
        k = condition.at_least_k_of.k
        for other in (k - 1, k + 1):
            if 1 <= other <= len(parts):
                yield f"k = {k}", f"k = {other}", AtLeastKOf(at_least_k_of=KOf(k=other, of=parts))
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


def _of(bench: Bench) -> Iterator[Mutant]:
    document = bench.document
    for name, dimension in document.dimensions.items():
        for i, redirect in enumerate(dimension.redirect):
            rules = dimension.redirect
            for old, new, when in slips(redirect.when):
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
