"""Real messages, one for each code, as the tests provoke them: what the pages of the codes show.

``python tests/messages.py`` runs the tests that name codes and writes ``src/ntm_rules/site/told.json``: the words that filled the message,
and for rulesets and overlays the wrong text beside the right one. With names of tests it runs these alone and adds what they tell.
``python tests/messages.py --check`` runs none: it says what in that file no longer fits the messages and the tables of the tests of today.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from ntm_rules.loading.lints import LINTS
from ntm_rules.loading.lints.lint import HERE, Level
from ntm_rules.messages import MESSAGES
from ntm_rules.problems import Problem
from ntm_rules.values import Bilingual

ROOT: Final = Path(__file__).parent.parent
TOLD: Final = ROOT / "src" / "ntm_rules" / "site" / "told.json"
_OPEN = re.compile(r"[\x00-\x1f]|tmp|/root|/home|pytest|\bobject at\b|<class ")
_LONGEST = 160
_FIELD = re.compile(r"\{(\w+)")


class Collector:
    """The first whole, short message of each code; problems are made while tests run."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, Any]] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self) -> Iterable[None]:
        """Look at every problem that a test makes."""
        make = Problem.__init__
        told = self.told

        def make_and_keep(problem: Problem, *given: Any, **named: Any) -> None:
            make(problem, *given, **named)
            if problem.code not in told and (found := _kept(problem)) is not None:
                told[problem.code] = found

        Problem.__init__ = make_and_keep  # type: ignore[method-assign]
        yield
        Problem.__init__ = make  # type: ignore[method-assign]


def _kept(problem: Problem) -> dict[str, Any] | None:
    words = {name: _word(value) for name, value in sorted(problem.words.items()) if value is not None}
    return {"words": words} if _readable(words) else None


def _readable(words: dict[str, Any]) -> bool:
    """Whether a page can show them: whole, short, and nothing of the machine or of Python in them."""
    said = [text for value in words.values() for text in (value.values() if isinstance(value, dict) else [str(value)])]
    return not any(not text.strip() or len(text) > _LONGEST or _OPEN.search(text) for text in said)


def _word(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return {"vi": value.vi, "en": value.en}
    if isinstance(value, int) and not isinstance(value, bool):
        return value  # a message may write it with its thousands apart
    return value.isoformat() if isinstance(value, date) else str(value)


def pairs() -> dict[str, tuple[str, str]]:
    """The wrong text beside the right one, from the tables of the tests of rulesets and overlays; the first of each code."""
    sys.path.insert(0, str(ROOT / "tests"))
    sys.path.insert(0, str(ROOT / "tests" / "loading"))
    import test_problems  # type: ignore[import-not-found]

    found: dict[str, tuple[str, str]] = {}
    linted = [
        (lint.code, lint.right, lint.wrong.replace(HERE, "")) for lints in LINTS.values() for lint in lints if lint.level is Level.WARNS
    ]
    for code, right, wrong in (*test_problems.RULESETS, *test_problems.OVERLAYS, *linted):
        plain = wrong.replace(test_problems.MARK, "")
        if plain.strip() and plain.isprintable() | ("\n" in plain) and not re.search(r"[\x00-\x08]", plain) and len(plain) < _LONGEST:
            found.setdefault(code, (plain.rstrip(), right.rstrip()))
    return found


def _asked(code: str) -> set[str]:
    """The words that a message uses."""
    return {name for said in MESSAGES[code].values() for name in _FIELD.findall("".join(said))}


def _fits(code: str, words: dict[str, Any]) -> bool:
    return bool(words) and _asked(code) <= words.keys() and _readable(words)


def stale(told: dict[str, dict[str, Any]]) -> list[str]:
    """What a file of told messages says that is so no more: codes that are gone, words that their message does not use or lacks, and pairs
    of wrong and right text that the tables of the tests no longer hold or hold otherwise."""
    found = [f"{code}: no such code" for code in told.keys() - MESSAGES.keys()]
    now = pairs()
    for code in told.keys() & MESSAGES.keys():
        one = told[code]
        lacking = _asked(code) - one["words"].keys()
        if one["words"] and lacking:
            found.append(f"{code}: without {', '.join(sorted(lacking))}")
        if not _readable(one["words"]):
            found.append(f"{code}: nobody can read what filled the message")
        if (one.get("wrong"), one.get("right")) != now.get(code, (None, None)):
            found.append(f"{code}: the wrong and the right text are others in the tests")
    return sorted(found + [f"{code}: a wrong and a right text stand in the tests" for code in now.keys() - told.keys()])


def main(tests: list[str]) -> int:
    """Run the tests, write what they told beside what was told before; or only check what is written."""
    if tests == ["--check"]:
        found = stale(json.loads(TOLD.read_text("utf-8")))
        sys.stdout.write("".join(f"{one}\n" for one in found))
        return 1 if found else 0
    before = json.loads(TOLD.read_text("utf-8")) if TOLD.exists() else {}
    collector = Collector()
    named = tests or sorted(
        str(path)
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.parent.name not in ("browser", "site", "laws") and "NTM-" in path.read_text("utf-8")
    )
    pytest.main(["-q", "-p", "no:cacheprovider", *named], plugins=[collector])
    kept = {code: one for code, one in before.items() if code in MESSAGES and _fits(code, one["words"])}
    told = {**before, **collector.told, **kept}  # what is shown changes only where it no longer fits
    for code, (wrong, right) in pairs().items():
        told.setdefault(code, {"words": {}})
        told[code] |= {"wrong": wrong, "right": right}
    told = {code: one for code, one in sorted(told.items()) if one["words"] or "wrong" in one}
    TOLD.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    sys.stdout.write(f"{len(told)} codes in {TOLD.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
