"""Workbooks that LibreOffice opened and saved: read back without a difference, and an edit made in them is that edit alone.

The files beside this one were written from the two small sets below and saved by LibreOffice Calc 7.4; the sets never change, so neither
does the sha256 that stands in the files.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

import ntm_rules as ntm
from ntm_rules.figures.filled import read_workbook
from strategies import write_catalogue

FILES = Path(__file__).with_name("libreoffice")
HEAD = """\
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
"""
CRITERIA = f"""\
ruleset: test/2024
subject: commune
{HEAD}dimensions:
  region: {{title: {{vi: Vùng, en: Region}}, attribute: region, values: [tay-nguyen, dong-nam-bo]}}
criteria:
  - criterion: "1"
    title: {{vi: Một, en: One}}
    indicators:
      - indicator: "1.1"
        title: {{vi: Tỷ lệ, en: Share}}
        measure: {{unit: "%"}}
        at_least: {{by: [region], tay-nguyen: 82.5, dong-nam-bo: 90}}
        source: {{at: mục 1, level: recalled}}
      - indicator: "1.10"
        title: {{vi: Nước sạch, en: Water}}
        measure: {{unit: "%"}}
        at_least: delegated
        source: {{at: mục 10, level: missing}}
      - indicator: "1.11"
        title: {{vi: Có, en: Yes}}
        measure: yes_no
        is_true: true
        source: {{at: mục 11, level: recalled}}
"""
SCORED = f"""\
ruleset: score/2024
subject: product
{HEAD}score:
  parts:
    A: {{title: {{vi: Phần A, en: Part A}}, points: 5}}
    B: {{title: {{vi: Phần B, en: Part B}}, points: 3}}
  stars:
    - {{stars: 5, from: 7, granted_by: centre}}
    - {{stars: 4, from: 5, granted_by: province}}
    - {{stars: 3, from: 3.5, granted_by: district}}
    - {{stars: 2, from: 2}}
    - {{stars: 1, from: 0}}
  certified_from: 3
  potential_from: 5
  readings: {{marks: cumulative, marks_tested_on: mean, no_level: refused}}
  source: {{level: recalled}}
"""
SHEET = """\
sheet: "1"
title: {vi: Rau, en: Vegetables}
source: {level: recalled, at: phiếu 1}
parts:
  - part: A
    points: 5
    criteria:
      - criterion: "1.1"
        title: {vi: Nguồn gốc, en: Origin}
        points: 3
        marks: {"4": 2, "5": 3}
        options:
          - {points: 0, vi: không rõ, en: unknown}
          - {points: 2, vi: "một phần, từ 50 % trở lên", en: in part}
          - {points: 3, vi: toàn bộ, en: all}
      - criterion: "1.10"
        title: {vi: Liên kết, en: Links}
        points: 2
        options:
          - {points: 0, vi: không, en: none}
          - {points: 2, vi: có, en: some}
  - part: B
    points: 3
    criteria:
      - criterion: "2.1"
        title: {vi: Bao bì, en: Packing}
        points: 3
        options:
          - {points: 1, vi: đơn giản, en: simple}
          - {points: 3, vi: "có nhãn, mã số", en: labelled}
"""
SETS = {"criteria": "test/2024", "score": "score/2024"}


@pytest.fixture
def sets(tmp_path: Path) -> ntm.Catalogue:
    """A set of criteria and one that scores."""
    files = {"national__a__ruleset": CRITERIA, "national__b__ruleset": SCORED, "national__b__sheets__01": SHEET}
    return write_catalogue(tmp_path / "rulesets", **files)


@pytest.mark.parametrize("kind", SETS)
def test_what_libreoffice_saved_is_read_without_a_change(sets: ntm.Catalogue, kind: str) -> None:
    """It writes every style, type and width anew, and nothing of that is an edit or a problem."""
    with ZipFile(FILES / f"{kind}.xlsx") as book:
        assert b"LibreOffice" in book.read("docProps/app.xml")
    assert read_workbook(ntm.load(SETS[kind], catalogue=sets), FILES / f"{kind}.xlsx") == ((), ())


def test_what_was_typed_before_it_was_saved_is_the_only_edit(sets: ntm.Catalogue) -> None:
    """A level of points, the mark of a star and the first point of a class, as a comma is typed: three edits, each at its row."""
    edits, problems = read_workbook(ntm.load("score/2024", catalogue=sets), FILES / "score-typed.xlsx")
    assert problems == ()
    assert {(edit.old.number, edit.old.column[1:]): edit.new["value"] for edit in edits} == {
        ("sao-4", ()): "5.5",
        ("1.1", ("sao-4",)): "3",
        ("2.1", ("muc-1",)): "2",
    }
