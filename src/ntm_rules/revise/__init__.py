"""What changes from one text to the next: the differences, sentence by sentence, and what they do to subjects."""

from __future__ import annotations

from ntm_rules.revise.change import Change, Diff
from ntm_rules.revise.compare import diff
from ntm_rules.revise.impact import Affected, Impact, impact

__all__ = ["Affected", "Change", "Diff", "Impact", "diff", "impact"]
