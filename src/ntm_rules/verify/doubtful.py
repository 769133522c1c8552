"""What is doubtful about certificates: readings that no longer say anything of their set, a base that is gone, two that disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.resolve import resolve
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.problems import NotFound, NtmError, Problem
from ntm_rules.verify.folder import changing_days

_DISAGREEMENTS: Final = ("NTM-321", "NTM-245")


def doubtful_readings(catalogue: Catalogue, only: Collection[str] | None = None) -> Iterator[Problem]:
    """What certificates read and nothing uses, and where they disagree, over all days and provinces of each edition.

    They load all the same: the library goes on to be updated, and a set that says otherwise than it did must not stop an office. With
    ``only``, of the editions of these names and of those that certificates of these names are about.
    """
    for name, entry in catalogue.rulesets.items():
        mine = [
            each.id
            for each in catalogue.overlays.values()
            if each.header.get("amends") == name and each.header.get("kind") == "certificate"
        ]
        if mine and (only is None or not {name, *mine}.isdisjoint(only)):
            with suppress(NtmError):  # what cannot be read or applied is refused elsewhere
                yield from _of_edition(catalogue, entry, [catalogue.overlay(one) for one in mine])


def _of_edition(catalogue: Catalogue, entry: Entry, certificates: list[OverlayDocument]) -> Iterator[Problem]:
    used: set[tuple[str, int]] = set()
    for day, province in _texts(catalogue, entry):
        found = resolve(catalogue, entry.id, on=day, province=province)
        used |= found.read
        yield from (problem for problem in found.told if problem.code in _DISAGREEMENTS)
    for document in certificates:
        given = document.certifies
        if given is None:
            continue
        file = read_file(catalogue.entry("overlay", document.overlay).path)
        try:
            catalogue.ruleset(entry.id, given.base)
        except NotFound:
            yield Problem("NTM-244", file.place(("certifies", "base")), {"base": given.base, "edition": entry.id})
        for i, reading in enumerate(given.readings):
            if (document.overlay, i) not in used:
                where = " / ".join((reading.at, *reading.column))
                yield Problem("NTM-243", file.place(("certifies", "readings", i)), {"at": where, "instrument": document.instrument})


def _texts(catalogue: Catalogue, entry: Entry) -> Iterator[tuple[date | None, str | None]]:
    """Every text of an edition: from its first day and from each on which another layer starts or ends, in each province with its own."""
    days = {entry.in_force.start, *changing_days(catalogue, entry)}
    provinces = {one.province for one in catalogue.overlays.values() if one.header.get("amends") == entry.id} | {None}
    for province in sorted(provinces, key=str):
        yield from ((day, province) for day in sorted(days, key=str))
