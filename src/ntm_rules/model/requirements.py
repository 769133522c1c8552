"""What is required: an operator with its bound, on a measured value or on an attribute, and conditions built from these."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from ntm_rules.model.base import AlsoWritten, Count, Model, Text, refuse
from ntm_rules.model.figures import Bound, Figure, Table

OPERATORS = ("at_least", "at_most", "above", "below", "equals", "one_of", "is_true")


class Requirement(Model):
    """Exactly one operator with its bound; which one is :attr:`operator`."""

    at_least: Bound | None = Field(None, description="Đạt khi giá trị từ mức này trở lên (≥).")
    at_most: Bound | None = Field(None, description="Đạt khi giá trị không quá mức này (≤).")
    above: Bound | None = Field(None, description="Đạt khi giá trị lớn hơn mức này (>).")
    below: Bound | None = Field(None, description="Đạt khi giá trị nhỏ hơn mức này (<).")
    equals: Bound | None = Field(None, description="Đạt khi giá trị đúng bằng mức này (=).")
    one_of: Bound | None = Field(None, description="Đạt khi giá trị thuộc danh sách này.")
    is_true: Bound | None = Field(None, description="Đạt khi câu trả lời là có.")

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that are given (one, in a valid document)."""
        return tuple(name for name in OPERATORS if getattr(self, name) is not None)

    @property
    def operator(self) -> str:
        """The name of the operator."""
        return self.operators[0]

    @property
    def bound(self) -> Figure | Table:
        """What the operator compares with."""
        bound: Figure | Table = getattr(self, self.operator)
        return bound


class AttributeTest(Requirement):
    """A condition on one attribute of the subject."""

    attribute: Text = Field(description="Tên thuộc tính đã khai báo trong «attributes».")


class AllOf(Model):
    """Holds when all of its conditions hold."""

    all_of: Annotated[tuple[Condition, ...], BeforeValidator(lambda given: _list(given)), Field(min_length=1)]


class AnyOf(Model):
    """Holds when one of its conditions holds."""

    any_of: Annotated[tuple[Condition, ...], BeforeValidator(lambda given: _list(given)), Field(min_length=1)]


class KOf(Model):
    """``k`` and the conditions of which that many must hold."""

    k: Count = Field(ge=1)
    of: Annotated[tuple[Condition, ...], BeforeValidator(lambda given: _list(given)), Field(min_length=1)]


class AtLeastKOf(Model):
    """Holds when at least ``k`` of its conditions hold."""

    at_least_k_of: KOf


def _list(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


def _kind_of_condition(given: Any) -> str:
    names = given.keys() if isinstance(given, dict) else type(given).model_fields.keys()
    for kind in ("all_of", "any_of", "at_least_k_of"):
        if kind in names:
            return kind
    return "attribute"


def _mapping(given: Any) -> Any:
    if isinstance(given, dict) and set(given) == {"holds_status"}:
        return {"attribute": given["holds_status"], "is_true": "true"}
    if isinstance(given, dict) and not {"attribute", "all_of", "any_of", "at_least_k_of"} & given.keys():
        raise refuse("NTM-203", expected="attribute, holds_status, all_of, any_of, at_least_k_of", got=", ".join(map(str, given)) or "{}")
    if not isinstance(given, (dict, Model)):
        raise refuse("NTM-203", expected="{attribute: …}", got=str(given)[:60])
    return given


def attributes_of(condition: Any) -> frozenset[str]:
    """Every attribute that a condition looks at."""
    if isinstance(condition, AttributeTest):
        return frozenset((condition.attribute,))
    inner: tuple[Any, ...] = ()
    if isinstance(condition, AllOf):
        inner = condition.all_of
    elif isinstance(condition, AnyOf):
        inner = condition.any_of
    elif isinstance(condition, AtLeastKOf):
        inner = condition.at_least_k_of.of
    return frozenset(name for part in inner for name in attributes_of(part))


Condition = Annotated[
    Annotated[
        Annotated[AttributeTest, Tag("attribute")]
        | Annotated[AllOf, Tag("all_of")]
        | Annotated[AnyOf, Tag("any_of")]
        | Annotated[AtLeastKOf, Tag("at_least_k_of")],
        Discriminator(_kind_of_condition),
    ],
    BeforeValidator(_mapping),
    AlsoWritten(
        {"type": "object", "properties": {"holds_status": {"type": "string"}}, "required": ["holds_status"], "additionalProperties": False},
        description="{attribute: …, phép so sánh}, {holds_status: ntm}, {all_of: […]}, {any_of: […]}, {at_least_k_of: …}.",
    ),
]
