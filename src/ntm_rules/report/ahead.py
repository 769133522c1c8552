"""What lies ahead of recognised communes: figures near their bound, the levels of next year, a text that is on record and not yet in force,
a draft.

Next year, the coming text and the draft are asked as the review asks today: the same reviewer, with the year of the figures moved on, on a
later day, or with the draft; nothing is judged otherwise. What is not known then is no loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node, leaves_of, value_text
from ntm_rules.decide.explain.as_it_is import as_it_is
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.ruleset import family_of
from ntm_rules.model.subject import Subject
from ntm_rules.register.book import Register
from ntm_rules.register.known import Values
from ntm_rules.register.review import Review, Watch, review_register
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel, exact


@dataclass(frozen=True, slots=True)
class Margin:
    """A figure that meets its bound with little to spare."""

    unit: str
    name: str
    status: str
    node: Node
    spare: Decimal

    def words(self) -> Bilingual:
        """The indicator, its value, what is asked, and what is to spare."""
        return Bilingual(*(self._said(lang) for lang in ("vi", "en")))

    def _said(self, lang: Lang) -> str:
        node = self.node
        spare = value_text(self.spare, _POINTS if node.unit.vi == "%" else node.unit, lang)
        words = _MARGIN if self.spare else _AT_BOUND
        return words.say(lang).format(
            f"{node.id} {node.title.say(lang)}", value_text(node.observed, node.unit, lang), node.requirement(lang), spare
        )

    def as_dict(self) -> dict[str, Any]:
        """The margin as plain data."""
        return {"unit": self.unit, "status": self.status, "indicator": self.node.id, "spare": str(self.spare)}


@dataclass(frozen=True, slots=True)
class Loss:
    """A recognised unit that would fail criteria it meets today.

    Attributes:
        unit: its code.
        name: its name.
        status: the status that rests on them.
        criteria: their numbers.
        why: the indicators that would fail, each with its value and what would be asked.
        meets: whether it meets its set today, and would no longer.
    """

    unit: str
    name: str
    status: str
    criteria: tuple[str, ...]
    why: tuple[Bilingual, ...]
    meets: bool

    def as_dict(self) -> dict[str, Any]:
        """The loss as plain data."""
        return {"unit": self.unit, "status": self.status, "criteria": list(self.criteria), "meets": self.meets}


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes, and who would lose by it.

    Attributes:
        what: in words.
        key: ``year-2024``, the day of the text, or ``draft`` and its name.
        losses: who would lose.
        open: criteria met today that would be open, over all units.
    """

    what: Bilingual
    key: str
    losses: tuple[Loss, ...]
    open: int

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"key": self.key, "what": self.what.both(), "losses": [one.as_dict() for one in self.losses], "open": self.open}


def margins(reviews: Sequence[Review], near: Decimal) -> tuple[Margin, ...]:
    """The figures of recognised units that meet a bound with at most ``near`` percent of it to spare, the tightest first.

    A share that must be 100 % (or 0 %) and is, could not be better: it is not near its bound.
    """
    found = [
        Margin(one.unit, one.name, one.status, node, spare)
        for one in reviews
        if one.decision is not None and one.act.unit_kind == "commune"
        for node in leaves_of(one.decision.root)
        if (spare := _spare(node)) is not None and spare * 100 <= near * abs(node.required)
    ]
    return tuple(sorted(found, key=lambda one: (one.spare / abs(one.node.required or 1), one.unit, one.node.id)))


def _spare(node: Node) -> Decimal | None:
    """How far a value lies inside its bound; None where no amount says it, or it could lie no further."""
    value, bound = node.observed, node.required
    if node.outcome is not Outcome.MET or not isinstance(value, Decimal) or not isinstance(bound, Decimal) or bound == 0:
        return None
    return None if node.unit.vi == "%" and bound == 100 == value else abs(value - bound)


def what_is_ahead(
    register: Register,
    on: date,
    reviews: Sequence[Review],
    values: Values,
    *,
    catalogue: Catalogue,
    province: str | None,
    accept: SourceLevel,
    watch: Watch = iter,
) -> tuple[Ahead, ...]:
    """Next year's levels, every text on record that begins within a year, and every draft, each with who would lose by it."""
    given: dict[str, Any] = {"catalogue": catalogue, "province": province, "accept": accept, "watch": watch}
    today = {(one.unit, one.status): one for one in reviews if one.decision is not None and one.act.unit_kind == "commune"}
    if not today:
        return ()
    found = []
    moved, years = _next_year(values)
    if moved:
        later = review_register(register, on=on, values=moved, **given)
        what = _NEXT_YEAR.fill(", ".join(map(str, years)))
        found.append(_compared(what, f"year-{'-'.join(map(str, years))}", today, later))
    families = {family_of(one.decision.ruleset.id) for one in today.values() if one.decision}
    for day, names in _coming(catalogue, families, on, province).items():
        later = review_register(register, on=day, values=values, **given)
        found.append(_compared(_TEXT.fill(Bilingual(f"{day:%d/%m/%Y}", f"{day}"), ", ".join(names)), day.isoformat(), today, later))
    for draft, named in _drafts(catalogue, families, province).items():
        later = review_register(register, on=on, values=values, drafts=[draft], **given)
        found.append(_compared(_DRAFT.fill(named, draft), f"draft {draft}", today, later))
    return tuple(found)


def _next_year(values: Values) -> tuple[dict[tuple[str, str], Subject], list[int]]:
    """The same figures as those of the year after; nothing for tables that do not say their year."""
    moved: dict[tuple[str, str], Subject] = {}
    years: set[int] = set()
    for key, subject in values.items():
        try:
            year = int(exact(subject.attributes["year"])) + 1
        except (KeyError, ValueError, TypeError):
            continue
        years.add(year)
        moved[key] = subject.model_copy(update={"attributes": {**subject.attributes, "year": Decimal(year)}})
    return moved, sorted(years)


def _coming(catalogue: Catalogue, families: set[str], on: date, province: str | None) -> dict[date, list[str]]:
    """The days within a year on which an amendment of a family begins, with its name."""
    found: dict[date, list[str]] = {}
    for entry in (*catalogue.overlays.values(), *catalogue.rulesets.values()):
        start = entry.in_force.start
        mine = family_of(entry.id) in families and entry.province in (None, province) and entry.header.get("kind") != "draft"
        if mine and start is not None and on < start <= on + timedelta(days=365):
            found.setdefault(start, []).append(entry.id)
    return dict(sorted(found.items()))


def _drafts(catalogue: Catalogue, families: set[str], province: str | None) -> dict[str, Bilingual]:
    """The drafts of sets of these families, with their titles."""
    return {
        entry.id: catalogue.overlay(entry.id).title
        for entry in sorted(catalogue.overlays.values(), key=lambda entry: entry.id)
        if entry.header.get("kind") == "draft"
        and family_of(str(entry.header.get("amends"))) in families
        and entry.province in (None, province)
    }


def _compared(what: Bilingual, key: str, today: Mapping[tuple[str, str], Review], later: Sequence[Review]) -> Ahead:
    losses, open_ = [], 0
    for one in later:
        before = today.get((one.unit, one.status))
        if before is None or before.decision is None or one.decision is None:
            continue
        met = {node.id for node in before.decision.criteria if node.outcome is Outcome.MET}
        lost = [node for node in one.decision.criteria if node.id in met and node.outcome is Outcome.NOT_MET]
        open_ += sum(node.id in met and node.outcome is Outcome.UNDETERMINED for node in one.decision.criteria)
        if lost:
            meets = before.decision.outcome is Outcome.MET
            losses.append(Loss(one.unit, one.name, one.status, tuple(node.id for node in lost), tuple(_why(lost, before.decision)), meets))
    return Ahead(what, key, tuple(losses), open_)


def _why(lost: Sequence[Node], before: Decision) -> Iterator[Bilingual]:
    """The indicators that fail then: value, what would be asked, what is asked today."""
    now = {node.id: node for node in leaves_of(before.root)}
    for criterion in lost:
        for node in leaves_of(criterion):
            if node.outcome is Outcome.NOT_MET and node.observed is None:
                yield _ATTESTED.fill(node.id)
            elif node.outcome is Outcome.NOT_MET:
                was = now.get(node.id)
                value = Bilingual(*(value_text(node.observed, node.unit, lang) for lang in ("vi", "en")))
                value = as_it_is(value, before)
                asked, today = (Bilingual(*(one.requirement(lang) if one else "–" for lang in ("vi", "en"))) for one in (node, was))
                yield _WHY.fill(node.id, value, asked, today)


_POINTS = Bilingual("điểm phần trăm", "percentage points")
_MARGIN = Bilingual("{}: {}, yêu cầu {}; chỉ dư {}", "{}: {}, required {}; {} to spare")
_AT_BOUND = Bilingual("{}: {}, yêu cầu {}; đúng bằng mức, không dư", "{}: {}, required {}; just at the bound")
_NEXT_YEAR = Bilingual("Mức của năm {} trên số liệu hiện có", "The levels of {} on today's figures")
_TEXT = Bilingual("Văn bản có hiệu lực từ {} ({}) trên số liệu hiện có", "The text in force from {} ({}) on today's figures")
_DRAFT = Bilingual("Dự thảo chưa ban hành «{}» ({}) trên số liệu hiện có", "The draft “{}” ({}), not law, on today's figures")
_ATTESTED = Bilingual("{}: theo xác nhận", "{}: as attested")
_WHY = Bilingual("{}: {}; khi đó yêu cầu {} (nay {})", "{}: {}; then required {} (now {})")
