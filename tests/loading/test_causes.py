"""What the system, the JSON reader and pydantic say reaches nobody in English who reads Vietnamese."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

import ntm_rules as ntm
from ntm_rules.loading.text.yaml_text import read_text
from ntm_rules.messages.causes import of_reading, of_shape, of_system
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.write.safe import atomic

ENGLISH = re.compile(
    r"\b(?:a|an|and|be|column|control|directory|error|exceeded|expecting|expected|field|file|for|input|integer|invalid|is|line|list|must|no|not"
    r"|object|or|should|string|such|the|to|twice|valid|value|with)\b"
)
ONE: dict[str, Any] = {"id": "1", "kind": "commune"}
RULES = ntm.load("commune-ntm/2021-2025")
STORED = RULES.evaluate(ntm.Subject(**ONE)).to_json()

READ: list[tuple[str, Callable[[Path], object]]] = [
    ("NTM-411", lambda _: ntm.Subject(id="1", kind="planet")),  # type: ignore[arg-type]
    ("NTM-411", lambda _: ntm.Subject(id=5, kind="commune")),  # type: ignore[arg-type]
    ("NTM-411", lambda _: ntm.Subject(**ONE, members=5)),
    ("NTM-411", lambda _: ntm.Subject(**ONE, values={1: "5"})),
    ("NTM-411", lambda _: ntm.Subject.from_json('{"id": ')),
    ("NTM-411", lambda _: ntm.Subject.from_json(b"\xff\xff")),
    ("NTM-411", lambda _: ntm.Subject.from_json('{"id": "1", "id": "2"}')),
    ("NTM-411", lambda _: ntm.Subject.from_json('{"id": ' + "9" * 5000 + "}")),
    ("NTM-601", lambda _: ntm.Decision.from_json("{}")),
    ("NTM-601", lambda _: ntm.Decision.from_json("[]")),
    ("NTM-601", lambda _: ntm.Decision.from_json("{")),
    ("NTM-601", lambda _: ntm.Decision.from_json({})),  # type: ignore[arg-type]
    ("NTM-601", lambda _: ntm.Decision.from_json(STORED.replace('"accept":"recalled"', '"accept":"guessed"'))),
    ("NTM-601", lambda _: ntm.Decision.from_json(STORED.replace('"counts":{', '"counts":{"x":"many",'))),
    ("NTM-601", lambda _: ntm.Decision.from_json(STORED.replace('"operator":"all_of"', '"operator":"some_of"'))),
    ("NTM-601", lambda _: ntm.RuleSet.from_json("{}")),
    ("NTM-108", lambda folder: read_table(folder / "none.csv", RULES)),
    ("NTM-525", lambda folder: _written(folder / "file" / "x.csv")),
    ("NTM-406", lambda _: RULES.evaluate(ntm.Subject(**ONE, attributes={"region": 3}))),
    ("NTM-325", lambda _: ntm.load("commune-ntm/2021-2025", on="2024-06-30")),  # type: ignore[arg-type]
    ("NTM-325", lambda _: ntm.load("commune-ntm/2021-2025", on=datetime(2024, 6, 30, tzinfo=UTC))),
    ("NTM-325", lambda _: ntm.applicable("commune-ntm", on="2024-06-30")),  # type: ignore[arg-type]
    ("NTM-325", lambda _: ntm.applicable("ocop", on=date(2026, 7, 22), filed="2026-05-01")),  # type: ignore[arg-type]
    ("NTM-418", lambda _: ntm.Subject(id="1", kind="product", attributes={"council_members": 0})),
    ("NTM-418", lambda _: ntm.Subject(id="1", kind="product", attributes={"council_members": 2}, values={"1.1": [3, 3, 1]})),
]  # fmt: skip


UNREADABLE: list[str] = [
    "a: [1, 2", "a: {b: 1", "a: 'open", 'a: "\\q"', 'a: "\\xZZ"', 'a: "\\uD800"', "a: @b", "a: b: c", "- a\nb: 1", "a: 1\n- b",
    "a: *", "a: !<x", "a: !x!y z", "a: !!%zz b", "a: |0\n b", "a: |x\n b", "a: >\n\t\n b\n", "%YAML 9.9\n---\na",
    "%YAML x\n---\na", "%YAML 1111111111111.1\n---\n", "%YAML 1.1\n%YAML 1.1\n---\na", "%TAG\n---\na",
    "%TAG ! a\n%TAG ! b\n---\na", "%FOO\na", "%a!\n", "a: 'x\n---\ny'", "a: ]", "a: -", '"a" "b"', "a: \x00", "a: \ufffe",
]  # fmt: skip


def _written(path: Path) -> None:
    path.parent.write_text("", "utf-8")
    with atomic(path):
        pass


@pytest.mark.parametrize(("code", "call"), READ, ids=[f"{i}-{case[0]}" for i, case in enumerate(READ)])
def test_the_vietnamese_side_is_vietnamese(tmp_path: Path, code: str, call: Callable[[Path], object]) -> None:
    """Whatever cannot be read or written is told without the words of the program below, which stay on the English side."""
    with pytest.raises(ntm.NtmError) as caught:
        call(tmp_path)
    [problem] = caught.value.problems
    assert problem.code == code
    said = re.sub(r"«[^»]*»", "", f"{problem.what('vi')} {problem.why('vi')} {problem.mend('vi')}")
    assert not ENGLISH.findall(said.casefold()), said
    assert problem.what("en") != problem.what("vi")


@pytest.mark.parametrize("text", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_the_yaml_reader_stumbles_over_is_told_in_words_of_ours(text: str) -> None:
    """The reader's own reason stands in neither language, the line that is named is not empty, and no bracket is put behind a dash."""
    with pytest.raises(yaml.YAMLError) as caught:
        list(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    reason = getattr(caught.value, "problem", None) or str(caught.value)
    [problem] = read_text(text).problems
    assert problem.code == "NTM-101"
    for lang in ("vi", "en"):
        said = f"{problem.what(lang)} {problem.why(lang)} {problem.mend(lang)}"
        assert reason not in said
        assert "«»" not in said
        assert "-}»" not in said
    ours = re.sub(r"«[^»]*»", "", f"{problem.what('vi')} {problem.why('vi')} {problem.mend('vi')}")
    assert not ENGLISH.findall(ours.casefold()), ours


def test_an_attribute_is_called_by_its_title() -> None:
    """People know «Vùng», not the word that programs use for it."""
    with pytest.raises(ntm.SubjectError) as caught:
        RULES.evaluate(ntm.Subject(**ONE, attributes={"region": "x"}))
    [problem] = caught.value.problems
    assert "«Vùng»" in problem.what("vi")
    assert "«Region»" in problem.what("en")


def test_a_council_that_was_stored_is_still_read() -> None:
    """A decision from before the size of a council was asked about verifies as it did."""
    facts = {"product_set": "1", "council_members": 3}
    rules = ntm.load("ocop/2023")
    text = rules.evaluate(ntm.Subject(id="1", kind="product", attributes=facts)).to_json()
    old = text.replace('"council_members":"3"', '"council_members":"0"')
    assert old != text
    assert ntm.Decision.from_json(old).verify().reason == "same"
    assert ntm.Subject(id="1", kind="product", attributes=facts, values={"1.1": [3, 3, 1]}).values["1.1"] == (3, 3, 1)


@pytest.mark.parametrize(
    ("error", "vi"),
    [
        (OSError(errno.EACCES, os.strerror(errno.EACCES)), "không có quyền"),
        (OSError(errno.EXDEV, os.strerror(errno.EXDEV)), f"hệ thống báo lỗi số {errno.EXDEV}"),
        (OSError("odd"), "hệ thống từ chối"),
    ],
)
def test_what_the_system_says(error: OSError, vi: str) -> None:
    """Common refusals have their words; a rare one its number."""
    told = of_system(error)
    assert (told.vi, told.en) == (vi, error.strerror or str(error))


def test_what_reading_says() -> None:
    """Deep nesting, what is no text, an empty error: each has a word."""
    assert of_reading(RecursionError("too deep")).both() == {"vi": "lồng nhau quá sâu", "en": "too deep"}
    assert of_reading(ValueError()).both() == {"vi": "không đọc được", "en": ""}
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(int).validate_python("x")
    assert of_reading(caught.value).vi == "cần là số nguyên"
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(date).validate_python("x")
    assert of_shape(caught.value.errors()[0]).vi == "không đúng kiểu"
