"""A dataframe never gives a wrong verdict without a word: its index is kept, what cannot be placed is refused or told."""

from __future__ import annotations

import logging
import random
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ntm_rules as ntm
from framed import rows_of
from ntm_rules.problems import TableError

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SHARED: dict[str, Any] = {"region": "tay-nguyen", "area": "I", "year": 2024}
INDEXES = {
    "sorted": pd.Index([2, 0, 1]),
    "duplicated": pd.Index(["a", "a", "b"], name="lô"),
    "of days": pd.DatetimeIndex(["2024-01-03", "2024-01-01", "2024-01-02"]),
    "of levels": pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", 1)], names=["huyện", None]),
}


@pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES)
def test_the_answer_has_the_index_of_the_frame_given(index: pd.Index) -> None:
    """After a sort or a filter each verdict stays with its row, whatever the index."""
    frame = pd.DataFrame({"id": ["giàu", "nghèo", "khá"], "10.1": ["90", "20", "51.5"]}, index=index)
    answer = RULES.evaluate_frame(frame, constants=SHARED)
    assert answer.index.equals(index)
    assert list(answer.index.names) == list(index.names)
    assert answer["id"].tolist() == ["giàu", "nghèo", "khá"]
    frame["thu nhập"] = answer["10"].to_numpy()
    assert answer["10"].tolist() == ["met", "not_met", "met"]


def test_frame_index_a_filtered_frame_is_joined_to_its_own_rows() -> None:
    """The verdict assigned as a column stands where its row stands."""
    frame = pd.DataFrame({"id": ["A1", "A2", "A3"], "10.1": [60, 40, 51.5]})
    part = frame[frame["10.1"] < 60].copy()
    part["income"] = RULES.evaluate_frame(part, constants=SHARED)["10"]
    assert part.set_index("id")["income"].to_dict() == {"A2": "not_met", "A3": "met"}


def test_ids_carried_by_the_index_are_read() -> None:
    """A frame indexed by code needs no second column of codes."""
    frame = pd.DataFrame({"10.1": [40, 60]}, index=pd.Index(["A1", "A2"], name="mã xã"))
    answer = RULES.evaluate_frame(frame, constants=SHARED)
    assert answer.index.tolist() == answer["id"].tolist() == ["A1", "A2"]
    assert answer["10"].tolist() == ["not_met", "met"]


@pytest.mark.parametrize(
    ("header", "guess"),
    [
        ("coastal_extremly_difficult", "coastal_extremely_difficult"),
        ("10_1", "10.1"),
        ("i10.1", "10.1"),
        ("Thu nhap binh quan dau nguoi", "thu nhập bình quân đầu người"),
    ],
)
def test_an_unknown_column_is_refused_with_the_nearest_name(header: str, guess: str) -> None:
    """Nothing is dropped in silence; what is for people only is said to be."""
    frame = pl.DataFrame({"id": ["A"], "10.1" if "10" not in header else "3.1": [51], header: ["1"]})
    with pytest.raises(TableError) as caught:
        RULES.evaluate_frame(frame)
    [problem] = caught.value.problems
    assert (problem.code, problem.words["header"], problem.words["guess"]) == ("NTM-501", header, guess)
    assert len(RULES.evaluate_frame(frame, ignore=[header])) == 1


def test_what_no_column_states_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """A warning of the logger names the attributes and indicators that stay open; a constant or the criterion's column is enough."""
    with caplog.at_level(logging.WARNING, "ntm_rules"):
        RULES.evaluate_frame(pl.DataFrame({"id": ["A", "B"], "10.1": [51, 52]}), constants={"year": 2024}, lang="en")
    [record] = caplog.records
    assert "NTM-533" in record.message
    assert "region" in record.message
    assert "10.1" not in record.message
    caplog.clear()
    whole = ntm.load("village-ntm/yen-bai-2022")
    whole.evaluate_frame(pl.DataFrame({"id": ["A"], **{one.criterion: ["đạt"] for one in whole.criteria}}))
    assert caplog.records == []


def test_bare_crosses_of_a_frame_are_asked_about_once(caplog: pytest.LogCaptureFixture) -> None:
    """As those of a table: one warning for the frame, one problem a row however many of its cells have one."""
    frame = pl.DataFrame({"id": ["A", "B", "C"], "TC 1": ["x", "đạt", None], "TC 2": ["x", "✓", "chưa đạt"], "10.1": [51, 51, 51]})
    with caplog.at_level(logging.WARNING, "ntm_rules"):
        answer = RULES.evaluate_frame(frame, constants=SHARED)
    assert [line for line in caplog.messages if "NTM-412" in line] == []
    assert [line.partition("NTM-562 ")[2][:5] for line in caplog.messages if "NTM-562" in line] == ["3 ô ở"]
    assert [(told or "").count("NTM-") for told in answer["problems"].to_list()] == [1, 1, 0]
    assert answer["10"].to_list() == [None, None, "met"]


def test_columns_of_persons_beside_products_are_told_once() -> None:
    """Who scores is no part of a product, and no heading by heading is said to be unknown."""
    with pytest.raises(TableError) as caught:
        ntm.load("ocop/2023").evaluate_frame(pl.DataFrame({"id": ["S1"], "1.1": ["3;5"], "Nguyễn Văn A": [3], "Trần Thị B": [5]}))
    assert [(one.code, one.words["count"]) for one in caught.value.problems] == [("NTM-563", 2)]


def test_a_subject_of_another_kind_is_refused_in_its_row() -> None:
    """A district is no commune; the kind in either language, and an empty one, is taken."""
    frame = pl.DataFrame({"id": ["A", "B", "C"], "kind": ["district", "xã", None], "10.1": [51, 51, 51]})
    answer = RULES.evaluate_frame(frame, constants=SHARED)
    assert answer["10"].to_list() == [None, "met", "met"]
    assert "NTM-408" in answer["problems"][0]


def test_what_is_empty_is_so_in_every_dress() -> None:
    """None, NaN of every type, NA, NaT and blanks state nothing; an absence with its reason stays one."""
    cells = [None, float("nan"), np.float32("nan"), Decimal("NaN"), pd.NA, pd.NaT, "", "  ", ntm.Unknown("chưa khảo sát"), np.float64(51.5)]
    frame = pd.DataFrame({"id": [f"A{i}" for i in range(len(cells))], "10.1": pd.Series(cells, dtype=object)})
    answer = RULES.evaluate_frame(frame, constants=SHARED, nodes="indicators")
    assert answer["problems"].isna().all()
    assert answer["10.1"].tolist() == ["undetermined"] * 9 + ["met"]


def test_an_absence_in_a_column_of_objects_is_taken() -> None:
    """Not applicable with leave lets the indicator fall away, with its reason."""
    frame = pd.DataFrame({"id": ["A"], "13.4": [ntm.NotApplicable("không có làng nghề")]})
    assert RULES.evaluate_frame(frame, nodes="indicators")["13.4"].tolist() == ["not_applicable"]


def test_an_empty_cell_leaves_a_status_its_say() -> None:
    """An empty cell of DK1.1 beside the status that it follows from is no statement that it is not known."""
    rules = ntm.load("commune-model/2021-2025")
    given = {"id": ["a", "b"], "ntm-advanced": [True, False], "DK1.1": pl.Series([None, None], dtype=pl.String)}
    assert rules.evaluate_frame(pl.DataFrame(given), nodes="indicators")["DK1.1"].to_list() == ["met", "not_met"]


def test_a_grade_is_a_grade_before_it_is_a_verdict() -> None:
    """«Đạt» of a scale that asks for at least Khá is not met, as in the core."""
    rules = ntm.load("commune-advanced/2021-2025")
    answer = rules.evaluate_frame(pl.DataFrame({"id": list("abc"), "3.6": ["Đạt", "khá.", "Chưa đạt"]}), nodes="indicators")
    assert answer["3.6"].to_list() == ["not_met", "met", "not_met"]


def test_the_nodes_asked_for_are_named() -> None:
    """Another word is refused."""
    with pytest.raises(ValueError, match="criteria, indicators"):
        RULES.evaluate_frame(pl.DataFrame({"id": ["A"], "10.1": [1]}), nodes="all")  # type: ignore[arg-type]


def test_a_frame_without_rows_has_all_columns() -> None:
    """Zero rows in, zero rows out."""
    answer = RULES.evaluate_frame(pl.DataFrame({"id": [], "10.1": []}, schema={"id": pl.String, "10.1": pl.Float64}))
    assert len(answer) == 0
    assert {"outcome", "10", "19"} <= set(answer.columns)


@pytest.mark.parametrize("edition", ["ocop/2019", "ocop/2023", "ocop/2026"])
def test_names_of_criteria_are_read_on_the_sheet_of_the_row(edition: str) -> None:
    """One name has other numbers on other sheets; a whole sheet headed by its names scores as it does by its numbers."""
    rules: Any = ntm.load(edition)
    rng = random.Random(edition)
    for number in rng.sample(rules.scores.product_sets, 6):
        leaves = {leaf.criterion: leaf for part in rules.scores.sheet(number).parts for one in part.criteria for leaf in leaves_of(one)}
        best = rules.scores.best(number)
        titles = [leaves[key].title.vi for key in best]
        if len({title.casefold() for title in titles}) < len(titles) or any(
            sum(leaf.title.vi == title for leaf in leaves.values()) > 1 for title in titles
        ):
            continue
        by_name = pl.DataFrame(
            {"id": ["A"], **dict(zip(titles, ([points] for points in best.values()), strict=True)), "product_set": [int(number)]}
        )
        answer = rules.evaluate_frame(by_name, nodes="indicators").to_dicts()[0]
        assert answer["problems"] is None
        assert (
            answer
            == rules.evaluate_frame(
                pl.DataFrame({"id": ["A"], "product_set": [int(number)], **{k: [v] for k, v in best.items()}}), nodes="indicators"
            ).to_dicts()[0]
        )


def test_a_name_that_the_sheet_does_not_have_is_refused() -> None:
    """Points without a product set, under a name of another sheet, or twice for one criterion, go nowhere by guess."""
    rules: Any = ntm.load("ocop/2026")
    own = titles(rules, "1")[0]
    only = sorted(set(titles(rules, "26")) - set(titles(rules, "1")))[0]
    frame = pl.DataFrame({"id": ["A", "B", "C"], "product_set": [1, None, 1], only: ["1", None, None], own: [None, "1", None]})
    answer = rules.evaluate_frame(frame)
    assert ["NTM-528" in (text or "") for text in answer["problems"]] == [True, True, False]
    [first] = [
        leaf.criterion for part in rules.scores.sheet("1").parts for one in part.criteria for leaf in leaves_of(one) if leaf.title.vi == own
    ]
    twice = pl.DataFrame({"id": ["A"], "product_set": [1], first: ["1"], own: ["1"]})
    assert "NTM-502" in rules.evaluate_frame(twice)["problems"][0]


def titles(rules: Any, number: str) -> list[str]:
    """The names of what a sheet scores."""
    return [leaf.title.vi for part in rules.scores.sheet(number).parts for one in part.criteria for leaf in leaves_of(one)]


def leaves_of(one: Any) -> list[Any]:
    """The criteria below a heading that are scored."""
    return [leaf for part in one.of for leaf in leaves_of(part)] or [one]


def test_a_column_named_by_a_number_is_the_indicator_of_that_number() -> None:
    """A frame read from a sheet whose heading is the number 10.1 is decided as one whose heading is the text, in both doors."""
    frame = pd.DataFrame({"id": ["a"], 10.1: [49.9]})
    assert RULES.evaluate_frame(frame, constants=SHARED)["10"].tolist() == ["not_met"]
    assert RULES.explain_rows(frame, ["a"], constants=SHARED)["a"]["10.1"].observed == Decimal("49.9")
    assert list(frame.columns) == ["id", 10.1]


@pytest.mark.parametrize("second", ["10.1", 10.1])
def test_two_columns_of_one_name_are_refused_as_any_two_for_one_thing(second: object) -> None:
    """Which of the two holds the value is nobody's guess; the message is ours and names the column."""
    frame = pd.DataFrame([["a", 49.9, 60]], columns=["id", "10.1", second])
    with pytest.raises(TableError, match=r"NTM-502.*«10\.1»"):
        RULES.evaluate_frame(frame, constants=SHARED)


ONE_NAME: dict[str, Any] = {
    "pyarrow": lambda: pa.table([["a"], [49.9], [60.0]], names=["id", "10.1", "10.1"]),
    "duckdb": lambda: duckdb.sql("""select 'a' as id, 49.9 as "10.1", 60 as "10.1" """),
}


@pytest.mark.parametrize("make", ONE_NAME.values(), ids=ONE_NAME)
def test_two_columns_of_one_name_are_refused_in_libraries_that_let_them_be(make: Any) -> None:
    """The message is ours here too, not that of a package between."""
    with pytest.raises(TableError, match=r"NTM-502.*«10\.1»"):
        RULES.evaluate_frame(make(), constants=SHARED)


LABELS: dict[str, tuple[pd.Index, str]] = {
    "twice the same": (pd.Index(["k", "k", "m"]), "frame (2 «k»: 10.1)"),
    "of two levels": (pd.MultiIndex.from_tuples([("x", 1), ("x", 1), ("y", 2)]), "frame (2 «x, 1»: 10.1)"),
    "a count from 0": (pd.RangeIndex(3), "frame (2: 10.1)"),
    "what a filter left": (pd.Index([4, 17, 20]), "frame (2 «17»: 10.1)"),
}


@pytest.mark.parametrize(("index", "place"), LABELS.values(), ids=LABELS)
def test_a_row_that_cannot_be_explained_is_told_with_what_the_index_calls_it(index: pd.Index, place: str) -> None:
    """Row and column, and the label by which people find the row again; a column of problems stands under that label already."""
    frame = pd.DataFrame({"id": ["a", "b", "c"], "10.1": ["51", "5l", "52"]}, index=index)
    told = RULES.evaluate_frame(frame, constants=SHARED, lang="en")["problems"]
    assert told.isna().tolist() == [True, False, True]
    assert told.iloc[1].startswith("frame (2: 10.1): NTM-402")
    with pytest.raises(TableError) as refused:
        RULES.explain_rows(frame, ["b"], constants=SHARED)
    assert str(refused.value).startswith(f"{place}: NTM-402")


PROVINCES: dict[str, tuple[str | None, dict[str, list[Any]], dict[str, Any], list[str]]] = {
    "a column, rules of another": ("kon-tum", {"tỉnh": ["Kon Tum", "Gia Lai", None, "Gia Lai"]}, {}, ["NTM-315"]),
    "a constant, rules of another": ("kon-tum", {}, {"province": "gia-lai"}, ["NTM-315"]),
    "its own": ("kon-tum", {"tỉnh": ["Kon Tum"] * 4}, {}, []),
}


@pytest.mark.parametrize(("asked", "column", "constants", "told"), PROVINCES.values(), ids=PROVINCES)
@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pd.DataFrame])
def test_rows_of_another_province_than_that_of_the_rules_are_told(
    make: Any, asked: str | None, column: dict[str, Any], constants: dict[str, Any], told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Once for the frame, as `ntm_rules.evaluate` tells it of a subject; what-ifs about other provinces do not tell it again."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province=asked)
    given = make({"id": list("ABCD"), "10.1": ["51"] * 4, **column})
    rows_of(rules.evaluate_frame(given, constants=constants, lang="en"))
    codes = [code for line in caplog.messages for code in ("NTM-314", "NTM-315", "NTM-319") if code in line]
    assert codes == told
    caplog.clear()
    rules.scenarios(given, [("x", ntm.Elsewhere(province="gia-lai"))], constants=constants)
    assert [code for line in caplog.messages for code in ("NTM-314", "NTM-315", "NTM-319") if code in line] == told


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table])
def test_units_of_another_kind_and_regions_of_another_province_are_told(make: Any, caplog: pytest.LogCaptureFixture) -> None:
    """By their names and places, as tables tell it, once for the frame; accents may be typed apart."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    names = ["Xã Một", "Phường Hai", unicodedata.normalize("NFD", "Huyện Ba"), "Tân Thị", "Đăk Pxi"]
    regions = ["Tây Nguyên", "Đông Nam Bộ", "Đông Nam Bộ", "Tây Nguyên", None]
    given = {"mã": list("12345"), "tên": names, "tỉnh": ["Kon Tum"] * 5, "vùng": regions, "10.1": [50, 40, 30, 20, 10]}
    rows_of(rules.evaluate_frame(make(given), lang="en"))
    [wards], [others], [region] = ([line for line in caplog.messages if code in line] for code in ("NTM-440", "NTM-450", "NTM-451"))
    assert "Phường Hai" in wards
    assert "Huyện Ba" in unicodedata.normalize("NFC", others)
    assert ": 2;" in region
    assert "Phường Hai" in region
    caplog.clear()
    rows_of(rules.evaluate_frame(make({**given, "tên": ["Một", "Hai", "Ba", "Tân Thị", "Đăk Pxi"], "vùng": ["Tây Nguyên"] * 5}), lang="en"))
    assert not [line for line in caplog.messages if "NTM-44" in line or "NTM-45" in line]


def test_rules_of_a_province_that_were_left_aside_are_told_of_products(caplog: pytest.LogCaptureFixture) -> None:
    """Tây Ninh has rules of its own for OCOP 2019; score sheets are told of as criteria are."""
    given = pl.DataFrame({"id": ["P", "Q"], "product_set": ["15", "15"], "tỉnh": ["Tây Ninh", "Kon Tum"], "1.1": ["3", "3"]})
    ntm.load("ocop/2019", on=date(2022, 6, 15)).evaluate_frame(given)
    assert sum("NTM-319" in line for line in caplog.messages) == 1


def test_headings_in_two_rows_are_read_by_the_lowest_that_says_something() -> None:
    """As pandas reads two rows of headings from a workbook; where the lowest names two columns, by all levels."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    heads = [("Xã", "mã"), ("Xã", "vùng"), ("Kinh tế", "10.1"), ("9.1", "Unnamed: 3_level_1"), ("14.1", "kết quả"), ("14.2", "kết quả")]
    row = ["A", "Tây Nguyên", 50, "đạt", "đạt", "không đạt"]
    found = rules.evaluate_frame(pd.DataFrame([row], columns=pd.MultiIndex.from_tuples(heads)), nodes="indicators").iloc[0]
    assert found["id"] == "A"
    assert found["9.1"] == "met"
    assert (found["14.1"], found["14.2"]) == ("met", "not_met")


def test_a_row_that_is_not_there_cannot_be_explained_and_the_nearest_id_is_named() -> None:
    """It is no criterion that is missing."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    given = pl.DataFrame({"id": ["xa-dak-cam", "xa-kroong"], "10.1": [50, 40]})
    with pytest.raises(ntm.NotFound, match="NTM-454") as raised:
        rules.explain_rows(given, ["xa-dak-cam", "xa-krong"])
    assert "xa-kroong" in str(raised.value)


def test_two_columns_for_one_thing_are_named_in_words() -> None:
    """«mã», not the key of the program; an attribute by its title."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    with pytest.raises(TableError) as raised:
        rules.evaluate_frame(pl.DataFrame({"mã": ["A"], "mã xã": ["A"], "vùng": ["Tây Nguyên"], "region": ["tay-nguyen"]}))
    assert [str(problem.words["target"]) for problem in raised.value.problems if problem.code == "NTM-502"] == ["mã", "Vùng"]
