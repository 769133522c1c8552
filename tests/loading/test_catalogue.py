"""A catalogue is a folder that is there: one that is empty by mistake would know no law, and say so of every set."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

import ntm_rules as ntm


@pytest.mark.parametrize(
    ("folder", "why"),
    [("/nowhere/at/all", "no such folder"), ("", "no such folder"), ("n" * 300, "cannot be read"), ("a\0b", "cannot be read")],
)
def test_a_folder_that_is_not_there_is_refused(folder, why):
    """At once, with a code, before anything is asked of it."""
    with pytest.raises(ntm.NotFound, match=rf"NTM-108 .*{why}"):
        ntm.Catalogue(folder)


def test_a_file_is_no_folder(tmp_path):
    """It is named, and what is wrong with it."""
    file = tmp_path / "ruleset.yaml"
    file.write_text("")
    with pytest.raises(ntm.NotFound, match=r"(?s)ruleset\.yaml: NTM-108 .*no folder"):
        ntm.Catalogue(file)


def test_a_folder_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    """As an error of this library, not of the system."""

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ntm.NotFound, match=r"NTM-108 .*cannot be read"):
        ntm.Catalogue(tmp_path)


def test_an_empty_folder_is_a_catalogue_with_nothing_in_it(tmp_path):
    """Somebody may be about to write the first set."""
    assert ntm.Catalogue(tmp_path).rulesets == {}


def test_an_archive_is_told_to_be_unpacked_first(tmp_path: Path) -> None:
    """As it came by mail: what to do, not only that it is no folder."""
    with ZipFile(tmp_path / "van-ban.zip", "w") as archive:
        archive.writestr("national/a/ruleset.yaml", "")
    with pytest.raises(ntm.NotFound, match=r"NTM-108 .*giải nén rồi ghi tên thư mục"):
        ntm.Catalogue(tmp_path / "van-ban.zip", on_top_of=ntm.Catalogue())
