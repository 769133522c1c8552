"""One difference between two texts, as a sentence that a person of either language can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal

from ntm_rules.values import Bilingual, Lang

Effect = Literal["stricter", "looser", "either", "none"]

NOTHING: Final = Bilingual("")
SAME: Final = Bilingual("không có khác biệt", "no difference")


class Kind(StrEnum):
    """What sort of difference."""

    CRITERION_ADDED = "criterion_added"
    CRITERION_REMOVED = "criterion_removed"
    INDICATOR_ADDED = "indicator_added"
    INDICATOR_REMOVED = "indicator_removed"
    INDICATOR_MOVED = "indicator_moved"
    INDICATOR_RENUMBERED = "indicator_renumbered"
    TITLE_CHANGED = "title_changed"
    NOTE_CHANGED = "note_changed"
    FIGURE_CHANGED = "figure_changed"
    FIGURE_FILLED = "figure_filled"
    FIGURE_WITHDRAWN = "figure_withdrawn"
    COLUMN_ADDED = "column_added"
    COLUMN_REMOVED = "column_removed"
    OPERATOR_CHANGED = "operator_changed"
    MEASURE_CHANGED = "measure_changed"
    SOURCE_CHANGED = "source_changed"
    COMBINATION_CHANGED = "combination_changed"
    APPLIES_WHEN_CHANGED = "applies_when_changed"
    MAY_NOT_APPLY_CHANGED = "may_not_apply_changed"
    CONTENT_CHANGED = "content_changed"
    ATTRIBUTE_CHANGED = "attribute_changed"
    COLUMN_RULE_CHANGED = "column_rule_changed"
    SET_CHANGED = "set_changed"
    SHEET_ADDED = "sheet_added"
    SHEET_REMOVED = "sheet_removed"
    SHEET_CHANGED = "sheet_changed"
    SCORE_CHANGED = "score_changed"

    @property
    def label(self) -> Bilingual:
        """The kind in words."""
        return KINDS[self]


KINDS: Final[dict[Kind, Bilingual]] = {
    Kind.CRITERION_ADDED: Bilingual("tiêu chí mới", "criterion added"),
    Kind.CRITERION_REMOVED: Bilingual("bỏ tiêu chí", "criterion removed"),
    Kind.INDICATOR_ADDED: Bilingual("chỉ tiêu mới", "indicator added"),
    Kind.INDICATOR_REMOVED: Bilingual("bỏ chỉ tiêu", "indicator removed"),
    Kind.INDICATOR_MOVED: Bilingual("chuyển sang tiêu chí khác", "moved to another criterion"),
    Kind.INDICATOR_RENUMBERED: Bilingual("đổi số hiệu", "renumbered"),
    Kind.TITLE_CHANGED: Bilingual("đổi tên", "title changed"),
    Kind.NOTE_CHANGED: Bilingual("đổi lời ghi", "note changed"),
    Kind.FIGURE_CHANGED: Bilingual("đổi con số", "figure changed"),
    Kind.FIGURE_FILLED: Bilingual("điền con số còn thiếu", "missing figure filled in"),
    Kind.FIGURE_WITHDRAWN: Bilingual("rút con số", "figure withdrawn"),
    Kind.COLUMN_ADDED: Bilingual("thêm cột", "column added"),
    Kind.COLUMN_REMOVED: Bilingual("bỏ cột", "column removed"),
    Kind.OPERATOR_CHANGED: Bilingual("đổi cách so", "comparison changed"),
    Kind.MEASURE_CHANGED: Bilingual("đổi cách đo", "measure changed"),
    Kind.SOURCE_CHANGED: Bilingual("đổi nguồn", "source changed"),
    Kind.COMBINATION_CHANGED: Bilingual("đổi cách kết hợp", "combination changed"),
    Kind.APPLIES_WHEN_CHANGED: Bilingual("đổi điều kiện áp dụng", "condition of application changed"),
    Kind.MAY_NOT_APPLY_CHANGED: Bilingual("đổi khả năng không áp dụng", "leave not to apply changed"),
    Kind.CONTENT_CHANGED: Bilingual("đổi nội dung còn thiếu", "missing content changed"),
    Kind.ATTRIBUTE_CHANGED: Bilingual("đổi thuộc tính", "attribute changed"),
    Kind.COLUMN_RULE_CHANGED: Bilingual("đổi quy tắc chọn cột", "column rule changed"),
    Kind.SET_CHANGED: Bilingual("đổi thông tin bộ", "set changed"),
    Kind.SHEET_ADDED: Bilingual("thêm phiếu", "sheet added"),
    Kind.SHEET_REMOVED: Bilingual("bỏ phiếu", "sheet removed"),
    Kind.SHEET_CHANGED: Bilingual("đổi phiếu", "sheet changed"),
    Kind.SCORE_CHANGED: Bilingual("đổi cách xếp hạng", "ranking changed"),
}
EFFECTS: Final[dict[Effect, Bilingual]] = {
    "stricter": Bilingual("chặt hơn", "stricter"),
    "looser": Bilingual("nhẹ hơn", "looser"),
    "either": Bilingual("có thể chặt hoặc nhẹ hơn", "stricter or looser"),
    "none": Bilingual("không đổi kết quả", "changes no outcome"),
}


class Nature(StrEnum):
    """What a difference is to those who decide about it."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    FILLED_IN = "filled_in"
    WITHDRAWN = "withdrawn"
    EITHER = "either"
    RENUMBERED = "renumbered"
    SOURCE_UPGRADED = "source_upgraded"
    SOURCE_CHANGED = "source_changed"
    WORDING = "wording"

    @property
    def label(self) -> Bilingual:
        """The nature in words."""
        return _NATURES[self]


_NATURES: Final = {
    Nature.TIGHTENED: Bilingual("siết chặt", "tightened"),
    Nature.LOOSENED: Bilingual("nới lỏng", "loosened"),
    Nature.FILLED_IN: Bilingual("điền mức còn thiếu", "filled in"),
    Nature.WITHDRAWN: Bilingual("rút con số", "withdrawn"),
    Nature.EITHER: Bilingual("có thể chặt hoặc nhẹ hơn", "stricter or looser"),
    Nature.RENUMBERED: Bilingual("đổi số hiệu", "renumbered"),
    Nature.SOURCE_UPGRADED: Bilingual("nguồn chắc hơn", "source upgraded"),
    Nature.SOURCE_CHANGED: Bilingual("đổi nguồn", "source changed"),
    Nature.WORDING: Bilingual("chỉ đổi lời", "wording only"),
}
_OF_KIND: Final = {
    Kind.FIGURE_FILLED: Nature.FILLED_IN,
    Kind.FIGURE_WITHDRAWN: Nature.WITHDRAWN,
    Kind.INDICATOR_RENUMBERED: Nature.RENUMBERED,
    Kind.INDICATOR_MOVED: Nature.RENUMBERED,
    Kind.SOURCE_CHANGED: Nature.SOURCE_CHANGED,
}
_OF_EFFECT: Final[dict[Effect, Nature]] = {
    "stricter": Nature.TIGHTENED,
    "looser": Nature.LOOSENED,
    "either": Nature.EITHER,
    "none": Nature.WORDING,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: what sort of difference.
        at: number of the criterion or indicator, or name of what changed; empty for the set itself.
        column: the column of a table, outermost key first; empty where there is none.
        old: what stood there; empty where there was nothing.
        new: what stands there now; empty where there is nothing.
        effect: whether a subject can lose (``stricter``), gain (``looser``), either, or neither by it.
        title: of the indicator that it is about, and ``unit`` of its figures; empty where it is about none.
        upgraded: of a source, whether the figure was checked further than before.
    """

    kind: Kind
    at: str
    column: tuple[str, ...] = ()
    old: Bilingual = NOTHING
    new: Bilingual = NOTHING
    effect: Effect = "either"
    title: Bilingual = NOTHING
    unit: Bilingual = NOTHING
    upgraded: bool = False

    @property
    def nature(self) -> Nature:
        """What it is to those who decide about it."""
        return Nature.SOURCE_UPGRADED if self.upgraded else _OF_KIND.get(self.kind) or _OF_EFFECT[self.effect]

    def sentence(self, lang: Lang = "vi") -> str:
        """The difference in a sentence: ``10.1 (tay-nguyen, 2024): đổi con số, 50 → 52 (chặt hơn)``."""
        where = f"{self.at} ({', '.join(self.column)})" if self.column else self.at
        arrow = f", {self.old.say(lang) or '–'} → {self.new.say(lang) or '–'}" if self.old or self.new else ""
        what = f"{self.kind.label.say(lang)}{arrow} ({EFFECTS[self.effect].say(lang)})"
        return f"{where}: {what}" if where else what

    def as_dict(self) -> dict[str, Any]:
        """The difference as plain data."""
        both = {"old": self.old.both(), "new": self.new.both()}
        about = {"title": self.title.both(), "unit": self.unit.both()} if self.title else {}
        place = {"kind": self.kind.value, "nature": self.nature.value, "at": self.at, "column": list(self.column)}
        return {**place, **both, "effect": self.effect, **about}


@dataclass(frozen=True, slots=True)
class Diff(Sequence[Change]):
    """Every difference between two rulesets, in the order of the newer one.

    Attributes:
        old: name, version and day of the older text.
        new: name, version and day of the newer text.
        changes: the differences.
        names: what people call that which is no criterion and no indicator: attributes, columns, facts of the set.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    names: Mapping[str, Bilingual] = field(default_factory=dict, compare=False)

    def called(self, change: Change, lang: Lang) -> str:
        """The number of what differs, or what people call it."""
        return self.names[change.at].say(lang) if change.at in self.names else change.at

    def __len__(self) -> int:
        return len(self.changes)

    def __getitem__(self, index: Any) -> Any:
        return self.changes[index]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    @property
    def counts(self) -> Counter[Kind]:
        """How many differences of each kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def natures(self) -> Counter[Nature]:
        """How many differences of each nature."""
        return Counter(change.nature for change in self.changes)

    def text(self, lang: Lang = "vi") -> str:
        """Every difference, one a line, under the names of both texts."""
        lines = [change.sentence(lang) for change in self.changes] or [SAME.say(lang)]
        return "\n".join([f"{self.old} → {self.new}", *(f"  {line}" for line in lines)])

    def as_dict(self) -> dict[str, Any]:
        """The differences as plain data."""
        return {"old": self.old, "new": self.new, "changes": [change.as_dict() for change in self.changes]}
