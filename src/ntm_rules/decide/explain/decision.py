"""A decision in words: short first (verdict, what failed, what is unknown), everything on request; text, Markdown or HTML.

One outline serves all formats: a list of :class:`Line`, rendered three ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.program import Column
from ntm_rules.decide.engine.tree import Node, value_text
from ntm_rules.labels import KINDS, VERDICTS
from ntm_rules.model.figures import Source
from ntm_rules.model.vocabulary import column_label
from ntm_rules.values import Bilingual, Lang, NotApplicable, Outcome, SourceLevel, Unknown

_MANY = 12
Format = Literal["text", "markdown", "html"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: a title, a heading, a paragraph or an item at a depth."""

    kind: Literal["title", "heading", "text", "item"]
    text: str
    depth: int = 0
    outcome: Outcome | None = None


def explain(decision: Decided, lang: Lang, format: Format, *, full: bool, of: str | None = None) -> str:
    """The explanation of a decision; see :meth:`ntm_rules.Decision.explain`.

    Raises:
        ValueError: an unknown language or format.
        NotFound: the set has no criterion or indicator ``of``.
    """
    if lang not in get_args(Lang):
        raise ValueError(f"lang: vi, en (got {lang!r})")
    renderers = {"text": _text, "markdown": _markdown, "html": _html}
    if format not in renderers:
        raise ValueError(f"format: text, markdown, html (got {format!r})")
    outline, whole = _outline, _whole
    if decision.score is not None:
        from ntm_rules.decide.explain.scores import outline, whole
    lines = outline(decision, lang, full=full) if of is None else _part(decision, decision[of], lang, whole)
    return renderers[format](list(lines), lang)


def _outline(decision: Decided, lang: Lang, *, full: bool) -> Iterator[Line]:
    def say(vi: str, en: str) -> str:
        return vi if lang == "vi" else en

    yield Line("title", f"{who(decision, lang)}: {VERDICTS[decision.outcome].say(lang)}", outcome=decision.outcome)
    yield Line("text", law_line(decision, lang))
    yield Line("text", _tally(decision, lang))
    if decision.reason:
        yield Line("text", decision.reason.say(lang))
    for column in decision.columns:
        if text := _column(column, lang):
            yield Line("text", text)
    yield from presumed_line(decision, lang)
    yield from level_line(decision, lang)
    if full:
        yield Line("heading", say("Từng tiêu chí", "Criterion by criterion"))
        for section in decision.root.parts:
            yield from _whole(section, lang)
    else:
        failed = [node for node in _leaves(decision.root) if node.outcome is Outcome.NOT_MET]
        yield from _section(say("Chưa đạt", "Not met"), failed, lang)
        if decision.outcome is not Outcome.MET:
            unknown = [node for node in _leaves(decision.root) if node.outcome is Outcome.UNDETERMINED]
            yield from _section(say("Chưa xác định", "Undetermined"), unknown, lang)
    if decision.conflicts:
        yield Line(
            "heading",
            say("Mâu thuẫn giữa xác nhận và số đo (số đo quyết định)", "Attested against measured (the value decides)"),
        )
        for node in decision.conflicts:
            assert node.conflict is not None
            yield Line("item", f"{node.id} {node.title.say(lang)}: {node.conflict.say(lang)}", outcome=node.outcome)


def _part(decision: Decided, node: Node, lang: Lang, whole: Callable[[Node, Lang], Iterator[Line]]) -> Iterator[Line]:
    """One criterion or indicator: its verdict, the law, the columns it was read from, and every node below it."""
    yield Line("title", f"{node.id} {node.title.say(lang)}: {VERDICTS[node.outcome].say(lang)}", outcome=node.outcome)
    yield Line("text", law_line(decision, lang))
    read = {key for one in node.walk() for key in one.face.columns}
    open_ = {name for one in node.walk() for name, _ in one.face.waits_for}
    columns = [one for one in decision.columns if not read.isdisjoint(one.keys) or any(name in open_ for name, _ in one.waits_for)]
    for column in columns:
        if text := _column(column, lang):
            yield Line("text", text)
    if columns:
        yield from presumed_line(decision, lang)
    yield from level_line(node, lang)
    yield from whole(node, lang)


def presumed_line(decision: Decided, lang: Lang) -> Iterator[Line]:
    """What was not stated and how the set says to take it, if anything."""
    if decision.presumed:
        answers = Bilingual("có", "yes"), Bilingual("không", "no")
        names = "; ".join(f"{p.title.say(lang)} – {answers[not p.value].say(lang)}" for p in decision.presumed)
        yield Line("text", f"Không khai báo nên coi như: {names}." if lang == "vi" else f"Not stated, and so taken as: {names}.")


def level_line(decided: Decided | Node, lang: Lang) -> Iterator[Line]:
    """The weakest source that an outcome rests on, unless it was checked against the signed text."""
    if decided.level and decided.level is not SourceLevel.OFFICIAL:
        label = decided.level.label.say(lang)
        yield Line(
            "text", f"Nguồn yếu nhất trên đường quyết định: {label}." if lang == "vi" else f"Weakest source on the deciding path: {label}."
        )


def who(decision: Decided, lang: Lang) -> str:
    """The subject, with its kind and its code."""
    subject = decision.subject
    kind = KINDS[subject.kind].title.say(lang)
    return f"{kind} {subject.name} ({subject.id})" if subject.name else f"{kind} {subject.id}"


def law_line(decision: Decided, lang: Lang) -> str:
    """The set, its instruments and the day."""
    identity = decision.ruleset
    text = f"{identity.title.say(lang)} ({', '.join(identity.instruments)})"
    if identity.on is not None:
        day = f"{identity.on:%d/%m/%Y}" if lang == "vi" else identity.on.isoformat()
        text += f", ngày {day}" if lang == "vi" else f", on {day}"
    return text + "."


def _tally(decision: Decided, lang: Lang) -> str:
    met, all_ = decision.count(Outcome.MET), decision.count()
    text = f"Đạt {met}/{all_} tiêu chí" if lang == "vi" else f"{met} of {all_} criteria met"
    for outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE):
        if number := decision.count(outcome):
            text += f"; {number} {outcome.label.say(lang)}"
    return text + "."


def _column(column: Column, lang: Lang) -> str:
    """Why a column is not simply the subject's own; nothing where it is."""
    title = column.title.say(lang)
    if column.waits_for:
        missing = ", ".join(f"{words.say(lang)} ({name})" for name, words in column.waits_for)
        return f"{title}: chưa rõ cột áp dụng, cần biết {missing}." if lang == "vi" else f"{title}: column not known; state {missing}."
    if len(column.keys) == 1 and column.keys[0] != column.own:
        key = column_label(column.keys[0]).say(lang)
        why = "; ".join(reason.say(lang) for reason in column.why)
        place = place_text(column.source, lang)
        return f"{title}: áp dụng cột {key}, vì {why} ({place})." if lang == "vi" else f"{title}: column {key}, because {why} ({place})."
    return ""


def _leaves(node: Node) -> Iterator[Node]:
    """The nodes that carry an outcome of their own: indicators, and criteria attested, without content or not applicable."""
    if node.parts and node.basis != "attested" and node.outcome is not Outcome.NOT_APPLICABLE:
        for part in node.parts:
            yield from _leaves(part)
    elif node.id:
        yield node


def _section(heading: str, nodes: list[Node], lang: Lang) -> Iterator[Line]:
    if not nodes:
        return
    yield Line("heading", f"{heading} ({len(nodes)})")
    for node in nodes[:_MANY]:
        yield Line("item", _sentence(node, lang), outcome=node.outcome)
    if len(nodes) > _MANY:
        rest = len(nodes) - _MANY
        yield Line("item", f"… và {rest} nội dung khác" if lang == "vi" else f"… and {rest} more")


def _whole(node: Node, lang: Lang, depth: int = 0) -> Iterator[Line]:
    yield Line("item", _sentence(node, lang), depth, node.outcome)
    for part in node.parts:
        yield from _whole(part, lang, depth + 1)


def _sentence(node: Node, lang: Lang) -> str:
    """One node in one line: number, title, outcome, value against requirement, by how much it misses it, reason, source."""
    text = f"{node.id} {node.title.say(lang)}: {node.outcome.label.say(lang)}"
    details = []
    if node.face.kind == "indicator":
        if node.basis == "measured" or node.observed is not None:
            got = value_text(node.observed, node.unit, lang)
            details.append(f"giá trị {got}" if lang == "vi" else f"value {got}")
        wanted = node.requirement(lang)
        details.append(f"yêu cầu {wanted}" if lang == "vi" else f"required {wanted}")
        if missed := node.missed_by(lang):
            details.append(missed)
    if node.reason and not (isinstance(node.observed, (Unknown, NotApplicable)) and node.observed.reason == node.reason):
        details.append(node.reason.say(lang))
    source = place_text(node.source, lang, node.face.level)
    return f"{text} — {'; '.join(details)}" + (f" [{source}]" if source else "") if details else text


def place_text(source: Source | None, lang: Lang, level: SourceLevel | None = None) -> str:
    """Instrument, place in it, and how far it was checked."""
    if source is None:
        return ""
    parts = [part for part in (source.instrument, source.at) if part]
    if found := level or source.level:
        parts.append(found.label.say(lang))
    return ", ".join(parts)


def _text(lines: list[Line], lang: Lang) -> str:
    out = []
    for line in lines:
        if line.kind == "item":
            out.append("  " * (line.depth + 1) + f"- {line.text}")
        else:
            out.append(f"{line.text}:" if line.kind == "heading" else line.text)
    return "\n".join(out)


def _markdown(lines: list[Line], lang: Lang) -> str:
    out: list[str] = []
    for line in lines:
        text = _escape_markdown(line.text)
        if line.kind == "item":
            out.append("  " * line.depth + f"- {text}")
        else:
            prefix = {"title": "## ", "heading": "### ", "text": ""}[line.kind]
            out += ["", f"{prefix}{text}", ""] if line.kind != "text" else ["", text]
    return "\n".join(out).strip().replace("\n\n\n", "\n\n") + "\n"


def _escape_markdown(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>|#" else char for char in text)


def _html(lines: list[Line], lang: Lang) -> str:
    out = [f'<section class="ntm-decision" lang="{lang}">']
    depth = -1
    for line in lines:
        wanted = line.depth if line.kind == "item" else -1
        while depth > wanted:
            out.append("</li></ul>")
            depth -= 1
        if line.kind == "item":
            out.append("</li>" if depth == wanted else "<ul>")
            depth = wanted
            outcome = f' class="{line.outcome.value}"' if line.outcome else ""
            out.append(f"<li{outcome}>{escape(line.text)}")
        else:
            tag = {"title": "h2", "heading": "h3", "text": "p"}[line.kind]
            outcome = f' class="{line.outcome.value}"' if line.outcome else ""
            out.append(f"<{tag}{outcome}>{escape(line.text)}</{tag}>")
    out += ["</li></ul>"] * (depth + 1)
    return "\n".join([*out, "</section>"])
