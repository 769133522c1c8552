"""A certificate: what it says was read is sealed, and was read in a text that was there to be read."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.overlays import Overlaid
from ntm_rules.loading.text.seal import seal_of


def _half(overlaid: Overlaid) -> Iterator[Finding]:
    document = overlaid.document
    if (document.kind == "certificate") != (document.certifies is not None) or (document.certifies is not None and document.changes):
        yield at(("kind",), got=document.kind)


def _broken_seal(overlaid: Overlaid) -> Iterator[Finding]:
    given = overlaid.document.certifies
    if given is not None and seal_of(overlaid.document.plain_data()) != given.seal:
        yield at(("certifies", "seal"))


def _read_before_it_was_issued(overlaid: Overlaid) -> Iterator[Finding]:
    given, instrument = overlaid.document.certifies, overlaid.instruments.get(overlaid.document.instrument)
    if given is not None and instrument is not None and instrument.issued is not None and given.day < instrument.issued:
        yield at(("certifies", "day"), got=given.day, instrument=instrument.instrument, issued=instrument.issued)


HALF = Lint("NTM-322", _half, "kind: ¦draft", "kind: certificate")
SEAL = Lint("NTM-323", _broken_seal, 'page: "13"}\n  seal: ¦', 'page: "12"}\n  seal: ')
BEFORE = Lint("NTM-324", _read_before_it_was_issued, "day: ¦2023-12-31", "day: 2026-11-30")
