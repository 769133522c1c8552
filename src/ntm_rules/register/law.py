"""The law of revocation and of what a recognition brings about, as data: dated texts with the source of every figure.

Read from ``national/revocation/*/revocation.yaml`` of a folder of rulesets. Of a text that is known to exist and was not read, only that
is on record; a review on such a day is undetermined, never taken under the text before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.revocation import read_revocation
from ntm_rules.model.base import Words
from ntm_rules.model.figures import Figure, Source
from ntm_rules.model.revocation import READINGS, Consequence, CountsFrom, RevocationDocument, RevocationRule, RevocationText
from ntm_rules.problems import Problem, RulesetError
from ntm_rules.values import SourceLevel, exact


@dataclass(frozen=True, slots=True)
class Ground:
    """The revocation rule of a status on a day, or why there is none to apply."""

    rule: RevocationRule | None
    text: RevocationText | None
    missing: Words | None

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instrument of the text."""
        return (self.text.instrument,) if self.text else ()

    def loses_class(self, accept: SourceLevel) -> bool:
        """Whether points that no longer give the class recognised are a ground, by a source no weaker than ``accept``."""
        return self.rule is not None and self.rule.loses_class and self.level_of(None).rank <= accept.rank

    def bound(self, figure: Figure | None, accept: SourceLevel) -> Decimal | None:
        """A bound of the rule as an exact number; None where it is not known, or rests on a weaker source than ``accept``."""
        return percent(figure) if figure is not None and self.level_of(figure).rank <= accept.rank else None

    def level_of(self, part: Figure | Source | None) -> SourceLevel:
        """The source level of a part of the rule: its own, or that of the rule."""
        own = part.level if part is not None else None
        return own or (self.rule.source.level if self.rule is not None else None) or SourceLevel.MISSING


@dataclass(frozen=True, slots=True)
class RevocationLaw:
    """Every dated text on revocation, and every effect of recognition."""

    documents: tuple[RevocationDocument, ...]
    counts_from: CountsFrom | None = None  # how the effects are read, where the call chose; None: each as it declares

    @classmethod
    def of(cls, catalogue: Catalogue, readings: Mapping[str, str] | None = None) -> RevocationLaw:
        """The texts of a folder of rulesets; none where it has none.

        Args:
            catalogue: the rulesets.
            readings: how to read what the texts leave open, as ``{"counts_from": "at_once"}`` for the changes that recognition brings.

        Raises:
            RulesetError: a file is wrong; all problems of all files are listed.
            ValueError: a reading that there is not.
        """
        chosen = checked_readings(readings or {})
        documents: list[RevocationDocument] = []
        problems: list[Problem] = []
        for path in catalogue.files("national/revocation/*/revocation.yaml"):
            found, wrong = read_revocation(path, catalogue)
            problems += wrong
            documents += [found] if found else []
        if problems:
            raise RulesetError(problems)
        return cls(tuple(documents), cast("CountsFrom | None", chosen.get("counts_from")))

    def ground(self, status: str, on: date) -> Ground | None:
        """The rule for a status on a day; None where no text on record speaks of it on that day."""
        for text in (text for document in self.documents for text in document.texts if text.in_force.covers(on)):
            if text.missing is not None:
                if status in text.concerns:
                    return Ground(None, text, text.missing)
                continue
            rule = next((rule for rule in text.rules if rule.status == status), None)
            if rule is not None:
                return Ground(None if rule.missing else rule, text, rule.missing)
        return None

    @property
    def changed(self) -> tuple[str, ...]:
        """The attributes that recognition changes."""
        return tuple(dict.fromkeys(effect.attribute for document in self.documents for effect in document.effects))

    def effects(self, attribute: str) -> tuple[Consequence, ...]:
        """The effects of recognition on an attribute."""
        return tuple(effect for document in self.documents for effect in document.effects if effect.attribute == attribute)

    def read(self, effect: Consequence) -> CountsFrom:
        """From when an effect counts: as the call chose, or as the effect declares."""
        return self.counts_from or effect.counts_from


def checked_readings(given: Mapping[str, str]) -> dict[str, str]:
    """Readings of the law that a call or a journal chooses.

    Raises:
        ValueError: a reading that there is not.
    """
    chosen = dict(given)
    wrong = [f"{name}={value}" for name, value in chosen.items() if value not in READINGS.get(name, ())]
    if wrong:
        known = ", ".join(f"{name}={value}" for name, values in READINGS.items() for value in values)
        raise ValueError(f"readings: {known} (got {', '.join(wrong)})")
    return chosen


def percent(figure: Figure | None) -> Decimal | None:
    """A bound of a rule as an exact number; None where it is not known."""
    return exact(figure.value) if figure is not None and isinstance(figure.value, str) else None
