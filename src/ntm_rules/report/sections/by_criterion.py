"""Criterion by criterion: who meets it, who does not, of whom it is open, and where an attestation stands for figures."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.decide.engine.tree import ATTESTED, Node
from ntm_rules.report.crossing import Crossing, Line, crossed
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.values import Bilingual, Outcome


def part(s: Situation) -> Part | None:
    """How many communes meet each criterion; «attested» is counted within «met» and «not met»."""
    decided = [one for one in s.communes if one.decision is not None]
    if not decided or s.rules is None:
        return None
    nodes = [(one.code, node) for one in decided if one.decision is not None for node in one.decision.criteria]
    titles = {node.id: node.title for _, node in reversed(nodes)}  # as the first unit has it
    units = crossed((node.id, column, code) for code, node in nodes for column in _columns(node))
    lines = [Line(key, _NAMED.fill(key, titles[key]), own) for key, own in units.items()]
    columns = {outcome.value: outcome.label for outcome in Outcome} | {ATTESTED: _ATTESTED}
    crossing = Crossing(_CRITERION, columns, lines, unnamed=[Outcome.MET.value])
    silent = len(s.communes) - len(decided)
    chart = crossing.chart(_TITLE, [outcome.value for outcome in (Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET)])
    return Part(_TITLE, _LEAD.fill(len(decided), silent), [crossing.numbers(), crossing.names(s.name)], crossing.data(), chart)


def _columns(node: Node) -> Iterator[str]:
    yield node.outcome.value
    if node.basis == ATTESTED or any(part.basis == ATTESTED for part in node.parts):
        yield ATTESTED


_TITLE = Bilingual("Theo tiêu chí", "By criterion")
_NAMED = Bilingual("{}. {}", "{}. {}")
_CRITERION = Bilingual("Tiêu chí", "Criterion")
_ATTESTED = Bilingual("trong đó có xác nhận", "of these attested")
_LEAD = Bilingual(
    "{} xã có số liệu từng tiêu chí, {} xã không có. «Trong đó có xác nhận»: kết quả dựa vào xác nhận, không có số liệu.",
    "Of {} communes each criterion is known, of {} it is not. «Attested»: the outcome rests on an attestation without figures.",
)
