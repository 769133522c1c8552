"""What the law says of recognised units on the day watched: keeps its status, or gives ground for revocation; from decisions made.

The same pieces as the review of the register, so that the two agree: which set is tested, which rule is in force, and every way in which
what is not known can turn out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.monitor.day import Law
from ntm_rules.monitor.told import Recognition
from ntm_rules.monitor.watched import Units, Watched
from ntm_rules.register.acts import Act, Unit, is_first
from ntm_rules.register.area import attribute_on
from ntm_rules.register.book import Register
from ntm_rules.register.judgement import Basis, judge, judge_class
from ntm_rules.register.parts import of_parts, parts_ground
from ntm_rules.register.tally import Category, Tally, tally_of_count
from ntm_rules.values import Bilingual, SourceLevel, SubjectKind, Unknown

STANDINGS: Final = (Category.UNDETERMINED, Category.STILL_MEETS, Category.KEEPS_STATUS, Category.GROUND_FOR_REVOCATION)


class Standings:
    """The standings of the statuses that units hold; reads what is known, changes nothing of it."""

    def __init__(self, units: Units, law: Law, accept: SourceLevel) -> None:
        self._units, self._law, self._accept = units, law, accept
        self.reasons: dict[tuple[str, str], Bilingual] = {}  # of the grounds found

    def families(self, watched: Watched, held: Mapping[str, bool]) -> tuple[str, ...]:
        """The families of sets that the statuses a unit holds are judged by."""
        found = (self._basis(watched, status) for status, holds in held.items() if holds)
        return tuple(dict.fromkeys(one.family for basis in found for one in (basis.own, basis.tested) if one.name))

    def derived(self, watched: Watched, year: int) -> dict[str, Any]:
        """The attributes that a recognition changed for a year assessed: a class II or III commune recognised is of class I."""
        listed = {"year": year, **watched.unit.attributes}
        wanted = [name for name in self._law.revocation.changed if listed.get(name) is not None]
        if not wanted or not watched.recognised:
            return {}
        register = self.register(watched)
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
            basis = self._basis(watched, status)
            if everything or basis.own.name in decided or basis.tested.name in decided or status not in watched.standings:
                found[status] = STANDINGS.index(self._category(watched, status, basis, decided))
            else:
                found[status] = watched.standings[status]
        return found

    def _basis(self, watched: Watched, status: str) -> Basis:
        """What a status is judged by."""
        act = watched.act(status, self._law.on)
        like, given = (act.ruleset or "", act.on) if act is not None else ("", None)
        on = self._law.on
        there = map(self._units.__getitem__, watched.parts)
        parts: frozenset[SubjectKind] = frozenset(part.unit.kind for part in there if part.stands(on))
        return self._law.judged.basis(_registered(status, act), watched.unit.province, like=like, given=given, parts=parts)

    def _category(self, watched: Watched, status: str, basis: Basis, decided: Mapping[str, Decision]) -> Category:
        act = watched.act(status, self._law.on)
        own, tested = basis.own.name, basis.tested.name
        if own is None or tested is None:
            return Category.UNDETERMINED
        if watched.unit.kind == "product":
            if act is None or act.stars is None or watched.until(act) is None:  # whether it still runs is not known
                return Category.UNDETERMINED
            if not watched.figures(own) and not watched.outcomes(own):
                return Category.KEEPS_STATUS
            judgement = judge_class(basis, self._law.on, self._accept, self._decision(watched, own, decided), act.stars)
        else:
            counted = self._counted(watched, own) if is_first(_registered(status, act)) else None
            decision = None if counted else self._decision(watched, own, decided)
            other = decision if counted or tested == own else self._decision(watched, tested, decided)
            in_parts: bool | None = False
            if of_parts(basis.ground):  # else nobody asks for the acts on the parts, and gathering them is most of the work
                in_parts = parts_ground(self.register(watched), watched.unit.id, basis.ground, self._law.on, self._accept)
            judgement = judge(basis, self._law.on, self._accept, own=decision, tested=other, counted=counted, in_parts=in_parts)
        if judgement.category is Category.GROUND_FOR_REVOCATION:
            said = judgement.reasons
            self.reasons[watched.unit.id, status] = Bilingual("; ".join(x.vi for x in said), "; ".join(x.en for x in said))
        return judgement.category

    def _counted(self, watched: Watched, own: str) -> Tally | None:
        """The tally of a unit of which only the number of criteria met was told."""
        count = watched.unit.attributes.get("criteria_met")
        if watched.figures(own) or watched.outcomes(own) or count is None or isinstance(count, Unknown):
            return None
        total = len(self._law.named(own, watched.unit.province).criteria)
        return tally_of_count(total, int(count)) if int(count) <= total else None

    def _decision(self, watched: Watched, edition: str, decided: Mapping[str, Decision]) -> Decision:
        if edition in decided:
            return decided[edition]
        rules = self._law.rules(edition, watched.unit.province)
        assert rules is not None
        return rules.evaluate(self._units.subject(watched.unit.id, rules, self._law.on), accept=self._accept)

    def register(self, watched: Watched) -> Register:
        """What authorities did to a unit and its parts, as a register."""
        units = [watched, *(self._units[part] for part in sorted(watched.parts))]
        return Register((act for unit in units for act in acts_of(unit)), (listed(unit) for unit in units))


def acts_of(watched: Watched) -> list[Act]:
    """What authorities did to a unit, as a register has it."""
    unit, kind = watched.unit.id, watched.unit.kind
    acts = [
        Act("recognition", unit, kind, status=_registered(one.status, one), edition=one.ruleset or "", day=one.on, until=one.until)
        for one in watched.recognised.values()
    ]
    acts += [Act("revocation", unit, kind, status=one.status, day=one.on) for one in watched.revoked.values()]
    acts += [Act("rename", unit, kind, day=one.on, into_name=one.name) for one in watched.renamed.values()]
    acts += [Act("filing", unit, kind, day=one.on) for one in watched.filed.values()]
    if watched.merged is not None:
        acts.append(Act("merge", unit, kind, day=watched.merged.on, into=watched.merged.new))
    acts += [Act("merge", old, kind, day=merge.on, into=unit) for merge in watched.made.values() for old in merge.old]
    return acts


def listed(watched: Watched) -> Unit:
    """A unit as a list of units has it."""
    told = watched.unit
    whole, begins, until = told.part_of or "", told.begins, told.until
    return Unit(told.id, told.kind, told.name, whole=whole, attributes=told.attributes, begins=begins, until=until)


def _registered(status: str, act: Recognition | None) -> str:
    """A status by its name in the law of revocation, where each class of stars has its own."""
    return f"{status}-{act.stars}" if act is not None and act.stars is not None else status
