"""Packages that ship rulesets: whoever installs one has its folder as a layer. They are found by what they declare; none is run."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ntm_rules.loading.bundled import unpacked
from ntm_rules.problems import NotFound, Place

GROUP: Final = "ntm_rules.rulesets"  #: of entry points; the value is the module whose folder holds the texts


@dataclass(frozen=True, slots=True)
class Shipped:
    """A folder of rulesets that an installed package brings.

    Attributes:
        name: of the layer, as the package declares it.
        package: name and version of the package.
        folder: where its texts are.
    """

    name: str
    package: str
    folder: Path


def shipped() -> tuple[Shipped, ...]:
    """The folders of rulesets that installed packages bring, in order of name: the same packages give the same layers everywhere.

    Raises:
        NotFound: a package declares a folder that it does not have.
    """
    found = {point.name: point for point in reversed(list(entry_points(group=GROUP)))}  # the first on the path counts, as for modules
    return tuple(_shipped(point) for _, point in sorted(found.items()))


def _shipped(point: EntryPoint) -> Shipped:
    package = f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.name
    try:
        spec = find_spec(point.value)
    except (ImportError, ValueError):  # a dotted name whose first part is no package, or that is no name at all
        spec = None
    places = [] if spec is None else list(spec.submodule_search_locations or ())
    if not places:
        raise NotFound.one("NTM-326", Place(path=point.name), package=package, got=point.value)
    folder = Path(places[0])
    return Shipped(point.name, package, folder if folder.is_dir() else unpacked(folder))
