"""Figures of the law with their sources, and the tables they stand in."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from ntm_rules.model.base import AlsoWritten, Flag, Model, Text, Words, refuse
from ntm_rules.problems import nearest
from ntm_rules.values import SourceLevel


def _level(given: Any) -> SourceLevel:
    try:
        return SourceLevel(given)
    except ValueError:
        allowed = ", ".join(SourceLevel)
        raise refuse("NTM-206", got=str(given)[:60], allowed=allowed, guess=nearest(str(given), SourceLevel)) from None


def _texts(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


Level = Annotated[SourceLevel, BeforeValidator(_level)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_texts)]


class Source(Model):
    """Where a rule or figure stands, and how far it was checked."""

    instrument: Text | None = Field(default=None, description="Số hiệu văn bản; để trống: văn bản của bộ tiêu chí.")
    at: Text | None = Field(default=None, description="Chỗ trong văn bản: phụ lục, mục, điều, khoản.")
    level: Level | None = Field(
        default=None,
        description="official: đã đối chiếu bản ký · published: thấy trong nguồn công bố · recalled: chưa đối chiếu · missing: không có.",
    )
    seen: Texts = Field(default=(), description="Nơi đã đọc thấy: địa chỉ trang hoặc tên bản chép.")
    note: Words | None = Field(default=None, description="Ghi chú về nguồn.")


_LISTED: dict[str, Any] = {"type": "array", "items": {"type": ["string", "number"]}}


def _unquoted(schema: dict[str, Any]) -> None:
    """For editors: a figure need not stand in quotes."""
    schema["anyOf"] = [{"type": ["string", "number", "boolean", "null"]}, _LISTED]


def as_written(value: str | tuple[str, ...]) -> str:
    """A figure as it is written, the parts of a list between bars."""
    return " | ".join(value) if isinstance(value, tuple) else value


class Figure(Source):
    """One figure with its source. Written bare (``80``), it takes the source of its indicator."""

    value: Text | Texts | None = Field(
        default=None, description="Con số (hoặc danh sách mức) đúng như văn bản viết.", json_schema_extra=_unquoted
    )
    missing: Words | None = Field(default=None, description="Vì sao chưa có con số.")
    delegated: Flag = Field(default=False, description="true: con số do UBND cấp tỉnh quy định.")

    @property
    def is_known(self) -> bool:
        """Whether the figure has a value."""
        return self.value is not None

    @property
    def text(self) -> str:
        """The figure as it is written, the parts of a list between bars; empty where it is not known."""
        return "" if self.value is None else as_written(self.value)

    def source_within(self, own: Source | None, instrument: str) -> Source:
        """Where the figure stands and how far it was checked: as said beside it, else beside its indicator.

        Args:
            own: the source of the indicator.
            instrument: that of the set, where neither names one.
        """
        own = own or Source()
        return Source(
            instrument=self.instrument or own.instrument or instrument,
            at=self.at or own.at,
            level=(self.level or own.level or SourceLevel.MISSING) if self.is_known else SourceLevel.MISSING,
            seen=self.seen or own.seen,
            note=self.note or own.note,
        )


NOT_SEEN = {"vi": "con số trong văn bản chưa tìm thấy", "en": "the figure of the decision has not been seen"}
DELEGATED = {
    "vi": "do UBND cấp tỉnh quy định; chưa có văn bản của tỉnh trong danh mục",
    "en": "set by the province; no provincial instrument is on record",
}


def _spell_out(given: Any) -> Any:
    """The bare forms of a figure as a mapping: ``80``, ``missing``, ``delegated``, ``[Khá, Tốt]``."""
    if given == "missing":
        return {"missing": NOT_SEEN}
    if given == "delegated":
        return {"delegated": "true", "missing": DELEGATED}
    if isinstance(given, (str, list)):
        return {"value": given}
    if isinstance(given, dict) and "value" in given and ("missing" in given or given.get("level") == "missing"):
        raise refuse("NTM-219")
    if isinstance(given, dict) and not {"value", "missing"} & given.keys():
        raise refuse("NTM-202", key="value")
    return given


_BARE = AlsoWritten(
    {"type": ["string", "number", "boolean"]},
    _LISTED,
    description="Một con số, hoặc missing (chưa thấy), hoặc delegated (tỉnh quy định), hoặc {value: …, level: …, seen: […]}.",
)


def _kind_of_cell(given: Any) -> str:
    if isinstance(given, dict):
        return "figure" if {"value", "missing", "delegated"} & given.keys() else "row"
    return "row" if isinstance(given, Row) else "figure"


def _kind_of_bound(given: Any) -> str:
    is_table = isinstance(given, Table) or (isinstance(given, dict) and "by" in given)
    return "table" if is_table else "figure"


AFigure = Annotated[Figure, BeforeValidator(_spell_out), _BARE]
Cell = Annotated[Annotated[AFigure, Tag("figure")] | Annotated["Row", Tag("row")], Discriminator(_kind_of_cell)]


class Row(Model):
    """One level of a table: a cell or a further row under each key; ``others`` stands for every key not listed."""

    # For editors: a mapping with one of these keys is a figure, not a row.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow", json_schema_extra={"propertyNames": {"not": {"enum": ["value", "missing", "delegated"]}}}
    )
    __pydantic_extra__: dict[str, Cell] = Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride] - as pydantic asks

    def cells(self) -> dict[str, Figure | Row]:
        """What stands under each key."""
        return self.model_extra or {}


class Table(Row):
    """Figures by one or more dimensions, outermost first."""

    by: Annotated[Texts, Field(min_length=1)] = Field(description="Các chiều của bảng, ngoài vào trong: [region, year].")


Bound = Annotated[
    Annotated[AFigure, Tag("figure")] | Annotated[Table, Tag("table")],
    Discriminator(_kind_of_bound),
]


def figures_of(bound: Figure | Row, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Figure]]:
    """All figures of a bound with the keys that lead to each."""
    if isinstance(bound, Figure):
        return [(path, bound)]
    return [found for key, cell in bound.cells().items() for found in figures_of(cell, (*path, key))]
