"""The library and a second evaluator, written anew from the documents and sharing no code with it, agree at every node.

The second one (``tests/plain``) reads the YAML of every shipped set with PyYAML alone, tries out every way in which what is not known can
turn out, and is slow. ``NTM_TRUST=1`` compares many more subjects, drawn anew each time (the seed stands in what fails); ``NTM_SEED``
draws given ones again.
"""

from __future__ import annotations

import ast
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from plain import draw
from plain.judge import judge
from plain.read import Library, sections
from plain.scores import Score, score
from strategies import Case, ScoreCase, cases, read_ruleset, score_cases

HERE = Path(__file__).parents[1]
LIBRARY = Library(HERE.parent / "rulesets")
SCORED = [name for name, sheets in LIBRARY.sheets.items() if sheets]
NOT_SCORED = [name for name in LIBRARY.editions if name not in SCORED]
LONG = os.environ.get("NTM_TRUST") == "1"
SEED = os.environ.get("NTM_SEED") or (str(SystemRandom().randrange(10**9)) if LONG else "1")
COUNTED = "answers the same as the plain evaluator's"
READINGS = {"marks": ("cumulative", "own_star"), "marks_tested_on": ("mean", "each_member"), "no_level": ("refused", "zero")}
ACCEPT = ("recalled", "recalled", "recalled", "published", "official")


def texts(name: str) -> Iterator[tuple[date | None, str | None]]:
    """The days beside every edge of an edition and its overlays, in every province that has one."""
    return ((day, province) for day in LIBRARY.days(name) for province in LIBRARY.provinces(name))


def sources_of_chance(name: str, on: date | None, province: str | None, short: int, long: int) -> Iterator[Random]:
    """One for each subject of a text of an edition."""
    return (Random(f"{SEED}/{name}/{on}/{province}/{i}") for i in range(long if LONG else short))


def decided(rules: ntm.RuleSet, facts: dict[str, Any], accept: str) -> ntm.Decision:
    """What the library says."""
    return rules.evaluate(ntm.Subject.read({"id": "1", **facts}), accept=accept)


def outcomes(decision: ntm.Decision) -> dict[str, str]:
    """The outcome of every node of a decision."""
    return {node.id: str(node.outcome.value) for node in decision}


# --- comparing ----------------------------------------------------------------------------------------------------


def compared(edition: dict[str, Any], rules: ntm.RuleSet, facts: dict[str, Any], accept: str) -> Counter[str]:
    """The outcomes that came out, where both say the same at every node; fails with the first subject where they do not."""
    mine, got = judge(edition, facts, accept), outcomes(decided(rules, facts, accept))
    assert mine.keys() == got.keys()
    left = {number: f"plain {mine[number]}, library {got[number]}" for number in sorted(mine) if mine[number] != got[number]}
    assert not left, f"{edition['ruleset']}, accept {accept}, NTM_SEED={SEED}: {left}\n{facts}"
    return Counter(mine.values())


def compared_scores(
    edition: dict[str, Any], sheet: dict[str, Any] | None, rules: ntm.RuleSet, facts: dict[str, Any], readings: dict[str, str], accept: str
) -> Counter[str]:
    """The same of a product: nodes, stars, the stars still possible, the total and the points of each part."""
    mine, decision = score(edition, sheet, facts, readings, accept), decided(rules, facts, accept)
    points = {part: None if one is None else Fraction(one) for part, one in decision.parts.items()}
    total = None if decision.total is None else Fraction(decision.total)
    got = Score(outcomes(decision), decision.stars, decision.stars_possible, total, points)
    assert mine.nodes.keys() == got.nodes.keys()
    pairs = {number: (mine.nodes[number], got.nodes[number]) for number in mine.nodes} | {
        "stars": (mine.stars, got.stars),
        "stars_possible": (mine.possible, got.possible),
        "total": (_to_28_digits(mine.total), got.total),
        "parts": ({part: _to_28_digits(one) for part, one in mine.parts.items()}, got.parts),
    }
    left = {name: f"plain {one}, library {other}" for name, (one, other) in sorted(pairs.items()) if one != other}
    assert not left, f"{edition['ruleset']} {readings}, accept {accept}, NTM_SEED={SEED}: {left}\n{facts}"
    return Counter([f"stars {mine.stars}", f"possible {len(mine.possible)}", *mine.nodes.values()])


def _to_28_digits(points: Fraction | None) -> Fraction | None:
    """A mean as a decimal shows it."""
    return None if points is None else Fraction(Context(prec=28).divide(Decimal(points.numerator), Decimal(points.denominator)))


@pytest.mark.parametrize("name", NOT_SCORED)
def test_every_node_of_a_shipped_set_is_what_the_plain_evaluator_says(name: str, record_property: Any) -> None:
    """On every edge of its layers, in every province with an overlay, however weak the figures that are accepted."""
    seen: Counter[str] = Counter()
    for on, province in texts(name):
        edition, rules = LIBRARY.edition(name, on, province), ntm.load(name, on=on, province=province)
        for chance in sources_of_chance(name, on, province, short=12, long=100):
            facts = draw.facts(chance, edition)
            seen += compared(edition, rules, facts, chance.choice(ACCEPT))
    record_property(COUNTED, seen.total())
    assert set(seen) >= ({"met", "not_met", "undetermined"} if sections(LIBRARY.editions[name]) else {"undetermined"})


@pytest.mark.parametrize("name", SCORED)
def test_every_product_of_a_shipped_edition_scores_as_the_plain_evaluator_says(name: str, record_property: Any) -> None:
    """On every sheet, under every reading of what the text leaves open, with one assessor or a council of several members."""
    seen: Counter[str] = Counter()
    for on, province in texts(name):
        edition = LIBRARY.edition(name, on, province)
        for chance in sources_of_chance(name, on, province, short=5, long=40):
            readings = {key: chance.choice(ways) for key, ways in READINGS.items()} if chance.random() < 0.7 else {}
            rules = ntm.load(name, on=on, province=province, readings=readings)
            for number in chance.sample(sorted(LIBRARY.sheets[name]), 4):
                sheet = LIBRARY.sheets[name][number]
                facts = draw.product(chance, edition, sheet, readings)
                seen += compared_scores(edition, sheet, rules, facts, readings, chance.choice(ACCEPT))
        rules = ntm.load(name, on=on, province=province)
        for unsaid in ({}, {"product_set": draw.UNKNOWN}):
            nothing = {"kind": "product", "attributes": unsaid, "values": {}, "attested": {}, "members": []}
            compared_scores(edition, None, rules, nothing, {}, "recalled")
    record_property(COUNTED, seen.total())
    classes = {"stars 1", "stars 2", "stars 3", "stars 4", "stars 5", "stars None"} if LONG else {"stars 2", "stars 3", "stars None"}
    assert set(seen) >= {"met", "not_met", "undetermined", "possible 1", *classes}


# --- sets that nobody ships ---------------------------------------------------------------------------------------


def plain(given: Any) -> Any:
    """A value of a generated subject as plain data."""
    if isinstance(given, ntm.Unknown | ntm.NotApplicable):
        return {"unknown" if isinstance(given, ntm.Unknown) else "not_applicable": given.reason}
    if isinstance(given, list):
        return [draw.UNKNOWN if one is None else plain(one) for one in given]
    return format(given, "f") if isinstance(given, Decimal) else given


def plain_facts(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Facts of a generated subject as plain data."""
    parts = {key: {name: plain(value) for name, value in given.get(key, {}).items()} for key in ("attributes", "values", "attested")}
    return {"kind": kind, "members": [], **parts}


@settings(max_examples=600 if LONG else 60, derandomize=not LONG)
@given(cases(), st.sampled_from(ACCEPT))
def test_every_node_of_a_generated_set_is_what_the_plain_evaluator_says(case: Case, accept: str) -> None:
    """Tables with gaps, redirects over anything, parts that need not all be met: whatever the rule language can say."""
    compared(case.data, case.rules, plain_facts("commune", case.facts), accept)


@settings(max_examples=600 if LONG else 60, derandomize=not LONG)
@given(score_cases())
def test_every_product_on_a_generated_sheet_scores_as_the_plain_evaluator_says(case: ScoreCase) -> None:
    """Bands, marks and readings of any kind."""
    facts = plain_facts("product", {"attributes": {"product_set": 1}, "values": case.values})
    compared_scores(case.document, case.sheet, case.rules, facts, {}, "recalled")


def test_every_share_and_count_is_what_the_plain_evaluator_says(record_property: Any) -> None:
    """Of every kind and under every operator, of parts of which much or little is known."""
    seen: Counter[str] = Counter()
    for chance in sources_of_chance("shares", None, None, short=150, long=2000):
        edition = draw.set_of_shares(chance)
        rules = read_ruleset(edition)
        for _ in range(4):
            seen += compared(edition, rules, draw.facts(chance, edition), chance.choice(ACCEPT))
    record_property(COUNTED, seen.total())
    assert set(seen) >= {"met", "not_met", "undetermined"}


# --- a second opinion, not the first one again --------------------------------------------------------------------


def test_the_plain_evaluator_shares_nothing_with_the_library() -> None:
    """It imports the standard library, PyYAML and itself: no fault of the library can be in both."""
    imported = set()
    for path in sorted((HERE / "plain").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or ".").split(".")[0])
    assert imported - sys.stdlib_module_names == {"plain", "yaml"}


def test_the_comparison_finds_a_figure_that_is_off_by_one() -> None:
    """A comparison that cannot fail proves nothing: one figure changed in one of the two texts is found."""
    name, on = "commune-ntm/2021-2025", date(2024, 3, 1)
    edition, rules = LIBRARY.edition(name, on), ntm.load(name, on=on)
    [changed] = [one for section in sections(edition) for one in section["indicators"] if one["indicator"] == "3.1"]
    changed["at_least"] = "81"
    facts = {"kind": "commune", "attributes": {}, "values": {"3.1": "80"}, "attested": {}, "members": []}
    with pytest.raises(AssertionError, match=r"3\.1.*plain not_met, library met"):
        compared(edition, rules, facts, "recalled")
