"""HTML: a page that fetches nothing, with everything from a table escaped."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from pathlib import Path
from typing import TextIO

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.tables.results import NOT_DECIDED, Result
from ntm_rules.tables.write.counted import Tally
from ntm_rules.tables.write.listing import TO_BE_MENDED, Report, Section, cell_text, counting, is_number
from ntm_rules.tables.write.page import page
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Bilingual, Lang, Outcome

_NARROW = 3  # wider tables become a card for each row on a phone
_MOST_OPEN = 12  # more problems than these would hide the report: their number stands there, and a click shows them
_ADDRESS = re.compile(r"https?://\S+")
_LABELS = {
    "title": Bilingual("Kết quả đánh giá", "Results of the evaluation"),
    "summary": Bilingual("Tổng hợp", "Summary"),
    "outcome": Bilingual("Kết quả", "Outcome"),
    "count": Bilingual("Số đối tượng", "Subjects"),
    "criteria": Bilingual("Theo từng tiêu chí", "By criterion"),
    "criterion": Bilingual("Tiêu chí", "Criterion"),
    "nearest": Bilingual("Gần chuẩn nhất", "Nearest to the standard"),
    "problems": Bilingual("Số liệu cần sửa", "Data to be mended"),
    "each": Bilingual("Từng đối tượng", "Subject by subject"),
    "day": Bilingual("Theo văn bản có hiệu lực ngày", "Under the law in force on"),
    "none": Bilingual("Không có đối tượng nào đánh giá được.", "No subject could be evaluated."),
    "meets": Bilingual(
        "Trang này tính việc đáp ứng tiêu chí. Công nhận đạt chuẩn là quyết định của cấp có thẩm quyền.",
        "This page computes whether the criteria are met. Recognition is a decision of the competent authority.",
    ),
}


class HtmlWriter(Writer):
    """Results as HTML: a summary first, then each subject with its full explanation folded away.

    Args:
        stream: where the page is written.
        parts: a scratch stream for the subjects, since the summary comes first.
    """

    def __init__(self, stream: TextIO, parts: TextIO, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._stream, self._parts = stream, parts
        self._tally = Tally(rules, lang)

    def write(self, result: Result) -> None:
        """Count one result and keep its explanation."""
        self._tally.add(result)
        who = f"{result.name} ({result.id})" if result.name and result.name != result.id else result.id or str(result.row)
        if result.decision is None:
            what = "".join(f"<li>{escape(problem.line(self.lang))}</li>" for problem in result.problems)
            head = f'<strong>{escape(who)}</strong> <span class="none">{NOT_DECIDED.say(self.lang)}</span>'
            self._parts.write(f"<details><summary>{head}</summary><ul>{what}</ul></details>\n")
            return
        head = f'<strong>{escape(who)}</strong> <span class="{result.decision.outcome.value}">{escape(self._words(result.decision))}</span>'
        body = result.decision.explain(lang=self.lang, format="html", full=True)
        self._parts.write(f"<details><summary>{head}</summary>\n{body}\n</details>\n")

    def _words(self, decision: Decision) -> str:
        """The outcome in a line: what the method says of it, or how many criteria are met."""
        extras = self.rules.method.extras
        if extras:
            said = ((extra.title.say(self.lang), extra.text(decision, self.lang)) for extra in extras)
            return ", ".join(f"{title.lower()}: {text}" for title, text in said if text)
        outcome = decision.outcome
        return f"{cell_text(outcome, self.lang)}, {decision.count(Outcome.MET)}/{decision.count()}"

    def finish(self) -> None:
        """Write the page."""
        title = f"{self._say('title')}: {self.rules.title.say(self.lang)}"
        self._parts.seek(0)
        self._stream.writelines(page(title, chain(self._top(title), self._parts), self.lang))

    def _say(self, key: str) -> str:
        return _LABELS[key].say(self.lang)

    def _top(self, title: str) -> Iterable[str]:
        lang, problems = self.lang, self.problems
        yield f"<h1>{escape(title)}</h1>\n"
        rules = self.rules
        day = f" {self._say('day')} {rules.on:%d/%m/%Y}." if rules.on else ""
        instruments = ", ".join(rules.identity.instruments)
        yield f'<p class="small"><code>{escape(rules.id)}</code> {escape(rules.version)} ({escape(instruments)}).{day}'
        yield f" <code>sha256 {rules.sha256}</code></p>\n<p>{self._say('meets')}</p>\n"
        yield f"<h2>{self._say('summary')}</h2>\n<table><thead><tr>"
        yield f"<th>{self._say('outcome')}</th><th>{self._say('count')}</th></tr></thead>\n"
        for outcome in (*Outcome, None):
            if number := self._tally.outcomes[outcome]:
                label = outcome.label if outcome else NOT_DECIDED
                yield f'<tr><td class="{outcome.value if outcome else "none"}">{label.say(lang)}</td><td class="n">{number}</td></tr>\n'
        yield "</table>\n"
        if not self._tally.outcomes:
            yield f"<p>{self._say('none')}</p>\n"
        if extras := self.rules.method.extras:
            yield f"<table><thead><tr><th>{extras[0].title.say(lang)}</th><th>{self._say('count')}</th></tr></thead>\n"
            for named, number in sorted(self._tally.classes.items(), reverse=True):
                yield f'<tr><td>{escape(named)}</td><td class="n">{number}</td></tr>\n'
            yield "</table>\n"
        yield from _picture(self._tally.picture_by_number())
        if not extras:
            yield from self._by_criterion()
            if nearest := self._tally.picture_of_nearest():
                yield f"<h2>{self._say('nearest')}</h2>\n<p>{escape(self._tally.nearest_of())}</p>\n"
                yield from _picture(nearest)
        if problems:
            yield f"<h2>{self._say('problems')} ({len(problems)})</h2>\n<ul>\n"
            yield from (f"<li>{escape(problem.line(lang))}</li>\n" for problem in problems)
            yield "</ul>\n"
        for section in self._beside:
            yield f"<h2>{escape(section.title)}</h2>\n"
            yield from _table(section, lang)
        yield f"<h2>{self._say('each')}</h2>\n"

    def _by_criterion(self) -> Iterable[str]:
        lang = self.lang
        yield f'<h2>{self._say("criteria")}</h2>\n<div class="wide"><table><thead><tr><th>{self._say("criterion")}</th>'
        yield "".join(f"<th>{outcome.label.say(lang)}</th>" for outcome in Outcome) + "</tr></thead>\n"
        for criterion in self.rules.criteria:
            counts = self._tally.criteria.get(criterion.criterion, Counter[Outcome]())
            cells = "".join(f'<td class="n">{counts[outcome] or ""}</td>' for outcome in Outcome)
            yield f"<tr><td>{escape(criterion.criterion)} {escape(criterion.title.say(lang))}</td>{cells}</tr>\n"
        yield "</table></div>\n"
        yield from _picture(self._tally.picture_by_criterion())


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """A page of results."""
    with path.open("w", encoding="utf-8", newline="\n") as stream, tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as parts:
        yield HtmlWriter(stream, parts, rules, lang)


def report(path: Path, told: Report, lang: Lang) -> None:
    """What must be mended first, then the picture of a report and its tables."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(page(told.title, _body(told, lang), lang))


def _body(told: Report, lang: Lang) -> Iterator[str]:
    yield f"<h1>{escape(told.title)}</h1>\n"
    if told.problems:
        many = "" if len(told.problems) > _MOST_OPEN else " open"
        yield f"<details{many}><summary><strong>{TO_BE_MENDED.say(lang)} ({len(told.problems)})</strong></summary>\n<ul>"
        yield from (f"<li>{escape(problem.line(lang))}</li>" for problem in told.problems)
        yield "</ul>\n</details>\n"
    yield from _picture(told.picture)
    listed = _listed(told)
    if listed:
        links = "".join(f'<li><a href="#part-{index}">{escape(title)}</a></li>' for index, title in listed.items())
        yield f'<nav><ul class="small">{links}</ul></nav>\n'
    for index, section in enumerate(told.sections):
        place = f' id="part-{index}"' if index in listed else ""
        if section.behind:
            yield f"<details><summary>{escape(section.title)}</summary>\n"
        elif section.title:
            level = "h3" if section.within else "h2"
            yield f"<{level}{place}>{escape(section.title)}</{level}>\n"
        yield from _table(section, lang)
        if section.behind:
            yield "</details>\n"


def _picture(drawn: str) -> Iterator[str]:
    if drawn:
        yield f'<div class="wide"><div class="picture">{drawn}</div></div>\n'


def _table(section: Section, lang: Lang) -> Iterator[str]:
    """The sentences of a table, its picture, its rows."""
    yield from (f"<p>{escape(note)}</p>\n" for note in section.notes)
    yield from _picture(section.picture)
    if section.rows:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in section.headings)
        kind = "cards" if len(section.headings) > _NARROW else "plain"
        yield f'<div class="wide"><table class="{kind}"><thead><tr>{head}</tr></thead>\n'
        rows = section.texts(lang)
        counts = counting(rows)
        for row in rows:
            cells = (_cell(label, cell, column in counts) for column, (label, cell) in enumerate(zip(section.headings, row, strict=True)))
            yield "<tr>" + "".join(cells) + "</tr>\n"
        yield "</table></div>\n"


def _listed(told: Report) -> dict[int, str]:
    """The parts that a list at the top leads to, by their places: of a report whose parts have several tables."""
    parts = {index: section.title for index, section in enumerate(told.sections) if section.title and not section.within}
    return parts if len(parts) < len(told.sections) else {}


def _cell(label: str, cell: str, may_count: bool) -> str:
    """A cell, with the heading that stands before it where the table is read row by row; numbers to the right, but for codes."""
    lines = "<br>".join(_linked(escape(line)) for line in cell.split("\n"))
    kind = ' class="n"' if may_count and is_number(cell) else ""
    return f'<td{kind} data-label="{escape(label)}">{lines}</td>'


def _linked(line: str) -> str:
    return f'<a href="{line}">{line}</a>' if _ADDRESS.fullmatch(line) else line
