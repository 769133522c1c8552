"""Results counted as they come: the tables and drawings that stand beside the rows in a workbook and on a page."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node, leaves_of, value_text
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import KINDS
from ntm_rules.tables.results import NOT_DECIDED, Result
from ntm_rules.tables.write.bars import bars
from ntm_rules.tables.write.listing import Cell, Number, Section
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel

_DRAWN: Final = (Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET, Outcome.NOT_APPLICABLE)
_SETTLED: Final = (Outcome.MET, Outcome.NOT_MET)
_OPEN: Final = (Outcome.NOT_MET, Outcome.UNDETERMINED)
_LISTED: Final = 100  # units of which each indicator in the way is listed
_SHOWN: Final = 20  # of these in the drawing


class Tally:
    """What is counted of the results of a call.

    Args:
        rules: the set that they are about.
        lang: the language of the tables.
    """

    def __init__(self, rules: RuleSet, lang: Lang) -> None:
        self.rules: RuleSet = rules
        self.lang: Lang = lang
        self.outcomes: Counter[Outcome | None] = Counter()
        self.classes: Counter[str] = Counter()
        self.criteria: dict[str, Counter[Outcome]] = {}
        self._titles: dict[str, Bilingual] = {}
        self._met: dict[int, Counter[Outcome]] = {}
        self._levels: Counter[SourceLevel | None] = Counter()
        self._files: Counter[str] = Counter()
        self._sets: dict[str, tuple[str, str, str]] = {}
        self._nearest: list[tuple[int, int, int, str, str, Decision]] = []  # by what is lacking, by what fails, as they came; id, name

    def add(self, result: Result) -> None:
        """Count one result."""
        decision = result.decision
        self.outcomes[result.outcome] += 1
        self._files[result.file] += 1
        if decision is None:
            return
        identity = decision.ruleset
        if identity.sha256 not in self._sets:
            self._sets[identity.sha256] = (
                identity.title.say(self.lang),
                f"{identity.id} {identity.version}",
                ", ".join(identity.instruments),
            )
        if extras := self.rules.method.extras:
            self.classes[extras[0].text(decision, self.lang)] += 1
            return
        lacking = failing = met = 0
        for nodes, counted in ((decision.conditions, False), (decision.criteria, True)):
            for node in nodes:
                outcome = node.outcome
                if node.id not in self.criteria:
                    self.criteria[node.id], self._titles[node.id] = Counter(), node.title
                self.criteria[node.id][outcome] += 1
                met += counted and outcome is Outcome.MET
                lacking += outcome in _OPEN
                failing += outcome is Outcome.NOT_MET
                if outcome in _SETTLED:
                    self._levels[node.level] += 1
        self._met.setdefault(met, Counter())[decision.outcome] += 1
        if decision.outcome in _OPEN:
            key = (lacking, failing, self.outcomes.total())
            if len(self._nearest) < _LISTED or key < self._nearest[-1][:3]:
                insort(self._nearest, (*key, result.id, result.name, decision))
                del self._nearest[_LISTED:]

    def summary(self) -> Section:
        """How many units have each outcome, and how many meet how many criteria."""
        total = self.outcomes.total()
        said = [(_OUTCOME, one or NOT_DECIDED.say(self.lang), self.outcomes[one]) for one in (*Outcome, None)]
        rows: list[list[Cell]] = [[head.say(self.lang), word, count, share(count, total)] for head, word, count in said if count]
        if self.classes:
            head = self.rules.method.extras[0].title.say(self.lang)
            rows += [[head, name or "–", count, share(count, total)] for name, count in sorted(self.classes.items(), reverse=True)]
        for met in sorted(self._met, reverse=True):
            count = self._met[met].total()
            rows.append([_MET.say(self.lang), str(met), count, share(count, total)])
        heads = (_WHAT, _GROUP, _units(self.rules), _SHARE)
        about = f"{self.rules.title.say(self.lang)} ({self.rules.id} {self.rules.version})"
        return self._section(_SUMMARY, heads, rows, [about, _MEETS.say(self.lang)])

    def picture_by_number(self) -> str:
        """Units by the number of criteria met, each bar divided by the outcome of the whole; or by class."""
        if self.classes:
            named = [(Bilingual(name or "–"), [count]) for name, count in sorted(self.classes.items(), reverse=True)]
            return bars(self.rules.method.extras[0].title, [_units(self.rules)], named, self.lang)
        lines = [(_SO_MANY.fill(met), self._met[met]) for met in sorted(self._met, reverse=True)]
        return self._drawn(_BY_NUMBER.fill(KINDS[self.rules.kind].many), lines)

    def by_criterion(self) -> Section:
        """How many units meet each criterion, and the share of those that do."""
        rows: list[list[Cell]] = []
        for key, counts in self.criteria.items():
            told: list[Cell] = [counts[one] for one in Outcome]
            rows.append([key, self._titles[key].say(self.lang), *told, share(counts[Outcome.MET], counts.total())])
        heads = (_NUMBER, _CRITERION, *(one.label for one in Outcome), _SHARE_MET)
        return self._section(_BY_CRITERION, heads, rows, [])

    def picture_by_criterion(self) -> str:
        """The criteria by the share that meets them."""
        ranked = sorted(self.criteria.items(), key=lambda one: -one[1][Outcome.MET] / one[1].total())
        lines = [
            (_RANKED.fill(Bilingual(*(share(n[Outcome.MET], n.total()).said(lang) for lang in ("vi", "en"))), key, self._titles[key]), n)
            for key, n in ranked
        ]
        return self._drawn(_BY_SHARE, lines)

    def missing(self) -> Section:
        """The units nearest to the standard first: each indicator in the way, its value, what is asked, what is lacking."""
        rows: list[list[Cell]] = []
        for lacking, _, _, unit, name, decision in self._nearest:
            rows += [[unit, name, lacking, *self._told(node)] for node in leaves_of(decision.root) if node.outcome in _OPEN]
        heads = (_ID, _NAME, _LACKING, _INDICATOR, _OUTCOME, _VALUE, _ASKED, _GAP, _UNIT)
        return self._section(_MISSING, heads, rows, [self.nearest_of()])

    def nearest_of(self) -> str:
        """How many units are open, and of how many what is missing is listed."""
        return _NEAREST_OF.fill(sum(self.outcomes[one] for one in _OPEN), len(self._nearest)).say(self.lang)

    def picture_of_nearest(self) -> str:
        """The units nearest to the standard, each bar divided by the outcomes of its criteria."""
        shown = ((Bilingual(name or unit), decision.criteria) for *_, unit, name, decision in self._nearest[:_SHOWN])
        return self._drawn(_NEAREST, [(who, Counter(node.outcome for node in criteria)) for who, criteria in shown])

    def _told(self, node: Node) -> list[Cell]:
        value, gap, lang = node.observed, node.gap, self.lang
        measured: Cell = Number.of(value) if isinstance(value, Decimal) else value_text(value, None, lang) if value is not None else ""
        short: Cell = Number.of(gap) if gap else ""
        return [f"{node.id} {node.title.say(lang)}", node.outcome, measured, node.requirement(lang), short, node.unit.say(lang)]

    def sources(self) -> Section:
        """The sets with their texts, how far the figures were checked that settled criteria, the files."""
        lang = self.lang
        rows: list[list[Cell]] = []
        for sha256, (title, version, instruments) in self._sets.items():
            rows.append([_SET.say(lang), title, f"{version}; {instruments}; sha256 {sha256[:12]}", ""])
        for level in (*SourceLevel, None):
            if count := self._levels[level]:
                rows.append([_LEVEL.say(lang), (level.label if level else _NO_FIGURE).say(lang), _CRITERIA.say(lang), count])
        rows += [[_FILE.say(lang), file, _ROWS.say(lang), count] for file, count in self._files.items()]
        return self._section(_SOURCES, (_WHAT, _NAME, _DETAIL, _COUNT), rows, [])

    def by_unit(self) -> str:
        """What the rows themselves are called."""
        return _BY_UNIT.fill(KINDS[self.rules.kind].one).say(self.lang)

    def _section(self, title: Bilingual, heads: Sequence[Bilingual], rows: Sequence[Sequence[Cell]], notes: list[str]) -> Section:
        told = notes if rows else [*notes, _NONE.say(self.lang)]
        return Section(title.say(self.lang), [head.say(self.lang) for head in heads], rows, told)

    def _drawn(self, title: Bilingual, lines: Sequence[tuple[Bilingual, Counter[Outcome]]]) -> str:
        if not lines:
            return ""
        legend = [one.label for one in _DRAWN]
        return bars(title, legend, [(name, [counts[one] for one in _DRAWN]) for name, counts in lines], self.lang)


def share(count: int, total: int) -> Number:
    """A share in percent, with one place."""
    return Number(Decimal(count) * 100 / total if total else Decimal(0), 1, percent=True)


def _units(rules: RuleSet) -> Bilingual:
    return _HOW_MANY.fill(KINDS[rules.kind].many)


_SUMMARY = Bilingual("Tổng hợp", "Summary")
_BY_UNIT = Bilingual("Theo {}", "By {}")
_BY_CRITERION = Bilingual("Theo tiêu chí", "By criterion")
_MISSING = Bilingual("Còn thiếu gì", "What is missing")
_SOURCES = Bilingual("Căn cứ và mức nguồn", "Sources")
_MEETS = Bilingual(
    "Đây là tính việc đáp ứng tiêu chí. Công nhận đạt chuẩn là quyết định của cấp có thẩm quyền.",
    "Computed: whether the criteria are met. Recognition is a decision of the competent authority.",
)
_WHAT = Bilingual("Nội dung", "What")
_GROUP = Bilingual("Nhóm", "Group")
_HOW_MANY = Bilingual("Số {}", "Number of {}")
_SHARE = Bilingual("Tỷ lệ", "Share")
_OUTCOME = Bilingual("Kết quả", "Outcome")
_MET = Bilingual("Số tiêu chí đạt", "Criteria met")
_SO_MANY = Bilingual("{} tiêu chí", "{} criteria")
_RANKED = Bilingual("{}: {} {}", "{}: {} {}")
_BY_NUMBER = Bilingual("Số {} theo số tiêu chí đạt", "Number of {} by criteria met")
_BY_SHARE = Bilingual("Tiêu chí theo tỷ lệ đạt", "Criteria by the share that meets them")
_NEAREST = Bilingual("Gần chuẩn nhất: tiêu chí đạt, chưa rõ, chưa đạt", "Nearest to the standard: criteria met, open, not met")
_NEAREST_OF = Bilingual(
    "{} đơn vị chưa đạt hoặc chưa xác định; nêu {} đơn vị gần chuẩn nhất, ít tiêu chí còn thiếu trước.",
    "{} units do not meet the set or are undetermined; the {} nearest are listed, those that lack the fewest criteria first.",
)
_NUMBER = Bilingual("Số", "Number")
_CRITERION = Bilingual("Tiêu chí", "Criterion")
_SHARE_MET = Bilingual("Tỷ lệ đạt", "Share met")
_ID = Bilingual("Mã", "Id")
_NAME = Bilingual("Tên", "Name")
_LACKING = Bilingual("Tiêu chí còn thiếu", "Criteria lacking")
_INDICATOR = Bilingual("Chỉ tiêu", "Indicator")
_VALUE = Bilingual("Số liệu", "Value")
_ASKED = Bilingual("Yêu cầu", "Required")
_GAP = Bilingual("Chênh so với mức", "Gap")
_UNIT = Bilingual("Đơn vị tính", "Unit")
_SET = Bilingual("Bộ tiêu chí", "Set")
_LEVEL = Bilingual("Mức nguồn của con số", "Source level of the figures")
_CRITERIA = Bilingual("số lần tiêu chí được xác định", "criteria settled")
_FILE = Bilingual("Tệp đã đọc", "File read")
_ROWS = Bilingual("số dòng", "rows")
_DETAIL = Bilingual("Chi tiết", "Detail")
_COUNT = Bilingual("Số lượng", "Count")
_NO_FIGURE = Bilingual("theo xác nhận, không dựa vào con số", "attested, no figure decided")
_NONE = Bilingual("Không có.", "None.")
