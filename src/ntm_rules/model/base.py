"""What all models share: frozen, strict, no unknown keys, every scalar read from its text by a reader of ours.

Readers raise :class:`pydantic_core.PydanticCustomError` whose type is an ``NTM-…`` code, so that a wrong scalar is reported with the
same wording as everything else.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Final, LiteralString, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ntm_rules.values import Bilingual, exact, nfc, plain

_set: Final = object.__setattr__


def refuse(code: LiteralString, **words: Any) -> PydanticCustomError:
    """The error that a reader raises: an ``NTM-…`` code and the words that fill its message."""
    return PydanticCustomError(code, code, words)


class Model(BaseModel):
    """Base of every part of a document: immutable, and an unknown key is an error."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    def plain_data(self) -> dict[str, Any]:
        """The part as plain data under the keys of the YAML, defaults left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def __copy__(self) -> Self:
        """A shallow copy. Parts keep nothing private, and so are copied at a third of what pydantic takes for it."""
        made = self.__class__.__new__(self.__class__)
        extra = self.__pydantic_extra__
        _set(made, "__dict__", self.__dict__.copy())
        _set(made, "__pydantic_extra__", None if extra is None else extra.copy())
        _set(made, "__pydantic_fields_set__", self.__pydantic_fields_set__.copy())
        _set(made, "__pydantic_private__", None)
        return made


class AlsoWritten:
    """Adds the bare forms of a part (``80``, ``yes_no``) to its JSON Schema, beside the mapping it stands for."""

    def __init__(self, *forms: dict[str, Any], description: str) -> None:
        self.forms = forms
        self.description = description

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [*self.forms, handler(core)], "description": self.description}


_LACKING = {"vi": refuse("NTM-202", key="vi"), "en": refuse("NTM-276")}


def _words(given: Any) -> Bilingual:
    if isinstance(given, Bilingual):
        return given
    if not isinstance(given, dict):
        raise refuse("NTM-203", expected="{vi: …, en: …}", got=_brief(given))
    for key in given:
        if key not in ("vi", "en"):
            raise refuse("NTM-201", key=key)
    for key, lacking in _LACKING.items():
        if key not in given:
            raise lacking
        if not isinstance(given[key], str) or not given[key].strip():
            raise refuse("NTM-222")
    return Bilingual(nfc(given["vi"]), nfc(given["en"]))


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise refuse("NTM-203", expected="text", got=_brief(given))
    text = nfc(given)
    if not text:
        raise refuse("NTM-222")
    return text


def _day(given: Any) -> date:
    if isinstance(given, date):
        return given
    text = _text(given)
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise refuse("NTM-207", got=text) from None


def _number(given: Any) -> Any:
    text = _text(given) if isinstance(given, str) else given
    try:
        return exact(text)
    except (ValueError, TypeError):
        pass
    if isinstance(text, str) and "," in text:
        raise refuse("NTM-205", got=text, fixed=text.replace(",", "."))
    raise refuse("NTM-204", got=_brief(text))


def _flag(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if given == "true":
        return True
    if given == "false":
        return False
    raise refuse("NTM-206", got=_brief(given), allowed="true, false")


def _count(given: Any) -> int:
    number = _number(given)
    if number != int(number):
        raise refuse("NTM-204", got=_brief(given))
    return int(number)


def _brief(given: Any) -> str:
    text = given if isinstance(given, str) else type(given).__name__
    return {"dict": "{…}", "list": "[…]"}.get(text, text[:60])


Words = Annotated[
    Bilingual,
    PlainValidator(_words),
    PlainSerializer(lambda words: {"vi": words.vi, "en": words.en}, return_type=dict[str, str]),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {"vi": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
            "required": ["vi", "en"],
            "additionalProperties": False,
        }
    ),
]
Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[date, BeforeValidator(_day)]
Count = Annotated[int, BeforeValidator(_count), Field(json_schema_extra={"type": "integer"})]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[
    Any,
    PlainValidator(_number),
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": ["number", "string"]}),
]
