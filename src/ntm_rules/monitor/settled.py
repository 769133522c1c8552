"""A day settled: of all that was said while facts came in, what is so at its end and was not so when it began; one alert for one thing.

Commissions send their figures one by one: fifty values of one commune make it fail and meet its set many times over within an hour. An
office wants the difference that the day made, the gravest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from ntm_rules.model.ruleset import family_of
from ntm_rules.monitor.alerts import IMPORTANCE, TITLED, Alert
from ntm_rules.monitor.definitions import ASIDE, FAILED, GROUND, MET, NEVER, OPEN
from ntm_rules.monitor.seen import Seen
from ntm_rules.monitor.watched import Watched
from ntm_rules.values import Bilingual

_RANK: Final = {kind: rank for rank, kind in enumerate(kind for kinds in IMPORTANCE for kind in kinds)}
_SAYS_MORE: Final = {  # what is not said beside another alert of the same unit and the same thing
    "criterion-lost": ("slipped-again", "slipped", "recognised-unmet"),
    "slipped": ("slipped-again",),
    "recognised": ("recognised-unmet",),
}


class _Of(NamedTuple):
    """What an alert is about, before the day and at its end."""

    was: Watched | None
    now: Watched


def settled(alerts: Iterable[Alert], dawn: Mapping[str, Watched | None], units: Mapping[str, Watched]) -> list[Alert]:
    """The alerts of a day as its end leaves them, by importance.

    Args:
        alerts: those given on the day, in order.
        dawn: the units that changed on the day as they were when it began; None of those that were not yet told.
        units: the units as they are now.
    """
    kept: dict[tuple[str, ...], Alert] = {}
    for alert in alerts:
        now = units.get(alert.subject)
        if now is None:
            continue
        stands = _standing(alert, _Of(dawn.get(alert.subject, now), now))
        if stands is not None:
            kept[stands.kind, stands.subject, stands.ruleset, stands.status, stands.criterion] = stands
    return joined(kept.values())


def joined(alerts: Iterable[Alert]) -> list[Alert]:
    """Alerts by day and importance, one for one thing: a slip names the criteria that it lies in, and nothing else repeats it."""
    found = list(alerts)
    by_unit: dict[tuple[date, str], list[Alert]] = {}
    for alert in found:
        by_unit.setdefault((alert.on, alert.subject), []).append(alert)
    kept = (_with_criteria(alert, others) for alert in found if not _said_elsewhere(alert, others := by_unit[alert.on, alert.subject]))
    return sorted(kept, key=lambda alert: (alert.on, _RANK[alert.kind], alert.subject, alert.ruleset, alert.number))


def _standing(alert: Alert, of: _Of) -> Alert | None:
    """The alert, if it is so at the end of the day and was not so before; another where the day ended otherwise than it says."""
    match alert.kind:
        case "slipped" | "recognised-unmet" | "regained" | "unsettled" | "meets":
            kind = _of_the_set(alert, of)
            return replace(alert, kind=kind) if kind else None
        case "slipped-again":
            return alert if _outcome(of.now, alert) == FAILED and _holds(of.now, alert.status) else None
        case "set-met":
            return alert if _outcome(of.now, alert) == MET != _outcome(of.was, alert) else None
        case "set-lost":
            return alert if _outcome(of.now, alert) == FAILED and _outcome(of.was, alert) == MET else None
        case "criterion-lost" | "share-reached" | "share-lost" | "target-reached" | "target-lost" | "share-moved":
            return _of_criterion(alert, of)
        case "ground" | "ground-gone" | "ground-open":
            return alert if _of_ground(alert, of) else None
        case "recognised":
            return alert if (alert.status, alert.since) in of.now.recognised else None
        case "revoked":
            return alert if (alert.status, alert.since) in of.now.revoked else None
        case "merged":
            return alert if of.now.merged is not None else None
        case "renamed":
            return alert if alert.since in of.now.renamed else None
        case "filed":
            return alert if alert.since in of.now.filed else None
        case _:
            return alert


def _of_the_set(alert: Alert, of: _Of) -> str:
    """What the day came to between a unit, its status and the set of that; nothing where it is as it was.

    In whichever order the facts came: one that failed, mended and was recognised has failed nobody.
    """
    was, now = (_outcome(watched, alert) for watched in of)
    held, holds = (_holds(watched, alert.status) for watched in of)
    held = held or of.now.holds(alert.on - timedelta(days=1)).get(alert.status, False)  # an act told late counts from its own day
    if now == FAILED and holds:
        return "recognised-unmet" if not held else "slipped" if was != FAILED else ""
    if now == MET != was:
        return "meets" if not holds else "regained" if held and was == FAILED else ""
    return "unsettled" if now == OPEN and was == MET and holds else ""


def _holds(watched: Watched | None, status: str) -> bool:
    return watched is not None and watched.held.get(status, watched.unit.attributes.get(status) is True)


def _of_criterion(alert: Alert, of: _Of) -> Alert | None:
    (was, before), (now, observed) = (_criterion(watched, alert) for watched in of)
    match alert.kind:
        case "criterion-lost":
            return alert if now == FAILED and was != FAILED and _holds(of.now, alert.status) else None
        case "share-reached" | "target-reached":
            return replace(alert, before=before, observed=observed) if now == MET and was not in (MET, NEVER) else None
        case "share-lost" | "target-lost":
            return replace(alert, before=before, observed=observed) if now in (FAILED, OPEN) and was == MET else None
        case _:
            return replace(alert, before=before, observed=observed) if was == now and before is not None and before != observed else None


def _of_ground(alert: Alert, of: _Of) -> bool:
    was, now = (watched.standings.get(alert.status, NEVER) if watched is not None else NEVER for watched in of)
    if alert.kind == "ground":
        return now == GROUND and was != GROUND
    return was == GROUND and (now == FAILED if alert.kind == "ground-open" else now in (OPEN, ASIDE))


def _seen(watched: Watched | None, alert: Alert) -> Seen | None:
    """What was found of a unit under the family that an alert is about."""
    of_family = (seen for seen in watched.seen.values() if family_of(seen.edition) == family_of(alert.ruleset)) if watched else ()
    found = list(of_family)
    return next((seen for seen in found if seen.edition == alert.ruleset), found[0] if found else None)


def _outcome(watched: Watched | None, alert: Alert) -> int:
    seen = _seen(watched, alert) if alert.ruleset else None
    return seen.outcome if seen is not None else NEVER


def _criterion(watched: Watched | None, alert: Alert) -> tuple[int, Bilingual | None]:
    """The outcome of the criterion of an alert, and the share or count observed where it counts."""
    seen = _seen(watched, alert)
    if seen is None or seen.edition != alert.ruleset or alert.criterion not in seen.sections:
        return NEVER, None
    place = seen.sections.index(alert.criterion)
    return seen.codes[place], seen.observed[seen.counted.index(place)] if place in seen.counted else None


def _said_elsewhere(alert: Alert, others: Iterable[Alert]) -> bool:
    more = _SAYS_MORE.get(alert.kind, ())
    if alert.kind == "share-lost":  # the criterion that a unit recognised lost is that share
        return any(one.kind == "criterion-lost" and (one.ruleset, one.criterion) == (alert.ruleset, alert.criterion) for one in others)
    return any(one.kind in more and one.status == alert.status for one in others)


def _with_criteria(alert: Alert, others: Iterable[Alert]) -> Alert:
    """A slip with the criteria that it lies in, where they were lost on the day."""
    if alert.kind not in ("slipped", "slipped-again"):
        return alert
    lost = [one for one in others if one.kind == "criterion-lost" and (one.subject, one.ruleset) == (alert.subject, alert.ruleset)]
    titles = [TITLED.fill(one.criterion, one.title) if one.title is not None else Bilingual(one.criterion) for one in lost]
    return replace(alert, reason=Bilingual.join(titles, ", ")) if titles else alert
