"""The operator of a requirement or a test: exactly one, and one that can compare what is measured."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk


def _not_one(walk: Walk) -> Iterator[Finding]:
    for compared in walk.compared:
        if not compared.has_one:
            yield at(compared.path, got=", ".join(compared.requirement.operators) or "–", allowed=", ".join(OPERATORS))


def _unfit(walk: Walk) -> Iterator[Finding]:
    for compared in walk.compared:
        if compared.has_one and not compared.fits:
            operator = compared.requirement.operator
            yield at((*compared.path, operator), operator=operator, measure=compared.measure.kind)


ONE = Lint("NTM-212", _not_one, "when: ¦{attribute: poor}", "when: {attribute: poor, is_true: true}")
FITS = Lint("NTM-213", _unfit, "when: {attribute: poor, at_least: ¦1}", "when: {attribute: poor, is_true: true}")
