"""What stands beside the fields of the calculator: how a value was read, what is wrong with it, and buttons that mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ntm_rules.loading.catalogue import bundled
from ntm_rules.problems import NtmError, Problem
from ntm_rules.site.address import of_criterion, of_error, of_set, relative
from ntm_rules.site.calculator.entered import Remark
from ntm_rules.site.calculator.form import Asked, day_of, field_id
from ntm_rules.site.page import items, tag, text
from ntm_rules.values import Bilingual

_ANOTHER_YEAR = Bilingual("khác năm của ngày xét ({0})", "not the year of the day ({0})")
_ENDED = Bilingual(
    "{0} không còn là một tỉnh vào ngày này: nay thuộc tỉnh {1}.", "{0} is no longer a province on that day: it now belongs to {1}."
)
_THAT_DAY = Bilingual("Ngày này áp dụng: {0}", "In force on that day: {0}")


def told(asked: Asked) -> Iterator[Remark]:
    """What is to be said of the fields at the top: a province that ended before the day, a year that is not that of the day."""
    province = bundled().provinces.slug(asked.of("province"))
    if province:
        for problem in bundled().provinces.told(province, on=day_of(asked)):
            yield Remark("province", _ENDED.fill(problem.words["got"], problem.words["successor"]))
    year = asked.of("a:year")
    if year.isdecimal() and year != str(day_of(asked).year):
        yield Remark("a:year", _ANOTHER_YEAR.fill(day_of(asked).year))


def problems(error: NtmError) -> list[Remark]:
    """What cannot be taken, each at the field that it is about; at none where it is about none."""
    return [Remark(_field(problem), problem) for problem in error.problems]


def _field(problem: Problem) -> str:
    if problem.code == "NTM-307":
        return "on"
    path = problem.place.path.rpartition(": ")[2]
    if path == "province":
        return path
    for start, prefix in (("attributes.", "a:"), ("attested.", "s:"), ("values.", "v:")):
        if path.startswith(start):
            return prefix + path.removeprefix(start)
    return f"v:{path}"


def by_field(asked: Asked, remarks: Iterable[Remark]) -> dict[str, Any]:
    """For the script: what stands beside each field, as HTML, and the names of those to mend."""
    beside: dict[str, str] = {}
    for one in remarks:
        beside[one.field] = beside.get(one.field, "") + tag("span", _words(asked, one), class_="wrong" if one.wrong else "taken")
    return {"beside": beside, "wrong": [one.field for one in remarks if one.wrong]}


def listed(asked: Asked, remarks: Iterable[Remark]) -> str:
    """Everything to mend, each with a link to its field."""
    lines = []
    for one in remarks:
        if one.wrong:
            name = re.sub(r"^.:", "", one.field)
            to = tag("a", text(name), href=f"#{field_id(one.field)}", class_="to") if one.field != "on" else ""
            lines.append(f"{to} {_words(asked, one)}".strip())
    return items(lines, class_="problems")


def _words(asked: Asked, one: Remark) -> str:
    said = one.words
    if isinstance(said, Problem):
        mend = "" if one.choices or said.code == "NTM-307" else said.mend(asked.lang)
        link = tag("a", said.code, href=relative(of_error(asked.lang, said.code), _here(asked)))
        words = f"{text(f'{said.what(asked.lang)} {said.why(asked.lang)} {mend}'.strip())} <small>{link}</small>"
        if said.code == "NTM-307":
            words += _in_force(asked)
    else:
        words = text(said.say(asked.lang))
    for words_, name, value in one.choices:
        words += " " + tag("button", text(words_), type="button", data_field=name, data_value=value)
    return words


def _in_force(asked: Asked) -> str:
    """The sets of the same family that are in force on the day, as links."""
    family = asked.ruleset.partition("/")[0]
    found = [
        tag("a", text(entry.header["title"][asked.lang]), href=relative(of_set(asked.lang, name), _here(asked)))
        for name, entry in bundled().rulesets.items()
        if name.partition("/")[0] == family and entry.covers(day_of(asked))
    ]
    return " " + _THAT_DAY.say(asked.lang).format("; ".join(found)) if found else ""


def _here(asked: Asked) -> str:
    return of_criterion(asked.lang, asked.ruleset, asked.number) if asked.number else of_set(asked.lang, asked.ruleset)
