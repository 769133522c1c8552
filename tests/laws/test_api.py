"""The small things a caller meets: what rulesets, decisions, nodes, texts and catalogues show of themselves."""

from __future__ import annotations

import copy
import json
import pickle
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.decide.engine import criteria
from ntm_rules.decide.engine.scores import method
from ntm_rules.model.ruleset import Period
from ntm_rules.values import Outcome, SourceLevel
from strategies import read_ruleset, subject_of, words, write_catalogue
from texts import BASE

SET = "commune-ntm/2021-2025"


def small(folder: Path, text: str = BASE) -> ntm.RuleSet:
    return ntm.load("test/2024", on=date(2024, 6, 1), catalogue=write_catalogue(folder, a__ruleset=text))


def test_a_ruleset_says_what_it_is(tmp_path: Path) -> None:
    """Name, version, titles, days, kind and attributes can be read from a loaded ruleset."""
    rules = small(tmp_path)
    assert (rules.id, rules.version, rules.kind, rules.document.family) == ("test/2024", "1.0.0", "commune", "test")
    assert (rules.title.vi, rules.title.en) == ("Bộ thử", "Test set")
    assert rules.in_force.covers(date(2024, 6, 1))
    assert list(rules.attributes) == ["poor", "region", "year"]
    assert repr(rules) == f"RuleSet('test/2024', on=2024-06-01, province=None, {rules.sha256[:12]})"


def test_a_decision_and_its_nodes_say_what_they_are(tmp_path: Path) -> None:
    """Printing a decision or a node in a notebook tells subject, number and outcome; a whole says how its parts combine."""
    decision = small(tmp_path).evaluate(subject_of({"values": {"1.1": "80", "2.1": "Tốt"}}))
    assert repr(decision) == "Decision('test/2024', '23311', 'undetermined')"
    assert repr(decision["1.1"]) == "Node('1.1', 'met')"
    assert repr(decision.root) == "Node('set', 'undetermined')"
    assert decision != decision.to_json()
    assert decision["1"].requirement() == "đạt tất cả"
    assert decision["1"].requirement("en") == "all must be met"
    assert decision["2.1"].requirement() == "thuộc Khá, Tốt"
    assert decision["2.2"].requirement("en") == "figure not available"
    assert decision["2.1"].observed == "Tốt"
    assert decision["1.1"].unit.en == "%"
    assert decision["1.1"].gap == 0
    assert decision["2.1"].gap is None


def test_a_decision_of_another_program_needs_no_level_to_be_read(tmp_path: Path) -> None:
    """A stored decision without the level of a figure still explains itself, without a level."""
    import json

    stored = json.loads(small(tmp_path).evaluate(subject_of({"values": {"1.1": "80"}})).to_json())
    leaf = stored["decision"]["parts"][0]["parts"][0]
    assert leaf.pop("figure_level") == "recalled"
    assert "[1/QĐ-TTg, mục 1]" in ntm.Decision.from_json(json.dumps(stored)).explain(full=True)


def test_the_accepted_level_counts_each_time_it_is_asked_for(tmp_path: Path) -> None:
    """What was evaluated before, at whatever level, changes nothing of what is accepted now; a level that is none is refused."""
    rules = small(tmp_path)
    subject = subject_of({"values": {"1.1": "85"}})
    assert [rules.evaluate(subject, accept=level)["1.1"].outcome for level in ("recalled", "official", "recalled")] == [
        Outcome.MET,
        Outcome.UNDETERMINED,
        Outcome.MET,
    ]
    with pytest.raises(ValueError, match="nonsense"):
        rules.evaluate(subject, accept="nonsense")


def test_editions_are_equal_where_their_identity_is(tmp_path: Path) -> None:
    """Two editions loaded apart are one and the same text, in sets and as keys, copies too; another text is another."""
    one, again, other = small(tmp_path / "a"), small(tmp_path / "b"), small(tmp_path / "c", BASE.replace("at_least: 80", "at_least: 90"))
    assert one == again == copy.deepcopy(one)
    assert len({one, again, other}) == 2
    assert copy.deepcopy(one).evaluate(subject_of({})) == one.evaluate(subject_of({}))


def test_memory_stays_flat_over_many_kinds_of_subjects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Subjects with ever new attributes do not pile up prepared plans, and decisions do not depend on it."""
    monkeypatch.setattr(criteria, "_MANY", 3)
    rules = small(tmp_path)
    decisions = [rules.evaluate(subject_of({"attributes": {"year": year}})) for year in range(2000, 2030)]
    assert len(rules.method._prepared) <= 3
    assert [decision["2"].outcome for decision in decisions] == ["not_applicable"] * 23 + ["undetermined"] * 7


def test_memory_stays_flat_over_many_kinds_of_products(monkeypatch: pytest.MonkeyPatch) -> None:
    """Products with ever new attributes do not pile up what was read of them, and points read alike every time."""
    monkeypatch.setattr(method, "_MANY", 3)
    rules = ntm.load("ocop/2026")
    given = [ntm.Subject(id="p", kind="product", attributes={"product_set": 7, "leader": f"{i}"}, values={}) for i in range(9)]
    assert {rules.evaluate(product).stars_possible for product in given} == {rules.evaluate(given[0]).stars_possible}
    assert len(rules.method._known) <= 4


def test_other_attributes_may_travel_along(tmp_path: Path) -> None:
    """An attribute the set knows nothing of is kept with the facts, unless it is very like one that counts."""
    rules = small(tmp_path)
    decision = rules.evaluate(subject_of({"attributes": {"regime": "a", "leader": "Bà H'Len"}}))
    assert decision.subject.attributes["leader"] == "Bà H'Len"
    assert rules.evaluate(decision.subject) == decision
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(subject_of({"attributes": {"regoin": "tay-nguyen"}}))
    assert caught.value.problems[0].words["guess"] == "region"


def test_words_for_yes_and_no_are_read(tmp_path: Path) -> None:
    """«đạt», «Chưa đạt», true and no mean what they say, in any case and with odd blanks."""
    rules = small(tmp_path)
    for word, met in (
        ("đạt", True),
        ("ĐẠT", True),
        (" có ", True),
        ("Chưa  đạt", False),
        ("không đạt", False),
        ("no", False),
        (True, True),
    ):
        outcome = rules.evaluate(subject_of({"values": {"1.2": word}}))["1.2"].outcome
        assert outcome is (Outcome.MET if met else Outcome.NOT_MET), word


def test_vietnamese_is_compared_after_normalisation(tmp_path: Path) -> None:
    """A grade typed with combining accents is the same grade."""
    decision = small(tmp_path).evaluate(subject_of({"values": {"2.1": "Tốt"}, "attributes": {"year": 2024}}))
    assert decision["2.1"].outcome is Outcome.MET


def test_a_set_without_content_explains_itself() -> None:
    """A set on record without its criteria is undetermined with that reason, and attests to no fix it does not know."""
    decision = ntm.load("commune-modern/2026-2030").evaluate(subject_of({}))
    assert decision.outcome is Outcome.UNDETERMINED
    assert "the set has no content yet" in decision.explain("en")
    assert decision.needed() == ()
    assert decision.level is None
    assert [fix.id for fix in decision.smallest_fixes()] == [""]


def test_a_class_that_a_set_does_not_give_is_refused() -> None:
    """A commune has no stars to reach, a product none beyond the fifth: nothing is not an answer; the classes there are, are named."""
    commune = ntm.load("commune-ntm/2021-2025").evaluate(subject_of({}))
    with pytest.raises(ValueError, match=r"stars: None \(got 4\)"):
        commune.smallest_fixes(stars=4)
    product = ntm.load("ocop/2023").evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": 1}))
    with pytest.raises(ValueError, match=r"stars: 1, 2, 3, 4, 5 \(got 6\)"):
        product.smallest_fixes(stars=6)
    assert product.smallest_fixes(stars=5) == product.smallest_fixes(5)


def _tree(passes: Any, indicators: list[dict[str, Any]], *more: dict[str, Any], whole: Any = "all_of") -> ntm.RuleSet:
    criteria = [{"criterion": "1", "title": words("Một"), "passes": passes, "indicators": indicators}, *more]
    head = {"ruleset": "test/2024", "version": "1.0.0", "title": words("Bộ"), "subject": "commune", "instrument": "1/QĐ-TTg"}
    return read_ruleset({**head, "in_force": {}, "passes": whole, "criteria": criteria})


def _yes(number: str, **more: Any) -> dict[str, Any]:
    return {"indicator": number, "title": words(number), "measure": "yes_no", "is_true": "true", "source": {"level": "recalled"}, **more}


FALLS_AWAY = {"may_not_apply": words("nếu có")}
NONE = ntm.NotApplicable("không có")


def test_what_no_part_can_settle_is_named_itself() -> None:
    """Three of three with one that does not apply can no longer be met: the criterion itself is named, and another way is preferred."""
    three = [_yes("1.1"), _yes("1.2"), _yes("1.3", **FALLS_AWAY)]
    values = {"1.1": True, "1.2": False, "1.3": NONE}
    stuck = _tree({"at_least_k_of": "3"}, three).evaluate(subject_of({"values": values}))
    assert stuck.outcome is Outcome.NOT_MET
    assert [fix.id for fix in stuck.smallest_fixes()] == ["1"]
    other = {"criterion": "2", "title": words("Hai"), "indicators": [_yes("2.1"), _yes("2.2")]}
    either = _tree({"at_least_k_of": "3"}, three, other, whole="any_of")
    decision = either.evaluate(subject_of({"values": {**values, "2.1": False, "2.2": False}}))
    assert [fix.id for fix in decision.smallest_fixes()] == ["2.1", "2.2"]


def test_too_few_parts_that_apply_rest_on_what_is_known_to_apply() -> None:
    """Two of three where one alone applies fails whatever its figure says; its level is that of the part known to apply."""
    three = [_yes("1.1"), _yes("1.2", **FALLS_AWAY), _yes("1.3", **FALLS_AWAY)]
    rules = _tree({"at_least_k_of": "2"}, three)
    decision = rules.evaluate(subject_of({"values": {"1.1": True, "1.2": NONE, "1.3": NONE}}))
    assert (decision.outcome, decision.level) == (Outcome.NOT_MET, SourceLevel.RECALLED)
    assert rules.evaluate(decision.subject, accept="official").outcome is Outcome.UNDETERMINED


def test_texts_in_two_languages_behave_as_vietnamese_text() -> None:
    """A bilingual text compares, prints and travels as its Vietnamese, and keeps its English."""
    text = ntm.Bilingual("Xã", "Commune")
    assert text == "Xã"
    assert (text.vi, text.en, text.say("vi"), text.say("en")) == ("Xã", "Commune", "Xã", "Commune")
    assert ntm.Bilingual("Xã").en == "Xã"
    for again in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):  # noqa: S301
        assert (again, again.en) == (text, "Commune")


def test_a_language_that_there_is_not_is_refused_by_every_door() -> None:
    """No sentence comes out in another language than the one asked for; the error names those there are."""
    fr: Any = "fr"
    with pytest.raises(ntm.NotFound) as told:
        ntm.load("no/such")
    problem = told.value.problems[0]
    decision = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30)).evaluate(ntm.Subject(id="a", kind="commune", values={"10.1": 1}))
    for say in (
        problem.line,
        problem.what,
        problem.mend,
        ntm.Bilingual("Xã", "Commune").say,
        decision["10.1"].requirement,
        decision.explain,
    ):
        with pytest.raises(ValueError, match=r"^lang: vi, en \(got 'fr'\)$"):
            say(fr)


@pytest.mark.parametrize("counted", ["decision", "node"])
def test_counting_a_word_that_is_no_outcome_names_those_there_are(counted: str) -> None:
    """Of a decision and of its parts."""
    decision = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30)).evaluate(ntm.Subject(id="a", kind="commune"))
    with pytest.raises(ValueError, match=r"^outcome: met, not_met, undetermined, not_applicable \(got 'passed'\)$"):
        (decision if counted == "decision" else decision["10"]).count("passed")


def test_outcomes_and_levels_have_labels() -> None:
    """Each outcome and level has its words in both languages, and levels have an order."""
    assert [outcome.label.vi for outcome in Outcome] == ["đạt", "chưa đạt", "chưa xác định", "không áp dụng"]
    assert [level.rank for level in SourceLevel] == [0, 1, 2, 3]
    assert all(level.label.vi and level.label.en for level in SourceLevel)


def test_days_can_be_given_as_dates() -> None:
    """A period made in Python from dates is the same as one read from text."""
    period = Period.model_validate({"from": date(2024, 1, 1), "until": "2024-12-31"})
    assert period == Period.model_validate({"from": "2024-01-01", "until": date(2024, 12, 31)})
    assert period.covers(date(2024, 12, 31))
    assert not period.covers(date(2025, 1, 1))


def test_reading_plain_data_is_the_same_as_naming_fields() -> None:
    """A subject from parsed JSON equals one made in Python, and its plain data reads back."""
    given = {
        "id": "1",
        "kind": "commune",
        "values": {"10.1": "53.50", "17.1": {"unknown": "chưa đo"}, "13.4": {"not_applicable": "không có"}},
    }
    subject = ntm.Subject.read(given)
    values = {"10.1": "53.50", "17.1": ntm.Unknown("chưa đo"), "13.4": ntm.NotApplicable("không có")}
    assert subject == ntm.Subject(id="1", kind="commune", values=values)
    assert ntm.Subject.read(subject.plain_data()) == subject
    assert ntm.Subject(id="1", kind="commune", values={"10.1": Decimal("53.50"), "1": None}).plain_data()["values"]["10.1"] == "53.50"
    with pytest.raises(TypeError):
        subject.values["10.1"] = "60"  # type: ignore[index]


def test_a_message_with_a_missing_word_is_still_said(every_message_is_whole: list[str]) -> None:
    """A problem stored by another version, with fewer words, still reads; no code of ours may make one, and a test that does is told."""
    assert "…" in ntm.Problem("NTM-202").what("en")
    assert every_message_is_whole.pop() == "NTM-202 needs ['key'], has []"


def test_a_text_in_two_languages_is_filled_and_joined_in_both() -> None:
    """Templates, lists and data of bilingual texts keep both languages; what has one serves both."""
    commune = ntm.Bilingual("xã", "commune")
    filled = ntm.Bilingual("{} {n} có {what}", "{} {n} has {what}").fill(commune, n=3, what=ntm.Bilingual("chợ", "a market"))
    assert (filled.vi, filled.en) == ("xã 3 có chợ", "commune 3 has a market")
    joined = ntm.Bilingual.join([commune, "A"], "; ")
    assert joined.both() == {"vi": "xã; A", "en": "commune; A"}


def test_a_node_counts_its_parts_and_serves_as_a_key(tmp_path: Path) -> None:
    """A node says how many of its parts have an outcome, refuses what is none, and equals and hashes by what it says."""
    rules = small(tmp_path)
    one, again = (rules.evaluate(subject_of({"values": {"1.1": "85"}})) for _ in range(2))
    assert one["1"].count("met") == sum(part.outcome == "met" for part in one["1"].parts)
    assert one.root.count("undetermined") == one.count("undetermined")
    with pytest.raises(ValueError, match=re.escape("outcome: met, not_met, undetermined, not_applicable (got 'passed')")):
        one["1"].count("passed")
    assert len({one["1.1"], again["1.1"], one["1"]}) == 2
    assert one["1.1"] != rules.evaluate(subject_of({"values": {"1.1": "84"}}))["1.1"]


def test_a_stored_score_without_a_source_explains_itself() -> None:
    """A stored decision of another program whose scored criterion names no source is told without one."""
    rules = ntm.load("ocop/2026")
    product = ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values=rules.scores.best(1))
    stored = json.loads(rules.evaluate(product).to_json())
    leaf = next(part for part in stored["decision"]["parts"] if part["kind"] == "score")
    del leaf["source"], leaf["figure_level"]
    assert leaf["title"]["vi"] in ntm.Decision.from_json(json.dumps(stored)).explain(full=True)
