"""What needs attention, worst first: grounds for revocation, certificates that end, what next year or a coming text would take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.outline import said_of
from ntm_rules.model.given import notes_of
from ntm_rules.register.acts import REGISTERED
from ntm_rules.register.review import Review
from ntm_rules.register.tally import Category
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import ENDING, Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


@dataclass(frozen=True, slots=True)
class Risk:
    """One thing that needs attention.

    Attributes:
        kind: what kind of thing it is, as a key.
        unit: code of the unit.
        status: the status concerned; empty where there is none.
        why: in words.
        ahead: what comes, where that is what takes something from the unit.
    """

    kind: str
    unit: str
    status: str
    why: Bilingual
    ahead: Bilingual | None = None

    @property
    def said(self) -> Bilingual:
        """The whole reason, for whoever reads it alone."""
        return self.why if self.ahead is None else _SENTENCE.fill(self.ahead, self.why)


def part(s: Situation) -> Part:
    """A summary by kind, then every unit with its reason."""
    found = list(risks(s))
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in found)]
    counts: list[list[Cell]] = [[KINDS[kind], len({one.unit for one in found if one.kind == kind})] for kind in kinds]
    grids = [Grid([_WHAT, _UNITS], counts)] if counts else []
    for kind in kinds:
        for ahead in dict.fromkeys(one.ahead for one in found if one.kind == kind):  # said once, above those whom it concerns
            rows = _rows(_joined([one for one in found if one.kind == kind and one.ahead == ahead]), s)
            grids.append(Grid(_HEADS, rows, title=KINDS[kind], note=ahead or _NOTES.get(kind), behind=kind in _BEHIND))
    data = [{"kind": one.kind, "unit": one.unit, "status": one.status or None, "why": one.said.both()} for one in found]
    units = len({one.unit for one in found})
    lead = Bilingual.join([_LEAD.fill(units) if found else _NONE, *s.held_back()], " ")
    for one in s.ahead:
        if one.open:
            lead = Bilingual.join([lead, _AHEAD_OPEN.fill(one.what, one.open)], " ")
    return Part(_TITLE, lead, grids, {"list": data, "ahead": [one.as_dict() for one in s.ahead]})


def risks(s: Situation) -> Iterable[Risk]:
    """Everything that needs attention, kind by kind."""
    by_category: Mapping[Category, str] = {Category.GROUND_FOR_REVOCATION: "ground", Category.EXPIRED: "expired"}
    for one in s.reviews:
        if one.category in by_category:
            yield Risk(by_category[one.category], one.unit, one.status, _reasons(one))
        elif one.slipped:
            yield Risk("slipped", one.unit, one.status, _reasons(one))
    for each in s.products:
        if each.ends_within(s.asked.on, ENDING) and each.until is not None:
            days = (each.until - s.asked.on).days
            why = _ENDS.fill(Bilingual(f"{each.until:%d/%m/%Y}", f"{each.until}"), days)
            yield Risk("ending", each.code, each.status, why)
    for coming in s.ahead:
        kind = next((kind for start, kind in _AHEAD.items() if coming.key.startswith(start)), "coming_text")
        for loss in coming.losses:
            criteria = _CRITERIA.fill(", ".join(loss.criteria))
            yield Risk(kind, loss.unit, loss.status, Bilingual.join([criteria, *loss.why], "\n"), coming.what)
    for margin in s.margins:
        yield Risk("near", margin.unit, margin.status, margin.words())
    for family, decisions in s.decisions.items():
        for unit, decision in decisions.items():
            for node in decision.root.walk():
                if node.conflict is not None:
                    why = Bilingual("{} {}: {} ({})").fill(node.id, node.title, node.conflict, family)
                    yield Risk("conflict", unit, "", Bilingual.join([why, *_said(decision, node)], "; "))
    for commune in s.communes:
        if commune.meets and commune.recognised != "yes":
            yield Risk("not_recognised_yet", commune.code, "", _MEETS)


def _said(decision: Decision, within: Node) -> Iterable[Bilingual]:
    """What is said of the figures that an attestation contradicts."""
    notes = notes_of(decision.subject.values)
    return dict.fromkeys(said_of(notes[node.id]) for node in within.walk() if node.id in notes)


def _reasons(one: Review) -> Bilingual:
    most = _MOST if one.category is Category.GROUND_FOR_REVOCATION else _MOST - 1  # the law is said where it bites
    return Bilingual.join(one.reasons[:most], "\n")


def _joined(found: Sequence[Risk]) -> list[Risk]:
    """One line for a unit and a reason, whatever the number of statuses that it concerns; one line for all reasons of one status."""
    lines: dict[tuple[str, str], list[Bilingual]] = {}
    for one in found:
        lines.setdefault((one.unit, one.status), []).append(one.why)
    return [Risk(found[0].kind, unit, status, Bilingual.join(dict.fromkeys(why), "\n")) for (unit, status), why in lines.items()]


def _rows(found: Sequence[Risk], s: Situation) -> list[list[Cell]]:
    """A row for each reason: what is said alike of several units is said once, with all of them before it."""
    alike: dict[tuple[str, Bilingual], list[str]] = {}
    for one in found:
        alike.setdefault((one.status, one.why), []).append(one.unit)
    wholes = {one.code: s.districts[one.district].name for one in s.communes if one.district in s.districts}
    rows: list[list[Cell]] = []
    for (status, why), units in alike.items():
        where = dict.fromkeys(wholes[unit] for unit in units if unit in wholes)
        rows.append([", ".join(map(s.name, units)), ", ".join(where), REGISTERED.get(status, Bilingual("")), why])
    return rows


_MOST = 3
KINDS = {
    "ground": Bilingual("Có căn cứ thu hồi", "Ground for revocation"),
    "slipped": Bilingual("Đang được công nhận nhưng có tiêu chí chưa đạt", "Recognised, with criteria not met"),
    "ending": Bilingual(f"Giấy chứng nhận hết hạn trong {ENDING} ngày", f"Certificates that end within {ENDING} days"),
    "coming_text": Bilingual("Sẽ mất tiêu chí khi văn bản mới có hiệu lực", "Would lose criteria by a text that is coming"),
    "next_year": Bilingual("Sẽ mất tiêu chí theo mức của năm sau", "Would lose criteria by the levels of next year"),
    "draft": Bilingual("Sẽ mất tiêu chí nếu dự thảo được ban hành", "Would lose criteria if a draft became law"),
    "near": Bilingual("Sát mức", "Near a bound"),
    "not_recognised_yet": Bilingual("Đạt chuẩn nhưng chưa thấy quyết định công nhận", "Meets the set, no recognition on record"),
    "conflict": Bilingual("Xác nhận trái với số liệu", "An attestation against figures"),
    "expired": Bilingual("Công nhận đã hết hạn", "Recognition that has run out"),
}
_AHEAD = {"year-": "next_year", "draft ": "draft"}  # any other key is the day of a text
_BEHIND = ("conflict", "expired")  # long, and in no hurry
_NOTES = {
    "ground": Bilingual(
        "Có căn cứ thu hồi chưa phải là bị thu hồi: thu hồi là quyết định của cấp có thẩm quyền.",
        "A ground for revocation is not a revocation: that is a decision of the competent authority.",
    ),
    "not_recognised_yet": Bilingual(
        "Đạt chuẩn chưa phải là được công nhận: công nhận là quyết định của cấp có thẩm quyền.",
        "Meeting the set is not being recognised: that is a decision of the competent authority.",
    ),
}
_TITLE = Bilingual("Việc cần chú ý", "What needs attention")
_LEAD = Bilingual("{} đơn vị, sản phẩm có việc cần chú ý.", "{} units and products need attention.")
_NONE = Bilingual("Không thấy việc nào trong số liệu hiện có.", "Nothing in what is known.")
_AHEAD_OPEN = Bilingual("{}: {} tiêu chí đang đạt chưa rõ còn đạt không.", "{}: {} criteria met today are open.")
_WHAT = Bilingual("Việc", "What")
_UNITS = Bilingual("Số đơn vị", "Units")
_HEADS = (Bilingual("Đơn vị", "Unit"), Bilingual("Huyện", "District"), Bilingual("Danh hiệu", "Status"), Bilingual("Vì sao", "Why"))
_ENDS = Bilingual("hết hạn ngày {}, còn {} ngày", "ends on {}, in {} days")
_CRITERIA = Bilingual("mất tiêu chí {}", "loses criteria {}")
_SENTENCE = Bilingual("{}: {}", "{}: {}")
_MEETS = Bilingual("đạt mọi tiêu chí; sổ chưa có quyết định công nhận", "meets every criterion; no recognition on record")
