"""A decision entered into a folder of rulesets: everything that one needs, written as one thing or not at all.

What a clerk has in hand is a paper: a number, days, who signed it, a few figures. What the folder needs of it is the paper's line in
``instruments.yaml``, an overlay or a set, examples on both sides of each figure, and what changed. The texts are tried in a layer of their
own before any of them stands in the folder; figures that the paper leaves open stay *delegated*, each with its line to fill.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.resolve import resolve
from ntm_rules.model.figures import Figure
from ntm_rules.model.ruleset import Indicator
from ntm_rules.problems import NtmError, Place, Problem, RulesetError, nearest
from ntm_rules.tables.write.safe import atomic
from ntm_rules.verify.compared import Cell
from ntm_rules.verify.examples import run_beside
from ntm_rules.verify.paper import Paper, flow, folder_name, scalar
from ntm_rules.verify.publish import content

_CHANGE: Final = re.compile(r"changes\[(\d+)\]", re.ASCII)
_SCHEMA: Final = "# yaml-language-server: $schema={}schemas/{}.schema.json"
_UNTRIED: Final = frozenset({"NTM-226"})  # that it is not published yet is what comes next, not a slip


@dataclass(frozen=True, slots=True)
class Entered:
    """What was written for one paper.

    Attributes:
        id: the document.
        written: its files, the list of instruments last.
        open: the indicators that still wait for a figure.
    """

    id: str
    written: tuple[Path, ...]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of one document, before they stand anywhere."""

    id: str
    folder: Path
    files: Mapping[str, str]
    open: tuple[str, ...]
    set: tuple[str, ...] = ()  # the indicators that its changes set, in order


def enter(catalogue: Catalogue, paper: Paper, home: Path | None = None) -> Entered:
    """Write what a paper needs into a folder of rulesets: the topmost of a catalogue, or one that is only being started on top of it.

    Raises:
        NtmError: a name or a number is malformed or taken, the set is not in force on the day, or a figure is wrong. Nothing is written.
    """
    problems = list(paper.problems(catalogue))
    if problems:
        raise RulesetError(problems)
    texts = _edition(catalogue, paper) if paper.kind == "edition" else _overlay(catalogue, paper)
    home = catalogue.folder if home is None else home
    target = home / texts.folder
    if target.exists() or texts.id in {**catalogue.rulesets, **catalogue.overlays}:
        raise RulesetError([Problem("NTM-712", Place(str(target)), {"got": texts.id})])
    listed = "" if paper.key in catalogue.instruments else _instrument(paper)
    try:
        _try(catalogue, texts, listed, home)
    except RulesetError as error:
        raise RulesetError([_said(problem, texts.set) for problem in error.problems]) from None
    return Entered(texts.id, _write(home, texts, listed), texts.open)


def _try(catalogue: Catalogue, texts: _Texts, listed: str, home: Path) -> None:
    """Read, apply and run the texts in a layer that nobody else sees."""
    with tempfile.TemporaryDirectory() as scratch:
        layer = Path(scratch)
        if listed:
            (layer / "instruments.yaml").write_text(f"instruments:\n{listed}", "utf-8")
        for name, text in texts.files.items():
            path = layer / texts.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        tried = Catalogue(layer, on_top_of=catalogue)
        entry = {**tried.rulesets, **tried.overlays}.get(texts.id)
        problems = [problem for problem in tried.problems if problem not in catalogue.problems]
        if entry is not None:
            try:
                content(tried, entry)
                if entry.kind == "overlay":
                    resolve(tried, str(entry.header["amends"]), on=entry.in_force.start, province=entry.province)
                problems += run_beside(tried, entry).problems
            except NtmError as error:
                problems += error.problems
        problems = [problem for problem in problems if problem.code not in _UNTRIED]
        if problems:
            raise RulesetError([_elsewhere(problem, layer, home) for problem in problems])


def _elsewhere(problem: Problem, layer: Path, folder: Path) -> Problem:
    """A problem where the file would have stood."""
    return problem.at(replace(problem.place, file=problem.place.file.replace(str(layer), str(folder))))


def _said(problem: Problem, numbers: tuple[str, ...]) -> Problem:
    """A problem of a figure by the number of its indicator: the file that it would have stood in was never written."""
    change = _CHANGE.match(problem.place.path)
    return problem.at(Place(path=numbers[int(change[1])])) if change and int(change[1]) < len(numbers) else problem


def _write(home: Path, texts: _Texts, listed: str) -> tuple[Path, ...]:
    """The folder appears whole, then the line of the instrument; where that fails, the folder goes again."""
    target, path = home / texts.folder, home / "instruments.yaml"
    with atomic(target) as scratch:
        try:
            scratch.mkdir()
            for name, text in texts.files.items():
                (scratch / name).write_text(text, "utf-8", newline="\n")
        except OSError:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    if listed:
        try:
            with atomic(path) as scratch:
                scratch.write_bytes(_appended(path, listed))
        except NtmError:
            shutil.rmtree(target)
            _prune(target.parent, home)
            raise
    return (*(target / name for name in texts.files), *([path] if listed else []))


def _prune(folder: Path, home: Path) -> None:
    """Take away the folders, up to a home that was only being started, in which nothing came to stand."""
    with contextlib.suppress(OSError):  # one that holds something stays, and those above it
        for one in (folder, *folder.parents):
            if one.is_relative_to(home):
                one.rmdir()


def _appended(path: Path, listed: str) -> bytes:
    """The list with one more entry at its end, all that stands there as it is: its comments, its layout, its ends of lines."""
    before = path.read_bytes() if path.exists() else b"instruments:\n"
    if before.rstrip().endswith(b"instruments: []"):
        before = before.rstrip()[: -len(b" []")]
    ends = b"\r\n" if b"\r\n" in before else b"\n"
    return before + (b"" if before.endswith(b"\n") else ends) + listed.encode().replace(b"\n", ends)


def _instrument(paper: Paper) -> str:
    lines = [
        f"  - instrument: {paper.key}",
        f"    title: {flow(vi=paper.title, en=paper.english)}",
        f"    issuer: {flow(vi=paper.issuer, en=paper.issuer_english)}",
        f"    issued: {paper.issued}" if paper.issued else "",
        f"    in_force: {flow(**paper.days)}" if paper.days else "",
        f"    level: {paper.level}",
        f"    seen: [{', '.join(map(scalar, paper.seen))}]" if paper.seen else "",
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _overlay(catalogue: Catalogue, paper: Paper) -> _Texts:
    rules = load(paper.amends, on=paper.start, province=paper.province, catalogue=catalogue)
    unknown = [number for number in paper.figures if number not in rules.document.indicators]
    if unknown:
        known = list(rules.document.indicators)
        raise RulesetError([Problem("NTM-301", Place(path="--figure"), {"target": one, "guess": nearest(one, known)}) for one in unknown])
    numbers = [one for one, indicator in rules.document.indicators.items() if one in paper.figures or (paper.province and _left(indicator))]
    left = tuple(number for number in numbers if number not in paper.figures)
    name, home = folder_name(paper), paper.amends.replace("/", "-")
    folder = (
        Path("provinces", str(paper.province), f"{home}-{name}") if paper.province else Path("national", paper.amends, "amendments", name)
    )
    identity = f"{paper.amends}/{paper.province}-{name}" if paper.province else f"{paper.amends}/{name}"
    up = "../" * (len(folder.parts) + 1)
    lines = [
        _SCHEMA.format(up, "overlay"),
        f"overlay: {identity}",
        "version: 1.0.0",
        f"kind: {'provincial' if paper.province else 'amendment'}",
        f"amends: {paper.amends}",
        f"title: {flow(vi=paper.title, en=paper.english)}",
        f"instrument: {paper.key}",
        f"in_force: {flow(**paper.days)}",
        *([f"province: {paper.province}"] if paper.province else []),
    ]
    if left:
        lines += [
            "# Mỗi mức còn để «delegated»: thay bằng con số của quyết định, rồi ghi chỗ (at), mức nguồn (level) và nơi đã đọc (seen).",
            "# Each level still «delegated»: put the figure of the decision there, then its place (at), level and where it was seen.",
        ]
    changes = [line for number in numbers for line in _change(rules.document.indicators[number], paper)]
    lines += ["changes:", *changes] if changes else ["changes: []"]
    files = {
        "overlay.yaml": "\n".join([*lines, ""]),
        "examples.yaml": _examples(identity, up, rules, numbers, paper),
        "CHANGELOG.md": _changelog(paper, [number for number in numbers if number in paper.figures]),
    }
    return _Texts(identity, folder, files, left, tuple(numbers))


def _left(indicator: Indicator) -> bool:
    return isinstance(indicator.bound, Figure) and indicator.bound.delegated


def _change(indicator: Indicator, paper: Paper) -> Iterator[str]:
    """One change: the figure with its own source, or the line that waits for both."""
    number = indicator.indicator
    figure = paper.figures.get(number)
    unit = f" ({indicator.measure.unit_words.vi})" if indicator.measure.unit_words.vi else ""
    yield f'  - set: "{number}"   # {indicator.title.vi}{unit}'
    yield f"    {indicator.operator}: {scalar(figure) if figure is not None else 'delegated'}"
    if figure is None:
        yield "    source: {level: missing}"
        return
    own = paper.sources.get(number, {"level": paper.level, "seen": paper.seen})
    at = {"at": own.get("at") or (f"{paper.at} mục {number}" if paper.at else f"mục {number}")}
    seen = f", seen: [{', '.join(map(scalar, own['seen']))}]" if own["seen"] else ""
    yield f"    source: {flow(**at)[:-1]}, level: {own['level']}{seen}}}"


def _examples(identity: str, up: str, rules: RuleSet, numbers: list[str], paper: Paper) -> str:
    lines = [_SCHEMA.format(up, "examples"), f"examples_of: {identity}"]
    if not numbers:
        return "\n".join([*lines, "examples: []", ""])
    lines.append("examples:")
    for number in numbers:
        lines.append(f'  - boundary: "{number}"')
        lines += [f"    on: {paper.start}"] if paper.start else []
        lines += [f"    province: {paper.province}"] if paper.province else []
        expected = _boundary(rules.document.indicators[number], paper.figures.get(number))
        lines.append(f"    expect: {{{', '.join(f'{scalar(value, always=True)}: {outcome}' for value, outcome in expected.items())}}}")
    for section in rules.document.sections:
        if any(one.indicator in numbers for one in section.indicators):
            lines += _attested(section.criterion, paper)
    return "\n".join([*lines, ""])


def _attested(number: str, paper: Paper) -> Iterator[str]:
    """What comes out of a criterion by the word of the office in charge, and without it."""
    where = "".join(f"\n    {key}: {value}" for key, value in (("on", paper.start), ("province", paper.province)) if value)
    given = f"attributes: {{province: {paper.province}}}" if paper.province else "attributes: {}"
    yield f'  - example: "Tiêu chí {number}: chưa có số liệu"{where}'
    yield f"    subject: {{{given}}}"
    yield f'    expect: {{"{number}": undetermined}}'
    for answer, outcome, words in (("true", "met", "đạt"), ("false", "not_met", "chưa đạt")):
        yield f'  - example: "Tiêu chí {number}: xác nhận {words}"{where}'
        yield f'    subject: {{{given}, attested: {{"{number}": {answer}}}}}'
        yield f'    expect: {{"{number}": {outcome}}}'


def _boundary(indicator: Indicator, figure: str | None) -> Mapping[str, str]:
    """Values on both sides of a figure with what comes out; of a figure that is not there yet, the ends of what can be measured."""
    measure = indicator.measure
    if figure is None:
        if measure.kind == "yes_no":
            return {"true": "undetermined", "false": "undetermined"}
        if measure.kind == "choice":
            return dict.fromkeys((str(one) for one in measure.choices), "undetermined")
        ends = [one for one in (measure.lowest, measure.highest) if one is not None] or [Decimal(0)]
        return {format(one.normalize(), "f"): "undetermined" for one in ends}
    if measure.kind == "yes_no":
        return {answer: "met" if answer == figure else "not_met" for answer in ("true", "false")}
    try:
        cell = Cell(indicator, (), Figure.model_validate({"value": figure}))
        bound, step = cell.bound, cell.step
    except (NtmError, ValueError):
        return {figure: "met"}  # no figure at all: told where it stands in the overlay
    if measure.kind == "choice":
        return {one: "met" if cell.operator.holds(place, bound) else "not_met" for place, one in enumerate(measure.choices)}
    if not isinstance(bound, Decimal):
        return {figure: "met"}
    tried = [one for one in (bound - step, bound, bound + step) if measure.lowest is None or one >= measure.lowest]
    tried = [one for one in tried if measure.highest is None or one <= measure.highest]
    return {format(one, "f"): "met" if cell.operator.holds(one, bound) else "not_met" for one in tried}


def _edition(catalogue: Catalogue, paper: Paper) -> _Texts:
    """A new edition: its criteria by their numbers alone, nothing of an older one carried over."""
    folder = Path("provinces", paper.province, paper.amends.replace("/", "-")) if paper.province else Path("national", paper.amends)
    up = "../" * (len(folder.parts) + 1)
    lines = [
        _SCHEMA.format(up, "ruleset"),
        f"ruleset: {paper.amends}",
        "version: 1.0.0",
        f"title: {flow(vi=paper.title, en=paper.english)}",
        f"subject: {paper.subject}",
        f"instrument: {paper.key}",
        f"in_force: {flow(**paper.days)}",
        *([f"province: {paper.province}"] if paper.province else []),
        "passes: all_of",
        "criteria:",
    ]
    examples = [_SCHEMA.format(up, "examples"), f"examples_of: {paper.amends}", "examples:"]
    numbers = [str(number) for number in range(1, paper.criteria + 1)]
    given = f"{{province: {paper.province}}}" if paper.province else "{}"
    for answer, outcome, words in ((None, "undetermined", "chưa có số liệu"), ("true", "met", "tất cả được xác nhận đạt")):
        attested, expected = (", ".join(f'"{number}": {one}' for number in numbers if one) for one in (answer, outcome))
        examples += [
            f'  - example: "Mọi tiêu chí: {words}"',
            f"    subject: {{attributes: {given}, attested: {{{attested}}}}}",
            f"    expect: {{{expected}, outcome: {outcome}}}",
        ]
    for number in numbers:
        lines += [
            f'  - criterion: "{number}"',
            f"    title: {{vi: Tiêu chí {number} (tên chưa đọc được), en: Criterion {number} (name not read)}}",
            "    missing: {vi: nội dung của quyết định chưa ghi, en: the content of the decision is not entered yet}",
        ]
        examples += [
            f'  - example: "Tiêu chí {number}: xác nhận chưa đạt"',
            f'    subject: {{attributes: {given}, attested: {{"{number}": false}}}}',
            f'    expect: {{"{number}": not_met, outcome: not_met}}',
        ]
    files = {
        "ruleset.yaml": "\n".join([*lines, ""]),
        "examples.yaml": "\n".join([*examples, ""]),
        "CHANGELOG.md": _changelog(paper, []),
    }
    return _Texts(paper.amends, folder, files, tuple(numbers))


def _changelog(paper: Paper, set_: list[str]) -> str:
    said = f"Mức của {', '.join(set_)} theo {paper.number}." if set_ else f"Lập theo {paper.number}; chưa ghi con số nào."
    told = f"Levels of {', '.join(set_)} by {paper.number}." if set_ else f"Set up for {paper.number}; no figure entered yet."
    return f"# {paper.title} / {paper.english}\n\n## 1.0.0\n\n- {said}\n  *{told}*\n"
