"""What a target asks for, so that a plan can be made for it: how many units, and what each of them has to reach.

A target counts units that hold a status, or that meet so many criteria. A plan raises indicators of one set; so it can be made where
meeting that set, or so many criteria of it, is what makes a unit count. Every other target is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import KINDS
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.requirements import attributes_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.subject import Subject
from ntm_rules.model.vocabulary import STATUSES
from ntm_rules.planning.counting import condition_holds
from ntm_rules.problems import NotFound, NtmError, Place, Problem, nearest
from ntm_rules.register.acts import FIRST_STATUS
from ntm_rules.values import Bilingual, Outcome


def find_target(targets: RuleSet, indicator: str) -> Indicator:
    """One target of a set by its number.

    Raises:
        NotFound: the set has no such target.
    """
    found = next((one for one in targets.indicators if one.indicator == indicator), None)
    if found is None:
        guess = nearest(indicator, [one.indicator for one in targets.indicators])
        raise NotFound.one("NTM-819", Place(path=targets.id), got=indicator, edition=targets.id, guess=guess)
    return found


def criteria_asked(indicator: Indicator, targets: RuleSet, rules: RuleSet, catalogue: Catalogue) -> int | None:
    """How many criteria of a set a unit has to meet in order to count for a target; None where it has to meet the set.

    Args:
        indicator: the target.
        targets: the set of targets it is of.
        rules: the set whose indicators are to be raised.
        catalogue: the rulesets, to name those that a plan for this target can be made with.

    Raises:
        NtmError: the target counts no units (``NTM-818``), or what makes a unit count is not this set (``NTM-825``).
    """
    measure = indicator.measure
    where = measure.where
    if measure.counted is None or where is None:
        raise NtmError([Problem("NTM-818", Place(path=indicator.indicator), {"target": indicator.title})])
    if measure.counted == rules.kind:
        wanted = Outcome.MET if OPERATORS[indicator.operator].direction > 0 else Outcome.NOT_MET
        total = len(rules.criteria)
        if rules.document.grants == FIRST_STATUS:
            ways = range(total + 1)
            enough = next((n for n in ways if condition_holds(where, {"criteria_met": Decimal(n)}, targets) is wanted), None)
            if enough is not None:
                return enough if enough < total else None
        if wanted is Outcome.MET and condition_holds(where, {rules.document.grants or "": True}, targets) is Outcome.MET:
            return None
    named = attributes_of(where)
    able = [
        entry.id
        for entry in catalogue.rulesets.values()
        if entry.header.get("grants") in named or ("criteria_met" in named and entry.header.get("grants") == FIRST_STATUS)
    ]
    titles = [targets.declared[name].title for name in sorted(named)]
    words = {
        "target": indicator.title,
        "kind": KINDS[measure.counted].one,
        "by": Bilingual.join(titles, "; "),
        "edition": rules.id,
        "sets": ", ".join(able) or "–",
    }
    raise NtmError([Problem("NTM-825", Place(path=indicator.indicator), words)])


def required_of(targets: RuleSet, indicator: Indicator, province: str | None) -> Any:
    """The bound of a target."""
    return targets.evaluate(Subject(id=province or "province", kind=targets.kind))[indicator.indicator].required


def belongs(indicator: Indicator, attributes: Mapping[str, Any], targets: RuleSet) -> bool | None:
    """Whether a unit is one of those a target looks at; None where a status it asks for is not known of the unit."""
    among = indicator.measure.among
    if among is None:
        return True
    outcome = condition_holds(among, attributes, targets)
    if outcome is not Outcome.UNDETERMINED:
        return outcome is Outcome.MET
    open_ = {name for name in attributes_of(among) if attributes.get(name) is None}
    return None if open_ & STATUSES.keys() else True
