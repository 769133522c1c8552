"""Files appear whole or not at all: several of one call together, after a killed writer, on a full disk, where a system refuses."""

from __future__ import annotations

import errno
import os
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.tables.results import Result
from ntm_rules.tables.write import safe
from ntm_rules.tables.write.listing import Report
from ntm_rules.tables.write.open import results_writers, write_reports
from ntm_rules.tables.write.safe import atomic
from ntm_rules.verify.versions import keep, sums

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
DAY = 24 * 60 * 60


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def full(*_: object, **__: object) -> None:
    """A disk on which nothing has room any more."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def told_of(told: pytest.ExceptionInfo[ntm.TableError]) -> list[tuple[str, str]]:
    """The codes and the files."""
    return [(one.code, Path(one.place.file).name) for one in told.value.problems]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_where_one_file_of_a_call_cannot_be_written_none_appears(tmp_path: Path, at: int) -> None:
    """Wherever among them it stands: a folder has its name."""
    paths = [tmp_path / name for name in ("a.csv", "b.json", "c.html")]
    paths[at].mkdir()
    with pytest.raises(ntm.TableError) as told:
        write_reports(Report("Tên"), paths)
    assert (told_of(told), names(tmp_path)) == ([("NTM-525", paths[at].name)], [paths[at].name])
    with pytest.raises(ntm.TableError) as told, results_writers(paths, RULES):
        pytest.fail("the block begins")
    assert (told_of(told), names(tmp_path)) == ([("NTM-525", paths[at].name)], [paths[at].name])


@pytest.mark.parametrize("step", ["write", "finish"])
@pytest.mark.parametrize("at", [0, 1])
def test_a_disk_that_is_full_under_one_file_of_a_call_leaves_all_as_they_were(tmp_path: Path, at: int, step: str) -> None:
    """What waits for the last result is written before any file takes its place; the one that has no room is named."""
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    paths[1].write_text("cũ", "utf-8")
    with pytest.raises(ntm.TableError) as told, results_writers(paths, RULES) as writers:  # noqa: PT012
        setattr(writers[at], step, full)
        for writer in writers:
            writer.add(Result("xa.csv", 2, "a", "A", None))
    assert told_of(told) == [("NTM-525", paths[at].name)]
    assert (names(tmp_path), paths[1].read_text("utf-8")) == (["b.csv"], "cũ")


def test_results_that_can_be_written_all_appear(tmp_path: Path) -> None:
    """Each in its form."""
    with results_writers([tmp_path / "a.csv", tmp_path / "b.json"], RULES) as writers:
        for writer in writers:
            writer.add(Result("xa.csv", 2, "a", "Xã A", None))
    assert names(tmp_path) == ["a.csv", "b.json"]
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_a_file_that_may_not_be_written_stays_and_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system answers whoever is not root: its owner made it read-only."""
    path = tmp_path / "a.csv"
    path.write_text("cũ", "utf-8")
    monkeypatch.setattr(safe.os, "access", lambda *_: False)
    with pytest.raises(ntm.TableError) as told, atomic(path):
        pytest.fail("the block begins")
    assert (told_of(told), path.read_text("utf-8"), names(tmp_path)) == ([("NTM-525", "a.csv")], "cũ", ["a.csv"])


def test_what_a_killed_writer_left_is_swept_and_what_is_being_written_stays(tmp_path: Path) -> None:
    """A scratch file of yesterday goes at the next file of the folder; a younger one may be another's, other files are no scratch."""
    now = tmp_path.stat().st_mtime
    for name, age in ((".a.csv.12-0.part", DAY + 60), (".b.csv.7-31.part", DAY - 3600), (".note.part", 9 * DAY), ("a.12-0.part", 9 * DAY)):
        (tmp_path / name).write_text("", "utf-8")
        os.utime(tmp_path / name, (now - age, now - age))
    with atomic(tmp_path / "c.csv") as scratch:
        scratch.write_text("", "utf-8")
    assert names(tmp_path) == [".b.csv.7-31.part", ".note.part", "a.12-0.part", "c.csv"]


@pytest.mark.parametrize("links", [True, False])
def test_of_many_that_write_a_file_once_and_for_ever_one_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Also on a file system without links, as that of a memory stick; what the winner wrote stays whole, and no scratch does."""
    if not links:
        monkeypatch.setattr(safe.os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(errno.EPERM, "no links")))
    start, won = threading.Barrier(8), []

    def write(mark: str) -> None:
        start.wait()
        with suppress(ntm.TableError), atomic(tmp_path / "1.0.0.json", once=True, lasting=True) as scratch:
            scratch.write_text(mark * 1000, "utf-8")
        if (tmp_path / "1.0.0.json").read_text("utf-8") == mark * 1000:
            won.append(mark)

    threads = [threading.Thread(target=write, args=(mark,)) for mark in "abcdefgh"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(won), names(tmp_path)) == (1, ["1.0.0.json"])
    with pytest.raises(ntm.TableError) as told, atomic(tmp_path / "1.0.0.json", once=True) as scratch:
        scratch.write_text("z", "utf-8")
    assert told_of(told) == [("NTM-525", "1.0.0.json")]


def test_versions_published_at_the_same_time_are_all_on_the_list(tmp_path: Path) -> None:
    """Whoever puts one on it waits for the other, and takes it over."""
    versions = [f"1.{i}.0" for i in range(24)]
    for version in versions:
        (tmp_path / f"{version}.json").write_text(version, "utf-8")
    start = threading.Barrier(len(versions))

    def publish(version: str) -> None:
        start.wait()
        keep(tmp_path / f"{version}.json")

    threads = [threading.Thread(target=publish, args=(version,)) for version in versions]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert list(sums(tmp_path)) == versions
