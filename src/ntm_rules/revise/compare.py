"""Comparing two rulesets: criteria by number, indicators by number, figures by column, each difference with its direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.figures import Figure, figures_of
from ntm_rules.model.measures import Measure
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.revise.change import Change, Diff, Effect, Kind
from ntm_rules.revise.compare_sheets import compare_sheets
from ntm_rules.revise.compare_words import compare_words
from ntm_rules.values import LANGS, Bilingual, SourceLevel

_FLIPPED: dict[Effect, Effect] = {"stricter": "looser", "looser": "stricter", "either": "either", "none": "none"}


def diff(old: RuleSet, new: RuleSet) -> Diff:
    """Every difference between two texts: two editions, two versions, one edition before and after an amendment, with and without a draft.

    Criteria and indicators are joined by their numbers, tables by their columns. Notes, and words that people read beside the rules,
    change no outcome: their differences say so.

    Args:
        old: the text before.
        new: the text after.

    Raises:
        RulesetError: a score sheet is wrong.
        TypeError: one of them is no ruleset.
    """
    for one in (old, new):
        if not isinstance(one, RuleSet):
            raise TypeError(f"diff: two rulesets, as load gives them (got {one!r:.80})")
    before, after = old.document, new.document
    found = [*_of_set(before, after), *_of_attributes(before, after), *_of_dimensions(before, after)]
    found += _of_sections(before, after)
    found += compare_sheets(*(rules.scores if rules.sheets is not None else None for rules in (old, new)))
    for change in compare_words(old, new, found):  # beside what else differs at its place
        places = [i for i, one in enumerate(found) if (one.at, one.column) == (change.at, change.column)]
        places = places or [i for i, one in enumerate(found) if one.at == change.at] or [len(found) - 1]
        found.insert(places[-1] + 1, change)
    names = {name: one.title for text in (before, after) for name, one in text.attributes.items() if one.title}
    names = {**names, **{name: one.title for text in (before, after) for name, one in text.dimensions.items() if one.title}}
    for score in (text.score for text in (before, after) if text.score is not None):
        names |= {name: one.title for name, one in score.exclusions.items()}
    return Diff(_named_beside(old, new), _named_beside(new, old), tuple(found), {**names, **_FACTS})


_LEVELS: Final = (("district", "huyện"), ("province", "tỉnh"), ("centre", "trung ương"))
_FACTS: Final = {
    "instrument": Bilingual("văn bản", "instrument"),
    "in_force": Bilingual("hiệu lực", "in force"),
    "grants": Bilingual("danh hiệu", "status"),
    "subject": Bilingual("đối tượng", "subject"),
    "follows": Bilingual("kết quả kéo theo", "what follows"),
    "certified_from": Bilingual("hạng được công nhận", "lowest class recognised"),
    "potential_from": Bilingual("điểm trình trung ương", "points passed on to the centre"),
    "readings": Bilingual("cách đọc phiếu", "how a sheet is read"),
    "council": Bilingual("hội đồng", "council"),
    "validity": Bilingual("thời hạn", "term"),
    **{f"council {key}": Bilingual(f"hội đồng cấp {vi}", f"council of the {key}") for key, vi in _LEVELS},
}
_FROM: Final = Bilingual("từ {}: {}", "from {}: {}")


def named(rules: RuleSet) -> str:
    """A text by its name, version, day, province and drafts."""
    parts = [rules.id, rules.version, *([rules.on.isoformat()] if rules.on else []), *([rules.province] if rules.province else [])]
    return " ".join([*parts, *rules.identity.drafts])


def _named_beside(rules: RuleSet, other: RuleSet) -> str:
    """A text by its name, and by the version of each text laid on it that the other has in another version."""
    versions, others = rules.identity.versions, other.identity.versions
    laid = [f"{name} {version}" for name, version in versions.items() if name != rules.id and others.get(name, version) != version]
    return " + ".join([named(rules), *laid])


# --- the set itself ------------------------------------------------------------------------------------------------------


def _of_set(old: RuleSetDocument, new: RuleSetDocument) -> Iterator[Change]:
    for name, before, after in (
        ("instrument", old.instrument, new.instrument),
        ("in_force", _period(old), _period(new)),
        ("grants", old.grants or "", new.grants or ""),
        ("subject", old.subject, new.subject),
    ):
        if before != after:
            yield Change(Kind.SET_CHANGED, name, (), Bilingual(before), Bilingual(after), "none")
    if old.title != new.title:
        yield Change(Kind.TITLE_CHANGED, "", (), old.title, new.title, "none")
    if old.follows != new.follows:
        yield Change(Kind.SET_CHANGED, "follows", (), _follows(old), _follows(new), "none")
    if old.passes != new.passes:
        yield Change(Kind.COMBINATION_CHANGED, "", (), _combination(old), _combination(new))


def _period(document: RuleSetDocument) -> str:
    start, until = document.in_force.start, document.in_force.until
    return f"{start or '…'} – {until or '…'}"


def _follows(document: RuleSetDocument) -> Bilingual:
    return Bilingual.join([_FROM.fill(row.met, row.title) for row in document.follows], "; ")


def _combination(whole: Any) -> Bilingual:
    return COMBINATIONS[whole.passes.rule].brief.fill(k=whole.passes.k)


def _of_attributes(old: RuleSetDocument, new: RuleSetDocument) -> Iterator[Change]:
    for name in dict.fromkeys([*old.attributes, *new.attributes]):
        before, after = old.attributes.get(name), new.attributes.get(name)
        if before is None or after is None or before.model_copy(update={"title": after.title, "note": after.note}) != after:
            yield Change(Kind.ATTRIBUTE_CHANGED, name, (), _title(before), _title(after))


def _title(thing: Any) -> Bilingual:
    return thing.title if thing is not None and thing.title is not None else Bilingual("")


def _of_dimensions(old: RuleSetDocument, new: RuleSetDocument) -> Iterator[Change]:
    for name in dict.fromkeys([*old.dimensions, *new.dimensions]):
        before, after = old.dimensions.get(name), new.dimensions.get(name)
        rules = [[(rule.use, rule.when) for rule in one.redirect] if one else [] for one in (before, after)]
        if rules[0] != rules[1]:
            yield Change(Kind.COLUMN_RULE_CHANGED, name, (), _redirects(before), _redirects(after))
        if before is not None and after is not None and before.attribute != after.attribute:
            yield Change(Kind.ATTRIBUTE_CHANGED, name, (), Bilingual(before.attribute), Bilingual(after.attribute))


def _redirects(dimension: Any) -> Bilingual:
    rules = dimension.redirect if dimension is not None else ()
    named = [rule.title or Bilingual(rule.use) for rule in rules]
    return Bilingual.join(named, "; ")


# --- criteria and indicators ---------------------------------------------------------------------------------------------


def _of_sections(old: RuleSetDocument, new: RuleSetDocument) -> Iterator[Change]:
    before = {section.criterion: section for section in old.sections}
    after = {section.criterion: section for section in new.sections}
    homes = [{one.indicator: section.criterion for section in document.sections for one in section.indicators} for document in (old, new)]
    known = {one.indicator: one for section in old.sections for one in section.indicators}
    renumbered = _renumbered(old, new)
    for number, section in after.items():
        earlier = before.get(number)
        if earlier is None:
            yield Change(Kind.CRITERION_ADDED, number, (), Bilingual(""), section.title, _whole_effect(new, added=True))
        else:
            yield from _of_criterion(earlier, section)
        for one in section.indicators:
            was = known.get(one.indicator)
            if one.indicator in renumbered:
                was = known[renumbered[one.indicator]]
                yield Change(Kind.INDICATOR_RENUMBERED, one.indicator, (), Bilingual(was.indicator), Bilingual(one.indicator), "none")
                yield from _about(one, _of_indicator(was, one, (old.instrument, new.instrument)))
                continue
            if was is None:
                if earlier is not None:  # of a new criterion the indicators are new with it
                    yield Change(Kind.INDICATOR_ADDED, one.indicator, (), Bilingual(""), one.title, _whole_effect(section, added=True))
                continue
            if homes[0][one.indicator] != number:
                yield Change(Kind.INDICATOR_MOVED, one.indicator, (), Bilingual(homes[0][one.indicator]), Bilingual(number))
            yield from _about(one, _of_indicator(was, one, (old.instrument, new.instrument)))
    for number, section in before.items():
        if number not in after:
            yield Change(Kind.CRITERION_REMOVED, number, (), section.title, Bilingual(""), _whole_effect(old, added=False))
            continue
        for one in section.indicators:
            if one.indicator not in homes[1] and one.indicator not in renumbered.values():
                yield Change(Kind.INDICATOR_REMOVED, one.indicator, (), one.title, Bilingual(""), _whole_effect(section, added=False))


def _renumbered(old: RuleSetDocument, new: RuleSetDocument) -> dict[str, str]:
    """The old number of each indicator that has a new one: its title is the same, letter for letter, and nobody else's on either side."""
    sides = []
    for document, other in ((old, new), (new, old)):
        titles: dict[str, list[str]] = {}
        for one in document.indicators.values():
            titles.setdefault(one.title.vi.casefold(), []).append(one.indicator)
        alone = {title: numbers[0] for title, numbers in titles.items() if len(numbers) == 1}
        sides.append({title: number for title, number in alone.items() if number not in other.indicators})
    return {number: sides[0][title] for title, number in sides[1].items() if title in sides[0]}


def _about(one: Indicator, changes: Iterator[Change]) -> Iterator[Change]:
    """The differences of an indicator, with its title and unit."""
    return (replace(change, title=one.title, unit=one.measure.unit_words) for change in changes)


def _whole_effect(whole: Any, *, added: bool) -> Effect:
    """What one more part does: where all parts must hold it is stricter, where one suffices looser."""
    effect: Effect = COMBINATIONS[whole.passes.rule].adding
    return effect if added else _FLIPPED[effect]


def _of_criterion(old: Criterion, new: Criterion) -> Iterator[Change]:
    at = new.criterion
    if old.title != new.title:
        yield Change(Kind.TITLE_CHANGED, at, (), old.title, new.title, "none")
    if old.passes != new.passes:
        yield Change(Kind.COMBINATION_CHANGED, at, (), _combination(old), _combination(new))
    if old.applies_when != new.applies_when:
        yield Change(Kind.APPLIES_WHEN_CHANGED, at)
    if (old.missing is None) != (new.missing is None):
        yield Change(Kind.CONTENT_CHANGED, at, (), old.missing or Bilingual(""), new.missing or Bilingual(""))


def _of_indicator(old: Indicator, new: Indicator, issued: tuple[str, str]) -> Iterator[Change]:
    at = new.indicator
    if old.title != new.title:
        yield Change(Kind.TITLE_CHANGED, at, (), old.title, new.title, "none")
    if old.measure != new.measure:
        was, now = (Bilingual(one.measure.unit or one.measure.kind) for one in (old, new))
        yield Change(Kind.MEASURE_CHANGED, at, (), was, now)
    if old.applies_when != new.applies_when:
        yield Change(Kind.APPLIES_WHEN_CHANGED, at)
    if (old.may_not_apply is None) != (new.may_not_apply is None):
        effect: Effect = "looser" if new.may_not_apply is not None else "stricter"
        yield Change(Kind.MAY_NOT_APPLY_CHANGED, at, (), old.may_not_apply or Bilingual(""), new.may_not_apply or Bilingual(""), effect)
    if old.operator != new.operator:
        was, now = (Bilingual(OPERATORS[one.operator].sign) for one in (old, new))
        yield Change(Kind.OPERATOR_CHANGED, at, (), was, now)
    yield from _of_figures(old, new, issued)


def _of_figures(old: Indicator, new: Indicator, issued: tuple[str, str]) -> Iterator[Change]:
    before: Mapping[tuple[str, ...], Figure] = dict(figures_of(old.bound))
    after: Mapping[tuple[str, ...], Figure] = dict(figures_of(new.bound))
    for column, figure in after.items():
        was = before.get(column)
        if was is None:
            yield Change(Kind.COLUMN_ADDED, new.indicator, column, Bilingual(""), _figure(figure, new))
        else:
            yield from _of_figure(old, new, column, was, figure)
            earlier, later = _source(was, old, issued[0]), _source(figure, new, issued[1])
            if earlier != later:
                upgraded = _level(figure, new).rank < _level(was, old).rank and was.value == figure.value
                yield Change(Kind.SOURCE_CHANGED, new.indicator, column, earlier, later, "none", upgraded=upgraded)
    for column, figure in before.items():
        if column not in after:
            yield Change(Kind.COLUMN_REMOVED, new.indicator, column, _figure(figure, old), Bilingual(""))


def _of_figure(old: Indicator, new: Indicator, column: tuple[str, ...], was: Figure, now: Figure) -> Iterator[Change]:
    if was.value != now.value:
        kind = Kind.FIGURE_FILLED if was.value is None else Kind.FIGURE_WITHDRAWN if now.value is None else Kind.FIGURE_CHANGED
        yield Change(kind, new.indicator, column, _figure(was, old), _figure(now, new), _figure_effect(old, new, was, now))


def _figure_effect(old: Indicator, new: Indicator, was: Figure, now: Figure) -> Effect:
    """What another figure does, where both are known and compared with values of one scale in the same way."""
    alike = old.operator == new.operator and _scale(old.measure) == _scale(new.measure)
    if was.value is None or now.value is None or not alike:
        return "either"
    stricter = OPERATORS[new.operator].stricter
    before, after = old.measure.comparable(was.value), new.measure.comparable(now.value)
    tighter, wider = stricter(after, before), stricter(before, after)
    return "none" if tighter and wider else "stricter" if tighter else "looser" if wider else "either"


def _scale(measure: Measure) -> tuple[str, str | None, tuple[str, ...]]:
    return measure.kind, measure.unit, measure.choices


def _figure(figure: Figure, indicator: Indicator) -> Bilingual:
    if isinstance(figure.value, tuple):
        return Bilingual(OPERATORS[indicator.operator].listed(figure.value))
    if figure.value == "true":  # an answer is no figure
        return Bilingual(*(OPERATORS[indicator.operator].phrase((), lang) for lang in LANGS))
    return Bilingual(figure.value) if figure.value is not None else (figure.missing or Bilingual("–"))


def _source(figure: Figure, indicator: Indicator, issued: str) -> Bilingual:
    own = indicator.source
    named = figure.instrument or (own.instrument if own else None)
    parts = [named if named != issued else None, figure.at or (own.at if own else None)]  # the set's own document is not named again
    where, level = ", ".join(part for part in parts if part), _level(figure, indicator).label
    return Bilingual("{} ({})").fill(where, level) if where else level


def _level(figure: Figure, indicator: Indicator) -> SourceLevel:
    return figure.level or (indicator.source.level if indicator.source else None) or SourceLevel.MISSING
