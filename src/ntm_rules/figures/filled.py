"""What somebody changed in a workbook of figures, and every reason why it cannot be taken, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.cells import hundredfold
from ntm_rules.figures.held import Held
from ntm_rules.figures.workbook import (
    ABSENT,
    BESIDE,
    DELEGATED,
    IDENTITY,
    LEVELS,
    SHEET,
    SOURCE,
    YES,
    Line,
    changed_since,
    figure_cell,
    headings,
    identity,
    lines_of,
    locked,
)
from ntm_rules.loading.lints.figures import beyond, meant
from ntm_rules.loading.lints.figures import number as number_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.sheet_figures import SCORES
from ntm_rules.problems import Problem, nearest
from ntm_rules.tables.read.plain_tables import Cells, PlainTable, read_plain
from ntm_rules.values import Bilingual, SourceLevel, decimal_comma, exact, plain

_SHOWN: Final = 5
_ANSWERS: Final = {"có": "true", "đạt": "true", "true": "true"}  # a requirement asks for a yes
_NONE: Final = {
    **dict.fromkeys((ABSENT, f"{ABSENT} số liệu", "missing"), "missing"),
    **dict.fromkeys((DELEGATED, f"do {DELEGATED}", "delegated"), "delegated"),
}
_EMPTIED: Final = "NTM-726"
_NO_COLUMN: Final = "NTM-501"
_NEEDED: Final = ("level", "instrument", "at")


@dataclass(frozen=True, slots=True)
class Edit:
    """One figure as a workbook has it, where it differs from the ruleset.

    Attributes:
        old: the figure as it is held.
        new: ``value``, ``missing`` or ``delegated``; with the source where the row gives it another one.
    """

    old: Held
    new: Mapping[str, Any]

    @property
    def source(self) -> Mapping[str, Any]:
        """The source that the row gives it; empty where it keeps its own."""
        return {name: self.new[name] for name in SOURCE if name in self.new}


def read_workbook(rules: RuleSet, path: Path) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """What a workbook says otherwise than the ruleset, and what is wrong with it. A row left out of the workbook changes nothing.

    Raises:
        TableError: the file cannot be read at all.
        MissingExtra: openpyxl is not installed.
    """
    columns = headings(rules)
    sheet = None if path.suffix.lower() == ".csv" else SHEET
    table = read_plain(path, {**columns}, ("number", "key", *IDENTITY), sheet)
    problems = [*table.problems, *table.merged]
    other = list(_of_another(rules, table))
    if other:
        return (), (*problems, *other)
    lines = lines_of(rules)
    edits: list[Edit] = []
    seen: set[str] = set()
    for row in table.rows:
        line = lines.get(row["key"])
        if line is None:
            guess = nearest(row["key"] or row["number"], lines) if row["key"] else nearest(row["number"], rules.document.indicators)
            row.problems.append(
                Problem("NTM-819", row.at("key"), {"got": row["key"] or row["number"], "edition": rules.id, "guess": guess})
            )
        elif line.key in seen:
            row.problems.append(Problem("NTM-724", row.at("number"), {"row": line.figures[0].where}))
        else:
            seen.add(line.key)
            edits += _edits(rules, row, line, columns)
        problems += (one for one in row.problems if one.code != _EMPTIED or not _is_told(row, one, problems))
    return tuple(edits) if not problems else (), tuple(problems)


def _is_told(row: Cells, emptied: Problem, before: list[Problem]) -> bool:
    """Whether it is said already why a cell is empty: it holds a formula without a result, or the head of its column is not known."""
    here = [one for one in (*before, *row.problems) if one is not emptied and one.place == emptied.place]
    return bool(here) or (emptied.place == row.place and any(one.code == _NO_COLUMN for one in before))


def _of_another(rules: RuleSet, table: PlainTable) -> Iterator[Problem]:
    """That a workbook is of another set, day or province, or of the same set before somebody changed it."""
    mine = identity(rules)
    for name in IDENTITY:
        strange = next((row for row in table.rows if row[name] != mine[name] and (row[name] or row["key"])), None)  # not one put in
        if strange is None:
            continue
        if name in ("version", "sha256"):
            told = list(changed_since(rules, {row["key"]: row["was"] for row in table.rows}))
            more = [Bilingual("…")] if len(told) > _SHOWN else []
            changes = Bilingual.join([*told[:_SHOWN], *more], "; ") if told else _WORDS_ONLY
            yield Problem("NTM-722", strange.at(name), {"version": strange["version"] or "–", "changes": changes})
        else:
            words = {"column": Bilingual(*BESIDE[name]), "got": strange[name] or "–", "expected": mine[name] or "–"}
            yield Problem("NTM-721", strange.at(name), words)
        return


_WORDS_ONLY: Final = Bilingual("không con số nào trong tệp, chỉ phần khác của văn bản", "no figure of the file, another part of the text")


def _edits(rules: RuleSet, row: Cells, line: Line, columns: Mapping[str, tuple[str, ...]]) -> Iterator[Edit]:
    first, texts, cells = line.figures[0], line.texts, line.cells
    for name in locked(rules):
        if row[name] != texts[name]:
            words = {"column": columns[name][0], "got": row[name] or "–", "expected": texts[name] or "–"}
            row.problems.append(Problem("NTM-723", row.at(name), words))
    for key, said in columns.items():
        if key.startswith("#") and key not in cells and row[key]:
            row.problems.append(Problem("NTM-725", row.at(key), {"column": said[0], "row": first.number, "got": row[key]}))
    if first.compares in SCORES:
        changed = {key: _points(row, key, one) for key, one in cells.items() if row[key] != figure_cell(one)}
        yield from (Edit(cells[key], new) for key, new in changed.items() if new is not None)
        return
    given = {name: row[name] for name in SOURCE}
    level = row.one_of("level", columns["level"][0], {**LEVELS, **_BY_NAME}, "")
    moved = given != {name: texts[name] for name in SOURCE}
    indicator = rules.document.indicators[first.number]
    found = {key: _figure(row, key, one, indicator) for key, one in cells.items() if row[key] != figure_cell(one)}
    touched = found or ({key: {"value": _value(one.value, indicator)} for key, one in cells.items()} if moved else {})
    for key, new in touched.items():
        if new is None:
            continue
        one = cells[key]
        if "value" in new:
            lacking = [columns[name][0] for name in _NEEDED if not row[name]]
            if lacking:
                row.problems.append(Problem("NTM-727", row.at(key), {"row": one.where, "missing": ", ".join(lacking)}))
                continue
            if level in ("official", "published") and not row["seen"]:
                row.problems.append(Problem("NTM-218", row.at("seen"), {"level": SourceLevel(level).label}))
                continue
            if moved:
                places = [part.strip() for part in row["seen"].split(";") if part.strip()]
                new = {**new, "level": level, "instrument": row["instrument"], "at": row["at"], "seen": places}
        yield Edit(one, new)


_BY_NAME: Final = {name: name for name in LEVELS.values()}


def _value(text: str, indicator: Indicator) -> Any:
    return [part.strip() for part in text.split("|")] if OPERATORS[indicator.operator].many else text


def _points(row: Cells, key: str, one: Held) -> dict[str, Any] | None:
    """Points as somebody wrote them; None where they cannot be taken, which is told.

    A class of stars may begin between two points. A mark may be withdrawn; one that the sheet does not tell needs a text that does.
    """
    text = decimal_comma(row[key]) or row[key]
    if not text:
        row.problems.append(Problem("NTM-726", row.at(key), {"row": one.where}))
        return None
    if one.compares == "mark" and text.casefold() == ABSENT:
        return {"missing": True}
    try:
        number = exact(text)
    except ValueError:
        number = None
    if number is None or number < 0 or (number % 1 and one.compares != "from"):
        row.problems.append(Problem("NTM-730", row.at(key), {"got": text}))
        return None
    if not one.value:
        row.problems.append(Problem("NTM-735", row.at(key), {"row": one.where}))
        return None
    return {"value": text if number % 1 else str(int(number))}


def _figure(row: Cells, key: str, one: Held, indicator: Indicator) -> dict[str, Any] | None:
    """A figure as somebody wrote it; None where it cannot be taken, which is told."""
    text = row[key]
    if not text:
        row.problems.append(Problem("NTM-726", row.at(key), {"row": one.where}))
        return None
    if said := _NONE.get(text.casefold()):
        return {said: True}
    kind = indicator.measure.kind
    if kind == "yes_no":
        answer = _ANSWERS.get(text.casefold())
        if answer is None:
            allowed = ", ".join((YES["true"], ABSENT, DELEGATED))
            row.problems.append(Problem("NTM-801", row.at(key), {"got": text, "column": one.where, "allowed": allowed, "guess": None}))
        return {"value": answer} if answer else None
    parts = [part.strip() for part in text.split("|")] if OPERATORS[indicator.operator].many else [text]
    if kind == "number":
        percent = indicator.measure.unit == "%"
        marked = [percent and part.endswith("%") for part in parts]
        parts = [part.removesuffix("%").rstrip() if sure else part for part, sure in zip(parts, marked, strict=True)]
        parts = [decimal_comma(part) or part for part in parts]
        for part, sure in zip(parts, marked, strict=True):
            number = number_of(part)
            if number is None:
                row.problems.append(Problem("NTM-204", row.at(key), {"got": part, "guess": meant(part)}))
                return None
            if words := beyond(indicator.measure, number):
                row.problems.append(Problem("NTM-211", row.at(key), words))
                return None
            if percent and not sure and 0 < number < 1 and not _is_small(one.value):
                row.problems.append(Problem("NTM-510", row.at(key), {"got": plain(number), "percent": plain(hundredfold(number))}))
                return None
    return {"value": parts if OPERATORS[indicator.operator].many else parts[0]}


def _is_small(value: str) -> bool:
    """Whether a share is less than 1 % as it stands: then another such share is nothing to ask about."""
    return bool(value) and all(0 < exact(part.strip()) < 1 for part in value.split("|"))
