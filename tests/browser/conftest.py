"""The built site, served under a sub-path, and the system's Chromium; without either, these tests are skipped with the reason."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[2]
SITE = TOP / "site"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Quiet(SimpleHTTPRequestHandler):
    """The site under ``/ntm/``, as on a host that many sites share."""

    def translate_path(self, path: str) -> str:
        """Where a path of the sub-path stands in the folder."""
        return super().translate_path(path.removeprefix("/ntm") if path.startswith("/ntm/") else "/no-such-place")

    def send_error(self, code: int, *rest: Any, **options: Any) -> None:
        """The page of the site for addresses that do not exist, as a static host sends it."""
        if code != 404:
            return super().send_error(code, *rest, **options)
        body = (SITE / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: failed requests are looked for by the tests."""


class _Server(ThreadingHTTPServer):
    """A server whose visitors may leave in the middle of a file."""

    def handle_error(self, *given: Any) -> None:
        """Nothing where the browser has gone: a page was closed, or what it asked for was no longer wanted."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*given)


@contextmanager
def served() -> Iterator[str]:
    """The built site on this machine: its address."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/ntm/"
    server.shutdown()
    server.server_close()


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
