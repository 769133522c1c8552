"""A set edited on its page, without a browser: checked, tried, compared, taken home and brought back, as the command line does it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.site.workbench.keys import keys_at, values_at
from ntm_rules.site.workbench.playground import Playground

SET = "commune-ntm/2021-2025"
FILE = f"national/{SET}/ruleset.yaml"
ASKED = {"lang": "vi", "set": SET, "on": "2024-06-30", "province": "", "table": "", "files": {}}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Asks one playground: ``bench("check", files=…)``."""
    made = Playground(str(tmp_path_factory.mktemp("playground") / "texts"))
    return lambda do, **more: json.loads(made.ask(json.dumps({**ASKED, "do": do, **more})))


@pytest.fixture(scope="module")
def text(bench: Any) -> str:
    """The set as it is published."""
    return str(bench("open")["files"][FILE])


@pytest.fixture(scope="module")
def raised(text: str) -> dict[str, str]:
    """The set with a version of its own, and solid houses in Tây Nguyên (9.2) raised from 75 to 76 per cent."""
    assert "tay-nguyen: 75\n" in text
    return {FILE: text.replace("tay-nguyen: 75\n", "tay-nguyen: 76\n", 1).replace("version: 1.2.1", "version: 1.9.0")}


def test_a_set_is_opened_with_all_that_lies_on_it(bench: Any) -> None:
    """The set comes first; amendments everywhere, the province's own where it is chosen; examples that people told before the others."""
    found = bench("open", province="kon-tum")
    assert next(iter(found["files"])) == FILE
    assert any("amendments" in path for path in found["files"])
    assert any(path.startswith("provinces/kon-tum/") for path in found["files"])
    assert found["files"] == found["shipped"]
    assert not found["examples"][0][0].isdigit()


def test_what_is_wrong_stands_at_its_line(bench: Any, text: str) -> None:
    """A slip of YAML and an unknown key are told at the line, with words; untouched texts have nothing wrong."""
    assert bench("check") == {"problems": [], "next": [], "doubtful": []}
    line = text.split("\n").index(f"ruleset: {SET}") + 2
    broken = bench("check", files={FILE: text.replace("version: 1.2.1", "versoin: 1.2.1", 1)})["problems"]
    assert (FILE, line) in {(one["file"], one["line"]) for one in broken}
    torn = bench("check", files={FILE: text.replace("version: 1.2.1", "version: [1", 1)})["problems"]
    assert {one["code"] for one in torn} >= {"NTM-101"}


def test_what_is_doubtful_is_told_beside_what_is_wrong(bench: Any, text: str) -> None:
    """A share written below one is no error, and is told at its line as ``ntm-rules check`` tells it."""
    found = bench("check", files={FILE: text.replace("tay-nguyen: 75\n", "tay-nguyen: 0.75\n", 1)})
    line = text.split("\n").index(next(one for one in text.split("\n") if one.strip() == "tay-nguyen: 75")) + 1
    assert [(one["file"], one["line"], one["code"]) for one in found["doubtful"]] == [(FILE, line, "NTM-237")]
    assert "NTM-237" not in {one["code"] for one in found["problems"]}


@pytest.mark.parametrize(
    ("written", "code"),
    [("!!python/object/apply:os.system [false]", "NTM-104"), ("&a 1.2.1", "NTM-103"), ("<img src=x onerror=alert(1)>", "NTM-2")],
)
def test_hostile_yaml_is_refused_and_never_runs(bench: Any, text: str, written: str, code: str) -> None:
    """Tags, anchors and markup are words that are wrong where they stand."""
    found = bench("check", files={FILE: text.replace("version: 1.2.1", f"version: {written}", 1)})["problems"]
    assert [one for one in found if one["code"].startswith(code)]


def test_a_change_is_tried_and_compared_with_what_is_published(bench: Any, raised: dict[str, str], tmp_path: Path) -> None:
    """A commune at 75 falls; the changelog is told to lack the version, which is to be published next; a set left alone affects nobody."""
    told = bench("check", files=raised)
    assert {one["code"] for one in told["problems"]} == {"NTM-227"}
    assert {one["code"] for one in told["next"]} == {"NTM-226"}
    table = tmp_path / "xa.csv"
    table.write_text("mã,tên,vùng,khu vực,năm,9.2\nA,Xã A,tay-nguyen,I,2024,75\n", "utf-8")
    found = bench("compare", files=raised, table=str(table))
    rows = [row for section in found["diff"] for row in section["rows"]]
    assert ["75", "76"] in [row[4:6] for row in rows if len(row) > 6]
    assert (found["count"], found["affected"], found["problems"]) == (1, 1, [])
    small = {"set": "recognition-commune/2021-2025"}
    alone = bench("compare", **small)
    assert (alone["count"] > 0, alone["affected"]) == (True, 0)
    assert bench("test", **small)["problems"] == []


def test_an_example_says_what_came_out_and_why(bench: Any, raised: dict[str, str]) -> None:
    """As published and as edited, with the reasons."""
    found = bench("try", files=raised, example=0)
    assert found["before"]
    assert found["explained"]


def test_a_decision_of_a_province_is_set_up_packed_and_brought_back(bench: Any, tmp_path: Path) -> None:
    """Its texts are without fault, apply to the set, and come back from the archive as they were."""
    paper = {"province": "An Giang", "number": "99/QĐ-UBND", "title": "Về bộ tiêu chí", "issued": "2023-01-05", "start": "2023-01-10"}
    made = bench("new", paper=paper)
    assert made["open"]
    assert sorted(path.rpartition("/")[2] for path in made["files"]) == [
        "CHANGELOG.md",
        "examples.yaml",
        "instruments.yaml",
        "overlay.yaml",
    ]
    assert bench("check", files=made["files"])["problems"] == []
    assert bench("new", paper=paper, files=made["files"])["problems"][0]["code"] == "NTM-712"
    overlay = next(path for path in made["files"] if path.endswith("overlay.yaml"))
    assert overlay in bench("open", province="an-giang", files=made["files"])["files"]
    bench("pack", files=made["files"], to=str(tmp_path / "a.zip"))
    assert bench("unpack", **{"from": str(tmp_path / "a.zip")}, name="a.zip")["files"] == made["files"]
    assert bench("check")["problems"] == []  # what is edited no longer lies there no longer


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (None, "NTM-899"),
        ({"../../etc/passwd": "x"}, "NTM-898"),
        ({"national/a/x.py": "x"}, "NTM-898"),
        ({"instruments.yaml": "a" * 5_000_000}, "NTM-102"),
    ],
)
def test_an_archive_that_is_none_of_texts_is_refused(bench: Any, tmp_path: Path, inside: dict[str, str] | None, code: str) -> None:
    """Broken, with paths that lead out, with programs, or far too large."""
    path = tmp_path / "b.zip"
    if inside is None:
        path.write_bytes(b"PK\x03\x04 torn")
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, words in inside.items():
                archive.writestr(name, words)
    assert bench("unpack", **{"from": str(path)}, name="b.zip")["problems"][0]["code"] == code
    assert bench("check", files={"../x.yaml": ""})["problems"][0]["code"] == "NTM-898"


@pytest.mark.parametrize(
    ("text", "line", "has", "not_"),
    [
        ("ruleset: a/2021-2025\n\n", 2, "criteria", "ruleset"),
        ("criteria:\n  - criterion: '1'\n    \n", 3, "indicators", "criterion"),
        ("criteria:\n  - criterion: '1'\n    indicators:\n      - indicator: '1.1'\n        \n", 5, "measure", "indicator"),
        ("in_force:\n  \n", 2, "until", "ruleset"),
    ],
)
def test_keys_are_offered_by_where_they_may_stand(text: str, line: int, has: str, not_: str) -> None:
    """By the published schema of the file: those of the place, not those that stand there already."""
    found = keys_at(FILE, text, line)
    assert has in found
    assert not_ not in found
    assert keys_at("CHANGELOG.md", text, line) == []


TABLE = "criteria:\n  - criterion: '10'\n    indicators:\n      - indicator: '10.1'\n        at_least:\n          by: [region, year]\n"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (TABLE + "          tay-nguyen: {}\n          ", ["trung-du-mien-nui-phia-bac", "dong-bang-song-hong"]),
        (TABLE + "          tay-nguyen:\n            2022: 44\n            ", ["2023", "2024"]),
        (TABLE + "          # the North\n\n          trung-du-mien-nui-phia-bac:\n            ", ["2022", "2023"]),
    ],
)
def test_the_regions_and_years_of_a_table_are_offered(bench: Any, text: str, first: list[str]) -> None:
    """Those that the set declares and that do not stand there yet, in its order, also while its text is broken."""
    found = bench("keys", path=FILE, text=text, line=text.count("\n") + 1, files={FILE: text})["keys"]
    assert found[:2] == first
    assert "tay-nguyen" not in found


def test_declared_attributes_are_offered(bench: Any) -> None:
    """Where an attribute is named; a new one as soon as it is declared, and none in another kind of text."""
    shipped = bench("open")["files"][FILE]
    mine = shipped.replace("attributes:\n", "attributes:\n  hamlet: {title: {vi: Thôn, en: Hamlet}, yes_no: true}\n", 1)
    assert mine != shipped
    text = "dimensions:\n  region:\n    attribute: "
    asked = {"path": FILE, "text": text, "line": 3}
    assert {"area", "region", "year"} <= set(bench("keys", **asked)["values"])
    assert "hamlet" not in bench("keys", **asked)["values"]
    assert "hamlet" in bench("keys", **asked, files={FILE: mine})["values"]
    assert bench("keys", path="CHANGELOG.md", text="attribute: ", line=1)["values"] == []


OVERLAY = "provinces/kon-tum/commune-ntm/2021-2025/overlay.yaml"


@pytest.mark.parametrize(
    ("path", "text", "has"),
    [
        (OVERLAY, "changes:\n  - set: '2.2'\n    ", {"at_least", "source", "redirect", "passes"}),
        (OVERLAY, "changes:\n  - add:\n      ", {"indicator", "criterion", "measure"}),
        (OVERLAY, "changes:\n  - set: '2.2'\n    source:\n      ", {"at", "level", "seen"}),
        ("national/a/2021-2025/examples.yaml", "examples:\n  - ", {"example", "boundary"}),
        ("instruments.yaml", "instruments:\n  - ", {"instrument", "issued", "level"}),
        ("national/recognition/revocation.yaml", "", {"texts"}),
        ("national/ocop/2026/sheets/01.yaml", "", {"sheet", "parts"}),
    ],
)
def test_keys_are_offered_in_every_kind_of_file(path: str, text: str, has: set[str]) -> None:
    """In an overlay those of whatever a change names, too."""
    assert has <= set(keys_at(path, text, text.count("\n") + 1))


@pytest.mark.parametrize(
    ("path", "text", "values"),
    [
        (OVERLAY, "kind: ", ["amendment", "certificate", "draft", "provincial"]),
        (OVERLAY, "changes:\n  - set: '2.2'\n    source:\n      level: pub", ["missing", "official", "published", "recalled"]),
        (FILE, "subject: ", ["commune", "district", "product", "province", "village"]),
        (FILE, "title: ", []),
        (FILE, "# kind", []),
        ("CHANGELOG.md", "kind: ", []),
    ],
)
def test_the_values_of_a_key_are_offered_where_there_are_only_so_many(path: str, text: str, values: list[str]) -> None:
    """By the schema of the file."""
    assert set(values) <= set(found := values_at(path, text, text.count("\n") + 1))
    assert bool(found) == bool(values)
