"""What a table leaves out or says in vain: a column is no mistake of a row, so it is told once for the table."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.written.headings import Column
from ntm_rules.decide.written.words import sounded
from ntm_rules.labels import KINDS
from ntm_rules.model.subject import Subject
from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.problems import Place, Problem

_OVER: Final = "huyện|quận|thị xã|thành phố|tp|tỉnh"
_UNDER: Final = "thôn|tổ dân phố|khu dân cư"
_WARD: Final = re.compile(sounded(r"(?:phường|thị trấn|tt|p)\.? ?\b.+"))
_OTHER: Final = {  # by what a set judges: the words that begin names of other kinds; no commune of the country is called so
    kind: re.compile(sounded(rf"(?:{words})\.? .+"))
    for kind, words in {
        "commune": f"{_OVER}|{_UNDER}",
        "village": f"{_OVER}|xã|phường|thị trấn",
        "district": f"xã|phường|{_UNDER}",
        "province": f"xã|phường|thị trấn|huyện|quận|thị xã|{_UNDER}",
    }.items()
}


_WORDS: Final = ["phường", "thị", "tt", "p", "huyện", "quận", "thành", "tp", "tỉnh", "thôn", "tổ", "khu", "xã"]
#: Names that may begin with the word of a kind, composed or not, for those who look through very many of them.
MAY_BE_CALLED: Final = rf"^\s*(?i:{'|'.join([*_WORDS, *(unicodedata.normalize('NFD', word) for word in _WORDS)])})(?:[\s.]|$)"


def lacking(rules: Judging, columns: Iterable[Column], shared: Collection[str]) -> tuple[str, ...]:
    """Attributes that neither a column nor a constant states, then indicators without a column of their own, of the criterion they are in
    or of the status they follow from. Of a score sheet only the product set is asked for, since each sheet has criteria of its own."""
    given = {(column.role, column.key) for column in columns}
    stated = {key for role, key in given if role == "attribute"} | set(shared)
    if rules.sheets is not None:
        return () if "product_set" in stated else ("product_set",)
    absent = [name for name, attribute in rules.attributes.items() if name not in stated and attribute.unless_stated is None]
    for section in rules.document.sections:
        if ("attested", section.criterion) in given:
            continue
        for indicator in section.indicators:
            number = indicator.indicator
            if not {("value", number), ("attested", number)} & given and indicator.measure.holds_status not in stated:
                absent.append(number)
    return tuple(absent)


def unread(rules: Judging, columns: Iterable[Column], file: str) -> Iterator[Problem]:
    """Attributes that a column states and the set never looks at: known words, but nothing depends on them."""
    if rules.sheets is not None:
        return
    names = [column.header for column in columns if column.role == "attribute" and column.key not in rules.heeded]
    if names:
        yield Problem("NTM-535", Place(file), {"count": len(names), "names": ", ".join(names), "set": rules.id})


def of_other_kinds(rules: Judging, subjects: Iterable[Subject], file: str) -> Iterator[Problem]:
    """Units that their names call something else than what the set judges: wards and townships among communes, districts, villages."""
    yield from called_otherwise(rules, [subject.name or subject.id for subject in subjects], file)


def called_otherwise(rules: Judging, called: Sequence[str], file: str) -> Iterator[Problem]:
    """The same of names alone."""
    other = _OTHER.get(rules.kind)
    if other is None:
        return
    wards = [name for name in called if rules.kind == "commune" and _WARD.fullmatch(sounded(name))]
    if wards:
        yield Problem("NTM-440", Place(file), {"count": len(wards), "first": wards[0]})
    others = [name for name in called if other.fullmatch(sounded(name))]
    if others:
        yield Problem("NTM-450", Place(file), {"count": len(others), "first": others[0], "expected": KINDS[rules.kind].one})


def of_regions(rules: Judging, subjects: Iterable[Subject], file: str) -> Iterator[Problem]:
    """Units whose stated region is not that of their province on the day: one of the two is wrong, and requirements are looked up by the
    region. A province made of several regions has none of its own."""
    found: dict[tuple[Any, Any], list[str]] = {}
    for subject in subjects:
        places = subject.attributes.get("province", rules.province), subject.attributes.get("region")
        found.setdefault(places, []).append(subject.name or subject.id)
    yield from of_places(rules, {places: (len(names), names[0]) for places, names in found.items()}, file)


def of_places(rules: Judging, found: Mapping[tuple[Any, Any], tuple[int, str]], file: str) -> Iterator[Problem]:
    """The same of provinces and regions as stated together, each with how many units state them and the first of these."""
    if rules.provinces is None or rules.on is None or "region" not in rules.attributes:
        return
    wrong: dict[tuple[str, str], tuple[int, str]] = {}
    for (slug, stated), (count, first) in found.items():
        unit = rules.provinces.on(slug, rules.on) if slug in rules.provinces.by_slug else None
        if unit is not None and unit.region is not None and stated in REGIONS and stated != unit.region:
            before, name = wrong.get((unit.name, unit.region), (0, first))
            wrong[unit.name, unit.region] = before + count, name
    for (province, region), (count, first) in wrong.items():
        yield Problem("NTM-451", Place(file), {"count": count, "first": first, "province": province, "region": REGIONS[region]})


def of_provinces(rules: Judging, subjects: Iterable[Subject], file: str, *, own: bool = False) -> Iterator[Problem]:
    """What is to be told of the province asked for, then of others that rows name; each once."""
    yield from (problem.at(Place(file, path="province")) for problem in rules.told)
    yield from of_others(rules, subjects, file, own=own)


def of_others(rules: Judging, subjects: Iterable[Subject], file: str, *, own: bool = False) -> Iterator[Problem]:
    """What is to be told of provinces that subjects name."""
    return of_stated(rules, Counter(str(subject.attributes.get("province")) for subject in subjects), file, own=own)


def of_stated(rules: Judging, stated: Mapping[str, int], file: str, *, own: bool = False) -> Iterator[Problem]:
    """What is to be told of provinces, each with how many units state it: that one ended before the day, that it is not the one whose rules
    were read, that it has rules of its own and none were read, or (``own``) that its rows are judged by these."""
    asked = rules.province or rules.document.province
    for slug, count in stated.items():
        if rules.provinces is not None and slug != asked and slug in rules.provinces.by_slug:
            told = rules.provinces.told(slug, on=rules.on, asked=asked)
            if asked is None and slug in {layer.of for layer in rules.layers}:  # none of a province is applied: none was asked for
                name = rules.provinces.name(slug)
                told.append(
                    Problem("NTM-329", words={"got": name, "count": count})
                    if own
                    else Problem("NTM-319", words={"got": name, "slug": slug})
                )
            yield from (problem.at(Place(file, path=f"province: {slug}")) for problem in told)
