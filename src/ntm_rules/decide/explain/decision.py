"""What a decision can say: why, what is missing, what would change it.

What differs by the way of judging stands in one table here; whoever asks does not know which way it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain import criteria, scores
from ntm_rules.decide.explain.as_it_is import as_it_is
from ntm_rules.decide.explain.fixes import Fix, smallest_fixes
from ntm_rules.decide.explain.formats import FORMATS, Format
from ntm_rules.decide.explain.needed import Need, needed
from ntm_rules.decide.explain.next_class import score_fixes, score_needed
from ntm_rules.decide.explain.outline import TITLE, Line, column_line, law_line, level_line, presumed_line, stated_lines
from ntm_rules.labels import VERDICTS
from ntm_rules.values import LANGS, Bilingual, Lang, no_language


@dataclass(frozen=True, slots=True)
class Voice:
    """What decisions of one way of judging say.

    Attributes:
        outline: the explanation, whole or what stands in the way.
        whole: one node with all below it, a line each.
        needed: the missing inputs, most decisive first.
        fixes: the least that must become met; for a class of stars where such are scored.
    """

    outline: Callable[[Decided, bool], Iterator[Line]]
    whole: Callable[[Node], Iterator[Line]]
    needed: Callable[[Decided], tuple[Need, ...]]
    fixes: Callable[[Decided, int | None], tuple[Fix, ...]]


VOICES: Final = {
    "criteria": Voice(criteria.outline, criteria.whole, needed, lambda decision, stars: smallest_fixes(decision.root)),
    "scores": Voice(scores.outline, scores.whole, score_needed, score_fixes),
}
_NUMBERED: Final = Bilingual("{} {}")


def voice_of(decision: Decided) -> Voice:
    """What a decision says, by the way it was judged."""
    return VOICES["criteria" if decision.score is None else "scores"]


def explain(decision: Decided, lang: Lang, format: Format, *, full: bool, of: str | None = None) -> str:
    """The explanation of a decision; see :meth:`ntm_rules.Decision.explain`.

    Raises:
        ValueError: an unknown language or format.
        NotFound: the set has no criterion or indicator ``of``.
    """
    if lang not in LANGS:
        raise no_language(lang)
    if format not in FORMATS:
        raise ValueError(f"format: {', '.join(FORMATS)} (got {format!r})")
    voice = voice_of(decision)
    lines = voice.outline(decision, full) if of is None else _part(decision, decision[of], voice)
    stated = stated_lines(decision, decision.root if of is None else decision[of])
    every = chain(lines, stated)
    return FORMATS[format]((_as_it_is(line, decision) for line in every), lang)


def _as_it_is(line: Line, decision: Decided) -> Line:
    text = as_it_is(line.text, decision)
    return line if text is line.text else replace(line, text=text)


def _part(decision: Decided, node: Node, voice: Voice) -> Iterator[Line]:
    """One criterion or indicator: its verdict, the law, the columns it was read from, and every node below it."""
    yield Line("title", TITLE.fill(_NUMBERED.fill(node.id, node.title), VERDICTS[node.outcome]), outcome=node.outcome)
    yield law_line(decision)
    read = {key for one in node.walk() for key in one.face.columns}
    open_ = {name for one in node.walk() for name, _ in one.face.waits_for}
    columns = [one for one in decision.columns if not read.isdisjoint(one.keys) or any(name in open_ for name, _ in one.waits_for)]
    for column in columns:
        yield from column_line(column)
    if columns:
        yield from presumed_line(decision)
    yield from level_line(node)
    yield from voice.whole(node)
