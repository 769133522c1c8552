"""The built site, served under a sub-path as on a host that many sites share, and how the system's Chromium is started for it."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[1]
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


class Quiet(SimpleHTTPRequestHandler):
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


class Server(ThreadingHTTPServer):
    """A server whose visitors may leave in the middle of a file."""

    def handle_error(self, *given: Any) -> None:
        """Nothing where the browser has gone: a page was closed, or what it asked for was no longer wanted."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*given)


@contextmanager
def served() -> Iterator[str]:
    """The built site on this machine: its address."""
    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/ntm/"
    server.shutdown()
    server.server_close()
