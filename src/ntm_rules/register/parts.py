"""Ground for revocation that lies in the parts: the share of communes of a district whose status was revoked."""

from __future__ import annotations

from datetime import date

from ntm_rules.register.book import Register
from ntm_rules.register.law import Ground, percent
from ntm_rules.values import SourceLevel


def of_parts(ground: Ground | None) -> bool:
    """Whether a rule of revocation looks at the parts of a unit at all."""
    return ground is not None and ground.rule is not None and ground.rule.parts is not None


def parts_ground(
    register: Register, whole: str, ground: Ground | None, on: date, accept: SourceLevel = SourceLevel.RECALLED
) -> bool | None:
    """Whether the revoked recognitions among the communes of a district give ground; None where that is not known.

    The text does not say what the share is taken of: all communes of the district, or those that were recognised. It is decided only
    where both readings agree.
    """
    if ground is None or ground.rule is None or ground.rule.parts is None:
        return False
    parts = ground.rule.parts
    bound = percent(parts.revoked_share_from) if ground.level_of(parts).rank <= accept.rank else None
    status = parts.status
    members = [unit.id for unit in register.parts(whole, on) if unit.is_commune]
    if not members or bound is None:
        return None
    revoked = recognised = 0
    for unit in members:
        acts = [act for act in register.life(unit, on).acts if act.status == status and act.happened(on)]
        recognised += any(act.kind == "recognition" for act in acts)
        revoked += any(act.kind == "revocation" for act in acts) and register.standing(unit, status, on).holds is False
    if 100 * revoked >= bound * len(members):  # of the larger base, so of the smaller as well
        return True
    if not register.complete:
        return None
    return None if recognised and 100 * revoked >= bound * recognised else False
