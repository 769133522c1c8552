"""What is left to do before results are whole: open indicators as a work list by department, and what a dossier still lacks, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node, leaves_of
from ntm_rules.decide.explain.as_it_is import as_it_is
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import KINDS
from ntm_rules.model.subject import Member
from ntm_rules.tables.lacking import lacking
from ntm_rules.tables.results import Result, brief
from ntm_rules.tables.write.listing import Cell, Section
from ntm_rules.values import Bilingual, Lang, Outcome, SubjectKind


@dataclass(slots=True)
class Task:
    """One thing to find out, of how many units.

    Attributes:
        criterion: the condition or criterion that waits for it.
        node: the indicator, or the criterion itself.
        kind: ``attribute``, ``level`` or ``value``.
        what: what is to be done.
        reasons: why it is open.
        units: of whom; the first of them, where there are very many.
        count: of how many.
        of: how many were looked at, in words, where it is all of several.
    """

    criterion: str
    node: Node
    kind: str
    what: Bilingual
    reasons: dict[str, Bilingual] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    count: int = 0
    of: Bilingual | None = None

    def where(self, name: Callable[[str], str] = str) -> Bilingual:
        """Of whom: by name, or in a word where it is all of several: a list that stands alike in every row hides those that differ."""
        if self.of is not None:
            return self.of
        more = [_MORE.fill(self.count - len(self.units))] if self.count > len(self.units) else []
        return Bilingual.join([*(Bilingual(name(unit)) for unit in self.units), *more], ", ")

    @property
    def cells(self) -> list[Bilingual]:
        """The indicator, what is to be done, and why it is open."""
        return [_NAMED.fill(self.node.id, self.node.title), self.what, Bilingual.join(list(self.reasons.values())[:_REASONS], "; ")]


class Tasks:
    """Gathers what is open in decisions, the same thing of many units once.

    Args:
        most: how many units of a thing are kept by name, since a table may hold more rows than memory.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._found: dict[tuple[str, str, str], Task] = {}
        self._decided: Counter[SubjectKind] = Counter()

    def add(self, unit: str, decision: Decision) -> None:
        """What one decision leaves open.

        Args:
            unit: of whom, as the list is to name it.
            decision: what was decided.
        """
        self._decided[decision.subject.kind] += 1
        for criterion in (*decision.conditions, *decision.criteria):
            for node in _open(criterion):
                kind, what = _to_do(node)
                key = criterion.id, node.id, kind
                task = self._found.get(key) or self._found.setdefault(key, Task(criterion.id, node, kind, what))
                task.count += 1
                if self._most is None or task.count <= self._most:
                    task.units.append(unit)
                if node.reason is not None:
                    reason = as_it_is(node.reason, decision)
                    task.reasons[str(reason)] = reason

    def listed(self, departments: Mapping[str, str]) -> list[Task]:
        """The tasks, department by department where they are known, else criterion by criterion."""
        if len(self._decided) == 1:
            [(kind, count)] = self._decided.items()
            for task in self._found.values():
                task.of = _ALL.fill(count, KINDS[kind].many) if task.count == count > _FEW else None
        by = sorted(self._found.values(), key=lambda task: (_order(task.criterion), task.node.id))
        return sorted(by, key=lambda task: departments.get(task.criterion, _LAST))


@dataclass(frozen=True, slots=True)
class Lacked:
    """An indicator that stands in the way of a dossier.

    Attributes:
        criterion: the condition or criterion that it is of.
        node: the indicator, as decided.
        missing: the parts that lack what it counts.
        open: the parts of which that is not known.
    """

    criterion: str
    node: Node
    missing: tuple[Member, ...]
    open: tuple[Member, ...]


def lacks(decision: Decision, rules: RuleSet) -> Iterator[Lacked]:
    """Each indicator that a dossier fails or leaves open: of which criterion, which parts lack it, of which that is not known."""
    counted = {lack.node.id: (lack.missing, lack.open) for lack in lacking(decision, rules)}
    for criterion in (*decision.conditions, *decision.criteria):
        for node in leaves_of(criterion) if criterion.outcome in _IN_THE_WAY else ():
            if node.outcome in _IN_THE_WAY:
                yield Lacked(criterion.id, node, *counted.get(node.id, ((), ())))


@dataclass
class ToDo:
    """What the results of a call leave to be done, as the tables that go with them.

    Attributes:
        rules: the set that they are about.
        departments: who is in charge of each criterion.
    """

    rules: RuleSet
    departments: Mapping[str, str] = field(default_factory=dict)
    _tasks: Tasks = field(default_factory=lambda: Tasks(_NAMES))
    _dossiers: list[tuple[Result, list[Lacked]]] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Take one result."""
        if result.decision is None:
            return
        self._tasks.add(result.name or result.id, result.decision)
        if result.decision.subject.members:
            self._dossiers.append((result, list(lacks(result.decision, self.rules))))

    def sections(self, lang: Lang) -> list[Section]:
        """What each dossier lacks, where units have parts; then what is to be found out. Nothing where all is clear."""
        return [*self.dossiers(lang), *self.work(lang)]

    def dossiers(self, lang: Lang) -> Iterator[Section]:
        """What each dossier still lacks, and which parts of it."""
        rows: list[list[Cell]] = []
        for result, found in self._dossiers:
            assert result.decision is not None
            for one in found:
                node = one.node
                words = (
                    _NAMED.fill(node.id, node.title).say(lang),
                    node.outcome.label.say(lang),
                    brief(node, lang, result.decision).removeprefix(f"{node.id}: "),
                )
                names = [", ".join(member.name or member.id for member in group) for group in (one.missing, one.open)]
                rows.append([result.id, result.name, *words, *self._in_charge(one.criterion, lang), *names])
        if self._dossiers:
            ready = [result.name or result.id for result, found in self._dossiers if not found]
            notes = [_READY.fill(len(ready), len(self._dossiers), ", ".join(ready) or "–").say(lang)]
            heads = (*_WHO, _INDICATOR, _OUTCOME, _WHY, *([_DEPARTMENT] if self.departments else []), _MISSING, _OPEN)
            yield Section(_DOSSIERS.say(lang), [head.say(lang) for head in heads] if rows else (), rows, notes)

    def work(self, lang: Lang) -> Iterator[Section]:
        """What is to be found out, by department where they are known."""
        rows: list[list[Cell]] = []
        for task in self._tasks.listed(self.departments):
            *what, where = (cell.say(lang) for cell in (*task.cells, task.where()))
            rows.append([*self._in_charge(task.criterion, lang), *what, task.count, where])
        if rows:
            heads = (*([_DEPARTMENT] if self.departments else []), _INDICATOR, _WHAT, _WHY_OPEN, _UNITS, _WHICH)
            yield Section(_WORK.say(lang), [head.say(lang) for head in heads], rows, [] if self.departments else [NO_LIST.say(lang)])

    def _in_charge(self, criterion: str, lang: Lang) -> list[str]:
        return [self.departments.get(criterion) or NOBODY.say(lang)] if self.departments else []


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


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


_IN_THE_WAY = (Outcome.NOT_MET, Outcome.UNDETERMINED)
_LAST = "\uffff"  # who is not known comes after every name
_REASONS = 3
_NAMES = 500  # of a table of a whole country nobody reads more names in one cell
_NAMED = Bilingual("{} {}", "{} {}")
_FEW = 3  # so many names are as short as a word for all
_ALL = Bilingual("cả {} {}", "all {} {}")
_MORE = Bilingual("… và {} đơn vị nữa", "… and {} more")
_DOSSIERS = Bilingual("Hồ sơ còn thiếu gì, ở đâu", "What each dossier lacks, and where")
_READY = Bilingual("{} trên {} hồ sơ không còn thiếu gì: {}.", "{} of {} dossiers lack nothing: {}.")
_WORK = Bilingual("Việc còn phải làm rõ", "What is to be found out")
NO_LIST = Bilingual(
    "Đưa danh sách cơ quan phụ trách từng tiêu chí (--departments) thì bảng xếp theo cơ quan.",
    "Give a list of the departments in charge (--departments), and the table is ordered by them.",
)
_STATE = Bilingual("ghi: {}", "state: {}")
_LEVEL = Bilingual("xin xác nhận, hoặc tìm mức đạt trong văn bản", "have it attested, or find the level in the text")
_VALUE = Bilingual("nhập số liệu hoặc xin xác nhận", "enter the figure or have it attested")
NOBODY = Bilingual("chưa rõ cơ quan", "department not known")
_WHO = (Bilingual("Mã", "Id"), Bilingual("Tên", "Name"))
_INDICATOR = Bilingual("Chỉ tiêu", "Indicator")
_OUTCOME = Bilingual("Kết quả", "Outcome")
_WHY = Bilingual("Vì sao", "Why")
_DEPARTMENT = Bilingual("Cơ quan", "Department")
_MISSING = Bilingual("Đơn vị chưa có", "Parts that lack it")
_OPEN = Bilingual("Đơn vị chưa rõ", "Parts not known")
_WHAT = Bilingual("Việc", "To do")
_WHY_OPEN = Bilingual("Vì sao chưa rõ", "Why it is open")
_UNITS = Bilingual("Số đơn vị", "Units")
_WHICH = Bilingual("Đơn vị", "Which")
