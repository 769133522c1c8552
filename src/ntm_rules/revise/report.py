"""What changes from one text to the next, as reports: the differences, whom they affect, and how units move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.vocabulary import column_label
from ntm_rules.problems import Problem
from ntm_rules.revise.change import NOTHING, Diff, Kind, Nature
from ntm_rules.revise.compare import diff, named
from ntm_rules.revise.impact import Impact, Texts
from ntm_rules.revise.moves import Change, Move, Step, moves
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, Outcome


def diff_report(found: Diff, lang: Lang) -> Report:
    """The differences of two texts: how many of each nature, then a line for each figure and for each other thing that differs."""
    title = f"{found.old} → {found.new}"
    count = _DIFFERENCES.fill(len(found)).say(lang)
    counted = [[nature.label.say(lang), str(found.natures[nature])] for nature in Nature if found.natures[nature]]
    sections = [
        Section(title, [head.say(lang) for head in (_NATURE, _COUNT)], counted, [count]),
        Section(_LINES.say(lang), [head.say(lang) for head in _DIFF_HEADS], _lines(found, lang)),
    ]
    return Report(title, sections[: 2 if found.changes else 1], found.as_dict())


def _lines(found: Diff, lang: Lang) -> list[list[str]]:
    """A line for each difference; where a figure and its source differ, both stand on one."""
    sources = {(one.at, one.column): one for one in found if one.kind is Kind.SOURCE_CHANGED}
    figures = {(one.at, one.column) for one in found if one.kind in _FIGURES}
    rows = []
    for one in found:
        source = sources.get((one.at, one.column)) if one.kind in _FIGURES | {Kind.SOURCE_CHANGED} else None
        if one is source and (one.at, one.column) in figures:
            continue
        told = [NOTHING, NOTHING] if one is source else [one.old, one.new]
        words = one.title if one.kind in _FIGURES | {Kind.SOURCE_CHANGED} else one.kind.label
        rows.append(
            [
                found.called(one, lang),
                words.say(lang),
                " / ".join(column_label(key).say(lang) if key != "others" else _OTHERS.say(lang) for key in one.column),
                one.nature.label.say(lang),
                *(text.say(lang) for text in told),
                one.unit.say(lang),
                f"{source.old.say(lang) or '–'} → {source.new.say(lang) or '–'}" if source else "",
            ]
        )
    return rows


def impact_report(
    found: Impact,
    before: RuleSet,
    after: RuleSet,
    lang: Lang,
    problems: Sequence[Problem] = (),
    files: Sequence[Path] = (),
    own: Sequence[Texts] = (),
) -> Report:
    """Whom a change of text affects: how many move from which outcome to which, then each in a sentence.

    It says under which documents, of which tables (``files``), so that it can stand in a memo by itself; ``own`` are both texts as they
    are for units that are judged by those of their own province.
    """
    new: list[str] = []
    for old_side, new_side in own or [(before, after)]:
        known = {layer.id for layer in old_side.effective.overlays}
        new += [layer.instrument for layer in new_side.effective.overlays if layer.id not in known and layer.instrument not in ("", *new)]
    notes = [words.fill(", ".join(told)).say(lang) for words, told in ((_BY, new), (_OF, [file.name for file in files])) if told]
    counted = [[old.label.say(lang), new.label.say(lang), str(count)] for (old, new), count in sorted(found.moves.items())]
    sections = [
        Section(_SUMMARY.say(lang), [head.say(lang) for head in (_BEFORE, _AFTER, _UNITS)], counted, notes),
        Section(
            _AFFECTED.say(lang),
            [head.say(lang) for head in (_UNIT, _THROUGH)],
            [[one.sentence(lang), ", ".join(one.through) or "–"] for one in found],
        ),
    ]
    return Report(f"{named(before)} → {named(after)}", sections, found.as_dict(), problems=problems)


def figures_report(own: Sequence[Texts], lang: Lang) -> list[Section]:
    """The figures through which units move, place by place; where each province has its own, by province."""
    sections = []
    for before, after in own:
        name = "" if len(own) == 1 or after.province is None or after.provinces is None else f" ({after.provinces.name(after.province)})"
        sections += [replace(one, title=f"{one.title}{name}") for one in diff_report(diff(before, after), lang).sections[1:]]
    return sections


def transition_report(changes: Sequence[Change], before: RuleSet, after: RuleSet, lang: Lang, problems: Sequence[Problem] = ()) -> Report:
    """The same units under two texts: how many gain and lose, then unit by unit with the indicators that make the difference."""
    counted = moves(changes)
    summary = [[move.label.say(lang), str(counted[move])] for move in Move if counted[move]]
    rows = [
        [
            change.before.subject.id,
            change.before.subject.name,
            *(f"{decision.count(Outcome.MET)}/{decision.count()}" for decision in (change.before, change.after)),
            change.move.label.say(lang),
            ", ".join(change.failed) or "–",
            "\n".join(_step(step, lang) for step in change.why) or "–",
            f"{change.carried}/{len(list(change.after.indicators))}",
        ]
        for change in changes
    ]
    sections = [
        Section(_SUMMARY.say(lang), [_MOVE.say(lang), _UNITS.say(lang)], summary),
        Section(_EACH.say(lang), [head.say(lang) for head in _HEADS], rows, [_CARRIED.say(lang)]),
    ]
    title = " → ".join(f"{rules.id}, {rules.on}" if rules.on else rules.id for rules in (before, after))
    return Report(title, sections, [change.as_dict() for change in changes], problems=problems)


def _step(step: Step, lang: Lang) -> str:
    old = f"{step.old.id} {step.old.requirement(lang)}" if step.old is not None else "–"
    new = f"{step.new.id} {step.new.requirement(lang)}" if step.new is not None else "–"
    return f"{old} → {new}: {step.move.label.say(lang)}"


_SUMMARY = Bilingual("Tổng hợp", "Summary")
_BY = Bilingual("Văn bản mới áp dụng: {}", "Documents that now apply: {}")
_OF = Bilingual("Bảng số liệu: {}", "Tables: {}")
_BEFORE = Bilingual("Trước", "Before")
_AFTER = Bilingual("Sau", "After")
_MOVE = Bilingual("Kết quả", "Move")
_UNITS = Bilingual("Số đơn vị", "Units")
_AFFECTED = Bilingual("Ai bị ảnh hưởng", "Who is affected")
_THROUGH = Bilingual("Vì chỉ tiêu", "Through")
_UNIT = Bilingual("Đơn vị", "Unit")
_EACH = Bilingual("Từng đơn vị", "Unit by unit")
_HEADS = (
    Bilingual("Mã", "Code"),
    Bilingual("Tên", "Name"),
    _BEFORE,
    _AFTER,
    _MOVE,
    Bilingual("Tiêu chí chưa đạt sau", "Criteria not met after"),
    Bilingual("Vì chỉ tiêu nào", "By which indicators"),
    Bilingual("Số liệu dùng lại", "Values carried"),
)
_CARRIED = Bilingual(
    "Giữa hai bộ, chỉ số liệu mà tệp ánh xạ nói là cùng một đại lượng mới dùng lại, xác nhận của cơ quan thì không; trong cùng một bộ"
    " thì dùng lại cả hai.",
    "Between two sets only values that the mapping declares to be one quantity are carried, and attestations are not; within one set"
    " both are.",
)
_DIFFERENCES = Bilingual("{} khác biệt", "{} differences")
_DIFF_HEADS = (
    Bilingual("Số", "No."),
    Bilingual("Chỉ tiêu, hoặc điều khác", "Indicator, or what differs"),
    Bilingual("Cột", "Column"),
    Bilingual("Tính chất", "Nature"),
    _BEFORE,
    _AFTER,
    Bilingual("Đơn vị", "Unit of measure"),
    Bilingual("Nguồn", "Source"),
)
_FIGURES = frozenset({Kind.FIGURE_CHANGED, Kind.FIGURE_FILLED, Kind.FIGURE_WITHDRAWN})
_NATURE = Bilingual("Tính chất", "Nature")
_COUNT = Bilingual("Số chỗ", "How many")
_LINES = Bilingual("Từng chỗ", "One by one")
_OTHERS = Bilingual("các cột khác", "other columns")
