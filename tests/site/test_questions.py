"""Questions as people ask them: each is answered in a sentence, by what is on record, and leads on."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from ntm_rules.site.address import relative
from ntm_rules.site.page import Page
from ntm_rules.site.pages import questions
from ntm_rules.site.parts.scores import marked
from ntm_rules.site.parts.where_seen import seen_at
from ntm_rules.values import LANGS
from scripts import script

TOP = Path(__file__).parents[2]


def said(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_leads_to_eleven_answers(files, library, lang):
    """Every link ends at a page of the site or at a guide, and all questions differ."""
    (page,) = questions.LIST.pages(library, lang)
    links = re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', page.render().partition('class="cards"')[2])
    assert len({words for _, words in links}) == len(links) == 11
    pages = {relative(file.removesuffix("index.md"), page.path) for file in files}
    guides = {relative(f"{lang}/guides/" if lang == "en" else "vi/huong-dan/", page.path)}
    for target, words in links:
        place = target.partition("#")[0]
        assert place in pages or place.startswith(tuple(guides)), words


def test_points_without_marks_are_explained_by_an_example_that_was_run(files, library):
    """The example has the points of a higher class than it gets; each product set tells how many levels a class asks for."""
    page = said(files["vi/hoi-dap/du-diem-khong-du-sao/index.md"])
    points, by_points, least, stars = map(
        int, re.search(r"được (\d+) điểm, đủ cho (\d) sao \(từ (\d+) điểm\), mà chỉ xếp (\d) sao", page).groups()
    )
    assert points >= least
    assert by_points > stars
    rules = library.editions["ocop/2026"].scored
    honey = re.search(r"Bộ sản phẩm 4: .*? (\d+) (\d+) (\d+) Bộ sản phẩm 5:", page).groups()
    assert [int(one) for one in honey] == [len(list(marked(rules, rules.sheet("4"), stars))) for stars in (3, 4, 5)]
    assert "questions/enough-points-too-few-stars/" in files["en/rulesets/ocop/2026/4/index.md"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            "vi/hoi-dap/mat-danh-hieu/",
            ["không đạt 7/19 là 36,8 %", "tiêu chí then chốt (10, 17, 19)", "Từ 07/03/2024", "chưa xác định", "Từ 01/01/2026"],
        ),
        (
            "en/questions/losing-a-status/",
            ["7 of 19 failed are 36.8 %", "a key criterion", "From 2024-03-07", "undetermined", "2026-01-01"],
        ),
        (
            "vi/hoi-dap/nam-2026/",
            ["từ 15/02/2026; 10 tiêu chí", "Từ 01/01/2026 đến 14/02/2026 không có bộ nào", "Không còn bộ nào"],
        ),
        ("en/questions/in-2026/", ["OCOP criteria 2026", "from 2026-05-22", "to 2026-05-21", "No set is in force any more"]),
    ],
)
def test_a_question_is_answered_by_day_and_document(files, page, told):
    """In a sentence a rule of the law; what is not known is said to be so."""
    words = said(files[f"{page}index.md"])
    assert [one for one in told if one not in words] == []


@pytest.mark.parametrize(
    ("seen", "vi", "target"),
    [
        (
            "github:a/b docs/c.html@94397bf (full-text transcription of X, export dated 2026-06-02 by its embedded comment)",
            "bản chép toàn văn trên một kho mã công khai, ngày 02/06/2026",
            "https://github.com/a/b/blob/94397bf/docs/c.html",
        ),
        ("github:a/b d/*.csv@d76e5ad (2024-03; one file a set)", "kho mã công khai", "https://github.com/a/b/tree/d76e5ad/d"),
        ("github:a/b n.md (lời của nghị định)", "kho mã công khai (lời của nghị định)", "https://github.com/a/b/blob/HEAD/n.md"),
        ("github (a dump): 2020-11-07 tables", "kho mã công khai, ngày 07/11/2020", ""),
        ("https://example.org/x", "example.org", "https://example.org/x"),
        ("báo Kon Tum", "báo Kon Tum", ""),
        ('github:a/b <script>"x (y)', "kho mã công khai", ""),
    ],
)
def test_where_something_was_seen_is_told_in_the_language_of_the_page(seen, vi, target):
    """No English words and no path on a Vietnamese page, but a link to the very file."""
    written = seen_at(Page("vi", "vi/", "en/", "t", "d"), seen)
    assert said(written).replace(" (", " (") == vi
    assert (f'href="{target}"' in written) == bool(target)
    assert "<script" not in written


def test_what_the_pages_of_codes_show_is_not_stale():
    """The words fit the messages of today, and wrong and right texts are those of the tests; a message that lost a word is found."""
    messages = script(TOP / "tests" / "messages.py")
    told = json.loads(messages.TOLD.read_text("utf-8"))
    assert messages.stale(told) == []
    code = next(code for code, one in told.items() if one["words"] and "wrong" in one)
    assert messages.stale({**told, code: {"words": {"x": "y"}}, "NTM-999": {"words": {}}}) != []
    assert any(line.startswith("NTM-999") for line in messages.stale({**told, "NTM-999": {"words": {}}}))


def test_a_page_says_what_it_may_run():
    """Scripts inside it by their hashes, styles in elements as classes, nothing from elsewhere, no text run as a script."""
    policed = script(TOP / "overrides" / "policy.py").policed
    page = policed(
        '<head><meta charset="utf-8"><script>let a</script></head><td style="text-align: right;">1</td><script src="x.js"></script>'
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "'sha256-IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE='" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert '<td class="to-right">' in page
    assert page.index("Content-Security-Policy") < page.index("<script")
