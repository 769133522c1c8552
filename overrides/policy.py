"""What a page may load and run, written into it: scripts and styles of the site alone, and those inside the page by their hashes."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')
_FIRST = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)


def policed(page: str) -> str:
    """A page with its policy before anything that it loads; columns are aligned by classes, since no style may stand in an element."""
    page = _ALIGNED.sub(r' class="to-\1"', page)
    return _FIRST.sub(lambda found: f'{found[0]}\n<meta http-equiv="Content-Security-Policy" content="{policy(page)}">', page, count=1)


def policy(page: str) -> str:
    """The policy for a page; of the calculator, WebAssembly may be compiled, but no text is ever run as a script."""
    own = "'self'"
    return "; ".join(
        [
            f"default-src {own}",
            " ".join(["script-src", own, "'wasm-unsafe-eval'", *_hashes(_SCRIPT.findall(page))]),
            " ".join(["style-src", own, *_hashes(_STYLE.findall(page))]),
            f"img-src {own} data:",
            f"worker-src {own}",
            "object-src 'none'",
            f"base-uri {own}",
            f"form-action {own}",
        ]
    )


def _hashes(parts: Iterable[str]) -> list[str]:
    """Each part by its hash, as browsers reckon it."""
    return [f"'sha256-{b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in dict.fromkeys(parts)]
