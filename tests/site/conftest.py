"""The site written once for all tests of it."""

from __future__ import annotations

import pytest

from ntm_rules.loading.catalogue import bundled
from ntm_rules.site.build import site
from ntm_rules.site.library import Library, read_library


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """Every generated page by its path."""
    return site(bundled())


@pytest.fixture(scope="session")
def library() -> Library:
    """What the pages are written from."""
    return read_library(bundled())
