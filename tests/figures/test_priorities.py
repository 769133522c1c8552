"""What to look up next: the figure that settles most stands first, and nothing is counted that settles nothing. All law is made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.cli import main
from ntm_rules.figures.priorities import priorities, resting
from strategies import write_catalogue
from texts import BASE, say_everything

WHERE = {"region": "tay-nguyen", "poor": False, "year": 2022, "zone": "A"}
ALL = {"1.1": "85", "1.2": True, "1.3": "4"}


@pytest.fixture
def rules(tmp_path: Path) -> ntm.RuleSet:
    return ntm.load("test/2024", catalogue=write_catalogue(tmp_path, a__ruleset=BASE))


def subject(values: dict[str, Any] | None = None, attested: dict[str, bool] | None = None, **attributes: Any) -> ntm.Subject:
    """A commune of 2022, to whom criterion 2 does not apply."""
    return ntm.Subject(
        id="1",
        kind="commune",
        attributes={key: value for key, value in {**WHERE, **attributes}.items() if value is not None},
        values=values or {},
        attested=attested or {},
    )


CASES = [
    pytest.param(subject({**ALL, "1.1": "70"}), {"1.1": (1, 1)}, id="one failure suffices, so its figure alone settles"),
    pytest.param(subject({**ALL, "1.1": "70", "1.3": "9"}), {"1.1": (1, 2), "1.3 (tay-nguyen)": (1, 2)}, id="either of two failures"),
    pytest.param(subject(ALL), {"1.1": (0, 0), "1.2": (0, 0), "1.3 (tay-nguyen)": (0, 0)}, id="all that is met has to be checked"),
    pytest.param(subject(ALL, region="dong-nam-bo"), {"1.3 (others)": (1, 1)}, id="a value lies where the figure is missing"),
    pytest.param(subject({"1.1": "85", "1.2": True}, region="dong-nam-bo"), {"1.3 (others)": (0, 0)}, id="the value is missing as well"),
    pytest.param(subject(attested={"1": True}), {}, id="attested: no figure decides"),
]


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_a_figure_counts_for_the_subjects_and_criteria_it_settles_alone(
    rules: ntm.RuleSet, given: ntm.Subject, expected: dict[str, tuple[int, int]]
) -> None:
    """Of one commune: which figures stand in the way, and which would settle it alone."""
    found = priorities(rules, [given])
    assert {one.held.where: one.settles for one in found.figures} == {where: settles for where, (settles, _) in expected.items()}
    assert found.settled == (not expected)
    if any(settles for settles, _ in expected.values()):
        assert sum(one.criteria for one in found.figures) == max(count for _, count in expected.values())


def test_the_figure_that_settles_most_stands_first(rules: ntm.RuleSet) -> None:
    """Two communes wait for one missing figure, one fails by another; each is counted once."""
    waiting = subject(ALL, region="dong-nam-bo")
    found = priorities(rules, [waiting, subject({**ALL, "1.1": "70"}), waiting])
    assert [(one.held.where, one.settles, one.values) for one in found.figures] == [("1.3 (others)", 2, 2), ("1.1", 1, 1)]
    assert (found.subjects, found.settled, found.waiting) == (3, 0, 0)


def test_what_a_subject_has_not_said_is_no_figure(rules: ntm.RuleSet) -> None:
    """A value or a column that is not known is counted as waiting for something else."""
    found = priorities(rules, [subject({"1.1": "85", "1.2": True}), subject(ALL, region=None)])
    assert (found.figures, found.waiting) == ((), 2)


def test_without_subjects_the_figures_come_by_what_rests_on_them(rules: ntm.RuleSet) -> None:
    """Those not known first; among them, and among the others, those that most columns read."""
    found = [(one.held.where, one.columns) for one in resting(rules)]
    assert found[0][0] == "2.2"
    assert found[1:] == [("1.3 (others)", 6), ("2.1", 7), ("1.1", 7), ("1.2", 7), ("1.3 (tay-nguyen)", 1)]


def test_on_a_score_sheet_no_figure_comes_before_another() -> None:
    """A sheet is official once all of its figures are, so each of them stands in the way alike; the list is named instead."""
    for ask in (resting, lambda rules: priorities(rules, [])):
        with pytest.raises(ntm.problems.NtmError) as caught:
            ask(ntm.load("ocop/2023"))
        assert [problem.code for problem in caught.value.problems] == ["NTM-871"]
        say_everything(caught.value.problems[0])


def test_the_command_ranks_the_figures_of_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a table to the figure to look up first; without one, from the set alone; a row that must be mended is told."""
    write_catalogue(tmp_path / "rules", a__ruleset=BASE)
    table = tmp_path / "xa.csv"
    table.write_text(
        "mã xã,vùng,poor,year,zone,1.1,1.2,1.3\n1,Đông Nam Bộ,không,2022,A,85,đạt,4\n2,Tây Nguyên,không,2022,A,x,đạt,4\n", "utf-8"
    )

    def run(*arguments: object) -> tuple[int, dict[str, Any]]:
        with pytest.raises(SystemExit) as ended:
            main(["figures", "priorities", "test/2024", *map(str, arguments), "--rulesets", str(tmp_path / "rules"), "--json"])
        return int(ended.value.code or 0), json.loads(capsys.readouterr().out)

    code, found = run(table)
    assert (code, [problem["code"] for problem in found["problems"]]) == (1, ["NTM-402"])
    assert [(one["indicator"], one["column"], one["settles"]) for one in found["figures"]] == [("1.3", ["others"], 1)]
    code, found = run()
    assert (code, found["figures"][0]["indicator"]) == (0, "2.2")
