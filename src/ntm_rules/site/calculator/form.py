"""The form of the calculator: a field for everything that the answer depends on, as HTML in which what was typed is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import AUTHORITIES
from ntm_rules.loading.catalogue import bundled
from ntm_rules.model.figures import Table
from ntm_rules.model.province import Province
from ntm_rules.model.ruleset import Attribute, Criterion, Indicator, Period
from ntm_rules.model.score import ScoreCriterion
from ntm_rules.site import phrases
from ntm_rules.site.page import tag, text
from ntm_rules.site.parts.places import province_name
from ntm_rules.values import Bilingual, Lang, nfc

Given = dict[str, str]


class Asked(NamedTuple):
    """What a page asks about: a whole set, one criterion of it, or the score sheet of one product set.

    Attributes:
        ruleset: name of the set.
        number: the criterion or product set; empty for the whole set.
        lang: language of the page.
        given: what was typed, by the name of the field; a field left empty is absent or empty.
        today: the day it is where the page is read: what the field for the day begins with.
    """

    ruleset: str
    number: str
    lang: Lang
    given: Given
    today: date

    def say(self, vi: str, en: str) -> str:
        """One of two texts, by the language of the page."""
        return Bilingual(vi, en).say(self.lang)

    def of(self, name: str) -> str:
        """What was typed into a field, without the space around it."""
        return nfc(self.given.get(name, "")).strip()


def day_of(asked: Asked) -> date:
    """The day typed; else today, or the nearest day on which the set is in force."""
    try:
        return date.fromisoformat(asked.of("on"))
    except ValueError:
        period = _period(asked)
        return min(max(asked.today, period.start or date.min), period.until or date.max)


def _period(asked: Asked) -> Period:
    return bundled().rulesets[asked.ruleset].in_force


def province_of(asked: Asked) -> Province | None:
    """The province chosen, as it was on the day; None where none is, or it was none on that day."""
    provinces = bundled().provinces
    slug = asked.of("province")
    return provinces.on(slug, day_of(asked)) if slug in provinces.by_slug else None


def form(asked: Asked, rules: RuleSet) -> str:
    """The form: the day, what tables and conditions look at, and a field for each value."""
    fields = [_field(asked, "on", asked.say("Ngày xét (luật của ngày này)", "Day (whose law counts)"), _day_input(asked))]
    fields += _provinces(asked, rules)
    fields += [_attribute(asked, rules, name) for name in attributes_asked(asked, rules)]
    blocks = [tag("div", "\n".join(fields), class_="fields")]
    if rules.sheets is not None:
        sheet = rules.scores.sheet(asked.number)
        for part in sheet.parts:
            inside = "\n".join(line for given in part.criteria for line in _scored(asked, given))
            blocks.append(_folded(asked.say(f"Phần {part.part}", f"Part {part.part}"), inside, opened=True))
    elif asked.number:
        blocks += [_values(asked, section) for section in _sections(asked, rules)]
    else:
        blocks += [
            _folded(f"{section.criterion}. {section.title.say(asked.lang)}", _whole(asked, section) + _values(asked, section))
            for section in _sections(asked, rules)
        ]
    button = tag("button", asked.say("Xem kết quả", "Show the outcome"), type="submit", class_="md-button md-button--primary")
    clear = tag("button", asked.say("Xoá hết", "Clear"), type="reset", class_="md-button")
    verdict = tag("output", "", class_="verdict")
    return "\n".join([*blocks, tag("p", f"{button} {clear} {verdict}", class_="buttons")])


def _sections(asked: Asked, rules: RuleSet) -> tuple[Criterion, ...]:
    return tuple(section for section in rules.document.sections if asked.number in ("", section.criterion))


def attributes_asked(asked: Asked, rules: RuleSet) -> Iterator[str]:
    """The attributes that the answer depends on, in the order they are declared; the province has a field of its own."""
    if rules.sheets is not None:
        looked_at = {"council_level", *rules.scores.sheet(asked.number).excluded_if}
    elif asked.number:
        looked_at = {name for section in _sections(asked, rules) for name in _looked_at(rules, section)}
    else:
        looked_at = set(rules.attributes)
    yield from (name for name in rules.declared if name in looked_at - {"province"})


def _looked_at(rules: RuleSet, section: Criterion) -> frozenset[str]:
    """The attributes that one criterion looks at: in its conditions and statuses, and through the columns of its tables."""
    tables = (indicator.bound for indicator in section.indicators if isinstance(indicator.bound, Table))
    return section.looked_at.union(*(rules.document.dimensions[name].looked_at for table in tables for name in table.by))


def _field(asked: Asked, name: str, label: str, control: str) -> str:
    return tag("div", tag("label", text(label), for_=field_id(name)) + control, class_="field")


def field_id(name: str) -> str:
    """The id of a field by its name."""
    return "f-" + "".join(char if char.isalnum() else "-" for char in name)


def _day_input(asked: Asked) -> str:
    period = _period(asked)
    limits = {"min": period.start, "max": period.until}
    given = {key: value.isoformat() for key, value in limits.items() if value}
    return tag("input", None, type="date", name="on", id=field_id("on"), value=day_of(asked).isoformat(), **given)


def _provinces(asked: Asked, rules: RuleSet) -> Iterator[str]:
    """A field for the province, where one issued something on this set or its region says the column: those that there were on the day."""
    overlays = bundled().overlays.values()
    own = {str(one.header["province"]) for one in overlays if one.header.get("amends") == asked.ruleset and one.header.get("province")}
    if not own and "region" not in set(attributes_asked(asked, rules)):
        return
    provinces, chosen = bundled().provinces, asked.of("province")
    day = day_of(asked)
    there = {slug: unit.name for slug in provinces.by_slug if (unit := provinces.on(slug, day))}
    if chosen in provinces.by_slug and chosen not in there:  # ended: told beside the field
        there[chosen] = province_name(chosen, asked.lang)
    told = asked.say("có quyết định trong danh mục", "has decisions on record")
    names = {slug: f"{name} ({told})" if slug in own else name for slug, name in there.items()}
    choices = [("", asked.say("chưa chọn", "not chosen")), *((slug, names[slug]) for slug in sorted(names))]
    yield _field(asked, "province", asked.say("Tỉnh", "Province"), _select(asked, "province", choices))


def _attribute(asked: Asked, rules: RuleSet, name: str) -> str:
    attribute = rules.declared[name]
    title = attribute.title.say(asked.lang)
    key = f"a:{name}"
    if name == "region" and (unit := province_of(asked)) and unit.region:  # no choice beside a province; not sent, so it goes with it
        only = [(unit.region, phrases.key(unit.region, asked.lang))]
        return _field(asked, key, title, _select(asked, key, only, disabled=""))
    if attribute.yes_no or attribute.one_of:
        return _field(asked, key, title, _select(asked, key, list(_choices(asked, attribute))))
    hint = {"placeholder": str(day_of(asked).year)} if name == "year" else {}
    mode = {"inputmode": "numeric"} if attribute.whole_number else {}
    return _field(asked, key, title, tag("input", None, type="text", name=key, id=field_id(key), value=asked.of(key), **mode, **hint))


def _choices(asked: Asked, attribute: Attribute) -> Iterator[tuple[str, str]]:
    yes_no = [("true", asked.say("có", "yes")), ("false", asked.say("không", "no"))]
    if attribute.unless_stated is None:
        yield "", asked.say("chưa rõ", "not known")
    else:
        taken = yes_no[not attribute.unless_stated][1]
        yield "", asked.say(f"không khai báo (coi là: {taken})", f"not stated (taken as: {taken})")
    if attribute.yes_no:
        yield from yes_no
    for value in attribute.one_of:
        label = AUTHORITIES.get(value)
        yield value, label.say(asked.lang) if label else phrases.key(value, asked.lang)


def _select(asked: Asked, name: str, choices: Iterable[tuple[str, str]], **more: str) -> str:
    chosen = asked.of(name)
    options = [tag("option", text(words), value=value, **({"selected": ""} if value == chosen else {})) for value, words in choices]
    return tag("select", "".join(options), name=name, id=field_id(name), **more)


def _values(asked: Asked, section: Criterion) -> str:
    """Two fields for each indicator: its value, and what may be known instead of a value."""
    if not section.indicators:
        return "" if not asked.number else _whole(asked, section)
    return "\n".join(_value(asked, indicator) for indicator in section.indicators)


def _whole(asked: Asked, section: Criterion) -> str:
    """The field for what an authority confirmed of a criterion as a whole."""
    label = asked.say(f"Cả tiêu chí {section.criterion}", f"Criterion {section.criterion} as a whole")
    return tag("fieldset", tag("legend", text(label)) + _attestation(asked, f"s:{section.criterion}", label))


def _attestation(asked: Asked, name: str, what: str, *, may_not_apply: bool = False) -> str:
    """What an authority confirmed; it stands beside a value, which decides."""
    choices = [
        ("", asked.say("không có", "none")),
        ("met", asked.say("đạt", "met")),
        ("not_met", asked.say("chưa đạt", "not met")),
    ]
    if may_not_apply:
        choices.append(("na", asked.say("không áp dụng", "does not apply")))
    words = asked.say("Xác nhận của cơ quan", "Attested by the authority")
    label = tag("label", text(words) + tag("span", text(f": {what}"), class_="sr"), for_=field_id(name))
    return tag("span", f"{label} {_select(asked, name, choices)}", class_="attested")


def _value(asked: Asked, indicator: Indicator) -> str:
    key, label = f"v:{indicator.indicator}", f"{indicator.indicator} {indicator.title.say(asked.lang)}"
    measure = indicator.measure
    known = [("", asked.say("chưa rõ", "not known"))]
    if measure.holds_status:
        control = tag("small", text(asked.say("theo danh hiệu nêu ở trên", "by the status stated above")))
    elif measure.kind == "number":
        signed = measure.lowest is None or measure.lowest < 0
        unit = measure.unit_words.say(asked.lang)
        more = {
            "inputmode": "text" if signed else "decimal",  # the keypad for decimals has no minus everywhere
            "aria_label": f"{label} ({unit})" if unit else label,
            "placeholder": asked.say("ví dụ 62,5", "such as 62.5"),
        }
        control = tag("input", None, type="text", name=key, id=field_id(key), value=asked.of(key), **more) + (
            f" {text(unit)}" if unit else ""
        )
    elif measure.kind == "yes_no":
        answers = [*known, ("true", asked.say("có, đạt", "yes")), ("false", asked.say("không, chưa đạt", "no"))]
        control = _select(asked, key, answers, aria_label=label)
    else:
        control = _select(asked, key, [*known, *((grade, grade) for grade in measure.choices)], aria_label=label)
    other = _attestation(asked, f"s:{indicator.indicator}", indicator.indicator, may_not_apply=bool(indicator.may_not_apply))
    return tag("fieldset", tag("legend", text(label)) + tag("span", control, class_="value") + other)


def _scored(asked: Asked, given: ScoreCriterion) -> Iterator[str]:
    """The levels of a criterion of a score sheet, of which one is chosen; a heading over further criteria."""
    title = f"{given.criterion} {given.title.say(asked.lang) if given.title else ''}".strip()
    if given.of:
        only = asked.say("chỉ chấm một trong các mục con", "score exactly one of these")
        yield tag("p", tag("strong", text(title)) + (f" <small>({only})</small>" if given.one_case else ""))
        for below in given.of:
            yield from _scored(asked, below)
        return
    key, chosen = f"v:{given.criterion}", asked.of(f"v:{given.criterion}")
    levels = [("", asked.say("chưa chấm", "not scored"), "")]
    levels += [(str(one.points), Bilingual(one.vi, one.en).say(asked.lang), one.case or "") for one in given.options]
    lines = []
    for i, (points, words, case) in enumerate(levels):
        picked = {"checked": ""} if points == chosen and all(points != before for before, _, _ in levels[:i]) else {}
        radio = tag("input", None, type="radio", name=key, value=points, **picked)
        mark = f"<b>{points}</b> " if points else ""
        lines.append(tag("label", f"{radio} {mark}{text(f'{case}: {words}' if case else words)}"))
    yield tag("fieldset", tag("legend", text(title)) + "".join(lines), class_="levels")


def _folded(title: str, inside: str, *, opened: bool = False) -> str:
    more = {"open": ""} if opened else {}
    return tag("details", tag("summary", text(title)) + inside, **more)
