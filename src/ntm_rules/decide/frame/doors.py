"""What may be asked of a frame: outcomes of all rows, decisions of some, what-ifs."""

from ntm_rules.decide.frame.asked import asked_of
from ntm_rules.decide.frame.runner import evaluate_frame, explain_rows
from ntm_rules.decide.frame.scenarios import run_scenarios

__all__ = ["asked_of", "evaluate_frame", "explain_rows", "run_scenarios"]
