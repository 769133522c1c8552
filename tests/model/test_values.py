"""Values of the law: numbers as written, reasons of what is absent, levels in their order, and texts in two languages."""

from __future__ import annotations

import copy
import itertools
import pickle
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ntm_rules.values import (
    Bilingual,
    NotApplicable,
    Outcome,
    SourceLevel,
    Unknown,
    decimal_comma,
    exact,
    folded,
    json_number,
    nfc,
    plain,
    scalar,
    shown,
)

LONGEST = "1" * 30


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("53.50", "53.50"),
        (" 7 ", "7"),
        ("+7", "7"),
        ("-0.5", "-0.5"),
        (LONGEST, LONGEST),
        (f"{LONGEST}.{LONGEST}", f"{LONGEST}.{LONGEST}"),
        (12, "12"),
        (0, "0"),
        (int(LONGEST), LONGEST),
        (0.1 + 0.2, "0.3"),
        (49.99999999999999, "50"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (-1e29, "-100000000000000000000000000000"),
        (Decimal("53.50"), "53.50"),
        (Decimal("1E+1"), "10"),
        (Decimal("1E+2"), "100"),
        (Decimal("1E-30"), "0.000000000000000000000000000001"),
        (Decimal("0E+3"), "0"),
        (Decimal(f"{LONGEST}.{LONGEST}"), f"{LONGEST}.{LONGEST}"),
    ],
)
def test_a_number_is_what_is_written(given: Any, read: str) -> None:
    """Places are kept, a float counts at fifteen digits, and thirty digits stand on each side of the point."""
    assert plain(exact(given)) == read
    assert -30 <= exact(given).as_tuple().exponent <= 0  # its places, and no factor of ten
    assert type(exact(given)) is Decimal


@pytest.mark.parametrize(
    "given",
    [
        "", "1,5", "1e3", "1.", ".5", "NaN", "Infinity", "١", "1" * 31, f"1.{'1' * 31}", True, False, float("nan"), float("inf"), 1e31,
        1e-31, 10**30, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+30"), Decimal("1E+31"), Decimal("1E-31"),
        Decimal("1E+999999"), Decimal(f"1.{'1' * 31}"), Decimal("1" * 31), Decimal("0E-31"),
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused(given: Any) -> None:
    """Neither a comma nor an exponent in text, nor what has no end, nor yes and no, nor more digits than are kept."""
    with pytest.raises(ValueError, match=r"^not a number$"):
        exact(given)


def test_a_decimal_that_stands_as_written_is_taken_as_it_is() -> None:
    """The same one, so that what was read once is not copied at each step."""
    number = Decimal("53.50")
    assert exact(number) is number


def test_people_write_a_comma_in_vietnamese_and_a_point_in_english() -> None:
    """Nothing else of the number changes, and no exponent is shown."""
    assert shown(Decimal("53.50"), "vi") == "53,50"
    assert shown(Decimal("53.50"), "en") == "53.50"
    assert shown(Decimal("1E+3"), "vi") == "1000"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("44,5", "44.5"), (" 44,50 ", "44.50"), ("0,625", "0.625"), ("-0,625", "-0.625"), ("+1,5", "+1.5"), ("1,2345", "1.2345"),
        ("43,250", None), ("-43,250", None), ("10,000", None), ("44.5", None), ("44", None), ("1,2,3", None), (",5", None), ("a,5", None),
    ],
)  # fmt: skip
def test_a_comma_is_read_where_it_can_only_be_decimal(typed: str, read: str | None) -> None:
    """Three places may be thousands, but for those after a nought."""
    assert decimal_comma(typed) == read


def test_an_exponent_in_json_is_a_number_unless_none_has_its_size() -> None:
    """As written; too large a one is told in both languages."""
    assert json_number("1.50e2") == 150
    with pytest.raises(ValueError, match="số mũ quá lớn") as raised:
        json_number("1e99999999999999999999")
    assert raised.value.args[0].en == "an exponent is too large"


class Ward(StrEnum):
    A = "a"


class Count(IntEnum):
    TWO = 2


class NAType:
    """Stands for the one of pandas, which a test of values does not need."""


NAType.__module__ = "pandas._libs.missing"


@pytest.mark.parametrize(
    ("given", "stands_for"),
    [
        (Ward.A, "a"), (np.str_("a"), "a"), (Count.TWO, 2), (np.int64(7), 7), (np.uint8(0), 0), (np.float32(0.1), Decimal("0.1")),
        (np.float64(0.1), 0.1), (np.bool_(True), True), (np.bool_(False), False), (NAType(), None), (None, None), (True, True), ("a", "a"),
        (0.5, 0.5),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_the_plain_one_it_stands_for(given: Any, stands_for: Any) -> None:
    """A text of an enumeration is a text, a number of numpy a number; a float of another width counts as it prints."""
    read = scalar(given)
    assert read == stands_for
    assert type(read) is type(stands_for) or isinstance(read, float)


def test_a_wider_float_counts_at_fifteen_digits() -> None:
    """As every float does."""
    assert scalar(np.longdouble(1) / 3) == Decimal("0.333333333333333")


def test_what_stands_for_no_plain_value_is_given_back() -> None:
    """A fraction has no decimals to take, and a class named like that of pandas is not that of pandas."""
    day = type("Timestamp", (), {"__module__": "pandas._libs.tslibs.timestamps"})
    for given in (Fraction(1, 3), type("NAType", (), {})(), type("bool_", (), {})(), day()):
        assert scalar(given) is given
    assert scalar([1]) == [1]


@pytest.mark.parametrize("absent", [Unknown, NotApplicable])
@pytest.mark.parametrize("reason", ["", "  ", None, 1])
def test_an_absence_needs_a_reason(absent: Callable[[Any], Any], reason: Any) -> None:
    """An absence without one explains nothing; the class that lacks it is named."""
    with pytest.raises(ValueError, match=f"{absent.__name__}: cần một lý do"):  # type: ignore[attr-defined]
        absent(reason)


@pytest.mark.parametrize("absent", [Unknown, NotApplicable])
def test_an_absence_with_a_reason_keeps_it(absent: Callable[[str], Any]) -> None:
    """As it was given."""
    assert absent("chưa điều tra").reason == "chưa điều tra"


def test_levels_are_ordered_by_strength_and_not_by_their_letters() -> None:
    """Official is the strongest; a level compares with its name as with itself."""
    ordered = [SourceLevel.MISSING, SourceLevel.RECALLED, SourceLevel.PUBLISHED, SourceLevel.OFFICIAL]
    for (i, a), (j, b) in itertools.product(enumerate(ordered), repeat=2):
        for other in (b, str(b)):
            assert (a < other, a <= other, a > other, a >= other) == (i < j, i <= j, i > j, i >= j), (a, b)
    assert max(ordered) is SourceLevel.OFFICIAL
    assert all(level.label.vi and level.label.en != level.label.vi for level in ordered)


def test_outcomes_are_said_in_both_languages() -> None:
    """Each in its own words."""
    assert {str(outcome): (outcome.label.vi, outcome.label.en) for outcome in Outcome} == {
        "met": ("đạt", "met"),
        "not_met": ("chưa đạt", "not met"),
        "undetermined": ("chưa xác định", "undetermined"),
        "not_applicable": ("không áp dụng", "not applicable"),
    }


def test_a_text_says_itself_in_both_languages() -> None:
    """Filled, joined, copied and pickled too; without English, the same words serve."""
    name, template = Bilingual("xã", "commune"), Bilingual("{}: {n}", "{} has {n}")
    filled = template.fill(name, n=Bilingual("hai", "two"))
    assert (filled.vi, filled.en) == ("xã: hai", "commune has two")
    joined = Bilingual.join([name, "A"], Bilingual(" và ", " and "))
    assert joined.both() == {"vi": "xã và A", "en": "commune and A"}
    assert Bilingual.join([name, name]).en == "commune, commune"
    for other in (copy.copy(name), pickle.loads(pickle.dumps(name))):  # noqa: S301
        assert (other.vi, other.en) == ("xã", "commune")
    assert (Bilingual("A").say("en"), name.say("vi"), name.say("en")) == ("A", "xã", "commune")
    assert Bilingual("A", "").en == ""


def test_texts_are_compared_in_one_form() -> None:
    """Composed letters, no outer blanks; for tolerant matching no case and single blanks, but đ stays đ."""
    decomposed = " Xa\u0303  Đông "
    assert nfc(decomposed) == "Xã  Đông"
    assert folded(decomposed) == "xã đông"
    assert folded("Đ") != folded("D")
