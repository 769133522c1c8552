"""Results as one HTML page: nothing is fetched from anywhere, everything from a table is escaped, it prints well."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from html import escape
from pathlib import Path
from types import TracebackType

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import OUTCOME_SIGNS
from ntm_rules.problems import Problem
from ntm_rules.tables.results import NOT_DECIDED, Result
from ntm_rules.values import Bilingual, Lang, Outcome

STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;margin:0 auto;max-width:70rem;
padding:1.5rem;color:#1b1b1b;background:#fff}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1.05rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#f0f0f0}td.n{text-align:right;font-variant-numeric:tabular-nums}
.met{color:#0a5c2b}.not_met{color:#a11212}.undetermined{color:#7a4b00}.not_applicable,.none{color:#555}
summary{cursor:pointer;padding:.4rem 0}details{border-bottom:1px solid #ddd}summary strong{margin-right:.5rem}
li{margin:.1rem 0}code{font-size:.9em}.small{color:#555;font-size:.9rem}a{color:#0b4f9c}
.wide{overflow-x:auto}.picture{min-width:36rem}.picture svg{max-width:100%;height:auto}
@media screen and (max-width:40rem){.cards thead{position:absolute;left:-9999px}
.cards,.cards tbody,.cards tr,.cards td{display:block;width:auto}
.cards tr{border:1px solid #bbb;margin:0 0 .75rem;padding:.25rem 0}.cards td,.cards td.n{border:0;text-align:left;padding:.2rem .6rem}
.cards td:empty{display:none}.cards td::before{content:attr(data-label);display:block;font-size:.85em;color:#555}}
@media print{body{max-width:none;padding:0;font-size:11pt}details{break-inside:auto}summary{break-after:avoid;list-style:none}
details::details-content{content-visibility:visible;block-size:auto}tr{break-inside:avoid}thead{display:table-header-group}}
"""
_LABELS = {
    "title": Bilingual("Kết quả đánh giá", "Results of the evaluation"),
    "summary": Bilingual("Tổng hợp", "Summary"),
    "outcome": Bilingual("Kết quả", "Outcome"),
    "count": Bilingual("Số đối tượng", "Subjects"),
    "criteria": Bilingual("Theo từng tiêu chí", "By criterion"),
    "criterion": Bilingual("Tiêu chí", "Criterion"),
    "problems": Bilingual("Số liệu cần sửa", "Data to be mended"),
    "each": Bilingual("Từng đối tượng", "Subject by subject"),
    "day": Bilingual("Theo văn bản có hiệu lực ngày", "Under the law in force on"),
    "none": Bilingual("Không có đối tượng nào đánh giá được.", "No subject could be evaluated."),
    "meets": Bilingual(
        "Trang này tính việc đáp ứng tiêu chí. Công nhận đạt chuẩn là quyết định của cấp có thẩm quyền.",
        "This page computes whether the criteria are met. Recognition is a decision of the competent authority.",
    ),
}


def page(title: str, body: Iterable[str], lang: Lang) -> Iterable[str]:
    """A whole HTML page around ``body``, part by part: no script, no address to fetch from."""
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield from body
    yield "</body>\n</html>\n"


class ReportWriter:
    """Results as HTML: a summary first, then each subject with its full explanation folded away."""

    def __init__(self, path: Path, rules: RuleSet, lang: Lang) -> None:
        self._path, self._rules, self._lang = path, rules, lang
        self._outcomes: Counter[Outcome | None] = Counter()
        self._criteria: dict[str, Counter[Outcome]] = {criterion.criterion: Counter() for criterion in rules.criteria}
        self._stars: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._parts = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> ReportWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._parts.close()

    def add(self, result: Result) -> None:
        """Count one result and keep its explanation."""
        self._outcomes[result.outcome] += 1
        self._problems.extend(result.problems)
        who = f"{result.name} ({result.id})" if result.name and result.name != result.id else result.id or str(result.row)
        outcome = result.outcome
        if result.decision is None:
            what = "".join(f"<li>{escape(problem.line(self._lang))}</li>" for problem in result.problems)
            head = f'<strong>{escape(who)}</strong> <span class="none">{NOT_DECIDED.say(self._lang)}</span>'
            self._parts.write(f"<details><summary>{head}</summary><ul>{what}</ul></details>\n")
            return
        assert outcome is not None
        if result.decision.score is None:
            for node in result.decision.criteria:
                self._criteria[node.id][node.outcome] += 1
        words = f"{OUTCOME_SIGNS[outcome]} {outcome.label.say(self._lang)}, {result.met}/{result.total}"
        if result.decision.score is not None:
            self._stars[result.stars] += 1
            standing = result.standing(self._lang)
            words = f"{result.stars} ★ {result.points(self._lang)}" + (f" ({standing})" if standing else "")
        head = f'<strong>{escape(who)}</strong> <span class="{outcome.value}">{words}</span>'
        body = result.decision.explain(lang=self._lang, format="html", full=True)
        self._parts.write(f"<details><summary>{head}</summary>\n{body}\n</details>\n")

    def finish(self, problems: Iterable[Problem]) -> None:
        """Write the page."""
        title = f"{self._say('title')}: {self._rules.title.say(self._lang)}"
        with self._path.open("w", encoding="utf-8", newline="\n") as stream:
            end = None
            for part in page(title, self._top(title, [*problems, *self._problems]), self._lang):
                end = part
                if part != "</body>\n</html>\n":
                    stream.write(part)
            self._parts.seek(0)
            shutil.copyfileobj(self._parts, stream)
            stream.write(end or "")

    def _say(self, key: str) -> str:
        return _LABELS[key].say(self._lang)

    def _top(self, title: str, problems: list[Problem]) -> Iterable[str]:
        lang = self._lang
        yield f"<h1>{escape(title)}</h1>\n"
        rules = self._rules
        day = f" {self._say('day')} {rules.on:%d/%m/%Y}." if rules.on else ""
        instruments = ", ".join(rules.identity.instruments)
        yield f'<p class="small"><code>{escape(rules.id)}</code> {escape(rules.version)} ({escape(instruments)}).{day}'
        yield f" <code>sha256 {rules.sha256}</code></p>\n<p>{self._say('meets')}</p>\n"
        yield f"<h2>{self._say('summary')}</h2>\n<table><thead><tr>"
        yield f"<th>{self._say('outcome')}</th><th>{self._say('count')}</th></tr></thead>\n"
        for outcome in (*Outcome, None):
            if number := self._outcomes[outcome]:
                label = outcome.label if outcome else NOT_DECIDED
                yield f'<tr><td class="{outcome.value if outcome else "none"}">{label.say(lang)}</td><td class="n">{number}</td></tr>\n'
        yield "</table>\n"
        if not self._outcomes:
            yield f"<p>{self._say('none')}</p>\n"
        if self._stars:
            yield f"<table><thead><tr><th>★</th><th>{self._say('count')}</th></tr></thead>\n"
            for stars, number in sorted(self._stars.items(), reverse=True):
                yield f'<tr><td>{escape(stars)}</td><td class="n">{number}</td></tr>\n'
            yield "</table>\n"
        else:
            yield from self._by_criterion()
        if problems:
            yield f"<h2>{self._say('problems')} ({len(problems)})</h2>\n<ul>\n"
            yield from (f"<li>{escape(problem.line(lang))}</li>\n" for problem in problems)
            yield "</ul>\n"
        yield f"<h2>{self._say('each')}</h2>\n"

    def _by_criterion(self) -> Iterable[str]:
        lang = self._lang
        yield f'<h2>{self._say("criteria")}</h2>\n<div class="wide"><table><thead><tr><th>{self._say("criterion")}</th>'
        yield "".join(f"<th>{outcome.label.say(lang)}</th>" for outcome in Outcome) + "</tr></thead>\n"
        for criterion in self._rules.criteria:
            counts = self._criteria[criterion.criterion]
            cells = "".join(f'<td class="n">{counts[outcome] or ""}</td>' for outcome in Outcome)
            yield f"<tr><td>{escape(criterion.criterion)} {escape(criterion.title.say(lang))}</td>{cells}</tr>\n"
        yield "</table></div>\n"
