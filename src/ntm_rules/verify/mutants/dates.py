"""A day off: an overlay in force a day earlier or later, an edition that starts a day late or ends a day early.

That an edition is not in force on a day is not something an example can say, so it never reaches further here than it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ntm_rules.loading.edition import with_readings
from ntm_rules.loading.resolve import Effective, resolve
from ntm_rules.model.ruleset import Period
from ntm_rules.problems import NotInForce, Place
from ntm_rules.values import Bilingual
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, Turn
from ntm_rules.verify.mutants.mutation import Mutation

_DAY = timedelta(days=1)


def _of(bench: Bench) -> Iterator[Mutant]:
    period = bench.entry.in_force
    overlay = bench.entry.kind == "overlay"
    if overlay and not bench.catalogue.overlay(bench.entry.id).changes:
        return  # what changes nothing does so on any day
    edition = bench.catalogue.entry("ruleset", bench.catalogue.overlay(bench.entry.id).amends).in_force if overlay else period
    for name, moves in (("start", (1, -1) if overlay else (1,)), ("until", (-1, 1) if overlay else (-1,))):
        day: date | None = getattr(period, name)
        if day is None:
            continue
        for moved in [day + move * _DAY for move in moves]:
            if overlay and not edition.covers(min(day, moved) if name == "start" else max(day, moved)):
                continue  # on the one day that would be otherwise there is no edition to be decided under
            turned = period.model_copy(update={name: moved})
            turn = _applied(bench, turned) if overlay else _in_force(turned)
            yield Mutant("date", f"in_force.{'from' if name == 'start' else name}", (), str(day), str(moved), turn, anywhere=True)


def _in_force(period: Period) -> Turn:
    def turn(effective: Effective) -> Effective | None:
        if effective.on is not None and not period.covers(effective.on):
            raise NotInForce.one("NTM-307", Place(), got=effective.document.ruleset, on=effective.on, editions="–")
        return None

    return turn


def _applied(bench: Bench, period: Period) -> Turn:
    """A text with the overlay where the other days put it, without it where they do not."""
    own = bench.entry

    def turn(effective: Effective) -> Effective | None:
        day, province = effective.on, effective.province
        applied = {layer.id: layer.version for layer in effective.overlays}
        if day is None or (own.province not in (None, province)) or period.covers(day) is (own.id in applied):
            return None
        edition = effective.document.ruleset
        versions = {edition: effective.document.version, **applied}
        if own.id in applied:
            del versions[own.id]
        else:
            versions[own.id] = own.version
        found = resolve(bench.catalogue, edition, on=day, province=province, versions=versions)
        return with_readings(found, dict(effective.readings))

    return turn


DATE = Mutation("date", Bilingual("lệch một ngày", "a day off"), _of)
