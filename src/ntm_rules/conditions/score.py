"""``score``: a whole marked by points, whose outcome is the class of stars reached, not a combination of its parts."""

from __future__ import annotations

from typing import Final

from ntm_rules.values import Bilingual

SCORE: Final = "score"
WORDS: Final = Bilingual("đủ điểm và đủ dấu sao của hạng được công nhận", "points and star marks of a class that is recognised")
