"""The classes of a score: every class has points of its own, and none between two is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.values import Bilingual, plain

_EQUAL: Final = Bilingual("hạng {} sao và hạng {} sao cùng bắt đầu từ {} điểm", "{} and {} stars both begin at {} points")
_GAP: Final = Bilingual("giữa hạng {} sao và hạng {} sao thiếu một hạng", "a class is left out between {} and {} stars")
_ABOVE: Final = Bilingual("hạng {} sao đòi {} điểm, các phần cộng lại chỉ {}", "{} stars ask for {} points, and all parts together have {}")


def _bands(walk: Walk) -> Iterator[Finding]:
    score = walk.document.score
    if score is None:
        return
    most = sum(part.points for part in score.parts.values())
    for i, star in enumerate(score.stars):
        if star.start > most:
            yield at(("score", "stars", i, "from"), got=_ABOVE.fill(star.stars, plain(star.start), most))
    for i, (high, low) in enumerate(pairwise(score.stars), 1):
        if high.start == low.start:
            yield at(("score", "stars", i, "from"), got=_EQUAL.fill(high.stars, low.stars, plain(low.start)))
        if high.stars - low.stars > 1:
            yield at(("score", "stars", i), got=_GAP.fill(high.stars, low.stars))


BANDS = Lint("NTM-258", _bands, "{stars: 3, from: ¦4, granted_by: province}", "{stars: 3, from: 3, granted_by: province}", Level.WARNS)
