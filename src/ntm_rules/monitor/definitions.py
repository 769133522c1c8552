"""Rules of the chain, written from the rulesets: a new set needs no code.

For one edition, :func:`definition` gives JSON data: which outcomes of its criteria make the set met or lost, which loss of a
recognised unit is to be told, which shares and targets it counts, and which units have to be decided again when an attribute or a
status of theirs, or of a part of theirs, changes. Each rule has conditions on facts (``all``) and what follows (``then``): a further
fact, an alert, or a unit to decide again.

Outcomes are numbers here, ordered so that «at least 2» is «does not stand in the way»; -1 is «never decided before».
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from ntm_rules.conditions import ALL_OF, ANY_OF, COMBINATIONS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.requirements import attributes_of
from ntm_rules.model.ruleset import Criterion
from ntm_rules.values import Outcome

CODES: Final = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.NOT_APPLICABLE: 2, Outcome.MET: 3}
FAILED, OPEN, ASIDE, MET = 0, 1, 2, 3
NEVER: Final = -1
RUNNING, WINDOW, OVER = 1, 2, 3  # a certificate: running, to be assessed again, over
GROUND: Final = 3  # of the standings of a status held: there is a ground for revocation; 0: not settled; others: none

Rules = dict[str, dict[str, Any]]


def word(text: str) -> str:
    """A name of a status or an attribute as the chain knows it: itself, or its digest where it is no short ASCII text."""
    return text if text.isascii() and text.isprintable() and 0 < len(text) <= 64 else "x" + sha256(text.encode()).hexdigest()[:16]


def definition(rules: RuleSet) -> Rules:
    """The chain rules of one edition, as JSON data."""
    document = rules.document
    grants = word(document.grants) if document.grants else None
    made: Rules = dict(_verdicts(rules))
    if grants is not None:
        made |= _recognised(grants)
    else:
        made["becomes_met"] = _rule(_verdict(MET, not_before=MET), then=_alert("set-met", "v"))
        made["no_longer_met"] = _rule(_verdict(FAILED, before=MET), then=_alert("set-lost", "v"))
    if document.ruleset.startswith("targets/"):
        reached = _all("c", kind="crit", now=MET)
        made["target_reached"] = _rule(
            _and(reached, {"$neq": {"was": MET}}, {"$gte": {"was": 0}}), then=_alert("target-reached", "c", "nr")
        )
        made["target_lost"] = _rule(_and(_all("c", kind="crit", was=MET), {"$lte": {"now": OPEN}}), then=_alert("target-lost", "c", "nr"))
    for number, section in enumerate(document.sections):
        if _counts(section):
            made |= _shares(number, target=document.ruleset.startswith("targets/"))
    made |= _again(rules)
    return made


def said_by_core(rules: RuleSet) -> bool:
    """Whether the outcome does not follow from the criteria: score sheets, and sets whose content is missing."""
    return rules.document.score is not None or not rules.document.sections


@lru_cache(maxsize=256)
def counting(rules: RuleSet) -> tuple[int, ...]:
    """The places of the criteria that count over the parts of a whole."""
    return tuple(number for number, section in enumerate(rules.document.sections) if _counts(section))


# --- criterion outcomes to set met or lost -------------------------------------------------------------------------------


def _verdicts(rules: RuleSet) -> Iterator[tuple[str, dict[str, Any]]]:
    if said_by_core(rules):
        for code in CODES.values():
            yield f"said{code}", _rule(_all("d", kind="dec", said=code), then=_concluded(code))
        return
    count = len(rules.document.sections)
    combination = rules.document.passes

    def every(test: dict[str, Any]) -> list[dict[str, Any]]:
        return [{operator: {f"c{i}": value}} for i in range(count) for operator, value in test.items()]

    def dec(*tests: dict[str, Any]) -> dict[str, Any]:
        return _and(_all("d", kind="dec"), *tests)

    def crit(now: int) -> dict[str, Any]:
        return _and(_all("c", kind="crit", now=now), {"unit": {"d": "unit"}})

    if combination.rule == ALL_OF.name:
        yield "met", _rule(dec(*every({"$gte": ASIDE}), {"$gte": {"met": 1}}), then=_concluded(MET))
        yield "aside", _rule(dec(*every({"$gte": ASIDE}), {"met": 0}), then=_concluded(ASIDE))
        yield "open", _rule(dec(*every({"$gte": OPEN})), crit(OPEN), then=_concluded(OPEN))
        yield "lost", _rule(dec(), crit(FAILED), then=_concluded(FAILED))
    elif combination.rule == ANY_OF.name:
        yield "met", _rule(dec(), crit(MET), then=_concluded(MET))
        yield "aside", _rule(dec(*every({"$gte": ASIDE}), {"met": 0}), then=_concluded(ASIDE))
        yield "open", _rule(dec({"met": 0}), crit(OPEN), then=_concluded(OPEN))
        yield "lost", _rule(dec({"met": 0}, *every({"$neq": OPEN})), crit(FAILED), then=_concluded(FAILED))
    else:
        k = COMBINATIONS[combination.rule].needs(count, combination.k)
        yield "met", _rule(dec({"$gte": {"met": k}}), then=_concluded(MET))
        yield "aside", _rule(dec({"known": 0}, {"reach": 0}), then=_concluded(ASIDE))
        yield "open", _rule(dec({"$lt": {"met": k}}, {"$gte": {"known": 1}}, {"$gte": {"reach": k}}), then=_concluded(OPEN))
        yield "nothing_known", _rule(dec({"known": 0}, {"$gte": {"reach": 1}}), then=_concluded(OPEN))
        yield "lost", _rule(dec({"$gte": {"known": 1}}, {"$lt": {"reach": k}}), then=_concluded(FAILED))


def _concluded(code: int) -> dict[str, Any]:
    return {"fact": {"kind": "verdict", "unit": {"d": "unit"}, "was": {"d": "was"}, "told": {"d": "told"}, "now": code}}


# --- set met or lost, and a recognition, to what has to be told -----------------------------------------------------------


def _recognised(grants: str) -> Rules:
    holds = _and(_all("r", kind="rec", status=grants, has=True), {"unit": {"v": "unit"}})
    newly = _and(_all("r", kind="rec", status=grants, has=True, new=True), {"unit": {"v": "unit"}})
    lacks = _and(_all("r", kind="rec", status=grants, has=False), {"unit": {"v": "unit"}})
    holds_c = _and(_all("r", kind="rec", status=grants, has=True), {"unit": {"c": "unit"}})
    earlier = _and(_all("p", kind="slipped", status=grants), {"unit": {"s": "unit"}}, {"year": {"t": "prev"}})
    slip = {"fact": {"kind": "slip", "status": grants, "unit": {"v": "unit"}}}
    return {
        "slip": _rule(_and(_verdict(FAILED), {"told": True}), holds, then=slip),  # found this year, not merely left over
        "slipped": _rule(_verdict(FAILED, not_before=FAILED), holds, then=_alert("slipped", "v", status=grants)),
        "recognised_unmet": _rule(_verdict(FAILED, before=FAILED), newly, then=_alert("recognised-unmet", "v", status=grants)),
        "criterion_lost": _rule(
            _and(_all("c", kind="crit", now=FAILED), {"$gte": {"was": OPEN}}),
            holds_c,
            then=_alert("criterion-lost", "c", "nr", status=grants),
        ),
        "slipped_again": _rule(
            _all("s", kind="slip", status=grants), _all("t", kind="today"), earlier, then=_alert("slipped-again", "s", status=grants)
        ),
        "regained": _rule(_verdict(MET, before=FAILED), holds, then=_alert("regained", "v", status=grants)),
        "unsettled": _rule(_verdict(OPEN, before=MET), holds, then=_alert("unsettled", "v", status=grants)),
        "meets": _rule(_verdict(MET, not_before=MET), lacks, then=_alert("meets", "v", status=grants)),
    }


def _shares(number: int, *, target: bool) -> Rules:
    """A criterion that counts over parts: reached, lost, or moved without a change of outcome."""
    moved = _all("c", kind="crit", nr=number, moved=True)
    made = {f"moved{number}": _rule(moved, then=_alert("share-moved", "c", "nr"))}
    if target:  # told as a target
        return made
    reached = _and(_all("c", kind="crit", nr=number, now=MET), {"$neq": {"was": MET}}, {"$gte": {"was": 0}})
    lost = _and(_all("c", kind="crit", nr=number, was=MET), {"$lte": {"now": OPEN}})
    made[f"reached{number}"] = _rule(reached, then=_alert("share-reached", "c", "nr"))
    made[f"fell{number}"] = _rule(lost, then=_alert("share-lost", "c", "nr"))
    return made


def acts() -> Rules:
    """What certificates and standings lead to, whatever the set."""
    return {
        "window": _rule(
            _and(_all("a", kind="cert", now=WINDOW), {"$neq": {"was": WINDOW}}), then=_alert("reassess", "a", status={"a": "status"})
        ),
        "over": _rule(_and(_all("a", kind="cert", now=OVER), {"$neq": {"was": OVER}}), then=_alert("expired", "a", status={"a": "status"})),
        "ground": _rule(
            _and(_all("a", kind="standing", now=GROUND), {"$neq": {"was": GROUND}}), then=_alert("ground", "a", status={"a": "status"})
        ),
        "ground_gone": _rule(
            _and(_all("a", kind="standing", was=GROUND), {"$neq": {"now": GROUND}}, {"$gte": {"now": 1}}),
            then=_alert("ground-gone", "a", status={"a": "status"}),
        ),
        "ground_open": _rule(_all("a", kind="standing", was=GROUND, now=0), then=_alert("ground-open", "a", status={"a": "status"})),
    }


# --- who has to be decided again -----------------------------------------------------------------------------------------


def _again(rules: RuleSet) -> Rules:
    family, kind = rules.document.family, rules.kind
    made: Rules = {}
    for i, name in enumerate(sorted(rules.attributes)):
        moved = _all("m", kind="moved", of=kind, what=word(name))
        made[f"own{i}"] = _rule(moved, then={"decide": {"unit": {"m": "unit"}, "family": family}})
    for i, (counted, name) in enumerate(counted_attributes(rules)):
        moved = _all("m", kind="moved", of=counted, what=word(name))
        part = _and(_all("p", kind="part", of=kind), {"unit": {"m": "unit"}})
        made[f"part{i}"] = _rule(moved, part, then={"decide": {"unit": {"p": "whole"}, "family": family}})
    return made


@lru_cache(maxsize=256)
def counted_attributes(rules: RuleSet) -> tuple[tuple[str, str], ...]:
    """What a set looks at in the parts of its subjects: kinds of parts, each with the attributes, and that they exist."""
    found = set()
    for section in rules.document.sections:
        for indicator in section.indicators:
            if indicator.measure.counted:
                found.add((indicator.measure.counted, "exists"))
                for condition in (indicator.measure.where, indicator.measure.among):
                    found |= {(indicator.measure.counted, name) for name in (attributes_of(condition) if condition else ())}
    return tuple(sorted(found))


def _counts(section: Criterion) -> bool:
    return any(indicator.measure.counted for indicator in section.indicators)


# --- shorthand -----------------------------------------------------------------------------------------------------------


def _rule(*conditions: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(conditions), "then": then}


def _all(name: str, **tests: Any) -> dict[str, Any]:
    return {name: {"$and": [{key: value} for key, value in tests.items()]}}


def _and(condition: dict[str, Any], *tests: dict[str, Any]) -> dict[str, Any]:
    [(name, test)] = condition.items()
    return {name: {"$and": [*test["$and"], *tests]}}


def _verdict(now: int, *, before: int | None = None, not_before: int | None = None) -> dict[str, Any]:
    condition = _all("v", kind="verdict", now=now)
    if before is not None:
        condition = _and(condition, {"was": before})
    return condition if not_before is None else _and(condition, {"$neq": {"was": not_before}})


def _alert(kind: str, name: str, *also: str, **words: Any) -> dict[str, Any]:
    return {"alert": {"kind": kind, "unit": {name: "unit"}, **{key: {name: key} for key in also}, **words}}
