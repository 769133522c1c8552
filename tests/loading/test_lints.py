"""Every lint by its own pair of texts: the wrong one is told by its code, at its mark; the right one is not told at all."""

from __future__ import annotations

import string
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.loading.lints import LINTS
from ntm_rules.loading.lints.lint import HERE, Level, Lint
from ntm_rules.loading.revocation import read_revocation
from ntm_rules.loading.transition import read_mapping
from ntm_rules.messages import MESSAGES
from ntm_rules.verify.folder import check
from ntm_rules.verify.warnings import doubts, warnings
from strategies import write_catalogue

RULESET = """\
ruleset: test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01, until: 2024-12-31}
passes: all_of
attributes:
  poor: {title: {vi: Nghèo, en: Poor}, yes_no: true}
  listed: {title: {vi: Trong danh sách, en: Listed}, yes_no: true, unless_stated: false}
dimensions:
  region:
    title: {vi: Vùng, en: Region}
    attribute: region
    values: [tay-nguyen, dong-nam-bo]
    redirect:
      - use: tay-nguyen
        when: {attribute: poor, is_true: true}
        source: {at: Điều 1, level: recalled}
conditions:
  - criterion: DK
    title: {vi: Điều kiện, en: Condition}
    missing: {vi: chưa thấy văn bản, en: the text has not been seen}
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    passes: {at_least_k_of: 2}
    indicators:
      - indicator: "1.1"
        title: {vi: Tỷ lệ, en: Share}
        measure: {unit: "%"}
        review_by: 2027-12-31
        at_least: 80
        source: {at: mục 1, level: recalled}
      - indicator: "1.2"
        title: {vi: Có, en: Yes}
        measure: {holds_status: ntm}
        is_true: true
        source: {level: recalled}
      - indicator: "1.3"
        title: {vi: Bảng, en: Table}
        measure: {unit: người}
        at_most:
          by: [region]
          tay-nguyen: 6
          dong-nam-bo: {value: 7, level: published, seen: [https://example.vn]}
          others: {value: 8, level: published, seen: [https://example.vn]}
        source: {level: published, seen: [https://example.vn]}
      - indicator: "1.4"
        title: {vi: Số thập phân, en: Decimal}
        measure: {unit: "%"}
        at_least: 62.35
        source: {level: recalled}
  - criterion: "2"
    title: {vi: Hai, en: Two}
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
      - indicator: "2.3"
        title: {vi: Điểm, en: Points}
        measure: {unit: điểm}
        at_least: {value: 5, level: recalled}
      - indicator: "2.4"
        title: {vi: Số xã, en: Communes}
        measure: {share_of: commune, where: {holds_status: ntm}}
        at_least: 70
        source: {level: recalled}
  - criterion: "3"
    title: {vi: Ba, en: Three}
    missing: {vi: chưa thấy văn bản, en: the text has not been seen}
  - criterion: "4"
    title: {vi: Bốn, en: Four}
    indicators:
      - indicator: "4.1"
        title: {vi: Theo vùng, en: By region}
        measure: {unit: điểm}
        at_least: {by: [region], tay-nguyen: 2, dong-nam-bo: 3}
        source: {level: recalled}
      - indicator: "4.2"
        title: {vi: Cũng theo vùng, en: By region too}
        measure: {unit: điểm}
        at_least: {by: [region], tay-nguyen: 4, dong-nam-bo: 5}
        source: {level: recalled}
"""
OVERLAY = """\
overlay: test/2024/sua
version: 1.0.0
kind: provincial
province: kon-tum
amends: test/2024
title: {vi: Của tỉnh, en: Provincial}
instrument: 3/QĐ-UBND (Kon Tum)
in_force: {from: 2024-03-01, until: 2024-12-31}
changes:
  - set: "1.1"
    at_least: 85
    source: {level: recalled}
  - set: "2.2"
    note: {vi: Của tỉnh, en: Of the province}
"""
CERTIFICATE = """\
overlay: test/2024/doi-chieu
version: 1.0.0
kind: certificate
amends: test/2024
title: {vi: Đối chiếu, en: Certificate}
instrument: 1/QĐ-TTg
in_force: {}
certifies:
  document: 5f0c6a8e1b7d4c3f9a2e6d8b0c4f7a1e3d5b9c8f2a6e4d7b1c0f3a5e8d9b2c4f
  by: Sở Nông nghiệp và Môi trường
  day: 2026-11-30
  base: 1.0.0
  readings:
    - {at: "1.1", compares: at_least, value: 80, page: "12"}
  seal: 8a085f4ce1ee118eb8459f7bc171c0ac00296e5b57741e34c4bab3c05a1745c6
"""
SCORES = """\
ruleset: score/2024
version: 1.0.0
title: {vi: Bộ chấm, en: Scored}
subject: product
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
score:
  parts: {A: {title: {vi: A, en: A}, points: 2}, B: {title: {vi: B, en: B}, points: 3}}
  stars:
    - {stars: 5, from: 5, granted_by: centre}
    - {stars: 4, from: 4, granted_by: province}
    - {stars: 3, from: 3, granted_by: province}
    - {stars: 2, from: 1}
    - {stars: 1, from: 0}
  certified_from: 3
  exclusions: {forged: {title: {vi: Giả mạo, en: Forged}}}
  source: {level: recalled}
"""
SHEET = """\
sheet: "1"
title: {vi: Rau, en: Vegetables}
source: {level: recalled, at: phiếu 1, instrument: 1/QĐ-TTg}
excluded_if: [forged]
parts:
  - part: A
    points: 2
    criteria:
      - criterion: "1"
        title: {vi: Một, en: One}
        points: 2
        marks: {"3": 1, "5": 2}
        options:
          - {points: 1, vi: trong tỉnh, en: in the province}
          - {points: 2, vi: trong xã, en: in the commune}
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
INSTRUMENTS = """\
instruments:
  - {instrument: 1/QĐ-TTg, title: {vi: A, en: A}, issuer: {vi: T, en: P}, level: recalled, issued: 2024-01-01,
     in_force: {from: 2024-01-01, until: 2024-12-31}}
  - {instrument: 2/QĐ-TTg, title: {vi: B, en: B}, issuer: {vi: TTg, en: PM}, level: recalled, amends: [1/QĐ-TTg]}
  - {instrument: 3/QĐ-UBND (Kon Tum), title: {vi: C, en: C}, issuer: {vi: UBND, en: PPC}, level: recalled,
     in_force: {from: 2024-03-01}}
"""
PROVINCES = """\
source: {level: recalled}
provinces:
  - {province: kon-tum, name: Kon Tum, region: tay-nguyen, until: 2025-06-30, merged_into: quang-ngai}
  - {province: quang-ngai, name: Quảng Ngãi, until: 2025-06-30}
  - {province: quang-ngai, name: Quảng Ngãi, from: 2025-07-01, until: 2030-12-31}
"""
REVOCATION = """\
revocation: test/2024
version: 1.0.0
title: {vi: Thu hồi, en: Revocation}
texts:
  - in_force: {from: 2024-01-01, until: 2024-12-31}
    instrument: 1/QĐ-TTg
    source: {level: recalled, at: Điều 1}
    rules:
      - key_criteria: {numbers: ["1"], level: recalled}
        status: ntm
        with_key_from: 30
        without_key_from: 50
        source: {level: recalled}
"""
TRANSITION = """\
transition: test
version: 1.0.0
title: {vi: Chuyển, en: Carried}
from: test/2024
to: test/2024
carry:
  - {from: "1.1", to: "1.1", level: recalled}
  - {from: "1.2", to: "1.2", level: recalled}
"""
WHERE = {
    "ruleset": "national/a/ruleset.yaml",
    "score": "national/s/ruleset.yaml",
    "overlay": "provinces/kon-tum/overlay.yaml",
    "certificate": "certificates/a/overlay.yaml",
    "provincial": "provinces/kon-tum/overlay.yaml",
    "sheet": "national/s/sheets/01.yaml",
    "instruments": "instruments.yaml",
    "provinces": "provinces.yaml",
    "revocation": "national/revocation/a/revocation.yaml",
    "transition": "national/transitions/a/map.yaml",
    "text": "national/a/ruleset.yaml",
}
MODEL = {
    "national/a/ruleset.yaml": RULESET,
    "provinces/kon-tum/overlay.yaml": OVERLAY,
    "certificates/a/overlay.yaml": CERTIFICATE,
    "national/s/ruleset.yaml": SCORES,
    "national/s/sheets/01.yaml": SHEET,
    "instruments.yaml": INSTRUMENTS,
    "provinces.yaml": PROVINCES,
    "national/revocation/a/revocation.yaml": REVOCATION,
    "national/transitions/a/map.yaml": TRANSITION,
}
EACH = [(kind, lint) for kind, lints in LINTS.items() for lint in lints]
NAMES = [f"{kind}-{lint.code}-{i}" for i, (kind, lint) in enumerate(EACH)]


def told(folder: Path, **changed: str) -> list[ntm.Problem]:
    """Everything refused or doubtful in the model files, some of them changed; that nothing is published or beside them is left aside."""
    write_catalogue(folder)
    for name, text in {**MODEL, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    catalogue = ntm.Catalogue(folder)
    found = [*check(catalogue), *warnings(catalogue)]
    if not any(problem.code in ("NTM-306", "NTM-309") for problem in found):
        _, wrong = read_revocation(folder / WHERE["revocation"], catalogue)
        found += wrong
        try:
            read_mapping(folder / WHERE["transition"], catalogue)
        except ntm.RulesetError as error:
            found += error.problems
    return [problem for problem in found if problem.code not in ("NTM-226", "NTM-227", "NTM-229")]


def spoilt(kind: str, lint: Lint[Any]) -> tuple[str, str]:
    """The model file with the right piece of the lint, and with the wrong piece in its place; or the whole files that the lint gives."""
    model = MODEL[WHERE[kind]]
    if lint.right.startswith(("ruleset:", "sheet:")) and lint.right.count("\n") > 1:
        return lint.right, lint.wrong
    assert lint.right in model, lint.right
    return model, model.replace(lint.right, lint.wrong, 1)


@pytest.mark.parametrize(("kind", "lint"), EACH, ids=NAMES)
def test_the_wrong_text_is_told_and_the_right_one_is_not(tmp_path: Path, kind: str, lint: Lint[Any]) -> None:
    """Whoever writes the wrong text reads this very message at the very place; whoever writes the right one reads nothing."""
    right, wrong = spoilt(kind, lint)
    before = wrong[: wrong.index(HERE)]
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert told(tmp_path / "right", **{WHERE[kind]: right}) == []
    problems = told(tmp_path / "wrong", **{WHERE[kind]: wrong.replace(HERE, "")})
    found = [(problem.code, problem.place.line, problem.place.column) for problem in problems if problem.place.file.endswith(WHERE[kind])]
    assert (lint.code, *place) in found, [str(problem) for problem in problems]


@pytest.mark.parametrize(("kind", "lint"), EACH, ids=NAMES)
def test_every_lint_has_all_its_faces(kind: str, lint: Lint[Any]) -> None:
    """A lint says what, why and how to mend it in both languages, with the same words; its wrong text has one mark."""
    vi, en = MESSAGES[lint.code]["vi"], MESSAGES[lint.code]["en"]
    assert all((*vi, *en))
    names = [{name for part in wording for _, name, _, _ in string.Formatter().parse(part) if name} for wording in (vi, en)]
    assert names[0] == names[1]
    assert lint.level in Level
    assert lint.wrong.count(HERE) == 1
    assert HERE not in lint.right
    assert lint.wrong.replace(HERE, "") != lint.right
    assert kind in WHERE


def test_no_lint_stands_twice() -> None:
    """Each lint stands once in the one registry, and every code that warns never refuses."""
    assert len({id(lint) for _, lint in EACH}) == len(EACH)
    refusing, warning = ({lint.code for _, lint in EACH if lint.level is level} for level in Level)
    assert not refusing & warning


def test_what_is_doubtful_loads_all_the_same(tmp_path: Path) -> None:
    """A share of 0.8 % is told by the check and nothing else; the set loads and decides by it."""
    write_catalogue(tmp_path, national__a__ruleset=RULESET.replace("at_least: 80", "at_least: 0.8"))
    catalogue = ntm.Catalogue(tmp_path)
    assert [(problem.code, problem.words["percent"]) for problem in warnings(catalogue)] == [("NTM-237", "80")]
    rules = ntm.load("test/2024", catalogue=catalogue)
    assert rules.evaluate(ntm.Subject(id="x", kind="commune", values={"1.1": 1}))["1.1"].outcome == "met"


def test_a_province_is_warned_of_its_own_figures_only(tmp_path: Path) -> None:
    """A doubtful figure of an overlay is told in the overlay, at its line; one of the edition below is told there, once."""
    overlay = OVERLAY.replace(
        '- set: "2.2"\n    note: {vi: Của tỉnh, en: Of the province}', '- set: "2.4"\n    at_least: 0.9\n    source: {level: recalled}'
    )
    files = {WHERE["overlay"]: overlay.replace("kind: provincial\nprovince: kon-tum", "kind: amendment"), WHERE["ruleset"]: RULESET}
    found = told(tmp_path / "a", **files)
    assert [(problem.code, Path(problem.place.file).name, problem.place.line) for problem in found] == [("NTM-237", "overlay.yaml", 13)]
    files[WHERE["ruleset"]] = RULESET.replace("at_least: 62.35", "at_least: 0.62")
    found = told(tmp_path / "b", **files)
    assert sorted(Path(problem.place.file).name for problem in found) == ["overlay.yaml", "ruleset.yaml"]


def test_files_that_cannot_be_read_are_left_to_the_check(tmp_path: Path) -> None:
    """A set, an overlay and a file that are refused give no warnings and hide none of the others."""
    write_catalogue(
        tmp_path,
        national__a__ruleset=RULESET.replace("version: 1.0.0", "version: v1"),
        national__b__ruleset=RULESET.replace("test/2024", "test/2025").replace("at_least: 80", "at_least: 0.8"),
        provinces__a__overlay=OVERLAY.replace("version: 1.0.0", "version: v1"),
        national__c__examples="[",
    )
    assert [problem.place.file.split("/")[-2] for problem in warnings(ntm.Catalogue(tmp_path))] == ["b"]


def test_decomposed_letters_are_told_in_keys_and_in_lists(tmp_path: Path) -> None:
    """Letters typed in pieces are told wherever they stand, each at its place, with the word composed."""
    apart = unicodedata.normalize("NFD", "Tốt")
    write_catalogue(tmp_path, national__a__ruleset=RULESET.replace("[Khá, Tốt]", f"[Khá, {apart}]"), x=f"{apart}: 1\n")
    found = warnings(ntm.Catalogue(tmp_path))
    assert [(problem.code, problem.words["got"], problem.place.line) for problem in found] == [
        ("NTM-236", "Tốt", 60),
        ("NTM-236", "Tốt", 1),
    ]


def test_one_weaker_figure_among_two_is_no_finding(tmp_path: Path) -> None:
    """With a single neighbour nobody can say which of the two is odd; with two, the weaker one is told with what the others have."""
    two = RULESET.replace("          others: {value: 8, level: published, seen: [https://example.vn]}\n", "")
    weak = two.replace("dong-nam-bo: {value: 7, level: published, seen: [https://example.vn]}", "dong-nam-bo: {value: 7, level: recalled}")
    assert weak != two
    assert told(tmp_path / "two", **{WHERE["ruleset"]: weak}) == []
    mixed = RULESET.replace("others: {value: 8, level: published, seen: [https://example.vn]}", "others: {value: 8, level: recalled}")
    found = told(tmp_path / "mixed", **{WHERE["ruleset"]: mixed})
    assert [(problem.code, problem.words["level"], problem.words["others"]) for problem in found] == [("NTM-238", "recalled", "published")]
    why = mixed.replace("{value: 8, level: recalled}", "{value: 8, level: recalled, note: {vi: trang in sai, en: a misprint}}")
    assert told(tmp_path / "why", **{WHERE["ruleset"]: why}) == []


def test_a_finding_is_accepted_with_its_reason_where_it_stands_and_nowhere_else(tmp_path: Path) -> None:
    """Accepted beside the indicator it is told with the reason and no longer among the doubts; the set and its hash are what they were."""
    doubtful = RULESET.replace("at_least: 80", "at_least: 0.8").replace("at_least: 62.35", "at_least: 0.6")
    accepting = doubtful.replace("        at_least: 0.8", "        accepted: {NTM-237: văn bản in như vậy}\n        at_least: 0.8")
    before, after = (write_catalogue(tmp_path / name, national__a__ruleset=text) for name, text in (("a", doubtful), ("b", accepting)))
    found = doubts(after)
    assert [(problem.code, problem.words["got"], reason) for problem, reason in found.accepted] == [
        ("NTM-237", "0.8", "văn bản in như vậy")
    ]
    assert [(problem.code, problem.words["got"]) for problem in found.open] == [("NTM-237", "0.6")]
    assert len(doubts(before).open) == 2
    rules = [ntm.load("test/2024", catalogue=catalogue) for catalogue in (before, after)]
    assert rules[0].sha256 == rules[1].sha256
    whole = write_catalogue(tmp_path / "c", national__a__ruleset=doubtful + "accepted: {NTM-237: của cả tệp}\n")
    assert [reason for _, reason in doubts(whole).accepted] == ["của cả tệp", "của cả tệp"]


def test_what_accepts_nothing_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A stale acceptance is told at its code; so is one without a reason, and a note of another form, all of which accept nothing."""
    notes = "accepted: {NTM-238: cũ, NTM-237: '', x: y}\n"
    text = RULESET.replace("at_least: 80", "accepted: hết\n        at_least: 0.8").replace("review_by: 2027-12-31", "review_by: 2027-02-30")
    found = doubts(write_catalogue(tmp_path, national__a__ruleset=text + notes))
    assert found.accepted == ()
    last = text.count("\n") + 1
    assert [(problem.code, problem.place.line, problem.words["got"]) for problem in found.open] == [
        ("NTM-250", 32, "2027-02-30"),
        ("NTM-250", 33, "hết"),
        ("NTM-237", 34, "0.8"),
        ("NTM-251", last, "NTM-238"),
        ("NTM-250", last, "NTM-237: "),
        ("NTM-250", last, "x: y"),
    ]


def test_what_was_to_be_looked_at_again_is_told_once_that_day_has_passed(tmp_path: Path) -> None:
    """Up to the day nothing is said; after it, the line of the note; without a day to look on, nothing."""
    overlay = OVERLAY.replace("at_least: 85", "at_least: {value: 85, review_by: 2026-06-30}")
    catalogue = write_catalogue(tmp_path, national__a__ruleset=RULESET, provinces__x__overlay=overlay)
    (tmp_path / "provinces/x").rename(tmp_path / "provinces/kon-tum")
    catalogue = ntm.Catalogue(tmp_path)
    assert catalogue.overlay("test/2024/sua").changes[0].fields["at_least"] == {"value": "85"}
    told_on = {day: [problem.place.line for problem in warnings(catalogue, on=day)] for day in (date(2026, 6, 30), date(2026, 7, 1))}
    assert told_on == {date(2026, 6, 30): [], date(2026, 7, 1): [11]}
    assert [problem.code for problem in warnings(catalogue, on=date(2028, 1, 1))] == ["NTM-252", "NTM-252"]
    assert warnings(catalogue) == []


def test_the_classes_of_a_score_are_told_where_no_product_can_fall_into_one(tmp_path: Path) -> None:
    """A class left out between two, and one that asks for more points than there are; each at its line."""
    text = SCORES.replace("    - {stars: 4, from: 4, granted_by: province}\n", "").replace("{stars: 5, from: 5", "{stars: 5, from: 6")
    found = warnings(write_catalogue(tmp_path, national__s__ruleset=text))
    assert [(problem.place.line, problem.what("en")) for problem in found] == [
        (10, "The classes of stars are odd: 5 stars ask for 6 points, and all parts together have 5."),
        (11, "The classes of stars are odd: a class is left out between 5 and 3 stars."),
    ]


def test_old_words_are_told_beside_a_figure_that_is_there_and_not_beside_one_that_is_not(tmp_path: Path) -> None:
    """At an indicator, its source, a text whose figures are all there, and its change that leaves them; not where a figure is missing."""
    words = "{vi: Mức của tỉnh chưa tìm thấy, en: It has not been found}"
    text = RULESET.replace("        at_least: 80\n", f"        at_least: 80\n        note: {words}\n")
    text = text.replace("{at: mục 1, level: recalled}", f"{{at: mục 1, level: recalled, note: {words}}}")
    text = text.replace("        at_least: delegated\n", f"        at_least: delegated\n        note: {words}\n")
    noted = OVERLAY.replace("changes:", f"notes: [{words}]\nchanges:")
    still = noted.replace("    at_least: 85", "    at_least: {missing: {vi: chưa có, en: none}}").replace(
        "kind: provincial\nprovince: kon-tum", "kind: amendment"
    )
    for overlay, codes in ((noted, ["NTM-253"] * 4), (still, ["NTM-253"] * 2)):
        assert [
            problem.code
            for problem in told(tmp_path / overlay[30:40].strip(), **{WHERE["ruleset"]: text, WHERE["overlay"]: overlay})
            if problem.code == "NTM-253"
        ] == codes


def test_a_column_that_only_one_neighbour_has_is_no_finding(tmp_path: Path) -> None:
    """Two of three tables speak of one region alone: then that is how the text is, not what somebody left out."""
    alone = RULESET
    for row in ("tay-nguyen: 2, dong-nam-bo: 3", "tay-nguyen: 4, dong-nam-bo: 5"):
        assert row in alone
        alone = alone.replace(row, row.partition(",")[0])
    assert [one.code for one in told(tmp_path, **{WHERE["ruleset"]: alone}) if one.code == "NTM-259"] == []
