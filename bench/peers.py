"""The peers that decide whole frames: each takes the frame of polars as it lies and answers the levels of its rows, preparation included.

Codes: 0 fails, 1 is not known, 2 is met; a criterion is the least of its indicators, the level that of the criteria.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from workload import CODES, CRITERIA, KINDS, OPERATOR, REGIONS, THRESHOLDS

Decide = Callable[[pl.DataFrame], Any]
BOUNDS = np.array([[float(one) for one in row] for row in THRESHOLDS])
_ROWS = 512


def _matrix(given: pl.DataFrame, kind: Any) -> tuple[Any, list[Any]]:
    """The region of each row as a number, and the columns with NaN where nothing is given."""
    place = given["region"].replace_strict(dict(zip(REGIONS, range(len(REGIONS)), strict=True)), return_dtype=pl.Int64).to_numpy()
    return place, [given[code].cast(kind).fill_null(float("nan")).to_numpy() for code in CODES]


def numpy_blocks(given: pl.DataFrame) -> Any:
    """Hand-written numpy, 512 rows at a time."""
    region, columns = _matrix(given, pl.Float64)
    level = np.empty(given.height, np.uint8)
    criteria = np.empty((len(CRITERIA), given.height), np.uint8)
    for start in range(0, given.height, _ROWS):
        at = slice(start, start + _ROWS)
        bounds = BOUNDS[region[at]]
        for c in range(len(CRITERIA)):
            found: Any = None
            for k in range(3 * c, 3 * c + 3):
                x, bound = columns[k][at], bounds[:, k]
                passed = x <= bound if OPERATOR[KINDS[k]] == "<=" else x >= bound
                codes = (passed.view(np.uint8) << 1) | (x != x).view(np.uint8)
                found = codes if found is None else np.minimum(found, codes)
            criteria[c, at] = found
        level[at] = criteria[:, at].min(axis=0)
    return level


def polars_expressions(given: pl.DataFrame) -> Any:
    """Hand-written expressions of polars over its doubles."""
    bounds = pl.DataFrame({"region": REGIONS, **{f"b{k}": BOUNDS[:, k] for k in range(len(CODES))}})
    joined = given.lazy().join(bounds.lazy(), on="region", how="left", maintain_order="left")
    codes = []
    for k, code in enumerate(CODES):
        x = pl.col(code).cast(pl.Float64)
        passed = x <= pl.col(f"b{k}") if OPERATOR[KINDS[k]] == "<=" else x >= pl.col(f"b{k}")
        codes.append((passed.cast(pl.UInt8) * 2).fill_null(1))
    criteria = [pl.min_horizontal(codes[3 * c : 3 * c + 3]).alias(f"c{c}") for c in range(len(CRITERIA))]
    return joined.select(criteria).with_columns(level=pl.min_horizontal(pl.all())).collect()["level"].to_numpy()


def openfisca() -> Decide:
    """OpenFisca-Core, vectorised: a variable for each indicator, criterion and level, in its single precision."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    commune = build_entity(key="commune", plural="communes", label="commune", is_person=True)
    system = TaxBenefitSystem([commune])
    bounds = BOUNDS.astype(np.float32)

    def variable(name: str, kind: type, formula: Any = None, default: Any = None) -> None:
        held = {"value_type": kind, "entity": commune, "definition_period": DateUnit.YEAR, "label": name}
        held |= {"default_value": default} if default is not None else {}
        held |= {"formula": formula} if formula else {}
        system.add_variable(type(name, (Variable,), held))

    def of_indicator(k: int) -> Any:
        at_most = OPERATOR[KINDS[k]] == "<="

        def formula(unit: Any, period: Any) -> Any:
            x, bound = unit(CODES[k], period), bounds[:, k][unit("region", period)]
            return np.where(np.isnan(x), 1, np.where(x <= bound if at_most else x >= bound, 2, 0))

        return formula

    def least(names: list[str]) -> Any:
        def formula(unit: Any, period: Any) -> Any:
            return np.minimum.reduce([unit(name, period) for name in names])

        return formula

    variable("region", int)
    for k, code in enumerate(CODES):
        variable(code, float, default=float("nan"))
        variable(f"s_{code}", int, of_indicator(k))
    for c, codes in enumerate(CRITERIA):
        variable(f"k_{c}", int, least([f"s_{code}" for code in codes]))
    variable("level", int, least([f"k_{c}" for c in range(len(CRITERIA))]))

    def decide(given: pl.DataFrame) -> Any:
        region, columns = _matrix(given, pl.Float32)
        simulation = SimulationBuilder().build_default_simulation(system, given.height)
        simulation.set_input("region", "2025", region)
        for code, column in zip(CODES, columns, strict=True):
            simulation.set_input(code, "2025", column)
        return simulation.calculate("level", "2025")

    return decide


def zen() -> Decide:
    """ZEN's decision table a region, row by row; its first 300 rows, since it takes as long for each."""
    from engines import zen_table

    engine = zen_table()
    place = dict(zip(REGIONS, range(len(REGIONS)), strict=True))

    def decide(given: pl.DataFrame) -> Any:
        rows = given.head(ZEN_ROWS).iter_rows(named=True)
        told = (engine.level(engine.decide({"region": place[row["region"]], "values": {one: row[one] for one in CODES}})) for row in rows)
        return np.array([{0: 0, None: 1, 1: 2}[level] for level in told], np.uint8)

    return decide


ZEN_ROWS = 300


def peers(*, all_rows: bool) -> dict[str, Decide]:
    """Those that are installed; of those that walk rows only where they need not walk all."""
    found: dict[str, Decide] = {"numpy, blocks of 512 rows, by hand": numpy_blocks, "polars expressions, by hand": polars_expressions}
    for name, make, walks in (("OpenFisca-Core, vectorised", openfisca, False), ("ZEN, a decision table a region", zen, True)):
        if not (walks and all_rows):
            try:
                found[name] = make()
            except ImportError:
                print(f"{name} is not installed: its row is left out")
    return found


__all__ = ["ZEN_ROWS", "peers"]
