"""RuleSet: an edition as it stands on a day in a province, ready to decide."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm_rules.decide.attributes import read_attributes
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.identity import Identity, identity_of
from ntm_rules.decide.judge import judge, verdict
from ntm_rules.decide.members import derive
from ntm_rules.decide.node import Node, new_node
from ntm_rules.decide.plan import Plan, make_plan
from ntm_rules.decide.reading import Reader, Unreadable
from ntm_rules.loading.canonical import canonical, digest
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.resolve import Effective, Layer, resolve
from ntm_rules.model.measures import Measure
from ntm_rules.model.ruleset import Attribute, Criterion, Dimension, Indicator, Period, RuleSetDocument
from ntm_rules.model.subject import Subject
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.problems import DecisionError, Place, Problem, SubjectError, nearest
from ntm_rules.values import Bilingual, NotApplicable, Outcome, SourceLevel, Unknown

_MANY_PLANS = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """A subject read against a ruleset: values exact and in range, in the order of the indicators."""

    ruleset: RuleSet
    subject: Subject
    accept: SourceLevel
    plan: Plan
    values: Sequence[Any]


class RuleSet:
    """One edition of one criteria set with its overlays applied: immutable, and evaluating it is a pure function.

    Made by :func:`ntm_rules.load` or :func:`ntm_rules.applicable`.
    """

    def __init__(self, effective: Effective) -> None:
        self._effective = effective
        self.document: RuleSetDocument = effective.document
        self.identity: Identity = identity_of(effective)
        self._declared: dict[str, Attribute] = {**STANDARD_ATTRIBUTES, **self.document.attributes}
        self._looked_at = tuple(sorted(_looked_at(self.document)))
        self._names = set(self._declared)
        self._plans: dict[tuple[Any, ...], Plan] = {}
        self._readers: dict[Measure, Reader] = {}
        sections = self.document.sections
        self._numbers = {section.criterion for section in sections} | {
            item.indicator for section in sections for item in section.indicators
        }

    # --- what it is ---------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """``family/edition``."""
        return self.identity.id

    @property
    def version(self) -> str:
        """Version of the encoding."""
        return self.identity.version

    @property
    def sha256(self) -> str:
        """Of the canonical JSON of the resolved content."""
        return self.identity.sha256

    @property
    def title(self) -> Bilingual:
        """Title in both languages."""
        return self.document.title

    @property
    def kind(self) -> str:
        """What it judges: ``commune``, ``village``, ``district``, ``province`` or ``product``."""
        return self.document.subject

    @property
    def in_force(self) -> Period:
        """The days the edition is in force."""
        return self.document.in_force

    @property
    def on(self) -> date | None:
        """The day it was resolved for."""
        return self.identity.on

    @property
    def province(self) -> str | None:
        """The province whose overlays were applied."""
        return self.identity.province

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The edition and every overlay of it, each with whether it applies and why."""
        return self._effective.layers

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria as written."""
        return self.document.criteria

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of the criteria as written, in order."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @property
    def inputs(self) -> tuple[Indicator, ...]:
        """Everything that a value can be given for: the indicators of the conditions and of the criteria."""
        return tuple(indicator for section in self.document.sections for indicator in section.indicators)

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """The attributes the set looks at, with what they may be."""
        return {name: self._declared[name] for name in self._looked_at}

    @property
    def declared(self) -> Mapping[str, Attribute]:
        """Every attribute a subject of this set may have: the standard ones and the set's own."""
        return dict(self._declared)

    def to_json(self) -> str:
        """The resolved content as canonical JSON; its sha256 is :attr:`sha256`."""
        return canonical(self.document.plain_data())

    @classmethod
    def from_json(cls, text: str) -> RuleSet:
        """A ruleset from its canonical JSON.

        Raises:
            DecisionError: the text is no ruleset.
        """
        try:
            document = RuleSetDocument.model_validate(json.loads(text))
            sha256 = digest(document.plain_data())
        except (ValueError, RecursionError) as error:
            raise DecisionError([Problem("NTM-601", Place(), {"detail": str(error).split("\n")[0]})]) from None
        why = Bilingual("đọc từ JSON chuẩn", "read from canonical JSON")
        layer = Layer(document.ruleset, document.version, document.instrument, True, why)
        return cls(Effective(document, None, None, (), (layer,), sha256))

    @classmethod
    def of_identity(cls, identity: Identity, catalogue: Catalogue | None = None) -> RuleSet:
        """The very ruleset of an identity, from published versions where the catalogue has moved on.

        Raises:
            NotFound: a document or version is not in the catalogue.
        """
        effective = resolve(
            catalogue or bundled(),
            identity.id,
            on=identity.on,
            province=identity.province,
            drafts=identity.drafts,
            versions=identity.versions,
        )
        from ntm_rules.decide.choose import made

        return made(effective, dict(identity.readings))

    def __repr__(self) -> str:
        return f"RuleSet({self.id!r}, on={self.on}, province={self.province!r}, {self.sha256[:12]})"

    # --- deciding -----------------------------------------------------------------------------------------------

    def evaluate(self, subject: Subject | Facts, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Decision:
        """Decide one subject, with the full tree of reasons. Reads no clock, no file, no global.

        Args:
            subject: what is known.
            accept: the weakest source level that may decide; weaker figures count as not known.

        Raises:
            SubjectError: the subject is of another kind, or a value, attribute or attestation cannot be taken; all problems together.
            ValueError: ``accept`` is no source level.
        """
        bound, level, plan, values = self._facts(subject, accept)
        root = new_node(Node, judge(plan.root, values, bound.attested))
        return Decision(self.identity, bound, level, root, plan.columns, plan.presumed)

    def outcome(self, subject: Subject | Facts, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Outcome:
        """The outcome alone, without reasons: for counting many subjects. Equal to ``evaluate(…).outcome``.

        Raises:
            SubjectError: as :meth:`evaluate`.
        """
        bound, _, plan, values = self._facts(subject, accept)
        return verdict(plan.root, values, bound.attested)

    def evaluate_many(self, subjects: Iterable[Subject], *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Iterator[Decision]:
        """Decisions one after another, none kept: memory stays flat however many there are.

        Raises:
            SubjectError: as :meth:`evaluate`, at the subject concerned.
        """
        for subject in subjects:
            yield self.evaluate(subject, accept=accept)

    def evaluate_frame(self, frame: Any, **options: Any) -> Any:
        """Decide every row of a dataframe; the results are a frame of the same library. Needs the extra ``frames``.

        Args:
            frame: a dataframe of polars, pandas, pyarrow, or what else narwhals can collect.
            options: ``constants``, ``accept``, ``lang``, as of :func:`ntm_rules.portfolio.frames.evaluate_frame`.

        Raises:
            TableError: no column can be recognised, or two are for one thing.
            MissingExtra: narwhals is not installed.
        """
        from ntm_rules.portfolio.frames import evaluate_frame

        return evaluate_frame(self, frame, **options)

    def bind(self, subject: Subject, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Facts:
        """Read a subject against this ruleset once, to evaluate it more than once.

        Raises:
            SubjectError: as :meth:`evaluate`.
        """
        return Facts(self, *self._bind(subject, accept))

    def _facts(self, subject: Subject | Facts, accept: SourceLevel | str) -> tuple[Subject, SourceLevel, Plan, Sequence[Any]]:
        if subject.__class__ is not Facts:
            return self._bind(subject, accept)  # type: ignore[arg-type]
        facts: Facts = subject
        if facts.ruleset is not self:
            return self._bind(facts.subject, facts.accept)
        return facts.subject, facts.accept, facts.plan, facts.values

    def _bind(self, subject: Subject, accept: SourceLevel | str) -> tuple[Subject, SourceLevel, Plan, Sequence[Any]]:
        level = accept if accept.__class__ is SourceLevel else SourceLevel(accept)
        given = subject.attributes
        key = (level.rank, *[(value.__class__, value) for value in map(given.get, self._looked_at)])
        plan = self._plans.get(key)
        if plan is None or subject.kind != self.document.subject or not given.keys() <= self._names:
            plan = self._plan(key, subject, level)
        values = self._read(subject, plan)
        if subject.attested and not subject.attested.keys() <= self._numbers:
            raise SubjectError(self._unknown_attestations(subject))
        return subject, level, plan, values

    def _plan(self, key: tuple[Any, ...], subject: Subject, accept: SourceLevel) -> Plan:
        problems = []
        if subject.kind != self.document.subject:
            words = {"got": subject.kind, "expected": self.document.subject}
            problems.append(Problem("NTM-408", Place(path=subject.id), words))
        known, presumed, wrong = read_attributes(subject.attributes, self.attributes, self._names, subject.id)
        problems += wrong
        if problems:
            problems += self._value_problems(subject) + self._unknown_attestations(subject)
            raise SubjectError(problems)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _MANY_PLANS:
                self._plans.clear()
            plan = make_plan(self.document, self._declared, known, presumed, accept, self._reader)
            self._plans[key] = plan
        return plan

    def _reader(self, measure: Measure) -> Reader:
        return self._readers.setdefault(measure, Reader(measure))

    def _read(self, subject: Subject, plan: Plan) -> Sequence[Any]:
        """The values in the order of the indicators; None where nothing was given."""
        get = subject.values.get
        values: list[Any] = [memo(get(number)) for number, memo, _, _ in plan.reading]
        absent = 0
        for i in [i for i, value in enumerate(values) if value is None]:
            number, _, read, kind = plan.reading[i]
            value = get(number)
            if value is None:
                absent += 1
                values[i] = self._derived(plan, i, subject) if i in plan.derived else None
            elif (cls := value.__class__) is kind is bool or cls is Unknown or cls is NotApplicable:
                values[i] = value
            else:
                try:
                    values[i] = read(value)
                except Unreadable:
                    raise SubjectError(self._value_problems(subject)) from None
        if len(subject.values) + absent != len(values):
            raise SubjectError(self._value_problems(subject))
        return values

    def _derived(self, plan: Plan, index: int, subject: Subject) -> Any:
        """What follows from a status or from the parts of the subject; None where that is not known either."""
        measure = plan.derived[index]
        if measure.holds_status is not None:
            return plan.known.get(measure.holds_status)
        return derive(measure, subject.members, self._declared) if subject.members else None

    def _value_problems(self, subject: Subject) -> list[Problem]:
        """Every value that cannot be taken."""
        problems = []
        by_number = {indicator.indicator: indicator for indicator in self.inputs}
        for number, value in subject.values.items():
            place = Place(path=f"{subject.id}: {number}")
            indicator = by_number.get(number)
            if indicator is None:
                guess = nearest(number, by_number)
                problems.append(Problem("NTM-401", place, {"key": number, "guess": guess}))
            elif not isinstance(value, (Unknown, NotApplicable)):
                try:
                    self._reader(indicator.measure).read(value)
                except Unreadable as error:
                    problems.append(Problem(error.code, place, error.words))
        return problems

    def _unknown_attestations(self, subject: Subject) -> list[Problem]:
        return [
            Problem(
                "NTM-407",
                Place(path=f"{subject.id}: attested.{key}"),
                {"key": key, "guess": nearest(key, self._numbers)},
            )
            for key in subject.attested
            if key not in self._numbers
        ]


def _looked_at(document: RuleSetDocument) -> set[str]:
    """Every attribute of the subject that a dimension, condition or status of the set looks at."""
    parts: tuple[Dimension | Criterion, ...] = (*document.dimensions.values(), *document.sections)
    return {name for part in parts for name in part.looked_at}
