"""Certificates of score sheets: a sheet is official once each of its figures was read, and the classes of stars. All law is made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.figures.certify import certificate_text
from ntm_rules.figures.held import Held, held
from ntm_rules.model.certificate import Reading
from ntm_rules.values import SourceLevel
from ntm_rules.verify.warnings import warnings
from texts import SCORED, SHARED, SHEET, say_everything

INSTRUMENTS = """\
instruments:
  - {instrument: 1/QĐ-TTg, title: {vi: Bộ chấm, en: Scored}, issuer: {vi: TTg, en: PM}, level: recalled}
  - {instrument: 2/QĐ-TTg, title: {vi: Khác, en: Another}, issuer: {vi: TTg, en: PM}, level: recalled}
"""
SET = "score/2024"
BEST = ntm.Subject(id="1", kind="product", attributes={"product_set": 1}, values={"1.1": "2", "1.2": "3", "2": "3"})
OPEN_MARK = SHEET.replace('"5": 2', '"5": {missing: {vi: không rõ mức, en: level not printed}}')


class Office:
    """A scored set with one sheet, and certificates laid on it one after another."""

    def __init__(self, folder: Path, sheet: str = SHEET, scored: str = SCORED) -> None:
        self.folder = folder
        for name, text in {
            "instruments.yaml": INSTRUMENTS,
            "a/ruleset.yaml": scored,
            "a/sheets/1.yaml": sheet,
            "a/shared/chung.yaml": SHARED,
        }.items():
            path = folder / "below" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.below = ntm.Catalogue(folder / "below")
        self.figures = held(ntm.load(SET, catalogue=self.below))
        self.number = 0

    def read(self, only: Callable[[Held], bool] = bool, *, by: str = "Sở A", instrument: str = "1/QĐ-TTg", **changed: str) -> ntm.Catalogue:
        """A further certificate of the figures that are asked for; ``changed`` says what else the page has, by place."""
        self.number += 1
        readings = [
            Reading(at=one.number, column=one.column, compares=one.compares, value=changed.get(place(one), one.value), page="12")
            for one in self.figures
            if only(one) and (one.value or place(one) in changed)
        ]
        words = {"edition": SET, "base": "1.0.0", "instrument": instrument, "document": "5f" * 32, "by": by, "day": date(2026, 11, 30)}
        text = certificate_text(f"so-{self.number}", **words, readings=readings)  # type: ignore[arg-type]
        path = self.folder / "own" / str(self.number) / "overlay.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        return ntm.Catalogue(self.folder / "own", on_top_of=self.below)


def place(one: Held) -> str:
    """The place of a figure as a word: ``f1_2_muc_2``, ``fsao_5``."""
    return "f" + "_".join((one.number, *one.column[1:])).replace(".", "_").replace("-", "_")


def decide(catalogue: ntm.Catalogue) -> ntm.Decision:
    """The best product there is."""
    return ntm.load(SET, catalogue=catalogue).evaluate(BEST)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_every_figure_of_a_sheet_is_listed_and_those_of_the_classes(office: Office) -> None:
    """From how many points a class begins, what parts and criteria come to, each level, each mark: with words for its place."""
    assert [(place(one), one.value) for one in office.figures][:9] == [
        ("fsao_5", "8"),
        ("fsao_3", "5"),
        ("fsao_1", "0"),
        ("fA_toi_da", "5"),
        ("f1_toi_da", "5"),
        ("f1_1_toi_da", "2"),
        ("f1_1_muc_1", "1"),
        ("f1_1_muc_2", "2"),
        ("f1_1_sao_3", "1"),
    ]
    assert office.figures[7].titles[1].say("en") == "level 2: in the commune"
    assert [one.shown("vi") for one in office.figures[7:9]] == ["= 2", "≥ 1"]


def test_a_sheet_that_was_read_whole_with_its_classes_decides_at_level_official(office: Office) -> None:
    """The decision names the certificate, says who read which page, verifies with the layer and says what is missing without it."""
    catalogue = office.read()
    decision = decide(catalogue)
    assert (decision.stars, decision.level, decision.certificates) == (5, "official", (f"{SET}/so-1",))
    assert "trang 12, bản ký (sha256 5f5f5f5f5f5f5f5f…), Sở A đối chiếu ngày 30/11/2026" in decision.explain(lang="vi", full=True)
    assert ntm.load(SET, catalogue=catalogue).evaluate(BEST, accept="official").stars == 5
    stored = ntm.Decision.from_json(decision.to_json())
    assert stored.verify(catalogue).reason == "same"
    assert stored.verify(office.below).reason == f"layer missing: {SET}/so-1"
    assert warnings(catalogue) == []


@pytest.mark.parametrize(
    ("only", "unread"),
    [
        (lambda one: place(one) != "f1_1_sao_3", "f1_1_sao_3"),
        (lambda one: bool(one.column), "fsao_5"),
        (lambda one: not one.column, "f2_muc_1"),
    ],
    ids=["one mark was not read", "the classes were not read", "the classes alone were read"],
)
def test_one_figure_that_nobody_read_keeps_the_sheet_at_its_level(office: Office, only: Callable[[Held], bool], unread: str) -> None:
    """What was read is official by itself; what was not is as before, and so is the decision that rests on it."""
    catalogue = office.read(only)
    assert decide(catalogue).level == "recalled"
    levels = {place(one): one.level for one in held(ntm.load(SET, catalogue=catalogue))}
    assert levels == {place(one): SourceLevel.OFFICIAL if only(one) else SourceLevel.RECALLED for one in office.figures}
    (open_,) = [one for one in held(ntm.load(SET, catalogue=catalogue)) if place(one) == unread]
    assert (open_.seen, open_.certificates) == ((), ())


def test_a_sheet_of_another_document_is_not_certified_by_this_one(office: Office) -> None:
    """A page of another decision says nothing of the sheet."""
    catalogue = office.read(instrument="2/QĐ-TTg")
    assert decide(catalogue).to_json() == decide(office.below).to_json()


def test_what_a_page_prints_otherwise_is_an_erratum_until_a_second_office_reads_it(office: Office) -> None:
    """A mark, and from how many points a class begins: as seen in a source first, official once confirmed."""
    told = {"f1_1_sao_5": "1", "fsao_5": "7"}
    changed = BEST.replace(values={"1.1": "1", "1.2": "3", "2": "3"})
    assert ntm.load(SET, catalogue=office.below).evaluate(changed).stars == 3
    once = ntm.load(SET, catalogue=office.read(**told)).evaluate(changed)
    assert (once.stars, once.level) == (5, "published")
    twice = ntm.load(SET, catalogue=office.read(by="Sở B", **told)).evaluate(changed)
    assert (twice.stars, twice.level, len(twice.certificates)) == (5, "official", 2)


def test_two_offices_that_read_two_figures_raise_nothing(office: Office) -> None:
    """The points stay; both are named in the call, and both readings are in the explanation."""
    office.read()
    rules = ntm.load(SET, catalogue=office.read(by="Sở B", f1_1_sao_5="1"))
    (told,) = rules.told
    assert (told.code, told.words["got"], told.words["other"]) == ("NTM-321", "2", "1")
    decision = rules.evaluate(BEST)
    assert (decision.stars, decision.level) == (5, "recalled")
    assert "đối chiếu khác nhau: 2 (trang 12, " in decision.explain(lang="vi", full=True)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"f1_2_muc_2": "9"}, "NTM-233"),
        ({"f1_1_sao_3": "7"}, "NTM-234"),
        ({"f1_1_sao_3": "hai"}, "NTM-730"),
        ({"fsao_3": "9"}, "NTM-231"),
    ],
    ids=["sums", "a mark that is no level", "no number", "classes that do not fall"],
)
def test_an_erratum_that_cannot_stand_in_the_sheet_is_refused(office: Office, told: dict[str, str], code: str) -> None:
    """It is told in the certificate, at the line of what was read."""
    with pytest.raises(ntm.RulesetError) as caught:
        decide(office.read(**told))
    problem = caught.value.problems[0]
    assert problem.code == code
    text = Path(problem.place.file).read_text("utf-8").splitlines()
    assert next(iter(told.values())) in text[(problem.place.line or 0) - 1]
    say_everything(problem)


def test_a_mark_that_is_printed_without_its_level_is_filled_by_who_reads_it(tmp_path: Path) -> None:
    """Open before, asked for after; two offices that read two levels leave it open."""
    office = Office(tmp_path, OPEN_MARK)
    less = BEST.replace(values={"1.1": "1", "1.2": "3", "2": "3"})
    filled = ntm.load(SET, catalogue=office.read(f1_1_sao_5="2")).evaluate(less)
    assert (filled.stars, filled.level) == (3, "published")
    catalogue = office.read(by="Sở B", f1_1_sao_5="1")
    levels = {place(one): one.level for one in held(ntm.load(SET, catalogue=catalogue))}
    assert levels["f1_1_sao_5"] == SourceLevel.MISSING
    assert levels["f1_1_sao_3"] == SourceLevel.OFFICIAL


def test_from_how_many_points_a_product_is_a_candidate_is_a_figure(tmp_path: Path) -> None:
    """«Tiềm năng 5 sao» begins at a figure of its own; a sheet that is not known is one figure that is missing."""
    scored = SCORED.replace("  certified_from: 3\n", "  certified_from: 3\n  potential_from: 8\n")
    office = Office(tmp_path, SHEET[: SHEET.index("excluded_if")] + "missing: {vi: chưa thấy, en: not seen}\n", scored)
    shown = [(one.number, one.shown("en"), one.level.value) for one in office.figures[3:]]
    assert shown == [("tiem-nang", "≥ 8", "recalled"), ("1", "–", "missing")]
    rules = ntm.load(SET, catalogue=office.read(ftiem_nang="7"))
    assert [one.value for one in held(rules)][3:] == ["7", ""]
