"""What results of marking say beside the outcome: stars, points, standing, marks missed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.method import Extra
from ntm_rules.labels import STANDINGS
from ntm_rules.values import Bilingual, Lang, shown

_CONTEXT: Final = Context(prec=40, rounding=ROUND_HALF_UP)


def points_text(points: Decimal, lang: Lang) -> str:
    """Points as people and the press write them, two places at most; comparisons never use this."""
    short = points.quantize(Decimal("0.01"), context=_CONTEXT)
    text = shown(short.normalize(_CONTEXT) if short != short.to_integral_value() else Decimal(int(short)), lang)
    return text if short == points else f"≈ {text}"


def classes_text(possible: Sequence[int]) -> str:
    """The classes still possible: ``4``, ``3–5``, ``3, 5`` where those between cannot come out; ``–`` for none."""
    runs: list[list[int]] = []
    for one in possible:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs) or "–"


def _stars(decided: Decided, lang: Lang) -> str:
    """The class; those still possible while it is open; ``–`` where the product is not ranked."""
    return classes_text(decided.stars_possible) if decided.stars is None else str(decided.stars)


def _points(decided: Decided, lang: Lang) -> str:
    return "" if decided.total is None else points_text(decided.total, lang)


def _standing(decided: Decided, lang: Lang) -> str:
    return STANDINGS[decided.standing].word.say(lang) if decided.standing else ""


def _missed(decided: Decided) -> tuple[str, ...]:
    """The criteria whose star marks are missed."""
    return tuple(dict.fromkeys(mark.criterion for mark in decided.held_back_by))


EXTRAS: Final = (
    Extra("stars", Bilingual("Sao", "Stars"), lambda decided: decided.stars, _stars),
    Extra("total", Bilingual("Điểm", "Points"), lambda decided: None if decided.total is None else str(decided.total), _points),
    Extra("standing", Bilingual("Tư cách", "Standing"), lambda decided: decided.standing, _standing),
    Extra(
        "held_back_by",
        Bilingual("Thiếu dấu sao", "Marks missed"),
        lambda decided: ", ".join(_missed(decided)),
        lambda decided, lang: ", ".join(_missed(decided)),
    ),
)
