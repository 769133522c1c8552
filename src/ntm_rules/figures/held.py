"""Every figure that a ruleset holds, flat: its place, its value, how far it was checked, where it stands, who read it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.annex import POINTS
from ntm_rules.model.figures import Figure, Source, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.score import Score
from ntm_rules.model.sheet_figures import SheetFigure, class_figures, sheet_figures
from ntm_rules.model.vocabulary import column_label
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, SourceLevel

Cell = tuple[str, tuple[str, ...]]  # number of the indicator, keys of the column


@dataclass(frozen=True, slots=True)
class Held:
    """One figure as a ruleset holds it.

    Attributes:
        criterion: the number of the criterion it belongs to.
        number: of the indicator (of what is scored).
        title: of the indicator.
        column: the keys of the column, outermost first; empty where one figure holds for all.
        titles: the same in words.
        asks: what is required, as a sign before the figure; empty where an answer of yes is.
        unit: of the figure.
        value: the figure as it is written, parts of a list between bars; empty where it is not known.
        absent: why it is not known.
        delegated: whether the province sets it.
        level: how far it was checked.
        instrument: the document it stands in.
        at: the place in that document.
        seen: where it was seen.
        certificates: the certificates it rests on.
        compares: the comparison it is of; of score sheets ``total``, ``points``, ``mark`` or ``from``.
    """

    criterion: str
    number: str
    title: Bilingual
    column: tuple[str, ...]
    titles: tuple[Bilingual, ...]
    asks: str
    unit: Bilingual
    value: str
    absent: Bilingual | None
    delegated: bool
    level: SourceLevel
    instrument: str
    at: str
    seen: tuple[str, ...]
    certificates: tuple[str, ...]
    compares: str

    @property
    def cell(self) -> Cell:
        """Its place."""
        return self.number, self.column

    @property
    def where(self) -> str:
        """Its place in a word: ``10.1 (tay-nguyen / 2024)``."""
        return f"{self.number} ({' / '.join(self.column)})" if self.column else self.number

    def shown(self, lang: Lang) -> str:
        """What it asks for, in short: ``≥ 50``, ``đạt``; a dash where that is not known."""
        if not self.value:
            return "–"
        return f"{self.asks} {self.value.replace(' | ', ', ')}" if self.asks else YES.say(lang)

    def as_dict(self) -> dict[str, Any]:
        """The figure as plain data."""
        return {
            "criterion": self.criterion,
            "indicator": self.number,
            "title": self.title.both(),
            "column": list(self.column),
            "column_titles": [title.both() for title in self.titles],
            "comparison": self.asks,
            "value": self.value or None,
            "unit": self.unit.both(),
            "absent": self.absent and self.absent.both(),
            "delegated": self.delegated,
            "level": self.level.value,
            "instrument": self.instrument,
            "at": self.at,
            "seen": list(self.seen),
            "certificates": list(self.certificates),
        }


YES: Final = Bilingual("đạt", "met")
OTHERS: Final = Bilingual("các cột khác", "other columns")


def held(rules: RuleSet) -> tuple[Held, ...]:
    """Every figure of a ruleset, in the order of the decision of the authority; of score sheets, every level and mark with its points."""
    if rules.document.score is not None:
        return tuple(_scored(rules, rules.document.score))
    return tuple(
        _held(rules, section.criterion, indicator, column, figure)
        for section in rules.document.sections
        for indicator in section.indicators
        for column, figure in figures_of(indicator.bound)
    )


def of_sheet(figures: Iterable[Held], product_set: str) -> tuple[Held, ...]:
    """The figures of one score sheet, and those of the classes of stars, which belong to every sheet."""
    return tuple(one for one in figures if one.compares == "from" or product_set in (one.column[:1] or (one.number,)))


def _held(rules: RuleSet, criterion: str, indicator: Indicator, column: tuple[str, ...], figure: Figure) -> Held:
    source, by = figure.source_within(indicator.source, rules.document.instrument), rules.certified
    operator = OPERATORS[indicator.operator]
    return Held(
        criterion,
        indicator.indicator,
        indicator.title,
        column,
        tuple(OTHERS if key == "others" else column_label(key) for key in column),
        operator.sign if operator.places else "",
        indicator.measure.unit_words,
        figure.text,
        None if figure.is_known else figure.missing,
        figure.delegated and not figure.is_known,
        source.level or SourceLevel.MISSING,
        source.instrument or "",
        source.at or "",
        source.seen,
        tuple(dict.fromkeys(name for place in source.seen for name in by.get(place, ()))),
        indicator.operator,
    )


def _scored(rules: RuleSet, score: Score) -> Iterator[Held]:
    """The classes of stars, then every figure of every sheet; a sheet that is not known is one figure that is missing."""
    yield from (_marked(rules, score.source, one, ()) for one in class_figures(score))
    for number in rules.scores.product_sets:
        sheet = rules.scores.sheet(number)
        name = Bilingual(f"bộ {sheet.sheet}: {sheet.title.vi}", f"set {sheet.sheet}: {sheet.title.en}")
        if sheet.missing is not None:
            absent = SheetFigure(sheet.sheet, (), "", sheet.title, Bilingual(""), "", sheet.missing, (), ())
            yield _marked(rules, sheet.source, absent, (name,))
        yield from (_marked(rules, sheet.source, one, (name,)) for one in sheet_figures(sheet))


def _marked(rules: RuleSet, source: Source, one: SheetFigure, names: tuple[Bilingual, ...]) -> Held:
    by = rules.certified
    own = (source.level or SourceLevel.MISSING) if one.value else SourceLevel.MISSING
    unread = own, tuple(place for place in source.seen if place not in by)
    level, seen = rules.sheets.checked.get((one.at, one.column), unread) if rules.sheets else unread
    return Held(
        one.at,
        one.at,
        one.title,
        one.column,
        (*names, one.what) if one.column else names,
        "=" if one.compares in ("total", "points") else "≥",
        POINTS,
        one.value,
        one.absent,
        False,
        level,
        source.instrument or rules.document.instrument,
        source.at or "",
        seen,
        tuple(dict.fromkeys(name for place in seen for name in by.get(place, ()))),
        one.compares,
    )


def by_level(figures: tuple[Held, ...]) -> Mapping[SourceLevel, int]:
    """How many figures stand at each level."""
    return {level: sum(one.level is level for one in figures) for level in SourceLevel}


def list_report(rules: RuleSet, figures: tuple[Held, ...], lang: Lang) -> Report:
    """The figures as a table, with their number at each level."""
    counts = by_level(figures)
    checked = CHECKED.fill(counts[SourceLevel.OFFICIAL], len(figures)).say(lang)
    rest = "; ".join(f"{level.label.say(lang)}: {count}" for level, count in counts.items() if count)
    rows = [
        (
            one.number,
            one.title.say(lang),
            " / ".join(title.say(lang) for title in one.titles),
            one.shown(lang),
            one.unit.say(lang),
            one.level.label.say(lang),
            one.instrument,
            one.at,
            "; ".join(one.seen) or (one.absent.say(lang) if one.absent else ""),
            ", ".join(one.certificates),
        )
        for one in figures
    ]
    title = f"{rules.title.say(lang)} ({rules.id} {rules.version})"
    data = {
        "id": rules.id,
        "version": rules.version,
        "sha256": rules.sha256,
        "levels": {level.value: count for level, count in counts.items()},
        "figures": [one.as_dict() for one in figures],
    }
    return Report(title, [Section("", [head.say(lang) for head in _HEADS], rows, [f"{checked} ({rest})."])], data)


CHECKED: Final = Bilingual("{}/{} mức đã đối chiếu bản ký", "{} of {} figures checked against the signed text")
_HEADS: Final = (
    Bilingual("Số", "No."),
    Bilingual("Tên", "What"),
    Bilingual("Cột", "Column"),
    Bilingual("Mức", "Figure"),
    Bilingual("Đơn vị", "Unit"),
    Bilingual("Mức nguồn", "Level"),
    Bilingual("Văn bản", "Instrument"),
    Bilingual("Chỗ", "Place"),
    Bilingual("Đã thấy ở, hoặc vì sao chưa có", "Seen at, or why missing"),
    Bilingual("Bản đối chiếu", "Certificates"),
)
