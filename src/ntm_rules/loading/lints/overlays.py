"""An overlay by itself: named below an edition there is, a province where it is one's own, each change of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.names import is_name, malformed_version
from ntm_rules.loading.lints.periods import ends_before_it_starts
from ntm_rules.loading.lints.sources import unknown_instruments
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import Period
from ntm_rules.problems import nearest


@dataclass(frozen=True, slots=True)
class Overlaid:
    """An overlay with what it may name: the editions and the instruments on record."""

    document: OverlayDocument
    editions: Collection[str]
    instruments: Mapping[str, Instrument]
    days: Period | None = None  # of the edition
    folder: tuple[str, ...] = ()  # where the file stands, from the folder of the catalogue down


def _malformed(overlaid: Overlaid) -> Iterator[Finding]:
    name = overlaid.document.overlay
    if name.count("/") != 2 or not is_name(name.rpartition("/")[0]):
        yield at(("overlay",), got=name, expected="commune-ntm/2021-2025/211-qd-ttg")


def _no_edition(overlaid: Overlaid) -> Iterator[Finding]:
    target = overlaid.document.amends
    if target not in overlaid.editions:
        yield at(("amends",), target=target, guess=nearest(target, overlaid.editions))


def _no_province(overlaid: Overlaid) -> Iterator[Finding]:
    if (overlaid.document.kind == "provincial") != (overlaid.document.province is not None):
        yield at(("province",))


def _not_one_kind(overlaid: Overlaid) -> Iterator[Finding]:
    for i, change in enumerate(overlaid.document.changes):
        given = [key for key in ("set", "add", "remove") if getattr(change, key) is not None]
        if len(given) != 1:
            yield at(("changes", i), got=", ".join(given) or "–")


def _set_twice(overlaid: Overlaid) -> Iterator[Finding]:
    """One key of one target set by two changes of the same text: the later would count, and nobody would see the earlier."""
    seen: set[tuple[str, str]] = set()
    for i, change in enumerate(overlaid.document.changes):
        own = {(change.set, key) for key in change.fields if key != "source"} if change.set is not None else set()
        if own & seen:
            yield at(("changes", i), target=change.set)
        seen |= own


def _before_its_instrument(overlaid: Overlaid) -> Iterator[Finding]:
    """A text that counts before the day from which the list of instruments has it."""
    name, first = overlaid.document.instrument, overlaid.document.in_force.start
    listed = overlaid.instruments[name].in_force.start if name in overlaid.instruments else None
    if first is not None and listed is not None and first < listed:
        yield at(("in_force", "from"), got=first, known=listed, key=name)


def _outlives(overlaid: Overlaid) -> Iterator[Finding]:
    """A last day after that of the edition: on the days between there is nothing that it could change."""
    own, last = overlaid.document.in_force.until, overlaid.days.until if overlaid.days else None
    if own is not None and last is not None and last < own:
        yield at(("in_force", "until"), got=own, known=last, edition=overlaid.document.amends)


def _elsewhere(overlaid: Overlaid) -> Iterator[Finding]:
    """A text of one province in the folder of another."""
    province, folder = overlaid.document.province, overlaid.folder
    if province is not None and folder[:1] == ("provinces",) and province not in folder:
        yield at(("province",), got=province, folder="/".join(folder))


NAME = Lint("NTM-223", _malformed, "overlay: ¦sua", "overlay: test/2024/sua")
VERSION = Lint[Overlaid]("NTM-223", lambda overlaid: malformed_version(overlaid.document.version), "version: ¦v1", "version: 1.0.0")
PERIOD = Lint[Overlaid](
    "NTM-220",
    lambda overlaid: ends_before_it_starts(overlaid.document.in_force, ("in_force",)),
    "in_force: {from: 2024-03-01, until: ¦2024-02-01}",
    "in_force: {from: 2024-03-01, until: 2024-12-31}",
)
INSTRUMENT = Lint[Overlaid](
    "NTM-215",
    lambda overlaid: unknown_instruments([(("instrument",), overlaid.document.instrument)], overlaid.instruments),
    "instrument: ¦3/QD-UBND (Kon Tum)",
    "instrument: 3/QĐ-UBND (Kon Tum)",
)
EDITION = Lint("NTM-304", _no_edition, "amends: ¦test/2025", "amends: test/2024")
PROVINCE = Lint("NTM-305", _no_province, "kind: draft\nprovince: ¦kon-tum", "kind: provincial\nprovince: kon-tum")
ONE_KIND = Lint("NTM-311", _not_one_kind, '- ¦set: "1.1"\n    remove: "1.2"', '- set: "1.1"')
TWICE = Lint(
    "NTM-246",
    _set_twice,
    '- ¦set: "1.1"\n    at_least: 90\n    source: {level: recalled}',
    '- set: "2.2"\n    note: {vi: Của tỉnh, en: Of the province}',
)
DAY = Lint("NTM-247", _before_its_instrument, "from: ¦2024-01-02", "from: 2024-03-01", Level.WARNS)
OUTLIVES = Lint(
    "NTM-255",
    _outlives,
    "in_force: {from: 2024-03-01, until: ¦2025-12-31}",
    "in_force: {from: 2024-03-01, until: 2024-12-31}",
    Level.WARNS,
)
HOME = Lint("NTM-256", _elsewhere, "province: ¦quang-ngai", "province: kon-tum", Level.WARNS)
