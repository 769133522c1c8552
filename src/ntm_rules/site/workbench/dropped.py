"""A table that somebody drops on a page: read, decided row by row and written, in the browser of whoever drops it.

It runs under Pyodide, with openpyxl beside the core. Everything goes to the page as JSON that the page shows as text, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.choose import ByProvince, load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import Line
from ntm_rules.loading.catalogue import bundled
from ntm_rules.model.vocabulary import column_label
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.tables.read.limits import MOST_IN_MEMORY
from ntm_rules.tables.read.table import Sight, look_at
from ntm_rules.tables.results import NOT_DECIDED, Result, evaluate_table
from ntm_rules.tables.write.how_read import how_read
from ntm_rules.tables.write.open import write_results
from ntm_rules.values import Bilingual, Lang

READABLE: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl")
_STRANGE: Final = frozenset({"NTM-501"})  # a heading that says nothing of the set: the page offers to leave its column out
_WATCHED: Final = 100
_LINE: Final = Bilingual("dòng {0}", "row {0}")
_YEAR: Final = Bilingual("Bảng không ghi năm: lấy năm của ngày xét ({0}).", "The table says no year: that of the day is taken ({0}).")
_REGION: Final = Bilingual("Bảng không ghi vùng: lấy vùng của tỉnh đã chọn ({0}).", "The table says no region: that of the province ({0}).")


class Dropped:
    """One table of a page.

    Args:
        request: what was chosen, as JSON: ``set``, ``on``, ``province``, ``sheet``, ``lang``, of the file its ``name`` and ``size``, and
            the headings of columns that are for people alone (``aside``).
    """

    def __init__(self, request: str) -> None:
        self._asked: dict[str, Any] = json.loads(request)
        self.lang: Lang = self._asked["lang"]
        self._rules: RuleSet | None = None
        self._general: list[Problem] = []
        self._waiting: Iterator[Result] = iter(())
        self._results: list[Result] = []

    def admitted(self) -> str:
        """Whether the file may be read at all, asked before it is held here: nothing, or the problems."""
        name, size = Path(self._asked["name"]), self._asked["size"]
        if name.suffix.lower() not in READABLE:
            words: dict[str, Any] = {"got": name.suffix or name.name, "allowed": ", ".join(READABLE)}
            return self._told([Problem("NTM-515", Place(name.name), words)])
        if size > MOST_IN_MEMORY:
            return self._told([Problem("NTM-102", Place(name.name), {"size": size, "limit": MOST_IN_MEMORY})])
        return ""

    def read(self, watch: Callable[[int], object] | None = None) -> str:
        """Read the file, which stands under its name in the folder of work, and say how it was read: a report's sections and notes,
        what is wrong with the table as a whole, and how many rows there are to decide. Meanwhile ``watch`` hears how many rows came."""
        asked, day = self._asked, date.fromisoformat(self._asked["on"])
        try:
            self._rules = rules = load(asked["set"], on=day, province=asked["province"] or None)
            sight, taken = self._sight(rules, day, watch)
        except NtmError as error:
            return self._told(error.problems)
        table = sight.table
        self._general = [*sight.fatal, *(table.problems if table else ())]
        self._waiting = evaluate_table(table) if table else iter(())
        sections = [
            {"title": one.title, "headings": list(one.headings), "rows": one.texts(self.lang), "notes": list(one.notes)}
            for one in how_read(sight, rules, self.lang)
        ]
        notes = [one.say(self.lang) for one in taken]
        notes += [f"{one.what(self.lang)} {one.mend(self.lang)}" for one in (table.notes if table else ())]
        title = f"{rules.title.say(self.lang)} ({rules.id} {rules.version})"
        return self._told(self._general, title=title, sections=sections, notes=notes, total=len(table.rows) if table else 0)

    def _sight(self, rules: RuleSet, day: date, watch: Callable[[int], object] | None) -> tuple[Sight, list[Bilingual]]:
        """The table, and what was taken from the day and the province because it says nothing of it."""
        given = {"province": rules.province} if rules.province and "province" in rules.attributes else {}
        unit = bundled().provinces.on(rules.province, day) if rules.province else None
        otherwise: dict[str, Any] = {"year": day.year, **({"region": unit.region} if unit and unit.region else {})}
        sheet = self._asked["sheet"] or None
        name, provinces = self._asked["name"], ByProvince(rules)
        aside = self._asked.get("aside", [])
        seen = partial(_counted, watch) if watch is not None else iter
        sight = look_at(
            name, rules, constants=given, sheet=sheet, information=aside, by_province=provinces, otherwise=otherwise, watch=seen
        )
        words = {"year": _YEAR.fill(day.year), "region": _REGION.fill(column_label(str(otherwise.get("region", ""))))}
        return sight, [words[name] for name in sight.taken]

    def decide(self, count: int) -> str:
        """The next rows, as many as are asked for, and the problems that keep some of them from being decided; none at the end."""
        found = list(islice(self._waiting, count))
        self._results += found
        return self._told([one for result in found for one in result.problems], rows=[self._row(one) for one in found])

    def explained(self, index: int) -> str:
        """Why a row is decided as it is, as text."""
        result = self._results[index]
        if result.decision is None:
            return "\n".join(problem.line(self.lang) for problem in result.problems)
        return result.decision.explain(self.lang)

    def write(self, name: str) -> None:
        """Write the report of all rows that were decided; the ending of the name says in which format."""
        assert self._rules is not None
        write_results(self._results, name, self._rules, lang=self.lang, problems=self._general)

    def _row(self, result: Result) -> dict[str, Any]:
        outcome = result.outcome
        return {
            "row": result.row,
            "id": result.id,
            "name": result.name,
            "outcome": outcome.value if outcome else "",
            "words": (outcome.label if outcome else NOT_DECIDED).say(self.lang),
            "met": f"{result.met}/{result.total}" if result.decision else "–",
            "failed": ", ".join(result.failed),
            "open": ", ".join(result.undetermined),
        }

    def _told(self, problems: Iterable[Problem], **more: Any) -> str:
        told = [
            {
                "place": self._where(one.place),
                "code": one.code,
                "words": f"{one.what(self.lang)} {one.why(self.lang)} {one.mend(self.lang)}",
                **({"column": one.words["header"]} if one.code in _STRANGE else {}),
            }
            for one in problems
        ]
        return json.dumps({"problems": told, **more}, ensure_ascii=False)

    def _where(self, place: Place) -> str:
        """The cell of a workbook; of a text the line and what stands there; of the whole its name."""
        if not place.line or "!" in place.path:
            return place.path or place.file
        return _LINE.fill(place.line).say(self.lang) + (f" ({place.path})" if place.path else "")


def _counted(watch: Callable[[int], object], lines: Iterable[Line]) -> Iterator[Line]:
    """The rows, while whoever waits hears of every hundredth."""
    for count, line in enumerate(lines):
        if count % _WATCHED == 0:
            watch(count)
        yield line
