"""Writes ``conformance/cases`` anew: ``python conformance/make.py``; with ``--check`` only says what would change.

Cases of the trial sets are those thought out by hand and some drawn by chance, always the same. Of a shipped set a file is written once
for each version and stands from then on, as its published version does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import ntm_rules as ntm

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from handmade import HANDMADE  # noqa: E402

from plain import draw  # noqa: E402
from plain.read import Library  # noqa: E402

SCHEMA = "ntm-rules/conformance/v1"
CATALOGUE = ntm.Catalogue(HERE / "rulesets", on_top_of=ntm.Catalogue())
TRIALS = Library(HERE / "rulesets")
SHIPPED = Library(HERE.parent / "rulesets")
DRAWN = {"trial": 12, "shipped": 2}


class Suite(NamedTuple):
    """One text of a set: the set, the day, the province, the weakest level that may decide, drafts under rehearsal."""

    set: str
    on: str | None = None
    province: str | None = None
    accept: str = "recalled"
    drafts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file."""
        parts = [self.set.replace("/", "_"), self.on, self.province, self.accept if self.accept != "recalled" else None]
        return "_".join(part for part in (*parts, "draft" if self.drafts else None) if part)


SUITES = (
    Suite("operators/1"),
    Suite("combinations/1"),
    Suite("absences/1"),
    Suite("absences/1", accept="published"),
    Suite("absences/1", accept="official"),
    Suite("tables/1", "2024-02-29"),
    Suite("tables/1", "2024-06-30", "kon-tum"),
    Suite("tables/1", "2024-07-01"),
    Suite("tables/1", "2024-07-01", "kon-tum"),
    Suite("tables/1", "2024-07-01", "kon-tum", "published"),
    Suite("tables/1", "2024-06-30", drafts=("tables/1/du-thao",)),
    Suite("shares/1"),
    Suite("scores/1"),
    Suite("scores/2"),
)


def loaded(suite: Suite, catalogue: ntm.Catalogue | None = None) -> ntm.RuleSet:
    """The set as a suite means it."""
    day = date.fromisoformat(suite.on) if suite.on else None
    return ntm.load(suite.set, on=day, province=suite.province, drafts=suite.drafts, catalogue=catalogue)


def drawn(suite: Suite, library: Library, times: int) -> Iterator[dict[str, Any]]:
    """Subjects by chance, on and beside what is asked."""
    edition = library.edition(suite.set, date.fromisoformat(suite.on) if suite.on else None, suite.province)
    for i in range(times):
        chance = Random(f"{suite}/{i}")
        sheets = library.sheets[suite.set]
        facts = draw.product(chance, edition, sheets[chance.choice(sorted(sheets))], {}) if sheets else draw.facts(chance, edition)
        yield {"id": f"R{i}", **facts}


def case(rules: ntm.RuleSet, suite: Suite, name: str, subject: Any) -> dict[str, Any]:
    """A case with the answer: a decision, or the codes that refuse the subject."""
    if isinstance(subject, str):
        asked: dict[str, Any] = {"text": subject}
    else:
        if suite.province:  # who asks for the law of a province states the province
            subject = {**subject, "attributes": {**subject.get("attributes", {}), "province": suite.province}}
        asked = {"subject": subject}
    try:
        given = ntm.Subject.from_json(subject) if isinstance(subject, str) else ntm.Subject.read(subject)
        answer: dict[str, Any] = {"decision": json.loads(rules.evaluate(given, accept=suite.accept).to_json())}
    except ntm.NtmError as error:
        answer = {"refused": sorted(problem.code for problem in error.problems)}
    return {"case": name, **asked, **answer}


def text_of(suite: Suite, rules: ntm.RuleSet, cases: list[dict[str, Any]], *, shipped: bool) -> str:
    """A file of cases, one a line."""
    head: dict[str, Any] = {"schema": SCHEMA, "set": rules.id, "version": rules.version, "on": suite.on, "province": suite.province}
    head |= {"accept": suite.accept, "drafts": list(suite.drafts), "shipped": shipped}
    if not shipped:
        head["ruleset"] = json.loads(rules.to_json())
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    listed = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    return "{" + ",\n".join(lines) + ',\n"cases": [\n' + listed + "\n]}\n"


def files() -> Iterator[tuple[Path, str]]:
    """Every file that is written anew, and those of versions that have none yet."""
    for suite in SUITES:
        rules = loaded(suite, CATALOGUE)
        chosen = HANDMADE[suite.set.split("/")[0]].items()
        cases = [case(rules, suite, name, subject) for name, subject in chosen]
        cases += [case(rules, suite, f"by chance {one['id']}", one) for one in drawn(suite, TRIALS, DRAWN["trial"])]
        yield HERE / "cases" / f"{suite.name}.json", text_of(suite, rules, cases, shipped=False)
    for name in sorted(ntm.Catalogue().rulesets):
        suite = Suite(name)
        rules = loaded(suite)
        path = HERE / "cases" / "shipped" / f"{suite.name}_{rules.version}.json"
        if not path.exists():
            cases = [case(rules, suite, f"by chance {one['id']}", one) for one in drawn(suite, SHIPPED, DRAWN["shipped"])]
            yield path, text_of(suite, rules, cases, shipped=True)


def main(check: bool) -> int:
    """Write what differs, or name it."""
    changed = [(path, text) for path, text in files() if not path.exists() or path.read_text("utf-8") != text]
    for path, text in changed:
        print(f"{'stale' if check else 'written'}: {path.relative_to(HERE)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
