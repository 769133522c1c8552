"""What the system, the JSON reader and pydantic give as reasons, in both languages: one table each, and a plain word for the rest."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any, Final

from pydantic import ValidationError

from ntm_rules.values import Bilingual

_LONGEST: Final = 200
_OF_SYSTEM: Final = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết vòng quanh",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EFBIG: "tệp quá lớn",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EMFILE: "đang mở quá nhiều tệp",
}
_OF_SHAPE: Final = {
    "missing": "thiếu",
    "extra_forbidden": "khóa lạ",
    "string_type": "cần là chữ",
    "string_pattern_mismatch": "viết không đúng mẫu",
    "string_too_short": "quá ngắn",
    "too_short": "quá ít",
    "int_type": "cần là số nguyên",
    "int_parsing": "cần là số nguyên",
    "int_from_float": "cần là số nguyên",
    "bool_type": "cần là có hoặc không",
    "bool_parsing": "cần là có hoặc không",
    "dict_type": "cần là {{…}}",
    "model_type": "cần là {{…}}",
    "model_attributes_type": "cần là {{…}}",
    "list_type": "cần là […]",
    "tuple_type": "cần là […]",
    "literal_error": "chỉ nhận {expected}",
    "enum": "chỉ nhận {expected}",
    "greater_than_equal": "cần từ {ge} trở lên",
}


def of_system(error: OSError) -> Bilingual:
    """Why the system refused: in its own words, and in ours."""
    said = error.strerror or str(error)
    return Bilingual(_OF_SYSTEM.get(error.errno or 0, f"hệ thống báo lỗi số {error.errno}" if error.errno else "hệ thống từ chối"), said)


def of_shape(item: Mapping[str, Any]) -> Bilingual:
    """What pydantic finds wrong with one value."""
    words = {name: str(word).replace("'", "").replace(" or ", ", ") for name, word in (item.get("ctx") or {}).items()}
    return Bilingual(_OF_SHAPE.get(item["type"], "không đúng kiểu").format_map(words), item["msg"])


def of_reading(error: ValueError | TypeError | RecursionError) -> Bilingual:
    """Why a text cannot be read; one of our own reasons stays what it is."""
    said = error.args[0] if error.args else ""
    if isinstance(said, Bilingual):
        return said
    if isinstance(error, ValidationError):
        try:
            first = error.errors(include_url=False)[0]
        except UnicodeEncodeError as unprintable:  # half of a character, which pydantic cannot show
            return of_reading(unprintable)
        where = ".".join(map(str, first["loc"]))
        return Bilingual("{}: {}").fill(where, of_shape(first)) if where else of_shape(first)
    if isinstance(error, JSONDecodeError):
        vi = f"JSON viết sai ở dòng {error.lineno}, cột {error.colno}"
    elif isinstance(error, UnicodeError):
        vi = "không phải là chữ UTF-8"
    else:
        vi = "lồng nhau quá sâu" if isinstance(error, RecursionError) else "không đọc được"
    return Bilingual(vi, str(error).split("\n")[0][:_LONGEST])
