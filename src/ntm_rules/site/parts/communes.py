"""The communes of an example as pictures: criteria met as published, and as evaluated from what was published."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from ntm_rules.decide.decision import Decision
from ntm_rules.site.beyond_record import Drawn
from ntm_rules.site.library import Edition, Library
from ntm_rules.site.page import Page
from ntm_rules.site.parts import pictures
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.results import evaluate_table
from ntm_rules.values import Bilingual

_BELOW = Bilingual(
    "Số liệu và nguồn ở examples/{0}. Xã không có số công bố thì không có trong hình; ✓ đạt, ✗ chưa đạt, ? chưa xác định.",
    "Figures and sources are in examples/{0}. Communes without a published count are not shown; ✓ met, ✗ not met, ? undetermined.",
)


def communes(page: Page, library: Library, drawn: Drawn) -> None:
    """Both pictures, where the example stands beside the rulesets; nothing otherwise."""
    folder = library.catalogue.folders[0].parent / "examples" / drawn.province
    counts = sorted(_counts(folder / drawn.published, drawn), key=lambda one: (-one[1], one[0]))
    tables = [(edition, decisions) for edition in library.editions.values() if (decisions := _decisions(folder, edition, drawn))]
    if not counts and not tables:
        return
    page.heading(page.say("Các xã trong bộ ví dụ", "The communes of the example"), page.say("vi-du", "example"), searched=False)
    if counts:
        title = page.say("Số tiêu chí đạt của từng xã, như đã công bố", "Criteria met by each commune, as published")
        page.html(pictures.counts(counts, drawn.of, "p-counts", title))
    for edition, decisions in tables:
        title = page.say(
            f"Đánh giá từ số liệu đã công bố, theo {edition.document.title.vi}",
            f"Evaluated from what was published, under {edition.document.title.en}",
        )
        page.html(pictures.grid(decisions, f"p-grid-{edition.id.replace('/', '-')}", title, page.lang))
    page.p(page.words(_BELOW.fill(drawn.province)), class_="legend")


def _counts(path: Path, drawn: Drawn) -> Iterator[tuple[str, int]]:
    """Each commune with the number of criteria last published for it, and the day that number is of."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = re.match(r"(\d+) tiêu chí, ([^,]+)", row.get(drawn.count) or "")
            if found:
                day = re.sub(r" *\(.*", "", found[2])
                yield f"{row.get(drawn.name, '')} ({day})", int(found[1])


def _decisions(folder: Path, edition: Edition, drawn: Drawn) -> list[Decision]:
    family, _, years = edition.id.partition("/")
    path = folder / f"communes-{years}.csv"
    if family != drawn.family or not path.is_file():
        return []
    found = [one.decision for one in evaluate_table(read_table(path, edition.rules)) if one.decision is not None]
    return [decision for decision in found if decision.subject.attributes.get("province") == drawn.province]
