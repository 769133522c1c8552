"""Which values of one edition serve the next: declared in a file, line by line, never guessed from numbers or names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, read_file
from ntm_rules.model.base import Model, Text, Words
from ntm_rules.model.figures import Level, _texts
from ntm_rules.model.ruleset import Indicator, RuleSetDocument
from ntm_rules.problems import NotFound, Place, Problem, RulesetError, nearest


class Carry(Model):
    """One value that serves both editions."""

    old: Text = Field(alias="from", description="Số của chỉ tiêu ở bộ cũ.")
    new: Text = Field(alias="to", description="Số của chỉ tiêu ở bộ mới.")
    level: Level = Field(description="Căn cứ chắc đến đâu để coi là cùng một đại lượng.")
    note: Words | None = None


class TransitionDocument(Model):
    """One file of values that serve two editions."""

    transition: Text = Field(description="Tên, như tên thư mục.")
    version: Text
    title: Words
    old: Text = Field(alias="from", description="Bộ cũ, như commune-ntm/2016-2020.")
    new: Text = Field(alias="to", description="Bộ mới.")
    carry: Annotated[tuple[Carry, ...], BeforeValidator(_texts)] = ()
    notes: Annotated[tuple[Words, ...], BeforeValidator(_texts)] = ()


def read_mapping(path: Path, catalogue: Catalogue) -> TransitionDocument:
    """A file of values that serve two editions.

    Raises:
        RulesetError: the file is wrong: an edition or indicator that is not on record, or two that do not measure alike.
    """
    parsed = read_file(path)
    document = build(TransitionDocument, parsed)
    if document is not None:
        _check(document, parsed, catalogue)
    if document is None or parsed.problems:
        raise RulesetError(sorted(parsed.problems, key=lambda problem: problem.place))
    return document


def all_mappings(catalogue: Catalogue) -> tuple[TransitionDocument, ...]:
    """Every mapping of a folder of rulesets.

    Raises:
        RulesetError: one of them is wrong.
    """
    return tuple(read_mapping(path, catalogue) for path in sorted(catalogue.folder.glob("national/transitions/*/map.yaml")))


def find_mapping(catalogue: Catalogue, old: str, new: str) -> dict[str, str]:
    """The number of the old indicator for each new one that takes its value.

    Within one edition (before and after an amendment) every number stays what it is.

    Raises:
        NotFound: no mapping between the two editions is on record.
        RulesetError: a mapping is wrong.
    """
    if old == new:
        return {indicator.indicator: indicator.indicator for indicator in indicators_of(catalogue.ruleset(new)).values()}
    for document in all_mappings(catalogue):
        if (document.old, document.new) == (old, new):
            return {carry.new: carry.old for carry in document.carry}
    raise NotFound([Problem("NTM-820", Place(path=f"{old} → {new}"), {"old": old, "new": new})])


def indicators_of(document: RuleSetDocument) -> dict[str, Indicator]:
    """Every indicator of a set by its number, conditions included."""
    return {one.indicator: one for section in document.sections for one in section.indicators}


def _check(document: TransitionDocument, parsed: Parsed, catalogue: Catalogue) -> None:
    known = {}
    for key, name in (("from", document.old), ("to", document.new)):
        if name not in catalogue.rulesets:
            parsed.report("NTM-306", (key,), got=name, guess=nearest(name, catalogue.rulesets))
            return
        known[key] = indicators_of(catalogue.ruleset(name))
    seen: set[str] = set()
    for i, carry in enumerate(document.carry):
        pair = []
        for key, number, edition in (("from", carry.old, document.old), ("to", carry.new, document.new)):
            found = known[key].get(number)
            if found is None:
                parsed.report("NTM-819", ("carry", i, key), got=number, edition=edition, guess=nearest(number, known[key]))
            else:
                pair.append(found.measure)
        if len(pair) == 2 and (pair[0].kind, pair[0].unit, pair[0].choices) != (pair[1].kind, pair[1].unit, pair[1].choices):
            old, new = (measure.unit or measure.kind for measure in pair)
            parsed.report("NTM-822", ("carry", i), old=old, new=new)
        if carry.new in seen:
            parsed.report("NTM-202", ("carry", i, "to"), key=carry.new)
        seen.add(carry.new)
