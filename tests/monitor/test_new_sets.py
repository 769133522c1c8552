"""The chain is written from the rulesets: a new family with a status of its own, and all that counts on it, needs no code."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_watch import said

import ntm_rules as ntm
from ntm_rules.monitor import Alert, Monitor, Recognition, Revocation, Unit, read_told
from strategies import write_catalogue

MARKETS = """\
ruleset: market-clean/2030
version: 1.0.0
title: {vi: Thôn chợ sạch, en: Village with a clean market}
subject: village
instrument: 1/QĐ-TTg
in_force: {from: 2030-01-01}
grants: market-clean
passes: any_of
criteria:
  - criterion: "A"
    title: {vi: Nước, en: Water}
    indicators:
      - {indicator: "A.1", title: {vi: A, en: A}, measure: {unit: "%"}, at_least: 90, source: {level: recalled}}
  - criterion: "B"
    title: {vi: Rác, en: Waste}
    indicators:
      - {indicator: "B.1", title: {vi: B, en: B}, measure: yes_no, is_true: true, source: {level: recalled}}
"""
DISTRICTS = """\
ruleset: district-markets/2030
version: 1.0.0
title: {vi: Huyện chợ sạch, en: District of clean markets}
subject: district
instrument: 1/QĐ-TTg
in_force: {from: 2030-01-01}
grants: "huyện-chợ-sạch"
attributes:
  market-clean: {title: {vi: Thôn chợ sạch, en: Clean market}, yes_no: true}
criteria:
  - criterion: "1"
    title: {vi: Tỷ lệ thôn, en: Share of villages}
    indicators:
      - indicator: "1.1"
        title: {vi: A, en: A}
        measure: {share_of: village, where: {holds_status: market-clean}}
        at_least: 50
        source: {level: recalled}
"""
TARGETS = """\
ruleset: targets/markets-2030
version: 1.0.0
title: {vi: Mục tiêu, en: Targets}
subject: province
instrument: 1/QĐ-TTg
in_force: {from: 2030-01-01}
attributes:
  "huyện-chợ-sạch": {title: {vi: Huyện chợ sạch, en: District of clean markets}, yes_no: true}
criteria:
  - criterion: M
    title: {vi: Số huyện, en: Districts}
    indicators:
      - indicator: M.1
        title: {vi: A, en: A}
        measure: {count_of: district, where: {holds_status: "huyện-chợ-sạch"}}
        at_least: 1
        source: {level: recalled}
"""
LINES: list[dict[str, Any]] = [
    {"tell": "unit", "id": "P", "kind": "province", "watch": ["targets"]},
    {"tell": "unit", "id": "D", "kind": "district", "part_of": "P", "attributes": {"huyện-chợ-sạch": False}, "watch": ["district-markets"]},
    {"tell": "unit", "id": "V1", "kind": "village", "part_of": "D", "attributes": {"market-clean": False}, "watch": ["market-clean"]},
    {"tell": "unit", "id": "V2", "kind": "village", "part_of": "D", "attributes": {"market-clean": False}, "watch": ["market-clean"]},
    {"tell": "measurement", "subject": "V1", "ruleset": "market-clean/2030", "indicator": "A.1", "value": "95"},
    {"tell": "recognition", "subject": "V1", "status": "market-clean", "on": "2030-03-01"},
    {"tell": "recognition", "subject": "D", "status": "huyện-chợ-sạch", "on": "2030-03-01"},
    {"tell": "measurement", "subject": "V1", "ruleset": "market-clean/2030", "indicator": "A.1", "value": "50"},
    {"tell": "attestation", "subject": "V1", "ruleset": "market-clean/2030", "number": "B", "holds": False},
    {"tell": "revocation", "subject": "V1", "status": "market-clean", "on": "2030-03-02"},
    {"advance": "2030-03-02"},
]
ACTS = {"recognised", "revoked"}  # what an authority did is told as well
FOLLOWS = [
    ("meets", "V1", "market-clean"),
    ("share-reached", "D", ""),
    ("meets", "D", "huyện-chợ-sạch"),
    ("target-reached", "P", ""),
    ("set-met", "P", ""),
    ("criterion-lost", "V1", "market-clean"),
    ("unsettled", "V1", "market-clean"),
    ("criterion-lost", "V1", "market-clean"),
    ("slipped", "V1", "market-clean"),
    ("share-lost", "D", ""),
    ("criterion-lost", "D", "huyện-chợ-sạch"),
    ("slipped", "D", "huyện-chợ-sạch"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of rulesets with three sets that nobody wrote code for."""
    path = tmp_path_factory.mktemp("new") / "rulesets"
    write_catalogue(path, a__ruleset=MARKETS, b__ruleset=DISTRICTS, c__ruleset=TARGETS)
    return path


def test_the_chain_follows(folder: Path) -> None:
    """Village, the district that counts on it, the target of the province; names that are not ASCII among them."""
    got: list[Alert] = []
    with Monitor(ntm.Catalogue(folder), on=date(2030, 3, 1), callback=got.append) as monitor:
        for line in LINES[:-1]:
            monitor.tell(read_told(line["tell"], {key: value for key, value in line.items() if key != "tell"}))
        monitor.advance(date(2030, 3, 2))
        assert [one for alert in got if (one := (alert.kind, alert.subject, alert.status))[0] not in ACTS] == FOLLOWS
        assert monitor.statuses()["P"] == {"targets": "met"}  # the district keeps its recognition until it is revoked
        monitor.tell(Revocation(subject="D", status="huyện-chợ-sạch", on=date(2030, 3, 2)))
        assert [(alert.kind, alert.criterion) for alert in got[-2:]] == [("target-lost", "M"), ("set-lost", "")]


def test_watch_with_rulesets_of_ones_own(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same by the command, from a file."""
    path = tmp_path / "j.jsonl"
    head = {"journal": "ntm-rules/journal/v1", "on": "2030-03-01", "accept": "recalled"}
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *LINES)), "utf-8")
    code, out, _ = said(capsys, path, "--rulesets", folder, "--each", "--json")
    alerts = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one for alert in alerts if (one := (alert["kind"], alert["subject"], alert.get("status", "")))[0] not in ACTS] == FOLLOWS
    code, _, err = said(capsys, path, "--lang", "en")
    assert code == 1
    assert "«market-clean» is not in the catalogue" in err


def test_a_set_that_is_written_anew_is_another(folder: Path, tmp_path: Path) -> None:
    """The same village under a stricter set: nothing of the chain is kept from one folder to the next."""
    stricter = tmp_path / "rulesets"
    write_catalogue(stricter, a__ruleset=MARKETS.replace("passes: any_of\n", ""))
    outcomes = []
    for path in (folder, stricter):
        with Monitor(ntm.Catalogue(path), on=date(2030, 3, 1)) as monitor:
            monitor.tell(Unit(id="V", kind="village"))
            monitor.tell(read_told("measurement", {"subject": "V", "ruleset": "market-clean/2030", "indicator": "A.1", "value": "95"}))
            monitor.tell(Recognition(subject="V", status="market-clean", on=date(2030, 3, 1)))
            outcomes.append(monitor.statuses()["V"]["market-clean"])
    assert outcomes == ["met", "undetermined"]
