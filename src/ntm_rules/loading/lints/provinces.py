"""The list of provinces: slugs of one form, regions and successors there are, one unit of a slug on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.model.province import Province
from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.problems import nearest

Units = tuple[Province, ...]

_SLUG = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)


def _malformed(units: Units) -> Iterator[Finding]:
    for i, unit in enumerate(units):
        if not _SLUG.fullmatch(unit.province):
            yield at(("provinces", i, "province"), got=unit.province, expected="kon-tum")


def _no_region(units: Units) -> Iterator[Finding]:
    for i, unit in enumerate(units):
        if unit.region is not None and unit.region not in REGIONS:
            yield at(("provinces", i, "region"), got=unit.region, dimension="region", guess=nearest(unit.region, REGIONS))


def _periods(units: Units) -> Iterator[Finding]:
    for i, unit in enumerate(units):
        if unit.start and unit.until and unit.until < unit.start:
            yield at(("provinces", i, "until"), until=unit.until, start=unit.start)


def _no_successor(units: Units) -> Iterator[Finding]:
    slugs = {unit.province for unit in units}
    for i, unit in enumerate(units):
        if unit.merged_into is not None and unit.merged_into not in slugs:
            yield at(("provinces", i, "merged_into"), got=unit.merged_into, guess=nearest(unit.merged_into, slugs))


def _twice(units: Units) -> Iterator[Finding]:
    """A slug may go on after a merger, but not before the unit that had it has ended."""
    taken: dict[str, Province] = {}
    for i, unit in sorted(enumerate(units), key=lambda line: line[1].start or date.min):
        before = taken.get(unit.province)
        if before is not None and (before.until is None or unit.start is None or unit.start <= before.until):
            yield at(("provinces", i, "province"), got=unit.province)
        taken[unit.province] = unit


SLUG = Lint("NTM-223", _malformed, "province: ¦Kon Tum", "province: kon-tum")
REGION = Lint("NTM-208", _no_region, "region: ¦tay-nguyn", "region: tay-nguyen")
PERIOD = Lint("NTM-220", _periods, "from: 2025-07-01, until: ¦2025-06-30", "from: 2025-07-01, until: 2030-12-31")
SUCCESSOR = Lint("NTM-313", _no_successor, "merged_into: ¦quang-ngi", "merged_into: quang-ngai")
TWICE = Lint(
    "NTM-316",
    _twice,
    "province: ¦quang-ngai, name: Quảng Ngãi, from: 2025-06-30",
    "province: quang-ngai, name: Quảng Ngãi, from: 2025-07-01",
)
