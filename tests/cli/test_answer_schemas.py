"""What is answered fits the schemas that are published for it: decisions, refusals, the results of a table."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.cli.pipe import answer

TOP = Path(__file__).parents[2]
SET = ("--set", "commune-ntm/2021-2025", "--on", "2024-06-30")
RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))


def validator(name: str) -> Any:
    """The published schema of an answer."""
    schema = json.loads((TOP / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


VALIDATORS = {f"ntm-rules/{name}/v1": validator(name) for name in ("decision", "refusal", "results")}
GIVEN = [
    {"id": "A", "attributes": {"region": "tay-nguyen", "year": 2024}, "values": {"10.1": 51.5, "17.1": {"unknown": "chưa khảo sát"}}},
    {"id": "B", "values": {"10.1": "bốn mươi", "99.9": "1", "13.4": 7}},
    {"id": 7},
    {"kind": "district", "id": "C"},
    {"id": "D", "attributes": {"regoin": "tay-nguyen"}},
    7,
    None,
]


@pytest.mark.parametrize("form", ["lines", "array"])
def test_every_answer_fits_the_schema_that_it_names(form: str) -> None:
    """A decision, and a refusal of whatever was wrong, with and without an id."""
    text = "\n".join(map(json.dumps, GIVEN)) if form == "lines" else json.dumps(GIVEN)
    out = io.StringIO()
    assert answer(io.BytesIO(text.encode()), out, RULES, {}) == 1
    answers = json.loads(out.getvalue()) if form == "array" else [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(answers) == len(GIVEN)
    for one in answers:
        VALIDATORS[one["schema"]].validate(one)
    assert [one.get("id") for one in answers[1:]] == ["B", None, "C", "D", None, None]
    assert [one.get("index") for one in answers] == [None, 1, 2, 3, 4, 5, 6]


def test_an_array_that_breaks_off_ends_with_a_refusal_of_the_schema() -> None:
    """Where reading stopped."""
    out = io.StringIO()
    assert answer(io.BytesIO(b'[{"id": "A"}'), out, RULES, {}) == 2
    VALIDATORS["ntm-rules/refusal/v1"].validate(json.loads(out.getvalue())[-1])


@pytest.mark.parametrize("rows", ["A;51,5\nB;bốn mươi\n", "A;51\n", ""], ids=["one is refused", "all are decided", "no row"])
def test_the_results_of_a_table_fit_their_schema(rows: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the file and on the screen alike."""
    table, target = tmp_path / "t.csv", tmp_path / "results.json"
    table.write_text("id;10.1\n" + rows, "utf-8")
    for more in (["-o", str(target)], ["--json"]):
        with pytest.raises(SystemExit):
            run(["evaluate", str(table), *SET, "--with", "region=tay-nguyen", "--with", "year=2024", *more])
    for text in (target.read_text("utf-8"), capsys.readouterr().out.splitlines(keepends=True)):
        whole = json.loads(text if isinstance(text, str) else "".join(text[next(i for i, line in enumerate(text) if line[0] == "{") :]))
        VALIDATORS["ntm-rules/results/v1"].validate(whole)
        assert len(whole["decisions"]) == sum(line.startswith("A") for line in rows.splitlines())
        assert any(problem["code"] == "NTM-402" for problem in whole["problems"]) == ("bốn" in rows)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("refusal", {"schema": "ntm-rules/refusal/v1", "index": 0, "id": None, "problems": []}),
        ("refusal", {"schema": "ntm-rules/refusal/v1", "index": -1, "id": None, "problems": [{"code": "NTM-411"}]}),
        ("refusal", {"schema": "ntm-rules/decision/v1", "index": 0, "problems": []}),
        ("results", {"schema": "ntm-rules/results/v1", "ruleset": "x/1", "decisions": [{}], "problems": []}),
        ("results", {"schema": "ntm-rules/results/v1", "ruleset": "x/1", "decisions": []}),
    ],
)
def test_the_schemas_refuse_what_is_no_answer(name: str, wrong: dict[str, Any]) -> None:
    """A schema that takes everything promises nothing."""
    with pytest.raises(jsonschema.ValidationError):
        VALIDATORS[f"ntm-rules/{name}/v1"].validate(wrong)


def test_keys_of_a_later_version_are_left_aside() -> None:
    """Within a number keys may be added: who checks by the schema of today takes the answers of tomorrow."""
    out = io.StringIO()
    answer(io.BytesIO(b'{"id": 7}'), out, RULES, {})
    VALIDATORS["ntm-rules/refusal/v1"].validate({**json.loads(out.getvalue()), "hint": "x"})
