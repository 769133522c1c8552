"""Registers and lists of units in files: one act a row, one unit a row; what cannot be read is listed with its cell, the rest stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from ntm_rules.decide.engine.inputs import Unreadable
from ntm_rules.decide.written.cells import read_attribute
from ntm_rules.labels import KINDS
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.register.acts import ACT_LABELS, REGISTERED, Act, ActKind, Unit, kind_of_status
from ntm_rules.register.book import Register
from ntm_rules.register.offices import decision_of, term_end, year_of
from ntm_rules.tables.read.plain_tables import Cells, PlainTable, read_plain
from ntm_rules.values import SubjectKind, folded

ACT_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "unit": ("mã đơn vị", "mã", "mã xã", "mã thôn", "mã huyện", "mã sản phẩm", "id", "code"),
    "name": ("tên đơn vị", "tên", "tên xã", "tên thôn", "tên huyện", "tên sản phẩm", "xã", "thôn", "sản phẩm", "name"),
    "unit_kind": ("loại", "loại đơn vị", "kind"),
    "kind": ("việc", "hành vi", "act"),
    "status": (
        *("danh hiệu", "xếp hạng", "hạng sao", "hạng", "số sao", "phân hạng", "kết quả xếp hạng", "kết quả phân hạng"),
        *("star", "status"),
    ),
    "edition": ("bộ tiêu chí", "edition", "set"),
    "decision": (
        *("quyết định", "số quyết định", "số qđ", "qđ số", "quyết định công nhận", "quyết định số", "quyết định công nhận số"),
        *("qđ số/ngày", "số/ngày qđ", "số/ngày quyết định", "số, ngày quyết định", "quyết định số, ngày", "quyết định công nhận số, ngày"),
        *("qđ công nhận", "quyết định (số, ngày)", "quyết định công nhận (số, ngày)", "quyết định công nhận số … ngày …"),
        *("văn bản công nhận", "decision"),
    ),
    "day": (
        *("ngày", "ngày hiệu lực", "ngày quyết định", "ngày qđ", "ngày công nhận", "ngày ký", "ngày ban hành", "ngày cấp"),
        *("quyết định ngày", "quyết định công nhận ngày", "thời điểm công nhận", "năm công nhận", "năm", "day", "date"),
    ),
    "known_by": ("biết chậm nhất", "chậm nhất", "known by"),
    "until": ("đến ngày", "hết hạn", "ngày hết hạn", "until", "expires"),
    "term": ("thời hạn", "thời hạn công nhận", "thời hạn hiệu lực", "hiệu lực", "term"),
    "into": ("mã mới", "sáp nhập vào", "into"),
    "into_name": ("tên mới", "new name"),
    "source": ("nguồn", "source"),
}
UNIT_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("mã đơn vị", "mã", "mã số", "mã xã", "mã thôn", "mã sản phẩm", "id", "code", "gso"),
    "kind": ("loại", "kind"),
    "name": ("tên đơn vị", "tên đơn vị hành chính", "tên", "tên xã", "tên thôn", "tên sản phẩm", "xã", "name"),
    "other_names": ("tên khác", "other names"),
    "whole": ("thuộc", "mã huyện", "mã qh", "part of"),
    "province": ("tỉnh", "tỉnh / thành phố", "tỉnh thành phố", "province"),
    "region": ("vùng", "region"),
    "area": ("khu vực", "area"),
    "unit_type": ("loại hình", "cấp", "unit type"),
    "begins": ("từ ngày", "có từ ngày", "ngày thành lập", "begins"),
    "until": ("đến ngày", "đến hết ngày", "until"),
    "into": ("nhập vào", "sáp nhập vào", "into"),
    "goes_on_as": ("tiếp tục với mã", "mã mới", "goes on as"),
    "may_into": ("có thể nhập vào", "may into"),
    "criteria_met": ("số tiêu chí đạt", "criteria met"),
}
_VILLAGES: Final = ("tên thôn", "thôn", "tên làng", "làng", "tên thôn (làng)", "thôn (làng)", "village")
_COMMUNES: Final = ("xã", "tên xã", "thuộc xã", "commune")
VILLAGE_COLUMNS: Final[dict[str, tuple[str, ...]]] = {  # of a list with villages: «xã» is what they are part of, and has no code of theirs
    **UNIT_COLUMNS,
    "id": ("mã thôn", "mã đơn vị", "mã", "mã số", "id", "code"),
    "name": _VILLAGES,
    "whole": ("mã xã", "thuộc", "part of"),
    "whole_name": _COMMUNES,
}
_VILLAGE_ACTS: Final[dict[str, tuple[str, ...]]] = {
    **ACT_COLUMNS,
    "unit": ("mã thôn", "mã đơn vị", "mã", "id", "code"),
    "name": _VILLAGES,
    "whole_name": _COMMUNES,
    "product": ("tên sản phẩm", "sản phẩm"),
}
NONE: Final[Mapping[str, Attribute]] = MappingProxyType({})
_EITHER: Final = (("unit", "name"), ("kind", "status"))  # what a register must say of each act
_WHERE: Final = ("xã", "thôn")  # of a product, where it is made
_NO_ACT: Final = (
    *("chủ thể", "tên chủ thể", "địa chỉ", "địa bàn", "huyện", "quận huyện", "tỉnh", "điện thoại", "số điện thoại", "author", "address"),
    *("cấp công nhận", "cơ quan công nhận"),
    *("nhóm", "nhóm sản phẩm", "ngành hàng", "ngành sản phẩm", "phân nhóm", "bộ sản phẩm", "điểm", "tổng điểm", "số điểm"),
)
_NO_UNIT: Final = ("quận huyện", "mã tp", "mã tỉnh", "tên tiếng anh")
_TYPES: Final = ("thị trấn", "thị xã", "thành phố", "phường", "huyện", "xã")  # «Xã Đắk Cấm» is the commune Đắk Cấm
_KINDS = {folded(word): kind for kind, words in KINDS.items() for word in (kind, words.one.vi, words.one.en)}
_ACTS = {folded(word): kind for kind, label in ACT_LABELS.items() for word in (kind, label.vi, label.en)}
_ACTS |= dict.fromkeys(("nhập", "hợp nhất", "chia tách", "split"), "merge")  # a unit that ceased to exist, whatever became of it
_AFTER: Final = (("", "ntm"), (" nâng cao", "ntm-advanced"), (" kiểu mẫu", "ntm-model"), (" hiện đại", "ntm-modern"))
_STATUS_WORDS = {folded(word): name for name, label in REGISTERED.items() for word in (name, label.vi, label.en)}
_STATUS_WORDS |= {
    f"{before}{digit}{stars} sao": f"ocop-{stars}"
    for stars in (3, 4, 5)
    for digit in ("", "0")
    for before in ("", "ocop ", "hạng ", "đạt ", "sản phẩm ", "sản phẩm ocop ")
}
_STATUS_WORDS |= {str(stars): f"ocop-{stars}" for stars in (3, 4, 5)}
_STATUS_WORDS |= {
    f"{before}{named}{after}": status
    for before in ("", "đạt ", "đạt chuẩn ", "xã ")
    for named in ("ntm", "nông thôn mới")
    for after, status in _AFTER
}


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register as read: what stands, what does not, with its cells, and what people should know and nobody need mend."""

    register: Register
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


def read_register(
    paths: str | Path | Sequence[str | Path],
    *,
    units: str | Path | Sequence[str | Path] = (),
    complete: bool = False,
    sheet: str | None = None,
    attributes: Mapping[str, Attribute] = NONE,
) -> RegisterFile:
    """Read a register of acts from one or more tables, and the list of units they are joined with.

    A row that cannot be read is left out and listed; the others stand. Nothing is guessed: an empty day stays unknown.

    Args:
        paths: tables of acts: CSV, XLSX, JSON or Parquet.
        units: one or more tables of units.
        complete: whether the register names every recognition there is.
        sheet: the sheet of a workbook.
        attributes: what lists of units may say besides, by name or title, as sets of targets declare it.

    Raises:
        TableError: a file cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    listed = [paths] if isinstance(paths, (str, Path)) else list(paths)
    acts: list[Act] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    for path in listed:
        table = _table(path, sheet)
        notes += table.notes
        problems += table.problems
        lacking = [ACT_COLUMNS[either[0]][0] for either in _EITHER if not table.columns.intersection(either)]
        if lacking:
            raise TableError([Problem("NTM-802", Place(str(path)), {"column": ", ".join(lacking)}), *table.problems])
        if "unit" not in table.columns:
            notes.append(Problem("NTM-527", Place(str(path))))
        for row in table.rows:
            act = _act(row)
            problems += row.problems
            if not row.problems:
                acts.append(act)
    found: dict[str, list[Unit]] = {}
    for path in [units] if isinstance(units, (str, Path)) else units:
        listed_units, wrong, told = _units(path, None, attributes)
        problems += wrong
        notes += told
        for unit in listed_units:
            problems += _add(unit, found)
    problems += _settle(found)
    return RegisterFile(Register(acts, _all(found), complete=complete), tuple(problems), tuple(notes))


def _table(path: str | Path, sheet: str | None) -> PlainTable:
    """The rows of a register; in a list of products «xã» is where they are made, and the product has the name."""
    try:
        return read_plain(path, ACT_COLUMNS, (), sheet, _NO_ACT)
    except TableError as error:
        if [problem.words.get("target") for problem in error.problems if problem.code == "NTM-502"] != ["name"]:
            raise
    villages = _if_villages(path, _VILLAGE_ACTS, ("name", "whole_name"), sheet, (*_NO_ACT, "mã xã"))
    if villages is not None and "product" not in villages.columns:
        return villages
    own = {**ACT_COLUMNS, "name": tuple(word for word in ACT_COLUMNS["name"] if word not in _WHERE)}
    return read_plain(path, own, (), sheet, (*_NO_ACT, *_WHERE))


def _if_villages(
    path: str | Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str], sheet: str | None, people: Sequence[str]
) -> PlainTable | None:
    """The rows of a table that names villages; None where it names none."""
    try:
        return read_plain(path, columns, needed, sheet, people)
    except TableError:
        return None


def _add(unit: Unit, found: dict[str, list[Unit]]) -> list[Problem]:
    """Add a unit to a list by code, unless the code stands there for the same days."""
    others = found.setdefault(unit.id, [])
    for other in others:
        before = other.until is not None and unit.begins is not None and other.until < unit.begins
        after = unit.until is not None and other.begins is not None and unit.until < other.begins
        if not (before or after):
            first, second = (f"{one.place}" if other.place.file != unit.place.file else one.place.path for one in (other, unit))
            if other.kind == unit.kind and other.whole and unit.whole and other.whole != unit.whole:
                words = {
                    "unit": unit.id,
                    "name": unit.name or other.name or "…",
                    "first": other.whole,
                    "there": first,
                    "second": unit.whole,
                }
                return [Problem("NTM-838", unit.place, words)]
            return [Problem("NTM-505", unit.place, {"id": unit.id, "count": 2, "rows": f"{first}, {second}"})]
    others.append(unit)
    return []


def _settle(found: dict[str, list[Unit]]) -> list[Problem]:
    """Give villages the code of the commune that their list calls by its name; told where there is none, or more than one."""
    named: dict[str, set[str]] = {}
    for unit in _all(found):
        if unit.kind == "commune":
            for name in (unit.name, *unit.other_names):
                named.setdefault(folded(name), set()).add(unit.id)
    problems = []
    for code, rows in found.items() if named else ():
        for index, unit in enumerate(rows):
            if unit.kind != "village" or not unit.whole or unit.whole in found:
                continue
            said = folded(unit.whole)
            communes = named.get(said) or named.get(said.removeprefix("xã ")) or set()
            if len(communes) == 1:
                found[code][index] = replace(unit, whole=next(iter(communes)))
            else:
                problems.append(Problem("NTM-834", unit.place, {"name": unit.name or code, "whole": unit.whole}))
    return problems


def _all(found: dict[str, list[Unit]]) -> tuple[Unit, ...]:
    return tuple(unit for units in found.values() for unit in units)


def _act(row: Cells) -> Act:
    kind = cast(ActKind, row.one_of("kind", "việc", _ACTS, "recognition"))
    status = row.one_of("status", "danh hiệu", _STATUS_WORDS, "")
    likely = (kind_of_status(status) if status else None) or ("village" if "whole_name" in row.places else "commune")
    unit_kind = cast(SubjectKind, row.one_of("unit_kind", "loại", _KINDS, likely))
    name = ", ".join(filter(None, (row["name"], row["whole_name"])))  # many villages have one name
    unit = row["unit"] if "unit" in row.places else name  # a list without codes knows its units by name
    if not unit:
        row.problems.append(Problem("NTM-802", row.at("unit"), {"column": "mã đơn vị"}))
    if "kind" not in row.places and not row["decision"]:  # a list of what was recognised has no «việc», but every line its decision
        row.problems.append(Problem("NTM-802", row.at("decision"), {"column": "quyết định"}))
    if kind in ("recognition", "revocation") and not row["status"] and folded(row["kind"]) in ("", *_ACTS):
        row.problems.append(Problem("NTM-802", row.at("status"), {"column": "danh hiệu"}))
    decision, decided = decision_of(row["decision"])
    year = year_of(row["day"])
    day = (row.day("day", "ngày") if year is None else None) or decided
    known_by, until = row.day("known_by", "biết chậm nhất") or year, row.day("until", "đến ngày")
    if row["term"]:
        end, is_term = term_end(row["term"], day)
        until = until or end
        if not is_term:
            row.problems.append(Problem("NTM-829", row.at("term"), {"got": row["term"]}))
    if day is None and known_by is None and not row.problems:
        row.problems.append(Problem("NTM-803", row.at("day")))
    texts = {key: row[key] for key in ("edition", "into", "into_name", "source")} | {"name": name, "decision": decision}
    return Act(kind, unit, unit_kind=unit_kind, status=status, day=day, known_by=known_by, until=until, place=row.place, **texts)


def read_units(path: str | Path, *, sheet: str | None = None) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """Read a list of units, with what is known of each. A code that stands twice for the same days is a problem, and the first one counts.

    Raises:
        TableError: the file cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    units, problems, _ = _units(path, sheet)
    return units, problems


def _units(
    path: str | Path, sheet: str | None = None, declared: Mapping[str, Attribute] = NONE
) -> tuple[tuple[Unit, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """The units of a list, what is wrong with it, and what is told of it."""
    also = {name: one for name, one in declared.items() if name not in UNIT_COLUMNS}
    said = {name: (one.title.vi, one.title.en) for name, one in also.items()}
    table = _if_villages(path, {**VILLAGE_COLUMNS, **said}, ("name",), sheet, _NO_UNIT)
    villages = table is not None
    if table is None:
        table = read_plain(path, {**UNIT_COLUMNS, **said}, ("id",), sheet, _NO_UNIT)
    problems = list(table.problems)
    units: dict[str, list[Unit]] = {}
    for row in table.rows:
        unit, doubts = _unit(row, also, villages)
        problems += doubts
        if not row.problems:
            row.problems += _add(unit, units)
        problems += row.problems
    return _all(units), tuple(problems), table.notes


def _unit(row: Cells, also: Mapping[str, Attribute], villages: bool) -> tuple[Unit, list[Problem]]:
    """The unit of a row; an attribute that cannot be read stays unknown and is told, the unit stands."""
    village = villages and bool(row["name"])  # a line of such a list without a village is a commune
    kind = cast(SubjectKind, row.one_of("kind", "loại", _KINDS, "village" if village else "commune"))
    name = row["name"] or row["whole_name"]
    code = row["id"] or ("" if "id" in row.places else ", ".join(filter(None, (row["name"], row["whole_name"]))))
    if not code:
        row.problems.append(Problem("NTM-802", row.at("id"), {"column": "mã đơn vị"}))
    attributes: dict[str, Any] = {}
    doubts: list[Problem] = []
    standard = {name: STANDARD_ATTRIBUTES[name] for name in ("province", "region", "area", "unit_type", "criteria_met")}
    for key, attribute in {**standard, **also}.items():
        if row[key]:
            try:
                attributes[key] = read_attribute(row[key], key, attribute)
            except Unreadable as error:
                doubts.append(Problem(error.code, row.at(key), error.words))
    others = tuple(name.strip() for name in row["other_names"].split(";") if name.strip())
    if village and row["whole_name"]:
        others = (*others, f"{name}, {row['whole_name']}")  # as a register without codes calls it
    unit_type = next((one for one in _TYPES if folded(name).startswith(f"{one} ")), None)
    if unit_type is not None:
        others = (*others, name[len(unit_type) :].strip())
        attributes.setdefault("unit_type", unit_type)
    begins, until = row.day("begins", "từ ngày"), row.day("until", "đến ngày")
    into, may_into = (tuple(code.strip() for code in row[column].split(";") if code.strip()) for column in ("into", "may_into"))
    if until is None and (into or may_into or row["goes_on_as"]):  # without the day nothing follows from it
        doubts.append(Problem("NTM-802", row.at("until"), {"column": "đến ngày"}))
    names = (name, others, row["whole"] or (row["whole_name"] if village else ""), attributes)
    return Unit(code, kind, *names, begins, until, into, row["goes_on_as"], may_into, row.place), doubts
