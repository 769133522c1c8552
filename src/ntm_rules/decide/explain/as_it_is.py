"""Reasons as they are shown, where published texts and stored decisions carry a sentence that they keep.

Of a figure that the province sets: whether its instrument is on record, leaves the figure open, or was never asked for, by the call or for
the unit's own province; one sentence is stored for all. Of a share over parts that are not all known: its range is stored as a Vietnamese
sentence with decimal points.
"""

from __future__ import annotations

import re
from typing import Final

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.members import RANGE
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
_NONE_READ: Final = Bilingual(
    "do UBND cấp tỉnh quy định; không có văn bản nào của tỉnh trong số đã dùng",
    "set by the province; no text of the province was used",
)
_OPEN_PARTS: Final = RANGE.vi.rpartition("{}")[2]
_STORED_RANGE: Final = re.compile(RANGE.vi.replace("{}", r"(\d+(?:\.\d+)?)"), re.ASCII)


def as_it_is(text: Bilingual, decision: Decided) -> Bilingual:
    """A reason, or a line that has one: figures left to the province as is true of this decision, ranges as each language writes them."""
    return _of_the_province(_ranges(text) if _OPEN_PARTS in text else text, decision)


def _ranges(text: Bilingual) -> Bilingual:
    """A decimal comma in Vietnamese; English words where an observed range is stored in Vietnamese alone."""
    return Bilingual(
        _STORED_RANGE.sub(lambda found: found[0].replace(".", ","), text.vi),
        _STORED_RANGE.sub(lambda found: RANGE.en.format(*found.groups()), text.en),
    )


def _of_the_province(text: Bilingual, decision: Decided) -> Bilingual:
    if _ALWAYS not in text:  # both are their Vietnamese
        return text
    ruleset = decision.ruleset
    if any(overlay.instrument.endswith(")") for overlay in ruleset.overlays):  # a province's own has its name in brackets
        true = _LEFT_OPEN
    elif ruleset.province is None:
        true = _NONE_READ if isinstance(decision.subject.attributes.get("province"), str) else _NOT_ASKED
    else:
        return text
    return Bilingual(*[text.say(lang).replace(_ALWAYS.say(lang), true.say(lang)) for lang in LANGS])
