"""What every command has in common: its line in the registry, language, form and rulesets, and that no output is an input."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from ntm_rules.cli import options
from ntm_rules.cli.screen import Screen
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import Problem
from ntm_rules.tables.write.outputs import refuse_overwriting
from ntm_rules.values import Lang

Own = ParamSpec("Own")


@dataclass(frozen=True)
class Call:
    """What every command is called with.

    Attributes:
        lang: the language of what people read.
        as_json: whether stdout is JSON and nothing else.
        rulesets: another folder of rulesets.
        add: folders of one's own rulesets, laid on them.
    """

    lang: Lang
    as_json: bool
    rulesets: Path | None = None
    add: tuple[Path, ...] = ()

    @cached_property
    def screen(self) -> Screen:
        """Where it writes."""
        return Screen(self.lang, self.as_json)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rulesets it reads.

        Raises:
            NotFound: there is no such folder.
        """
        if self.rulesets is None and (layers := options.packages()):
            self.screen.problems([Problem("NTM-327", words={"packages": ", ".join(layer.package for layer in layers)})])
        return options.catalogue_of(self.rulesets, self.add)


class ReaderGone(Exception):
    """Whoever reads what is printed has seen enough, as ``| head`` has."""


COMMANDS: dict[str, Callable[..., None]] = {}


def command(
    name: str, *, rulesets: bool = True, writes: str = ""
) -> Callable[[Callable[Concatenate[Call, Own], None]], Callable[Concatenate[Call, Own], None]]:
    """Put a function on the command line; what all have (``--rulesets``, ``--add``, ``--json``, ``--lang``) it gets as a call.

    What it writes, its ``--output``, is never a file or in a folder that another parameter names.

    Args:
        name: of the command; of one in a group, both names: ``site build``.
        rulesets: whether it reads rulesets.
        writes: the parameter that names a file it writes beside its ``--output``: never over a file named by any other either.
    """

    def registered(function: Callable[Concatenate[Call, Own], None]) -> Callable[Concatenate[Call, Own], None]:
        shared: dict[str, tuple[Any, Any]] = {}
        if rulesets:
            shared = {"rulesets": (options.RulesetsOption, None), "add": (options.AddOption, None)}
        shared |= {"as_json": (options.JsonOption, False), "lang": (options.LangOption, options.Language.vi)}
        keyword = inspect.Parameter.KEYWORD_ONLY
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        every = [*own, *(inspect.Parameter(key, keyword, default=default, annotation=kind) for key, (kind, default) in shared.items())]

        def run(**given: Any) -> None:
            for written in filter(given.__contains__, ("output", writes)):
                read = (path for key, value in given.items() if key != written for path in _paths(value))
                refuse_overwriting(_paths(given[written]), read)
            lang, as_json, folder = given.pop("lang"), given.pop("as_json"), given.pop("rulesets", None)
            try:
                function(Call(lang.value, as_json, folder, tuple(given.pop("add", None) or ())), **given)  # type: ignore[call-arg]
            except BrokenPipeError:  # typer would end with 1
                raise ReaderGone from None

        run.__doc__, run.__module__ = function.__doc__, function.__module__
        run.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in every}
        COMMANDS[name] = run
        return function

    return registered


def _paths(value: Any) -> Iterator[Path]:
    """The files that a parameter may name: paths, and texts such as ``FAMILY=FILE`` where such a file exists."""
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _paths(one)
    elif isinstance(value, Path):
        yield value
    elif type(value) is str:
        yield from (path for text in {value, value.partition("=")[2]} - {""} if (path := Path(text)).is_file())
