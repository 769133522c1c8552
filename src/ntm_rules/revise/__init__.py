"""What changes from one text to the next: the differences, sentence by sentence, and what they do to subjects."""

from __future__ import annotations

from ntm_rules.revise.change import Change, Diff
from ntm_rules.revise.compare import diff
from ntm_rules.revise.impact import Impact, impact
from ntm_rules.revise.moves import Affected, Move, transition

__all__ = ["Affected", "Change", "Diff", "Impact", "Move", "diff", "impact", "transition"]
