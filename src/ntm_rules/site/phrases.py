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

_NOT_KNOWN: Final = Bilingual("chưa biết", "not known")
_SINCE: Final = Bilingual("từ {0}", "from {0}")
_FIRST_DAY_NOT_KNOWN: Final = Bilingual("ngày đầu chưa biết", "first day not known")
_UNTIL: Final = Bilingual("{0} đến hết {1}", "{0} to {1}")

_STATUS: Final = Bilingual("danh hiệu đã được công nhận: {0}", "a recognised status: {0}")
_SHARE: Final = Bilingual("tỷ lệ % số {0}", "percent of {0}")
_COUNT: Final = Bilingual("số {0}", "number of {0}")
_WHERE: Final = Bilingual("{0} thỏa: {1}", "{0} for which: {1}")
_AMONG: Final = Bilingual("{0}; chỉ tính các đơn vị: {1}", "{0}; only among those with: {1}")
_YES_NO: Final = Bilingual("có hoặc không (đạt hoặc chưa đạt)", "yes or no")
_GRADE: Final = Bilingual("xếp loại, từ thấp đến cao: {0}", "a grade, lowest first: {0}")
_NUMBER: Final = Bilingual("số, đơn vị {0}", "a number in {0}")
_NO_UNIT: Final = Bilingual("không có", "no unit")
_BETWEEN: Final = Bilingual("{0}, {1}–{2}", "{0}, {1}–{2}")
_NOT_BELOW: Final = Bilingual("{0}, không dưới {1}", "{0}, not below {1}")

_AND: Final = Bilingual(" và ", " and ")
_OR: Final = Bilingual(" hoặc ", " or ")
_AT_LEAST: Final = Bilingual("ít nhất {0} trong: {1}", "at least {0} of: {1}")


def day(given: date | None, lang: Lang) -> str:
    """A day as people write it."""
    if given is None:
        return "…"
    return Bilingual(f"{given:%d/%m/%Y}", given.isoformat()).say(lang)


def both_days(given: date) -> Bilingual:
    """A day as people of each language write it."""
    return Bilingual(day(given, "vi"), day(given, "en"))


def period(given: Period, lang: Lang) -> str:
    """From when to when."""
    start, until = given.start, given.until
    if start is None and until is None:
        return _NOT_KNOWN.say(lang)
    first = _SINCE.fill(day(start, lang)) if start else _FIRST_DAY_NOT_KNOWN
    return (_UNTIL.fill(first, day(until, lang)) if until else first).say(lang)


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
    return _measured(given, declared, lang).say(lang)


def _measured(given: Measure, declared: Mapping[str, Attribute], lang: Lang) -> Bilingual:
    if given.holds_status:
        return _STATUS.fill(STATUSES.get(given.holds_status, Bilingual(given.holds_status)))
    if given.counted:
        found = (_SHARE if given.share_of else _COUNT).fill(KINDS[given.counted].parts)
        if given.where is not None:
            found = _WHERE.fill(found, condition(given.where, declared, lang))
        if given.among is not None:
            found = _AMONG.fill(found, condition(given.among, declared, lang))
        return found
    if given.kind == "yes_no":
        return _YES_NO
    if given.kind == "choice":
        return _GRADE.fill(", ".join(given.choices))
    found = _NUMBER.fill(given.unit_words if given.unit_words.vi else _NO_UNIT)
    low, high = given.lowest, given.highest
    if low is not None and high is not None:
        return _BETWEEN.fill(found, value_text(low, None, lang), value_text(high, None, lang))
    return _NOT_BELOW.fill(found, value_text(low, None, lang)) if low is not None else found


def condition(given: Any, declared: Mapping[str, Attribute], lang: Lang) -> str:
    """A condition over attributes in words."""
    if isinstance(given, AttributeTest):
        return _test(given, declared, lang)
    if isinstance(given, AllOf):
        return _AND.say(lang).join(_inner(part, declared, lang) for part in given.all_of)
    if isinstance(given, AnyOf):
        return _OR.say(lang).join(_inner(part, declared, lang) for part in given.any_of)
    assert isinstance(given, AtLeastKOf)
    parts = "; ".join(condition(part, declared, lang) for part in given.at_least_k_of.of)
    return _AT_LEAST.fill(given.at_least_k_of.k, parts).say(lang)


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
    return f"{number} {Bilingual(vi, one if number == 1 else more).say(lang)}"


def combination(given: Combination, count: int, lang: Lang) -> str:
    """How parts make a whole."""
    return COMBINATIONS[given.rule].words.say(lang).format(k=given.k, n=count)
