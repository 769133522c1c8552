"""What every format of results has in common: results come one after another, problems are kept, nothing is written over what is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.problems import Problem
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.listing import Section
from ntm_rules.tables.write.outputs import refuse_overwriting
from ntm_rules.tables.write.safe import unwritten
from ntm_rules.values import Lang


class Writer(ABC):
    """Takes results one after another; what must wait is written by :meth:`finish`.

    Attributes:
        rules: the set that the results are about.
        lang: the language of headings and sentences.
        path: where the file is to appear; None for a stream.
    """

    def __init__(self, rules: RuleSet, lang: Lang) -> None:
        self.rules: RuleSet = rules
        self.lang: Lang = lang
        self.path: Path | None = None
        self._read: set[str] = set()
        self._notes: list[Problem] = []
        self._refused: list[Problem] = []
        self._beside: Sequence[Section] = ()

    def add(self, result: Result) -> None:
        """Take one result.

        Raises:
            TableError: it comes from the very file that is to be written, or the file cannot be written.
        """
        if self.path is not None and result.file not in self._read:
            refuse_overwriting([self.path], [result.file])
            self._read.add(result.file)
        self._refused.extend(result.problems)
        try:
            self.write(result)
        except OSError as error:
            raise self._unwritten(error) from None

    def end(self) -> None:
        """Write what waited for the last result.

        Raises:
            TableError: the file cannot be written.
        """
        try:
            self.finish()
        except OSError as error:
            raise self._unwritten(error) from None

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep problems that concern a whole table, for the formats that show them."""
        self._notes.extend(problems)

    def beside(self, sections: Sequence[Section]) -> None:
        """Keep tables that go with the results, as what is left to do, for the formats that have room for more than one."""
        self._beside = sections

    @property
    def problems(self) -> list[Problem]:
        """What is wrong: with whole tables, then with rows."""
        return [*self._notes, *self._refused]

    def _unwritten(self, error: OSError) -> Exception:
        return error if self.path is None else unwritten(self.path, error)

    @abstractmethod
    def write(self, result: Result) -> None:
        """Write one result, or keep what the end of the file needs of it."""

    def finish(self) -> None:  # noqa: B027 - not every format has an end of its own
        """Write what is left."""
