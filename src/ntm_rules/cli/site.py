"""``ntm-rules site``: the documentation pages written from the rulesets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end
from ntm_rules.site.build import compare, everything, write

SHOWN = 30
OutputOption = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Thư mục tài liệu. / Folder of the documentation.")]


@command("site build")
def build(
    call: Call,
    output: OutputOption = Path("docs"),
) -> None:
    """Viết mọi trang; trang không còn dùng thì xoá. / Write every page; remove those that no longer are.

    Mã thoát: 0 xong; 2 lệnh sai. / Exit: 0 done, 2 a wrong call.
    """
    screen = call.screen
    files = everything(call.catalogue)
    done = write(files, output)
    if call.as_json:
        screen.data({"files": len(files), "written": [*done.missing, *done.changed], "removed": done.superfluous})
    counts = len(files), len(done.missing) + len(done.changed), len(done.superfluous)
    screen.say(screen.words("{} trang, {} đã ghi, {} đã xoá", "{} pages, {} written, {} removed").format(*counts))


@command("site check")
def check(
    call: Call,
    output: OutputOption = Path("docs"),
) -> None:
    """Tìm trang thiếu, cũ hoặc thừa. / Find pages missing, stale or superfluous.

    Mã thoát: 0 không có; 1 có; 2 lệnh sai. / Exit: 0 none, 1 some, 2 a wrong call.
    """
    screen = call.screen
    files = everything(call.catalogue)
    found = compare(files, output)
    if call.as_json:
        screen.data({"files": len(files), **found._asdict()})
    words = {"missing": "thiếu / missing", "changed": "đã cũ / stale", "superfluous": "thừa / superfluous"}
    for kind, names in found._asdict().items():
        for name in names[:SHOWN]:
            screen.remark(f"{words[kind]}: {output / name}")
        if len(names) > SHOWN:
            screen.remark(f"{words[kind]}: … +{len(names) - SHOWN}")
    if found.total:
        screen.remark("Chạy «ntm-rules site build». / Run «ntm-rules site build».")
    screen.say(screen.words(f"{len(files)} trang, {found.total} tệp sai khác", f"{len(files)} pages, {found.total} files differ"))
    end(call, failed=bool(found.total))
