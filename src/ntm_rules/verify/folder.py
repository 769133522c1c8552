"""Everything wrong in a folder of rulesets, all of it together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.lints.sources import unknown_instruments
from ntm_rules.loading.provinces import FILE as PROVINCES_FILE
from ntm_rules.loading.provinces import read_provinces
from ntm_rules.loading.resolve import resolve
from ntm_rules.loading.revocation import read_revocation_file
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.loading.transition import read_mapping
from ntm_rules.model.examples import Examples
from ntm_rules.model.revocation import RevocationDocument
from ntm_rules.model.transition import TransitionDocument
from ntm_rules.problems import NotFound, NtmError, Place, Problem
from ntm_rules.values import Bilingual, typed
from ntm_rules.verify.publish import content, differs
from ntm_rules.verify.versions import is_changed, lost, sums

_ENDINGS = (".yml", ".yaml.txt", ".yml.txt", ".yaml.yaml", ".yaml.bak")


def check(catalogue: Catalogue, only: Collection[str] | None = None) -> list[Problem]:
    """Every problem of the instruments, rulesets, overlays, examples, changelogs and published versions of a catalogue.

    Each overlay is also applied to its edition, on its first day and on every later one on which another text starts or ends, so that one
    that lands nowhere is found before anybody asks. With ``only``, of the documents of these names and of what lies on them; what cannot
    be read at all is told all the same.
    """
    problems: list[Problem] = []
    beside: list[Problem] = []
    everything = [*catalogue.rulesets.values(), *catalogue.overlays.values()]
    entries = [entry for entry in everything if only is None or entry.id in only]
    _ = catalogue.instruments
    if only is None:
        problems.extend(_provinces(catalogue))
    for entry in entries:
        beside.extend(_neighbours(entry))
        try:
            data = content(catalogue, entry)
        except NtmError as error:
            problems.extend(error.problems)
            continue
        beside.extend(_publication(catalogue, entry, data))
    problems.extend(catalogue.problems)
    problems.extend(_applied(catalogue, only))
    if only is None:
        problems.extend(_misnamed(catalogue))
        problems.extend(_further(catalogue))
    return sorted(set_of(problems + beside), key=lambda problem: (problem.place, problem.code))


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something printed that does not add up or looks like a slip, kept as printed.

    Attributes:
        ruleset: the edition.
        sheet: the product set.
        at: number of the criterion or part.
        what: what is odd.
    """

    ruleset: str
    sheet: str
    at: str
    what: Bilingual

    def as_dict(self) -> dict[str, Any]:
        """The oddity as plain data."""
        return {"ruleset": self.ruleset, "sheet": self.sheet, "at": self.at, "what": {"vi": self.what.vi, "en": self.what.en}}


def oddities(catalogue: Catalogue) -> Iterator[Oddity]:
    """Every anomaly that the score sheets of a catalogue declare; sheets that cannot be read are left to :func:`check`."""
    for name in catalogue.rulesets:
        try:
            if catalogue.ruleset(name).score is None:
                continue
            sheets = catalogue.sheets(name)
        except NtmError:
            continue
        for number in sheets.numbers:
            with suppress(NtmError):
                yield from (Oddity(name, number, odd.at, odd.what) for odd in sheets.sheet(number).anomalies)


def of_one_edition(catalogue: Catalogue, entry: Entry) -> Iterator[Entry]:
    """The edition that a document is or amends, and everything that amends it."""
    edition = str(entry.header.get("amends", entry.id))
    for other in (*catalogue.rulesets.values(), *catalogue.overlays.values()):
        if str(other.header.get("amends", other.id)) == edition:
            yield other


def set_of(problems: list[Problem]) -> list[Problem]:
    """The problems, each once."""
    return list({(problem.code, problem.place, str(problem.words)): problem for problem in problems}.values())


def _neighbours(entry: Entry) -> list[Problem]:
    """The examples and the changelog that stand beside a document; a certificate says all there is to say in itself."""
    if entry.header.get("kind") == "certificate":
        return []
    problems = []
    folder = entry.path.parent
    for name in ("examples.yaml", "CHANGELOG.md"):
        if not (folder / name).is_file():
            problems.append(Problem("NTM-229", Place(str(entry.path)), {"file": name}))
    changelog = folder / "CHANGELOG.md"
    if changelog.is_file() and entry.version not in changelog.read_text("utf-8"):
        problems.append(Problem("NTM-227", Place(str(changelog)), {"version": entry.version}))
    examples = folder / "examples.yaml"
    if examples.is_file():
        parsed = read_file(examples)
        build(Examples, parsed)
        problems.extend(parsed.problems)
    return problems


def _misnamed(catalogue: Catalogue) -> Iterator[Problem]:
    """Files that an editor or a mail program gave another ending: nobody reads them, and nothing else would say so."""
    for path in catalogue.files("**/*"):
        name = path.name.casefold()
        bare = next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), None)
        if bare is not None and path.is_file():
            yield Problem("NTM-720", Place(str(path)), {"got": path.name, "name": f"{bare}.yaml"})


def _provinces(catalogue: Catalogue) -> list[Problem]:
    """The list of provinces, where the lowest folder has one of its own."""
    path = catalogue.folders[0] / PROVINCES_FILE
    if not path.is_file():
        return []
    parsed, found = read_provinces(path)
    if found is not None:
        for finding in unknown_instruments([(("source", "instrument"), found.source.instrument)], catalogue.instruments):
            parsed.report("NTM-215", finding.path, **finding.words)
    return parsed.problems


def _publication(catalogue: Catalogue, entry: Entry, data: dict[str, Any]) -> list[Problem]:
    """Every version that was published stands as it was, and the working file is its version; one that was not is published before use."""
    publishing = _publishing(catalogue, entry)
    problems = list(lost(entry, publishing))
    try:
        changed = differs(entry, data)
    except NotFound:
        if entry.version in sums(entry.published):  # it was published and is gone, as has been told
            return problems
        return [*problems, Problem("NTM-226", Place(str(entry.path)), {"version": entry.version, "folder": publishing})]
    return problems if changed is None or is_changed(entry, entry.version) else [*problems, changed]


def _publishing(catalogue: Catalogue, entry: Entry) -> str:
    """How a document is named to the command that publishes it, with the option that reads the folder it stands in."""
    layer, folder = catalogue, catalogue.folder
    while layer.below is not None and not entry.path.is_relative_to(layer.folder):
        layer = layer.below
        folder = layer.folder
    return f"{typed(entry.path.parent)} {'--rulesets' if layer.below is None else '--add'} {typed(folder)}"


def _further(catalogue: Catalogue) -> Iterator[Problem]:
    """The files that are no rulesets: on revocation, and on values that serve two editions."""
    readers: dict[str, Callable[[Path, Catalogue], RevocationDocument | TransitionDocument]] = {
        "revocation/*/revocation.yaml": read_revocation_file,
        "transitions/*/map.yaml": read_mapping,
    }
    for pattern, read in readers.items():
        for path in catalogue.files(f"national/{pattern}"):
            try:
                version = read(path, catalogue).version
            except NtmError as error:
                yield from error.problems
                continue
            changelog = path.parent / "CHANGELOG.md"
            if not changelog.is_file():
                yield Problem("NTM-229", Place(str(path)), {"file": changelog.name})
            elif version not in changelog.read_text("utf-8"):
                yield Problem("NTM-227", Place(str(changelog)), {"version": version})


def _applied(catalogue: Catalogue, only: Collection[str] | None) -> list[Problem]:
    """Each overlay applied on its first day, then all of each edition on every day on which one starts or has ended."""
    amended = {str(one.header.get("amends")) for name, one in catalogue.overlays.items() if only is None or name in only}
    concerned = set(catalogue.rulesets) if only is None else {*only, *amended}
    problems: list[Problem] = []
    broken: set[str] = set()  # editions of which a text cannot be read: told of its own file
    for name, known_by in catalogue.overlays.items():
        if known_by.header.get("amends") not in concerned:
            continue
        try:
            overlay = catalogue.overlay(name)
            base = catalogue.entry("ruleset", overlay.amends)
            catalogue.ruleset(overlay.amends)
        except NtmError:
            broken.add(str(known_by.header.get("amends")))
            continue
        day: date | None = overlay.in_force.start or base.in_force.start
        found = _resolving(catalogue, overlay.amends, day, overlay.province, (name,) if overlay.kind == "draft" else ())
        problems.extend(one if one.place.file else one.at(_first_day(known_by)) for one in found)
    known = {(problem.code, problem.place) for problem in problems}
    for name, entry in catalogue.rulesets.items():
        for day, province, drafts in _cases(catalogue, entry) if name in concerned - broken else ():
            fresh = [one for one in _resolving(catalogue, name, day, province, drafts) if (one.code, one.place) not in known]
            known.update((one.code, one.place) for one in fresh)
            where = Bilingual(f" ở tỉnh {province}", f" in the province {province}") if province else Bilingual("", "")
            for one in fresh:
                got = next(overlay.id for overlay in catalogue.overlays.values() if str(overlay.path) == one.place.file)
                problems.extend((one, Problem("NTM-328", one.place, {"on": day, "got": got, "where": where})))
    return problems


def _first_day(entry: Entry) -> Place:
    """Where a text says from when it is in force."""
    return read_file(entry.path).place(("in_force", "from"))


def _resolving(catalogue: Catalogue, name: str, day: date | None, province: str | None, drafts: tuple[str, ...]) -> list[Problem]:
    """What keeps an edition from being read so."""
    try:
        resolve(catalogue, name, on=day, province=province, drafts=drafts)
    except NtmError as error:
        return list(error.problems)
    return []


def _cases(catalogue: Catalogue, entry: Entry) -> Iterator[tuple[date, str | None, tuple[str, ...]]]:
    """The days on which what applies to an edition changes, in every province that has a text of its own, with each draft."""
    mine = [overlay for overlay in catalogue.overlays.values() if overlay.header.get("amends") == entry.id]
    provinces = {one.province for one in mine}
    drafts = [(), *((one.id,) for one in mine if one.header.get("kind") == "draft")]
    for day in changing_days(catalogue, entry):
        for province in sorted(provinces, key=str):
            yield from ((day, province, asked) for asked in drafts)


def changing_days(catalogue: Catalogue, entry: Entry) -> list[date]:
    """The days of an edition on which a layer of it starts or has ended, in order."""
    mine = [overlay.in_force for overlay in catalogue.overlays.values() if overlay.header.get("amends") == entry.id]
    starts = {one.start for one in mine} | {one.until + timedelta(1) for one in mine if one.until}
    return sorted(start for start in starts if start is not None and entry.in_force.covers(start))
