"""Values and attributes of a subject as they are read at an exact door: what each may be, and how the rest is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

import ntm_rules as ntm
from ntm_rules.decide.engine.attributes import decide_condition, read_attributes
from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.model.measures import AMeasure
from ntm_rules.model.requirements import Condition
from ntm_rules.model.ruleset import Attribute
from ntm_rules.values import NotApplicable, Unknown

MEASURE = TypeAdapter(AMeasure).validate_python
PERCENT, HOUSEHOLDS, ANSWER = {"unit": "%"}, {"unit": "hộ", "from": "-2", "to": "7"}, "yes_no"
GRADES = {"choices": ["Đạt", "Khá", "Tốt"]}


@pytest.mark.parametrize(
    ("measure", "given", "read"),
    [
        (PERCENT, "0", Decimal(0)), (PERCENT, "100", Decimal(100)), (PERCENT, 53.5, Decimal("53.5")), (HOUSEHOLDS, "-2", Decimal(-2)),
        (HOUSEHOLDS, 7, Decimal(7)), ({"unit": "hộ"}, "-1000000", Decimal(-1000000)), (ANSWER, True, True), (ANSWER, False, False),
        (ANSWER, " Đạt ", True), (ANSWER, "có", True), (ANSWER, "CHƯA  đạt", False), (ANSWER, "không", False), (ANSWER, "no", False),
        (GRADES, "Đạt", 0), (GRADES, " Tốt ", 2),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_measure_compares_it(measure: Any, given: Any, read: Any) -> None:
    """Numbers to the ends of their range, answers in the words of people, grades as their place; the same again when asked again."""
    reader = Reader(MEASURE(measure))
    for _ in range(2):
        assert reader.read(given) == read
        assert type(reader.read(given)) is type(read)
    assert reader.memo == ({given: read} if isinstance(given, str) else {})  # yes is no 1, so only texts are remembered


@pytest.mark.parametrize(
    ("measure", "given", "code", "words"),
    [
        (PERCENT, "-0.1", "NTM-404", {"got": "-0.1", "low": "0", "high": "100"}),
        (PERCENT, "100.01", "NTM-404", {"got": "100.01", "low": "0", "high": "100"}),
        ({"unit": "hộ", "from": "0"}, "-1", "NTM-404", {"got": "-1", "low": "0", "high": "∞"}),
        ({"unit": "hộ", "to": "5"}, "6", "NTM-404", {"got": "6", "low": "−∞", "high": "5"}),
        (PERCENT, "44,5", "NTM-403", {"got": "44,5", "fixed": "44.5"}),
        (PERCENT, "1.234,5", "NTM-403", {"got": "1.234,5", "fixed": "1234.5"}),
        (PERCENT, "1,234,5", "NTM-403", {"got": "1,234,5", "fixed": "1234.5"}),
        (PERCENT, "nhiều", "NTM-402", {"got": "nhiều"}),
        (PERCENT, None, "NTM-402", {"got": "None"}),
        (PERCENT, True, "NTM-402", {"got": "True"}),
        (ANSWER, "có lẽ", "NTM-405", {"got": "có lẽ"}),
        (ANSWER, 1, "NTM-405", {"got": "1"}),
        (GRADES, "Tôt", "NTM-409", {"got": "Tôt", "allowed": "Đạt, Khá, Tốt", "guess": "Tốt"}),
        (GRADES, 2, "NTM-409", {"got": "2", "allowed": "Đạt, Khá, Tốt"}),
    ],
)
def test_a_value_that_its_measure_cannot_have_is_refused(measure: Any, given: Any, code: str, words: dict[str, str]) -> None:
    """With what was given, what may be given, and a guess where one is near."""
    with pytest.raises(Unreadable) as caught:
        Reader(MEASURE(measure)).read(given)
    assert caught.value.code == code
    assert {name: str(caught.value.words[name]) for name in words} == words


TITLE = {"vi": "Điều", "en": "Thing"}
LISTED = Attribute.model_validate({"title": TITLE, "one_of": ["I", "II", "III"]})
YES_NO = Attribute.model_validate({"title": TITLE, "yes_no": True})
CLOSED = Attribute.model_validate({"title": TITLE, "yes_no": True, "unless_stated": False})
WHOLE = Attribute.model_validate({"title": TITLE, "whole_number": True})
EFFORT = Attribute.model_validate({"title": TITLE, "one_of": ["thấp", "cao"]})
FREE = Attribute.model_validate({"title": TITLE})


@pytest.mark.parametrize(
    ("attribute", "given", "read"),
    [
        (LISTED, " II ", "II"),
        (YES_NO, False, False),
        (WHOLE, "2024", 2024),
        (WHOLE, 2024.0, 2024),
        (FREE, "xã", "xã"),
        (FREE, Decimal("1.0"), "1.0"),
    ],
)
def test_an_attribute_is_read_as_it_is_declared(attribute: Attribute, given: Any, read: Any) -> None:
    """A value of the list, yes or no, a whole number, or any text."""
    assert read_attributes({"a": given}, {"a": attribute}, ["a"], "x") == ({"a": read}, {}, [])


@pytest.mark.parametrize(
    ("attribute", "given", "got", "allowed"),
    [
        (LISTED, "IV", "IV", "I, II, III"),
        (LISTED, 2, "2", "I, II, III"),
        (LISTED, Decimal("1E+2"), "100", "I, II, III"),
        (YES_NO, "có", "có", "true, false"),
        (YES_NO, 1, "1", "true, false"),
        (WHOLE, "2024.5", "2024.5", "số nguyên"),
        (WHOLE, "MM", "MM", "số nguyên"),
        (WHOLE, True, "True", "số nguyên"),
        (FREE, True, "True", "chữ"),
    ],
)
def test_an_attribute_that_it_cannot_be_is_refused(attribute: Attribute, given: Any, got: str, allowed: str) -> None:
    """With what may be given."""
    known, _, [problem] = read_attributes({"a": given}, {"a": attribute}, ["a"], "x")
    assert (known, problem.code, problem.place.path) == ({}, "NTM-406", "x: attributes.a")
    assert got in problem.what("vi")
    assert allowed in problem.line("vi")


def test_what_is_absent_is_presumed_only_where_a_closed_list_says_so() -> None:
    """Not stated at all is presumed; stated as unknown or as not applying is left open."""
    assert read_attributes({}, {"a": CLOSED}, ["a"], "x") == ({"a": False}, {"a": False}, [])
    assert read_attributes({}, {"a": YES_NO}, ["a"], "x") == ({}, {}, [])
    for absent in (Unknown("chưa rõ"), NotApplicable("không có")):
        assert read_attributes({"a": absent}, {"a": CLOSED}, ["a"], "x") == ({}, {}, [])


def test_each_attribute_is_read_whatever_stands_before_it() -> None:
    """One that is absent does not end the reading."""
    looked_at = {"a": YES_NO, "b": YES_NO, "c": WHOLE}
    assert read_attributes({"a": Unknown("chưa rõ"), "b": True, "c": 1}, looked_at, looked_at, "x") == ({"b": True, "c": 1}, {}, [])


def test_a_name_much_like_an_attribute_is_told() -> None:
    """But not one that resembles nothing, nor one whose like is given too."""
    looked_at = {"region": FREE, "year": FREE}
    _, _, [problem] = read_attributes({"regoin": "x"}, looked_at, looked_at, "x")
    assert (problem.code, problem.words["guess"]) == ("NTM-410", "region")
    many = read_attributes({"yearly": 1, "regoin": 1, "area": 1, "regian": 1}, looked_at, looked_at, "x")[2]
    assert [problem.words["key"] for problem in many] == ["regian", "regoin", "yearly"]
    for given in ({"population": "x"}, {"reason": "x"}, {"regoin": "x", "region": "y"}, {"ray": "x"}):
        assert read_attributes(given, looked_at, looked_at, "x")[2] == []


@pytest.mark.parametrize("stated", ["kon-tum", Unknown("chưa rõ"), NotApplicable("không có")])
def test_a_province_is_a_slug_of_the_list(stated: Any) -> None:
    """Whether or not a set looks at it; what is not known is no mistake."""
    provinces = ntm.Catalogue().provinces
    assert read_attributes({"province": stated}, {}, ["province"], "x", provinces)[2] == []
    _, _, [problem] = read_attributes({"province": "Kon Tum"}, {}, ["province"], "x", provinces)
    assert (problem.code, problem.place.path) == ("NTM-313", "x: attributes.province")
    assert read_attributes({"province": "Kon Tum"}, {}, ["province"], "x")[2] == []


def _asked(condition: dict[str, Any], known: dict[str, Any]) -> Any:
    read = TypeAdapter(Condition).validate_python(condition)
    return decide_condition(read, known, {"class": LISTED, "poor": YES_NO, "year": WHOLE, "area": FREE, "effort": EFFORT})


@pytest.mark.parametrize(
    ("test", "known", "outcome"),
    [
        ({"attribute": "year", "at_least": "2024"}, {"year": Decimal(2024)}, "met"),
        ({"attribute": "year", "at_least": "2024"}, {"year": Decimal(999)}, "not_met"),
        ({"attribute": "class", "at_most": "II"}, {"class": "III"}, "not_met"),
        ({"attribute": "class", "one_of": ["I", "III"]}, {"class": "III"}, "met"),
        ({"attribute": "effort", "at_least": "cao"}, {"effort": "thấp"}, "not_met"),
        ({"attribute": "area", "equals": "đảo"}, {"area": "đảo"}, "met"),
        ({"attribute": "poor", "is_true": "true"}, {"poor": False}, "not_met"),
        ({"attribute": "poor", "is_true": "true"}, {}, "undetermined"),
    ],
)
def test_a_condition_compares_as_the_attribute_is_declared(test: dict[str, Any], known: dict[str, Any], outcome: str) -> None:
    """Years as numbers, listed values by their place in the list, texts as they are; what is not known waits for its name."""
    answer = _asked(test, known)
    assert answer.outcome == outcome
    assert answer.waits_for == (() if known else (test["attribute"],))
    assert len(answer.because) == len(known)


def test_a_combination_of_conditions_tells_what_speaks_for_its_answer() -> None:
    """Only the parts that came out as the whole did, each attribute it waits for once."""
    poor, late = {"attribute": "poor", "is_true": "true"}, {"attribute": "year", "at_least": "2024"}
    either = _asked({"any_of": [poor, late]}, {"poor": True, "year": Decimal(2020)})
    assert (either.outcome, either.waits_for, [said.vi for said in either.because]) == ("met", (), ["Điều: có"])
    assert [said.en for said in either.because] == ["Thing: yes"]
    both = _asked({"all_of": [poor, late]}, {"poor": False, "year": Decimal(2020)})
    assert (both.outcome, [said.vi for said in both.because]) == ("not_met", ["Điều: không", "Điều: 2020"])
    again = _asked({"all_of": [late, {"attribute": "year", "at_most": "2030"}, poor]}, {"poor": True})
    assert (again.outcome, again.waits_for, again.because) == ("undetermined", ("year",), ())
    two = {"at_least_k_of": {"k": 2, "of": [poor, late, {"attribute": "area", "equals": "đảo"}]}}
    assert _asked(two, {"poor": True, "year": Decimal(2024), "area": "bãi"}).outcome == "met"
    assert _asked(two, {"poor": True, "year": Decimal(2020), "area": "bãi"}).outcome == "not_met"


@pytest.mark.parametrize("name", ["", " "])
def test_an_attribute_without_a_name_is_refused(name: str) -> None:
    """A decision that told it as given and not used would name nothing."""
    [problem] = read_attributes({name: True}, {}, (), "x")[2]
    assert (problem.code, problem.words["guess"]) == ("NTM-410", None)
