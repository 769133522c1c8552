"""Checks in the page are the checks in Python: the conformance cases in a worker of the site, in Chromium and in Firefox.

The long form (``NTM_TRUST=1``) runs every case, and in Firefox too; the short one some of each file, in Chromium. No driver is needed: the
page tells the server what came out.
"""

from __future__ import annotations

import io
import os
import queue
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from browser_site import CHROMIUM, FLAGS, SITE, TOP, Quiet, Server

LONG = os.environ.get("NTM_TRUST") == "1"
STEP = 1 if LONG else 12
SECONDS = 1_200 if LONG else 300
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PAGE = """<!doctype html><meta charset="utf-8"><title>trial</title><script type="module">
const worker = new Worker(new URL("trial.js", location.href), { type: "module" })
const tell = words => fetch("told", { method: "POST", body: words })
worker.addEventListener("message", ({ data }) => { if (data.told) tell(data.told) })
worker.addEventListener("error", ({ message }) => tell(`broken: ${message}`))
</script>"""
WORKER = """import { start } from "./engine.js"
try {
  const [archive, script] = await Promise.all(["trial.zip", "trial.py"].map(name => fetch(new URL(name, import.meta.url))))
  const python = await start("tables.zip", "texts.zip")
  python.unpackArchive(await archive.arrayBuffer(), "zip", { extractDir: "/conformance" })
  self.postMessage({ told: python.runPython(await script.text()) })
} catch (error) {
  self.postMessage({ told: `broken: ${error.message || error}` })
}
"""

pytestmark = pytest.mark.skipif(
    not (SITE / "assets/engine/pyodide.mjs").is_file(), reason="the site was built without what the calculator runs on: npm is needed"
)


def packed() -> bytes:
    """The cases with their rulesets and what compares them, as an archive."""
    held = io.BytesIO()
    folder = TOP / "conformance"
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(folder).as_posix())
    return held.getvalue()


class Trial(Server):
    """The site with a page of these tests beside the scripts of the calculator, and what that page told."""

    def __init__(self) -> None:
        self.heard: queue.Queue[str] = queue.Queue()
        script = f"STEP = {STEP}\n" + (TOP / "tests/wasm/conformance.py").read_text("utf-8")
        self.beside = {
            "trial.html": ("text/html", PAGE.encode()),
            "trial.js": ("text/javascript", WORKER.encode()),
            "trial.py": ("text/plain", script.encode()),
            "trial.zip": ("application/zip", packed()),
        }
        super().__init__(("127.0.0.1", 0), partial(_Trying, directory=str(SITE)))


class _Trying(Quiet):
    server: Trial

    def do_GET(self) -> None:
        """What these tests put beside the scripts, else a file of the site."""
        kind, body = self.server.beside.get(self.path.rpartition("/")[2], ("", b""))
        if not kind:
            return super().do_GET()
        self._answer(kind, body)

    def do_POST(self) -> None:
        """What came out."""
        self.server.heard.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer("text/plain", b"")

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def trial() -> Iterator[Trial]:
    """The server, for one browser."""
    server = Trial()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def told_by(command: list[str], server: Trial) -> str:
    """What the page tells in a browser that is started for it alone."""
    address = f"http://127.0.0.1:{server.server_address[1]}/ntm/assets/trial.html"
    with subprocess.Popen([*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        try:
            return server.heard.get(timeout=SECONDS)
        finally:
            started.terminate()


def test_no_conformance_case_is_decided_otherwise_in_chromium(trial: Trial, tmp_path: Path) -> None:
    """The archive that the calculator loads, in a worker of the page: 0 disagreements."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    told = told_by([CHROMIUM, "--headless=new", *FLAGS, f"--user-data-dir={tmp_path}"], trial)
    assert told.endswith(" conformance cases, 0 disagreements"), told
    sys.stdout.write(f"Chromium: {told}\n")


@pytest.mark.skipif(not LONG, reason="part of the long form: NTM_TRUST=1")
def test_no_conformance_case_is_decided_otherwise_in_firefox(trial: Trial, tmp_path: Path) -> None:
    """Another engine of WebAssembly and of scripts: 0 disagreements as well."""
    if FIREFOX is None:
        pytest.skip("no Firefox on this machine")
    told = told_by([FIREFOX, "--headless", "--no-remote", "--profile", str(tmp_path)], trial)
    assert told.endswith(" conformance cases, 0 disagreements"), told
    sys.stdout.write(f"Firefox: {told}\n")
