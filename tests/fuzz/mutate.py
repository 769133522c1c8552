"""Mutators that know the structure of what they change: trees of data, texts of bytes, archives of parts."""

from __future__ import annotations

import copy
import io
import zipfile
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**40, 1.5, "", " ", "0", "-0", "1e9", "NaN", "∞", "٣", "½", "80,5", "1.000", "đạt", "N/A", "na"),
    *("a" * 3000, "<script>", "{0} %s", "\u202e", "\x00", "\ud800", "../../x", "=1+1", "2024-02-30", "others", "missing", "delegated"),
    *([], {}, [[]], {"": ""}, {"unknown": "x"}, {"not_applicable": 1}, {"value": "1", "year": "x"}, {"by": ["region"]}),
)  # fmt: skip
PIECES = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b"'", b'"', b";", b",", b":", b"- ", b"{", b"}", b"[", b"]"),
    *(b"1e99999999999999999999", b"-", b"99999999999999999999", "đạt".encode(), "Đ".encode()[:1], b"*a", b"&a", b"!!x", b"r=\"A99999999\""),
)  # fmt: skip


def tree(chance: Random, data: Any) -> Any:
    """The data with one to four places changed: another value, another key, gone, doubled, wrapped, or a piece from elsewhere."""
    data = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        places = list(_places(data))
        if not places:
            break
        holder, key = chance.choice(places)
        way = chance.randrange(7)
        if way == 0:
            holder[key] = chance.choice(ODD)
        elif way == 1:
            del holder[key]
        elif way == 2:
            holder[key] = [holder[key]] if chance.random() < 0.5 else {chance.choice(("a", "by", "value", "1.1")): holder[key]}
        elif way == 3:
            other, name = chance.choice(places)
            if name in other if isinstance(other, dict) else name < len(other):
                holder[key] = copy.deepcopy(other[name])
        elif way == 4 and isinstance(holder, dict):
            holder[chance.choice(("", "x", "1.1", "__class__", f"{key} ", str(key).upper()))] = holder.pop(key)
        elif way == 5 and isinstance(holder, list):
            holder[key:key] = [copy.deepcopy(holder[key])] * chance.choice((1, 1, 3))
        elif isinstance(holder[key], str):
            holder[key] = text(chance, holder[key].encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
        else:
            holder[key] = chance.choice(ODD)
    return data


def _places(data: Any) -> Any:
    found = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in found:
        yield data, key
        yield from _places(value)


def text(chance: Random, raw: bytes) -> bytes:
    """The bytes with one to four places changed: flipped, cut out, doubled, moved, cut off, or an odd piece put in."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(raw) + 1)
        end = min(len(raw), at + chance.choice((1, 1, 2, 8, 60)))
        way = chance.randrange(6)
        if way == 0:
            raw = raw[:at] + chance.choice(PIECES) + raw[at:]
        elif way == 1:
            raw = raw[:at] + raw[end:]
        elif way == 2:
            raw = raw[:end] + raw[at:end] * chance.choice((1, 2, 50)) + raw[end:]
        elif way == 3:
            raw = raw[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in raw[at:end]) + raw[end:]
        elif way == 4:
            raw = raw[:at] + chance.choice(PIECES) + raw[end:]
        elif chance.random() < 0.3:
            raw = raw[:at]
    return raw


def archive(chance: Random, raw: bytes) -> bytes:
    """A zip archive, as a workbook is one, with a part changed, gone or doubled; sometimes the archive itself."""
    if chance.random() < 0.2 or not zipfile.is_zipfile(io.BytesIO(raw)):
        return text(chance, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as source:
            parts = [(info.filename, source.read(info)) for info in source.infolist()]
    except Exception:  # damaged before: it has no parts to change any more
        return text(chance, raw)
    chosen = chance.randrange(len(parts))
    name, content = parts[chosen]
    if chance.random() < 0.1:
        del parts[chosen]
    else:
        parts[chosen] = (name, text(chance, content))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return target.getvalue()
