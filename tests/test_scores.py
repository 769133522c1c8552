"""Score sheets: totals, stars and marks against an oracle that tries every way to complete what is not scored."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ntm_rules as ntm
from strategies import ScoreCase, score_cases, scored_items

Points = dict[str, list[int]]


def levels(case: ScoreCase) -> dict[str, list[int]]:
    """The points that may be given for each criterion."""
    zero = [0] if case.document["score"]["readings"]["no_level"] == "zero" else []
    return {item["criterion"]: sorted({*zero, *(int(o["points"]) for o in item["options"])}) for item in scored_items(case.sheet)}


def choices(case: ScoreCase) -> list[list[str]]:
    """The criteria of each choice of cases."""
    headings = [given for part in case.sheet["parts"] for given in part["criteria"] if "one_case" in given]
    return [[item["criterion"] for item in heading["of"]] for heading in headings]


def completions(case: ScoreCase) -> list[Points]:
    """Every way the sheet can be completed: the points of each member for each criterion that counts."""
    allowed = levels(case)
    given = {key: value if isinstance(value, list) else [value] for key, value in case.values.items()}
    ways: list[list[tuple[str, ...]]] = [[(key,)] for key in allowed if not any(key in choice for choice in choices(case))]
    for choice in choices(case):
        scored = [key for key in choice if key in given]
        ways.append([(key,) for key in scored or choice])
    found = []
    for counted in itertools.product(*ways):
        keys = [key for group in counted for key in group]
        options = [itertools.product(*[[one] if one is not None else allowed[key] for one in given.get(key, [None])]) for key in keys]
        found += [dict(zip(keys, map(list, points), strict=True)) for points in itertools.product(*options)]
    return found


def mean(points: list[int]) -> Fraction:
    return Fraction(sum(points), len(points))


def marks_of(case: ScoreCase) -> list[tuple[str, int, int | None]]:
    return [
        (item["criterion"], int(star), int(least) if isinstance(least, str) else None)
        for item in scored_items(case.sheet)
        for star, least in item["marks"].items()
    ]


def stars_of(case: ScoreCase, points: Points, *, unsaid: bool) -> int:
    """The stars of a completed sheet; ``unsaid`` says how marks that name no level fall where that matters."""
    score = case.document["score"]
    total = sum(mean(given) for given in points.values())
    allowed = levels(case)

    def holds(key: str, least: int | None) -> bool:
        counted = Fraction(min(points[key])) if score["readings"]["marks_tested_on"] == "each_member" else mean(points[key])
        if least is not None:
            return counted >= least
        return counted >= allowed[key][-1] if not unsaid else counted > 0

    for star in score["stars"]:
        n = int(star["stars"])
        if total < int(star["from"]):
            continue
        cumulative = score["readings"]["marks"] == "cumulative"
        asked = [(key, least) for key, s, least in marks_of(case) if key in points and (s <= n if cumulative else s == n)]
        if all(holds(key, least) for key, least in asked):
            return n
    return 1


def small(case: ScoreCase) -> bool:
    return len(completions(case)) <= 3000


@given(score_cases())
def test_stars_possible_are_those_of_the_best_and_worst_completion(case: ScoreCase) -> None:
    """Whatever is not scored yet, the stars reported are exactly between the worst and the best that can still come out."""
    assume(small(case))
    ways = completions(case)
    reached = [stars_of(case, points, unsaid=unsaid) for points in ways for unsaid in (True, False)]
    decision = case.decide()
    assert decision.stars_possible == tuple(range(min(reached), max(reached) + 1))
    assert decision.stars == (reached[0] if len(set(reached)) == 1 else None)
    totals = [sum(mean(given) for given in points.values()) for points in ways]
    assert decision.score is not None
    low, high = decision.score.total_range
    assert abs(Fraction(low) - min(totals)) < Fraction(1, 10**20)
    assert abs(Fraction(high) - max(totals)) < Fraction(1, 10**20)
    expected = "met" if min(reached) >= 3 else "not_met" if max(reached) < 3 else "undetermined"
    assert decision.outcome == expected


@given(score_cases(full=True))
def test_total_and_parts_of_a_complete_sheet(case: ScoreCase) -> None:
    """A complete sheet has a total and parts, which add up to it, and stars unless a mark names no level."""
    decision = case.decide()
    total = sum(mean(value if isinstance(value, list) else [value]) for value in case.values.values())
    assert decision.total is not None
    assert abs(Fraction(decision.total) - total) < Fraction(1, 10**20)
    parts = [points for points in decision.parts.values() if points is not None]
    assert abs(sum(map(Fraction, parts)) - total) < Fraction(1, 10**20)
    assert len(parts) == len(case.sheet["parts"])
    if all(least is not None for _, _, least in marks_of(case)):
        assert decision.stars == stars_of(case, {k: v if isinstance(v, list) else [v] for k, v in case.values.items()}, unsaid=True)
        held = {(mark.criterion, mark.stars) for mark in decision.held_back_by}
        assert (decision.score.band if decision.score else None) != decision.stars or not held or "own_star" in str(case.document)


@given(score_cases(full=True), st.data())
def test_one_number_each_and_many_equal_members_agree(case: ScoreCase, data: st.DataObject) -> None:
    """The quick way for one number a criterion says the same as the long way for members who all gave that number."""
    single = {key: value[0] if isinstance(value, list) else value for key, value in case.values.items()}
    one = case.decide(single)
    many = case.decide({key: [value] * data.draw(st.just(2)) for key, value in single.items()})
    assert (one.stars, one.total, one.parts, one.outcome, one.standing) == (many.stars, many.total, many.parts, many.outcome, many.standing)
    assert [(node.id, node.outcome, node.gap) for node in one] == [(node.id, node.outcome, node.gap) for node in many]
    assert [(m.criterion, m.stars, m.gap) for m in one.held_back_by] == [(m.criterion, m.stars, m.gap) for m in many.held_back_by]


@given(score_cases(), st.data())
def test_scoring_more_never_turns_a_settled_node(case: ScoreCase, data: st.DataObject) -> None:
    """Law «information-monotone»: scoring what was open keeps every settled outcome and narrows the stars."""
    before = case.decide()
    allowed = levels(case)
    members = next((len(value) for value in case.values.values() if isinstance(value, list)), 0)
    filled = {
        key: [data.draw(st.sampled_from(allowed[key])) if one is None else one for one in value] if isinstance(value, list) else value
        for key, value in case.values.items()
    }
    beside = {key for choice in choices(case) if any(key in filled for key in choice) for key in choice}
    missing = [key for key in allowed if key not in filled and key not in beside]
    for key in data.draw(st.sets(st.sampled_from(missing))) if missing else ():
        if any(key in choice and any(other in filled for other in choice) for choice in choices(case)):
            continue
        level = st.sampled_from(allowed[key])
        filled[key] = data.draw(st.lists(level, min_size=members, max_size=members)) if members else data.draw(level)
    after = case.decide(filled)
    assert set(after.stars_possible) <= set(before.stars_possible)
    for node in before:
        if node.outcome in ("met", "not_met"):
            assert after[node.id].outcome == node.outcome, node.id


@given(score_cases())
def test_stored_and_verified(case: ScoreCase) -> None:
    """A scored decision stored as JSON is the same when read again: stars, points, marks, explanation, fixes."""
    decision = case.decide()
    again = ntm.Decision.from_json(decision.to_json())
    assert again.to_json() == decision.to_json()
    assert (again.stars, again.total, again.parts, again.held_back_by) == (
        decision.stars,
        decision.total,
        decision.parts,
        decision.held_back_by,
    )
    for lang in ("vi", "en"):
        assert again.explain(lang, full=True) == decision.explain(lang, full=True)  # type: ignore[arg-type]
    assert again.smallest_fixes() == decision.smallest_fixes()
    assert again.needed() == decision.needed()


@given(score_cases(full=True))
def test_smallest_fixes_reach_the_class_and_nothing_smaller_does(case: ScoreCase) -> None:
    """Raising the criteria named reaches the next recognised class; raising fewer, however much, does not."""
    single = {key: value[0] if isinstance(value, list) else value for key, value in case.values.items()}
    assume(all(least is not None for _, _, least in marks_of(case)))
    decision = case.decide(single)
    assert decision.stars is not None
    wanted = max(decision.stars + 1, 3)
    fixes = decision.smallest_fixes()
    best = {key: values[-1] for key, values in levels(case).items()}
    raised = {**single, **{fix.id: int(fix.required) for fix in fixes}}
    if fixes:
        assert (case.decide(raised).stars or 0) >= wanted
        assert all(fix.gap == Decimal(raised[fix.id] - single[fix.id]) > 0 for fix in fixes)
    size = len(fixes) if fixes else len(single) + 1
    for fewer in range(min(size, 3)):
        for chosen in itertools.combinations(single, fewer):
            assert (case.decide({**single, **{key: best[key] for key in chosen}}).stars or 0) < wanted or wanted > 5


@given(score_cases())
def test_needed_settles_the_stars(case: ScoreCase) -> None:
    """What is needed is exactly what is not scored while the stars are open; scoring all of it leaves only marks without a level."""
    decision = case.decide()
    needs = decision.needed()
    if decision.stars is not None:
        assert needs == ()
        return
    filled: dict[str, Any] = dict(case.values)
    allowed = levels(case)
    members = next((len(value) for value in case.values.values() if isinstance(value, list)), 0)
    for need in needs:
        if any(need.id in choice and any(other in filled and other != need.id for other in choice) for choice in choices(case)):
            continue
        filled[need.id] = [allowed[need.id][-1]] * members if members else allowed[need.id][-1]
    settled = case.decide(filled)
    assert settled.stars is not None or any(least is None for _, _, least in marks_of(case))
    assert settled.total is not None


def test_an_excluded_product_is_not_ranked() -> None:
    """A forged dossier: no stars, not met, and the reason says so; not knowing whether it is forged leaves it open."""
    rules = ntm.load("ocop/2026")
    values = rules.best(1)  # type: ignore[attr-defined]

    def decide(**attributes: Any) -> ntm.Decision:
        return rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1, **attributes}, values=values))

    assert decide().stars == 5
    assert decide(forged_dossier=False).stars == 5
    forged = decide(forged_dossier=True)
    assert (forged.stars, forged.stars_possible, forged.outcome, forged.standing) == (None, (), "not_met", "rejected")
    assert "Giả mạo hồ sơ" in forged.explain()
    assert forged.smallest_fixes() == ()
    assert forged.needed() == ()
    unclear = decide(forged_dossier=ntm.Unknown("đang xác minh"))
    assert (unclear.stars, unclear.outcome) == (None, "undetermined")
    assert [need.id for need in unclear.needed()] == ["forged_dossier"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"1.1": 7}, "NTM-413"),
        ({"1.1": True}, "NTM-413"),
        ({"1.1": "nhiều"}, "NTM-413"),
        ({"1.1": "2.5"}, "NTM-413"),
        ({"1.1": [1, 9]}, "NTM-413"),
        ({"1.1": 0}, "NTM-413"),
        ({"9.9": 1}, "NTM-401"),
        ({"1.1": [1, 2], "1.2": [1, 2, 1]}, "NTM-415"),
    ],
)
def test_points_that_are_no_level_are_refused(values: dict[str, Any], code: str) -> None:
    """Points that no level of the sheet gives, unknown numbers and uneven members are errors, not guesses."""
    rules = ntm.load("ocop/2026")
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values=values))
    assert {problem.code for problem in caught.value.problems} == {code}


@pytest.mark.parametrize("product_set", [0, 27, "x", 1.5])
def test_a_product_set_that_does_not_exist(product_set: Any) -> None:
    """A product set that is none has no sheet to score on; the error says which there are."""
    with pytest.raises(ntm.SubjectError, match="1–26"):
        ntm.load("ocop/2026").evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": product_set}))


@pytest.mark.parametrize("attributes", [{}, {"product_set": ntm.Unknown("chưa phân loại")}])
def test_a_product_set_that_is_not_known(attributes: dict[str, Any]) -> None:
    """Without a product set everything is still possible, and it is what is needed."""
    decision = ntm.load("ocop/2026").evaluate(ntm.Subject(id="p", kind="product", attributes=attributes, values={"1.1": 1}))
    assert (decision.outcome, decision.stars, decision.stars_possible, decision.total) == ("undetermined", None, (1, 2, 3, 4, 5), None)
    assert [(need.kind, need.id) for need in decision.needed()] == [("attribute", "product_set")]
    assert ntm.Decision.from_json(decision.to_json()).verify()
    assert "bộ sản phẩm" in decision.explain()


def test_two_cases_of_a_choice_are_refused() -> None:
    """The tourism sheet of 2023 scores one case of three criteria; scoring both is an error."""
    rules = ntm.load("ocop/2023")
    sheet = rules.sheet(26)  # type: ignore[attr-defined]
    choice = next(given for part in sheet.parts for given in part.criteria if given.one_case)
    values = {item.criterion: item.options[0].points for item in choice.of}
    with pytest.raises(ntm.SubjectError, match="NTM-416"):
        rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 26}, values=values))


def test_zero_points_by_another_reading() -> None:
    """Where no level of 0 is printed, 0 points are taken only if the call reads the sheet so; the decision says it and verifies."""
    rules = ntm.load("ocop/2026", readings={"no_level": "zero"})
    values = {**rules.best(1), "1.1": 0}  # type: ignore[attr-defined]
    decision = rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values=values))
    assert decision.total == 97
    assert "0 điểm" in decision.explain()
    assert ntm.Decision.from_json(decision.to_json()).verify()


@pytest.mark.parametrize(
    ("on", "filed", "kind", "edition"),
    [
        ("2026-06-15", None, None, "ocop/2026"),
        ("2026-06-15", "2026-05-22", "first", "ocop/2026"),
        ("2026-06-15", "2026-05-21", "first", "ocop/2023"),
        ("2026-07-21", "2026-05-21", "upgrade", "ocop/2023"),
        ("2026-06-21", "2026-05-21", "re-assessment", "ocop/2023"),
        ("2026-05-21", "2026-05-01", "first", "ocop/2023"),
        ("2023-02-23", None, None, "ocop/2019"),
        ("2023-02-24", None, None, "ocop/2023"),
    ],
)
def test_which_edition_decides_a_dossier(on: str, filed: str | None, kind: str | None, edition: str) -> None:
    """Dossiers filed before QĐ 26/2026 stay under the older rules for 60 days, re-assessments for 30, as those stood at their end."""
    rules = ntm.applicable("ocop", on=date.fromisoformat(on), filed=filed and date.fromisoformat(filed), round=kind)
    assert rules.id == edition
    if edition == "ocop/2023" and on > "2026-05-21":
        assert (rules.on, "1489/QĐ-TTg" in rules.identity.instruments) == (date(2026, 5, 21), True)


def test_a_transition_that_is_over_or_not_said() -> None:
    """After the transition the text does not say what follows; and it must be known which kind of assessment it is."""
    with pytest.raises(ntm.NotInForce, match="NTM-312"):
        ntm.applicable("ocop", on=date(2026, 6, 22), filed=date(2026, 5, 1), round="re-assessment")
    with pytest.raises(ValueError, match="upgrade"):
        ntm.applicable("ocop", on=date(2026, 6, 15), filed=date(2026, 5, 1))
    with pytest.raises(ValueError, match="third"):
        ntm.applicable("ocop", on=date(2026, 6, 15), round="third")


def test_readings_that_do_not_exist() -> None:
    """A reading is one that the edition leaves open; others are refused."""
    with pytest.raises(ValueError, match="marks_tested_on"):
        ntm.load("ocop/2026", readings={"mark": "own_star"})
    with pytest.raises(ValueError, match="own_star"):
        ntm.load("ocop/2026", readings={"marks": "never"})
    with pytest.raises(ValueError, match="commune-ntm"):
        ntm.load("commune-ntm/2021-2025", readings={"marks": "own_star"})
