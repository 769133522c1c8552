"""What stands in the way of a publication: a version once published can never be taken back, so everything is asked before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.values import Bilingual
from ntm_rules.verify.coverage import coverage_of
from ntm_rules.verify.examples import run_beside, run_sheet
from ntm_rules.verify.folder import check, of_one_edition, set_of
from ntm_rules.verify.proofs.obligation import State
from ntm_rules.verify.proofs.obligations import CLAIMS, prove
from ntm_rules.verify.sheets import sheets_beside
from ntm_rules.verify.trials import MADE

_SHOWN: Final = 3
_UNPUBLISHED: Final = "NTM-226"  # that it, or another text, is not published is no hindrance


def hindrances(catalogue: Catalogue, entry: Entry) -> list[Problem]:
    """Everything that refuses the publication of a document, all at once.

    What is wrong anywhere in the folder; an example that no longer holds, of the document or of another text of the same edition; what no
    example reaches; what is not so for every subject.
    """
    found = [problem for problem in check(catalogue) if problem.code != _UNPUBLISHED]
    for other in of_one_edition(catalogue, entry):
        found += run_beside(catalogue, other).problems
        if (made := other.path.parent / MADE).is_file():
            found += run_beside(catalogue, other, made).problems
        for path in sheets_beside(other):
            found += run_sheet(catalogue, other, path).problems
    if entry.header.get("kind") != "certificate":
        for ask in (_uncovered, _unproven):
            try:
                found.extend(ask(catalogue, entry))
            except NtmError as error:  # what was found before it counts
                found.extend(error.problems)
    return sorted(set_of(found), key=lambda problem: (problem.place, problem.code))


def _uncovered(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    missed = coverage_of(catalogue, entry).missed
    if missed:
        shown = Bilingual.join([Bilingual(point.sentence("vi"), point.sentence("en")) for point in missed[:_SHOWN]], "; ")
        place = Place(str(entry.path.parent / "examples.yaml"))
        yield Problem("NTM-718", place, {"count": len(missed), "points": shown, "id": entry.id})


def _unproven(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    for one in prove(catalogue, entry):
        if one.state is not State.PROVEN:
            words = {"claim": CLAIMS[one.claim].title, "detail": Bilingual(one.sentence("vi"), one.sentence("en")), "id": entry.id}
            yield Problem("NTM-719", Place(str(entry.path), path=one.at), words)
