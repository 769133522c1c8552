"""What a table leaves out or says in vain: a column is no mistake of a row, so it is told once for the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.headings import Column
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem

_TOLD_APART = ("province", "year")  # what is said of provinces stands below; the year tells rows of one unit apart


def unread(rules: RuleSet, columns: Iterable[Column], file: str) -> Iterator[Problem]:
    """Attributes that a column states and the set never looks at: known words, but nothing depends on them."""
    if rules.sheets is not None:
        return
    statuses = {one.measure.holds_status for one in rules.inputs}
    names = [
        column.header
        for column in columns
        if column.role == "attribute" and column.key not in rules.attributes and column.key not in (*statuses, *_TOLD_APART)
    ]
    if names:
        yield Problem("NTM-535", Place(file), {"count": len(names), "names": ", ".join(names), "set": rules.id})


def of_provinces(rules: RuleSet, subjects: Iterable[Subject], file: str) -> Iterator[Problem]:
    """What is to be told of the province asked for, then of others that rows name: that one ended before the day, that it is not the one
    whose rules were read, that it has rules of its own and none were read. Each once."""
    yield from (problem.at(Place(file, path="province")) for problem in rules.told)
    asked = rules.province or rules.document.province
    stated = dict.fromkeys(str(subject.attributes.get("province")) for subject in subjects)
    for slug in stated:
        if rules.provinces is not None and slug != asked and slug in rules.provinces.by_slug:
            told = rules.provinces.told(slug, on=rules.on, asked=asked)
            if asked is None and slug in {layer.of for layer in rules.layers}:  # none of a province is applied: none was asked for
                told.append(Problem("NTM-319", Place(path="province"), {"got": rules.provinces.name(slug), "slug": slug}))
            yield from (problem.at(Place(file, path=f"province: {slug}")) for problem in told)
