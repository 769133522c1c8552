"""What tables are indexed by: regions there are, and redirects to columns there are."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.tables import allowed_keys
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.problems import nearest


def _no_region(walk: Walk) -> Iterator[Finding]:
    for path, _, dimension in walk.dimensions:
        for i, value in enumerate(dimension.values if dimension.attribute == "region" else ()):
            if value not in REGIONS:
                yield at((*path, "values", i), got=value, dimension="region", guess=nearest(value, REGIONS))


def _no_column(walk: Walk) -> Iterator[Finding]:
    for path, name, dimension in walk.dimensions:
        for i, redirect in enumerate(dimension.redirect):
            columns = allowed_keys(walk, dimension)
            if columns and redirect.use not in columns:
                yield at((*path, "redirect", i, "use"), got=redirect.use, dimension=name, guess=nearest(redirect.use, columns))


REGION = Lint("NTM-208", _no_region, "values: [¦tay-nguyn, dong-nam-bo, tay-nguyen]", "values: [tay-nguyen, dong-nam-bo]")
REDIRECT = Lint("NTM-208", _no_column, "use: ¦tay-nguyn", "use: tay-nguyen")
