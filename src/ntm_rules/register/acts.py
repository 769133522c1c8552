"""Acts of authorities and the units they are about.

An act is what a decision did: it recognised a unit, revoked a recognition, merged or renamed a unit; or a dossier was filed to have a
certificate assessed again. What the sources do not say of an act stays empty; nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple

from ntm_rules.model.vocabulary import STATUSES
from ntm_rules.problems import Place
from ntm_rules.values import Bilingual, SubjectKind

ActKind = Literal["recognition", "revocation", "merge", "rename", "filing"]

ACT_LABELS: Final[dict[ActKind, Bilingual]] = {
    "recognition": Bilingual("công nhận", "recognition"),
    "revocation": Bilingual("thu hồi", "revocation"),
    "merge": Bilingual("sáp nhập", "merge"),
    "rename": Bilingual("đổi tên", "rename"),
    "filing": Bilingual("nộp hồ sơ đánh giá lại", "filed for re-assessment"),
}
PRODUCT_STATUSES: Final[dict[str, Bilingual]] = {
    "ocop-3": Bilingual("Sản phẩm OCOP 3 sao", "OCOP product, three stars"),
    "ocop-4": Bilingual("Sản phẩm OCOP 4 sao", "OCOP product, four stars"),
    "ocop-5": Bilingual("Sản phẩm OCOP 5 sao", "OCOP product, five stars"),
    "ocop-potential-4": Bilingual("Sản phẩm tiềm năng 4 sao, chờ cấp tỉnh", "Potential four-star product, waiting for the province"),
    "ocop-potential-5": Bilingual("Sản phẩm tiềm năng 5 sao, chờ trung ương", "Potential five-star product, waiting for the centre"),
}
REGISTERED: Final[dict[str, Bilingual]] = {**STATUSES, **PRODUCT_STATUSES}


class Held(NamedTuple):
    """Who holds a status: the kind of unit, and whether its set is the first of such a unit or asks for more than the first."""

    kind: SubjectKind | None
    first: bool = True


HELD: Final[dict[str, Held]] = {
    "ntm": Held("commune"),
    "ntm-advanced": Held("commune", first=False),
    "ntm-model": Held("commune", first=False),
    "ntm-modern": Held("commune", first=False),
    "village-ntm": Held("village"),
    "village-ntm-ethnic": Held("village"),
    "village-model": Held("village"),
    "civilised-township": Held(None),
    "civilised-ward": Held(None),
    "district-ntm": Held("district"),
    "district-advanced": Held("district", first=False),
    "city-completed": Held("district"),
    "province-completed": Held("province"),
    **dict.fromkeys(PRODUCT_STATUSES, Held("product")),
}
_OTHER: Final = Held("commune")  # of statuses that only somebody's own sets grant
FIRST_STATUS: Final = "ntm"  # the status of communes that the number of criteria met (``criteria_met``) is counted for


def kind_of_status(status: str) -> SubjectKind | None:
    """Which kind of unit can hold a status; None for statuses of wards and townships, which are units of a district's list."""
    return HELD.get(status, _OTHER).kind


def is_first(status: str) -> bool:
    """Whether a published number of criteria met speaks of the set of a status: of the first set of a unit, never of the higher ones."""
    return HELD.get(status, _OTHER).first


def stars_of(status: str) -> int | None:
    """The class of stars that a product status recognises; None for every other status, and for a class still waited for."""
    return int(status[-1]) if status in ("ocop-3", "ocop-4", "ocop-5") else None


@dataclass(frozen=True, slots=True)
class Act:
    """One act, as a register holds it.

    Attributes:
        kind: what it did.
        unit: code of the unit (GSO code of a commune), as text.
        unit_kind: ``commune``, ``village``, ``district``, ``province`` or ``product``.
        name: name of the unit, for people only.
        status: the status recognised or revoked.
        edition: the edition it was recognised under, as ``commune-ntm/2021-2025``; empty where the source does not say.
        decision: number of the decision, as printed.
        day: the day of effect; None where the source does not say.
        known_by: a day by which the act is known to have happened, where its own day is not known.
        until: last day of the recognition, where the decision sets one.
        into: code of the unit it was merged into, or its new code where it was renamed; empty where not known. A unit that was divided
            has one act for each unit it went to.
        into_name: name of that unit, or the new name.
        source: where this was read.
        place: where it stands in the register file.
    """

    kind: ActKind
    unit: str
    unit_kind: SubjectKind = "commune"
    name: str = ""
    status: str = ""
    edition: str = ""
    decision: str = ""
    day: date | None = None
    known_by: date | None = None
    until: date | None = None
    into: str = ""
    into_name: str = ""
    source: str = ""
    place: Place = field(default_factory=Place)

    @property
    def certain_from(self) -> date | None:
        """The first day on which the act has surely happened; None where nothing dates it."""
        return self.day or self.known_by

    def happened(self, on: date) -> bool | None:
        """Whether the act had happened by a day: None where its own day is not known and may lie before or after."""
        if self.day is not None:
            return self.day <= on
        return True if self.known_by is not None and self.known_by <= on else None

    @property
    def label(self) -> Bilingual:
        """The act for people: number and day of the decision, or what is known of them."""
        vi, en = (self.decision or unknown for unknown in ("không rõ số", "number not known"))
        if self.day is not None:
            return Bilingual(f"{vi}, {self.day:%d/%m/%Y}", f"{en}, {self.day}")
        if self.known_by is not None:
            return Bilingual(f"{vi}, chậm nhất {self.known_by:%d/%m/%Y}", f"{en}, {self.known_by} at the latest")
        return Bilingual(f"{vi}, không rõ ngày", f"{en}, day not known")

    def as_dict(self) -> dict[str, Any]:
        """The act as plain data; what is not known is null."""
        days = {
            name: day.isoformat() if day else None for name, day in (("day", self.day), ("known_by", self.known_by), ("until", self.until))
        }
        words = ("kind", "unit", "unit_kind", "name", "status", "edition", "decision", "into", "into_name", "source")
        return {**{name: getattr(self, name) or None for name in words}, **days}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit on the list that acts are joined with.

    Attributes:
        id: its code.
        kind: what it is.
        name: its name on the list.
        other_names: other spellings in use.
        whole: code of the unit it is part of: the district of a commune.
        attributes: what is known of it: ``province``, ``region``, ``area`` (class on the list of 861/QĐ-TTg), ``unit_type``, …
        begins: its first day, where the list says so.
        until: its last day, where the list says so.
        into: codes of the units it went into on the day after its last, where the list says so.
        goes_on_as: the code under which it went on from that day, the same unit; empty where it did not, or the list does not say.
        may_into: codes of the units of which it went into one or more, where the list leaves open into which.
        place: where it stands in the file.
    """

    id: str
    kind: SubjectKind = "commune"
    name: str = ""
    other_names: tuple[str, ...] = ()
    whole: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    begins: date | None = None
    until: date | None = None
    into: tuple[str, ...] = ()
    goes_on_as: str = ""
    may_into: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)

    @property
    def succession(self) -> tuple[Act, ...]:
        """The mergers and the new code that the list itself tells, as acts of the day after its last; none where it gives no last day.

        A unit of which it is open where it went has gone all the same.
        """
        if self.until is None:
            return ()
        day = self.until + timedelta(days=1)
        gone: list[tuple[ActKind, str]] = [("merge", into) for into in self.into]
        if self.may_into and not gone:
            gone = [("merge", "")]
        if self.goes_on_as:
            gone.append(("rename", self.goes_on_as))
        return tuple(Act(kind, self.id, self.kind, self.name, day=day, into=into, place=self.place) for kind, into in gone)

    @property
    def is_commune(self) -> bool:
        """Whether the unit counts as a commune: wards and townships are units of the same level and do not."""
        return self.kind == "commune" and self.attributes.get("unit_type") not in ("phường", "thị trấn")
