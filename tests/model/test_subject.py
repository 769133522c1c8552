"""What is known of a subject: how it is said, what counts of it, and what is refused before anything is decided."""

from __future__ import annotations

import decimal
import json
import pickle
from collections import UserDict
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.loading.text.canonical import canonical
from ntm_rules.values import SourceLevel, exact

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
FACTS: dict[str, Any] = {"id": "1", "kind": "commune", "attributes": {"region": "tay-nguyen", "year": 2024, "area": "I"}}


def subject(**facts: Any) -> ntm.Subject:
    return ntm.Subject(**{**FACTS, **facts})


def refused(make: Any) -> tuple[str, ...]:
    """The codes that making a subject is refused with."""
    with pytest.raises(ntm.SubjectError) as caught:
        make()
    for problem in caught.value.problems:
        assert "…" not in problem.what("vi") + problem.what("en")
    return tuple(problem.code for problem in caught.value.problems)


class Region(StrEnum):
    """As applications keep their choices."""

    HIGHLANDS = "tay-nguyen"


class Marked(str):
    """As a framework marks text that is safe to show."""

    __slots__ = ()

    def __str__(self) -> str:
        return "<b>45</b>"


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        (0.1 + 0.2, "0.3"), (49.99999999999999, "50"), (44.99, "44.99"), (62.35, "62.35"), (1e15, "1000000000000000"), (-0.5, "-0.5"),
        (100.0, "100"), ("49.99999999999999", "49.99999999999999"), (Decimal("49.99999999999999"), "49.99999999999999"), ("53.50", "53.50"),
    ],
)  # fmt: skip
def test_a_float_counts_at_fifteen_digits_and_nothing_else_is_rounded(given: Any, counts: str) -> None:
    """What a double cannot hold never decides; text and Decimal stay as written."""
    assert str(exact(given)) == counts
    assert subject(values={"10.1": given}).plain_data()["values"]["10.1"] == counts


def test_a_float_of_noise_meets_the_figure_it_stands_for() -> None:
    """49.99999999999999, as adding gives it, is the 50 that is asked for; written as text it is short of it."""
    assert RULES.evaluate(subject(values={"10.1": 49.99999999999999}))["10.1"].outcome == "met"
    assert RULES.evaluate(subject(values={"10.1": "49.99999999999999"}))["10.1"].outcome == "not_met"


def test_subclasses_of_text_are_text() -> None:
    """A StrEnum or a marked text is the text itself, however it prints."""
    made = subject(attributes={"region": Region.HIGHLANDS}, values={"10.1": Marked("45"), "3.1": Marked("80")})
    assert (made.attributes["region"], made.values["10.1"]) == ("tay-nguyen", "45")
    assert made.values["10.1"].__class__ is str


def test_scalars_of_numpy_and_pandas_are_what_they_stand_for() -> None:
    """Numbers of other widths count as they print, their bools as bools; what marks a gap states nothing."""
    np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    given = {"a": np.float32(62.35), "b": np.int64(62), "c": np.bool_(True), "d": np.str_("x"), "e": np.float64(0.1) + np.float64(0.2)}
    more = {"f": np.longdouble("0.5"), "g": pd.NA, "h": pd.NaT, "i": None}
    values = subject(values={**given, **more}, attested={"19": np.True_, "1": None}).plain_data()
    assert values["values"] == {"a": "62.35", "b": "62", "c": True, "d": "x", "e": "0.3", "f": "0.5"}
    assert values["attested"] == {"19": True}
    for odd in (np.float32("nan"), np.float64("inf"), float("nan")):
        assert refused(lambda odd=odd: subject(values={"a": odd})) == ("NTM-402",)
    for odd in (Fraction(1, 3), 1j, b"1", np.datetime64("2024-01-01")):
        assert refused(lambda odd=odd: subject(values={"a": odd})) == ("NTM-411",)


def test_none_states_nothing() -> None:
    """None is as if nothing was said: the value stays open, an attribute of a closed list is presumed as where it is left out."""
    said = subject(values={"10.1": None}, attributes={**FACTS["attributes"], "safety_zone": None})
    assert said == subject()
    assert RULES.evaluate(said) == RULES.evaluate(subject())


@pytest.mark.parametrize(
    "given",
    [
        {"value": "45", "year": 2023}, {"value": "45", "stated_by": "Phòng Thống kê", "evidence": "biểu 3"},
        {"value": {"unknown": "chưa có"}, "year": 2023},
    ],
)  # fmt: skip
def test_what_is_said_of_a_value_stays_with_it(given: dict[str, Any]) -> None:
    """Year, who states it and evidence are kept in the facts and in the decision; the value alone is compared."""
    attributes = {**FACTS["attributes"], "year": "2024"}
    noted = subject(values={"10.1": given, "3.1": "80"}, attributes=attributes)
    bare = subject(values={"10.1": given["value"], "3.1": "80"}, attributes=attributes)
    assert noted != bare
    assert bare != noted
    assert noted.values != bare.values
    assert subject(values={"10.1": {"value": "45"}}) == subject(values={"10.1": "45"})
    assert noted.plain_data()["values"]["10.1"] == given
    assert ntm.Subject.read(noted.plain_data()) == pickle.loads(pickle.dumps(noted)) == noted  # noqa: S301
    assert hash(ntm.Subject.read(noted.plain_data())) == hash(noted)
    decision = RULES.evaluate(noted)
    assert decision["10.1"] == RULES.evaluate(bare)["10.1"]
    stored = ntm.Decision.from_json(decision.to_json())
    assert stored.verify().reason == "same"
    assert stored.subject == noted
    assert noted.replace(values={"3.1": "81"}).plain_data()["values"]["10.1"] == given
    assert noted.replace(values={"10.1": "46"}).plain_data()["values"]["10.1"] == "46"
    assert noted.replace(values={"10.1": {"value": None, "year": 2024}}) == subject(values={"3.1": "80"}, attributes=attributes)


@pytest.mark.parametrize("given", [{"value": "45", "yaer": 2023}, {"value": "45", "year": "2023"}, {"value": "45", "evidence": 3}])
def test_what_is_said_of_a_value_must_be_readable(given: dict[str, Any]) -> None:
    """A misspelt key, a year in words or evidence that is no text is refused."""
    assert refused(lambda: subject(values={"10.1": given})) == ("NTM-411",)


def test_a_decision_of_a_later_version_is_read() -> None:
    """Keys that a later version adds, to a value or a part of the whole, are left aside; the text is kept with them."""
    data = json.loads(RULES.evaluate(subject(values={"10.1": "45"})).to_json())
    data["subject"]["values"] = {"10.1": {"value": "45", "year": 2023, "checked_by": "x"}, "3.1": {"unknown": "chưa có", "since": 2020}}
    data["subject"]["members"] = [{"id": "a", "kind": "village", "attributes": {}, "later": 1}]
    data["certificates"] = ["ours/1"]
    text = canonical(data)
    read = ntm.Decision.from_json(text)
    assert read.to_json() == text
    assert read.certificates == ("ours/1",)
    assert read.subject.plain_data()["values"] == {"10.1": {"value": "45", "year": 2023}, "3.1": {"unknown": "chưa có"}}
    assert ntm.DecisionRecord.model_validate_json(text).certificates == ("ours/1",)
    read._text = None
    assert json.loads(read.to_json())["certificates"] == ["ours/1"]


def test_values_that_are_none_are_no_decision() -> None:
    """A stored decision whose values are no mapping is refused."""
    data = json.loads(RULES.evaluate(subject()).to_json())
    data["subject"]["values"] = ["45"]
    with pytest.raises(ntm.DecisionError):
        ntm.Decision.from_json(canonical(data))


def test_a_record_written_by_a_service_is_the_same_decision() -> None:
    """What a service answers through the record model verifies, though defaults are written out."""
    text = RULES.evaluate(subject(values={"10.1": {"value": "45", "year": 2023}})).to_json()
    answered = ntm.DecisionRecord.model_validate_json(text).model_dump_json(by_alias=True)
    assert ntm.Decision.from_json(answered).verify().reason == "other bytes, same content"


def test_one_fact_is_changed_and_the_rest_stays() -> None:
    """`replace` merges, validates, and leaves the subject as it was; None takes a fact away."""
    before = subject(values={"10.1": "44", "3.1": "80"}, attested={"19": True})
    after = before.replace(values={"10.1": 45.5, "3.1": None}, attributes={"area": "II"}, attested={"1": False})
    assert after.plain_data()["values"] == {"10.1": "45.5"}
    assert (after.attributes["area"], after.attributes["region"], dict(after.attested)) == ("II", "tay-nguyen", {"19": True, "1": False})
    assert before.plain_data()["values"] == {"10.1": "44", "3.1": "80"}
    assert before.replace() == before
    assert refused(lambda: before.replace(attested={"10": "no"})) == ("NTM-412",)  # type: ignore[dict-item]
    assert refused(lambda: before.model_copy(update={"attested": {"10": "no"}})) == ("NTM-412",)
    assert before.model_copy(update={"name": "Xã"}).name == "Xã"
    assert before.model_copy() is before


def test_subjects_are_values() -> None:
    """Equal subjects hash alike, so they can be members of a set and keys of a cache."""
    one, same = subject(values={"10.1": 44, "1": [1, None]}), subject(values={"1": (1, None), "10.1": Decimal(44)})
    assert one == same
    assert len({one, same, subject()}) == 2


def test_a_subject_is_read_from_json() -> None:
    """Numbers count as written; a repeated key, another shape, or no JSON at all is refused."""
    made = ntm.Subject.from_json('{"id": "1", "kind": "commune", "values": {"10.1": 53.50}}')
    assert made.plain_data()["values"] == {"10.1": "53.50"}
    assert ntm.Subject.from_json(canonical(made.plain_data()).encode()) == ntm.Subject.read(made.plain_data())
    texts = ('{"id": "1", "kind": "commune", "values": {"10.1": "51", "10.1": "1"}}', "[]", '"x"', "null", "{", "[" * 100_000)
    for text in texts:
        assert refused(lambda text=text: ntm.Subject.from_json(text)) == ("NTM-411",)
    with pytest.raises(ntm.SubjectError, match=r"«10\.1»"):
        ntm.Subject.from_json(texts[0])


def test_what_is_no_subject_is_refused_as_such() -> None:
    """Wrong keywords, keys that are no text, and things that are no mapping are problems of the subject, not accidents."""
    assert refused(lambda: ntm.Subject.read({"id": "1", "kind": "commune", "self": 1})) == ("NTM-201",)
    assert refused(lambda: subject(value={})) == ("NTM-201",)
    for given in ([], "x", None, 3, {1: 2}):
        assert refused(lambda given=given: ntm.Subject.read(given)) == ("NTM-411",)
    for given in (10**5000, [10**5000]):  # too long to be shown
        assert refused(lambda given=given: ntm.Subject.read(given)) == ("NTM-411",)
    assert "NTM-411" in refused(lambda: ntm.Subject(id=10**5000, kind="commune"))
    assert ntm.Subject.read(UserDict(id="1", kind="commune")) == ntm.Subject(id="1", kind="commune")


@pytest.mark.parametrize("call", [RULES.evaluate, RULES.outcome, lambda given: ntm.impact(RULES, RULES, [given])])
@pytest.mark.parametrize("given", [None, {"id": "1", "kind": "commune"}])
def test_what_is_no_subject_is_not_decided(call: Any, given: Any) -> None:
    """Facts that were not read yet are told to be no subject, at every door that decides."""
    assert refused(lambda: call(given)) == ("NTM-411",)


def test_other_calls_that_cannot_be_meant_say_what_was_asked_for() -> None:
    """No name, no ruleset, no level, no reading, a number that is no text: named with what may be given."""
    with pytest.raises(ntm.NotFound, match="NTM-306 «None»"):
        ntm.load(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"two rulesets.*got 'a'"):
        ntm.diff(RULES, "a")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"accept: official, published, recalled, missing \(got 'PUBLISHED'\)"):
        RULES.evaluate(subject(), accept="PUBLISHED")
    with pytest.raises(ValueError, match=r"readings: marks: .*cumulative.*own_star"):
        ntm.load("ocop/2026", readings={"marks": "foo"})
    with pytest.raises(ntm.NotFound, match=r"NTM-603 .*«10\.1».* «'10\.1'»"):
        RULES.evaluate(subject())[10.1]  # type: ignore[index]


@pytest.mark.parametrize("change", [lambda text: text.dimensions.clear(), lambda text: text.attributes.update(x=1)])
def test_a_text_that_many_share_cannot_be_changed(change: Any) -> None:
    """A loaded text is one for the whole process, with and without overlays; it is copied and pickled as it is."""
    for rules in (RULES, ntm.load("commune-ntm/2021-2025", on=date(2022, 3, 8), province="kon-tum"), ntm.load("ocop/2026")):
        with pytest.raises(TypeError, match="cannot be changed"):
            change(rules.document)
        assert pickle.loads(pickle.dumps(rules)).to_json() == rules.to_json()  # noqa: S301 - made here
    with pytest.raises(TypeError, match="cannot be changed"):
        ntm.load("ocop/2026").document.score.parts.clear()  # type: ignore[union-attr]


@pytest.mark.parametrize("other", ["Tốt ", "To\u0302\u0301t", " Tốt"])
def test_a_part_written_in_other_letters_is_the_same_part(other: str) -> None:
    """A blank at the end or letters typed in pieces make no second commune to be counted in a share."""
    parts = [{"id": "Tốt", "kind": "commune"}, {"id": other, "kind": "commune"}]
    with pytest.raises(ntm.SubjectError, match="NTM-417"):
        ntm.Subject(id="d", kind="district", members=parts)


@pytest.mark.parametrize(("given", "fixed"), [("51,5", "51.5"), ("1.051,5", "1051.5"), ("1,051,5", "1051.5")])
def test_the_number_that_is_proposed_can_be_written(given: str, fixed: str) -> None:
    """Whoever writes what the message proposes is understood."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    with pytest.raises(ntm.SubjectError, match=f"«{fixed}»"):
        rules.evaluate(ntm.Subject(id="x", kind="commune", values={"10.1": given}))
    rules.evaluate(ntm.Subject(id="x", kind="commune", values={"10.1": fixed}))


def test_a_number_asked_for_is_named_in_the_language_of_the_reader() -> None:
    """Year 2024.5 is refused; the Vietnamese sentence has no English in it."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(id="x", kind="commune", attributes={"year": "2024.5"}))
    (problem,) = caught.value.problems
    assert (problem.code, "whole" in problem.what("vi"), "a whole number" in problem.what("en")) == ("NTM-406", False, True)


def test_a_part_counts_once() -> None:
    """A part that is listed twice is refused with both places; one stored before that is still read."""
    parts = [{"id": "a", "kind": "commune"}, {"id": "b", "kind": "commune"}, {"id": "a", "kind": "commune", "attributes": {"ntm": True}}]
    with pytest.raises(ntm.SubjectError) as caught:
        ntm.Subject(id="d", kind="district", members=parts)
    (problem,) = caught.value.problems
    assert (problem.code, problem.words["id"], problem.words["first"], problem.words["second"]) == ("NTM-417", "a", 1, 3)
    whole = ntm.Subject(id="d", kind="district", members=parts[:2])
    data = json.loads(ntm.load("district-ntm/2021-2025", on=date(2024, 6, 30)).evaluate(whole).to_json())
    data["subject"]["members"][1]["id"] = "a"
    assert len(ntm.Decision.from_json(canonical(data)).subject.members) == 2


def test_the_callers_arithmetic_changes_nothing() -> None:
    """A gap is exact whatever precision the program around has set."""
    facts = subject(values={"10.1": "43.12345", "15.3": "99.87655", "18.3": "50.1"})
    wanted = RULES.evaluate(facts).to_json()
    with decimal.localcontext(decimal.Context(prec=2)):
        assert RULES.evaluate(facts).to_json() == wanted
        assert subject(values={"10.1": 43.12345}).plain_data()["values"]["10.1"] == "43.12345"
    assert RULES.evaluate(facts)["10.1"].gap == Decimal("6.87655")


def test_levels_are_ordered_by_strength() -> None:
    """The stronger level is the greater one, beside another level or its name; what is no level is an error."""
    assert sorted(SourceLevel) == list(reversed(SourceLevel))
    assert SourceLevel.OFFICIAL > "published" >= SourceLevel.PUBLISHED
    assert SourceLevel.MISSING < SourceLevel.RECALLED <= SourceLevel.RECALLED
    assert not SourceLevel.MISSING >= SourceLevel.PUBLISHED
    with pytest.raises(ValueError, match="guessed"):
        _ = SourceLevel.MISSING < "guessed"


def test_wrong_calls_are_seen_before_they_run(tmp_path: Path) -> None:
    """A wrong keyword, kind, id, key or attestation is an error for mypy; the calls of the documentation are not."""
    api = pytest.importorskip("mypy.api")
    wrong = ['kind="comune"', 'kind="commune", value={}', 'kind="commune", values={10.1: 3}', 'kind="commune", attested={"19": "met"}']
    lines = [f'ntm.Subject(id="a", {rest})' for rest in wrong] + ['ntm.Subject(id=1, kind="commune")', 'ntm.Subject(id="a")']
    right = ['facts = {"region": "tay-nguyen", "year": 2024}', 'ntm.Subject(id="a", kind="commune", attributes=facts, values={"1": 0.5})']
    (tmp_path / "client.py").write_text("\n".join(["import ntm_rules as ntm", *lines, *right]), "utf-8")
    said, _, _ = api.run(["--strict", "--config-file=", f"--cache-dir={tmp_path}", str(tmp_path / "client.py")])
    places = {int(line.split(":")[1]) for line in said.splitlines() if "client.py" in line and "error" in line}
    assert places == set(range(2, 2 + len(lines))), said


@pytest.mark.parametrize(
    "given",
    [{"id": "\ud83d"}, {"name": "\ud83d"}, {"values": {"10.1": "\ud83d"}}, {"values": {"10.1": {"unknown": "\ud83d"}}}, {"\ud83d": 1}],
)
def test_half_a_letter_is_refused_wherever_it_stands(given: dict[str, Any]) -> None:
    """JSON can escape it, no file can hold it: a decision on it could not be stored; the refusal itself can be."""
    text = json.dumps({"id": "a", "kind": "commune", **given})
    for one in (text, text.encode()):
        with pytest.raises(ntm.SubjectError, match="NTM-411") as caught:
            ntm.Subject.from_json(one)
        str(caught.value).encode()


def test_a_letter_of_two_code_units_is_a_letter() -> None:
    """What JSON escapes in two halves is read as one, and kept."""
    assert ntm.Subject.from_json('{"id": "\\ud83d\\ude00", "kind": "commune", "name": "Xã"}').id == "\U0001f600"


def test_a_key_in_half_a_letter_is_refused_by_the_constructor_too() -> None:
    """The library that checks the shape can't show such a key; it is a problem of ours all the same."""
    assert refused(lambda: subject(**{"\ud83d": 1})) == ("NTM-411",)
    assert refused(lambda: ntm.Subject.read({**FACTS, "\ud83d": 1})) == ("NTM-411",)
    for facts in ({"values": {"\ud83d": object()}}, {"attested": {"\ud83d": "x"}}):
        assert refused(lambda: subject(**facts)) == ("NTM-411",)  # noqa: B023
