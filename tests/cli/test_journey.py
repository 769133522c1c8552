"""A decision of a province, from the paper to the approved pack, word for word as the guide has it. The decision is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey import COMMUNES, GUIDES, commands, fill
from ntm_rules.loading.catalogue import bundled


def test_both_guides_show_the_same_commands_and_eight_at_most() -> None:
    """A clerk types no more between the paper and the published version."""
    shown = [commands(guide) for guide in GUIDES]
    assert shown[0] == shown[1]
    assert len(shown[0]) <= 8


def test_the_delegated_levels_of_a_province_go_from_excel_to_the_approved_pack(
    call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Export, fill, read, check, what differs, whom it concerns, proofs, pack, publication; what comes with the library is untouched."""
    shipped = {path: path.read_bytes() for path in bundled().folder.glob("provinces/kon-tum/*/*.yaml")}
    monkeypatch.chdir(tmp_path)
    Path("xa.csv").write_text(COMMUNES, "utf-8")
    export, *rest = commands(next(iter(GUIDES)))
    assert call(*export)[0] == 0
    fill(Path("muc.xlsx"))
    said = {}
    for one in rest:
        said[one[0]] = code, out, err = call(*one)
        assert code in (0, 1), out + err
    assert {name: code for name, (code, _, _) in said.items()} == {
        "workbook": 0,
        "check": 1,
        "diff": 1,
        "impact": 1,
        "prove": 0,
        "review-pack": 1,
        "publish": 0,
    }
    assert [line.split(": ")[1][:7] for line in said["check"][2].splitlines()] == ["NTM-226"]  # to be published is all that is left
    assert all(figure in said["diff"][1] for figure in ("100", "82.5", "70", "60"))
    assert "Xã Hai" in said["impact"][1]
    pack = Path("ho-so.html").read_text("utf-8")
    assert all(word in pack for word in ("99/QĐ-UBND", "82.5", "Xã Hai"))
    assert Path("so-tay/provinces/kon-tum/commune-ntm-2021-2025-99-qd-ubnd/published/1.0.0.json").is_file()
    assert {path: path.read_bytes() for path in shipped} == shipped
