"""``ntm-rules watch``: alerts one line each, problems where they stand, following a file that grows; and the journal of Kon Tum."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.cli import watch as command
from ntm_rules.cli.app import run
from ntm_rules.monitor import Measurement, Monitor, Recognition, read_journal
from ntm_rules.monitor.alerts import KINDS
from ntm_rules.problems import Problem

KON_TUM = Path(__file__).parents[2] / "examples" / "kon-tum"
JOURNAL = KON_TUM / "journal.jsonl"
HEAD = '{"journal": "ntm-rules/journal/v1", "on": "2023-06-30", "accept": "recalled"}\n'
UNIT = '{"tell": "unit", "id": "x", "kind": "commune", "province": "kon-tum", "attributes": {"region": "tay-nguyen"}}\n'
RECOGNISED = '{"tell": "recognition", "subject": "x", "status": "ntm", "on": "2022-12-31"}\n'
# started from a job in the background, a process ignores Ctrl-C, and hands that down
MAIN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from ntm_rules.cli import main; main()"
SLIP = '{"tell": "attestation", "subject": "x", "ruleset": "commune-ntm/2021-2025", "number": "17", "holds": false}\n'


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code of ``watch``, what it printed and what it said on stderr."""
    with pytest.raises(SystemExit) as ended:
        run(["watch", *map(str, arguments)])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_the_journal_of_kon_tum(capsys: pytest.CaptureFixture[str]) -> None:
    """Recognitions of 2020 to 2024, slips under the set of 2022, a certificate that ran out, the shares of districts, targets."""
    code, out, err = said(capsys, JOURNAL)
    assert code == 0
    assert err == f"{len(read_journal(JOURNAL).lines)} dòng, đến ngày 2024-12-31.\n"
    lines = out.splitlines()
    lost = "nay không còn đạt bộ commune-ntm/2021-2025: tiêu chí 1 (Quy hoạch)"
    slipped = f"2022-06-30 Đắk Ruồng (23488): đang giữ danh hiệu «xã nông thôn mới», {lost}"
    share = "Huyện Kon Rẫy (614): tiêu chí DK1 (Xã đạt chuẩn nông thôn mới) của bộ district-ntm/2021-2025: 66,67 %"
    assert slipped in lines
    assert f"2022-09-30 {share} (trước: từ 33,33 đến 66,67: 2 đơn vị chưa rõ)" in lines
    assert "2024-01-01 Sản phẩm OCOP 3 sao (giả định) (GIA-DINH-OCOP): hết hạn công nhận «sản phẩm OCOP» ngày 2023-12-31" in lines
    assert any("không đạt hai năm liền" in line for line in lines)
    assert any("có căn cứ thu hồi danh hiệu «xã nông thôn mới» (không đạt 6/19 tiêu chí (31,58%)" in line for line in lines)
    assert any("đạt mục tiêu MT4" in line for line in lines)


def test_journal_repeats(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The same fact again tells nothing again, an absence takes nothing back, a day that goes back is refused in its line."""
    figure = '{{"tell": "measurement", "subject": "x", "ruleset": "commune-ntm/2021-2025", "indicator": "10.1", "value": {}}}\n'
    figures = [figure.format(value) for value in ('"46.9999999999999999"', '"46.9999999999999999"', '{"unknown": "đang rà soát"}')]
    path = tmp_path / "a.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED + SLIP * 2 + "".join(figures) + '{"advance": "2022-01-01"}\n', "utf-8")
    code, out, err = said(capsys, path)
    assert code == 1
    assert [line for line in out.splitlines() if "nay không còn đạt" in line] == [
        "2023-06-30 x: đang giữ danh hiệu «xã nông thôn mới», nay không còn đạt bộ commune-ntm/2021-2025: "
        "tiêu chí 17 (Môi trường và an toàn thực phẩm)"
    ]
    assert err.count("NTM-") == 1
    assert "a.jsonl:9:1: NTM-857" in err


def test_alerts_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, in order, with everything a program needs."""
    code, out, _ = said(capsys, JOURNAL, "--json", "--lang", "en", "--each")
    alerts = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [alert["alert"] for alert in alerts] == list(range(1, len(alerts) + 1))
    kinds = {alert["kind"] for alert in alerts}
    assert kinds >= {"criterion-lost", "slipped", "slipped-again", "regained", "ground", "ground-open", "expired", "meets"}
    assert kinds >= {"share-moved", "share-reached", "target-reached"}
    [moved] = [alert for alert in alerts if alert["kind"] == "share-moved" and alert["subject"] == "614"]
    assert moved["observed"] == {"vi": "66.67 %", "en": "66.67 %"}
    assert moved["text"]["en"].endswith("66.67 % (was: from 50 to 66.67: 1 units not known)")


def test_every_fact_of_the_journal_is_traceable() -> None:
    """A fact has a source or says «giả định»; recognitions are those of the register, on its day or the latest day known."""
    with (KON_TUM / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["việc"] == "công nhận" and row["loại"] == "xã"]
    register = {(r["mã đơn vị"], r["danh hiệu"], r["ngày"] or r["biết chậm nhất"]): set(r["nguồn"].split("; ")) for r in rows}
    found = set()
    for _, line in read_journal(JOURNAL).lines:
        told: Any = line.content
        if line.word == "advance" or (told.word == "unit" and "ntm" not in told.attributes):
            continue
        made_up = any(unit.startswith("GIA-DINH") for unit in told.units)
        assert told.note.startswith("giả định: ") == made_up
        assert bool(told.seen) != made_up
        if isinstance(told, Recognition) and not made_up:
            assert register[told.subject, told.status, str(told.on)] == set(told.seen)
            assert ("chậm nhất" in told.note) == (not any(r["ngày"] == str(told.on) for r in rows if r["mã đơn vị"] == told.subject))
            found.add((told.subject, told.status, str(told.on)))
    assert found == set(register)


def test_the_journal_of_kon_tum_is_written_the_same_again() -> None:
    """What stands in it is what telling it writes, apart from the note of the first line."""
    content = read_journal(JOURNAL)
    lines = JOURNAL.read_text("utf-8").splitlines()
    assert [line.text() for _, line in content.lines] == lines[1:]


def test_refused_and_torn_lines_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With their place, in both languages; the rest is taken; the exit code says that something was wrong."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + "nonsense\n" + RECOGNISED + SLIP.replace('"x"', '"y"') + SLIP + '{"advance": "2024', "utf-8")
    code, out, err = said(capsys, path)
    assert code == 1
    assert "nay không còn đạt bộ commune-ntm/2021-2025" in out
    assert [mark in err for mark in ("NTM-859", "NTM-855", "NTM-858", ":3:", ":5:", ":7:")] == [True] * 6
    assert "Dòng cuối của nhật ký bị đứt (17 byte)" in err
    assert "3 dòng, đến ngày 2023-06-30. 2 dòng bị từ chối." in err
    assert "The last line of the journal is torn (17 bytes)." in said(capsys, path, "--lang", "en")[2]
    code, out, err = said(capsys, path, "--lang", "en", "--json")
    assert code == 1
    problems = [line["problem"]["code"] for line in map(json.loads, out.splitlines()) if "problem" in line]
    assert problems == ["NTM-859", "NTM-855", "NTM-858"]


def test_what_is_no_journal_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and how the first line should read."""
    assert said(capsys, tmp_path / "none.jsonl")[0] == 2
    path = tmp_path / "j.jsonl"
    path.write_text("{}\n")
    code, _, err = said(capsys, path, "--lang", "en")
    assert code == 2
    assert "NTM-859" in err
    assert '{"journal": "ntm-rules/journal/v1", "on": "YYYY-MM-DD", "accept": "recalled"}' in err


def test_a_growing_file_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line as they come; half a line waits for its other half; Ctrl-C ends it without an error."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED)
    pieces = iter((SLIP[:20], SLIP[20:], ""))

    def grow(seconds: float) -> None:
        assert seconds == 0.05
        piece = next(pieces, None)
        if piece is None:
            raise KeyboardInterrupt
        with path.open("a") as file:
            file.write(piece)

    monkeypatch.setattr(command.time, "sleep", grow)
    code, out, err = said(capsys, path, "--follow", "--every", "0.05", "--lang", "en")
    assert code == 0
    assert [line.partition(": ")[2] for line in out.splitlines()] == [
        "holds «NTM commune» and no longer meets commune-ntm/2021-2025: 17 (Environment and food safety)",
    ]
    assert "3 lines, up to 2023-06-30." in err


def test_following_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Alerts come out while it runs, each whole; killed and started again it prints the same."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED)
    arguments = [sys.executable, "-c", MAIN, "watch", str(path), "--follow", "--every", "0.05", "--json"]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    seen: list[list[str]] = []
    for end in (signal.SIGKILL, signal.SIGINT):
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment) as process:
            assert process.stdout is not None
            if not seen:
                time.sleep(0.3)
                with path.open("a") as file:
                    file.write(SLIP)
            seen.append([process.stdout.readline()])
            process.send_signal(end)
        assert process.returncode == (-signal.SIGKILL if end is signal.SIGKILL else 0)
    assert [json.loads(text)["kind"] for text in seen[0]] == ["slipped"]
    assert seen[0] == seen[1]


def test_a_monitor_goes_on_with_a_journal_that_is_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What one program tells, the command shows."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED)
    with Monitor.resume(path) as monitor:
        alerts = monitor.tell(Measurement(subject="x", ruleset="commune-ntm/2021-2025", indicator="10.1", value="20"))
    code, out, _ = said(capsys, path, "--each")
    assert (code, out.splitlines()) == (0, [alert.text() for alert in alerts])
    assert len(alerts) == 2


PAGE = Path(__file__).parents[2] / "docs" / "monitor.md"


def test_the_journal_on_the_page_is_one(tmp_path: Path) -> None:
    """The lines that docs/monitor.md shows can be played."""
    [shown] = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "j.jsonl"
    path.write_text(shown, "utf-8")
    monitor, torn = Monitor.replay(path)
    with monitor:
        assert torn == ()
        assert monitor.held() == {"23488": {"ntm": True}}


def test_the_page_names_every_kind_of_alert() -> None:
    """In the order of the table they are said from."""
    assert re.findall(r"^\| `([a-z-]+)` \| ", PAGE.read_text("utf-8"), re.MULTILINE) == list(KINDS)


def test_one_version_of_the_engine_everywhere() -> None:
    """What the extra asks for is what is built, and what the error says to install."""
    top = PAGE.parents[1]
    extra = tomllib.loads((top / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["durable"]
    pins = re.findall(r"^[^#\s]\S*", (top / "requirements" / "durable.txt").read_text("utf-8"), re.MULTILINE)
    assert [pin.replace("-", "_") for pin in pins] == extra
    assert extra == [f"durable_rules=={version('durable_rules')}"]
    for lang in ("vi", "en"):
        assert extra[0] in Problem("NTM-850", words={"detail": ""}).mend(lang)
