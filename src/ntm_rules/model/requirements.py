"""What is required: an operator with its bound, on a measured value or on an attribute, and conditions built from these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag, create_model

from ntm_rules.conditions import ALL_OF, ANY_OF, AT_LEAST_K_OF, COMBINATIONS, IS_TRUE, OPERATORS
from ntm_rules.model.base import AlsoWritten, Count, Model, Text, refuse
from ntm_rules.model.figures import Bound, Figure, Table

if TYPE_CHECKING:
    _Keys = Model
else:
    _Keys = create_model(
        "_Keys", __base__=Model, **{one.name: (Bound | None, Field(default=None, description=one.help)) for one in OPERATORS.values()}
    )


class Requirement(_Keys):
    """Exactly one operator with its bound, each under its name; which one is given is :attr:`operator`."""

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that are given (one, in a valid document)."""
        given = self.__dict__
        return tuple([name for name in OPERATORS if given[name] is not None])

    @property
    def operator(self) -> str:
        """The name of the operator."""
        given = self.__dict__
        return next(name for name in OPERATORS if given[name] is not None)

    @property
    def bound(self) -> Figure | Table:
        """What the operator compares with."""
        given = self.__dict__
        bound: Figure | Table = next(given[name] for name in OPERATORS if given[name] is not None)
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
    return next((kind for kind in COMBINATIONS if kind in names), "attribute")


def _mapping(given: Any) -> Any:
    if isinstance(given, dict) and set(given) == {"holds_status"}:
        return {"attribute": given["holds_status"], IS_TRUE.name: "true"}
    if isinstance(given, dict) and not {"attribute", *COMBINATIONS} & given.keys():
        raise refuse("NTM-203", expected=", ".join(("attribute", "holds_status", *COMBINATIONS)), got=", ".join(map(str, given)) or "{}")
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
        | Annotated[AllOf, Tag(ALL_OF.name)]
        | Annotated[AnyOf, Tag(ANY_OF.name)]
        | Annotated[AtLeastKOf, Tag(AT_LEAST_K_OF.name)],
        Discriminator(_kind_of_condition),
    ],
    BeforeValidator(_mapping),
    AlsoWritten(
        {"type": "object", "properties": {"holds_status": {"type": "string"}}, "required": ["holds_status"], "additionalProperties": False},
        description="{attribute: …, phép so sánh}, {holds_status: ntm}, {all_of: […]}, {any_of: […]}, {at_least_k_of: …}.",
    ),
]
