"""Published verdicts on named communes and villages, as data: who was judged, by which set, with what result, and the values printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.model.base import Count, Day, Model, Number, Text
from ntm_rules.model.figures import Texts
from ntm_rules.problems import RulesetError
from ntm_rules.values import Outcome, SubjectKind


def _listed(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


def _outcome(given: Any) -> Any:
    return Outcome(given) if given in ("met", "not_met") else given


class PublishedValue(Model):
    """One value as printed: exact, a bound, an approximation, or a count of a total.

    A value without ``indicator`` is kept for the record: ``unused`` says why no indicator takes it.
    """

    indicator: Text | None = None
    says: Literal["=", ">", "<", "~"] = "="
    value: Number | None = None
    count: Number | None = None
    total: Number | None = None
    words: Text | None = Field(default=None, description="Nguyên văn hoặc tên trong nguồn.")
    unused: Text | None = Field(default=None, description="Vì sao không dùng được cho chỉ tiêu nào.")

    @property
    def exact(self) -> Decimal | None:
        """The value where the source gives it exactly. A count of a total counts where its share of 100 ends after a few places;
        765/946 does not, and a rounded share would not be what the source says."""
        if self.count is not None and self.total is not None:
            share = Decimal(self.count) * 100 / Decimal(self.total)
            return share if share * Decimal(self.total) == Decimal(self.count) * 100 else None
        return self.value if self.says == "=" else None

    @property
    def interval(self) -> tuple[Decimal | None, Decimal | None] | None:
        """Between which bounds the value surely lies (both left out themselves); None where the source says too little."""
        if self.says == ">":
            return self.value, None
        if self.says == "<":
            return None, self.value
        if self.count is not None and self.total is not None:
            share = Decimal(self.count) * 100 / Decimal(self.total)
            step = Decimal("1e-20")
            return share - step, share + step
        return None

    @property
    def shown(self) -> str:
        """The value as printed."""
        if self.count is not None:
            return f"{self.count}/{self.total}"
        words = {"=": "", ">": "trên ", "<": "dưới ", "~": "khoảng "}[self.says]
        return f"{words}{self.value}"


class PublishedVerdict(Model):
    """What was published: ``met`` or ``not_met``, or nothing that can be compared."""

    verdict: Annotated[Outcome | None, BeforeValidator(_outcome)] = None
    words: Text | None = None
    criteria_met: Count | None = None
    criteria_in_all: Count | None = None
    criteria_failed: Texts = ()
    decision: Text | None = None


class PublishedCase(Model):
    """One published evaluation."""

    case: Text
    name: Text
    unit: SubjectKind | Literal["group"]
    id: Text | None = Field(default=None, description="Mã đơn vị hành chính, nếu biết.")
    district: Text | None = None
    province: Text | None = None
    region: Text | None = None
    year: Count | None = None
    on: Day | None = Field(default=None, description="Ngày của luật áp dụng; để trống: ngày cuối năm đánh giá.")
    set: Text | None = Field(default=None, description="Bộ tiêu chí trong danh mục; để trống khi chưa có.")
    set_named: Text = Field(description="Bộ tiêu chí như nguồn nói.")
    published: PublishedVerdict
    values: Annotated[tuple[PublishedValue, ...], BeforeValidator(_listed)] = ()
    source: Text
    note: Text | None = None

    @property
    def day(self) -> date | None:
        """The day whose law counts."""
        return self.on or (date(self.year, 12, 31) if self.year else None)


class PublishedCases(Model):
    """A file of published evaluations."""

    about: Text
    compiled: Day
    cases: Annotated[tuple[PublishedCase, ...], BeforeValidator(_listed)]


def read_cases(path: str | Path) -> tuple[PublishedCase, ...]:
    """The cases of a file.

    Raises:
        RulesetError: the file cannot be read; every problem with its line.
    """
    parsed = read_file(Path(path))
    found = build(PublishedCases, parsed)
    if found is None or parsed.problems:
        raise RulesetError(parsed.problems)
    return found.cases
