"""What every command has in common: before it begins, its outputs are compared with all that it will read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.core import TyperCommand

from ntm_rules.tables.write.outputs import refuse_overwriting


class Guarded(TyperCommand):
    """A command that never writes its ``--output`` over a file or into a folder named by any other parameter."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        Raises:
            TableError: an output is an input of the same call.
        """
        given = dict(ctx.params)
        outputs = list(_paths(given.pop("output", None)))
        if outputs:
            refuse_overwriting(outputs, (path for value in given.values() for path in _paths(value)))
        return super().invoke(ctx)


def _paths(value: Any) -> Iterator[Path]:
    """The files that a parameter may name: paths, and texts such as ``FAMILY=FILE`` where such a file exists."""
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _paths(one)
    elif isinstance(value, Path):
        yield value
    elif type(value) is str:
        yield from (path for text in {value, value.partition("=")[2]} - {""} if (path := Path(text)).is_file())
