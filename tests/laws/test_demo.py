"""What `make demo` shows, and the example files beside it."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def test_the_demonstration_runs_and_leaves_a_report(tmp_path):
    """It ends with 0, and its last lines say in both languages where the report is."""
    shutil.copytree(TOP / "examples", tmp_path / "examples")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["bash", str(tmp_path / "examples" / "demo.sh")]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", env={**os.environ, "PATH": path}, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Báo cáo: " in ended.stdout.splitlines()[-2]
    assert "The report: " in ended.stdout.splitlines()[-1]
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "Đăk Pxi" in report


@pytest.mark.parametrize("name", ["sample.xlsx", "bad.xlsx", "kon-tum/communes-2021-2025.csv", "kon-tum/communes-2016-2020.csv"])
def test_the_example_tables_are_what_their_script_writes(tmp_path, name):
    """Byte for byte."""
    main = runpy.run_path(str(TOP / "examples" / "make_sample.py"))["main"]
    main(tmp_path)
    assert (tmp_path / name).read_bytes() == (TOP / "examples" / name).read_bytes()
