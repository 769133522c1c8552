"""Texts that several tests use: a ruleset, an amendment, a province's overlay, a scored edition with a sheet; and how a problem is said."""

from __future__ import annotations

import string

import ntm_rules as ntm
from ntm_rules.messages import MESSAGES

BASE = """\
ruleset: test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01, until: 2024-12-31}
passes: all_of
attributes:
  zone: {title: {vi: Vùng, en: Zone}, one_of: [A, B]}
  poor: {title: {vi: Nghèo, en: Poor}, yes_no: true}
dimensions:
  region:
    title: {vi: Vùng, en: Region}
    attribute: region
    values: [tay-nguyen, dong-nam-bo]
    redirect:
      - use: tay-nguyen
        when: {attribute: poor, is_true: true}
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
      - indicator: "1.3"
        title: {vi: Bảng, en: Table}
        measure: {unit: người}
        at_most:
          by: [region]
          tay-nguyen: 5
          others: missing
        source: {level: recalled}
  - criterion: "2"
    title: {vi: Hai, en: Two}
    applies_when: {attribute: year, at_least: 2023}
    indicators:
      - indicator: "2.1"
        title: {vi: Xếp loại, en: Grade}
        measure: {choices: [Yếu, Khá, Tốt]}
        one_of: [Khá, Tốt]
        source: {level: recalled}
      - indicator: "2.2"
        title: {vi: Tỉnh định, en: Delegated}
        measure: {unit: điểm}
        at_least: delegated
"""
OVERLAY = """\
overlay: test/2024/sua
version: 1.0.0
kind: amendment
amends: test/2024
title: {vi: Sửa, en: Amendment}
instrument: 2/QĐ-TTg
in_force: {from: 2024-03-01}
changes:
  - set: "1.1"
    at_least: 90
    source: {level: recalled}
"""
PROVINCIAL = """\
overlay: test/2024/tinh
version: 1.0.0
kind: provincial
amends: test/2024
title: {vi: Của tỉnh, en: Provincial}
instrument: 3/QĐ-UBND (Kon Tum)
in_force: {from: 2024-02-01}
province: kon-tum
changes:
  - set: "2.2"
    at_least: 5
    source: {level: recalled}
"""

SCORED = """\
ruleset: score/2024
version: 1.0.0
title: {vi: Bộ chấm, en: Scored}
subject: product
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
accepted: {NTM-258: bộ để thử chỉ có ba hạng}
score:
  parts: {A: {title: {vi: A, en: A}, points: 5}, B: {title: {vi: B, en: B}, points: 3}}
  stars:
    - {stars: 5, from: 8, granted_by: centre}
    - {stars: 3, from: 5, granted_by: province}
    - {stars: 1, from: 0}
  certified_from: 3
  exclusions: {forged: {title: {vi: Giả mạo, en: Forged}}}
  source: {level: recalled}
"""
SHEET = """\
sheet: "1"
title: {vi: Rau, en: Vegetables}
source: {at: phiếu 1, level: recalled}
excluded_if: [forged]
parts:
  - part: A
    points: 5
    criteria:
      - criterion: "1"
        title: {vi: Nhóm, en: Group}
        points: 5
        of:
          - {criterion: "1.1", use: chung/nguon-goc, marks: {"3": 1, "5": 2}}
          - criterion: "1.2"
            title: {vi: Hai, en: Two}
            points: 3
            options:
              - {points: 0, vi: không, en: none}
              - {points: 3, vi: có, en: some}
  - part: B
    points: 3
    criteria:
      - criterion: "2"
        title: {vi: Ba, en: Three}
        points: 3
        options:
          - {points: 1, vi: ít, en: little}
          - {points: 3, vi: nhiều, en: much}
"""
SHARED = """\
shared: chung
criteria:
  nguon-goc:
    title: {vi: Nguồn gốc, en: Origin}
    points: 2
    options:
      - {points: 1, vi: trong tỉnh, en: in the province}
      - {points: 2, vi: trong xã, en: in the commune}
"""

WRONG_SHEETS = [  # code, the right piece of a sheet, the wrong one
    ("NTM-201", "points: 3\n            options", "point: 3\n            options"),
    ("NTM-202", "        title: {vi: Ba, en: Three}\n", ""),
    ("NTM-204", '"5": 2}', '"5": two}'),
    ("NTM-206", "part: B", "part: C"),
    ("NTM-206", "excluded_if: [forged]", "excluded_if: [forgd]"),
    ("NTM-206", '"5": 2}', '"6": 2}'),
    ("NTM-210", "{at: phiếu 1, level: recalled}", "{at: phiếu 1}"),
    ("NTM-212", "        options:\n          - {points: 1, vi: ít, en: little}\n          - {points: 3, vi: nhiều, en: much}\n", ""),
    ("NTM-214", 'criterion: "2"', 'criterion: "1"'),
    ("NTM-215", "level: recalled", "level: recalled, instrument: 9/QĐ"),
    ("NTM-218", "level: recalled", "level: published"),
    ("NTM-221", SHEET[SHEET.index("parts:") :], ""),
    ("NTM-223", 'sheet: "1"', 'sheet: "7"'),
    ("NTM-232", "chung/nguon-goc", "chug/nguon-goc"),
    ("NTM-232", "chung/nguon-goc", "chung/nguon"),
    ("NTM-233", "points: 3\n    criteria", "points: 4\n    criteria"),
    ("NTM-233", "        points: 5\n        of", "        points: 6\n        of"),
    ("NTM-233", "title: {vi: Ba, en: Three}\n        points: 3", "title: {vi: Ba, en: Three}\n        points: 4"),
    ("NTM-234", '"3": 1', '"3": 4'),
]


def say_everything(problem: ntm.Problem) -> None:
    """The wording is whole in both languages: no placeholder is left unfilled."""
    for lang in ("vi", "en"):
        wording = MESSAGES[problem.code][lang]  # type: ignore[index]
        for part in wording:
            names = {name for _, name, _, _ in string.Formatter().parse(part) if name}
            assert names <= set(problem.words), (problem.code, names, problem.words)
        assert problem.what(lang)  # type: ignore[arg-type]
        assert problem.why(lang)  # type: ignore[arg-type]
        assert problem.mend(lang)  # type: ignore[arg-type]
        assert problem.code in problem.line(lang)  # type: ignore[arg-type]
    assert str(problem.place) in str(problem)
    assert problem.as_dict()["code"] == problem.code
