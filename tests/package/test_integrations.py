"""The integrations of ``examples/``: each is run as whoever copies it would, and what it must never do is tried."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from scripts import script

EXAMPLES = Path(__file__).parents[2] / "examples"
COMMUNE = {"id": "M001", "attributes": {"region": "tay-nguyen", "area": "I", "year": 2024}, "values": {"10.1": "51.50"}}
ON = {"on": "2024-06-30", "province": "kon-tum"}


@pytest.fixture(scope="module")
def service() -> Any:
    """A client of the service."""
    pytest.importorskip("fastapi")
    from fastapi.testclient import TestClient

    return TestClient(script(EXAMPLES / "service" / "app.py").app)


def test_the_service_answers_with_a_decision_that_verifies(service: Any) -> None:
    """Figures count as they were written, and what comes back is what the library itself says, byte for byte."""
    reply = service.post("/communes/decision", params=ON, json={**COMMUNE, "kind": "commune"})
    stored = ntm.Decision.from_json(reply.text)
    assert (reply.status_code, stored["10.1"].outcome, stored.verify().reason) == (200, "met", "same")
    rules = ntm.applicable("commune-ntm", on=date(2024, 6, 30), province="kon-tum")
    assert reply.text == rules.evaluate(ntm.Subject.read({**COMMUNE, "kind": "commune"})).to_json()


def test_the_service_names_each_field_that_is_wrong(service: Any) -> None:
    """Field by field, in both languages; a key that stands twice and a day without a text are told too."""
    wrong = {"id": "M001", "kind": "commune", "attributes": {"area": "IV"}, "values": {"10.1": "51,5", "10.9": 1}}
    reply = service.post("/communes/decision", params=ON, json=wrong)
    told = {one["field"]: one["code"] for one in reply.json()["problems"]}
    assert (reply.status_code, told) == (422, {"attributes.area": "NTM-406", "10.1": "NTM-403", "10.9": "NTM-401"})
    assert all(one["vi"] != one["en"] and one["vi"] and one["en"] for one in reply.json()["problems"])
    twice = service.post("/communes/decision", params=ON, content='{"id": "M001", "kind": "commune", "id": "M002"}')
    assert (twice.status_code, len(twice.json()["problems"])) == (422, 1)
    none = service.post("/communes/decision", params={"on": "2010-01-01"}, json={**COMMUNE, "kind": "commune"})
    assert (none.status_code, none.json()["problems"][0]["code"]) == (404, "NTM-307")


def test_the_service_describes_what_it_takes_and_answers(service: Any) -> None:
    """OpenAPI of request, decision and refusal; the schema of the request is a schema by itself, and holds for what is sent."""
    jsonschema = pytest.importorskip("jsonschema")
    told = service.get("/openapi.json").json()
    post = told["paths"]["/communes/decision"]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]
    taken = jsonschema.Draft202012Validator(body)
    assert taken.is_valid({**COMMUNE, "kind": "commune", "members": [{"id": "a", "kind": "commune"}]})
    assert not taken.is_valid({**COMMUNE, "kind": "commune", "members": [{"id": "a", "kind": "comune"}]})
    answered = {code: said["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2] for code, said in post["responses"].items()}
    assert answered == {"200": "DecisionRecord", "404": "Refused", "422": "Refused"}
    assert {"DecisionRecord", "NodeRecord", "Refused", "Wrong"} <= told["components"]["schemas"].keys()
    assert [one["name"] for one in post["parameters"]] == ["on", "province"]


@pytest.fixture(scope="module")
def assessment() -> Iterator[Any]:
    """The model of the Django example over a database in memory, its migration run."""
    django = pytest.importorskip("django")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES / "django"))
        patch.setenv("DJANGO_SETTINGS_MODULE", "settings")
        patch.setenv("COMMUNES_DB", ":memory:")
        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
        from communes.models import Assessment

        yield Assessment
        connections.close_all()


def test_django_keeps_facts_and_decision_and_verifies_them_from_their_columns(assessment: Any) -> None:
    """A JSON column gives back other bytes of the same content; what was changed in the table is found by the command, row by row."""
    from django.core.exceptions import ValidationError
    from django.core.management import CommandError, call_command

    facts = {key: COMMUNE[key] for key in ("attributes", "values")}
    for code in ("M001", "M002"):
        row = assessment(commune=code, name="Mẫu", day=date(2024, 6, 30), province="kon-tum", facts=facts)
        row.full_clean()
        row.save()
    stored = assessment.objects.get(commune="M001")
    assert (stored.outcome, bool(stored.verified()), stored.facts["values"]["10.1"]) == ("undetermined", True, "51.50")
    assert stored.stored()["10.1"].outcome == "met"
    out, err = io.StringIO(), io.StringIO()
    call_command("verify_decisions", stdout=out, stderr=err)
    assert out.getvalue() == "2 verified, 0 not\n"

    stored.decision["subject"]["values"]["10.1"] = "12"
    stored.save()
    with pytest.raises(CommandError):
        call_command("verify_decisions", stdout=out, stderr=err)
    assert "1 verified, 1 not" in out.getvalue()
    assert "M001 2024-06-30: content differs at" in err.getvalue()

    wrong = assessment(commune="M003", day=date(2024, 6, 30), facts={"values": {"10.1": "51,5"}})
    with pytest.raises(ValidationError) as told:
        wrong.full_clean()
    assert "NTM-403" in told.value.message_dict["facts"][0]
    with pytest.raises(ValidationError, match="NTM-307"):
        assessment(commune="M003", day=date(2010, 1, 1)).full_clean()


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_notebook_prints_what_it_shows(name: str) -> None:
    """Its cells one after another, each output word for word."""
    pytest.importorskip(name)
    notebook = json.loads((EXAMPLES / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, Any] = {"__name__": "__notebook__"}
    for cell in cells:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(EXAMPLES / "notebooks"):
            exec(compile("".join(cell["source"]), name, "exec"), names)  # noqa: S102 - the notebook's own code
        assert printed.getvalue() == "".join(line for output in cell["outputs"] for line in output["text"])
    assert sum(bool(cell["outputs"]) for cell in cells) >= 4


def test_the_nightly_run_shares_tables_out_and_stops_for_none(tmp_path: Path) -> None:
    """A damaged table and a damaged row are named and counted; run again, every byte is the same, and nothing half lies about."""
    tables = tmp_path / "tables"
    tables.mkdir()
    shutil.copy(EXAMPLES / "notebooks" / "communes.csv", tables / "b.csv")
    (tables / "a.csv").write_bytes(b"\xff\xfe\x00no table")
    command = [sys.executable, EXAMPLES / "nightly" / "night.py", tables, tmp_path / "out", "--day", "2023-12-31", "--processes", "2"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert ended.stdout.splitlines() == [
        "a.csv: 0 met, 0 not_met, 0 undetermined, 1 refused",
        "b.csv: 0 met, 2 not_met, 1 undetermined, 1 refused",
    ]
    assert ended.returncode == 1
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written.keys() == {"a.jsonl", "b.jsonl"}
    lines = [json.loads(line) for line in written["b.jsonl"].decode().splitlines()]
    assert [line["problems"][0]["code"] if "problems" in line else line["outcome"] for line in lines] == [
        "undetermined",
        "not_met",
        "NTM-406",
        "not_met",
    ]
    night = script(EXAMPLES / "nightly" / "night.py")
    again = tmp_path / "again.jsonl"
    night.judged(tables / "b.csv", again, date(2023, 12, 31), None)
    assert again.read_bytes() == written["b.jsonl"]


def test_node_asks_a_line_and_reads_a_line() -> None:
    """Without a server and without a library of its own: a decision, a refusal, and the exit code that says there was one."""
    if not (node := shutil.which("node")):
        pytest.skip("Node.js is not here")
    command = [node, EXAMPLES / "node" / "decide.mjs", Path(sys.executable).with_name("ntm-rules")]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines() == ["undetermined 10.1 met", "ntm-rules/refusal/v1 NTM-403", "exit 1"]
