"""Published verdicts against ours, twice: from the printed values alone, and with the printed criterion verdicts as attestations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node, leaves_of
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError
from ntm_rules.published.cases import PublishedCase, PublishedValue, read_cases
from ntm_rules.tables.results import brief
from ntm_rules.values import LANGS, Bilingual, Outcome, Unknown

Agreement = Literal["agrees", "differs", "open", "not_comparable"]
AGREEMENTS = {
    "agrees": Bilingual("khớp", "agrees"),
    "differs": Bilingual("KHÁC", "DIFFERS"),
    "open": Bilingual("chưa kết luận được", "cannot be decided"),
    "not_comparable": Bilingual("không so sánh được", "not comparable"),
}


@dataclass(frozen=True, slots=True)
class View:
    """Our outcome in one view, whether it agrees with the published verdict, and exactly why it does not decide or differs."""

    agreement: Agreement
    decision: Decision | None
    why: tuple[Bilingual, ...]

    @property
    def outcome(self) -> Outcome | None:
        """Our outcome; None where there is nothing to evaluate."""
        return self.decision.outcome if self.decision else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One case compared.

    Attributes:
        case: as published.
        values: from the printed values alone.
        attested: with the printed verdicts on criteria as attestations.
    """

    case: PublishedCase
    values: View
    attested: View

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""

        def view(of: View) -> dict[str, Any]:
            why = [{"vi": reason.vi, "en": reason.en} for reason in of.why]
            met = of.decision.count(Outcome.MET) if of.decision else None
            return {"outcome": of.outcome and of.outcome.value, "criteria_met": met, "agreement": of.agreement, "why": why}

        published = self.case.published
        return {
            "case": self.case.case,
            "name": self.case.name,
            "set": self.case.set,
            "set_named": self.case.set_named,
            "published": published.verdict and published.verdict.value,
            "published_words": published.words,
            "criteria_met": published.criteria_met,
            "criteria_failed": list(published.criteria_failed),
            "source": self.case.source,
            "from_values": view(self.values),
            "with_attestations": view(self.attested),
        }


def compare_published(path: str | Path, *, catalogue: Catalogue | None = None) -> Iterator[Comparison]:
    """Compare every case of a file.

    A bound or a count of a total decides its indicator only where no value it allows would decide otherwise; «about» never does.
    The law is that of the last day of the year assessed, unless the case names a day.

    Args:
        path: a file of cases, as ``examples/published/cases.yaml``.
        catalogue: another folder of rulesets than the one that comes with the library.

    Raises:
        RulesetError: the file of cases, or a ruleset it names, is wrong.
    """
    found = catalogue or bundled()
    loaded: dict[tuple[str, date | None, str | None], RuleSet] = {}
    for case in read_cases(path):
        refusal = _not_comparable(case, found)
        if refusal is not None:
            nothing = View("not_comparable", None, (refusal,))
            yield Comparison(case, nothing, nothing)
            continue
        assert case.set is not None
        key = (case.set, case.day, case.province)
        if key not in loaded:
            loaded[key] = load(case.set, on=case.day, province=case.province, catalogue=found)
        yield _compare(loaded[key], case)


def _not_comparable(case: PublishedCase, catalogue: Catalogue) -> Bilingual | None:
    if case.unit == "group":
        return Bilingual("nguồn nói chung về nhiều xã, không có một đối tượng", "the source speaks of several communes together")
    if case.set is None or case.set not in catalogue.rulesets:
        return Bilingual(f"bộ tiêu chí chưa có trong danh mục: {case.set_named}", f"the set is not on record: {case.set_named}")
    return None


def _compare(rules: RuleSet, case: PublishedCase) -> Comparison:
    given = case_subject(rules, case)
    try:
        values = rules.evaluate(given)
        stated = _criteria_stated(rules, case)
        attested = rules.evaluate(Subject.read({**given.plain_data(), "attested": {**given.attested, **stated}}))
    except NtmError as error:
        why = tuple(Bilingual(problem.line("vi"), problem.line("en")) for problem in error.problems)
        view = View("not_comparable", None, why)
        return Comparison(case, view, view)
    counted: tuple[Bilingual, ...] = ()
    published = case.published
    if not stated and published.criteria_met is not None:
        total = published.criteria_in_all or len(rules.criteria)
        vi = f"nguồn chỉ nói số lượng {published.criteria_met}/{total}, không nói tiêu chí nào"
        counted = (Bilingual(vi, f"the source only counts {published.criteria_met}/{total}, and names no criterion"),)
    return Comparison(case, _view(case, values, ()), _view(case, attested, counted))


def case_subject(rules: RuleSet, case: PublishedCase) -> Subject:
    """The subject of a case, from its printed values.

    A value that is printed exactly is given as such. One that is printed as a bound, and decides whatever the value is, is given as an
    attestation of its indicator; any other is unknown, with what the source says as the reason.
    """
    stated = {"province": case.province, "region": case.region, "year": case.year}
    base: dict[str, Any] = {
        "id": case.id or case.case,
        "name": case.name,
        "kind": case.unit,
        "attributes": {key: value for key, value in stated.items() if value is not None},
    }
    frame = rules.evaluate(Subject.read(base))
    values: dict[str, Any] = {}
    attested: dict[str, bool] = {}
    for printed in case.values:
        if printed.indicator is None:
            continue
        exact = printed.exact
        node = frame[printed.indicator]
        if exact is not None:
            values[printed.indicator] = exact
        elif (surely := _surely(printed, node)) is not None:
            attested[printed.indicator] = surely
            values[printed.indicator] = Unknown(f"nguồn chỉ nói «{printed.shown}»; mọi giá trị như vậy cho cùng kết quả")
        else:
            values[printed.indicator] = Unknown(f"nguồn chỉ nói «{printed.shown}»")
    return Subject.read({**base, "values": values, "attested": attested})


def _surely(printed: PublishedValue, node: Node) -> bool | None:
    """Whether every value between the printed bounds meets the requirement, or none does; None where it depends."""
    between = printed.interval
    if between is None or node.required is None or node.face.choices:
        return None
    return OPERATORS[node.face.operator].over(*between, node.required, ends=False)


def _criteria_stated(rules: RuleSet, case: PublishedCase) -> dict[str, bool]:
    """The criteria whose outcome the publication states: all of them, or those that failed and by count the others."""
    published = case.published
    numbers = [criterion.criterion for criterion in rules.criteria]
    failed = [number for number in published.criteria_failed if number in numbers]
    stated = dict.fromkeys(failed, False)
    if published.criteria_met is not None and published.criteria_met + len(failed) == len(numbers):
        stated |= {number: True for number in numbers if number not in failed}
    return stated


def _view(case: PublishedCase, decision: Decision, counted: tuple[Bilingual, ...]) -> View:
    published = case.published.verdict
    if published is None:
        words = case.published.words or "–"
        silent = Bilingual(f"nguồn không công bố kết quả: {words}", f"no verdict was published: {words}")
        return View("not_comparable", decision, (silent, *_open(decision)))
    if decision.outcome is published:
        return View("agrees", decision, ())
    if decision.outcome is Outcome.UNDETERMINED:
        return View("open", decision, (*counted, *_open(decision)))
    leaves = [leaf for leaf in leaves_of(decision.root) if leaf.outcome is decision.outcome and leaf.basis == "measured"]
    clash = tuple(Bilingual(*[brief(leaf, lang, decision) for lang in LANGS]) for leaf in leaves)
    return View("differs", decision, (*clash, *_doubts(leaves, case)))


def _open(decision: Decision) -> tuple[Bilingual, ...]:
    """Why a decision is open, few words for many leaves: how many have no value, how many no figure, and the criteria concerned."""
    said: list[Bilingual] = []
    silent: list[str] = []
    contents: dict[Bilingual, list[str]] = {}
    for criterion in decision.criteria:
        if criterion.outcome is not Outcome.UNDETERMINED:
            continue
        if not criterion.parts and criterion.reason is not None:  # the content of the criterion is not known
            contents.setdefault(criterion.reason, []).append(criterion.id)
            continue
        leaves = [leaf for leaf in leaves_of(criterion) if leaf.outcome is Outcome.UNDETERMINED]
        telling = [leaf for leaf in leaves if leaf.observed is not None]
        said += [Bilingual(*[brief(leaf, lang, decision) for lang in LANGS]) for leaf in telling]
        if len(telling) < len(leaves) or not leaves:
            silent.append(criterion.id)
    for reason, numbers in contents.items():
        listed = ", ".join(numbers)
        said.append(Bilingual(f"tiêu chí {listed}: {reason.vi}", f"criteria {listed}: {reason.en}"))
    if silent:
        listed = ", ".join(silent)
        said.append(Bilingual(f"nguồn không có số liệu cho các tiêu chí {listed}", f"the source has no values for criteria {listed}"))
    return tuple(said)


def _doubts(leaves: list[Any], case: PublishedCase) -> Iterator[Bilingual]:
    """What is known to explain a difference: the figure on record may not be the one that was applied."""
    for leaf in leaves:
        note = leaf.source.note if leaf.source else None
        if note:
            yield Bilingual(f"{leaf.id}: {note.vi}", f"{leaf.id}: {note.en}")
    if case.note:
        yield Bilingual(case.note)
