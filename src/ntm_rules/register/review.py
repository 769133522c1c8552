"""The review: everything that is recognised on a day, judged again under the set in force that day.

A review changes nothing. It says of each recognition whether the unit still meets its set, keeps its status although it does not, gives
ground for revocation, has run out, or is due to be assessed again; and where that cannot be said, which ways are open and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.scores.extras import classes_text
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.problems import Problem
from ntm_rules.register.acts import Act, stars_of
from ntm_rules.register.book import Register, Standing
from ntm_rules.register.editions import Found, edition_granting
from ntm_rules.register.facts import Facts, FactsOf, Values
from ntm_rules.register.law import Ground, RevocationLaw
from ntm_rules.register.parts import parts_ground
from ntm_rules.register.reasons import certificate_reasons, law_reason, merged_reason, tally_reasons
from ntm_rules.register.tally import NO_TALLY, Category, Tally, level_of_rule, possible, tally_of, tally_of_count
from ntm_rules.register.validity import term_of
from ntm_rules.values import Bilingual, Outcome, SourceLevel


@dataclass(frozen=True, slots=True)
class Review:
    """What is said of one recognition on a day.

    Attributes:
        unit: code of the unit.
        name: its name on that day.
        act: the recognition.
        on: the day.
        category: what it comes to; ``undetermined`` unless every way the facts can turn out gives the same.
        possible: every category some way gives.
        reasons: why, in sentences.
        slipped: numbers of the criteria not met.
        open: numbers of the criteria not determined.
        edition: the set in force that day; empty where there is none.
        instruments: what this rests on.
        level: the weakest source level of what decided; None where nothing was decided.
        decision: the decision under that set, where there was something to evaluate.
        problems: what is wrong with the facts about this unit.
    """

    unit: str
    name: str
    act: Act
    on: date
    category: Category
    possible: tuple[Category, ...]
    reasons: tuple[Bilingual, ...]
    slipped: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    edition: str = ""
    instruments: tuple[str, ...] = ()
    level: SourceLevel | None = None
    decision: Decision | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def status(self) -> str:
        """The status that is reviewed."""
        return self.act.status

    def as_dict(self) -> dict[str, Any]:
        """The review as plain data."""
        return {
            "unit": self.unit,
            "name": self.name,
            "status": self.status,
            "on": self.on.isoformat(),
            "category": self.category.value,
            "possible": [category.value for category in self.possible],
            "reasons": [{"vi": reason.vi, "en": reason.en} for reason in self.reasons],
            "slipped": list(self.slipped),
            "open": list(self.open),
            "edition": self.edition or None,
            "instruments": list(self.instruments),
            "level": self.level and self.level.value,
            "act": self.act.as_dict(),
            "problems": [problem.as_dict() for problem in self.problems],
        }


class Reviewer:
    """Reviews the recognitions of a register on one day.

    Args:
        register: the acts on record.
        on: the day.
        values: what is known of the units, by unit and family of sets.
        catalogue: the rulesets; left out, those that come with the library.
        province: whose sets and overlays apply where a unit does not say its province.
        accept: the weakest source level that may decide.
        readings: how to read what the law leaves open, as ``{"counts_from": "at_once"}``.
        doubtful: recognitions that the register itself contradicts, with what is wrong; they are not judged.
    """

    def __init__(
        self,
        register: Register,
        *,
        on: date,
        values: Values | None = None,
        catalogue: Catalogue | None = None,
        province: str | None = None,
        accept: SourceLevel | str = SourceLevel.RECALLED,
        readings: Mapping[str, str] | None = None,
        doubtful: Mapping[tuple[str, str], tuple[Problem, ...]] | None = None,
    ) -> None:
        self.register, self.on = register, on
        self.catalogue = catalogue or bundled()
        self.province = self.catalogue.provinces.require(province) if province is not None else None
        self.accept = SourceLevel(accept)
        self.doubtful = doubtful or {}
        self.law = RevocationLaw.of(self.catalogue, readings)
        self.facts = FactsOf(register, on, values or {}, self.catalogue, self.law, self.accept)

    def all(self) -> tuple[Review, ...]:
        """A review of every recognition that stands, has run out, or may stand on the day; those revoked are left out."""
        found = (self.review(unit, status) for unit, status in self.register.recognised())
        return tuple(review for review in found if review is not None)

    def review(self, unit: str, status: str) -> Review | None:
        """The review of one status of one unit; None where it does not hold it that day, nor ever let it run out.

        Raises:
            RulesetError: a ruleset is wrong.
        """
        standing = self.register.standing(unit, status, self.on)
        act = standing.act
        if act is None or (standing.holds is False and not standing.lapsed):
            return None
        doubts = self.doubtful.get((unit, status), ())
        if doubts:
            said = tuple(Bilingual(problem.line("vi"), problem.line("en")) for problem in doubts)
            return self._open(act, (Bilingual("sổ tự mâu thuẫn", "the register contradicts itself"), *said))
        merged = self.register.went_to(unit, self.on)
        if merged:
            heirs = dict.fromkeys(one.into for one in merged if one.into and self.register.standing(one.into, status, self.on).holds)
            return self._open(act, (merged_reason(merged, [self.register.name(heir, self.on) or heir for heir in heirs]),))
        if standing.lapsed and stars_of(act.status) is None:  # a certificate can hold on while a re-assessment is awaited
            return self._settled(act, Category.EXPIRED, (standing.reason,))
        if standing.holds is None:
            return self._open(act, (standing.reason,))
        return self._product(act, standing) if act.unit_kind == "product" else self._unit(act)

    # --- units -------------------------------------------------------------------------------------------------------

    def _unit(self, act: Act) -> Review:
        province = self._province(act)
        own = edition_granting(self.catalogue, act.status, self.on, province, act.edition, act.day or act.known_by)
        if own.name is None:
            return self._open(act, (own.reason,))
        ground = self.law.ground(act.status, self.on)
        tested = own
        if ground is not None and ground.rule is not None and ground.rule.tested_on not in (None, own.family):
            assert ground.rule.tested_on is not None
            tested = Found.of_family(self.catalogue, ground.rule.tested_on, self.on, province)
            if tested.name is None:
                return self._open(act, (tested.reason,))
        facts = self.facts.of(act, own, province)
        if facts.problems:
            return self._open(act, _said(facts.problems), edition=own.name, problems=facts.problems)
        decision = tested_decision = facts.decision
        if decision is None:
            assert facts.count is not None
            tally, same = tally_of_count(facts.total, facts.count), True
        elif tested.name == own.name:
            tally, same = tally_of(decision, ground, self.accept), True
        else:
            other = self.facts.of(act, tested, province)
            if other.decision is None:
                return self._open(act, _said(other.problems), edition=own.name, problems=other.problems)
            tally, same, tested_decision = tally_of(other.decision, ground, self.accept), False, other.decision
        in_parts = parts_ground(self.register, act.unit, ground, self.on, self.accept)
        ways = possible(tally, ground, decision, same_set=same, parts_ground=in_parts, accept=self.accept)
        reasons = [*tally_reasons(tally, tested_decision, ground), *facts.reasons]
        if in_parts:
            reasons.append(_PARTS)
        if ways != {Category.STILL_MEETS}:
            reasons.append(law_reason(ground, self.on))
        if facts.empty:
            reasons.append(_NO_VALUES)
        return self._concluded(act, own.name, ways, reasons, tested_decision, ground, facts, tally, in_parts)

    def _concluded(
        self,
        act: Act,
        edition: str,
        ways: frozenset[Category],
        reasons: list[Bilingual],
        decision: Decision | None,
        ground: Ground | None,
        facts: Facts,
        tally: Tally = NO_TALLY,
        in_parts: bool | None = False,
    ) -> Review:
        category = next(iter(ways)) if len(ways) == 1 else Category.UNDETERMINED
        instruments = decision.instruments if decision else ()
        if category is not Category.STILL_MEETS and ground is not None:
            instruments = (*instruments, *ground.instruments)
        levels = [decision.level if decision else None, level_of_rule(category, tally, ground, in_parts) if ground else None]
        known = [level for level in levels if level is not None]
        return Review(
            act.unit,
            self.register.name(act.unit, self.on),
            act,
            self.on,
            category,
            tuple(way for way in Category if way in ways),
            tuple(reasons),
            _numbers(decision, Outcome.NOT_MET),
            _numbers(decision, Outcome.UNDETERMINED),
            edition,
            tuple(dict.fromkeys((*instruments, *facts.instruments))),
            None if category is Category.UNDETERMINED else max(known, key=lambda level: level.rank, default=None),
            facts.decision,
        )

    # --- products ----------------------------------------------------------------------------------------------------

    def _product(self, act: Act, standing: Standing) -> Review:
        stars = stars_of(act.status)
        if stars is None:
            return self._open(act, (_WAITING,))
        term = term_of(act, self.on, self.catalogue)
        category, reasons = certificate_reasons(term, self.on, self.register.filed(act, self.on), self.register.complete)
        if term.level is not None and term.level.rank > self.accept.rank:
            return self._open(act, (*reasons, _WEAK), edition=term.edition or act.edition)
        own = Found.of_family(self.catalogue, "ocop", self.on, None)
        edition = term.edition or act.edition
        subject = self.facts.given(act, "ocop")
        if category is not Category.KEEPS_STATUS or subject is None or own.name is None:
            return self._settled(act, category, reasons, edition=edition, level=term.level)
        facts = self.facts.of(act, own, None)
        if facts.decision is None:
            return self._open(act, _said(facts.problems), edition=own.name, problems=facts.problems)
        ground = self.law.ground(act.status, self.on)
        ways = set()
        for way in facts.decision.stars_possible or (0,):
            if way >= stars:
                ways.add(Category.STILL_MEETS)
            elif ground is None or not ground.loses_class(self.accept):
                ways.add(Category.UNDETERMINED)
            else:
                ways.add(Category.GROUND_FOR_REVOCATION)
        said = [*reasons, _stars_reason(facts.decision, stars)]
        if ways != {Category.STILL_MEETS}:
            said.append(law_reason(ground, self.on))
        return self._concluded(act, own.name, frozenset(ways), said, facts.decision, ground, facts)

    def _province(self, act: Act) -> str | None:
        listed = self.register.listed(act.unit)
        said = listed.attributes.get("province") if listed else None
        return said if isinstance(said, str) else self.province

    def _open(self, act: Act, reasons: tuple[Bilingual, ...], *, edition: str = "", problems: tuple[Problem, ...] = ()) -> Review:
        name = self.register.name(act.unit, self.on)
        undetermined = (Category.UNDETERMINED,)
        return Review(act.unit, name, act, self.on, Category.UNDETERMINED, undetermined, reasons, edition=edition, problems=problems)

    def _settled(
        self, act: Act, category: Category, reasons: tuple[Bilingual, ...], *, edition: str = "", level: SourceLevel | None = None
    ) -> Review:
        name, under = self.register.name(act.unit, self.on), edition or act.edition
        entry = self.catalogue.rulesets.get(under)
        instruments = (str(entry.header["instrument"]),) if entry is not None else ()
        return Review(act.unit, name, act, self.on, category, (category,), reasons, edition=under, instruments=instruments, level=level)


_NO_VALUES = Bilingual("không có số liệu nào của đơn vị này", "nothing is known of this unit")
_WEAK = Bilingual("thời hạn dựa trên nguồn yếu hơn mức được chấp nhận", "the term rests on a weaker source than is accepted")
_PARTS = Bilingual(
    "tỷ lệ xã của huyện bị thu hồi danh hiệu đã đến mức có căn cứ thu hồi",
    "the share of communes of the district whose status was revoked reaches the level that gives ground",
)
_WAITING = Bilingual(
    "tiềm năng: đang chờ cấp có thẩm quyền, chưa được công nhận hạng này", "potential: waiting for the authority, not recognised yet"
)


def _numbers(decision: Decision | None, outcome: Outcome) -> tuple[str, ...]:
    return tuple(node.id for node in decision.criteria if node.outcome is outcome) if decision and decision.score is None else ()


def _said(problems: tuple[Problem, ...]) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(problem.line("vi"), problem.line("en")) for problem in problems)


def _stars_reason(decision: Decision, stars: int) -> Bilingual:
    now = classes_text(decision.stars_possible)
    return Bilingual(f"điểm mới ứng với {now} sao; đã công nhận {stars} sao", f"the new points give {now} stars; recognised with {stars}")


def review_register(
    register: Register,
    *,
    on: date,
    values: Values | None = None,
    catalogue: Catalogue | None = None,
    province: str | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
    readings: Mapping[str, str] | None = None,
) -> tuple[Review, ...]:
    """Judge everything a register says is recognised on a day again, under the law in force that day. Reads no clock.

    Args:
        register: the acts on record.
        on: the day.
        values: what is known of the units, by unit and family of sets, as ``{("23311", "commune-ntm"): subject}``.
        catalogue: the rulesets; left out, those that come with the library.
        province: whose sets and overlays apply where a unit does not say its province, by slug or official name.
        accept: the weakest source level that may decide.
        readings: how to read what the law leaves open: from when a recognition's change of class counts, ``{"counts_from": "at_once"}``
            instead of the year after it.

    Raises:
        NotFound: the province is not on the list.
        RulesetError: a ruleset is wrong.
        ValueError: a reading that there is not.
    """
    from ntm_rules.register.check import check_register, doubtful

    found = catalogue or bundled()
    doubts = doubtful(check_register(register, found))
    return Reviewer(
        register, on=on, values=values, catalogue=found, province=province, accept=accept, readings=readings, doubtful=doubts
    ).all()
