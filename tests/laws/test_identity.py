"""The law «identity»: a decision says what decided it, is stored as it is, and re-evaluates to the same bytes for ever."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.loading.text.canonical import canonical, digest
from strategies import Case, cases, hostile_text, subject_of, write_catalogue
from texts import BASE, OVERLAY

ROOT = Path(__file__).parents[2]
DECISION = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/decision.schema.json").read_text("utf-8")))
OUTCOMES = {"met", "not_met", "undetermined", "not_applicable"}


@given(cases(), st.sampled_from(("official", "published", "recalled")), hostile_text)
def test_a_decision_is_stored_and_read_as_it_is(case: Case, accept: str, name: str) -> None:
    """Law «identity»: to JSON and back and to JSON again gives the same bytes, the same tree and the same words."""
    decision = case.rules.evaluate(subject_of(case.facts, name=name), accept=accept)
    text = decision.to_json()
    read = ntm.Decision.from_json(text)
    assert read.to_json() == text
    assert read == decision
    assert hash(read) == hash(decision)
    assert canonical(json.loads(text)) == text
    for one, other in zip(read, decision, strict=True):
        assert (one.outcome, one.observed, one.basis, one.reason, one.conflict) == (
            other.outcome,
            other.observed,
            other.basis,
            other.reason,
            other.conflict,
        )
    assert [node.face for node in read] == [node.face for node in decision]
    assert (read.columns, read.presumed, read.ruleset) == (decision.columns, decision.presumed, decision.ruleset)
    assert read.subject.plain_data() == decision.subject.plain_data()
    assert read.explain(full=True) == decision.explain(full=True)
    assert ntm.Decision.from_json(text.encode()).to_json() == text


@given(cases(), st.sampled_from(("official", "recalled")))
def test_every_decision_fits_the_published_schema(case: Case, accept: str) -> None:
    """Other programs can rely on schemas/decision.schema.json: every decision fits it."""
    DECISION.validate(json.loads(case.decide(accept=accept).to_json()))


@settings(max_examples=25)
@given(cases(), st.data())
def test_a_stored_decision_verifies_and_a_tampered_one_does_not(case: Case, data: st.DataObject) -> None:
    """Law «identity»: the stored facts re-evaluate to the very bytes; another outcome, figure or fact no longer does."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = write_catalogue(Path(folder), national__test__ruleset=json.dumps(case.data, ensure_ascii=False))
        rules = ntm.load("test/2024", on=date(2024, 6, 30), catalogue=catalogue)
        stored = rules.evaluate(case.subject).to_json()
        assert ntm.Decision.from_json(stored).verify(catalogue)
        nodes = list(_nodes(json.loads(stored)["decision"]))
        chosen = data.draw(st.integers(0, len(nodes) - 1))
        tampered = json.loads(stored)
        node = list(_nodes(tampered["decision"]))[chosen]
        node["outcome"] = data.draw(st.sampled_from(sorted(OUTCOMES - {node["outcome"]})))
        assert not ntm.Decision.from_json(canonical(tampered)).verify(catalogue)
        for change in ({"sha256": "0" * 64}, {"title": {"vi": "khác", "en": "other"}}):
            tampered = json.loads(stored)
            tampered["ruleset"].update(change)
            assert not ntm.Decision.from_json(canonical(tampered)).verify(catalogue)


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for part in node.get("parts", ()):
        yield from _nodes(part)


@given(cases())
def test_the_sha256_is_that_of_the_content(case: Case) -> None:
    """Law «identity»: the hash in the decision is the one of the ruleset's canonical JSON, and moves with any change."""
    assert case.rules.sha256 == digest(json.loads(case.rules.to_json())) == case.decide().ruleset.sha256
    again = ntm.RuleSet.from_json(case.rules.to_json())
    assert again.to_json() == case.rules.to_json()
    assert again.sha256 == case.rules.sha256
    changed = json.loads(case.rules.to_json())
    changed["title"]["vi"] += " khác"
    assert ntm.RuleSet.from_json(json.dumps(changed)).sha256 != case.rules.sha256


RULESETS = sorted((ROOT / "rulesets").rglob("*.yaml"))
KIND = {
    "ruleset": "ruleset",
    "overlay": "overlay",
    "examples": "examples",
    "examples-made": "examples",
    "instruments": "instruments",
    "provinces": "provinces",
}
KIND |= {"revocation": "revocation", "map": "transition", "examples-made": "examples"}


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: str(path.relative_to(ROOT / "rulesets")))
def test_every_shipped_file_fits_its_published_schema(path: Path) -> None:
    """An editor that checks rulesets against schemas/ shows no false alarm on what is shipped."""
    kind = {"sheets": "sheet", "shared": "shared"}.get(path.parent.name) or KIND[path.stem]
    schema = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    problems = [
        f"{error.json_path}: {error.message[:200]}"
        for error in validator.iter_errors(_typed(yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)))
    ]
    assert problems == []


def _typed(node: yaml.Node) -> Any:
    """The data as an editor sees it: what stands without quotes is a number or an answer where it looks like one."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _typed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_typed(item) for item in node.value]
    if node.style is None and re.fullmatch(r"-?\d+(\.\d+)?|true|false", node.value):
        return json.loads(node.value)
    return node.value


# --- what is no decision ------------------------------------------------------------------------------------------


def _stored() -> dict[str, Any]:
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    facts = {"attributes": {"region": "tay-nguyen", "year": 2024, "area": "I"}, "values": {"10.1": "44.5"}, "attested": {"19": True}}
    data: dict[str, Any] = json.loads(rules.evaluate(subject_of(facts)).to_json())
    return data


def _set(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *way, last = path.split(".")
    at: Any = data
    for part in way:
        at = at[int(part)] if part.isdigit() else at[part]
    at[last] = value
    return data


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "3", '"x"', "{}", '{"schema":"ntm-rules/decision/v2"}', b"\xff\xfe", "[" * 100_000, '{"decision":' * 5000],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_decision_is_refused(text: str | bytes) -> None:
    """Reading something else as a decision says so, with code NTM-601."""
    with pytest.raises(ntm.DecisionError) as caught:
        ntm.Decision.from_json(text)
    assert caught.value.problems[0].code == "NTM-601"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("outcome", "fine"), ("accept", "guessed"), ("ruleset.sha256", "12"), ("ruleset.on", "2024-13-01"), ("subject.kind", "planet"),
        ("subject.values", {"10.1": {"maybe": "x"}}), ("subject.attested", {"19": "yes"}), ("decision.operator", "feels_like"),
        ("decision.parts.0.parts.0.operator", "all_of"), ("decision.parts.9.parts.0.required", "many"),
        ("decision.parts.9.parts.0.required", ["50", "60"]),
        ("decision.parts.9.parts.0.observed", "many"), ("decision.parts.9.parts.0.observed", {"a": 1}), ("decision.kind", "tree"),
        ("decision.title", {"vi": "x"}), ("counts", {"met": "many"}),
    ],
)  # fmt: skip
def test_a_damaged_decision_is_refused(path: str, value: Any) -> None:
    """A stored decision with a part that means nothing is refused when it is read, not when it is explained."""
    with pytest.raises(ntm.DecisionError) as caught:
        ntm.Decision.from_json(canonical(_set(_stored(), path, value)))
    assert caught.value.problems[0].code == "NTM-601"
    assert caught.value.problems[0].what("en")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=8) | st.sampled_from(sorted(OUTCOMES)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("vi", "en", "id", "parts", "unknown")), inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), _JSON)
def test_reading_a_mangled_decision_never_crashes(data: st.DataObject, value: Any) -> None:
    """Whatever stands in a stored decision, it is read and can be explained and checked, or it is refused as such."""
    stored = _stored()
    at: Any = stored
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], (dict, list)) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = value
    try:
        decision = ntm.Decision.from_json(json.dumps(stored))
    except ntm.DecisionError:
        return
    for lang in ("vi", "en"):
        assert decision.explain(lang, "html", full=True)  # type: ignore[arg-type]
    decision.needed()
    decision.smallest_fixes()
    try:
        decision.verify()
    except ntm.NtmError:
        return


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ruleset": "a/b"}', '{"title": "\\ud800"}', "NaN"])
def test_what_is_no_ruleset_is_refused(text: str) -> None:
    """A text that is no ruleset in JSON is refused with code NTM-601."""
    with pytest.raises(ntm.DecisionError):
        ntm.RuleSet.from_json(text)


def test_the_published_schemas_are_those_of_the_models() -> None:
    """schemas/ is what the library writes today; an editor never checks against an older form."""
    from ntm_rules.verify.schemas import schemas

    written = {path.name: path.read_text("utf-8") for path in (ROOT / "schemas").glob("*.schema.json")}
    assert schemas() == written


@pytest.mark.parametrize(
    ("document", "path", "value"),
    [
        ("ruleset", "criteria.0.indicators.0.at_leest", 5), ("ruleset", "criteria.0.title", "Một"), ("ruleset", "subject", "planet"),
        ("overlay", "kind", "amendmnt"), ("ruleset", "criteria.0.indicators.0.at_least", {"value": 5, "lvel": "recalled"}),
    ],
)  # fmt: skip
def test_an_editor_sees_slips_by_the_schema(document: str, path: str, value: Any) -> None:
    """The schemas are strict enough to underline a misspelt key or a wrong word while it is typed."""
    schema = json.loads((ROOT / "schemas" / f"{document}.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    data = _typed(yaml.compose(BASE if document == "ruleset" else OVERLAY, Loader=yaml.SafeLoader))
    assert validator.is_valid(data)
    assert not validator.is_valid(_set(data, path, value))
