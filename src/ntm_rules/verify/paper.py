"""What a clerk has in hand when a decision comes in: its number, who signed it, its days, and the figures it sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints.names import is_name
from ntm_rules.problems import Place, Problem, nearest
from ntm_rules.values import SourceLevel

_NUMBER: Final = re.compile(r"\d+[a-z]?(/(19|20)\d\d)?/[A-ZĐ][A-ZĐa-zđ]*(-[A-ZĐ][A-ZĐa-zđ0-9]*)*")
_PLAIN: Final = re.compile(r"[^\W_][\w /.%()+-]*")
_WORDS: Final = frozenset({"true", "false", "yes", "no", "null", "on", "off", "~"})


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision as it lies on the desk.

    Attributes:
        kind: what it is to the rulesets.
        amends: the set it is about; of an edition its own name.
        number: as printed, ``99/QĐ-UBND``.
        title: what it is about.
        english: the same in English; left empty, number and day.
        issuer: who signed it.
        issuer_english: the same in English.
        issued: the day it was signed.
        start: its first day in force.
        until: its last day in force.
        level: how far number, days and figures were checked.
        seen: where it was read.
        province: whose decision it is.
        at: where in it the figures stand.
        figures: the figures it sets, by the number of the indicator.
        sources: where a figure stands (``at``, ``level``, ``seen``), where that is not said of all of them alike.
        subject: of an edition, what it judges.
        criteria: of an edition, how many criteria it has.
    """

    kind: Literal["province", "amendment", "edition"]
    amends: str
    number: str
    title: str
    issuer: str
    level: SourceLevel
    english: str = ""
    issuer_english: str = ""
    issued: date | None = None
    start: date | None = None
    until: date | None = None
    seen: tuple[str, ...] = ()
    province: str | None = None
    province_name: str = ""
    at: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    subject: str = "commune"
    criteria: int = 1

    @property
    def key(self) -> str:
        """The key in ``instruments.yaml``: provinces number alike, so theirs carries the name of the province."""
        return f"{self.number} ({self.province_name})" if self.province else self.number

    @property
    def days(self) -> Mapping[str, str]:
        """Its days in force, those that are known."""
        return {name: str(day) for name, day in (("from", self.start), ("until", self.until)) if day is not None}

    def problems(self, catalogue: Catalogue) -> Iterator[Problem]:
        """What cannot be written as it stands, all of it."""
        if not _NUMBER.fullmatch(self.number):
            yield Problem("NTM-711", Place(path="--number"), {"got": self.number, "expected": "99/QĐ-UBND, 22/2017/QĐ-UBND"})
        if not is_name(self.amends):
            yield Problem("NTM-711", Place(path="SET"), {"got": self.amends, "expected": "commune-ntm/2021-2025"})
        elif self.kind != "edition" and self.amends not in catalogue.rulesets:
            yield Problem("NTM-306", Place(path="SET"), {"got": self.amends, "guess": nearest(self.amends, catalogue.rulesets)})
        if self.start and self.until and self.until < self.start:
            yield Problem("NTM-220", Place(path="--until"), {"start": self.start, "until": self.until})
        if self.level in (SourceLevel.OFFICIAL, SourceLevel.PUBLISHED) and not self.seen:
            yield Problem("NTM-218", Place(path="--seen"), {"level": self.level})
        known = catalogue.instruments.get(self.key)
        if known is not None and self.issued is not None and known.issued not in (None, self.issued):
            yield Problem("NTM-713", Place(path="--number"), {"got": self.key, "known": known.issued, "day": self.issued})


def folder_name(paper: Paper) -> str:
    """The name of a paper in a path: small letters, digits and hyphens, whatever its number holds. ``99/QĐ-UBND`` is ``99-qd-ubnd``."""
    plain = unicodedata.normalize("NFD", paper.number.casefold().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(char for char in plain if not unicodedata.combining(char))))


def scalar(text: str, *, always: bool = False) -> str:
    """A text as one YAML scalar, in quotes where it would mean something else."""
    if not always and _PLAIN.fullmatch(text) and text.casefold() not in _WORDS - {"true", "false"} and " #" not in text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def flow(**parts: str) -> str:
    """A mapping on one line."""
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in parts.items()) + "}"
