"""``ntm-rules check``, ``test``, ``publish`` and ``schema``: for those who keep the rulesets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NotFound, NtmError, Place, Problem, RulesetError, nearest
from ntm_rules.tables.read.readers import READERS
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual
from ntm_rules.verify.examples import run_book, run_examples
from ntm_rules.verify.folder import check, oddities, set_of
from ntm_rules.verify.mend import Mended, mend
from ntm_rules.verify.publish import publish
from ntm_rules.verify.release import hindrances
from ntm_rules.verify.schemas import schemas
from ntm_rules.verify.sheets import book_of_sheet
from ntm_rules.verify.warnings import Doubts, doubts

FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="[FOLDER]", help="Thư mục bộ tiêu chí; để trống: bản đi kèm. / Folder of rulesets.")
]


@command("check")
def check_(
    call: Call,
    folder: FolderArgument = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="YYYY-MM-DD", help="Ngày xét «review_by»; để trống: hôm nay. / The day to review by; today if none."),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Sửa ngay chỗ viết sai dạng mà chỉ có một cách hiểu. / Mend spellings that can be read in one way only."
        ),
    ] = False,
) -> None:
    """Mọi lỗi và mọi chỗ đáng ngờ của các bộ tiêu chí. / Everything wrong or doubtful in the rulesets.

    Mã thoát: 0 không lỗi, dù có chỗ đáng ngờ; 1 có lỗi; 2 lệnh sai. / Exit: 0 nothing wrong, also where something is doubtful, 1 problems,
    2 a wrong call.
    """
    screen, day = call.screen, options.day_of(on) or datetime.now(_HERE).date()
    mended = _mended(call, folder or call.rulesets) if fix else []
    catalogue = options.catalogue_of(folder, call.add) if folder else call.catalogue
    found = check(catalogue)
    doubted = doubts(catalogue, day)
    odd = list(oddities(catalogue))
    if call.as_json:
        listed = {"problems": [problem.as_dict() for problem in found], "anomalies": [one.as_dict() for one in odd]}
        screen.data({**listed, **_as_data(doubted), **({"mended": [one.as_dict() for one in mended]} if mended else {})})
    for file in mended:
        screen.say(_MENDED.fill(file.path).say(call.lang) if file.was is None else _RENAMED.fill(file.was, file.path.name).say(call.lang))
        for line in file.diff.splitlines()[2:]:
            screen.say(f"  {line}")
    if fix and not mended:
        screen.say(_NOTHING.say(call.lang))
    own = Counter(one.ruleset for one in odd if catalogue.rulesets[one.ruleset].path.is_relative_to(catalogue.folder))
    for name, count in own.items():  # in a line each: they would hide what is told of the reader's own
        screen.say(_ODD.fill(name, count).say(call.lang))
    _tell_accepted(
        call,
        [(one, reason) for one, reason in doubted.accepted if one.place.file and Path(one.place.file).is_relative_to(catalogue.folder)],
    )
    documents = len(catalogue.rulesets) + len(catalogue.overlays)
    _tell_doubtful(call, doubted.open)
    screen.problems(found)
    screen.say(screen.words(f"{documents} văn bản, {len(found)} lỗi", f"{documents} documents, {len(found)} problems"))
    end(call, failed=bool(found))


def _tell_accepted(call: Call, accepted: Sequence[tuple[Problem, str]]) -> None:
    """What was looked at and left as it is, each with the reason of those who keep the file."""
    if accepted:
        call.screen.say(_ACCEPTED.fill(len(accepted)).say(call.lang))
    for problem, reason in accepted:
        call.screen.say(f"  {problem.place}: {problem.code} {problem.what(call.lang)} {_REASON.fill(reason).say(call.lang)}")


def _tell_doubtful(call: Call, doubtful: Sequence[Problem]) -> None:
    """What somebody should look at."""
    if doubtful:
        call.screen.remark(_DOUBTFUL.fill(len(doubtful)).say(call.lang))
    call.screen.problems(doubtful)


def _as_data(doubted: Doubts) -> dict[str, Any]:
    """What is doubtful as plain data, of which nothing stands where there is nothing."""
    listed = {
        "warnings": [problem.as_dict() for problem in doubted.open],
        "accepted": [{**problem.as_dict(), "reason": reason} for problem, reason in doubted.accepted],
    }
    return {key: told for key, told in listed.items() if told}


def _mended(call: Call, folder: Path | None) -> list[Mended]:
    if folder is None:
        raise NtmError.one("NTM-737", Place(path="--fix"))
    return mend(lambda: options.catalogue_of(folder, call.add))


@command("test")
def run_tests(
    call: Call,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER_OR_SHEET]",
            help="Thư mục bộ tiêu chí, hoặc bảng ví dụ có cột «mong đợi». / Folder of rulesets, or a sheet with a column «expected».",
        ),
    ] = None,
    set_: options.SetOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    sheet: options.SheetOption = None,
) -> None:
    """Chạy mọi ví dụ bên cạnh các bộ tiêu chí, hoặc trong một bảng. / Run the examples beside the rulesets, or those of a sheet.

    Mã thoát: 0 đúng cả; 1 có ví dụ sai; 2 lệnh sai. / Exit: 0 all are right, 1 an example is wrong, 2 a wrong call.
    """
    screen = call.screen
    if folder is not None and (folder.is_file() or folder.suffix.lower() in READERS):
        if set_ is None:
            raise NtmError.one("NTM-701")
        name = set_
        kind: Literal["ruleset", "overlay"] = "overlay" if name in call.catalogue.overlays else "ruleset"
        entry = call.catalogue.entry(kind, name)
        book = book_of_sheet(call.catalogue, entry, folder, on=options.day_of(on), province=province, sheet=sheet)
        runs = [run_book(book, folder.name)]
    elif set_ or on or province or sheet:
        expected = Bilingual(
            "tệp bảng ví dụ đi cùng --set, --on, --province, --sheet", "A sheet of examples with --set, --on, --province or --sheet"
        )
        raise NtmError.one("NTM-707", expected=expected)
    else:
        catalogue = options.catalogue_of(folder, call.add) if folder else call.catalogue
        total = len(catalogue.rulesets) + len(catalogue.overlays)
        runs = list(screen.progress(run_examples(catalogue), total, screen.words("Chạy ví dụ", "Running examples")))
    problems = set_of([problem for run in runs for problem in run.problems])
    if call.as_json:
        listed = [{"id": run.id, "examples": run.examples, "outcomes": run.outcomes, "problems": len(run.problems)} for run in runs]
        screen.data({"documents": listed, "problems": [problem.as_dict() for problem in problems]})
    rows = [[run.id, str(run.examples), str(run.outcomes), str(len(run.problems) or "")] for run in runs]
    screen.table([head.say(call.lang) for head in _TEST_HEADS], rows, right=(1, 2, 3))
    counts = sum(run.examples for run in runs), sum(run.outcomes for run in runs), len(problems)
    screen.say(screen.words("{} ví dụ, {} kết quả, {} sai", "{} examples, {} outcomes, {} wrong").format(*counts))
    end(call, problems)


@command("publish")
def publish_(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="FOLDER_OR_ID", help="Thư mục hoặc tên của bộ tiêu chí. / Its folder or name.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ kiểm tra, không ghi. / Only look; write nothing.")] = False,
) -> None:
    """Công bố một phiên bản, mãi mãi, khi mọi kiểm tra đều qua. / Publish a version, once and for ever, if all is well.

    Mã thoát: 0 xong, hoặc đã công bố từ trước; 2 có điều cản trở hoặc lệnh sai. / Exit: 0 done, or published before, 2 something refuses
    it or a wrong call.
    """
    screen, catalogue = call.screen, call.catalogue
    entry = _entry(catalogue, name)
    standing = (entry.published / f"{entry.version}.json").exists()
    every = hindrances(catalogue, entry)
    found = [problem for problem in every if problem.code != _NO_SOLVER and not (standing and problem.code == _UNLISTED)]
    if found:
        raise RulesetError(found)
    screen.problems(problem for problem in every if problem.code == _NO_SOLVER)
    doubted = doubts(catalogue, datetime.now(_HERE).date(), {entry.id})
    _tell_accepted(call, doubted.accepted)
    _tell_doubtful(call, doubted.open)
    path = None if dry_run else publish(catalogue, entry)
    if call.as_json:
        screen.data({"id": entry.id, "version": entry.version, "written": path and str(path), **_as_data(doubted)})
    said = _READY if dry_run and not standing else _BEFORE if path is None else _WROTE
    screen.say(said.fill(path or f"{entry.id} {entry.version}").say(call.lang))


_READY = Bilingual("{} sẵn sàng công bố", "{} is ready to be published")
_BEFORE = Bilingual("{} đã công bố từ trước", "{} was published before")
_WROTE = Bilingual("Đã ghi {}", "Wrote {}")
_UNLISTED = "NTM-716"  # publishing again is how a version comes on the list
_NO_SOLVER = "NTM-901"  # told; what needs no solver was proven all the same


def _entry(catalogue: Catalogue, name: str) -> Entry:
    entries = {**catalogue.overlays, **catalogue.rulesets}
    folder = Path(name).resolve()
    for entry in entries.values():
        if entry.id == name or entry.path.resolve().parent == folder or entry.path.resolve() == folder:
            return entry
    raise NotFound([Problem("NTM-306", Place(path=name), {"got": name, "guess": nearest(name, entries)}), *catalogue.problems])


@command("schema", rulesets=False)
def schema(
    call: Call,
    stale: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra, không ghi. / Only check; write nothing.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Thư mục lược đồ. / Folder of the schemas.")] = Path(
        "schemas"
    ),
) -> None:
    """Ghi lược đồ JSON cho trình soạn thảo và chương trình khác. / Write the JSON Schemas.

    Mã thoát: 0 xong; 1 với --check khi có lược đồ đã cũ; 2 lệnh sai. / Exit: 0 done, 1 with --check where one is stale, 2 a wrong call.
    """
    screen = call.screen
    changed = [name for name, text in schemas().items() if _content(output / name) != text]
    problems = [Problem("NTM-706", Place(str(output / name)), {"file": name}) for name in changed] if stale else []
    if not stale:
        for name in changed:
            with atomic(output / name) as scratch:
                scratch.write_text(schemas()[name], "utf-8", newline="\n")
    if call.as_json:
        screen.data({"changed": changed, "problems": [problem.as_dict() for problem in problems]})
    screen.problems(problems)
    screen.say((_STALE if stale else _WRITTEN).fill(len(changed)).say(call.lang))
    end(call, failed=bool(problems))


def _content(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


_HERE = timezone(timedelta(hours=7))  # where the law is kept
_ODD = Bilingual(
    "{0}: {1} chỗ in khác thường, giữ như in; xem «ntm-rules show {0}»",
    "{0}: {1} places printed oddly, kept as printed; see «ntm-rules show {0}»",
)
_MENDED = Bilingual("Đã sửa {}:", "Mended {}:")
_RENAMED = Bilingual("Đã đổi tên {} thành {}", "Renamed {} to {}")
_NOTHING = Bilingual("Không có gì sửa được tự động", "Nothing here can be mended by itself")
_ACCEPTED = Bilingual("Đáng ngờ, đã chấp nhận ({}):", "Doubtful, accepted ({}):")
_DOUBTFUL = Bilingual("Đáng ngờ, vẫn dùng được ({}):", "Doubtful, loaded all the same ({}):")
_REASON = Bilingual("Lý do: {}", "Reason: {}")
_TEST_HEADS = (
    Bilingual("Văn bản", "Document"),
    Bilingual("Ví dụ", "Examples"),
    Bilingual("Kết quả so", "Outcomes compared"),
    Bilingual("Sai", "Wrong"),
)
_STALE = Bilingual("{} lược đồ đã cũ", "{} schemas stale")
_WRITTEN = Bilingual("{} lược đồ đã ghi", "{} schemas written")
