"""What the report rests on: the files that were read, the texts, and how far their figures were checked."""

from __future__ import annotations

from collections import Counter

from ntm_rules.model.given import Note, notes_of
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual, Outcome, SourceLevel


def part(s: Situation) -> Part:
    """Texts with version and digest, source levels of what was decided, files."""
    rulesets = {one.ruleset.id: one.ruleset for family in s.decisions.values() for one in family.values()}
    if s.rules is not None:
        rulesets.setdefault(s.rules.id, s.rules.identity)
    rulesets |= {rules.id: rules.identity for rules, _ in s.targets}
    texts: list[list[Cell]] = [
        [one.title, f"{one.id} {one.version}", ", ".join(one.instruments), one.sha256[:12]] for one in rulesets.values()
    ]
    levels = _levels(s)
    named: list[list[Cell]] = [[level.label, levels[level]] for level in SourceLevel if levels[level]]
    if levels[None]:
        named.append([_NO_FIGURE, levels[None]])
    grids = [Grid(_TEXT_HEADS, texts)]
    if named:
        grids.append(Grid(_LEVEL_HEADS, named, title=_LEVELS))
    stated = _stated(s)
    if stated:
        rows: list[list[Cell]] = [
            [
                note.stated_by or "–",
                note.evidence or "–",
                str(note.year or "–"),
                sum(units.values()),
                len(units),
                ", ".join(map(s.name, units)),
            ]
            for note, units in stated.items()
        ]
        grids.append(Grid(_STATED_HEADS, rows, title=_STATED, behind=len(rows) > _MANY))
    if s.asked.sources:
        grids.append(Grid([_FILE], [[one] for one in s.asked.sources], title=_FILES))
    data = {
        "rulesets": [{"id": one.id, "version": one.version, "sha256": one.sha256} for one in rulesets.values()],
        "levels": {level.value if level else "attested": number for level, number in levels.items()},
        "stated": [{**note.data(), "figures": sum(units.values()), "units": list(units)} for note, units in stated.items()],
        "files": list(s.asked.sources),
    }
    return Part(_TITLE, _LEAD.fill(s.asked.accept.label), grids, data)


def _levels(s: Situation) -> Counter[SourceLevel | None]:
    """How many criteria were decided on figures of each level; None for those that no figure decided."""
    return Counter(
        node.level
        for family in s.decisions.values()
        for one in family.values()
        for node in one.criteria
        if node.outcome in (Outcome.MET, Outcome.NOT_MET)
    )


def _stated(s: Situation) -> dict[Note, Counter[str]]:
    """Who states which figures on what evidence: of how many figures of which units."""
    found: dict[Note, Counter[str]] = {}
    for family in s.decisions.values():
        for unit, one in family.items():
            for note in notes_of(one.subject.values).values():
                if note.stated_by or note.evidence:
                    found.setdefault(note, Counter())[unit] += 1
    return dict(sorted(found.items(), key=lambda one: (one[0].stated_by, one[0].evidence, one[0].year or 0)))


_MANY = 50  # papers; more are folded on a page
_TITLE = Bilingual("Căn cứ và mức nguồn", "Sources and levels")
_LEAD = Bilingual(
    "Mức nguồn yếu nhất được quyết định: {}. Đạt chuẩn là tính theo tiêu chí; công nhận là quyết định của cấp có thẩm quyền, theo sổ.",
    "The weakest source level that may decide: {}. Meeting a set is computed; recognition is an act of an authority, by the register.",
)
_TEXT_HEADS = (
    Bilingual("Bộ tiêu chí", "Set"),
    Bilingual("Phiên bản", "Version"),
    Bilingual("Văn bản", "Instruments"),
    Bilingual("Mã kiểm", "Digest"),
)
_LEVELS = Bilingual("Tiêu chí đã xác định theo mức nguồn của con số", "Criteria settled, by the source level of their figures")
_LEVEL_HEADS = (Bilingual("Mức nguồn", "Level"), Bilingual("Số tiêu chí", "Criteria"))
_NO_FIGURE = Bilingual("theo xác nhận, không dựa vào con số", "attested, no figure decided")
_STATED = Bilingual("Số liệu do ai báo, theo giấy tờ nào", "Who stated the figures, and on what evidence")
_STATED_HEADS = (
    Bilingual("Người báo", "Stated by"),
    Bilingual("Căn cứ", "Evidence"),
    Bilingual("Số liệu năm", "Year of the figures"),
    Bilingual("Số con số", "Figures"),
    Bilingual("Số đơn vị", "Units"),
    Bilingual("Đơn vị", "Which"),
)
_FILES = Bilingual("Tệp đã đọc", "Files read")
_FILE = Bilingual("Tệp", "File")
