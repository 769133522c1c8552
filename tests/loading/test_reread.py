"""A ruleset read back from its canonical JSON: the same again, or refused with the place of what was damaged."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

import ntm_rules as ntm

COMMUNE = ntm.load("commune-ntm/2021-2025").to_json()
OCOP = ntm.load("ocop/2026").to_json()
OTHERWISE = (None, True, 0, -1, 1.5, "", [], {}, "missing", ["x"], {"x": 1}, "80", {"value": "1"}, {"by": ["region"]}, {"by": []})


def damaged(text: str, *path: str | int, becomes: Any = ...) -> str:
    """The text with one part left out, or another in its place."""
    data = holder = json.loads(text)
    for key in path[:-1]:
        holder = holder[key]
    if becomes is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = becomes
    return json.dumps(data)


def refused(text: str) -> list[tuple[str, str]]:
    """The codes and places for which a text is refused."""
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.RuleSet.from_json(text)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


def test_a_set_that_marks_comes_back_with_every_sheet() -> None:
    """What ``to_json`` wrote of score sheets is read back: the same text, and the same stars for the same points."""
    rules, again = ntm.load("ocop/2026"), ntm.RuleSet.from_json(OCOP)
    product = ntm.Subject(id="p", kind="product", attributes={"product_set": 7}, values=rules.scores.best(7))
    assert again.to_json() == OCOP
    assert again.scores.product_sets == rules.scores.product_sets
    assert again.evaluate(product).stars == rules.evaluate(product).stars == 5


FIRST = ("criteria", 9, "indicators", 0)
AT = "criteria[9].indicators[0]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{\n", ("NTM-601", "JSON:2:1")),
        (damaged(COMMUNE, "criteria", 0, "title"), ("NTM-601", "JSON (criteria[0].title)")),
        (damaged(COMMUNE, "title", "vi", becomes="\ud800"), ("NTM-601", "JSON")),
        (damaged(COMMUNE, "title", becomes="\ud800"), ("NTM-601", "JSON")),
        (damaged(COMMUNE, *FIRST, "at_least"), ("NTM-212", f"JSON ({AT})")),
        (damaged(COMMUNE, *FIRST, "at_least", "tay-nguyen", becomes={}), ("NTM-203", f"JSON ({AT}.at_least.tay-nguyen)")),
        (damaged(COMMUNE, "sheets", becomes={}), ("NTM-201", "JSON (sheets)")),
        (damaged(OCOP, "sheets"), ("NTM-202", "JSON (sheets)")),
        (damaged(OCOP, "sheets", becomes=[]), ("NTM-202", "JSON (sheets)")),
        (damaged(OCOP, "sheets", "7", "title"), ("NTM-601", "JSON (sheets.7.title)")),
        (damaged(OCOP, "sheets", "7", "sheet", becomes="8"), ("NTM-223", "JSON (sheets.7.sheet)")),
    ],
)
def test_what_was_damaged_is_told_with_its_place(text: str, told: tuple[str, str]) -> None:
    """No JSON, a wrong shape, a part that makes no sense, sheets that are gone: where it stands is said."""
    assert refused(text) == [told]


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from _paths(part, (*path, key))


@pytest.mark.parametrize(
    "name", ["commune-ntm/2021-2025", "commune-ntm/2016-2020", "district-ntm/2021-2025", "recognition-commune/2021-2025"]
)
def test_no_damage_to_a_text_ends_in_an_error_of_the_program(name: str) -> None:
    """Keys dropped, types changed, lists emptied or turned round: refused as a ruleset, or a ruleset that decides without stumbling."""
    chance, text = random.Random(name), ntm.load(name).to_json()
    paths = list(_paths(json.loads(text)))
    for _ in range(60):
        path = chance.choice(paths)
        part = json.loads(text)
        for key in path:
            part = part[key]
        turned = part[::-1] if isinstance(part, (str, list)) else part
        text_now = damaged(text, *path, becomes=chance.choice([..., turned, *OTHERWISE]))
        try:
            rules = ntm.RuleSet.from_json(text_now)
        except ntm.RulesetError:
            assert all(place for _, place in refused(text_now)), path
            continue
        assert rules.evaluate(ntm.Subject(id="1", kind=rules.kind)).to_json(), path
