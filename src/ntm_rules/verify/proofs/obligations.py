"""The obligations of a set, claim by claim. What the structure of the text settles is settled by it; the rest is asked of the solver."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.model.figures import figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.values import Bilingual, plain
from ntm_rules.verify.compared import Cell, cells
from ntm_rules.verify.killers import reaching
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.proofs import solver
from ntm_rules.verify.proofs.obligation import Obligation, State
from ntm_rules.verify.proofs.stronger import IMPLIES, STRONGER, implied, stronger
from ntm_rules.verify.proofs.witness import boundary_example, criterion_example, extremes, product_example
from ntm_rules.verify.trials import Text


@dataclass(frozen=True, slots=True)
class Claim:
    """One sort of thing that must hold.

    Attributes:
        name: its name in data.
        title: what must hold, for people.
        of: every obligation of this sort in a document.
    """

    name: str
    title: Bilingual
    of: Callable[[Bench], Iterator[Obligation]]


VACUOUS: Final = Bilingual("mọi giá trị có thể có đều đạt mức {}", "every value there can be meets {}")
IMPOSSIBLE: Final = Bilingual("không giá trị nào có thể có đạt được mức {}", "no value there can be meets {}")
NEITHER_WAY: Final = Bilingual("giá trị tăng thêm có thể làm mất kết quả đạt", "a greater value can lose the outcome")
NOT_MET: Final = Bilingual("cần đạt {k} phần mà chỉ {n} phần đạt được", "{k} parts are asked for and {n} can be met")
ALWAYS_MET: Final = Bilingual("số liệu nào cũng đạt", "whatever is measured meets it")
LOSES: Final = Bilingual("một phần tốt lên có thể làm mất kết quả đạt", "a part that improves can lose the outcome")
UNKNOWN: Final = Bilingual("bộ giải không trả lời kịp", "the solver did not answer in time")
ALWAYS: Final = Bilingual("điều kiện lúc nào cũng đúng", "the condition always holds")
NEVER: Final = Bilingual("điều kiện không bao giờ đúng", "the condition never holds")
SAME_START: Final = Bilingual("hai hạng cùng bắt đầu từ {} điểm", "two classes start from {} points")
NO_POINTS: Final = Bilingual("không cách chấm nào ra hạng này", "no way of marking comes to this class")


def _cells(bench: Bench) -> Iterator[Obligation]:
    """No figure is met by every value there can be, and none by no value."""
    for cell in cells(bench.document):
        low, high = extremes(cell)
        every = _every(cell)
        if every is None:
            yield Obligation("figure", cell.indicator.indicator, cell.column, State.PROVEN)
            continue
        words = (VACUOUS if every else IMPOSSIBLE).fill(_written(cell))
        example = boundary_example(bench, cell, [one for one in (low, high) if one is not None])
        yield Obligation("figure", cell.indicator.indicator, cell.column, State.REFUTED, words, example)


def _every(cell: Cell) -> bool | None:
    """Whether every value there can be meets a figure (True), or none does (False)."""
    measure = cell.indicator.measure
    if measure.kind == "number":
        return cell.operator.over(*extremes(cell), cell.bound)
    every: list[Any] = [True, False] if measure.kind == "yes_no" else list(range(len(measure.choices)))
    held = {cell.operator.holds(one, cell.bound) for one in every}
    return None if len(held) == 2 else held.pop()


def _written(cell: Cell) -> str:
    value = cell.figure.value
    return f"{cell.operator.sign} {cell.operator.listed(value) if isinstance(value, tuple) else value}"


def _direction(bench: Bench) -> Iterator[Obligation]:
    """Of every input one direction is better, the same in every column: what holds goes on holding that way."""
    for cell in cells(bench.document):
        one = cell.indicator
        if one.measure.kind == "yes_no" or cell.operator.direction:
            yield Obligation("direction", one.indicator, cell.column, State.PROVEN)
            continue
        if one.measure.kind == "choice":
            held = [cell.operator.holds(place, cell.bound) for place in range(len(one.measure.choices))]
            proven, values = held == sorted(held) or held == sorted(held, reverse=True), list(range(len(held)))
        else:
            low, high = extremes(cell)
            bounds = sorted(cell.bound) if isinstance(cell.bound, tuple) else [cell.bound]
            ways = cell.operator.over(bounds[-1], high, cell.bound), cell.operator.over(low, bounds[0], cell.bound)
            proven, values = True in ways, [bounds[0], bounds[-1] + cell.step]
        example = None if proven else boundary_example(bench, cell, values)
        state = State.PROVEN if proven else State.REFUTED
        yield Obligation("direction", one.indicator, cell.column, state, Bilingual("") if proven else NEITHER_WAY, example)


def _improving(bench: Bench) -> Iterator[Obligation]:
    """A whole keeps its outcome when a part improves, however many parts there are."""
    wholes: list[tuple[str, Any]] = [(section.criterion, section) for section in bench.document.sections]
    if bench.entry.kind == "ruleset":
        wholes = [("", bench.document), *wholes]
    for at, whole in wholes:
        if at or bench.document.sections:
            settled = solver.never_loses(COMBINATIONS[whole.passes.rule])
            state = State.OPEN if settled is None else State.PROVEN if settled else State.REFUTED
            yield Obligation("improving", at, (), state, {None: UNKNOWN, True: Bilingual(""), False: LOSES}[settled])


def _reachable(bench: Bench) -> Iterator[Obligation]:
    """Each criterion can be met and can fail by what is measured of its parts; a figure that is not known leaves both open to its part."""
    held: dict[str, set[bool | None]] = {}
    for cell in cells(bench.document):
        held.setdefault(cell.indicator.indicator, set()).add(_every(cell))
    for section in bench.document.sections:
        parts = [held[one.indicator] if _all_known(one) else {None} for one in section.indicators]
        k = COMBINATIONS[section.passes.rule].needs(len(parts), section.passes.k)
        meeting, surely = sum(part != {False} for part in parts), sum(part == {True} for part in parts)
        fault = NOT_MET.fill(k=k, n=meeting) if meeting < k else ALWAYS_MET if parts and surely >= k else None
        state = State.PROVEN if fault is None else State.REFUTED
        example = None if fault is None else criterion_example(bench, section)
        yield Obligation("reachable", section.criterion, (), state, fault or Bilingual(""), example)


def _all_known(one: Indicator) -> bool:
    return all(figure.is_known for _, figure in figures_of(one.bound)) and one.may_not_apply is None and one.applies_when is None


def _conditions(bench: Bench) -> Iterator[Obligation]:
    """No condition on attributes holds always, and none never."""
    declared = bench.declared
    asked: list[tuple[str, tuple[str, ...], Any]] = []
    for name, dimension in bench.document.dimensions.items():
        asked += [(name, (redirect.use,), redirect.when) for redirect in dimension.redirect]
    for section in bench.document.sections:
        holders: list[tuple[str, Any]] = [(section.criterion, section), *((one.indicator, one) for one in section.indicators)]
        asked += [(number, (), one.applies_when) for number, one in holders if one.applies_when is not None]
    for at, column, condition in asked:
        term, limits = solver.condition_term(condition, declared)
        empty, full = solver.never(*limits, term), solver.never(*limits, solver.z3().Not(term))
        if empty or full:
            yield Obligation("condition", at, column, State.REFUTED, NEVER if empty else ALWAYS)
        else:
            known = empty is not None and full is not None
            yield Obligation("condition", at, column, State.PROVEN if known else State.OPEN, Bilingual("") if known else UNKNOWN)


def _bands(bench: Bench) -> Iterator[Obligation]:
    """The classes of an edition leave no points out and share none: each starts below the one above it, the last from nothing."""
    score = bench.document.score
    if score is None or bench.entry.kind != "ruleset":
        return
    above = None
    for star in score.stars:
        same = above is not None and star.start >= above
        state = State.REFUTED if same else State.PROVEN
        yield Obligation("bands", f"{star.stars} ★", (), state, SAME_START.fill(plain(star.start)) if same else Bilingual(""))
        above = star.start


def _classes(bench: Bench) -> Iterator[Obligation]:
    """Every class that is recognised can come out of every sheet, with points within it and no mark missed; and some class that is not."""
    score, sheets = bench.document.score, bench.sheets
    if score is None or sheets is None:
        return
    text = Text(bench.entry.id, None, bench.entry.province)
    for number in sheets.numbers:
        sheet = sheets.sheet(number)
        if sheet.missing is not None:
            continue
        top = sum(part.points for part in sheet.parts) + 1
        least: dict[int, bool] = {}
        for star in score.stars:
            first = math.ceil(star.start)
            least[star.stars] = any(reaching(bench, number, text, total, star.stars) is not None for total in range(first, top))
            top = first
        recognised = {stars: found for stars, found in least.items() if stars >= score.certified_from}
        asked = [(f"{number}: {stars} ★", found, True) for stars, found in recognised.items()]
        asked.append(
            (f"{number}: < {score.certified_from} ★", any(found for stars, found in least.items() if stars not in recognised), False)
        )
        for at, found, best in asked:
            if found:
                yield Obligation("class", at, (), State.PROVEN)
            else:
                yield Obligation("class", at, (), State.REFUTED, NO_POINTS, product_example(bench, number, text, best=best))


CLAIMS: Final[dict[str, Claim]] = {
    one.name: one
    for one in (
        Claim("figure", Bilingual("không mức nào ai cũng đạt hay không ai đạt được", "no figure is met by all or by none"), _cells),
        Claim("direction", Bilingual("mỗi chỉ tiêu có một chiều tốt hơn", "every input has a better direction"), _direction),
        Claim("improving", Bilingual("tốt lên thì không mất kết quả đạt", "improving never loses"), _improving),
        Claim("reachable", Bilingual("mỗi tiêu chí có thể đạt và chưa đạt", "every criterion can be met and can fail"), _reachable),
        Claim("condition", Bilingual("không điều kiện nào luôn đúng hay luôn sai", "no condition holds always or never"), _conditions),
        Claim("bands", Bilingual("các hạng sao kín và không chồng nhau", "classes are complete and disjoint"), _bands),
        Claim("class", Bilingual("hạng nào được công nhận cũng có thể ra", "every recognised class can come out"), _classes),
        Claim("implies", IMPLIES, implied),
        Claim("stronger", STRONGER, stronger),
    )
}


def prove(catalogue: Catalogue, entry: Entry) -> Iterator[Obligation]:
    """Every obligation of one document, settled, with the time it took.

    Raises:
        RulesetError: the document is wrong.
        MissingExtra: the solver is not installed.
    """
    bench = Bench.of(catalogue, entry)
    for claim in CLAIMS.values():
        begun = time.perf_counter()
        for obligation in claim.of(bench):
            now = time.perf_counter()
            yield replace(obligation, seconds=now - begun)
            begun = time.perf_counter()
