"""What the examples of a set reach, counted one by one."""

from __future__ import annotations

import json

import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.verify.coverage import Aspect, coverage, coverage_of

BOUNDARIES = """\
  - {boundary: "1.1", expect: {"79": not_met, "80": met}}
  - {boundary: "1.2", expect: {"true": met, "false": not_met}}
  - {boundary: "2.1", attributes: {region: tay-nguyen}, expect: {"5": met, "6": not_met}}
  - {boundary: "2.1", attributes: {region: dong-nam-bo, poor: false, safe: false}, expect: {"3": met, "4": not_met}}
  - {boundary: "2.2", expect: {"Yếu": not_met, "Khá": met}}
"""


def test_both_sides_of_every_figure_are_counted(folder) -> None:
    """Two sides of five figures; a step is what the figure is written to, and both columns of the table count."""
    catalogue = folder(BOUNDARIES)
    found = coverage_of(catalogue, catalogue.rulesets["test/2024"])
    assert found.count(Aspect.BOUNDARY) == (10, 10)
    assert found.count(Aspect.OUTCOME) == (0, 9)


@pytest.mark.parametrize(("value", "reached"), [("78", 1), ("79", 2), ("79.9", 2)])
def test_a_value_far_from_the_bound_tries_nothing(folder, value: str, reached: int) -> None:
    """78 would fail a bound of 79 as well: it does not try 80."""
    catalogue = folder(f'  - {{boundary: "1.1", expect: {{"{value}": not_met, "80": met}}}}\n')
    assert coverage_of(catalogue, catalogue.rulesets["test/2024"]).count(Aspect.BOUNDARY) == (reached, 10)


def test_what_is_not_promised_is_not_reached(folder) -> None:
    """A value at the bound of which no outcome is promised counts for nothing."""
    subject = '{attributes: {region: tay-nguyen}, values: {"1.1": 80, "2.1": 5}}'
    catalogue = folder(f'  - {{example: x, subject: {subject}, expect: {{"1.1": met, "2": met}}}}\n')
    found = coverage_of(catalogue, catalogue.rulesets["test/2024"])
    assert {point.at for point in found.reached} == {"1.1", "2.1", "2"}
    assert "1.1: vừa thiếu 80" in [point.sentence("vi") for point in found.missed]
    assert "2.1 (others): vừa đủ 3" in [point.sentence("vi") for point in found.missed]


def test_an_overlay_answers_for_what_it_changes(folder) -> None:
    """Of an amendment of one figure the two sides of that figure are asked for, and nothing of the edition."""
    overlay = """\
overlay: test/2024/sua
version: 1.0.0
kind: amendment
amends: test/2024
title: {vi: Sửa, en: Amendment}
instrument: 2/QĐ-TTg
in_force: {from: 2024-03-01}
changes:
  - {set: "1.1", at_least: 90, source: {level: recalled}}
"""
    examples = 'examples_of: test/2024/sua\nexamples:\n  - {boundary: "1.1", on: 2024-03-01, expect: {"89": not_met, "90": met}}\n'
    catalogue = folder(BOUNDARIES, national__a__sua__overlay=overlay, national__a__sua__examples=examples)
    found = coverage_of(catalogue, catalogue.overlays["test/2024/sua"])
    assert found.count(Aspect.BOUNDARY) == (2, 2)


def test_every_shipped_set_is_covered_whole() -> None:
    """Every outcome of every criterion, both sides of every figure, class and mark: nothing is left out, nothing is rounded away."""
    found = list(coverage(ntm.Catalogue()))
    assert [point.sentence("vi") for one in found for point in one.missed] == []
    assert sum(one.count(Aspect.BOUNDARY)[1] for one in found) > 500
    assert all(one.count()[0] == one.count()[1] for one in found)


def test_the_command_lists_what_is_missed(folder, tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 and a line for each; as JSON the same in whole numbers; an unknown set is a wrong call."""
    folder(BOUNDARIES)
    with pytest.raises(SystemExit) as ended:
        run(["coverage", "test/2024", "--rulesets", str(tmp_path)])
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert "10/10" in out
    assert "test/2024: kết quả của tiêu chí: 1: chưa đạt" in out
    with pytest.raises(SystemExit):
        run(["coverage", "--rulesets", str(tmp_path), "--json"])
    [document] = json.loads(capsys.readouterr().out)["documents"]
    assert document["boundary"] == {"reached": 10, "of": 10}
    with pytest.raises(SystemExit) as ended:
        run(["coverage", "test/2025", "--rulesets", str(tmp_path)])
    assert ended.value.code == 2
