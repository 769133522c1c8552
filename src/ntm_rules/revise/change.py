"""One difference between two texts, as a sentence that a person of either language can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ntm_rules.values import Bilingual, Lang

Effect = Literal["stricter", "looser", "either", "none"]

NOTHING: Final = Bilingual("")
KINDS: Final[dict[str, Bilingual]] = {
    "criterion_added": Bilingual("tiêu chí mới", "criterion added"),
    "criterion_removed": Bilingual("bỏ tiêu chí", "criterion removed"),
    "indicator_added": Bilingual("chỉ tiêu mới", "indicator added"),
    "indicator_removed": Bilingual("bỏ chỉ tiêu", "indicator removed"),
    "indicator_moved": Bilingual("chuyển sang tiêu chí khác", "moved to another criterion"),
    "title_changed": Bilingual("đổi tên", "title changed"),
    "figure_changed": Bilingual("đổi con số", "figure changed"),
    "figure_filled": Bilingual("điền con số còn thiếu", "missing figure filled in"),
    "figure_withdrawn": Bilingual("rút con số", "figure withdrawn"),
    "column_added": Bilingual("thêm cột", "column added"),
    "column_removed": Bilingual("bỏ cột", "column removed"),
    "operator_changed": Bilingual("đổi cách so", "comparison changed"),
    "measure_changed": Bilingual("đổi cách đo", "measure changed"),
    "source_changed": Bilingual("đổi nguồn", "source changed"),
    "combination_changed": Bilingual("đổi cách kết hợp", "combination changed"),
    "applies_when_changed": Bilingual("đổi điều kiện áp dụng", "condition of application changed"),
    "may_not_apply_changed": Bilingual("đổi khả năng không áp dụng", "leave not to apply changed"),
    "content_changed": Bilingual("đổi nội dung còn thiếu", "missing content changed"),
    "attribute_changed": Bilingual("đổi thuộc tính", "attribute changed"),
    "column_rule_changed": Bilingual("đổi quy tắc chọn cột", "column rule changed"),
    "set_changed": Bilingual("đổi thông tin bộ", "set changed"),
    "sheet_added": Bilingual("thêm phiếu", "sheet added"),
    "sheet_removed": Bilingual("bỏ phiếu", "sheet removed"),
    "sheet_changed": Bilingual("đổi phiếu", "sheet changed"),
    "score_changed": Bilingual("đổi cách xếp hạng", "ranking changed"),
}
EFFECTS: Final[dict[Effect, Bilingual]] = {
    "stricter": Bilingual("chặt hơn", "stricter"),
    "looser": Bilingual("nhẹ hơn", "looser"),
    "either": Bilingual("có thể chặt hoặc nhẹ hơn", "stricter or looser"),
    "none": Bilingual("không đổi kết quả", "changes no outcome"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: what sort of difference, a key of :data:`KINDS`.
        at: number of the criterion or indicator, or name of what changed; empty for the set itself.
        column: the column of a table, outermost key first; empty where there is none.
        old: what stood there; empty where there was nothing.
        new: what stands there now; empty where there is nothing.
        effect: whether a subject can lose (``stricter``), gain (``looser``), either, or neither by it.
    """

    kind: str
    at: str
    column: tuple[str, ...] = ()
    old: Bilingual = NOTHING
    new: Bilingual = NOTHING
    effect: Effect = "either"

    def sentence(self, lang: Lang = "vi") -> str:
        """The difference in a sentence: ``10.1 (tay-nguyen, 2024): đổi con số, 50 → 52 (chặt hơn)``."""
        where = f"{self.at} ({', '.join(self.column)})" if self.column else self.at
        arrow = f", {self.old.say(lang) or '–'} → {self.new.say(lang) or '–'}" if self.old or self.new else ""
        what = f"{KINDS[self.kind].say(lang)}{arrow} ({EFFECTS[self.effect].say(lang)})"
        return f"{where}: {what}" if where else what

    def as_dict(self) -> dict[str, Any]:
        """The difference as plain data."""
        both = {name: {"vi": text.vi, "en": text.en} for name, text in (("old", self.old), ("new", self.new))}
        return {"kind": self.kind, "at": self.at, "column": list(self.column), **both, "effect": self.effect}


@dataclass(frozen=True, slots=True)
class Diff(Sequence[Change]):
    """Every difference between two rulesets, in the order of the newer one.

    Attributes:
        old: name, version and day of the older text.
        new: name, version and day of the newer text.
        changes: the differences.
    """

    old: str
    new: str
    changes: tuple[Change, ...]

    def __len__(self) -> int:
        return len(self.changes)

    def __getitem__(self, index: Any) -> Any:
        return self.changes[index]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    @property
    def counts(self) -> Counter[str]:
        """How many differences of each kind."""
        return Counter(change.kind for change in self.changes)

    def text(self, lang: Lang = "vi") -> str:
        """Every difference, one a line, under the names of both texts."""
        same = "không có khác biệt" if lang == "vi" else "no difference"
        lines = [change.sentence(lang) for change in self.changes] or [same]
        return "\n".join([f"{self.old} → {self.new}", *(f"  {line}" for line in lines)])

    def as_dict(self) -> dict[str, Any]:
        """The differences as plain data."""
        return {"old": self.old, "new": self.new, "changes": [change.as_dict() for change in self.changes]}
