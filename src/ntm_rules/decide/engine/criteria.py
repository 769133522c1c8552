"""Judging by criteria: every indicator compared with its bound, every whole combined from its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from weakref import WeakKeyDictionary

from ntm_rules.decide.engine.attributes import province_problem, read_attributes
from ntm_rules.decide.engine.compile import compile_program
from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.decide.engine.judge import judge, verdict
from ntm_rules.decide.engine.members import derive
from ntm_rules.decide.engine.method import D, Extra, Input, certificates_behind, other_kind
from ntm_rules.decide.engine.program import Program
from ntm_rules.decide.engine.tree import Judged
from ntm_rules.loading.edition import Edition
from ntm_rules.model.measures import Measure
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError, nearest
from ntm_rules.values import Bilingual, NotApplicable, Outcome, SourceLevel, Unknown

_MANY: Final = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is known of subjects with the same attributes, and the program that judges them at each source level."""

    known: Mapping[str, Any]
    presumed: Mapping[str, bool]
    programs: dict[SourceLevel, Program] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ReadSubject:
    """A subject read against a text: what is known of it, and its values, exact and in range, in the order of the inputs."""

    subject: Subject
    prepared: Prepared
    values: Sequence[Any]


class Criteria:
    """The method of criteria for one text. Subjects that agree in the attributes the text looks at share one program."""

    name = "criteria"
    extras: tuple[Extra, ...] = ()

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._declared = edition.declared
        self._looked_at = tuple(edition.attributes)
        self._names = set(edition.declared)
        sections = edition.document.sections
        indicators = [indicator for section in sections for indicator in section.indicators]
        self.inputs: tuple[Input, ...] = tuple(Input(one.indicator, one.title, one.measure, one.operator) for one in indicators)
        self._numbers = {section.criterion for section in sections} | {one.indicator for one in self.inputs}
        self._readers: dict[Measure, Reader] = {}
        readers = [(one.indicator, self._reader(one.measure)) for one in self.inputs]
        self._reading: tuple[tuple[str, Callable[[Any], Any], Callable[[Any], Any], type], ...] = tuple(
            (number, reader.memo.get, reader.read, reader.kind) for number, reader in readers
        )
        self._derived = {i: one.measure for i, one in enumerate(self.inputs) if one.measure.holds_status or one.measure.counted}
        self._prepared: dict[tuple[Any, ...], Prepared] = {}
        self._certificates: WeakKeyDictionary[Program, tuple[str, ...]] = WeakKeyDictionary()

    def read(self, subject: Subject) -> ReadSubject:
        """The subject read against the text.

        Raises:
            SubjectError: it is of another kind, or a value, attribute or attestation cannot be taken; all problems together.
        """
        given = subject.attributes
        key = tuple([(value.__class__, value) for value in map(given.get, self._looked_at)])
        prepared = self._prepared.get(key)
        if prepared is None or subject.kind != self._edition.kind or not given.keys() <= self._names or self._strays(given):
            prepared = self._prepare(key, subject)
        values = self._read(subject, prepared.known)
        if subject.attested and not subject.attested.keys() <= self._numbers:
            raise SubjectError(self._unknown_attestations(subject))
        return ReadSubject(subject, prepared, values)

    def decide(self, read: ReadSubject, accept: SourceLevel, made: type[D]) -> D:
        """What the text says of what was read; figures weaker than ``accept`` count as not known."""
        program = self._program(read.prepared, accept)
        judged = judge(program, read.values, read.subject.attested)
        rests_on = self._rests_on(program) if self._edition.certified else ()
        unread = self._edition.unread(read.subject.attributes)
        follows = self._leads_to(judged) if self._edition.document.follows else ()
        by = self._edition.identity, read.subject, accept, judged, program.columns, program.presumed
        return made(*by, certificates=rests_on, unread=unread, follows=follows)

    def _leads_to(self, judged: Judged) -> tuple[Bilingual, ...]:
        """What the number of criteria met leads to; all that it may still lead to, while criteria are open."""
        outcomes = [judged.outcomes[place] for place in judged.shape.parts[0] if judged.faces[place].kind == "criterion"]
        met = outcomes.count(Outcome.MET)
        return self._edition.document.followed(met, met + outcomes.count(Outcome.UNDETERMINED))

    def outcome(self, read: ReadSubject, accept: SourceLevel) -> Outcome:
        """The outcome alone, without reasons."""
        return verdict(self._program(read.prepared, accept), read.values, read.subject.attested)

    def program(self, subject: Subject, accept: SourceLevel) -> tuple[Program, Mapping[str, Any]]:
        """The program that judges subjects with the attributes of this one, and what is known of these.

        Raises:
            SubjectError: an attribute cannot be taken.
        """
        prepared = self.read(subject).prepared
        return self._program(prepared, accept), prepared.known

    def _strays(self, given: Mapping[str, Any]) -> bool:
        """Whether something else than a province of the list is stated for one."""
        return "province" in given and province_problem(given["province"], self._edition.provinces, "") is not None

    def _prepare(self, key: tuple[Any, ...], subject: Subject) -> Prepared:
        problems = []
        edition = self._edition
        if subject.kind != edition.kind:
            problems.append(other_kind(subject.kind, edition.kind, Place(path=subject.id)))
        known, presumed, wrong = read_attributes(subject.attributes, edition.attributes, self._names, subject.id, edition.provinces)
        problems += wrong
        if problems:
            raise SubjectError(problems + self._value_problems(subject) + self._unknown_attestations(subject))
        if len(self._prepared) >= _MANY:
            self._prepared.clear()
        return self._prepared.setdefault(key, Prepared(known, presumed))

    def _program(self, prepared: Prepared, accept: SourceLevel) -> Program:
        program = prepared.programs.get(accept)
        if program is None:
            document = self._edition.document
            program = compile_program(document, self._declared, prepared.known, prepared.presumed, accept)
            prepared.programs[accept] = program
        return program

    def _rests_on(self, program: Program) -> tuple[str, ...]:
        """The certificates of the figures that a program compares with."""
        found = self._certificates.get(program)
        if found is None:
            places = (place for leaf in program.leaves for bound in leaf.bounds for place in bound.figure.seen)
            found = self._certificates[program] = certificates_behind(self._edition, places)
        return found

    def _reader(self, measure: Measure) -> Reader:
        return self._readers.setdefault(measure, Reader(measure))

    def _read(self, subject: Subject, known: Mapping[str, Any]) -> Sequence[Any]:
        """The values in the order of the inputs; None where nothing was given."""
        get = subject.values.get
        values: list[Any] = [memo(get(number)) for number, memo, _, _ in self._reading]
        absent = 0
        for i in [i for i, value in enumerate(values) if value is None]:
            number, _, read, kind = self._reading[i]
            value = get(number)
            if value is None or value.__class__ is Unknown:  # parts count, even where the share is said not to be known
                absent += value is None
                found = self._follows(i, subject, known) if i in self._derived else None
                values[i] = value if found is None else found
            elif (cls := value.__class__) is kind is bool or cls is NotApplicable:
                values[i] = value
            else:
                try:
                    values[i] = read(value)
                except Unreadable:
                    raise SubjectError(self._value_problems(subject)) from None
        if len(subject.values) + absent != len(values):
            raise SubjectError(self._value_problems(subject))
        return values

    def _follows(self, index: int, subject: Subject, known: Mapping[str, Any]) -> Any:
        """What follows from a status or from the parts of the subject; None where that is not known either."""
        measure = self._derived[index]
        if measure.holds_status is not None:
            return known.get(measure.holds_status)
        return derive(measure, subject.members, self._declared) if subject.members else None

    def _value_problems(self, subject: Subject) -> list[Problem]:
        """Every value that cannot be taken."""
        problems = []
        by_number = {one.indicator: one for one in self.inputs}
        for number, value in subject.values.items():
            place = Place(path=f"{subject.id}: {number}")
            asked = by_number.get(number)
            if asked is None:
                problems.append(Problem("NTM-401", place, {"key": number, "guess": nearest(number, by_number)}))
            elif not isinstance(value, (Unknown, NotApplicable)):
                try:
                    self._reader(asked.measure).read(value)
                except Unreadable as error:
                    problems.append(Problem(error.code, place, error.words))
        return problems

    def _unknown_attestations(self, subject: Subject) -> list[Problem]:
        return [
            Problem("NTM-407", Place(path=f"{subject.id}: attested.{key}"), {"key": key, "guess": nearest(key, self._numbers)})
            for key in subject.attested
            if key not in self._numbers
        ]
