"""Settling: from one thing told to everything that follows from it, by turns of deciding (the core) and concluding (the chain)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, Final

from ntm_rules.conditions import ANY_OF
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.monitor.chain import Chain, Fact, edition_key
from ntm_rules.monitor.day import Law
from ntm_rules.monitor.definitions import FAILED, MET, NEVER, OPEN, OVER, RUNNING, WINDOW, counting, said_by_core, word
from ntm_rules.monitor.errors import refusal
from ntm_rules.monitor.figure import Said, Slip
from ntm_rules.monitor.foreseen import Acted, foreseen, said_of, without_figures
from ntm_rules.monitor.pending import Pending, Under
from ntm_rules.monitor.seen import Seen, is_exact, seen_of
from ntm_rules.monitor.standing import Standings
from ntm_rules.monitor.told import Unit
from ntm_rules.monitor.watched import Units, Watched
from ntm_rules.problems import Problem
from ntm_rules.register.acts import FIRST_STATUS
from ntm_rules.values import Bilingual, Outcome, SourceLevel

BATCH: Final = 25  # units in one run of the chain
ROUNDS: Final = 1_000_000
ORDER: Final = {kind: rank for rank, kind in enumerate(("product", "village", "commune", "district", "province"))}


class Settling:
    """What has still to be decided, and what was concluded so far."""

    def __init__(self, units: Units, law: Law, chain: Chain, accept: SourceLevel) -> None:
        self.alerts: list[dict[str, Any]] = []
        self.doubts: list[Problem] = []
        self.said: Said | None = None
        self.taken_back: Said | None = None
        self._units, self._law, self._chain, self._accept = units, law, chain, accept
        self._pending: dict[int, dict[str, Pending]] = {rank: {} for rank in ORDER.values()}
        self._left: dict[str, dict[str, str]] = {}  # of units that are about to leave their wholes, or to be forgotten
        self._fresh: set[tuple[str, str]] = set()  # statuses that were given just now
        self._standings = Standings(units, law, accept)
        self._under: dict[tuple[str, str], Under] = {}
        self._words: dict[str, str] = {}

    # --- what happened -------------------------------------------------------------------------------------------

    def decide(self, unit: str, family: str, *, told: bool = False) -> None:
        """A unit has to be decided under a family; ``told``: because something was told of it."""
        families = self._queue(unit).families
        families[family] = families.get(family, False) or told

    def acts(self, unit: str) -> None:
        """Something that authorities did to a unit changed, or its time came."""
        watched = self._units.change(unit)
        if watched.renamed:
            watched.members.clear()
        exists = watched.stands(self._law.on)
        if exists != watched.exists:
            watched.exists = exists
            self._note(watched, "exists")
            self._all_families(watched)
        begins = watched.begun(self._law.on)
        if begins != watched.begins:  # another unit under the same code: what was told before is not of it
            watched.begins = begins
            watched.slips.clear()
            self._all_families(watched)
        held = watched.holds(self._law.on)
        watched.judged = self._standings.families(watched, held)
        derived = self._standings.derived(watched, self._law.on.year)
        watched.derived_in = {year: self._standings.derived(watched, year) for year in watched.years()} if derived else {}
        for name in sorted(watched.derived.keys() | derived.keys()):
            if watched.derived.get(name) != derived.get(name):
                self._note(watched, name)
        if watched.derived != derived:
            watched.derived = derived
            watched.members.clear()
        for status in sorted(watched.held.keys() | held.keys()):
            if watched.held.get(status) != held.get(status):
                self._note(watched, status)
                if held.get(status):
                    self._fresh.add((unit, word(status)))
                for family in watched.families:
                    rules = self._law.rules(family, watched.unit.province)
                    if rules is not None and rules.document.grants == status:
                        self._queue(unit).anyway.add(family)
                        self.decide(unit, family)
        if watched.held != held:
            watched.held = held
            watched.members.clear()
        for family in sorted({*watched.families} ^ watched.seen.keys()):
            self.decide(unit, family)
        self._certificate_phases(watched)
        self._look_again(unit, *self._units.wholes(unit))  # revocations among the parts of a district are a ground of their own

    def act(self, told: Acted) -> None:
        """An authority's act was told: it is said, unless it is to come or happened before anybody watched."""
        if self._law.began <= told.on <= self._law.on:
            self.alerts += ({"on": self._law.on, **fields} for fields in said_of(told, self._units))

    def _look_again(self, *units: str) -> None:
        """What the law of revocation says of these units may have changed, whatever is decided of them."""
        for unit in units:
            if self._units[unit].has_acts or self._units[unit].standings:
                self._queue(unit).standings = True

    def part_of(self, unit: str) -> None:
        """A unit, with all below it, may be about to leave the wholes that it is a part of."""
        self._look_again(*self._units.wholes(unit))
        for part in (unit, *self._units.below(unit)):
            left = self._left.setdefault(part, {})
            left.update((whole, self._units[whole].unit.kind) for whole in self._units.wholes(part))

    def unit(self, unit: str, before: Unit | None) -> None:
        """A unit was told, or told anew."""
        watched = self._units.change(unit)
        self.acts(unit)
        if before is None:
            return
        now = watched.unit
        for name in sorted({*now.attributes} | {*before.attributes}):
            if (name in now.attributes) != (name in before.attributes) or now.attributes.get(name) != before.attributes.get(name):
                self._note(watched, name)
        if now.province != before.province or now.attributes != before.attributes:  # decided at once, so that a wrong attribute is refused
            self._all_families(watched)
        for family in sorted({*now.watch} ^ {*before.watch}):
            self.decide(unit, family)
        if now.part_of != before.part_of:
            for part in (unit, *self._units.below(unit)):
                self._note(self._units[part], "exists")
        watched.members.clear()

    def gone(self, unit: str) -> None:
        """A unit is about to be forgotten."""
        self.part_of(unit)
        self._note(self._units[unit], "exists")

    def day(self, day: date, concerned: frozenset[str]) -> None:
        """Another day began: acts on the units ``concerned`` take effect or expire, other law comes into force, years turn."""
        self._fresh.clear()
        new_year = day.month == day.day == 1
        if new_year:
            self.alerts += ({"on": day, **fields} for fields in without_figures(self._units, self._law))
        turns = new_year or day in self._law.all_turns
        if turns:  # a status may be judged by a set that nobody watched before
            concerned = frozenset(unit for unit, watched in self._units.units.items() if watched.has_acts)
        for unit in sorted(concerned):
            self.acts(unit)
        self.alerts += ({"on": day, **fields} for fields in foreseen(concerned, self._units, self._law, self._accept))
        if not turns:
            return
        for unit, watched in self._units.units.items():
            if watched.exists:
                for family in watched.families:
                    if new_year or day in self._law.turns(family):
                        self.decide(unit, family)

    def _queue(self, unit: str) -> Pending:
        known = self._units.units.get(unit)
        queue = self._pending[ORDER[known.unit.kind] if known else 0]
        if unit not in queue:
            queue[unit] = Pending()
        return queue[unit]

    def _note(self, watched: Watched, what: str) -> None:
        self._queue(watched.unit.id).moved[what] = watched.unit.kind

    def _all_families(self, watched: Watched) -> None:
        for family in dict.fromkeys((*watched.families, *watched.seen)):
            self.decide(watched.unit.id, family)

    def _certificate_phases(self, watched: Watched) -> None:
        on = self._law.on
        for status in sorted({name for name, _ in watched.recognised} | watched.phases.keys()):
            act = watched.act(status, on)
            phase = 0
            until = watched.until(act) if act is not None else None
            if act is not None and until is not None and watched.exists:
                term = self._law.term(act, on) if watched.unit.kind == "product" else None
                window, longest = (term.window, term.extended) if term is not None else (None, None)
                if until < on and longest is not None and on <= longest and watched.awaited(act, on):
                    phase = WINDOW  # it holds while the result is awaited
                elif until < on:
                    phase = OVER
                elif watched.held.get(status):
                    phase = WINDOW if window is not None and window[0] <= on else RUNNING
            was = watched.phases.get(status, 0)
            if phase != was:
                watched.phases[status] = phase
                if not phase:
                    del watched.phases[status]
                self._queue(watched.unit.id).certificates[status] = (was, phase)

    # --- what follows --------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Decide and conclude until nothing is left, parts before wholes.

        Raises:
            SubjectError: something told of a unit cannot be read by a set that decides it.
            MonitorError: the chain concluded otherwise than the core decided.
        """
        for _ in range(ROUNDS):
            queue = next((queue for queue in self._pending.values() if queue), None)
            if queue is None:
                return
            batch = [(unit, queue.pop(unit)) for unit in list(islice(queue, BATCH))]
            given: dict[tuple[Any, ...], Fact] = {}
            for unit, pending in batch:
                for fact in self._given(unit, pending):
                    given.setdefault((fact.edition, *fact.fact.items()), fact)
            if given:
                self._conclude(list(given.values()))
        raise refusal(
            "NTM-853", detail=Bilingual("không dừng", "it does not come to an end")
        )  # pragma: no cover - parts come before wholes

    def _given(self, unit: str, pending: Pending) -> Iterator[Fact]:
        if unit in self._units.units and (pending.families or pending.standings):
            watched = self._units.change(unit)
            decided: dict[str, Decision] = {}
            for family, told in pending.families.items():
                yield from self._decided(watched, family, told, pending, decided)
            yield from self._standing_facts(watched, decided, everything=pending.standings)
        for what, kind in pending.moved.items():
            yield Fact({"kind": "moved", "unit": unit, "of": kind, "what": self._word(what)})
        if pending.moved:
            wholes = {whole: self._units[whole].unit.kind for whole in self._units.wholes(unit)} | self._left.get(unit, {})
            for whole, kind in wholes.items():
                yield Fact({"kind": "part", "unit": unit, "whole": whole, "of": kind})
        for status, (was, now) in pending.certificates.items():
            yield Fact({"kind": "cert", "unit": unit, "status": self._word(status), "was": was, "now": now})

    def _standing_facts(self, watched: Watched, decided: dict[str, Decision], *, everything: bool) -> Iterator[Fact]:
        """What the law of revocation now says of the statuses held, where that changed."""
        unit, before = watched.unit.id, watched.standings
        watched.standings = self._standings.codes(watched, decided, everything=everything)
        for status, now in watched.standings.items():
            was = before.get(status, NEVER)
            if now != was:
                yield Fact({"kind": "standing", "unit": unit, "status": self._word(status), "was": was, "now": now})

    def _decided(self, watched: Watched, family: str, told: bool, pending: Pending, decided: dict[str, Decision]) -> Iterator[Fact]:
        """Decide under one family, and the facts that tell the chain of it where anything changed."""
        unit, on = watched.unit, self._law.on
        rules = self._law.rules(family, unit.province) if watched.exists and family in watched.families else None
        old = watched.seen.pop(family, None)
        if rules is None or rules.kind != unit.kind:
            if (
                old is not None
                and self._grants_base(watched, old)
                and not any(self._grants_base(watched, x) for x in watched.seen.values())
            ):
                self._count_criteria(watched, None, pending)
            return
        decision = rules.evaluate(self._units.subject(unit.id, rules, on), accept=self._accept)
        decided[rules.id] = decision
        new = watched.seen[family] = seen_of(rules, decision)
        if rules.document.grants == FIRST_STATUS:
            self._count_criteria(watched, decision, pending)
        grants = rules.document.grants or ""
        has = watched.held.get(grants, unit.attributes.get(grants) is True)
        fails = new.outcome == FAILED and (told or old is None or old.outcome != FAILED)
        if new.outcome != FAILED and grants in watched.slips:
            self._forget_slip(watched, grants)
        slip = watched.slips.get(grants)
        year = self._year_told()
        slips = fails and has and (slip is None or slip.year < year)
        if new == old and family not in pending.anyway and not slips:
            return
        self._chain.learn(rules)
        before = old.observed if old is not None and old.edition == rules.id else ()
        self._under[unit.id, rules.id] = Under(family, rules, before)
        yield Fact({"kind": "today", "year": year, "prev": year - 1}, new.key)
        yield from self._decision_facts(unit.id, rules, old, new, slips)
        if grants:
            status = self._word(grants)
            yield Fact({"kind": "rec", "unit": unit.id, "status": status, "has": has, "new": (unit.id, status) in self._fresh}, new.key)
            if slips and slip is not None:
                yield Fact({"kind": "slipped", "unit": unit.id, "status": status, "year": slip.year}, new.key)

    def _forget_slip(self, watched: Watched, status: str) -> None:
        """A slip that was found through the very fact that is now retracted, or corrected for its year, did not happen."""
        slip = watched.slips[status]
        said = self.said if self.said is not None and self.said.corrects else None
        corrected = said is not None and slip.by is not None and said[:2] == slip.by[:2] and said.year == slip.by.year
        if corrected or (self.taken_back is not None and slip.by is not None and slip.by[:4] == self.taken_back[:4]):
            del watched.slips[status]
            if slip.before is not None:
                watched.slips[status] = Slip(slip.before)

    def _grants_base(self, watched: Watched, seen: Seen) -> bool:
        return self._law.named(seen.edition, watched.unit.province).document.grants == FIRST_STATUS

    def _year_told(self) -> int:
        """The year of what is told; where nothing is, that of the day."""
        return self.said.year if self.said is not None else self._law.on.year

    def _count_criteria(self, watched: Watched, decision: Decision | None, pending: Pending) -> None:
        """Keep the number of criteria met, where every criterion is decided, and note when it changes."""
        is_known = decision is not None and decision.count() > 0 and not decision.count(Outcome.UNDETERMINED)
        count = decision.count(Outcome.MET) if decision is not None and is_known else None
        if count != watched.criteria_met:
            watched.criteria_met = count
            watched.members.clear()
            pending.moved["criteria_met"] = watched.unit.kind

    def _decision_facts(self, unit: str, rules: RuleSet, old: Seen | None, new: Seen, told: bool) -> Iterator[Fact]:
        was = old.outcome if old is not None else NEVER
        if said_by_core(rules):
            yield Fact({"kind": "dec", "unit": unit, "was": was, "told": told, "said": new.outcome}, new.key)
            return
        met, failed, still_open = (new.codes.count(code) for code in (MET, FAILED, OPEN))
        tally = {"met": met, "known": met + failed, "reach": met + still_open}
        codes = {f"c{number}": code for number, code in enumerate(new.codes)}
        yield Fact({"kind": "dec", "unit": unit, "was": was, "told": told, **tally, **codes}, new.key)
        same = old is not None and old.edition == new.edition
        before = dict(zip(old.sections, old.codes, strict=True)) if old is not None and same else {}
        places = counting(rules)
        seen_before = dict(zip(places, old.observed, strict=True)) if old is not None and same and len(old.observed) == len(places) else {}
        observed = dict(zip(places, new.observed, strict=True))
        witnessed: set[int] = set()
        unchanged: dict[int, int] = {}
        for number, (section, code) in enumerate(zip(new.sections, new.codes, strict=True)):
            earlier = before.get(section, NEVER)
            moved = code == earlier and number in seen_before and is_exact(observed[number]) and seen_before[number] != observed[number]
            if code != earlier or moved:
                witnessed.add(code)
                yield Fact({"kind": "crit", "unit": unit, "nr": number, "was": earlier, "now": code, "moved": moved}, new.key)
            else:
                unchanged.setdefault(code, number)
        for code, number in unchanged.items():  # that a criterion is failed, open or met takes one of them to show
            if code not in witnessed and (code in (FAILED, OPEN) or (code == MET and rules.document.passes.rule == ANY_OF.name)):
                yield Fact({"kind": "crit", "unit": unit, "nr": number, "was": code, "now": code, "moved": False}, new.key)

    def _conclude(self, given: list[Fact]) -> None:
        found = self._chain.run("batch", given)
        verdicts: dict[tuple[str, str], list[int]] = {}
        for fact in found.facts:
            if fact["kind"] == "verdict":
                verdicts.setdefault((fact["unit"], fact["set"]), []).append(fact["now"])
        decided = [(str(item.fact["unit"]), item.edition) for item in given if item.fact["kind"] == "dec"]
        names = {edition_key(under.rules): under.rules.id for under in self._under.values()}
        for unit, key in decided:
            name = names[key]
            seen = self._units[unit].seen[self._under[unit, name].family]
            if verdicts.get((unit, name)) != [seen.outcome]:
                raise refusal("NTM-853", unit, detail=f"{name}: {verdicts.get((unit, name))} ≠ {seen.outcome}")
        for fact in found.facts:
            if fact["kind"] == "slip":
                slips, status = self._units.change(fact["unit"]).slips, self._words[fact["status"]]
                before = slips.get(status)
                if before is None or before.year < self._year_told():
                    slips[status] = Slip(self._year_told(), self.said, before.year if before is not None else None)
        self.alerts.extend(map(self._alert, sorted(found.alerts, key=lambda said: said["kind"].startswith("ground"))))  # what follows, last
        for unit, family in found.decide:
            if unit in self._units.units:
                for name in self._units[unit].under(family):
                    self.decide(unit, name)

    def _alert(self, said: dict[str, Any]) -> dict[str, Any]:
        """The fields of an alert, from what the chain says."""
        watched = self._units[said["unit"]]
        fields: dict[str, Any] = {
            "on": self._law.on,
            "kind": said["kind"],
            "subject": watched.unit.id,
            "name": watched.called(self._law.on),
        }
        if "status" in said:
            fields["status"] = self._words[said["status"]]
        if "set" in said:
            fields["ruleset"] = said["set"]
        else:
            act = watched.act(fields["status"], self._law.on)
            assert act is not None  # of a status that is held, or was until today
            if fields["kind"] in ("reassess", "expired"):
                fields["until"] = watched.until(act)
            fields["reason"] = self._standings.reasons.get((watched.unit.id, fields["status"])) if fields["kind"] == "ground" else None
        if "nr" in said:
            under = self._under[watched.unit.id, said["set"]]
            rules = under.rules
            section = rules.document.sections[said["nr"]]
            fields |= {"criterion": section.criterion, "title": section.title}
            if said["nr"] in (places := counting(rules)):
                place = places.index(said["nr"])
                fields["observed"] = watched.seen[under.family].observed[place]
                fields["before"] = under.before[place] if place < len(under.before) else None
        return fields

    def _word(self, text: str) -> str:
        made = word(text)
        self._words[made] = text
        return made
