"""Packages that ship rulesets: the example is built, installed and found; what is declared and not there is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

import ntm_rules as ntm
from ntm_rules.loading.installed import GROUP, shipped
from ntm_rules.verify.examples import run_examples
from ntm_rules.verify.folder import check
from texts import say_everything

EXAMPLE = Path(__file__).parents[2] / "examples" / "ntm-rules-quang-ngai"
NAME = "commune-ntm/2021-2025/quang-ngai-vi-du"
WHERE = {"on": date(2024, 6, 30), "province": "quang-ngai"}
LISTED = """
import ntm_rules as ntm
from datetime import date
rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="quang-ngai", catalogue=ntm.Catalogue.installed())
decision = rules.evaluate(ntm.Subject(id="1", kind="commune", values={"2.1": 100}))
print([layer.id for layer in rules.layers if layer.applied][-1])
print(decision.verify(ntm.Catalogue.installed()).reason, "|", decision.verify().reason)
"""


@pytest.fixture(scope="module")
def target(tmp_path_factory) -> Path:
    """The example as ``pip`` installs it, in a folder of its own; nothing is fetched."""
    source = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("source") / "package")
    folder = tmp_path_factory.mktemp("target")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--target", folder, source], check=True, capture_output=True)
    return folder


@pytest.fixture
def call(call, monkeypatch):
    for name in ("NTM_RULES_PATH", "NTM_RULES_INSTALLED"):
        monkeypatch.delenv(name, raising=False)
    return call


def declared(folder: Path, name: str, value: str, package: str) -> Path:
    """An installed package that declares a layer, as its metadata say it."""
    metadata = folder / f"{package}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {value}\n", "utf-8")
    return folder


def test_python_reads_the_layers_of_packages_only_when_asked(target, monkeypatch):
    """What is installed beside a program changes nothing that it decides, unless the program says so."""
    monkeypatch.syspath_prepend(str(target))
    assert NAME not in ntm.Catalogue().overlays
    found = ntm.Catalogue.installed()
    assert [layer.id for layer in ntm.load("commune-ntm/2021-2025", **WHERE, catalogue=found).layers if layer.applied][-1] == NAME
    assert NAME not in [layer.id for layer in ntm.load("commune-ntm/2021-2025", **WHERE).layers]


def test_the_example_is_right_in_itself_and_says_that_it_is_made_up(target, monkeypatch):
    """It passes every check, its examples come out, and every title says that it is no law."""
    monkeypatch.syspath_prepend(str(target))
    found = ntm.Catalogue.installed()
    assert [problem for problem in check(found) if "quang" in str(problem.place.file)] == []
    own = {name for name in found.overlays if "quang-ngai-vi-du" in name}
    assert {run.id: (run.examples, run.problems) for run in run_examples(found) if run.id in own} == {NAME: (1, ()), f"{NAME}-thu": (2, ())}
    assert {found.overlay(name).instrument for name in own} == {"0/QĐ-UBND-VÍ-DỤ (Quảng Ngãi)"}
    assert all("bịa" in title.vi for title in (found.instruments["0/QĐ-UBND-VÍ-DỤ (Quảng Ngãi)"].title, found.overlay(NAME).title))


def test_a_decision_by_an_installed_layer_verifies_where_it_is_and_names_it_where_it_is_not(target):
    """In a process of its own, as an office runs it."""
    ended = subprocess.run(
        [sys.executable, "-c", LISTED], env={**os.environ, "PYTHONPATH": str(target)}, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines() == [NAME, f"same | layer missing: {NAME}"]


def test_a_package_in_a_zip_is_unpacked(target, tmp_path):
    """As Spark hands packages to its workers."""
    archive = tmp_path / "packages.zip"
    with ZipFile(archive, "w") as made:
        for file in target.rglob("*"):
            made.write(file, file.relative_to(target).as_posix())
    ended = subprocess.run(
        [sys.executable, "-c", LISTED], env={**os.environ, "PYTHONPATH": str(archive)}, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[0] == NAME


def test_the_command_line_reads_them_and_says_which(target, call, monkeypatch):
    """The package and its version are named on stderr; with JSON, stdout is JSON alone."""
    monkeypatch.syspath_prepend(str(target))
    show = ["show", "commune-ntm/2021-2025", "--on", "2024-06-30", "--province", "quang-ngai"]
    code, _, err = call(*show)
    assert (code, "NTM-327" in err, "ntm-rules-quang-ngai 0.1.0" in err) == (0, True, True)
    code, out, err = call(*show, "--json")
    assert NAME in [layer["id"] for layer in json.loads(out)["layers"] if layer["applied"]]
    assert err == ""


@pytest.mark.parametrize("word", ["no", "0", "Không"])
def test_a_variable_leaves_them_aside_and_so_does_a_folder_taken_alone(target, call, monkeypatch, word, tmp_path):
    """Nothing of the package is read, and nothing is said of it."""
    monkeypatch.syspath_prepend(str(target))
    (tmp_path / "instruments.yaml").write_text("instruments: []\n", "utf-8")
    assert NAME not in call("list", "--json", "--rulesets", tmp_path)[1]
    monkeypatch.setenv("NTM_RULES_INSTALLED", word)
    code, out, err = call("list")
    assert (code, NAME in out, "NTM-327" in err) == (0, False, False)


@pytest.mark.parametrize("value", ["gone_from_here", "os", "json.gone.further", ".strange"])
def test_a_package_without_the_folder_it_declares_is_told(call, monkeypatch, tmp_path, value):
    """Its name is told, and how to go on without it: texts that are missing in silence would change results."""
    monkeypatch.syspath_prepend(str(declared(tmp_path, "lost", value, "lost-rules")))
    with pytest.raises(ntm.NotFound) as caught:
        ntm.Catalogue.installed()
    [problem] = caught.value.problems
    assert (problem.code, problem.words["package"], problem.words["got"]) == ("NTM-326", "lost-rules 1.0", value)
    say_everything(problem)
    assert call("list")[0] == 2


def test_layers_lie_in_order_of_name_whatever_was_installed_first(monkeypatch, tmp_path):
    """One name on two paths is that of the first path, as for modules."""
    for folder, name, package in (("1", "b", "one"), ("1", "a", "two"), ("2", "b", "three")):
        (tmp_path / folder / f"rules_{package}").mkdir(parents=True)
        (tmp_path / folder / f"rules_{package}" / "instruments.yaml").write_text("instruments: []\n", "utf-8")
        declared(tmp_path / folder, name, f"rules_{package}", package)
    monkeypatch.syspath_prepend(str(tmp_path / "2"))
    monkeypatch.syspath_prepend(str(tmp_path / "1"))
    assert [(layer.name, layer.package) for layer in shipped()] == [("a", "two 1.0"), ("b", "one 1.0")]
    assert [folder.name for folder in ntm.Catalogue.installed().folders[1:]] == ["rules_two", "rules_one"]
