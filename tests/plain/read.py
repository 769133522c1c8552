"""Reads the folder of rules as text stands in it, and puts an edition together for a day and a province.

Nothing here, or beside it, comes from the library: it is a second reading of the same documents, made to disagree where one of the two is
wrong. Documents are plain dicts of text, as PyYAML gives them.
"""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

OPERATORS = ("at_least", "at_most", "above", "below", "equals", "one_of", "is_true")
REGIONS = [
    "trung-du-mien-nui-phia-bac",
    "dong-bang-song-hong",
    "bac-trung-bo",
    "duyen-hai-nam-trung-bo",
    "tay-nguyen",
    "dong-nam-bo",
    "dong-bang-song-cuu-long",
]
# What every set knows without declaring it; any other name that is not declared is a status: yes or no.
STANDARD: dict[str, dict[str, Any]] = {
    "province": {},
    "region": {"one_of": REGIONS},
    "year": {"whole_number": "true"},
    "area": {"one_of": ["I", "II", "III", "outside"]},
    "commune_group": {"one_of": ["1", "2", "3"]},
    "product_set": {"whole_number": "true"},
    "criteria_met": {"whole_number": "true"},
    "unit_type": {"one_of": ["xã", "thị trấn", "phường", "huyện", "thị xã", "thành phố"]},
    "council_members": {"whole_number": "true"},
}
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is the text that stands there


class Library:
    """Every edition, overlay and score sheet of a folder."""

    def __init__(self, folder: Path) -> None:
        self.editions: dict[str, dict[str, Any]] = {}
        self.overlays: list[dict[str, Any]] = []
        self.sheets: dict[str, dict[str, dict[str, Any]]] = {}
        for path in sorted(folder.rglob("ruleset.yaml")):
            edition = _read(path)
            self.editions[edition["ruleset"]] = edition
            shared = {given["shared"]: given["criteria"] for given in map(_read, sorted(path.parent.glob("shared/*.yaml")))}
            sheets = [_read(sheet) for sheet in sorted(path.parent.glob("sheets/*.yaml"))]
            self.sheets[edition["ruleset"]] = {sheet["sheet"]: _with_shared(sheet, shared) for sheet in sheets}
        self.overlays += [_read(path) for path in sorted(folder.rglob("overlay.yaml"))]

    def days(self, name: str) -> list[date | None]:
        """No day, and every day on which the text of an edition begins or ends to hold, with the days beside it."""
        documents = [self.editions[name], *(overlay for overlay in self.overlays if overlay["amends"] == name)]
        edges = {date.fromisoformat(day).toordinal() for given in documents for day in given.get("in_force", {}).values()}
        days = {date.fromordinal(edge + by) for edge in edges for by in (-1, 0, 1)}
        return [None, *sorted(day for day in days if _in_force(self.editions[name], day))]

    def provinces(self, name: str) -> list[str | None]:
        """No province, and every one that has an overlay of an edition."""
        return [None, *(overlay["province"] for overlay in self.overlays if overlay["amends"] == name and "province" in overlay)]

    def edition(self, name: str, on: date | None = None, province: str | None = None) -> dict[str, Any]:
        """An edition as its amendments, then the overlays of the province, leave it on a day; without a day, on its last."""
        edition = copy.deepcopy(self.editions[name])
        last = edition.get("in_force", {}).get("until")
        day = on or (date.fromisoformat(last) if last else date.max)
        overlays = [overlay for overlay in self.overlays if overlay["amends"] == name and _in_force(overlay, day)]
        overlays.sort(key=lambda overlay: overlay.get("in_force", {}).get("from", ""))
        for kind in ("amendment", "provincial"):
            for overlay in overlays:
                if overlay["kind"] == kind and overlay.get("province") in (None, province):
                    for change in overlay["changes"]:
                        _change(edition, copy.deepcopy(change))
        return edition


def sections(edition: dict[str, Any]) -> list[dict[str, Any]]:
    """Conditions and criteria, in order."""
    return [*edition.get("conditions", []), *edition.get("criteria", [])]


def attribute(edition: dict[str, Any], name: str) -> dict[str, Any]:
    """What may be said under the name of an attribute."""
    return edition.get("attributes", {}).get(name) or STANDARD.get(name, {"yes_no": "true"})


def operator(given: dict[str, Any]) -> str:
    """The one operator of an indicator or of a test over an attribute."""
    return next(name for name in OPERATORS if name in given)


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - it makes nothing but text
    return document


def _in_force(document: dict[str, Any], day: date) -> bool:
    period = document.get("in_force", {})
    return bool(period.get("from", "0000-00-00") <= day.isoformat() <= period.get("until", "9999-99-99"))


def _change(edition: dict[str, Any], change: dict[str, Any]) -> None:
    if "remove" in change:
        for holder in (
            edition.get("conditions", []),
            edition.get("criteria", []),
            *(given.get("indicators", []) for given in sections(edition)),
        ):
            holder[:] = [given for given in holder if change["remove"] not in (given.get("criterion"), given.get("indicator"))]
    elif "add" in change and "criterion" in change["add"]:
        edition.setdefault("criteria", []).append(change["add"])
    elif "add" in change:
        _named(edition, change["under"]).setdefault("indicators", []).append(change["add"])
    else:
        target = _named(edition, change.pop("set"))
        if set(OPERATORS) & set(change):  # a new operator takes the place of the old one and of its source
            for old in (*OPERATORS, "source"):
                target.pop(old, None)
        target.update(change)


def _named(edition: dict[str, Any], name: str) -> dict[str, Any]:
    everything = {"score": edition.get("score"), **edition.get("dimensions", {})}
    for section in sections(edition):
        everything[section["criterion"]] = section
        everything |= {given["indicator"]: given for given in section.get("indicators", [])}
    found: dict[str, Any] = everything[name]
    return found


def _with_shared(sheet: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """The sheet with title, points and levels of what several sheets print alike put where it is used."""

    def whole(criterion: dict[str, Any]) -> dict[str, Any]:
        if "use" in criterion:
            file, name = criterion["use"].split("/")
            criterion = {**shared[file][name], **criterion}
        return {**criterion, "of": [whole(below) for below in criterion["of"]]} if "of" in criterion else criterion

    parts = [{**part, "criteria": [whole(criterion) for criterion in part["criteria"]]} for part in sheet.get("parts", [])]
    return {**sheet, "parts": parts}
