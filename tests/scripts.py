"""Scripts that stand in no package, as tests import them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any


def script(path: Path) -> Any:
    """A script as Python reads it, under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"script_{path.parent.name}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made
