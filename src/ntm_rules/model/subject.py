"""A subject: what is known of one commune, village, district, province or product."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)

from ntm_rules.messages.causes import of_reading, of_shape
from ntm_rules.model.base import refuse
from ntm_rules.model.given import Flags, ReadOnly, Values, notes_of, values_data
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.values import Bilingual, SubjectKind, json_number, nfc, plain

STORED: Final = {"stored": True}


class Member(BaseModel):
    """One part of a whole: a commune of a district, a village of a commune, with what is known of it.

    Attributes:
        id: the code it is joined by.
        kind: what it is.
        name: for people only.
        attributes: what shares and counts look at: statuses (``ntm``, ``advanced``, …), ``criteria_met``, …
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    kind: SubjectKind
    name: str = ""
    attributes: Values = Field(default_factory=ReadOnly)


def _each_once(members: tuple[Member, ...], info: ValidationInfo) -> tuple[Member, ...]:
    """No part is counted twice, its id compared as all text is. What was stored when this was not asked is still read."""
    first: dict[str, int] = {}
    for place, member in enumerate(members, 1):
        written = nfc(member.id)
        if first.setdefault(written, place) != place and info.context is not STORED:
            raise refuse("NTM-417", id=member.id, first=first[written], second=place)
    return members


def _by_a_council(values: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
    """No more members score a product than its council has. What was stored when this was not asked is still read."""
    size = info.data.get("attributes", {}).get("council_members")
    if size.__class__ is Decimal and info.data.get("kind") == "product" and info.context is not STORED:
        scored = max((len(one) for one in values.values() if one.__class__ is tuple), default=1)
        if size < scored:
            raise refuse("NTM-418", got=plain(size), least=scored)
    return values


def _brief(given: object, written: Callable[[object], str] = repr) -> str:
    """The beginning of what was given; of a number too long to be written, nothing."""
    try:
        return written(given)[:80]
    except ValueError:
        return ""


def not_read(given: object) -> SubjectError:
    """What is told of something that is no subject."""
    return SubjectError([Problem("NTM-411", words={"detail": _brief(given)})])


class Subject(BaseModel):
    """One commune, village, district, province or product, with what is known of it.

    Examples:
        >>> subject = Subject(id="23311", kind="commune", attributes={"year": 2024}, values={"10.1": 44.5}, attested={"19": True})
        >>> subject.values["10.1"], subject.attributes["year"]
        (Decimal('44.5'), Decimal('2024'))

    Attributes:
        id: the code it is joined by (GSO code of a commune), as text.
        kind: ``commune``, ``village``, ``district``, ``province`` or ``product``.
        name: for people only.
        attributes: what tables and conditions are looked up by: ``province``, ``region``, ``year``, ``area``, …
        values: measured values by indicator number. Text, numbers and bools, :class:`~ntm_rules.Unknown` and
            :class:`~ntm_rules.NotApplicable` with their reasons; ``None`` states nothing. A float counts at 15 significant digits.
            A value may be a mapping of ``value`` and what is said of it, ``year``, ``stated_by``, ``evidence``.
        attested: outcomes stated by an authority without the measured value, by indicator or criterion number.
        members: the parts of a whole, all of them, where a set counts over them: the communes of a district.

    Raises:
        SubjectError: anything that cannot be read, all problems together.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    kind: SubjectKind
    name: str = ""
    attributes: Values = Field(default_factory=ReadOnly)
    values: Annotated[Values, AfterValidator(_by_a_council)] = Field(default_factory=ReadOnly, validate_default=True)
    attested: Flags = Field(default_factory=ReadOnly)
    members: Annotated[tuple[Member, ...], AfterValidator(_each_once)] = ()

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            id: str,
            kind: SubjectKind,
            name: str = "",
            attributes: Mapping[str, object] = ...,
            values: Mapping[str, object] = ...,
            attested: Mapping[str, bool | None] = ...,
            members: Iterable[Member | Mapping[str, Any]] = (),
        ) -> None: ...

    else:

        def __init__(self, /, **given: Any) -> None:
            try:
                self.__pydantic_validator__.validate_python(given, self_instance=self)
            except ValidationError as error:
                raise SubjectError(subject_problems(error, _brief(given.get("id", ""), str))) from None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Subject:
        """A subject from plain data (parsed JSON or YAML).

        Raises:
            SubjectError: anything that cannot be read, all problems together.
        """
        try:
            return cls(**given)
        except TypeError:  # no mapping, or keys that are no text
            raise not_read(given) from None

    @classmethod
    def from_json(cls, text: str | bytes) -> Subject:
        """A subject from JSON text. Numbers count as written; a key that stands twice is refused, for which of the two counts is not known.

        Raises:
            SubjectError: no JSON, a repeated key, or anything that cannot be read.
        """
        try:
            data = json.loads(text, parse_float=json_number, object_pairs_hook=no_key_twice)
            if (b"\\u" if isinstance(text, bytes) else "\\u") in text:  # type: ignore[operator]
                no_half_letters(data)
        except (ValueError, RecursionError) as error:
            raise SubjectError([Problem("NTM-411", words={"detail": of_reading(error)})]) from None
        return cls.read(data)

    @classmethod
    def stored(cls, given: Mapping[str, Any]) -> Subject:
        """A subject as a decision carries it: what is asked of new subjects alone is not asked of it.

        Raises:
            ValidationError: it cannot be read.
        """
        self = cls.__new__(cls)
        cls.__pydantic_validator__.validate_python(given, self_instance=self, context=STORED)
        return self

    def replace(
        self,
        *,
        values: Mapping[str, object] | None = None,
        attributes: Mapping[str, object] | None = None,
        attested: Mapping[str, bool | None] | None = None,
        members: Iterable[Member | Mapping[str, Any]] | None = None,
    ) -> Subject:
        """The same subject with some facts changed, validated; this one stays as it is. ``None`` for a fact takes it away.

        Args:
            values: measured values to set, by number; the others stay.
            attributes: attributes to set; the others stay.
            attested: attestations to set; the others stay.
            members: all the parts of the whole, in place of those before.

        Raises:
            SubjectError: anything that cannot be read, all problems together.
        """
        return type(self)(
            id=self.id,
            kind=self.kind,
            name=self.name,
            attributes={**self.attributes, **(attributes or {})},
            values=_merged(self.values, values or {}),
            attested={**self.attested, **(attested or {})},
            members=self.members if members is None else members,
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields set anew, validated as they are when a subject is made; :meth:`replace` changes single facts.

        Raises:
            SubjectError: anything that cannot be read, all problems together.
        """
        return type(self)(**{**dict(self), **update}) if update else self

    def plain_data(self) -> dict[str, Any]:
        """The subject as JSON data; :meth:`read` gives the same subject back."""
        data: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "attributes": values_data(self.attributes),
            "values": values_data(self.values),
            "attested": dict(sorted(self.attested.items())),
        }
        if self.members:
            data["members"] = [
                {"id": one.id, "kind": one.kind, "name": one.name, "attributes": values_data(one.attributes)} for one in self.members
            ]
        return data

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Subject:
        """A subject never changes, so its copy is itself."""
        return self


def no_half_letters(data: Any) -> None:
    """What JSON can escape and no file can hold: «\\ud800» by itself. A decision on it could not be stored.

    Raises:
        ValueError: there is one.
    """
    json.dumps(data, ensure_ascii=False, default=str).encode()


def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; which of two values counts under one key is not known.

    Raises:
        ValueError: a key stands twice.
    """
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(Bilingual("«{}» ghi hai lần", "«{}» stands twice").fill(f"{repeated:.40}"))
    return data


def _merged(values: Mapping[str, Any], changed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values with some set anew; the note of a value goes with it."""
    notes = {key: note for key, note in notes_of(values).items() if key not in changed}
    merged = {**values, **changed}
    return {key: {"value": value, **notes[key].data()} if key in notes else value for key, value in merged.items()}


def subject_problems(error: ValidationError, subject: str) -> list[Problem]:
    """The problems of a pydantic error, each with the subject and the key it is about."""
    problems = []
    try:
        items = error.errors(include_url=False)
    except UnicodeEncodeError as unsaid:  # half a letter in a key: the error itself cannot be told
        return [Problem("NTM-411", Place(path=subject), {"detail": of_reading(unsaid)})]
    for item in items:
        words = dict(item.get("ctx") or {})
        within = words.pop("at", "")
        path = ".".join(str(part) for part in (*item["loc"], within or words.get("key", "")) if part != "")
        place = Place(path=f"{subject}: {path}" if subject else path)
        if str(item["type"]).startswith("NTM-"):
            problems.append(Problem(item["type"], place, words))
        elif item["type"] == "missing":
            problems.append(Problem("NTM-202", place, {"key": item["loc"][-1]}))
        elif item["type"] == "extra_forbidden":
            problems.append(Problem("NTM-201", place, {"key": item["loc"][-1]}))
        else:
            problems.append(Problem("NTM-411", place, {"detail": of_shape(item)}))
    return problems
