"""A small catalogue for the tests of the monitor: editions one after another, an amendment, combinations, shares, statuses, points."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import ntm_rules as ntm
from strategies import write_catalogue

C2020 = """\
ruleset: commune/2020
version: 1.0.0
title: {vi: Xã 2020, en: Commune 2020}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2020-01-01, until: 2022-06-30}
grants: ntm
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - {indicator: "1.1", title: {vi: A, en: A}, measure: {unit: "%"}, at_least: 50, source: {level: recalled}}
"""
C2022 = """\
ruleset: commune/2022
version: 1.0.0
title: {vi: Xã 2022, en: Commune 2022}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2022-07-01, until: 2025-12-31}
grants: ntm
criteria:
  - criterion: "1"
    title: {vi: Thu nhập, en: Income}
    indicators:
      - indicator: "1.1"
        title: {vi: A, en: A}
        measure: {unit: "%"}
        at_least: {by: [year], 2022: 50, 2023: 60, others: 70}
        source: {level: recalled}
  - criterion: "2"
    title: {vi: Hai, en: Two}
    passes: any_of
    indicators:
      - {indicator: "2.1", title: {vi: B, en: B}, measure: yes_no, is_true: true, source: {level: recalled}}
      - indicator: "2.2"
        title: {vi: C, en: C}
        measure: {unit: hộ}
        at_most: 5
        may_not_apply: {vi: nếu có, en: if any}
        source: {level: recalled}
dimensions:
  year: {title: {vi: Năm, en: Year}, attribute: year, values: ["2022", "2023", "2024", "2025"]}
"""
AMENDED = """\
overlay: commune/2022/sua
version: 1.0.0
kind: amendment
title: {vi: Sửa, en: Amendment}
amends: commune/2022
instrument: 2/QĐ-TTg
in_force: {from: 2024-05-01}
changes:
  - set: "2.2"
    at_most: 3
    source: {level: recalled}
"""
KOF = """\
ruleset: better/2022
version: 1.0.0
title: {vi: Nâng cao, en: Better}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2022-07-01}
grants: ntm-advanced
passes: {at_least_k_of: 2}
criteria:
  - criterion: "1"
    title: {vi: Đã được công nhận, en: Recognised}
    indicators:
      - {indicator: "1.1", title: {vi: A, en: A}, measure: {holds_status: ntm}, is_true: true, source: {level: recalled}}
  - criterion: "2"
    title: {vi: Hai, en: Two}
    indicators:
      - {indicator: "2.1", title: {vi: B, en: B}, measure: {unit: "%"}, at_least: 80, source: {level: recalled}}
  - criterion: "3"
    title: {vi: Ba, en: Three}
    applies_when: {attribute: area, one_of: [I, II]}
    indicators:
      - {indicator: "3.1", title: {vi: C, en: C}, measure: yes_no, is_true: true, source: {level: recalled}}
"""
DISTRICT = """\
ruleset: district/2022
version: 1.0.0
title: {vi: Huyện, en: District}
subject: district
instrument: 1/QĐ-TTg
in_force: {from: 2020-01-01}
grants: district-ntm
passes: any_of
criteria:
  - criterion: "1"
    title: {vi: Tỷ lệ xã, en: Share of communes}
    indicators:
      - indicator: "1.1"
        title: {vi: A, en: A}
        measure: {share_of: commune, where: {holds_status: ntm}, among: {attribute: area, one_of: [I, II]}}
        at_least: 100
        source: {level: recalled}
  - criterion: "2"
    title: {vi: Hai, en: Two}
    indicators:
      - {indicator: "2.1", title: {vi: B, en: B}, measure: {unit: "%"}, at_least: 90, source: {level: recalled}}
"""
TARGETS = """\
ruleset: targets/2023
version: 1.0.0
title: {vi: Mục tiêu, en: Targets}
subject: province
instrument: 1/QĐ-TTg
in_force: {from: 2020-01-01}
criteria:
  - criterion: M1
    title: {vi: Số xã, en: Communes}
    indicators:
      - indicator: M1.1
        title: {vi: A, en: A}
        measure: {count_of: commune, where: {any_of: [{holds_status: ntm}, {attribute: criteria_met, at_least: 2}]}}
        at_least: 2
        source: {level: recalled}
  - criterion: M2
    title: {vi: Số huyện, en: Districts}
    indicators:
      - indicator: M2.1
        title: {vi: A, en: A}
        measure: {count_of: district, where: {holds_status: district-ntm}}
        at_least: 1
        source: {level: recalled}
"""
NEXT = """\
ruleset: commune-next/2026
version: 1.0.0
title: {vi: Xã 2026, en: Commune 2026}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2026-02-15}
grants: ntm
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - {indicator: "1.1", title: {vi: A, en: A}, measure: {unit: "%"}, at_least: 60, source: {level: recalled}}
"""
VILLAGE = """\
ruleset: village/2022
version: 1.0.0
title: {vi: Thôn, en: Village}
subject: village
instrument: 1/QĐ-TTg
in_force: {from: 2022-03-28, until: 2025-12-31}
grants: village-model
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - {indicator: "1.1", title: {vi: A, en: A}, measure: yes_no, is_true: true, source: {level: recalled}}
"""
OCOP = """\
ruleset: ocop/%(name)s
version: 1.0.0
title: {vi: Sản phẩm, en: Products}
subject: product
instrument: 1/QĐ-TTg
in_force: %(in_force)s
grants: ocop
score:
  parts:
    A: {title: {vi: A, en: A}, points: 100}
  stars:
    - {stars: 5, from: %(five)s, granted_by: centre}
    - {stars: 4, from: 70, granted_by: province}
    - {stars: 3, from: 50, granted_by: district}
    - {stars: 2, from: 30}
    - {stars: 1, from: 0}
  certified_from: 3
  potential_from: %(five)s
  readings: {marks: cumulative, marks_tested_on: mean, no_level: zero}
  source: {level: recalled}
  validity: {months: 12, stars: [3, 4, 5], %(window)ssource: {level: recalled}}
"""
SHEET = """\
sheet: 1
title: {vi: Bộ thử, en: Trial set}
source: {level: recalled}
parts:
  - part: A
    points: 100
    criteria:
      - criterion: "1"
        title: {vi: Một, en: One}
        points: 60
        options: [{points: 0, vi: a, en: a}, {points: 30, vi: b, en: b}, {points: 60, vi: c, en: c}]
      - criterion: "2"
        title: {vi: Hai, en: Two}
        points: 40
        options: [{points: 0, vi: a, en: a}, {points: 20, vi: b, en: b}, {points: 40, vi: c, en: c}]
"""
OCOP_2022 = OCOP % {"name": "2022", "in_force": "{from: 2021-01-01, until: 2023-12-31}", "five": 90, "window": ""}
OCOP_2024 = OCOP % {
    "name": "2024",
    "in_force": "{from: 2024-01-01}",
    "five": 100,
    "window": "reassess_from_days: 90, reassess_to_days: 30, ",
}

REVOCATION = """\
revocation: revocation/2022
version: 1.0.0
title: {vi: Thu hồi, en: Revocation}
texts:
  - in_force: {from: 2022-01-01, until: 2024-09-30}
    instrument: 1/QĐ-TTg
    source: {level: recalled}
    rules:
      - status: ntm
        tested_on: commune
        with_key_from: 30
        without_key_from: 60
        key_criteria: {numbers: ["2"], level: recalled}
        source: {level: recalled}
      - status: ntm-advanced
        tested_on: commune
        without_key_from: 50
        source: {level: recalled}
      - status: district-ntm
        tested_on: district
        without_key_from: 100
        parts: {status: ntm, revoked_share_from: 50, level: recalled}
        source: {level: recalled}
      - {status: ocop-3, tested_on: ocop, loses_class: true, source: {level: recalled}}
  - in_force: {from: 2024-10-01}
    instrument: 2/QĐ-TTg
    concerns: [ntm]
    missing: {vi: chưa đọc được, en: not read}
    source: {level: missing}
effects:
  - status: ntm
    attribute: area
    was: [II, III]
    becomes: I
    in_force: {from: 2021-06-04, until: 2025-12-31}
    source: {level: recalled}
"""


@functools.cache
def small(folder: Path) -> ntm.Catalogue:
    """The catalogue, written once into ``folder``."""
    return write_catalogue(
        folder,
        a__ruleset=C2020,
        b__ruleset=C2022,
        c__overlay=AMENDED,
        d__ruleset=KOF,
        e__ruleset=DISTRICT,
        f__ruleset=TARGETS,
        g__ruleset=NEXT,
        h__ruleset=VILLAGE,
        national__ocop__2022__ruleset=OCOP_2022,
        national__ocop__2022__sheets__01=SHEET,
        national__ocop__2024__ruleset=OCOP_2024,
        national__ocop__2024__sheets__01=SHEET,
        national__revocation__x__revocation=REVOCATION,
    )


def colliding() -> tuple[str, str]:
    """Two names of one hash, found by trying."""
    from ntm_rules.monitor.shapes import hash32

    seen: dict[int, str] = {}
    for name in (f"{letter}{number}" for number in itertools.count() for letter in "aucx"):
        if seen.setdefault(hash32.__wrapped__(name), name) != name:
            return seen[hash32.__wrapped__(name)], name
    raise AssertionError
