"""The shipped sets: whole, their examples hold, every figure decides at its boundary, and the law of the day is the right one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

import ntm_rules as ntm
from ntm_rules.model.figures import Figure, Table
from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.values import Outcome
from ntm_rules.verify.examples import run_examples
from ntm_rules.verify.folder import check
from strategies import step, subject_of

SET = "commune-ntm/2021-2025"
MOUNTAIN = "trung-du-mien-nui-phia-bac"


def test_nothing_is_wrong_with_the_shipped_sets() -> None:
    """Every shipped file is sound, has examples and a changelog, and is what was published under its version."""
    assert check(ntm.Catalogue()) == []


def test_every_shipped_example_holds() -> None:
    """The promises beside the rules are kept: hundreds of outcomes, in every set."""
    runs = list(run_examples(ntm.Catalogue()))
    assert [str(problem) for run in runs for problem in run.problems] == []
    assert all(run.examples > 0 and run.outcomes > 0 for run in runs)
    assert sum(run.outcomes for run in runs) > 1500


def vietnamese(data: Any) -> Iterator[str]:
    """Every Vietnamese text of a file."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if key == "vi" and isinstance(value, str):
            yield value
        else:
            yield from vietnamese(value)


WORDS_OF_THE_FILE = r"recalled|published|official|missing|delegated|outside|readings?|anomal\w*|zero|\w+_\w+|(?i:bẫy)"


def test_what_a_reader_reads_of_the_shipped_sets_is_vietnamese() -> None:
    """Notes, reasons and titles, of score sheets too, say «chưa có mức», not the word that the file has for it."""
    files = sorted(ntm.Catalogue().folder.rglob("*.yaml"))
    texts = [(path, text) for path in files for text in vietnamese(yaml.load(path.read_bytes(), yaml.CSafeLoader))]
    assert len(texts) > 4000
    assert [(path.name, text) for path, text in texts if re.search(rf"(?<![/.\w])(?:{WORDS_OF_THE_FILE})(?![\w/.])", text)] == []


@pytest.mark.parametrize(
    ("name", "criteria", "indicators"), [(SET, 19, 57), ("commune-ntm/2016-2020", 19, 49), ("commune-advanced/2021-2025", 19, 75)]
)
def test_the_sets_have_the_numbers_of_their_decisions(name: str, criteria: int, indicators: int) -> None:
    """19 criteria and 57 indicators in QĐ 318, as published; likewise the other commune sets."""
    rules = ntm.load(name)
    assert (len(rules.criteria), rules.document.numbered) == (criteria, indicators)
    assert rules.evaluate(subject_of({})).count() == criteria


def test_two_figures_under_one_number_are_two_rows_of_one_indicator() -> None:
    """5.1 of QĐ 318 is judged on 5.1 and 5.1b, and both are one of its 57 indicators."""
    rules = ntm.load(SET)
    assert {"5.1", "5.1b"} <= {one.indicator for one in rules.indicators}
    facts = {"attributes": {"region": "tay-nguyen", "schools": 4}, "values": {"5.1": "100", "5.1b": "69"}}
    assert rules.evaluate(subject_of(facts))["5"].outcome is Outcome.NOT_MET


def test_schools_of_an_advanced_commune_are_two_figures() -> None:
    """5.1 of annex II asks for every school at level 1 and for one at level 2; all at level 1 alone are not enough."""
    rules = ntm.load("commune-advanced/2021-2025")
    found = [rules.evaluate(subject_of({"values": {"5.1": "100", "5.1b": level_2}}))["5"] for level_2 in ("0", "1")]
    assert [one.outcome for one in found] == [Outcome.NOT_MET, Outcome.UNDETERMINED]


def _difficult(*met: str, unmet: bool) -> ntm.Decision:
    """A commune of which these of the twelve tests are attested to hold, and the others not to, or nothing."""
    rules = ntm.load("commune-class/2026-2030", on=date(2026, 6, 30))
    others = {one.criterion: False for one in rules.criteria} if unmet else {}
    return rules.evaluate(ntm.Subject(id="x", kind="commune", attested=others | dict.fromkeys(met, True)))


@pytest.mark.parametrize(
    ("met", "unmet", "classes"),
    [
        (2, True, ["Class I"]),
        (3, True, ["Class II, or class III"]),
        (5, True, ["Class II, or class III"]),
        (6, True, ["Class III"]),
        (6, False, ["Class III"]),
        (4, False, ["Class II, or class III", "Class III"]),
        (0, False, ["Class I", "Class II, or class III", "Class III"]),
    ],
)
def test_the_class_that_the_twelve_tests_lead_to_is_told_and_decides_nothing(met: int, unmet: bool, classes: list[str]) -> None:
    """Decree 272/2025, Article 8: fewer than 3, from 3, from 6; whatever is possible while tests are open, in explanation and record."""
    decision = _difficult(*map(str, range(1, met + 1)), unmet=unmet)
    assert [title.en[: len(wanted)] for title, wanted in zip(decision.follows, classes, strict=True)] == classes
    assert all(title.vi in decision.explain() for title in decision.follows)
    stored = ntm.Decision.from_json(decision.to_json())
    assert stored.follows == decision.follows
    assert stored.verify()


def _cells(name: str) -> Iterator[Any]:
    """Every region, year and numeric figure held in a set after QĐ 211, of a commune with four schools, read from the document itself."""
    rules = ntm.load(name, on=date(2024, 6, 30))
    years = ("2022", "2023", "2024", "2025")
    for indicator in rules.indicators:
        if indicator.measure.kind != "number":
            continue
        for region in REGIONS:
            for year in years:
                cell: Any = indicator.bound
                for dimension in cell.by if isinstance(cell, Table) else ():
                    cells = cell.cells()
                    cell = cells.get({"region": region, "year": year, "schools": "over-3-schools"}[dimension], cells.get("others"))
                    if cell is None:
                        break
                if isinstance(cell, Figure) and isinstance(cell.value, str):
                    yield pytest.param(indicator, region, year, cell.value, id=f"{indicator.indicator}-{region}-{year}")


CELLS = list(_cells(SET))


def test_there_are_figures_to_test() -> None:
    """The boundary test below really runs over the tables."""
    assert len(CELLS) > 300


@pytest.fixture(scope="module")
def amended() -> ntm.RuleSet:
    return ntm.load(SET, on=date(2024, 6, 30))


@pytest.mark.parametrize(("indicator", "region", "year", "figure"), CELLS)
def test_every_figure_decides_at_its_boundary(amended: ntm.RuleSet, indicator: Any, region: str, year: str, figure: str) -> None:
    """In every region and year, exactly the figure, one step below and one step above are decided as the decision says."""
    below, at, above = (Decimal(figure) + step(figure) * by for by in (-1, 0, 1))
    expected = {
        "at_least": (False, True, True),
        "at_most": (True, True, False),
        "above": (False, False, True),
        "below": (True, False, False),
    }
    expected["equals"] = (False, True, False)
    attributes = {"region": region, "year": int(year), "area": "outside" if region.startswith("dong-bang") else "I", "schools": 4}
    for value, met in zip((below, at, above), expected[indicator.operator], strict=True):
        if not (indicator.measure.lowest or Decimal(0)) <= value <= (indicator.measure.highest or Decimal("1e9")):
            continue
        node = amended.evaluate(subject_of({"attributes": attributes, "values": {indicator.indicator: str(value)}}))[indicator.indicator]
        assert node.required == Decimal(figure)
        assert node.outcome is (Outcome.MET if met else Outcome.NOT_MET)


@pytest.mark.parametrize(("area", "first"), [("II", "tay-nguyen"), ("III", MOUNTAIN)])
@pytest.mark.parametrize("name", [SET, "commune-advanced/2021-2025"])
def test_class_two_changes_column_on_the_first_of_march_2024_and_class_three_read_it_before(name: str, area: str, first: str) -> None:
    """Class III is «extremely difficult» by its name (33/2020/QĐ-TTg), so it reads the Northern mountains' column on both days."""
    facts = {"attributes": {"region": "tay-nguyen", "year": 2024, "area": area, "province": "kon-tum"}, "values": {"10.1": "46"}}
    before = ntm.load(name, on=date(2024, 2, 29), province="kon-tum").evaluate(subject_of(facts))
    after = ntm.load(name, on=date(2024, 3, 1), province="kon-tum").evaluate(subject_of(facts))
    columns = [next(c for c in decision.columns if c.dimension == "region") for decision in (before, after)]
    assert [column.keys for column in columns] == [(first,), (MOUNTAIN,)]
    assert "211/QĐ-TTg" not in before.explain("vi")
    text = after.explain("vi")
    assert "áp dụng cột Trung du và miền núi phía Bắc" in text
    assert "211/QĐ-TTg" in text.split("Trung du và miền núi phía Bắc")[1].split("\n")[0]
    assert "211/QĐ-TTg" in after.explain("en")
    assert "211/QĐ-TTg" in after.instruments
    if name == SET:
        assert (before["10.1"].required, after["10.1"].required) == (Decimal(50 if area == "II" else 45), Decimal(45))
        assert (before["10.1"].outcome, after["10.1"].outcome) == (Outcome.NOT_MET if area == "II" else Outcome.MET, Outcome.MET)


@pytest.mark.parametrize("area", ["I", "outside"])
def test_class_one_keeps_its_column(area: str) -> None:
    """A class I commune, or one outside the area, reads its own region's column before and after QĐ 211."""
    for day in (date(2024, 2, 29), date(2024, 3, 1)):
        facts = {"attributes": {"region": "tay-nguyen", "year": 2024, "area": area}}
        assert ntm.load(SET, on=day).evaluate(subject_of(facts))["10.1"].required == Decimal(50)


def test_an_unknown_class_leaves_the_column_open() -> None:
    """Without the class of a Tây Nguyên commune, income of 46 million is undetermined after QĐ 211, 50 is met and 44 is not."""
    rules = ntm.load(SET, on=date(2024, 3, 1))
    attributes = {"region": "tay-nguyen", "year": 2024}
    decided = {v: rules.evaluate(subject_of({"attributes": attributes, "values": {"10.1": v}})) for v in ("50", "46", "44")}
    assert [decision["10.1"].outcome for decision in decided.values()] == ["met", "undetermined", "not_met"]
    assert ("attribute", "area") in {(need.kind, need.id) for need in decided["46"].needed()}


def test_no_figure_claims_to_be_official() -> None:
    """Nothing was checked against a signed text, so nothing shipped says so."""
    for name in ntm.Catalogue().rulesets:
        rules = ntm.load(name)
        attributes = {"region": "tay-nguyen", "year": 2024, "area": "I"}
        decision = rules.evaluate(subject_of({"attributes": attributes}, kind=rules.kind))
        assert all(node.face.level != "official" for node in decision.indicators)


@pytest.mark.parametrize("name", sorted(ntm.Catalogue().rulesets))
def test_a_subject_without_data_is_undetermined(name: str) -> None:
    """No set takes missing data for a failure: nothing known is undetermined, in every set, and says what it needs."""
    rules = ntm.load(name)
    decision = rules.evaluate(subject_of({}, kind=rules.kind))
    assert decision.outcome is Outcome.UNDETERMINED
    assert not decision.count("not_met")
    assert bool(decision.needed()) == bool(rules.document.sections or rules.document.score)
    assert ntm.Decision.from_json(decision.to_json()).verify()


def test_the_contract_works_word_for_word() -> None:
    """What other programs rely on works as the design writes it."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")  # amendments and overlays applied
    assert (
        rules.sha256 == ntm.applicable("commune-ntm", on=date(2024, 6, 30), province="kon-tum").sha256
    )  # which edition is in force that day
    subject = ntm.Subject(
        id="23311",
        name="Đắk Cấm",
        kind="commune",
        attributes={"province": "kon-tum", "region": "tay-nguyen", "year": 2024},
        values={"2.1": "100", "10.1": "44.5", "17.1": ntm.Unknown("chưa khảo sát"), "13.4": ntm.NotApplicable("không có làng nghề")},
        attested={"19": True},
    )
    decision = rules.evaluate(subject)  # also ntm.evaluate(rules, subject)
    assert ntm.evaluate(rules, subject) == decision
    assert decision.outcome in ("met", "not_met", "undetermined", "not_applicable")
    assert decision.count("met") <= decision.count() == 19
    node = decision["10.1"]  # .outcome .observed .required .gap .basis .source .reason
    assert node.outcome == "not_met"  # its class is not known: 50 is asked for, or 45
    assert (node.observed, node.required, node.gap, node.basis, node.reason) == (Decimal("44.5"), None, None, "measured", None)
    classed = subject.model_copy(update={"attributes": {**subject.attributes, "area": "I"}})
    own = rules.evaluate(classed)["10.1"]
    assert (own.outcome, own.required, own.gap) == ("not_met", Decimal(50), Decimal("5.5"))
    assert node.source is not None
    assert node.source.instrument == "318/QĐ-TTg"
    assert decision["19"].outcome == "met"
    for lang in ("vi", "en"):
        for format in ("text", "markdown", "html"):
            assert "Đắk Cấm" in decision.explain(lang=lang, format=format)  # type: ignore[arg-type]
    assert decision.needed() == ()  # the income decides; which missing inputs would settle it otherwise
    assert "10.1" in [fix.id for fix in decision.smallest_fixes()]
    s = decision.to_json()
    assert ntm.Decision.from_json(s).verify()


def test_an_unknown_outcome_or_number_is_refused() -> None:
    """Counting an outcome that does not exist, or asking for criterion 20 of 19, is an error that helps."""
    decision = ntm.load(SET).evaluate(subject_of({}))
    with pytest.raises(ValueError, match="passed"):
        decision.count("passed")
    with pytest.raises(ntm.NotFound) as caught:
        decision["20"]
    assert caught.value.problems[0].code == "NTM-603"


SETS_OF_THE_DESIGN = (
    *("commune-ntm/2016-2020", "commune-ntm/2021-2025", "commune-advanced/2021-2025", "commune-model/2021-2025", "commune/2026-2030"),
    *("commune-modern/2026-2030", "village-ntm-ethnic/kon-tum-2022", "village-model/kon-tum-2022", "district-ntm/2021-2025"),
    *("district-advanced/2021-2025", "city-completion/2021-2025", "province-completion/2021-2025", "province-completion/2026-2030"),
    *("ocop/2019", "ocop/2023", "ocop/2026", "targets/kon-tum-2024", "targets/kon-tum-2025"),
)


def test_every_set_of_the_programme_is_on_record() -> None:
    """Whoever relies on the published names finds every one of them, with its instrument on record."""
    catalogue = ntm.Catalogue()
    assert set(SETS_OF_THE_DESIGN) <= set(catalogue.rulesets)
    assert all(ntm.load(name).document.instrument in catalogue.instruments for name in SETS_OF_THE_DESIGN)


@pytest.mark.parametrize(
    ("edition", "frame", "short"),
    [
        ("ocop/2019", (35, 25, 40), {"3": 100, "10": 2, "16": 2, "19": 2}),
        ("ocop/2023", (40, 25, 35), {"7": 1, "11": 3, "12": 3, "13": 2}),
        ("ocop/2026", (40, 25, 35), {}),
    ],
)
def test_the_sheets_add_up_as_far_as_they_were_transcribed(edition: str, frame: tuple[int, ...], short: dict[str, int]) -> None:
    """26 sheets an edition with the points of its parts; what lacks points is known, and marked as an anomaly of the sheet."""
    rules: Any = ntm.load(edition)
    assert rules.scores.product_sets == tuple(str(number) for number in range(1, 27))
    assert tuple(part.points for part in rules.scores.score.parts.values()) == frame
    lacking = {number: 100 - sum(map(int, rules.scores.best(number).values())) for number in rules.scores.product_sets}
    assert {number: points for number, points in lacking.items() if points} == short
    for number in short:
        sheet = rules.scores.sheet(number)
        assert sheet.anomalies or sheet.missing
    assert all(tuple(part.points for part in rules.scores.sheet(number).parts) in (frame, ()) for number in rules.scores.product_sets)


def test_a_set_read_from_its_json_lists_the_columns_as_the_set_itself() -> None:
    """A decision by a set that was stored as JSON, or published, has its columns in the same order; in another order it verifies too."""
    rules = ntm.load(SET, on=date(2023, 6, 30))
    attributes = {"region": "tay-nguyen", "year": 2023, "area": "I", "schools": 4}
    facts = subject_of({"attributes": attributes, "values": {"5.1": "100", "5.1b": "80"}})
    made = json.loads(rules.evaluate(facts).to_json())
    again = json.loads(ntm.RuleSet.from_json(rules.to_json()).evaluate(facts).to_json())
    assert [one["dimension"] for one in made["columns"]] == ["region", "year", "schools"]
    assert again["columns"] == made["columns"]
    made["columns"].reverse()
    assert ntm.Decision.from_json(json.dumps(made, ensure_ascii=False)).verify().reason == "other bytes, same content"
