"""Score sheets on the command line: a table of products, one explained, and the sheet itself."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

K5 = Path(__file__).parents[2] / "examples" / "ocop" / "k5-2024.csv"
SET = ("--set", "ocop/2023", "--on", "2024-06-15")


@pytest.fixture
def products(tmp_path: Path) -> Any:
    """The table of the two wines with some cells changed: ``products({("K5-PREMIUM", "9"): ""})``."""

    def make(changes: dict[tuple[str, str], str]) -> Path:
        with K5.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for (code, column), cell in changes.items():
            next(row for row in rows if row["Mã sản phẩm"] == code)[column] = cell
        path = tmp_path / "k5.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return make


def test_a_table_of_products_gives_stars_totals_and_standing(call: Any, tmp_path: Path) -> None:
    """The published totals, on the screen, in the report and in the workbook; what is rounded says so."""
    report, book = tmp_path / "r.html", tmp_path / "r.xlsx"
    code, out, _ = call("evaluate", K5, *SET, "-o", report, "-o", book)
    assert code == 0
    assert "91,75" in out
    assert "≈ 91,88" in out
    assert out.count("tiềm năng 5 sao") == 2
    assert "91,75" in report.read_text("utf-8")
    rows = list(openpyxl.load_workbook(book)["Theo sản phẩm"].values)
    line = dict(zip(rows[0], rows[1], strict=True))
    assert "5" in {str(cell) for cell in line.values()}
    assert "tiềm năng 5 sao" in line.values()


def test_a_product_that_is_not_wholly_scored_has_a_range_of_stars(call: Any, products: Any) -> None:
    """Nobody scored criterion 10: four or five stars, no total, and the criterion is named; the other product stands."""
    code, out, _ = call("evaluate", products({("K5-PREMIUM", "10"): ""}), *SET, "--lang", "en")
    assert code == 0
    line = next(line for line in out.splitlines() if "K5-PREMIUM" in line)
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells[2] == "met"  # three stars it has in any case
    assert cells[3] == "4–5"
    assert cells[4] == ""
    assert "10" in cells[-1]
    assert "91.88" in out


def test_a_missed_mark_is_named(call: Any, products: Any) -> None:
    """With the points of a criterion that carries a star mark lowered, the table says which criterion holds the product back."""
    code, out, _ = call("evaluate", products({("K5-PREMIUM", "9"): "0"}), *SET, "--json")
    assert code == 0
    decision = json.loads(out)["decisions"][0]
    missed = {mark["criterion"] for mark in decision["score"]["held_back_by"]}
    assert missed
    code, out, _ = call("evaluate", products({("K5-PREMIUM", "9"): "0"}), *SET)
    line = next(line for line in out.splitlines() if "K5-PREMIUM" in line)
    assert missed <= set(line.replace("│", " ").replace(",", " ").split())


def test_points_that_no_level_gives_are_refused_with_their_cell(call: Any, products: Any) -> None:
    """Seven points where the sheet has at most five: the row says so, the other is scored."""
    code, out, err = call("evaluate", products({("K5-PREMIUM", "9"): "77"}), *SET)
    assert code == 1
    assert "NTM-" in err
    assert "k5.csv:2" in err
    assert "91,88" in out


def test_the_sheet_of_a_product_set_can_be_read(call: Any) -> None:
    """Every level with its points and the stars that ask for it; what was printed oddly is told below."""
    code, out, _ = call("show", "ocop/2026", "--product-set", "4", "--lang", "en")
    assert code == 0
    assert "set 4" in out
    assert "5★" in out
    assert "! 7:" in out
    code, out, _ = call("show", "ocop/2026", "--product-set", "4", "--json")
    rows = json.loads(out)["rows"]
    assert {row["criterion"] for row in rows} >= {"1.1", "2.4", "7"}
