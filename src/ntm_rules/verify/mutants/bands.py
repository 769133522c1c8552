"""The points from which a class starts, one more or one fewer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ntm_rules.values import Bilingual, plain
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, in_document, swapped
from ntm_rules.verify.mutants.mutation import Mutation


def _of(bench: Bench) -> Iterator[Mutant]:
    score = bench.document.score
    if score is None or bench.entry.kind != "ruleset":
        return
    for star in score.stars:
        for start in (star.start - 1, star.start + 1) if star.start > 0 else ():
            stars = swapped(score.stars, star, star.model_copy(update={"start": start}))
            if all(high.start >= low.start for high, low in pairwise(stars)):
                turn = in_document(score=score.model_copy(update={"stars": stars}))
                yield Mutant("band", f"{star.stars} ★", (), plain(star.start), plain(start), turn, anywhere=True)


BAND = Mutation("band", Bilingual("ngưỡng hạng sao lệch một điểm", "a class one point off"), _of)
