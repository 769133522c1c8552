"""The work list: what is open, and of whom."""

from __future__ import annotations

import pytest

import ntm_rules as ntm
from ntm_rules.tables.to_do import Tasks

RULES = ntm.load("commune-ntm/2021-2025")


def tasks(units: int, known: int = 0, most: int | None = None) -> Tasks:
    """What communes of which nothing is known leave open; of the first ones criterion 1 is attested."""
    found = Tasks(most)
    for number in range(units):
        attested = {"1": True} if number < known else {}
        found.add(f"X{number}", RULES.evaluate(ntm.Subject(id=f"X{number}", kind="commune", attested=attested)))
    return found


@pytest.mark.parametrize(
    ("units", "known", "vi", "en"),
    [
        (9, 0, "cả 9 xã", "all 9 communes"),
        (9, 6, "Xã X6, Xã X7, Xã X8", "Xã X6, Xã X7, Xã X8"),
        (3, 0, "Xã X0, Xã X1, Xã X2", "Xã X0, Xã X1, Xã X2"),
    ],
)
def test_a_thing_that_all_of_many_leave_open_names_them_in_a_word(units: int, known: int, vi: str, en: str) -> None:
    """Nine names alike in every row hide the row of which only three are meant."""
    first = next(task for task in tasks(units, known).listed({}) if task.criterion == "1")
    where = first.where(lambda code: f"Xã {code}")
    assert (where.say("vi"), where.say("en")) == (vi, en)
    assert len(first.units) == units - known


def test_of_very_many_the_rest_is_counted() -> None:
    """A table may hold more rows than a cell can name."""
    first = next(task for task in tasks(5, 1, most=2).listed({}) if task.criterion == "1")
    assert first.where().say("vi") == "X1, X2, … và 2 đơn vị nữa"


def test_units_of_two_kinds_are_named() -> None:
    """«All» of what is no one kind would be said of nobody."""
    found = tasks(4)
    found.add("H", ntm.load("district-ntm/2021-2025").evaluate(ntm.Subject(id="H", kind="district")))
    assert "cả" not in next(task for task in found.listed({}) if task.criterion == "1").where().say("vi")
