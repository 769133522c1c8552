"""What a package index shows: the README, without links that lead nowhere from there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"\[([^\]]+)\]\((?!\w+:)([^)\s]+)\)")


def for_an_index(readme: str) -> str:
    """The README in which a link to a file beside it names that file: an index has the text alone, the source archive has the files."""
    return LINK.sub(r"\1 (`\2`)", readme)


class CustomMetadataHook(MetadataHookInterface):
    """Gives the long description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set it."""
        text = for_an_index(Path(self.root, "README.md").read_text("utf-8"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
