"""A small set in a folder of its own, with the examples that a test gives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import ntm_rules as ntm
from strategies import write_catalogue

RULES = """\
ruleset: test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
passes: all_of
attributes:
  poor: {title: {vi: Nghèo, en: Poor}, yes_no: true}
  safe: {title: {vi: An toàn khu, en: Safety zone}, yes_no: true}
dimensions:
  region:
    title: {vi: Vùng, en: Region}
    attribute: region
    values: [tay-nguyen, dong-nam-bo]
    redirect:
      - use: tay-nguyen
        when: {all_of: [{attribute: poor, is_true: true}, {attribute: safe, is_true: true}]}
        source: {at: Điều 1, level: recalled}
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - indicator: "1.1"
        title: {vi: Tỷ lệ, en: Share}
        measure: {unit: "%"}
        at_least: 80
        source: {at: mục 1, level: recalled}
      - indicator: "1.2"
        title: {vi: Có, en: Yes}
        measure: yes_no
        is_true: true
        source: {level: recalled}
  - criterion: "2"
    title: {vi: Hai, en: Two}
    passes: {at_least_k_of: 1}
    indicators:
      - indicator: "2.1"
        title: {vi: Bảng, en: Table}
        measure: {unit: người}
        at_most:
          by: [region]
          tay-nguyen: 5
          others: 3
        source: {level: recalled}
      - indicator: "2.2"
        title: {vi: Xếp loại, en: Grade}
        measure: {choices: [Yếu, Khá, Tốt]}
        at_least: Khá
        source: {level: recalled}
"""
Folder = Callable[..., ntm.Catalogue]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A catalogue with the small set and these examples; ``rules`` may be another text, ``files`` more of them."""

    def make(examples: str, rules: str = RULES, **files: str) -> ntm.Catalogue:
        text = f"examples_of: test/2024\nexamples:\n{examples}"
        return write_catalogue(tmp_path, national__a__ruleset=rules, national__a__examples=text, **files)

    return make
