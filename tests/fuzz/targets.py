"""What is fuzzed: each target has seeds from what is shipped, a way to change them, and the whole way that such an input goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import mutate
import yaml

import ntm_rules as ntm
from ntm_rules.cli.office import register_of
from ntm_rules.monitor import read_journal
from ntm_rules.tables.read.table import read_table
from ntm_rules.verify.folder import check

TOP = Path(__file__).parents[2]
TRIALS = TOP / "conformance" / "rulesets"
RULES = {name: ntm.load(name, on=date(2024, 6, 30)) for name in ("commune-ntm/2021-2025", "district-ntm/2021-2025", "ocop/2023")}
COMMUNE = RULES["commune-ntm/2021-2025"]


@dataclass(frozen=True)
class Target:
    """One kind of input.

    Attributes:
        seeds: inputs that are right, by the name of the file they are read from.
        change: a seed, changed.
        use: the whole way; everything that is no :class:`~ntm_rules.NtmError` is a fault.
    """

    seeds: Callable[[], dict[str, bytes]]
    change: Callable[[Random, bytes], bytes]
    use: Callable[[str, bytes, Path], None]


def files(*patterns: str, most: int = 100_000) -> dict[str, bytes]:
    """Shipped files by the pattern of their names, none of them large."""
    found = (path for pattern in patterns for path in sorted(TOP.glob(pattern)))
    return {path.relative_to(TOP).as_posix(): path.read_bytes() for path in found if path.stat().st_size <= most}


# --- YAML ---------------------------------------------------------------------------------------------------------


def change_yaml(chance: Random, raw: bytes) -> bytes:
    """As a tree, written as JSON, which is YAML; or as text."""
    if chance.random() < 0.3:
        return mutate.text(chance, raw)
    data = mutate.tree(chance, yaml.load(raw, Loader=yaml.BaseLoader))  # noqa: S506 - it makes nothing but text
    return json.dumps(data, ensure_ascii=chance.random() < 0.1).encode("utf-8", "replace")


def use_yaml(name: str, raw: bytes, folder: Path) -> None:
    """In the place of the file that it was, in a folder of rules, which is checked, loaded and used to decide."""
    path = folder / Path(name).relative_to("conformance/rulesets")
    before = path.read_bytes()
    path.write_bytes(raw)
    try:
        catalogue = ntm.Catalogue(folder)
        assert all(problem.line("vi") and problem.line("en") for problem in check(catalogue))
        for known in sorted(catalogue.rulesets):
            if known.endswith("/1"):
                with suppress(ntm.NtmError):
                    rules = ntm.load(known, on=date(2024, 7, 1), catalogue=catalogue)
                    rules.evaluate(ntm.Subject(id="a", kind=rules.kind)).explain("vi", full=True)
    finally:
        path.write_bytes(before)


# --- JSON ---------------------------------------------------------------------------------------------------------


def change_json(chance: Random, raw: bytes) -> bytes:
    """As a tree, or as text."""
    if chance.random() < 0.3:
        return mutate.text(chance, raw)
    return json.dumps(mutate.tree(chance, json.loads(raw)), ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")


def use_decision(name: str, raw: bytes, folder: Path) -> None:
    """Read, explained in every form, asked what it needs, verified, written."""
    decision = ntm.Decision.from_json(raw)
    for lang in ("vi", "en"):
        decision.explain(lang, full=True)  # type: ignore[arg-type]
    decision.explain("vi", format="html")
    decision.verify()
    decision.needed()
    decision.smallest_fixes()
    assert ntm.Decision.from_json(decision.to_json()).to_json() == decision.to_json()


def subjects() -> dict[str, bytes]:
    """A subject of each kind that is decided."""
    names = sorted(path for path in (TOP / "tests" / "golden").glob("*.json"))
    found = {path.name: json.loads(path.read_text("utf-8")) for path in names}
    ours = {name: data for name, data in found.items() if data["ruleset"]["id"] in RULES}
    return {f"{data['ruleset']['id']}:{name}": json.dumps(data["subject"], ensure_ascii=False).encode() for name, data in ours.items()}


def use_subject(name: str, raw: bytes, folder: Path) -> None:
    """Read, decided twice, explained, asked what it needs; the decision comes back byte for byte."""
    rules = RULES[name.split(":")[0]]
    subject = ntm.Subject.from_json(raw)
    decision = rules.evaluate(subject)
    assert decision.outcome == rules.outcome(subject)
    decision.explain("vi", full=True)
    assert ntm.Decision.from_json(decision.to_json()).verify()


# --- tables, registers, journals ----------------------------------------------------------------------------------


def change_file(chance: Random, raw: bytes) -> bytes:
    """A workbook by its parts, a text as text."""
    return mutate.archive(chance, raw) if raw[:2] == b"PK" else mutate.text(chance, raw)


def written(name: str, raw: bytes, folder: Path) -> Path:
    """A file with the ending of its seed."""
    path = folder / f"ntm-fuzz{Path(name).suffix}"
    path.write_bytes(raw)
    return path


def use_table(name: str, raw: bytes, folder: Path) -> None:
    """Read, every row decided; every problem can be said."""
    table = read_table(written(name, raw, folder), COMMUNE, constants={"region": "tay-nguyen", "year": 2024})
    for problem in [*table.problems, *table.notes]:
        assert problem.line("vi")
        assert problem.line("en")
    for row in table.rows[:20]:
        if row.subject is not None:
            with suppress(ntm.NtmError):
                COMMUNE.evaluate(row.subject)


def tables() -> dict[str, bytes]:
    """Tables of communes as text, workbook and JSON."""
    found = files("examples/kon-tum/communes*.csv", "examples/office/communes*.csv", "examples/*.xlsx", most=60_000)
    rows = [json.loads(raw) for name, raw in subjects().items() if name.startswith("commune-ntm")]
    return {**found, "subjects.json": json.dumps(rows[:3], ensure_ascii=False).encode()}


def use_register(name: str, raw: bytes, folder: Path) -> None:
    """Read as a register with its problems."""
    book = register_of([written(name, raw, folder)], None, False, ntm.Catalogue())
    assert all(problem.line("vi") for problem in book.problems)


def use_journal(name: str, raw: bytes, folder: Path) -> None:
    """Read line by line with its problems."""
    content = read_journal(written(name, raw, folder))
    assert content is not None


def journal_of(raw: bytes) -> bytes:
    """The first lines of a journal."""
    return b"".join(raw.splitlines(keepends=True)[:40])


def journals() -> Iterator[tuple[str, bytes]]:
    """The journals among the examples."""
    return ((name, journal_of(raw)) for name, raw in files("examples/**/*.jsonl", most=10_000_000).items())


TARGETS: dict[str, Target] = {
    "yaml": Target(lambda: files("conformance/rulesets/**/*.yaml"), change_yaml, use_yaml),
    "decision": Target(lambda: files("tests/golden/*.json", most=25_000), change_json, use_decision),
    "subject": Target(subjects, change_json, use_subject),
    "table": Target(tables, change_file, use_table),
    "register": Target(lambda: files("examples/**/register.csv"), change_file, use_register),
    "journal": Target(lambda: dict(journals()), change_file, use_journal),
}
