"""What is typed and is no command: told in the language of the messages, with what to type."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from ntm_rules.cli.screen import Screen

SET = "commune-ntm/2021-2025"


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        (["diff", "a"], "thiếu NEW.", "NEW is missing."),
        (["diff", "a", "b", "--on-too", "x"], "lệnh này không có --on-too.", "this command has no --on-too."),
        (["evaluate", "--ignore"], "sau --ignore phải có giá trị.", "--ignore needs a value behind it."),
        (["difff"], "không có lệnh «difff».", "there is no command «difff»."),
        (["figures", "lst"], "không có lệnh «lst».", "there is no command «lst»."),
        (["show", SET, "b"], "thừa «b».", "«b» is too much."),
        (["mutate", SET, "--every", "mười"], "--every phải là số nguyên.", "--every must be a whole number."),
        (["figures", "checklist", SET, "--instrument", "318/QĐ-TTg"], "thiếu --output", "--output"),
        (["list", "--json=1"], "--json không nhận giá trị.", "--json takes no value."),
    ],
)
def test_a_call_that_cannot_be_understood_is_told_in_one_language(call, typed, vi, en):
    """What is wrong, that nothing was done, what to type; exit code 2 and nothing on stdout."""
    for words, lang in ((vi, ()), (en, ("--lang", "en"))):
        name = 2 if typed[0] == "figures" else 1
        code, out, err = call(*typed[:name], *lang, *typed[name:])
        assert (code, out) == (2, "")
        assert err.startswith("NTM-741 ")
        assert words in err
        assert "--help." in err


def test_the_nearest_command_or_option_is_named(call):
    """As the other messages do."""
    assert "«diff»" in call("difff")[2]
    assert "«--to-on»" in call("diff", "a", "b", "--on-too", "x")[2]
    assert "Gõ: ntm-rules diff [OPTIONS] {OLD} {NEW}." in call("diff", "a", "b", "--on-too", "x")[2]
    assert "ntm-rules figures list --help" in call("figures", "list", "--province")[2]


def test_an_option_before_the_command_is_told_where_it_stands(call):
    """``--lang`` is one of each command, none of the program."""
    assert "--lang đứng sau tên lệnh." in call("--lang", "vi", "list")[2]


def test_a_language_that_there_is_not_is_told_with_those_there_are(call):
    """In Vietnamese, the language of all who say nothing."""
    assert "--lang chỉ nhận vi, en; không nhận «fr»." in call("list", "--lang", "fr")[2]


def test_programs_read_what_was_typed_wrong(call):
    """One JSON object on stdout."""
    code, out, err = call("diff", "a", "--json")
    assert (code, err) == (2, "")
    [problem] = json.loads(out)["problems"]
    assert problem["code"] == "NTM-741"


@pytest.mark.parametrize("typed", [["--help"], ["figures", "--help"], ["figures", "list", "-h"], []])
def test_the_help_is_framed_in_both_languages(call, typed):
    """Headings, the option of the help itself, what must be given."""
    code, out, err = call(*typed)
    text = out or err
    assert code == (0 if typed else 2)
    assert "Cách gõ / Usage: ntm-rules" in text
    assert "Lựa chọn / Options:" in text
    assert "Hiện trang này. / Show this page." in text
    assert "Show this message" not in text
    assert ("[bắt buộc / required]" in text) is ("list" in typed)


def test_a_help_page_that_nobody_reads_to_its_end_ends_with_0():
    """As ``ntm-rules --help | head`` does."""
    program = [sys.executable, "-c", "import sys; sys.stdin.readline(); from ntm_rules.cli import main; main(['--help'])"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(b"\n")
        process.stdin.flush()
        assert process.wait(60) == 0


def narrow(width: int) -> tuple[Screen, io.StringIO]:
    """A screen so wide, and what is seen on it."""
    screen, seen = Screen("vi"), io.StringIO()
    screen._out = Console(file=seen, force_terminal=True, width=width, color_system=None)
    return screen, seen


def test_a_table_too_wide_for_the_screen_is_listed_row_by_row():
    """No word is torn, what is empty is left out; where the words fit, it stays a table."""
    heads, row = ["Số", "Nội dung", "Trung du miền núi", "Đồng bằng"], ["10.1", "Thu nhập bình quân", "≥ 39 triệu đồng", ""]
    screen, seen = narrow(27)
    screen.table(heads, [row])
    lines = [line.rstrip() for line in seen.getvalue().splitlines()]
    assert lines == [" 10.1 Thu nhập bình quân", "      Trung du miền núi: ≥", "      39 triệu đồng"]
    screen, seen = narrow(60)
    screen.table(heads, [row])
    assert seen.getvalue().startswith("┏")


def test_show_writes_the_annex_into_files(call, tmp_path: Path):
    """What the screen shows, for a page and for Excel; a column that is no region has its words."""
    page, book = tmp_path / "a.md", tmp_path / "a.xlsx"
    code, out, _ = call("show", SET, "-o", page, "-o", book)
    assert code == 0
    assert f"Đã ghi {page}" in out
    text = page.read_text("utf-8")
    assert "211-qd-ttg" in text
    assert "≥ 80%" in text
    assert "others" not in text
    assert book.stat().st_size > 5000
    assert call("show", "ocop/2026", "--product-set", "7", "-o", page)[0] == 0
    assert "Chế biến từ rau" in page.read_text("utf-8")
