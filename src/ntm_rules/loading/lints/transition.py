"""A file of values that serve two editions: editions and indicators on record that measure alike, each new one once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.transition import Carry, TransitionDocument
from ntm_rules.problems import nearest


@dataclass(frozen=True, slots=True)
class Carrying:
    """A file of values that serve two editions, with the editions on record and the indicators of the two, where they are."""

    document: TransitionDocument
    on_record: Collection[str]
    indicators: Mapping[str, Mapping[str, Indicator]]

    @property
    def editions(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The old and the new edition, each with its key in the file."""
        return ("from", self.document.old), ("to", self.document.new)

    def carried(self) -> Iterator[tuple[Path_, Carry]]:
        """Every line, once both editions are known."""
        if all(name in self.indicators for _, name in self.editions):
            yield from ((("carry", i), carry) for i, carry in enumerate(self.document.carry))


def _no_edition(carrying: Carrying) -> Iterator[Finding]:
    for key, name in carrying.editions:
        if name not in carrying.indicators:
            yield at((key,), got=name, guess=nearest(name, carrying.on_record))


def _no_indicator(carrying: Carrying) -> Iterator[Finding]:
    for path, carry in carrying.carried():
        for (key, edition), number in zip(carrying.editions, (carry.old, carry.new), strict=True):
            known = carrying.indicators[edition]
            if number not in known:
                yield at((*path, key), got=number, edition=edition, guess=nearest(number, known))


def _unlike(carrying: Carrying) -> Iterator[Finding]:
    for path, carry in carrying.carried():
        old, new = (
            carrying.indicators[edition].get(number)
            for edition, number in ((carrying.document.old, carry.old), (carrying.document.new, carry.new))
        )
        if old is not None and new is not None:
            one, other = old.measure, new.measure
            if (one.kind, one.unit, one.choices) != (other.kind, other.unit, other.choices):
                yield at(path, old=one.unit or one.kind, new=other.unit or other.kind)


def _twice(carrying: Carrying) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, carry in carrying.carried():
        if carry.new in seen:
            yield at((*path, "to"), got=carry.new)
        seen.add(carry.new)


EDITION = Lint("NTM-306", _no_edition, "to: ¦test/2025", "to: test/2024")
NUMBER = Lint("NTM-819", _no_indicator, 'to: ¦"1.9", level: recalled', 'to: "1.1", level: recalled')
ALIKE = Lint("NTM-822", _unlike, '- ¦{from: "1.2", to: "1.1"', '- {from: "1.1", to: "1.1"')
TWICE = Lint("NTM-214", _twice, '{from: "1.2", to: ¦"1.1"', '{from: "1.2", to: "1.2"')
