"""What the monitor's tests share: without durable_rules they are skipped, with the reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import ntm_rules as ntm

sys.path.insert(0, str(Path(__file__).parent))
pytest.importorskip("durable_rules_engine", exc_type=ImportError, reason="durable_rules is not installed or cannot be imported here")

from helpers_monitor import small


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> ntm.Catalogue:
    """The small catalogue of the monitor's tests."""
    return small(tmp_path_factory.mktemp("monitor") / "rulesets")
