"""The attributes that conditions and tables look at: declared by the set, or known to all."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.problems import nearest


def _undeclared(walk: Walk) -> Iterator[Finding]:
    return (at(path, got=name, guess=nearest(name, walk.attributes)) for path, name in walk.named if name not in walk.attributes)


ATTRIBUTE = Lint("NTM-216", _undeclared, "when: {attribute: ¦por, is_true: true}", "when: {attribute: poor, is_true: true}")
