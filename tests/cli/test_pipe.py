"""JSON in, JSON out: ``ntm-rules evaluate -`` as another language uses it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.cli.pipe import MOST, answer
from ntm_rules.cli.piped import kind_of

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SET = ("evaluate", "-", "--set", "commune-ntm/2021-2025", "--on", "2024-06-30")
ONE = {"id": "X01", "attributes": {"region": "tay-nguyen", "year": 2024}, "values": {"10.1": 51.5}}
OTHER = {"id": "X02", "kind": "commune", "name": "Hai", "values": {"10.1": "40"}}
WRONG = {"id": "X03", "values": {"10.1": "bốn mươi"}}


def decided(given: dict[str, object]) -> str:
    """What the library says of a subject."""
    return RULES.evaluate(ntm.Subject.read({"kind": "commune", **given})).to_json()


def answered(text: str | bytes, **shared: object) -> tuple[int, str]:
    """The exit code and all that was answered."""
    out = io.StringIO()
    code = answer(io.BytesIO(text.encode() if isinstance(text, str) else text), out, RULES, shared)
    return code, out.getvalue()


def test_one_object_is_answered_by_one_decision() -> None:
    """On one line or written out over many; the answer is byte for byte what the library gives."""
    for text in (json.dumps(ONE), json.dumps(ONE, indent=2), "\n\n" + json.dumps(ONE), "\ufeff" + json.dumps(ONE)):
        assert answered(text) == (0, decided(ONE) + "\n")


def test_lines_are_answered_by_lines_in_their_order() -> None:
    """What cannot be decided is refused in its place; the others are decided."""
    code, out = answered("\n".join(json.dumps(one) for one in (ONE, WRONG, OTHER)) + "\n")
    first, refused, last = out.splitlines()
    assert code == 1
    assert (first, last) == (decided(ONE), decided(OTHER))
    refusal = json.loads(refused)
    assert (refusal["schema"], refusal["index"], refusal["id"]) == ("ntm-rules/refusal/v1", 1, "X03")
    assert [problem["code"] for problem in refusal["problems"]] == ["NTM-402"]
    assert refusal["problems"][0]["what"].keys() == {"vi", "en"}


def test_an_array_is_answered_by_an_array() -> None:
    """Also the empty one, and one in which somebody is refused."""
    code, out = answered(json.dumps([ONE, OTHER], indent=1))
    assert (code, [json.dumps(one, sort_keys=True) for one in json.loads(out)]) == (
        0,
        [json.dumps(json.loads(decided(one)), sort_keys=True) for one in (ONE, OTHER)],
    )
    assert (answered(" [ ] ")[0], json.loads(answered("[]")[1])) == (0, [])
    code, out = answered(json.dumps([WRONG, 7, ONE]))
    assert code == 1
    assert [one["schema"] for one in json.loads(out)] == ["ntm-rules/refusal/v1", "ntm-rules/refusal/v1", "ntm-rules/decision/v1"]


def test_nothing_is_answered_by_nothing() -> None:
    """An empty stream is no mistake."""
    assert answered("") == (0, "")
    assert answered("\n \n") == (0, "")


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "X01", "id": "X02"}',
        '{"id": "X01", "values": {"10.1": NaN}}',
        '{"id": "X01", "values": {"10.1": 1e999}}',
        '{"id": "X01", "values": {"10.1": 1e99999999999999999999}}',
        '{"id": }',
        "7",
        "hai",
        b'{"id": "\xff"}',
        '{"a":' + "[" * 100_000,
        '{"id": "X01", "attributes": 7}',
        '{"id": "X01", "attributes": {"year": 2023}}',
        '{"id": "X01", "attributes": {"regoin": "tay-nguyen"}}',
        '{"id": "X\\ud800"}',
        '{"id": "X01", "name": "\\udfff"}',
        '{"id": "X01", "values": {"10.1": {"unknown": "\\ud800"}}}',
    ],
)
def test_what_is_no_subject_is_refused_and_the_next_is_answered(text: str | bytes) -> None:
    """A key twice, no number, no JSON, no text, what contradicts the call: refused with a code, never an error of Python's."""
    raw = text.encode() if isinstance(text, str) else text
    code, out = answered(raw, year=2024)
    refusal = json.loads(out)
    assert (code, refusal["schema"], refusal["index"]) == (1, "ntm-rules/refusal/v1", 0)
    assert refusal["problems"]
    out.encode()  # whatever was asked, the answer is UTF-8
    if b"\\u" in raw:  # in an array too
        many = answered(b"[" + json.dumps(ONE).encode() + b"," + raw + b', {"id": "\\u0061"}]', year=2024)[1]
        assert [json.loads(many)[place]["schema"].split("/")[1] for place in range(3)] == ["decision", "refusal", "decision"]
    code, out = answered(json.dumps(ONE).encode() + b"\n" + raw + b"\n" + json.dumps(OTHER).encode(), year=2024)
    schemas = [json.loads(line)["schema"].split("/")[1] for line in out.splitlines()]
    assert (code, schemas) == (1, ["decision", "refusal", "decision"])


@pytest.mark.parametrize(
    "text",
    [
        "[",
        '[{"id": 1e99999999999999999999}]',
        '[{"id": "X01"}',
        '[{"id": "X01"} {"id": "X02"}]',
        "[{]",
        "[1,]",
        "[] []",
        '[{"id": "X01"}] x',
        b"[\xff]",
    ],
)
def test_an_array_that_breaks_off_is_answered_as_far_as_it_goes(text: str | bytes) -> None:
    """Exit code 2, and the answer is JSON all the same: the last element says what is wrong."""
    code, out = answered(text)
    assert code == 2
    assert json.loads(out)[-1]["problems"][0]["code"] == "NTM-411"


def test_what_all_have_in_common_is_said_once_in_the_call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``--with`` and ``--province`` count for all that do not state them."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"id": "X01", "values": {"10.1": 51.5}}).encode())))
    with pytest.raises(SystemExit) as ended:
        run([*SET, "--with", "region=tay-nguyen", "--with", "year=2024", "--province", "kon-tum"])
    assert ended.value.code == 0
    subject = json.loads(capsys.readouterr().out)["subject"]
    assert subject["attributes"] == {"province": "kon-tum", "region": "tay-nguyen", "year": "2024"}


@pytest.mark.parametrize("more", [("-o", "x.csv"), ("t.csv",), ("--sheet", "a"), ("--ignore", "b")])
def test_a_stream_is_read_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]) -> None:
    """What belongs to tables is refused with it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "X01"}')))
    with pytest.raises(SystemExit) as ended:
        run([*SET, *more])
    assert ended.value.code == 2
    assert "NTM-707" in capsys.readouterr().err


class Endless(io.RawIOBase):
    """A stream made as it is read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts, self.left = parts, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer) -> int:
        """The next bytes."""
        self.left = self.left or next(self.parts, b"")
        size = min(len(buffer), len(self.left))
        buffer[:size], self.left = self.left[:size], self.left[size:]
        return size


@pytest.mark.parametrize("form", ["lines", "array"])
def test_memory_does_not_grow_with_the_stream(form: str) -> None:
    """Ten times as many subjects take no more room."""

    def peak(count: int) -> int:
        subject = json.dumps({**ONE, "name": "x" * 2000}).encode()
        between = b"\n" if form == "lines" else b",\n"
        parts = (subject + (b"" if i == count - 1 else between) for i in range(count))
        ends = (b"", b"") if form == "lines" else (b"[", b"]")
        stream = io.BufferedReader(Endless(_around(ends, parts)))
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            tracemalloc.start()
            assert answer(stream, nowhere, RULES, {}) == 0
            size = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return size

    peak(5)
    assert peak(600) < peak(60) * 1.5 + 100_000


def _around(ends: tuple[bytes, bytes], parts: Iterator[bytes]) -> Iterator[bytes]:
    yield from (end for end in ends[:1] if end)
    yield from parts
    yield from (end for end in ends[1:] if end)


@pytest.mark.parametrize("text", [b'{"id": "' + b"x" * MOST, b'{"id":\n"' + b"x" * MOST, b'[{"id": "' + b"x" * (MOST + (1 << 18))])
def test_a_subject_without_end_is_refused(text: bytes) -> None:
    """What is longer than any subject is not read to its end."""
    code, out = answered(text)
    assert code == 2
    assert "NTM-411" in out


@given(st.lists(st.sampled_from([ONE, OTHER, WRONG]), max_size=4), st.sampled_from([None, 1, 3]), st.integers(1, 70))
def test_however_the_bytes_arrive_the_answers_are_the_same(subjects: list[dict[str, object]], indent: int | None, size: int) -> None:
    """In pieces of any size, an array gives what its elements give one by one."""
    raw = json.dumps(subjects, indent=indent, ensure_ascii=False).encode()
    stream = io.BufferedReader(Endless(iter([raw[i : i + size] for i in range(0, len(raw), size)])))
    out = io.StringIO()
    answer(stream, out, RULES, {})
    lone = [json.loads(answered(json.dumps(one))[1]) for one in subjects]
    found = json.loads(out.getvalue())
    assert [{**one, "index": 0} if "index" in one else one for one in found] == lone


def test_a_program_may_wait_for_each_answer() -> None:
    """Asked, answered, asked again: nothing is held back until the end."""
    call = [sys.executable, "-m", "ntm_rules", *SET]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for one in (ONE, OTHER, ONE):
            program.stdin.write(json.dumps(one) + "\n")
            program.stdin.flush()
            assert program.stdout.readline() == decided(one) + "\n"
        program.stdin.close()
    assert program.returncode == 0


TABLE = "Mã xã;Tên xã;10.1\nX01;Một;51,5\nX02;Hai;40\n"


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes, *words: str) -> int:
    """The exit code of the command with a table on its standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(SystemExit) as ended:
        run([*SET, "--with", "region=tay-nguyen", "--with", "year=2024", *words])
    return int(ended.value.code or 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_on_standard_input_is_read_as_a_file_is(tmp_path, monkeypatch, capsys, encoding) -> None:
    """Shown, and written to a file named from where the command was called; what is told of it calls it stdin.csv."""
    monkeypatch.chdir(tmp_path)
    assert piped(monkeypatch, TABLE.encode(encoding), "-o", "ra.json") == 0
    written = (tmp_path / "ra.json").read_text("utf-8")
    assert [name in written for name in ("X01", "X02", "51.5")] == [True] * 3
    told = capsys.readouterr().err
    assert "stdin.csv" in told
    assert str(tmp_path) not in told


def test_a_workbook_on_standard_input_is_told_by_its_first_bytes(tmp_path, monkeypatch, capsys) -> None:
    """XLSX as saved; what only begins like one is refused with its reason."""
    book = openpyxl.Workbook()
    for row in (["Mã xã", "Tên xã", "10.1"], ["X01", "Một", 51.5]):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    assert piped(monkeypatch, saved.getvalue()) == 0
    assert "X01" in capsys.readouterr().out
    assert piped(monkeypatch, saved.getvalue()[:200]) == 2
    assert capsys.readouterr().err.startswith("stdin.xlsx: NTM-516 ")


def test_what_is_told_of_a_piped_table_names_no_folder_and_keeps_the_one_worked_in(tmp_path, monkeypatch, capsys) -> None:
    """Problems of cells, shared ones once; a mapping named from where the command was called is still found."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text("set: commune-ntm/2021-2025\nlayout: sheets\n", "utf-8")
    table = "Mã xã,TC 1,10.1\nX01,x,abc\nX02,x,40\n"
    assert piped(monkeypatch, table.encode()) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": NTM-")[0] for line in told if "NTM-402" in line or "NTM-562" in line] == [
        "stdin.csv:2:3 (C2)",
        "stdin.csv:2:2 (B2)",
    ]
    assert piped(monkeypatch, table.encode(), "--mapping", "m.yaml") == 2
    assert "stdin.csv" in (told_too := capsys.readouterr().err)
    assert "/stdin.csv" not in told_too


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods"),
        *((b"PK\x03\x04\x14", ".xlsx"), (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"), (b"PAR1", ".parquet"), (b"\xef\xbb\xbfM\xc3\xa3", ".csv")),
        *((b"\n\n {", ""), (b"[", ""), (b"", ""), (b"  ", "")),
    ],
)
def test_the_kind_of_what_is_piped_is_told_by_how_it_begins(head: bytes, suffix: str) -> None:
    """JSON goes its own way, a subject at a time."""
    assert kind_of(head) == suffix


def test_a_piped_table_beyond_every_limit_is_refused(monkeypatch, capsys) -> None:
    """Before it has filled the disk."""
    monkeypatch.setattr("ntm_rules.cli.piped.MOST_BYTES", 20)
    assert piped(monkeypatch, TABLE.encode()) == 2
    assert "NTM-102" in capsys.readouterr().err
