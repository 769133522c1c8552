"""The catalogue that comes with the library."""

from __future__ import annotations

import pytest

import ntm_rules as ntm
from ntm_rules.loading.catalogue import bundled


@pytest.fixture(scope="session")
def catalogue() -> ntm.Catalogue:
    """The rulesets that come with the library."""
    return bundled()
