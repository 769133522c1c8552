"""What is known of a unit as plain data, and its standing in one word."""

from __future__ import annotations

from typing import Any

from ntm_rules.model.given import value_data
from ntm_rules.monitor.definitions import WINDOW
from ntm_rules.monitor.figure import Figure
from ntm_rules.monitor.standing import STANDINGS
from ntm_rules.monitor.watched import Watched
from ntm_rules.register.tally import Category


def category(watched: Watched, status: str) -> Category:
    """What the law says of a status held; in its days of re-assessment a certificate is due for that."""
    return Category.DUE_FOR_REASSESSMENT if watched.phases.get(status) == WINDOW else STANDINGS[watched.standings[status]]


def _figure(figure: Figure) -> list[list[Any]]:
    return [[one.year, one.told.isoformat(), value_data(one.value), *([one.note.data()] if one.note else [])] for one in figure.all()]


def plain(watched: Watched) -> dict[str, Any]:
    """All that was told of a unit and found."""
    return {
        "unit": watched.unit.line(),
        "values": {name: {k: _figure(v) for k, v in sorted(given.items())} for name, given in sorted(watched.values.items())},
        "attested": {name: {k: _figure(v) for k, v in sorted(given.items())} for name, given in sorted(watched.attested.items())},
        "acts": [act.line() for _, act in sorted((*watched.recognised.items(), *watched.revoked.items()), key=lambda item: item[0])],
        **({"renamed": [one.line() for _, one in sorted(watched.renamed.items())]} if watched.renamed else {}),
        **({"filed": [one.line() for _, one in sorted(watched.filed.items())]} if watched.filed else {}),
        "merged": watched.merged.line() if watched.merged else None,
        "made": [merge.line() for _, merge in sorted(watched.made.items())],
        "found": {name: [seen.edition, seen.outcome, *seen.codes, *seen.observed] for name, seen in sorted(watched.seen.items())},
        "held": dict(sorted(watched.held.items())),
        "phases": dict(sorted(watched.phases.items())),
        "standings": dict(sorted(watched.standings.items())),
        "slips": {status: list(slip) for status, slip in sorted(watched.slips.items())},
        "criteria_met": watched.criteria_met,
    }
