"""A commune with all 57 values, under a set that two offices read whole in a signed text. The text is made up, for this test alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.conditions import OPERATORS
from ntm_rules.figures.certify import certify
from ntm_rules.figures.checklist import figures_of_instrument, write_checklist
from ntm_rules.figures.held import held
from ntm_rules.figures.priorities import priorities
from ntm_rules.loading.catalogue import bundled

NAME = "commune-ntm/2021-2025"
ON = date(2023, 12, 31)
WHERE = {"region": "tay-nguyen", "year": 2023, "area": "I", "poor_district": False, "province": "lam-dong"}
OWN = "9/QĐ-UBND (Lâm Đồng)"
PROVINCE = f"""\
overlay: {NAME}/lam-dong-bia-de-thu
version: 1.0.0
kind: provincial
amends: {NAME}
title: {{vi: Bịa để thử, en: Made up for a test}}
instrument: {OWN}
in_force: {{from: 2022-06-01}}
province: lam-dong
changes:
"""
INSTRUMENTS = f"""\
instruments:
  - instrument: {OWN}
    title: {{vi: Bịa để thử, en: Made up for a test}}
    issuer: {{vi: UBND tỉnh, en: The province}}
    level: recalled
"""


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A province's own figures, and the certificates of two offices that read both documents whole."""
    folder = tmp_path_factory.mktemp("signed")
    own, readings = folder / "own", folder / "readings"
    (own / "lam-dong").mkdir(parents=True)
    (own / "instruments.yaml").write_text(INSTRUMENTS, "utf-8")
    left = [one.number for one in held(ntm.load(NAME, on=ON)) if one.delegated]
    changes = "".join(f'  - {{set: "{number}", at_least: 70, source: {{level: recalled}}}}\n' for number in left)
    (own / "lam-dong" / "overlay.yaml").write_text(PROVINCE + changes, "utf-8")
    for office in ("Sở A", "Sở B"):
        for instrument in ("318/QĐ-TTg", OWN):
            catalogue = ntm.Catalogue(own, on_top_of=bundled())
            if readings.exists():
                catalogue = ntm.Catalogue(readings, on_top_of=catalogue)
            rules = ntm.load(NAME, on=ON, province="lam-dong", catalogue=catalogue)
            write_checklist(rules, figures_of_instrument(rules, instrument), folder / "bang.xlsx")
            _fill(folder / "bang.xlsx")
            (signed := folder / "ky.txt").write_text(f"bịa để thử: {instrument}", "utf-8")
            certify(catalogue, folder / "bang.xlsx", document=signed, by=office, day=date(2026, 11, 30), into=readings)
    return own, readings


def _fill(path: Path) -> None:
    """Every figure is right; where none is held, the page says 50, or asks for yes."""
    book = openpyxl.load_workbook(path)
    sheet = book["Đối chiếu"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        held_now = sheet.cell(row, at["ghi lúc lập"]).value
        sheet.cell(row, at["kết quả"]).value = "đúng" if held_now else "sai"
        if not held_now:
            sheet.cell(row, at["văn bản ghi"]).value = "50" if sheet.cell(row, at["đơn vị"]).value else "đạt"
        sheet.cell(row, at["trang"]).value = "12"
    book.save(path)


def commune(rules: ntm.RuleSet, **changed: str) -> ntm.Subject:
    """A commune at the better end of every indicator, but for what is changed."""
    values: dict[str, object] = {}
    for one in rules.inputs:
        best: dict[str, Callable[[], object]] = {
            "yes_no": lambda: True,
            "choice": lambda one=one: one.measure.choices[-1],
            "number": lambda one=one: "100" if OPERATORS[one.operator].low else "0",
        }
        values[one.indicator] = best[one.measure.kind]()
    values |= {name.removeprefix("r").replace("_", "."): value for name, value in changed.items()}
    return ntm.Subject(id="1", kind="commune", attributes=WHERE, values=values)


@pytest.mark.parametrize(("changed", "outcome"), [({}, "met"), ({"r10_1": "46.9"}, "not_met")])
def test_a_set_that_was_certified_whole_decides_at_level_official(layers: tuple[Path, Path], changed: dict[str, str], outcome: str) -> None:
    """Met or not met, official; stored, it verifies where the layers are, and names what is missing where they are not."""
    own, readings = layers
    province = ntm.Catalogue(own, on_top_of=bundled())
    catalogue = ntm.Catalogue(readings, on_top_of=province)
    rules = ntm.load(NAME, on=ON, province="lam-dong", catalogue=catalogue)
    subject = commune(rules, **changed)
    assert len(subject.values) == len(rules.inputs) >= 57
    decision = rules.evaluate(subject, accept="official")
    assert (decision.outcome.value, decision.level) == (outcome, "official")
    assert len(decision.certificates) == 4
    stored = ntm.Decision.from_json(decision.to_json())
    assert stored.verify(catalogue).reason == "same"
    missing = stored.verify(province)
    assert not missing
    assert missing.reason.startswith("layer missing: ")
    assert f"{NAME}/so-a-318-qd-ttg" in missing.reason
    assert priorities(rules, [subject]).settled == 1
    without = ntm.load(NAME, on=ON, province="lam-dong", catalogue=province).evaluate(subject)
    assert without.level != "official"
