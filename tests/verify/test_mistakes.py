"""Mistakes that a new user made, each with what it must say in Vietnamese and where: the table of the findings, kind by kind."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ntm_rules as ntm
from ntm_rules.cli.app import app
from ntm_rules.verify.examples import run_examples
from ntm_rules.verify.folder import check
from ntm_rules.verify.mend import mend
from ntm_rules.verify.publish import publish
from ntm_rules.verify.warnings import warnings
from strategies import write_catalogue

INSTRUMENTS = """\
instruments:
  - instrument: 1/QĐ-TTg
    title: {vi: Quyết định, en: Decision}
    issuer: {vi: Thủ tướng, en: PM}
    level: recalled
  - instrument: 99/QĐ-UBND (Kon Tum)
    title: {vi: Quyết định của tỉnh, en: Decision}
    issuer: {vi: UBND tỉnh, en: PPC}
    level: recalled
    in_force: {from: 2024-06-01}
"""
RULES = """\
ruleset: test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
passes: all_of
dimensions:
  region: {title: {vi: Vùng, en: Region}, attribute: region, values: [tay-nguyen, dong-nam-bo]}
  year: {title: {vi: Năm, en: Year}, attribute: year, values: ["2024", "2025"]}
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - indicator: "1.1"
        title: {vi: Tỷ lệ, en: Share}
        measure: {unit: "%"}
        at_least: delegated
        source: {at: mục 1, level: missing}
      - indicator: "1.2"
        title: {vi: Nước sạch, en: Water}
        measure: {unit: "%"}
        at_least: 80
        source: {at: mục 2, level: recalled}
      - indicator: "1.3"
        title: {vi: Thu nhập, en: Income}
        measure: {unit: triệu đồng/người/năm, from: 0}
        at_least:
          by: [region, year]
          tay-nguyen: {2024: 50, 2025: 53}
          dong-nam-bo: {2024: 60, 2025: 64}
        source: {at: mục 3, level: recalled}
"""
OVERLAY = """\
overlay: test/2024/kon-tum
version: 1.0.0
kind: provincial
amends: test/2024
title: {vi: Bản của tỉnh, en: Provincial}
instrument: 99/QĐ-UBND (Kon Tum)
in_force: {from: 2024-06-01}
province: kon-tum
changes:
  - set: "1.1"
    at_least: 75
    source: {at: mục 1, level: recalled}
  - set: "1.2"
    at_least: 90
    source: {at: mục 2, level: recalled}
"""
EXAMPLES = """\
examples_of: {}
examples:
  - boundary: "1.2"
    on: 2024-06-30
    expect: {{"100": met, "10": not_met}}
"""
SET, OWN = "national/a/ruleset.yaml", "provinces/kon-tum/a/overlay.yaml"
TRIED = "provinces/kon-tum/a/examples.yaml"
LIST = "instruments.yaml"
FIGURE = "    at_least: 75\n"
DAY = "in_force: {from: 2024-06-01}"
DEEP = "{by: [region, year], dong-nam-bo: {2024: 70, 2025: 74}}"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A folder without fault: a set, a decision of a province, both published."""
    catalogue = write_catalogue(tmp_path, national__a__ruleset=RULES, provinces__kon_tum__a__overlay=OVERLAY)
    (tmp_path / "provinces/kon_tum").rename(tmp_path / "provinces/kon-tum")
    (tmp_path / LIST).write_text(INSTRUMENTS, "utf-8")
    for path, name in ((SET, "test/2024"), (OWN, "test/2024/kon-tum")):
        (tmp_path / path).with_name("examples.yaml").write_text(EXAMPLES.format(name), "utf-8")
        (tmp_path / path).with_name("CHANGELOG.md").write_text("## 1.0.0\n", "utf-8")
    catalogue = ntm.Catalogue(tmp_path)
    for entry in (*catalogue.rulesets.values(), *catalogue.overlays.values()):
        publish(catalogue, entry)
    return tmp_path


def told(folder: Path) -> list[ntm.Problem]:
    """What check, with what is doubtful to it, and test say together."""
    catalogue = ntm.Catalogue(folder)
    ran = (problem for run in run_examples(catalogue) for problem in run.problems)
    return list({problem.line("vi"): problem for problem in (*check(catalogue), *ran, *warnings(catalogue))}.values())


def test_the_folder_without_a_mistake_is_without_fault(good: Path) -> None:
    """Whatever is told below comes from the mistake."""
    assert told(good) == []


YAML = [
    (OWN, FIGURE, "\tat_least: 75\n", 11, "Tab", "«    at_least: 75»"),
    (OWN, FIGURE, "     at_least: 75\n", 11, "lề của dòng lệch", "«    at_least: 75»"),
    (OWN, FIGURE, "      at_least: 75\n", 11, "lề của dòng lệch", "«    at_least: 75»"),
    (OWN, FIGURE, "   at_least: 75\n", 11, "lề của dòng lệch", "«    at_least: 75»"),
    (OWN, FIGURE, "    at_least:75\n", 11, "thiếu dấu cách sau dấu hai chấm", "«    at_least: 75»"),
    (OWN, FIGURE, "\u00a0\u00a0\u00a0\u00a0at_least: 75\n", 11, "dấu cách lạ", "«    at_least: 75»"),
    (OWN, '  - set: "1.2"', '  -set: "1.2"', 13, "thiếu dấu cách sau gạch đầu dòng", '«  - set: "1.2"»'),
    (OWN, 'set: "1.1"', 'set: "1.1', 10, "thiếu dấu nháy đóng", '«  - set: "1.1"»'),
    (OWN, "mục 1, level: recalled}", "mục 1, level: recalled", 12, "thiếu dấu ngoặc đóng", "level: recalled}»"),
    (LIST, "{vi: Quyết định của tỉnh, en: Decision}", "Quyết định 99: chỉ tiêu", 7, "trong dấu nháy", '"Quyết định 99: chỉ tiêu"'),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "said", "right"), YAML, ids=[row[4] for row in YAML])
def test_a_slip_that_stops_the_reader_is_told_with_the_line_as_it_should_be(good, file, old, new, line, said, right) -> None:
    """In Vietnamese, at the line of the slip; nobody else is accused, and nothing of the parser's own words is shown."""
    path = good / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = {problem.line("vi"): problem for problem in told(good)}
    assert {problem.code for problem in found.values()} == {"NTM-101"}
    assert {(problem.place.file, problem.place.line) for problem in found.values()} == {(str(path), line)}
    for text in found:
        assert said in text
        assert right in text
        assert not re.search(r"\b(found|expected|mapping|token|allowed)\b", text)


ROWS = [
    (OWN, FIGURE, "    at_lest: 75\n", {"NTM-201"}, "at_least"),
    (OWN, FIGURE, "    at_least: 82,5\n", {"NTM-205"}, "82.5"),
    (OWN, FIGURE, "    at_least: 7O\n", {"NTM-204"}, "7O"),
    (OWN, FIGURE, "    at_least: 1 000\n", {"NTM-204"}, "1 000"),
    (OWN, FIGURE, "    at_least: 140\n", {"NTM-211"}, "140"),
    (OWN, "mục 1, level: recalled", "mục 1, level: official", {"NTM-218"}, "seen"),
    (OWN, "mục 1, level: recalled", "mục 1, level: offical", {"NTM-206"}, "official"),
    (OWN, "    source: {at: mục 1, level: recalled}\n", "", {"NTM-210"}, "nguồn"),
    (OWN, DAY, "in_force: {from: 15/05/2024}", {"NTM-207"}, "15/05/2024"),
    (OWN, DAY, "in_force: {from: 2024-13-01}", {"NTM-207"}, "2024-13-01"),
    (OWN, DAY, "in_force: {from: 2024-06-01, until: 2024-05-01}", {"NTM-220"}, "2024-05-01"),
    (OWN, "amends: test/2024", "amends: test/2025", {"NTM-304", "NTM-306"}, "test/2024"),
    (OWN, "kind: provincial", "kind: province", {"NTM-206"}, "provincial"),
    (OWN, 'set: "1.2"', 'set: "1.5"', {"NTM-301"}, "1.5"),
    (OWN, "at_least: 90", "at_least: 60", {"NTM-303"}, "60 thay cho 80"),
    (OWN, "province: kon-tum", "province: kontum", {"NTM-313"}, "kon-tum"),
    (OWN, "changes:", "---\nchanges:", {"NTM-110"}, "overlay.yaml:9:1"),
    (OWN, "instrument: 99/QĐ-UBND (Kon Tum)", "instrument: 99/QĐ-UBND", {"NTM-215"}, "99/QĐ-UBND (Kon Tum)"),
    (OWN, "version: 1.0.0", "version: 1.1", {"NTM-223"}, "1.0.0"),
    (SET, 'unit: "%"}\n        at_least: 80', "unit: phần trăm}\n        at_least: 80", {"NTM-209"}, "phần trăm"),
    (TRIED, '"100": met', '"100": đạt', {"NTM-206"}, "Có phải ý là «met»?"),
    (OWN, FIGURE, "    at_least: 80%\n", {"NTM-204"}, "Có phải ý là «80»?"),
    (OWN, FIGURE, "    at_least: 82,5 %\n", {"NTM-205"}, "Viết «82.5»"),
    (OWN, FIGURE, "    at_least: 1.000.000\n", {"NTM-204"}, "Có phải ý là «1000000»?"),
    (OWN, FIGURE, "    at_least: [75]\n", {"NTM-203"}, "cần một giá trị"),
    (OWN, FIGURE, "    at_least: 0.75\n", {"NTM-237"}, "viết 75"),
    (OWN, FIGURE, FIGURE + "    at_least: 76\n", {"NTM-106"}, "lần đầu ở dòng 11"),
    (OWN, FIGURE, "    at_least: &a 75\n", {"NTM-103"}, "neo"),
    (OWN, FIGURE, "    at_least: !!int 75\n", {"NTM-104"}, "thẻ YAML"),
    (OWN, "mục 1, level: recalled", "mục 1, level: official, seen: bản ký", {"NTM-203"}, "danh sách [bản ký]"),
    (OWN, "    source: {at: mục 1", "    souce: {at: mục 1", {"NTM-201"}, "Có phải ý là «source»?"),
    (OWN, "mục 1, level", "mục 1, lvel", {"NTM-201"}, "Có phải ý là «level»?"),
    (OWN, "mục 1, level: recalled", "mục 1", {"NTM-210"}, "chưa ghi «level»"),
    (OWN, "at: mục 1,", "at: mu\u0323c 1,", {"NTM-236"}, "Unicode"),
    (OWN, "{vi: Bản của tỉnh", '{vi: ""', {"NTM-222"}, "để trống"),
    (OWN, 'set: "1.2"', 'set: "1.1"', {"NTM-246"}, "«1.1» được đặt hai lần"),
    (OWN, "at_least: 90", "at_least: 80", {"NTM-248"}, "mức quốc gia cũng là 80"),
    (OWN, 'set: "1.2"\n    at_least: 90\n    source: {at: mục 2, level: recalled}', 'remove: "1.2"', {"NTM-303"}, "bỏ thay cho phải đạt"),
    (OWN, DAY, "in_force: {from: 2024-01-06}", {"NTM-247"}, "sớm hơn ngày 2024-06-01"),
    (OWN, DAY, "in_force: {from: 2020-06-01}", {"NTM-307", "NTM-247"}, "overlay.yaml:7:18"),
    (OWN, DAY, "in_force: {from: 2023-06-01, until: 2023-12-31}", {"NTM-307", "NTM-247"}, "overlay.yaml:7:18"),
    (OWN, "amends: test/2024", "amends: test/2024\nindicatos: []", {"NTM-201"}, "indicators"),
    (SET, "{2024: 60, 2025: 64}", "{20244: 60, 2025: 64}", {"NTM-208"}, "Có phải ý là «2024»?"),
    (SET, "tay-nguyen: {2024", "tay-nguyn: {2024", {"NTM-208"}, "Có phải ý là «tay-nguyen»?"),
    (SET, "tay-nguyen: {2024", "tây-nguyên: {2024", {"NTM-208"}, "Có phải ý là «tay-nguyen»?"),
    (SET, "tay-nguyen: {2024", "Tây Nguyên: {2024", {"NTM-208"}, "Có phải ý là «tay-nguyen»?"),
    (SET, "{2024: 50", "{2024: 1.000", {"NTM-249"}, "được đọc là 1, không phải 1000"),
    (SET, 'indicator: "1.3"', 'indicator: "1.2"', {"NTM-214"}, "dùng hai lần"),
    (SET, '        measure: {unit: "%"}\n        at_least: 80', "        at_least: 80", {"NTM-202"}, "Thiếu «measure»"),
    (SET, "attribute: region", "attribute: regoin", {"NTM-216"}, "Có phải ý là «region»?"),
    (SET, "triệu đồng/người/năm", "triệu đồng/năm", {"NTM-209"}, "Có phải ý là «triệu đồng/người/năm»?"),
    (SET, "{vi: Nước sạch, en: Water}", "{vi: Nước sạch}", {"NTM-276"}, "chép lại lời tiếng Việt"),
    (SET, "passes: all_of", "passes: all", {"NTM-206"}, "Có phải ý là «all_of»?"),
    (SET, "subject: commune\n", "", {"NTM-202"}, "Thiếu «subject»"),
    (TRIED, '"10"', '"9,9"', {"NTM-403"}, "Viết «9.9»"),
    (TRIED, 'boundary: "1.2"', 'boundary: "1.9"', {"NTM-401"}, "không có chỉ tiêu «1.9»"),
    (TRIED, "on: 2024-06-30", "on: 30/06/2024", {"NTM-207"}, "30/06/2024"),
    (LIST, "level: recalled\n    in_force", "level: official\n    in_force", {"NTM-218"}, "thấy ở đâu"),
    (LIST, "{from: 2024-06-01}", "{from: 01/06/2024}", {"NTM-207"}, "01/06/2024"),
    (LIST, "issuer: {vi: UBND tỉnh, en: PPC}", "issuer: UBND tỉnh", {"NTM-203"}, "{vi: …, en: …}"),
    (OWN, 'set: "1.2"', "set: “1.2”", {"NTM-301"}, "Có phải ý là «1.2»?"),
    (OWN, "version: 1.0.0", "version: 1.0.0\nversion: 1.0.1", {"NTM-106"}, "lần đầu ở dòng 2"),
    (OWN, DAY, "in_force: {from: 2024-06-01, until: 2030}", {"NTM-207"}, "«2030» không phải là ngày"),
    (OWN, "title: {vi: Bản của tỉnh, en: Provincial}\n", "", {"NTM-202"}, "Thiếu «title»"),
    (OWN, "province: kon-tum\n", "", {"NTM-305"}, "province"),
    (OWN, "province: kon-tum", "province: Kon Tum", {"NTM-313"}, "Có phải ý là «kon-tum"),
    (OWN, "changes:", "changed:", {"NTM-201"}, "Có phải ý là «changes»?"),
    (OWN, "overlay: test/2024/kon-tum", "overlay: test/2024", {"NTM-223", "NTM-736"}, "viết sai dạng"),
    (OWN, FIGURE, "    at_least: -5\n", {"NTM-211"}, "nằm ngoài khoảng 0 đến 100"),
    (OWN, FIGURE, "    at_least:\n", {"NTM-222"}, "(changes[0].at_least.figure.value): NTM-222 Văn bản để trống"),
    (OWN, FIGURE, "    at_least: có\n", {"NTM-204"}, "không phải là số"),
    (SET, "by: [region, year]", "by: [region, yaer]", {"NTM-217"}, "Có phải ý là «year»?"),
    (SET, "{2024: 50, 2025: 53}", "{2024: 50, 2025: }", {"NTM-222"}, "để trống"),
    (SET, "subject: commune", "subject: comune", {"NTM-206"}, "Có phải ý là «commune»?"),
    (LIST, "level: recalled\n    in_force", "level: publised\n    in_force", {"NTM-206"}, "Có phải ý là «published»?"),
    (TRIED, "examples_of: test/2024/kon-tum", "examples_of: test/2024/kontum", {"NTM-736"}, "đứng cạnh «test/2024/kon-tum»"),
    (TRIED, "expect:", "expct:", {"NTM-201", "NTM-202"}, "Có phải ý là «expect»?"),
    (TRIED, '"100": met', '"100": not_met', {"NTM-228"}, "phải là «chưa đạt», kết quả là «đạt»"),
    (TRIED, "on: 2024-06-30\n", "on: 2024-06-30\n    attributes: {region: tay-nguyn}\n", {"NTM-406"}, "Có phải ý là «tay-nguyen»?"),
    (OWN, FIGURE, "    at_least: “75”\n", {"NTM-204"}, "Có phải ý là «75»?"),
    (OWN, FIGURE, "    at_least: ７５\n", {"NTM-204"}, "Có phải ý là «75»?"),
    (OWN, "mục 1, level: recalled", "mục 1, level: published, seen: [ba\u0301o in]", {"NTM-236"}, "Unicode"),
    (OWN, "{at: mục 1, level: recalled}", "{level: official, seen: [bản ký]}", {"NTM-257"}, "không nói ở chỗ nào"),
    (OWN, "mục 1, level: recalled", "mục 1, level: official, seen: [x]", {"NTM-271"}, "«seen» ghi «x»"),
    (OWN, "mục 1, level: recalled", "mục 1, level: published, seen: [báo]", {"NTM-271"}, "không nói đã đọc ở đâu"),
    (LIST, "level: recalled\n    in_force", "level: official\n    seen: [...]\n    in_force", {"NTM-271"}, "«seen» ghi «...»"),
    (SET, "dong-nam-bo: {2024: 60, 2025: 64}", "", {"NTM-259"}, "thiếu «dong-nam-bo», phiên bản 1.0.0 có"),
    (SET, "{2024: 60, 2025: 64}", "{2024: 60}", {"NTM-259"}, "thiếu «2025», phiên bản 1.0.0 có"),
    (
        OWN,
        FIGURE,
        "    at_least: {by: [region], tay-nguyen: 75}\n",
        {"NTM-259"},
        "thiếu «dong-nam-bo», nơi chưa ghi vùng thì không có con số",
    ),
    (OWN, 'set: "1.2"\n    at_least: 90', f'set: "1.3"\n    at_least: {DEEP}', {"NTM-259"}, "thiếu «tay-nguyen», tỉnh có xã ở vùng ấy"),
    (OWN, "amends: test/2024\n", "", {"NTM-202"}, "Thiếu «amends»"),
    (
        LIST,
        "  - instrument: 99/QĐ-UBND (Kon Tum)",
        "  - instument: 99/QĐ-UBND (Kon Tum)",
        {"NTM-201", "NTM-202"},
        "Có phải ý là «instrument»?",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "codes", "said"), ROWS, ids=[f"{min(row[3])}-{row[2].strip()[:40]}" for row in ROWS])
def test_a_mistake_is_told_alone_where_it_was_made(good, file, old, new, codes, said) -> None:
    """One mistake, one code, its own file; that the content is no longer the published one is told beside it at most."""
    path = good / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [problem for problem in told(good) if problem.code not in ("NTM-225", "NTM-226", "NTM-227")]
    assert {problem.code for problem in found} == codes
    assert {problem.place.file for problem in found} <= {str(path), str(path.with_name("examples.yaml"))}
    assert any(said in problem.line("vi") for problem in found)


SCORED = """\
ruleset: score/2024
version: 1.0.0
title: {vi: Bộ chấm điểm, en: Scored set}
subject: product
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
score:
  parts:
    A: {title: {vi: Phần A, en: Part A}, points: 5}
    B: {title: {vi: Phần B, en: Part B}, points: 3}
  stars:
    - {stars: 5, from: 7, granted_by: centre}
    - {stars: 4, from: 5, granted_by: province}
    - {stars: 3, from: 3, granted_by: district}
    - {stars: 2, from: 2}
    - {stars: 1, from: 0}
  certified_from: 3
  potential_from: 5
  readings: {marks: cumulative, marks_tested_on: mean, no_level: refused}
  source: {level: recalled}
"""
SHEET = """\
sheet: "1"
title: {vi: Rau, en: Vegetables}
source: {level: recalled, at: phiếu 1}
parts:
  - part: A
    points: 5
    criteria:
      - criterion: "1"
        title: {vi: Nguồn gốc, en: Origin}
        points: 5
        marks: {"4": 2, "5": 5}
        options:
          - {points: 2, vi: một phần, en: in part}
          - {points: 5, vi: toàn bộ, en: all}
  - part: B
    points: 3
    criteria:
      - {criterion: "2", use: chung/bao-bi}
"""
SHARED = """\
shared: chung
criteria:
  bao-bi:
    title: {vi: Bao bì, en: Packing}
    points: 3
    options:
      - {points: 1, vi: đơn giản, en: simple}
      - {points: 3, vi: có nhãn, en: labelled}
"""
PRODUCT = """\
examples_of: score/2024
examples:
  - example: đủ điểm mọi tiêu chí
    subject:
      attributes: {product_set: "1"}
      values: {"1": 5, "2": 3}
    expect: {outcome: met}
    stars: 5
"""
BANDS, POINTS, COMMON = "national/s/ruleset.yaml", "national/s/sheets/01.yaml", "national/s/shared/chung.yaml"


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder without fault: a set that scores, with one sheet and a criterion that sheets share, published."""
    folder = tmp_path_factory.mktemp("counted")
    write_catalogue(folder, national__s__ruleset=SCORED, national__s__sheets__01=SHEET, national__s__shared__chung=SHARED)
    (folder / LIST).write_text(INSTRUMENTS, "utf-8")
    (folder / BANDS).with_name("examples.yaml").write_text(PRODUCT, "utf-8")
    (folder / BANDS).with_name("CHANGELOG.md").write_text("## 1.0.0\n", "utf-8")
    catalogue = ntm.Catalogue(folder)
    publish(catalogue, catalogue.rulesets["score/2024"])
    assert told(folder) == []
    return folder


SHEETS = [
    (
        POINTS,
        '"1"\n        title: {vi: Nguồn gốc, en: Origin}\n        points: 5',
        '"1"\n        title: {vi: Nguồn gốc, en: Origin}\n        points: 6',
        "NTM-233",
        "«1» ghi 6 điểm nhưng cộng lại là 5",
    ),
    (POINTS, "    points: 5\n    criteria", "    points: 6\n    criteria", "NTM-233", "«A» ghi 6 điểm nhưng cộng lại là 5"),
    (BANDS, "Part B}, points: 3", "Part B}, points: 4", "NTM-233", "«B» ghi 3 điểm nhưng cộng lại là 4"),
    (BANDS, "{stars: 1, from: 0}", "{stars: 1, from: 1}", "NTM-231", "giảm dần đến 0"),
    (BANDS, "{stars: 5, from: 7,", "{stars: 5, from: 4,", "NTM-231", "từ cao xuống thấp"),
    (BANDS, "{stars: 5, from: 7,", "{stars: 5, from: 5,", "NTM-258", "cùng bắt đầu từ 5 điểm"),
    (BANDS, "{stars: 5, from: 7,", "{stars: 5, from: 9,", "NTM-258", "hạng 5 sao đòi 9 điểm, các phần cộng lại chỉ 8"),
    (BANDS, "{stars: 5, from: 7,", "{stars: 5, from: 7.5,", "NTM-225", "7 → 7.5"),
    (BANDS, "    - {stars: 4, from: 5, granted_by: province}\n", "", "NTM-258", "giữa hạng 5 sao và hạng 3 sao thiếu một hạng"),
    (POINTS, '{"4": 2, "5": 5}', '{"4": 3, "5": 5}', "NTM-234", "không phải là một mức: 2, 5"),
    (POINTS, '{"4": 2, "5": 5}', '{"4": 5, "5": 2}', "NTM-270", "dấu 4 sao đòi 5 điểm, dấu 5 sao chỉ đòi 2"),
    (POINTS, '{"4": 2, "5": 5}', '{"4": 5, "5": 5}', "NTM-225", "2 → 5"),
    (POINTS, "chung/bao-bi", "chung/bao-bo", "NTM-232", "chung/bao-bo"),
    (POINTS, '"2", use', '"1", use', "NTM-214", "«1» dùng hai lần"),
    (POINTS, "part: B", "part: C", "NTM-206", "A, B"),
    (POINTS, 'sheet: "1"', 'sheet: "2"', "NTM-223", "Dạng đúng: 1"),
    (COMMON, "{points: 3, vi: có nhãn", "{points: ba, vi: có nhãn", "NTM-204", "«ba» không phải là số"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "said"), SHEETS, ids=[f"{row[3]}-{row[4][:40]}" for row in SHEETS])
def test_a_mistake_in_a_score_sheet_is_told_once_in_the_file_where_it_stands(counted, tmp_path, file, old, new, code, said) -> None:
    """Of points, marks and classes; the examples of all the sheets are accused of nothing, unless one no longer holds."""
    folder = shutil.copytree(counted, tmp_path / "counted")
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    found = [problem for problem in told(folder) if problem.code == code]
    own = [problem for problem in found if problem.place.file == str(folder / file)]
    sheet = [problem for problem in found if problem.place.file == str(folder / POINTS)]  # what the frame says otherwise is told there
    assert found == (own or sheet)
    assert any(said in problem.line("vi") for problem in found)


def test_a_sheet_that_is_gone_is_told_and_stops_nothing(counted: Path, tmp_path: Path) -> None:
    """The file was deleted: named as what was published, and its example says that no sheet is there."""
    folder = shutil.copytree(counted, tmp_path / "counted")
    (folder / POINTS).unlink()
    codes = {problem.code: problem for problem in told(folder)}
    assert "sheets" in codes["NTM-225"].what("vi")
    assert codes.keys() == {"NTM-225", "NTM-414"}


def test_a_province_that_tightens_the_figures_of_its_own_region_leaves_nothing_out(good) -> None:
    """The other rows of the nation's table are for other provinces."""
    path = good / OWN
    own = OVERLAY.replace('set: "1.2"\n    at_least: 90', f'set: "1.3"\n    at_least: {DEEP.replace("dong-nam-bo", "tay-nguyen")}')
    path.write_text(own, "utf-8")
    assert {problem.code for problem in told(good)} == {"NTM-225"}


@pytest.mark.parametrize("broken", ["    title: {vi: Quyết định của tỉnh}\n", "    title: {vi: Quyết: định, en: D}\n"])
def test_a_slip_in_the_list_of_instruments_accuses_nobody_else(good, broken) -> None:
    """Everything told is of that file."""
    path = good / LIST
    path.write_text(INSTRUMENTS.replace("    title: {vi: Quyết định của tỉnh, en: Decision}\n", broken), "utf-8")
    found = told(good)
    assert found
    assert {problem.place.file for problem in found} == {str(path)}


def test_mistakes_of_all_stages_are_told_in_one_run(good) -> None:
    """A key, a day, an example, the changelog, an overlay that loosens: five files, one run."""
    for name, old, new in (
        (SET, "{vi: Bộ thử, en: Test set}", "{vi: Bộ khác, en: Test set}"),
        (OWN, "at_least: 90", "at_least: 60"),
        (TRIED, '"100": met', '"100": đạt'),
        ("national/a/examples.yaml", '"100": met', '"100": not_met'),
        ("provinces/kon-tum/a/CHANGELOG.md", "1.0.0", "0"),
        (LIST, "    issuer: {vi: UBND tỉnh, en: PPC}\n", ""),
    ):
        path = good / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    codes = {problem.code for problem in told(good)}
    assert codes >= {"NTM-225", "NTM-303", "NTM-206", "NTM-227", "NTM-202", "NTM-228"}
    assert "NTM-215" not in codes


def another(name: str, day: str, number: str, figure: int, kind: str = "provincial") -> str:
    """Another document over the same set."""
    text = OVERLAY.partition("  - set")[0].replace("test/2024/kon-tum", f"test/2024/{name}").replace("2024-06-01", day)
    text = text.replace("99/QĐ-UBND (Kon Tum)", "1/QĐ-TTg").replace("kind: provincial", f"kind: {kind}")
    text = text if kind == "provincial" else text.replace("province: kon-tum\n", "")
    return f'{text}  - set: "{number}"\n    at_least: {figure}\n    source: {{at: mục 9, level: recalled}}\n'


BESIDE, ABOVE = "provinces/kon-tum/b/overlay.yaml", "national/b/overlay.yaml"
LASTS, OWN_END = "in_force: {from: 2024-01-01, until: 2025-12-31}", "in_force: {from: 2024-06-01, until: 2030-12-31}"
ENDED = {SET: RULES.replace("in_force: {from: 2024-01-01}", LASTS)}
TOGETHER: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("another sets the same from the same day", {BESIDE: another("kon-tum-2", "2024-06-01", "1.1", 80)}, {"NTM-302": BESIDE}),
    ("a later one lowers the province's own figure", {BESIDE: another("kon-tum-2", "2024-09-01", "1.1", 60)}, {}),
    ("a later one goes below the nation's", {BESIDE: another("kon-tum-2", "2024-09-01", "1.2", 70)}, {"NTM-303": BESIDE}),
    ("an amendment overtakes the province", {ABOVE: another("9", "2024-09-01", "1.2", 95, "amendment")}, {"NTM-303": OWN, "NTM-328": OWN}),
    ("a folder was copied", {BESIDE: OVERLAY}, {"NTM-309": BESIDE}),
    ("it outlives its set", {**ENDED, OWN: OVERLAY.replace(DAY, OWN_END)}, {"NTM-255": OWN}),
    ("it begins after its set", {**ENDED, OWN: OVERLAY.replace("2024-06-01", "2027-01-01")}, {"NTM-307": OWN}),
    ("numbers stand without quotes", {OWN: OVERLAY.replace('"1.1"', "1.1").replace('"1.2"', "1.2")}, {}),
    ("years stand in quotes", {SET: RULES.replace("2024: 50", '"2024": 50')}, {}),
    (
        "the changelog knows nothing of it",
        {"provinces/kon-tum/a/CHANGELOG.md": "# Lịch sử\n"},
        {"NTM-227": "provinces/kon-tum/a/CHANGELOG.md"},
    ),
    ("a version goes back", {OWN: OVERLAY.replace("version: 1.0.0", "version: 0.9.0")}, {"NTM-717": OWN}),
]


@pytest.mark.parametrize(("files", "codes"), [row[1:] for row in TOGETHER], ids=[row[0] for row in TOGETHER])
def test_what_documents_do_to_each_other_is_told_of_the_one_that_must_be_mended(good, files, codes) -> None:
    """Two of one day, a loosening, an amendment that overtakes, a copy, days outside the set; what is right and looks odd is let be."""
    for name, text in files.items():
        path = good / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        if name in (BESIDE, ABOVE):
            path.with_name("examples.yaml").write_text(EXAMPLES.format(text.split()[1]), "utf-8")
            path.with_name("CHANGELOG.md").write_text("## 1.0.0\n", "utf-8")
    beside = {"NTM-225", "NTM-226"} | ({"NTM-227"} - codes.keys())
    found = {problem.code: problem.place.file for problem in told(good) if problem.code not in beside}
    assert found == {code: str(good / file) for code, file in codes.items()}


@pytest.mark.parametrize("name", ["overlay.yml", "overlay.yaml.txt", "Overlay.YAML.TXT", "overlay.yaml.yaml"])
def test_a_file_with_another_ending_is_told(good, name) -> None:
    """What Notepad or a mail program made of it is not read, and that is said with the name it should have."""
    (good / OWN).rename((good / OWN).with_name(name))
    found = {problem.code: problem for problem in told(good)}
    assert name in found["NTM-720"].what("vi")
    assert "overlay.yaml»" in found["NTM-720"].mend("vi")


def test_a_character_that_nobody_sees_is_told(good) -> None:
    """A control character that was pasted along, without the words of the parser."""
    path = good / OWN
    path.write_text(OVERLAY.replace("Bản của", "Bản\x07của"), "utf-8")
    assert "ký tự điều khiển" in told(good)[0].line("vi")


def test_a_line_that_nothing_mends_is_shown_as_it_stands(good) -> None:
    """No line is proposed where none is known to be right."""
    (good / OWN).write_text("}}\n{[}\n", "utf-8")
    [problem] = {problem.line("vi") for problem in told(good) if problem.code == "NTM-101"}
    assert "dấu câu hoặc lề sai ở dòng «}}»" in problem
    assert "dòng đúng là" not in problem


SEALED = [
    (SET, 'measure: {unit: "%"}\n        at_least: 80', "measure: {unit: điểm}\n        at_least: 80", "1.2: % → điểm"),
    (SET, "at_least: 80", "at_least: 85", "1.2: 80 → 85"),
    (SET, "at_least: 80", "at_most: 80", "1.2: – → 80"),
    (SET, "          dong-nam-bo: {2024: 60, 2025: 64}\n", "", "1.3: … → –"),
    (SET, "{2024: 60, 2025: 64}", "{2024: 60}", "1.3: 64 → –"),
    (SET, 'indicator: "1.3"', 'indicator: "1.4"', "1.3 → 1.4"),
    (OWN, DAY, "in_force: {from: 2024-06-01, until: 2030-12-31}", "– → 2030-12-31"),
    (OWN, "at: mục 1, level: recalled", "level: official, seen: [x]", "recalled → official"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), SEALED, ids=[row[3] for row in SEALED])
def test_a_change_that_could_be_meant_is_named_old_and_new_while_its_version_is_published(good, file, old, new, said) -> None:
    """What no lint can know to be wrong never passes in silence: the figure, the unit, the day, at its line."""
    path = good / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    found = [problem for problem in told(good) if problem.code == "NTM-225"]
    assert [problem.place.file for problem in found] == [str(path)]
    assert found[0].place.line > 0
    assert said in found[0].what("vi")


SAVED = [
    (b"\xef\xbb\xbf" + OVERLAY.encode(), set()),
    (OVERLAY.replace("\n", "\r\n").encode(), set()),
    (OVERLAY.encode("utf-16"), {"NTM-107"}),
    (OVERLAY.replace("ả", "?").replace("ỉ", "?").replace("ụ", "?").encode("cp1258", "replace"), {"NTM-107"}),
    (b"", {"NTM-110"}),
    (b"# \n", {"NTM-110"}),
]


@pytest.mark.parametrize(("raw", "codes"), SAVED)
def test_a_file_as_windows_saves_it_is_read_or_told(good, raw, codes) -> None:
    """A byte order mark and CRLF do no harm; another encoding, or nothing at all, is told by its own file alone."""
    (good / OWN).write_bytes(raw)
    found = told(good)
    assert {problem.code for problem in found} == codes
    assert {problem.place.file for problem in found} <= {str(good / OWN)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda path: path.write_text(path.read_text("utf-8").replace('"75"', '"85"'), "utf-8"), "NTM-714"),
        (lambda path: path.unlink(), "NTM-715"),
        (lambda path: path.with_name("SHA256SUMS").write_text("0  0.1.0.json\n", "utf-8"), "NTM-716"),
    ],
)
def test_a_published_version_of_a_province_that_was_touched_is_told_by_its_own_file(good, change, code) -> None:
    """Altered, deleted, or struck from the list of hashes: overlays as well as sets."""
    path = good / "provinces/kon-tum/a/published/1.0.0.json"
    change(path)
    found = {problem.code: problem for problem in told(good)}
    assert found[code].place.file == str(path)


# --- what check --fix mends by itself -------------------------------------------------------------------------------


def mended(folder: Path) -> dict[str, str]:
    """What is mended there: the difference by file."""
    return {one.path.relative_to(folder).as_posix(): one.diff for one in mend(lambda: ntm.Catalogue(folder))}


RIGHT = [
    (FIGURE, "    at_least: 75%\n"),
    (FIGURE, '    at_least: "75 %"\n'),
    ("from: 2024-06-01", "from: 1/6/2024"),
    ("at_least: 90\n", "at_least: 90   \n"),
    (FIGURE, "\tat_least: 75\n"),
    ("Bản của tỉnh", unicodedata.normalize("NFD", "Bản của tỉnh")),
]


@pytest.mark.parametrize(("right", "wrong"), RIGHT, ids=[row[1].strip() for row in RIGHT])
def test_what_has_one_reading_is_mended_and_nothing_else_changes(good: Path, right: str, wrong: str) -> None:
    """The file says what the sound one says, nothing is told any more, and the published version is the same to the byte."""
    path = good / OWN
    sealed = {file: file.read_bytes() for file in good.rglob("published/*")}
    path.write_bytes(OVERLAY.replace(right, wrong, 1).replace("\n", "\r\n").encode())
    before = path.read_bytes().decode()
    diff = mended(good)
    assert list(diff) == [OWN]
    assert sum(line.startswith("+") for line in diff[OWN].splitlines()) == 2  # one line, and the name of the file
    assert told(good) == []
    after = path.read_bytes().decode()
    assert len([a for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]) == 1
    assert {file: file.read_bytes() for file in good.rglob("published/*")} == sealed
    assert mended(good) == {}


@pytest.mark.parametrize(("wrong", "right"), [("75,5", "75.5"), ("{value: 75%}", "{value: 75}"), ("{value: '75,5'}", "{value: '75.5'}")])
def test_a_figure_that_is_another_than_the_published_one_is_mended_and_still_told(good: Path, wrong: str, right: str) -> None:
    """75,5 is 75.5, also where it stands with a source of its own."""
    (good / OWN).write_text(OVERLAY.replace("at_least: 75", f"at_least: {wrong}"), "utf-8")
    assert f"+    at_least: {right}" in mended(good)[OWN]
    assert {problem.code for problem in told(good)} == {"NTM-225"}


LEFT = [
    (OWN, FIGURE, "    at_least: 1,000\n"),  # a thousand, or one
    (OWN, FIGURE, "    at_least: 1 000\n"),
    (OWN, FIGURE, "    at_least: 7O\n"),
    (OWN, "from: 2024-06-01", "from: 31/02/2024"),
    (OWN, "    source: {at: mục 1, level: recalled}\n", "    source:\n\tlevel: recalled\n"),  # of the source, or beside it
    (OWN, "at_least: 90", "note: |\n      vi   \n    at_least: 90"),
    (SET, "{2024: 60, 2025: 64}", "{2024: 60%, 2025: 64}"),  # millions, not per cent
    (OWN, 'set: "1.1"\n    at_least: 75', 'set: "9.9"\n    at_least: 75%'),
]


@pytest.mark.parametrize(("file", "right", "wrong"), LEFT, ids=[row[2].strip()[:20] for row in LEFT])
def test_what_can_be_meant_otherwise_is_left_as_it_stands(good: Path, file: str, right: str, wrong: str) -> None:
    """Nothing is guessed: the file is the same to the byte, and its mistake is still told."""
    text = (good / file).read_text("utf-8")
    assert right in text
    (good / file).write_text(text.replace(right, wrong, 1), "utf-8")
    before = (good / file).read_bytes()
    assert mended(good) == {}
    assert (good / file).read_bytes() == before
    assert told(good)


def test_a_renamed_file_gets_its_name_back_unless_another_has_it(good: Path) -> None:
    """Then what is wrong in it is mended too; where the right name is taken, or it is a backup, the file stays."""
    path = good / OWN
    path.rename(path.with_name("overlay.yaml.txt"))
    path.with_name("overlay.yaml.txt").write_text(OVERLAY.replace(FIGURE, "    at_least: 75%\n"), "utf-8")
    path.with_name("examples.yaml.bak").write_text("x", "utf-8")
    path.with_name("examples.yml").write_text("y", "utf-8")
    [one] = mend(lambda: ntm.Catalogue(good))
    assert (one.path, one.was) == (path, path.with_name("overlay.yaml.txt"))
    assert "-    at_least: 75%" in one.diff
    assert {problem.code for problem in told(good)} == {"NTM-720"}
    assert path.with_name("examples.yml").read_text("utf-8") == "y"


def test_the_command_shows_what_it_mended_and_what_was_accepted(good: Path) -> None:
    """The lines before and after, what is doubtful with its reason, and as JSON the same; without a folder nothing is mended."""
    text = OVERLAY.replace(FIGURE, "    accepted: {NTM-237: in như vậy}\n    review_by: 2026-01-31\n    at_least: 0.75%\n")
    (good / OWN).write_text(text, "utf-8")
    run = CliRunner().invoke(app, ["check", str(good), "--fix", "--on", "2026-02-01"])
    assert "-    at_least: 0.75%\n  +    at_least: 0.75\n" in run.stdout
    assert "Đáng ngờ, đã chấp nhận (1):" in run.stdout
    assert "Lý do: in như vậy" in run.stdout
    assert "NTM-252 Đã quá ngày 2026-01-31" in run.stderr
    again = CliRunner().invoke(app, ["check", str(good), "--fix", "--on", "2026-01-31", "--json"])
    data = json.loads(again.stdout)
    assert [(one["code"], one["reason"]) for one in data["accepted"]] == [("NTM-237", "in như vậy")]
    assert data.keys() == {"problems", "anomalies", "accepted"}
    assert "Không có gì sửa được tự động" in CliRunner().invoke(app, ["check", str(good), "--fix"]).stdout
    refused = CliRunner().invoke(app, ["check", "--fix"])
    assert isinstance(refused.exception, ntm.NtmError)
    assert [problem.code for problem in refused.exception.problems] == ["NTM-737"]
