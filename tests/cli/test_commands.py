"""The command line as people use it: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from rich.console import Console

from ntm_rules.cli import main
from ntm_rules.cli.screen import Screen

TOP = Path(__file__).parents[2]
SET = ["--set", "commune-ntm/2021-2025", "--on", "2024-06-30", "--with", "region=tay-nguyen", "--with", "year=2024", "--with", "area=I"]
GOOD = "mã xã,xã,10.1\nM1,Đắk [bold]Cấm[/bold],51.5\nM2,Hai,40\n"


@pytest.fixture
def table(tmp_path):
    def make(text: str = GOOD, name: str = "a.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return make


def test_evaluate_prints_a_table_and_ends_with_0(call, table):
    """Names are shown as they stand; nothing in them is markup."""
    code, out, err = call("evaluate", table(), *SET)
    assert code == 0
    assert "Đắk [bold]Cấm[/bold]" in out
    assert "chưa đạt" in out
    assert "Tổng cộng: 1 chưa đạt, 1 chưa xác định" in out
    assert err == ""


def test_a_file_that_would_be_passed_over_is_told(call, tmp_path):
    """Two workbooks read at once, of which the last alone would be looked at."""
    code, _, err = call("workbook", "commune-ntm/2021-2025", "--read", tmp_path / "an.xlsx", "--read", tmp_path / "binh.xlsx")
    assert (code, "NTM-272 «--read» được ghi hai lần" in err) == (2, True)


def test_a_bar_counts_the_rows_while_a_file_is_read_and_while_they_are_decided(call, table, monkeypatch, tmp_path):
    """A large file takes as long to read as to decide, in every command that reads one."""
    seen: dict[tuple[str, int | None], int] = {}

    def progress(_, items, total, label):
        for item in items:
            seen[label, total] = seen.get((label, total), 0) + 1
            yield item

    monkeypatch.setattr(Screen, "progress", progress)
    call("evaluate", table(), *SET)
    assert seen == {("Đọc a.csv", None): 2, ("Đánh giá", 2): 2}
    (register := tmp_path / "so.csv").write_text("mã đơn vị,việc,danh hiệu,ngày\nM1,công nhận,ntm,2023-06-01\n", "utf-8")
    day = ("--on", "2024-06-30")
    calls: dict[str, tuple[str, ...]] = {
        "read": (table(), *SET),
        "plan": (table(), *SET, "--target", "1"),
        "review": (str(register), "--values", table(), *day),
        "targets": (str(register), "--values", table(), *day),
        "report": (table(), "--register", str(register), *day),
        "transition": (table(), *SET, "--to", SET[1]),
        "impact": (SET[1], SET[1], table(), *SET[2:]),
    }
    judged: dict[str, list[tuple[int | None, int]]] = {}
    for command, arguments in calls.items():
        seen.clear()
        done = call(command, *map(str, arguments))
        assert seen.pop(("Đọc a.csv", None), 0) == 2, (command, done)
        assert seen.pop(("Tìm kế hoạch", 2), 0) == (2 if command == "plan" else 0)
        judged[command] = [(total, count) for (label, total), count in seen.items() if label == "Đánh giá"]
    both, one = [(2, 2)], [(1, 1)]
    assert judged == {"read": [], "plan": both, "review": one, "targets": both, "report": [*one, *both], "transition": both, "impact": both}


@pytest.mark.parametrize(("terminal", "rows", "shown"), [(True, 2001, True), (True, 2, False), (False, 2001, False)])
def test_a_bar_goes_on_while_files_of_many_rows_are_written(terminal, rows, shown):
    """On a terminal alone, and only where it takes long."""
    screen, seen = Screen("vi"), io.StringIO()
    screen._err = Console(file=seen, force_terminal=terminal)
    with screen.writing(rows):
        pass
    assert ("Ghi tệp" in seen.getvalue()) is shown


def test_evaluate_ends_with_1_when_rows_must_be_mended(call, table):
    """The other rows are still evaluated; problems are on stderr with their cells."""
    code, out, err = call("evaluate", table(GOOD + 'M3,Ba,"62,355"\n'), *SET)
    assert code == 1
    assert "M1" in out
    assert "không đánh giá được" in out
    assert "NTM-403" in err
    assert "C4" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "NTM-701"),
        (["--set", "commune-ntm/2021-2025", "--family", "commune-ntm"], "NTM-701"),
        (["--family", "commune-ntm"], "NTM-702"),
        (["--family", "commune-ntm", "--on", "2030-01-01"], "NTM-307"),
        (["--set", "commune-ntm/2021-2026"], "NTM-306"),
        (["--set", "commune-ntm/2021-2025", "--on", "30/6/2024"], "NTM-207"),
        (["--set", "commune-ntm/2021-2025", "--with", "year"], "NTM-703"),
        (["--set", "commune-ntm/2021-2025", "--with", "yaer=2024"], "NTM-703"),
        (["--set", "commune-ntm/2021-2025", "-o", "a.doc"], "NTM-515"),
        (["--set", "commune-ntm/2021-2025", "--rulesets", "nowhere"], "NTM-108"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(call, table, arguments, code):
    """In words with a code, never as a traceback."""
    status, out, err = call("evaluate", table(), *arguments)
    assert status == 2
    assert code in err
    assert "Traceback" not in out + err


def test_a_file_that_cannot_be_read_ends_with_2_and_the_others_are_evaluated(call, table, tmp_path):
    """One bad file does not hide the rest."""
    code, out, err = call("evaluate", tmp_path / "không có.csv", table(), *SET)
    assert code == 2
    assert "M1" in out
    assert "NTM-108" in err


def test_the_edition_in_force_is_chosen_by_day(call, table):
    """--family with --on."""
    _, out, _ = call("evaluate", table(), "--family", "commune-ntm", *SET[2:])
    assert "commune-ntm/2021-2025" in out


def test_evaluate_json_is_json_and_nothing_else(call, table):
    """Also when rows have problems and when the call is wrong."""
    code, out, err = call("evaluate", table(GOOD + 'M3,Ba,"62,355"\n'), *SET, "--json")
    data = json.loads(out)
    assert (code, err) == (1, "")
    assert [decision["subject"]["id"] for decision in data["decisions"]] == ["M1", "M2"]
    assert [problem["code"] for problem in data["problems"]] == ["NTM-403"]
    code, out, err = call("evaluate", table(), "--json")
    assert (code, err) == (2, "")
    assert json.loads(out)["problems"][0]["code"] == "NTM-701"


def test_results_are_written_to_every_named_file(call, table, tmp_path):
    """Several -o; folders are made."""
    paths = [tmp_path / "out" / f"a.{kind}" for kind in ("html", "xlsx", "csv", "json")]
    code, out, _ = call("evaluate", table(), *SET, *(word for path in paths for word in ("-o", path)))
    assert code == 0
    assert all(path.stat().st_size > 100 for path in paths)
    assert str(paths[0]) in out


def test_a_weak_source_can_be_refused(call, table):
    """--accept official leaves everything undetermined."""
    _, out, _ = call("evaluate", table(), *SET, "--accept", "official")
    assert "Tổng cộng: 2 chưa xác định" in out


@pytest.mark.parametrize(("lang", "words"), [("vi", "CHƯA ĐẠT"), ("en", "NOT MET")])
def test_explain_tells_one_subject_in_either_language(call, table, lang, words):
    """Verdict, what failed, and the least that must become met."""
    code, out, _ = call("explain", table(), "--id", "M2", *SET, "--lang", lang)
    assert code == 0
    assert words in out
    assert ("còn thiếu" if lang == "vi" else "short by") in out


def test_explain_of_one_criterion_tells_of_it_alone(call, table):
    """With ``--of``; a number that the set does not have ends with 2."""
    code, out, _ = call("explain", table(), "--id", "M2", *SET, "--of", "10")
    assert code == 0
    assert out.startswith("10 Thu nhập: ")
    assert "17." not in out
    code, _, err = call("explain", table(), "--id", "M2", *SET, "--of", "20")
    assert code == 2
    assert "NTM-603" in err


def test_explain_names_what_would_settle_an_open_decision(call, table):
    """In text, Markdown and HTML."""
    for form in ("text", "markdown", "html"):
        _, out, _ = call("explain", table(), "--id", "M1", *SET, "--format", form)
        assert "Cần biết thêm để kết luận" in out


def test_explain_with_an_unknown_id_suggests_the_nearest(call, table):
    """And ends with 2."""
    code, _, err = call("explain", table("id,10.1\n23311,50\n"), "--id", "23312", *SET)
    assert code == 2
    assert "NTM-704" in err
    assert "23311" in err


def test_explain_of_a_row_with_problems_tells_them(call, table):
    """And ends with 1."""
    code, _, err = call("explain", table('id,10.1\nM1,"1,500"\n'), "--id", "M1", *SET)
    assert code == 1
    assert "NTM-403" in err


def test_a_stored_decision_is_explained_and_verified(call, table, tmp_path):
    """A decision that was changed afterwards ends with 1, one that is none with 2."""
    _, text, _ = call("explain", table(), "--id", "M2", *SET, "--json")
    stored = tmp_path / "d.json"
    stored.write_text(text, "utf-8")
    code, out, _ = call("explain", "--decision", stored, "--verify")
    assert code == 0
    assert "CHƯA ĐẠT" in out
    stored.write_text(text.replace('"values":{"10.1":"40"', '"values":{"10.1":"60"'), "utf-8")
    code, _, err = call("explain", "--decision", stored, "--verify")
    assert code == 1
    assert "NTM-705" in err
    stored.write_text("{}", "utf-8")
    assert call("explain", "--decision", stored)[0] == 2


@pytest.mark.parametrize("command", [["list"], ["list", "--on", "2024-06-30"], ["show", "commune-ntm/2021-2025"], ["check"], ["test"]])
def test_the_record_is_sound_and_its_json_parses(call, command):
    """What comes with the library passes its own checks."""
    code, out, err = call(*command)
    assert (code, err) == (0, "")
    assert out
    code, out, err = call(*command, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)


def test_show_says_which_overlays_apply_and_marks_each_figure(call):
    """The layers with their reasons, then the annex."""
    _, out, _ = call("show", "commune-ntm/2021-2025", "--on", "2024-06-30", "--province", "kon-tum")
    assert "✓ commune-ntm/2021-2025/211-qd-ttg" in out
    assert "○ ≥ 80%" in out
    assert "Tây Nguyên" in out


def test_check_and_test_end_with_1_on_a_broken_folder(call, tmp_path):
    """Each problem with its line."""
    import shutil

    shutil.copytree(TOP / "rulesets", tmp_path / "r")
    path = tmp_path / "r" / "national" / "commune-ntm" / "2021-2025" / "ruleset.yaml"
    path.write_text(path.read_text("utf-8").replace("at_least: 80\n", "at_least: 80,5\n", 1), "utf-8")
    code, _, err = call("check", tmp_path / "r")
    assert code == 1
    assert "NTM-205" in err
    assert call("test", tmp_path / "r")[0] == 1
    assert call("check", tmp_path / "nowhere")[0] == 2


def test_check_warns_of_what_is_doubtful_and_ends_with_0(call, tmp_path):
    """A file typed in pieces of letters is told line by line, as a warning; nothing is refused."""
    import shutil

    shutil.copytree(TOP / "rulesets", tmp_path / "r")
    path = tmp_path / "r" / "national" / "transitions" / "commune-ntm-2016-2020-to-2021-2025" / "map.yaml"
    path.write_text(unicodedata.normalize("NFD", path.read_text("utf-8")), "utf-8")
    code, out, err = call("check", tmp_path / "r")
    assert code == 0
    assert "Đáng ngờ, vẫn dùng được" in err
    assert "map.yaml:5:7" in err
    assert "NTM-236" in err
    assert "43 văn bản, 0 lỗi" in out
    code, out, _ = call("check", tmp_path / "r", "--json")
    assert code == 0
    assert {one["code"] for one in json.loads(out)["warnings"]} == {"NTM-236"}
    assert json.loads(out)["problems"] == []
    assert "warnings" not in json.loads(call("check", "--json")[1])


def test_publish_writes_a_new_version_once(call, tmp_path):
    """Again it says that it stands; a set that is none is a wrong call."""
    import shutil

    shutil.copytree(TOP / "rulesets", tmp_path / "r")
    folder = tmp_path / "r" / "provinces" / "dong-thap" / "ocop-2019"
    shutil.rmtree(folder / "published")
    assert call("publish", "ocop/2019/dong-thap", "--rulesets", tmp_path / "r")[0] == 0
    assert list((folder / "published").iterdir())
    code, out, _ = call("publish", folder, "--rulesets", tmp_path / "r")
    assert code == 0
    assert "đã công bố từ trước" in out
    assert call("publish", "commune-ntm/2021-2027", "--rulesets", tmp_path / "r")[0] == 2


def test_schemas_are_current_and_stale_ones_are_found(call, tmp_path):
    """--check writes nothing; without it they are written."""
    code, _, err = call("schema", "--check", "-o", tmp_path / "s")
    assert code == 1
    assert "NTM-706" in err
    assert not (tmp_path / "s").exists()
    assert call("schema", "-o", tmp_path / "s")[0] == 0
    assert call("schema", "--check", "-o", tmp_path / "s")[0] == 0
    assert call("schema", "--check", "-o", TOP / "schemas")[0] == 0


def test_published_prints_the_comparison(call, tmp_path):
    """18 cases, none of which differs."""
    code, out, _ = call("published", TOP / "examples" / "published" / "cases.yaml", "-o", tmp_path / "p.html")
    assert code == 0
    assert "KT01" in out
    assert (tmp_path / "p.html").exists()
    _, out, _ = call("published", TOP / "examples" / "published" / "cases.yaml", "--json")
    assert len(json.loads(out)) == 18


def test_the_version_and_the_help(call):
    """Both end with 0; a misspelt command ends with 2."""
    assert call("--version")[1].startswith("ntm-rules ")
    assert "evaluate" in call("--help")[1]
    assert call("evalute")[0] == 2


def test_control_characters_in_a_table_do_not_reach_the_terminal(call, table):
    """An escape sequence in a name is made visible."""
    _, out, _ = call("evaluate", table("id,name,10.1\nM1,\x1b[31mđỏ,50\n"), *SET)
    assert "\x1b" not in out


def test_long_output_is_not_cut_when_piped(call, table):
    """A name of 300 letters arrives whole, on one line."""
    _, out, _ = call("evaluate", table(f"id,name,10.1\nM1,{'x' * 300},50\n"), *SET)
    assert "x" * 300 in out


def test_without_typer_the_call_says_what_to_install(tmp_path):
    """Exit code 2 and the extra, no traceback."""
    program = "import sys; sys.modules['typer'] = None; from ntm_rules.cli import main; main(['list'])"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 2
    assert "NTM-901" in ended.stderr
    assert "ntm-rules[cli]" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("call", ["show commune-ntm/2021-2025 --json", "list"])
def test_a_reader_that_stops_early_is_no_error(call):
    """`ntm-rules show … | head`: what is printed as it is, and what is drawn as a table."""
    command = f"set -o pipefail; {sys.executable} -m ntm_rules.cli {call} | true"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_without_what_the_command_line_needs_it_says_how_to_get_it(monkeypatch, capsys):
    """No traceback: one line with the extra to install, exit code 2; another missing module is not hidden."""

    def absent(name):
        def find(self, fullname, path=None, target=None):
            if fullname == "ntm_rules.cli.app":
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

        return type("Finder", (), {"find_spec": find})()

    for name, ends in (("typer", SystemExit), ("elsewhere", ModuleNotFoundError)):
        monkeypatch.delitem(sys.modules, "ntm_rules.cli.app", raising=False)
        monkeypatch.setattr(sys, "meta_path", [absent(name), *sys.meta_path])
        with pytest.raises(ends) as ended:
            main(["list"])
        if ends is SystemExit:
            assert ended.value.code == 2
            err = capsys.readouterr().err
            assert "NTM-901" in err
            assert "ntm-rules[cli]" in err
        monkeypatch.setattr(sys, "meta_path", sys.meta_path[1:])


def test_what_was_printed_oddly_takes_a_line_for_each_set_and_hides_no_mistake(call, tmp_path):
    """Dozens of lines on sheets that nobody edits stood before one's own mistake; they are where the sheets are shown."""
    import shutil

    shutil.copytree(TOP / "rulesets", tmp_path / "r")
    path = tmp_path / "r" / "national" / "commune-ntm" / "2021-2025" / "ruleset.yaml"
    path.write_text(path.read_text("utf-8").replace("at_least: 80\n", "at_least: 80,5\n", 1), "utf-8")
    _, out, _ = call("check", tmp_path / "r")
    lines = out.splitlines()
    assert len(lines) < 10
    assert [line for line in lines if line.startswith("ocop/2026: ") and "ntm-rules show ocop/2026" in line]
    assert "1 lỗi" in lines[-1]
    assert "  ! " in call("show", "ocop/2026")[1]
