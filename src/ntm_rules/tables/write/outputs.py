"""Where results may be written: never over what the same call reads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ntm_rules.problems import Place, Problem, TableError


def refuse_overwriting(outputs: Iterable[str | Path], inputs: Iterable[str | Path]) -> None:
    """Refuse outputs that are an input of the call: by another spelling of its path, by a link of either kind, or a file inside a folder
    that is read.

    Raises:
        TableError: every such pair.
    """
    read = [Path(given) for given in inputs]
    problems = [
        Problem("NTM-709", Place(str(output)), {"output": output, "input": source})
        for output in map(Path, outputs)
        for source in read
        if _is_same(output, source)
    ]
    if problems:
        raise TableError(problems)


def _is_same(output: Path, source: Path) -> bool:
    real, origin = os.path.realpath(output), os.path.realpath(source)
    if real == origin or (os.path.isdir(origin) and os.path.isfile(real) and Path(origin) in Path(real).parents):
        return True
    return os.path.exists(real) and os.path.exists(origin) and os.path.samefile(real, origin)
