"""Rules in words: what is measured, what is compared, under which condition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.decide.engine.tree import value_text
from ntm_rules.labels import KINDS
from ntm_rules.model.figures import Figure
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import AllOf, AnyOf, AtLeastKOf, AttributeTest
from ntm_rules.model.ruleset import Attribute, Combination, Indicator, Period
from ntm_rules.model.vocabulary import STATUSES, column_label
from ntm_rules.values import Bilingual, Lang

OTHERS: Final = Bilingual("còn lại", "others")


def day(given: date | None, lang: Lang) -> str:
    """A day as people write it."""
    if given is None:
        return "…"
    return f"{given:%d/%m/%Y}" if lang == "vi" else given.isoformat()


def period(given: Period, lang: Lang) -> str:
    """From when to when."""
    start, until = given.start, given.until
    if start is None and until is None:
        return "chưa biết" if lang == "vi" else "not known"
    if lang == "vi":
        first = f"từ {day(start, lang)}" if start else "ngày đầu chưa biết"
        return f"{first} đến hết {day(until, lang)}" if until else first
    first = f"from {day(start, lang)}" if start else "first day not known"
    return f"{first} to {day(until, lang)}" if until else first


def key(name: str, lang: Lang) -> str:
    """A column of a table, or a value of an attribute."""
    return (OTHERS if name == "others" else column_label(name)).say(lang)


def _bounds(given: Figure, measure: Measure, lang: Lang, unit: Bilingual | None) -> list[str]:
    values = given.value if isinstance(given.value, tuple) else () if given.value is None else (given.value,)
    return [value_text(measure.comparable(value) if measure.kind != "choice" else value, unit, lang) for value in values]


def figure(given: Figure, indicator: Indicator, lang: Lang) -> str:
    """A figure as people write it: number, grade, list; of units only ``%`` stands beside it."""
    measure = indicator.measure
    unit = measure.unit_words if measure.unit == "%" else None
    return OPERATORS[indicator.operator].listed(_bounds(given, measure, lang, unit))


def required(given: Figure, indicator: Indicator, lang: Lang) -> str:
    """What is required, with its figure and unit: ``từ 80% trở lên``."""
    measure = indicator.measure
    return OPERATORS[indicator.operator].phrase(_bounds(given, measure, lang, measure.unit_words), lang)


def measured(given: Measure, declared: Mapping[str, Attribute], lang: Lang) -> str:
    """What a value of the indicator is."""
    vi = lang == "vi"
    if given.holds_status:
        status = STATUSES.get(given.holds_status, Bilingual(given.holds_status)).say(lang)
        return f"danh hiệu đã được công nhận: {status}" if vi else f"a recognised status: {status}"
    if given.counted:
        units = KINDS[given.counted].parts.say(lang)
        found = (
            (f"tỷ lệ % số {units}" if vi else f"percent of {units}") if given.share_of else (f"số {units}" if vi else f"number of {units}")
        )
        if given.where is not None:
            found += f" {'thỏa' if vi else 'for which'}: {condition(given.where, declared, lang)}"
        if given.among is not None:
            found += f"; {'chỉ tính các đơn vị' if vi else 'only among those with'}: {condition(given.among, declared, lang)}"
        return found
    if given.kind == "yes_no":
        return "có hoặc không (đạt hoặc chưa đạt)" if vi else "yes or no"
    if given.kind == "choice":
        return ("xếp loại, từ thấp đến cao: " if vi else "a grade, lowest first: ") + ", ".join(given.choices)
    found = "số, đơn vị " if vi else "a number in "
    found += given.unit_words.say(lang) or ("không có" if vi else "no unit")
    low, high = given.lowest, given.highest
    if low is not None and high is not None:
        found += f", {value_text(low, None, lang)}–{value_text(high, None, lang)}"
    elif low is not None:
        found += f", {'không dưới' if vi else 'not below'} {value_text(low, None, lang)}"
    return found


def condition(given: Any, declared: Mapping[str, Attribute], lang: Lang) -> str:
    """A condition over attributes in words."""
    vi = lang == "vi"
    if isinstance(given, AttributeTest):
        return _test(given, declared, lang)
    if isinstance(given, AllOf):
        return (" và " if vi else " and ").join(_inner(part, declared, lang) for part in given.all_of)
    if isinstance(given, AnyOf):
        return (" hoặc " if vi else " or ").join(_inner(part, declared, lang) for part in given.any_of)
    assert isinstance(given, AtLeastKOf)
    parts = "; ".join(condition(part, declared, lang) for part in given.at_least_k_of.of)
    return f"ít nhất {given.at_least_k_of.k} trong: {parts}" if vi else f"at least {given.at_least_k_of.k} of: {parts}"


def _inner(given: Any, declared: Mapping[str, Attribute], lang: Lang) -> str:
    words = condition(given, declared, lang)
    return words if isinstance(given, AttributeTest) else f"({words})"


def _test(given: AttributeTest, declared: Mapping[str, Attribute], lang: Lang) -> str:
    attribute = declared.get(given.attribute)
    title = attribute.title.say(lang) if attribute else given.attribute
    bound = given.bound
    assert isinstance(bound, Figure)
    operator = OPERATORS[given.operator]
    values = bound.value if isinstance(bound.value, tuple) else (bound.value or "…",) * operator.places
    return operator.of_attribute(title, [key(value, lang) for value in values], lang)


def counted(number: int, vi: str, en: str, lang: Lang) -> str:
    """A number of things: ``3 chỉ tiêu``, ``1 indicator``, ``3 indicators``; ``en`` is the word for one, and for more after a slash."""
    one, _, more = en.partition("/")
    return f"{number} {vi if lang == 'vi' else one if number == 1 else more}"


def combination(given: Combination, count: int, lang: Lang) -> str:
    """How parts make a whole."""
    return COMBINATIONS[given.rule].words.say(lang).format(k=given.k, n=count)
