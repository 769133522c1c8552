"""What structure does not settle: asked of z3, through the faces that operators and combinations have for terms of a solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from ntm_rules.conditions import ALL_OF, ANY_OF, AT_LEAST_K_OF, OPERATORS, CombinationRule, Operator
from ntm_rules.model.figures import Figure
from ntm_rules.model.requirements import AllOf, AnyOf, AtLeastKOf, AttributeTest
from ntm_rules.model.ruleset import Attribute
from ntm_rules.problems import MissingExtra, Place, Problem
from ntm_rules.values import Outcome, exact

_LIMIT = 5_000  # milliseconds for one question


@cache
def z3() -> Any:
    """The solver.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import z3 as found
    except ImportError:
        raise MissingExtra([Problem("NTM-901", Place(), {"package": "z3-solver", "extra": "verify"})]) from None
    return found


def never(*claims: Any) -> bool | None:
    """Whether no values make all of the terms true; None where the solver does not know in time."""
    solver = z3().Solver()
    solver.set("timeout", _LIMIT)
    solver.add(*claims)
    answer = solver.check()
    return True if answer == z3().unsat else False if answer == z3().sat else None


def follows(given: tuple[Operator, Any], asked: tuple[Operator, Any], low: Decimal | None, high: Decimal | None) -> Decimal | bool | None:
    """Whether every number that meets one requirement meets another; else a number that does not. None: not known."""
    value = z3().Real("value")
    within = [value >= _term(low)] if low is not None else []
    within += [value <= _term(high)] if high is not None else []
    met, missed = (operator.term(value, _term(bound)) for operator, bound in (given, asked))
    solver = z3().Solver()
    solver.set("timeout", _LIMIT)
    solver.add(*within, met, z3().Not(missed))
    answer = solver.check()
    if answer == z3().unsat:
        return True
    if answer != z3().sat:
        return None
    found = solver.model().eval(value, model_completion=True)
    return Decimal(found.numerator_as_long()) / Decimal(found.denominator_as_long())


def _term(bound: Any) -> Any:
    if isinstance(bound, tuple):
        return tuple(_term(one) for one in bound)
    return z3().RealVal(str(bound)) if isinstance(bound, Decimal) else bound


def _whole(text: Any) -> int:
    return int(exact(text))


@cache
def never_loses(rule: CombinationRule) -> bool | None:
    """Whether a whole stays met, and never becomes not met, when one part goes from failed to unknown or from unknown to met.

    Asked for any number of parts and any *k*, and not for some that were tried.
    """
    met, failed, unknown, k = counts = z3().Ints("met failed unknown k")
    worst = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.MET: 2, Outcome.NOT_APPLICABLE: 1}

    def rank(*given: Any) -> Any:
        found = z3().IntVal(worst[rule.otherwise])
        for test, outcome in reversed(rule.cases):
            found = z3().If(test(*given), worst[outcome], found)
        return found

    natural = [one >= 0 for one in counts] + [k >= 1, met + failed + unknown >= k]
    answers = [
        never(*natural, failed > 0, rank(met, failed - 1, unknown + 1, k) < rank(*counts)),
        never(*natural, unknown > 0, rank(met + 1, failed, unknown - 1, k) < rank(*counts)),
    ]
    return None if None in answers else all(answers)


def condition_term(condition: Any, declared: Mapping[str, Attribute]) -> tuple[Any, list[Any]]:
    """A condition on attributes as a term, with what its attributes can be."""
    limits: list[Any] = []

    def test(one: AttributeTest) -> Any:
        attribute = declared[one.attribute]
        assert isinstance(one.bound, Figure)
        operator, bound = OPERATORS[one.operator], one.bound.value
        if attribute.yes_no:
            return operator.term(z3().Bool(one.attribute), True)
        value = z3().Int(one.attribute)
        if attribute.one_of:
            limits.extend((value >= 0, value < len(attribute.one_of)))
        read: Callable[[Any], int] = attribute.one_of.index if attribute.one_of else _whole
        return operator.term(value, tuple(map(read, bound)) if isinstance(bound, tuple) else read(bound))

    def term(one: Any) -> Any:
        if isinstance(one, AttributeTest):
            return test(one)
        for kind, rule in ((AllOf, ALL_OF), (AnyOf, ANY_OF)):
            if isinstance(one, kind):
                return (z3().And if rule is ALL_OF else z3().Or)(*map(term, getattr(one, rule.name)))
        assert isinstance(one, AtLeastKOf)
        inner = getattr(one, AT_LEAST_K_OF.name)
        return z3().Sum(*(z3().If(term(part), 1, 0) for part in inner.of)) >= inner.k

    return term(condition), limits
