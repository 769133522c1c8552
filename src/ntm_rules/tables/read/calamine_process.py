"""A process of its own in which a workbook is opened: what is damaged may end it, but not the one that asked.

Its text is run by itself, so it imports nothing of ours. It answers with JSON: the sheets, whether each is shown, their rows.
"""

from __future__ import annotations

import json
import sys
from typing import Any

_MEMORY = 2 << 30


def _plain(value: Any) -> Any:
    """A cell as JSON: a day, a time and a span as an object with their text."""
    if isinstance(value, (str, bool, int, float)):
        return value
    return {"is": value.isoformat() if hasattr(value, "isoformat") else str(value)}


def main(path: str) -> None:
    """Write what a workbook holds, or why it holds nothing, to stdout."""
    import python_calamine as calamine

    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):  # not on every system, and never more than is allowed
        pass
    try:
        with calamine.load_workbook(path) as book:
            shown = {one.name: one.visible == calamine.SheetVisibleEnum.Visible for one in book.sheets_metadata}
            rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in shown}
        said: dict[str, Any] = {"shown": shown, "rows": rows}
    except calamine.PasswordError:
        said = {"password": True}
    except (calamine.CalamineError, OSError, ValueError) as error:
        said = {"error": f"{error.__class__.__name__}: {error}"}
    json.dump(said, sys.stdout, default=_plain)


if __name__ == "__main__":
    main(sys.argv[1])
