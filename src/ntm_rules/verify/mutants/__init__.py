"""The kinds of slip that a clerk can make in a ruleset, one file each, with every slip of the kind in a document."""

from __future__ import annotations

from typing import Final

from ntm_rules.verify.mutants.all_for_any import COMBINATION
from ntm_rules.verify.mutants.bands import BAND
from ntm_rules.verify.mutants.counts import COUNT
from ntm_rules.verify.mutants.dates import DATE
from ntm_rules.verify.mutants.forgotten import PART
from ntm_rules.verify.mutants.marks import MARK
from ntm_rules.verify.mutants.mutation import Mutation
from ntm_rules.verify.mutants.slips import CONDITION
from ntm_rules.verify.mutants.swaps import ROWS
from ntm_rules.verify.mutants.thresholds import THRESHOLD
from ntm_rules.verify.mutants.turned import OPERATOR
from ntm_rules.verify.mutants.units import UNIT

MUTATIONS: Final[dict[str, Mutation]] = {
    one.name: one for one in (THRESHOLD, OPERATOR, ROWS, UNIT, COMBINATION, COUNT, PART, CONDITION, DATE, BAND, MARK)
}
