"""Deciding stored facts again, under the very versions that a decision names."""

from __future__ import annotations

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.methods import method_of
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.edition import Edition, text_of
from ntm_rules.problems import SubjectError


def decided_again(stored: Decided, catalogue: Catalogue | None = None) -> Decided | None:
    """What the same facts come to under the same text; None where they cannot be evaluated at all.

    Raises:
        NotFound: the ruleset, an overlay or the named version is not in the catalogue.
    """
    method = method_of(Edition(text_of(stored.ruleset, catalogue)))
    try:
        return method.decide(method.read(stored.subject), stored.accept, Decided)
    except SubjectError:
        return None
