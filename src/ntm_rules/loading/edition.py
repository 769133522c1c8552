"""Edition: one text of the law as it holds on a day in a province, with its identity. Data only; deciding stands above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.identity import Identity, identity_of
from ntm_rules.loading.provinces import Provinces
from ntm_rules.loading.resolve import Effective, Layer, resolve
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.canonical import canonical, digest
from ntm_rules.messages.causes import of_reading
from ntm_rules.model.ruleset import Attribute, Criterion, Dimension, Indicator, Period, RuleSetDocument
from ntm_rules.model.score import AUTHORITIES
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.problems import Problem
from ntm_rules.values import Bilingual, SubjectKind

COUNCIL = {
    "council_level": Attribute(title=Bilingual("Cấp hội đồng chấm", "Level of the council"), one_of=AUTHORITIES),
    "council_members": Attribute(title=Bilingual("Số thành viên hội đồng", "Members of the council"), whole_number=True),
}


class Edition:
    """One edition of one criteria set with its overlays applied: immutable.

    Attributes:
        document: the text, resolved.
        identity: what names it for ever: id, version, sha256, day, province, overlays.
        sheets: its score sheets; None where it does not mark.
    """

    def __init__(self, effective: Effective) -> None:
        self._effective = effective
        self.document: RuleSetDocument = effective.document
        self.identity: Identity = identity_of(effective)
        self.sheets: Sheets | None = effective.sheets

    @property
    def effective(self) -> Effective:
        """The text, its identity and how it came about, as it was resolved."""
        return self._effective

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
    def kind(self) -> SubjectKind:
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
    def provinces(self) -> Provinces | None:
        """What a subject may name as its province; None for a text read back as it was stored."""
        return self._effective.provinces

    @property
    def told(self) -> tuple[Problem, ...]:
        """What is to be told of the province asked for: that it ended, that the set is another's, that it has no rules of its own."""
        return self._effective.told

    @property
    def certified(self) -> Mapping[str, tuple[str, ...]]:
        """The certificates behind each place of a signed text that a figure was seen in."""
        return self._effective.certified

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

    @cached_property
    def attributes(self) -> Mapping[str, Attribute]:
        """The attributes the set looks at, with what they may be."""
        return {name: self.declared[name] for name in sorted(_looked_at(self.document))}

    @cached_property
    def declared(self) -> Mapping[str, Attribute]:
        """Every attribute a subject of this set may have: the standard ones and the set's own."""
        score = self.document.score
        if score is None:
            return {**STANDARD_ATTRIBUTES, **self.document.attributes}
        exclusions = {name: Attribute(title=given.title, yes_no=True, unless_stated=False) for name, given in score.exclusions.items()}
        return {**STANDARD_ATTRIBUTES, **COUNCIL, **self.document.attributes, **exclusions}

    @cached_property
    def heeded(self) -> frozenset[str]:
        """The attributes that it is of use to state: those the set looks at, of score sheets all of the set's own; and where and when."""
        score = self.document.score
        own = () if score is None else ("product_set", *COUNCIL, *self.document.attributes, *score.exclusions)
        return frozenset(("province", "year", *self.attributes, *own))

    def unread(self, stated: Mapping[str, Any]) -> tuple[tuple[str, Bilingual], ...]:
        """Those of the attributes stated that nothing in the set reads, with their titles; of one not declared, its name."""
        if stated.keys() <= self.heeded:
            return ()
        vain = sorted(stated.keys() - self.heeded)
        return tuple((name, self.declared[name].title if name in self.declared else Bilingual(name)) for name in vain)

    def to_json(self) -> str:
        """The resolved content as canonical JSON; its sha256 is :attr:`sha256`. Where it marks, every sheet stands in it too."""
        data = self.document.plain_data()
        return canonical(data if self.sheets is None else data | {"sheets": self.sheets.plain_data()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edition) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._effective,)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r}, on={self.on}, province={self.province!r}, {self.sha256[:12]})"


def _looked_at(document: RuleSetDocument) -> set[str]:
    """Every attribute of the subject that a dimension, condition or status of the set looks at."""
    parts: tuple[Dimension | Criterion, ...] = (*document.dimensions.values(), *document.sections)
    return {name for part in parts for name in part.looked_at}


def with_readings(effective: Effective, readings: Mapping[str, str]) -> Effective:
    """The same text with what it leaves open read as asked, as ``{"marks": "own_star"}``; see ``score.readings`` of the set.

    Raises:
        ValueError: a reading that the edition does not have.
    """
    if not readings:
        return effective
    document = effective.document
    score = document.score
    if score is None:
        raise ValueError(f"readings: {document.ruleset} leaves nothing open to read otherwise")
    fields = type(score.readings).model_fields
    wrong = [key for key in readings if key not in fields]
    if wrong:
        raise ValueError(f"readings: {', '.join(fields)} (got {', '.join(wrong)})")
    try:
        changed = score.readings.model_validate({**score.readings.model_dump(), **readings})
    except ValidationError as error:
        raise ValueError(f"readings: {of_reading(error).en}") from None
    document = document.model_copy(update={"score": score.model_copy(update={"readings": changed})})
    chosen = tuple(sorted(readings.items()))
    return replace(effective, document=document, sha256=digest(document.plain_data()), readings=chosen)


def text_of(identity: Identity, catalogue: Catalogue | None = None) -> Effective:
    """The very text of an identity, from published versions where the catalogue has moved on.

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
    return with_readings(effective, dict(identity.readings))
