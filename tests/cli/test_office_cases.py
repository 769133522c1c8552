"""Each small file on which an office once got a wrong answer, with the command it used and the right answer; the law's reason beside it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from ntm_rules.cli.app import run

CASES = Path(__file__).parent / "office_cases"
NTM = "--set commune-ntm/2021-2025 --province kon-tum"


class Case(NamedTuple):
    """A folder, a command run in it, what it says, what it must not say, its exit code, and why."""

    folder: str
    command: str
    says: tuple[str, ...]
    never: tuple[str, ...]
    code: int
    reason: str


TABLE = (
    Case(
        "class3-before-2024-03",
        f"evaluate xa.csv {NTM} --on 2024-02-29",
        ("1 đạt, 1 chưa đạt", "A1 │ Mẫu Một │ đạt"),
        (),
        0,
        "class III is an extremely difficult commune (33/2020), so 45 meets the 45 of its column before 2024-03-01 too",
    ),
    Case(
        "class-change-same-day",
        "review so.csv --values xa.csv --on 2024-05-01 --province kon-tum",
        ("đạt 19/19 tiêu chí", "tính từ năm xét 2025"),
        ("chưa xác định",),
        0,
        "the figures that a recognition rests on stay in their column until the next year assessed",
    ),
    Case(
        "class-change-same-day",
        "watch journal.jsonl",
        ("được công nhận «xã nông thôn mới» từ ngày 2024-05-01",),
        ("không đạt tiêu chí 10", "không còn đạt"),
        0,
        "the monitor reads the same",
    ),
    Case(
        "new-year",
        "watch journal.jsonl",
        ("chưa có số liệu năm 2024 (1 đơn vị)",),
        ("hai năm liền",),
        0,
        "silence on the first of January is no failure",
    ),
    Case(
        "advanced-without-ntm",
        "targets so.csv --units xa.csv --complete --on 2024-01-31",
        ("NTM-826",),
        (),
        1,
        "an advanced or model commune is an NTM commune: that the first recognition is missing is told",
    ),
    Case(
        "future-units",
        "targets so.csv --units xa.csv --complete --on 2025-06-30",
        ("Tổng số xã                                           │ 3", "66,67%"),
        ("40,00%",),
        0,
        "units that a merger makes on 2025-07-01 are not counted the day before",
    ),
    Case(
        "potential-five",
        "evaluate sp.csv --set ocop/2026 --on 2026-06-30",
        ("P3 │ Mẫu P3 │ đạt      │   5 │  100 │ tiềm năng 5 sao",),
        ("98 │ tiềm năng", "96 │ tiềm năng"),
        0,
        "potential five stars only where nothing but the act of the centre is open",
    ),
    Case(
        "transition-same-set",
        f"transition xa.csv {NTM} --on 2024-02-29 --to commune-ntm/2021-2025 --to-on 2024-03-01",
        ("thành đạt │ 1", "vẫn đạt   │ 1"),
        ("chưa xác định",),
        0,
        "attestations stay within one edition",
    ),
    Case(
        "targets-attributes",
        "targets so.csv --units xa.csv --complete --on 2024-12-31 --set targets/kon-tum-2024 --set targets/kon-tum-2025",
        ("còn thiếu 4 xã", "66,67%"),
        ("NTM-501",),
        0,
        "what the sets declare is read, what was added in the year counted from the acts (one of five)",
    ),
    Case(
        "district-edition",
        "review so.csv --units dv.csv --on 2024-03-01",
        ("9 tiêu chí chưa xác định",),
        ("chưa rõ xét theo bộ nào",),
        0,
        "an act of 2022 cannot rest on a set that began in 2024",
    ),
    Case(
        "district-ready",
        "evaluate huyen.csv --set district-ntm/2021-2025 --on 2024-02-15 --register so.csv --units dv.csv",
        ("Tổng cộng: 1 đạt",),
        (),
        0,
        "the communes of the register make a district's dossier",
    ),
    Case(
        "plan-register-status",
        "plan xa.csv --register so.csv --set commune-advanced/2021-2025 --on 2023-12-31 --target 1 --province kon-tum",
        ("Ít nhất phải nâng 0 chỉ tiêu",),
        ("DK1.1",),
        0,
        "the register says that the commune is recognised",
    ),
    Case(
        "village-columns",
        "evaluate thon.csv --set village-ntm-ethnic/kon-tum-2022 --on 2024-06-30",
        ("Thôn 1, Mẫu Một", "1 chưa đạt, 1 chưa xác định"),
        ("NTM-502",),
        0,
        "«xã» is where a village lies",
    ),
    Case(
        "conflict-unlisted",
        f"evaluate xa.csv {NTM} --on 2023-12-31",
        ("Xác nhận trái với số liệu: 2 chỗ, ở 2 đơn vị",),
        (),
        0,
        "a contradiction is counted and listed",
    ),
    Case(
        "ocop-members",
        "council minutes thanh-vien-1.csv thanh-vien-2.csv thanh-vien-3.csv --set ocop/2023 --on 2024-06-15",
        ("3/3", "100,00"),
        ("NTM-505",),
        0,
        "sheets of three members are one council",
    ),
    Case(
        "monitor-ocop-class", "watch journal.jsonl", ("2 dòng, đến ngày 2024-01-01",), ("NTM-854",), 0, "one vocabulary with the register"
    ),
    Case("monitor-acts", "watch journal.jsonl", ("NTM-813", "NTM-826", "bị thu hồi danh hiệu"), (), 0, "acts pass the register's checks"),
    Case("late-figure", "watch journal.jsonl", ("chưa có số liệu năm 2024",), ("hai năm liền",), 0, "a figure belongs to its year"),
    Case("kind-not-checked", "evaluate xa.csv --set targets/kon-tum-2024 --on 2024-12-31", ("NTM-408",), ("Tổng cộng",), 2, "no provinces"),
)


@pytest.mark.parametrize("case", TABLE, ids=[f"{one.folder}-{one.command.split()[0]}" for one in TABLE])
def test_what_was_once_wrong_is_right(case: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command of the office, on its files, says what is right and not what was wrong."""
    monkeypatch.chdir(CASES / case.folder)
    monkeypatch.setenv("COLUMNS", "400")
    with pytest.raises(SystemExit) as ended:
        run(case.command.split())
    printed = capsys.readouterr()
    said = printed.out + printed.err
    assert [one for one in case.says if one not in said] == [], case.reason
    assert [one for one in case.never if one in said] == [], case.reason
    assert int(ended.value.code or 0) == case.code, case.reason


def test_every_folder_has_its_case() -> None:
    """No file of an office lies about untested."""
    assert {one.folder for one in TABLE} == {path.name for path in CASES.iterdir()}
