"""What lies beyond a sheet: facts for which a product is not ranked, and a council's own rules of quorum and deviation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ntm_rules.decide.engine.scores.assessed import Given
from ntm_rules.decide.engine.scores.sheet import ReadySheet
from ntm_rules.model.score import Regulation
from ntm_rules.values import Bilingual, plain

TOO_FAR = Bilingual(
    "tổng điểm các thành viên chênh nhau {} điểm, quá mức {}: phải thảo luận và chấm lại",
    "the members' totals differ by {} points, more than {}: they must discuss and score again",
)
MAYBE_TOO_FAR = Bilingual(
    "chưa chấm đủ để biết các thành viên có chênh nhau quá {} điểm", "not enough scored to know whether they differ by more than {}"
)
NO_QUORUM = Bilingual("có {} trên {} thành viên chấm, cần ít nhất {}%", "{} of {} members scored, at least {}% must")
TOO_FEW = Bilingual("có {} thành viên chấm, cần ít nhất {}", "{} members scored, at least {} must")
SIZE_UNKNOWN = Bilingual(
    "chưa biết số thành viên hội đồng nên chưa rõ có đủ số họp", "the size of the council is not known, so the quorum is open"
)
EXCLUDED = Bilingual("không được xếp hạng: {}", "not ranked: {}")
MAYBE_EXCLUDED = Bilingual("chưa biết có bị loại không: {}", "whether it is excluded is not known: {}")


@dataclass(frozen=True, slots=True)
class Ruling:
    """Why points, however many, do not make a class.

    Attributes:
        reason: why.
        excluded: the facts for which the product is not ranked; empty where the class is only left open.
        maybe_excluded: whether it is such a fact that is not known.
        waits_for: attributes that are not known.
    """

    reason: Bilingual
    excluded: tuple[Bilingual, ...] = ()
    maybe_excluded: bool = False
    waits_for: tuple[str, ...] = ()


def ruling(sheet: ReadySheet, values: Sequence[Any], known: Mapping[str, Any]) -> Ruling | None:
    """What exclusions or the council's regulation say; None where the points stand.

    Args:
        sheet: the sheet.
        values: what was given for each criterion; empty where one assessor gave plain points.
        known: the attributes that are known.
    """
    names = sheet.sheet.excluded_if
    exclusions = sheet.score.exclusions
    excluded = tuple([exclusions[name].title for name in names if known.get(name) is True])
    if excluded:
        return Ruling(EXCLUDED.fill(Bilingual.join(excluded, "; ")), excluded)
    open_ = tuple([name for name in names if name not in known])
    if open_:
        return Ruling(
            MAYBE_EXCLUDED.fill(Bilingual.join((exclusions[name].title for name in open_), "; ")), maybe_excluded=True, waits_for=open_
        )
    reason = _council(sheet, values, known)
    if reason is None:
        return None
    return Ruling(reason, waits_for=("council_members",) if reason is SIZE_UNKNOWN else ())


def _council(sheet: ReadySheet, values: Sequence[Any], known: Mapping[str, Any]) -> Bilingual | None:
    """Why a regulation of the council does not let the scores stand, or leaves it open."""
    lists = [value for value in values if value.__class__ is Given and value.members]
    if not lists:
        return None
    level = known.get("council_level")
    found = (_against(each, sheet, lists, known.get("council_members")) for each in sheet.score.regulations(level))
    return next((reason for reason in found if reason is not None), None)


def _against(regulation: Regulation, sheet: ReadySheet, lists: Sequence[Given], size: Decimal | None) -> Bilingual | None:
    """What one regulation has against the members' points: too few members, then totals too far apart."""
    present = len(lists[0].members)
    if regulation.quorum is not None and present < regulation.quorum:
        return TOO_FEW.fill(str(present), str(regulation.quorum))
    if regulation.quorum_share is not None:
        if size is None:
            return SIZE_UNKNOWN
        if present * 100 < regulation.quorum_share * size:
            return NO_QUORUM.fill(str(present), plain(size), plain(regulation.quorum_share))
    if regulation.max_deviation is None:
        return None
    complete = len(lists) == len(sheet.items) and all(None not in value.members for value in lists)
    if not complete:
        return MAYBE_TOO_FAR.fill(plain(regulation.max_deviation))
    totals = [sum(value.members[i] or 0 for value in lists) for i in range(present)]
    apart = max(totals) - min(totals)
    if apart <= regulation.max_deviation:
        return None
    return TOO_FAR.fill(str(apart), plain(regulation.max_deviation))
