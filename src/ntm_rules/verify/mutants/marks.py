"""A star mark moved to the level above or below the one it stands beside."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.values import Bilingual
from ntm_rules.verify.compared import levels, scored
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant
from ntm_rules.verify.mutants.mutation import Mutation
from ntm_rules.verify.mutants.one_sheet import in_sheet


def _of(bench: Bench) -> Iterator[Mutant]:
    for number in bench.sheets.numbers if bench.sheets else ():
        sheet = bench.sheets.sheet(number)  # type: ignore[union-attr]
        for one in scored(sheet):
            every = levels(one)
            for star, least in one.marks.items():
                if not isinstance(least, int) or least not in every:
                    continue
                place = every.index(least)
                for other in (place - 1, place + 1):
                    if 0 <= other < len(every):
                        turned = one.model_copy(update={"marks": {**one.marks, star: every[other]}})
                        turn = in_sheet(number, sheet, one, turned)
                        at = f"{number}: {one.criterion}"
                        low, high = sorted((least, every[other]))
                        values = tuple(level for level in every if low <= level < high)
                        yield Mutant("mark", at, (f"{star} ★",), str(least), str(every[other]), turn, sheet=number, values=values)


MARK = Mutation("mark", Bilingual("dấu sao lệch một mức", "a mark one level off"), _of)
