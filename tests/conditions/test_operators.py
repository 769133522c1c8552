"""The operators and combinations: every entry has every face, and its faces agree with each other."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
import pytest

import oracle
from ntm_rules.conditions import COMBINATIONS, OPERATORS, CombinationRule, Operator
from ntm_rules.conditions.operator import Ordered
from ntm_rules.loading.text.yaml_text import read_text
from ntm_rules.model.requirements import Requirement
from ntm_rules.model.ruleset import Combination
from ntm_rules.values import Bilingual, Outcome
from strategies import CATALOGUE, words

WITHIN = Ordered(
    name="within",
    sign="∈",
    low=True,
    high=True,
    holds=lambda value, bound: (bound[0] <= value) & (value <= bound[1]),
    words=Bilingual("từ {} đến {}", "from {} to {}"),
    help="Đạt khi giá trị nằm giữa hai mức.",
    bound="pair",
)
EVERY = [*OPERATORS.values(), WITHIN]  # the last one keeps the faces of two bounds tested while no operator of the language has two
ORDERED = [operator for operator in EVERY if isinstance(operator, Ordered)]
OF_NUMBERS = [operator for operator in EVERY if "number" in operator.fits]
BOUNDS = [Decimal(number) for number in range(4)]
VALUES = [Decimal(number) / 2 for number in range(-3, 10)]  # half a step beyond, at and between the bounds
MEASURES: dict[str, Any] = {"number": {"unit": "hộ"}, "yes_no": "yes_no", "choice": {"choices": ["0", "1", "2", "3"]}}


def _id(entry: Operator | CombinationRule) -> str:
    return entry.name


def _bounds(operator: Operator) -> list[Any]:
    """Bounds of the form that an operator takes, over few numbers."""
    forms: dict[str, list[Any]] = {
        "one": BOUNDS,
        "list": [(one,) for one in BOUNDS] + list(itertools.permutations(BOUNDS, 2)),
        "pair": [(first, last) for first, last in itertools.product(BOUNDS, repeat=2) if first <= last],
        "none": [True],
    }
    return forms[operator.bound]


def _values(operator: Operator) -> list[Any]:
    return VALUES if "number" in operator.fits else [True, False]


def _texts(operator: Operator) -> Any:
    """A bound as it is written in a ruleset."""
    return {"one": "1", "list": ["1", "2"], "pair": ["1", "2"], "none": "true"}[operator.bound]


# --- how an operator is written -----------------------------------------------------------------------------------


def test_every_key_of_the_language_is_an_operator() -> None:
    """What can be written in a ruleset is what can be decided, under the same names and in the same order."""
    assert list(Requirement.model_fields) == list(OPERATORS)
    assert all(operator.name == name for name, operator in OPERATORS.items())
    assert all(rule.name == name for name, rule in COMBINATIONS.items())
    assert all(Combination.model_validate({"rule": name}).rule == name for name in COMBINATIONS)


def _problems(operator: Operator, measure: Any, bound: Any) -> list[str]:
    indicator = {"indicator": "1.1", "title": words("Chỉ tiêu"), "measure": measure, "source": {"level": "recalled"}, operator.name: bound}
    data = {
        "ruleset": "test/2024",
        "version": "1.0.0",
        "title": words("Bộ thử"),
        "subject": "commune",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "criteria": [{"criterion": "1", "title": words("Tiêu chí"), "indicators": [indicator]}],
    }
    parsed = read_text(json.dumps(data, ensure_ascii=False), "operators.yaml")
    CATALOGUE.checked(parsed, "ruleset")
    return [problem.code for problem in parsed.problems]


@pytest.mark.parametrize("kind", MEASURES)
@pytest.mark.parametrize("operator", OPERATORS.values(), ids=_id)
def test_an_operator_is_loaded_with_the_measures_it_fits_and_no_others(operator: Operator, kind: str) -> None:
    """A set may compare what can be compared; anything else is refused by name."""
    assert _problems(operator, MEASURES[kind], _texts(operator)) == ([] if kind in operator.fits else ["NTM-213"])


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=_id)
def test_a_bound_of_another_form_is_refused(operator: Operator) -> None:
    """One value, a list and a pair are told apart, and a list or pair that nothing can meet is refused."""
    measure = MEASURES[operator.fits[0]]
    wrong = [["1"], ["1", "2", "3"]] if operator.bound != "list" else ["1", []]
    wrong += [["2", "1"]] if operator.bound == "pair" else []
    for bound in wrong:
        assert _problems(operator, measure, bound) == ["NTM-203"], bound


@pytest.mark.parametrize("operator", EVERY, ids=_id)
def test_an_operator_takes_the_bounds_it_compares_with(operator: Operator) -> None:
    """The forms of the bounds: a value, a tuple of any length, a tuple of two, or nothing but yes; and how a form is said."""
    assert all(operator.takes(bound) and operator.possible(bound) for bound in _bounds(operator))
    assert not operator.takes((1, 2, 3) if operator.bound != "list" else 1)
    assert operator.takes((1, 2)) is (operator.bound in ("list", "pair"))
    assert operator.form
    impossible = {"list": (), "pair": (Decimal(2), Decimal(1))}.get(operator.bound)
    if impossible is not None:
        assert not operator.possible(impossible)
        assert not any(operator.holds(value, impossible) for value in VALUES)


# --- how it decides -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operator", EVERY, ids=_id)
def test_strictness_is_what_holding_says(operator: Operator) -> None:
    """One bound is as strict as another exactly when whatever meets it meets the other; so it is reflexive and transitive."""
    bounds, values = _bounds(operator), _values(operator)
    met = [{value for value in values if operator.holds(value, bound)} for bound in bounds]
    for (i, new), (j, old) in itertools.product(enumerate(bounds), repeat=2):
        assert operator.stricter(new, old) == (met[i] <= met[j]), (new, old)
    for a, b, c in itertools.product(bounds, repeat=3):
        assert operator.stricter(a, a)
        assert operator.stricter(a, c) or not (operator.stricter(a, b) and operator.stricter(b, c))


@dataclass
class Values:
    """Values that can come out, each in as many ways as it stands here."""

    each: list[Decimal]

    @property
    def ways(self) -> int:
        """How many stand here."""
        return len(self.each)

    def within(self, first: Decimal, last: Decimal) -> int:
        """How many of them lie between two numbers."""
        return sum(first <= one <= last for one in self.each)


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("operator", OF_NUMBERS, ids=_id)
def test_a_range_is_decided_where_every_value_of_it_agrees(operator: Operator, ends: bool) -> None:
    """Over a range, met and not met are what trying out every value of it says, and nothing is said where they differ."""
    limits = [*VALUES[1:-1], None]
    for bound, low, high in itertools.product(_bounds(operator), limits, limits):
        if low is not None and high is not None and (low >= high if not ends else low > high):
            continue
        found = {
            operator.holds(value, bound)
            for value in (Decimal(number) / 4 for number in range(-8, 24))
            if (low is None or (low <= value if ends else low < value)) and (high is None or (value <= high if ends else value < high))
        }
        assert operator.over(low, high, bound, ends=ends) is (found.pop() if len(found) == 1 else None), (low, high, bound)


@pytest.mark.parametrize("operator", OF_NUMBERS, ids=_id)
def test_a_range_with_steps_is_decided_by_the_values_that_come_out(operator: Operator) -> None:
    """Where only some numbers of a range can come out, those alone have to agree: whole numbers, shares of few parts, one in two ways."""
    for size, bound in itertools.product((1, 2, 3), _bounds(operator)):
        for values in itertools.combinations_with_replacement([Decimal(number) / 2 for number in range(-2, 10)], size):
            found = {operator.holds(value, bound) for value in values}
            said = operator.over(min(values), max(values), bound, steps=Values(list(values)))
            assert said is (found.pop() if len(found) == 1 else None), (values, bound)


def test_an_answer_is_no_range() -> None:
    """Between yes and no lies nothing; one answer alone is decided."""
    for operator in EVERY:
        if "number" not in operator.fits:
            assert operator.over(None, None, True) is None
            assert operator.over(False, True, True) is None
            assert operator.over(True, True, True) is True
            assert operator.over(False, False, True) is False


@pytest.mark.parametrize("operator", EVERY, ids=_id)
def test_what_is_short_and_on_which_side_agree_with_holding(operator: Operator) -> None:
    """A number that fails lies short of all that holds or beyond all of it, by the least amount that leads there."""
    for bound, value in itertools.product(_bounds(operator), VALUES):
        met = [number for number in VALUES if operator.holds(number, bound)]
        side, short = operator.side(value, bound), operator.short(value, bound)
        if operator not in ORDERED:
            assert (side, short) == (0, None)
        elif value in met:
            assert (side, short) == (0, 0)
        else:
            assert side == (-1 if all(value < number for number in met) else 1)
            assert short is None or short > 0
            moved = value - side * (short or 0)
            within_reach = operator.holds(moved, bound)
            assert within_reach == operator.holds(bound[0] if isinstance(bound, tuple) else bound, bound)
            assert (short is None) == (not within_reach and value == bound)


@pytest.mark.parametrize("operator", ORDERED, ids=_id)
def test_better_stays_met(operator: Operator) -> None:
    """Moving in the direction of an operator never loses what was met; where there is no direction, moving far loses it."""
    for bound, value in itertools.product(_bounds(operator), VALUES):
        if operator.holds(value, bound):
            assert operator.direction == 0 or operator.holds(value + 10 * operator.direction, bound)
            assert operator.direction != 0 or not (operator.holds(value + 10, bound) or operator.holds(value - 10, bound))


@pytest.mark.parametrize("operator", EVERY, ids=_id)
def test_a_column_of_a_dataframe_is_decided_as_its_values_are(operator: Operator) -> None:
    """The column face of an operator gives, for each row, what the operator gives for the value."""
    values = [value if isinstance(value, bool) else float(value) for value in _values(operator)]
    frame = nw.from_native(pl.DataFrame({"value": values}))
    for bound in _bounds(operator):
        bound = tuple(map(float, bound)) if isinstance(bound, tuple) else bound if bound is True else float(bound)
        column = frame.select(met=operator.term(nw.col("value"), bound))["met"].to_list()
        assert column == [operator.holds(value, bound) for value in values], bound


@pytest.mark.parametrize("operator", EVERY, ids=_id)
def test_a_term_of_a_solver_is_decided_as_its_values_are(operator: Operator) -> None:
    """The term that a solver reasons with says of every value what the operator says."""
    z3 = pytest.importorskip("z3")
    unknown = z3.Real("value") if "number" in operator.fits else z3.Bool("value")
    for bound, value in itertools.product(_bounds(operator), _values(operator)):
        given = z3.BoolVal(value) if isinstance(value, bool) else z3.RealVal(str(value))
        decided = z3.simplify(z3.substitute(operator.term(unknown, bound), (unknown, given)))
        assert z3.is_true(decided) == operator.holds(value, bound)


# --- how it reads -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("operator", EVERY, ids=_id)
def test_every_operator_reads_in_both_languages(operator: Operator, lang: Any) -> None:
    """An operator has words with as many places as it has bounds, and says its bounds in a requirement and in a condition."""
    shown = {"one": ["80%"], "list": ["Khá", "Tốt"], "pair": ["20%", "30%"], "none": []}[operator.bound]
    assert operator.words.say(lang).count("{}") == operator.places == {"one": 1, "list": 1, "pair": 2, "none": 0}[operator.bound]
    said = operator.phrase(shown, lang), operator.of_attribute("Năm", shown, lang)
    assert all(text in sentence for sentence in said for text in shown)
    assert said[1].startswith("Năm")
    assert operator.sign
    assert operator.help
    assert operator.unbound(lang)
    assert not any(brace in sentence for sentence in (*said, operator.unbound(lang)) for brace in "{}")
    assert all(text in operator.listed(shown) for text in shown)


def test_some_requirements_in_words() -> None:
    """The phrases of the decisions, as people read them."""
    said = {name: OPERATORS[name].phrase(["80%"], "vi") for name in ("at_least", "at_most", "above", "below")}
    assert said == {"at_least": "từ 80% trở lên", "at_most": "không quá 80%", "above": "trên 80%", "below": "dưới 80%"}
    assert OPERATORS["one_of"].of_attribute("khu vực", ["Tây Nguyên", "Đông Nam Bộ"], "vi") == "khu vực là Tây Nguyên hoặc Đông Nam Bộ"
    assert OPERATORS["is_true"].unbound("vi") == "câu trả lời là có"
    assert OPERATORS["is_true"].of_attribute("huyện nghèo", [], "en") == "huyện nghèo"
    assert WITHIN.phrase(["20%", "30%"], "vi") == "từ 20% đến 30%"
    assert WITHIN.listed(["20", "30"]) == "20–30"
    assert OPERATORS["one_of"].listed(["Khá", "Tốt"]) == "Khá, Tốt"


def test_how_a_gap_reads() -> None:
    """A lower limit is fallen short of, an upper one exceeded, an exact one missed; more is better, or less, or neither."""
    assert {operator.name: operator.direction for operator in OF_NUMBERS if operator.direction} == {
        "at_least": 1,
        "above": 1,
        "at_most": -1,
        "below": -1,
    }
    said = {name: OPERATORS[name].missed_by.both() for name in ("at_least", "at_most", "equals")}
    assert said == {
        "at_least": {"vi": "còn thiếu {}", "en": "short by {}"},
        "at_most": {"vi": "vượt {}", "en": "over by {}"},
        "equals": {"vi": "chênh {}", "en": "off by {}"},
    }


# --- combinations -------------------------------------------------------------------------------------------------


def _counts(most: int) -> Iterator[tuple[int, int, int, int]]:
    """Every small count of parts met, failed and unknown, with a k."""
    yield from itertools.product(range(most), range(most), range(most), range(1, most + 1))


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_a_combination_agrees_with_trying_out_every_way(rule: CombinationRule) -> None:
    """Whatever the counts, the cases give what every way of finding out the unknown parts agrees on."""
    for met, failed, unknown, k in _counts(4):
        parts = ["met"] * met + ["not_met"] * failed + ["undetermined"] * unknown
        assert rule.combine(met, failed, unknown, k) == oracle.combined(rule.name, k, parts)


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_what_is_remembered_of_a_combination_is_what_its_cases_say(rule: CombinationRule) -> None:
    """The outcome that judging asks for, first time and again, is that of the first case that holds."""
    for counts in [*_counts(8), *_counts(8)]:
        cases = [outcome for test, outcome in rule.cases if test(*counts)]
        assert rule.combine(*counts) is rule.decide(*counts) is [*cases, rule.otherwise][0]


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_a_number_is_written_with_one_combination_alone(rule: CombinationRule) -> None:
    """At least k of the parts."""
    assert rule.counts is (rule.name == "at_least_k_of")


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_finding_out_a_part_never_turns_a_combination_over(rule: CombinationRule) -> None:
    """What is settled with a part unknown stays so, however that part turns out."""
    for met, failed, unknown, k in _counts(6):
        settled = rule.combine(met, failed, unknown + 1, k)
        ways = {rule.combine(met + 1, failed, unknown, k), rule.combine(met, failed + 1, unknown, k), rule.combine(met, failed, unknown, k)}
        assert settled is Outcome.UNDETERMINED or ways == {settled}


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_a_solver_proves_that_finding_out_never_turns_over(rule: CombinationRule) -> None:
    """Information-monotone for counts of any size: a solver finds no part whose finding out changes what was settled."""
    z3 = pytest.importorskip("z3")
    met, failed, unknown, k = counts = z3.Ints("met failed unknown k")

    def outcome(*given: Any) -> Any:
        found = z3.IntVal(list(Outcome).index(rule.otherwise))
        for test, follows in reversed(rule.cases):
            found = z3.If(test(*given), list(Outcome).index(follows), found)
        return found

    settled = outcome(*counts)
    ways = [outcome(met + 1, failed, unknown - 1, k), outcome(met, failed + 1, unknown - 1, k), outcome(met, failed, unknown - 1, k)]
    solver = z3.Solver()
    solver.add(met >= 0, failed >= 0, unknown >= 1, k >= 1, settled != list(Outcome).index(Outcome.UNDETERMINED))
    solver.add(z3.Or([settled != way for way in ways]))
    assert solver.check() == z3.unsat


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_a_combination_needs_as_many_parts_as_it_says(rule: CombinationRule) -> None:
    """Of parts that apply and are known, the whole is met exactly when as many are met as it needs."""
    for met, failed, k in itertools.product(range(5), range(5), range(1, 6)):
        if met + failed:
            assert (rule.combine(met, failed, 0, k) is Outcome.MET) == (met >= rule.needs(met + failed, k))


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_what_one_more_part_does_is_as_the_combination_says(rule: CombinationRule) -> None:
    """Where one more part is stricter it never makes a whole met, and where it is looser it never makes it fail."""
    changed = set()
    for met, failed, k in itertools.product(range(5), range(5), range(1, 6)):
        before = rule.combine(met, failed, 0, k)
        for after in (rule.combine(met + 1, failed, 0, k), rule.combine(met, failed + 1, 0, k)):
            if met + failed and before is not after:
                changed.add((before, after))
    met_to_not, not_to_met = (Outcome.MET, Outcome.NOT_MET), (Outcome.NOT_MET, Outcome.MET)
    assert changed == {met_to_not if rule.adding == "stricter" else not_to_met}


@pytest.mark.parametrize("rule", COMBINATIONS.values(), ids=_id)
def test_every_combination_reads_in_both_languages(rule: CombinationRule) -> None:
    """A combination says how many parts are needed where that is stated, with nothing left to fill in."""
    said = [words.say(lang).format(k=2, n=3) for words in (rule.words, rule.brief) for lang in ("vi", "en")]
    assert all(said)
    assert all(("2" in sentence) == rule.counts for sentence in said)


@pytest.mark.parametrize(
    ("name", "vi"), [("all_of", "đạt tất cả"), ("any_of", "đạt một trong các phần"), ("at_least_k_of", "đạt ít nhất 2 trong 3")]
)
def test_every_combination_reads_as_words(name: str, vi: str) -> None:
    """Each combination says how many parts are needed."""
    assert COMBINATIONS[name].words.vi.format(k=2, n=3) == vi
