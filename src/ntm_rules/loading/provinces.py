"""The closed list of provinces: which name is which province, on which days it existed, and what it went into.

A province is named by its slug (``kon-tum``). People write its official name; :meth:`Provinces.slug` gives the slug, at every door where
people write. Whatever is not on the list is refused, since a province that nobody has would leave its provincial rules aside in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from ntm_rules.loading.lints import PROVINCES
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, read_file
from ntm_rules.model.province import Province, ProvincesDocument
from ntm_rules.problems import NotFound, Place, Problem, RulesetError
from ntm_rules.values import folded

FILE = "provinces.yaml"


class Provinces:
    """The provinces of a file, read when first asked for.

    Raises:
        RulesetError: by every look-up, where the file is wrong; all its problems are listed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def units(self) -> tuple[Province, ...]:
        """Every line of the list. A slug that goes on after a merger has two."""
        parsed, found = read_provinces(self.path)
        if found is None or parsed.problems:
            raise RulesetError(sorted(parsed.problems, key=lambda problem: problem.place))
        return found.provinces

    @cached_property
    def by_slug(self) -> Mapping[str, tuple[Province, ...]]:
        """The units of each slug, in order of their days."""
        found: dict[str, list[Province]] = {}
        for unit in self.units:
            found.setdefault(unit.province, []).append(unit)
        return {slug: tuple(sorted(units, key=lambda unit: unit.start or date.min)) for slug, units in found.items()}

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """The slug by every way of writing the name: bare, and with what kind of unit it is."""
        found: dict[str, str] = {}
        for unit in self.units:
            for name in (unit.province, unit.name, *unit.also):
                bare = _bare(name)
                kinds = ("", "tinh-", "thanh-pho-", "tp-") if unit.central_city else ("", "tinh-")  # «thành phố Kon Tum» is a town of it
                found.update((kind + bare, unit.province) for kind in kinds)
        return found

    def slug(self, text: str) -> str | None:
        """The slug of a province as people write it: «Đồng Tháp», «tỉnh Đồng Tháp», «Thành phố Hà Nội», or the slug itself."""
        return self._named.get(_bare(text))

    def require(self, given: Any, place: Place | None = None) -> str:
        """The slug of what was given, by slug or official name.

        Raises:
            NotFound: it is no province of the list; the message names the nearest.
        """
        slug = self.slug(given) if isinstance(given, str) else None
        if slug is None:
            raise NotFound([self.unlisted(given, place or Place(path="province"))])
        return slug

    def unlisted(self, given: Any, place: Place) -> Problem:
        """That something given for a province is no slug of the list, with the nearest that are."""
        return Problem("NTM-313", place, {"got": str(given), "guess": self._guess(given) if isinstance(given, str) else None})

    def _guess(self, text: str) -> str | None:
        exactly = self.slug(text)
        near = [exactly] if exactly else [self._named[name] for name in get_close_matches(_bare(text), self._named, n=5, cutoff=0.6)]
        return ", ".join(f"{slug} ({self.name(slug)})" for slug in list(dict.fromkeys(near))[:3]) or None

    def name(self, slug: str) -> str:
        """Its name, as it was last called."""
        return self.by_slug[slug][-1].name

    def on(self, slug: str, day: date) -> Province | None:
        """The unit of that slug on a day, if there was one."""
        return next((unit for unit in self.by_slug[slug] if unit.covers(day)), None)

    def told(self, slug: str, *, on: date | None, asked: str | None = None) -> list[Problem]:
        """What is to be told of a province that is on the list: that it ended before the day, and that it is not the one asked for."""
        problems = []
        last = self.by_slug[slug][-1]
        if on is not None and last.until is not None and last.until < on:
            into = last.merged_into or slug
            words = {"got": last.name, "on": on, "until": last.until, "slug": into, "successor": self.name(into)}
            problems.append(Problem("NTM-314", Place(path="province"), words))
        if asked is not None and asked != slug:
            problems.append(Problem("NTM-315", Place(path="province"), {"got": self.name(slug), "asked": self.name(asked)}))
        return problems


def read_provinces(path: Path) -> tuple[Parsed, ProvincesDocument | None]:
    """The file, with everything wrong noted: slugs, regions and successors that do not exist, days that overlap."""
    parsed = read_file(path)
    found = build(ProvincesDocument, parsed)
    if found is not None:
        report(PROVINCES, found.provinces, parsed)
    return parsed, found


def _bare(name: str) -> str:
    """A name without tone marks, capitals and signs: «Bà Rịa – Vũng Tàu» is ``ba-ria-vung-tau``."""
    plain = unicodedata.normalize("NFD", folded(name).replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(char for char in plain if not unicodedata.combining(char))))
