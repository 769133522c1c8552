"""Which set a recognition is judged under on a day: the one in force that grants its status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.resolve import edition_on
from ntm_rules.model.ruleset import family_of
from ntm_rules.problems import NtmError
from ntm_rules.values import Bilingual, SubjectKind


@dataclass(frozen=True, slots=True)
class Found:
    """The name of an edition, or why there is none."""

    name: str | None
    reason: Bilingual

    @property
    def family(self) -> str:
        """The family of the edition."""
        return family_of(self.name) if self.name else ""

    @classmethod
    def of_family(cls, catalogue: Catalogue, family: str, on: date, province: str | None) -> Found:
        """The edition of a family in force on a day."""
        try:
            return cls(edition_on(catalogue, family, on, province), Bilingual(""))
        except NtmError as error:
            problem = error.problems[0]
            return cls(None, Bilingual(problem.what("vi"), problem.what("en")))


def edition_granting(
    catalogue: Catalogue,
    status: str,
    on: date,
    province: str | None,
    like: str = "",
    given: date | None = None,
    parts: frozenset[SubjectKind] = frozenset(),
) -> Found:
    """The edition in force on a day that is the basis for recognising a status: one of the province's own where it has some.

    Args:
        catalogue: the rulesets.
        status: the status.
        on: the day.
        province: the province of the unit.
        like: the edition it was recognised under; its family decides where sets of several families grant the status.
        given: the day of the recognition: it cannot rest on a family of which no edition had begun by then.
        parts: the kinds of the parts that the unit has: a district with communes is judged by a set that counts communes, a special
            one has none (211/QĐ-TTg, Annex V).
    """
    running = [
        entry
        for entry in catalogue.rulesets.values()
        if entry.header.get("grants") == status and entry.covers(on) and entry.province in (None, province)
    ]
    own = [entry for entry in running if entry.province is not None]
    chosen = own or running
    if len(chosen) > 1 and like:
        chosen = [entry for entry in chosen if family_of(entry.id) == family_of(like)]
    elif len(chosen) > 1 and given is not None:
        begun = {
            family_of(entry.id)
            for entry in catalogue.rulesets.values()
            if entry.header.get("grants") == status and (entry.in_force.start or date.min) <= given
        }
        chosen = [entry for entry in chosen if family_of(entry.id) in begun]
    if len(chosen) > 1 and parts and not like:
        chosen = [entry for entry in chosen if parts & counted_kinds(catalogue, entry.id)]
    if len(chosen) == 1:
        return Found(chosen[0].id, Bilingual(""))
    names = ", ".join(entry.id for entry in own or running)
    elsewhere = [entry.id for entry in catalogue.rulesets.values() if entry.header.get("grants") == status and entry.covers(on)]
    if not names and province is None and elsewhere:
        listed = ", ".join(elsewhere)
        vi = f"bộ làm căn cứ cho danh hiệu này là của từng tỉnh ({listed}), mà tỉnh của đơn vị chưa nêu"
        return Found(None, Bilingual(vi, f"the sets for this status are those of provinces ({listed}), and the province is not stated"))
    if not names:
        vi = f"ngày {on:%d/%m/%Y} không có bộ tiêu chí nào trong danh mục làm căn cứ cho danh hiệu này"
        return Found(None, Bilingual(vi, f"on {on} no set on record is the basis for this status"))
    vi = f"chưa rõ xét theo bộ nào: {names}; ghi bộ tiêu chí của quyết định công nhận"
    return Found(None, Bilingual(vi, f"which set applies is open: {names}; state the edition of the recognition"))


def counted_kinds(catalogue: Catalogue, name: str) -> frozenset[str]:
    """The kinds of parts that a set counts over."""
    found = (indicator.measure.counted for section in catalogue.ruleset(name).sections for indicator in section.indicators)
    return frozenset(kind for kind in found if kind)


def needed(catalogue: Catalogue, status: str) -> frozenset[str]:
    """The statuses that the sets which grant a status ask of the same unit: the advanced set asks for the first one."""
    names = [entry.id for entry in catalogue.rulesets.values() if entry.header.get("grants") == status]
    sections = (section for name in names for section in catalogue.ruleset(name).sections)
    return frozenset(held for section in sections for indicator in section.indicators if (held := indicator.measure.holds_status))
