"""Everything the pages are written from, read once: editions as they changed, their YAML, their examples, who follows whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.annex import annex
from ntm_rules.figures.held import Held, held
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, read_file
from ntm_rules.loading.transition import all_mappings
from ntm_rules.model.examples import Example, Examples
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.model.transition import TransitionDocument
from ntm_rules.model.vocabulary import STATUSES
from ntm_rules.problems import RulesetError
from ntm_rules.register.law import RevocationLaw
from ntm_rules.values import Outcome, SourceLevel
from ntm_rules.verify.examples import example_subject

# A later family that takes the place of an earlier one, where the name of the family changed.
FOLLOWED_BY = {"commune-ntm": "commune"}


@dataclass(frozen=True)
class Written:
    """A file of rules as it was written."""

    file: str
    text: str
    parsed: Parsed

    def lines(self, key: str, i: int) -> str:
        """The lines of an item of one of its lists."""
        lines = self.text.splitlines()
        first, column = self.parsed.values_at[key, i]
        indent = lines[first - 1][: column - 1].replace("-", " ")
        last = first
        while last < len(lines) and (not lines[last].strip() or lines[last].startswith(indent)):
            last += 1
        found = lines[first - 1 : last]
        while not found[-1].strip() or found[-1].lstrip().startswith("#"):
            found.pop()
        return "\n".join(found)


@dataclass(frozen=True)
class State:
    """An edition as it stood from a day on: as issued, as amended, or as a province fills it."""

    document: RuleSetDocument
    start: date | None
    instrument: str
    overlay: OverlayDocument | None = None
    written: Written | None = None

    @property
    def province(self) -> str | None:
        """The province whose overlay made it."""
        return self.overlay.province if self.overlay else None


@dataclass(frozen=True)
class Edition:
    """One edition with all that pages say of it."""

    catalogue: Catalogue
    entry: Entry
    rules: RuleSet
    states: tuple[State, ...]
    written: Written
    examples: Examples | None

    @property
    def id(self) -> str:
        """``family/edition``."""
        return self.rules.id

    @property
    def document(self) -> RuleSetDocument:
        """The text as last amended, without the overlays of provinces."""
        return self.rules.document

    @property
    def family(self) -> str:
        """The family of the edition."""
        return self.document.family

    @cached_property
    def scored(self) -> Scores | None:
        """The edition as one that scores, where it does."""
        return self.rules.scores if self.rules.sheets is not None else None

    @cached_property
    def levels(self) -> Counter[SourceLevel]:
        """How many of its figures stand at each source level."""
        return Counter(one.level for one in self.marked or annex(self.rules))

    @cached_property
    def marked(self) -> tuple[Held, ...]:
        """The figures of its score sheets, each with who read it where; none where it does not score."""
        return held(self.rules) if self.scored else ()

    @cached_property
    def telling(self) -> tuple[Example, Decision] | None:
        """The example that shows most: one that fails or is open, with some criteria met; None where there is none."""
        best: tuple[int, Example, Decision] | None = None
        by_day: dict[date | None, RuleSet] = {}
        for one in self.examples.examples if self.examples else ():
            if not isinstance(one, Example) or one.best_of is not None or one.province is not None or one.readings:
                continue
            if (rules := by_day.get(one.on)) is None:
                rules = by_day[one.on] = load(self.id, on=one.on, province=self.document.province, catalogue=self.catalogue)
            decision = rules.evaluate(example_subject(one.subject, rules.kind))
            outcomes = [node.outcome for node in decision.root.parts]
            kinds = len({*outcomes} & {Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED})
            worth = kinds * 100 - sum(outcome is not Outcome.MET for outcome in outcomes)
            if kinds > 1 and (best is None or worth > best[0]):
                best = worth, one, decision
        return best[1:] if best else None

    def section(self, number: str) -> Criterion | None:
        """A criterion or condition by its number."""
        return section_of(self.document, number)

    def sections(self) -> tuple[Criterion, ...]:
        """Every criterion that stood in the edition at any time, also one that was taken away since."""
        found = {section.criterion: section for state in reversed(self.states) for section in state.document.sections}
        found |= {section.criterion: section for section in self.document.sections}
        order = {section.criterion: i for i, section in enumerate(self.document.sections)}
        return tuple(sorted(found.values(), key=lambda section: order.get(section.criterion, len(order))))

    def excerpts(self, section: Criterion) -> Iterator[tuple[str, str]]:
        """The lines that hold a criterion and those that change it, each with its file."""
        numbers = {section.criterion, *(one.indicator for one in section.indicators)}
        for key in ("conditions", "criteria"):
            for i, given in enumerate(self.written.parsed.data.get(key) or ()):
                if given.get("criterion") == section.criterion:
                    yield self.written.lines(key, i), self.written.file
        for state in self.states:
            for i, change in enumerate(state.overlay.changes if state.overlay else ()):
                if state.written and (change.target in numbers or change.under == section.criterion):
                    yield state.written.lines("changes", i), state.written.file


@dataclass(frozen=True)
class Library:
    """All editions, overlays and instruments of a catalogue."""

    catalogue: Catalogue
    editions: Mapping[str, Edition]
    overlays: Mapping[str, OverlayDocument]
    instruments: Mapping[str, Instrument]
    mappings: tuple[TransitionDocument, ...]

    @cached_property
    def families(self) -> Mapping[str, tuple[Edition, ...]]:
        """The editions of each family, oldest first."""
        found: dict[str, list[Edition]] = {}
        for edition in self.editions.values():
            found.setdefault(edition.family, []).append(edition)
        return {family: tuple(sorted(editions, key=_age)) for family, editions in found.items()}

    def line(self, edition: Edition) -> tuple[Edition, ...]:
        """The editions before and after one, itself included, oldest first. A province's own editions follow only each other."""
        family = edition.family
        before = [old for old, new in FOLLOWED_BY.items() if new == family]
        families = [*before, family, *([FOLLOWED_BY[family]] if family in FOLLOWED_BY else [])]
        found = [one for name in families for one in self.families.get(name, ())]
        return tuple(one for one in found if one.document.province == edition.document.province)

    def boost(self, edition: Edition) -> float:
        """How much the search prefers pages of an edition: communes to others, national sets to those of one province, the lowest status
        to those above it, sets to what grants nothing, and editions that none of which as much is known has followed."""
        line = self.line(edition)
        later = line[line.index(edition) + 1 :]
        document = edition.document
        followed = any(one.scored or 2 * len(one.rules.indicators) > len(edition.rules.indicators) for one in later)
        statuses = {one.document.grants for one in self.editions.values() if one.document.subject == document.subject}
        lowest = next((status for status in STATUSES if status in statuses), None)
        worth = (2 if document.subject == "commune" else 1) * (1.25 if document.grants == lowest else 1)
        return worth / (2 if followed else 1) / (2 if document.province else 1) / (1 if document.grants else 2)

    @cached_property
    def law(self) -> RevocationLaw:
        """The texts on revocation, and what recognition brings about.

        Raises:
            RulesetError: a file is wrong.
        """
        return RevocationLaw.of(self.catalogue)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """The provinces that issued a set or an overlay on record."""
        own = {edition.document.province for edition in self.editions.values()}
        own |= {overlay.province for overlay in self.overlays.values()}
        return tuple(sorted(name for name in own if name))

    def overlays_of(self, name: str) -> tuple[OverlayDocument, ...]:
        """The overlays of an edition, amendments first."""
        found = [overlay for overlay in self.overlays.values() if overlay.amends == name]
        return tuple(sorted(found, key=lambda one: (one.kind != "amendment", one.in_force.start or date.min, one.overlay)))


def read_library(catalogue: Catalogue) -> Library:
    """Read everything of a catalogue.

    Raises:
        RulesetError: a file is wrong; the site is written from a catalogue that ``ntm-rules check`` finds nothing in.
    """
    overlays = {name: catalogue.overlay(name) for name in catalogue.overlays}
    editions = {name: _edition(catalogue, entry, overlays) for name, entry in catalogue.rulesets.items()}
    library = Library(catalogue, editions, overlays, catalogue.instruments, all_mappings(catalogue))
    if catalogue.problems:
        raise RulesetError(sorted(catalogue.problems, key=lambda problem: problem.place))
    return library


def _edition(catalogue: Catalogue, entry: Entry, overlays: Mapping[str, OverlayDocument]) -> Edition:
    beside = entry.path.parent / "examples.yaml"
    examples = _examples(beside) if beside.is_file() else None
    states = tuple(_states(catalogue, entry, overlays))
    return Edition(catalogue, entry, load(entry.id, catalogue=catalogue), states, _written(catalogue, entry), examples)


def _written(catalogue: Catalogue, entry: Entry) -> Written:
    file = "rulesets/" + catalogue.within(entry.path)
    return Written(file, entry.path.read_text("utf-8-sig"), read_file(entry.path))


def _examples(path: Path) -> Examples | None:
    parsed = read_file(path)
    examples = build(Examples, parsed)
    if parsed.problems:
        raise RulesetError(parsed.problems)
    return examples


def _states(catalogue: Catalogue, entry: Entry, overlays: Mapping[str, OverlayDocument]) -> Iterator[State]:
    base = catalogue.ruleset(entry.id)
    yield State(base, entry.in_force.start, base.instrument)
    own = [overlay for overlay in overlays.values() if overlay.amends == entry.id and overlay.kind != "draft"]
    for overlay in sorted(own, key=lambda one: (one.kind != "amendment", one.in_force.start or date.min, one.overlay)):
        start = overlay.in_force.start
        on = start if overlay.kind == "amendment" and start and entry.in_force.covers(start) else None
        document = load(entry.id, on=on, province=overlay.province, catalogue=catalogue).document
        yield State(document, start, overlay.instrument, overlay, _written(catalogue, catalogue.entry("overlay", overlay.overlay)))


def by_importance(editions: Iterable[Edition]) -> list[Edition]:
    """Latest period first; within a period the set of the lowest status first, conditions of recognition and targets last."""
    ranks = {status: i for i, status in enumerate(STATUSES)}
    found = sorted(editions, key=lambda one: one.id)
    found.sort(key=lambda one: ranks.get(one.document.grants or "", len(ranks)))
    return sorted(found, key=lambda one: _age(one)[0], reverse=True)


def _age(edition: Edition) -> tuple[str, str]:
    years = re.search(r"\d{4}", edition.id)
    return years[0] if years else "", edition.id


def section_of(document: RuleSetDocument, number: str) -> Criterion | None:
    """A criterion or condition by its number."""
    return next((section for section in document.sections if section.criterion == number), None)


def indicator_of(document: RuleSetDocument, number: str) -> Indicator | None:
    """An indicator by its number."""
    return next((found for section in document.sections for found in section.indicators if found.indicator == number), None)
