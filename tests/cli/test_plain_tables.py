"""Tables for files and pipes: drawn without rich, and just as it draws them."""

import pytest
from rich.text import Text

from ntm_rules.cli import screen

ROWS = {
    "plain": [["05101", "Xã Đắk Hà", Text("đạt", "green"), "19/19"], ["", "x", Text("–"), "7/19 "]],
    "wide and combining letters": [["村", "e\u0302\u0301", "🙂", "1"], ["  a  ", "b ", "", " 22"]],
    "cells of two lines": [["a\nb", "c", "d", "e"]],
    "tabs and other ends of lines": [["a\tb", "c\u2028d", "e", "f"]],
    "letters that steer a terminal": [["\x1b[31m", "[bold]", "\u202e", "1"]],
    "wider than any line": [["x" * 100_001, "b", "c", "d"]],
    "no rows": [],
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_a_table_in_a_pipe_is_the_one_rich_draws(capsys, monkeypatch, rows):
    """The quick way of drawing changes no byte of what is read."""
    headings = ["Mã", "Tên xã, phường", "", "Đạt"]
    screen.Screen("vi").table(headings, rows, right=(3,))
    quick = capsys.readouterr().out
    monkeypatch.setattr(screen, "_plain_table", lambda *_: [])
    screen.Screen("vi").table(headings, rows, right=(3,))
    assert quick == capsys.readouterr().out
