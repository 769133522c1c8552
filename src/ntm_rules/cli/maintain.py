"""``ntm-rules check``, ``test``, ``publish`` and ``schema``: for those who keep the rulesets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import options
from ntm_rules.cli.screen import Screen
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NotFound, Place, Problem, nearest
from ntm_rules.tables.write.open import atomic
from ntm_rules.verify.examples import run_examples
from ntm_rules.verify.folder import check, oddities
from ntm_rules.verify.publish import publish
from ntm_rules.verify.schemas import schemas
from ntm_rules.verify.warnings import warnings

FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="[FOLDER]", help="Thư mục bộ tiêu chí; để trống: bản đi kèm. / Folder of rulesets.")
]


def check_(
    folder: FolderArgument = None,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Mọi lỗi và mọi chỗ đáng ngờ của các bộ tiêu chí; chỗ đáng ngờ không làm mã thoát thành 1.

    Everything wrong or doubtful in the rulesets; what is doubtful alone does not end with 1.
    """
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(folder or rulesets)
    found = check(catalogue)
    doubtful = warnings(catalogue)
    odd = list(oddities(catalogue))
    if as_json:
        listed = {"problems": [problem.as_dict() for problem in found], "anomalies": [one.as_dict() for one in odd]}
        screen.data({**listed, **({"warnings": [problem.as_dict() for problem in doubtful]} if doubtful else {})})
    if odd:
        screen.say(screen.words(f"Chỗ in khác thường, giữ như in ({len(odd)}):", f"Printed oddly, kept as printed ({len(odd)}):"))
    for one in odd:
        screen.say(f"  {one.ruleset}, {screen.words('bộ', 'set')} {one.sheet}, {one.at}: {one.what.say(screen.lang)}")
    documents = len(catalogue.rulesets) + len(catalogue.overlays)
    if doubtful:
        screen.remark(screen.words(f"Đáng ngờ, vẫn dùng được ({len(doubtful)}):", f"Doubtful, loaded all the same ({len(doubtful)}):"))
    screen.problems(doubtful)
    screen.problems(found)
    screen.say(screen.words(f"{documents} văn bản, {len(found)} lỗi", f"{documents} documents, {len(found)} problems"))
    raise typer.Exit(1 if found else 0)


def run_tests(
    folder: FolderArgument = None,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Chạy mọi ví dụ bên cạnh các bộ tiêu chí. / Run the examples beside the rulesets."""
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(folder or rulesets)
    total = len(catalogue.rulesets) + len(catalogue.overlays)
    runs = list(screen.progress(run_examples(catalogue), total, screen.words("Chạy ví dụ", "Running examples")))
    problems = [problem for run in runs for problem in run.problems]
    if as_json:
        listed = [{"id": run.id, "examples": run.examples, "outcomes": run.outcomes, "problems": len(run.problems)} for run in runs]
        screen.data({"documents": listed, "problems": [problem.as_dict() for problem in problems]})
    vi = ("Văn bản", "Ví dụ", "Kết quả so", "Sai")
    en = ("Document", "Examples", "Outcomes compared", "Wrong")
    rows = [[run.id, str(run.examples), str(run.outcomes), str(len(run.problems) or "")] for run in runs]
    screen.table(vi if screen.lang == "vi" else en, rows, right=(1, 2, 3))
    counts = sum(run.examples for run in runs), sum(run.outcomes for run in runs), len(problems)
    screen.say(screen.words("{} ví dụ, {} kết quả, {} sai", "{} examples, {} outcomes, {} wrong").format(*counts))
    raise typer.Exit(1 if screen.problems(problems) else 0)


def publish_(
    name: Annotated[str, typer.Argument(metavar="FOLDER_OR_ID", help="Thư mục hoặc tên của bộ tiêu chí. / Its folder or name.")],
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Công bố một phiên bản: ghi JSON chuẩn bên cạnh, không bao giờ đổi nữa. / Publish a version, once and for ever."""
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(rulesets)
    entry = _entry(catalogue, name)
    path = publish(catalogue, entry)
    if as_json:
        screen.data({"id": entry.id, "version": entry.version, "written": path and str(path)})
    if path is None:
        screen.say(screen.words(f"{entry.id} {entry.version} đã công bố từ trước", f"{entry.id} {entry.version} was published before"))
    else:
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))


def _entry(catalogue: Catalogue, name: str) -> Entry:
    entries = {**catalogue.overlays, **catalogue.rulesets}
    folder = Path(name).resolve()
    for entry in entries.values():
        if entry.id == name or entry.path.resolve().parent == folder or entry.path.resolve() == folder:
            return entry
    raise NotFound([Problem("NTM-306", Place(path=name), {"got": name, "guess": nearest(name, entries)}), *catalogue.problems])


def schema(
    stale: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra, không ghi. / Only check; write nothing.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Thư mục lược đồ. / Folder of the schemas.")] = Path(
        "schemas"
    ),
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Ghi lược đồ JSON cho trình soạn thảo và chương trình khác. / Write the JSON Schemas."""
    screen = Screen(lang.value, as_json)
    changed = [name for name, text in schemas().items() if _content(output / name) != text]
    problems = [Problem("NTM-706", Place(str(output / name)), {"file": name}) for name in changed] if stale else []
    if not stale:
        for name in changed:
            with atomic(output / name) as scratch:
                scratch.write_text(schemas()[name], "utf-8", newline="\n")
    if as_json:
        screen.data({"changed": changed, "problems": [problem.as_dict() for problem in problems]})
    screen.problems(problems)
    vi, en = ("đã cũ", "stale") if stale else ("đã ghi", "written")
    screen.say(screen.words(f"{len(changed)} lược đồ {vi}", f"{len(changed)} schemas {en}"))
    raise typer.Exit(1 if problems else 0)


def _content(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
