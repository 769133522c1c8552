"""Whom rows are about: ids and names as texts, and the rows whose id does not say it plainly."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import polars as pl

from ntm_rules.decide.engine.inputs import Unreadable
from ntm_rules.decide.frame import arrays
from ntm_rules.decide.written.cells import as_code, refuse_broken
from ntm_rules.values import nfc

# What totals, groups, signatures and repeated headings look like, roughly; a row of these, or with letters that look like others, is
# looked at on its own.
_LOOKED_AT: Final = (
    r"^\W*(tổng|cộng|bình quân|trung bình|bq|tb|total|sum|mean|average|toàn|tòan|cả)|\p{Cf}|[ÐðƉɖ]|^\s*([ivxlc]+|[a-zđ])\s*[.)/:]"
    r"|^\s*(các|huyện|thị xã|thành phố|tp|tỉnh|vùng|khu vực|cụm|nhóm|quận)\b|ngày|^\s*\(?(đã )?k(ý|í)|^\s*\(?ghi|^\s*người lập"
    r"|^\s*(t\.?m|k\.?t|t\.?l|t\.?u\.?q)|^\s*(phó|chủ tịch|giám đốc|thủ trưởng|chánh|nơi nhận|xác nhận|nguồn)"
    r"|^\s*(chỉ tiêu|mục tiêu|kế hoạch|mức|yêu cầu|quy định|định mức|so|chênh|t[ỷỉ] lệ|số|chuẩn|tăng|giảm|trung vị|xếp|cao|thấp|lớn|nhỏ)\b"
    r"|^\s*(target|required|threshold|kh|max|min|median)\b"
)
_WHOLE_NUMBERS: Final = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)


def read_names(series: Any) -> tuple[Any, Any]:
    """The texts of a column of ids or names, empty where there is none, and the rows whose cell is none."""
    column = None if series.dtype in arrays.ODD_TYPES else series.to_polars()
    if column is not None and column.dtype in _WHOLE_NUMBERS:
        return column.cast(pl.String).fill_null(""), np.zeros(len(column), bool)
    if column is not None and column.dtype == pl.String:
        text = pl.col("text").fill_null("")
        wide = (text.str.len_bytes() != text.str.len_chars()).any().alias("wide")
        found = column.alias("text").to_frame().select(text.str.strip_chars(), wide)
        if found.height and found["wide"][0]:
            found = found.select(pl.col("text").str.normalize("NFC").str.strip_chars())
        return found["text"], np.zeros(len(column), bool)
    held = arrays.distinct(series)
    read, odd = [], np.zeros(len(held.cells), bool)
    for place, cell in enumerate(held.cells):
        try:
            refuse_broken(cell)
            read.append("" if cell is None else nfc(as_code(cell)))
        except Unreadable:
            read.append("")
            odd[place] = True
    return pl.Series(read, dtype=pl.String)[held.places], odd[held.places]


def unclear(texts: Any, heading: str, *, whole: bool = True) -> Any:
    """Rows whose id is empty, stands more than once (asked of a ``whole`` frame), or reads like a total or the heading again."""
    text = pl.col("text")
    held = texts.alias("text").to_frame()
    digits = (text.min() >= "0") & (text.max() < ":") & (text.str.len_bytes() == text.str.len_chars()).all()
    found = held.select(rising=(text > text.shift()).all(), digits=digits).row(0)
    twice = np.zeros(len(texts), bool) if found[0] or not whole else _twice(texts)
    if found[1]:
        return twice  # codes of digits
    looked_at = rf"(?i){_LOOKED_AT}|^\s*{re.escape(heading.strip())}\s*$"
    odd = held.select((text == "") | text.str.contains(looked_at))["text"].to_numpy()
    return odd | twice


def repeats(texts: Any, heading: str) -> Any:
    """The rows that say a heading once more."""
    return (texts.str.to_lowercase() == heading.strip().lower()).to_numpy()


def counts_otherwise(series: Any) -> bool:
    """Whether a column that counts the rows does not count them 1, 2, 3 throughout: then what a row is shows in the others."""
    marks = series.to_polars().cast(pl.String, strict=False).str.strip_chars(" .)")
    numbered = marks.str.contains(r"^\d+(\.0)?$")
    held = marks.is_not_null() & (marks != "")
    return bool((held & ~numbered).any() or (numbered.any() and not held.all()))


def _twice(texts: Any) -> Any:
    """The rows whose id other rows have too."""
    if texts.hash().n_unique() == len(texts):
        return np.zeros(len(texts), bool)
    return texts.is_duplicated().to_numpy()
