"""Explanations: in both languages, three formats, short and full; never a crash, nothing unescaped."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.decide.engine.tree import leaves_of
from strategies import Case, cases, hostile_text, subject_of

VERDICTS = {"met": "ĐẠT", "not_met": "CHƯA ĐẠT", "undetermined": "CHƯA XÁC ĐỊNH", "not_applicable": "KHÔNG ÁP DỤNG"}
LANGS, FORMATS = ("vi", "en"), ("text", "markdown", "html")
TAGS = {"section", "h2", "h3", "p", "ul", "li"}


class _WellFormed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= {"class", "lang"}
        if tag == "li":
            assert self.stack[-1] == "ul"
        if tag == "ul":
            assert self.stack[-1] in ("section", "li")
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(cases(), hostile_text, hostile_text, st.booleans())
def test_every_decision_can_be_explained(case: Case, name: str, reason: str, full: bool) -> None:
    """Any decision reads in any language and format; names and reasons cannot break out of the HTML."""
    values = {
        number: ntm.Unknown(reason) if isinstance(value, ntm.Unknown) and reason.strip() else value
        for number, value in case.facts["values"].items()
    }
    decision = case.rules.evaluate(subject_of({**case.facts, "values": values}, name=name))
    for lang in LANGS:
        for format in FORMATS:
            text = decision.explain(lang, format, full=full)  # type: ignore[arg-type]
            assert text
            if format == "html":
                page = _WellFormed()
                page.feed(text)
                page.close()
                assert page.stack == []
                assert name in page.text or "\r" in name or "\x00" in name
            elif format == "text":
                assert name in text
    assert VERDICTS[decision.outcome] in decision.explain("vi").removeprefix(f"Xã {name}")
    assert decision.outcome.label.en.upper() in decision.explain("en")


@given(cases())
def test_a_full_explanation_names_every_node(case: Case) -> None:
    """``full`` goes through every criterion and indicator, with outcome, requirement and source of each."""
    decision = case.decide()
    for lang in LANGS:
        lines = decision.explain(lang, full=True).split("\n")  # type: ignore[arg-type]
        for node in decision:
            if node.id:
                [line] = [
                    line for line in lines if re.match(rf"\s*- {re.escape(node.id)} ", line) and node.outcome.label.say(lang) in line
                ][:1]  # type: ignore[arg-type]
                assert node.title.say(lang) in line  # type: ignore[arg-type]
                if node.face.kind == "indicator":
                    assert node.requirement(lang) in line  # type: ignore[arg-type]


@given(cases())
def test_a_short_explanation_names_what_stands_in_the_way(case: Case) -> None:
    """Without ``full``, what failed is named; what is unknown too, unless the whole is met all the same."""
    decision = case.decide()
    short = decision.explain("en")
    failed = [node for node in decision if _speaks(decision, node) and node.outcome == "not_met"]
    assert (f"Not met ({len(failed)})" in short) == bool(failed)
    assert all(f"- {node.id} {node.title.en}: not met" in short for node in failed[:12])


def _speaks(decision: ntm.Decision, node: ntm.Node) -> bool:
    """Whether the node carries an outcome of its own: below what was attested, or does not apply, nothing does."""
    above = decision[node.id.split(".")[0]] if node.id else None
    if node.face.kind == "criterion":
        return not node.parts or node.basis == "attested"
    return bool(node.id) and above is not None and above.basis != "attested" and above.outcome != "not_applicable"


@pytest.mark.parametrize(("lang", "format"), [("fr", "text"), ("vi", "pdf")])
def test_an_unknown_language_or_format_is_refused(lang: Any, format: Any) -> None:
    """Asking for French or PDF says what there is."""
    decision = ntm.load("commune-ntm/2021-2025").evaluate(subject_of({}))
    with pytest.raises(ValueError, match=r"vi, en|text, markdown, html"):
        decision.explain(lang, format)


def test_long_lists_are_cut_short() -> None:
    """A commune without data is not told all fifty-seven indicators at once."""
    decision = ntm.load("commune-ntm/2021-2025").evaluate(subject_of({}))
    for lang, words in (("vi", "nội dung khác"), ("en", "more")):
        text = decision.explain(lang)  # type: ignore[arg-type]
        assert words in text
        assert text.count("\n  - ") == 13
        assert f"Undetermined ({len([n for n in decision.indicators if n.outcome == 'undetermined'])})" in decision.explain("en")


def test_a_name_that_begins_with_its_kind_is_not_told_twice() -> None:
    """«Xã Mẫu Một» is no «Xã Xã Mẫu Một»; in English the kind still stands before it."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    for name, told in (("Xã Mẫu", "Xã Mẫu (M1)"), ("xã Mẫu", "xã Mẫu (M1)"), ("Mẫu", "Xã Mẫu (M1)"), ("Xã", "Xã Xã (M1)")):
        decision = rules.evaluate(ntm.Subject(id="M1", name=name, kind="commune"))
        assert decision.explain("vi").startswith(f"{told}: ")
        assert decision.explain("en").startswith(f"Commune {name} (M1): ")


def test_numbers_are_written_as_people_write_them() -> None:
    """Vietnamese reads 44,5 with a decimal comma, English 44.5; gap and requirement carry their unit."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    attributes = {"region": "tay-nguyen", "year": 2024, "area": "I"}
    decision = rules.evaluate(subject_of({"attributes": attributes, "values": {"10.1": "44.5"}}))
    assert "giá trị 44,5 triệu đồng/người/năm; yêu cầu từ 50 triệu đồng/người/năm trở lên; còn thiếu 5,5" in decision.explain("vi")
    assert "value 44.5 million VND/person/year; required at least 50 million VND/person/year; short by 5.5" in decision.explain("en")
    assert "ngày 30/06/2024" in decision.explain("vi")
    assert "on 2024-06-30" in decision.explain("en")


def test_markdown_cannot_be_broken_by_a_name() -> None:
    """A name with Markdown in it is shown as written."""
    rules = ntm.load("commune-ntm/2021-2025")
    text = rules.evaluate(subject_of({}, name="*Xã* [a](b) <i> `c`")).explain("vi", "markdown")
    assert "\\*Xã\\* \\[a\\](b) \\<i\\> \\`c\\`" in text


@given(cases())
def test_one_criterion_is_explained_alone_and_whole(case: Case) -> None:
    """Its verdict first, then it and all below it, in every language and format, and no other criterion."""
    decision = case.rules.evaluate(subject_of(case.facts))
    for node in decision.criteria:
        for lang in LANGS:
            lines = decision.explain(lang, of=node.id).splitlines()  # type: ignore[arg-type]
            assert lines[0].startswith(f"{node.id} {node.title.say(lang)}: ")  # type: ignore[arg-type]
            items = [line.strip().removeprefix("- ").split(" ")[0] for line in lines if line.lstrip().startswith("- ")]
            assert items == [one.id for one in node.walk()]
        page = _WellFormed()
        page.feed(decision.explain("vi", "html", of=node.id))
        page.close()
        assert page.stack == []


def test_a_criterion_tells_of_the_columns_that_it_reads_and_of_no_others() -> None:
    """Income is read by region and year; the health insurance of criterion 15 by neither."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    decision = rules.evaluate(
        ntm.Subject(id="A", kind="commune", attributes={"area": "III", "year": 2024}, values={"10.1": "45", "15.1": "95"})
    )
    income, health = decision.explain("en", of="10.1"), decision.explain("en", of="15.1")
    assert income.splitlines()[0] == "10.1 Income per head: MET"
    assert "column Northern midlands and mountains" in income
    assert "column" not in health
    open_ = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30)).evaluate(ntm.Subject(id="A", kind="commune"))
    assert "column not known; state" in open_.explain("en", of="10")


def test_a_scored_criterion_is_explained_alone() -> None:
    """Points of the most there are."""
    decision = ntm.load("ocop/2026").evaluate(ntm.Subject(id="P", kind="product", attributes={"product_set": 1}, values={"1.1": "3"}))
    lines = decision.explain("vi", of="1.1").splitlines()
    assert lines[0].startswith("1.1 ")
    assert any("3/3 điểm" in line for line in lines)


def test_a_number_that_is_not_in_the_set_is_told() -> None:
    """With the nearest that is."""
    decision = ntm.load("commune-ntm/2021-2025").evaluate(ntm.Subject(id="A", kind="commune"))
    with pytest.raises(ntm.NotFound, match=r"NTM-603"):
        decision.explain(of="20")


def test_another_province_than_the_one_asked_for_is_said() -> None:
    """Rules asked for in one province, a commune of another: the explanation names both; of the same province nothing is said."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")
    other, same = (rules.evaluate(subject_of({"attributes": {"province": one}})) for one in ("gia-lai", "kon-tum"))
    assert "khai thuộc tỉnh «gia-lai», nhưng bộ tiêu chí được lấy theo tỉnh «kon-tum»" in other.explain("vi")
    assert "states the province «gia-lai», but the set was asked for in «kon-tum»" in other.explain("en")
    assert "lấy theo tỉnh" not in same.explain("vi")
    assert "lấy theo tỉnh" not in rules.evaluate(subject_of({"attributes": {"province": ntm.Unknown("chưa rõ")}})).explain("vi")


def test_a_set_without_known_content_has_no_part_that_decides() -> None:
    """Nothing stands below it, and the set is no part of itself."""
    decision = ntm.load("commune-modern/2026-2030").evaluate(ntm.Subject(id="1", kind="commune"))
    assert list(leaves_of(decision.root)) == []
