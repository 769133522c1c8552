"""Certificates that run out: OCOP certificates hold for 36 months, and are to be assessed again before they end.

How long a certificate runs is in the edition it was issued under. When to file for re-assessment is a rule of procedure, so it is read
from the edition in force on the day looked at; an edition that says nothing of a window gives none.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.resolve import edition_on
from ntm_rules.model.score import Validity
from ntm_rules.problems import NotInForce
from ntm_rules.register.acts import Act, stars_of
from ntm_rules.values import SourceLevel


@dataclass(frozen=True, slots=True)
class Term:
    """How long a certificate runs.

    Attributes:
        until: the last day; None where the issue is not dated or no validity is on record.
        window: first and last day to file for re-assessment, where the edition of the day has such a window.
        extended: the last day it can still hold while a re-assessment is awaited; only where it still ran when the edition that
            asks for a window came into force, and that window had passed (26/2026/QĐ-TTg, Article 12).
        edition: the edition whose validity counts; empty where the decision set the last day itself.
        level: source level of the figures used.
    """

    until: date | None
    window: tuple[date, date] | None = None
    extended: date | None = None
    edition: str = ""
    level: SourceLevel | None = None


def months_later(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def term_of(act: Act, on: date, catalogue: Catalogue, family: str = "ocop") -> Term:
    """How long the certificate of an act runs, seen on a day.

    Raises:
        RulesetError: a ruleset is wrong.
    """
    edition, own = _validity(act.edition, act.day, act, catalogue, family)
    current, now = _validity("", on, act, catalogue, family)
    until = act.until
    level = None
    if until is None and own is not None and act.day is not None:
        until, level = months_later(act.day, own.months), own.source.level
    window = extended = None
    if until is not None and now is not None:
        if now.reassess_from_days is not None and now.reassess_to_days is not None:
            window = (until - timedelta(days=now.reassess_from_days), until - timedelta(days=now.reassess_to_days))
        start = catalogue.rulesets[current].in_force.start
        if now.extended_days is not None and window is not None and start is not None and window[1] < start <= until:
            extended = until + timedelta(days=now.extended_days)
    return Term(until, window, extended, edition if act.until is None else "", level)


def _validity(name: str, day: date | None, act: Act, catalogue: Catalogue, family: str) -> tuple[str, Validity | None]:
    """The edition named, or in force on a day, and what it says of certificates of this class."""
    if not name:
        if day is None:
            return "", None
        try:
            name = edition_on(catalogue, family, day)
        except NotInForce:
            return "", None
    if name not in catalogue.rulesets:
        return name, None
    score = catalogue.ruleset(name).score
    validity = score.validity if score is not None else None
    stars = stars_of(act.status)
    return name, validity if validity is not None and (stars is None or not validity.stars or stars in validity.stars) else None
