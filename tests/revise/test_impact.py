"""Whom a change of text affects."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.engine.tree import ATTESTED, Node
from ntm_rules.revise.through import least_through
from plain_rulesets import BASE, scored, sheet_of
from strategies import Case, cases, facts, read_ruleset, read_scored, subject_of

OLD = ntm.load("commune-ntm/2021-2025", on=date(2024, 2, 29))
NEW = ntm.load("commune-ntm/2021-2025", on=date(2024, 3, 1))
EXAMPLES = Path(__file__).parents[2] / "examples"


def commune(code: str, income: str, area: str, **more: Any) -> ntm.Subject:
    """A commune of Tây Nguyên of which all but its income is attested."""
    attested = {str(number): True for number in range(1, 20) if number != 10}
    given_ = {"region": "tay-nguyen", "year": 2024, "area": area, "extremely_difficult": False, "safety_zone": False}
    return ntm.Subject(id=code, name=code, kind="commune", attributes=given_, attested=attested, values={"10.1": income}, **more)


def test_the_amendment_of_2024_helps_class_two_communes_only() -> None:
    """46 million: class II comes to meet the set, class I does not, class III met it before; 51 million meets both ways."""
    communes = [commune("A", "46", "II"), commune("B", "46", "I"), commune("C", "51", "II"), commune("D", "46", "III")]
    found = ntm.impact(OLD, NEW, communes)
    assert (found.gained, found.lost) == (("A",), ())
    [affected] = found
    assert affected.changed == ("10", "10.1")
    assert "\n  A: chưa đạt → đạt (10, 10.1)" in found.text("vi")  # its name is its id, and is said once
    assert found.moves["not_met", "not_met"] == 1
    assert found.as_dict()["gained"] == ["A"]


def test_between_editions_a_mapping_is_needed_and_attestations_stay_behind() -> None:
    """Without a mapping nothing is guessed; with one, declared values alone serve the new text."""
    old = ntm.load("commune-ntm/2016-2020")
    with pytest.raises(ValueError, match="mapping"):
        ntm.impact(old, NEW, [])
    subject = commune("A", "46", "I").model_copy(update={"values": {"6.3": "90"}})
    [affected] = ntm.impact(old, NEW, [subject], mapping={"6.3": "6.3"})
    assert affected.after["6.3"].outcome == "not_met"
    assert affected.after.subject.attested == {}


def test_values_of_a_number_the_other_text_lacks_are_left_out_there(tmp_path: Path) -> None:
    """A draft that drops a criterion: its value and attestation do not stand in the way."""
    data = copy.deepcopy(BASE)
    del data["criteria"][1]
    old, new = read_ruleset(BASE), read_ruleset(data)
    subject = ntm.Subject(id="A", kind="commune", values={"1.1": "90", "1.2": "3", "2.1": False}, attested={"2": False})
    found = ntm.impact(old, new, [subject])
    assert found.gained == ("A",)


@given(cases())
def test_the_same_text_affects_nobody(case: Case) -> None:
    """Evaluated under one text twice, nothing differs."""
    found = ntm.impact(case.rules, case.rules, [case.subject])
    assert len(found) == 0
    assert sum(found.moves.values()) == 1


def test_products_are_compared_by_their_stars() -> None:
    """The reading of the marks changes the class of a product."""
    cumulative = ntm.load("ocop/2026", readings={"marks": "cumulative"})
    own = ntm.load("ocop/2026", readings={"marks": "own_star"})
    best = cumulative.scores.best(1)
    product = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=best)
    found = ntm.impact(cumulative, own, [product])
    assert found.subjects[0].as_dict()["stars"] == [found.subjects[0].before.stars, found.subjects[0].after.stars]


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code of a command, and what it printed."""
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_diff_and_impact_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Exit 1 where something differs, 0 where nothing does; the made-up commune M003, of class II, reads another column."""
    table = tmp_path / "communes.csv"
    table.write_text("mã xã,tên xã,khu vực,10.1\nM001,Mẫu Một,I,51.5\nM003,Mẫu Ba,II,46\n", "utf-8")
    days = ("--on", "2024-02-29", "--to-on", "2024-03-01")
    name = "commune-ntm/2021-2025"
    code, out, _ = said(capsys, "diff", name, name, *days, "-o", tmp_path / "d.html")
    assert code == 1
    assert "đổi quy tắc chọn cột" in out
    assert "đổi quy tắc chọn cột" in (tmp_path / "d.html").read_text("utf-8")
    assert said(capsys, "diff", name, name, "--on", "2024-02-29")[0] == 0
    shared = ("--with", "region=tay-nguyen", "--with", "year=2024")
    code, out, _ = said(capsys, "impact", name, name, table, *days, *shared, "-o", tmp_path / "i.csv")
    assert code == 1
    assert "M003" in out
    assert "M001" not in out
    assert "M003" in (tmp_path / "i.csv").read_text("utf-8-sig")
    code, out, _ = said(capsys, "impact", name, name, table, *days, *shared, "--json")
    assert '"affected"' in out
    code, _, err = said(capsys, "impact", "commune-ntm/2016-2020", "commune/2026-2030", EXAMPLES / "sample.xlsx")
    assert code == 2
    assert "NTM-820" in err


PARTS: list[tuple[str, Any, dict[str, tuple[bool, bool]], tuple[str, ...]]] = [
    ("each that fails is enough", "all_of", {"1.1": (True, False), "1.2": (True, False)}, ("1.1", "1.2")),
    ("what stays met is none of it", "all_of", {"1.1": (True, False), "1.2": (True, True)}, ("1.1",)),
    ("all are needed", "all_of", {"1.1": (False, True), "1.2": (False, True)}, ("1.1", "1.2")),
    ("what moves beside a way that was met", "any_of", {"1.1": (True, True), "1.2": (True, False), "2.1": (True, False)}, ("2.1",)),
    (
        "two of three, one of which moved the other way",
        {"at_least_k_of": "2"},
        {"1.1": (False, True), "1.2": (True, False), "1.3": (False, True)},
        ("1.1", "1.3"),
    ),
]


@pytest.mark.parametrize(("passes", "moves", "through"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS])
def test_through_is_the_least_that_moves_the_whole(passes: Any, moves: dict[str, tuple[bool, bool]], through: tuple[str, ...]) -> None:
    """Each that alone suffices; where none does, a set of which nothing can be left out. What moved without effect is not among them."""
    data = copy.deepcopy(BASE)
    first, second = data["criteria"]
    first["passes"] = passes
    first["indicators"].append({**first["indicators"][0], "indicator": "1.3"})
    first["indicators"] = [one for one in first["indicators"] if one["indicator"] in moves]
    second["indicators"] = [{**first["indicators"][0], "indicator": "2.1"}]
    texts = []
    for after in (False, True):
        text = copy.deepcopy(data)
        for one in (each for criterion in text["criteria"] for each in criterion["indicators"]):
            met = moves.get(one["indicator"], (True, True))[after]
            for name in ("at_most", "at_least"):
                one.pop(name, None)
            one["at_least"] = "40" if met else "60"
        texts.append(read_ruleset(text))
    subject = ntm.Subject(id="A", kind="commune", values={**dict.fromkeys(moves, "50"), "2.1": "50"})
    [found] = ntm.impact(*texts, [subject])
    assert found.before.outcome is not found.after.outcome
    assert found.through == through


def leaves(node: Node) -> Iterator[Node]:
    """The nodes that carry an outcome of their own."""
    if node.parts and node.basis != ATTESTED:
        for part in node.parts:
            yield from leaves(part)
    elif node.id:
        yield node


def whole(node: Node, known: Mapping[str, ntm.Outcome]) -> ntm.Outcome:
    """What a set comes to by its leaves."""
    if node.id in known:
        return known[node.id]
    below = [whole(part, known) for part in node.parts]
    counted = [below.count(one) for one in (ntm.Outcome.MET, ntm.Outcome.NOT_MET, ntm.Outcome.UNDETERMINED)]
    return COMBINATIONS[node.face.operator].combine(counted[0], counted[1], counted[2], node.face.k)


@given(cases(most=3, most_parts=3).flatmap(lambda case: st.tuples(st.just(case), facts(case.data))))
def test_no_smaller_choice_moves_the_whole_than_the_one_that_is_told(drawn: tuple[Case, dict[str, Any]]) -> None:
    """Against every choice there is of what moved, tried one by one: as few as any, and those told do move it."""
    case, other = drawn
    before, after = (case.rules.evaluate(one) for one in (case.subject, subject_of(other)))
    now = {node.id: node.outcome for node in leaves(after.root)}
    was = {number: next((node.outcome for node in before.root.walk() if node.id == number), outcome) for number, outcome in now.items()}
    moved = [number for number in now if was[number] is not now[number]]
    more = any(node.parts and node.reason is not None for node in after.root.walk())  # content that is missing decides too
    if before.outcome is after.outcome or more:
        return
    enough = [
        some
        for size in range(len(moved) + 1)
        for some in combinations(moved, size)
        if whole(after.root, was | {number: now[number] for number in some}) is after.outcome
    ]
    found = least_through(before, after)
    assert found is not None
    if len(enough[0]) == 1:
        assert found == tuple(number for [number] in (some for some in enough if len(some) == 1))
    else:
        assert len(found) == len(enough[0])
        assert set(found) in [set(some) for some in enough]


SCORED = scored("6", "5", "3", "1", "0")
SHEET = sheet_of(
    *(
        {
            "criterion": number,
            "title": {"vi": number, "en": number},
            "points": "3",
            "options": [{"points": points, "vi": points, "en": points} for points in ("1", "2", "3")],
        }
        for number in ("1", "2")
    )
)
STEPS: list[tuple[str, dict[str, str], Callable[[list[Any], list[Any]], Any], tuple[str, ...]]] = [
    ("a class from more points", {"1": "3", "2": "2"}, lambda stars, _: stars[1].update({"from": "6"}), ("4 ★",)),
    ("a mark", {"1": "2", "2": "3"}, lambda _, criteria: criteria[0].update({"marks": {"4": "3"}}), ("1",)),
    (
        "either of two marks",
        {"1": "2", "2": "2"},
        lambda _, criteria: [one.update({"marks": {"3": "3"}}) for one in criteria],
        ("1", "2"),
    ),
    (
        "two classes together, a mark without effect",
        {"1": "2", "2": "1"},
        lambda stars, criteria: (
            stars[2].update({"from": "4"}),
            stars[3].update({"from": "4"}),
            criteria[0].update({"marks": {"5": "3"}}),
        ),
        ("3 ★", "2 ★"),
    ),
]


@pytest.mark.parametrize(("values", "edit", "through"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS])
def test_a_product_moves_through_the_figures_of_its_sheet(
    values: dict[str, str], edit: Callable[..., Any], through: tuple[str, ...]
) -> None:
    """The class whose points or the criterion whose mark moves it: each that does alone, else the fewest together."""
    document, sheet = copy.deepcopy(SCORED), copy.deepcopy(SHEET)
    edit(document["score"]["stars"], sheet["parts"][0]["criteria"])
    product = ntm.Subject(id="P", kind="product", attributes={"product_set": 1}, values=values)
    [found] = ntm.impact(read_scored(SCORED, SHEET), read_scored(document, sheet), [product])
    assert found.before.stars != found.after.stars
    assert found.through == through
    assert ntm.impact(read_scored(SCORED, SHEET), read_scored(SCORED, SHEET), [product]).subjects[0].through == ()


def test_of_many_changed_figures_those_are_left_out_that_nothing_needs() -> None:
    """Fourteen marks without effect beside two classes that move the product together."""
    document, sheet = copy.deepcopy(SCORED), copy.deepcopy(SHEET)
    first = sheet["parts"][0]["criteria"][0]
    sheet["parts"][0]["criteria"] = [{**copy.deepcopy(first), "criterion": str(number)} for number in range(1, 15)]
    sheet["parts"][0]["points"] = document["score"]["parts"]["A"]["points"] = "42"
    before = read_scored(document, sheet)
    for one in sheet["parts"][0]["criteria"]:
        one["marks"] = {"3": "1"}
    for star, start in zip(document["score"]["stars"], ("40", "30"), strict=False):
        star["from"] = start
    values = {str(number): "1" for number in range(1, 15)}
    product = ntm.Subject(id="P", kind="product", attributes={"product_set": 1}, values=values)
    [found] = ntm.impact(before, read_scored(document, sheet), [product])
    assert (found.before.stars, found.after.stars, found.through) == (5, 3, ("5 ★", "4 ★"))


def test_a_whole_that_moves_by_how_its_parts_combine_moves_through_no_indicator() -> None:
    """One of two suffices, then both are asked for."""
    any_, all_ = copy.deepcopy(BASE), copy.deepcopy(BASE)
    any_["criteria"][0]["passes"] = "any_of"
    subject = ntm.Subject(id="A", kind="commune", values={"1.1": "90", "1.2": "9", "2.1": True})
    [found] = ntm.impact(read_ruleset(any_), read_ruleset(all_), [subject])
    assert (found.changed, found.through) == (("1",), ())
