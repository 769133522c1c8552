"""The command line: thin, every command is a call of one public function.

Exit codes: 0 done, 1 the check found something, 2 the input or the call is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ntm_rules.problems import Problem

_NEEDED = ("typer", "rich", "click")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``ntm-rules``; ends the process with its exit code.

    Args:
        arguments: instead of those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from ntm_rules.cli.app import run
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _NEEDED:
            raise
        sys.stderr.write(f"{Problem('NTM-901', words={'package': package, 'extra': 'cli'})}\n")
        raise SystemExit(2) from None
    run(arguments)
