"""What Windows does otherwise, as far as another machine can say: backslashes in paths, and a console in code page 1258."""

from __future__ import annotations

import io
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ntm_rules.cli import main
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import Place, Problem
from ntm_rules.verify.entering import _elsewhere


def test_a_console_in_code_page_1258_gets_vietnamese_and_paths_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code page lacks half of the letters of the language: what is written is UTF-8, and a folder is named as it was typed."""
    console = [io.TextIOWrapper(io.BytesIO(), encoding="cp1258") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", console[0])
    monkeypatch.setattr(sys, "stderr", console[1])
    with pytest.raises(SystemExit) as ended:
        main(["check", "--add", "D:\\Tài liệu\\sổ tay", "--lang", "vi"])
    for stream in console:
        stream.flush()
    told = b"".join(cast("io.BytesIO", stream.buffer).getvalue() for stream in console).decode("utf-8")
    assert ended.value.code == 2
    assert "D:\\Tài liệu\\sổ tay" in told
    assert "ư" in told


def test_a_workbook_goes_to_a_path_with_backslashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ending is read and the name kept, and the same path reads it back."""
    monkeypatch.chdir(tmp_path)
    path = "Tai lieu\\muc.xlsx"
    for option in ("-o", "--read"):
        with pytest.raises(SystemExit) as ended:
            main(["workbook", "commune-ntm/2021-2025", option, path])
        assert not ended.value.code
    assert [one.name for one in tmp_path.iterdir()] == [path]


def test_what_is_recorded_of_a_file_has_slashes_on_every_machine() -> None:
    """A path from the folder of its layer stands in files that other machines read."""
    office = PureWindowsPath("D:\\so-tay")
    layered: Any = SimpleNamespace(folders=(PureWindowsPath("C:\\ntm\\rulesets"), office))
    assert Catalogue.within(layered, cast("Path", office / "provinces" / "kon-tum" / "overlay.yaml")) == "provinces/kon-tum/overlay.yaml"


def test_a_text_that_was_tried_aside_is_told_where_it_would_stand() -> None:
    """The scratch folder of the trial never shows, also where both are written with backslashes."""
    scratch, home = PureWindowsPath("C:\\Temp\\x\\rulesets"), PureWindowsPath("D:\\so-tay")
    told = Problem("NTM-202", Place(str(scratch / "provinces" / "kon-tum" / "overlay.yaml"), 3), {"key": "x"})
    found = _elsewhere(told, cast("Path", scratch), cast("Path", home))
    assert found.place.file == "D:\\so-tay\\provinces\\kon-tum\\overlay.yaml"
