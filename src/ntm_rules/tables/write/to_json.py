"""JSON, for programs."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.stored.schema import RESULTS
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.listing import Report
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang


class JsonWriter(Writer):
    """Results as JSON: the decisions, each of the schema ``ntm-rules/decision/v1``, and the problems."""

    def __init__(self, stream: TextIO, rules: RuleSet, lang: Lang = "vi") -> None:
        super().__init__(rules, lang)
        self._stream = stream
        self._any = False
        stream.write(f'{{"schema":"{RESULTS}","ruleset":{json.dumps(rules.id)},"decisions":[')

    def write(self, result: Result) -> None:
        """Write one decision; the problems of a row without one come at the end."""
        if result.decision is not None:
            self._stream.write((",\n" if self._any else "\n") + result.decision.to_json())
            self._any = True

    def finish(self) -> None:
        """Write the problems."""
        listed = [problem.as_dict() for problem in self.problems]
        self._stream.write('\n],"problems":' + json.dumps(listed, ensure_ascii=False) + "}\n")


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """Decisions and problems."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        yield JsonWriter(stream, rules, lang)


def report(path: Path, told: Report, lang: Lang) -> None:
    """The data of a report and its problems."""
    whole = {"data": told.data, "problems": [problem.as_dict() for problem in told.problems]}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
