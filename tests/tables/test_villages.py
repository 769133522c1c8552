"""Tables of villages: a village is called by its name and its commune, for many have one name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import ntm_rules as ntm
from ntm_rules.tables.read.table import read_table

RULES = ntm.load("village-ntm-ethnic/kon-tum-2022", on=date(2024, 6, 30))
TABLE = "mã thôn,tên thôn,xã,Tiêu chí 1,Tiêu chí 2\nT1,Thôn 1,Mẫu Một,đạt,đạt\nT2,Thôn 1,Mẫu Hai,đạt,chưa đạt\nT3,Thôn 2,,đạt,đạt\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "thon.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_table_of_villages_tells_name_and_commune(table: Path) -> None:
    """«tên thôn» is the name, «xã» where it lies; an empty commune adds nothing, and every row is judged."""
    read = read_table(table, RULES)
    assert read.all_problems == ()
    assert [(row.id, row.name) for row in read.rows] == [("T1", "Thôn 1, Mẫu Một"), ("T2", "Thôn 1, Mẫu Hai"), ("T3", "Thôn 2")]
    outcomes = [RULES.evaluate(row.subject)["2"].outcome for row in read.rows if row.subject is not None]
    assert outcomes == ["met", "not_met", "met"]


def test_villages_without_codes_are_told_apart_by_their_communes(table: Path) -> None:
    """Two villages «Thôn 1» of two communes are two, not one in two rows; with the commune alone that is what they are called."""
    table.write_text(TABLE.replace("mã thôn,", "").replace("T1,", "").replace("T2,", "").replace("T3,", ""), "utf-8")
    assert [row.id for row in read_table(table, RULES).rows if row.subject] == ["Thôn 1, Mẫu Một", "Thôn 1, Mẫu Hai", "Thôn 2"]
    table.write_text("mã thôn,xã,Tiêu chí 1\nT1,Mẫu Một,đạt\n", "utf-8")
    assert [(row.id, row.name) for row in read_table(table, RULES).rows] == [("T1", "Mẫu Một")]


@pytest.mark.parametrize("codes", [True, False])
def test_a_dataframe_of_villages_says_the_same(table: Path, codes: bool) -> None:
    """Names, outcomes and the explanation of one village, with codes and without."""
    frame = pd.read_csv(table, dtype=str).drop(columns=[] if codes else ["mã thôn"])
    answer = RULES.evaluate_frame(frame)
    assert answer["name"].tolist() == ["Thôn 1, Mẫu Một", "Thôn 1, Mẫu Hai", "Thôn 2"]
    assert answer["2"].tolist() == ["met", "not_met", "met"]
    name = "T2" if codes else "Thôn 1, Mẫu Hai"
    assert answer["id"].tolist()[1] == name
    assert RULES.explain_rows(frame, [name])[name]["2"].outcome == "not_met"


def test_in_a_table_of_communes_the_commune_is_the_name(tmp_path: Path) -> None:
    """As before: two columns that both name it are refused."""
    communes = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    path = tmp_path / "xa.csv"
    path.write_text("mã xã,xã,15.1\nA,Mẫu Một,95\n", "utf-8")
    assert [row.name for row in read_table(path, communes).rows] == ["Mẫu Một"]
    path.write_text("mã xã,xã,tên xã,15.1\nA,Mẫu Một,Mẫu Hai,95\n", "utf-8")
    with pytest.raises(ntm.TableError, match="NTM-502"):
        read_table(path, communes)
