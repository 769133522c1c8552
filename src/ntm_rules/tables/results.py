"""Results: one for every row of a table, decided or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node, leaves_of, value_text
from ntm_rules.decide.explain.as_it_is import as_it_is
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.tables.read.table import Row, Table
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel

_REASONS = 3
Decide = Callable[[RuleSet, Subject, Place], tuple[Decision | None, tuple[Problem, ...]]]


@dataclass(frozen=True)  # no slots: what several writers ask for is found once
class Result:
    """What is said of one row: a decision, or the problems that keep it from being decided.

    Attributes:
        file: the file the row stands in.
        row: its number there.
        id: the id of the subject.
        name: its name.
        decision: None where the row has problems.
        problems: what must be mended in the row.
    """

    file: str
    row: int
    id: str
    name: str
    decision: Decision | None
    problems: tuple[Problem, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The outcome; None where nothing was decided."""
        return self.decision.outcome if self.decision else None

    @cached_property
    def met(self) -> int:
        """How many criteria are met."""
        return self.decision.count(Outcome.MET) if self.decision else 0

    @cached_property
    def total(self) -> int:
        """How many criteria there are."""
        return self.decision.count() if self.decision else 0

    @cached_property
    def failed(self) -> tuple[str, ...]:
        """The numbers of the conditions and criteria that are not met."""
        return self._criteria(Outcome.NOT_MET)

    @cached_property
    def undetermined(self) -> tuple[str, ...]:
        """The numbers of the conditions and criteria that are not determined."""
        return self._criteria(Outcome.UNDETERMINED)

    @cached_property
    def conflicts(self) -> tuple[str, ...]:
        """The numbers at which an attestation says otherwise than the values, which decide."""
        return tuple(node.id for node in self.decision.conflicts) if self.decision else ()

    def _criteria(self, outcome: Outcome) -> tuple[str, ...]:
        if self.decision is None:
            return ()
        return tuple(node.id for node in (*self.decision.conditions, *self.decision.criteria) if node.outcome is outcome)

    def reasons(self, lang: Lang = "vi", most: int = _REASONS) -> tuple[str, ...]:
        """The first reasons why the whole is not met, failures before unknowns: number, value and requirement."""
        if self.decision is None or self.decision.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return ()
        found: dict[Outcome, list[Node]] = {Outcome.NOT_MET: [], Outcome.UNDETERMINED: []}
        for node in leaves_of(self.decision.root):
            if (outcome := node.outcome) in found:
                found[outcome].append(node)
        open_ones = [node for nodes in found.values() for node in nodes]
        return tuple(brief(node, lang, self.decision) for node in open_ones[:most])


def brief(node: Node, lang: Lang, decision: Decision) -> str:
    """A node of a decision in a few words: ``10.1: 44,5 (từ 50 triệu đồng/người/năm trở lên)``."""
    if node.outcome is Outcome.NOT_MET and node.observed is not None:
        found = as_it_is(Bilingual(value_text(node.observed, node.unit, lang)), decision)
        return f"{node.id}: {found.say(lang)} ({node.requirement(lang)})"
    why = node.reason or node.outcome.label
    return f"{node.id}: {as_it_is(why, decision).say(lang)}"


def evaluate_table(table: Table, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Iterator[Result]:
    """Decide every row of a table, one after another; rows with problems come through with them.

    Args:
        table: as read by :func:`read_table`.
        accept: the weakest source level that may decide.
    """
    level = SourceLevel(accept)
    for row in table.rows:
        yield _result(table, row, level)


def evaluate_tables(
    tables: Iterable[Table], *, accept: SourceLevel | str = SourceLevel.RECALLED, decide: Decide | None = None
) -> Iterator[Result]:
    """Decide the rows of several tables; a subject that an earlier table already held (in the same year) is a problem.

    Args:
        tables: as read by :func:`read_table`.
        accept: the weakest source level that may decide.
        decide: decides a row by more than its table, as what a register knows of the unit; left out, by the table alone.
    """
    level = SourceLevel(accept)
    seen: dict[tuple[str, object], tuple[int, str]] = {}
    for index, table in enumerate(tables):
        for row in table.rows:
            here = f"{table.file}:{row.number}"
            first, there = index, here
            if row.subject is not None:
                first, there = seen.setdefault((row.id, row.subject.attributes.get("year")), (index, here))
            if first == index:
                yield _result(table, row, level) if decide is None or row.subject is None else _by(decide, table, row, row.subject)
            else:
                words = {"id": row.id, "count": 2, "rows": f"{there}, {here}"}
                yield _refused(table, row, (Problem("NTM-505", row.place, words),))


def _result(table: Table, row: Row, accept: SourceLevel) -> Result:
    if row.subject is None:
        return _refused(table, row, row.problems)
    rules = table.rules if table.by_province is None else table.by_province(row.subject)
    try:
        read = row.read if rules is table.rules else rules.method.read(row.subject)
    except SubjectError as error:  # the province measures something otherwise than the heading was read
        return _refused(table, row, tuple(problem.at(row.place) for problem in error.problems))
    decision = rules.method.decide(read, accept, Decision)
    return Result(table.file, row.number, row.id, row.name, decision)


def _by(decide: Decide, table: Table, row: Row, subject: Subject) -> Result:
    decision, problems = decide(table.rules, subject, row.place)
    return Result(table.file, row.number, row.id, row.name or subject.name, decision, problems)


def _refused(table: Table, row: Row, problems: tuple[Problem, ...]) -> Result:
    return Result(table.file, row.number, row.id, row.name, None, problems)


NOT_DECIDED = Bilingual("không đánh giá được", "not evaluated")
