"""What leaves the library for other programs, as typed records: a decision, a refusal where there can be none, the results of a table."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from ntm_rules.model.base import Day, Words
from ntm_rules.model.given import Flags, ReadOnly, StoredValues
from ntm_rules.values import Outcome, SourceLevel, SubjectKind

SCHEMA = "ntm-rules/decision/v1"
REFUSAL = "ntm-rules/refusal/v1"
RESULTS = "ntm-rules/results/v1"


class _Record(BaseModel):
    """A part of a decision. Keys that this version does not know are left aside: a later one may add some, and they change nothing here."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class OverlayRecord(_Record):
    """One overlay that was applied."""

    id: str
    version: str
    instrument: str


class RuleSetRecord(_Record):
    """Which ruleset decided."""

    id: str
    version: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    title: Words
    instrument: str
    on: Day | None = None
    province: str | None = None
    drafts: tuple[str, ...] = ()
    overlays: tuple[OverlayRecord, ...] = ()
    sheet: str | None = None
    readings: dict[str, str] = Field(default_factory=dict)


class MemberRecord(_Record):
    """One part of a whole."""

    id: str
    kind: SubjectKind
    name: str = ""
    attributes: StoredValues = Field(default_factory=ReadOnly)


class SubjectRecord(_Record):
    """The evaluated facts."""

    id: str
    kind: SubjectKind
    name: str
    attributes: StoredValues
    values: StoredValues
    attested: Flags
    members: tuple[MemberRecord, ...] = ()


class SourceRecord(_Record):
    """Where a figure or rule stands, and where it was seen."""

    instrument: str | None = None
    at: str | None = None
    seen: tuple[str, ...] = ()
    level: SourceLevel | None = None
    note: Words | None = None


class WaitRecord(_Record):
    """An attribute: one that was not known, or that nothing reads."""

    name: str
    title: Words


class ColumnRecord(_Record):
    """Which column of a table dimension the subject reads."""

    dimension: str
    title: Words
    keys: tuple[str, ...]
    own: str | None = None
    why: tuple[Words, ...] = ()
    source: SourceRecord | None = None
    waits_for: tuple[WaitRecord, ...] = ()


class PresumptionRecord(_Record):
    """An attribute that was not stated, and how it was taken."""

    name: str
    title: Words
    value: bool


class NodeRecord(_Record):
    """A criterion or indicator: what was required, what was found, what follows."""

    id: str
    kind: Literal["set", "condition", "criterion", "indicator", "score"]
    title: Words
    outcome: Outcome
    basis: Literal["measured", "attested", "derived", "stated"] | None = None
    reason: Words | None = None
    conflict: Words | None = None
    level: SourceLevel | None = None
    operator: str
    k: int = 0
    observed: Any = None
    required: Any = None
    gap: str | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    figure_level: SourceLevel | None = None
    source: SourceRecord | None = None
    columns: tuple[str, ...] = ()
    waits_for: tuple[WaitRecord, ...] = ()
    status: str = ""
    least: int = 0
    marks: tuple[tuple[int, int | None], ...] = ()
    one_case: bool = False
    possible: tuple[Any, ...] = ()
    parts: tuple[NodeRecord, ...] = ()


class MarkRecord(_Record):
    """A star mark that is missed."""

    criterion: str
    title: Words
    stars: int
    required: str | None = None
    observed: str | None = None


class ScoreRecord(_Record):
    """What a score sheet came to."""

    total: str | None = None
    total_range: tuple[str, str]
    parts: dict[str, str | None]
    band: int | None = None
    stars: int | None = None
    stars_possible: tuple[int, ...]
    held_back_by: tuple[MarkRecord, ...] = ()
    standing: str | None = None
    granted_by: str | None = None
    excluded: tuple[Words, ...] = ()
    readings: dict[str, str]
    bands: tuple[tuple[int, str], ...]
    certified_from: int


class DecisionRecord(_Record):
    """A decision as stored and exchanged, as data: what services declare as their answer.

    Reading leaves aside keys that this version does not know. Writing it anew gives the same content in other bytes.
    """

    schema_: Literal["ntm-rules/decision/v1"] = Field(alias="schema")
    ruleset: RuleSetRecord
    accept: SourceLevel
    subject: SubjectRecord
    outcome: Outcome
    level: SourceLevel | None = None
    counts: dict[str, int]
    instruments: tuple[str, ...]
    columns: tuple[ColumnRecord, ...] = ()
    presumed: tuple[PresumptionRecord, ...] = ()
    score: ScoreRecord | None = None
    meaning: int = Field(1, ge=1)
    certificates: tuple[str, ...] = ()
    unread: tuple[WaitRecord, ...] = ()
    follows: tuple[Words, ...] = ()
    decision: NodeRecord


class ProblemRecord(_Record):
    """What is wrong, where, why, and how to mend it."""

    code: str = Field(pattern="^NTM-[0-9]{3}$")
    file: str
    line: int
    column: int
    path: str
    what: Words
    why: Words
    mend: Words


class RefusalRecord(_Record):
    """What ``ntm-rules evaluate -`` answers where there can be no decision."""

    schema_: Literal["ntm-rules/refusal/v1"] = Field(alias="schema")
    index: int = Field(ge=0, description="The place of the subject in the input, from 0.")
    id: str | None = Field(default=None, description="The id of the subject, where it has one that can be read.")
    problems: tuple[ProblemRecord, ...] = Field(min_length=1)


class ResultsRecord(_Record):
    """What ``ntm-rules evaluate`` writes of a table: ``-o results.json`` and ``--json``."""

    schema_: Literal["ntm-rules/results/v1"] = Field(alias="schema")
    ruleset: str
    decisions: tuple[DecisionRecord, ...]
    problems: tuple[ProblemRecord, ...] = Field(description="Of the table, and of the rows that could not be decided.")
