"""One wording of a problem."""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """What is wrong, why it is refused, how to mend it."""

    what: str
    why: str
    mend: str


def wording(vi: tuple[str, str, str], en: tuple[str, str, str]) -> dict[str, Wording]:
    """A problem in both languages."""
    return {"vi": Wording(*vi), "en": Wording(*en)}
