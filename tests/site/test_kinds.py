"""The kinds of pages: each has all its faces, and every page of the site is of one kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.site import pages
from ntm_rules.site.address import of_province
from ntm_rules.site.beyond_record import PLACES
from ntm_rules.site.kind import Kind
from ntm_rules.site.pages import KINDS
from ntm_rules.values import LANGS, Bilingual


def _faces(text: Bilingual) -> bool:
    return bool(text.vi) and bool(text.en) and text.vi != text.en


def _named(kind: Kind) -> str:
    return kind.title.en


@pytest.mark.parametrize("kind", KINDS, ids=_named)
def test_a_kind_of_page_has_all_its_faces(library, kind):
    """A title and an address in both languages; as many pages in each, every one with its twin, a title and a sentence for searches."""
    assert _faces(kind.title)
    assert kind is KINDS[0] or _faces(kind.section)
    assert kind.card is None or _faces(kind.card)
    made = {lang: {page.path: page for page in kind.pages(library, lang)} for lang in LANGS}
    assert made["vi"]
    assert len(made["vi"]) == len(made["en"])
    for lang, other in (("vi", "en"), ("en", "vi")):
        for path, page in made[lang].items():
            assert path.startswith("/".join(filter(None, (lang, kind.section.say(lang)))) + "/")
            assert made[other][page.other].other == path
            assert page.lang == lang
            assert page.title
            assert page.description


def test_kinds_are_told_apart_by_their_titles():
    """Two kinds of one name would be one to a reader of the registry."""
    assert len({kind.title for kind in KINDS}) == len(KINDS)


def test_every_file_of_pages_is_on_the_site():
    """A file that no line of the registry names would make no page, and nobody would miss it."""
    files = {path.stem for path in Path(pages.__file__).parent.glob("*.py")} - {"__init__"}
    assert {kind.pages.__module__.rpartition(".")[2] for kind in KINDS} == files


def test_the_first_page_leads_to_every_kind_with_a_card(library):
    """In the words of the card, and to the first page of the kind."""
    first, *others = KINDS
    for lang in LANGS:
        (home,) = first.pages(library, lang)
        written = home.render()
        for kind in others:
            target = next(iter(kind.pages(library, lang))).path.removeprefix(f"{lang}/")
            assert kind.card is None or f'<a href="{target}">{kind.card.say(lang)}</a>' in written


def test_what_places_yaml_names_is_on_the_site(library, files):
    """A province it names has a page though nothing on record is its own; an example it names is drawn there, column by column."""
    for name in PLACES.also:
        assert name not in library.provinces
        assert f"{of_province('vi', name)}index.md" in files
    for drawn in PLACES.examples:
        page = files[f"{of_province('vi', drawn.province)}index.md"]
        assert "p-counts" in page
        assert f"p-grid-{drawn.family}" in page
