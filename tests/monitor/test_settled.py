"""Alerts by the day: what it came to, whatever came and went in between; one alert for one thing, the gravest first."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

import ntm_rules as ntm
from ntm_rules.monitor import Alert, Attestation, Measurement, Merge, Monitor, Recognition, Revocation, Told, Unit
from ntm_rules.monitor.alerts import IMPORTANCE, KINDS

SET = "commune/2022"
ON = date(2022, 8, 1)


def income(value: object, subject: str = "x", year: int | None = None) -> Measurement:
    return Measurement(subject=subject, ruleset=SET, indicator="1.1", value=value, year=year)


def second(holds: bool, subject: str = "x") -> Attestation:
    return Attestation(subject=subject, ruleset=SET, number="2", holds=holds)


def recognised(subject: str = "x", status: str = "ntm", on: date = ON) -> Recognition:
    return Recognition(subject=subject, status=status, on=on)


def said(alerts: tuple[Alert, ...]) -> list[tuple[str, str, str]]:
    return [(alert.kind, alert.subject, alert.criterion) for alert in alerts]


@pytest.fixture
def monitor(catalogue: ntm.Catalogue) -> Iterator[Monitor]:
    """Two communes of a district that meet their set and were recognised before anybody watched."""
    with Monitor(catalogue, on=ON, by_day=True) as made:
        made.tell(Unit(id="d", kind="district", watch=("district",)))
        for code in "xy":
            made.tell(Unit(id=code, kind="commune", name=f"Xã {code}", part_of="d", attributes={"area": "I"}, watch=("commune",)))
            made.tell(recognised(code, on=date(2022, 7, 15)))
            made.tell(income(55, code))
            made.tell(second(True, code))
        made.settled()
        yield made


def test_what_is_mended_on_the_same_day_is_not_told(monitor: Monitor) -> None:
    """Fifty values of one commune within a day, the last as good as the first: nothing happened."""
    for number in range(50):
        assert monitor.tell(income(40 if number % 2 == 0 else 56)) == ()
    assert monitor.settled() == ()
    assert said(monitor.alerts()) == [("meets", "d", "")]  # of the first evening


def test_a_slip_is_one_alert_with_its_criteria(monitor: Monitor) -> None:
    """Both criteria and the set are one thing; the day after, another criterion is told by itself."""
    monitor.tell(income(40))
    monitor.tell(second(False))
    alerts = monitor.advance(date(2022, 8, 2))
    assert said(alerts) == [("ground", "x", ""), ("slipped", "x", "")]
    assert alerts[1].on == ON
    assert alerts[1].text("vi").endswith("nay không còn đạt bộ commune/2022: tiêu chí 1 (Thu nhập), 2 (Hai)")
    assert [alert.number for alert in monitor.alerts()] == [1, 2, 3]
    monitor.tell(income(40, "y"))
    assert said(monitor.settled()) == [("slipped", "y", "")]
    monitor.tell(second(False, "y"))
    assert said(monitor.settled()) == [("ground", "y", ""), ("criterion-lost", "y", "2")]


def test_the_gravest_stands_first_whatever_was_told_first(monitor: Monitor) -> None:
    """A recognition, then a slip of another: the slip is what has to be looked at."""
    monitor.tell(recognised("d", "district-ntm"))
    monitor.tell(income(40, "y"))
    monitor.tell(Revocation(subject="x", status="ntm", on=ON))
    alerts = monitor.settled()
    assert [alert.importance for alert in alerts] == sorted(alert.importance for alert in alerts)
    assert said(alerts)[:3] == [("revoked", "x", ""), ("slipped", "y", ""), ("criterion-lost", "d", "1")]
    assert ("recognised", "d", "") in said(alerts)
    assert "share-lost" not in [alert.kind for alert in alerts]  # the criterion that the district lost is that share


def test_a_share_that_went_there_and_back_did_not_move(monitor: Monitor) -> None:
    """It is told once a day, with the difference that the day made."""
    taken = Revocation(subject="x", status="ntm", on=ON)
    monitor.tell(taken)
    monitor.retract(taken)
    assert monitor.settled() == ()
    monitor.tell(taken)
    monitor.tell(Revocation(subject="y", status="ntm", on=ON))
    [lost] = [alert for alert in monitor.settled() if alert.kind == "share-lost"]
    assert (str(lost.before), str(lost.observed)) == ("100 %", "0 %")


def test_the_order_of_facts_within_a_day_does_not_matter(catalogue: ntm.Catalogue) -> None:
    """Recognised first and failing then, or the other way round: it is recognised while its figures fail."""
    found = []
    for facts in ((recognised(), income(40), second(True)), (second(True), income(40), recognised()), (income(40), recognised())):
        with Monitor(catalogue, on=ON, by_day=True) as monitor:
            monitor.tell(Unit(id="x", kind="commune", watch=("commune",)))
            for fact in facts:
                monitor.tell(fact)
            found.append(said(monitor.settled()))
    assert found == [[("recognised-unmet", "x", "")]] * 3


def test_what_is_no_longer_known_at_the_end_of_the_day(monitor: Monitor) -> None:
    """It failed and its figure was taken back: not a slip, but unsettled."""
    monitor.tell(income(40))
    monitor.retract(income(40))
    assert said(monitor.settled()) == [("unsettled", "x", "")]


def test_a_refused_fact_leaves_the_day_as_it_was(monitor: Monitor) -> None:
    """What the day began with is not lost with it."""
    monitor.tell(income(40))
    with pytest.raises(ntm.NtmError):
        monitor.advance(date(2021, 1, 1))
    with pytest.raises(ntm.NtmError):
        monitor.tell(income("nhiều"))
    assert said(monitor.settled()) == [("slipped", "x", "")]


def test_a_merged_unit_is_told_and_forgotten_ones_are_not(monitor: Monitor) -> None:
    """One alert for each unit that went; what was said of a unit retracted on the day goes with it."""
    monitor.tell(Merge(old=("x",), new="y", on=date(2022, 9, 1)))
    alerts = monitor.advance(date(2022, 9, 2))
    assert ("merged", "x", "") in said(alerts)
    assert "nhập vào «Xã y» từ ngày 2022-09-01" in next(one for one in alerts if one.kind == "merged").text("vi")


def test_every_kind_has_its_importance() -> None:
    """Once; a kind without one could not be ordered."""
    assert sorted(kind for kinds in IMPORTANCE for kind in kinds) == sorted(KINDS)


# --- a long run -------------------------------------------------------------------------------------------------------

_WHOLE = "NTM_TRUST" in os.environ  # 200,000 facts, others each time; the short form has the same every time
FACTS = 200_000 if _WHOLE else 1_500
PER_DAY = 40


class Plain:
    """The same, kept in the plainest way: two outcomes and the days of acts of each commune."""

    def __init__(self) -> None:
        self.income: dict[str, int] = {}
        self.second: dict[str, bool] = {}
        self.acts: dict[str, list[tuple[date, bool]]] = {}

    def take(self, fact: Told) -> None:
        match fact:
            case Measurement():
                self.income[fact.subject] = int(fact.value)
            case Attestation():
                self.second[fact.subject] = fact.holds
            case Recognition() | Revocation():
                self.acts.setdefault(fact.subject, []).append((fact.on, isinstance(fact, Recognition)))

    def holds(self, unit: str) -> bool:
        """By the latest act; on one day a revocation counts after a recognition."""
        acts = self.acts.get(unit, [])
        return bool(acts) and sorted(acts, key=lambda act: (act[0], not act[1]))[-1][1]

    def state(self, unit: str) -> tuple[bool, bool, int]:
        """Whether it holds the status, meets its set, and how many criteria it fails."""
        fails = (self.income[unit] < 50) + (not self.second[unit])
        return self.holds(unit), fails == 0, fails


def expected(before: tuple[bool, bool, int], now: tuple[bool, bool, int]) -> set[str]:
    """What is said of a commune between two evenings."""
    (held, met, _), (holds, meets, _) = before, now
    if holds and not meets:
        return {"recognised-unmet"} if not held else {"slipped"} if met else set()
    if meets and not met:
        return {"meets"} if not holds else {"regained"} if held else set()
    return set()


def test_a_long_run_in_which_statuses_are_held_and_lost(catalogue: ntm.Catalogue) -> None:
    """Day after day of one year anew: the alerts of each day are the difference of two evenings, computed from the facts alone."""
    chance = random.Random() if _WHOLE else random.Random(16)
    communes = [f"x{number}" for number in range(60)]
    given: dict[str, int] = {}
    facts = 0
    while facts < FACTS:
        plain, on = Plain(), ON
        with Monitor(catalogue, on=on, by_day=True, keep=0) as monitor:
            for unit in communes:
                monitor.tell(Unit(id=unit, kind="commune", watch=("commune",)))
                for fact in (income(55, unit), second(True, unit)):
                    plain.take(fact)
                    monitor.tell(fact)
            monitor.settled()
            while on.year == ON.year and facts < FACTS:
                evening = {unit: plain.state(unit) for unit in communes}
                for _ in range(PER_DAY):
                    unit = chance.choice(communes)
                    fact: Told = chance.choice(
                        (
                            income(chance.choice((40, 49, 50, 55)), unit),
                            second(chance.random() < 0.7, unit),
                            recognised(unit, on=on),
                            Revocation(subject=unit, status="ntm", on=on),
                        )
                    )
                    plain.take(fact)
                    monitor.tell(fact)
                    facts += 1
                alerts = monitor.settled()
                found = {(one.subject, one.kind) for one in alerts if one.kind in ("slipped", "recognised-unmet", "regained", "meets")}
                wanted = {(unit, kind) for unit in communes for kind in expected(evening[unit], plain.state(unit))}
                assert found == wanted, on
                assert len({(one.subject, one.kind, one.criterion) for one in alerts}) == len(alerts)
                assert {unit: held.get("ntm") for unit, held in monitor.held().items()} == {
                    unit: plain.holds(unit) for unit in communes if unit in plain.acts
                }
                for _, kind in found:
                    given[kind] = given.get(kind, 0) + 1
                on += timedelta(days=1)
                monitor.advance(on)
    assert min(given.get(kind, 0) for kind in ("slipped", "recognised-unmet", "regained", "meets")) > 10
