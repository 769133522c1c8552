"""``ntm-rules list`` and ``show``: what is on record."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end
from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.annex import AnnexRow, annex, score_rows
from ntm_rules.figures.inventory import Listed, inventory
from ntm_rules.labels import LEVEL_SIGNS
from ntm_rules.model.vocabulary import REGION_SIGNS, REGIONS, column_label
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.tables.write.open import write_together
from ntm_rules.values import Bilingual, Lang


@command("list")
def list_(
    call: Call,
    on: options.OnOption = None,
) -> None:
    """Các bộ tiêu chí và bản sửa đổi đã ghi. / The rulesets and overlays on record.

    Mã thoát: 0 xong; 1 có văn bản không đọc được; 2 lệnh sai. / Exit: 0 done, 1 a text cannot be read, 2 a wrong call.
    """
    screen = call.screen
    found = inventory(call.catalogue, options.day_of(on))
    if call.as_json:
        screen.data({"documents": [item.as_dict() for item in found], "problems": [p.as_dict() for p in call.catalogue.problems]})
    heads = [head.fill("".join(LEVEL_SIGNS.values())).say(call.lang) for head in _LIST_HEADS]
    screen.table(heads, [_listed(item, call.lang) for item in found], right=(3, 4, 6))
    screen.say(_levels(screen.lang))
    end(call, call.catalogue.problems)


def _listed(item: Listed, lang: Lang) -> list[str]:
    days = f"{item.start or '…'} → {item.until or '…'}"
    if item.in_force is not None:
        days = f"{'✓' if item.in_force else '✗'} {days}"
    figures = " ".join(f"{mark}{item.levels.get(level, 0)}" for level, mark in LEVEL_SIGNS.items()) if item.levels else ""
    counts = [str(number or "") for number in (item.criteria, item.indicators)]
    name = item.id if item.kind == "ruleset" else f"  + {item.id}"
    return [name, item.instrument, days, *counts, figures, str(item.examples or ""), item.title.say(lang)]


@command("show")
def show(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="SET", help="Bộ tiêu chí, như commune-ntm/2021-2025. / The edition.")],
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    product_set: Annotated[str | None, typer.Option("--product-set", help="Bộ sản phẩm OCOP, 1 đến 26. / OCOP product set.")] = None,
    output: office.OutputOption = None,
) -> None:
    """Phụ lục của một bộ tiêu chí: mức đạt theo từng cột. / The annex of a set: what is required in each column.

    Mã thoát: 0 xong; 2 lệnh sai, hoặc không có bộ đó. / Exit: 0 done, 2 a wrong call or no such set.
    """
    screen = call.screen
    rules = load(name, on=options.day_of(on), province=province, catalogue=call.catalogue)
    rows = tuple(score_rows(rules, product_set)) if product_set and rules.sheets is not None else annex(rules)
    layers = [(layer, layer.why.say(screen.lang)) for layer in rules.layers]
    told = [{"id": layer.id, "version": layer.version, "applied": layer.applied, "why": why} for layer, why in layers]
    data = {"id": rules.id, "version": rules.version, "sha256": rules.sha256, "layers": told, "rows": [row.as_dict() for row in rows]}
    lines = [f"  {'✓' if layer.applied else '✗'} {layer.id} {layer.version}: {why}" for layer, why in layers]
    sections = _sheets(rules, rows, call.lang) if rules.sheets is not None else [_annex(rows, call.lang)]
    report = Report(f"{rules.title.say(call.lang)} ({rules.id} {rules.version})", [Section("", notes=lines), *sections], data)
    write_together([(path, report) for path in output or ()], lang=call.lang)
    if call.as_json:
        screen.data(data)
    screen.say(report.title, "bold")
    for line in lines:
        screen.say(line)
    for section in sections:
        if section.title:
            screen.say(section.title, "bold")
        screen.table(section.headings, section.texts(call.lang), right=(2,) if rules.sheets is not None else ())
        for note in section.notes:
            screen.say(note)
    end(call, outputs=output or ())


_SPREAD = ("region", "commune_group")  # what the annexes of the decisions have columns for


def _annex(rows: tuple[AnnexRow, ...], lang: Lang) -> Section:
    """The annex: an indicator a row; a column for what holds everywhere and one for each region or group that differs."""
    used = {dimension for row in rows for dimension, _ in row.keys}
    spread = next((dimension for dimension in _SPREAD if dimension in used), "")
    found = {key for row in rows for dimension, key in row.keys if dimension == spread}
    order = [key for key in (*REGIONS, *sorted(found - REGIONS.keys())) if key in found]
    headings = [*(head.say(lang) for head in _ANNEX_HEADS), *(_heading(spread, key).say(lang) for key in order)]
    lines = []
    for number, same in groupby(rows, key=_number):
        cells: dict[str, list[str]] = {}
        for row in (group := list(same)):
            key = next((key for dimension, key in row.keys if dimension == spread), "")
            rest = " / ".join(
                (_OTHERS if key == "others" else column_label(key)).say(lang) for dimension, key in row.keys if dimension != spread
            )
            cells.setdefault(key, []).append(f"{rest}: {_figure(row, lang)}" if rest else _figure(row, lang))
        lines.append([number, group[0].title.say(lang), *("\n".join(cells.get(key, ())) for key in ("", *order))])
    signs = "; ".join(f"{REGION_SIGNS[key].say(lang)}: {REGIONS[key].say(lang)}" for key in order if key in REGIONS)
    return Section("", headings, lines, [signs, _levels(lang)] if spread == "region" else [_levels(lang)])


def _heading(spread: str, key: str) -> Bilingual:
    if key == "others":
        return _OTHERS
    return REGION_SIGNS[key] if spread == "region" else _GROUP.fill(key)


def _sheets(rules: RuleSet, rows: tuple[AnnexRow, ...], lang: Lang) -> list[Section]:
    """Score sheets, one after another: number, level, points with the stars that ask for it; then what was printed oddly."""
    sections = []
    for column, same in groupby(rows, key=lambda row: row.column):
        lines = [[row.criterion, row.title.say(lang), row.figure or "–"] for row in same]
        number = column[0].vi.removeprefix("bộ ").partition(":")[0]
        odd = [f"  ! {anomaly.at}: {anomaly.what.say(lang)}" for anomaly in rules.scores.sheet(number).anomalies]
        sections.append(Section(column[0].say(lang), [head.say(lang) for head in _SHEET_HEADS], lines, odd))
    return sections


def _number(row: AnnexRow) -> str:
    return row.indicator or row.criterion


def _figure(row: AnnexRow, lang: Lang) -> str:
    mark = LEVEL_SIGNS[row.level]
    if row.figure is None:
        return f"{mark} {row.absent.say(lang) if row.absent else ''}".rstrip()
    operator = OPERATORS[row.operator]
    if not operator.places:
        return f"{mark} {operator.phrase((), lang)}"
    unit = row.unit.say(lang)
    return f"{mark} {operator.sign} {row.figure}{unit if unit == '%' else f' {unit}' if unit else ''}"


def _levels(lang: Lang) -> str:
    return "; ".join(f"{mark} {level.label.say(lang)}" for level, mark in LEVEL_SIGNS.items())


_LIST_HEADS = (
    Bilingual("Bộ tiêu chí", "Set"),
    Bilingual("Văn bản", "Instrument"),
    Bilingual("Hiệu lực", "In force"),
    Bilingual("Tiêu chí", "Criteria"),
    Bilingual("Chỉ tiêu", "Indicators"),
    Bilingual("Mức {}", "Figures {}"),
    Bilingual("Ví dụ", "Examples"),
    Bilingual("Tên", "Title"),
)
_ANNEX_HEADS = (Bilingual("Số", "No."), Bilingual("Nội dung", "What"), Bilingual("Chung", "Everywhere"))
_SHEET_HEADS = (Bilingual("Số", "No."), Bilingual("Mức", "Level"), Bilingual("Điểm", "Points"))
_OTHERS = Bilingual("Còn lại", "Others")
_GROUP = Bilingual("Nhóm {}", "Group {}")
