"""A unit's life in the journal: its first and last day, another name, and dossiers filed for a certificate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm_rules.monitor import Filing, Journal, Measurement, Monitor, MonitorError, Recognition, Rename, Unit

SET = "commune-ntm/2021-2025"
DISTRICT = Unit(id="D", kind="district", name="Huyện Mẫu", province="kon-tum", watch=("district-ntm",))


def commune(code: str, **said: object) -> Unit:
    """A commune of the district."""
    return Unit(
        id=code,
        kind="commune",
        name=f"Xã {code}",
        part_of="D",
        attributes={"unit_type": "xã", "ntm": False},
        watch=("commune-ntm",),
        **said,
    )


def share(monitor: Monitor) -> str:
    """The share of the communes of the district that are recognised, as its decision counts it."""
    return str(monitor.decision("D", "district-ntm")["DK1.1"].observed)


def kinds(alerts: object) -> list[tuple[str, str, str]]:
    """Alerts by day, kind and unit."""
    return [(str(one.on), one.kind, one.subject) for one in alerts]  # type: ignore[attr-defined]


@pytest.fixture
def monitor(tmp_path: Path) -> Monitor:
    """A district with one recognised commune, watched with a journal."""
    made = Monitor(on=date(2023, 1, 10), journal=Journal(tmp_path / "n.jsonl"))
    made.tell(DISTRICT)
    made.tell(commune("A"))
    made.tell(Recognition(subject="A", status="ntm", on=date(2022, 12, 1), ruleset=SET))
    return made


def test_a_unit_counts_from_its_first_day_to_its_last(monitor: Monitor, tmp_path: Path) -> None:
    """B is there from March to the end of August: of two communes one is recognised on these days, before and after the only one."""
    monitor.tell(commune("B", begins=date(2023, 3, 1), until=date(2023, 8, 31)))
    seen = {}
    for day in (date(2023, 2, 28), date(2023, 3, 1), date(2023, 8, 31), date(2023, 9, 1)):
        monitor.advance(day)
        seen[day.isoformat()] = share(monitor)
    assert seen == {"2023-02-28": "100", "2023-03-01": "50", "2023-08-31": "50", "2023-09-01": "100"}
    assert "commune-ntm" not in monitor.statuses()["B"]
    state = monitor.state()
    monitor.close()
    again, _ = Monitor.replay(tmp_path / "n.jsonl")
    assert again.state() == state
    again.close()


def test_a_unit_that_is_over_holds_nothing_and_an_act_before_its_first_day_is_told(monitor: Monitor) -> None:
    """Its last day over, nothing is held; told again without a last day it is there again, held included."""
    monitor.tell(commune("A", until=date(2023, 1, 5)))
    assert monitor.held()["A"] == {"ntm": False}
    monitor.tell(commune("A"))
    assert monitor.held()["A"] == {"ntm": True}
    with pytest.raises(MonitorError, match="NTM-854"):
        monitor.tell(commune("C", begins=date(2023, 5, 1), until=date(2023, 4, 1)))
    monitor.close()


def test_a_new_name_counts_from_its_day_and_can_be_taken_back(monitor: Monitor) -> None:
    """The alert has both names; later alerts the new one; a name that is to come is told on its day."""
    now = Rename(subject="A", name="Xã Mới", on=date(2023, 1, 10), decision="1/NQ")
    [alert] = monitor.tell(now)
    assert alert.text("vi") == "2023-01-10 Xã A (A): nay gọi là «Xã Mới», từ ngày 2023-01-10"
    assert monitor.decision("A", "commune-ntm").subject.name == "Xã Mới"
    assert [one.name for one in monitor.decision("D", "district-ntm").subject.members] == ["Xã Mới"]
    monitor.retract(now)
    assert monitor.decision("D", "district-ntm").subject.members[0].name == "Xã A"
    later = Rename(subject="A", name="Xã Sau", on=date(2023, 2, 1))
    assert monitor.tell(later) == ()
    assert kinds(monitor.advance(date(2023, 2, 2))) == [("2023-02-01", "renamed", "A")]
    assert monitor.decision("D", "district-ntm").subject.members[0].name == "Xã Sau"
    with pytest.raises(MonitorError, match="NTM-856"):
        monitor.retract(now)
    assert "Xã Sau" in str(monitor.state())
    monitor.close()


def product(**days: date) -> Monitor:
    """A certificate, watched from January 2026."""
    monitor = Monitor(on=date(2026, 1, 5))
    monitor.tell(Unit(id="P", kind="product", name="Chè"))
    monitor.tell(Recognition(subject="P", status="ocop-3", on=date(2023, 9, 1), ruleset="ocop/2023"))
    return monitor


def test_a_dossier_filed_ends_the_warnings(tmp_path: Path) -> None:
    """Of a certificate that ends on 2026-09-01 the last days are told; once a dossier is filed they are not."""
    without, filed = product(), product()
    assert [one for one in kinds(without.advance(date(2026, 8, 10))) if one[1] == "ending"] == [
        ("2026-06-03", "ending", "P"),
        ("2026-07-03", "ending", "P"),
        ("2026-08-02", "ending", "P"),
    ]
    filed.advance(date(2026, 4, 1))
    told = Filing(subject="P", on=date(2026, 4, 1))
    assert kinds(filed.tell(told)) == [("2026-04-01", "filed", "P")]
    state = filed.state()
    assert [one for one in kinds(filed.advance(date(2026, 8, 10))) if one[1] == "ending"] == []
    assert "filing" not in str(state["units"]["P"]["acts"])
    filed.retract(told)
    assert "filed" not in filed.state()["units"]["P"]
    with pytest.raises(MonitorError, match="NTM-856"):
        filed.retract(told)
    without.close()
    filed.close()


@pytest.mark.parametrize(("filed", "over"), [(None, "2026-06-02"), (date(2026, 5, 25), "2026-11-29")])
def test_a_certificate_between_two_laws_holds_while_its_result_is_awaited(filed: date | None, over: str) -> None:
    """Its window had passed when the rule began (26/2026, Article 12): filed before its end it runs 180 days longer."""
    monitor = Monitor(on=date(2026, 5, 24))
    monitor.tell(Unit(id="P", kind="product", name="Chè"))
    monitor.tell(Recognition(subject="P", status="ocop-3", on=date(2023, 6, 1), ruleset="ocop/2023"))
    monitor.advance(date(2026, 5, 25))
    if filed is not None:
        monitor.tell(Filing(subject="P", on=filed))
    assert [one for one in kinds(monitor.advance(date(2026, 12, 31))) if one[1] == "expired"] == [(over, "expired", "P")]
    monitor.close()


def test_only_a_product_is_filed_and_a_day_settles_names_and_dossiers(monitor: Monitor) -> None:
    """By the day: what was told and taken back on the same day is not told."""
    with pytest.raises(MonitorError, match="NTM-855"):
        monitor.tell(Filing(subject="A", on=date(2023, 1, 10)))
    monitor.close()
    by_day = Monitor(on=date(2026, 1, 5), by_day=True)
    by_day.tell(Unit(id="P", kind="product", name="Chè"))
    by_day.tell(Recognition(subject="P", status="ocop-3", on=date(2023, 9, 1), ruleset="ocop/2023"))
    name, dossier = Rename(subject="P", name="Chè xanh", on=date(2026, 1, 5)), Filing(subject="P", on=date(2026, 1, 5))
    by_day.tell(name)
    by_day.tell(dossier)
    assert [one.kind for one in by_day.settled()] == ["renamed", "filed"]
    by_day.retract(name)
    by_day.retract(dossier)
    by_day.tell(name)
    by_day.tell(dossier)
    by_day.retract(name)
    by_day.retract(dossier)
    assert by_day.settled() == ()
    by_day.close()


def test_figures_before_the_first_day_wait_for_it(monitor: Monitor) -> None:
    """A figure of a commune to come decides nothing before its day."""
    monitor.tell(commune("B", begins=date(2023, 3, 1)))
    monitor.tell(Measurement(subject="B", ruleset=SET, indicator="15.1", value="50"))
    assert monitor.statuses()["B"] == {}
    monitor.advance(date(2023, 3, 1))
    assert monitor.statuses()["B"]["commune-ntm"] == "not_met"
    monitor.close()
