"""The set as a whole: nothing left empty without a word, nothing presumed that can't be, no condition that can be made up for."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.conditions import ALL_OF
from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk


def _empty(walk: Walk) -> Iterator[Finding]:
    return (at(path) for path, section in walk.sections if not section.indicators and section.missing is None)


def _presumed(walk: Walk) -> Iterator[Finding]:
    for name, attribute in walk.document.attributes.items():
        if attribute.unless_stated is not None and not attribute.yes_no:
            yield at(("attributes", name, "unless_stated"))


def _made_up_for(walk: Walk) -> Iterator[Finding]:
    if walk.document.conditions and walk.document.passes.rule != ALL_OF.name:
        yield at(("passes",))


EMPTY = Lint(
    "NTM-221",
    _empty,
    '¦criterion: "3"\n    title: {vi: Ba, en: Three}',
    'criterion: "3"\n    title: {vi: Ba, en: Three}\n    missing: {vi: chưa thấy văn bản, en: the text has not been seen}',
)
PRESUMED = Lint("NTM-235", _presumed, "one_of: [A, B], unless_stated: ¦false}", "yes_no: true, unless_stated: false}")
CONDITIONS = Lint("NTM-230", _made_up_for, "passes: ¦any_of", "passes: all_of")
