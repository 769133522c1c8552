"""``ntm-rules read``: how a table is understood, and the file that fixes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.tables.read.table import Sight, Understood, look_at
from ntm_rules.tables.write.how_read import how_read, unit_words
from ntm_rules.tables.write.listing import Report
from ntm_rules.tables.write.mapping_text import layout_name, mapping_text, stands_for
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual


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
    force: Annotated[bool, typer.Option("--force", help="Ghi cách đọc đè lên tệp đã có. / Write it over an existing file.")] = False,
) -> None:
    """Một bảng được đọc như thế nào: từng cột, từng dòng bỏ qua, từng ô còn ngờ. / How a table is read.

    Mã thoát: 0 xong; 1 có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 something to mend, 2 a wrong call or file.
    """
    if write_mapping is not None and write_mapping.exists() and not force:
        raise NtmError([Problem("NTM-888", Place(str(write_mapping)), {"file": write_mapping.name})])
    rules = options.rules_of(set_, family, on, province, call.catalogue)
    fixed = options.mappings_of(mapping, rules).get(rules.id)
    constants = options.constants_of(with_, province, rules)
    sight = look_at(file, rules, constants=constants, sheet=sheet, information=ignore or [], mapping=fixed, watch=call.screen.reading(file))
    seen, written = sight.understood, []
    if write_mapping is not None and seen is not None:
        with atomic(write_mapping) as scratch:
            scratch.write_text(mapping_text(seen, rules), "utf-8", newline="\n")
        written.append(write_mapping)
    problems = [*sight.fatal, *(sight.table.all_problems if sight.table else seen.unknown if seen else ())]
    report = Report(_TITLE.fill(file).say(call.lang), how_read(sight, rules, call.lang), data=_data(seen, sight), problems=problems)
    finish(call, report, notes=sight.table.notes if sight.table else (), written=written)


def _data(seen: Understood | None, sight: Sight) -> dict[str, Any]:
    if seen is None:
        return {"columns": None}
    columns = [
        {
            "place": place.path,
            "heading": column.header,
            "is": stands_for(column),
            "role": column.role,
            "unit": unit_words(column).vi or None,
        }
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
