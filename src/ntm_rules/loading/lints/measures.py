"""How an indicator is measured: in a unit on the list, by a status there is, over parts that are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.labels import UNITS
from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.model.vocabulary import STATUSES
from ntm_rules.problems import nearest


def _unconditional(walk: Walk) -> Iterator[Finding]:
    for path, indicator in walk.indicators:
        if indicator.measure.counted and indicator.measure.where is None:
            yield at((*path, "measure"), key="where")


def _no_status(walk: Walk) -> Iterator[Finding]:
    for path, indicator in walk.indicators:
        status = indicator.measure.holds_status
        if status is not None and status not in STATUSES:
            yield at((*path, "measure", "holds_status"), got=status, allowed=", ".join(STATUSES), guess=nearest(status, STATUSES))


def _no_unit(walk: Walk) -> Iterator[Finding]:
    for path, indicator in walk.indicators:
        unit = indicator.measure.unit
        if indicator.measure.kind == "number" and unit not in UNITS:
            yield at((*path, "measure", "unit"), got=unit or "–", guess=nearest(unit or "", UNITS))


WHERE = Lint(
    "NTM-202",
    _unconditional,
    "measure: ¦{share_of: commune}",
    "measure: {share_of: commune, where: {holds_status: ntm}}",
)
STATUS = Lint("NTM-206", _no_status, "measure: {holds_status: ¦nmt}", "measure: {holds_status: ntm}")
UNIT = Lint("NTM-209", _no_unit, "measure: {unit: ¦ngừơi}", "measure: {unit: người}")
