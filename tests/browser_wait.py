"""Waiting for what a page shows, by asking it again and again: a script that waits inside the page would need a policy that lets it run."""

from __future__ import annotations

import time
from typing import Any


def until(page: Any, expression: str, arg: Any = None, seconds: float = 30) -> None:
    """Ask the page until the expression holds.

    Raises:
        AssertionError: it does not hold in time.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)
