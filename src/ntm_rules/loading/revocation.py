"""Reading the files on revocation: ``national/revocation/*/revocation.yaml`` of a folder of rulesets."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints import REVOCATION
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.lints.revocation import Revoking
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.model.revocation import RevocationDocument
from ntm_rules.problems import Problem, RulesetError


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
        report(REVOCATION, Revoking(document, catalogue.instruments), parsed)
    return document, sorted(parsed.problems, key=lambda problem: problem.place)
