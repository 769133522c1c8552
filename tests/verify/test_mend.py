"""What ``check --fix`` mends by itself: spellings with one reading; everything else is left as it stands."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from test_mistakes import FIGURE, OVERLAY, OWN, SET, good, told
from typer.testing import CliRunner

import ntm_rules as ntm
from ntm_rules.cli.app import app
from ntm_rules.verify.mend import mend

assert good  # the folder without fault


def mended(folder: Path) -> dict[str, str]:
    """What is mended there: the difference by file."""
    return {one.path.relative_to(folder).as_posix(): one.diff for one in mend(lambda: ntm.Catalogue(folder))}


RIGHT = [
    (FIGURE, "    at_least: 75%\n"),
    (FIGURE, '    at_least: "75 %"\n'),
    (FIGURE, "    at_least: {value: 75%}\n"),
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
    assert [a for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b].__len__() == 1
    assert {file: file.read_bytes() for file in good.rglob("published/*")} == sealed
    assert mended(good) == {}


def test_a_decimal_comma_is_mended(good: Path) -> None:
    """75,5 is 75.5; the figure is then another than the published one, and that is still told."""
    (good / OWN).write_text(OVERLAY.replace("at_least: 75", "at_least: 75,5"), "utf-8")
    assert "+    at_least: 75.5" in mended(good)[OWN]
    assert {problem.code for problem in told(good)} == {"NTM-225"}


LEFT = [
    (OWN, FIGURE, "    at_least: 1,000\n"),  # a thousand, or one
    (OWN, FIGURE, "    at_least: 1 000\n"),
    (OWN, FIGURE, "    at_least: 7O\n"),
    (OWN, "from: 2024-06-01", "from: 31/02/2024"),
    (OWN, "changes:\n", "changes:\n\t- set: x\n"),
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
    assert refused.exit_code == 2
    assert "NTM-737" in refused.stderr
