"""How many parts must hold: no more than there are, and no fewer than one."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk


def _impossible(walk: Walk) -> Iterator[Finding]:
    for count in walk.counts:
        if not 1 <= count.k <= count.parts:
            yield at(count.path, k=count.k, n=count.parts)


COUNT = Lint("NTM-224", _impossible, "passes: ¦{at_least_k_of: 8}", "passes: {at_least_k_of: 2}")
