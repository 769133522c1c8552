"""Where the figures of score sheets are written: in the sheet of a product set, in a file that several share, in the ruleset.

A criterion that sheets share is changed where they share it if every one of them changes alike. Otherwise each sheet that differs gets a
criterion of its own, as its annex has it from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.filled import Edit
from ntm_rules.figures.splice import Lines, written
from ntm_rules.loading.sheets import number_of
from ntm_rules.loading.text.yaml_text import Path_, node_at, read_file
from ntm_rules.model.figures import NOT_SEEN
from ntm_rules.model.sheet_figures import SheetFigure, class_figures, sheet_figures
from ntm_rules.problems import Problem

Places = Mapping[Path, Mapping[Path_, Any]]
_Using = tuple[Path, Path_]  # a file and the criterion in it


def places_of(home: Path, rules: RuleSet, edits: Sequence[Edit]) -> tuple[Places, tuple[Problem, ...]]:
    """What to write where, by file and path; and the files that cannot be read any more."""
    score = rules.document.score
    assert score is not None
    files = {path: read_file(path) for kind in ("sheets", "shared") for path in sorted((home / kind).glob("*.yaml"))}
    if broken := tuple(problem for parsed in files.values() for problem in parsed.problems):
        return {}, broken
    of_sheet = {number_of(path): path for path in files if path.parent.name == "sheets"}
    found: dict[Path, dict[Path_, Any]] = defaultdict(dict)
    shared: dict[str, dict[_Using, dict[Path_, Any]]] = defaultdict(dict)
    classes = {one.at: one for one in class_figures(score)}
    known: dict[str, dict[tuple[str, tuple[str, ...]], SheetFigure]] = {}
    for edit in edits:
        value = edit.new.get("value", {"missing": NOT_SEEN})
        if not edit.old.column:
            one = classes[edit.old.number]
            found[home / "ruleset.yaml"]["score", *one.node, *one.path] = value
            continue
        number = edit.old.column[0]
        if number not in known:
            known[number] = {(one.at, one.column): one for one in sheet_figures(rules.scores.sheet(number))}
        one, path = known[number][edit.old.cell], of_sheet[number]
        use = node_at(files[path].data, one.node).get("use")
        if use is None or one.path[0] == "marks":
            found[path][(*one.node, *one.path)] = value
        else:
            shared[use].setdefault((path, one.node), {})[one.path] = value
    for use, changed in shared.items():
        using = {(path, node) for path in of_sheet.values() for node in _using(files[path].data, use, ())}
        name, _, key = use.rpartition("/")
        one_way = list(changed.values())
        if changed.keys() == using and all(each == one_way[0] for each in one_way):
            found[home / "shared" / f"{name}.yaml"] |= {("criteria", key, *inner): value for inner, value in one_way[0].items()}
            continue
        for (path, node), inside in changed.items():
            own = node_at(files[path].data, node)
            marks = {(*node, "marks", star): found[path].pop((*node, "marks", star), least) for star, least in own.get("marks", {}).items()}
            written_out = {**own, "marks": {place[-1]: least for place, least in marks.items()}}
            found[path][node] = _own(written_out, files[home / "shared" / f"{name}.yaml"].data["criteria"][key], inside)
    return found, ()


def _using(data: Any, use: str, path: Path_) -> Iterator[Path_]:
    """The criteria of a sheet that share one."""
    if isinstance(data, dict):
        if data.get("use") == use:
            yield path
        for key, value in data.items():
            yield from _using(value, use, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _using(value, use, (*path, index))


def _own(own: Mapping[str, Any], shared: Mapping[str, Any], inside: Mapping[Path_, Any]) -> Lines:
    """A criterion written out for one sheet: what it shared, changed, with its own number and marks."""
    options = [{**option, "points": inside.get(("options", k, "points"), option["points"])} for k, option in enumerate(shared["options"])]
    note = own.get("note", shared.get("note"))
    rest = {key: value for key, value in own.items() if key not in ("criterion", "use", "marks", "note")}
    return Lines(
        (
            f"criterion: {_quoted(own['criterion'])}",
            f"title: {written(shared['title'])}",
            f"points: {written(inside.get(('points',), shared['points']))}",
            "options:",
            *(f"  - {written(option)}" for option in options),
            *([f"marks: {_marks(own['marks'])}"] if own["marks"] else []),
            *([f"note: {written(note)}"] if note else []),
            *(f"{key}: {written(value)}" for key, value in rest.items()),
        )
    )


def _quoted(number: str) -> str:
    return f'"{number}"'


def _marks(marks: Mapping[str, Any]) -> str:
    """Marks with the numbers of stars in quotes, as keys of words."""
    return "{" + ", ".join(f"{_quoted(star)}: {written(least)}" for star, least in marks.items()) + "}"
