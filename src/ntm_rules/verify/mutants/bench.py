"""Where mutants are made and tried: one document, the texts it appears in, the trials that its examples make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ntm_rules.conditions import Operator
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.edition import with_readings
from ntm_rules.loading.resolve import Effective, resolve
from ntm_rules.loading.sheets import Sheets
from ntm_rules.model.measures import Measure
from ntm_rules.model.ruleset import Attribute, Criterion, RuleSetDocument
from ntm_rules.problems import NtmError
from ntm_rules.verify.compared import judged_by, own_document
from ntm_rules.verify.mutants.mutant import Mutant
from ntm_rules.verify.trials import Text, Trial


@dataclass(frozen=True, slots=True)
class Seen:
    """A trial with what it looked at, so that only those that touch a place are run again.

    Attributes:
        trial: the trial.
        nodes: every node at or below one that something is promised of.
        cells: the cell that each indicator was judged by; None where several may be the subject's.
        sheet: the product set.
    """

    trial: Trial
    nodes: frozenset[str]
    cells: dict[str, tuple[str, ...] | None]
    sheet: str | None

    def touches(self, mutant: Mutant) -> bool:
        """Whether the place of a slip lies where something is promised."""
        if mutant.sheet is not None:
            return self.sheet == mutant.sheet
        if mutant.anywhere:
            return True
        if mutant.at not in self.nodes:
            return False
        cell = self.cells.get(mutant.at)
        return not mutant.columns or cell is None or any(cell[: len(column)] == column for column in mutant.columns)


@dataclass
class Bench:
    """One document with its texts.

    Attributes:
        catalogue: the folder it stands in.
        entry: the document.
        document: what it says itself.
        texts: the texts already resolved.
    """

    catalogue: Catalogue
    entry: Entry
    document: RuleSetDocument
    texts: dict[Text, Effective] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, entry: Entry) -> Bench:
        """The bench of a document.

        Raises:
            RulesetError: it is wrong.
        """
        return cls(catalogue, entry, own_document(catalogue, entry))

    @property
    def sheets(self) -> Sheets | None:
        """The score sheets of an edition; an overlay has none of its own."""
        scores = self.entry.kind == "ruleset" and self.document.score is not None
        return self.catalogue.sheets(self.entry.id) if scores else None

    @property
    def sections(self) -> tuple[Criterion, ...]:
        """The criteria that the document says whole: one that changes indicators of a criterion does not say how they combine."""
        if self.entry.kind == "ruleset":
            return self.document.sections
        known = {section.criterion for section in self.catalogue.ruleset(str(self.entry.header["amends"])).sections}
        return tuple(section for section in self.document.sections if section.criterion not in known)

    @property
    def declared(self) -> Mapping[str, Attribute]:
        """What a subject of the edition may be asked for."""
        name = str(self.entry.header.get("amends", self.entry.id))
        return RuleSet(self.effective(Text(name, None, self.entry.province))).declared

    def effective(self, text: Text) -> Effective:
        """A text as it stands.

        Raises:
            NtmError: it is not in force on the day, or wrong.
        """
        if text not in self.texts:
            found = resolve(self.catalogue, text.name, on=text.on, province=text.province)
            self.texts[text] = with_readings(found, dict(text.readings))
        return self.texts[text]

    def turned(self, mutant: Mutant, text: Text) -> RuleSet | None:
        """A text with the slip in it; None where it stays what it was.

        Raises:
            NtmError: with the slip there is no such text, as on a day that is no longer its own.
        """
        turned = mutant.turn(self.effective(text))
        return None if turned is None else RuleSet(turned)

    def seen(self, trial: Trial, rules: RuleSet) -> Seen | None:
        """A trial with what it looked at; None where it cannot be tried, or does not hold as it is."""
        try:
            decision = rules.evaluate(trial.subject)
            if any(promise.got(decision) != promise.expected for promise in trial.promises):
                return None
        except NtmError:
            return None
        nodes: set[str] = set()
        for promise in trial.promises:
            under = decision[promise.at] if promise.key[0] == "expect" else decision.root
            nodes |= {node.id for node in under.walk()}
        document = rules.document
        indicators: list[Node] = [node for node in decision.root.walk() if node.face.kind == "indicator" and node.id in nodes]
        sheet = None if document.score is None else str(trial.subject.attributes.get("product_set"))
        return Seen(trial, frozenset(nodes), {node.id: judged_by(node, document) for node in indicators}, sheet)


def telling(measure: Measure, first: tuple[Operator, Any], second: tuple[Operator, Any]) -> tuple[Any, ...]:
    """Values at which two requirements differ: of numbers one on every stretch between their bounds. None: they mean the same."""
    every: list[Any]
    if measure.kind == "yes_no":
        every = [True, False]
    elif measure.kind == "choice":
        every = list(range(len(measure.choices)))
    else:
        flat = [one for _, bound in (first, second) for one in (bound if isinstance(bound, tuple) else (bound,))]
        edges = sorted({*flat, *(end for end in (measure.lowest, measure.highest) if end is not None)})
        between = [(low + high) / 2 for low, high in pairwise(edges)]
        every = [*flat, *edges, *between, edges[0] - 1, edges[-1] + 1]
        low, high = measure.lowest, measure.highest
        every = [one for one in every if (low is None or one >= low) and (high is None or one <= high)]
    return tuple(dict.fromkeys(one for one in every if first[0].holds(one, first[1]) is not second[0].holds(one, second[1])))
