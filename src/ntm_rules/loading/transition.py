"""Which values of one edition serve the next: declared in ``national/transitions/*/map.yaml``, never guessed from numbers or names."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints import TRANSITION
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.lints.transition import Carrying
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.model.transition import TransitionDocument
from ntm_rules.problems import NotFound, Place, RulesetError


def read_mapping(path: Path, catalogue: Catalogue) -> TransitionDocument:
    """A file of values that serve two editions.

    Raises:
        RulesetError: the file is wrong: an edition or indicator that is not on record, or two that do not measure alike.
    """
    parsed = read_file(path)
    document = build(TransitionDocument, parsed)
    if document is not None:
        named = (name for name in (document.old, document.new) if name in catalogue.rulesets)
        editions = {name: catalogue.ruleset(name).indicators for name in named}
        report(TRANSITION, Carrying(document, catalogue.rulesets.keys(), editions), parsed)
    if document is None or parsed.problems:
        raise RulesetError(sorted(parsed.problems, key=lambda problem: problem.place))
    return document


def all_mappings(catalogue: Catalogue) -> tuple[TransitionDocument, ...]:
    """Every mapping of a folder of rulesets.

    Raises:
        RulesetError: one of them is wrong.
    """
    return tuple(read_mapping(path, catalogue) for path in catalogue.files("national/transitions/*/map.yaml"))


def find_mapping(catalogue: Catalogue, old: str, new: str) -> dict[str, str]:
    """The number of the old indicator for each new one that takes its value.

    Within one edition (before and after an amendment) every number stays what it is.

    Raises:
        NotFound: no mapping between the two editions is on record.
        RulesetError: a mapping is wrong.
    """
    if old == new:
        return {number: number for number in catalogue.ruleset(new).indicators}
    for document in all_mappings(catalogue):
        if (document.old, document.new) == (old, new):
            return {carry.new: carry.old for carry in document.carry}
    raise NotFound.one("NTM-820", Place(path=f"{old} → {new}"), old=old, new=new)
