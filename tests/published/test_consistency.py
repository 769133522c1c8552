"""Published totals: read strictly, checked against each other, never mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.published.consistency import check_claims, check_series, refuted
from ntm_rules.published.totals import Aggregate, Band, Stated, of_day, read_claims, read_series
from ntm_rules.register.reasons import share

FOLDER = Path(__file__).parents[2] / "examples" / "kon-tum"


def test_the_published_series_of_kon_tum_agrees_with_itself() -> None:
    """Every row whose bands were printed sums to its communes, and every printed mean is possible."""
    series, problems = read_series(FOLDER / "series.csv")
    assert not problems
    checks = check_series(series)
    assert len(checks) == 17
    assert all(check.holds for check in checks)


def test_the_sums_of_the_article_come_out() -> None:
    """208 = 1+6+16+3+182; 53 is 48 met and 5, not 42 recognised and 5; 53 of 85 prints as 62,35; 132 is not about 140."""
    claims, problems = read_claims(FOLDER / "claims.csv")
    assert not problems
    holds = {(claim.claim, claim.parts[0]): check.holds for claim, check in zip(claims, check_claims(claims), strict=True)}
    assert holds["ocop-2023", Decimal(1)]
    assert holds["muc-tieu-2024", Decimal(48)]
    assert not holds["muc-tieu-2024", Decimal(42)]
    assert holds["ty-le-2024", Decimal(53)]
    assert [check.of for check in refuted(claims)] == ["Sản phẩm dự kiến của đề án 2018"]


def test_bands_that_do_not_sum_are_told_with_their_row() -> None:
    """One commune too many in a band is a problem that shows the sum."""
    row = Aggregate("giữa 2022", None, {"communes": 85, "met": 36}, None, (Band(15, 18, 20), Band(10, 14, 29), Band(8, 8, 1)))
    [check] = check_series([row])
    assert not check.holds
    assert check.problem is not None
    assert "36 + 20 + 29 + 1 = 86; 85" in check.problem.line("vi")


def test_bands_that_overlap_and_parts_above_their_whole_are_told() -> None:
    """15 counts in one band only; there are no more recognised communes than communes."""
    row = Aggregate("x", None, {"communes": 3, "met": 0}, None, (Band(15, 18, 1), Band(10, 15, 2)))
    assert [check.holds for check in check_series([row])] == [False]
    more = Aggregate("x", None, {"communes": 85, "recognised": 86, "advanced": 90, "model": 91, "met": 99})
    assert [check.holds for check in check_series([more])] == [False] * 4


def test_what_was_not_printed_is_not_checked() -> None:
    """Without bands, or without the number that met all, there is nothing to sum."""
    assert check_series([Aggregate("x", None, {"communes": 85, "met": 48}, Stated(Decimal(16)))]) == ()
    assert check_series([Aggregate("x", None, {"communes": 85}, Stated(Decimal(16)), (Band(10, 14, 20),))]) == ()
    assert len(check_series([Aggregate("x", None, {"communes": 20}, None, (Band(19, 19, 5), Band(0, 18, 15)))])) == 1


@given(st.lists(st.integers(0, 19), min_size=1, max_size=85))
def test_the_bands_and_mean_of_any_real_province_agree(counts: list[int]) -> None:
    """Totals made from a list of communes pass every check, however their mean is rounded."""
    bands = tuple(Band(low, high, sum(low <= count <= high for count in counts)) for low, high in ((15, 18), (10, 14), (5, 9), (0, 4)))
    for places in (0, 1, 2):
        mean = (Decimal(sum(counts)) / len(counts)).quantize(Decimal(1).scaleb(-places))
        row = Aggregate("x", None, {"communes": len(counts), "met": counts.count(19)}, Stated(mean), bands)
        assert all(check.holds for check in check_series([row]))


@pytest.mark.parametrize(
    ("printed", "number", "low", "high"),
    [
        ("exact", "16", "15.5", "16.5"),
        ("exact", "16.15", "16.145", "16.155"),
        ("about", "140", "135", "145"),
        ("about", "14", "13.5", "14.5"),
        ("above", "16.15", "16.15", None),
        ("below", "9.5", None, "9.5"),
    ],
)
def test_what_a_printed_number_can_stand_for(printed: str, number: str, low: str | None, high: str | None) -> None:
    """A number is rounded to the places it has, «khoảng» to its last digit that is not zero."""
    span = Stated(Decimal(number), printed).span  # type: ignore[arg-type]
    assert span == (Decimal(low) if low else None, Decimal(high) if high else None)


def test_shares_print_as_the_press_does() -> None:
    """53 of 85 is 62.35, 48 of 85 is 56.47."""
    assert (share(53, 85), share(48, 85), share(60, 85)) == (Decimal("62.35"), Decimal("56.47"), Decimal("70.59"))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("x,2023-12-31,85a,,,", "NTM-816"),
        ("x,2023-12-31,85,48,khoảng mười,", "NTM-816"),
        ("x,2023-12-31,85,48,16,15-18", "NTM-816"),
        ("x,2023-12-31,85,48,16,18-15=3", "NTM-816"),
        ("x,31/11/2023,85,48,16,", "NTM-804"),
        (",2023-12-31,85,48,16,", "NTM-802"),
    ],
)
def test_totals_that_cannot_be_read_are_left_out_and_listed(tmp_path: Path, cells: str, code: str) -> None:
    """A row with a strange number is no row; the others stand."""
    path = tmp_path / "series.csv"
    path.write_text("tính đến,ngày,tổng số xã,đạt,bình quân,các mức\n" + cells + "\ny,,85,48,16,15-18=2\n", "utf-8")
    series, problems = read_series(path)
    assert [one.as_of for one in series] == ["y"]
    assert [problem.code for problem in problems] == [code]
    assert problems[0].place.line == 2


def test_claims_that_cannot_be_read_are_left_out_and_listed(tmp_path: Path) -> None:
    """A share needs two numbers, the second not zero."""
    path = tmp_path / "claims.csv"
    path.write_text("claim,relation,stated,parts\na,share,50,1; 0\nb,share,50,1\nc,mean,x,1; 2\nd,sum,3,1; 2\n", "utf-8")
    claims, problems = read_claims(path)
    assert [claim.claim for claim in claims] == ["d"]
    assert [problem.code for problem in problems] == ["NTM-816"] * 3


def test_the_totals_of_a_day_are_the_last_ones_before_it() -> None:
    """For the end of 2023 the row of about that time counts; before the first there is none."""
    series, _ = read_series(FOLDER / "series.csv")
    found = of_day(series, date(2023, 12, 31))
    assert found is not None
    assert found.counts["met"] == 48
    assert of_day(series, date(2000, 1, 1)) is None
    later = of_day(series, date(2025, 4, 1))
    assert later is not None
    assert later.counts["met"] == 49  # the source of March 2025 counts villages only
    villages = next(one for one in series if one.as_of == "2025-03-25")
    assert of_day([villages], date(2025, 4, 1)) is villages
    stated = villages.stated("ntm_villages")
    assert stated is not None
    assert (stated.number, stated.printed, villages.stated("met")) == (110, "below", None)  # «gần 110»


def test_classes_of_products_make_the_products_in_all() -> None:
    """1 + 6 + 16 + 3 + 182 = 208 holds; 207 would not; with some classes only, they are no more than all."""
    series, _ = read_series(FOLDER / "series.csv")
    row = of_day(series, date(2023, 12, 31))
    assert row is not None
    [found] = [check for check in check_series([row]) if "208" in check.detail]
    assert (found.holds, found.detail.vi) == (True, "1 + 6 + 16 + 3 + 182 = 208; 208")
    assert [check.holds for check in check_series([replace(row, counts={**row.counts, "ocop": 207})])] == [False]
    part, many = ({"ocop": 5, "ocop-4": 2}, {"ocop": 5, "ocop-4": 6})
    assert check_series([replace(row, counts=part)]) == ()
    assert [check.holds for check in check_series([replace(row, counts=many)])] == [False]


@pytest.mark.parametrize(("name", "rows"), [("ocop-series.csv", 3), ("district-series.csv", 10)])
def test_the_other_series_of_kon_tum_are_in_order(name: str, rows: int) -> None:
    """Products since 2020 and districts since 2017: every row is read and none contradicts itself."""
    series, problems = read_series(FOLDER / name)
    assert problems == ()
    assert len(series) == rows
    assert all(check.holds for check in check_series(series))
