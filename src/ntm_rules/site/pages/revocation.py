"""Keeping and losing a status: the grounds for revocation by document and day, and what a recognition brings about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

from ntm_rules.model.figures import Figure, Source
from ntm_rules.model.revocation import Consequence, RevocationRule, RevocationText
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.register.acts import REGISTERED
from ntm_rules.register.law import percent
from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, address, of_criterion, of_set, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library
from ntm_rules.site.page import Page, items, text, th
from ntm_rules.site.parts.crumbs import home
from ntm_rules.site.parts.figures import founded, legend, mark, source
from ntm_rules.values import Bilingual, Lang, exact, shown

TITLE = Bilingual("Giữ và mất danh hiệu", "Keeping and losing a status")


def _pages(library: Library, lang: Lang) -> Iterator[Page]:
    """The page, where a law of revocation is on record."""
    if not library.law.documents:
        return
    told = Bilingual(
        "Khi nào có căn cứ thu hồi danh hiệu, khi nào vẫn giữ, theo văn bản nào, từ ngày nào.",
        "When there is ground for revoking a status and when it is kept, by which document, from which day.",
    )
    page = Page(lang, address(lang, "revocation"), address(other(lang), "revocation"), TITLE.say(lang), told.say(lang), crumbs=[home(lang)])
    page.p(page.words(told), class_="lead")
    page.html(legend(page))
    for document in library.law.documents:
        stem = document.revocation.rpartition("/")[2]
        page.heading(document.title.say(lang), stem)
        page.items(page.words(note) for note in document.notes)
        for given in document.texts:
            _text(page, library, given, stem)
        if document.effects:
            heading = page.say("Được công nhận thì thay đổi gì", "What recognition changes")
            page.heading(heading, f"{stem}-{page.say('he-qua', 'effects')}", 3)
            page.items(_effect(page, library, effect) for effect in document.effects)
    yield page


def _text(page: Page, library: Library, given: RevocationText, stem: str) -> None:
    """One text of the law with the rule for each status, or why it is not known."""
    start = given.in_force.start
    when = phrases.period(given.in_force, page.lang)
    page.heading(f"{when[:1].upper()}{when[1:]}: {given.instrument}", f"{stem}-{start or 'x'}", 3)
    if given.missing is not None:
        names = "; ".join(REGISTERED[status].say(page.lang) for status in given.concerns)
        page.p(page.words(given.missing) + ".", class_="note")
        page.p(text(page.say(f"Chưa xác định đối với: {names}.", f"Undetermined for: {names}.")))
    else:
        page.table(
            page.say(f"Căn cứ thu hồi theo {given.instrument}", f"Grounds for revocation by {given.instrument}"),
            [
                page.say("Danh hiệu", "Status"),
                page.say("Có căn cứ khi không đạt", "Ground when these fail"),
                page.say("Tiêu chí then chốt", "Key criteria"),
            ],
            [_row(page, library, rule, start) for rule in given.rules],
        )
    found = dict.fromkeys((given.source, *(rule.source for rule in given.rules)))
    page.html(f'<div class="source" data-search-exclude>{items(_source(page, one, given.instrument) for one in found)}</div>')


def _row(page: Page, library: Library, rule: RevocationRule, start: date | None) -> list[str]:
    name = text(REGISTERED[rule.status].say(page.lang))
    if rule.missing is not None:
        return [th(name), page.words(rule.missing), "–"]
    editions = library.families.get(rule.tested_on or "", ())
    edition = next((one for one in editions if start is not None and one.document.in_force.covers(start)), None)
    if edition is not None:
        link = page.link(of_set(page.lang, edition.id), edition.document.title.say(page.lang))
        name += f"<br><small>{page.say('xét theo', 'tested on')} {link}</small>"
    return [th(name), "<br>".join(_grounds(page, rule, edition)), "<br>".join(_keys(page, rule, edition)) or "–"]


def _grounds(page: Page, rule: RevocationRule, edition: Edition | None) -> Iterator[str]:
    total = len(edition.document.criteria) if edition else 0
    with_key, without = percent(rule.with_key_from), percent(rule.without_key_from)
    low, high = (ceil(total * bound / 100) if bound is not None else None for bound in (with_key, without))
    if with_key is not None:
        key = page.say("trong đó có tiêu chí then chốt", "a key one among them")
        counted = f" ({low}–{high - 1}/{total})" if low is not None and high is not None and total else ""
        yield f"{_share(page, rule.with_key_from, rule.source)}{counted}, {key}"
    if without is not None:
        counted = f" ({page.say(f'từ {high}/{total}', f'{high} of {total} or more')})" if total else ""
        yield f"{_share(page, rule.without_key_from, rule.source)}{counted}"
    if rule.parts is not None:
        held = page.say("xã của huyện đã bị thu hồi danh hiệu", "of the communes of the district had theirs revoked")
        yield f"{_share(page, rule.parts.revoked_share_from, rule.parts)} {held}" + (
            f" <small>{page.words(rule.parts.note)}</small>" if rule.parts.note else ""
        )
    if rule.loses_class:
        yield text(page.say("không còn đủ điểm của hạng đã công nhận", "the points no longer give the class recognised"))


def _share(page: Page, figure: Figure | None, own: Source) -> str:
    """A share from which there is ground, with the sign of its level."""
    assert figure is not None
    if figure.value is None:
        return text(page.say("chưa có số", "figure not known"))
    words = shown(exact(str(figure.value)), page.lang)
    return f"{page.say(f'từ {words}%', f'{words}% or more')}\N{NO-BREAK SPACE}{mark(page, founded(figure, own, '').level)}"


def _keys(page: Page, rule: RevocationRule, edition: Edition | None) -> Iterator[str]:
    if rule.key_criteria is None:
        return
    level = mark(page, rule.key_criteria.level) if rule.key_criteria.level else ""
    for number in rule.key_criteria.numbers:
        section = edition.section(number) if edition else None
        words = f"{number}. {section.title.say(page.lang)}" if section else number
        yield f"{page.link(of_criterion(page.lang, edition.id, number), words) if edition and section else text(words)} {level}"
    if rule.key_criteria.note:
        yield f"<small>{page.words(rule.key_criteria.note)}</small>"


def _source(page: Page, given: Source, instrument: str) -> str:
    return source(page, founded(None, given, instrument))


def _effect(page: Page, library: Library, effect: Consequence) -> str:
    sets = (one.document.attributes for one in library.editions.values() if one.document.grants == effect.status)
    declared = next((one[effect.attribute] for one in sets if effect.attribute in one), STANDARD_ATTRIBUTES.get(effect.attribute))
    name = declared.title.say(page.lang) if declared else effect.attribute
    was = ", ".join(phrases.key(value, page.lang) for value in effect.was)
    words = f"{REGISTERED[effect.status].say(page.lang)}: {name} {was} → {phrases.key(effect.becomes, page.lang)}"
    when = phrases.period(effect.in_force, page.lang)
    return f"{text(words)} ({text(when)})<br><small>{source(page, founded(None, effect.source, effect.source.instrument or ''))}</small>"


REVOCATION = Kind(TITLE, SECTIONS["revocation"], _pages, TITLE)
