"""The monitor: facts arrive one at a time; the core decides again whom they concern, and the chain says what follows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ntm_rules.decide.choose import applicable, load
from ntm_rules.decide.decision import Decision
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.monitor.alerts import Alert
from ntm_rules.monitor.chain import Chain
from ntm_rules.monitor.day import Law, reassess_days
from ntm_rules.monitor.errors import JournalError, refusal
from ntm_rules.monitor.foreseen import AHEAD, warning_days
from ntm_rules.monitor.journal import Entry, Journal, at_line, read_journal
from ntm_rules.monitor.settle import Settling
from ntm_rules.monitor.settled import joined, settled
from ntm_rules.monitor.state import category, plain
from ntm_rules.monitor.telling import Telling
from ntm_rules.monitor.told import Told, wrong_day
from ntm_rules.monitor.watched import Units, Watched
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.register.tally import Category
from ntm_rules.values import Outcome, SourceLevel

OUTCOMES = {0: Outcome.NOT_MET, 1: Outcome.UNDETERMINED, 2: Outcome.NOT_APPLICABLE, 3: Outcome.MET}


class Monitor:
    """Watches units: tell it facts as they come in, and it says what follows from each.

    Whatever is told, in whatever order, :meth:`statuses` is what evaluating the same facts on the same day gives. Alerts are about
    changes, so they depend on the order.

    Args:
        catalogue: the rulesets; left out, those that come with the library.
        on: the day watched; :meth:`advance` moves it.
        accept: the weakest source level that may decide.
        readings: how to read what the law leaves open, as the review of a register does: ``{"counts_from": "at_once"}``.
        journal: where everything told is written before it counts.
        callback: called with each alert, after what was told is in effect.
        keep: how many alerts :meth:`alerts` remembers.
        by_day: give the alerts of a day when the day is over (:meth:`advance`) or when asked (:meth:`settled`): what the day came to,
            one alert for one thing, by importance. Left out, each fact gives its own at once.

    Raises:
        MissingExtra: durable_rules is not installed or cannot be imported.
        JournalError: the journal has begun before.
        ValueError: a reading that there is not.
    """

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        on: date,
        accept: SourceLevel | str = SourceLevel.RECALLED,
        readings: Mapping[str, str] | None = None,
        journal: Journal | None = None,
        callback: Callable[[Alert], None] | None = None,
        keep: int = 10_000,
        by_day: bool = False,
    ) -> None:
        self.catalogue: Catalogue = catalogue or bundled()
        self.accept: SourceLevel = SourceLevel(accept)
        self.callback: Callable[[Alert], None] | None = callback
        self.doubts: list[Problem] = []  # what was left out of lines played, and what the register would say is wrong with acts
        self._partly: list[Problem] = []  # the first of these
        self._units = Units()
        self._units.dawn = {} if by_day else None
        self._today: list[Alert] = []  # of a day that is not over, where alerts are given by the day
        self._ahead = reassess_days(self.catalogue)
        self._law = Law(self.catalogue, on, readings)
        self._lock = threading.RLock()
        self._alerts: deque[Alert] = deque(maxlen=keep)
        self._count = 0
        self._unsaid: deque[Alert] = deque()  # alerts that the callback was not called with yet
        self._calling = self._closed = False
        self._chain = Chain()
        self._journal = journal
        if journal is not None:
            try:
                journal.begin(on, self.accept, readings)
            except BaseException:
                self._chain.close()
                raise

    # --- telling -------------------------------------------------------------------------------------------------

    @property
    def on(self) -> date:
        """The day watched."""
        return self._law.on

    def tell(self, told: Told) -> tuple[Alert, ...]:
        """Take a fact; the alerts that follow from it. A fact that cannot be taken changes nothing.

        Raises:
            MonitorError: it is about a unit that was not told, or contradicts what was told of it, or the monitor is closed.
            SubjectError: the value, attribute or attestation cannot be taken.
            NotFound: no ruleset has that name.
            JournalError: it could not be written to the journal.
        """
        return self._take(Entry("tell", told))

    def retract(self, told: Told) -> tuple[Alert, ...]:
        """Take back a fact that stands, as if nothing had been told in its place; the alerts that follow.

        Raises:
            MonitorError: it does not stand, or something else stands in its place, or the monitor is closed.
            JournalError: it could not be written to the journal.
        """
        return self._take(Entry("retract", told))

    def advance(self, to: date) -> tuple[Alert, ...]:
        """Move to a later day, over every day on the way on which something expires or other law comes into force.

        Raises:
            MonitorError: the day is before the one watched, or none, or the monitor is closed.
            SubjectError: something told before cannot be read by a set that comes into force on the way.
            JournalError: it could not be written to the journal.
        """
        return self._take(Entry("advance", to))

    def _take(self, line: Entry) -> tuple[Alert, ...]:
        with self._lock:
            made = self._do(line)
            self._call_back()
            return made

    def _do(self, line: Entry, partly: list[Problem] | None = None, place: Place | None = None) -> tuple[Alert, ...]:
        """All of it or nothing: undone when anything fails, written to the journal before any alert is given."""
        if self._closed:
            raise refusal("NTM-860")
        self._units.begin()
        on, dawn = self.on, self._units.dawn
        closing = self._net() if line.word == "advance" else []  # of the day that ends, before anything moves
        work = Settling(self._units, self._law, self._chain, self.accept)
        telling = Telling(self._units, self._law, work, self.accept, partly)
        try:
            content: Any = line.content
            if line.word == "tell":
                telling.tell(content)
            elif line.word == "retract":
                telling.retract(content)
            else:
                self._advance(content, work)
                if self.on == on:
                    return ()
            work.settle()
            if self._journal is not None:
                self._journal.append(line)
        except BaseException:
            self._units.undo()
            self._units.dawn = dawn
            self._law.move(on)
            raise
        self.doubts += work.doubts if place is None else at_line(place, work.doubts)
        found = [Alert(number=number, **fields) for number, fields in enumerate(work.alerts, 1)]
        if dawn is None:
            return self._give(found)
        if self.on == on:
            self._today += found
            return ()
        self._today = [alert for alert in found if alert.on == self.on]
        return self._give([*closing, *joined(alert for alert in found if alert.on < self.on)])

    def _give(self, alerts: list[Alert]) -> tuple[Alert, ...]:
        """Count alerts, keep them, and call the callback with them when what was told is in effect."""
        made = tuple(replace(alert, number=self._count + number) for number, alert in enumerate(alerts, 1))
        self._count += len(made)
        self._alerts.extend(made)
        if self.callback is not None:
            self._unsaid.extend(made)
        return made

    def _call_back(self) -> None:
        """Give the callback every alert in order: also after one that it raised at, and those of what it tells itself."""
        if self._calling:
            return  # it is telling something itself: what follows from that comes after what it was called for
        self._calling = True
        raised: Exception | None = None
        try:
            while self._unsaid and self.callback is not None:
                alert = self._unsaid.popleft()
                try:
                    self.callback(alert)
                except Exception as error:
                    raised = raised or error
        finally:
            self._calling = False
        if raised is not None:
            raise raised

    def _advance(self, to: Any, work: Settling) -> None:
        if (wrong := wrong_day(to)) is not None:
            raise refusal("NTM-854", "advance", detail=wrong)
        if to < self.on:
            raise refusal("NTM-857", got=to, on=self.on)
        for day, units in self._turning_days(to):
            self._law.move(day)
            if day == to and self._units.dawn is not None:
                self._units.dawn = {}
            work.day(day, units)
            work.settle()
        if to > self.on and self._units.dawn is not None:
            self._units.dawn = {}
        self._law.move(to)

    def _net(self) -> list[Alert]:
        return settled(self._today, self._units.dawn, self._units.units) if self._units.dawn is not None else []

    def _turning_days(self, to: date) -> list[tuple[date, frozenset[str]]]:
        """The days after today on which something can change by itself, with the units that acts concern on that day."""
        days: dict[date, set[str]] = {date(year, 1, 1): set() for year in range(self.on.year + 1, to.year + 1)}
        days |= {day: set() for year in range(self.on.year, to.year + 1) for day in warning_days(year)}
        for day in self._law.all_turns:
            days.setdefault(day, set())
        for unit, watched in self._units.units.items():
            for day in self._days_of(watched):
                if self.on < day <= to:
                    days.setdefault(day, set()).add(unit)
        return sorted((day, frozenset(units)) for day, units in days.items() if self.on < day <= to)

    def _days_of(self, watched: Watched) -> Iterator[date]:
        """The days on which acts on a unit take effect, end, or can first be assessed again."""
        for act in watched.recognised.values():
            yield act.on
            until = watched.until(act)
            if until is not None and until < date.max:
                yield until + timedelta(days=1)
                yield from (until - timedelta(days=number) for number in (*self._ahead, *AHEAD))
                if watched.awaited(act, until) and (longest := self._law.term(act, until).extended) is not None:
                    yield longest + timedelta(days=1)
        yield from (day for _, day in watched.revoked)
        if watched.merged is not None:
            yield watched.merged.on
        yield from (day for day, _ in watched.made)
        yield from (*watched.renamed, *watched.filed, *([watched.unit.begins] if watched.unit.begins else ()))
        if watched.unit.until is not None:
            yield watched.unit.until + timedelta(days=1)

    def settled(self) -> tuple[Alert, ...]:
        """The alerts of the day so far, where they are given by the day; what is told next is compared with now."""
        with self._lock:
            made = self._give(self._net())
            self._today.clear()
            self._units.dawn = {} if self._units.dawn is not None else None
            self._call_back()
            return made

    # --- asking --------------------------------------------------------------------------------------------------

    def alerts(self) -> tuple[Alert, ...]:
        """The alerts given so far, oldest first; of very many, the latest."""
        with self._lock:
            return tuple(self._alerts)

    def statuses(self) -> dict[str, dict[str, Outcome]]:
        """What each unit comes to under each family in force today: ``{"23311": {"commune-ntm": Outcome.MET}}``."""
        with self._lock:
            units = sorted(self._units.units.items())
            return {unit: {name: OUTCOMES[seen.outcome] for name, seen in sorted(w.seen.items())} for unit, w in units}

    def held(self) -> dict[str, dict[str, bool]]:
        """The statuses that authorities' acts say each unit holds (true) or no longer holds (false) today."""
        with self._lock:
            return {unit: dict(sorted(watched.held.items())) for unit, watched in sorted(self._units.units.items()) if watched.held}

    def standings(self) -> dict[str, dict[str, Category]]:
        """What the law says today of each status that a unit holds, as the review of a register would.

        A certificate in the days in which it can be assessed again is due for that, whatever its points would come to.
        """
        with self._lock:
            units = sorted(self._units.units.items())
            return {unit: {name: category(w, name) for name in sorted(w.standings)} for unit, w in units if w.standings}

    def decision(self, unit: str, family: str) -> Decision:
        """The full decision on a unit today, with its reasons.

        Raises:
            MonitorError: the unit was not told.
            NotFound: no family has that name.
            NotInForce: no edition of it is in force today.
        """
        with self._lock:
            choose = load if "/" in family else applicable
            rules = choose(family, on=self.on, province=self._units[unit].unit.province, catalogue=self.catalogue)
            return rules.evaluate(self._units.subject(unit, rules, self.on), accept=self.accept)

    def state(self) -> dict[str, Any]:
        """All that was told and found, as plain data: two monitors in the same state give the same."""
        with self._lock:
            return {"on": self.on.isoformat(), "alerts": self._count, "units": {u: plain(w) for u, w in sorted(self._units.units.items())}}

    def close(self) -> None:
        """Free the memory of the engine and close the journal. What was found can still be asked for; nothing more can be told."""
        with self._lock:
            self._closed = True
            self._chain.close()
            if self._journal is not None:
                self._journal.close()

    def __enter__(self) -> Monitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- replaying -----------------------------------------------------------------------------------------------

    @classmethod
    def replay(
        cls, journal: str | Path, catalogue: Catalogue | None = None, *, callback: Callable[[Alert], None] | None = None, keep: int = 10_000
    ) -> tuple[Monitor, tuple[Problem, ...]]:
        """The monitor as it stood when the journal was last written to; and what was taken in part, and the torn last line, if any.

        Raises:
            JournalError: a line cannot be read or is refused; all of them are listed.
            MissingExtra: durable_rules is not installed or cannot be imported.
        """
        content = read_journal(journal)
        if content.problems:
            raise JournalError(content.problems)
        monitor = cls(catalogue, on=content.on, accept=content.accept, readings=content.readings, callback=callback, keep=keep)
        try:
            refused = monitor.play(content.lines)
            if refused:
                raise JournalError(refused)
        except BaseException:
            monitor.close()
            raise
        return monitor, (*monitor._partly, *content.torn)

    @classmethod
    def resume(
        cls,
        journal: str | Path,
        catalogue: Catalogue | None = None,
        *,
        callback: Callable[[Alert], None] | None = None,
        keep: int = 10_000,
        mend: bool = False,
        sync: bool = False,
    ) -> Monitor:
        """Replay a journal and go on writing to it. The callback is called with new alerts only.

        Args:
            journal: the file.
            catalogue: as for the monitor.
            callback: as for the monitor.
            keep: as for the monitor.
            mend: cut off a torn last line, which was never in effect.
            sync: wait until each line is on the disk.

        Raises:
            JournalError: a line cannot be read or is refused, or the last one is torn and is not to be mended.
            MissingExtra: durable_rules is not installed or cannot be imported.
        """
        opened = Journal(journal, mend=mend, sync=sync)
        try:
            monitor, _ = cls.replay(journal, catalogue, keep=keep)
        except BaseException:
            opened.close()
            raise
        monitor._journal, monitor.callback = opened, callback
        return monitor

    def play(self, lines: Iterable[tuple[Place, Entry]]) -> list[Problem]:
        """Take lines of a journal one after another; the problems of those refused, each with its place.

        A province that is on no list, as journals from before the list have it, is left out of what is taken, and told in ``doubts``.
        What a callback raises comes out, as in :meth:`tell`.
        """
        refused: list[Problem] = []
        for place, line in lines:
            with self._lock:
                partly: list[Problem] = []
                try:
                    self._do(line, partly, place)
                    self._partly += at_line(place, partly)
                    self.doubts += at_line(place, partly)
                except NtmError as error:
                    refused += at_line(place, error.problems)
                self._call_back()
        return refused
