"""A file on revocation: texts and effects with days in order and sources on record, shares that are percentages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ntm_rules.loading.lints.figures import number
from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.periods import ends_before_it_starts
from ntm_rules.loading.lints.sources import unknown_instruments, unseen, unsourced
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.figures import Figure, Source
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.revocation import RevocationDocument, RevocationRule


@dataclass(frozen=True, slots=True)
class Revoking:
    """A file on revocation, with the instruments on record."""

    document: RevocationDocument
    instruments: Mapping[str, Instrument]

    def rules(self) -> Iterator[tuple[Path_, RevocationRule]]:
        """Every rule of every text."""
        for i, text in enumerate(self.document.texts):
            for j, rule in enumerate(text.rules):
                yield ("texts", i, "rules", j), rule

    def sources(self) -> Iterator[tuple[Path_, Source]]:
        """Every source, those that parts of a rule have of their own included."""
        for i, text in enumerate(self.document.texts):
            yield ("texts", i, "source"), text.source
        for path, rule in self.rules():
            yield (*path, "source"), rule.source
            if rule.key_criteria is not None:
                yield (*path, "key_criteria"), rule.key_criteria
            if rule.parts is not None:
                yield (*path, "parts"), rule.parts
        for i, effect in enumerate(self.document.effects):
            yield ("effects", i, "source"), effect.source

    def named(self) -> Iterator[tuple[Path_, str | None]]:
        """Every instrument that is named."""
        for i, text in enumerate(self.document.texts):
            yield ("texts", i, "instrument"), text.instrument
        for i, effect in enumerate(self.document.effects):
            yield ("effects", i, "source", "instrument"), effect.source.instrument

    def shares(self) -> Iterator[tuple[Path_, str]]:
        """Every share that is known, as written."""
        for path, figure in self._shares():
            if figure is not None and figure.value is not None:
                yield path, figure.value if isinstance(figure.value, str) else ", ".join(figure.value)

    def _shares(self) -> Iterator[tuple[Path_, Figure | None]]:
        for path, rule in self.rules():
            yield (*path, "with_key_from"), rule.with_key_from
            yield (*path, "without_key_from"), rule.without_key_from
            if rule.parts is not None:
                yield (*path, "parts", "revoked_share_from"), rule.parts.revoked_share_from


def _periods(revoking: Revoking) -> Iterator[Finding]:
    for i, text in enumerate(revoking.document.texts):
        yield from ends_before_it_starts(text.in_force, ("texts", i, "in_force"))


def _no_number(revoking: Revoking) -> Iterator[Finding]:
    return (at(path, got=value) for path, value in revoking.shares() if number(value) is None)


def _no_share(revoking: Revoking) -> Iterator[Finding]:
    for path, value in revoking.shares():
        share = number(value)
        if share is not None and not 0 <= share <= 100:
            yield at(path, got=value, unit="%", low="0", high="100")


def _no_key(revoking: Revoking) -> Iterator[Finding]:
    for path, rule in revoking.rules():
        if rule.with_key_from is not None and rule.key_criteria is None:
            yield at(path, key="key_criteria")


PERIOD = Lint("NTM-220", _periods, "in_force: {from: 2024-01-01, until: ¦2023-12-31}", "in_force: {from: 2024-01-01, until: 2024-12-31}")
INSTRUMENT = Lint[Revoking](
    "NTM-215",
    lambda revoking: unknown_instruments(revoking.named(), revoking.instruments),
    "instrument: ¦1/QD-TTg",
    "instrument: 1/QĐ-TTg",
)
WITHOUT = Lint[Revoking](
    "NTM-210", lambda revoking: unsourced(revoking.sources()), "source: ¦{at: Điều 1}", "source: {level: recalled, at: Điều 1}"
)
UNSEEN = Lint[Revoking](
    "NTM-218",
    lambda revoking: unseen(revoking.sources()),
    "source: ¦{level: official, at: Điều 1}",
    "source: {level: recalled, at: Điều 1}",
)
NUMBER = Lint("NTM-204", _no_number, "without_key_from: ¦một nửa", "without_key_from: 50")
SHARE = Lint("NTM-404", _no_share, "without_key_from: ¦150", "without_key_from: 50")
KEY = Lint("NTM-202", _no_key, "- ¦status: ntm", '- key_criteria: {numbers: ["1"], level: recalled}\n        status: ntm')
