"""OCOP certificates: how long they run, when they are due, and what is open."""

from __future__ import annotations

from datetime import date

import pytest

import ntm_rules as ntm
from helpers_register import only
from ntm_rules.decide.score_set import ScoreSet
from ntm_rules.register.acts import Act
from ntm_rules.register.book import Register
from ntm_rules.register.review import review_register
from ntm_rules.register.tally import Category
from ntm_rules.register.validity import months_later, term_of


def certificate(day: date | None, stars: int = 3, **more: object) -> Act:
    """A certificate of some class."""
    return Act("recognition", "SP", "product", "Sản phẩm", f"ocop-{stars}", day=day, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 12, 20), 36, date(2023, 12, 20)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2021, 12, 31), 12, date(2022, 12, 31)),
    ],
)
def test_the_same_day_some_months_later(day: date, months: int, later: date) -> None:
    """A term of months ends on the corresponding day, or on the last of a shorter month."""
    assert months_later(day, months) == later


def test_a_certificate_of_2020_ran_out_three_years_later(catalogue: ntm.Catalogue) -> None:
    """Under the scheme of 2019 a certificate runs 36 months, and nothing extends it."""
    act = certificate(date(2020, 12, 20), edition="ocop/2019")
    assert term_of(act, date(2023, 1, 1), catalogue).until == date(2023, 12, 20)
    register = Register([act])
    assert only(review_register(register, on=date(2023, 12, 20))).category is not Category.EXPIRED
    found = only(review_register(register, on=date(2023, 12, 21)))
    assert found.category is Category.EXPIRED
    assert "20/12/2023" in found.reasons[0].vi


def test_a_certificate_under_an_edition_that_is_not_on_record_has_no_last_day(catalogue: ntm.Catalogue) -> None:
    """Nothing is borrowed from another edition, nor from before the scheme began."""
    assert term_of(certificate(date(2020, 12, 20), edition="ocop/1999"), date(2021, 1, 1), catalogue).until is None
    assert term_of(certificate(date(2010, 12, 20)), date(2011, 1, 1), catalogue).until is None


def test_under_the_scheme_of_2026_a_certificate_has_a_window_and_an_extension(catalogue: ntm.Catalogue) -> None:
    """Before its end there is a window to file; after it, a dossier filed in time extends it, and silence leaves it open."""
    act = certificate(date(2026, 6, 1), edition="ocop/2026")
    term = term_of(act, date(2028, 1, 1), catalogue)
    assert term.until is not None
    if term.window is None:
        pytest.skip("no window is on record")
    inside, after = term.window[0], date.fromordinal(term.until.toordinal() + 1)
    assert only(review_register(Register([act]), on=inside)).category is Category.DUE_FOR_REASSESSMENT
    assert only(review_register(Register([act]), on=date(2027, 1, 1))).category is Category.KEEPS_STATUS
    assert term.extended is not None
    filed = Act("filing", "SP", "product", status="ocop-3", day=inside)
    assert only(review_register(Register([act, filed]), on=after)).category is Category.DUE_FOR_REASSESSMENT
    assert only(review_register(Register([act]), on=after)).category is Category.UNDETERMINED
    assert only(review_register(Register([act], complete=True), on=after)).category is Category.EXPIRED
    gone = date.fromordinal(term.extended.toordinal() + 1)
    assert only(review_register(Register([act, filed]), on=gone)).category is Category.EXPIRED
    last = date.fromordinal(term.window[1].toordinal() + 1)
    if last <= term.until:
        late = only(review_register(Register([act]), on=last))
        assert late.category is Category.DUE_FOR_REASSESSMENT
        assert any("đã quá kỳ" in reason.vi for reason in late.reasons)


def test_a_certificate_without_a_day_is_open() -> None:
    """Without a day of issue nobody can say when it ends; with a last day of its own, that counts."""
    act = certificate(None, known_by=date(2021, 1, 1))
    assert only(review_register(Register([act]), on=date(2023, 1, 1))).category is Category.UNDETERMINED
    own = certificate(None, known_by=date(2021, 1, 1), until=date(2022, 6, 30))
    assert only(review_register(Register([own]), on=date(2023, 1, 1))).category is Category.EXPIRED


def test_a_potential_five_star_product_is_waiting_and_not_ranked() -> None:
    """A product with 90 points and more waits for the centre: no class is recognised yet."""
    act = Act("recognition", "K5", "product", "Rượu K5", "ocop-potential-5", known_by=date(2024, 6, 14))
    found = only(review_register(Register([act]), on=date(2024, 12, 31)))
    assert found.category is Category.UNDETERMINED
    assert "chờ" in found.reasons[0].vi


def test_points_that_no_longer_give_the_class_are_ground_only_where_a_text_says_so() -> None:
    """Under 26/2026 criteria no longer met are a ground for revoking a certificate; for the scheme of 2023 no text is on record."""
    for edition, issued, on, expected in (
        ("ocop/2026", date(2026, 6, 1), date(2026, 12, 1), Category.GROUND_FOR_REVOCATION),
        ("ocop/2023", date(2023, 6, 1), date(2024, 1, 1), Category.UNDETERMINED),
    ):
        rules = ntm.load(edition)
        assert isinstance(rules, ScoreSet)
        best = rules.best(1)
        top = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=best)
        worst = {node.id: str(node.face.least) for node in rules.evaluate(top).indicators}
        act = certificate(issued, stars=4, edition=edition)
        for points, category in ((best, Category.STILL_MEETS), (worst, expected)):
            subject = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=points)
            found = only(review_register(Register([act]), on=on, values={("SP", "ocop"): subject}))
            assert found.category is category, (edition, found.reasons)
