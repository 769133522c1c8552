"""Who stated a figure and on what evidence: told in explanations, stored, verified; nothing is said where nothing was."""

from __future__ import annotations

import pytest

import ntm_rules as ntm

SET = "commune-ntm/2021-2025"


def decided(**said: object) -> ntm.Decision:
    """A commune of which the income was stated."""
    given = {"id": "x", "kind": "commune", "attributes": {"region": "tay-nguyen", "year": 2024, "area": "I"}}
    return ntm.load(SET).evaluate(ntm.Subject.read({**given, "values": {"10.1": {"value": "45", **said}, "17.1": "90"}}))


@pytest.mark.parametrize("full", [False, True])
def test_it_is_told_in_both_languages_and_every_form(full: bool) -> None:
    """Once, below a heading of its own, with markup as text."""
    decision = decided(year=2024, stated_by="Chi cục Thống kê", evidence="Báo cáo <12>")
    vi, en = (decision.explain(lang, full=full) for lang in ("vi", "en"))
    assert vi.count("10.1 Thu nhập bình quân đầu người: số liệu năm 2024; người báo: Chi cục Thống kê; căn cứ: Báo cáo <12>") == 1
    assert en.count("figure of 2024; stated by: Chi cục Thống kê; evidence: Báo cáo <12>") == 1
    assert "<h3>Số liệu do ai báo, theo giấy tờ nào</h3>" in decision.explain("vi", "html", full=full)
    assert "Báo cáo &lt;12&gt;" in decision.explain("vi", "html", full=full)
    assert r"Báo cáo \<12\>" in decision.explain("en", "markdown", full=full)


def test_it_stands_with_the_criterion_that_it_is_of() -> None:
    """The explanation of another criterion does not have it."""
    decision = decided(evidence="Báo cáo 12")
    assert "căn cứ: Báo cáo 12" in decision.explain(of="10")
    assert "căn cứ" not in decision.explain(of="17").partition("Số liệu do ai")[2]


@pytest.mark.parametrize("said", [{}, {"year": 2024}])
def test_nothing_is_told_where_nothing_was_said(said: dict[str, object]) -> None:
    """A year alone is no evidence; the stored decision has no key for what is not said."""
    decision = decided(**said)
    assert "Số liệu do ai báo" not in decision.explain(full=True)
    assert "stated_by" not in decision.to_json()
    assert "evidence" not in decision.to_json()


def test_it_is_stored_and_verified() -> None:
    """Read back it says the same, and evaluating again gives the same text; another paper is another decision."""
    decision = decided(stated_by="Chi cục", evidence="Báo cáo 12")
    again = ntm.Decision.from_json(decision.to_json())
    assert again == decision
    assert again.verify()
    assert again.explain() == decision.explain()
    assert decided(stated_by="Chi cục", evidence="Báo cáo 13").to_json() != decision.to_json()
