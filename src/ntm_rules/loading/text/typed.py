"""Plain data to models: pydantic's findings become problems with places and NTM codes."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from ntm_rules.loading.text.notes import NOTED, without_notes
from ntm_rules.loading.text.yaml_text import Parsed, Path_, Report
from ntm_rules.messages.causes import of_shape
from ntm_rules.model.base import Model
from ntm_rules.problems import nearest
from ntm_rules.values import Bilingual

M = TypeVar("M", bound=Model)

_SHORT = 40
_MANY = 100  # beyond so many problems the file is no slip of the pen, and guessing takes its time
_SHAPES = {
    "model_type": "{…}",
    "dict_type": "{…}",
    "model_attributes_type": "{…}",
    "tuple_type": "[…]",
    "list_type": "[…]",
    "string_type": Bilingual("chữ", "text"),
}


def build(model: type[M], parsed: Parsed) -> M | None:
    """The model of a parsed file, or None with every problem noted on ``parsed``."""
    if parsed.data is None:
        return None
    try:
        return model.model_validate(without_notes(parsed.data) if model in NOTED else parsed.data)
    except ValidationError as error:
        note_all(error, parsed, model=model)
        return None


def note_all(error: ValidationError, parsed: Report, base: Path_ = (), model: type[Model] = Model) -> None:
    """Note every finding of a pydantic error, below ``base``; of a value that may be several things the first, by the path in the file.

    ``model`` is what the whole was to be: a key it does not know is compared with those of its place.
    """
    told: set[Path_] = set()
    for i, item in enumerate(error.errors(include_url=False)):
        kind, loc = str(item["type"]), (*base, *(part for part in item["loc"] if not str(part).startswith("function-")))
        if loc in told:
            continue
        told.add(loc)
        words: dict[str, Any] = dict(item.get("ctx") or {})
        if kind.startswith("NTM-"):
            parsed.report(kind, loc, **words)
        elif kind == "extra_forbidden":
            guess = _meant(str(loc[-1]), model, item["loc"][:-1]) if i < _MANY else None
            parsed.report("NTM-201", loc, at_key=True, key=loc[-1], guess=guess)
        elif kind == "missing":
            parsed.report("NTM-202", loc[:-1], key=loc[-1])
        elif kind in ("literal_error", "enum"):
            allowed = str(words.get("expected", "")).replace("'", "").replace(" or ", ", ")
            parsed.report(
                "NTM-206",
                loc,
                got=item["input"],
                allowed=allowed,
                guess=nearest(str(item["input"]), allowed.split(", ")),
            )
        elif kind in ("greater_than_equal", "too_short"):
            parsed.report("NTM-224", loc, k=item["input"] if kind != "too_short" else 1, n=0)
        else:
            parsed.report("NTM-203", loc, expected=_shape(kind, item), got=_brief(item["input"]))


def _shape(kind: str, item: Any) -> str | Bilingual:
    """What is needed: of a list that somebody wrote as one word, that word as a list."""
    given = item["input"]
    if kind in ("tuple_type", "list_type") and isinstance(given, str) and given and len(given) <= _SHORT:
        return Bilingual("danh sách [{}]", "the list [{}]").fill(given)
    return _SHAPES.get(kind) or of_shape(item)


def _brief(given: Any) -> str:
    return "{…}" if isinstance(given, dict) else "[…]" if isinstance(given, (list, tuple)) else str(given)[:60]


def _meant(key: str, model: type[Model], path: Path_) -> str | None:
    """The nearest key that may stand there; else the nearest of any document, unless the key itself is right elsewhere."""
    here = {model}
    for part in path:
        fields = [field for one in here for name, field in one.model_fields.items() if part in (name, field.alias)]
        here = {one for field in fields for one in _models(field.annotation)} or here  # a number in a list, a choice: the same models
    anywhere = _keys(_below(Model))
    return nearest(key, _keys(here)) or (None if key in anywhere else nearest(key, anywhere))


def _models(annotation: Any) -> set[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return {annotation}
    return {one for part in get_args(annotation) for one in _models(part)}


def _below(model: type[Model]) -> set[type[Model]]:
    return {model, *(each for one in model.__subclasses__() for each in _below(one))}


def _keys(models: set[type[Model]]) -> set[str]:
    return {field.alias or name for one in models for name, field in one.model_fields.items()}
