"""``ntm-rules site``: the documentation pages written from the rulesets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import options
from ntm_rules.cli.screen import Screen
from ntm_rules.site.build import compare, site, write

app = typer.Typer(
    name="site",
    help="Các trang tài liệu viết từ bộ tiêu chí. / The documentation pages written from the rulesets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
SHOWN = 30
OutputOption = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Thư mục tài liệu. / Folder of the documentation.")]


@app.command("build")
def build(
    output: OutputOption = Path("docs"),
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Viết mọi trang; trang không còn dùng thì xoá. / Write every page; remove those that no longer are."""
    screen = Screen(lang.value, as_json)
    files = site(options.catalogue_of(rulesets))
    done = write(files, output)
    if as_json:
        screen.data({"files": len(files), "written": [*done.missing, *done.changed], "removed": done.superfluous})
    counts = len(files), len(done.missing) + len(done.changed), len(done.superfluous)
    screen.say(screen.words("{} trang, {} đã ghi, {} đã xoá", "{} pages, {} written, {} removed").format(*counts))


@app.command("check")
def check(
    output: OutputOption = Path("docs"),
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Tìm trang thiếu, cũ hoặc thừa; mã thoát 1 khi có. / Find pages missing, stale or superfluous; exit code 1 if there are."""
    screen = Screen(lang.value, as_json)
    files = site(options.catalogue_of(rulesets))
    found = compare(files, output)
    if as_json:
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
    raise typer.Exit(1 if found.total else 0)
