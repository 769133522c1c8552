"""Examples beside the rules: subjects with the outcomes a set promises for them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from ntm_rules.model.base import Count, Day, Model, Number, Text, refuse
from ntm_rules.model.ruleset import _listed
from ntm_rules.problems import nearest
from ntm_rules.values import Outcome, folded


def _outcome(given: Any) -> Outcome:
    try:
        return Outcome(given)
    except ValueError:
        named = {outcome.label.vi: outcome.value for outcome in Outcome}
        guess = named.get(folded(str(given))) or nearest(str(given), Outcome)
        raise refuse("NTM-206", got=str(given)[:60], allowed=", ".join(Outcome), guess=guess) from None


Expected = dict[str, Annotated[Outcome, BeforeValidator(_outcome)]]


class Example(Model):
    """A subject and the outcomes of the whole (``outcome``) or of single nodes."""

    example: Text = Field(description="Ví dụ nói về điều gì, một câu.")
    on: Day | None = None
    province: Text | None = None
    subject: dict[str, Any] = Field(default_factory=dict)
    expect: Expected = Field(default_factory=dict)
    best_of: Text | None = Field(default=None, description="Bộ sản phẩm: mọi tiêu chí đạt điểm cao nhất, trừ «but».")
    but: dict[str, Any] = Field(default_factory=dict, description="Điểm khác với điểm cao nhất.")
    readings: dict[str, Text] = Field(default_factory=dict, description="Cách đọc khác với cách đọc của bộ tiêu chí.")
    stars: Count | None = Field(default=None, description="Hạng sao phải ra.")
    stars_possible: Annotated[tuple[Count, ...] | None, BeforeValidator(_listed)] = Field(
        default=None, description="Các hạng sao còn có thể."
    )
    total: Number | None = Field(default=None, description="Tổng điểm phải ra.")
    standing: Text | None = Field(default=None, description="potential-5-star, to-province, rejected hoặc none.")
    held_back_by: Annotated[tuple[Text, ...] | None, BeforeValidator(_listed)] = Field(
        default=None, description="Các tiêu chí thiếu mức dấu sao."
    )


class Boundary(Model):
    """One indicator at several values, one at a time, against its bound."""

    boundary: Text = Field(description="Số chỉ tiêu.")
    on: Day | None = None
    province: Text | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)
    expect: Expected


def _kind(given: Any) -> str:
    return "boundary" if isinstance(given, Boundary) or (isinstance(given, dict) and "boundary" in given) else "example"


class Examples(Model):
    """The file ``examples.yaml``."""

    examples_of: Text
    examples: Annotated[
        tuple[
            Annotated[Annotated[Example, Tag("example")] | Annotated[Boundary, Tag("boundary")], Discriminator(_kind)],
            ...,
        ],
        BeforeValidator(_listed),
    ]
