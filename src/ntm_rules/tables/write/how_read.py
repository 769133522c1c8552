"""How a table was read, in words: what ``ntm-rules read`` and the page for tables show."""

from __future__ import annotations

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.header import ROLES
from ntm_rules.decide.written.headings import Column
from ntm_rules.decide.written.said import LABELS
from ntm_rules.tables.read.table import Sight
from ntm_rules.tables.write.listing import Section
from ntm_rules.tables.write.mapping_text import unit_of
from ntm_rules.values import Bilingual, Lang


def how_read(sight: Sight, rules: RuleSet, lang: Lang) -> list[Section]:
    """How a table is understood: where it lies, each column, the headings that are not known, rows left aside, cells in doubt."""
    seen = sight.understood
    if seen is None:
        return [Section("", notes=[_SUBJECTS.say(lang)])]
    headings = ", ".join(map(str, seen.headings))
    layout = seen.layout or _ROWS
    said = [(_SHEET, seen.sheet), (_LAYOUT, layout.say(lang)), (_HEADINGS, headings)]
    if sight.table is not None:
        said.append((_UNITS, str(len(sight.table.rows))))
    columns = [
        [place.path.rpartition("!")[2], column.header, _meaning(column, rules).say(lang), unit_words(column).say(lang)]
        for column, place in seen.columns
    ]
    unknown = [[one.place.path.rpartition("!")[2], str(one.words["header"]), str(one.words.get("guess") or "")] for one in seen.unknown]
    found = [
        Section("", notes=[f"{name.say(lang)}: {value}" for name, value in said if value]),
        Section(_COLUMNS.say(lang), [head.say(lang) for head in _COLUMN_HEADS], columns),
    ]
    if unknown:
        found.append(Section(_UNKNOWN.say(lang), [head.say(lang) for head in _UNKNOWN_HEADS], unknown))
    if seen.aside:
        rows = [[one.row, one.reason.say(lang)] for one in seen.aside]
        found.append(Section(_ASIDE.say(lang), [head.say(lang) for head in _ASIDE_HEADS], rows))
    if seen.doubtful:
        rows = [[one.place.path.rpartition("!")[2], one.got, one.meanings.say(lang)] for one in seen.doubtful]
        found.append(Section(_DOUBTFUL.say(lang), [head.say(lang) for head in _DOUBT_HEADS], rows))
    return found


def _meaning(column: Column, rules: RuleSet) -> Bilingual:
    """What a column is taken for, in words."""
    if column.indicator is not None:
        return _TITLED.fill(column.key, column.indicator.title)
    if column.role == "attested":
        titles = {one.indicator: one.title for one in rules.inputs} | {one.criterion: one.title for one in rules.document.sections}
        return _ATTESTED.fill(column.key, titles[column.key])
    if column.attribute is not None:
        return _ATTRIBUTE.fill(column.attribute.title, column.key)
    if column.role == "said":
        field, _, number = column.key.partition(" ")
        return _TITLED.fill(LABELS[field], number) if number else LABELS[field]
    return ROLES.get(column.role, Bilingual(column.key, column.key))


def unit_words(column: Column) -> Bilingual:
    """The unit of a column: of its indicator, and what the heading says it is turned from."""
    if column.indicator is None:
        return Bilingual("", "")
    own = column.indicator.measure.unit_words
    other = unit_of(column)
    return _TURNED.fill(other, own) if other and column.power else own


_SUBJECTS = Bilingual("Tệp chứa các đối tượng đầy đủ, không có cột để hiểu.", "The file holds whole subjects; there are no columns.")
_SHEET = Bilingual("Trang tính", "Sheet")
_LAYOUT = Bilingual("Cách xếp", "Layout")
_ROWS = Bilingual("mỗi dòng một đơn vị", "a row a unit")
_HEADINGS = Bilingual("Dòng tiêu đề", "Rows of headings")
_UNITS = Bilingual("Số dòng là đơn vị", "Rows of units")
_COLUMNS = Bilingual("Các cột", "Columns")
_COLUMN_HEADS = (
    Bilingual("Ô", "Cell"),
    Bilingual("Tiêu đề", "Heading"),
    Bilingual("Được hiểu là", "Taken for"),
    Bilingual("Đơn vị", "Unit"),
)
_UNKNOWN = Bilingual("Tiêu đề chưa hiểu", "Headings not recognised")
_UNKNOWN_HEADS = (Bilingual("Ô", "Cell"), Bilingual("Tiêu đề", "Heading"), Bilingual("Gần nhất", "Nearest"))
_ASIDE = Bilingual("Dòng bỏ qua", "Rows left aside")
_ASIDE_HEADS = (Bilingual("Dòng", "Row"), Bilingual("Vì là", "Because it is"))
_DOUBTFUL = Bilingual("Ô cần xem lại", "Cells in doubt")
_DOUBT_HEADS = (Bilingual("Ô", "Cell"), Bilingual("Ghi", "Says"), Bilingual("Có thể là", "What it could mean"))
_TITLED = Bilingual("{} {}", "{} {}")
_ATTESTED = Bilingual("{} {}: đạt hay chưa đạt", "{} {}: met or not met")
_ATTRIBUTE = Bilingual("{} ({})", "{} ({})")
_TURNED = Bilingual("{}, đổi ra {}", "{}, turned into {}")
