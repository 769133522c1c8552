"""What may be told and what is refused, what a retraction takes back, the days on which things change by themselves, and callbacks."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_journal import FIRST, script

import ntm_rules as ntm
from ntm_rules.monitor import (
    Alert,
    Attestation,
    Journal,
    Measurement,
    Merge,
    Monitor,
    MonitorError,
    Recognition,
    Revocation,
    Told,
    Unit,
)
from ntm_rules.register import Category

NTM = "commune/2022"
REAL = "commune-ntm/2021-2025"


def commune(code: str, **more: Any) -> Unit:
    return Unit(id=code, kind="commune", watch=("commune",), **more)


def income(value: object, subject: str = "x") -> Measurement:
    return Measurement(subject=subject, ruleset=NTM, indicator="1.1", value=value)


def recognised(subject: str = "x", status: str = "ntm", on: date = date(2022, 8, 1), **more: Any) -> Recognition:
    return Recognition(subject=subject, status=status, on=on, **more)


def kinds(alerts: tuple[Alert, ...]) -> list[str]:
    return [alert.kind for alert in alerts]


@pytest.fixture
def monitor(catalogue: ntm.Catalogue) -> Any:
    """Two communes, a village and a product, nothing known of them."""
    with Monitor(catalogue, on=date(2022, 8, 1)) as made:
        for told in (commune("x"), commune("y"), Unit(id="v", kind="village"), Unit(id="r", kind="product", attributes={"product_set": 1})):
            made.tell(told)
        yield made


# --- the law changes by itself ----------------------------------------------------------------------------------------

TURNS = [date(2022, 1, 1), date(2022, 3, 7), date(2022, 3, 8), date(2024, 3, 1), date(2025, 12, 31), date(2026, 1, 1)]
TURNS += [date(2026, 2, 14), date(2026, 2, 15), date(2026, 3, 1), date(2026, 5, 22), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("commune", "ntm"),
        ("commune", "ntm-advanced"),
        ("commune", "ntm-model"),
        ("commune", "ntm-modern"),
        ("district", "district-ntm"),
        ("district", "district-advanced"),
        ("district", "city-completed"),
        ("village", "village-ntm-ethnic"),
        ("province", "province-completed"),
        ("product", "ocop"),
    ],
)
def test_a_status_is_judged_by_the_set_in_force_though_nobody_watched_it(kind: Any, status: str) -> None:
    """On each day the state is that of a monitor begun on that day: the sets of 2022-03-08 and 2026-02-15 are of other families."""
    attributes = {"product_set": 15} if kind == "product" else {"region": "tay-nguyen", "area": "III"} if kind == "commune" else {}
    facts: tuple[Told, ...] = (
        Unit(id="x", kind=kind, province="kon-tum", attributes=attributes),
        Recognition(subject="x", status=status, on=date(2021, 7, 5), stars=4 if kind == "product" else None),
    )
    with Monitor(on=date(2021, 12, 31)) as walked:
        for told in facts:
            walked.tell(told)
        for day in TURNS:
            walked.advance(day)
            with Monitor(on=day) as fresh:
                for told in facts:
                    fresh.tell(told)
                assert (walked.statuses(), walked.held(), walked.standings()) == (fresh.statuses(), fresh.held(), fresh.standings()), day


@pytest.mark.parametrize("seed", range(5))
def test_one_long_way_or_many_short_ones(catalogue: ntm.Catalogue, seed: int) -> None:
    """Going to a day at once gives the alerts and the state of going there day by day."""
    with Monitor(catalogue, on=FIRST) as far, Monitor(catalogue, on=FIRST) as near:
        for word, content in script(seed, 70):
            for monitor in (far, near):
                try:
                    if word == "advance" and monitor is near:
                        while monitor.on < content:
                            monitor.advance(monitor.on + timedelta(days=1))
                    else:
                        getattr(monitor, word)(content)
                except MonitorError:
                    assert word == "retract"
        assert far.alerts() == near.alerts()
        assert far.state() == near.state()


def test_recognised_unmet_is_told_once_on_a_long_way(monitor: Monitor) -> None:
    """On the day of the recognition, and not again when the year turns."""
    monitor.tell(Attestation(subject="x", ruleset=NTM, number="2", holds=False))
    monitor.tell(income("55"))
    monitor.tell(recognised(on=date(2022, 9, 1)))
    alerts = monitor.advance(date(2024, 6, 1))
    assert [(alert.kind, alert.on) for alert in alerts if alert.kind == "recognised-unmet"] == [("recognised-unmet", date(2022, 9, 1))]


def test_a_certificate_in_its_window_is_due(catalogue: ntm.Catalogue) -> None:
    """As the review says of it: not that it keeps its status."""
    with Monitor(catalogue, on=date(2024, 1, 1)) as monitor:
        monitor.tell(Unit(id="r", kind="product", attributes={"product_set": 1}))
        monitor.tell(recognised("r", "ocop", date(2024, 1, 1), stars=3))
        assert monitor.standings() == {"r": {"ocop": Category.KEEPS_STATUS}}
        assert kinds(monitor.advance(date(2024, 10, 3))) == ["ending", "reassess"]
        assert monitor.standings() == {"r": {"ocop": Category.DUE_FOR_REASSESSMENT}}


def test_a_certificate_whose_term_is_not_known(monitor: Monitor) -> None:
    """Recognised before any edition on record: whether it still runs cannot be said, so neither that it keeps its class."""
    monitor.tell(recognised("r", "ocop", date(2020, 12, 30), stars=3))
    assert monitor.standings()["r"] == {"ocop": Category.UNDETERMINED}


# --- what is refused --------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, Callable[[], Told]]] = {
    "a status that nobody knows": ("NTM-854", lambda: recognised(status="ntmm")),
    "a revoked status that nobody knows": ("NTM-854", lambda: Revocation(subject="x", status="ntm-", on=date(2022, 1, 1))),
    "a status of another kind of unit": ("NTM-854", lambda: recognised(status="district-ntm")),
    "stars of a commune": ("NTM-854", lambda: recognised(status="ocop")),
    "a day before all law": ("NTM-854", lambda: recognised(on=date(1, 1, 1))),
    "a day at the end of the calendar": ("NTM-854", lambda: recognised("r", "ocop", date(9999, 12, 30), stars=3)),
    "a last day before all law": ("NTM-854", lambda: recognised(on=date(2022, 1, 1), until=date(100, 1, 1))),
    "a moment": ("NTM-854", lambda: recognised(on=datetime(2022, 1, 1))),  # noqa: DTZ001
    "a code of two lines": ("NTM-854", lambda: commune("a\nb")),
    "a code with a lone surrogate": ("NTM-854", lambda: commune("a\ud800")),
    "a name with a lone surrogate": ("NTM-854", lambda: commune("a", name="Xã \ud800")),
    "a note that steers the terminal": ("NTM-854", lambda: commune("a", note="\x1b[2J")),
    "a kind that does not exist": ("NTM-854", lambda: Unit(id="a", kind="comune")),  # type: ignore[arg-type]
    "a value of a unit merged away": ("NTM-404", lambda: income("140", "gone")),
    "an indicator of a unit merged away": ("NTM-401", lambda: Measurement(subject="gone", ruleset=NTM, indicator="9.9", value="1")),
    "a merger of both into each other": ("NTM-855", lambda: Merge(old=("y",), new="gone", on=date(2022, 8, 1))),
    "a merger into a unit not told": ("NTM-855", lambda: Merge(old=("x",), new="z", on=date(2022, 8, 1))),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused_in_both_languages_and_nothing_changed(monitor: Monitor, why: str) -> None:
    """What cannot be, or could not be lived with afterwards, is not taken; the English has no Vietnamese in it."""
    code, make = REFUSED[why]
    monitor.tell(commune("gone"))
    monitor.tell(Merge(old=("gone",), new="y", on=date(2022, 8, 1)))
    before = monitor.state()
    with pytest.raises(ntm.NtmError) as error:
        monitor.tell(make())
    assert error.value.problems[0].code == code
    english = "\n".join(problem.what("en") for problem in error.value.problems)
    assert not set("ăâđêôơưĂÂĐÊÔƠƯạảấầậắặẹếệịọốộớợụứựỳ") & set(english)
    assert monitor.state() == before
    monitor.advance(date(2030, 1, 1))
    monitor.retract(Merge(old=("gone",), new="y", on=date(2022, 8, 1)))


def test_the_nearest_status_is_named(monitor: Monitor) -> None:
    """A slip of the pen is mended at once."""
    with pytest.raises(MonitorError, match="«ntm-advanced»"):
        monitor.tell(recognised(status="ntm-advanceed"))


def test_a_figure_of_an_edition_that_does_not_decide_today_is_read_all_the_same() -> None:
    """Two sets of targets are in force and neither is watched: the figure decides nothing yet, but a wrong one is refused."""
    with Monitor(on=date(2024, 3, 1)) as monitor:
        monitor.tell(Unit(id="p", kind="province", province="kon-tum"))
        good = Measurement(subject="p", ruleset="targets/kon-tum-2024", indicator="MT1.1", value="4")
        monitor.tell(good)
        with pytest.raises(ntm.SubjectError, match="NTM-404"):
            monitor.tell(Measurement(subject="p", ruleset="targets/kon-tum-2024", indicator="MT1.1", value="-4"))
        assert monitor.retract(good) == ()


@pytest.mark.parametrize("day", ["2024-01-01", datetime(2024, 1, 1), None, date(9999, 1, 1)])  # noqa: DTZ001
def test_only_a_day_can_be_moved_to(monitor: Monitor, day: Any) -> None:
    """A text, a moment or a slip of the pen is refused like everything else."""
    with pytest.raises(MonitorError, match="NTM-854"):
        monitor.advance(day)
    assert monitor.on == date(2022, 8, 1)


def test_an_alert_is_one_line(monitor: Monitor) -> None:
    """Names come from tables of people: line ends and blanks in them become one blank."""
    monitor.tell(commune("x", name=" Xã\n  giả   định "))
    monitor.tell(recognised())
    [_, alert, *_] = monitor.tell(Attestation(subject="x", ruleset=NTM, number="2", holds=False))
    assert alert.text("vi").startswith("2022-08-01 Xã giả định (x): ")
    assert len(alert.text("vi").splitlines()) == 1


@pytest.mark.parametrize(
    "told",
    [income("60"), recognised(on=date(2030, 1, 1)), commune("z"), Merge(old=("x",), new="y", on=date(2030, 1, 1))],
    ids=lambda told: told.word,
)
def test_after_closing_nothing_is_taken(tmp_path: Path, catalogue: ntm.Catalogue, told: Told) -> None:
    """Also what would change no status: it would be in no journal. What was found can still be asked for."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=date(2022, 8, 1), journal=Journal(path)) as monitor:
        monitor.tell(commune("x"))
        monitor.tell(commune("y"))
    before, lines = monitor.state(), path.read_bytes()
    for call in (lambda: monitor.tell(told), lambda: monitor.retract(commune("y")), lambda: monitor.advance(date(2022, 8, 2))):
        with pytest.raises(MonitorError, match="NTM-860"):
            call()
    assert monitor.state() == before
    assert path.read_bytes() == lines
    assert monitor.statuses() == {"x": {"commune": "undetermined"}, "y": {"commune": "undetermined"}}


# --- retractions ------------------------------------------------------------------------------------------------------

STANDING: dict[str, Callable[[str], Told]] = {
    "measurement": lambda note: Measurement(subject="x", ruleset=NTM, indicator="1.1", value="60.0", note=note),
    "attestation": lambda note: Attestation(subject="x", ruleset=NTM, number="2", holds=True, note=note),
    "recognition": lambda note: recognised(note=note, decision="12/QĐ-UBND"),
    "certificate": lambda note: recognised("r", "ocop", stars=3, note=note),
    "revocation": lambda note: Revocation(subject="x", status="ntm", on=date(2022, 8, 1), note=note),
    "merge": lambda note: Merge(old=("x",), new="y", on=date(2022, 8, 1), note=note),
    "unit": lambda note: commune("z", note=note),
}


@pytest.mark.parametrize("kind", STANDING)
def test_a_retraction_says_why_and_leaves_no_trace(monitor: Monitor, kind: str) -> None:
    """The note of a retraction is its own, not that of the fact; afterwards it is as if the fact was never told."""
    before = monitor.state()
    monitor.tell(STANDING[kind]("quý I"))
    assert monitor.state() != before
    alerts = len(monitor.alerts())
    monitor.retract(STANDING[kind]("nhầm xã"))
    assert monitor.state() == {**before, "alerts": before["alerts"] + len(monitor.alerts())}
    with pytest.raises(MonitorError, match="NTM-856"):
        monitor.retract(STANDING[kind]("nhầm xã") if kind != "unit" else commune("x", part_of="y"))
    assert alerts <= len(monitor.alerts())


def test_what_stands_is_shown_as_it_was_told(monitor: Monitor) -> None:
    """Whoever retracts the wrong thing sees the line to retract."""
    monitor.tell(recognised(decision="12/QĐ-UBND"))
    with pytest.raises(MonitorError) as error:
        monitor.retract(recognised(decision="13/QĐ-UBND"))
    assert '{"subject": "x", "status": "ntm", "on": "2022-08-01", "decision": "12/QĐ-UBND"}' in error.value.problems[0].what("en")


def test_a_unit_that_others_were_merged_into_stays(monitor: Monitor) -> None:
    """Otherwise a merger would lead nowhere."""
    monitor.tell(Merge(old=("x",), new="y", on=date(2022, 8, 1)))
    with pytest.raises(MonitorError, match="NTM-856"):
        monitor.retract(commune("y"))


def test_a_slip_told_by_mistake_is_no_slip(monitor: Monitor) -> None:
    """Retracted, it is not the first of two years in a row; a real one of the year before still is."""
    monitor.tell(recognised())
    monitor.tell(Attestation(subject="x", ruleset=NTM, number="2", holds=True))
    monitor.tell(income("60"))
    assert "slipped" in kinds(monitor.tell(income("6")))
    monitor.retract(income("6"))
    monitor.tell(income("90"))
    monitor.advance(date(2023, 2, 1))
    assert kinds(monitor.tell(income("40"))) == ["criterion-lost", "slipped"]
    monitor.advance(date(2024, 2, 1))
    monitor.tell(income("90"))
    assert "slipped-again" in kinds(monitor.tell(income("7")))
    monitor.retract(income("7"))
    monitor.tell(income("90"))
    assert "slipped-again" in kinds(monitor.tell(income("41")))


def test_a_slip_mended_and_another_told_by_mistake(monitor: Monitor) -> None:
    """The first was real, and stays: only the one that is retracted is forgotten."""
    monitor.tell(recognised())
    monitor.tell(income("90"))
    for holds in (False, True):
        monitor.tell(Attestation(subject="x", ruleset=NTM, number="2", holds=holds))
    monitor.tell(income("40"))
    monitor.retract(income("40"))
    monitor.tell(income("90"))
    monitor.advance(date(2023, 2, 1))
    assert "slipped-again" in kinds(monitor.tell(income("40")))


# --- callbacks --------------------------------------------------------------------------------------------------------


def test_a_callback_that_raises_misses_nothing(catalogue: ntm.Catalogue) -> None:
    """It is called with every alert; then what it raised comes out; the fact is in effect."""
    got: list[str] = []

    def fussy(alert: Alert) -> None:
        got.append(alert.kind)
        raise ConnectionError(alert.kind)

    with Monitor(catalogue, on=date(2022, 8, 1), callback=fussy) as monitor:
        monitor.tell(commune("x"))
        with pytest.raises(ConnectionError, match="recognised"):
            monitor.tell(recognised())
        with pytest.raises(ConnectionError, match="criterion-lost"):
            monitor.tell(Attestation(subject="x", ruleset=NTM, number="2", holds=False))
        assert got == ["recognised", "criterion-lost", "slipped", "ground"] == kinds(monitor.alerts())


def test_a_callback_that_tells_something_itself(catalogue: ntm.Catalogue) -> None:
    """It gets the alerts in their order: first those it was called for, then what follows from what it told."""
    got: list[int] = []

    def revoking(alert: Alert) -> None:
        got.append(alert.number)
        if alert.kind == "criterion-lost" and alert.subject == "x":
            monitor.tell(Attestation(subject="y", ruleset=NTM, number="2", holds=False))

    with Monitor(catalogue, on=date(2022, 8, 1), callback=revoking) as monitor:
        for code in "xy":
            monitor.tell(commune(code))
            monitor.tell(recognised(code))
        monitor.tell(Attestation(subject="x", ruleset=NTM, number="2", holds=False))
        assert got == [1, 2, 3, 4, 5, 6, 7, 8]
        assert [alert.subject for alert in monitor.alerts()] == ["x", "y", *["x"] * 3, *["y"] * 3]


def test_what_a_callback_raises_is_no_refused_line(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """A replay whose callback raises an error of this library stops with that error, and is closed."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=date(2022, 8, 1), journal=Journal(path)) as monitor:
        monitor.tell(commune("x"))
        monitor.tell(recognised())
        monitor.tell(income("40"))

    def wrong(_: Alert) -> None:
        raise ntm.NotFound([])

    with pytest.raises(ntm.NotFound):
        Monitor.replay(path, catalogue, callback=wrong)


def test_reading_beside_telling(catalogue: ntm.Catalogue) -> None:
    """Another thread sees each fact with everything that follows from it, or not at all."""
    with Monitor(catalogue, on=date(2022, 8, 1)) as monitor:
        monitor.tell(Unit(id="d", kind="district", watch=("district",)))
        for code in "xy":
            monitor.tell(Unit(id=code, kind="commune", part_of="d", attributes={"area": "I", "ntm": False}))
        halves: list[Any] = []
        done = threading.Event()

        def look() -> None:
            while not done.is_set():
                state = monitor.state()["units"]
                held = sum(state[code]["held"].get("ntm", False) for code in "xy")
                if state["d"]["found"]["district"][-2 if len(state["d"]["found"]["district"]) > 5 else -1] != f"{50 * held} %":
                    halves.append(state)

        reader = threading.Thread(target=look)
        reader.start()
        for _ in range(20):
            for code in "xy":
                monitor.tell(recognised(code))
            for code in "xy":
                monitor.retract(recognised(code))
        done.set()
        reader.join()
        assert halves == []


@pytest.mark.parametrize(
    ("status", "count", "comes_to"),
    [
        ("ntm", "19", Category.STILL_MEETS),
        ("ntm", "17", Category.KEEPS_STATUS),
        ("ntm", "20", Category.UNDETERMINED),
        ("ntm-advanced", "19", Category.UNDETERMINED),
        ("ntm-model", "19", Category.UNDETERMINED),
    ],
)
def test_a_number_of_criteria_met_speaks_of_the_first_set_alone(status: str, count: str, comes_to: Category) -> None:
    """19 criteria met are of the first set; of the advanced and model sets they say nothing, nor does a number too large for the set."""
    monitor = Monitor(on=date(2023, 6, 30))
    monitor.tell(Unit(id="x", kind="commune", attributes={"criteria_met": count, "region": "tay-nguyen"}))
    monitor.tell(Recognition(subject="x", status=status, on=date(2023, 1, 1)))
    assert monitor.standings()["x"] == {status: comes_to}
    monitor.close()


# --- without the engine -----------------------------------------------------------------------------------------------

WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, *_):
        if name.split(".")[0] in ("durable", "durable_rules_engine"):
            raise ModuleNotFoundError(name) if {gone!r} else ImportError("undefined symbol: PyEval_CallObject")
sys.meta_path.insert(0, Missing())
{program}
"""


def without(program: str, *, gone: bool = True) -> subprocess.CompletedProcess[str]:
    """A program run where durable_rules is not installed, or was built in a way that cannot be imported."""
    source = WITHOUT.format(gone=gone, program=program)
    return subprocess.run([sys.executable, "-W", "ignore", "-c", source], capture_output=True, encoding="utf-8", timeout=120)


def test_nothing_but_a_monitor_needs_the_engine(tmp_path: Path) -> None:
    """The library, the module and its facts are imported and a journal is read without it; a journal that was to be new is untouched."""
    ran = without(f"""
from datetime import date
import ntm_rules, ntm_rules.monitor as m
from ntm_rules.monitor.definitions import definition
assert ntm_rules.load("commune-ntm/2021-2025").evaluate(ntm_rules.Subject(id="x", kind="commune")).outcome == "undetermined"
definition(ntm_rules.load("commune-ntm/2021-2025"))
m.read_told("unit", {{"id": "x", "kind": "commune"}})
journal = m.Journal({str(tmp_path / "j.jsonl")!r})
try: m.Monitor(on=date(2024, 1, 1), journal=journal)
except ntm_rules.MissingExtra as error: print(error.problems[0].code)
print(open({str(tmp_path / "j.jsonl")!r}).read() == "")
""")
    assert (ran.stdout, ran.stderr) == ("NTM-901\nTrue\n", "")


def test_importing_the_monitor_does_not_import_the_engine() -> None:
    """Only making a monitor does."""
    program = "import sys, ntm_rules, ntm_rules.monitor; print([n for n in sys.modules if n.startswith('durable')])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=120)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


@pytest.mark.parametrize(("gone", "code"), [(True, "NTM-901"), (False, "NTM-850")])
@pytest.mark.parametrize("as_json", [False, True])
def test_watch_without_the_engine(tmp_path: Path, gone: bool, code: str, as_json: bool) -> None:
    """Exit code 2, what to install, and no traceback."""
    path = tmp_path / "j.jsonl"
    path.write_text('{"journal": "ntm-rules/journal/v1", "on": "2024-01-01", "accept": "recalled"}\n')
    arguments = ["watch", str(path), "--lang", "en", *(["--json"] if as_json else [])]
    ran = without(f"from ntm_rules.cli.app import run; run({arguments!r})", gone=gone)
    assert ran.returncode == 2
    said = ran.stdout if as_json else ran.stderr
    assert code in said
    assert "pip install" in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in ran.stderr
