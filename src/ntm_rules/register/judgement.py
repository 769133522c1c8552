"""How a recognition is judged on a day: by which set, on which ground, with what outcome and why. Register and monitor both ask here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.scores.extras import classes_text
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.register.editions import Found, edition_granting
from ntm_rules.register.law import Ground, RevocationLaw
from ntm_rules.register.reasons import law_reason, tally_reasons
from ntm_rules.register.tally import NO_TALLY, Category, Tally, level_of_rule, possible, tally_of
from ntm_rules.values import Bilingual, SourceLevel, SubjectKind

_PARTS: Final = Bilingual(
    "tỷ lệ xã của huyện bị thu hồi danh hiệu đã đến mức có căn cứ thu hồi",
    "the share of communes of the district whose status was revoked reaches the level that gives ground",
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a recognition is judged by.

    Attributes:
        own: the set in force that grants the status, or why there is none.
        tested: the set that revocation is tested on; the same where no text names another.
        ground: the rule of revocation; None where no text on record speaks of the status.
    """

    own: Found
    tested: Found
    ground: Ground | None

    @property
    def families(self) -> tuple[str, ...]:
        """The families of the sets; none where one of the two is not known."""
        return (self.own.family, self.tested.family) if self.own.name and self.tested.name else ()


class LawOn:
    """The sets and the texts of one day, each looked up once."""

    def __init__(self, catalogue: Catalogue, revocation: RevocationLaw, on: date) -> None:
        self.catalogue: Catalogue = catalogue
        self.revocation: RevocationLaw = revocation
        self.on: date = on
        self._found: dict[tuple[object, ...], Basis] = {}

    def basis(
        self,
        status: str,
        province: str | None,
        *,
        like: str = "",
        given: date | None = None,
        parts: frozenset[SubjectKind] = frozenset(),
    ) -> Basis:
        """What a recognition is judged by.

        Args:
            status: the status, as the register calls it.
            province: whose sets apply.
            like: the edition it was recognised under.
            given: the day of the recognition.
            parts: the kinds of the parts that the unit has.
        """
        key = (status, province, like, given, parts)
        if key not in self._found:
            granted = "ocop" if status.startswith("ocop-") else status
            own = edition_granting(self.catalogue, granted, self.on, province, like, given, parts)
            ground = self.revocation.ground(status, self.on)
            family = ground.rule.tested_on if ground is not None and ground.rule is not None else None
            other = own.name is not None and family is not None and family != own.family
            tested = Found.of_family(self.catalogue, family, self.on, province) if other and family else own
            self._found[key] = Basis(own, tested, ground)
        return self._found[key]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the law of a day says of one recognition.

    Attributes:
        basis: what it was judged by.
        ways: every category that some way the facts can turn out gives.
        why: what says why, when asked: most judgements of a monitor are read by nobody.
        decision: under the set that was tested; None where only a number of criteria is known.
        tally: how many criteria fail or are open.
        in_parts: whether the parts of the unit give ground; None where that is not known.
    """

    basis: Basis
    ways: frozenset[Category]
    why: Callable[[], tuple[Bilingual, ...]]
    decision: Decision | None
    tally: Tally = NO_TALLY
    in_parts: bool | None = False

    @property
    def reasons(self) -> tuple[Bilingual, ...]:
        """Why, in sentences."""
        return self.why()

    @property
    def category(self) -> Category:
        """What it comes to: undetermined unless every way gives the same."""
        return next(iter(self.ways)) if len(self.ways) == 1 else Category.UNDETERMINED

    @property
    def instruments(self) -> tuple[str, ...]:
        """What it rests on."""
        ground = self.basis.ground if self.category is not Category.STILL_MEETS else None
        return (*(self.decision.instruments if self.decision else ()), *(ground.instruments if ground else ()))

    @property
    def level(self) -> SourceLevel | None:
        """The weakest source level of what decided; None where nothing was decided."""
        if self.category is Category.UNDETERMINED:
            return None
        ground = self.basis.ground
        of_rule = level_of_rule(self.category, self.tally, ground, self.in_parts) if ground else None
        known = [level for level in (self.decision.level if self.decision else None, of_rule) if level is not None]
        return max(known, key=lambda level: level.rank, default=None)


def judge(
    basis: Basis,
    on: date,
    accept: SourceLevel,
    *,
    own: Decision | None,
    tested: Decision | None,
    counted: Tally | None = None,
    in_parts: bool | None = False,
    also: Iterable[Bilingual] = (),
) -> Judgement:
    """Judge a recognised unit.

    Args:
        basis: what it is judged by.
        on: the day.
        accept: the weakest source level that may decide.
        own: the decision under the set that grants the status.
        tested: the decision under the set that revocation is tested on.
        counted: the tally, where only a number of criteria met is known; the decisions are None then.
        in_parts: whether the parts of the unit give ground.
        also: further reasons, said after those of the criteria.
    """
    assert counted is not None or tested is not None
    tally = counted if tested is None or counted is not None else tally_of(tested, basis.ground, accept)
    assert tally is not None
    same = counted is not None or basis.tested.name == basis.own.name
    ways = possible(tally, basis.ground, own, same_set=same, parts_ground=in_parts, accept=accept)
    more = (*also, *((_PARTS,) if in_parts else ()))
    return Judgement(
        basis, ways, lambda: _with_law([*tally_reasons(tally, tested, basis.ground), *more], ways, basis, on), tested, tally, in_parts
    )


def judge_class(basis: Basis, on: date, accept: SourceLevel, decision: Decision, stars: int) -> Judgement:
    """Judge a product recognised with a class of stars: points for fewer are a ground only where the law says so."""
    loses = basis.ground is not None and basis.ground.loses_class(accept)
    less = Category.GROUND_FOR_REVOCATION if loses else Category.UNDETERMINED
    possible_stars = decision.stars_possible
    ways = frozenset(Category.STILL_MEETS if way >= stars else less for way in possible_stars or (0,))
    now = classes_text(possible_stars)
    said = Bilingual(f"điểm mới ứng với {now} sao; đã công nhận {stars} sao", f"the new points give {now} stars; recognised with {stars}")
    return Judgement(basis, ways, lambda: _with_law([said], ways, basis, on), decision)


def _with_law(said: list[Bilingual], ways: frozenset[Category], basis: Basis, on: date) -> tuple[Bilingual, ...]:
    """The reasons, with what the law says of those that no longer meet their set."""
    return tuple(said) if ways == {Category.STILL_MEETS} else (*said, law_reason(basis.ground, on))
