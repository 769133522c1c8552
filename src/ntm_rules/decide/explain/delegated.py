"""What is said of a figure that the province sets: whether its instrument is on record, leaves the figure open, or was never asked for.

Published texts and stored decisions carry one sentence for all three, and keep it. Here it is put as it is true of the decision at hand.
"""

from __future__ import annotations

from typing import Final

from ntm_rules.loading.identity import Identity
from ntm_rules.model.figures import DELEGATED
from ntm_rules.values import LANGS, Bilingual

_ALWAYS: Final = Bilingual(**DELEGATED)
_NOT_ASKED: Final = Bilingual(
    "do UBND cấp tỉnh quy định; chưa nêu tỉnh nên chưa đọc văn bản của tỉnh", "set by the province; no province was asked for"
)
_LEFT_OPEN: Final = Bilingual(
    "do UBND cấp tỉnh quy định; văn bản của tỉnh trong danh mục không đặt mức này",
    "set by the province; the provincial instrument on record does not set it",
)


def as_it_is(text: Bilingual, ruleset: Identity) -> Bilingual:
    """A reason, with what it says of a figure left to the province as it is true of this ruleset."""
    if _ALWAYS not in text:  # both are their Vietnamese
        return text
    if any(overlay.instrument.endswith(")") for overlay in ruleset.overlays):  # a province's own has its name in brackets
        true = _LEFT_OPEN
    elif ruleset.province is None:
        true = _NOT_ASKED
    else:
        return text
    return Bilingual(*[text.say(lang).replace(_ALWAYS.say(lang), true.say(lang)) for lang in LANGS])
