"""The lines of an explanation, in both languages and whatever they are written as; and those that every way of judging has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeVar

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.program import Column
from ntm_rules.decide.engine.tree import Node
from ntm_rules.labels import KINDS
from ntm_rules.model.certificate import DIFFERING
from ntm_rules.model.figures import Source
from ntm_rules.model.given import Note, notes_of
from ntm_rules.model.vocabulary import column_label
from ntm_rules.values import LANGS, Bilingual, Lang, Outcome, SourceLevel, shown

T = TypeVar("T")

MANY: Final = 12  # lines below a heading of the short explanation

TITLE: Final = Bilingual("{}: {}")
_WITH_NAME: Final = Bilingual("{} {} ({})")
_TOLD_BY_NAME: Final = Bilingual("{1} ({2})", "{0} {1} ({2})")
_WITHOUT_NAME: Final = Bilingual("{} {}")
_LAW: Final = Bilingual("{} ({}).")
_LAW_ON: Final = Bilingual("{} ({}), ngày {}.", "{} ({}), on {}.")
_HEADING: Final = Bilingual("{} ({})")
_MORE: Final = Bilingual("… và {} nội dung khác", "… and {} more")
_ANSWERS: Final = {True: Bilingual("có", "yes"), False: Bilingual("không", "no")}
_ANSWER: Final = Bilingual("{} – {}")
_PRESUMED: Final = Bilingual("Không khai báo nên coi như: {}.", "Not stated, and so taken as: {}.")
_FOLLOWS: Final = Bilingual("Để tham khảo, theo số tiêu chí ấy: {}.", "For information, by that number of criteria: {}.")
_MAY_FOLLOW: Final = Bilingual(
    "Để tham khảo: còn tiêu chí chưa xác định, nên chưa rõ là đâu trong các khả năng: {}.",
    "For information: criteria are open, so it is not known which of these it is: {}.",
)
_UNREAD: Final = Bilingual("Đã khai nhưng bộ này không dùng đến: {}.", "Stated, and read by nothing in this set: {}.")
_SMALL: Final = Bilingual(
    "Tỷ lệ từ 1% trở xuống, lấy đúng như đã ghi; kết quả sẽ khác nếu là: {}.",
    "Shares of at most 1 %, taken as written; the outcome would differ for: {}.",
)
_MEANT: Final = Bilingual("{} – {}%")
_WEAKEST: Final = Bilingual("Căn cứ yếu nhất: {}.", "Weakest source: {}.")
_WAITS_FOR: Final = Bilingual("{}: chưa rõ cột áp dụng, cần biết {}.", "{}: column not known; state {}.")
_WAITED_FOR: Final = Bilingual("{} ({})")
_REDIRECTED: Final = Bilingual("{}: áp dụng cột {}, vì {} ({}).", "{}: column {}, because {} ({}).")
_STATED: Final = Bilingual("Số liệu do ai báo, theo giấy tờ nào", "Who stated the figures, and on what evidence")
_ON_A_FIGURE: Final = Bilingual("{} {}: {}")
_SO_MANY: Final = Bilingual("({} số liệu)", "({} figures)")
_SAID: Final = (
    Bilingual("số liệu năm {}", "figure of {}"),
    Bilingual("người báo: {}", "stated by: {}"),
    Bilingual("căn cứ: {}", "evidence: {}"),
)
_ELSEWHERE: Final = Bilingual(
    "Đối tượng khai thuộc tỉnh «{}», nhưng bộ tiêu chí được lấy theo tỉnh «{}».",
    "The subject states the province «{}», but the set was asked for in «{}».",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: a title, a heading, a paragraph or an item at a depth."""

    kind: Literal["title", "heading", "text", "item"]
    text: Bilingual
    depth: int = 0
    outcome: Outcome | None = None


def said(one: Callable[[Lang], str]) -> Bilingual:
    """What speaks one language at a time, in both."""
    return Bilingual(*[one(lang) for lang in LANGS])


def who(decision: Decided) -> Bilingual:
    """The subject, with its kind and its code."""
    subject = decision.subject
    kind = KINDS[subject.kind].title
    if not subject.name:
        return _WITHOUT_NAME.fill(kind, subject.id)
    told = subject.name.casefold().startswith(f"{kind.vi} ".casefold())  # offices write «Xã Mẫu Một» in the column of names
    return (_TOLD_BY_NAME if told else _WITH_NAME).fill(kind, subject.name, subject.id)


def law_line(decision: Decided) -> Line:
    """The set, its instruments and the day."""
    identity = decision.ruleset
    parts = identity.title, ", ".join(identity.instruments)
    if identity.on is None:
        return Line("text", _LAW.fill(*parts))
    return Line("text", _LAW_ON.fill(*parts, Bilingual(f"{identity.on:%d/%m/%Y}", identity.on.isoformat())))


def province_line(decision: Decided) -> Iterator[Line]:
    """That the subject stands in another province than the set was asked for, if it does."""
    stated, asked = decision.subject.attributes.get("province"), decision.ruleset.province
    if asked is not None and isinstance(stated, str) and stated != asked:
        yield Line("text", _ELSEWHERE.fill(stated, asked))


def presumed_line(decision: Decided) -> Iterator[Line]:
    """What was not stated and how the set says to take it, if anything."""
    if decision.presumed:
        names = Bilingual.join([_ANSWER.fill(one.title, _ANSWERS[bool(one.value)]) for one in decision.presumed], "; ")
        yield Line("text", _PRESUMED.fill(names))


def unread_line(decision: Decided) -> Iterator[Line]:
    """What was stated in vain, if anything."""
    if decision.unread:
        yield Line("text", _UNREAD.fill(Bilingual.join([_WAITED_FOR.fill(title, name) for name, title in decision.unread], "; ")))


def small_share_line(decision: Decided) -> Iterator[Line]:
    """Which shares may have been meant as shares of 1, if any."""
    if decision.small_shares:
        meant = [_MEANT.fill(number, said(partial(shown, share))) for number, share in decision.small_shares]
        yield Line("text", _SMALL.fill(Bilingual.join(meant, "; ")))


def follows_line(decision: Decided) -> Iterator[Line]:
    """What the number of criteria met leads to, or may lead to while criteria are open, where the set says so."""
    if decision.follows:
        words = _FOLLOWS if len(decision.follows) == 1 else _MAY_FOLLOW
        yield Line("text", words.fill(Bilingual.join(decision.follows, "; ")))


def level_line(decided: Decided | Node) -> Iterator[Line]:
    """The weakest source that an outcome rests on, unless it was checked against the signed text."""
    if decided.level and decided.level is not SourceLevel.OFFICIAL:
        yield Line("text", _WEAKEST.fill(decided.level.label))


def stated_lines(decision: Decided, within: Node) -> Iterator[Line]:
    """Who stated the figures below a node and what they rest on, where that was said."""
    notes = {number: note for number, note in notes_of(decision.subject.values).items() if note.stated_by or note.evidence}
    alike: dict[Note, list[Node]] = {}
    for node in within.walk() if notes else ():
        if node.id in notes:
            alike.setdefault(notes[node.id], []).append(node)
    if alike:
        yield Line("heading", _STATED)
    for note, nodes in alike.items():  # what is said of a whole row is said once
        named = nodes[0].title if len(nodes) == 1 else _SO_MANY.fill(len(nodes))
        yield Line("item", _ON_A_FIGURE.fill(", ".join(node.id for node in nodes), named, said_of(note)))


def said_of(note: Note) -> Bilingual:
    """What is said of a figure, in words."""
    told = zip(_SAID, (note.year, note.stated_by, note.evidence), strict=True)
    return Bilingual.join([words.fill(text) for words, text in told if text], "; ")


def column_line(column: Column) -> Iterator[Line]:
    """Why a column is not simply the subject's own; nothing where it is."""
    if column.waits_for:
        yield Line("text", _WAITS_FOR.fill(column.title, Bilingual.join(_WAITED_FOR.fill(words, name) for name, words in column.waits_for)))
    elif len(column.keys) == 1 and column.keys[0] != column.own:
        why = Bilingual.join(column.why, "; ")
        yield Line("text", _REDIRECTED.fill(column.title, column_label(column.keys[0]), why, place_text(column.source)))


def place_text(source: Source | None, level: SourceLevel | None = None) -> Bilingual:
    """Instrument, place in it, and how far it was checked; empty where there is no source."""
    if source is None:
        return Bilingual("")
    parts: list[str] = [part for part in (source.instrument, source.at) if part]
    found = level or source.level
    if found:
        parts.append(found.label)
    last = source.seen[-1:]
    if found is SourceLevel.OFFICIAL or (last and last[0].startswith(DIFFERING)):  # who read it where, and when
        parts += last
    return Bilingual.join(parts)


def some(heading: Bilingual, things: Sequence[T], line: Callable[[T], Line]) -> Iterator[Line]:
    """A heading with how many things there are and a line for each of the first; nothing where there are none."""
    if things:
        yield Line("heading", _HEADING.fill(heading, len(things)))
        yield from map(line, things[:MANY])
        if len(things) > MANY:
            yield Line("item", _MORE.fill(len(things) - MANY))
