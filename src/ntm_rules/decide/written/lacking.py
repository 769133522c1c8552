"""What a set looks at and a table does not say: a column left out is no mistake of a row, so it is told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ntm_rules.decide.engine.method import Judging
from ntm_rules.decide.written.headings import Column


def lacking(rules: Judging, columns: Iterable[Column], shared: Collection[str]) -> tuple[str, ...]:
    """Attributes that neither a column nor a constant states, then indicators without a column of their own, of the criterion they are in
    or of the status they follow from. Of a score sheet only the product set is asked for, since each sheet has criteria of its own."""
    given = {(column.role, column.key) for column in columns}
    stated = {key for role, key in given if role == "attribute"} | set(shared)
    if rules.sheets is not None:
        return () if "product_set" in stated else ("product_set",)
    absent = [name for name, attribute in rules.attributes.items() if name not in stated and attribute.unless_stated is None]
    for section in rules.document.sections:
        if ("attested", section.criterion) in given:
            continue
        for indicator in section.indicators:
            number = indicator.indicator
            if not {("value", number), ("attested", number)} & given and indicator.measure.holds_status not in stated:
                absent.append(number)
    return tuple(absent)
