"""Score sheets: what OCOP products are marked by, and how points become stars."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ntm_rules.model.base import Count, Flag, Model, Number, Text, Words, refuse
from ntm_rules.model.figures import Source, Texts
from ntm_rules.model.given import ReadOnly

Authority = Literal["district", "province", "centre"]
AUTHORITIES: tuple[Authority, ...] = ("district", "province", "centre")


def _listed(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


class Option(Model):
    """One level of a criterion: the points it brings, and what it takes."""

    points: Count = Field(ge=0, description="Điểm của mức này.")
    vi: Text
    en: Text
    case: Text | None = Field(default=None, description="Trường hợp, khi phiếu cho chọn một trong hai trường hợp.")


class MarkMissing(Model):
    """A star printed beside a criterion without saying which of its levels it asks for."""

    missing: Words


def _mark(given: Any) -> Any:
    return given if isinstance(given, (dict, MarkMissing)) else _count_of(given)


def _count_of(given: Any) -> Any:
    text = str(given)
    if not text.isascii() or not text.isdigit():
        raise refuse("NTM-204", got=text[:60])
    return int(text)


Options = Annotated[tuple[Option, ...], BeforeValidator(_listed)]
Marks = dict[Literal["3", "4", "5"], Annotated[int | MarkMissing, BeforeValidator(_mark)]]


class ScoreCriterion(Model):
    """A criterion of a score sheet: levels to choose one of, or a heading over further criteria.

    ``use`` names a shared criterion, whose title and levels are then its own.
    """

    criterion: Text = Field(description="Số tiêu chí như trên phiếu, trong ngoặc kép.")
    use: Text | None = Field(default=None, description="Tiêu chí dùng chung: tệp/tên.")
    title: Words | None = None
    points: Count | None = Field(default=None, description="Điểm tối đa ghi trên phiếu.")
    options: Options = ()
    marks: Marks = Field(default_factory=dict, description="Dấu sao: từ hạng sao này phải đạt ít nhất bấy nhiêu điểm.")
    one_case: Flag = Field(default=False, description="true: chỉ chấm một trong các tiêu chí con.")
    of: Annotated[tuple[ScoreCriterion, ...], BeforeValidator(_listed)] = ()
    note: Words | None = None

    @property
    def best(self) -> int:
        """The most points that its levels give."""
        return max((option.points for option in self.options), default=0)


class SharedCriterion(Model):
    """A criterion that several sheets have in common."""

    title: Words
    points: Count
    options: Options
    note: Words | None = None


class SharedCriteria(Model):
    """A file of criteria that several sheets have in common, by name."""

    shared: Text = Field(description="Tên tệp.")
    criteria: Annotated[dict[str, SharedCriterion], AfterValidator(ReadOnly)]


class Anomaly(Model):
    """Something printed that does not add up or looks like a slip, kept as printed."""

    at: Text = Field(description="Số tiêu chí, phần, hoặc «phiếu».")
    what: Words


class SheetPart(Model):
    """A part of a sheet (A, B, C) with the criteria in it."""

    part: Text
    points: Count = Field(description="Điểm tối đa của phần.")
    criteria: Annotated[tuple[ScoreCriterion, ...], BeforeValidator(_listed)] = ()


class Sheet(Model):
    """The score sheet of one product set."""

    sheet: Text = Field(description="Số của bộ sản phẩm, 1 đến 26.")
    title: Words
    source: Source
    excluded_if: Texts = Field(default=(), description="Tên các trường hợp bị loại, khai báo trong bộ tiêu chí.")
    parts: Annotated[tuple[SheetPart, ...], BeforeValidator(_listed)] = ()
    missing: Words | None = Field(default=None, description="Vì sao chưa có phiếu.")
    anomalies: Annotated[tuple[Anomaly, ...], BeforeValidator(_listed)] = ()


class Star(Model):
    """One class of stars: from how many points, and who may recognise it."""

    stars: Count = Field(ge=1, le=5)
    start: Number = Field(alias="from", description="Từ bao nhiêu điểm.")
    granted_by: Authority | None = Field(default=None, description="Cấp công nhận: district, province, centre; để trống: không công nhận.")
    title: Words | None = None


class PartFrame(Model):
    """A part of every sheet of an edition."""

    title: Words
    points: Count


class Exclusion(Model):
    """A fact for which a product is not ranked at all."""

    title: Words
    source: Source | None = None


class Readings(Model):
    """What the text leaves open, and how it is read here unless the call says otherwise."""

    marks: Literal["cumulative", "own_star"] = Field(default="cumulative", description="Dấu của hạng thấp hơn có phải đạt không.")
    marks_tested_on: Literal["mean", "each_member"] = Field(
        default="mean", description="So dấu sao với điểm bình quân hay điểm từng thành viên."
    )
    no_level: Literal["refused", "zero"] = Field(default="refused", description="Phiếu không in mức 0 thì 0 điểm bị từ chối hay được nhận.")


class Regulation(Model):
    """What a council's regulation asks for, where it does."""

    max_deviation: Number | None = Field(default=None, description="Chênh lệch lớn nhất giữa tổng điểm các thành viên.")
    quorum_share: Number | None = Field(default=None, description="Tỷ lệ thành viên có mặt ít nhất, phần trăm.")
    quorum: Count | None = Field(default=None, ge=2, description="Số thành viên có mặt ít nhất.")
    source: Source | None = None


class Council(Regulation):
    """A regulation that says itself whose it is."""

    authority: Authority | None = Field(default=None, description="Của hội đồng cấp nào; để trống: của mọi hội đồng.")


class Validity(Model):
    """How long a certificate runs, and when to have it assessed again."""

    months: Count
    stars: Annotated[tuple[Count, ...], BeforeValidator(_listed)] = ()
    reassess_from_days: Count | None = Field(default=None, description="Sớm nhất bao nhiêu ngày trước khi hết hạn.")
    reassess_to_days: Count | None = Field(default=None, description="Muộn nhất bao nhiêu ngày trước khi hết hạn.")
    extended_days: Count | None = Field(default=None, description="Còn hiệu lực thêm nhiều nhất bao nhiêu ngày khi đang chờ kết quả.")
    source: Source


class Score(Model):
    """How points become stars in an edition."""

    parts: Annotated[dict[str, PartFrame], AfterValidator(ReadOnly)]
    stars: Annotated[tuple[Star, ...], BeforeValidator(_listed), Field(min_length=1)] = Field(description="Từ hạng cao xuống hạng thấp.")
    certified_from: Count = Field(description="Từ mấy sao thì được công nhận.")
    potential_from: Number | None = Field(default=None, description="Từ bao nhiêu điểm thì trình trung ương («tiềm năng 5 sao»).")
    readings: Readings = Readings()
    exclusions: Annotated[dict[str, Exclusion], AfterValidator(ReadOnly)] = Field(default_factory=ReadOnly)
    council: Council | None = None
    councils: dict[Authority, Regulation] = Field(default_factory=dict, description="Quy chế theo cấp hội đồng.")
    validity: Validity | None = None
    source: Source

    def regulations(self, level: str | None) -> tuple[Regulation, ...]:
        """What binds the council of a level; all of it, where more than one text is on record.

        A council whose level is not stated is not the centre's, as its points are not the last word on five stars either.
        """
        own = () if self.council is None or level not in (None, self.council.authority or level) else (self.council,)
        return own + tuple(one for name, one in self.councils.items() if name == level or (level is None and name != "centre"))

    @model_validator(mode="after")
    def _falling(self) -> Score:
        stars = [(star.stars, star.start) for star in self.stars]
        falling = all(high[0] > low[0] and high[1] >= low[1] for high, low in pairwise(stars))
        if not falling or stars[-1][1] != 0:
            raise refuse("NTM-231", got=", ".join(f"{n}: {start}" for n, start in stars))
        return self
