"""What is undetermined and why, as a work list: by department where a list of departments is given, else criterion by criterion."""

from __future__ import annotations

from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.to_do import NO_LIST, NOBODY, Task, Tasks
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """Every open indicator of the communes, with what has to be done and of which communes."""
    found = Tasks()
    for one in s.communes:
        if one.decision is not None:
            found.add(one.code, one.decision)
    departments = s.asked.departments
    listed = found.listed(departments)
    silent = [one.code for one in s.communes if one.met is None]
    if not listed and not silent:
        return None
    grids = []
    if listed:
        heads = [*([_DEPARTMENT] if departments else []), *_HEADS]
        grids.append(Grid(heads, [_row(task, s) for task in listed]))
    if silent:
        names = ", ".join(map(s.name, silent))
        grids.append(Grid([_UNITS, _NAMES], [[len(silent), names]], title=_SILENT))
    lead = _LEAD.fill(len(listed), len(silent))
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
    return Part(_TITLE, lead if departments else Bilingual.join([lead, NO_LIST], " "), grids, data)


def _row(task: Task, s: Situation) -> list[Cell]:
    own: list[Cell] = [s.asked.departments.get(task.criterion) or NOBODY] if s.asked.departments else []
    return [*own, *task.cells, len(task.units), task.where(s.name)]


_TITLE = Bilingual("Việc còn phải làm rõ", "What is to be found out")
_LEAD = Bilingual("{} chỉ tiêu chưa xác định; {} xã không có số liệu nào.", "{} indicators are open; of {} communes nothing is known.")
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
