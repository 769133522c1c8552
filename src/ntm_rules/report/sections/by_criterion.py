"""Criterion by criterion: who meets it, who does not, of whom it is open, and where an attestation stands for figures."""

from __future__ import annotations

from ntm_rules.decide.engine.tree import ATTESTED
from ntm_rules.report.crossing import Crossing, Line
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.values import Bilingual, Outcome


def part(s: Situation) -> Part | None:
    """How many communes meet each criterion; «attested» is counted within «met» and «not met»."""
    decided = [one for one in s.communes if one.decision is not None]
    if not decided or s.rules is None:
        return None
    groups: dict[str, dict[str, list[str]]] = {}
    titles: dict[str, Bilingual] = {}
    for one in decided:
        assert one.decision is not None
        for node in one.decision.criteria:
            titles.setdefault(node.id, node.title)
            own = groups.setdefault(node.id, {})
            own.setdefault(node.outcome.value, []).append(one.code)
            if node.basis == ATTESTED or any(part.basis == ATTESTED for part in node.parts):
                own.setdefault(ATTESTED, []).append(one.code)
    lines = [Line(key, _NAMED.fill(key, titles[key]), {k: tuple(v) for k, v in own.items()}) for key, own in groups.items()]
    columns = {outcome.value: outcome.label for outcome in Outcome} | {ATTESTED: _ATTESTED}
    crossing = Crossing(_CRITERION, columns, lines, unnamed=[Outcome.MET.value])
    silent = len(s.communes) - len(decided)
    chart = crossing.chart(_TITLE, [outcome.value for outcome in (Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET)])
    return Part(_TITLE, _LEAD.fill(len(decided), silent), [crossing.numbers(), crossing.names(s.name)], crossing.data(), chart)


_TITLE = Bilingual("Theo tiêu chí", "By criterion")
_NAMED = Bilingual("{}. {}", "{}. {}")
_CRITERION = Bilingual("Tiêu chí", "Criterion")
_ATTESTED = Bilingual("trong đó có xác nhận", "of these attested")
_LEAD = Bilingual(
    "{} xã có số liệu từng tiêu chí, {} xã không có. «Trong đó có xác nhận»: kết quả dựa vào xác nhận, không có số liệu.",
    "Of {} communes each criterion is known, of {} it is not. «Attested»: the outcome rests on an attestation without figures.",
)
