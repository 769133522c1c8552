"""Certificates: what offices read in a signed text raises figures, mends them, and is told where two disagree. All law is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.figures.certify import certificate_text, sha256_of
from ntm_rules.model.certificate import Reading
from ntm_rules.verify.warnings import warnings
from texts import BASE, OVERLAY, PROVINCIAL, say_everything

INSTRUMENTS = """\
instruments:
  - {instrument: 1/QĐ-TTg, title: {vi: Bộ thử, en: Test set}, issuer: {vi: TTg, en: PM}, level: recalled, issued: 2023-12-01}
  - {instrument: 2/QĐ-TTg, title: {vi: Sửa đổi, en: Amendment}, issuer: {vi: TTg, en: PM}, level: recalled}
  - {instrument: 3/QĐ-UBND (Kon Tum), title: {vi: Của tỉnh, en: Own}, issuer: {vi: UBND, en: PPC}, level: recalled}
"""
SIGNED = "5f0c6a8e1b7d4c3f9a2e6d8b0c4f7a1e3d5b9c8f2a6e4d7b1c0f3a5e8d9b2c4f"
DAY = date(2026, 11, 30)
BEFORE_THE_AMENDMENT = date(2024, 1, 15)
ONE = "test/2024/so-mot"
TWO = "test/2024/so-hai"


COMPARES = {"1.2": "is_true", "1.3": "at_most", "2.1": "one_of"}


def read(at: str, value: str | tuple[str, ...], *column: str, page: str = "12", compares: str = "") -> Reading:
    """One figure as an office read it."""
    return Reading(at=at, column=column, compares=compares or COMPARES.get(at, "at_least"), value=value, page=page)


def certificate(name: str, *readings: Reading, by: str = "Sở A", instrument: str = "1/QĐ-TTg", day: date = DAY, base: str = "1.0.0") -> str:
    """A certificate of the test set, as YAML."""
    return certificate_text(name, edition="test/2024", base=base, instrument=instrument, document=SIGNED, by=by, day=day, readings=readings)


def below(folder: Path) -> ntm.Catalogue:
    """The library's own folder: a set with an amendment and a province's overlay."""
    for name, text in {
        "instruments.yaml": INSTRUMENTS,
        "a/ruleset.yaml": BASE,
        "b/overlay.yaml": OVERLAY,
        "c/overlay.yaml": PROVINCIAL,
    }.items():
        path = folder / "below" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return ntm.Catalogue(folder / "below")


def layered(folder: Path, *texts: str) -> ntm.Catalogue:
    """A folder of certificates on the library's own."""
    lower = below(folder)
    own = folder / "own"
    own.mkdir(exist_ok=True)
    for i, text in enumerate(texts):
        (own / str(i)).mkdir(exist_ok=True)
        (own / str(i) / "overlay.yaml").write_text(text, "utf-8")
    return ntm.Catalogue(own, on_top_of=lower)


FACTS = ntm.Subject(
    id="1",
    kind="commune",
    attributes={"region": "tay-nguyen", "poor": False, "year": 2024, "zone": "A"},
    values={"1.1": "85", "1.2": True, "1.3": "4", "2.1": "Khá"},
)


def node(catalogue: ntm.Catalogue, number: str, on: date = BEFORE_THE_AMENDMENT) -> tuple[str, str | None, str | None]:
    """Outcome, what is required in words, and source level of a node."""
    found = ntm.load("test/2024", on=on, catalogue=catalogue).evaluate(FACTS)[number]
    return found.outcome.value, found.requirement("en"), found.level and found.level.value


def test_a_figure_that_was_read_as_it_stands_is_official(tmp_path: Path) -> None:
    """The level rises, the outcome stays; who read what where is said in the explanation and stored with the source."""
    catalogue = layered(tmp_path, certificate("so-mot", read("1.1", "80.0"), read("1.3", "5", "tay-nguyen", page="13")))
    assert node(below(tmp_path), "1.1") == ("met", "at least 80%", "recalled")
    assert node(catalogue, "1.1") == ("met", "at least 80%", "official")
    assert node(catalogue, "1.3")[2] == "official"
    decision = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=catalogue).evaluate(FACTS)
    said = f"trang 13, bản ký (sha256 {SIGNED[:16]}…), Sở A đối chiếu ngày 30/11/2026"
    assert said in decision.explain(lang="vi", full=True)
    assert said in decision["1.3"].source.seen
    assert ntm.Decision.from_json(decision.to_json()).certificates == decision.certificates == (ONE,)


def test_what_nobody_read_keeps_its_level(tmp_path: Path) -> None:
    """One certificate raises the figures it names and no other; a decision that reads none of them rests on no certificate."""
    catalogue = layered(tmp_path, certificate("so-mot", read("1.3", "5", "tay-nguyen")))
    assert node(catalogue, "1.1")[2] == "recalled"
    elsewhere = FACTS.replace(attributes={"region": "dong-nam-bo", "poor": False, "year": 2024, "zone": "A"})
    assert ntm.load("test/2024", catalogue=catalogue).evaluate(elsewhere).certificates == ()


@pytest.mark.parametrize(
    ("instrument", "on", "level"),
    [
        pytest.param("1/QĐ-TTg", BEFORE_THE_AMENDMENT, "official", id="the decision that was read is the source of the figure"),
        pytest.param("2/QĐ-TTg", BEFORE_THE_AMENDMENT, "recalled", id="another decision says nothing of it"),
    ],
)
def test_a_certificate_is_of_one_instrument(tmp_path: Path, instrument: str, on: date, level: str) -> None:
    """A page of one decision does not vouch for a figure that stands in another."""
    assert node(layered(tmp_path, certificate("so-mot", read("1.1", "80"), instrument=instrument)), "1.1", on)[2] == level


def test_a_figure_of_another_comparison_is_another_figure(tmp_path: Path) -> None:
    """«At most 80» does not vouch for «at least 80», though both say 80: as where a later version turns the comparison."""
    assert node(layered(tmp_path, certificate("so-mot", read("1.1", "80", compares="at_most"))), "1.1")[2] == "recalled"


def test_a_figure_left_to_provinces_is_not_filled_from_the_nations_text(tmp_path: Path) -> None:
    """What the decision delegates stays open, whatever an office says to have read there."""
    catalogue = layered(tmp_path, certificate("so-mot", read("2.2", "5")))
    facts = FACTS.replace(values={**FACTS.values, "2.2": "6"})
    found = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=catalogue).evaluate(facts)["2.2"]
    assert (found.outcome.value, found.required) == ("undetermined", None)


def test_a_provinces_own_figure_is_certified_by_its_own_decision(tmp_path: Path) -> None:
    """The provincial overlay's figure rises in that province; without the province there is no figure and nothing to certify."""
    catalogue = layered(tmp_path, certificate("so-mot", read("2.2", "5"), instrument="3/QĐ-UBND (Kon Tum)"))
    in_province = ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=catalogue)
    facts = FACTS.replace(values={**FACTS.values, "2.2": "6"})
    assert in_province.evaluate(facts)["2.2"].level == "official"
    elsewhere = ntm.load("test/2024", on=date(2024, 6, 1), catalogue=catalogue)
    assert [layer.applied for layer in elsewhere.layers if layer.id == ONE] == [False]
    assert ONE not in elsewhere.evaluate(facts).to_json()


def test_two_certificates_of_one_page_are_both_named(tmp_path: Path) -> None:
    """An office that came back to a page on the same day wrote two certificates; a decision that rests on both names both."""
    catalogue = layered(tmp_path, certificate("so-mot", read("1.1", "80")), certificate("so-hai", read("1.3", "5", "tay-nguyen")))
    decision = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=catalogue).evaluate(FACTS)
    assert decision.certificates == (TWO, ONE)


def test_a_figure_read_otherwise_is_an_erratum(tmp_path: Path) -> None:
    """One office's reading replaces ours as seen in a source; a second office that reads it alike makes it official."""
    first = certificate("so-mot", read("1.1", "90"), read("1.3", "3", "others"))
    assert node(layered(tmp_path / "1", first), "1.1") == ("not_met", "at least 90%", "published")
    catalogue = layered(tmp_path / "1", first)
    elsewhere = FACTS.replace(attributes={"region": "dong-nam-bo", "poor": False, "year": 2024, "zone": "A"})
    filled = ntm.load("test/2024", catalogue=catalogue).evaluate(elsewhere)["1.3"]
    assert (filled.outcome.value, filled.level) == ("not_met", "published")
    second = certificate("so-hai", read("1.1", "90"), by="Sở B")
    assert node(layered(tmp_path / "2", first, second), "1.1") == ("not_met", "at least 90%", "official")
    again = certificate("so-hai", read("1.1", "90"))
    assert node(layered(tmp_path / "3", first, again), "1.1")[2] == "published", "one office twice is one office"


@pytest.mark.parametrize("by", ["sở  A ", "SỞ A", "Sơ\u0309 A"])
def test_an_office_that_writes_its_name_otherwise_is_no_second_office(tmp_path: Path, by: str) -> None:
    """A blank more, other capitals or a mark typed apart make no second reader of an erratum."""
    texts = certificate("so-mot", read("1.1", "90")), certificate("so-hai", read("1.1", "90"), by=by)
    assert node(layered(tmp_path, *texts), "1.1") == ("not_met", "at least 90%", "published")


def test_an_answer_that_was_read_as_no_raises_no_yes(tmp_path: Path) -> None:
    """Where yes is required, a page that says no is no reading of it: refused, never official."""
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=layered(tmp_path, certificate("so-mot", read("1.2", "false"))))
    assert [problem.code for problem in caught.value.problems] == ["NTM-206"]


def test_what_a_draft_sets_is_neither_certified_nor_set_back(tmp_path: Path) -> None:
    """A draft that names the decision itself as its document stays a draft: the page that was read says nothing of it."""
    draft = OVERLAY.partition("changes:")[0].replace("test/2024/", "test/2024/du-thao-").replace("kind: amendment", "kind: draft")
    draft = draft.replace("2/QĐ-TTg", "1/QĐ-TTg") + 'changes:\n  - {set: "1.1", at_least: 95, source: {at: mục 1, level: recalled}}\n'
    for value in ("80", "95"):
        catalogue = layered(tmp_path / value, certificate("so-mot", read("1.1", value), read("1.2", "true")), draft)
        (name,) = [name for name in catalogue.overlays if "du-thao" in name]
        decision = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, drafts=(name,), catalogue=catalogue).evaluate(FACTS)
        assert (decision["1.1"].requirement("en"), decision["1.1"].level, decision["1.2"].level) == ("at least 95%", "recalled", "official")


def test_certificates_that_disagree_raise_nothing(tmp_path: Path) -> None:
    """Where two offices read two figures, ours stays as it was, and both are named in both languages."""
    catalogue = layered(tmp_path, certificate("so-mot", read("1.1", "80")), certificate("so-hai", read("1.1", "85"), by="Sở B"))
    assert node(catalogue, "1.1") == ("met", "at least 80%", "recalled")
    (told,) = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=catalogue).told
    assert told.code == "NTM-321"
    for lang in ntm.values.LANGS:
        assert all(part in told.what(lang) for part in (ONE, TWO, "80", "85"))
    say_everything(told)


def test_a_missing_figure_that_is_read_in_two_ways_stays_missing(tmp_path: Path) -> None:
    """Where nothing stands and two offices read two figures, neither decides; both are told."""
    texts = certificate("so-mot", read("1.3", "3", "others")), certificate("so-hai", read("1.3", "4", "others"), by="Sở B")
    rules = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=layered(tmp_path, *texts))
    found = rules.evaluate(FACTS.replace(attributes={**FACTS.attributes, "region": "dong-nam-bo"}))["1.3"]
    assert (found.outcome, found.required, [problem.code for problem in rules.told]) == (ntm.Outcome.UNDETERMINED, None, ["NTM-321"])


def test_what_is_read_in_two_ways_is_said_beside_the_figure(tmp_path: Path) -> None:
    """Both readings, their pages and offices stand in the explanation and in the stored decision, which names both certificates."""
    texts = certificate("so-mot", read("1.1", "80")), certificate("so-hai", read("1.1", "85", page="7"), by="Sở B")
    decision = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=(catalogue := layered(tmp_path, *texts))).evaluate(FACTS)
    said = decision.explain(lang="vi", full=True)
    assert "đối chiếu khác nhau" in said
    assert all(part in said for part in ("80 (trang 12, ", "85 (trang 7, ", "Sở A", "Sở B"))
    assert decision.certificates == (TWO, ONE)
    assert ntm.Decision.from_json(decision.to_json()).verify(catalogue).reason == "same"


OFFICIAL = BASE.replace(
    "at_least: 80\n        source: {at: mục 1, level: recalled}", "at_least: 80\n        source: {level: official, seen: [bản ký]}"
)


def held_officially(folder: Path, *texts: str) -> ntm.Catalogue:
    """Certificates on a set whose own 1.1 was checked against the signed text."""
    layered(folder, *texts)
    (folder / "below" / "a" / "ruleset.yaml").write_text(OFFICIAL, "utf-8")
    return ntm.Catalogue(folder / "own", on_top_of=ntm.Catalogue(folder / "below"))


def test_one_office_does_not_replace_what_the_set_itself_read_in_the_signed_text(tmp_path: Path) -> None:
    """The figure stays, is official no more and both are told; a second office that reads alike makes it an erratum, official."""
    first, second = certificate("so-mot", read("1.1", "90")), certificate("so-hai", read("1.1", "90"), by="Sở B")
    assert node(held_officially(tmp_path / "0", certificate("so-mot", read("1.1", "80"))), "1.1")[2] == "official"
    catalogue = held_officially(tmp_path / "1", first)
    assert node(catalogue, "1.1") == ("met", "at least 80%", "published")
    (told,) = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=catalogue).told
    assert (told.code, told.words["got"], told.words["held"]) == ("NTM-245", "90", "80")
    say_everything(told)
    assert told in warnings(catalogue)
    assert node(held_officially(tmp_path / "2", first, second), "1.1") == ("not_met", "at least 90%", "official")
    other = certificate("so-hai", read("1.1", "85"), by="Sở B")
    assert node(held_officially(tmp_path / "3", first, other), "1.1") == ("met", "at least 80%", "published")


def test_readings_that_nothing_uses_any_more_are_told_by_check(tmp_path: Path) -> None:
    """A figure renumbered, of another column, document or comparison, or left to provinces: told at its line; one in use is not."""
    gone = [read("1.9", "80"), read("1.3", "5", "dong-nam-bo"), read("2.2", "5"), read("1.1", "80", compares="at_most")]
    catalogue = layered(tmp_path, certificate("so-mot", read("1.1", "80"), *gone, base="0.9.0"))
    assert node(catalogue, "1.1")[2] == "official", "it loads, and what holds goes on to hold"
    found = warnings(catalogue)
    for problem in found:
        say_everything(problem)
    assert [(problem.code, problem.words.get("at", problem.words.get("base"))) for problem in found] == [
        ("NTM-244", "0.9.0"),
        ("NTM-243", "1.9"),
        ("NTM-243", "1.3 / dong-nam-bo"),
        ("NTM-243", "2.2"),
        ("NTM-243", "1.1"),
    ]
    assert all(problem.place.line for problem in found)


def test_what_holds_on_some_days_or_in_a_province_alone_is_in_use(tmp_path: Path) -> None:
    """A reading of the amendment, of what it replaced and of the province's decision each hold somewhere: nothing is told."""
    texts = [
        certificate("so-mot", read("1.1", "80")),
        certificate("so-hai", read("1.1", "85"), instrument="2/QĐ-TTg"),
        certificate("so-ba", read("2.2", "5"), instrument="3/QĐ-UBND (Kon Tum)"),
    ]
    assert [problem.code for problem in warnings(layered(tmp_path, *texts)) if problem.code in ("NTM-243", "NTM-244")] == []


def test_the_two_that_are_named_are_two_that_disagree(tmp_path: Path) -> None:
    """Of three readings, 80, 80.0 and 81, the first and the third differ."""
    texts = [certificate(f"so-{i}", read("1.1", value), by=f"Sở {i}") for i, value in enumerate(("80", "80.0", "81"))]
    (told,) = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=layered(tmp_path, *texts)).told
    assert (told.words["got"], told.words["other"]) == ("80", "81")


def test_an_erratum_that_cannot_stand_there_is_refused(tmp_path: Path) -> None:
    """A share of 140 % is no figure of a share: told in the certificate, at the line of the reading."""
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load(
            "test/2024",
            on=BEFORE_THE_AMENDMENT,
            catalogue=layered(tmp_path, certificate("so-mot", read("1.2", "true"), read("1.1", "140"))),
        )
    (problem,) = caught.value.problems
    text = Path(problem.place.file).read_text("utf-8").splitlines()
    assert "140" in text[(problem.place.line or 0) - 1]
    say_everything(problem)


@pytest.mark.parametrize("value", ["chín mươi", "90,5"])
def test_a_reading_that_is_no_figure_is_refused(tmp_path: Path, value: str) -> None:
    """Words where a number stands do not become a figure."""
    with pytest.raises(ntm.RulesetError):
        ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=layered(tmp_path, certificate("so-mot", read("1.1", value))))


def test_a_list_of_grades_is_read_whole(tmp_path: Path) -> None:
    """Grades that are enough are one figure: read alike it is official, read otherwise it is an erratum."""
    assert node(layered(tmp_path / "1", certificate("so-mot", read("2.1", ("Khá", "Tốt")))), "2.1")[2] == "official"
    outcome, _, level = node(layered(tmp_path / "2", certificate("so-mot", read("2.1", ("Tốt",)))), "2.1")
    assert (outcome, level) == ("not_met", "published")


def test_a_certificate_holds_under_a_later_version_that_says_the_same(tmp_path: Path) -> None:
    """The office need not come back when the library mends something else: the page still says what it said."""
    catalogue = layered(tmp_path, certificate("so-mot", read("1.1", "80")))
    path = catalogue.below.entry("ruleset", "test/2024").path if catalogue.below else None
    assert path is not None
    path.write_text(BASE.replace("version: 1.0.0", "version: 1.1.0").replace("Bộ thử", "Bộ thử có sửa"), "utf-8")
    assert node(ntm.Catalogue(tmp_path / "own", on_top_of=ntm.Catalogue(tmp_path / "below")), "1.1")[2] == "official"


def test_a_stored_decision_names_the_layer_it_needs(tmp_path: Path) -> None:
    """Where the certificate lies the decision verifies byte for byte; where it does not, the name of what is missing is said."""
    catalogue = layered(tmp_path, certificate("so-mot", read("1.1", "80")))
    decision = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=catalogue).evaluate(FACTS)
    stored = ntm.Decision.from_json(decision.to_json())
    assert stored.verify(catalogue).reason == "same"
    check = stored.verify(below(tmp_path))
    assert (bool(check), check.reason) == (False, f"layer missing: {ONE}")
    assert "certificate" not in ntm.load("test/2024", catalogue=below(tmp_path)).evaluate(FACTS).to_json()


def test_a_certificate_changed_by_hand_is_refused(tmp_path: Path) -> None:
    """Whoever changes a page or a figure in the file is told that the seal is broken."""
    text = certificate("so-mot", read("1.1", "80")).replace("page: '12'", "page: '14'")
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=layered(tmp_path, text))
    assert [problem.code for problem in caught.value.problems] == ["NTM-323"]


def test_a_certificate_is_no_amendment(tmp_path: Path) -> None:
    """A certificate that also changes the text, or an amendment that certifies, is refused: each has one kind of say."""
    text = certificate("so-mot", read("1.1", "80"))
    for wrong in (text.replace("kind: certificate", "kind: amendment"), text + 'changes:\n  - {set: "1.1", at_least: 1}\n'):
        with pytest.raises(ntm.RulesetError) as caught:
            ntm.load("test/2024", catalogue=layered(tmp_path, wrong))
        assert "NTM-322" in {problem.code for problem in caught.value.problems}


def test_nobody_reads_a_text_before_it_is_issued(tmp_path: Path) -> None:
    """A certificate dated before its document is refused with both days."""
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=layered(tmp_path, certificate("so-mot", read("1.1", "80"), day=date(2023, 11, 30))))
    (problem,) = caught.value.problems
    assert problem.code == "NTM-324"
    assert "2023-12-01" in str(problem)


def test_the_hash_of_a_document_is_that_of_its_bytes(tmp_path: Path) -> None:
    """What travels in every decision is what anybody can compute of the file again."""
    (tmp_path / "x.pdf").write_bytes(b"abc")
    assert sha256_of(tmp_path / "x.pdf") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_is_no_hash_of_a_document_is_refused(tmp_path: Path) -> None:
    """A certificate names its document by 64 digits; anything else is told where it stands."""
    text = certificate("so-mot", read("1.1", "80")).replace(SIGNED, "abc")
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=layered(tmp_path, text))
    assert ("NTM-203", "certifies.document") in {(problem.code, problem.place.path) for problem in caught.value.problems}


def test_every_decision_that_reads_a_certified_figure_names_its_certificate(tmp_path: Path) -> None:
    """The first subject of its kind and the next."""
    rules = ntm.load("test/2024", on=BEFORE_THE_AMENDMENT, catalogue=layered(tmp_path, certificate("so-mot", read("1.1", "80"))))
    decided = [rules.evaluate(FACTS.replace(values={**FACTS.values, "1.1": value})) for value in ("70", "90")]
    assert [decision.certificates for decision in decided] == [(ONE,), (ONE,)]
