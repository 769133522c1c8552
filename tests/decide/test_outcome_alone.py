"""The outcome alone, as asked when many subjects are counted, is the outcome of the whole decision."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import ntm_rules as ntm
from strategies import write_catalogue

PART = '{{indicator: "1.{n}", title: {{vi: Phần, en: Part}}, measure: {{unit: "%"}}, at_least: 80, source: {{level: recalled}}}}'
TEXT = """\
ruleset: test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
passes: all_of
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    passes: all_of
    indicators: [PARTS]
  - criterion: "2"
    title: {vi: Hai, en: Two}
    indicators: [OTHER]
"""
GIVEN = ("80", "79.9", ntm.Unknown("chưa điều tra"), ntm.NotApplicable("không có"), None)


@pytest.mark.parametrize("passes", ["all_of", "any_of"])
def test_it_is_that_of_the_whole_decision(tmp_path: Path, passes: str) -> None:
    """Whatever is given of three indicators, met, missed, absent or attested, beside another criterion; where one is enough too."""
    parts = ", ".join(PART.format(n=n) for n in (1, 2, 3))
    text = TEXT.replace("PARTS", parts).replace("    passes: all_of", f"    passes: {passes}")
    text = text.replace("OTHER", PART.format(n=1).replace('"1.1"', '"2.1"'))
    rules = ntm.load("test/2024", catalogue=write_catalogue(tmp_path, national__test__2024__ruleset=text))
    met = set()
    for given, attested, other in itertools.product(itertools.product(GIVEN, repeat=3), ({}, {"1": True}, {"1.2": False}), ("80", None)):
        values = {f"1.{n}": value for n, value in enumerate(given, 1) if value is not None} | ({"2.1": other} if other else {})
        subject = ntm.Subject(id="x", kind="commune", values=values, attested=attested)
        outcome = rules.outcome(subject)
        assert outcome is rules.evaluate(subject).outcome, (values, attested)
        met.add(outcome)
    assert met == {ntm.Outcome.MET, ntm.Outcome.NOT_MET, ntm.Outcome.UNDETERMINED}
