"""From one edition to the next: declared values only, and who gains or loses by which indicator."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from helpers_register import CRITERIA, commune
from ntm_rules.loading.catalogue import bundled
from ntm_rules.loading.transition import all_mappings, find_mapping, read_mapping
from ntm_rules.problems import NotFound, RulesetError
from ntm_rules.revise.moves import Move, moves, transition

OLD = ntm.load("commune-ntm/2016-2020", on=date(2020, 12, 31))
NEW = ntm.load("commune-ntm/2021-2025", on=date(2022, 12, 31), province="kon-tum")


def of_2020(**values: str) -> ntm.Subject:
    """A commune that meets everything under the old set, with some measured values."""
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": 2020}
    return ntm.Subject(id="23311", kind="commune", attributes=given, attested=dict.fromkeys(CRITERIA, True), values=values)


def test_only_declared_values_are_carried_and_attestations_are_not() -> None:
    """6.3 serves both sets; 11.1 has the same number and is another poverty line, so it does not."""
    mapping = find_mapping(bundled(), OLD.id, NEW.id)
    subject = of_2020(**{"6.3": "100", "11.1": "6"})
    [change] = transition(OLD, NEW, [subject], mapping)
    assert change.before.outcome == "met"
    assert change.after["6.3"].outcome == "met"
    assert change.after["11.1"].outcome == "undetermined"
    assert change.after.subject.attested == {}
    assert change.move is Move.OPEN
    assert change.carried == 1


def test_the_poverty_line_and_income_turn_a_met_commune_into_one_that_is_not() -> None:
    """With what is known under the new set the loss is named by its indicator."""
    mapping = find_mapping(bundled(), OLD.id, NEW.id)
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": 2022, "area": "I"}
    newer = ntm.Subject(
        id="23311", kind="commune", attributes=given, attested={n: True for n in CRITERIA if n != "10"}, values={"10.1": "41.5"}
    )
    [change] = transition(OLD, NEW, [of_2020()], mapping, new_subjects={"23311": newer})
    assert change.move is Move.LOSES
    assert [(step.old, step.new and step.new.id) for step in change.why] == [(None, "10.1")]
    assert change.failed == ("10",)
    assert moves([change])[Move.LOSES] == 1
    assert change.as_dict()["move"] == "loses"


def test_an_amendment_moves_a_class_two_commune_to_another_column() -> None:
    """From 2024-03-01 a class II commune reads the Northern-mountain column: 46 million suffices where 50 were asked."""
    before = ntm.load("commune-ntm/2021-2025", on=date(2024, 2, 29), province="kon-tum")
    after = ntm.load("commune-ntm/2021-2025", on=date(2024, 3, 1), province="kon-tum")
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": 2024, "area": "II"}
    subject = ntm.Subject(id="23311", kind="commune", attributes=given, values={"10.1": "46"})
    [change] = transition(before, after, [subject], find_mapping(bundled(), before.id, after.id))
    [step] = change.why
    assert step.move is Move.GAINS
    assert step.carried
    assert (step.old and step.old.required, step.new and step.new.required) == (50, 45)


def test_an_attestation_serves_both_days_of_one_set() -> None:
    """A commune of which all 19 criteria are attested meets 19 of 19 before the amendment and after it."""
    days = (date(2024, 2, 29), date(2024, 3, 1))
    before, after = (ntm.load("commune-ntm/2021-2025", on=day, province="kon-tum") for day in days)
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": 2024, "area": "II"}
    subject = ntm.Subject(id="23311", kind="commune", attributes=given, attested=dict.fromkeys(CRITERIA, True))
    [change] = transition(before, after, [subject])
    assert [decision.count(ntm.Outcome.MET) for decision in (change.before, change.after)] == [19, 19]
    assert change.move is Move.STAYS_MET
    [affected] = ntm.impact(before, after, [subject]).subjects
    assert (affected.before, affected.after) == (change.before, change.after)


def test_a_number_that_neither_text_has_is_refused() -> None:
    """What only the other text has is left out; a slip in the table is not."""
    with pytest.raises(ntm.SubjectError, match="NTM-401"):
        transition(NEW, NEW, [of_2020(**{"6.33": "100"})])


def test_a_value_given_for_the_new_set_counts_before_a_carried_one() -> None:
    """The newer measurement of 6.3 stands."""
    mapping = find_mapping(bundled(), OLD.id, NEW.id)
    newer = commune(code="23311").model_copy(update={"values": {"6.3": "80"}, "attested": {}})
    [change] = transition(OLD, NEW, [of_2020(**{"6.3": "100"})], mapping, new_subjects={"23311": newer})
    assert str(change.after["6.3"].observed) == "80"
    assert change.carried == 0


def test_every_indicator_of_both_sets_has_its_step() -> None:
    """None is lost: the new ones first, then the old ones that no new one follows."""
    mapping = find_mapping(bundled(), OLD.id, NEW.id)
    [change] = transition(OLD, NEW, [of_2020()], mapping)
    assert [step.new.id for step in change.steps if step.new] == [node.id for node in change.after.indicators]
    assert {step.old.id for step in change.steps if step.old} == {node.id for node in change.before.indicators}
    assert all(step.move in (Move.DROPPED, Move.NEW, Move.OPEN, Move.STAYS_MET) for step in change.steps)


def test_between_sets_without_a_mapping_nothing_is_guessed() -> None:
    """2021-2025 to 2026-2030: no mapping is on record, and the error names both."""
    with pytest.raises(NotFound, match="NTM-820"):
        find_mapping(bundled(), "commune-ntm/2021-2025", "commune/2026-2030")


def test_the_shipped_mappings_join_indicators_of_one_measure() -> None:
    """Every line names an indicator of each set."""
    for document in all_mappings(bundled()):
        old, new = (bundled().ruleset(name).indicators for name in (document.old, document.new))
        assert all(carry.old in old and carry.new in new for carry in document.carry)
        assert document.carry


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace('from: "6.3"', 'from: "6.33"'), "NTM-819"),
        (lambda text: text.replace('to: "6.3"', 'to: "7.1"'), "NTM-822"),
        (lambda text: text.replace('{from: "8.2", to: "8.2"', '{from: "8.2", to: "8.1"'), "NTM-214"),
        (lambda text: text.replace("to: commune-ntm/2021-2025", "to: commune-ntm/2021-2026"), "NTM-306"),
        (lambda text: text.replace("level: recalled", "level: guessed", 1), "NTM-206"),
        (lambda text: text + "colour: red\n", "NTM-201"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(tmp_path: Path, change: Callable[[str], str], code: str) -> None:
    """An indicator that is not there, two that measure differently, one named twice, a set that does not exist."""
    shipped = bundled().folder / "national" / "transitions" / "commune-ntm-2016-2020-to-2021-2025" / "map.yaml"
    path = tmp_path / "map.yaml"
    shutil.copy(shipped, path)
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    with pytest.raises(RulesetError) as error:
        read_mapping(path, bundled())
    assert code in [problem.code for problem in error.value.problems]
    assert all(problem.place.line for problem in error.value.problems)
