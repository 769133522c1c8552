"""What authorities did: recognitions over time, lapse, revocation, merged units, certificates, and what follows on a day.

Meeting a standard is computed; being recognised is an act of an authority. Nothing here reads a clock: the day is always an argument.
"""

from __future__ import annotations

from ntm_rules.register.acts import Act, Unit
from ntm_rules.register.book import Register, Standing
from ntm_rules.register.check import Finding, check_register
from ntm_rules.register.files import RegisterFile, read_register, read_units
from ntm_rules.register.law import RevocationLaw
from ntm_rules.register.review import Review, review_register
from ntm_rules.register.tally import Category

__all__ = [
    "Act",
    "Category",
    "Finding",
    "Register",
    "RegisterFile",
    "Review",
    "RevocationLaw",
    "Standing",
    "Unit",
    "check_register",
    "read_register",
    "read_units",
    "review_register",
]
