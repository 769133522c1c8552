"""What one cell says: a value, an attestation, an absence with its reason, or a problem. Nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.decide.engine.method import Input
from ntm_rules.decide.written.grid import Broken, Percent, is_empty
from ntm_rules.decide.written.listed import listed_value, listed_words
from ntm_rules.decide.written.words import sounded
from ntm_rules.labels import KINDS
from ntm_rules.loading.catalogue import province_slug
from ntm_rules.model.ruleset import Attribute
from ntm_rules.problems import nearest
from ntm_rules.values import LANGS, Bilingual, NotApplicable, SubjectKind, Unknown, decimal_comma, exact, folded, nfc, plain

_NOT_APPLICABLE: Final = ("không áp dụng", "not applicable")
_NO_DATA: Final = frozenset(
    ("n/a", "na", "#n/a", "<na>", "nan", "nat", "null", "none", "k/ad", "k/áp dụng", "kad", "kađ", "–", "-", "—", "…", "...")
)
_UNKNOWN: Final = ("chưa có số liệu", "không có số liệu", "chưa rõ", "chưa khảo sát", "chưa xác định", "unknown", "?")
_MET: Final = frozenset({"đạt", "met"})
_NOT_MET: Final = frozenset({"chưa đạt", "không đạt", "not met"})
_YES: Final = frozenset({"có", "yes", "true", "đúng", "x"})
_NO: Final = frozenset({"không", "no", "false", "sai"})
_COMMA: Final = re.compile(r"([+-]?\d+),(\d+)", re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?\d[\d.]*(,[\d.]+)+", re.ASCII)
_NEVER: Final = re.compile(r"(?!)")
_COUNTED: Final = {  # «15/19», «năm 2024», as every report on communes writes it
    "criteria_met": re.compile(r"(\d+) ?/ ?19"),
    "year": re.compile(r"năm (\d{4})"),
}
_YES_NO: Final = Bilingual("có, không", "yes, no")
_A_YEAR: Final = Bilingual("số của năm (như 2024)", "the number of a year (as 2024)")
_WHOLE: Final = Bilingual("số nguyên (như 15)", "a whole number (as 15)")
_MILLIONS_A_HEAD: Final = ("triệu đồng/người/năm",)  # a thousand of them a year is nobody's mean


def is_figure(cell: Any) -> bool:
    """Whether a cell is a number or begins with a digit, as no absence, no verdict and no abbreviation does: most cells of most tables."""
    return cell.__class__ is float or cell.__class__ is int or (cell.__class__ is str and cell[:1].isdigit())


def absence(cell: Any, where: str) -> Unknown | NotApplicable | None:
    """The absence a cell states, with its reason; None when it holds something or nothing at all. An abbreviation that some read as «no
    data» and some as «not applicable» never lets a requirement fall away."""
    if cell.__class__ is Unknown or cell.__class__ is NotApplicable:
        return cell
    if cell.__class__ is not str:
        return None
    text, words = nfc(cell), sounded(cell)
    reason = text.partition(":")[2].strip()
    head = words.partition(":")[0].strip()
    if head in _NOT_APPLICABLE:
        return NotApplicable(reason or f"ô {where} ghi «{text}»")
    if head in _UNKNOWN or head in _NO_DATA:
        return Unknown(reason or f"ô {where} ghi «{text}»")
    if any(words.startswith((f"{start} ", f"{start},")) for start in _UNKNOWN if start != "?"):
        return Unknown(text)
    return None


def is_doubtful(cell: Any) -> bool:
    """Whether a cell holds an abbreviation that is taken for «no data» though it may be meant otherwise."""
    return cell.__class__ is str and not is_figure(cell) and sounded(cell).partition(":")[0].strip() in _NO_DATA


def grade(cell: Any, indicator: Input) -> str | None:
    """The grade of the indicator that a cell names; None for anything else. A grade is a grade before it is anybody's verdict."""
    if indicator.measure.kind != "choice" or cell.__class__ is not str:
        return None
    return {sounded(choice): choice for choice in indicator.measure.choices}.get(sounded(cell).rstrip("."))


def read_kind(cell: Any, kind: SubjectKind) -> None:
    """Refuse a row that is about another kind of unit than the set judges.

    Raises:
        Unreadable: the cell says so.
    """
    if not is_empty(cell) and sounded(str(cell)) not in {sounded(word) for word in (kind, KINDS[kind].one.vi, KINDS[kind].one.en)}:
        raise Unreadable("NTM-408", got=_shown(cell), expected=KINDS[kind].one)


def as_code(cell: Any) -> str:
    """An id or name as text: the number cell 23311 (or 23311.0) is «23311»."""
    if cell.__class__ is Percent or cell.__class__ is bool or cell.__class__ is Broken:
        raise Unreadable("NTM-411", detail=f"{cell!r:.40}")
    if isinstance(cell, (int, float, Decimal)):
        try:
            number = exact(cell)
        except ValueError:
            raise Unreadable("NTM-411", detail=str(cell)) from None
        return plain(number.to_integral_value()) if number == int(number) else plain(number)
    return str(cell)


def verdict(cell: Any) -> bool | None:
    """``đạt`` or ``chưa đạt``; None for anything else."""
    word = sounded(cell).rstrip(".") if cell.__class__ is str else ""
    return True if word in _MET else False if word in _NOT_MET else None


def read_attestation(cell: Any, key: str) -> bool | None:
    """An attestation; None where the cell states none.

    Raises:
        Unreadable: anything but ``đạt`` and ``chưa đạt``.
    """
    refuse_broken(cell)
    if cell.__class__ is bool:
        return bool(cell)
    stated = verdict(cell)
    if stated is None and not is_empty(cell) and absence(cell, "") is None:
        raise Unreadable("NTM-412", key=key, got=_shown(cell))
    return stated


def read_value(cell: Any, indicator: Input, reader: Reader) -> Any:
    """A measured value that is not absent: an exact number, an answer, a grade.

    Raises:
        Unreadable: what stands there cannot be what the indicator measures, or could be two things.
    """
    refuse_broken(cell)
    measure = indicator.measure
    if cell.__class__ is Percent:
        if measure.unit != "%":
            raise Unreadable("NTM-518", got=plain(cell.number), unit=measure.unit_words.vi or "đạt/chưa đạt")
        return _in_range(cell.number, reader)
    if measure.kind == "number":
        return _number(cell, indicator, reader)
    if (named := grade(cell, indicator)) is not None:
        return named
    if measure.kind == "yes_no" and (stated := verdict(cell)) is not None and folded(cell).rstrip(".") not in _MET | _NOT_MET:
        return stated  # a spelling that only tables take
    if cell.__class__ in (int, float, Decimal):
        if measure.kind == "yes_no":
            raise Unreadable("NTM-405", got=_shown(cell))
        raise Unreadable("NTM-409", got=_shown(cell), allowed=", ".join(measure.choices))
    text = cell.rstrip(".") if cell.__class__ is str else cell
    reader.read(nfc(text) if text.__class__ is str else text)
    return text


def read_points(cell: Any) -> Any:
    """Points of a score sheet: one assessor's, or several members' as ``2; 3; 3`` (``–`` for one who has not scored).

    Raises:
        Unreadable: a cell without a value.
    """
    refuse_broken(cell)
    if cell.__class__ is str and (";" in cell or cell.lstrip().startswith("[")):
        members = cell.strip().strip("[]").split(";" if ";" in cell else ",")  # beside semicolons a comma belongs to its number
        return [None if member.strip() in ("", "–", "-", "null") else _pointed(nfc(member)) for member in members]
    if cell.__class__ is Percent or cell.__class__ is bool:
        raise Unreadable("NTM-402", got=_shown(cell), unit="điểm")
    return nfc(cell) if cell.__class__ is str else cell


def _number(cell: Any, indicator: Input, reader: Reader) -> Decimal:
    measure = indicator.measure
    if cell.__class__ is bool:
        raise Unreadable("NTM-402", got=_shown(cell), unit=measure.unit_words)
    text = nfc(cell) if cell.__class__ is str else cell
    stated = False
    if measure.unit == "%" and text.__class__ is str and text.endswith("%"):
        text, stated = text[:-1].strip(), True
    if text.__class__ is str and "," in text:
        text = _without_comma(text, measure.unit_words)
    number = _in_range(text, reader)
    if number >= 1000 and measure.unit in _MILLIONS_A_HEAD:
        small = number
        while small >= 1000:
            small = small.scaleb(-3)
        raise Unreadable("NTM-534", got=plain(number), unit=measure.unit_words, fixed=plain(small.normalize()))
    if measure.unit == "%" and not stated and 0 < number <= 1 and OPERATORS[indicator.operator].low:
        raise Unreadable("NTM-510", got=plain(number), percent=plain(hundredfold(number)))
    return number


def in_unit(cell: Any, indicator: Input, power: int) -> Any:
    """A figure of a column whose unit an office has fixed, in the unit of the indicator: 0.0515 of a column in *tỷ đồng* is 51.5 *triệu
    đồng*; a share is told to be one, so that nobody need ask. What is no bare number stays as it is.

    Raises:
        Unreadable: the comma of a text may mean thousands.
    """
    text = nfc(cell) if cell.__class__ is str else cell
    if text.__class__ is str and text.endswith("%"):
        return cell  # says its unit itself: 6,5% is 6.5 % in a column of parts of one too
    if text.__class__ is str and "," in text:
        text = _without_comma(text, indicator.measure.unit_words)
    if text.__class__ not in (str, int, float, Decimal):
        return cell
    try:
        number = scaled(exact(text), power)
    except ValueError:
        return cell
    return Percent(number) if indicator.measure.unit == "%" else number


def hundredfold(number: Decimal) -> Decimal:
    """A hundred times a number, exactly, its needless zeros gone: 0.62 gives 62, 0.6235 gives 62.35."""
    return scaled(number, 2)


def scaled(number: Decimal, power: int) -> Decimal:
    """A number times a power of ten, exactly, its needless zeros gone."""
    found = number.scaleb(power)
    return exact(format(found.normalize() if found else Decimal(0), "f"))


def _without_comma(text: str, unit: Bilingual) -> str:
    """The number that a text with a comma can only be.

    Raises:
        Unreadable: the comma may mean thousands, or the text is no number whatever the comma means.
    """
    pointed = decimal_comma(text)
    if pointed is not None:
        return pointed
    if _GROUPED.fullmatch(text) is None:
        raise Unreadable("NTM-402", got=text, unit=unit)
    whole, _, part = text.replace(".", "").rpartition(",")
    raise Unreadable("NTM-403", got=text, fixed=f"{whole.replace(',', '')}.{part}")


def _pointed(text: str) -> str:
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text


def _in_range(number: Any, reader: Reader) -> Decimal:
    found: Decimal = reader.read(number)
    return found


def refuse_broken(cell: Any) -> None:
    """Refuse a cell that has no value.

    Raises:
        Unreadable: a spreadsheet error, a formula without its result, a date.
    """
    if cell.__class__ is Broken:
        raise Unreadable(cell.code, got=cell.got)


def read_attribute(cell: Any, name: str, attribute: Attribute) -> Any:
    """An attribute: an answer, a whole number, a listed value (regions also by their names), a text.

    Raises:
        Unreadable: not a value the attribute can have.
    """
    refuse_broken(cell)
    if attribute.yes_no:
        word = sounded(cell) if cell.__class__ is str else ""
        if cell.__class__ is bool or word in _YES | _NO:
            return bool(cell) if cell.__class__ is bool else word in _YES
        raise _unfit(cell, attribute.title, _YES_NO)
    if attribute.whole_number:
        text = cell.strip() if cell.__class__ is str else cell
        if text.__class__ is str and (match := _COUNTED.get(name, _NEVER).fullmatch(sounded(text))):
            text = match[1]
        try:
            number = exact(text)
        except (ValueError, TypeError, AttributeError):
            raise _unfit(cell, attribute.title, _A_YEAR if name == "year" else _WHOLE) from None
        if name == "year" and not 1900 <= number < 2200:  # «24» would be a year before every threshold
            raise _unfit(cell, attribute.title, _A_YEAR)
        return number
    text = _shown(cell)
    if attribute.one_of:
        found = listed_value(text, attribute)
        if found is None:
            raise _unfit(cell, attribute.title, listed_words(attribute))
        return found
    return (province_slug(text) or text) if name == "province" else text


def _unfit(cell: Any, title: Bilingual, allowed: Bilingual) -> Unreadable:
    got = _shown(cell)
    near = [nearest(got, allowed.say(lang).split(", ")) for lang in LANGS]
    found = next(filter(None, near), None)  # a word of one language is taken in both
    guess = None if found is None else Bilingual(*[one or found for one in near])
    return Unreadable("NTM-406", key=title, got=got, allowed=allowed, guess=guess)


def _shown(cell: Any) -> str:
    if cell.__class__ is Percent:
        return f"{plain(cell.number)}%"
    if cell.__class__ is bool:
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float, Decimal)):
        try:
            return plain(exact(cell))
        except ValueError:
            return str(cell)
    return nfc(str(cell))
