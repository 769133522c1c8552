"""The built site, served under a sub-path, and the system's Chromium; without either, these tests are skipped with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from browser_site import CHROMIUM, FLAGS, SITE, served


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the served site, with a slash at its end."""
    if not (SITE / "index.html").is_file():
        pytest.skip("the site is not built: make site")
    with served() as found:
        yield found


@pytest.fixture
def serve() -> Callable[[], Any]:
    """A server of its own for a test that takes it away: ``with serve() as address:``."""
    if not (SITE / "index.html").is_file():
        pytest.skip("the site is not built: make site")
    return served


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, page: Any) -> None:
        self.complaints: list[str] = []
        self.failed: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.failed.append(request.url))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda response: self.failed.append(response.url) if response.status >= 400 else None)

    def _hear(self, kind: str, said: str) -> None:
        """Errors and warnings, but not the one of the tests' own choice to run no service worker."""
        if kind in ("error", "warning") and said != "Service Worker registration blocked by Playwright":
            self.complaints.append(said)


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens a page at a width: ``page, watch = visit(address, 390)``."""
    contexts: list[Any] = []

    def open_(address: str, width: int = 1280, **options: Any) -> tuple[Any, Watch]:
        options = {"service_workers": "block", **options}  # what is kept for reading without the network has a test of its own
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        watch = Watch(page)
        page.goto(address, wait_until="networkidle")
        return page, watch

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def barriers() -> Callable[[Any], list[str]]:
    """The serious findings of axe on a page, each with the first thing it is about."""
    from axe_playwright_python.sync_playwright import Axe

    def found(page: Any) -> list[str]:
        violations = Axe().run(page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['target']}" for one in violations if one["impact"] in ("serious", "critical")]

    return found
