"""The law of revocation and of what a recognition brings about, as data: dated texts with the source of every figure.

Read from ``national/revocation/*/revocation.yaml`` of a folder of rulesets. Of a text that is known to exist and was not read, only that
is on record; a review on such a day is undetermined, never taken under the text before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal, cast, get_args

from pydantic import BeforeValidator, Field

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.checks import check_instruments, check_period
from ntm_rules.loading.typed import build
from ntm_rules.loading.yaml_text import Parsed, Path_, read_file
from ntm_rules.model.base import Flag, Model, Text, Words
from ntm_rules.model.figures import AFigure, Figure, Source, Texts, _texts
from ntm_rules.model.ruleset import Period
from ntm_rules.problems import Problem, RulesetError
from ntm_rules.values import SourceLevel, exact


class KeyCriteria(Source):
    """The criteria of which one must be among the failed."""

    numbers: Texts = Field(description="Số của các tiêu chí then chốt trong bộ dùng để xét.")
    titles: Texts = Field((), description="Tên các tiêu chí như văn bản nêu.")


class Parts(Source):
    """A ground that lies in the parts: the share of communes of a district whose status was revoked."""

    status: Text = Field(description="Danh hiệu của các đơn vị thành phần.")
    revoked_share_from: AFigure = Field(description="Tỷ lệ đơn vị bị thu hồi, phần trăm, từ mức này.")


class RevocationRule(Model):
    """When a recognised status is to be revoked: by the share of criteria failed, with or without a key criterion among them."""

    status: Text = Field(description="Danh hiệu.")
    tested_on: Text | None = Field(None, description="Họ bộ tiêu chí dùng để xét, như commune-ntm.")
    with_key_from: AFigure | None = Field(None, description="Từ tỷ lệ tiêu chí không đạt này (%), nếu có tiêu chí then chốt.")
    without_key_from: AFigure | None = Field(None, description="Từ tỷ lệ tiêu chí không đạt này (%), không cần tiêu chí then chốt.")
    key_criteria: KeyCriteria | None = None
    parts: Parts | None = None
    loses_class: Flag = Field(False, description="true: không còn đủ điểm của hạng đã công nhận là căn cứ thu hồi.")
    source: Source
    missing: Words | None = Field(None, description="Vì sao chưa có nội dung.")


class RevocationText(Model):
    """The text of some days: its rules, or why they are not known."""

    in_force: Period
    instrument: Text
    source: Source
    missing: Words | None = Field(None, description="Vì sao chưa có nội dung.")
    concerns: Texts = Field((), description="Các danh hiệu mà văn bản chưa đọc được này nói đến.")
    rules: Annotated[tuple[RevocationRule, ...], BeforeValidator(_texts)] = ()


CountsFrom = Literal["next_year", "at_once"]
READINGS: Final[Mapping[str, tuple[str, ...]]] = {"counts_from": get_args(CountsFrom)}


class GivenBy(Model):
    """The attribute that a value follows from, as «extremely difficult» from class III."""

    attribute: Text = Field(description="Thuộc tính, như area.")
    one_of: Texts = Field(description="Các giá trị làm nên điều đó.")


class Effect(Model):
    """What a recognition changes of the unit, as the class of a commune by 861/QĐ-TTg, and from when that counts.

    The class changes on the day of the recognition. From when the commune is *assessed* by the other column no text says: read as
    ``next_year``, the year of the recognition is judged to its end as the list has the unit, for the figures it rests on were judged so.
    """

    status: Text = Field(description="Danh hiệu được công nhận.")
    attribute: Text = Field(description="Thuộc tính thay đổi.")
    title: Words | None = Field(None, description="Thuộc tính ấy gọi là gì, viết giữa câu.")
    was: Texts = Field(description="Giá trị trước đó; với câu hỏi có hoặc không: true, false.")
    becomes: Text = Field(description="Giá trị sau khi được công nhận.")
    counts_from: CountsFrom = Field(
        "at_once", description="Tính khi xét từ bao giờ: next_year (từ năm xét kế tiếp), at_once (từ ngày công nhận)."
    )
    given_by: GivenBy | None = Field(None, description="Chỉ thay đổi điều mà thuộc tính này làm nên, như khu vực III.")
    kept_by: Text | None = Field(None, description="Thuộc tính (có hoặc không) vẫn giữ giá trị cũ, như danh sách khác nêu tên xã.")
    in_force: Period
    source: Source


class RevocationDocument(Model):
    """One file on revocation and the effects of recognition."""

    revocation: Text = Field(description="Tên: revocation/giai đoạn.")
    version: Text
    title: Words
    texts: Annotated[tuple[RevocationText, ...], BeforeValidator(_texts)] = ()
    effects: Annotated[tuple[Effect, ...], BeforeValidator(_texts)] = ()
    notes: Annotated[tuple[Words, ...], BeforeValidator(_texts)] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """The revocation rule of a status on a day, or why there is none to apply."""

    rule: RevocationRule | None
    text: RevocationText | None
    missing: Words | None

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instrument of the text."""
        return (self.text.instrument,) if self.text else ()

    def loses_class(self, accept: SourceLevel) -> bool:
        """Whether points that no longer give the class recognised are a ground, by a source no weaker than ``accept``."""
        return self.rule is not None and self.rule.loses_class and self.level_of(None).rank <= accept.rank

    def bound(self, figure: Figure | None, accept: SourceLevel) -> Decimal | None:
        """A bound of the rule as an exact number; None where it is not known, or rests on a weaker source than ``accept``."""
        return percent(figure) if figure is not None and self.level_of(figure).rank <= accept.rank else None

    def level_of(self, part: Figure | Source | None) -> SourceLevel:
        """The source level of a part of the rule: its own, or that of the rule."""
        own = part.level if part is not None else None
        return own or (self.rule.source.level if self.rule is not None else None) or SourceLevel.MISSING


@dataclass(frozen=True, slots=True)
class RevocationLaw:
    """Every dated text on revocation, and every effect of recognition."""

    documents: tuple[RevocationDocument, ...]
    counts_from: CountsFrom | None = None  # how the effects are read, where the call chose; None: each as it declares

    @classmethod
    def of(cls, catalogue: Catalogue, readings: Mapping[str, str] | None = None) -> RevocationLaw:
        """The texts of a folder of rulesets; none where it has none.

        Args:
            catalogue: the rulesets.
            readings: how to read what the texts leave open, as ``{"counts_from": "at_once"}`` for the changes that recognition brings.

        Raises:
            RulesetError: a file is wrong; all problems of all files are listed.
            ValueError: a reading that there is not.
        """
        chosen = checked_readings(readings or {})
        documents: list[RevocationDocument] = []
        problems: list[Problem] = []
        for path in sorted(catalogue.folder.glob("national/revocation/*/revocation.yaml")):
            found, wrong = read_revocation(path, catalogue)
            problems += wrong
            documents += [found] if found else []
        if problems:
            raise RulesetError(problems)
        return cls(tuple(documents), cast("CountsFrom | None", chosen.get("counts_from")))

    def ground(self, status: str, on: date) -> Ground | None:
        """The rule for a status on a day; None where no text on record speaks of it on that day."""
        for text in (text for document in self.documents for text in document.texts if text.in_force.covers(on)):
            if text.missing is not None:
                if status in text.concerns:
                    return Ground(None, text, text.missing)
                continue
            rule = next((rule for rule in text.rules if rule.status == status), None)
            if rule is not None:
                return Ground(None if rule.missing else rule, text, rule.missing)
        return None

    @property
    def changed(self) -> tuple[str, ...]:
        """The attributes that recognition changes."""
        return tuple(dict.fromkeys(effect.attribute for document in self.documents for effect in document.effects))

    def effects(self, attribute: str) -> tuple[Effect, ...]:
        """The effects of recognition on an attribute."""
        return tuple(effect for document in self.documents for effect in document.effects if effect.attribute == attribute)

    def read(self, effect: Effect) -> CountsFrom:
        """From when an effect counts: as the call chose, or as the effect declares."""
        return self.counts_from or effect.counts_from


def checked_readings(given: Mapping[str, str]) -> dict[str, str]:
    """Readings of the law that a call or a journal chooses.

    Raises:
        ValueError: a reading that there is not.
    """
    chosen = dict(given)
    wrong = [f"{name}={value}" for name, value in chosen.items() if value not in READINGS.get(name, ())]
    if wrong:
        known = ", ".join(f"{name}={value}" for name, values in READINGS.items() for value in values)
        raise ValueError(f"readings: {known} (got {', '.join(wrong)})")
    return chosen


def percent(figure: Figure | None) -> Decimal | None:
    """A bound of a rule as an exact number; None where it is not known."""
    return exact(figure.value) if figure is not None and isinstance(figure.value, str) else None


def read_revocation_file(path: Path, catalogue: Catalogue) -> RevocationDocument:
    """A revocation file.

    Raises:
        RulesetError: the file is wrong; all its problems are listed.
    """
    document, problems = read_revocation(path, catalogue)
    if document is None or problems:
        raise RulesetError(problems)
    return document


def read_revocation(path: Path, catalogue: Catalogue) -> tuple[RevocationDocument | None, list[Problem]]:
    """A revocation file, with everything wrong in it."""
    parsed = read_file(path)
    document = build(RevocationDocument, parsed)
    if document is not None:
        _check(document, parsed, catalogue)
    return document, sorted(parsed.problems, key=lambda problem: problem.place)


def _check(document: RevocationDocument, parsed: Parsed, catalogue: Catalogue) -> None:
    named: list[tuple[Path_, str | None]] = []
    for i, text in enumerate(document.texts):
        check_period(parsed, text.in_force, ("texts", i, "in_force"))
        named.append((("texts", i, "instrument"), text.instrument))
        _check_source(text.source, parsed, ("texts", i, "source"))
        for j, rule in enumerate(text.rules):
            path: Path_ = ("texts", i, "rules", j)
            _check_source(rule.source, parsed, (*path, "source"))
            for key in ("with_key_from", "without_key_from"):
                _check_share(getattr(rule, key), parsed, (*path, key))
            if rule.key_criteria is not None:
                _check_source(rule.key_criteria, parsed, (*path, "key_criteria"))
            if rule.parts is not None:
                _check_source(rule.parts, parsed, (*path, "parts"))
                _check_share(rule.parts.revoked_share_from, parsed, (*path, "parts", "revoked_share_from"))
            if rule.with_key_from is not None and rule.key_criteria is None:
                parsed.report("NTM-202", path, key="key_criteria")
    for i, effect in enumerate(document.effects):
        named.append((("effects", i, "source", "instrument"), effect.source.instrument))
        _check_source(effect.source, parsed, ("effects", i, "source"))
    check_instruments(parsed, named, catalogue.instruments)


def _check_source(source: Source, parsed: Parsed, path: Path_) -> None:
    if source.level is None:
        parsed.report("NTM-210", path)
    elif source.level in (SourceLevel.PUBLISHED, SourceLevel.OFFICIAL) and not source.seen:
        parsed.report("NTM-218", path, level=source.level)


def _check_share(figure: Figure | None, parsed: Parsed, path: Path_) -> None:
    if figure is None or figure.value is None:
        return
    try:
        number = exact(figure.value if isinstance(figure.value, str) else "")
    except ValueError:
        parsed.report("NTM-204", path, got=figure.value)
        return
    if not 0 <= number <= 100:
        parsed.report("NTM-404", path, got=figure.value, unit="%", low="0", high="100")
