"""Examples on pages: which cases pass, which fail and which cannot be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from ntm_rules.labels import OUTCOME_SIGNS
from ntm_rules.model.examples import Boundary, Example
from ntm_rules.model.ruleset import Criterion
from ntm_rules.model.subject import Subject
from ntm_rules.site import phrases
from ntm_rules.site.library import Edition
from ntm_rules.site.page import Page, text, th
from ntm_rules.site.parts.places import province_name
from ntm_rules.values import Bilingual, Lang, Outcome, exact, shown

_MANY_EXAMPLES = 8
_MANY_BOUNDS = 24
_SEEN_BOUNDS = 4
_WORDS: Final = {
    "true": Bilingual("có", "yes"),
    "false": Bilingual("không", "no"),
    "unscored": Bilingual("chưa chấm", "not scored"),
}


class Case(NamedTuple):
    """A row of the table: what it is called, what is known beside the circumstances, the circumstances, the outcome (HTML)."""

    name: str
    known: str
    facts: tuple[str, ...]
    outcome: str


def cases(page: Page, edition: Edition, section: Criterion) -> None:
    """The examples beside the rules that are about a criterion or its indicators, as a table."""
    numbers = {section.criterion, *(indicator.indicator for indicator in section.indicators)}
    given = edition.examples.examples if edition.examples else ()
    whole = [one for one in given if isinstance(one, Example) and numbers & one.expect.keys()]
    bounds = [one for one in given if isinstance(one, Boundary) and one.boundary in numbers]
    page.heading(page.say("Ví dụ", "Examples"), page.say("vi-du", "examples"), searched=False)
    rows = [_boundary(page, edition, one, key, outcome) for one in bounds for key, outcome in one.expect.items()]
    seen, more = rows[:_SEEN_BOUNDS], rows[_SEEN_BOUNDS:_MANY_BOUNDS]
    seen += [_example(page, edition, one, numbers) for one in _chosen(whole, numbers)]
    outcomes = {outcome for one in bounds for outcome in one.expect.values()}
    outcomes |= {one.expect[key] for one in whole for key in numbers & one.expect.keys()}
    if Outcome.UNDETERMINED not in outcomes and edition.section(section.criterion) is not None:
        seen.append(_nothing_known(page, edition, section))
    words = [page.say("Mọi ví dụ đều được chạy thử mỗi lần kiểm tra.", "Every example is run at each check.")]
    shared = _shared(seen)
    if shared:
        words.append(page.say("Chung cho các ví dụ: ", "In all of them: ") + "; ".join(shared) + ".")
    page.p(text(" ".join(words)))
    head = [page.say("Trường hợp", "Case"), page.say("Đã biết", "What is known"), page.say("Kết quả", "Outcome")]
    caption = page.say("Ví dụ đạt, chưa đạt, chưa xác định", "Examples: met, not met, undetermined")
    page.table(caption, head, _rows(seen, shared), folded=f"{caption} ({len(seen)})")
    if more:
        at_bounds = page.say("Ví dụ ở hai bên ranh giới", "Examples on both sides of a bound")
        page.table(at_bounds, head, _rows(more, ()), folded=f"{at_bounds} ({len(more)})")


def _shared(rows: list[Case]) -> tuple[str, ...]:
    """The circumstances that all rows have in common, where there are several."""
    found = [row.facts for row in rows if row.facts]
    return tuple(one for one in found[0] if all(one in facts for facts in found)) if len(found) > 1 else ()


def _rows(cases_: list[Case], shared: tuple[str, ...]) -> list[list[str]]:
    return [
        [one.name, text("; ".join(part for part in (one.known, *(fact for fact in one.facts if fact not in shared)) if part)), one.outcome]
        for one in cases_
    ]


def _chosen(whole: list[Example], numbers: set[str]) -> list[Example]:
    """A few of the examples: each outcome first, then in the order they stand."""
    first: dict[Outcome, Example] = {}
    for one in whole:
        for key in sorted(numbers & one.expect.keys()):
            first.setdefault(one.expect[key], one)
    kept = list(dict.fromkeys(map(id, [*first.values(), *whole])))[:_MANY_EXAMPLES]
    return [one for one in whole if id(one) in kept]


def outcome_words(outcome: Outcome, lang: Lang) -> str:
    """An outcome with its sign."""
    label = text(outcome.label.say(lang))
    return f'<span class="outcome o-{outcome.value}"><span aria-hidden="true">{OUTCOME_SIGNS[outcome]}</span> {label}</span>'


def _boundary(page: Page, edition: Edition, one: Boundary, key: str, outcome: Outcome) -> Case:
    name = th(f"{text(one.boundary)} = {text(shown_value(page, key))}")
    return Case(name, "".join(_day(page, one.on)), tuple(_facts(page, edition, one.attributes)), outcome_words(outcome, page.lang))


def _day(page: Page, on: date | None) -> Iterator[str]:
    if on:
        yield f"{page.say('ngày', 'on')} {phrases.day(on, page.lang)}"


def shown_value(page: Page, given: Any) -> str:
    """A value of an example as people write it."""
    if isinstance(given, dict):
        [(kind, reason)] = given.items() if len(given) == 1 else [("", str(given))]
        words = {"unknown": page.say("chưa có số liệu", "unknown"), "not_applicable": page.say("không áp dụng", "not applicable")}
        return f"{words.get(kind, kind)} ({reason})"
    if isinstance(given, list):
        return ", ".join(map(str, given))
    written = str(given)
    if re.fullmatch(r"-?\d+\.\d+", written):
        return shown(exact(written), page.lang)
    return _WORDS[written].say(page.lang) if written in _WORDS else written


def _facts(page: Page, edition: Edition, attributes: dict[str, Any]) -> Iterator[str]:
    declared = edition.rules.declared
    for name, value in attributes.items():
        title = declared[name].title.say(page.lang) if name in declared else name
        said = province_name(str(value), page.lang) if name == "province" else phrases.key(shown_value(page, value), page.lang)
        yield f"{title}: {said}"


def _example(page: Page, edition: Edition, one: Example, numbers: set[str]) -> Case:
    subject = one.subject
    known = [*_day(page, one.on)]
    known += [f"{key} = {shown_value(page, value)}" for key, value in subject.get("values", {}).items() if key in numbers]
    attested = page.say("xác nhận", "attested")
    known += [f"{key}: {attested} {shown_value(page, value)}" for key, value in subject.get("attested", {}).items() if key in numbers]
    if members := len(subject.get("members", ())):
        known.append(f"{members} {page.say('đơn vị thành viên', 'members')}")
    found = "<br>".join(f"{text(key)}: {outcome_words(one.expect[key], page.lang)}" for key in one.expect if key in numbers)
    facts = tuple(_facts(page, edition, subject.get("attributes", {})))
    return Case(th(page.vi(one.example)), "; ".join(known), facts, found)


def _nothing_known(page: Page, edition: Edition, section: Criterion) -> Case:
    node = edition.rules.evaluate(Subject(id="0", kind=edition.document.subject))[section.criterion]
    name = th(text(page.say("Chưa có thông tin gì", "Nothing is known")))
    return Case(name, node.reason.say(page.lang) if node.reason else "", (), outcome_words(node.outcome, page.lang))
