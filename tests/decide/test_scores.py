"""Score sheets: totals, stars and marks against an oracle that tries every way to complete what is not scored."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.decide.engine.scores.extras import classes_text
from strategies import ScoreCase, read_scored, score_cases, scored_items

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
    members = max((len(value) for value in given.values()), default=1)
    found = []
    for counted in itertools.product(*ways):
        keys = [key for group in counted for key in group]
        options = [
            itertools.product(*[[one] if one is not None else allowed[key] for one in given.get(key, [None] * members)]) for key in keys
        ]
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


def stars_of(case: ScoreCase, points: Points, unsaid: frozenset[tuple[str, int]]) -> int:
    """The stars of a completed sheet; ``unsaid`` are the marks that name no level and are met by any points above 0."""
    score = case.document["score"]
    total = sum(mean(given) for given in points.values())
    allowed = levels(case)

    def holds(key: str, star: int, least: int | None) -> bool:
        counted = Fraction(min(points[key])) if score["readings"]["marks_tested_on"] == "each_member" else mean(points[key])
        if least is not None:
            return counted >= least
        return counted > 0 if (key, star) in unsaid else 0 < counted >= allowed[key][-1]

    for star in score["stars"]:
        n = int(star["stars"])
        if total < int(star["from"]):
            continue
        cumulative = score["readings"]["marks"] == "cumulative"
        asked = [(key, s, least) for key, s, least in marks_of(case) if key in points and (s <= n if cumulative else s == n)]
        if all(holds(*mark) for mark in asked):
            return n
    return 1


def many(case: ScoreCase) -> int:
    """How many ways of completion there are, without listing them."""
    allowed = levels(case)
    given = {key: value if isinstance(value, list) else [value] for key, value in case.values.items()}
    members = max((len(value) for value in given.values()), default=1)
    return math.prod(len(allowed[key]) ** given.get(key, [None] * members).count(None) for key in allowed)


def open_marks(case: ScoreCase) -> list[frozenset[tuple[str, int]]]:
    """Every way the marks that name no level can fall."""
    unsaid = [(key, star) for key, star, least in marks_of(case) if least is None]
    return [frozenset(some) for n in range(len(unsaid) + 1) for some in itertools.combinations(unsaid, n)]


@given(score_cases())
def test_stars_possible_are_exactly_the_classes_that_can_come_out(case: ScoreCase) -> None:
    """Whatever is not scored yet, the classes reported are those of some completion of the sheet, and no other: tried against every one."""
    assume(many(case) * len(open_marks(case)) <= 4000)
    ways = completions(case)
    reached = {stars_of(case, points, unsaid) for points in ways for unsaid in open_marks(case)}
    decision = case.decide()
    assert decision.stars_possible == tuple(sorted(reached))
    assert decision.stars == (min(reached) if len(reached) == 1 else None)
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
        assert decision.stars == stars_of(case, {k: v if isinstance(v, list) else [v] for k, v in case.values.items()}, frozenset())
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
def test_a_settled_node_stands_in_every_completion(case: ScoreCase) -> None:
    """A criterion that is met or not met is so whichever class the total comes to, also where each class asks for its own marks alone."""
    assume(many(case) <= 60)
    before = case.decide()
    settled = [node for node in before if node.outcome in ("met", "not_met") and node.id]
    for points in completions(case) if settled else ():
        after = case.decide(points)
        assert [after[node.id].outcome for node in settled] == [node.outcome for node in settled]


def _small_set(
    asked: dict[str, Any], first: tuple[str, ...] = ("2", "4"), starts: tuple[str, ...] = ("10", "5", "1", "1", "0"), **readings: str
) -> ntm.RuleSet:
    """Two criteria, the first of 2 or 4 points with marks, the second of 0 or 6: three stars from 1 point, four from 5, five from 10."""
    level = {"vi": "mức", "en": "level"}

    def criterion(number: str, *points: str, **more: Any) -> dict[str, Any]:
        options = [{"points": one, **level} for one in points]
        return {"criterion": number, "title": level, "points": points[-1], "options": options, **more}

    parts = [{"part": "A", "points": "10", "criteria": [criterion("1", *first, marks=asked), criterion("2", "0", "6")]}]
    sheet = {"sheet": "1", "title": level, "source": {"level": "recalled"}, "parts": parts}
    stars = [{"stars": str(5 - i), "from": start} for i, start in enumerate(starts)]
    score = {
        "parts": {"A": {"title": level, "points": "10"}},
        "stars": stars,
        "certified_from": "3",
        "readings": {"marks": "cumulative", "marks_tested_on": "mean", "no_level": "refused", **readings},
        "source": {"level": "recalled"},
    }
    head = {"ruleset": "score/2024", "version": "1.0.0", "title": level, "subject": "product", "instrument": "1/QĐ-TTg"}
    return read_scored({**head, "in_force": {"from": "2024-01-01"}, "score": score}, sheet)


def _first(rules: ntm.RuleSet, **values: int) -> ntm.Node:
    given = {number.removeprefix("c"): points for number, points in values.items()}
    return rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": 1}, values=given))["1"]


def test_each_class_asks_for_its_own_marks_while_several_can_come_out() -> None:
    """By own stars, 2 points under the mark of three stars fail while three stars are at stake, not once four are, which ask nothing."""
    rules = _small_set({"3": "4"}, marks="own_star")
    assert [_first(rules, c1=2, c2=0).outcome, _first(rules, c1=2, c2=6).outcome] == ["not_met", "met"]
    open_ = _first(rules, c1=2)
    assert (open_.outcome, open_.reason) == ("undetermined", "còn tùy hạng sao theo tổng điểm")
    assert _first(rules, c1=4).outcome == "met"
    assert _first(_small_set({"3": "4"}), c1=2).outcome == "not_met"  # cumulative: four stars ask for it too


def test_no_mark_stands_beside_0_points() -> None:
    """0 points hold no mark, also one whose level the sheet does not say; while its class is open, so is the criterion."""
    unsaid = {"missing": {"vi": "không nói", "en": "not said"}}
    rules = _small_set({"4": unsaid}, no_level="zero")
    assert [_first(rules, c1=0, c2=0).outcome, _first(rules, c1=0, c2=6).outcome] == ["met", "not_met"]
    open_ = _first(rules, c1=0)
    assert (open_.outcome, open_.reason) == ("undetermined", "còn tùy hạng sao theo tổng điểm")
    assert _first(rules, c1=2, c2=6).reason == "phiếu không nói dấu sao ứng với mức nào"


def test_a_class_that_no_total_comes_to_asks_for_nothing() -> None:
    """With 6 points of the second criterion open, 2 or 8 points in all: a class from 3 to 7, or one from where a higher starts, is none."""
    for starts in (("8", "3", "1", "1", "0"), ("3", "3", "1", "1", "0")):
        rules = _small_set({"4": "4"}, starts=starts, marks="own_star")
        assert (_first(rules, c1=2).outcome, _first(rules, c1=2, c2=6).outcome) == ("met", "met")
    assert _first(_small_set({"4": "4"}, starts=("9", "3", "1", "1", "0"), marks="own_star"), c1=2).outcome == "undetermined"


def test_who_has_not_scored_leaves_the_total_open() -> None:
    """Be it that only one level is left to give: the total and the points of the part wait for the member; the class does not."""
    rules = _small_set({}, first=("4",))

    def decided(*points: Any) -> ntm.Decision:
        values = {"1": list(points), "2": [6, 6]}
        return rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": 1}, values=values))

    whole, open_ = decided(4, 4), decided(4, ntm.Unknown("vắng"))
    assert (whole.total, whole.parts, whole.stars) == (10, {"A": 10}, 5)
    assert (open_.total, open_.parts, open_.stars) == (None, {"A": None}, 5)
    assert open_["1"].reason == "chưa chấm"
    assert "Tổng 10 điểm (A –), chưa chấm đủ." in open_.explain()
    assert "10 points (A –), not all scored." in open_.explain("en")


@pytest.mark.parametrize(
    ("possible", "text"), [((), "–"), ((4,), "4"), ((3, 4, 5), "3–5"), ((3, 5), "3, 5"), ((1, 3, 4), "1, 3–4"), ((1, 2, 4, 5), "1–2, 4–5")]
)
def test_classes_that_cannot_come_out_are_not_named(possible: tuple[int, ...], text: str) -> None:
    """Only classes next to each other are written from the least to the greatest."""
    assert classes_text(possible) == text


def test_numbers_do_not_depend_on_the_decimal_context_of_the_caller() -> None:
    """A caller who computes with two digits, and forbids rounding, is told the same."""
    values = {"1": [2, 4, 4], "2": [0, 6, ntm.Unknown("vắng")]}
    rules = _small_set({"4": "4"})

    def told(**given: Any) -> list[Any]:
        decision = rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": 1}, values={**values, **given}))
        return [decision.to_json(), decision.explain(full=True), decision.needed(), decision.smallest_fixes(), str(decision.total)]

    for more in ({}, {"2": [0, 6, 0]}):
        before = told(**more)
        with localcontext(Context(prec=2, traps=[Inexact, Rounded])):
            assert told(**more) == before


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
def test_smallest_fixes_are_exact_over_members_and_open_points(case: ScoreCase) -> None:
    """Means are summed exactly, open points count at their least, one case of an open choice is raised: no smaller set suffices."""
    assume(all(least is not None for _, _, least in marks_of(case)))
    decision = case.decide()
    members = max((len(value) for value in case.values.values() if isinstance(value, list)), default=0)
    wanted = max(decision.stars_possible[0] + 1, 3)
    beside = {key for choice in choices(case) for key in choice if key not in case.values and any(one in case.values for one in choice)}

    def reached(raised: dict[str, int]) -> int:
        values = {key: [points] * members if members else points for key, points in raised.items()}
        return case.decide({**case.values, **values}).stars_possible[0]

    fixes = decision.smallest_fixes()
    assert not fixes or reached({fix.id: int(fix.required) for fix in fixes}) >= wanted
    best = {key: values[-1] for key, values in levels(case).items() if key not in beside}
    for fewer in range(min(len(fixes) if fixes else len(best) + 1, 3)):
        for chosen in itertools.combinations(best, fewer):
            if all(len(set(choice) & {*chosen, *case.values}) < 2 for choice in choices(case)):
                assert reached({key: best[key] for key in chosen}) < wanted or wanted > 5


def test_while_no_case_of_a_choice_is_scored_the_least_of_them_counts() -> None:
    """At 89 points, 1 of them for an open choice of cases, one point is lacking: the criterion with the most room is named."""
    rules = ntm.load("ocop/2023")
    best = rules.scores.best(26)
    values = {key: points for key, points in best.items() if key not in ("8.1", "8.2")} | {"1.2": "2", "2.1": "1", "9.1": "1"}
    decision = rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": "26"}, values=values))
    assert decision.score is not None
    assert decision.score.total_range == (89, 91)
    assert [(fix.id, fix.required, fix.gap) for fix in decision.smallest_fixes(stars=5)] == [("1.2", 6, 4)]


AT_THE_BAND = {
    "1.1": "312", "1.2": "120", "1.4": "122", "1.7": "100", "3.1": "312", "4.2": "023", "4.3": "200", "5.2": "110", "6.3": "011",
    "6.4": "031", "7": "101", "11": "112",
}  # fmt: skip


def test_the_least_set_may_land_exactly_on_the_band() -> None:
    """Three members whose thirds add up to 81: raising 4.3, 6.3 and 7 makes exactly 90, five stars, and no fourth is named."""
    rules = ntm.load("ocop/2026")
    values: dict[str, Any] = {key: [points] * 3 for key, points in rules.scores.best(1).items()}
    values |= {key: list(points) for key, points in AT_THE_BAND.items()}
    product = ntm.Subject(id="1", kind="product", attributes={"product_set": "1"}, values=values)
    decision = rules.evaluate(product)
    assert decision.total == 81
    fixes = decision.smallest_fixes(stars=5)
    assert [fix.id for fix in fixes] == ["4.3", "6.3", "7"]
    raised = values | {fix.id: [str(fix.required)] * 3 for fix in fixes}
    after = rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": "1"}, values=raised))
    assert (after.total, after.stars) == (90, 5)


def test_a_class_between_two_that_cannot_come_out_is_not_named() -> None:
    """Where the sheet does not say which star 1 point of 3.6 reaches, three and five stars can come out and four cannot."""
    rules = ntm.load("ocop/2023")
    values = {**rules.scores.best(1), "3.6": "1"}
    decision = rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": "1"}, values=values))
    assert (decision.stars, decision.stars_possible) == (None, (3, 5))
    assert "CHƯA XÁC ĐỊNH (3 hoặc 5 sao)" in decision.explain()
    assert "UNDETERMINED (3 or 5 stars)" in decision.explain("en")
    assert next(extra.text(decision, "vi") for extra in rules.method.extras if extra.name == "stars") == "3, 5"


def printed(given: Any) -> list[tuple[str, list[int]]]:
    """The criteria of a printed sheet that are scored in any case, with their levels."""
    if given.one_case:
        return []
    below = [pair for one in given.of for pair in printed(one)]
    return below or [(given.criterion, sorted({option.points for option in given.options}))]


@pytest.mark.parametrize("family", ["ocop/2019", "ocop/2023", "ocop/2026"])
@pytest.mark.parametrize("marks", ["cumulative", "own_star"])
@given(data=st.data())
@settings(max_examples=15)
def test_classes_possible_on_a_shipped_sheet_are_those_that_scoring_it_gives(family: str, marks: str, data: st.DataObject) -> None:
    """With some criteria of a printed sheet open, the classes named are exactly those that scoring them in every way gives."""
    rules = ntm.load(family, readings={"marks": marks})
    number = data.draw(st.sampled_from(rules.scores.product_sets))
    levels_of = dict(pair for part in rules.scores.sheet(number).parts for one in part.criteria for pair in printed(one))
    assume(levels_of)
    open_ = data.draw(st.lists(st.sampled_from(sorted(levels_of)), min_size=1, max_size=3, unique=True))
    best = rules.scores.best(number)
    points = {
        key: str(data.draw(st.sampled_from(levels_of[key][-2:]))) if key in levels_of else best[key] for key in best if key not in open_
    }

    def possible(values: dict[str, Any]) -> tuple[int, ...]:
        return rules.evaluate(ntm.Subject(id="1", kind="product", attributes={"product_set": number}, values=values)).stars_possible

    ways = itertools.product(*[levels_of[key] for key in open_])
    reached = {stars for way in ways for stars in possible({**points, **dict(zip(open_, map(str, way), strict=True))})}
    assert possible(points) == tuple(sorted(reached))


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
    values = rules.scores.best(1)

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
    sheet = rules.scores.sheet(26)
    choice = next(given for part in sheet.parts for given in part.criteria if given.one_case)
    values = {item.criterion: item.options[0].points for item in choice.of}
    with pytest.raises(ntm.SubjectError, match="NTM-416"):
        rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 26}, values=values))
    for criterion in (one for part in sheet.parts for one in part.criteria):
        values |= {item.criterion: item.options[0].points for item in criterion.of or (criterion,)}
    with pytest.raises(ntm.SubjectError, match="NTM-416"):  # also where nothing else is left open
        rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 26}, values=values))


def test_zero_points_by_another_reading() -> None:
    """Where no level of 0 is printed, 0 points are taken only if the call reads the sheet so; the decision says it and verifies."""
    rules = ntm.load("ocop/2026", readings={"no_level": "zero"})
    values = {**rules.scores.best(1), "1.1": 0}
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


K5 = {"product_set": 15}


def product(values: dict[str, Any], kind: str = "product", **attributes: Any) -> ntm.Subject:
    return ntm.Subject(id="p", kind=kind, attributes={**K5, **attributes}, values=values)


def test_who_may_grant_which_star_on_which_day() -> None:
    """Three stars are the district's up to 2025-07-05 and the province's from the day after; five are the centre's; one is nobody's."""
    values = ntm.load("ocop/2023").scores.best(15)
    three = {**values, "2.1": 1}
    for day, authority in ((date(2025, 7, 5), "district"), (date(2025, 7, 6), "province")):
        rules = ntm.load("ocop/2023", on=day)
        assert (rules.evaluate(product(three)).stars, rules.evaluate(product(three)).granted_by) == (3, authority)
        assert rules.evaluate(product(values)).granted_by == "centre"
    low = lowest(ntm.load("ocop/2023"))
    decision = ntm.load("ocop/2023").evaluate(product(low))
    assert (decision.stars, decision.granted_by, decision.outcome) == (1, None, "not_met")
    commune = ntm.load("commune-ntm/2021-2025").evaluate(ntm.Subject(id="c", kind="commune"))
    assert (commune.granted_by, commune.stars, commune.parts, commune.held_back_by, commune.standing) == (None, None, {}, (), None)


def options_of(name: str, product_set: int) -> dict[str, Any]:
    sheet = ntm.load(name).scores.sheet(product_set)
    found = [given for part in sheet.parts for given in part.criteria]
    return {item.criterion: item.options for given in found for item in (given.of or (given,))}


@pytest.mark.parametrize(
    ("but", "stars", "standing"),
    [
        ({}, 5, "potential-5-star"),
        ({"2.2": "1"}, 2, None),
        ({"6.2": "2"}, 3, None),
        ({"6.2": None}, None, None),
        ({"3.2": None}, 5, "potential-5-star"),
    ],
)
def test_potential_five_star_waits_for_nothing_but_the_centre(but: dict[str, str | None], stars: int | None, standing: str | None) -> None:
    """Points of 90 and more with every mark of five stars; never a product that a mark holds back, nor one whose class is open."""
    rules = ntm.load("ocop/2026", on=date(2026, 6, 30))
    values = {number: points for number, points in {**rules.scores.best(1), **but}.items() if points is not None}
    for scored in (values, {number: [points, points] for number, points in values.items()}):
        decision = rules.evaluate(product(scored, council_level="province", product_set=1))
        assert decision.score is not None
        assert decision.score.total_range[1] >= 90
        assert (decision.stars, decision.standing) == (stars, standing)


def test_a_district_council_passes_high_scores_on() -> None:
    """From 70 points a district council of 2024 sends the dossier to the province; a provincial one keeps it, from 90 for the centre."""
    rules = ntm.load("ocop/2023", on=date(2024, 6, 15))
    values = rules.scores.best(15)
    at = {level: rules.evaluate(product(values, council_level=level)).standing for level in ("district", "province", "centre")}
    assert at == {"district": "to-province", "province": "potential-5-star", "centre": None}
    assert "chuyển hồ sơ lên tỉnh" in rules.evaluate(product(values, council_level="district")).explain()
    assert "trung ương công nhận" in rules.evaluate(product(values, council_level="centre")).explain()
    with pytest.raises(ntm.SubjectError, match="NTM-406"):
        rules.evaluate(product(values, council_level="xã"))


def test_a_sheet_that_is_missing_leaves_everything_open() -> None:
    """The rice sheet of 2019 was not found: no total, no stars, and the reason says why; nothing is guessed from other sheets."""
    decision = ntm.load("ocop/2019").evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 3}))
    assert (decision.outcome, decision.stars, decision.total) == ("undetermined", None, None)
    assert decision.stars_possible == (1, 2, 3, 4, 5)
    assert "Chưa có phiếu" in decision.explain()
    assert "từ 0 đến 100 điểm" in decision.explain()


def test_weak_sheets_can_be_refused() -> None:
    """With ``accept="official"`` a sheet that is only published decides nothing."""
    rules = ntm.load("ocop/2026")
    values = rules.scores.best(15)
    assert rules.evaluate(product(values), accept="published").stars == 5
    refused = rules.evaluate(product(values), accept="official")
    assert (refused.stars, refused.outcome, refused.total) == (None, "undetermined", None)
    assert "yếu hơn mức chấp nhận" in refused.explain("vi")
    assert {node.outcome for node in refused} == {"undetermined"}
    assert {(node.required, node.reason) for node in refused.indicators} == {(None, refused.reason)}
    assert [str(node.observed) for node in refused.indicators] == [values[node.id] for node in refused.indicators]
    first = next(iter(values))
    [one] = rules.evaluate(product({**values, first: ntm.Unknown("chưa chấm")}), accept="official").needed()
    assert (one.id, one.settles) == (first, ())  # no points settle anything, while the sheet may not decide
    assert rules.outcome(product(values)) == "met"


def test_a_score_set_refuses_what_is_no_product() -> None:
    """A commune has no score sheet; a product has no attestations; both are told, together with what else is wrong."""
    rules = ntm.load("ocop/2026")
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(id="c", kind="commune", attributes={"product_set": 99}))
    assert [problem.code for problem in caught.value.problems] == ["NTM-408", "NTM-414"]
    with pytest.raises(ntm.SubjectError, match="NTM-407"):
        rules.evaluate(ntm.Subject(id="p", kind="product", attributes=K5, attested={"1.1": True}))
    with pytest.raises(ntm.SubjectError, match="1–26"):
        rules.scores.sheet(99)


def test_many_combinations_of_attributes_are_not_kept_for_ever() -> None:
    """A million products with attributes of their own do not fill the memory."""
    rules = ntm.load("ocop/2026")
    for i in range(2100):
        rules.evaluate(product({}, council_members=i + 1))
    assert len(rules.scores._known) <= 2050


def test_the_criteria_of_a_council_say_what_they_ask() -> None:
    """A scored criterion says the most there is, or the least its marks ask for; a heading and the whole say they are scored."""
    rules = ntm.load("ocop/2026")
    decision = rules.evaluate(product({**rules.scores.best(15), "4.1": 3}))
    asked = {number: decision[number].requirement("en") for number in ("4.1", "1.2", "1")}
    assert asked["4.1"] == "at least 5 points"
    assert asked["1.2"] == "at most 3 points"
    assert "star marks" in asked["1"]
    assert decision["1.2"].requirement("vi") == "tối đa 3 điểm"
    assert "star marks" in decision.root.requirement("en")
    full = decision.explain("en", full=True)
    assert "5★ ≥ 5" in full
    assert "3/5 points" in full


def test_members_within_and_beyond_the_rule_of_a_council() -> None:
    """Tây Ninh's members may differ by 10 points; at 11 they must score again; unscored or too few members leave it open."""
    rules = ntm.load("ocop/2019", province="tay-ninh")
    best = rules.scores.best(1)
    sheet = options_of("ocop/2019", 1)

    def worse(by: int) -> dict[str, int]:
        points = {key: int(value) for key, value in best.items()}
        for key, options in sheet.items():
            lower = [o.points for o in options if points[key] - by <= o.points < points[key]]
            if lower:
                by -= points[key] - min(lower)
                points[key] = min(lower)
        assert by == 0
        return points

    def decide(*members: dict[str, Any], **attributes: Any) -> ntm.Decision:
        values = {key: [int(member[key]) if member[key] is not None else None for member in members] for key in best}
        given_facts = {"product_set": 1, **attributes}
        return rules.evaluate(ntm.Subject(id="p", kind="product", attributes=given_facts, values=values))

    assert decide(best, best, worse(10), council_members=4).stars is not None
    apart = decide(best, best, worse(11), council_members=4)
    assert (apart.stars, apart.outcome) == (None, "undetermined")
    assert "chấm lại" in apart.explain("vi")
    few = decide(best, best, council_members=4)
    assert (few.stars, few.outcome) == (None, "undetermined")
    unknown = decide(best, best)
    assert [need.id for need in unknown.needed()] == ["council_members"]
    some = decide(best, best, {**best, next(iter(best)): None}, council_members=4)
    assert (some.stars, some.outcome) == (None, "undetermined")
    single = rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values=best))
    assert single.stars is not None  # one assessor's sheet is no council


def test_each_members_points_may_be_what_marks_are_tested_on() -> None:
    """Read so, one member below a mark holds the product back although the mean reaches it."""
    values = {key: [int(value)] * 3 for key, value in ntm.load("ocop/2026").scores.best(15).items()}
    values["7"] = [5, 5, 3]
    means = ntm.load("ocop/2026").evaluate(product(values))
    each = ntm.load("ocop/2026", readings={"marks_tested_on": "each_member"}).evaluate(product(values))
    marked = dict(means["7"].face.marks)
    assert marked.get(5) == 5
    assert means.stars == 4  # the mean 4.33 misses the mark of 5 points as well
    assert each.stars == 4
    values["7"] = [5, 3, 3]
    least = ntm.load("ocop/2026", readings={"marks_tested_on": "each_member"}).evaluate(product(values))
    assert least.stars == 4
    assert "từng thành viên" in least.explain()
    assert least.ruleset.readings == (("marks_tested_on", "each_member"),)
    assert ntm.Decision.from_json(least.to_json()).verify()


def test_an_excluded_product_needs_nothing_and_says_why() -> None:
    """Exclusions come before points: the short explanation names them in both languages."""
    rules = ntm.load("ocop/2026")
    decision = rules.evaluate(product(rules.scores.best(15), forged_dossier=True))
    assert "KHÔNG ĐƯỢC XẾP HẠNG" in decision.explain("vi")
    assert "NOT RANKED" in decision.explain("en")
    open_one = rules.evaluate(product({"1.1": 1}, forged_dossier=ntm.Unknown("đang xác minh")))
    assert "UNDETERMINED (1 to 5 stars)" in open_one.explain("en")
    assert "CHƯA XÁC ĐỊNH (từ 1 đến 5 sao)" in open_one.explain("vi")
    settled = rules.evaluate(product(rules.scores.best(15), forged_dossier=ntm.Unknown("đang xác minh")))
    assert "UNDETERMINED (5 stars on the sheet)" in settled.explain("en")
    assert "CHƯA XÁC ĐỊNH (5 sao theo phiếu)" in settled.explain("vi")
    failed = rules.evaluate(product(dict.fromkeys((), "1") | dict(lowest(rules)), forged_dossier=ntm.Unknown("?")))
    assert failed.outcome == "not_met"


def lowest(rules: ntm.RuleSet) -> dict[str, int]:
    return {key: min(o.points for o in options) for key, options in options_of(rules.id, 15).items()}


def test_a_long_list_of_what_is_not_scored_is_cut() -> None:
    """The short explanation names a dozen unscored criteria and says how many more there are."""
    for lang, words in (("vi", "nội dung khác"), ("en", "more")):
        text = ntm.load("ocop/2026").evaluate(product({})).explain(lang)  # type: ignore[arg-type]
        assert words in text.splitlines()[-1]
        assert len(text.splitlines()) < 25


def test_the_readings_chosen_are_said() -> None:
    """Every reading that differs from the default is said in words."""
    readings = {"marks": "own_star", "marks_tested_on": "each_member", "no_level": "zero"}
    text = ntm.load("ocop/2026", readings=readings).evaluate(product({})).explain("en")
    assert text.count("Reading chosen") == 3


def totalling(name: str, product_set: int, total: int) -> dict[str, Any]:
    """Points of each criterion that come to a total: those of the highest levels, lowered where they must be."""
    ways: dict[int, dict[str, Any]] = {0: {}}
    for number, options in options_of(name, product_set).items():
        points = sorted({int(option.points) for option in options}, reverse=True)
        ways = {sum_ + one: {**chosen, number: one} for sum_, chosen in sorted(ways.items()) for one in points}
    return ways[total]


@pytest.mark.parametrize(("total", "standing"), [(69, None), (70, "to-province"), (71, "to-province")])
def test_the_district_passes_on_from_70_points_and_not_before(total: int, standing: str | None) -> None:
    """The bound itself is passed on."""
    decision = ntm.load("ocop/2023", on=date(2024, 6, 15)).evaluate(product(totalling("ocop/2023", 15, total), council_level="district"))
    assert decision.total == total
    assert decision.standing == standing


def test_a_mark_says_how_many_points_it_lacks() -> None:
    """What it asks for less what was given; nothing where either is not known."""
    rules = ntm.load("ocop/2026", on=date(2026, 6, 30))
    decision = rules.evaluate(product({**rules.scores.best(1), "6.2": 2}, product_set=1))
    marks = [(mark.criterion, mark.stars, mark.required, mark.observed, mark.gap) for mark in decision.held_back_by]
    assert marks
    assert all(gap == required - observed > 0 for _, _, required, observed, gap in marks if required is not None and observed is not None)
    mark = decision.held_back_by[0]
    assert mark.gap is not None
    for unknown in ({"required": None}, {"observed": None}, {"required": None, "observed": None}):
        assert replace(mark, **unknown).gap is None
