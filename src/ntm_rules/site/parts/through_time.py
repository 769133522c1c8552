"""A criterion through time: a row an indicator, a column an edition or a national amendment, a word for what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from ntm_rules.model.ruleset import Criterion, Indicator
from ntm_rules.site import phrases
from ntm_rules.site.address import of_criterion, of_indicator, of_instrument, of_set
from ntm_rules.site.library import Edition, Library, State, section_of
from ntm_rules.site.page import Page, tag, text, th
from ntm_rules.site.parts.fate import Fate, fate
from ntm_rules.site.parts.figures import by_table, is_table, mark, one_line
from ntm_rules.site.parts.history import Counterpart, Joined, counterparts, joined
from ntm_rules.values import Bilingual, folded

_NO_DAY: Final = Bilingual("ngày đầu chưa biết", "first day not known")
_ALONE: Final = Bilingual("Danh mục chỉ có bộ này, chưa có bộ trước hoặc sau.", "Only this edition is on record, none before or after it.")
_NONE: Final = Bilingual("Không có tiêu chí cùng tên; chưa có bảng đối chiếu.", "No criterion of that title; no mapping is on record.")
_EMPTY: Final = Bilingual("chưa có nội dung", "content not available")
_COLUMN_RULE: Final = Bilingual("đổi quy tắc áp dụng mức theo vùng", "changes the rule on whose levels apply")
_WHY: Final = {
    "declared": Bilingual("có chỉ tiêu được khai báo là cùng một đại lượng", "has an indicator declared to be one quantity"),
    "number": Bilingual("chỉ cùng số, tên khác; chưa có bảng đối chiếu", "only the number is the same; no mapping is on record"),
}
_LEGEND: Final = Bilingual(
    "Giữ, nâng, hạ: so với cột trước; ở cột của văn bản sửa đổi, «giữ» là phần đã đọc được không đổi chỉ tiêu đó. Dấu ⇄: hai chỉ tiêu được "
    "khai báo là cùng một đại lượng; chưa khai báo thì ghi «chưa đối chiếu», kể cả khi cùng tên. Mới, bỏ: theo văn bản sửa đổi.",
    "Kept, raised, lowered: against the column before; in the column of an amendment, «kept» means that what was read of it leaves the "
    "indicator as it is. The sign ⇄: two indicators that are declared to be one quantity; what is not declared is «not compared», even "
    "under one title. New, dropped: by the amendment.",
)

Key = tuple[str, str]  # the set and the number by which a row is called


class Column:
    """A column: an edition as issued, or as a national amendment left it, with the criteria in it that answer to the one of the page."""

    def __init__(self, edition: Edition, state: State, before: State | None, found: Sequence[Counterpart], pairs: Joined) -> None:
        self.edition = edition
        self.state = state
        self.before = before
        self.found = found
        self.pairs = pairs

    @cached_property
    def indicators(self) -> Mapping[str, tuple[Criterion, Indicator]]:
        """Their indicators as they stand in this column, by number."""
        sections = [section_of(self.state.document, one.section.criterion) for one in self.found]
        return {one.indicator: (section, one) for section in sections if section for one in section.indicators}


class Rows:
    """The rows of the table: the indicators of the edition of the page in their order, then what only others have."""

    def __init__(self, edition: Edition, columns: Sequence[Column]) -> None:
        self.edition = edition
        own = [(number, one) for column in columns if column.edition is edition for number, (_, one) in column.indicators.items()]
        self._titles = {folded(one.title): number for number, one in own}
        self.cells: dict[Key, dict[int, str]] = {(edition.id, number): {} for number, _ in own}
        for i, column in enumerate(columns):
            for number, (_, one) in column.indicators.items():
                self.cells.setdefault(self._key(column, number, one), {}).setdefault(i, number)

    def _key(self, column: Column, number: str, one: Indicator) -> Key:
        """The row of an indicator: that of the one it is declared to be, of the one of its title, or its own."""
        if column.edition is self.edition:
            return self.edition.id, number
        own = column.pairs[number][0] if number in column.pairs else self._titles.get(folded(one.title))
        return (self.edition.id, own) if own else (column.edition.id, number)


def through_time(page: Page, library: Library, edition: Edition, section: Criterion) -> None:
    """The criterion in each edition of its line and after each national amendment."""
    columns = list(_columns(library, edition, section))
    page.heading(page.say("Qua các giai đoạn", "Across editions"), page.say("lich-su", "history"), searched=False)
    if len(columns) < 2:
        page.p(page.words(_ALONE))
        return
    told = [one for one in columns if one.found]
    by_row = list(Rows(edition, told).cells.values())
    page.items(_became(page, told, by_row))
    rows = [_row(page, told, cells) for cells in by_row]
    rows += [[th(_since(page, one)), f'<td colspan="{len(told)}">{page.words(_NONE)}</td>'] for one in columns if not one.found]
    head = [page.say("Chỉ tiêu", "Indicator"), *(_head(page, one) for one in told)]
    with page.more(page.say("Từng chỉ tiêu", "Indicator by indicator")):
        page.table(
            page.say("Các chỉ tiêu qua các bộ và các lần sửa đổi", "Its indicators in each edition and amendment"), head, rows, "moves"
        )
        page.p(page.words(_LEGEND), class_="legend")


def _became(page: Page, columns: Sequence[Column], rows: Sequence[Mapping[int, str]]) -> Iterator[str]:
    """A line for each column after the first: how many indicators were kept, raised, lowered and so on."""
    for i, column in enumerate(columns):
        counted = Counter(found for cells in rows if (found := _fate(columns, cells, i)) is not None)
        if counted:
            words = ", ".join(f"{counted[one]} {one.label.say(page.lang)}" for one in Fate if counted[one])
            yield f"{_since(page, column).replace('<br>', ', ')}: {text(words)}."


def _columns(library: Library, edition: Edition, section: Criterion) -> Iterator[Column]:
    for one in library.line(edition):
        found = [Counterpart(section, "title")] if one is edition else counterparts(library, edition, section, one)
        pairs = {} if one is edition else joined(library, edition, one)
        states = [state for state in one.states if state.province is None]
        yield Column(one, states[0], None, found, pairs)
        if found:
            yield from (Column(one, state, before, found, pairs) for before, state in pairwise(states))


def _since(page: Page, one: Column) -> str:
    start = one.state.start
    when = text(phrases.day(start, page.lang)) if start else page.words(_NO_DAY)
    if one.before is None:
        return f"{when}<br>{page.link(of_set(page.lang, one.edition.id), one.edition.document.title.say(page.lang))}"
    return f"{page.say('từ', 'from')} {when}<br>{page.link(of_instrument(page.lang, one.state.instrument), one.state.instrument)}"


def _head(page: Page, one: Column) -> str:
    """Since when, by what, and which criterion of it."""
    lines = [_since(page, one)]
    if one.before is None:
        lines += [_named(page, one, given) for given in one.found]
    elif one.before.document.dimensions != one.state.document.dimensions and any(is_table(given) for _, given in one.indicators.values()):
        lines.append(page.words(_COLUMN_RULE))
    return lines[0] + "".join(f"<br><small>{line}</small>" for line in lines[1:])


def _named(page: Page, one: Column, given: Counterpart) -> str:
    section = given.section
    link = page.link(of_criterion(page.lang, one.edition.id, section.criterion), f"{section.criterion}. {section.title.say(page.lang)}")
    why = [page.words(_WHY[given.why])] if given.why in _WHY else []
    return "; ".join([link, *why, *([] if section.indicators else [page.words(_EMPTY)])])


def _row(page: Page, columns: Sequence[Column], cells: Mapping[int, str]) -> list[str]:
    first = max((i for i in cells if not columns[i].pairs), default=max(cells))  # as the edition of the page calls it, where it does
    number = cells[first]
    title = columns[first].indicators[number][1].title.say(page.lang)
    return [th(f"{text(number)} {text(title)}"), *(_cell(page, columns, cells, i) for i in range(len(columns)))]


def _cell(page: Page, columns: Sequence[Column], cells: Mapping[int, str], i: int) -> str:
    column, found = columns[i], _fate(columns, cells, i)
    if i not in cells:
        return _word(page, found) if found else "–"
    number = cells[i]
    section, now = column.indicators[number]
    link = page.link(of_indicator(page.lang, column.edition.id, section.criterion, number), number)
    words = f"{link} {one_line(page, now, column.state.document) or by_table(page, now)}"
    if number in column.pairs:
        own, level = column.pairs[number]
        words += f" <small>⇄ {text(own)} {mark(page, level)}</small>"
    return words + (f"<br>{_word(page, found)}" if found else "")


def _fate(columns: Sequence[Column], cells: Mapping[int, str], i: int) -> Fate | None:
    """What became of an indicator since the column before; nothing where this column is the first, or never had it."""
    column, before = columns[i], max((j for j in cells if j < i), default=None)
    if i not in cells:
        return Fate.DROPPED if column.before is not None and before == i - 1 else None
    if before is None:
        return Fate.NEW if column.before is not None else Fate.NOT_COMPARED if i else None
    earlier = columns[before]
    was, now = earlier.indicators[cells[before]][1], column.indicators[cells[i]][1]
    if earlier.edition is not column.edition and cells[before] not in earlier.pairs and cells[i] not in column.pairs:
        return Fate.NOT_COMPARED
    return Fate.KEPT if earlier.edition is column.edition and was == now else fate(was, now)


def _word(page: Page, given: Fate) -> str:
    return tag("span", page.words(given.label), class_=f"fate {given.value}")
