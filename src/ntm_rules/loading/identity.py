"""Which ruleset decided: names, versions and the sha256 of the resolved content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm_rules.loading.resolve import Effective
from ntm_rules.values import Bilingual


@dataclass(frozen=True, slots=True)
class OverlayIdentity:
    """One overlay that was applied."""

    id: str
    version: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a resolved ruleset, for ever.

    Attributes:
        id: name of the edition.
        version: version of its encoding.
        sha256: of the canonical JSON of the edition with its overlays applied.
        on: the day it was resolved for; None when the edition was loaded by name alone.
        province: whose provincial overlays were applied.
        drafts: drafts that were asked for.
        overlays: what was applied, in order.
        sheet: the product set whose score sheet decided.
        readings: how what the text leaves open was asked to be read, where the call said so.
        instrument: the decision that issued the edition.
    """

    id: str
    version: str
    sha256: str
    title: Bilingual
    instrument: str
    on: date | None = None
    province: str | None = None
    drafts: tuple[str, ...] = ()
    overlays: tuple[OverlayIdentity, ...] = ()
    sheet: str | None = None
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instrument of the edition and those of its overlays."""
        return tuple(dict.fromkeys([self.instrument, *(overlay.instrument for overlay in self.overlays if overlay.instrument)]))

    @property
    def versions(self) -> dict[str, str]:
        """The version of every document it is made of."""
        return {self.id: self.version, **{overlay.id: overlay.version for overlay in self.overlays}}


def identity_of(effective: Effective) -> Identity:
    """The identity of a resolved ruleset."""
    document = effective.document
    overlays = tuple(OverlayIdentity(layer.id, layer.version, layer.instrument) for layer in effective.overlays)
    return Identity(
        document.ruleset,
        document.version,
        effective.sha256,
        document.title,
        document.instrument,
        effective.on,
        effective.province,
        effective.drafts,
        overlays,
        readings=effective.readings,
    )
