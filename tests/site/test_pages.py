"""The pages of the site: every rule has its place, every link leads somewhere, and what is not known is said."""

from __future__ import annotations

import html
import re
from datetime import date
from posixpath import normpath
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

import ntm_rules as ntm
from ntm_rules.figures.certify import certificate_text
from ntm_rules.messages import MESSAGES
from ntm_rules.model.certificate import Reading
from ntm_rules.model.ruleset import Indicator
from ntm_rules.site import address as at
from ntm_rules.site.address import GUIDES, SECTIONS, anchor, of_criterion, of_error, of_guide, of_instrument, of_province, of_set
from ntm_rules.site.feeds import FEED, beside
from ntm_rules.site.library import read_library
from ntm_rules.site.page import Page
from ntm_rules.site.pages.errors import told
from ntm_rules.site.pages.provinces import on_record
from ntm_rules.site.pages.sheets import sheet_page
from ntm_rules.site.parts.fate import fate
from ntm_rules.site.parts.figures import is_table
from ntm_rules.site.parts.history import counterparts
from ntm_rules.site.parts.in_force import of_document
from ntm_rules.site.parts.scores import scored_criteria
from ntm_rules.site.parts.worked import newest_first
from ntm_rules.values import LANGS
from texts import SCORED, SHARED, SHEET

SIGNED = "instruments: [{instrument: 1/QĐ-TTg, title: {vi: Bộ chấm, en: Scored}, issuer: {vi: TTg, en: PM}, level: recalled}]\n"
FIGURES = re.compile(r"<[^>]+>")


def page_of(files: dict[str, str], address: str) -> str:
    """The page at an address; empty where there is none."""
    return files.get(f"{address}index.md", "")


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(FIGURES.sub(" ", page)).split())


def anchors_of(page: str) -> list[str]:
    """Every anchor of a page."""
    return [*re.findall(r"^#+ .*\{ #([\w-]+)[^}]*\}$", page, re.MULTILINE), *re.findall(r'\bid="([\w-]+)"', page)]


def address_of(file: str) -> str:
    """The address at which a file is shown."""
    return file.removesuffix("index.md")


@pytest.mark.parametrize("lang", LANGS)
def test_every_criterion_and_indicator_has_its_place(files, library, lang):
    """Each criterion of each set is a page, each of its indicators an anchor on it, in both languages."""
    for edition in library.editions.values():
        assert page_of(files, of_set(lang, edition.id)), edition.id
        for section in edition.sections():
            anchors = anchors_of(page_of(files, of_criterion(lang, edition.id, section.criterion)))
            assert anchors, (edition.id, section.criterion)
            for indicator in section.indicators:
                assert anchor(indicator.indicator) in anchors, (edition.id, indicator.indicator)


@pytest.mark.parametrize("lang", LANGS)
def test_every_score_sheet_shows_every_criterion_with_its_levels(files, library, lang):
    """Each product set is a page, with each scored criterion and the points of each level."""
    for edition in library.editions.values():
        for number in edition.scored.product_sets if edition.scored else ():
            page = page_of(files, of_criterion(lang, edition.id, number))
            anchors = set(anchors_of(page))
            for part in edition.scored.sheet(number).parts:
                pending = list(part.criteria)
                while pending:
                    given = pending.pop()
                    pending += given.of
                    assert anchor(given.criterion) in anchors, (edition.id, number, given.criterion)
                    assert all(f"<b>{option.points}</b>" in page for option in given.options)


@pytest.mark.parametrize("lang", LANGS)
def test_instruments_overlays_provinces_and_errors_have_a_page(files, library, lang):
    """What a criterion page links to is there as well."""
    wanted = [of_instrument(lang, key) for key in library.instruments]
    wanted += [of_set(lang, name) for name in library.overlays]
    wanted += [of_province(lang, name) for name in on_record(library)]
    wanted += [of_error(lang, code) for code in MESSAGES]
    assert [address for address in wanted if not page_of(files, address)] == []


def test_the_page_of_an_error_shows_the_wrong_text_beside_the_right_one(files):
    """Whoever looks up what a lint told sees how it should be, without the mark and the depth that the text has in a file."""
    page = page_of(files, of_error("vi", "NTM-303"))
    assert '```yaml title="Sai"\nset: "2.2"\ntitle: {vi: Khác, en: Other}\n```' in page
    assert '```yaml title="Đúng"\nat_least: 85\n```' in page
    assert "¦" not in "".join(files.values())
    assert "chỉ nhắc, vẫn dùng được" in page_of(files, of_error("vi", "NTM-237"))
    assert "chỉ nhắc" not in page


def test_every_link_leads_to_a_page_and_an_anchor_of_it(files):
    """Links between the pages are relative; guides are written by hand and known by their address."""
    places = {address_of(file): set(anchors_of(text)) for file, text in files.items()}
    guides = {of_guide(lang, name) for lang in LANGS for name in GUIDES} | {at.address(lang, "guides") for lang in LANGS}
    broken = []
    for file, text in files.items():
        base = address_of(file)
        for target in re.findall(r'\bhref="([^"]+)"', text):
            if re.match(r"https?://|mailto:", target) or target.endswith("assets/bao-so-lieu.txt"):
                continue
            path, _, fragment = target.partition("#")
            assert not path.startswith("/"), (file, target)
            where = normpath(base + path) + "/" if path else base
            if where not in guides and (where not in places or (fragment and html.unescape(fragment) not in places[where])):
                broken.append((file, target))
    assert broken == []


def test_every_page_has_a_twin_in_the_other_language(files):
    """Each page names its language, links to its twin, and is linked from it."""
    places = {address_of(file): text for file, text in files.items()}
    for address, text in places.items():
        lang = re.search(r'^lang: "(\w\w)"$', text, re.MULTILINE)[1]
        twin = normpath(address + re.search(r'^other: "([^"]+)"$', text, re.MULTILINE)[1]) + "/"
        assert address.startswith(lang + "/")
        assert twin in places
        assert not twin.startswith(lang + "/")
        assert 'class="switch"' in text


def test_no_anchor_stands_twice_on_a_page(files):
    """Browsers and screen readers take the first of two."""
    twice = {file: [one for one in set(found) if found.count(one) > 1] for file, text in files.items() if (found := anchors_of(text))}
    assert {file: found for file, found in twice.items() if found} == {}


def test_nothing_on_a_page_is_fetched_from_elsewhere(files):
    """Other sites are only ever links that a person may follow."""
    for file, text in files.items():
        prose = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert not re.search(r"<(?:script|img|iframe|link|source|object|embed|use|image)\b|\bsrc=|@import|url\((?!#)", prose), file
        for link in re.findall(r"<a\b[^>]*>", prose):
            assert "http" not in link or 'rel="noreferrer external"' in link, (file, link)


def test_pages_are_light(files):
    """A page is read on a phone: a criterion in Markdown stays far below what its HTML may weigh."""
    heavy = {file: len(text.encode()) for file, text in files.items() if len(text.encode()) > 90_000}
    assert heavy == {}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "vi",
            [
                "Từ 01/03/2024",
                "Xã khu vực II, III",
                "áp dụng mức của Trung du và miền núi phía Bắc",
                "211/QĐ-TTg",
                "Với xã của tỉnh Kon Tum",
            ],
        ),
        (
            "en",
            [
                "From 2024-03-01",
                "Class II or III commune",
                "is judged by the column of Northern midlands and mountains",
                "For the communes of Kon Tum",
            ],
        ),
    ],
)
@pytest.mark.parametrize("number", ["10", "17"])
def test_the_page_says_which_column_a_class_iii_commune_reads(files, lang, told, number):
    """Since the amendment of 2024 the class of a commune moves it to another column, and the page of the criterion says so."""
    page = words_of(page_of(files, of_criterion(lang, "commune-ntm/2021-2025", number)))
    assert [words for words in told if words not in page] == []


def test_what_is_worked_out_for_a_province_is_what_the_library_decides(library):
    """The column and figure shown for Kon Tum in 2024 are those that an evaluation uses, by class."""
    edition = library.editions["commune-ntm/2021-2025"]
    now = [one for one in newest_first(edition, "kon-tum", "vi") if one.state.start == date(2024, 3, 1)]
    assert [(one.column, bool(one.who)) for one in now] == [("trung-du-mien-nui-phia-bac", True), ("tay-nguyen", False)]
    rules = ntm.load(edition.id, on=date(2024, 6, 30), province="kon-tum")
    for area, reading in (("III", now[0]), ("II", now[0]), ("I", now[1])):
        attributes = {"region": "tay-nguyen", "year": 2024, "area": area}
        decision = rules.evaluate(ntm.Subject(id="A", kind="commune", attributes=attributes, values={"10.1": "40"}))
        bound = next(one.bound for section in edition.document.sections for one in section.indicators if one.indicator == "10.1")
        assert bound.cells()[reading.column].cells()["2024"].value == str(decision["10.1"].required)


def test_what_is_missing_is_said(files, library):
    """Every indicator without a figure says so on its page, and is listed among what is not known."""
    listed = page_of(files, f"vi/{SECTIONS['unknown'].vi}/")
    for edition in library.editions.values():
        for section in edition.document.sections:
            page = page_of(files, of_criterion("vi", edition.id, section.criterion))
            target = of_criterion("vi", edition.id, section.criterion).removeprefix("vi/")
            if section.missing is not None or not section.indicators:
                assert "Chưa biết các chỉ tiêu" in page or "Chưa đủ nội dung" in page, (edition.id, section.criterion)
            for one in section.indicators:
                if getattr(one.bound, "is_known", True) is False:
                    assert "chưa có số" in page or "tỉnh quy định" in page
                    assert f'{target}#{anchor(one.indicator)}"' in listed, (edition.id, one.indicator)


def test_examples_show_what_passes_what_fails_and_what_stays_open(files):
    """Criterion 10 has cases for each of the three outcomes."""
    page = page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "10"))
    examples = page.partition("{ #vi-du")[2]
    assert all(f"o-{outcome}" in examples for outcome in ("met", "not_met", "undetermined"))


def test_a_criterion_is_followed_across_the_editions(library):
    """By its title, by what a mapping declares, by its number alone where that is said, and never by likeness."""
    old, now, new = line = library.line(library.editions["commune-ntm/2021-2025"])
    assert [one.id for one in line] == ["commune-ntm/2016-2020", "commune-ntm/2021-2025", "commune/2026-2030"]

    def found(edition, number, other):
        return [(one.section.criterion, one.why) for one in counterparts(library, edition, edition.section(number), other)]

    assert found(now, "10", old) == [("10", "title")]
    assert found(now, "11", old) == [("11", "number")]
    assert found(now, "13", new) == []
    earlier, later = library.line(library.editions["targets/kon-tum-2025"])
    assert found(later, "MT4", earlier) == []


def test_a_declared_pair_joins_criteria_of_other_titles(library):
    """Where a mapping says that two indicators are one quantity, both criteria are shown side by side."""
    old, now, _ = library.line(library.editions["commune-ntm/2021-2025"])
    section = now.section("17").model_copy(update={"title": now.section("10").title})
    why = {one.section.criterion: one.why for one in counterparts(library, now, section, old)}
    assert why == {"10": "title", "17": "declared"}


@pytest.mark.parametrize(("lang", "pair"), [("vi", "⇄ 17.2"), ("en", "⇄ 17.2")])
def test_history_shows_declared_pairs_and_the_amendment_between(files, lang, pair):
    """2016, 2022, the amendment of 2024 and 2026 stand in one table, each pair with how sure it is."""
    page = page_of(files, of_criterion(lang, "commune-ntm/2021-2025", "17"))
    lead, _, table = page.partition("{ #lich-su" if lang == "vi" else "{ #history")[2].partition("</table>")[0].partition("<table")
    assert ("11 giữ, 1 chưa đối chiếu." if lang == "vi" else "11 kept, 1 not compared.") in words_of(lead)
    days = [
        table.find(day)
        for day in (
            ("01/12/2016", "08/03/2022", "01/03/2024", "15/02/2026")
            if lang == "vi"
            else ("2016-12-01", "2022-03-08", "2024-03-01", "2026-02-15")
        )
    ]
    assert days == sorted(days)
    assert min(days) > 0
    assert pair in words_of(table)
    assert "lv-recalled" in table[table.find("⇄") :][:80]
    assert "quy tắc áp dụng mức theo vùng" in table or "the rule on whose levels apply" in table


PARTS = {"vi": ("yeu-cau", "lich-su", "vi-du", "trich-dan"), "en": ("required", "history", "examples", "cite")}
MEASURED = {"vi": "Đo bằng", "en": "Measured as"}


@pytest.mark.parametrize("lang", LANGS)
def test_every_criterion_has_every_part(files, library, lang):
    """What is required, the history, examples, the YAML and how to cite; each indicator with its measure, its figures and its sources."""
    lacking = []
    for edition in library.editions.values():
        for section in edition.sections():
            page = page_of(files, of_criterion(lang, edition.id, section.criterion))
            anchors = anchors_of(page)
            lacking += [(edition.id, section.criterion, part) for part in PARTS[lang] if part not in anchors]
            if not re.search(rf'^```yaml title="rulesets/.*?criterion: "?{section.criterion}\b', page, re.MULTILINE | re.DOTALL):
                lacking.append((edition.id, section.criterion, "yaml"))
            for indicator in section.indicators:
                own = re.split(r"^#{2,3} ", page.partition(f"{{ #{anchor(indicator.indicator)} ")[2], maxsplit=1, flags=re.MULTILINE)[0]
                wanted = [MEASURED[lang], 'class="source"', "/instruments/" if lang == "en" else "/van-ban/"]
                wanted.append("<table" if is_table(indicator) else 'class="required"')
                lacking += [(edition.id, indicator.indicator, words) for words in wanted if words not in own]
    assert lacking == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_criterion_shows_something_that_is_met_and_something_that_is_not(files, library, lang):
    """Where examples tell outcomes apart, each outcome is on the page; where none does, what is open is said."""
    for edition in library.editions.values():
        for section in edition.document.sections:
            page = page_of(files, of_criterion(lang, edition.id, section.criterion))
            shown = page.partition("{ #vi-du" if lang == "vi" else "{ #examples")[2]
            numbers = {section.criterion, *(one.indicator for one in section.indicators)}
            examples = edition.examples.examples if edition.examples else ()
            outcomes = {outcome for one in examples for key, outcome in one.expect.items() if key in numbers}
            assert all(f"o-{outcome}" in shown for outcome in {*outcomes, "undetermined"}), (edition.id, section.criterion)


@pytest.mark.parametrize("lang", LANGS)
def test_every_sheet_says_what_each_class_asks_for(files, library, lang):
    """Totals, star marks of single criteria and who recognises, at the top of each sheet; how to cite at its end."""
    for edition in library.editions.values():
        for number in edition.scored.product_sets if edition.scored else ():
            page = page_of(files, of_criterion(lang, edition.id, number))
            assert ("trich-dan" if lang == "vi" else "cite") in anchors_of(page)
            if not edition.scored.sheet(number).parts:
                continue
            table = page.partition("{ #hang" if lang == "vi" else "{ #classes")[2].partition("</table>")[0]
            for star in edition.scored.score.stars:
                assert "★" * star.stars in table, (edition.id, number)
            for given in scored_criteria(edition.scored.sheet(number)):
                if given.marks:
                    assert f'href="#{anchor(given.criterion)}"' in table, (edition.id, number, given.criterion)


def test_the_answer_for_kon_tum_stands_at_the_top(files):
    """Before the first heading of the page: what a class III commune must earn in 2024, and from which day."""
    top = words_of(page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "10")).partition("\n## ")[0])
    assert "Xã ở Kon Tum, từ 01/03/2024" in top
    assert re.search(r"2024: 45 .{0,80}2025: 48 .{0,120}Xã khu vực II, III", top)
    assert re.search(r"2024: 50 .{0,80}2025: 53 .{0,120}Các xã khác", top)
    top = words_of(page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "17")).partition("\n## ")[0])
    assert re.search(r"17\.8 70% .{0,60}17\.9 60% .{0,60}: Xã khu vực II, III", top)


def test_numbers_of_things_read_well(files):
    """One indicator is no plural in English."""
    assert [
        file for file, text in files.items() if file.startswith("en/") and re.search(r"\b1 (?:indicators|criteria|conditions)\b", text)
    ] == []


def test_a_set_offers_its_criteria_before_anything_else(files, library):
    """On a phone the criteria of a set are reached without scrolling through its annex."""
    for edition in library.editions.values():
        top = page_of(files, of_set("vi", edition.id)).partition("\n## ")[0].partition('class="facts"')[0]
        numbers = edition.scored.product_sets if edition.scored else [one.criterion for one in edition.document.sections]
        assert top.count("<li><a") == len(numbers) + top.partition('class="numbers"')[0].count("<li><a"), edition.id


def test_a_criterion_that_was_taken_away_keeps_its_page(files, library):
    """The condition of 2022 that the decision of 2024 replaced is still explained, and said to be gone."""
    edition = library.editions["recognition-commune/2021-2025"]
    assert edition.section("C4a") is None
    assert "Đã bị bãi bỏ từ 07/03/2024" in page_of(files, of_criterion("vi", edition.id, "C4a"))
    assert "Đã bị bãi bỏ" not in page_of(files, of_criterion("vi", edition.id, "C4b"))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("vi/thu-hoi/", ("6–9/19", "3–4/9", "từ 10/19", "10. Thu nhập", "lời mới chưa đọc được", "II, III → I", "chưa đọc được")),
        (
            "en/revocation/",
            ("6–9/19", "3–4/9", "10 of 19 or more", "10. Income", "the new text was not read", "II, III → I", "were not read"),
        ),
    ],
)
def test_grounds_for_revocation_are_told_by_document_and_day(files, page, told):
    """In numbers of criteria, with the key ones, with what is not known since 2024-03-07, and with what recognition changes."""
    words = words_of(page_of(files, page))
    assert [one for one in told if one not in words] == []
    assert 'href="../' in page_of(files, page)
    home = page_of(files, page[:3])
    assert f'href="{page.split("/")[1]}/"' in home


def test_pictures_say_what_they_show(files):
    """Every picture has a title and a description, and what a keyboard can reach stands in none that is an image."""
    count = 0
    for file, text in files.items():
        for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
            count += 1
            title, description = re.search(r'aria-labelledby="(\S+)" aria-describedby="(\S+)"', svg).groups()
            assert f'<title id="{title}">' in svg, file
            assert f'<desc id="{description}">' in svg, file
            assert not ('role="img"' in svg and "<a " in svg), file
    assert count > 50


def test_text_from_outside_cannot_become_markup():
    """A title, a cell or a link that looks like HTML or Markdown is shown as it stands."""
    page = Page("vi", "vi/a/", "en/a/", "<script>x</script> *a* [b](c)", 'd: "e"\n---', crumbs=[("vi/", "<b>")])
    page.heading("`x` {#y} <i>", "z")
    page.p(page.link("vi/b/", '"><script>'))
    page.table("<t>", ["a"], [["b"]])
    page.code("yaml", "```\n<script>", 'x" y')
    written = page.render()
    head, _, body = written.partition("\n---\n")
    assert head.count("---") == 1 + 1  # the mark that opens, and the one inside quotes
    prose = re.sub(r"^(`{3,}).*?^\1$", "", body, flags=re.MULTILINE | re.DOTALL)
    assert "<script" not in prose
    assert "<i>" not in prose
    assert "<b>" not in prose
    assert "`" not in prose
    assert "````yaml" in body


def test_every_page_with_figures_says_how_far_they_were_checked_and_by_whom_not(files, library):
    """Sets, criteria and sheets: so many of so many against the signed text; no authority speaks; where to report a figure."""
    for edition in library.editions.values():
        page = files[f"vi/bo-tieu-chi/{edition.id}/index.md"]
        if edition.levels.total():
            assert f"0/{edition.levels.total()} mức đã đối chiếu bản ký" in page, edition.id
            assert "Đây không phải trang của cơ quan nhà nước." in page
            assert "dieu-chua-biet/#bao" in page
    assert "0/28 mức đã đối chiếu bản ký; 1 thấy trong nguồn đã công bố" in files["vi/bo-tieu-chi/commune-ntm/2021-2025/10/index.md"]
    assert "0 of 28 figures checked against the signed text" in files["en/rulesets/commune-ntm/2021-2025/10/index.md"]
    assert "mức đã đối chiếu bản ký" in files["vi/bo-tieu-chi/ocop/2026/4/index.md"]


def test_the_page_of_a_sheet_counts_what_was_read_in_the_signed_text_and_says_by_whom(tmp_path):
    """One mark was read: one of its figures and those of the classes is checked, on the page of the sheet and of its set."""
    texts = {"instruments": SIGNED, "a/ruleset": SCORED, "a/sheets/1": SHEET, "a/shared/chung": SHARED}
    readings = [Reading(at="1.1", column=("1", "sao-3"), compares="mark", value="1", page="12")]
    words = {
        "edition": "score/2024",
        "base": "1.0.0",
        "instrument": "1/QĐ-TTg",
        "document": "5f" * 32,
        "by": "Sở <A>",
        "day": date(2026, 11, 30),
    }
    texts["own/overlay"] = certificate_text("so-1", **words, readings=readings)
    for name, text in texts.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    own = read_library(ntm.Catalogue(tmp_path))
    [edition] = own.editions.values()
    page = sheet_page(own, edition, "1", "vi").render()
    assert f"1/{edition.levels.total()} mức đã đối chiếu bản ký" in page
    assert "trang 12, bản ký (sha256 5f5f5f5f5f5f5f5f…), Sở &lt;A&gt; đối chiếu ngày 30/11/2026" in page


def test_a_sheet_says_in_words_what_each_class_asks(files):
    """What four stars need is a list of names and levels; that points alone are not enough is said."""
    page = files["vi/bo-tieu-chi/ocop/2026/4/index.md"]
    assert "Đủ điểm mà không đủ sao" in page
    asked = page.partition("Để được 4 sao: từ 70 điểm và cả ")[2].partition("</details>")[0]
    assert asked.count("<li>") == int(asked.split()[0])
    assert "Bảo vệ môi trường khi sản xuất: <strong>từ 1 điểm</strong> – Đủ hồ sơ" in asked


def test_a_document_and_the_set_it_issued_end_on_one_day(files, library):
    """The list, the page of the document and that of the set tell the same days; what is not known is said."""
    for key, day in {"319-qd-ttg": "31/12/2025", "320-qd-ttg": "30/06/2025", "386-qd-ubnd-kon-tum": "31/12/2020"}.items():
        page = page_of(files, f"vi/van-ban/{key}/")
        assert f"đến hết {day}" in words_of(page), key
    for edition in library.editions.values():
        key, own = edition.document.instrument, edition.document.in_force
        if key in library.instruments:
            found = of_document(library, key)
            assert found.until is None or (own.until is not None and own.until <= found.until), edition.id
            assert found.start == own.start, edition.id
    table = page_of(files, "vi/van-ban/").partition("{ #tat-ca")[2]
    assert table.count('class="dated"') == len(library.instruments)
    assert 'data-from="2022-03-08" data-until="2025-12-31" class="dated"' in table
    assert "ngày cuối chưa biết" in words_of(page_of(files, "vi/van-ban/272-2025-nd-cp/"))


def test_a_timeline_is_read_without_colours(files):
    """Amendments are striped, an end that is not known fades; no picture holds a day of today."""
    page = page_of(files, "vi/van-ban/")
    assert 'fill="url(#p-time-s)"' in page
    assert 'fill="url(#p-time-f)"' in page
    assert "211/QĐ-TTg · 01/03/2024" in page
    assert "03/2024/QĐ-TTg · 07/03/2024" in page
    assert re.search(r'<g class="now" data-begin="\d{4}-01-01"[^>]*></g>', page)


def _history(files: dict[str, str], address: str) -> dict[str, list[str]]:
    """The rows of the table of a criterion through time: its cells by the heading of the row."""
    table = page_of(files, address).partition("{ #lich-su")[2].partition("</table>")[0].partition("<tbody>")[2]
    rows = [[words_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in table.split("</tr>") if "<td" in row]
    return {first: cells for first, *cells in rows}


def test_a_row_tells_what_became_of_an_indicator(files):
    """Declared pairs stand in one row, what no mapping declares is not compared, and what an amendment leaves is kept."""
    rows = _history(files, of_criterion("vi", "commune-ntm/2021-2025", "17"))
    officials = next(cells for head, cells in rows.items() if head.startswith("17.2 "))
    assert "⇄ 17.2" in officials[0]
    assert all(cells[1].endswith("chưa đối chiếu") for head, cells in rows.items() if head.startswith("17.10 "))
    assert all(cells[2].endswith("giữ") for head, cells in rows.items() if re.match(r"17\.(7|11|12) ", head) and cells[2] != "–")
    assert rows["17.1b Tỷ lệ hộ được sử dụng nước sạch theo quy định"][1:] == ["–", "–"]
    head = page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "17")).partition("{ #lich-su")[2].partition("</thead>")[0]
    assert "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016-2020</a>" in head
    assert ">commune-ntm/" not in head
    declared = _history(files, of_criterion("vi", "commune-ntm/2021-2025", "8"))
    assert any(cells[1].endswith("giữ") for cells in declared.values())


def test_what_an_amendment_takes_away_and_adds_is_dropped_and_new(files):
    """The decision of 07/03/2024 put one condition of recognition in the place of another."""
    (gone,) = _history(files, of_criterion("vi", "recognition-commune/2021-2025", "C4a")).values()
    assert gone[-1] == "bỏ"
    rows = _history(files, of_criterion("vi", "recognition-commune/2021-2025", "C4b"))
    assert any(cells[-1].endswith("mới") for cells in rows.values())


@pytest.mark.parametrize(
    ("was", "now", "word"),
    [
        ({"at_least": "80"}, {"at_least": "85"}, "raised"),
        ({"at_least": "80"}, {"at_least": "75"}, "lowered"),
        ({"at_most": "3"}, {"at_most": "2"}, "raised"),
        ({"at_least": "80"}, {"at_least": "80"}, "kept"),
        ({"at_least": "80"}, {"at_most": "80"}, "changed"),
        ({"at_least": "80"}, {"at_least": {"missing": {"vi": "a", "en": "b"}, "level": "missing"}}, "not-compared"),
        (
            {"at_least": {"by": ("region",), "cells": {"A": "1", "B": "2"}}},
            {"at_least": {"by": ("region",), "cells": {"A": "2", "B": "1"}}},
            "changed",
        ),
        (
            {"at_least": {"by": ("region",), "cells": {"A": "1", "B": "2"}}},
            {"at_least": {"by": ("region",), "cells": {"A": "2", "B": "2"}}},
            "raised",
        ),
        ({"at_least": {"by": ("region",), "cells": {"A": "1"}}}, {"at_least": {"by": ("region",), "cells": {"B": "1"}}}, "not-compared"),
    ],
)
def test_raised_is_what_fewer_can_reach(was, now, word):
    """Figures are compared in the sense of their operator, column by column; what is not known or not split alike is not compared."""
    texts = [{"indicator": "1.1", "title": {"vi": "A", "en": "B"}, "measure": {"kind": "number", "unit": "%"}, **one} for one in (was, now)]
    assert fate(*map(Indicator.model_validate, texts)).value == word


def test_a_province_that_ended_says_so_first(files):
    """The page of Kon Tum begins with the merger and its day; that of Quảng Ngãi says who came to it."""
    for lang, words in (
        ("vi", "Từ 01/07/2025 thuộc tỉnh Quảng Ngãi (202/2025/QH15)"),
        ("en", "From 2025-07-01 part of the province of Quảng Ngãi"),
    ):
        top = page_of(files, of_province(lang, "kon-tum")).partition("\n## ")[0]
        assert words in words_of(top).replace("( ", "(").replace(" )", ")"), lang
        assert 'href="../quang-ngai/"' in top
        assert top.index('class="note"') < top.index('class="facts"')
    assert "Từ 01/07/2025 gồm cả: Kon Tum" in words_of(page_of(files, of_province("vi", "quang-ngai")))
    assert "Từ 01/07/2025" not in words_of(page_of(files, of_province("vi", "gia-lai"))).partition("## ")[0]


def test_of_a_set_that_is_known_in_part_what_is_known_comes_first(files):
    """2026-2030: ten criteria, 47 indicators, three groups of communes stand before the facts and the empty annex."""
    page = page_of(files, of_set("vi", "commune/2026-2030"))
    assert page.index("47 nội dung tiêu chí, ba nhóm xã") < page.index('class="facts"') < page.index("{ #phu-luc")
    assert "4 chỉ tiêu đã biết" in page
    assert "chỉ tiêu đã biết" not in page_of(files, of_set("vi", "commune-ntm/2021-2025"))


def test_every_error_shows_a_real_message_and_where_it_appears(files):
    """No braces stand on a page of a code; what was wrong is named, codes near to it are linked."""
    for code in MESSAGES:
        for lang in LANGS:
            page = page_of(files, of_error(lang, code))
            head, _, body = page.partition("\n---\n")
            prose = re.sub(r"^(`{3,}).*?^\1$", "", body, flags=re.MULTILINE | re.DOTALL)
            assert not re.search(r"\{[a-z_]+\}", head + prose), (code, lang)
            assert ("Gặp ở" if lang == "vi" else "Where it appears") in page, code
            assert re.search(r"Mã gần nghĩa|Related codes", page) or code == "NTM-901", code  # alone in its group
    comma = page_of(files, of_error("vi", "NTM-403"))
    assert "« 62,35 »" in comma or "«62,35»" in comma
    assert '```text title="Sai"\n62,35\n```' in comma
    assert '```text title="Đúng"\n62.35\n```' in comma


def test_what_was_told_fills_the_messages_of_today():
    """The collected words fit the wording of each code; most codes have a real message, and those of rulesets a wrong and a right text."""
    found = told()
    assert len(found) > 0.8 * len(MESSAGES)
    for code, one in found.items():
        assert (
            one.problem is None
            or "…" not in one.problem.what("vi").replace("{…}", "")
            or "…" in str(one.problem.words) + MESSAGES[code]["vi"].what
        ), code
        assert bool(one.wrong) == bool(one.right), code
        assert one.problem is not None or one.wrong, code
    assert sum(bool(one.wrong) for one in found.values()) > 30


def test_feeds_and_the_list_for_programs_lead_to_pages(library, files):
    """Each entry of the feed has a day, an address of a page and a name of its own; the newest stands first."""
    made = beside(library)
    for lang in LANGS:
        feed = ElementTree.fromstring(made[f"{lang}/{FEED.say(lang)}"])
        entries = feed.findall("{*}entry")
        assert len({entry.findtext("{*}id") for entry in entries}) == len(entries) > 50
        days = [entry.findtext("{*}updated") for entry in entries]
        assert days == sorted(days, reverse=True)
        assert feed.findtext("{*}updated") == days[0]
        for entry in entries:
            assert page_of(files, f"{lang}/{entry.find('{*}link').get('href')}")
    for target in re.findall(r"\]\(([^)]+)\)", made["llms.txt"]):
        assert page_of(files, target) or target in made or target == "en/guides/", target


def test_a_page_with_figures_offers_a_letter_with_the_form(files):
    """It names the page, in the language of the page, and is sent by nobody but the reader."""
    page = page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "10"))
    letter = html.unescape(re.search(r'href="(mailto:[^"]+)"', page)[1])
    assert "10. Thu nhập" in unquote(letter)
    assert "Trang: vi/bo-tieu-chi/commune-ntm/2021-2025/10/\r\nSố chỉ tiêu:" in unquote(letter)
    assert 'id="cua-ai"' in page_of(files, "vi/dieu-chua-biet/")


def test_a_long_page_lists_its_parts_and_the_calculator_for_phones(files):
    """Folded at the top, in the order of the page; a short page has none."""
    page = page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "17"))
    contents = page.partition('<details class="contents"')[2].partition("</details>")[0]
    assert re.findall(r'href="#([\w-]+)"', contents)[:3] == ["calculator", "yeu-cau", "tinh-kon-tum"]
    assert 'class="contents"' not in page_of(files, of_error("vi", "NTM-101"))


def test_a_criterion_by_region_is_found_by_province_class_and_year(files):
    """What tables hold is told to the search beside the page."""
    front = page_of(files, of_criterion("vi", "commune-ntm/2021-2025", "10")).partition("\n---\n")[0]
    answers = re.search(r'^answers: "([^"]+)"$', front, re.MULTILINE)[1].split()
    assert {"Kon", "Tum", "khu", "vực", "III", "2024", "45"} <= {*answers}
    assert len(answers) == len({*answers})
    assert "answers" not in page_of(files, of_criterion("vi", "commune/2026-2030", "1")).partition("\n---\n")[0]
