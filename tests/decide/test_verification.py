"""The law «identity», asked from outside: what verifying says of a stored decision, and what it lets pass."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.decide.engine.decided import MEANING
from ntm_rules.decide.stored import verification
from ntm_rules.decide.stored.meaning import MENDED, Fault, faults_since
from ntm_rules.loading.text.canonical import canonical
from strategies import subject_of, write_catalogue
from texts import BASE, OVERLAY

TOP = Path(__file__).parents[2]
GOLDEN = TOP / "tests" / "golden"


def stored() -> dict[str, Any]:
    """A decision of a commune as data."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    facts = {"attributes": {"region": "tay-nguyen", "year": 2024, "area": "I"}, "values": {"10.1": "44.5"}, "attested": {"19": True}}
    data: dict[str, Any] = json.loads(rules.evaluate(subject_of(facts, name="Đắk Cấm")).to_json())
    return data


def changed(path: str, value: Any, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """The decision with one thing in it changed; None takes it out."""
    data = data or stored()
    *way, last = path.split(".")
    at: Any = data
    for part in way:
        at = at[int(part)] if part.isdigit() and isinstance(at, list) else at[part]
    at[last] = value
    return data


def said(data: dict[str, Any] | str, catalogue: ntm.Catalogue | None = None) -> str:
    """What verifying says of a stored text."""
    text = data if isinstance(data, str) else canonical(data)
    return ntm.Decision.from_json(text).verify(catalogue).reason


def test_the_same_bytes_are_the_same() -> None:
    """A decision verifies as it was made and as it was stored; the answer is true and says so in both languages."""
    check = ntm.Decision.from_json(canonical(stored())).verify()
    assert check
    assert str(check) == check.reason == "same"
    assert check.label.vi == "đúng từng ký tự"
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    assert rules.evaluate(subject_of({"values": {"10.1": "44.5"}})).verify()


@pytest.mark.parametrize(
    "text",
    [
        canonical(stored()) + "\n",
        json.dumps(stored(), indent=1),
        json.dumps(dict(reversed(stored().items()))),
        unicodedata.normalize("NFD", canonical(stored())),
        json.dumps(json.loads(unicodedata.normalize("NFD", canonical(stored())))),
        canonical(stored() | {"later": {"key": 1}}),
        canonical(changed("decision.parts.0.later", "key")),
        canonical(changed("decision.parts.0.conflict", None)),
    ],
    ids=["final newline", "blanks and escapes", "order of keys", "NFD", "NFD, escaped", "a later key", "a later key of a node", "null"],
)
def test_other_bytes_of_the_same_content_verify(text: str) -> None:
    """What a JSON column, another language or an editor makes of the text is still the decision; it is told that the bytes differ."""
    assert text != canonical(stored())
    check = ntm.Decision.from_json(text).verify()
    assert check
    assert check.reason == "other bytes, same content"


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("decision.parts.9.parts.0.outcome", "met", "10.1"),
        ("decision.parts.9.parts.0.gap", "1", "10.1"),
        ("decision.parts.9.title", {"vi": "khác", "en": "other"}, "10"),
        ("decision.parts.9.id", "10a", "10a"),
        ("decision.parts.9.parts", [], "10"),
        ("decision.outcome", "met", "decision"),
        ("outcome", "met", "outcome"),
        ("level", "official", "level"),
        ("counts", {"met": 19, "not_met": 0, "undetermined": 0, "not_applicable": 0}, "counts.met"),
        ("certificates", ["ours"], "certificates"),
        ("unread", [{"name": "region", "title": {"vi": "Vùng", "en": "Region"}}], "unread"),
        ("ruleset.sha256", "0" * 64, "ruleset.sha256"),
        ("ruleset.title", {"vi": "khác", "en": "other"}, "ruleset.title.en"),
        ("ruleset.readings", {"marks": "own_star"}, "ruleset.readings"),
        ("subject.values", {"10.1": "-3"}, "subject"),
        ("subject.values", {"99.1": "3"}, "subject"),
    ],
)
def test_what_differs_is_named(path: str, value: Any, at: str) -> None:
    """A changed outcome, figure, title or fact is false, and the node or the place of it is said."""
    check = ntm.Decision.from_json(canonical(changed(path, value))).verify()
    assert not check
    assert check.reason == f"content differs at {at}"
    assert at in check.label.vi


def test_what_nothing_reads_is_told_since_meaning_2() -> None:
    """The attribute of another edition is named with its title; a decision of meaning 1 does not say it, and verifies."""
    facts = {"attributes": {"region": "tay-nguyen", "year": 2024, "extremely_difficult": True, "vung_mien": "x"}}
    decision = ntm.load("commune-ntm/2021-2025").evaluate(subject_of(facts))
    assert [name for name, _ in decision.unread] == ["extremely_difficult", "vung_mien"]
    assert "Đã khai nhưng bộ này không dùng đến: Xã đặc biệt khó khăn (extremely_difficult)" in decision.explain()
    assert "Stated, and read by nothing in this set: Extremely difficult commune" in decision.explain("en")
    data = json.loads(decision.to_json())
    assert ntm.Decision.from_json(canonical(data)).explain() == decision.explain()
    assert said(data) == "same"
    del data["unread"]
    assert said(data) == "content differs at unread"
    del data["meaning"]
    assert said(data) == "same"


def test_a_product_is_told_what_no_sheet_reads() -> None:
    """A region says nothing of a product, whether or not its set is known; what excludes products is read by every sheet."""
    rules = ntm.load("ocop/2023")
    excludes = next(iter(rules.document.score.exclusions))  # type: ignore[union-attr]
    for given in ({}, {"product_set": 1}):
        attributes = {"region": "tay-nguyen", excludes: False, "province": "kon-tum", **given}
        decision = rules.evaluate(ntm.Subject(id="1", kind="product", attributes=attributes))
        assert decision.unread == (("region", ntm.Bilingual("Vùng", "Region")),)
        assert decision.verify().reason == "same"


def test_another_fact_shows_where_it_counts() -> None:
    """Facts are what is evaluated: another figure given shows at its indicator."""
    assert said(changed("subject.values", {"10.1": "44.6"})) == "content differs at 10.1"


def test_a_ruleset_or_layer_that_is_not_on_record_is_said() -> None:
    """Which ruleset or layer is missing is the answer, not an accident."""
    assert said(changed("ruleset.id", "commune-ntm/1900")) == "ruleset not found"
    assert said(changed("ruleset.version", "0.0.9")) == "ruleset not found"
    overlay = "commune-ntm/2021-2025/999-qd-ttg"
    assert said(changed("ruleset.overlays", [{"id": overlay, "version": "1.0.0", "instrument": "x"}])) == f"layer missing: {overlay}"
    assert said(changed("ruleset.drafts", ["commune-ntm/2021-2025/nhap"])) == "layer missing: commune-ntm/2021-2025/nhap"
    of_211 = {"id": "commune-ntm/2021-2025/211-qd-ttg", "version": "0.0.1", "instrument": "211/QĐ-TTg"}
    assert said(changed("ruleset.overlays", [of_211])) == "layer missing: commune-ntm/2021-2025/211-qd-ttg"


def test_a_broken_catalogue_is_an_error(tmp_path: Path) -> None:
    """A file of the catalogue that cannot be read says nothing about the decision, so it is raised."""
    catalogue = write_catalogue(tmp_path, a__ruleset=BASE, b__overlay=OVERLAY)
    text = ntm.load("test/2024", on=date(2024, 6, 1), catalogue=catalogue).evaluate(subject_of({})).to_json()
    (tmp_path / "a/ruleset.yaml").write_text(BASE.replace("at_least: 80", "at_leest: 80"), "utf-8")
    with pytest.raises(ntm.RulesetError):
        ntm.Decision.from_json(text).verify(ntm.Catalogue(tmp_path))


def test_an_edition_is_resolved_once_and_few_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verifying many decisions of one edition resolves it once; another catalogue is another matter; memory is bounded."""
    catalogue = write_catalogue(tmp_path, a__ruleset=BASE)
    asked: list[Any] = []
    resolve = verification.text_of

    def counted(*given: Any) -> Any:
        asked.append(given)
        return resolve(*given)

    monkeypatch.setattr(verification, "text_of", counted)
    monkeypatch.setattr(verification, "_MANY_TEXTS", 2)

    def check(day: int, found: ntm.Catalogue) -> None:
        rules = ntm.load("test/2024", on=date(2024, 6, day), catalogue=found)
        assert rules.evaluate(subject_of({"values": {"1.1": str(day)}})).verify(found).reason == "same"

    for day in (1, 1, 2, 1):
        check(day, catalogue)
    assert len(asked) == 2
    check(1, ntm.Catalogue(tmp_path))
    check(3, catalogue)
    assert len(asked) == 4
    assert len(verification._methods[catalogue]) <= 2


# --- meanings -----------------------------------------------------------------------------------------------------


def test_decisions_say_which_meaning_decided() -> None:
    """A decision of today carries the number; one without it is of the first meaning, and verifies where nothing mended touches it."""
    data = stored()
    assert data["meaning"] == MEANING == ntm.Decision.from_json(canonical(data)).meaning == 2
    del data["meaning"]
    old = ntm.Decision.from_json(canonical(data))
    assert old.meaning == 1
    assert "meaning" not in json.loads(old.to_json())
    assert old.verify().reason == "same"
    for wrong in (0, "two"):
        with pytest.raises(ntm.DecisionError):
            ntm.Decision.from_json(canonical(changed("meaning", wrong)))


def test_a_later_meaning_is_said() -> None:
    """A decision of a later library that this one decides otherwise is not called forged; one that it decides alike verifies."""
    assert said(changed("meaning", 3)) == "same"
    assert said(changed("outcome", "met", changed("meaning", 3))) == "newer meaning: 3"


def test_every_fault_has_its_words_once() -> None:
    """Each mended fault has a code of its own and a sentence in each language."""
    faults = faults_since(1)
    assert faults == tuple(fault for some in MENDED.values() for fault in some)
    assert faults_since(MEANING) == ()
    assert len({fault.code for fault in faults}) == len(faults)
    for fault in faults:
        for words in (fault.words.vi, fault.words.en):
            assert words.endswith(".")
            assert words[:-1].count(". ") == 0
        assert fault.words.vi != fault.words.en
    page = (TOP / "docs/meaning.md").read_text("utf-8")
    assert all(f"| {fault.code} |" in page and fault.words.en in page for fault in faults)


Node = dict[str, Any]
WHY = {"vi": "vì", "en": "because"}
WEAK = {"vi": "nguồn của phiếu là «ghi theo trí nhớ», yếu hơn mức chấp nhận «đã đối chiếu»", "en": "weaker"}
SETTLED = {"stars": 3, "stars_possible": [3]}
RANGE = {"unknown": "từ 1 đến 2: 1 đơn vị chưa rõ"}
WAITS = [{"name": "region", "title": {"vi": "Vùng", "en": "Region"}}]


def share(outcome: str, basis: str | None = None, **more: Any) -> Node:
    """A stored share, or another indicator with a figure."""
    node = {"kind": "indicator", "operator": "at_least", "unit": "%", "outcome": outcome, "basis": basis, **more}
    return {key: value for key, value in node.items() if value is not None}


def count(outcome: str, basis: str | None = None, **more: Any) -> Node:
    """A stored count of parts, not known exactly, that is to equal a figure."""
    return share(outcome, basis, operator="equals", unit="xã", observed=RANGE, **more)


# The fault, the stored node, the node of today.
KINDS: list[tuple[str, Node, Node]] = [
    ("F1", share("not_met", "derived", observed="0", gap="80"), share("undetermined", reason=WHY)),
    ("F1", share("met", "derived", observed="100"), share("met", "attested", reason=WHY)),
    ("F2", count("undetermined", reason=WHY), count("not_met", "derived", reason=WHY)),
    ("F2", count("met", "attested"), count("not_met", "derived", conflict=WHY)),
    ("F3", share("not_met", "measured", required="75", gap="15", waits_for=WAITS), share("not_met", "measured", waits_for=WAITS)),
    ("F9", share("undetermined", reason=WHY, waits_for=WAITS), share("not_met", "measured")),
    ("O1", share("undetermined", observed={"unknown": "vì"}, reason=WHY), share("met", "derived", observed="100")),
    ("O2", share("undetermined", reason=WHY), share("undetermined", reason={"vi": "không có", "en": "none"})),
    ("O3", share("met", "attested", reason=WHY), share("met", "attested", reason=WHY, conflict=WHY)),
    ("O6", share("undetermined", kind="condition", waits_for=WAITS), share("met", "derived", kind="condition", waits_for=WAITS)),
    (
        "N1",
        share("met", "measured", kind="score", required="2"),
        share("undetermined", kind="score", reason=WEAK),
    ),
    ("N3", {**SETTLED, "total": "9", "parts": {"A": "9", "B": None}}, {**SETTLED, "parts": {"A": None, "B": None}}),
    ("N3", {**SETTLED, "parts": {"A": "9", "B": None}}, {**SETTLED, "parts": {"A": None, "B": None}}),
    ("N4", share("undetermined", operator="equals", observed=RANGE), share("not_met", "derived", operator="equals", observed=RANGE)),
    ("N4", share("met", "attested", operator="one_of", observed=RANGE), share("met", "derived", operator="one_of", observed=RANGE)),
    ("O9", share("not_met", kind="score", required="2"), share("undetermined", kind="score")),
    ("O5", {"stars": None, "stars_possible": [3, 4, 5]}, {"stars": None, "stars_possible": [3, 5]}),
    ("O10", {"stars_possible": [3], "standing": "potential-5-star"}, {"stars_possible": [3]}),
]
OTHERS: list[tuple[Node, Node]] = [
    (share("not_met", "measured", observed="40"), share("met", "measured", observed="40")),
    (share("not_met", "derived", observed="40"), share("met", "derived", observed="40")),
    (share("met", "measured", required="75"), share("met", "measured", required="80")),
    (share("undetermined"), share("met", "measured")),
    (count("undetermined"), count("met", "derived")),
    (share("met", "attested", title=WHY), share("met", "attested", conflict=WHY)),
    (share("met", kind="score", title=WHY), share("met", kind="score")),
    ({**SETTLED, "total": "9", "parts": {"A": "9"}}, {**SETTLED, "total": "8", "parts": {"A": None}}),
    ({**SETTLED, "total": "9", "parts": {"A": "9", "B": "0"}}, {**SETTLED, "parts": {"A": "8", "B": None}}),
    ({"stars": 3, "stars_possible": [3]}, {"stars": 5, "stars_possible": [5]}),
    ({"stars": None, "stars_possible": [3]}, {"stars": None, "stars_possible": [3, 5]}),
]


@pytest.mark.parametrize(("code", "old", "new"), KINDS, ids=[code for code, _, _ in KINDS])
def test_each_fault_knows_its_kind(code: str, old: Node, new: Node) -> None:
    """A stored node that a mended fault made is known as such by that fault, and first by it."""
    assert next(fault.code for fault in faults_since(1) if fault.made(old, new)) == code
    assert {code for code, _, _ in KINDS} == {fault.code for fault in faults_since(1)}


@pytest.mark.parametrize(("old", "new"), OTHERS)
def test_no_fault_excuses_another_difference(old: Node, new: Node) -> None:
    """A forged outcome, figure, title or class is the work of no mended fault."""
    assert [fault.code for fault in faults_since(1) if fault.made(old, new)] == []


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in node.get("parts", ()):
        yield from _nodes(part)


def _older(data: Node, path: str = "9.2") -> Node:
    """The decision as an engine with a fault would have stored it: 9.2 not met, and what follows from that."""
    del data["meaning"]
    by_id = {node["id"]: node for node in _nodes(data["decision"])}
    by_id[path].update({"outcome": "not_met", "basis": "measured", "gap": "1", "observed": "0"})
    by_id[path].pop("reason", None)
    return data


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two mended faults of a test: one made indicators fail, one changed the points of a sheet."""
    words = ntm.Bilingual("Lỗi.", "A fault.")
    one = Fault("F90", words, lambda old, new: old.get("kind") == "indicator" and old["outcome"] == "not_met")
    two = Fault("F91", words, lambda old, new: old.get("band") == 1)
    three = Fault("F92", words, lambda old, new: old.get("id") == "2.2")
    monkeypatch.setattr("ntm_rules.decide.stored.meaning.MENDED", {2: (three, one, two)})


@pytest.mark.usefixtures("faulty")
def test_a_decision_that_rests_on_mended_faults_says_which() -> None:
    """It is false, names each fault once in their order, and what follows in the nodes above and the counts is covered."""
    data = _older(_older(stored() | {"meaning": 2}) | {"meaning": 2}, "2.2")
    whole, nine = data["decision"], data["decision"]["parts"][8]
    two = whole["parts"][1]
    for node in (nine, two):
        node["outcome"] = "not_met"
    data["counts"] = {**data["counts"], "not_met": data["counts"]["not_met"] + 2, "undetermined": data["counts"]["undetermined"] - 2}
    check = ntm.Decision.from_json(canonical(data)).verify()
    assert not check
    assert check.reason == "older meaning: F92, F90"
    assert "A fault." in check.label.en
    assert said(data | {"meaning": 2}) == "content differs at 2.2"


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("decision.parts.8.outcome", "met", "9"),
        ("decision.parts.8.title", {"vi": "khác", "en": "other"}, "9"),
        ("decision.parts.9.outcome", "met", "10"),
        ("outcome", "met", "outcome"),
        ("decision.operator", "any_of", "decision"),
        ("decision.parts.8.required", "1", "9"),
    ],
)
def test_nothing_rides_along_with_a_mended_fault(path: str, value: Any, at: str) -> None:
    """A whole that does not follow from its stored parts, or another node that differs, is not excused by a fault elsewhere."""
    assert said(changed("decision.parts.8.outcome", "not_met", _older(stored()))) == "older meaning: F90"
    assert said(changed(path, value, changed("decision.parts.8.outcome", "not_met", _older(stored())))) == f"content differs at {at}"


@pytest.mark.usefixtures("faulty")
def test_a_mended_fault_of_a_sheet_is_told() -> None:
    """What a sheet came to is looked at beside its nodes; a class that no fault made differs."""
    data = json.loads((GOLDEN / "ocop-2026-five.json").read_text("utf-8"))
    assert said(changed("score.band", 1, data)) == "older meaning: F91"
    assert said(changed("score.band", 2, data)) == "content differs at score.band"
    assert Decimal(data["score"]["total"]) > 0


@pytest.mark.usefixtures("faulty")
def test_a_whole_that_somebody_attested_need_not_follow_from_its_parts() -> None:
    """Where more than its parts decided a whole, the parts of an older decision do not have to give its outcome."""
    data = changed("attested", {"9": True}, stored()["subject"])
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    older = _older(json.loads(rules.evaluate(ntm.Subject.read(data)).to_json()))
    nine = older["decision"]["parts"][8]
    assert nine["basis"] == "attested"
    assert said(older) == "older meaning: F90"
    nine["outcome"] = "not_met"
    older["counts"] = {**older["counts"], "met": 1, "not_met": 2}
    assert said(older) == "older meaning: F90"
