"""A checklist goes out, comes back filled by an office, and becomes a certificate, or says cell by cell why not. All law is made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.cli import main
from ntm_rules.figures.certify import Certificate, certify, sha256_of
from ntm_rules.figures.checklist import COLUMNS, figures_of_instrument, key_of, write_checklist
from ntm_rules.figures.held import held
from ntm_rules.figures.ticked import compared, read_checklist
from ntm_rules.verify.folder import check
from strategies import write_catalogue
from texts import BASE, PROVINCIAL, SCORED, SHARED, SHEET, say_everything

INSTRUMENTS = """\
instruments:
  - {instrument: 1/QĐ-TTg, title: {vi: Bộ thử, en: Test set}, issuer: {vi: TTg, en: PM}, level: recalled, issued: 2023-12-01}
  - {instrument: 3/QĐ-UBND (Kon Tum), title: {vi: Của tỉnh, en: Own}, issuer: {vi: UBND, en: PPC}, level: recalled}
"""
DAY = date(2026, 11, 30)
OFFICE = "UBND tỉnh Kon Tum"
NAME = "test/2024/ubnd-tinh-kon-tum-1-qd-ttg"


class Office:
    """An office with the signed text, a checklist of it, and a folder of its own."""

    def __init__(self, folder: Path, **texts: str) -> None:
        self.folder = folder
        write_catalogue(folder / "below", a__ruleset=BASE, b__overlay=PROVINCIAL, **texts)
        (folder / "below" / "instruments.yaml").write_text(INSTRUMENTS, "utf-8")
        self.catalogue = ntm.Catalogue(folder / "below")
        self.signed, self.path, self.own = folder / "ky.pdf", folder / "bang.xlsx", folder / "own"
        self.signed.write_bytes(b"made up")
        self.write()

    def write(self, **how: Any) -> None:
        """Make the checklist anew."""
        rules = ntm.load("test/2024", catalogue=self.catalogue, province=how.pop("province", None))
        write_checklist(rules, figures_of_instrument(rules, how.pop("instrument", None)), self.path, **how)

    def edit(self, change: Callable[[Any], None]) -> None:
        """Change the sheet as somebody does by hand."""
        book = openpyxl.load_workbook(self.path)
        change(book["Đối chiếu"])
        book.save(self.path)

    def fill(self, **rows: tuple[Any, Any, Any]) -> None:
        """Fill rows by their keys: tick, what the page says, page. ``r1_1`` is «#1.1», ``r1_3__others`` «#1.3 (others)»."""

        def change(sheet: Any) -> None:
            at = heads(sheet)
            keys = {sheet.cell(row, at["mã dòng"]).value: row for row in range(2, sheet.max_row + 1)}
            for name, said in rows.items():
                number, _, column = name[1:].partition("__")
                key = f"#{number.replace('_', '.')}" + (f" ({column.replace('_', '-')})" if column else "")
                for heading, value in zip(("kết quả", "văn bản ghi", "trang"), said, strict=True):
                    sheet.cell(keys[key], at[heading]).value = value

        self.edit(change)

    def certify(self, **how: Any) -> Certificate:
        """Read it back."""
        return certify(self.catalogue, self.path, **{"document": self.signed, "by": OFFICE, "day": DAY, "into": self.own, **how})

    def refused(self, **how: Any) -> list[str]:
        """The codes of everything wrong, each with the cell; nothing is written."""
        before = sorted(self.own.rglob("*"))
        with pytest.raises(ntm.problems.NtmError) as caught:
            self.certify(**how)
        assert sorted(self.own.rglob("*")) == before
        for problem in caught.value.problems:
            say_everything(problem)
        return [f"{problem.code} {problem.place.path.rpartition('!')[2]}".strip() for problem in caught.value.problems]


def heads(sheet: Any) -> dict[str, int]:
    """The columns of a sheet by their headings."""
    return {cell.value: cell.column for cell in sheet[1]}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


RIGHT = {"r1_1": ("đúng", None, 3)}


def test_the_figures_of_a_set_are_listed_with_place_level_and_source(office: Office) -> None:
    """Every figure, in the order of the annex, with its column in words; a figure of the province only in that province."""
    listed = held(ntm.load("test/2024", catalogue=office.catalogue))
    assert [one.where for one in listed] == ["1.1", "1.2", "1.3 (tay-nguyen)", "1.3 (others)", "2.1", "2.2"]
    assert [one.shown("en") for one in listed[:4]] == ["≥ 80", "met", "≤ 5", "–"]
    assert listed[2].titles[0].vi == "Tây Nguyên"
    assert listed[5].delegated
    in_province = held(ntm.load("test/2024", province="kon-tum", catalogue=office.catalogue))
    assert (in_province[5].value, in_province[5].instrument) == ("5", "3/QĐ-UBND (Kon Tum)")


def test_a_checklist_goes_out_with_what_is_held_and_a_choice_of_ticks(office: Office) -> None:
    """Rows in the order of the annex, three columns to fill and unlocked, keys hidden, the choice a drop-down; the same bytes twice."""
    first = office.path.read_bytes()
    office.write()
    assert office.path.read_bytes() == first
    book = openpyxl.load_workbook(office.path)
    sheet = book["Đối chiếu"]
    at = heads(sheet)
    assert [sheet.cell(row, at["mã dòng"]).value for row in range(2, sheet.max_row + 1)] == [
        key_of(one) for one in figures_of_instrument(ntm.load("test/2024", catalogue=office.catalogue), None)
    ]
    assert sheet.data_validations.dataValidation[0].formula1 == '"đúng,sai,không có"'
    free = {name for name, column in at.items() if not sheet.cell(2, column).protection.locked}
    assert free == {"kết quả", "văn bản ghi", "trang"}
    assert sheet.protection.sheet
    assert sheet.column_dimensions[sheet.cell(1, at["mã dòng"]).column_letter].hidden
    assert "ghi chú của bộ tiêu chí" in " ".join(str(row[0].value) for row in book["Hướng dẫn"].rows)


def test_a_checklist_on_paper_has_a_row_and_a_choice_for_each_figure(office: Office) -> None:
    """The page to be printed lists the same rows in the language asked for."""
    office.path = office.path.with_suffix(".html")
    office.write(lang="en")
    text = office.path.read_text("utf-8")
    assert text.count("<select") == 6
    assert 'data-key="1.3 (tay-nguyen)"' in text
    assert "This page is for paper" in text
    office.path = office.path.with_suffix(".pdf")
    with pytest.raises(ntm.TableError, match="NTM-515"):
        office.write()


def test_what_was_ticked_becomes_a_certificate(office: Office) -> None:
    """Right raises a figure, wrong makes an erratum, none is told and changes nothing; the layer is sound and loads where it is added."""
    office.write(document=sha256_of(office.signed))
    office.fill(
        r1_1=("đúng", None, 3),
        r1_2=("Đúng", "có", "4"),
        r1_3__tay_nguyen=("sai", "4,5", "12-13"),
        r1_3__others=("sai", 7, 13),
        r2_1=("không có", None, None),
    )
    found = office.certify()
    assert (found.name, found.compared.untouched) == (NAME, 1)
    assert [one.where for one in found.raised] == ["1.1", "1.2"]
    assert [(old.value, new.value, new.level.value) for old, new in found.errata] == [("5", "4.5", "published"), ("", "7", "published")]
    assert [one.where for one in found.compared.absent] == ["2.1"]
    assert [note.code for note in found.compared.notes] == ["NTM-885", "NTM-886"]
    for note in found.compared.notes:
        say_everything(note)
    layered = ntm.Catalogue(office.own, on_top_of=office.catalogue)
    assert held(ntm.load("test/2024", catalogue=layered)) == found.after
    assert [problem for problem in check(layered) if str(office.own) in problem.place.file] == []


def test_a_second_office_makes_an_erratum_official(office: Office) -> None:
    """Its checklist shows the erratum; it ticks it as right, beside the first office's layer."""
    office.fill(r1_1=("sai", "90%", 3))
    office.certify()
    office.catalogue = ntm.Catalogue(office.own, on_top_of=office.catalogue)
    office.write()
    office.fill(r1_1=("đúng", None, 3))
    found = office.certify(by="Sở B")
    assert [(one.where, one.value) for one in found.raised] == [("1.1", "90")]
    assert len(found.raised[0].certificates) == 2


def test_two_offices_that_read_two_figures_are_told_when_the_second_certifies(office: Office) -> None:
    """The second certificate is written, nothing is official, and both are named."""
    office.fill(**RIGHT)
    office.certify(into=office.folder / "other")
    office.fill(r1_1=("sai", 85, 3))
    office.catalogue = ntm.Catalogue(office.folder / "other", on_top_of=office.catalogue)
    found = office.certify(by="Sở B")
    assert [problem.code for problem in found.told] == ["NTM-321"]
    assert found.after[0].level == "recalled"


def test_the_decision_of_a_province_is_certified_in_that_province(office: Office) -> None:
    """The checklist keeps the province and the document it was made for."""
    office.write(province="kon-tum", instrument="3/QĐ-UBND (Kon Tum)")
    office.fill(r2_2=("đúng", None, 1))
    assert [one.where for one in office.certify().raised] == ["2.2"]


def test_rows_sorted_and_columns_moved_are_recognised(office: Office) -> None:
    """What a row is about travels with it; grades may be written in any order."""
    office.fill(r2_1=("đúng", "Tốt, Khá", 9), **RIGHT)

    def shuffle(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.rows]
        sheet.delete_rows(1, sheet.max_row)
        for row in [rows[0], *reversed(rows[1:])]:
            sheet.append(row[::-1])

    office.edit(shuffle)
    assert [one.where for one in office.certify().raised] == ["1.1", "2.1"]


WRONG = [
    pytest.param({"r1_1": ("đúng", None, None)}, ["NTM-875 I2"], id="a tick without a page"),
    pytest.param({"r1_1": ("sai", None, 3)}, ["NTM-876 H2"], id="wrong, and not what is right"),
    pytest.param({"r1_1": ("sai", "80.0", 3)}, ["NTM-877 H2"], id="wrong, and the same figure"),
    pytest.param({"r1_1": ("đúng", 90, 3)}, ["NTM-877 H2"], id="right, and another figure"),
    pytest.param({"r1_3__others": ("đúng", None, 3)}, ["NTM-877 H5"], id="right, where none is held"),
    pytest.param({"r1_1": ("không có", 80, 3)}, ["NTM-877 H2"], id="none, and a figure"),
    pytest.param({"r1_1": (None, 80, None)}, ["NTM-878 G2"], id="a figure without a tick"),
    pytest.param({"r1_1": ("gần đúng", None, 3)}, ["NTM-801 G2"], id="a tick that is none"),
    pytest.param({"r2_2": ("sai", 5, 3)}, ["NTM-879 G7"], id="a figure that the province sets"),
    pytest.param({"r1_2": ("sai", "không", 3)}, ["NTM-884 G3"], id="yes or no has no figure to differ"),
    pytest.param({"r1_2": ("đúng", "không", 3)}, ["NTM-877 H3"], id="right, and the page says no"),
    pytest.param({"r1_2": ("đúng", "đạt từ 80%", 3)}, ["NTM-877 H3"], id="right, and the page asks for more than yes"),
    pytest.param({"r1_1": ("sai", "140", 3)}, ["NTM-404 H2"], id="out of range"),
    pytest.param({"r1_1": ("sai", "0.9", 3)}, ["NTM-510 H2"], id="a share as a fraction of one"),
    pytest.param({"r1_3__others": ("sai", "7 hộ", 3)}, ["NTM-402 H5"], id="in another unit"),
    pytest.param({"r1_3__others": ("sai", "1,234", 3)}, ["NTM-403 H5"], id="a comma that may mean thousands"),
    pytest.param({"r2_1": ("sai", "Giỏi; Tốt", 3)}, ["NTM-409 H6"], id="a grade that is none"),
    pytest.param({}, ["NTM-883"], id="nothing ticked"),
    pytest.param({"r1_1": ("không có", None, None)}, ["NTM-883"], id="nothing read"),
    pytest.param({"r1_1": ("đúng", None, None), "r2_1": ("sai", None, None)}, ["NTM-876 H6", "NTM-875 I2", "NTM-875 I6"], id="all at once"),
]


@pytest.mark.parametrize(("rows", "codes"), WRONG)
def test_what_is_filled_wrongly_is_told_by_cell_and_nothing_is_written(office: Office, rows: dict[str, Any], codes: list[str]) -> None:
    """Every kind of slip, in both languages, at its cell."""
    office.fill(**rows)
    assert sorted(office.refused()) == sorted(codes)


def test_an_answer_is_copied_in_any_spelling_and_told_as_people_say_it(office: Office) -> None:
    """«Đạt» beside a tick is a copy of the page; what contradicts the tick is told with «đạt», not as it is stored."""
    office.fill(r1_2=("đúng", "không", 3))
    with pytest.raises(ntm.problems.NtmError) as caught:
        office.certify()
    assert "ở đây đang ghi «đạt»" in caught.value.problems[0].what("vi")
    assert "here stands «met»" in caught.value.problems[0].what("en")
    office.fill(r1_2=("đúng", "Đạt", 3))
    assert [one.where for one in office.certify().raised] == ["1.2"]


def _merge(sheet: Any) -> None:
    sheet.merge_cells("I2:I3")


def _two_ticks(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[2]])


def _stranger(sheet: Any) -> None:
    row = [cell.value for cell in sheet[3]]
    row[heads(sheet)["bộ tiêu chí"] - 1] = "commune-ntm/2021-2025"
    sheet.append(row)


def _lost_key(sheet: Any) -> None:
    sheet.cell(2, heads(sheet)["mã dòng"]).value = "#9.9"


def _formula(sheet: Any) -> None:
    sheet["I2"].value = "=1+2"


def _other_held(sheet: Any) -> None:
    sheet.cell(2, heads(sheet)["đang ghi"]).value = "≥ 70"


def _no_keys(sheet: Any) -> None:
    sheet.delete_cols(heads(sheet)["mã dòng"])


def _emptied(sheet: Any) -> None:
    sheet.delete_rows(2, 99)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param(_merge, ["NTM-509 I2:I3"], id="merged cells"),
        pytest.param(_two_ticks, ["NTM-880 G8"], id="two ticks for one figure"),
        pytest.param(_stranger, ["NTM-872 8"], id="a row of another set"),
        pytest.param(_lost_key, ["NTM-873 Q2"], id="a key that is none"),
        pytest.param(_other_held, ["NTM-723 D2"], id="another figure beside the tick than the one that would be certified"),
        pytest.param(_formula, ["NTM-507 I2", "NTM-875 I2"], id="a formula without a result"),
        pytest.param(_no_keys, ["NTM-802 1"], id="no keys"),
        pytest.param(_emptied, ["NTM-883"], id="no rows"),
    ],
)
def test_a_sheet_that_was_damaged_is_told_by_cell(office: Office, change: Callable[[Any], None], codes: list[str]) -> None:
    """What a spreadsheet can do to the rows."""
    office.fill(**RIGHT)
    office.edit(change)
    assert office.refused() == codes


@pytest.mark.parametrize(
    ("how", "codes"),
    [
        pytest.param({"day": date(2023, 11, 30)}, ["NTM-324 --on"], id="read before it was issued"),
        pytest.param({"by": " "}, ["NTM-707 --by", "NTM-223 --name"], id="by nobody"),
        pytest.param({"name": "Tên có dấu"}, ["NTM-223 --name"], id="a name that is none"),
        pytest.param({"document": Path("khong-co.pdf")}, ["NTM-108"], id="no such document"),
    ],
)
def test_a_call_that_cannot_be_is_refused(office: Office, how: dict[str, Any], codes: list[str]) -> None:
    """Office, day, name and document."""
    office.fill(**RIGHT)
    assert sorted(office.refused(**how)) == sorted(codes)


def test_another_file_than_the_one_the_checklist_was_made_for_is_refused(office: Office) -> None:
    """Both hashes are named."""
    office.write(document="0" * 64)
    office.fill(**RIGHT)
    assert office.refused() == ["NTM-881"]


def test_a_certificate_is_never_written_over(office: Office) -> None:
    """The same call again is refused, also where its folder already lies on the library; with another name it is another certificate."""
    office.fill(**RIGHT)
    office.certify()
    assert office.refused() == ["NTM-882"]
    office.catalogue = ntm.Catalogue(office.own, on_top_of=office.catalogue)
    assert office.refused() == ["NTM-882"]
    assert office.certify(name="lan-hai").name == "test/2024/lan-hai"


def test_a_checklist_of_an_older_version_is_told_by_the_rows_that_changed(office: Office) -> None:
    """The one that changed since has to be looked at again; rows whose figure is the same go on to hold, and the older version is told."""
    office.fill(r1_3__tay_nguyen=("đúng", None, 5), **RIGHT)
    newer = BASE.replace("version: 1.0.0", "version: 1.1.0").replace("tay-nguyen: 5", "tay-nguyen: 6")
    (office.folder / "below" / "a" / "ruleset.yaml").write_text(newer, "utf-8")
    assert office.refused() == ["NTM-874 D4"]
    (office.folder / "below" / "a" / "ruleset.yaml").write_text(newer.replace("tay-nguyen: 6", "tay-nguyen: 5.0"), "utf-8")
    written = office.certify()
    assert [one.where for one in written.raised] == ["1.1", "1.3 (tay-nguyen)"]
    assert [(note.code, note.words["got"], note.words["now"]) for note in written.compared.notes] == [("NTM-261", "1.0.0", "1.1.0")]
    say_everything(written.compared.notes[0])


def test_a_checklist_saved_as_csv_is_read_too(office: Office) -> None:
    """A spreadsheet that saves something else than it was given loses nothing that matters."""
    office.fill(**RIGHT)
    sheet = openpyxl.load_workbook(office.path)["Đối chiếu"]
    office.path = office.path.with_suffix(".csv")
    lines = (";".join(str(cell.value if cell.value is not None else "") for cell in row) for row in sheet.rows)
    office.path.write_text("\n".join(lines), "utf-8")
    assert [one.where for one in office.certify().raised] == ["1.1"]


def test_a_document_that_no_figure_stands_in_has_no_checklist(office: Office) -> None:
    """It names those that have some."""
    with pytest.raises(ntm.problems.NtmError) as caught:
        figures_of_instrument(ntm.load("test/2024", catalogue=office.catalogue), "2/QĐ-TTg")
    assert [problem.code for problem in caught.value.problems] == ["NTM-870"]
    say_everything(caught.value.problems[0])


@pytest.fixture
def sheets(tmp_path: Path) -> Office:
    """The same office, with the checklist of a set that scores."""
    office = Office(tmp_path, scored__ruleset=SCORED)
    for name, text in {"scored/sheets/1.yaml": SHEET, "scored/shared/chung.yaml": SHARED}.items():
        path = office.folder / "below" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    office.catalogue = ntm.Catalogue(office.folder / "below")
    rules = ntm.load("score/2024", catalogue=office.catalogue)
    write_checklist(rules, figures_of_instrument(rules, None), office.path)
    return office


def test_a_score_sheet_is_certified_figure_by_figure(sheets: Office) -> None:
    """Levels, marks, sums and classes come back as any figure does; the sheet is official once all of them are."""

    def all_right(sheet: Any) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, heads(sheet)["kết quả"]).value = "đúng"
            sheet.cell(row, heads(sheet)["trang"]).value = 30

    sheets.edit(all_right)
    made = sheets.certify()
    assert len(made.raised) == len(made.after) == len(made.compared.readings)
    product = ntm.Subject(id="1", kind="product", attributes={"product_set": 1}, values={"1.1": "2", "1.2": "3", "2": "3"})
    decision = made.rules.evaluate(product, accept="official")
    assert (decision.stars, decision.level) == (5, "official")


@pytest.mark.parametrize(("said", "code"), [("2.5", "NTM-730"), ("nhiều", "NTM-402"), ("2", "NTM-877")])
def test_what_is_no_number_of_points_is_told_by_cell(sheets: Office, said: str, code: str) -> None:
    """Half a point, a word, or «wrong» beside the figure we hold: each at its cell, nothing is written."""
    sheets.edit(lambda sheet: _tick(sheet, "#1.1 (1 / muc-2)", "sai", said))
    (problem,) = sheets.refused()
    assert problem.startswith(code)


def test_the_checklist_of_one_score_sheet_has_its_figures_and_the_classes() -> None:
    """Of 26 sheets an office that assesses one product reads one; a sheet there is not names those there are."""
    rules = ntm.load("ocop/2026")
    one = figures_of_instrument(rules, None, "4")
    assert {figure.column[:1] for figure in one} == {(), ("4",)}
    assert "3" not in {
        figure.number for figure in figures_of_instrument(ntm.load("ocop/2019"), None, "4") if not figure.column
    }  # no sheet 3
    for wrong in (
        lambda: figures_of_instrument(rules, None, "27"),
        lambda: figures_of_instrument(ntm.load("commune-ntm/2021-2025"), None, "4"),
    ):
        with pytest.raises(ntm.NotFound) as caught:
            wrong()
        assert [problem.code for problem in caught.value.problems] == ["NTM-731"]
        say_everything(caught.value.problems[0])


def _tick(sheet: Any, key: str, tick: str, value: str) -> None:
    (row,) = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads(sheet)["mã dòng"]).value == key]
    for heading, said in zip(("kết quả", "văn bản ghi", "trang"), (tick, value, 5), strict=True):
        sheet.cell(row, heads(sheet)[heading]).value = said


def test_every_column_is_found_under_both_of_its_names(office: Office) -> None:
    """Headings in English are read as those in Vietnamese."""
    office.fill(**RIGHT)
    names = {said[0]: said[1] for said in COLUMNS.values()}

    def translate(sheet: Any) -> None:
        for cell in sheet[1]:
            cell.value = names[cell.value]
        sheet.cell(2, heads(sheet)["result"]).value = "right"

    office.edit(translate)
    returned = read_checklist(office.path)
    assert compared(returned, ntm.load("test/2024", catalogue=office.catalogue)).readings[0].page == "3"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """A command as it is typed."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_commands_say_what_became_official_and_how_to_use_it(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """From the list to the layer on the command line, in both languages; the list then says who read what."""
    below = ["--rulesets", office.folder / "below"]
    code, out, _ = run(capsys, "figures", "checklist", "test/2024", *below, "-o", office.path, "--document", office.signed, "--lang", "en")
    assert (code, "6 figures of 1/QĐ-TTg" in out) == (0, True)
    office.fill(r1_3__tay_nguyen=("sai", "4,5", 12), **RIGHT)
    call = ["figures", "certify", office.path, "--document", office.signed, "--by", OFFICE, "--on", "2026-11-30", "--into", office.own]
    code, out, err = run(capsys, *call, *below)
    assert code == 0
    assert f"--add {office.own}" in out
    assert "≤ 4.5" in out
    assert "NTM-885" in err
    code, out, _ = run(capsys, *call, *below, "--json", "--name", "lan-hai")
    assert (code, json.loads(out)["problems"][0]["code"]) == (2, "NTM-874")
    code, out, _ = run(capsys, "figures", "list", "test/2024", *below, "--add", office.own, "--json")
    figures = {one["indicator"]: one for one in json.loads(out)["figures"]}
    assert (code, figures["1.1"]["level"], figures["1.1"]["certificates"]) == (0, "official", [NAME])
    assert OFFICE in figures["1.1"]["seen"][-1]


NO_YES = BASE.replace("        is_true: true\n        source: {level: recalled}", "        is_true: missing")


@pytest.mark.parametrize(("said", "codes"), [("đạt", []), ("không đạt", ["NTM-884 H3"])])
def test_an_answer_that_is_asked_for_and_not_on_record_is_read(tmp_path: Path, said: str, codes: list[str]) -> None:
    """Where the set does not know whether yes is asked for, the page may say so; that no is asked for is no figure."""
    office = Office(tmp_path)
    (tmp_path / "below" / "a" / "ruleset.yaml").write_text(NO_YES, "utf-8")
    office.catalogue = ntm.Catalogue(tmp_path / "below")
    office.write()
    office.fill(r1_2=("sai", said, 4))
    if codes:
        assert office.refused() == codes
    else:
        assert [(old.value, new.value) for old, new in office.certify().errata] == [("", "true")]


def test_whom_a_certificate_affects_is_seen_before_it_is_used(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """``--to-add`` lays it on the text after alone: an erratum takes a commune's 85 % away; without it nothing differs."""
    office.fill(r1_1=("sai", "90", 3))
    office.certify()
    table = office.folder / "xa.csv"
    table.write_text("id,region,poor,year,zone,1.1\n1,tay-nguyen,false,2024,A,85\n", "utf-8")
    told = ("--rulesets", office.folder / "below", "--to-add", office.own, "--json")
    assert run(capsys, "impact", "test/2024", "test/2024", table, *told[:2], "--json")[0] == 0
    code, out, _ = run(capsys, "impact", "test/2024", "test/2024", table, *told)
    assert (code, [one["changed"] for one in json.loads(out)["affected"]]) == (1, [["1", "1.1"]])
    code, out, _ = run(capsys, "diff", "test/2024", "test/2024", *told)
    assert code == 1
    assert "90" in json.dumps(json.loads(out)["changes"])
