"""Deciding tables and writing what was decided."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.tables.results import evaluate_table, evaluate_tables
from ntm_rules.tables.write.open import results_writer, write_results

HOSTILE = (
    "id,name,10.1,13.4\n=1+1,<script>alert(1)</script>,40,+cmd|' /C calc'!A0\n@M2,-Hai,52,không áp dụng: <img src=x onerror=alert(1)>\n"
)


def test_every_row_has_a_result_and_they_equal_evaluating_one_by_one(from_csv, rules):
    """A table is nothing but its subjects."""
    table = from_csv('id,10.1\nM1,51.5\nM2,"40,125"\nM3,40\n')
    results = list(evaluate_table(table))
    assert [result.outcome for result in results] == ["undetermined", None, "not_met"]
    assert [result.decision for result in results if result.decision] == [rules.evaluate(row.subject) for row in table.rows if row.subject]
    assert results[2].failed == ("10",)
    assert results[2].total == 19
    assert "10.1" in results[2].reasons()[0]
    assert [problem.code for problem in results[1].problems] == ["NTM-403"]


def test_a_weak_source_can_be_refused_for_a_whole_table(from_csv):
    """With accept=official no recalled figure decides."""
    table = from_csv("id,10.1\nM1,40\n")
    assert [result.outcome for result in evaluate_table(table, accept="official")] == ["undetermined"]


def test_one_subject_in_two_files_is_reported_at_the_second(from_csv):
    """Both files and rows are named."""
    table = from_csv("id,10.1\nM1,51.5\n")
    first, second = evaluate_tables([table, table])
    assert first.decision is not None
    assert [problem.code for problem in second.problems] == ["NTM-505"]


def written(tmp_path, table, rules, name, **options):
    path = tmp_path / name
    write_results(evaluate_table(table), path, rules, problems=table.problems, **options)
    return path


def test_html_shows_hostile_text_and_runs_none_of_it(tmp_path, from_csv, rules):
    """Names and reasons from a table are text, whatever they contain; nothing is fetched."""
    text = written(tmp_path, from_csv(HOSTILE.replace(",+cmd|' /C calc'!A0", ",?")), rules, "a.html").read_text("utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "src=" not in text.replace("&lt;img src=x", "")
    assert 'lang="vi"' in text
    assert "default-src 'none'" in text
    assert "@media print" in text


def test_html_counts_outcomes_and_lists_problems(tmp_path, from_csv, rules):
    """The summary comes first, then problems, then each subject."""
    table = from_csv('id,10.1\nM1,51.5\nM2,"40,125"\nM3,40\n')
    text = written(tmp_path, table, rules, "a.html").read_text("utf-8")
    assert '<td class="not_met">chưa đạt</td><td class="n">1</td>' in text
    assert "NTM-403" in text
    assert text.index("Tổng hợp") < text.index("Số liệu cần sửa") < text.index("<details>")
    assert text.rstrip().endswith("</html>")
    english = written(tmp_path, table, rules, "b.html", lang="en").read_text("utf-8")
    assert "Summary" in english
    assert "not met" in english


def test_output_injection_csv_cells_never_begin_like_a_formula(tmp_path, from_csv, rules):
    """A spreadsheet that opens the results computes nothing."""
    path = written(tmp_path, from_csv(HOSTILE), rules, "a.csv")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["'=1+1", "'@M2"]
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row)


def test_workbook_cells_are_text_and_the_bytes_repeat(tmp_path, from_csv, rules):
    """An id that looks like a formula stays text; writing again gives the same file."""
    table = from_csv(HOSTILE)
    path = written(tmp_path, table, rules, "a.xlsx")
    sheet = openpyxl.load_workbook(path)["Theo xã"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")
    assert sheet["E1"].value == "Kết quả"
    assert written(tmp_path, table, rules, "b.xlsx").read_bytes() == path.read_bytes()


def test_a_workbook_tells_a_director_what_is_met_by_whom_and_what_is_missing(tmp_path, from_csv, rules):
    """Five sheets with headings in sight; counts, shares and measured values are numbers; an outcome has sign, word and fill."""
    book = openpyxl.load_workbook(written(tmp_path, from_csv("id,10.1\nM1,51.5\nM2,40.25\nM3,40\n"), rules, "a.xlsx"))
    assert book.sheetnames == ["Tổng hợp", "Theo xã", "Theo tiêu chí", "Còn thiếu gì", "Căn cứ và mức nguồn", "Lỗi", "Việc còn phải làm rõ"]
    assert book.active.title == "Tổng hợp"
    assert all(sheet.freeze_panes for sheet in book)
    cells = {sheet.title: [cell for row in sheet.iter_rows() for cell in row if cell.value is not None] for sheet in book}
    outcomes = {
        cell.value: (cell.fill.fill_type, cell.fill.fgColor.rgb) for cell in cells["Còn thiếu gì"] if str(cell.value)[:2] in ("✗ ", "? ")
    }
    assert set(outcomes) == {"✗ chưa đạt", "? chưa xác định"}
    assert len(set(outcomes.values())) == 2
    assert (40.25, "#,##0.00") in {(cell.value, cell.number_format) for cell in cells["Còn thiếu gì"]}
    [share] = [row[-1] for row in book["Theo tiêu chí"].iter_rows() if row[0].value == "10"]
    assert (round(float(share.value), 3), share.number_format) == (0.333, "0.0%")
    counts = [cell for cell in cells["Tổng hợp"] if isinstance(cell.value, int)]
    assert {cell.number_format for cell in counts} == {"#,##0"}
    assert rules.identity.sha256[:12] in "".join(str(cell.value) for cell in cells["Căn cứ và mức nguồn"])


def test_a_page_of_results_has_three_drawings_each_told_in_words(tmp_path, from_csv, rules):
    """By the number of criteria met, by the share that meets each, the nearest to the standard: with what they show as text."""
    text = written(tmp_path, from_csv("id,10.1\nM1,51.5\nM2,40.25\nM3,40\n"), rules, "a.html", lang="en").read_text("utf-8")
    titles = (
        "Number of communes by criteria met",
        "Criteria by the share that meets them",
        "Nearest to the standard: criteria met, open, not met",
    )
    assert [text.count(f"<title>{title}</title><desc>") for title in titles] == [1, 1, 1]
    assert "0 criteria: not met 2" in text
    assert "33.3%: 10 " in text


def test_json_holds_decisions_that_verify_and_the_problems(tmp_path, from_csv, rules):
    """Each decision is of the published schema."""
    table = from_csv('id,10.1,lạ\nM1,51.5,\nM2,"40,125",\n')
    data = json.loads(written(tmp_path, table, rules, "a.json").read_text("utf-8"))
    [decision] = data["decisions"]
    text = json.dumps(decision, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert ntm.Decision.from_json(text).verify()
    assert [problem["code"] for problem in data["problems"]] == ["NTM-501", "NTM-403"]


@pytest.mark.parametrize("name", ["a.html", "a.csv", "a.json", "a.xlsx"])
def test_nothing_is_left_half_written(tmp_path, from_csv, rules, name):
    """When writing breaks off, the older file is untouched and no scrap remains."""
    path = tmp_path / "out" / name
    path.parent.mkdir()
    path.write_text("cũ")
    [first] = evaluate_table(from_csv("id,10.1\nM1,51.5\n"))

    def breaking_off():
        with results_writer(path, rules) as writer:
            writer.add(first)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaking_off()
    assert path.read_text() == "cũ"
    assert [entry.name for entry in path.parent.iterdir()] == [name]


def test_a_folder_that_cannot_be_written_is_an_error_of_ours(tmp_path, rules):
    """A file stands where the folder should be."""
    (tmp_path / "x").write_text("")
    with pytest.raises(ntm.TableError, match="NTM-525"):
        write_results([], tmp_path / "x" / "a.csv", rules)


def test_an_unknown_ending_is_refused_before_anything_is_written(tmp_path, rules):
    """The message lists the known ones."""
    with pytest.raises(ntm.TableError, match=r"NTM-515.*\.html"):
        write_results([], tmp_path / "a.doc", rules)
    assert list(tmp_path.iterdir()) == []
