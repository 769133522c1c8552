"""What is doubtful in a folder of rulesets: told to those who keep it, and loaded all the same."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints import OVERLAY, RULESET, TEXT, WARNINGS
from ntm_rules.loading.lints.lint import Level, report
from ntm_rules.loading.lints.overlays import Overlaid
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.overlays import apply_overlay
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.problems import NtmError, Problem
from ntm_rules.verify.doubtful import doubtful_readings
from ntm_rules.verify.folder import set_of


def warnings(catalogue: Catalogue, only: Collection[str] | None = None) -> list[Problem]:
    """What the lints of level *warns* find in the files of a catalogue; the refused are left to :func:`~ntm_rules.verify.folder.check`.

    With ``only``, in the documents of these names.
    """
    rulesets, overlays = (
        [one for one in each.values() if only is None or one.id in only] for each in (catalogue.rulesets, catalogue.overlays)
    )
    paths = catalogue.files("**/*.yaml") if only is None else [entry.path for entry in (*rulesets, *overlays)]
    files = {path: read_file(path) for path in paths}
    for parsed in files.values():
        report(TEXT, parsed.data, parsed, Level.WARNS)
    for entry in rulesets:
        with suppress(NtmError):
            report(RULESET, Walk(catalogue.ruleset(entry.id), catalogue.instruments), files[entry.path], Level.WARNS)
    for entry in overlays:
        with suppress(NtmError):
            overlay = catalogue.overlay(entry.id)
            report(OVERLAY, Overlaid(overlay, catalogue.rulesets, catalogue.instruments), files[entry.path], Level.WARNS)
            apply_overlay(catalogue.ruleset(overlay.amends), overlay, files[entry.path], catalogue.instruments, Level.WARNS)
    found = [problem for parsed in files.values() for problem in parsed.problems if problem.code in WARNINGS]
    return sorted(set_of([*found, *doubtful_readings(catalogue, only)]), key=lambda problem: (problem.place, problem.code))
