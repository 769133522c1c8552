"""What the chain needs of a decision: the outcomes of its criteria in numbers, and the shares and counts it observed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.given import value_data
from ntm_rules.monitor.chain import edition_key
from ntm_rules.monitor.definitions import CODES, counting, said_by_core
from ntm_rules.values import Bilingual, plain


@dataclass(frozen=True, slots=True)
class Seen:
    """The last decision on a unit under a family, as far as the chain needs it."""

    key: str
    edition: str
    outcome: int
    codes: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    observed: tuple[Bilingual, ...] = ()
    stars: int | None = None
    counted: tuple[int, ...] = ()  # the places of the criteria that ``observed`` is of


def seen_of(rules: RuleSet, decision: Decision) -> Seen:
    """What the chain needs of a decision."""
    key = edition_key(rules)
    outcome = CODES[decision.outcome]
    if said_by_core(rules):
        return Seen(key, rules.id, outcome, stars=decision.stars)
    judged = decision.judged
    parts = judged.shape.parts[0]
    shares = (Node(judged, parts[place]) for place in counting(rules))
    observed = tuple(_joined([_shown(node) for node in part.parts]) for part in shares)
    return Seen(
        key,
        rules.id,
        outcome,
        tuple([CODES[judged.outcomes[place]] for place in parts]),
        _sections(rules),
        observed,
        counted=counting(rules),
    )


@lru_cache(maxsize=256)
def _sections(rules: RuleSet) -> tuple[str, ...]:
    """The numbers of the criteria, which are the parts of every decision by the set."""
    return tuple(section.criterion for section in rules.document.sections)


def _shown(node: Node) -> Bilingual:
    """An observed share or count as text, as the press prints it; a range in its words; nothing where nothing is known."""
    value = node.observed
    if isinstance(value, Decimal):
        number = plain(value.quantize(Decimal("0.01")) if value != int(value) else value)
        return Bilingual(f"{number} {node.unit.vi}".rstrip(), f"{number} {node.unit.en}".rstrip())
    if value is None:
        return Bilingual("")
    return node.reason if node.reason is not None else Bilingual(str(value_data(value)))


def _joined(texts: list[Bilingual]) -> Bilingual:
    return Bilingual("; ".join(text.vi for text in texts), "; ".join(text.en for text in texts))


def is_exact(text: str) -> bool:
    """Whether a number was observed, and no range of what it may be."""
    return text[:1].isdigit()
