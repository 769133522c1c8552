"""The answer of the calculator as HTML: the outcome with its reasons, what is missing, what would mend it, and what was typed."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.fixes import Fix, smallest_fixes
from ntm_rules.decide.explain.needed import Need
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import VERDICTS
from ntm_rules.site import phrases
from ntm_rules.site.address import of_criterion, of_set, relative
from ntm_rules.site.calculator.form import Asked, day_of
from ntm_rules.site.page import items, tag, text
from ntm_rules.site.parts.places import province_name
from ntm_rules.values import Bilingual, Outcome

_MOST = 8
_RESULT = Bilingual("Kết quả: {0}", "Result: {0}")
_NEEDED = Bilingual("Cần biết trước hết", "To be known first")
_FIXES = Bilingual("Ít nhất phải đạt thêm", "The least that must become met")
_RAISE = Bilingual("Để lên hạng tiếp theo, ít nhất phải nâng", "For the next class, the least to raise")
_CONFLICTS = Bilingual("Mâu thuẫn giữa xác nhận và số đo (số đo quyết định)", "Attested against measured (the value decides)")
_EACH = Bilingual("Từng tiêu chí và chỉ tiêu", "Criterion by criterion")
_TYPED = Bilingual("Số liệu đã nhập", "What was entered")
_ATTESTED = Bilingual("theo xác nhận", "as attested")
_DAY = Bilingual("Ngày xét", "Day")
_PROVINCE = Bilingual("Tỉnh", "Province")
_WORDS = {
    "true": Bilingual("có", "yes"),
    "false": Bilingual("không", "no"),
    "met": Bilingual("xác nhận đạt", "attested as met"),
    "not_met": Bilingual("xác nhận chưa đạt", "attested as not met"),
    "na": Bilingual("không áp dụng", "does not apply"),
}
_VERSION = Bilingual("Bộ quy tắc {0}, bản {1}", "Rules {0}, version {1}")


def verdict(asked: Asked, decision: Decision) -> str:
    """The outcome in a line; of a product, with its points."""
    if decision.score:
        lines = decision.explain(asked.lang).splitlines()
        return f"{lines[0]}. {lines[2]}"
    if asked.number:
        return decision.explain(asked.lang, of=asked.number).splitlines()[0]
    return _RESULT.fill(VERDICTS[decision.outcome]).say(asked.lang)


def shown(asked: Asked, rules: RuleSet, decision: Decision) -> str:
    """A decision for the page."""
    of = None if decision.score else asked.number or None  # a sheet is the whole of what is asked
    parts = [decision.explain(asked.lang, "html", of=of)]
    if of:
        parts.append(_conflicts(asked, decision[of]))
    parts.append(_list(asked, _NEEDED, (_need(asked, one) for one in _needs(decision, of))))
    fixes = smallest_fixes(decision[of]) if of else decision.smallest_fixes()
    known = [one for one in fixes if one.outcome is Outcome.NOT_MET or decision.score]
    parts.append(_list(asked, _RAISE if decision.score else _FIXES, (_fix(asked, one) for one in known)))
    if not asked.number:
        parts.append(tag("details", tag("summary", text(_EACH.say(asked.lang))) + _tree(asked, decision.root)))
    return "\n".join([*filter(None, parts), _entered(asked, rules, decision)])


def _list(asked: Asked, heading: Bilingual, lines: Iterator[str]) -> str:
    found = list(lines)
    return tag("h3", text(heading.say(asked.lang))) + items(found[:_MOST]) if found else ""


def _conflicts(asked: Asked, node: Node) -> str:
    found = [(one, one.conflict) for one in node.walk() if one.conflict is not None]
    return _list(asked, _CONFLICTS, (text(f"{one.id} {one.title.say(asked.lang)}: {said.say(asked.lang)}") for one, said in found))


def _needs(decision: Decision, of: str | None) -> list[Need]:
    found = decision.needed()
    if of is None:
        return list(found)
    inside = {one.id for one in decision[of].walk()}
    return [one for one in found if inside & {one.id, *one.blocks, *one.settles}]


def _need(asked: Asked, one: Need) -> str:
    title = one.title.say(asked.lang)
    return text(title if one.kind == "attribute" else f"{one.id} {title}")


def _fix(asked: Asked, one: Fix) -> str:
    missed = one.missed_by(asked.lang)
    return text(f"{one.id} {one.title.say(asked.lang)}" + (f": {missed}" if missed else ""))


def _tree(asked: Asked, node: Node, depth: int = 0) -> str:
    """Every criterion with a link to its page, and what was found below it."""
    lines = []
    for part in node.parts:
        words = text(f"{part.id} {part.title.say(asked.lang)}".strip())
        if depth == 0 and part.id:
            words = tag("a", words, href=relative(of_criterion(asked.lang, asked.ruleset, part.id), of_set(asked.lang, asked.ruleset)))
        said = part.outcome.label.say(asked.lang)
        said += f", {_ATTESTED.say(asked.lang)}" if part.basis == "attested" else ""
        lines.append(f'<span class="outcome o-{part.outcome.value}">{text(said)}</span> {words}{_tree(asked, part, depth + 1)}')
    return items(lines)


def _entered(asked: Asked, rules: RuleSet, decision: Decision) -> str:
    """What was typed, for the reader's own check and for paper, with the version of the rules that answered."""
    titles = {one.id: one.title.say(asked.lang) for one in decision.root.walk() if one.id}
    pairs = [(_DAY.say(asked.lang), phrases.day(day_of(asked), asked.lang))]
    if asked.of("province"):
        pairs.append((_PROVINCE.say(asked.lang), province_name(asked.of("province"), asked.lang)))
    for name in asked.given:
        key, given = name[2:], asked.of(name)
        if not given or name[1:2] != ":":
            continue
        title = rules.declared[key].title.say(asked.lang) if name[0] == "a" and key in rules.declared else f"{key} {titles.get(key, '')}"
        known = _WORDS.get(given)
        pairs.append((title.strip(), known.say(asked.lang) if known else phrases.key(given, asked.lang) if name[0] == "a" else given))
    inner = "".join(f"<div><dt>{text(term)}</dt><dd>{text(said)}</dd></div>" for term, said in pairs)
    identity = decision.ruleset
    version = tag("p", text(_VERSION.say(asked.lang).format(identity.id, identity.version)), class_="legend")
    return tag("details", tag("summary", text(_TYPED.say(asked.lang))) + tag("dl", inner, class_="facts") + version, class_="entered")
