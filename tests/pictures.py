"""The pictures of the guides for policy staff, drawn from what the commands really write and print.

Run as a program it draws ``docs/assets/pictures`` anew: ``python tests/pictures.py``; with ``--check`` it says which are stale.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from unittest.mock import patch

import openpyxl

from journey import COMMUNES, GUIDES, LEVELS, commands, fill
from ntm_rules.cli import main as call
from ntm_rules.cli import maintain, options
from ntm_rules.values import LANGS, Bilingual, Lang
from pages import TOP

FOLDER = TOP / "docs" / "assets" / "pictures"
COLUMNS, LINE, GLYPH = 110, 18, 7.25  # of a line in characters, of its height and of a character in points
_PARTS = re.compile("(?P<frame>[\u2500-\u257f]+)|[^\\s\u2500-\u257f]+(?: [^\\s\u2500-\u257f]+)*")
SHOWN = ("số", "tên chỉ tiêu", "mức chung", "mức nguồn", "văn bản", "chỗ trong văn bản")
SHEET = Bilingual("Phụ lục trong Excel, bốn dòng đã điền", "The annex in Excel, four rows filled in")
SHEET_TOLD = Bilingual(
    "Các dòng 2.1 đến 2.4 của bảng «Con số»; ô vừa điền có nền xám, chữ đậm.",
    "The rows 2.1 to 2.4 of the sheet «Con số»; cells just filled in are grey and bold.",
)
SCREENS = {
    "check": Bilingual("Lệnh check: còn một lỗi, chưa công bố", "The command check: one error is left, it is not published yet"),
    "impact": Bilingual(
        "Lệnh impact: xã nào đổi kết quả, vì chỉ tiêu nào", "The command impact: whose outcome differs, and through which indicator"
    ),
}
STYLE = (
    ".panel{fill:#fff;stroke:#555}.bar{fill:#e4e4e4}text{font:12px ui-monospace,Consolas,monospace;fill:#111;white-space:pre}"
    ".cell{fill:#fff;stroke:#999}.head{fill:#e4e4e4;stroke:#999}.put{fill:#d4d4d4;stroke:#555}.b{font-weight:bold}"
)


@cache
def walked() -> tuple[list[list[str]], dict[tuple[str, Lang], str]]:
    """The rows of the sheet as filled in, and what the commands after it print in each language."""
    said: dict[tuple[str, Lang], str] = {}
    with contextlib.ExitStack() as stack:
        for module, function in ((options, "catalogue_of"), (maintain, "check"), (maintain, "doubts")):  # once, for both languages
            stack.enter_context(patch.object(module, function, cache(getattr(module, function))))
        stack.enter_context(contextlib.chdir(stack.enter_context(tempfile.TemporaryDirectory(prefix="ntm-rules-pictures-"))))
        Path("xa.csv").write_text(COMMUNES, "utf-8")
        export, read, *rest = commands(next(iter(GUIDES)))
        printed(export)
        fill(Path("muc.xlsx"))
        rows = [[str(cell or "") for cell in row] for row in openpyxl.load_workbook("muc.xlsx")["Con số"].values]
        printed(read)
        for one in rest:
            if one[0] in SCREENS:
                said |= {(one[0], lang): f"> ntm-rules {' '.join(one)}\n{printed([*one, '--lang', lang])}" for lang in LANGS}
    return rows, said


def printed(typed: Sequence[str]) -> str:
    """What a command prints on both streams."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
        call(list(typed))
    return out.getvalue()


def svg(title: str, told: str, width: float, height: float, parts: Iterable[str]) -> str:
    """A picture that says in words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc><style>{STYLE}</style>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def text(x: float, y: float, line: str, css: str = "") -> str:
    """A line of signs: frames as long as they must be, words each at its place, so that no font shifts them."""
    parts = []
    for found in _PARTS.finditer(line):
        long = f' textLength="{len(found[0]) * GLYPH:g}" lengthAdjust="spacingAndGlyphs"' if found["frame"] else ""
        parts.append(f'<text x="{x + found.start() * GLYPH:g}" y="{y:g}"{long}{css}>{escape(found[0])}</text>')
    return "".join(parts)


def screen(name: str, lang: Lang) -> str:
    """A command with what it prints."""
    whole = walked()[1][name, lang].rstrip().splitlines()
    lines = [line if len(line) <= COLUMNS else f"{line[: COLUMNS - 1]}…" for line in whole]
    width, height = COLUMNS * GLYPH + 24, len(lines) * LINE + 44
    parts = [
        f'<rect class="panel" width="{width:g}" height="{height:g}" rx="6"/>',
        f'<rect class="bar" x="1" y="1" width="{width - 2:g}" height="20" rx="6"/>',
    ]
    parts += [
        text(12, 40 + at * LINE, line, ' class="b"' if line.startswith("> ") else "") for at, line in enumerate(lines) if line.strip()
    ]
    return svg(SCREENS[name].say(lang), "\n".join(whole), width, height, parts)


def sheet(lang: Lang) -> str:
    """The rows of the workbook that the clerk fills in."""
    heads, *rows = walked()[0]
    at = [heads.index(name) for name in SHOWN]
    put = set(SHOWN[2:])
    shown = [[row[i] for i in at] for row in rows if row[heads.index("số")] in LEVELS]
    widths = [min(38, max(len(one) for one in column)) for column in zip(SHOWN, *shown, strict=True)]
    parts, y = [], 0
    for row in (list(SHOWN), *shown):
        x = 0.0
        for head, width, cell in zip(SHOWN, widths, row, strict=True):
            css = "head" if y == 0 else "put" if head in put else "cell"
            wide = width * GLYPH + 12
            said = cell if len(cell) <= width else f"{cell[: width - 1]}…"
            parts.append(f'<rect class="{css}" x="{x + 1:g}" y="{y + 1}" width="{wide:g}" height="26"/>')
            parts.append(text(x + 7, y + 19, said, "" if css == "cell" else ' class="b"'))
            x += wide
        y += 26
    return svg(SHEET.say(lang), SHEET_TOLD.say(lang), x + 2, y + 2, parts)


def drawn() -> dict[Path, str]:
    """Every picture by its file."""
    os.environ["COLUMNS"] = str(COLUMNS)
    os.environ["NO_COLOR"] = "1"
    found = {FOLDER / f"{name}.{lang}.svg": screen(name, lang) for name in SCREENS for lang in LANGS}
    return found | {FOLDER / f"sheet.{lang}.svg": sheet(lang) for lang in LANGS}


def main(arguments: Iterable[str]) -> int:
    """Draw the pictures, or with ``--check`` say which are stale."""
    if "--check" not in arguments:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path, picture in drawn().items():
            path.write_text(picture, "utf-8")
        return 0
    stale = [path for path, picture in drawn().items() if not path.is_file() or path.read_text("utf-8") != picture]
    for path in stale:
        sys.stderr.write(f"{path.name}: stale; run python tests/pictures.py\n")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
