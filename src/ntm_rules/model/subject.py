"""A subject: what is known of one commune, village, district, province or product."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from ntm_rules.model.base import SubjectKind, refuse
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.values import Bilingual, NotApplicable, Unknown, Value, exact, nfc, plain


class ReadOnly(dict[str, Any]):
    """A mapping that cannot be changed. (A ``MappingProxyType`` would do, at three times the cost of every look-up.)"""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("dữ liệu của đối tượng không đổi được (the facts of a subject cannot be changed)")

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return ReadOnly, (dict(self),)


NOT_GIVEN = Unknown("không có số liệu")


_PLAIN: frozenset[type[Any]] = frozenset({str, bool, Unknown, NotApplicable})


def read_value(given: Any) -> Value | tuple[Value, ...]:
    """One value as handed in: text stays as written (it is compared in NFC), numbers become exact, ``None`` is unknown.

    A list is a list of values.

    Raises:
        PydanticCustomError: NTM-402 for NaN and infinity, NTM-411 for what is no value at all.
    """
    if given.__class__ in _PLAIN:
        return given  # type: ignore[no-any-return]
    if given is None:
        return NOT_GIVEN
    if isinstance(given, (int, float, Decimal)):
        try:
            return exact(given)
        except ValueError:
            raise refuse("NTM-402", got=str(given), unit=Bilingual("số", "numbers")) from None
    if isinstance(given, Mapping) and len(given) == 1:
        [(key, reason)] = given.items()
        if key in ("unknown", "not_applicable") and isinstance(reason, str) and reason.strip():
            return Unknown(nfc(reason)) if key == "unknown" else NotApplicable(nfc(reason))
    if isinstance(given, (list, tuple)) and given:
        return tuple(read_value(item) for item in given)  # type: ignore[misc]
    raise refuse("NTM-411", detail=f"{given!r:.80}")


def _read_all(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise refuse("NTM-411", detail=f"{given!r:.80}")
    try:
        "".join(given)  # all keys are text
    except TypeError:
        raise refuse("NTM-411", detail=f"khóa (key) {next(key for key in given if not isinstance(key, str))!r:.40}") from None
    if _PLAIN.issuperset(map(type, given.values())):
        return ReadOnly(given)
    try:
        return ReadOnly({key: read_value(value) for key, value in given.items()})
    except PydanticCustomError:
        return _find_unreadable(given)


def _find_unreadable(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read one by one to say which value cannot be read."""
    for key, value in given.items():
        try:
            read_value(value)
        except PydanticCustomError as error:
            raise PydanticCustomError(error.type, error.type, {**(error.context or {}), "at": key}) from None
    raise AssertionError("every value can be read")  # pragma: no cover - only called when one cannot


def _read_flags(given: Any) -> Mapping[str, bool]:
    if not isinstance(given, Mapping):
        raise refuse("NTM-411", detail=f"{given!r:.80}")
    for key, value in given.items():
        if value.__class__ is not bool:
            raise refuse("NTM-412", key=key, got=f"{value!r:.40}")
    return ReadOnly(dict(given))


def value_data(value: Any) -> Any:
    """A value as JSON data: numbers as text, absences as ``{"unknown": …}`` and ``{"not_applicable": …}``."""
    if value.__class__ is Decimal:
        return plain(value)
    if value.__class__ is Unknown:
        return {"unknown": value.reason}
    if value.__class__ is NotApplicable:
        return {"not_applicable": value.reason}
    if value.__class__ is tuple:
        return [value_data(item) for item in value]
    return value


_ANY_VALUE = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "object", "properties": {"unknown": {"type": "string"}}, "required": ["unknown"]},
        {"type": "object", "properties": {"not_applicable": {"type": "string"}}, "required": ["not_applicable"]},
        {"type": "array", "items": {"type": ["string", "number", "null"]}},
    ]
}
Values = Annotated[
    Mapping[str, Any],
    PlainValidator(_read_all),
    PlainSerializer(lambda values: {key: value_data(value) for key, value in sorted(values.items())}),
    WithJsonSchema({"type": "object", "additionalProperties": _ANY_VALUE}),
]
Flags = Annotated[
    Mapping[str, bool],
    PlainValidator(_read_flags),
    PlainSerializer(lambda flags: dict(sorted(flags.items()))),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "boolean"}}),
]


class Member(BaseModel):
    """One part of a whole: a commune of a district, a village of a commune, with what is known of it.

    Attributes:
        id: the code it is joined by.
        kind: what it is.
        name: for people only.
        attributes: what shares and counts look at: statuses (``ntm``, ``advanced``, …), ``criteria_met``, …
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    kind: SubjectKind
    name: str = ""
    attributes: Values = Field(default_factory=ReadOnly)


class Subject(BaseModel):
    """One commune, village, district, province or product, with what is known of it.

    Attributes:
        id: the code it is joined by (GSO code of a commune), as text.
        kind: ``commune``, ``village``, ``district``, ``province`` or ``product``.
        name: for people only.
        attributes: what tables and conditions are looked up by: ``province``, ``region``, ``year``, ``area``, …
        values: measured values by indicator number. Text, numbers and bools, :class:`~ntm_rules.Unknown` and
            :class:`~ntm_rules.NotApplicable` with their reasons; ``None`` is unknown. A float is taken through ``repr``.
        attested: outcomes stated by an authority without the measured value, by indicator or criterion number.
        members: the parts of a whole, all of them, where a set counts over them: the communes of a district.

    Raises:
        SubjectError: anything that cannot be read, all problems together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    kind: SubjectKind
    name: str = ""
    attributes: Values = Field(default_factory=ReadOnly)
    values: Values = Field(default_factory=ReadOnly)
    attested: Flags = Field(default_factory=ReadOnly)
    members: tuple[Member, ...] = ()

    def __init__(self, **given: Any) -> None:
        try:
            self.__pydantic_validator__.validate_python(given, self_instance=self)
        except ValidationError as error:
            raise SubjectError(subject_problems(error, str(given.get("id", "")))) from None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Subject:
        """A subject from plain data (parsed JSON or YAML).

        Raises:
            SubjectError: anything that cannot be read, all problems together.
        """
        return cls(**given)

    def plain_data(self) -> dict[str, Any]:
        """The subject as JSON data; :meth:`read` gives the same subject back."""
        data = self.model_dump(mode="json")
        if not self.members:
            del data["members"]
        return data

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Subject:
        """A subject never changes, so its copy is itself."""
        return self


def subject_problems(error: ValidationError, subject: str) -> list[Problem]:
    """The problems of a pydantic error, each with the subject and the key it is about."""
    problems = []
    for item in error.errors(include_url=False):
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
            problems.append(Problem("NTM-411", place, {"detail": item["msg"]}))
    return problems
