"""Facts as they are given: values with their reasons and notes, flags, and how each of them is read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, NoReturn

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ntm_rules.model.base import refuse
from ntm_rules.values import Bilingual, NotApplicable, Unknown, Value, exact, nfc, plain, scalar


class ReadOnly(dict[str, Any]):
    """A mapping that cannot be changed. (A ``MappingProxyType`` would do, at three times the cost of every look-up.)"""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("dữ liệu này không đổi được (this cannot be changed)")

    __setitem__: Any = _refuse
    __delitem__: Any = _refuse
    __ior__: Any = _refuse
    update: Any = _refuse
    setdefault: Any = _refuse
    pop: Any = _refuse
    popitem: Any = _refuse
    clear: Any = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return ReadOnly, (dict(self),)


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a value besides the value itself. Nothing is compared with it.

    Attributes:
        year: the year the figure is of.
        stated_by: who states it.
        evidence: what it rests on.
    """

    year: int | None = None
    stated_by: str = ""
    evidence: str = ""

    def data(self) -> dict[str, Any]:
        """The note as JSON data, what is not said left out."""
        return {key: said for key in _SAID if (said := getattr(self, key))}


_SAID: Final = ("year", "stated_by", "evidence")


class NotedValues(ReadOnly):
    """Values of which some carry a note: what is compared stands in the mapping, the notes beside it."""

    __slots__ = ("notes",)

    notes: Mapping[str, Note]

    def __init__(self, values: Mapping[str, Any], notes: Mapping[str, Note]) -> None:
        super().__init__(values)
        self.notes = ReadOnly(notes)

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(self, other) is True and self.notes == notes_of(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:  # type: ignore[override]
        return super().__hash__()

    def __reduce__(self) -> tuple[Any, ...]:
        return NotedValues, (dict(self), dict(self.notes))


def notes_of(values: object) -> Mapping[str, Note]:
    """The notes that values carry, by name."""
    return values.notes if isinstance(values, NotedValues) else {}


NOT_GIVEN = Unknown("không có số liệu")


_BOOL: Final = frozenset({bool})
_KEY = Bilingual("khóa {}", "the key {}")
_PLAIN: frozenset[type[Any]] = frozenset({str, bool, Unknown, NotApplicable})


def read_value(given: Any) -> Value | tuple[Value, ...]:
    """One value as handed in: text stays as written (it is compared in NFC), numbers become exact, ``None`` is unknown.

    A list is a list of values.

    Raises:
        PydanticCustomError: NTM-402 for NaN and infinity, NTM-411 for what is no value at all.
    """
    if given.__class__ in _PLAIN:
        return given  # type: ignore[no-any-return]
    given = given if given.__class__ is Decimal else scalar(given)
    if given is None:
        return NOT_GIVEN
    if isinstance(given, (str, bool)):
        return given
    if isinstance(given, (int, float, Decimal)):
        try:
            return exact(given)
        except ValueError:
            raise refuse("NTM-402", got=f"{given!s:.40}", unit=Bilingual("số", "a number")) from None
    if isinstance(given, Mapping) and len(given) == 1:
        [(key, reason)] = given.items()
        if key in ("unknown", "not_applicable") and isinstance(reason, str) and reason.strip():
            return Unknown(nfc(reason)) if key == "unknown" else NotApplicable(nfc(reason))
    if isinstance(given, (list, tuple)) and given:
        return tuple(read_value(item) for item in given)  # type: ignore[misc]
    raise refuse("NTM-411", detail=f"{given!r:.80}")


def _read_noted(given: Mapping[str, Any]) -> tuple[Any, Note]:
    """A value with what is said of it: ``{"value": "45", "year": 2023, "stated_by": …, "evidence": …}``."""
    note = {key: given[key] for key in given if key != "value"}
    year, texts = note.get("year"), [note.get(key, "") for key in _SAID[1:]]
    if not note.keys() <= set(_SAID) or not (year is None or year.__class__ is int) or not all(isinstance(text, str) for text in texts):
        raise refuse("NTM-411", detail=f"{dict(given)!r:.80}")
    return given["value"], Note(year, nfc(texts[0]), nfc(texts[1]))


def _read_all(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise refuse("NTM-411", detail=f"{given!r:.80}")
    try:
        "".join(given)  # all keys are text
    except TypeError:
        raise refuse("NTM-411", detail=_KEY.fill(f"{next(key for key in given if not isinstance(key, str))!r:.40}")) from None
    if _PLAIN.issuperset(map(type, given.values())):
        return given if isinstance(given, NotedValues) else ReadOnly(given)
    values: dict[str, Any] = {}
    notes = dict(notes_of(given))
    for key, value in given.items():
        try:
            if value.__class__ in _PLAIN:
                values[key] = value
                continue
            bare, note = _read_noted(value) if isinstance(value, Mapping) and "value" in value else (value, None)
            if scalar(bare) is None:  # None states nothing
                continue
            values[key] = read_value(bare)
            if note is not None and note.data():
                notes[key] = note
        except PydanticCustomError as error:
            again: Any = error.type  # a code of ours
            raise PydanticCustomError(again, again, {**(error.context or {}), "at": key}) from None
    return NotedValues(values, notes) if notes else ReadOnly(values)


def _read_stored(given: Any) -> Mapping[str, Any]:
    """Values as a decision carries them: what a later version says of a value beside what is known here is left aside."""
    if not isinstance(given, Mapping):
        return _read_all(given)
    known = {"unknown", "not_applicable", "value", *_SAID}
    return _read_all(
        {key: {k: v for k, v in value.items() if k in known} if isinstance(value, Mapping) else value for key, value in given.items()}
    )


def _read_flags(given: Any) -> Mapping[str, bool]:
    if not isinstance(given, Mapping):
        raise refuse("NTM-411", detail=f"{given!r:.80}")
    if _BOOL.issuperset(map(type, given.values())):
        return ReadOnly(given)
    flags = {key: scalar(value) for key, value in given.items()}
    for key, value in flags.items():
        if value.__class__ is not bool and value is not None:  # None states nothing
            raise refuse("NTM-412", key=key, got=f"{value!s:.40}")
    return ReadOnly({key: value for key, value in flags.items() if value is not None})


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


def values_data(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by name as JSON data, in order of their names; a value of which something is said with what is said of it."""
    data = {key: value if value.__class__ is str else value_data(value) for key, value in sorted(values.items())}
    for key, note in notes_of(values).items():
        data[key] = {"value": data[key], **note.data()}
    return data


_ANY_VALUE: dict[str, list[dict[str, Any]]] = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "object", "properties": {"unknown": {"type": "string"}}, "required": ["unknown"]},
        {"type": "object", "properties": {"not_applicable": {"type": "string"}}, "required": ["not_applicable"]},
        {"type": "array", "items": {"type": ["string", "number", "null"]}},
    ]
}
_ANY_VALUE["anyOf"].append(
    {
        "type": "object",
        "properties": {
            "value": {},
            "year": {"type": "integer"},
            "stated_by": {"type": "string"},
            "evidence": {"type": "string"},
        },
        "required": ["value"],
    }
)
Values = Annotated[
    Mapping[str, Any],
    PlainValidator(_read_all),
    PlainSerializer(values_data),
    WithJsonSchema({"type": "object", "additionalProperties": _ANY_VALUE}),
]
StoredValues = Annotated[
    Mapping[str, Any],
    PlainValidator(_read_stored),
    PlainSerializer(values_data),
    WithJsonSchema({"type": "object", "additionalProperties": _ANY_VALUE}),
]
Flags = Annotated[
    Mapping[str, bool],
    PlainValidator(_read_flags),
    PlainSerializer(lambda flags: dict(sorted(flags.items()))),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "boolean"}}),
]
