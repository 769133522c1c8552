"""Which column of a table a subject reads, as dated rules in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ntm_rules.model.ruleset import Dimension
from ntm_rules.site import phrases
from ntm_rules.site.library import Edition, State
from ntm_rules.site.page import Page, text
from ntm_rules.site.parts.figures import founded, source
from ntm_rules.values import Bilingual, Lang

_FROM = Bilingual("Từ {0}", "From {0}")
_FROM_TO = Bilingual("Từ {0} đến hết {1}", "From {0} to {1}")


def turning(edition: Edition) -> Iterator[tuple[str, tuple[tuple[State, Dimension], ...]]]:
    """The dimensions with rules that move a subject, each with its states and the days they hold."""
    national = [state for state in edition.states if state.province is None]
    for name in national[-1].document.dimensions:
        found: list[tuple[State, Dimension]] = []
        for state in national:
            dimension = state.document.dimensions.get(name)
            if dimension is not None and (not found or found[-1][1].redirect != dimension.redirect):
                found.append((state, dimension))
        if any(dimension.redirect for _, dimension in found):
            yield name, tuple(found)


def _days(edition: Edition, states: list[State], i: int, lang: Lang) -> str:
    start = states[i].start
    later = states[i + 1].start if i + 1 < len(states) else None
    until = later - timedelta(days=1) if later else edition.document.in_force.until
    words = _FROM_TO if until else _FROM
    return words.fill(phrases.day(start, lang), phrases.day(until, lang)).say(lang)


def latest(page: Page, edition: Edition, used: frozenset[str]) -> Iterator[str]:
    """The rule in force last on the columns that are ``used``, in one sentence for each column it moves subjects to."""
    for name, found in turning(edition):
        if name not in used:
            continue
        state, dimension = found[-1]
        for rule in dimension.redirect:
            who = rule.title.say(page.lang) if rule.title else phrases.condition(rule.when, edition.rules.declared, page.lang)
            use = text(phrases.key(rule.use, page.lang))
            since = text(page.say(f"Từ {phrases.day(state.start, page.lang)}", f"From {phrases.day(state.start, page.lang)}"))
            own = text(page.say(f"áp dụng mức của {dimension.title.vi.lower()} mình", f"by its own {dimension.title.en.lower()}"))
            read = page.say("áp dụng mức của", "is judged by the column of")
            others = page.say("các xã khác" if edition.document.subject == "commune" else "đối tượng khác", "others")
            yield f"{since}: {text(who)} {read} <strong>{use}</strong>; {others} {own}."


def column_rules(page: Page, edition: Edition) -> None:
    """Which column counts, from which day, by which document; nothing where each subject simply reads its own."""
    declared = edition.rules.declared
    for name, found in turning(edition):
        title = found[0][1].title.say(page.lang)
        vi = f"Cột đọc theo: {title}. Có trường hợp áp dụng mức của cột khác:"
        page.p(text(page.say(vi, f"The column follows: {title}. Some are judged by another column than their own:")))
        states = [state for state, _ in found]
        lines = []
        for i, (state, dimension) in enumerate(found):
            for rule in dimension.redirect:
                who = rule.title.say(page.lang) if rule.title else ""
                when = phrases.condition(rule.when, declared, page.lang)
                use = phrases.key(rule.use, page.lang)
                reads = page.say("áp dụng mức của", "is judged by the column of")
                days = text(_days(edition, states, i, page.lang))
                line = f"<strong>{days}</strong>: {text(who or when)} {reads} <strong>{text(use)}</strong>."
                if who:
                    line += f" {page.say('Điều kiện', 'Condition')}: {text(when)}."
                line += f'<br><span class="source">{source(page, founded(None, rule.source, state.instrument))}</span>'
                lines.append(line)
        page.items(lines, class_=f"columns columns-{name}")
