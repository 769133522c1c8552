"""What the reference adds to docstrings: ``:class:`~a.B` `` reads «B», as Markdown."""

from __future__ import annotations

import re
from typing import Any

import griffe

ROLE = re.compile(r":\w+:`(?:~[\w.]*\.|)([\w.]+)`")


class Roles(griffe.Extension):
    """Turns references into code."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Read the docstring of one object anew."""
        if obj.docstring:
            obj.docstring.value = ROLE.sub(r"`\1`", obj.docstring.value)
