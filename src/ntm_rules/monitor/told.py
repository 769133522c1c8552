"""What the monitor is told: units, measurements, attestations, and what authorities did. Each is one line of a journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator, ValidationError

from ntm_rules.model.base import Day, Model, Text, refuse
from ntm_rules.model.given import ReadOnly, Values, read_value, value_data
from ntm_rules.monitor.errors import MonitorError, refusal
from ntm_rules.problems import Place, Problem, nearest
from ntm_rules.values import Bilingual, SubjectKind

FIRST_YEAR, LAST_YEAR = 1900, 2999  # a day beyond is a slip of the pen, and reckoning from it would leave the calendar


def wrong_day(day: Any) -> Bilingual | None:
    """What is wrong with a day on which something is said to have happened; None for most."""
    if isinstance(day, datetime) or not isinstance(day, date):
        return Bilingual(f"{day!r:.40} không phải là ngày", f"{day!r:.40} is no day")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Bilingual(f"ngày {day} nằm ngoài {FIRST_YEAR}–{LAST_YEAR}", f"{day} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return None


def _on(day: date) -> date:
    wrong = wrong_day(day)
    if wrong is not None:
        raise refuse("NTM-854", detail=wrong)
    return day


def _code(text: str) -> str:
    if not text.isprintable():  # it stands in alerts of one line, and in a journal in UTF-8
        raise refuse(
            "NTM-854", detail=Bilingual(f"{text!r:.60} có ký tự không in được", f"{text!r:.60} has characters that cannot be shown")
        )
    return text


def _words(given: Any) -> Any:
    return _code(" ".join(given.split())) if isinstance(given, str) else given


_AsTuple = BeforeValidator(lambda given: tuple(given) if isinstance(given, list) else given)
Code = Annotated[Text, AfterValidator(_code)]
Words = Annotated[str, BeforeValidator(_words)]
On = Annotated[Day, AfterValidator(_on)]
Texts = Annotated[tuple[Code, ...], _AsTuple]


_ASIDE = {"seen": (), "note": ""}


class Told(Model):
    """Base of all that is told.

    Attributes:
        seen: where it was published.
        note: for people only.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
    word: ClassVar[str] = ""

    seen: Texts = ()
    note: Words = ""

    def __init__(self, **given: Any) -> None:
        try:
            self.__pydantic_validator__.validate_python(given, self_instance=self)
        except ValidationError as error:
            raise MonitorError(_problems(error, self.word)) from None

    def line(self) -> dict[str, Any]:
        """The content of its line in a journal, without what says that it is told."""
        data = {key: value for key, value in self.model_dump(mode="json").items() if value not in ("", None, [], {}, ())}
        last: dict[str, Any] = {key: data.pop(key) for key in ("seen", "note") if key in data}
        return {**data, **last}

    def says(self, other: Told) -> bool:
        """Whether another says the same; where it was published and what people note beside it is not part of that."""
        return self.model_copy(update=_ASIDE) == other.model_copy(update=_ASIDE)

    @property
    def units(self) -> tuple[str, ...]:
        """The units it is about."""
        return (str(getattr(self, "subject", getattr(self, "id", ""))),)


class Unit(Told):
    """A commune, village, district, province or product that is watched. Told again, it replaces what was told of it before.

    Attributes:
        id: the code it is joined by (GSO code of a commune).
        kind: what it is.
        name: for people only.
        province: whose provincial instruments apply.
        part_of: the unit it is a part of: the district of a commune, the commune of a village.
        attributes: what tables and conditions are looked up by. A status may be stated here (``"ntm": false``); an act decides
            before it. The year is that of the day watched unless it is stated.
        begins: its first day, where it was not there before; a merger that makes it says so itself.
        until: its last day, where it went without a merger.
        watch: families of sets it is decided under (``commune-ntm``), or single editions where more than one of a family is in force
            (``targets/kon-tum-2024``), besides the families of its measurements and recognitions.
    """

    word: ClassVar[str] = "unit"

    id: Code
    kind: SubjectKind
    name: Words = ""
    province: Code | None = None
    part_of: Code | None = None
    attributes: Values = Field(default_factory=ReadOnly)
    begins: On | None = None
    until: On | None = None
    watch: Texts = ()


class Measurement(Told):
    """A measured value of one indicator of one edition: it replaces the value of the same year.

    Attributes:
        year: the year the figure is of; left out, that of the day watched (or the ``year`` stated of the unit). Taking back without a
            year takes back the latest.
        stated_by: who states it.
        evidence: the paper that it rests on.
    """

    word: ClassVar[str] = "measurement"

    subject: Code
    ruleset: Code
    indicator: Code
    value: Annotated[Any, PlainValidator(read_value), PlainSerializer(value_data)]
    year: Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR)] = None
    stated_by: Words = ""
    evidence: Words = ""


class Attestation(Told):
    """An outcome that an authority states of a criterion or an indicator of one edition, without the measured value."""

    word: ClassVar[str] = "attestation"

    subject: Code
    ruleset: Code
    number: Code
    holds: bool


class Recognition(Told):
    """An authority recognised a unit: from a day, and until a day where the certificate says so.

    Attributes:
        status: what it is recognised as, as a register calls it: ``ntm``, ``ntm-advanced``, ``ocop-4``, ``ocop-potential-5``, …
        on: the day of the decision.
        until: the last day of a certificate.
        decision: number of the decision, for people.
        ruleset: the edition it was recognised under.
        stars: of a product, where the status is only ``ocop``.
    """

    word: ClassVar[str] = "recognition"

    subject: Code
    status: Code
    on: On
    until: On | None = None
    decision: Words = ""
    ruleset: Code | None = None
    stars: Annotated[int | None, Field(ge=1, le=5)] = None


class Revocation(Told):
    """An authority revoked a status."""

    word: ClassVar[str] = "revocation"

    subject: Code
    status: Code
    on: On
    decision: Words = ""


class Merge(Told):
    """Units were merged into another one, which must be told as a unit too; it may keep the code of one of them.

    The unit that they make is a new one: no status passes on by itself, and figures told before are not its figures.
    """

    word: ClassVar[str] = "merge"

    old: Annotated[Texts, Field(min_length=1)]
    new: Code
    on: On
    decision: Words = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The units it is about, the new one last."""
        return (*self.old, self.new)


class Rename(Told):
    """A unit got another name under its code; it goes on with its statuses and figures."""

    word: ClassVar[str] = "rename"

    subject: Code
    name: Annotated[Words, Field(min_length=1)]
    on: On
    decision: Words = ""


class Filing(Told):
    """A dossier was filed to have a certificate assessed again."""

    word: ClassVar[str] = "filing"

    subject: Code
    on: On


ALL: tuple[type[Told], ...] = (Unit, Measurement, Attestation, Recognition, Revocation, Merge, Rename, Filing)
KINDS: dict[str, type[Told]] = {kind.word: kind for kind in ALL}


def read_told(word: Any, given: Mapping[str, Any]) -> Told:
    """What is told, from the content of a line.

    Raises:
        MonitorError: no such kind, or a field is wrong; all problems together.
    """
    kind = KINDS.get(word) if isinstance(word, str) else None
    if kind is None:
        raise refusal("NTM-854", detail=f"«{word!s:.40}»; {', '.join(KINDS)}", guess=nearest(str(word), KINDS))
    if not all(isinstance(key, str) for key in given):
        raise refusal("NTM-854", detail=Bilingual("khóa phải là chữ", "keys are texts"))
    return kind(**given)


def _problems(error: ValidationError, word: str) -> list[Problem]:
    found = []
    for item in error.errors(include_url=False):
        place = Place(path=".".join(map(str, (word, *item["loc"]))))
        if str(item["type"]).startswith("NTM-"):
            found.append(Problem(str(item["type"]), place, dict(item.get("ctx") or {})))
        elif item["type"] == "missing":
            found.append(Problem("NTM-202", place, {"key": item["loc"][-1]}))
        elif item["type"] == "extra_forbidden":
            found.append(Problem("NTM-201", place, {"key": item["loc"][-1]}))
        else:
            got = f"{item['input']!r:.40}"
            detail = Bilingual(f"{got} không hợp lệ ({item['msg']})", f"{got} is not valid ({item['msg']})")
            found.append(Problem("NTM-854", place, {"detail": detail}))
    return found
