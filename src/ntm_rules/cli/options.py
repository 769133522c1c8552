"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.decide.choose import applicable, load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.installed import Shipped, shipped
from ntm_rules.problems import NotFound, NtmError, Place, Problem, TableError, nearest
from ntm_rules.tables.read.mapping_file import TableMapping, read_mapping
from ntm_rules.values import Bilingual, SourceLevel

_ONE_MAPPING = Bilingual("một --mapping cho mỗi bộ tiêu chí", "one --mapping for each set")
RULES_PATH = "NTM_RULES_PATH"  #: folders of one's own rulesets, named as in ``PATH``
INSTALLED = "NTM_RULES_INSTALLED"  #: ``no`` leaves aside the rulesets of installed packages


_NO = ("no", "0", "off", "false", "không")


class Language(StrEnum):
    """The language of what people read."""

    vi = "vi"
    en = "en"


LangOption = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ. / Language.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON ra stdout. / Results as JSON on stdout.")]
RulesetsOption = Annotated[
    Path | None, typer.Option("--rulesets", metavar="DIR", help="Thư mục bộ tiêu chí khác. / Another folder of rulesets.")
]
AddOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--add",
        metavar="DIR",
        help="Thư mục quy định riêng, thêm lên trên bộ tiêu chí. / A folder of one's own rulesets, laid on the others.",
    ),
]
SetOption = Annotated[
    str | None, typer.Option("--set", metavar="NAME", help="Bộ tiêu chí, như commune-ntm/2021-2025. / The edition to use.")
]
FamilyOption = Annotated[
    str | None, typer.Option("--family", metavar="NAME", help="Họ bộ tiêu chí; cần --on. / The edition of this family in force on --on.")
]
OnOption = Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Ngày của luật. / The day whose law counts.")]
ProvinceOption = Annotated[str | None, typer.Option("--province", metavar="TÊN", help="Tỉnh, như kon-tum, «Kon Tum». / Province.")]
WithOption = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="NAME=VALUE", help="Thuộc tính chung cho mọi dòng, như year=2024. / An attribute all rows share."),
]
AcceptOption = Annotated[
    SourceLevel, typer.Option("--accept", help="Mức nguồn yếu nhất được quyết định. / The weakest source level that may decide.")
]
SheetOption = Annotated[str | None, typer.Option("--sheet", help="Trang tính cần đọc. / The sheet to read.")]
MappingOption = Annotated[
    list[Path] | None,
    typer.Option("--mapping", metavar="FILE.yaml", help="Cách đọc biểu mẫu, ghi bằng «read --write-mapping». / How a form is read."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="HEADER", help="Cột chỉ để xem, không đánh giá. / A column that is for people only."),
]


def packages() -> tuple[Shipped, ...]:
    """The rulesets of installed packages, unless ``NTM_RULES_INSTALLED`` says no.

    Raises:
        NotFound: a package declares a folder that it does not have.
    """
    return () if os.environ.get(INSTALLED, "").strip().casefold() in _NO else shipped()


def mappings_of(given: Iterable[Path] | None, *sets: RuleSet) -> dict[str, TableMapping]:
    """How the tables of each set are read, by the name of the set; without sets, whichever they are of.

    Raises:
        TableError: a mapping cannot be read, two are of one set, or one is of none of these.
    """
    found: dict[str, TableMapping] = {}
    for path in given or ():
        mapping = read_mapping(path)
        name = mapping.document.ruleset
        if name in found:
            raise TableError([Problem("NTM-707", mapping.place(("set",)), {"expected": _ONE_MAPPING})])
        found[name] = mapping
    if sets:
        refuse_idle(found, [rules.id for rules in sets])
    return found


def refuse_idle(mappings: Mapping[str, TableMapping], sets: Iterable[str]) -> None:
    """Refuse a mapping that no table of the call is read by.

    Raises:
        TableError: every such mapping.
    """
    known = list(dict.fromkeys(sets))
    idle = [mapping for name, mapping in mappings.items() if name not in known]
    if idle:
        words = {"set": ", ".join(known) or "–"}
        raise TableError(Problem("NTM-538", one.place(("set",)), {"got": one.document.ruleset, **words}) for one in idle)


def catalogue_of(folder: Path | None, add: Iterable[Path] = ()) -> Catalogue:
    """The catalogue of a folder alone, or the one that comes with the library with those of installed packages and of ``NTM_RULES_PATH``.

    Args:
        folder: another folder than the one that comes with the library.
        add: folders laid on these, the first lowest. One that is named twice is laid once.

    Raises:
        NotFound: there is no such folder, or it holds nothing, or nothing but what amends the texts that come with the library.
    """
    named = [Path(name) for name in os.environ.get(RULES_PATH, "").split(os.pathsep) if name]
    always = [] if folder else [*(layer.folder for layer in packages()), *named]
    catalogue = _alone(Catalogue(folder)) if folder else bundled()
    for layer in {path.resolve(): path for path in (*always, *add)}.values():
        catalogue = Catalogue(layer, on_top_of=catalogue)
    return catalogue


def _alone(catalogue: Catalogue) -> Catalogue:
    """A folder that is read without others; one that amends other texts only cannot be.

    Raises:
        NotFound: it is such a folder, and what it amends comes with the library.
    """
    amended = {str(entry.header.get("amends")) for entry in catalogue.overlays.values()}
    if amended and not catalogue.rulesets and amended <= bundled().rulesets.keys():
        raise NotFound.one("NTM-275", Place(str(catalogue.folder)), folder=catalogue.folder, sets=", ".join(sorted(amended)))
    return catalogue


def day_of(text: str | None) -> date | None:
    """A day as written on the command line.

    Raises:
        NtmError: not a day.
    """
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise NtmError([Problem("NTM-207", Place(path="--on"), {"got": text})]) from None


def rules_of(name: str | None, family: str | None, on: str | None, province: str | None, catalogue: Catalogue) -> RuleSet:
    """The ruleset the options name.

    Raises:
        NtmError: neither or both of set and family are named, a family without a day, or the ruleset cannot be loaded.
    """
    day = day_of(on)
    if (name is None) == (family is None):
        raise NtmError([Problem("NTM-701")])
    if name is not None:
        return load(name, on=day, province=province, catalogue=catalogue)
    if day is None:
        raise NtmError([Problem("NTM-702")])
    assert family is not None
    return applicable(family, on=day, province=province, catalogue=catalogue)


def constants_of(given: list[str] | None, province: str | None, rules: RuleSet) -> dict[str, Any]:
    """The attributes that all rows share: those of ``--with``, and the province the law was read for.

    Raises:
        NtmError: one is not of the form name=value, or is named twice.
    """
    found: dict[str, Any] = {} if province is None else {"province": rules.province}
    allowed = sorted(rules.attributes)
    for item in given or []:
        name, equals, value = item.partition("=")
        name = name.strip()
        if not equals or not value.strip() or name in found:
            words = {"got": item, "allowed": ", ".join(allowed), "guess": nearest(name, allowed) if name not in allowed else None}
            raise NtmError([Problem("NTM-703", Place(path="--with"), words)])
        found[name] = value.strip()
    return found
