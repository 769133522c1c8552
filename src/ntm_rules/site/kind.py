"""A kind of page: what it is called, where its pages stand, how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ntm_rules.site.library import Library
from ntm_rules.site.page import Page
from ntm_rules.values import Bilingual, Lang


class Kind(NamedTuple):
    """A kind of page; its own file says it, and one line of :mod:`ntm_rules.site.pages` puts it on the site.

    Attributes:
        title: what a page of the kind is called.
        section: the part of the site its pages stand in, as it is written in their addresses; empty for the first page.
        pages: its pages in one language; none where nothing is on record.
        card: the words by which the first page leads to the first of them, where it does.
    """

    title: Bilingual
    section: Bilingual
    pages: Callable[[Library, Lang], Iterable[Page]]
    card: Bilingual | None = None
