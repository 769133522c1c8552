"""What a command writes is never what it reads."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import COMMANDS
from ntm_rules.problems import TableError
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.results import evaluate_table
from ntm_rules.tables.write.open import write_results
from ntm_rules.tables.write.safe import atomic

TABLE = "mã xã,10.1\nA1,51.5\n"
SET = ("--set", "commune-ntm/2021-2025", "--on", "2024-06-30", "--with", "region=tay-nguyen", "--with", "year=2024")
CALLS = {
    "table": ("evaluate", "IN", *SET),
    "register": ("review", "IN", "--on", "2024-06-30"),
    "units": ("review", "other.csv", "--units", "IN", "--on", "2024-06-30"),
    "values": ("review", "other.csv", "--values", "commune-ntm=IN", "--on", "2024-06-30"),
    "values without a family": ("targets", "other.csv", "--values", "IN", "--on", "2024-06-30"),
    "published totals": ("targets", "other.csv", "--published", "IN", "--on", "2024-06-30"),
    "register of a plan": ("plan", "other.csv", "--register", "IN", "--target", "1", *SET),
    "new values": ("transition", "other.csv", "--new-values", "IN", "--set", "commune-ntm/2016-2020", "--to", "commune-ntm/2021-2025"),
    "tables of an impact": ("impact", "commune-ntm/2016-2020", "commune-ntm/2021-2025", "other.csv", "IN"),
}


OCOP = ("--set", "ocop/2026", "--on", "2026-06-15")


def spellings(folder: Path) -> dict[str, Path]:
    """Other names of the one file ``in.csv``."""
    (folder / "x").mkdir()
    os.symlink(folder / "in.csv", folder / "link.csv")
    os.link(folder / "in.csv", folder / "hard.csv")
    os.symlink(folder, folder / "here")
    return {
        "itself": folder / "in.csv",
        "by a detour": folder / "x" / ".." / "in.csv",
        "a link": folder / "link.csv",
        "a hard link": folder / "hard.csv",
        "a linked folder": folder / "here" / "in.csv",
    }


@pytest.mark.parametrize("given", CALLS)
def test_output_overwrite_is_refused_before_anything_is_done(call, tmp_path, given):
    """Exit 2, both names told, nothing printed, the file byte for byte as before."""
    source = tmp_path / "in.csv"
    source.write_text(TABLE, "utf-8")
    words = [word.replace("IN", str(source)) for word in CALLS[given]]
    code, out, err = call(*words, "-o", str(source))
    assert (code, out) == (2, "")
    assert "NTM-709" in err
    assert str(source) in err
    assert source.read_text("utf-8") == TABLE


def test_every_spelling_of_an_input_is_known(call, tmp_path):
    """A detour, links of both kinds, a linked folder; of several outputs one is enough."""
    source = tmp_path / "in.csv"
    source.write_text(TABLE, "utf-8")
    for name, path in spellings(tmp_path).items():
        code, _, err = call("evaluate", str(source), *SET, "-o", str(tmp_path / "out.html"), "-o", str(path))
        assert code == 2, name
        assert "NTM-709" in err
        assert not (tmp_path / "out.html").exists()
    assert source.read_text("utf-8") == TABLE


def test_a_file_among_the_rulesets_is_no_output(call, tmp_path):
    """What is read from a folder is an input too."""
    folder = tmp_path / "rulesets"
    folder.mkdir()
    inside = folder / "figures.json"
    inside.write_text("{}", "utf-8")
    (tmp_path / "in.csv").write_text(TABLE, "utf-8")
    code, _, err = call("evaluate", str(tmp_path / "in.csv"), *SET, "--rulesets", str(folder), "-o", str(inside))
    assert code == 2
    assert "NTM-709" in err
    assert inside.read_text("utf-8") == "{}"


WRITING = {
    "the entries of minutes": ("council", "minutes", "IN", "--products", "IN", *OCOP, "--register"),
    "a mapping": ("read", "IN", *SET, "--write-mapping"),
    "the place in a journal": ("watch", "IN", "--place"),
}


@pytest.mark.parametrize("given", WRITING)
def test_what_is_written_under_another_name_than_output_is_no_input_either(call, tmp_path, given):
    """Entries, a mapping, a place: refused over a file of the same call before anything is done, and over one of its outputs."""
    source = tmp_path / "in.csv"
    source.write_text(TABLE, "utf-8")
    words = [word.replace("IN", str(source)) for word in WRITING[given]]
    code, out, err = call(*words, str(source))
    assert (code, out) == (2, "")
    assert "NTM-709" in err
    assert source.read_text("utf-8") == TABLE


def test_entries_and_minutes_do_not_go_into_one_file(call, tmp_path):
    """The later would take the place of the earlier."""
    source, both = tmp_path / "in.csv", tmp_path / "both.csv"
    source.write_text(TABLE, "utf-8")
    code, _, err = call("council", "minutes", str(source), "--products", str(source), *OCOP, "--register", str(both), "-o", str(both))
    assert (code, "NTM-709" in err, both.exists()) == (2, True, False)


def test_another_file_is_written(call, tmp_path):
    """Also over an older result."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TABLE, "utf-8")
    out.write_text("cũ", "utf-8")
    code, _, _ = call("evaluate", str(source), *SET, "-o", str(out))
    assert code == 0
    assert "A1" in out.read_text("utf-8-sig")


def test_every_command_that_writes_is_guarded(tmp_path):
    """No command with an output can forget it: each is refused before it does anything."""
    one = tmp_path / "in.csv"
    one.write_text(TABLE, "utf-8")
    writing = {name for name, run in COMMANDS.items() if "output" in inspect.signature(run).parameters}
    assert writing >= {"evaluate", "review", "targets", "plan", "transition", "diff", "impact", "workbook", "published", "council collect"}
    for name in writing:
        with pytest.raises(TableError, match="NTM-709"):
            COMMANDS[name](output=one, given=[one])


def test_the_library_does_not_write_over_the_table_it_decides(tmp_path):
    """The same holds for a program that calls it."""
    source = tmp_path / "in.csv"
    source.write_text(TABLE, "utf-8")
    rules = ntm.load("commune-ntm/2021-2025")
    table = read_table(source, rules)
    with pytest.raises(TableError, match="NTM-709"):
        write_results(evaluate_table(table), source, rules)
    assert source.read_text("utf-8") == TABLE


# --- a reader that stops early -----------------------------------------------------------------------------------------------

OFFICE = Path(__file__).parents[2] / "examples" / "office"
UNREAD = {
    "evaluate": ("TABLE", *SET),
    "evaluate as JSON": ("TABLE", *SET, "--json"),
    "review": (OFFICE / "register.csv", "--units", OFFICE / "communes.csv", "--on", "2023-12-31"),
    "targets": (OFFICE / "register.csv", "--units", OFFICE / "communes.csv", "--on", "2023-12-31"),
    "plan": ("--units", OFFICE / "communes.csv", "--set", "commune-ntm/2021-2025", "--target", "3"),
    "transition": (
        *(OFFICE / "communes-2020.csv", "--set", "commune-ntm/2016-2020", "--on", "2020-12-31"),
        *("--to", "commune-ntm/2021-2025", "--to-on", "2022-12-31"),
    ),
    "diff": ("commune-ntm/2016-2020", "commune-ntm/2021-2025"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_report_is_written_whole_where_nobody_reads_the_screen(call, tmp_path, name):
    """With standard output closed at the other end from the first: the file is the one that is written with a reader."""
    table, closed, read = tmp_path / "table.csv", tmp_path / "closed.csv", tmp_path / "read.csv"
    table.write_text("mã xã,10.1\n" + "".join(f"M{i},{i}\n" for i in range(60)), "utf-8")
    words = [name.split()[0], *(str(table) if word == "TABLE" else str(word) for word in UNREAD[name])]
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen([sys.executable, "-m", "ntm_rules", *words, "-o", str(closed)], stdout=writing) as ended:
        os.close(writing)
    assert ended.returncode in (0, 1)
    call(*words, "-o", read)
    assert closed.read_bytes() == read.read_bytes()
    assert read.stat().st_size > 100


def test_a_file_named_twice_is_written(call, tmp_path):
    """Whoever gives one output twice gets it, by whatever spelling of its path."""
    (tmp_path / "in.csv").write_text(TABLE, "utf-8")
    other = tmp_path / "x" / ".." / "out.csv"
    code, _, err = call("evaluate", tmp_path / "in.csv", *SET, "-o", tmp_path / "out.csv", "-o", tmp_path / "out.csv", "-o", other)
    assert (code, "NTM-525" in err) == (0, False)
    assert "A1" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_one_name_that_nothing_is_written_under_keeps_all_from_being_written(call, tmp_path):
    """Of three files of a report with a fourth of an unknown ending none is written, so that nobody takes half of it for the whole."""
    register = tmp_path / "register.csv"
    register.write_text("mã xã,tên xã,danh hiệu,ngày quyết định,số quyết định\nA1,Một,ntm,2023-01-01,1/QĐ\n", "utf-8")
    files = [tmp_path / name for name in ("a.html", "a.csv", "a.pdf")]
    code, _, err = call("review", register, "--on", "2024-06-30", *[word for file in files for word in ("-o", file)])
    assert code == 2
    assert "NTM-515" in err
    assert not any(file.exists() for file in files)


def test_entries_for_the_register_are_written_with_the_minutes_or_not_at_all(call, tmp_path):
    """An unknown ending of the minutes, or a place that cannot be written, leaves no entries that nobody has minutes of."""
    source = Path(__file__).parents[2] / "examples" / "ocop" / "council"
    words = ["council", "minutes", source / "scores.csv", "--products", source / "products.csv", *OCOP]
    (tmp_path / "tep").write_text("", "utf-8")
    for output, told in (("bb.pdf", "NTM-515"), ("tep/bb.html", "NTM-525")):
        code, _, err = call(*words, "--register", tmp_path / "so.csv", "-o", tmp_path / "bb.html", "-o", tmp_path / output)
        assert (code, told in err) == (2, True)
        assert [path.name for path in tmp_path.iterdir()] == ["tep"]


def test_a_report_written_anew_keeps_its_mode_and_its_link(tmp_path):
    """A file for one reader stays for one; a link is followed and stays."""
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("cũ", "utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    with atomic(link) as scratch:
        scratch.write_text("mới", "utf-8")
    assert (link.is_symlink(), real.read_text("utf-8"), real.stat().st_mode & 0o777) == (True, "mới", 0o600)
