"""Choosing a ruleset: by its name, or by the day and the province."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.remarks import of_others
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.edition import with_readings
from ntm_rules.loading.resolve import edition_for, resolve
from ntm_rules.model.subject import Subject
from ntm_rules.values import SourceLevel

_LOG = logging.getLogger("ntm_rules")


def load(
    name: str,
    *,
    on: date | None = None,
    province: str | None = None,
    drafts: Iterable[str] = (),
    readings: Mapping[str, str] | None = None,
    catalogue: Catalogue | None = None,
) -> RuleSet:
    """An edition by its name, with the amendments and provincial overlays of a day applied. The logger ``ntm_rules`` says which (info).

    Args:
        name: ``family/edition``, as ``commune-ntm/2021-2025``.
        on: the day whose law counts; without it the edition's text as last amended.
        province: the province whose overlays apply, by slug or official name; :attr:`RuleSet.layers` tells where it ended before the day,
            where the set is another's, and where nothing of its own is on record.
        drafts: drafts to rehearse, by name.
        readings: how to read what a scoring edition leaves open, as ``{"marks": "own_star"}``; see ``score.readings`` of the set.
        catalogue: another folder of rulesets than the one that comes with the library.

    Raises:
        NotFound: no such edition, draft or province; the message names the nearest.
        NotInForce: the edition is not in force on that day; the message gives its days.
        RulesetError: a file is wrong, or overlays conflict; all problems are listed.
        ValueError: a reading that the edition does not have.
    """
    effective = resolve(catalogue or bundled(), name, on=on, province=province, drafts=tuple(drafts))
    applied = ", ".join(f"{layer.id} {layer.version}" for layer in effective.layers if layer.applied)
    _LOG.info("loaded for %s, %s: %s", on or "no day", effective.province or "no province", applied)
    return RuleSet(with_readings(effective, readings or {}))


def applicable(
    family: str,
    *,
    on: date,
    province: str | None = None,
    drafts: Iterable[str] = (),
    filed: date | None = None,
    round: str | None = None,
    catalogue: Catalogue | None = None,
) -> RuleSet:
    """The edition of a family that is in force on a day, with the overlays of that day; :attr:`RuleSet.layers` says why.

    Args:
        family: ``commune-ntm``, ``ocop``, …
        on: the day of the assessment.
        province: the province, by slug or official name, for its own editions and overlays.
        drafts: drafts to rehearse, by name.
        filed: the day the dossier was filed, where an edition has a transition for older dossiers.
        round: ``first``, ``upgrade`` or ``re-assessment``, where the transition differs between them.
        catalogue: another folder of rulesets.

    Raises:
        NotFound: no such family or province.
        NotInForce: no edition is in force on that day; the message names those on record with their days.
        RulesetError: a file is wrong, or overlays conflict.
        ValueError: ``round`` is unknown, or needed and not given.
    """
    found = catalogue or bundled()
    name, day = edition_for(found, family, on, province, filed, round)
    return load(name, on=day, province=province, drafts=drafts, catalogue=found)


class ByProvince:
    """Whose rules judge a subject: those of its own province too, where it has some and the set was read for no province.

    Where a province was asked for, its rules judge everybody; that a subject states another one is told where it is read.

    Args:
        rules: the set as it was asked for.
        catalogue: where the rules of provinces are.
    """

    def __init__(self, rules: RuleSet, catalogue: Catalogue | None = None) -> None:
        self.rules = rules
        self._catalogue = catalogue
        asked = rules.province or rules.document.province
        self.own: frozenset[str] = frozenset(layer.of for layer in rules.layers if layer.of is not None and asked is None)
        self._loaded: dict[str, RuleSet] = {}

    def __call__(self, subject: Subject) -> RuleSet:
        """The rules for a subject.

        Raises:
            RulesetError: a file of its province is wrong.
        """
        slug = subject.attributes.get("province")
        return self.of(slug) if isinstance(slug, str) and slug in self.own else self.rules

    def of(self, province: str) -> RuleSet:
        """The same text of the same day as it is in a province, by its slug; read once.

        Raises:
            NotFound: there is no such province.
            RulesetError: a file of the province is wrong.
        """
        if province not in self._loaded:
            asked = self.rules.identity
            self._loaded[province] = load(
                asked.id, on=asked.on, province=province, drafts=asked.drafts, readings=dict(asked.readings), catalogue=self._catalogue
            )
        return self._loaded[province]


def evaluate(rules: RuleSet, subject: Subject, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Decision:
    """``rules.evaluate(subject)`` as a function; see :meth:`RuleSet.evaluate`.

    One ruleset is of one province, or of none. Where the subject states a province whose rules are others, a warning of the logger
    ``ntm_rules`` says so; :class:`ByProvince` chooses the rules of each subject.

    Raises:
        SubjectError: as :meth:`RuleSet.evaluate`.
    """
    for told in of_others(rules, (subject,), subject.id):
        _LOG.warning(told.line())
    return rules.evaluate(subject, accept=accept)
