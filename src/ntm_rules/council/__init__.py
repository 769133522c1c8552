"""What an OCOP council works with: blank sheets for its members, their points joined, the minutes of what they come to."""

from __future__ import annotations

from ntm_rules.council.gathered import gather
from ntm_rules.council.joined import Round, join
from ntm_rules.council.kit import Kit, Product
from ntm_rules.council.minutes import Minutes, minutes_of

__all__ = ["Kit", "Minutes", "Product", "Round", "gather", "join", "minutes_of"]
