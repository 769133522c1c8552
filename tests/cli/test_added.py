"""``--add`` and ``NTM_RULES_PATH``: an office's own folder, laid on the rulesets of the library. Its law is made up for the test."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

NAME = "commune-ntm/2021-2025/bia-de-thu"
FILES = {
    "instruments.yaml": """\
instruments:
  - instrument: 1/QĐ-UBND (Quảng Ngãi)
    title: {vi: Văn bản bịa để thử, en: Made up for a test}
    issuer: {vi: UBND tỉnh, en: The province}
    level: recalled
""",
    "quang-ngai/overlay.yaml": f"""\
overlay: {NAME}
version: 1.0.0
kind: provincial
amends: commune-ntm/2021-2025
title: {{vi: Văn bản bịa để thử, en: Made up for a test}}
instrument: 1/QĐ-UBND (Quảng Ngãi)
in_force: {{from: 2022-06-01}}
province: quang-ngai
changes:
  - set: "1.1"
    note: {{vi: Bịa để thử., en: Made up for a test.}}
""",
}


EXAMPLES = f"""\
examples_of: {NAME}
examples:
  - {{boundary: "1.1", on: 2024-06-30, expect: {{"true": met, "false": not_met}}}}
  - {{example: chưa rõ, on: 2024-06-30, subject: {{}}, expect: {{"1": undetermined}}}}
  - {{example: đạt, on: 2024-06-30, subject: {{attested: {{"1": true}}}}, expect: {{"1": met}}}}
  - {{example: chưa đạt, on: 2024-06-30, subject: {{attested: {{"1": false}}}}, expect: {{"1": not_met}}}}
"""


@pytest.fixture
def call(call, monkeypatch):
    monkeypatch.delenv("NTM_RULES_PATH", raising=False)
    return call


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "own"


def listed(out: str) -> set[str]:
    return {document["id"] for document in json.loads(out)["documents"]}


def test_list_names_the_sets_of_the_library_and_of_the_added_folder(call, own):
    """What is added stands beside what was there."""
    before = listed(call("list", "--json")[1])
    code, out, _ = call("list", "--json", "--add", own)
    assert (code, listed(out) - before, before - listed(out)) == (0, {NAME}, set())


def test_the_path_of_rules_adds_to_every_call_but_not_to_a_folder_taken_alone(call, own, tmp_path, monkeypatch):
    """``NTM_RULES_PATH`` holds for every call; a folder that it and ``--add`` both name is laid once; ``--rulesets`` stays alone."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "instruments.yaml").write_text("instruments: []\n", "utf-8")
    monkeypatch.setenv("NTM_RULES_PATH", os.pathsep.join([str(own), str(tmp_path / "empty")]))
    for more in ([], ["--add", own]):
        code, out, err = call("list", "--json", *more)
        assert code == 0, err
        assert NAME in listed(out)
    assert listed(call("list", "--json", "--rulesets", tmp_path / "empty")[1]) == set()


def test_a_folder_added_that_does_not_exist_ends_with_2(call, tmp_path, monkeypatch):
    """Named on the command line or in the path: a slip is not silently left out."""
    code, _, err = call("list", "--add", tmp_path / "nowhere")
    assert (code, "NTM-108" in err, "nowhere" in err) == (2, True, True)
    monkeypatch.setenv("NTM_RULES_PATH", str(tmp_path / "gone"))
    code, _, err = call("list")
    assert (code, "NTM-108" in err, "gone" in err) == (2, True, True)


def test_a_clash_is_told_by_list_with_both_files(call, own):
    """The text below stays; the file that would take its place is named beside it."""
    (own / "quang-ngai" / "overlay.yaml").write_text(FILES["quang-ngai/overlay.yaml"].replace("bia-de-thu", "211-qd-ttg"), "utf-8")
    code, _, err = call("list", "--add", own)
    assert code == 1
    assert "NTM-320" in err
    assert "211-qd-ttg" in err


def test_publish_writes_into_the_added_folder_and_show_applies_its_text(call, own):
    """An office publishes its text in its own folder; the set as it stands in the province includes it."""
    assert call("publish", NAME, "--add", own)[0] == 2
    (own / "quang-ngai/CHANGELOG.md").write_text("# Bịa\n\n## 1.0.0\n\n- Bịa.\n", "utf-8")
    (own / "quang-ngai/examples.yaml").write_text(EXAMPLES, "utf-8")
    assert call("publish", NAME, "--add", own)[0] == 0
    assert (own / "quang-ngai/published/1.0.0.json").is_file()
    where = ["--on", "2024-06-30", "--province", "quang-ngai"]
    code, out, err = call("show", "commune-ntm/2021-2025", *where, "--add", own, "--json")
    assert code == 0, err
    assert NAME in [layer["id"] for layer in json.loads(out)["layers"] if layer["applied"]]


def test_a_folder_of_amendments_alone_is_sent_to_be_added(call, own):
    """It cannot be read without what it amends: said once, with the way to read it, and no file in it accused."""
    for given in (("check", own), ("test", own), ("publish", NAME, "--rulesets", own), ("check", own, "--lang", "en")):
        code, _, err = call(*given)
        assert (code, err.count("NTM-")) == (2, 1)
        assert "NTM-275" in err
        assert f"--add {own}" in err
    assert "NTM-275" not in call("check", "--add", own)[2]
