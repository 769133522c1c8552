"""What people type, read as a form may read it: a decimal comma where it can be nothing else; what could be two things is asked about.

The core takes numbers as rules and files write them. Here the reader's own way counts too, is repeated back, and never guessed: where two
readings are possible, both are offered beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.method import Input
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.cells import absence, verdict
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.site.calculator.form import Asked
from ntm_rules.values import Bilingual, NotApplicable, Outcome, decimal_comma, exact, plain, shown

_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+|[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:,\d{3})+\.\d+", re.ASCII)
_TAKEN: Final = Bilingual("hiểu là {0}", "taken as {0}")
_NO_DATA: Final = Bilingual("hiểu là chưa có số liệu", "taken as no data")
_NO_LEAVE: Final = Bilingual("hiểu là không áp dụng", "taken as not applicable")
_ATTESTED: Final = Bilingual("hiểu là được xác nhận: {0}", "taken as attested: {0}")
_BOTH: Final = Bilingual(
    "Vừa có giá trị, vừa chọn «không áp dụng»: giữ một trong hai.", "A value and “does not apply” are both given: keep one of them."
)
_DROP: Final = Bilingual("giữ «không áp dụng»", "keep “does not apply”")
_KEEP: Final = Bilingual("giữ giá trị {0}", "keep the value {0}")


class Choice(NamedTuple):
    """One of the ways to mend a field: its words, the field and what to write there."""

    words: str
    field: str
    value: str


@dataclass(frozen=True)
class Remark:
    """What is said beside a field: how it was read, or what is wrong with it and the ways to mend it."""

    field: str
    words: Bilingual | Problem
    choices: tuple[Choice, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether nothing is decided before it is mended."""
        return bool(self.choices) or isinstance(self.words, Problem)


@dataclass
class Typed:
    """The values of a form, and what is to be said of them."""

    values: dict[str, Any] = field(default_factory=dict)
    attested: dict[str, bool] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def wrong(self) -> list[Remark]:
        """What has to be mended first."""
        return [one for one in self.remarks if one.wrong]


def read(asked: Asked, rules: RuleSet) -> Typed:
    """Everything typed as a value or an attestation. A value is kept beside an attestation: it decides, and a conflict is told.

    Raises:
        SubjectError: one thing is attested twice, the opposite each time.
    """
    found = Typed()
    inputs: Mapping[str, Input] = {} if rules.sheets is not None else {one.indicator: one for one in rules.inputs}
    for name in asked.given:
        number, given = name[2:], asked.of(name)
        if name.startswith("v:") and given:
            _value(asked, inputs.get(number), number, given, found)
        elif name.startswith("s:") and given in ("met", "not_met"):
            _attest(number, given == "met", found)
        elif name.startswith("s:") and given == "na":
            if value := asked.of(f"v:{number}"):
                keep = Choice(_KEEP.fill(value).say(asked.lang), name, "")
                drop = Choice(_DROP.say(asked.lang), f"v:{number}", "")
                found.remarks.append(Remark(name, _BOTH, (keep, drop)))
            found.values[number] = NotApplicable(asked.say("người nhập cho là không áp dụng", "entered as not applying"))
    return found


def _value(asked: Asked, one: Input | None, number: str, given: str, found: Typed) -> None:
    name = f"v:{number}"
    if number in found.values:  # given as not applying
        return
    if one is None or one.measure.kind != "number":
        found.values[number] = given == "true" if one is not None and one.measure.kind == "yes_no" else given
        return
    if _in_words(given, number, found):
        return
    text = given.removesuffix("%").strip() if one.measure.unit == "%" else given
    if _GROUPED.fullmatch(text) and decimal_comma(text) is None:
        readings = [reading.normalize() for reading in _readings(text) if _fits(one, reading)]
        choices = tuple(Choice(shown(reading, asked.lang), name, plain(reading)) for reading in readings)
        problem = Problem("NTM-403", Place(path=number), {"got": given, "fixed": " / ".join(plain(reading) for reading in readings)})
        found.remarks.append(Remark(name, problem, choices))
        return
    found.values[number] = pointed = decimal_comma(text) or text
    try:
        meant = shown(exact(pointed), asked.lang)
    except ValueError:
        return  # refused by the core, in its words
    if meant != text or "," in text:
        found.remarks.append(Remark(name, _TAKEN.fill(f"{meant} {one.measure.unit}".strip())))


def _in_words(given: str, number: str, found: Typed) -> bool:
    """Whether words stand where a number is asked: an absence, or what an authority attests. Both are repeated back."""
    stated, absent = verdict(given), absence(given, number)
    if stated is not None:
        _attest(number, stated, found)
        found.remarks.append(Remark(f"v:{number}", _ATTESTED.fill((Outcome.MET if stated else Outcome.NOT_MET).label)))
    elif absent is not None:
        found.values[number] = absent
        found.remarks.append(Remark(f"v:{number}", _NO_LEAVE if isinstance(absent, NotApplicable) else _NO_DATA))
    return stated is not None or absent is not None


def _attest(number: str, stated: bool, found: Typed) -> None:
    """Take an attestation, chosen or typed in the place of a value.

    Raises:
        SubjectError: both were given, and say the opposite.
    """
    if found.attested.setdefault(number, stated) is not stated:
        first, second = (outcome.label for outcome in (Outcome.MET, Outcome.NOT_MET))
        raise SubjectError([Problem("NTM-502", Place(path=number), {"target": number, "first": first, "second": second})])


def _readings(text: str) -> Iterator[Decimal]:
    """What a number with groups may mean: its last separator is a decimal one, or, where all are commas, none is."""
    bare = text.replace(",", "").replace(".", "")
    commas, points = text.count(","), text.count(".")
    if commas + points == 1 or (points and commas):
        places = len(text) - max(text.rfind(","), text.rfind(".")) - 1
        yield Decimal(f"{bare[:-places]}.{bare[-places:]}")
    if not points:
        yield Decimal(bare)


def _fits(one: Input, number: Decimal) -> bool:
    low, high = one.measure.lowest, one.measure.highest
    return (low is None or low <= number) and (high is None or number <= high)


def doubtful_shares(asked: Asked, rules: RuleSet, typed: Typed, decide: Callable[[Mapping[str, Any]], Decision]) -> Iterator[Remark]:
    """«0,62» where percent is asked: asked about wherever 0.62 % and 62 % differ in outcome for what else is known."""
    if rules.sheets is not None:
        return
    suspects = [one for one in rules.inputs if one.measure.unit == "%" and not asked.of(f"v:{one.indicator}").endswith("%")]
    for one in suspects:
        written = typed.values.get(one.indicator)
        if not isinstance(written, str) or not 0 < (number := exact(written)) <= 1:
            continue
        percent = number.scaleb(2)
        outcomes = [_outcomes(decide({**typed.values, one.indicator: plain(share)})) for share in (number, percent)]
        if outcomes[0] != outcomes[1]:
            name = f"v:{one.indicator}"
            choices = tuple(
                Choice(f"{shown(share, asked.lang)} %", name, text)
                for share, text in ((percent, plain(percent)), (number, f"{plain(number)}%"))
            )
            words = {"got": asked.of(name), "percent": shown(percent, asked.lang)}
            yield Remark(name, Problem("NTM-510", Place(path=one.indicator), words), choices)


def _outcomes(decision: Decision) -> list[tuple[str, str]]:
    return [(node.id, node.outcome) for node in decision.root.walk()]
