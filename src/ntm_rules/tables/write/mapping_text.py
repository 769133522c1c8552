"""How a table was understood, as a file that an office edits once for a form used every quarter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import letters
from ntm_rules.decide.written.headings import Column
from ntm_rules.decide.written.layouts import across, long_form, unit_sheets
from ntm_rules.decide.written.mapped import ASIDE
from ntm_rules.decide.written.money import other_money, power_between
from ntm_rules.decide.written.said import WORDS
from ntm_rules.decide.written.words import sounded
from ntm_rules.tables.read.table import Understood
from ntm_rules.values import Bilingual

_NAMES: Final = ((across.LAYOUT, "criteria_down"), (long_form.LAYOUT, "long"), (unit_sheets.LAYOUT, "sheets"))
_WORDS: Final = {"id": "id", "name": "name", "whole": "commune", "kind": "kind", "information": ASIDE}
_HEAD: Final = """\
# Cách đọc một biểu mẫu: ghi một lần, dùng cho mọi kỳ báo cáo (--mapping).
# Sửa tay được. Mỗi cột gồm: heading (tiêu đề đúng như trong bảng) và is (cột là gì):
#   số của chỉ tiêu hoặc tiêu chí, như "10.1"; "attested 10" là cột đạt hay chưa đạt của tiêu chí 10;
#   tên thuộc tính, như year, area, region; id (mã), name (tên); aside (chỉ để xem, không đánh giá);
#   người báo, căn cứ, nguồn số liệu, năm số liệu: của cả dòng; thêm số thì của một số liệu, như "căn cứ 10.1".
# Thêm unit khi cột ghi theo đơn vị khác, như unit: "tỷ đồng"; tỷ lệ ghi từ 0 đến 1 thì unit: "0-1".
# Thêm column (chữ của cột, như C) khi nhiều cột có cùng tiêu đề.
"""


def layout_name(layout: Bilingual | None) -> str:
    """What a mapping calls a layout."""
    return next((name for known, name in _NAMES if known == layout), "rows")


def stands_for(column: Column) -> str:
    """What a mapping calls that which a column stands for."""
    if column.role == "attested":
        return f"attested {column.key}"
    if column.role == "said":
        field, _, number = column.key.partition(" ")
        return f"{WORDS[field][0]} {number}".strip()
    return _WORDS.get(column.role, column.key)


def unit_of(column: Column) -> str:
    """The unit that a column is in, where it is another than that of its indicator and can be turned into it; else empty."""
    if column.unit or column.indicator is None:
        return column.unit
    own = column.indicator.measure.unit_words.vi
    stated = other_money(column.header, own)
    return stated if stated is not None and power_between(stated, own) is not None else ""


def mapping_text(understood: Understood, rules: RuleSet) -> str:
    """The text of a mapping, its comments in Vietnamese; headings that are not recognised stand in comments, to be filled in."""
    return _HEAD + "\n".join(_lines(understood, rules)) + "\n"


def _lines(understood: Understood, rules: RuleSet) -> Iterator[str]:
    layout = layout_name(understood.layout)
    yield f"set: {_quoted(rules.id)}"
    if understood.sheet:
        yield "# Trang tính; xóa dòng này nếu tên trang đổi theo kỳ."
        yield f"sheet: {_quoted(understood.sheet)}"
    yield "# rows: mỗi dòng một đơn vị; criteria_down: tiêu chí theo dòng; long: mỗi dòng một số liệu; sheets: mỗi trang tính một đơn vị."
    yield f"layout: {layout}"
    if layout == "rows" and understood.headings:
        yield "# Các dòng tiêu đề, đếm từ 1."
        yield f"headings: [{', '.join(map(str, understood.headings))}]"
    yield "columns:" if understood.columns else "columns: []"
    written: dict[str, tuple[str, str]] = {}
    for column, _ in understood.columns:
        words, said = sounded(column.header), (stands_for(column), unit_of(column))
        if written.get(words) == said:
            continue
        yield f"  - heading: {_quoted(column.header)}"
        if words in written:
            yield f"    column: {letters(column.index)}"
        written.setdefault(words, said)
        yield f"    is: {_quoted(said[0])}{_comment(column)}"
        if said[1]:
            yield f"    unit: {_quoted(said[1])}"
    for problem in understood.unknown:
        yield "  # Chưa hiểu cột này: bỏ dấu # và ghi is, hoặc để is: aside nếu chỉ để xem."
        yield f"  # - heading: {_quoted(str(problem.words['header']))}"
        guess = problem.words.get("guess")
        yield f"  #   is: {ASIDE}" + (f"  # có thể là: {' '.join(str(guess).split())}" if guess else "")


def _comment(column: Column) -> str:
    title = column.indicator.title.vi if column.indicator else column.attribute.title.vi if column.attribute else ""
    return f"  # {' '.join(title.split())}" if title else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
