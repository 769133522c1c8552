"""Waiting for what a page shows, by asking it again and again: a script that waits inside the page would need a policy that lets it run."""

from __future__ import annotations

import time
from collections.abc import Callable
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


def known(page: Any, what: Callable[[], bool], seconds: float = 30) -> None:
    """Let the page go on until something is known here.

    Raises:
        AssertionError: it is not in time.
    """
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def asked(page: Any, words: str) -> None:
    """Type words into the field of the search, once it has the focus."""
    field = page.locator("input[data-md-component=search-query]")
    field.click()
    until(page, "document.activeElement.matches('input[data-md-component=search-query]')")
    field.press_sequentially(words, delay=5)
