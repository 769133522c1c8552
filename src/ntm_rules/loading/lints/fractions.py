"""A share is given in percent: 62, not 0.62."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.figures import numbers
from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.walk import Walk


def _fraction(walk: Walk) -> Iterator[Finding]:
    for placed, value, number in numbers(walk):
        if placed.measure.unit == "%" and number is not None and 0 < number < 1:
            yield at(placed.path, got=value, percent=f"{(number * 100).normalize():f}")


FRACTION = Lint("NTM-237", _fraction, "at_least: ¦0.8", "at_least: 80", Level.WARNS)
