"""``ntm-rules explain``: one subject, or a stored decision, in words."""

from __future__ import annotations

from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.screen import clean
from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.decision import Decision
from ntm_rules.messages.causes import of_system
from ntm_rules.problems import DecisionError, NtmError, Place, Problem, nearest
from ntm_rules.tables.read.table import read_table
from ntm_rules.values import Bilingual, Lang, SourceLevel

_MOST = 15


class Form(StrEnum):
    """How the explanation is written."""

    text = "text"
    markdown = "markdown"
    html = "html"


@command("explain")
def explain(
    call: Call,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Bảng có đối tượng. / The table that holds the subject.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Mã đối tượng trong bảng. / Id of the subject.")] = None,
    decision: Annotated[
        Path | None, typer.Option("--decision", help="Quyết định đã lưu (JSON), thay cho bảng. / A stored decision, instead of a table.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Đánh giá lại quyết định đã lưu và so từng ký tự. / Evaluate it again and compare.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Mọi tiêu chí và chỉ tiêu. / Every criterion and indicator.")] = False,
    of: Annotated[str | None, typer.Option("--of", metavar="NUMBER", help="Chỉ tiêu chí hay chỉ tiêu này. / This one alone.")] = None,
    format_: Annotated[Form, typer.Option("--format", help="Dạng văn bản. / Form of the text.")] = Form.text,
    set_: options.SetOption = None,
    family: options.FamilyOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    sheet: options.SheetOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
) -> None:
    """Giải thích kết quả của một đối tượng. / Explain the outcome of one subject.

    Mã thoát: 0 xong; 1 dòng có lỗi, hoặc quyết định đã lưu không khớp; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 the row has problems or the
    stored decision does not agree, 2 a wrong call or file.
    """
    screen = call.screen
    check = None
    if decision is not None:
        found = _stored(decision)
        check = found.verify(call.catalogue) if verify else None
        if check is not None and not check:
            screen.refused([Problem("NTM-705", Place(str(decision)), {"detail": check.label})])
            raise typer.Exit(1)
    elif file is None or id_ is None:
        raise NtmError([Problem("NTM-707", words={"expected": "FILE --id ID, --decision FILE"})])
    else:
        rules = options.rules_of(set_, family, on, province, call.catalogue)
        constants = options.constants_of(with_, province, rules)
        given: dict[str, Any] = {"constants": constants, "sheet": sheet, "information": ignore or []}
        fixed = options.mappings_of(mapping, rules).get(rules.id)
        by_province = ByProvince(rules, call.catalogue)
        table = read_table(file, rules, **given, by_province=by_province, mapping=fixed)
        rows = [row for row in table.rows if row.id == id_]
        if not rows:
            guess = nearest(id_, [row.id for row in table.rows])
            raise NtmError([Problem("NTM-704", Place(str(file)), {"got": id_, "guess": guess})])
        if rows[0].subject is None:
            screen.refused([problem for row in rows for problem in row.problems])
            raise typer.Exit(1)
        found = by_province(rows[0].subject).evaluate(rows[0].subject, accept=accept)
        screen.problems((*table.notes, *table.problems))
    if call.as_json:
        screen.raw(found.to_json())
    else:
        text = found.explain(lang=screen.lang, format=format_.value, full=full, of=of)
        after = what_next(found, screen.lang, format_) if of is None else ""
        screen.raw(clean(f"{text}\n{after}".rstrip()))
        if check is not None:
            screen.say(screen.words(f"Đã kiểm tra: {check.label.vi}.", f"Verified: {check.label.en}."))


def _stored(path: Path) -> Decision:
    try:
        return Decision.from_json(path.read_bytes().strip())
    except OSError as error:
        raise DecisionError([Problem("NTM-108", Place(str(path)), {"detail": of_system(error)})]) from None


def what_next(decision: Decision, lang: Lang, form: Form) -> str:
    """What would settle the decision, and the least that must become met."""
    needs = [f"{need.id} {need.title.say(lang)}: {need.reason.say(lang)}" for need in decision.needed()]
    fixes = []
    for fix in decision.smallest_fixes():
        missed = fix.missed_by(lang)
        lack = f" ({missed})" if missed else ""
        fixes.append(f"{fix.id} {fix.title.say(lang)}: {fix.outcome.label.say(lang)}{lack}")
    parts = [_list(_SETTLES, needs, lang, form), _list(_LEAST, fixes, lang, form)]
    return "\n".join(part for part in parts if part)


def _list(title: Bilingual, items: list[str], lang: Lang, form: Form) -> str:
    if not items:
        return ""
    heading = f"{title.say(lang)} ({len(items)})"
    shown = items[:_MOST]
    if len(items) > _MOST:
        shown.append(_MORE.fill(len(items) - _MOST).say(lang))
    if form is Form.html:
        return f"<h3>{escape(heading)}</h3>\n<ul>\n" + "".join(f"<li>{escape(item)}</li>\n" for item in shown) + "</ul>"
    if form is Form.markdown:
        return f"\n### {heading}\n\n" + "\n".join("- " + "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in item) for item in shown)
    return f"{heading}:\n" + "\n".join(f"  - {item}" for item in shown)


_SETTLES = Bilingual("Cần biết thêm để kết luận", "What would settle it")
_LEAST = Bilingual("Ít nhất cần đạt thêm", "The least that must become met")
_MORE = Bilingual("… và {} nội dung khác", "… and {} more")
