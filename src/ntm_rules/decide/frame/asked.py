"""What is asked of a frame, and the columns of the answer."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, get_args

from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.aside import NAME
from ntm_rules.decide.frame.readings import Values
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.grid import Grid
from ntm_rules.decide.written.header import Header, find_header
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.remarks import called_otherwise, lacking, of_places, of_stated, unread
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.values import Lang, SourceLevel, decimal_comma

_LOG = logging.getLogger("ntm_rules")
_MOST: Final = 12
_NODES: Final = ("criteria", "indicators")
_FORMS: Final = ("wide", "long")
_HEAD: Final = {
    "id": "text",
    "name": "text",
    "outcome": "outcome",
    "criteria_met": "count",
    "criteria": "count",
    "failed": "text",
    "undetermined": "text",
    "problems": "text",
}
LISTS: Final = {"failed": p.NOT_MET, "undetermined": p.UNDETERMINED}
SCORED: Final = {"stars": "count", "stars_possible": "text", "total": "text", "standing": "text"}
_LONG: Final = {
    "id": "text",
    "name": "text",
    "node": "text",
    "outcome": "outcome",
    "gap": "amount",
    "level": "level",
    "problems": "text",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a frame; see :meth:`ntm_rules.RuleSet.evaluate_frame`."""

    rules: Judging
    constants: Mapping[str, Any]
    accept: SourceLevel
    lang: Lang
    ignore: tuple[str, ...]
    nodes: str
    lists: bool = True
    gaps: bool = False
    levels: bool = False
    long: bool = False

    @property
    def scored(self) -> bool:
        """Whether products are scored."""
        return bool(self.rules.method.name == Scores.name)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The numbers of the criteria."""
        return tuple(criterion.criterion for criterion in self.rules.document.criteria)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of what has a column of its own."""
        if self.nodes == "criteria":
            return () if self.scored else self.criteria
        sections = self.rules.document.sections
        numbers = [number for part in sections for number in (part.criterion, *(one.indicator for one in part.indicators))]
        return tuple(dict.fromkeys(numbers or (one.indicator for one in self.rules.inputs)))

    @property
    def columns(self) -> dict[str, str]:
        """The columns of the answer, and what they hold."""
        if self.long:
            return dict(_LONG)
        head = {name: held for name, held in _HEAD.items() if self.lists or name not in LISTS}
        return {
            **head,
            **({**SCORED, **dict.fromkeys(self.marked, "text")} if self.scored else {}),
            **({"level": "level"} if self.levels else {}),
            **dict.fromkeys(self.numbers, "outcome"),
            **{f"gap:{number}": "amount" for number in self.with_gaps},
            **{f"level:{number}": "level" for number in self.with_levels},
        }

    @property
    def marked(self) -> dict[str, str]:
        """The columns for the points of each part of a score sheet."""
        score = self.rules.document.score
        return {} if score is None else {f"part:{part}": part for part in score.parts}

    @property
    def with_gaps(self) -> tuple[str, ...]:
        """The numbers of what has a gap: all that a value can be given for."""
        return tuple(one.indicator for one in self.rules.inputs) if self.gaps else ()

    @property
    def with_levels(self) -> tuple[str, ...]:
        """The numbers of what has a level: all that has a column."""
        return self.numbers if self.levels else ()

    def header(self, names: tuple[str, ...]) -> tuple[Header, dict[str, Any]]:
        """The headings of a frame, and the attributes that all rows share.

        Raises:
            TableError: one cannot be recognised, or two are for one thing; a constant is no attribute.
        """
        if not names:
            raise TableError([Problem("NTM-503", Place(NAME))])
        header = _header(self.rules, names, self.ignore)
        shared = read_constants(self.constants, headers_of(self.rules, self.ignore), NAME)
        if header.problems:
            raise TableError(header.problems)
        if absent := lacking(self.rules, header.columns, shared):
            words = {"count": len(absent), "names": ", ".join(absent[:_MOST]) + (", …" if len(absent) > _MOST else "")}
            _LOG.warning(Problem("NTM-533", Place(NAME), words).line(self.lang))
        for told in unread(self.rules, header.columns, NAME):
            _LOG.warning(told.line(self.lang))
        self.tell_provinces([shared["province"]] if "province" in shared else ())
        return header, shared

    def tell_provinces(self, stated: Iterable[Any]) -> None:
        """Say of provinces that units are in what :func:`ntm_rules.evaluate` says: that their rules are others than those read."""
        for told in of_stated(self.rules, dict.fromkeys(map(str, stated), 1), NAME):
            _LOG.warning(told.line(self.lang))

    def tell_units(self, called: Sequence[str], places: Mapping[tuple[Any, Any], tuple[int, str]]) -> None:
        """Say which units are called other than what the set judges, and whose region is not that of their province, as tables do."""
        for told in (*called_otherwise(self.rules, called, NAME), *of_places(self.rules, places, NAME)):
            _LOG.warning(told.line(self.lang))

    def tell_cells(self, values: Mapping[str, Values]) -> None:
        """Say which cells were read in a way that people should look at, as tables do; the first of each kind is named."""
        found: dict[str, list[tuple[str, Any, int]]] = {}
        for number, read in values.items():
            for code, cell, rows in read.told:
                found.setdefault(code, []).append((number, cell, rows))
        for code, cells in found.items():
            number, cell, _ = cells[0]
            words = {"count": sum(rows for *_, rows in cells), "first": number, "got": cell}
            if code == "NTM-529":
                words["read"] = decimal_comma(cell.rstrip(" %"))
            _LOG.warning(Problem(code, Place(NAME), words).line(self.lang))

    def tell_crosses(self, problems: Iterable[Problem]) -> None:
        """Ask about bare crosses once for the frame, beside what each row says of its own."""
        asked = [one for one in problems if one.code == "NTM-562"]
        if asked:
            words = {**asked[0].words, "count": sum(one.words["count"] for one in asked)}
            _LOG.warning(Problem("NTM-562", asked[0].place, words).line(self.lang))


@lru_cache(32)
def headers_of(rules: Judging, ignore: tuple[str, ...]) -> Headers:
    """The headings that a set is read by."""
    return Headers(rules, ignore)


@lru_cache(128)
def _header(rules: Judging, names: tuple[str, ...], ignore: tuple[str, ...]) -> Header:
    return find_header(Grid(NAME, iter(()), headers=names), headers_of(rules, ignore))[0]


def asked_of(
    rules: Judging,
    constants: Mapping[str, Any] | None,
    accept: SourceLevel,
    lang: Lang,
    ignore: Sequence[str],
    nodes: str,
    *,
    lists: bool | None = None,
    gaps: bool = False,
    levels: bool = False,
    form: str = "wide",
) -> Asked:
    """What is asked of a frame; the long form tells gap and level too.

    Raises:
        ValueError: an argument is none of its words, or asks for what the form has no column or row for.
    """
    for name, got, words in (("nodes", nodes, _NODES), ("form", form, _FORMS), ("lang", lang, get_args(Lang))):
        if got not in words:
            raise ValueError(f"{name}: {', '.join(words)} (got {got})")
    long = form == "long"
    if long and lists:
        raise ValueError('lists=True, form="long": its rows are the lists; leave lists out')
    if long and gaps and nodes == "criteria":
        raise ValueError('gaps=True, form="long": criteria have no gap; ask for nodes="indicators"')
    return Asked(rules, constants or {}, accept, lang, tuple(ignore), nodes, lists is not False, gaps or long, levels or long, long)
