"""``ntm-rules read``: how a table is understood, and the file that fixes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.headings import Column
from ntm_rules.decide.written.said import LABELS
from ntm_rules.tables.read.table import Sight, Understood, look_at
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.tables.write.mapping_text import layout_name, mapping_text, stands_for, unit_of
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual, Lang


@command("read", writes="write_mapping")
def read_(
    call: Call,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Bảng: CSV, XLSX, XLS, ODS, JSON, Parquet. / The table: CSV, XLSX, XLS, ODS, JSON, Parquet."),
    ],
    set_: options.SetOption = None,
    family: options.FamilyOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    sheet: options.SheetOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    write_mapping: Annotated[
        Path | None,
        typer.Option("--write-mapping", metavar="FILE.yaml", help="Ghi cách đọc ra đây để sửa và dùng lại. / Write how it is read here."),
    ] = None,
) -> None:
    """Một bảng được đọc như thế nào: từng cột, từng dòng bỏ qua, từng ô còn ngờ. / How a table is read.

    Mã thoát: 0 xong; 1 có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 something to mend, 2 a wrong call or file.
    """
    rules = options.rules_of(set_, family, on, province, call.catalogue)
    fixed = options.mappings_of(mapping, rules).get(rules.id)
    constants = options.constants_of(with_, province, rules)
    sight = look_at(file, rules, constants=constants, sheet=sheet, information=ignore or [], mapping=fixed)
    seen, written = sight.understood, []
    if write_mapping is not None and seen is not None:
        with atomic(write_mapping) as scratch:
            scratch.write_text(mapping_text(seen, rules), "utf-8", newline="\n")
        written.append(write_mapping)
    problems = [*sight.fatal, *(sight.table.all_problems if sight.table else seen.unknown if seen else ())]
    sections = _sections(seen, rules, sight, call.lang) if seen else [Section("", notes=[_SUBJECTS.say(call.lang)])]
    report = Report(_TITLE.fill(file).say(call.lang), sections, data=_data(seen, sight), problems=problems)
    finish(call, report, notes=sight.table.notes if sight.table else (), written=written)


def _sections(seen: Understood, rules: RuleSet, sight: Sight, lang: Lang) -> list[Section]:
    headings = ", ".join(map(str, seen.headings))
    layout = seen.layout or _ROWS
    said = [(_SHEET, seen.sheet), (_LAYOUT, layout.say(lang)), (_HEADINGS, headings)]
    if sight.table is not None:
        said.append((_UNITS, str(len(sight.table.rows))))
    columns = [
        [place.path.rpartition("!")[2], column.header, _meaning(column, rules).say(lang), _unit(column).say(lang)]
        for column, place in seen.columns
    ]
    unknown = [[one.place.path.rpartition("!")[2], str(one.words["header"]), str(one.words.get("guess") or "")] for one in seen.unknown]
    found = [
        Section("", notes=[f"{name.say(lang)}: {value}" for name, value in said if value]),
        Section(_COLUMNS.say(lang), [head.say(lang) for head in _COLUMN_HEADS], columns),
    ]
    if unknown:
        found.append(Section(_UNKNOWN.say(lang), [head.say(lang) for head in _UNKNOWN_HEADS], unknown))
    if seen.aside:
        rows = [[one.row, one.reason.say(lang)] for one in seen.aside]
        found.append(Section(_ASIDE.say(lang), [head.say(lang) for head in _ASIDE_HEADS], rows))
    if seen.doubtful:
        rows = [[one.place.path.rpartition("!")[2], one.got, one.meanings.say(lang)] for one in seen.doubtful]
        found.append(Section(_DOUBTFUL.say(lang), [head.say(lang) for head in _DOUBT_HEADS], rows))
    return found


def _meaning(column: Column, rules: RuleSet) -> Bilingual:
    """What a column is taken for, in words."""
    if column.indicator is not None:
        return _TITLED.fill(column.key, column.indicator.title)
    if column.role == "attested":
        titles = {one.indicator: one.title for one in rules.inputs} | {one.criterion: one.title for one in rules.document.sections}
        return _ATTESTED.fill(column.key, titles[column.key])
    if column.attribute is not None:
        return _ATTRIBUTE.fill(column.attribute.title, column.key)
    if column.role == "said":
        field, _, number = column.key.partition(" ")
        return _TITLED.fill(LABELS[field], number) if number else LABELS[field]
    return _ROLES.get(column.role, Bilingual(column.key, column.key))


def _unit(column: Column) -> Bilingual:
    if column.indicator is None:
        return Bilingual("", "")
    own = column.indicator.measure.unit_words
    other = unit_of(column)
    return _TURNED.fill(other, own) if other and column.power else own


def _data(seen: Understood | None, sight: Sight) -> dict[str, Any]:
    if seen is None:
        return {"columns": None}
    columns = [
        {"place": place.path, "heading": column.header, "is": stands_for(column), "role": column.role, "unit": _unit(column).vi or None}
        for column, place in seen.columns
    ]
    doubtful = [
        {"place": one.place.path, "got": one.got, "meanings": {"vi": one.meanings.vi, "en": one.meanings.en}} for one in seen.doubtful
    ]
    return {
        "sheet": seen.sheet or None,
        "layout": layout_name(seen.layout),
        "headings": list(seen.headings),
        "rows": len(sight.table.rows) if sight.table is not None else None,
        "columns": columns,
        "unknown": [{"place": one.place.path, "heading": one.words["header"], "guess": one.words.get("guess")} for one in seen.unknown],
        "aside": [{"row": one.row, "reason": {"vi": one.reason.vi, "en": one.reason.en}} for one in seen.aside],
        "doubtful": doubtful,
    }


_TITLE = Bilingual("Cách đọc {}", "How {} is read")
_SUBJECTS = Bilingual("Tệp chứa các đối tượng đầy đủ, không có cột để hiểu.", "The file holds whole subjects; there are no columns.")
_SHEET = Bilingual("Trang tính", "Sheet")
_LAYOUT = Bilingual("Cách xếp", "Layout")
_ROWS = Bilingual("mỗi dòng một đơn vị", "a row a unit")
_HEADINGS = Bilingual("Dòng tiêu đề", "Rows of headings")
_UNITS = Bilingual("Số dòng là đơn vị", "Rows of units")
_COLUMNS = Bilingual("Các cột", "Columns")
_COLUMN_HEADS = (
    Bilingual("Ô", "Cell"),
    Bilingual("Tiêu đề", "Heading"),
    Bilingual("Được hiểu là", "Taken for"),
    Bilingual("Đơn vị", "Unit"),
)
_UNKNOWN = Bilingual("Tiêu đề chưa hiểu", "Headings not recognised")
_UNKNOWN_HEADS = (Bilingual("Ô", "Cell"), Bilingual("Tiêu đề", "Heading"), Bilingual("Gần nhất", "Nearest"))
_ASIDE = Bilingual("Dòng bỏ qua", "Rows left aside")
_ASIDE_HEADS = (Bilingual("Dòng", "Row"), Bilingual("Vì là", "Because it is"))
_DOUBTFUL = Bilingual("Ô cần xem lại", "Cells in doubt")
_DOUBT_HEADS = (Bilingual("Ô", "Cell"), Bilingual("Ghi", "Says"), Bilingual("Có thể là", "What it could mean"))
_TITLED = Bilingual("{} {}", "{} {}")
_ATTESTED = Bilingual("{} {}: đạt hay chưa đạt", "{} {}: met or not met")
_ATTRIBUTE = Bilingual("{} ({})", "{} ({})")
_TURNED = Bilingual("{}, đổi ra {}", "{}, turned into {}")
_ROLES = {
    "id": Bilingual("mã", "id"),
    "name": Bilingual("tên", "name"),
    "whole": Bilingual("xã của thôn", "the commune of the village"),
    "kind": Bilingual("loại đối tượng", "kind of unit"),
    "information": Bilingual("chỉ để xem", "for people only"),
}
