"""The library inside a zip, as Spark hands it to its workers and a zipapp carries it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import ntm_rules as ntm
from ntm_rules.loading import bundled

TOP = Path(__file__).parents[2]
PROGRAM = """
from datetime import date
import ntm_rules as ntm
from ntm_rules.loading.bundled import bundled_folder
rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")
decision = rules.evaluate(ntm.Subject(id="1", kind="commune", attested={"19": True}))
print(ntm.__file__, decision["19"].outcome, bool(ntm.Decision.from_json(decision.to_json()).verify()), bundled_folder(), sep="\\n")
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """A zip with what a wheel holds."""
    path = tmp_path_factory.mktemp("zip") / "ntm_rules.zip"
    with ZipFile(path, "w") as made:
        for folder, name in ((TOP / "src" / "ntm_rules", "ntm_rules"), (TOP / "rulesets", "ntm_rules/_rulesets")):
            for file in folder.rglob("*"):
                if file.suffix in (".py", ".yaml", ".json", ".csv"):
                    made.write(file, f"{name}/{file.relative_to(folder).as_posix()}")
    return path


def test_from_a_zip_the_library_decides_as_from_a_folder(archive, tmp_path):
    """Every set is there, and what was unpacked goes with the process."""
    program = f"import sys; sys.path.insert(0, {str(archive)!r})\n{PROGRAM}"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path, env={"TMPDIR": str(tmp_path)}
    )
    module, outcome, verified, folder = ended.stdout.splitlines()
    assert module.startswith(str(archive))
    assert (outcome, verified) == ("met", "True")
    assert Path(folder).is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_unpacked_is_what_is_shipped(archive, monkeypatch):
    """The same names, each once for the process."""
    monkeypatch.setattr(bundled, "PACKAGE", archive / "ntm_rules")
    folder = bundled.bundled_folder()
    try:
        assert list(ntm.Catalogue().rulesets) == list(ntm.Catalogue(TOP / "rulesets").rulesets)
        assert bundled.bundled_folder() == folder
    finally:
        shutil.rmtree(folder.parents[1])


def test_a_zip_without_rulesets_is_refused_by_name(monkeypatch, tmp_path):
    """A zip of the sources alone knows no law, and says so where it once was silently empty."""
    path = tmp_path / "sources.zip"
    with ZipFile(path, "w") as made:
        made.writestr("ntm_rules/__init__.py", "")
    monkeypatch.setattr(bundled, "PACKAGE", path / "ntm_rules")
    with pytest.raises(ntm.NotFound, match=r"sources\.zip.*NTM-108"):
        ntm.Catalogue()


def test_neither_folder_nor_zip_is_refused_by_name(monkeypatch, tmp_path):
    """As some programs that pack Python into one file leave it."""
    monkeypatch.setattr(bundled, "PACKAGE", tmp_path / "gone" / "ntm_rules")
    with pytest.raises(ntm.NotFound, match=r"gone.*NTM-108"):
        ntm.Catalogue()


def test_no_room_to_unpack_is_told(archive, monkeypatch, tmp_path):
    """With the reason of the system."""
    other = shutil.copy(archive, tmp_path / "other.zip")
    monkeypatch.setattr(bundled, "PACKAGE", Path(other) / "ntm_rules")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(ntm.NotFound, match=r"(?s)other\.zip.*NTM-108 .*No such file"):
        ntm.Catalogue()


def test_an_installed_package_holds_its_own_rulesets(monkeypatch, tmp_path):
    """They are taken before any beside it."""
    (tmp_path / "ntm_rules" / "_rulesets").mkdir(parents=True)
    monkeypatch.setattr(bundled, "PACKAGE", tmp_path / "ntm_rules")
    assert ntm.Catalogue().folder == tmp_path / "ntm_rules" / "_rulesets"
