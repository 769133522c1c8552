"""Writes ``viet-nam.csv`` and ``kon-tum.csv``: the units of Viet Nam before and after 2025-07-01, and what became of each.

From the data of the package ``vietnamadminunits`` 1.0.4 (MIT, see LICENSE), unpacked or installed, which nothing else here needs:

    pip download --no-deps -d FOLDER vietnamadminunits==1.0.4 && unzip FOLDER/*.whl -d FOLDER
    python examples/units/make.py FOLDER/vietnamadminunits [TARGET]

The package joins old and new units by name without marks. Where an old unit was divided and its name is that of another in the same new
province, the package cannot know which of them each part came from: these joins are left open («có thể nhập vào»). The same data give the
same bytes.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

LAST, FIRST = "2025-06-30", "2025-07-01"
HEADINGS = (
    *("mã đơn vị", "tên đơn vị", "tên khác", "loại", "loại hình", "thuộc", "tỉnh"),
    *("từ ngày", "đến ngày", "nhập vào", "có thể nhập vào", "tiếp tục với mã"),
)
TYPES = ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố")  # a district of a city («quận») and a special zone stay in the name
Row = Mapping[str, str]


def main(arguments: list[str]) -> None:
    """Write the lists."""
    source = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent
    rows = units(source)
    write(target / "viet-nam.csv", rows)
    write(target / "kon-tum.csv", spelt(only(rows, "62")))


def units(source: Path) -> list[dict[str, str]]:
    """Every unit, by code, the older first."""
    old, new = (table(source, name) for name in ("admin_units_legacy", "admin_units"))
    conversion = json.loads((source / "data" / "converter_2025.json").read_text("utf-8"))
    provinces = {before: after for after, all_ in conversion["DICT_PROVINCE"].items() for before in all_}
    became, open_ = successions(old, new, conversion, provinces)
    rows = [*provinces_of(old, new, provinces)]
    for one in {one["districtCode"]: one for one in old}.values():
        into = became.get(one["districtCode"], [])  # five islands without communes became special zones
        rows.append(row(one["districtCode"], one["district"], "huyện", one["provinceCode"], one["provinceShort"], until=LAST, into=into))
    parts = {code: [one for one, into in became.items() if code in into] for codes in became.values() for code in codes}
    before = {one["wardCode"]: one for one in old if one["wardCode"]}
    after = {one["wardCode"]: one for one in new}
    for code, one in before.items():
        into = became.get(code, [])
        same = len(into) == 1 and parts[into[0]] == [code] and code not in open_ and kind(one["ward"]) == kind(after[into[0]]["ward"])
        gone = {"goes_on_as": into[0]} if same and not may_come_from(into[0], open_) else {"into": into}
        gone["may_into"] = open_.get(code, [])
        rows.append(row(code, one["ward"], "xã", one["districtCode"], one["provinceShort"], until=LAST, **gone))
    for code, one in after.items():
        rows.append(row(code, one["ward"], "xã", one["provinceCode"], one["provinceShort"], begins=FIRST))
    return sorted(rows, key=lambda one: (len(one["mã đơn vị"]), one["mã đơn vị"], one["từ ngày"]))


def successions(
    old: list[Row], new: list[Row], conversion: Mapping[str, Mapping[str, Mapping[str, list]]], provinces: Mapping[str, str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The codes that each old code went into, and for those of which that is open: the codes that may be meant."""
    by_key = {"_".join((one["provinceKey"], one["districtKey"], one["wardKey"] or "")): one for one in old}
    codes = {(one["provinceKey"], one["wardKey"]): one["wardCode"] for one in new}
    same_name: dict[tuple[str, str], int] = defaultdict(int)
    for one in old:
        same_name[provinces[one["provinceKey"]], one["wardKey"] or one["districtKey"]] += 1
    became: dict[str, set[str]] = defaultdict(set)
    open_: dict[str, set[str]] = defaultdict(set)
    for province, wards in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            for key in keys:
                became[by_key[key]["wardCode"] or by_key[key]["districtCode"]].add(codes[province, ward])
    for province, keys in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in keys.items():
            into = {codes[province, ward["newWardKey"]] for ward in wards}
            known = same_name[province, by_key[key]["wardKey"]] == 1
            (became if known else open_)[by_key[key]["wardCode"]] |= into
    return {code: sorted(into) for code, into in became.items()}, {code: sorted(into) for code, into in open_.items()}


def may_come_from(code: str, open_: Mapping[str, list[str]]) -> bool:
    """Whether a unit whose name is open may be part of a new unit."""
    return any(code in into for into in open_.values())


def provinces_of(old: list[Row], new: list[Row], provinces: Mapping[str, str]) -> Iterable[dict[str, str]]:
    """The 63 provinces and the 34: one that took in no other is one unit, under one code."""
    before = {one["provinceKey"]: one for one in old}
    after = {one["provinceKey"]: one for one in new}
    for key, one in before.items():
        into = after[provinces[key]]
        alone = list(provinces.values()).count(provinces[key]) == 1
        if alone:
            yield row(one["provinceCode"], one["province"], "tỉnh", "", one["provinceShort"])
        else:
            yield row(one["provinceCode"], one["province"], "tỉnh", "", one["provinceShort"], until=LAST, into=[into["provinceCode"]])
    for key, one in after.items():
        if list(provinces.values()).count(key) > 1:
            yield row(one["provinceCode"], one["province"], "tỉnh", "", one["provinceShort"], begins=FIRST)


def row(
    code: str,
    name: str,
    level: str,
    whole: str,
    province: str,
    *,
    begins: str = "",
    until: str = "",
    into: Iterable[str] = (),
    may_into: Iterable[str] = (),
    goes_on_as: str = "",
) -> dict[str, str]:
    """One unit; its kind stands in a column of its own and not in its name, unless the name is a number."""
    said = kind(name)
    short = name[len(said) :].strip() if said else name
    shown = name if short.isdigit() or not said else short
    cells = (code, shown, "", level, said, whole, province, begins, until, "; ".join(into), "; ".join(may_into), goes_on_as)
    return dict(zip(HEADINGS, cells, strict=True))


def kind(name: str) -> str:
    """The kind of unit that a name begins with; empty for one that the lists of units have no word for."""
    return next((one for one in TYPES if name.casefold().startswith(f"{one} ")), "")


def only(rows: list[dict[str, str]], province: str) -> list[dict[str, str]]:
    """The units of one former province, what they became, and whatever else became part of that."""
    inside = {province}
    for one in rows:  # provinces before districts before communes: by the length of their codes
        if one["đến ngày"] and one["thuộc"] in inside:
            inside.add(one["mã đơn vị"])
    later = {code for one in rows if one["mã đơn vị"] in inside and one["đến ngày"] for code in _went_to(one)}
    of_old = [one for one in rows if one["đến ngày"] and (one["mã đơn vị"] in inside or later.intersection(_went_to(one)))]
    return [one for one in rows if one in of_old or (one["mã đơn vị"] in later and one["từ ngày"])]


def _went_to(one: Mapping[str, str]) -> set[str]:
    return {*one["nhập vào"].split("; "), one["tiếp tục với mã"]} - {""}


def spelt(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The units of Kon Tum with the spelling of ``examples/kon-tum`` beside that of the package, where the two differ."""
    with (Path(__file__).resolve().parents[1] / "kon-tum" / "communes.csv").open(encoding="utf-8", newline="") as stream:
        names = {one["mã xã"]: [one["tên xã"], *one["tên khác"].split("; ")] for one in csv.DictReader(stream)}
    for one in rows:
        others = names.get(one["mã đơn vị"], []) if one["đến ngày"] else []
        one["tên khác"] = "; ".join(name for name in others if name and name != one["tên đơn vị"])
    return rows


def table(source: Path, name: str) -> list[Row]:
    """A table of the package."""
    with sqlite3.connect(f"file:{source / 'data' / 'dataset.db'}?mode=ro", uri=True) as data:
        data.row_factory = sqlite3.Row
        return [dict(one) for one in data.execute(f"SELECT * FROM {name}")]  # a name of ours, above


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a list."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        file = csv.DictWriter(stream, HEADINGS, lineterminator="\n")
        file.writeheader()
        file.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
