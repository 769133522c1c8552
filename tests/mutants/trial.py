"""A slip meets its tests: in a process that has collected them all, or in one that imports everything anew."""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from forks import FirstFailure, in_turn, pytest_in
from slips import SOURCE, Mutant

KILLED, LIVES, AGAIN = "killed", "lives", "again"


class Changed(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module with its slip."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        path = SOURCE / "ntm_rules" / mutant.module
        name = "ntm_rules." + mutant.module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        super().__init__(name, str(path))

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The changed module, and no other."""
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, name: str) -> types.CodeType:
        """The code with the slip."""
        return compile(self.mutant.make(), self.path, "exec")


def _codes(code: types.CodeType) -> Iterator[tuple[tuple[str, int], types.CodeType]]:
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield (part.co_qualname, part.co_firstlineno), part
            yield from _codes(part)


class Trial(FirstFailure):
    """Meets each slip with its tests, from a process in which all of them are collected."""

    def __init__(
        self, todo: list[tuple[Mutant, list[str], float]], jobs: int, keep: Callable[[Mutant, list[str], bool, str], None]
    ) -> None:
        self.todo, self.jobs, self.keep = todo, jobs, keep

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running what was collected."""
        items = {item.nodeid: item for item in session.items}
        live: dict[str, list[types.FunctionType]] = defaultdict(list)
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType):
                live[thing.__code__.co_filename].append(thing)
        gc.freeze()

        def work(mutant: Mutant, tests: list[str]) -> Callable[[Path], None]:
            def meet(folder: Path) -> None:
                self.folder = folder
                path = str(SOURCE / "ntm_rules" / mutant.module)
                new = dict(_codes(compile(mutant.make(), path, "exec")))
                for function in live[path]:
                    old = function.__code__
                    if (other := new.get((old.co_qualname, old.co_firstlineno))) is not None:
                        function.__code__ = other
                session.config._tmp_path_factory._given_basetemp = folder / "t"  # type: ignore[attr-defined]
                session.config._tmp_path_factory._basetemp = None  # type: ignore[attr-defined]
                chosen = [items[test] for test in tests]
                for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

            return meet

        works = (((mutant, tests), work(mutant, tests), limit) for mutant, tests, limit in self.todo)
        for (mutant, tests), well, by in in_turn(works, self.jobs):
            self.keep(mutant, tests, well, by)
        return True


class Chosen(FirstFailure):
    """Runs the chosen tests alone."""

    def __init__(self, tests: list[str], folder: Path) -> None:
        self.tests, self.folder = set(tests), folder

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """None but the chosen ones."""
        items[:] = [item for item in items if item.nodeid in self.tests]


def afresh(mutant: Mutant | None, tests: list[str]) -> Callable[[Path], None]:
    """The work of meeting a slip in a process that imports everything anew."""

    def work(folder: Path) -> None:
        if mutant is not None:
            sys.meta_path.insert(0, Changed(mutant))
        code = pytest_in(folder, dict.fromkeys(test.partition("::")[0] for test in tests), Chosen(tests, folder))
        if code not in (0, 5):  # nothing left to run: nothing has noticed
            raise RuntimeError("not collected")

    return work
