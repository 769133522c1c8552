"""What goes on to people: a place kept between starts, digests, a feed; and acts that the register would doubt."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from test_watch import HEAD, JOURNAL, RECOGNISED, SLIP, UNIT, said

import ntm_rules as ntm
from ntm_rules.monitor import Attestation, Measurement, Merge, Monitor, Recognition, Revocation, Unit
from ntm_rules.monitor.feed import ATOM
from ntm_rules.problems import Problem

SET = "commune-ntm/2021-2025"
SECOND = SLIP.replace('"17"', '"18"')


def commune(code: str, **attributes: object) -> Unit:
    return Unit(id=code, kind="commune", name=f"Xã {code}", attributes={"region": "tay-nguyen", **attributes}, watch=("commune-ntm",))


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


# --- the place --------------------------------------------------------------------------------------------------------


def test_nothing_is_told_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A start tells what came since the last one, also of the same day; a blank line and a torn one change nothing of that."""
    path, place = tmp_path / "j.jsonl", tmp_path / "place.json"
    path.write_text(HEAD + UNIT + RECOGNISED + SLIP + "\n", "utf-8")
    assert "tiêu chí 17" in said(capsys, path, "--place", place)[1]
    assert said(capsys, path, "--place", place)[1] == ""
    with path.open("a", encoding="utf-8") as journal:
        journal.write(SECOND + '{"advance"')
    code, out, err = said(capsys, path, "--place", place)
    assert (code, len(out.splitlines()), "tiêu chí 18" in out, "1 dòng" in err) == (1, 1, True, True)
    with path.open("a", encoding="utf-8") as journal:
        journal.write(': "2023-07-01"}\n')
    assert said(capsys, path, "--place", place)[:2] == (0, "")


def test_a_place_that_does_not_fit_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A journal that was written anew, cut, or another one; a file that is none of these; the journal itself: exit code 2, nothing told."""
    path, place = tmp_path / "j.jsonl", tmp_path / "place.json"
    path.write_text(HEAD + UNIT + RECOGNISED + SLIP, "utf-8")
    said(capsys, path, "--place", place)
    for changed in (HEAD + UNIT, HEAD + UNIT + RECOGNISED + SECOND, (HEAD + UNIT + RECOGNISED + SLIP).replace("2022", "2021")):
        path.write_text(changed, "utf-8")
        code, out, err = said(capsys, path, "--place", place)
        assert (code, out, "NTM-863" in err) == (2, "", True)
    for wrong in ("", "[]", '{"watch": "ntm-rules/watch/v1"}', '{"watch": "ntm-rules/watch/v1", "size": -1, "sha256": ""}'):
        place.write_text(wrong, "utf-8")
        code, out, err = said(capsys, path, "--place", place)
        assert (code, out, "NTM-864" in err) == (2, "", True)
    code, out, err = said(capsys, path, "--place", tmp_path)
    assert (code, "NTM-108" in err) == (2, True)
    code, out, err = said(capsys, path, "--place", path)
    assert (code, "NTM-709" in err, path.read_text("utf-8")) == (2, True, changed)


def test_since_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """What happened before is played and not told."""
    out = said(capsys, JOURNAL, "--since", "2024-06-30")[1]
    assert out
    assert {line[:7] for line in out.splitlines()} == {"2024-06", "2024-11", "2024-12"}
    assert said(capsys, JOURNAL, "--since", "2024-06-31")[0] == 2


# --- digests and the feed ---------------------------------------------------------------------------------------------


def test_a_digest_by_day_and_by_week(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As text and as Markdown, the gravest first; with nothing new it says so; a name does no harm."""
    path, text, page = tmp_path / "j.jsonl", tmp_path / "tin.txt", tmp_path / "tin.md"
    path.write_text(HEAD + UNIT.replace('"id": "x"', '"id": "x", "name": "Xã <b>*1*"') + RECOGNISED + SLIP, "utf-8")
    assert said(capsys, path, "-o", text, "-o", page, "--site", "https://example.org/")[0] == 0
    assert text.read_text("utf-8").startswith("TIN THEO DÕI\n\n30/06/2023: 1 tin\n\nCần xem ngay:\n\n- 2023-06-30 Xã <b>*1* (x): đang giữ")
    assert "  https://example.org/vi/bo-tieu-chi/commune-ntm/2021-2025/\n" in text.read_text("utf-8")
    shown = page.read_text("utf-8")
    assert "### Cần xem ngay" in shown
    assert r"Xã \<b\>\*1\* (x)" in shown
    assert "[xem giải thích](<https://example.org/vi/bo-tieu-chi/commune-ntm/2021-2025/>)" in shown
    said(capsys, path, "--digest", "week", "-o", text, "--lang", "en", "--since", "2024-01-01")
    assert text.read_text("utf-8") == "WHAT WAS WATCHED\n\nNothing new.\n"
    said(capsys, JOURNAL, "--digest", "week", "-o", text, "--lang", "en", "--since", "2024-06-01")
    assert "Week from 2024-06-24 to 2024-06-30: " in text.read_text("utf-8")
    code, _, err = said(capsys, path, "-o", tmp_path / "tin.pdf")
    assert (code, "NTM-515" in err) == (2, True)


def test_the_feed_is_atom_with_ids_that_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the standard asks for stands in it; an entry keeps its id when more follows; markup in names is text."""
    path, out = tmp_path / "j.jsonl", tmp_path / "tin.atom"
    path.write_text(HEAD + UNIT.replace('"id": "x"', '"id": "x", "name": "<b>&\\""') + RECOGNISED + SLIP, "utf-8")

    def entries() -> dict[str, str]:
        said(capsys, path, "-o", out, "--site", "https://example.org")
        root = ElementTree.parse(out).getroot()
        assert root.tag == f"{{{ATOM}}}feed"
        assert [len(root.findall(f"{{{ATOM}}}{name}")) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
        found = {}
        for entry in root.findall(f"{{{ATOM}}}entry"):
            parts = {part.tag.partition("}")[2]: part for part in entry}
            assert {"id", "title", "updated", "content"} <= parts.keys()
            assert re.fullmatch(r"urn:sha256:[0-9a-f]{64}", parts["id"].text or "")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+07:00", parts["updated"].text or "")
            assert parts["link"].get("href", "").startswith("https://example.org/vi/")
            found[parts["id"].text or ""] = parts["title"].text or ""
        return found

    first = entries()
    assert [title.startswith('2023-06-30 <b>&" (x): đang giữ') for title in first.values()] == [True]
    with path.open("a", encoding="utf-8") as journal:
        journal.write('{"advance": "2023-07-01"}\n' + SECOND)
    second = entries()
    assert first.items() < second.items()


def test_alerts_lead_to_the_page_that_explains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, from the root of the site or below an address; an act has none."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED.replace("2022-12-31", "2023-06-30") + SLIP, "utf-8")
    alerts = [json.loads(line) for line in said(capsys, path, "--json", "--each")[1].splitlines()]
    pages = {alert["kind"]: alert.get("page") for alert in alerts}
    assert pages["recognised"] is None
    assert pages["criterion-lost"]["vi"] == "vi/bo-tieu-chi/commune-ntm/2021-2025/17/"
    assert pages["slipped"]["en"] == "en/rulesets/commune-ntm/2021-2025/"


# --- acts -------------------------------------------------------------------------------------------------------------


def test_acts_pass_the_checks_of_the_register() -> None:
    """What an authority did is taken; that the register doubts it is told: a revocation of nothing, a merger into a unit that had gone."""
    with Monitor(on=date(2024, 1, 1)) as monitor:
        for unit in (commune("A"), commune("B"), commune("C"), commune("D", ntm=True)):
            monitor.tell(unit)
        monitor.tell(Revocation(subject="D", status="ntm", on=date(2024, 1, 1)))
        assert monitor.doubts == []  # the unit was told as holding it
        monitor.tell(Revocation(subject="A", status="ntm", on=date(2024, 1, 1)))
        assert codes(monitor.doubts) == ["NTM-813"]
        assert "Xã A" in monitor.doubts[0].what("vi")
        monitor.tell(Recognition(subject="A", status="ntm-advanced", on=date(2024, 1, 1)))
        assert codes(monitor.doubts) == ["NTM-813", "NTM-826"]
        monitor.tell(Merge(old=("B",), new="C", on=date(2024, 2, 1)))
        monitor.doubts.clear()
        monitor.tell(Merge(old=("A",), new="B", on=date(2024, 3, 1)))
        assert codes(monitor.doubts) == ["NTM-808"]
        monitor.doubts.clear()
        monitor.tell(Recognition(subject="C", status="ntm", on=date(2020, 1, 1), ruleset=SET))
        assert codes(monitor.doubts) == ["NTM-806"]


def test_a_doubt_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the line is in effect: the exit code is that of a journal without fault."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED.replace("recognition", "revocation"), "utf-8")
    code, _, err = said(capsys, path)
    assert (code, "j.jsonl:3:1" in err, "NTM-813" in err) == (0, True, True)


def test_monitor_merge_a_code_that_goes_on_holds_nothing() -> None:
    """23317 takes up Kroong on 2025-07-01, named among the old or not: the new unit has no status, and 23314 is no more."""
    for old in (("23314", "23317"), ("23314",)):
        with Monitor(on=date(2025, 1, 1)) as monitor:
            for code in ("23314", "23317"):
                monitor.tell(commune(code))
            monitor.tell(Recognition(subject="23317", status="ntm", on=date(2020, 6, 1)))
            monitor.tell(Merge(old=old, new="23317", on=date(2025, 7, 1)))
            monitor.advance(date(2025, 7, 2))
            assert monitor.held().get("23317", {}).get("ntm") is not True
            assert "ntm" not in monitor.held().get("23317", {})
            figure = Measurement(subject="23317", ruleset=SET, indicator="10.1", value="30")
            assert [alert.kind for alert in monitor.tell(figure)] == []


def test_what_a_figure_rests_on_goes_with_it() -> None:
    """Who stated it and on what paper stand in the decision, of the figure that counts; a later one without says nothing."""
    with Monitor(on=date(2024, 6, 1)) as monitor:
        monitor.tell(commune("x", area="I"))
        words = {"stated_by": "Chi cục Thống kê", "evidence": "Báo cáo 12/BC-CTK"}
        monitor.tell(Measurement(subject="x", ruleset=SET, indicator="10.1", value="45", year=2023, **words))
        decision = monitor.decision("x", "commune-ntm")
        assert "số liệu năm 2023; người báo: Chi cục Thống kê; căn cứ: Báo cáo 12/BC-CTK" in decision.explain("vi", of="10.1")
        assert "stated by: Chi cục Thống kê" in decision.explain("en")
        assert ntm.Decision.from_json(decision.to_json()).verify()
        monitor.tell(Attestation(subject="x", ruleset=SET, number="1", holds=True))
        monitor.tell(Measurement(subject="x", ruleset=SET, indicator="10.1", value="50", year=2024))
        after = monitor.decision("x", "commune-ntm")
        assert "người báo" not in after.explain("vi")
        assert "stated_by" not in after.to_json()
