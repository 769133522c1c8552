"""A set that somebody edits on a page: checked as it is typed, tried on examples, compared with what is published.

It runs under Pyodide, with the library's own functions: ``check``, ``test``, ``diff``, ``impact``, ``new province``. Everything goes to
the page as JSON that the page shows as text, never as markup; a text is read as plain data and never runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.revise.compare import diff
from ntm_rules.revise.impact import impact_of_each
from ntm_rules.revise.report import diff_report, impact_report
from ntm_rules.site.workbench.declared import names_of
from ntm_rules.site.workbench.keys import keys_at, values_at
from ntm_rules.site.workbench.shelf import Folder, pack, unpack
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.write.listing import Report
from ntm_rules.values import Lang, SourceLevel
from ntm_rules.verify.entering import enter
from ntm_rules.verify.examples import run_beside
from ntm_rules.verify.folder import check
from ntm_rules.verify.paper import Paper
from ntm_rules.verify.trials import Trial, book_beside
from ntm_rules.verify.warnings import warnings

_NEXT: Final = frozenset({"NTM-226"})  # that a version is not published yet is what comes next, not a slip


class Playground:
    """The texts of one page.

    Args:
        home: a folder of its own to work in.
    """

    def __init__(self, home: str) -> None:
        self._folder = Folder(Path(home))
        self.lang: Lang = "vi"
        self._answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "open": self._open,
            "check": self._check,
            "keys": self._keys,
            "try": self._try,
            "test": self._test,
            "compare": self._compare,
            "new": self._new,
            "pack": self._pack,
            "unpack": self._unpack,
        }

    def ask(self, request: str) -> str:
        """The answer to one request of the page: what it asks (``do``), the edited texts (``files``), the set, the day and the province.

        What is wrong with the request or the texts stands under ``problems``; then nothing was changed.
        """
        asked: dict[str, Any] = json.loads(request)
        self.lang = asked["lang"]
        try:
            self._folder.lay(asked["files"])
            found = self._answers[asked["do"]](asked)
        except NtmError as error:
            found = {"problems": self._told(error.problems)}
        return json.dumps(found, ensure_ascii=False)

    def _open(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The files of a set, with what can be tried on it."""
        paths = [*dict.fromkeys([*self._folder.files_of(asked["set"], asked["province"] or None), *asked["files"]])]
        texts = {path: self._folder.text(path) for path in paths}
        shipped = {path: self._folder.shipped(path) for path in paths}
        return {"files": texts, "shipped": shipped, "examples": [trial.name for trial in self._trials(asked["set"])]}

    def _check(self, _: Mapping[str, Any]) -> dict[str, Any]:
        """Everything wrong or doubtful in the documents that were edited, as ``ntm-rules check`` says it."""
        names = self._folder.concerned()
        found = check(self._folder.catalogue, names)
        return {
            "problems": self._told(one for one in found if one.code not in _NEXT),
            "doubtful": self._told(warnings(self._folder.catalogue, names)),
            "next": self._told(one for one in found if one.code in _NEXT),
        }

    def _keys(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        place = asked["path"], asked["text"], asked["line"], self._declared(asked["set"])
        return {"keys": keys_at(*place), "values": values_at(*place)}

    def _declared(self, name: str) -> Mapping[str, Sequence[str]]:
        """What the set declares as edited, or as published while the edited text cannot be read."""
        for catalogue in (self._folder.catalogue, bundled()):
            try:
                return names_of(catalogue.ruleset(name))
            except NtmError:
                pass
        return {}

    def _try(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What comes out of an example, as published and as edited."""
        trial = self._trials(asked["set"])[asked["example"]]
        was = trial.text.load(bundled()).evaluate(trial.subject) if asked["set"] in bundled().rulesets else None
        now = trial.text.load(self._folder.catalogue).evaluate(trial.subject)
        return {
            "before": self._outcome(was),
            "after": self._outcome(now),
            "outcome": now.outcome.value,
            "explained": now.explain(self.lang),
        }

    def _outcome(self, decision: Decision | None) -> str:
        return decision.outcome.label.say(self.lang) if decision else "–"

    def _test(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The examples beside the edited documents, as ``ntm-rules test`` runs them."""
        catalogue = self._folder.catalogue
        entries = {**catalogue.rulesets, **catalogue.overlays}
        runs = [run_beside(catalogue, entries[name]) for name in self._folder.concerned() or [asked["set"]]]
        return {"problems": self._told(one for run in runs for one in run.problems), "count": sum(run.examples for run in runs)}

    def _trials(self, name: str) -> list[Trial]:
        """The examples of a set by their names, those that people told first."""
        catalogue = self._folder.catalogue
        trials = book_beside(catalogue, catalogue.entry("ruleset", name)).trials
        return sorted(trials, key=lambda one: one.name[:1].isdigit())

    def _compare(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What differs from the published set, and whom it affects: the rows of a table, or the examples of the set."""
        before, after = self._rules(bundled(), asked), self._rules(self._folder.catalogue, asked)
        problems: list[Problem] = []
        if asked["table"]:
            table = read_table(asked["table"], before, constants={"province": before.province} if before.province else {})
            subjects: list[Subject] = [row.subject for row in table.rows if row.subject is not None]
            problems += table.all_problems
        else:
            subjects = [trial.subject.model_copy(update={"id": trial.name}) for trial in self._trials(asked["set"])]
        found, wrong = impact_of_each(before, after, subjects)
        if asked["table"]:
            problems += wrong
        return {
            "diff": self._report(diff_report(diff(before, after), self.lang)),
            "impact": self._report(impact_report(found, before, after, self.lang)),
            "affected": len(found),
            "count": len(found.subjects),
            "problems": self._told(problems),
        }

    @staticmethod
    def _rules(catalogue: Catalogue, asked: Mapping[str, Any]) -> RuleSet:
        return load(asked["set"], on=date.fromisoformat(asked["on"]), province=asked["province"] or None, catalogue=catalogue)

    def _new(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The texts for a decision of a province, as ``ntm-rules new province`` writes them, beside what is edited already."""
        catalogue, paper = self._folder.catalogue, asked["paper"]
        slug = catalogue.provinces.require(paper["province"], Place(path="province"))
        place, city = catalogue.provinces.name(slug), catalogue.provinces.by_slug[slug][-1].central_city
        issued, start = (date.fromisoformat(paper[name]) if paper[name] else None for name in ("issued", "start"))
        made = Paper(
            "province",
            asked["set"],
            paper["number"].strip(),
            paper["title"].strip() or paper["number"].strip(),
            f"UBND {'thành phố' if city else 'tỉnh'} {place}",
            SourceLevel.RECALLED,
            f"Decision {paper['number'].strip()} of {issued}, {place}",
            f"People's Committee of {place}{' City' if city else ' Province'}",
            issued,
            start,
            province=slug,
            province_name=place,
        )
        entered = enter(catalogue, made, self._folder.own)
        files = {self._folder.path(str(path)): path.read_text("utf-8") for path in entered.written}
        self._folder.lay({**asked["files"], **files})
        return {"files": files, "open": list(entered.open), "id": entered.id}

    def _pack(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        pack(asked["files"], asked["to"])
        return {"written": asked["to"]}

    def _unpack(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The texts of an archive that differ from those of the library."""
        found = unpack(asked["from"], asked["name"])
        return {"files": {path: words for path, words in found.items() if words != self._folder.shipped(path)}}

    def _report(self, report: Report) -> list[dict[str, Any]]:
        return [
            {"title": one.title, "headings": list(one.headings), "rows": one.texts(self.lang), "notes": list(one.notes)}
            for one in report.sections
        ]

    def _told(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        return [self._problem(one) for one in problems]

    def _problem(self, problem: Problem) -> dict[str, Any]:
        home = str(self._folder.own.parent)
        words = f"{problem.what(self.lang)} {problem.why(self.lang)} {problem.mend(self.lang)}"
        for root in (f"{home}/own/", f"{home}/rulesets/"):
            words = words.replace(root, "")
        place = problem.place
        return {"file": self._folder.path(place.file), "line": place.line, "path": place.path, "code": problem.code, "words": words}
