"""What a set, its version and its parts are called: in the form that everything else relies on, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_

VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
_SET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_NUMBERED = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*", re.ASCII)


def is_name(name: str) -> bool:
    """Whether it names a ruleset: ``family/edition`` in lower case, digits and hyphens."""
    return _SET.fullmatch(name) is not None


def malformed_version(version: str) -> Iterator[Finding]:
    """A version is three whole numbers."""
    if not VERSION.fullmatch(version):
        yield at(("version",), got=version, expected="1.0.0")


def _misnamed(walk: Walk) -> Iterator[Finding]:
    if not is_name(walk.document.ruleset):
        yield at(("ruleset",), got=walk.document.ruleset, expected="commune-ntm/2021-2025")


def _numbers(walk: Walk) -> Iterator[tuple[Path_, str]]:
    for path, section in walk.sections:
        yield (*path, "criterion"), section.criterion
        for i, indicator in enumerate(section.indicators):
            yield (*path, "indicators", i, "indicator"), indicator.indicator


def _malformed(walk: Walk) -> Iterator[Finding]:
    for path, number in _numbers(walk):
        if not _NUMBERED.fullmatch(number):
            yield at(path, got=number, expected="17, 17.2")


def _twice(walk: Walk) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, number in _numbers(walk):
        if number in seen:
            yield at(path, got=number)
        seen.add(number)


NAME = Lint("NTM-223", _misnamed, "ruleset: ¦Test 2024", "ruleset: test/2024")
SET_VERSION = Lint[Walk]("NTM-223", lambda walk: malformed_version(walk.document.version), "version: ¦v1", "version: 1.0.0")
NUMBER = Lint("NTM-223", _malformed, 'indicator: ¦"1,2"', 'indicator: "1.2"')
TWICE = Lint("NTM-214", _twice, 'indicator: ¦"1.1"\n        title: {vi: Có', 'indicator: "1.2"\n        title: {vi: Có')
