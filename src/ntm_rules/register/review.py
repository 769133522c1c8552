"""The review: everything that is recognised on a day, judged again under the set in force that day.

A review changes nothing. It says of each recognition whether the unit still meets its set, keeps its status although it does not, gives
ground for revocation, has run out, or is due to be assessed again; and where that cannot be said, which ways are open and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.problems import Problem
from ntm_rules.register.acts import Act, stars_of
from ntm_rules.register.book import GONE, Register, Standing
from ntm_rules.register.check import check_register, doubtful
from ntm_rules.register.formed import said_of_formed
from ntm_rules.register.judgement import Basis, Judgement, LawOn, judge, judge_class
from ntm_rules.register.known import Knowledge, Known, Values
from ntm_rules.register.law import RevocationLaw
from ntm_rules.register.lives import Life
from ntm_rules.register.parts import parts_ground
from ntm_rules.register.reasons import certificate_reasons, merged_reason
from ntm_rules.register.tally import Category, tally_of_count
from ntm_rules.register.validity import term_of
from ntm_rules.values import Bilingual, Outcome, SourceLevel, SubjectKind

Watch = Callable[[Iterable[Any]], Iterable[Any]]  # sees what is judged pass, one by one, and hands on all of it


@dataclass(frozen=True, slots=True)
class Review:
    """What is said of one recognition on a day.

    Attributes:
        unit: code of the unit.
        name: its name on that day.
        act: the recognition.
        on: the day.
        category: what it comes to; ``undetermined`` unless every way the facts can turn out gives the same.
        possible: every category some way gives.
        reasons: why, in sentences.
        slipped: numbers of the criteria not met.
        open: numbers of the criteria not determined.
        edition: the set in force that day; empty where there is none.
        instruments: what this rests on.
        level: the weakest source level of what decided; None where nothing was decided.
        decision: the decision under that set, where there was something to evaluate.
        problems: what is wrong with the facts about this unit.
    """

    unit: str
    name: str
    act: Act
    on: date
    category: Category
    possible: tuple[Category, ...]
    reasons: tuple[Bilingual, ...]
    slipped: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    edition: str = ""
    instruments: tuple[str, ...] = ()
    level: SourceLevel | None = None
    decision: Decision | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The numbers at which an attestation says otherwise than the values, which decide."""
        return tuple(node.id for node in self.decision.conflicts) if self.decision else ()

    @property
    def status(self) -> str:
        """The status that is reviewed."""
        return self.act.status

    def as_dict(self) -> dict[str, Any]:
        """The review as plain data."""
        return {
            "unit": self.unit,
            "name": self.name,
            "status": self.status,
            "on": self.on.isoformat(),
            "category": self.category.value,
            "possible": [category.value for category in self.possible],
            "reasons": [{"vi": reason.vi, "en": reason.en} for reason in self.reasons],
            "slipped": list(self.slipped),
            "open": list(self.open),
            "edition": self.edition or None,
            "instruments": list(self.instruments),
            "level": self.level and self.level.value,
            "act": self.act.as_dict(),
            "problems": [problem.as_dict() for problem in self.problems],
            **({"conflicts": list(self.conflicts)} if self.conflicts else {}),
        }


class Reviewer:
    """Reviews the recognitions of a register on one day.

    Args:
        register: the acts on record.
        on: the day.
        values: what is known of the units, by unit and family of sets.
        catalogue: the rulesets; left out, those that come with the library.
        province: whose sets and overlays apply where a unit does not say its province.
        accept: the weakest source level that may decide.
        readings: how to read what the law leaves open, as ``{"counts_from": "at_once"}``.
        doubtful: recognitions that the register itself contradicts, with what is wrong; they are not judged.
        drafts: drafts to rehearse, by name; each is read with the set that it would amend.
    """

    def __init__(
        self,
        register: Register,
        *,
        on: date,
        values: Values | None = None,
        catalogue: Catalogue | None = None,
        province: str | None = None,
        accept: SourceLevel | str = SourceLevel.RECALLED,
        readings: Mapping[str, str] | None = None,
        doubtful: Mapping[tuple[Life, str], tuple[Problem, ...]] | None = None,
        drafts: tuple[str, ...] = (),
    ) -> None:
        self.register: Register = register
        self.on: date = on
        self.catalogue: Catalogue = catalogue or bundled()
        self.province: str | None = self.catalogue.provinces.require(province) if province is not None else None
        self.accept: SourceLevel = SourceLevel(accept)
        self.doubtful: Mapping[tuple[Life, str], tuple[Problem, ...]] = doubtful or {}
        self.law: RevocationLaw = RevocationLaw.of(self.catalogue, readings)
        self.law_on: LawOn = LawOn(self.catalogue, self.law, on)
        self.known: Knowledge = Knowledge(register, on, values or {}, self.catalogue, self.law, self.accept, drafts)

    def all(self, watch: Watch = iter) -> tuple[Review, ...]:
        """A review of every recognition that stands, has run out, or may stand on the day; those revoked are left out.

        Args:
            watch: sees every recognition pass as it is judged, to show how far it has come; it hands on all of them.
        """
        found = (self.review(unit, status) for unit, status in watch(self.register.recognised()))
        return tuple(review for review in found if review is not None)

    def review(self, unit: str | Life, status: str) -> Review | None:
        """The review of one status of one unit; None where it does not hold it that day, nor ever let it run out.

        Of a unit that has ceased to exist: where what it held last went.

        Raises:
            RulesetError: a ruleset is wrong.
        """
        life = self.register.life(unit, self.on)
        standing = self.register.standing(life, status, life.lived(self.on))
        act = standing.act
        if act is None or (standing.holds is False and not standing.lapsed):
            return None
        doubts = self.doubtful.get((life, status), ())
        if doubts:
            said = tuple(Bilingual(problem.line("vi"), problem.line("en")) for problem in doubts)
            return self._open(act, (Bilingual("sổ tự mâu thuẫn", "the register contradicts itself"), *said))
        merged = self.register.went_to(life, self.on)
        if merged:
            heirs = dict.fromkeys(one.into for one in merged if one.into and self.register.standing(one.into, status, self.on).holds)
            return self._gone(act, life, merged_reason(merged, [self.register.name(heir, self.on) or heir for heir in heirs]))
        if life.has_ended(self.on):
            anew = any(other.begins is not None and other.begins >= life.lived(self.on) for other in self.register.lives(life.code))
            another = _ANOTHER.fill(day=Bilingual(f"{life.ends:%d/%m/%Y}", f"{life.ends}"))
            return self._gone(act, life, another, GONE) if anew else self._open(act, (GONE,))
        if standing.lapsed and stars_of(act.status) is None:  # a certificate can hold on while a re-assessment is awaited
            return self._settled(act, Category.EXPIRED, (standing.reason,))
        if standing.holds is None:
            return self._open(act, (standing.reason,))
        return self._product(act, standing) if act.unit_kind == "product" else self._unit(act)

    def _gone(self, act: Act, life: Life, *reasons: Bilingual) -> Review:
        """Of a unit that another one came after: why, and what guidance says of the status of that one."""
        guidance = said_of_formed(self.register, life) if act.unit_kind == "commune" else None
        return self._open(act, reasons if guidance is None else (*reasons, guidance))

    # --- units -------------------------------------------------------------------------------------------------------

    def _unit(self, act: Act) -> Review:
        province = self._province(act)
        basis = self._basis(act, province)
        for found in (basis.own, basis.tested):
            if found.name is None:
                return self._open(act, (found.reason,))
        own = basis.own.name or ""
        known = self.known.of(act, basis.own, province)
        if known.problems:
            return self._open(act, _said(known.problems), edition=own, problems=known.problems)
        tested = known
        if known.decision is not None and basis.tested.name != own:
            tested = self.known.of(act, basis.tested, province)
            if tested.decision is None:
                return self._open(act, _said(tested.problems), edition=own, problems=tested.problems)
        judgement = judge(
            basis,
            self.on,
            self.accept,
            own=known.decision,
            tested=tested.decision,
            counted=tally_of_count(known.total, known.count) if known.count is not None else None,
            in_parts=parts_ground(self.register, act.unit, basis.ground, self.on, self.accept),
            also=known.reasons,
        )
        return self._concluded(act, judgement, known, judgement.reasons if not known.empty else (*judgement.reasons, _NO_VALUES))

    def _basis(self, act: Act, province: str | None) -> Basis:
        parts: frozenset[SubjectKind] = frozenset(part.kind for part in self.register.parts(act.unit, self.on))
        return self.law_on.basis(act.status, province, like=act.edition, given=act.day or act.known_by, parts=parts)

    def _concluded(self, act: Act, judgement: Judgement, known: Known, reasons: tuple[Bilingual, ...]) -> Review:
        return Review(
            act.unit,
            self.register.name(self.register.life_of(act), self.on),
            act,
            self.on,
            judgement.category,
            tuple(way for way in Category if way in judgement.ways),
            reasons,
            _numbers(judgement.decision, Outcome.NOT_MET),
            _numbers(judgement.decision, Outcome.UNDETERMINED),
            judgement.basis.own.name or "",
            tuple(dict.fromkeys((*judgement.instruments, *known.instruments))),
            judgement.level,
            known.decision,
        )

    # --- products ----------------------------------------------------------------------------------------------------

    def _product(self, act: Act, standing: Standing) -> Review:
        stars = stars_of(act.status)
        if stars is None:
            return self._open(act, (_WAITING,))
        term = term_of(act, self.on, self.catalogue)
        category, reasons = certificate_reasons(term, self.on, self.register.filed(act, self.on), self.register.complete)
        if term.level is not None and term.level.rank > self.accept.rank:
            return self._open(act, (*reasons, _WEAK), edition=term.edition or act.edition)
        basis = self._basis(act, None)
        edition = term.edition or act.edition
        subject = self.known.given(act, "ocop")
        if category is not Category.KEEPS_STATUS or subject is None or basis.own.name is None:
            return self._settled(act, category, reasons, edition=edition, level=term.level)
        known = self.known.of(act, basis.own, None)
        if known.decision is None:
            return self._open(act, _said(known.problems), edition=basis.own.name, problems=known.problems)
        judgement = judge_class(basis, self.on, self.accept, known.decision, stars)
        return self._concluded(act, judgement, known, (*reasons, *judgement.reasons))

    def _province(self, act: Act) -> str | None:
        listed = self.register.listed(self.register.life_of(act), self.on)
        said = listed.attributes.get("province") if listed else None
        return said if isinstance(said, str) else self.province

    def _open(self, act: Act, reasons: tuple[Bilingual, ...], *, edition: str = "", problems: tuple[Problem, ...] = ()) -> Review:
        name = self.register.name(self.register.life_of(act), self.on)
        undetermined = (Category.UNDETERMINED,)
        return Review(act.unit, name, act, self.on, Category.UNDETERMINED, undetermined, reasons, edition=edition, problems=problems)

    def _settled(
        self, act: Act, category: Category, reasons: tuple[Bilingual, ...], *, edition: str = "", level: SourceLevel | None = None
    ) -> Review:
        name, under = self.register.name(self.register.life_of(act), self.on), edition or act.edition
        entry = self.catalogue.rulesets.get(under)
        instruments = (str(entry.header["instrument"]),) if entry is not None else ()
        return Review(act.unit, name, act, self.on, category, (category,), reasons, edition=under, instruments=instruments, level=level)


_NO_VALUES = Bilingual("không có số liệu nào của đơn vị này", "nothing is known of this unit")
_WEAK = Bilingual("thời hạn dựa trên nguồn yếu hơn mức được chấp nhận", "the term rests on a weaker source than is accepted")
_ANOTHER = Bilingual("từ {day} mã này là của một đơn vị mới", "from {day} the code is that of a new unit")
_WAITING = Bilingual(
    "tiềm năng: đang chờ cấp có thẩm quyền, chưa được công nhận hạng này", "potential: waiting for the authority, not recognised yet"
)


def _numbers(decision: Decision | None, outcome: Outcome) -> tuple[str, ...]:
    return tuple(n.id for n in decision.criteria if n.outcome is outcome and n.face.kind == "criterion") if decision else ()


def _said(problems: tuple[Problem, ...]) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(problem.line("vi"), problem.line("en")) for problem in problems)


def review_register(
    register: Register,
    *,
    on: date,
    values: Values | None = None,
    catalogue: Catalogue | None = None,
    province: str | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
    readings: Mapping[str, str] | None = None,
    drafts: Iterable[str] = (),
    watch: Watch = iter,
) -> tuple[Review, ...]:
    """Judge everything a register says is recognised on a day again, under the law in force that day. Reads no clock.

    Args:
        register: the acts on record.
        on: the day.
        values: what is known of the units, by unit and family of sets, as ``{("23311", "commune-ntm"): subject}``.
        catalogue: the rulesets; left out, those that come with the library.
        province: whose sets and overlays apply where a unit does not say its province, by slug or official name.
        accept: the weakest source level that may decide.
        readings: how to read what the law leaves open: from when a recognition's change of class counts, ``{"counts_from": "at_once"}``
            instead of the year after it.
        drafts: drafts to rehearse, by name; each is read with the set that it would amend.
        watch: sees every recognition pass as it is judged, to show how far it has come; it hands on all of them.

    Raises:
        NotFound: a draft or the province is not on the list.
        RulesetError: a ruleset is wrong.
        ValueError: a reading that there is not.
    """
    found = catalogue or bundled()
    doubts = doubtful(check_register(register, found))
    return Reviewer(
        register,
        on=on,
        values=values,
        catalogue=found,
        province=province,
        accept=accept,
        readings=readings,
        doubtful=doubts,
        drafts=tuple(drafts),
    ).all(watch)
