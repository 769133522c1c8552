"""The situation of an office on a day: everything that the report speaks of, gathered once from those who count and decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ntm_rules.decide.choose import applicable, load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.subject import Subject
from ntm_rules.planning.counted_parts import typed_otherwise
from ntm_rules.planning.least import Candidate, Plan
from ntm_rules.planning.planner import Goal, Known, known_units, plan_for
from ntm_rules.planning.targets import Target, against_targets
from ntm_rules.problems import NotInForce, NtmError, Place, Problem
from ntm_rules.published.consistency import ALL_CRITERIA
from ntm_rules.published.statistics import Statistic, statistics
from ntm_rules.register.acts import FIRST_STATUS, Unit
from ntm_rules.register.book import Register
from ntm_rules.register.editions import edition_granting
from ntm_rules.register.joining import Joiner
from ntm_rules.register.known import criteria_range
from ntm_rules.register.review import Review, Watch, review_register
from ntm_rules.report.ahead import Ahead, Margin, margins, what_is_ahead
from ntm_rules.report.before import Before
from ntm_rules.report.commune import STATUSES_SHOWN, Commune
from ntm_rules.report.dossier import Dossier, dossiers_of
from ntm_rules.report.product import Listed, Product, products_of
from ntm_rules.report.village import Village, villages_of
from ntm_rules.values import Bilingual, Outcome, SourceLevel

NEAR = Decimal(5)  # a figure is near its bound with at most so many percent of it to spare
ENDING = 90  # a certificate that ends within so many days is told


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for, beside the facts.

    Attributes:
        on: the day.
        province: whose sets and overlays apply.
        targets: the sets of targets.
        accept: the weakest source level that may decide.
        near: a figure is near its bound with at most so many percent of it to spare.
        departments: who is in charge of a criterion, by its number.
        listed: makers and groups of products, by code.
        before: the last report.
        sources: the files that were read.
        unread: how many rows of tables have problems and could not be taken.
        unjoined: how many could be read, and are of no unit of the list as it is on the day.
    """

    on: date
    province: str | None = None
    targets: Sequence[RuleSet] = ()
    accept: SourceLevel = SourceLevel.RECALLED
    near: Decimal = NEAR
    departments: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, Listed] = field(default_factory=dict)
    before: Before | None = None
    sources: Sequence[str] = ()
    unread: int = 0
    unjoined: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """The least plan for one target.

    Attributes:
        target: the target; None where no set of targets was given: every commune is then to meet its set.
        set_name: the set of targets it is of.
        plan: the plan.
        criteria: how many criteria make a commune count; None: the whole set.
        counts_only: the units of which no indicator can be named.
    """

    target: Target | None
    set_name: str
    plan: Plan[Candidate]
    criteria: int | None
    counts_only: frozenset[str]


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the report speaks of.

    Attributes:
        asked: the day, and what else was asked.
        rules: the first set of communes in force that day; None where there is none.
        districts: the districts of the list, by code.
        communes: every commune that exists that day.
        villages: every village that exists that day.
        figures: the figures of the office, as ``targets`` counts them.
        reviews: what is said of every recognition, as ``review`` says it.
        targets: the sets of targets, each with its targets.
        steps: the least plans for them.
        margins: recognised communes near a bound.
        ahead: what comes, and who would lose by it.
        products: the certificates.
        dossiers: the districts and provinces that are not recognised, under the sets that would have them recognised.
        decisions: all decisions, by family and unit.
        problems: what must be mended.
    """

    asked: Asked
    rules: RuleSet | None
    districts: Mapping[str, Unit]
    communes: tuple[Commune, ...]
    villages: tuple[Village, ...]
    figures: tuple[Statistic, ...]
    reviews: tuple[Review, ...]
    targets: tuple[tuple[RuleSet, tuple[Target, ...]], ...]
    steps: tuple[Steps, ...]
    margins: tuple[Margin, ...]
    ahead: tuple[Ahead, ...]
    products: tuple[Product, ...]
    dossiers: tuple[Dossier, ...]
    decisions: Mapping[str, Mapping[str, Decision]]
    names: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def total(self) -> int:
        """How many criteria the first set has."""
        return len(self.rules.criteria) if self.rules is not None else ALL_CRITERIA

    def held_back(self) -> list[Bilingual]:
        """That rows of the tables are not counted, where some could not be taken: without it a small number would look like all."""
        counts = ((_UNREAD, self.asked.unread), (_UNJOINED, self.asked.unjoined))
        return [text.fill(count) for text, count in counts if count]

    def name(self, code: str) -> str:
        """What a unit is called; its code where no name is known."""
        return self.names.get(code) or code


def gather(
    register: Register,
    asked: Asked,
    *,
    values: Mapping[tuple[str, str], Subject],
    stored: Iterable[Decision] = (),
    catalogue: Catalogue,
    watch: Watch = iter,
) -> Situation:
    """Everything that the report speaks of.

    Args:
        register: the acts on record, with the list of units.
        asked: the day, and what else is asked for.
        values: what tables know of the units, by unit and family of sets.
        stored: decisions that were stored: they count as they are; what is reviewed is judged anew by their facts.
        catalogue: the rulesets.
        watch: sees every unit pass as it is judged, to show how far it has come; it hands on all of them.

    Raises:
        RulesetError: a ruleset is wrong.
    """
    on, problems = asked.on, list[Problem]()
    rules = _first_set(catalogue, asked, problems)
    kept: dict[str, dict[str, Decision]] = {}
    facts = dict(values)
    for one in stored:
        family = one.ruleset.id.partition("/")[0]
        kept.setdefault(family, {})[one.subject.id] = one
        facts[one.subject.id, family] = one.subject
    problems += typed_otherwise(register, on)
    given: dict[str, Any] = {"catalogue": catalogue, "province": asked.province, "accept": asked.accept, "watch": watch}
    reviews = review_register(register, on=on, values=facts, **given)
    joiner = Joiner.of(register, on, catalogue)
    decisions = _decided(facts, kept, reviews, joiner, asked, problems, watch)
    first = _first(decisions, rules)
    communes = tuple(_commune(unit, register, on, first.get(unit.id)) for unit in register.existing(on) if unit.is_commune)
    targets = tuple(
        (one, against_targets(one, register, on, decisions=first, province=asked.province if one.document.province is None else None))
        for one in asked.targets
    )
    names = {unit.id: register.name(unit.id, on) or unit.name for unit in register.existing(on)}
    names |= {one.unit: one.name for one in reviews if one.name}
    return Situation(
        asked,
        rules,
        {unit.id: unit for unit in register.existing(on) if unit.kind == "district"},
        communes,
        tuple(villages_of(register, on)),
        statistics(register, on, decisions=first, catalogue=catalogue),
        reviews,
        targets,
        tuple(_steps(rules, known_units(rules, register, on, first), targets, asked, catalogue)) if rules is not None else (),
        margins(reviews, asked.near),
        what_is_ahead(register, on, reviews, facts, **given),
        products_of(reviews, asked.listed, on, catalogue),
        tuple(dossiers_of(joiner, facts, decisions, asked.province, asked.accept, problems)),
        decisions,
        names | {code: one.name for code, one in asked.listed.items() if one.name and not names.get(code)},
        tuple(problems),
    )


def _first_set(catalogue: Catalogue, asked: Asked, problems: list[Problem]) -> RuleSet | None:
    """The set that makes a commune a new rural commune on the day; told where there is none."""
    found = edition_granting(catalogue, FIRST_STATUS, asked.on, asked.province)
    if found.name is None:
        granting = [entry for entry in catalogue.rulesets.values() if entry.header.get("grants") == FIRST_STATUS]
        listed = "; ".join(f"{entry.id} ({entry.span})" for entry in granting)
        problems.append(Problem("NTM-307", Place(path="--on"), {"got": FIRST_STATUS, "on": asked.on, "editions": listed}))
        return None
    return load(found.name, on=asked.on, province=asked.province, catalogue=catalogue)


def _decided(
    facts: Mapping[tuple[str, str], Subject],
    kept: Mapping[str, Mapping[str, Decision]],
    reviews: Sequence[Review],
    joiner: Joiner,
    asked: Asked,
    problems: list[Problem],
    watch: Watch,
) -> dict[str, dict[str, Decision]]:
    """Every decision, by family and unit: as stored, as the review has it, or decided now."""
    found: dict[str, dict[str, Decision]] = {family: dict(ones) for family, ones in kept.items()}
    reviewed = {(one.unit, one.decision.ruleset.id): one.decision for one in reviews if one.decision is not None}
    for family in dict.fromkeys(family for _, family in facts):
        try:
            rules = applicable(family, on=asked.on, province=asked.province, catalogue=joiner.catalogue)
        except NotInForce as error:
            if family not in kept:
                problems += error.problems
            continue
        own = found.setdefault(family, {})
        for unit, subject in watch([(unit, subject) for (unit, named), subject in facts.items() if named == family and unit not in own]):
            decision = reviewed.get((unit, rules.id))
            if decision is None:
                decision, wrong = joiner.decide(unit, rules, subject, asked.accept)
                problems += wrong
            if decision is not None:
                own[unit] = decision
    return found


def _first(decisions: Mapping[str, Mapping[str, Decision]], rules: RuleSet | None) -> Mapping[str, Decision]:
    """The decisions that say how many criteria a commune meets: of the first set in force, or as stored of an older edition of it."""
    family = rules.id.partition("/")[0] if rules is not None else "commune-ntm"
    return decisions.get(family, {})


def _commune(unit: Unit, register: Register, on: date, decision: Decision | None) -> Commune:
    area = unit.attributes.get("area") or (decision.subject.attributes.get("area") if decision is not None else None)
    standing = register.standing(unit.id, FIRST_STATUS, on)
    return Commune(
        unit.id,
        register.name(unit.id, on) or unit.name,
        unit.whole,
        area if isinstance(area, str) else "",
        criteria_range(unit, decision),
        {status: register.standing(unit.id, status, on).holds for status in STATUSES_SHOWN},
        standing.act if standing.holds else None,
        decision,
    )


def _steps(
    rules: RuleSet,
    known: tuple[Known, ...],
    targets: Sequence[tuple[RuleSet, tuple[Target, ...]]],
    asked: Asked,
    catalogue: Catalogue,
) -> Iterable[Steps]:
    """A plan for every target that counts communes and that meeting the first set, or so many criteria of it, would reach."""
    silent = frozenset(one.unit for one in known if one.decision is None)
    if not targets and known:
        made, criteria = plan_for(Goal(), rules, known, catalogue=catalogue, province=asked.province)
        yield Steps(None, "", made, criteria, silent)
    for set_, found in targets:
        for one in found:
            if one.outcome is Outcome.MET:
                continue
            try:
                goal = Goal(targets=set_, indicator=one.id)
                made, criteria = plan_for(goal, rules, known, catalogue=catalogue, province=asked.province)
            except NtmError:  # what makes a unit count for this target is not this set: the table of targets says how it stands
                continue
            yield Steps(one, set_.id, made, criteria, silent)


_UNREAD = Bilingual(
    "Chưa tính {} dòng của bảng vì có lỗi: xem «Cần sửa».",
    "{} rows of the tables have problems and are not counted: see what is to be mended.",
)
_UNJOINED = Bilingual(
    "Chưa tính {} dòng đọc được, vì không khớp danh sách đơn vị ngày ấy: xem «Cần sửa».",
    "{} rows can be read and are not counted, being of no unit of the list that day: see what is to be mended.",
)
