"""What ``places.yaml`` lists: provinces that have a page beside those on record, and examples that are drawn on one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import BeforeValidator

from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.model.base import Count, Model, Text
from ntm_rules.model.figures import Texts
from ntm_rules.problems import RulesetError


class Drawn(Model):
    """An example whose communes are drawn on the page of their province.

    Attributes:
        province: the province, and the folder of the example.
        family: the sets its tables ``communes-<years>.csv`` are evaluated by.
        published: the table of the counts as published.
        name: its column with the names of the communes.
        count: its column with the counts: ``13 tiêu chí, 31/12/2019``.
        of: how many criteria the counts are out of.
    """

    province: Text
    family: Text
    published: Text
    name: Text
    count: Text
    of: Count


class Places(Model):
    """The file ``places.yaml``.

    Attributes:
        also: the provinces with a page though no set and no overlay on record is theirs.
        examples: the examples that are drawn.
    """

    also: Texts
    examples: Annotated[tuple[Drawn, ...], BeforeValidator(tuple)]


def _read(path: Path) -> Places:
    parsed = read_file(path)
    found = build(Places, parsed)
    if found is None or parsed.problems:
        raise RulesetError(parsed.problems)
    return found


PLACES: Final = _read(Path(__file__).with_name("places.yaml"))
