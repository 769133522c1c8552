"""What is undetermined and why, as a work list: by department where a list of departments is given, else criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.delegated import as_it_is
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.results import leaves_of
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual, Outcome


@dataclass(slots=True)
class Task:
    """One thing to find out, of how many units.

    Attributes:
        criterion: the criterion that waits for it.
        node: the indicator, or the criterion itself.
        kind: ``attribute``, ``level`` or ``value``.
        what: what is to be done.
        reasons: why it is open.
        units: of whom.
    """

    criterion: str
    node: Node
    kind: str
    what: Bilingual
    reasons: dict[str, Bilingual] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)


def part(s: Situation) -> Part | None:
    """Every open indicator of the communes, with what has to be done and of which communes."""
    tasks: dict[tuple[str, str, str], Task] = {}
    for one in s.communes:
        for criterion in one.decision.criteria if one.decision is not None else ():
            for node in _open(criterion):
                kind, what = _to_do(node)
                task = tasks.setdefault((criterion.id, node.id, kind), Task(criterion.id, node, kind, what))
                task.units.append(one.code)
                if node.reason is not None and one.decision is not None:
                    reason = as_it_is(node.reason, one.decision.ruleset)
                    task.reasons[str(reason)] = reason
    silent = [one.code for one in s.communes if one.met is None]
    if not tasks and not silent:
        return None
    departments = s.asked.departments
    listed = sorted(tasks.values(), key=lambda task: (departments.get(task.criterion, "￿"), _order(task.criterion), task.node.id))
    grids = []
    if listed:
        heads = [*([_DEPARTMENT] if departments else []), *_HEADS]
        grids.append(Grid(heads, [_row(task, s) for task in listed]))
    if silent:
        names = ", ".join(map(s.name, silent))
        grids.append(Grid([_UNITS, _NAMES], [[len(silent), names]], title=_SILENT))
    lead = _LEAD.fill(len(tasks), len(silent))
    data = {
        "tasks": [
            {
                "criterion": task.criterion,
                "id": task.node.id,
                "kind": task.kind,
                "department": departments.get(task.criterion),
                "units": task.units,
            }
            for task in listed
        ],
        "silent": silent,
    }
    return Part(_TITLE, lead if departments else Bilingual.join([lead, _NO_LIST], " "), grids, data)


def _open(criterion: Node) -> Iterator[Node]:
    """The indicators that leave a criterion open; the criterion itself where it is not open by its parts."""
    if criterion.outcome is Outcome.UNDETERMINED:
        leaves = [node for node in leaves_of(criterion) if node.outcome is Outcome.UNDETERMINED]
        yield from leaves or [criterion]


def _to_do(node: Node) -> tuple[str, Bilingual]:
    face = node.face
    if face.waits_for:
        return "attribute", _STATE.fill(face.waiting)
    if face.kind == "indicator" and face.required is None and not face.status:
        return "level", _LEVEL
    return "value", _VALUE


def _row(task: Task, s: Situation) -> list[Cell]:
    own: list[Cell] = [s.asked.departments.get(task.criterion) or _NOBODY] if s.asked.departments else []
    named = Bilingual("{} {}").fill(task.node.id, task.node.title)
    why = Bilingual.join(list(task.reasons.values())[:_MOST], "; ")
    return [*own, named, task.what, why, len(task.units), ", ".join(map(s.name, task.units))]


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


_MOST = 3
_TITLE = Bilingual("Việc còn phải làm rõ", "What is to be found out")
_LEAD = Bilingual("{} chỉ tiêu chưa xác định; {} xã không có số liệu nào.", "{} indicators are open; of {} communes nothing is known.")
_NO_LIST = Bilingual(
    "Đưa danh sách cơ quan phụ trách từng tiêu chí (--departments) thì bảng xếp theo cơ quan.",
    "Give a list of the departments in charge (--departments), and the table is ordered by them.",
)
_STATE = Bilingual("ghi: {}", "state: {}")
_LEVEL = Bilingual("xin xác nhận, hoặc tìm mức đạt trong văn bản", "have it attested, or find the level in the text")
_VALUE = Bilingual("nhập số liệu hoặc xin xác nhận", "enter the figure or have it attested")
_NOBODY = Bilingual("chưa rõ cơ quan", "department not known")
_DEPARTMENT = Bilingual("Cơ quan", "Department")
_UNITS = Bilingual("Số xã", "Communes")
_NAMES = Bilingual("Xã", "Which")
_SILENT = Bilingual("Chưa có số liệu nào", "Nothing is known")
_HEADS = (
    Bilingual("Chỉ tiêu", "Indicator"),
    Bilingual("Việc", "To do"),
    Bilingual("Vì sao chưa rõ", "Why it is open"),
    _UNITS,
    _NAMES,
)
