"""A ruleset document: one edition of one criteria set, as written in ``ruleset.yaml``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from ntm_rules.conditions import ALL_OF, COMBINATIONS
from ntm_rules.model.base import Count, Day, Flag, Model, Text, Words
from ntm_rules.model.figures import Figure, Source, Texts
from ntm_rules.model.given import ReadOnly
from ntm_rules.model.measures import AMeasure
from ntm_rules.model.requirements import Condition, Requirement, attributes_of
from ntm_rules.model.score import Score
from ntm_rules.values import Bilingual, SubjectKind


def family_of(name: str) -> str:
    """The family that an edition or overlay belongs to, by its name: ``commune-ntm`` of ``commune-ntm/2021-2025``; a family is its own."""
    return name.partition("/")[0]


class Period(Model):
    """From a day to a day, both included; without ``until`` it is still running."""

    start: Day | None = Field(default=None, alias="from", description="Ngày đầu có hiệu lực.")
    until: Day | None = Field(default=None, description="Ngày cuối còn hiệu lực; để trống: đang có hiệu lực.")

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


if TYPE_CHECKING:
    RuleName = str
else:
    RuleName = Literal[tuple(COMBINATIONS)]


class Combination(Model):
    """How the parts of a whole combine."""

    rule: RuleName = ALL_OF.name
    k: Count = 0


def _combination(given: Any) -> Any:
    if isinstance(given, str):
        return {"rule": given}
    counting = next((name for name in _COUNTING if name in given), None) if isinstance(given, dict) else None
    if counting is not None:
        return {"rule": counting, "k": given[counting], **{k: v for k, v in given.items() if k != counting}}
    return given


_COUNTING = tuple(name for name, rule in COMBINATIONS.items() if rule.counts)


Passes = Annotated[
    Combination,
    BeforeValidator(_combination),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": [name for name in COMBINATIONS if name not in _COUNTING]},
                {
                    "type": "object",
                    "properties": {name: {"type": "integer", "minimum": 1} for name in _COUNTING},
                    "additionalProperties": False,
                },
            ],
            "description": "Các phần kết hợp thế nào: all_of (tất cả), any_of (một trong), {at_least_k_of: 8} (ít nhất 8).",
        }
    ),
]


def _listed(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


class Indicator(Requirement):
    """A chỉ tiêu: what is measured and what is required of it."""

    indicator: Text = Field(description="Số chỉ tiêu đúng như trong quyết định, trong ngoặc kép.")
    title: Words = Field(description="Tên ngắn gọn của chỉ tiêu.")
    measure: AMeasure
    source: Source | None = Field(default=None, description="Nguồn của mức đạt.")
    may_not_apply: Words | None = Field(default=None, description="Câu «nếu có» cho phép chỉ tiêu không áp dụng.")
    applies_when: Condition | None = Field(default=None, description="Điều kiện theo thuộc tính; không thỏa thì không áp dụng.")
    verified_by: Words | None = Field(default=None, description="Cơ quan quy định hoặc xác nhận.")
    note: Words | None = None


class Criterion(Model):
    """A tiêu chí: indicators that together pass or fail."""

    criterion: Text = Field(description="Số tiêu chí đúng như trong quyết định, trong ngoặc kép.")
    title: Words = Field(description="Tên tiêu chí.")
    passes: Passes = Combination()
    indicators: Annotated[tuple[Indicator, ...], BeforeValidator(_listed)] = ()
    missing: Words | None = Field(default=None, description="Vì sao chưa có nội dung; khi đó chỉ có thể xác nhận cả tiêu chí.")
    applies_when: Condition | None = None
    source: Source | None = None
    note: Words | None = None

    @property
    def looked_at(self) -> frozenset[str]:
        """The attributes of the subject that its conditions and statuses look at; those of its tables are in the dimensions."""
        conditions = [self.applies_when, *(indicator.applies_when for indicator in self.indicators)]
        held = (indicator.measure.holds_status for indicator in self.indicators)
        return frozenset(name for name in held if name).union(*map(attributes_of, conditions))


class Attribute(Model):
    """Something that must be known of the subject besides measured values."""

    title: Words
    one_of: Texts = Field(default=(), description="Các giá trị được phép.")
    yes_no: Flag = Field(default=False, description="true: trả lời có hoặc không.")
    whole_number: Flag = Field(default=False, description="true: số nguyên, như năm.")
    unless_stated: Flag | None = Field(
        default=None,
        description="Chỉ với danh sách đóng do văn bản công bố: không khai báo thì coi là true/false, và giải thích nói rõ điều đó.",
    )
    note: Words | None = None


_PART: Final = re.compile(r"(?<=\d)[a-z]$")  # the letter of a further figure under one number


class Redirect(Model):
    """A dated rule of the law that moves a subject to another column of the tables."""

    use: Text = Field(description="Cột được dùng thay.")
    when: Condition = Field(description="Điều kiện để dùng cột đó.")
    title: Words | None = Field(default=None, description="Nói ngắn gọn vì sao, để đưa vào giải thích.")
    source: Source


class Dimension(Model):
    """What tables of figures are indexed by: an attribute, unless a redirect moves the subject."""

    title: Words
    attribute: Text
    values: Texts = ()
    redirect: Annotated[tuple[Redirect, ...], BeforeValidator(_listed)] = ()

    @property
    def looked_at(self) -> frozenset[str]:
        """The attributes of the subject that say which column counts: its own, and those of the redirects."""
        return frozenset((self.attribute,)).union(*(attributes_of(redirect.when) for redirect in self.redirect))


class Transition(Model):
    """Which older edition still decides what was filed before a new one, and for how long."""

    filed_before: Day = Field(description="Hồ sơ nộp trước ngày này.")
    rounds: Texts = Field(default=(), description="Loại đánh giá: first, upgrade, re-assessment; để trống: mọi loại.")
    use: Text = Field(description="Bộ tiêu chí cũ được dùng tiếp, như ocop/2023.")
    days: Count = Field(ge=1, description="Phải xong trong bao nhiêu ngày kể từ «filed_before».")
    source: Source

    @property
    def until(self) -> date:
        """The last day, counted plainly from the day of the new edition."""
        return self.filed_before + timedelta(days=self.days)


class Follows(Model):
    """What a number of criteria met leads to, for information: it decides nothing and grants nothing."""

    met: Count = Field(ge=0, description="Từ bao nhiêu tiêu chí đạt trở lên.")
    title: Words = Field(description="Khi đó là gì, như khu vực II.")
    source: Source


class RuleSetDocument(Model):
    """One edition of one criteria set."""

    ruleset: Text = Field(description="Tên: họ/phiên bản, như commune-ntm/2021-2025.")
    version: Text = Field(description="Phiên bản của bản ghi này, như 1.0.0; sửa lỗi là một phiên bản mới.")
    title: Words
    subject: SubjectKind = Field(description="Đối tượng: commune, village, district, province, product.")
    instrument: Text = Field(description="Số hiệu quyết định, có trong instruments.yaml.")
    in_force: Period
    province: Text | None = Field(default=None, description="Tỉnh ban hành, như kon-tum; để trống: bộ tiêu chí quốc gia.")
    grants: Text | None = Field(default=None, description="Danh hiệu mà việc đáp ứng bộ tiêu chí là căn cứ để công nhận.")
    passes: Passes = Combination()
    notes: Annotated[tuple[Words, ...], BeforeValidator(_listed)] = ()
    attributes: Annotated[dict[str, Attribute], AfterValidator(ReadOnly)] = Field(default_factory=ReadOnly)
    dimensions: Annotated[dict[str, Dimension], AfterValidator(ReadOnly)] = Field(default_factory=ReadOnly)
    transition: Annotated[tuple[Transition, ...], BeforeValidator(_listed)] = ()
    score: Score | None = Field(default=None, description="Chấm điểm xếp hạng sao theo các phiếu trong thư mục sheets.")
    conditions: Annotated[tuple[Criterion, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Điều kiện phải có ngoài các tiêu chí, không đếm là tiêu chí."
    )
    criteria: Annotated[tuple[Criterion, ...], BeforeValidator(_listed)] = ()
    follows: Annotated[tuple[Follows, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Số tiêu chí đạt dẫn đến điều gì, chỉ để tham khảo; không quyết định kết quả."
    )

    def followed(self, least: int, most: int) -> tuple[Bilingual, ...]:
        """What from ``least`` to ``most`` criteria met may lead to: of each number the row that asks for most and is reached."""
        reached = [[row for row in self.follows if row.met <= met] for met in range(least, most + 1)]
        return tuple(dict.fromkeys(max(rows, key=lambda row: row.met).title for rows in reached if rows))

    @property
    def sections(self) -> tuple[Criterion, ...]:
        """The conditions and the criteria, in order."""
        return (*self.conditions, *self.criteria)

    @property
    def numbered(self) -> int:
        """How many indicators the decision numbers: a second figure under one number (5.1b beside 5.1) is no indicator of its own."""
        return len({_PART.sub("", one.indicator) for section in self.criteria for one in section.indicators})

    @property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its number, those of the conditions included."""
        return {one.indicator: one for section in self.sections for one in section.indicators}

    @property
    def family(self) -> str:
        """The family of the edition: ``commune-ntm`` of ``commune-ntm/2021-2025``."""
        return family_of(self.ruleset)


def make_parts() -> None:
    """The parts that are read by themselves too, made before the set: pydantic puts them into it as they are, and makes nothing twice."""
    for part in (Figure, Indicator):
        part.model_rebuild()
