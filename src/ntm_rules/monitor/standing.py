"""What the law says of recognised units on the day watched: keeps its status, or gives ground for revocation; from decisions made.

The same pieces as the review of the register, so that the two agree: which set is tested, which rule is in force, and every way in which
what is not known can turn out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.model.ruleset import family_of
from ntm_rules.monitor.facts import Facts, Watched
from ntm_rules.monitor.law import Law
from ntm_rules.monitor.told import Recognition
from ntm_rules.register.acts import Act, Unit, is_first
from ntm_rules.register.area import attribute_on
from ntm_rules.register.book import Register
from ntm_rules.register.law import Ground
from ntm_rules.register.parts import parts_ground
from ntm_rules.register.reasons import law_reason, tally_reasons
from ntm_rules.register.tally import Category, Tally, possible, tally_of, tally_of_count
from ntm_rules.values import Bilingual, SourceLevel, Unknown

STANDINGS: Final = (Category.UNDETERMINED, Category.STILL_MEETS, Category.KEEPS_STATUS, Category.GROUND_FOR_REVOCATION)


class Standings:
    """The standings of the statuses that units hold; reads what is known, changes nothing of it."""

    def __init__(self, facts: Facts, law: Law, accept: SourceLevel) -> None:
        self._facts, self._law, self._accept = facts, law, accept
        self.reasons: dict[tuple[str, str], Bilingual] = {}  # of the grounds found

    def families(self, watched: Watched, held: Mapping[str, bool]) -> tuple[str, ...]:
        """The families of sets that the statuses a unit holds are judged by."""
        found = (self._judged_by(watched, status) for status, holds in held.items() if holds)
        return tuple(dict.fromkeys(family_of(name) for names in found for name in names if name))

    def derived(self, watched: Watched) -> dict[str, Any]:
        """The attributes of a unit that a recognition changed for the year watched: a class II or III commune recognised is of class I."""
        listed = {"year": self._law.on.year, **watched.unit.attributes}
        wanted = [name for name in self._law.revocation.changed if listed.get(name) is not None]
        if not wanted or not watched.recognised:
            return {}
        register = self._register(watched)
        found = ((name, attribute_on(register, watched.unit.id, name, self._law.on, self._law.revocation, listed)) for name in wanted)
        return {name: derived.value for name, derived in found if derived.effect is not None}

    def codes(self, watched: Watched, decided: Mapping[str, Decision], *, everything: bool) -> dict[str, int]:
        """The standing of every status held, as a place in ``STANDINGS``; of the others, as they were.

        Args:
            watched: the unit.
            decided: what was just decided of it, by edition.
            everything: also of statuses judged by sets not among these.
        """
        found = {}
        for status, holds in watched.held.items():
            if not holds or not watched.exists:
                continue
            own, tested = self._judged_by(watched, status)
            if everything or own in decided or tested in decided or status not in watched.standings:
                found[status] = STANDINGS.index(self._category(watched, status, own, tested, decided))
            else:
                found[status] = watched.standings[status]
        return found

    def _judged_by(self, watched: Watched, status: str) -> tuple[str | None, str | None]:
        """The editions a status is judged by: its own, and the one that revocation is tested on."""
        act = watched.act(status, self._law.on)
        like, given = (act.ruleset or "", act.on) if act is not None else ("", None)
        own = self._law.granting(status, watched.unit.province, like, given)
        ground = self._law.ground(_registered(status, act))
        family = ground.rule.tested_on if ground is not None and ground.rule is not None else None
        if own is None or family is None or family == family_of(own):
            return own, own
        return own, self._law.edition(family, watched.unit.province)

    def _category(self, watched: Watched, status: str, own: str | None, tested: str | None, decided: Mapping[str, Decision]) -> Category:
        act = watched.act(status, self._law.on)
        ground = self._law.ground(_registered(status, act))
        if own is None or tested is None:
            return Category.UNDETERMINED
        if watched.unit.kind == "product":
            ways = self._product(watched, act, own, ground, decided)
            said = [law_reason(ground, self._law.on)]
        else:
            in_parts = parts_ground(self._register(watched), watched.unit.id, ground, self._law.on, self._accept)
            counted = self._counted(watched, own) if is_first(_registered(status, act)) else None
            decision = None if counted else self._decision(watched, own, decided)
            other = decision if tested == own else self._decision(watched, tested, decided)
            assert counted is not None or other is not None
            tally = counted or tally_of(other, ground, self._accept)  # type: ignore[arg-type]
            same = counted is not None or tested == own
            ways = possible(tally, ground, decision, same_set=same, parts_ground=in_parts, accept=self._accept)
            said = [*tally_reasons(tally, None if counted else other, ground), law_reason(ground, self._law.on)]
        if ways == {Category.GROUND_FOR_REVOCATION}:
            self.reasons[watched.unit.id, status] = Bilingual("; ".join(x.vi for x in said), "; ".join(x.en for x in said))
        return next(iter(ways)) if len(ways) == 1 else Category.UNDETERMINED

    def _product(
        self, watched: Watched, act: Recognition | None, own: str, ground: Ground | None, decided: Mapping[str, Decision]
    ) -> frozenset[Category]:
        """By the class of stars it was recognised with, as long as its term is known: fewer is a ground only where the law says so."""
        if act is None or act.stars is None or watched.until(act) is None:  # whether it still runs is not known
            return frozenset({Category.UNDETERMINED})
        if not watched.values.get(own) and not watched.attested.get(own):
            return frozenset({Category.KEEPS_STATUS})
        loses = ground is not None and ground.loses_class(self._accept)
        less = Category.GROUND_FOR_REVOCATION if loses else Category.UNDETERMINED
        ways = self._decision(watched, own, decided).stars_possible or (0,)
        return frozenset(Category.STILL_MEETS if way >= act.stars else less for way in ways)

    def _counted(self, watched: Watched, own: str) -> Tally | None:
        """The tally of a unit of which only the number of criteria met was told."""
        count = watched.unit.attributes.get("criteria_met")
        if watched.values.get(own) or watched.attested.get(own) or count is None or isinstance(count, Unknown):
            return None
        total = len(self._law.named(own, watched.unit.province).criteria)
        return tally_of_count(total, int(count)) if int(count) <= total else None

    def _decision(self, watched: Watched, edition: str, decided: Mapping[str, Decision]) -> Decision:
        if edition in decided:
            return decided[edition]
        rules = self._law.rules(edition, watched.unit.province)
        assert rules is not None
        return rules.evaluate(self._facts.subject(watched.unit.id, rules, self._law.on), accept=self._accept)

    def _register(self, watched: Watched) -> Register:
        """What authorities did to a unit and its parts, as a register."""
        units = [watched, *(self._facts[part] for part in sorted(watched.parts))]
        return Register((act for unit in units for act in _acts(unit)), (_unit(unit) for unit in units))


def _acts(watched: Watched) -> list[Act]:
    unit, kind = watched.unit.id, watched.unit.kind
    acts = [
        Act("recognition", unit, kind, status=_registered(one.status, one), edition=one.ruleset or "", day=one.on, until=one.until)
        for one in watched.recognised.values()
    ]
    acts += [Act("revocation", unit, kind, status=one.status, day=one.on) for one in watched.revoked.values()]
    if watched.merged is not None:
        acts.append(Act("merge", unit, kind, day=watched.merged.on, into=watched.merged.new))
    return acts


def _unit(watched: Watched) -> Unit:
    told = watched.unit
    return Unit(told.id, told.kind, told.name, whole=told.part_of or "", attributes=told.attributes)


def _registered(status: str, act: Recognition | None) -> str:
    """A status by its name in the law of revocation, where each class of stars has its own."""
    return f"{status}-{act.stars}" if act is not None and act.stars is not None else status
