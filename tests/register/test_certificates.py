"""OCOP certificates: how long they run, when they are due, and what is open."""

from __future__ import annotations

from datetime import date

import pytest

import ntm_rules as ntm
from helpers_register import only
from ntm_rules.loading.catalogue import bundled
from ntm_rules.published.statistics import statistics
from ntm_rules.register.acts import Act
from ntm_rules.register.book import Register
from ntm_rules.register.check import check_register
from ntm_rules.register.review import review_register
from ntm_rules.register.tally import Category
from ntm_rules.register.validity import months_later, term_of


def certificate(day: date | None, stars: int = 3, **more: object) -> Act:
    """A certificate of some class."""
    return Act("recognition", "SP", "product", "Sản phẩm", f"ocop-{stars}", day=day, **more)  # type: ignore[arg-type]


def filed(day: date) -> Act:
    """A dossier to have the certificate assessed again."""
    return Act("filing", "SP", "product", status="ocop-3", day=day)


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


def test_under_the_scheme_of_2026_a_certificate_has_a_window_and_nothing_extends_it(catalogue: ntm.Catalogue) -> None:
    """Dossiers are filed from 180 to 120 days before the last day; after that day it is over, whatever was filed."""
    act = certificate(date(2026, 6, 1), edition="ocop/2026")
    term = term_of(act, date(2028, 1, 1), catalogue)
    assert (term.until, term.window) == (date(2029, 6, 1), (date(2028, 12, 3), date(2029, 2, 1)))
    assert term.extended is None
    for on, expected in (
        (date(2028, 12, 2), Category.KEEPS_STATUS),
        (date(2028, 12, 3), Category.DUE_FOR_REASSESSMENT),
        (date(2029, 6, 1), Category.DUE_FOR_REASSESSMENT),
        (date(2029, 6, 2), Category.EXPIRED),
    ):
        assert only(review_register(Register([act, filed(date(2029, 1, 5))]), on=on)).category is expected, on
    for on, late in ((date(2029, 2, 1), False), (date(2029, 2, 2), True)):
        reasons = only(review_register(Register([act]), on=on)).reasons
        assert any("đã quá kỳ" in reason.vi for reason in reasons) is late
    in_time = only(review_register(Register([act, filed(date(2029, 2, 1))]), on=date(2029, 2, 2)))
    assert not any("đã quá kỳ" in reason.vi for reason in in_time.reasons)


@pytest.mark.parametrize(
    ("issued", "extended"),
    [
        (date(2023, 5, 21), None),  # ended the day before the rule
        (date(2023, 5, 22), date(2026, 11, 18)),  # its last day is the first of the rule
        (date(2023, 9, 18), date(2027, 3, 17)),  # the window ended the day before the rule
        (date(2023, 9, 19), None),  # one day of its window was left
    ],
)
def test_a_certificate_whose_window_had_passed_before_the_rule_can_hold_on(
    catalogue: ntm.Catalogue, issued: date, extended: date | None
) -> None:
    """26/2026, Article 12: it holds until the result of the re-assessment, 180 days at most; only where the new window could not be met."""
    act = certificate(issued, edition="ocop/2023")
    term = term_of(act, date(2026, 6, 1), catalogue)
    assert term.extended == extended
    assert term_of(act, date(2026, 5, 21), catalogue).extended is None
    if extended is None or term.until is None:
        return
    after = date.fromordinal(term.until.toordinal() + 1)
    on_time = filed(term.until)
    for acts, complete, on, expected in (
        ([act, on_time], False, after, Category.DUE_FOR_REASSESSMENT),
        ([act, on_time], False, extended, Category.DUE_FOR_REASSESSMENT),
        ([act, on_time], False, date.fromordinal(extended.toordinal() + 1), Category.EXPIRED),
        ([act], False, after, Category.UNDETERMINED),
        ([act], True, after, Category.EXPIRED),
        ([act, filed(after)], True, after, Category.UNDETERMINED),
        ([act, filed(issued)], True, after, Category.EXPIRED),  # the dossier of the certificate itself
    ):
        assert only(review_register(Register(acts, complete=complete), on=on)).category is expected, (on, complete)
    running = only(review_register(Register([act]), on=max(term.until, date(2026, 5, 22))))
    assert running.category is Category.DUE_FOR_REASSESSMENT
    assert any(f"{extended}" in reason.en for reason in running.reasons)


def test_a_last_day_of_its_own_can_be_run_over_as_well() -> None:
    """A certificate whose decision states its last day holds on like the others where a dossier was filed in time, and counts."""
    act = certificate(date(2023, 7, 1), edition="ocop/2023", until=date(2026, 7, 1))
    for acts, expected, counted in (([act, filed(date(2026, 6, 1))], Category.DUE_FOR_REASSESSMENT, 1), ([act], Category.EXPIRED, 0)):
        register = Register(acts, complete=True)
        assert only(review_register(register, on=date(2026, 8, 1))).category is expected
        figures = {one.key: one.value for one in statistics(register, date(2026, 8, 1), catalogue=bundled())}
        assert (figures["ocop"], figures["ocop-3"]) == (counted, counted)
    assert only(review_register(Register([act]), on=date(2026, 7, 1))).category is Category.DUE_FOR_REASSESSMENT
    potential = Act("recognition", "K5", "product", status="ocop-potential-5", day=date(2023, 1, 1), until=date(2023, 6, 1))
    assert only(review_register(Register([potential]), on=date(2023, 12, 31))).category is Category.EXPIRED
    assert {one.low for one in statistics(Register([potential]), date(2023, 12, 31), catalogue=bundled())} == {0}


def test_a_product_stands_in_the_class_recognised_last() -> None:
    """A product raised to four stars no longer counts with three; while it waits for five it keeps its four."""
    three, four = certificate(date(2022, 6, 1), edition="ocop/2019"), certificate(date(2023, 6, 1), 4, edition="ocop/2023")
    waiting = Act("recognition", "SP", "product", status="ocop-potential-5", day=date(2023, 11, 1))
    assert only(review_register(Register([three, four]), on=date(2023, 5, 31))).status == "ocop-3"
    assert only(review_register(Register([three, four]), on=date(2023, 6, 1))).status == "ocop-4"
    both = review_register(Register([four, waiting]), on=date(2023, 12, 31))
    assert [one.status for one in both] == ["ocop-4", "ocop-potential-5"]
    lower = certificate(date(2024, 2, 1), 3, edition="ocop/2023")
    assert [one.status for one in review_register(Register([four, waiting, lower]), on=date(2024, 12, 31))] == ["ocop-3"]


def test_which_class_is_the_last_is_open_where_a_day_is_not_known() -> None:
    """Three stars of June 2022 and four stars at some time before 2024: on a day between, neither is settled."""
    three, four = certificate(date(2022, 6, 1), edition="ocop/2019"), certificate(None, 4, known_by=date(2023, 12, 31))
    register = Register([three, four])
    assert register.standing("SP", "ocop-3", date(2023, 1, 1)).holds is None
    assert register.standing("SP", "ocop-4", date(2023, 1, 1)).holds is None
    earlier = certificate(None, 4, known_by=date(2022, 1, 1))
    assert Register([three, earlier]).standing("SP", "ocop-3", date(2023, 1, 1)).holds is True
    assert Register([three, earlier]).standing("SP", "ocop-4", date(2023, 1, 1)).holds is False


def test_a_certificate_that_was_due_again_can_be_renewed(catalogue: ntm.Catalogue) -> None:
    """A new certificate of the same class after the first ended, or from its window on, is no overlap, and the new one counts."""
    first = certificate(date(2023, 8, 1), edition="ocop/2023")
    for day, overlaps in ((date(2026, 8, 2), False), (date(2026, 6, 10), False), (date(2025, 1, 5), True), (date(2023, 8, 1), True)):
        register = Register([first, certificate(day, edition="ocop/2026" if day.year == 2026 else "ocop/2023")])
        found = [finding.problem.code for finding in check_register(register, catalogue)]
        assert ("NTM-805" in found) is overlaps, day
        if not overlaps:
            assert only(review_register(register, on=date(2027, 1, 1))).act.day == day
    same = Register([certificate(date(2020, 1, 1)), certificate(date(2023, 1, 2))])  # no edition is named, and the first had ended
    assert check_register(same, catalogue) == ()


def test_weak_sources_do_not_settle_a_certificate_for_those_who_ask_for_official_ones() -> None:
    """With ``accept='official'`` the term, which was only seen in publications, decides nothing."""
    act = certificate(date(2023, 6, 1), edition="ocop/2023")
    assert only(review_register(Register([act]), on=date(2023, 12, 31), accept="official")).category is Category.UNDETERMINED
    own = certificate(date(2023, 6, 1), edition="ocop/2023", until=date(2024, 1, 1))
    assert only(review_register(Register([own]), on=date(2023, 12, 31), accept="official")).category is Category.KEEPS_STATUS


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
        best = rules.scores.best(1)
        top = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=best)
        worst = {node.id: str(node.face.least) for node in rules.evaluate(top).indicators}
        act = certificate(issued, stars=4, edition=edition)
        for points, category in ((best, Category.STILL_MEETS), (worst, expected)):
            subject = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=points)
            found = only(review_register(Register([act]), on=on, values={("SP", "ocop"): subject}))
            assert found.category is category, (edition, found.reasons)
