"""What layers cost: an edition resolved with three layers and certificates of 400 figures, beside the same without.

``python bench/load.py [rounds]`` prints one line. Every sample with layers stands between two without; all law here is made up.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import timeit
from datetime import date
from pathlib import Path

from ntm_rules.figures.certify import certificate_text
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.resolve import resolve
from ntm_rules.model.certificate import Reading
from ntm_rules.model.figures import figures_of

SET, DAY, PROVINCE, MANY = "commune-ntm/2021-2025", date(2024, 6, 30), "quang-ngai", 400
INSTRUMENT = """\
instruments:
  - instrument: NUMBER/QĐ-UBND (Quảng Ngãi)
    title: {vi: Bịa để đo, en: Made up to measure}
    issuer: {vi: Bịa, en: Made up}
    level: recalled
"""
OVERLAY = """\
overlay: commune-ntm/2021-2025/layer-NUMBER
version: 1.0.0
kind: provincial
amends: commune-ntm/2021-2025
title: {vi: Bịa để đo, en: Made up to measure}
instrument: NUMBER/QĐ-UBND (Quảng Ngãi)
in_force: {from: 2024-01-01}
province: quang-ngai
changes:
  - set: "2.NUMBER"
    at_least: 70
    source: {level: recalled}
"""


def layer(folder: Path, number: int, below: Catalogue) -> Catalogue:
    """A layer with one decision of a province that sets one figure."""
    folder.mkdir()
    for name, text in (("instruments.yaml", INSTRUMENT), ("overlay.yaml", OVERLAY)):
        (folder / name).write_text(text.replace("NUMBER", str(number)), "utf-8")
    return Catalogue(folder, on_top_of=below)


def certified(folder: Path, below: Catalogue) -> Catalogue:
    """A layer of certificates that read 400 figures as they stand, by as many offices as that takes."""
    document = resolve(below, SET, on=DAY).document
    readings = []
    for one in document.indicators.values():
        for column, figure in figures_of(one.bound):
            of = figure.instrument or (one.source.instrument if one.source else None) or document.instrument
            if figure.value is not None and of == document.instrument:
                readings.append(Reading(at=one.indicator, compares=one.operator, column=column, value=figure.value, page="1"))
    left = MANY
    while left:
        mine = readings[:left]
        name, by = f"office-{left}", f"Office {left}"
        own = folder / name
        own.mkdir(parents=True)
        text = certificate_text(
            name, edition=SET, base=document.version, instrument=document.instrument, document="0" * 64, by=by, day=DAY, readings=mine
        )
        (own / "overlay.yaml").write_text(text, "utf-8")
        left -= len(mine)
    return Catalogue(folder, on_top_of=below)


def layers(rounds: int) -> None:
    """The ratios, every document read: with the national text resolved before, as where a country is judged, and with nothing resolved."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        plain = catalogue = Catalogue()
        for number in (1, 2, 3):
            catalogue = layer(folder / str(number), number, catalogue)
        catalogue = certified(folder / "certified", catalogue)

        layered = [catalogue]
        while layered[-1].below is not plain:
            layered.append(layered[-1].below or plain)

        def seconds(one: Catalogue, forgetting: list[Catalogue]) -> float:
            """Of the processor, not of the clock: what else the machine does is not counted. Nor is the forgetting itself."""

            def forget() -> None:
                for each in forgetting:
                    each.combined.clear()

            def once() -> None:
                resolve(one, SET, on=DAY, province=PROVINCE)

            return statistics.median(timeit.repeat(once, forget, timer=time.process_time, number=1, repeat=5))

        for forgetting, name in ((layered, "the national text at hand"), ([*layered, plain], "nothing at hand but the documents")):
            ratios, times = [], []
            for _ in range(rounds):
                before = seconds(plain, [plain])
                times.append(seconds(catalogue, forgetting))
                after = seconds(plain, [plain])
                ratios.append(times[-1] / ((before + after) / 2))
            ratio = statistics.median(ratios)
            print(f"Resolving {SET} with three layers and certificates of {MANY} figures, {name}: {ratio:.2f} of without ", end="")
            print(f"(budget: 1.5: {'held' if ratio <= 1.5 else 'MISSED'}), {statistics.median(times) * 1000:.1f} ms.")


if __name__ == "__main__":
    layers(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
