"""Verifying: whether the facts of a stored decision, evaluated again, give the same decision, and what differs where they do not."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.engine.decided import MEANING, Decided
from ntm_rules.decide.engine.method import Method
from ntm_rules.decide.engine.methods import method_of
from ntm_rules.decide.stored.meaning import Fault, Record, differing, faults_since
from ntm_rules.decide.stored.schema import DecisionRecord
from ntm_rules.decide.stored.writing import decision_text
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.edition import Edition, text_of
from ntm_rules.loading.identity import Identity
from ntm_rules.problems import NotFound, RulesetError, SubjectError
from ntm_rules.values import Bilingual, Outcome, json_number


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a stored decision holds: true where evaluating its facts again gives the same content.

    Attributes:
        reason: true: ``same``, ``other bytes, same content``; false: ``content differs at 10.1`` (a node, or the path of what differs),
            ``older meaning: F3`` (it rests on faults of the engine since mended), ``newer meaning: 3`` (made by a later library),
            ``ruleset not found``, ``layer missing: …``.
        label: the reason for people.

    Examples:
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> check = rules.evaluate(ntm.Subject(id="1", kind="commune")).verify()
        >>> bool(check), check.reason
        (True, 'same')
    """

    reason: str
    label: Bilingual

    def __bool__(self) -> bool:
        return self in (SAME, SAME_CONTENT)

    def __str__(self) -> str:
        return self.reason


SAME: Final = Verification("same", Bilingual("đúng từng ký tự", "the same, byte for byte"))
SAME_CONTENT: Final = Verification(
    "other bytes, same content", Bilingual("viết khác đi nhưng cùng nội dung", "written otherwise, with the same content")
)
NO_RULESET: Final = Verification(
    "ruleset not found",
    Bilingual("không tìm thấy bộ tiêu chí, hoặc bản đã dùng", "the ruleset, or the version used, is not on record"),
)


def verify(decision: Decided, old: str, catalogue: Catalogue | None) -> Verification:
    """See :meth:`Decision.verify`; ``old`` is the text of the decision as stored."""
    try:
        method = _resolved(decision.ruleset, catalogue or bundled())
    except NotFound as error:
        return _missing(decision.ruleset, error)
    except RulesetError:
        raise
    except ValueError:
        return _differs("ruleset.readings")
    try:
        again = method.decide(method.read(decision.subject), decision.accept, Decided)
    except SubjectError:  # these facts were never evaluated
        return _differs("subject")
    again.meaning = decision.meaning
    new = decision_text(again)
    if old == new:
        return SAME
    try:
        faults = _compare(_content(old), _content(new), faults_since(decision.meaning))
    except _Differs as error:
        if decision.meaning <= MEANING:
            return _differs(error.at)
        label = Bilingual("do phiên bản mới hơn của thư viện lập", "made by a newer version of the library")
        return Verification(f"newer meaning: {decision.meaning}", label)
    if not faults:
        return SAME_CONTENT
    words = [fault.words for fault in faults]
    label = Bilingual(
        f"lập theo cách hiểu cũ, nay đã sửa: {' '.join(one.vi for one in words)}",
        f"made under an older meaning, since mended: {' '.join(one.en for one in words)}",
    )
    return Verification(f"older meaning: {', '.join(fault.code for fault in faults)}", label)


def _differs(at: str) -> Verification:
    return Verification(f"content differs at {at}", Bilingual(f"nội dung khác ở {at}", f"the content differs at {at}"))


def _missing(identity: Identity, error: NotFound) -> Verification:
    layers = {*identity.drafts, *(overlay.id for overlay in identity.overlays)}
    for problem in error.problems:
        name = str(problem.words.get("got"))
        if name in layers:
            return Verification(f"layer missing: {name}", Bilingual(f"thiếu văn bản «{name}»", f"«{name}» is not on record"))
    return NO_RULESET


# --- the very ruleset ---------------------------------------------------------------------------------------------

_MANY_TEXTS: Final = 64
_methods: WeakKeyDictionary[Catalogue, dict[tuple[Any, ...], Method[Any]]] = WeakKeyDictionary()


def _resolved(identity: Identity, catalogue: Catalogue) -> Method[Any]:
    """What judges by the ruleset of an identity, resolved once for each catalogue: what a catalogue has read does not change.

    Raises:
        NotFound: a document or version is not in the catalogue.
    """
    found = _methods.setdefault(catalogue, {})
    key = (*identity.versions.items(), identity.on, identity.province, identity.drafts, identity.readings)
    method = found.get(key)
    if method is None:
        method = method_of(Edition(text_of(identity, catalogue)))
        if len(found) >= _MANY_TEXTS:
            found.clear()
        found[key] = method
    return method


# --- what differs -------------------------------------------------------------------------------------------------


class _Differs(Exception):
    """A difference that no mended fault made, and where."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


def _content(text: str) -> dict[str, Any]:
    """What a reader takes from a decision: defaults and unknown keys left out, all text in NFC, columns by their dimensions."""
    record = DecisionRecord.model_validate(_composed(json.loads(text, parse_float=json_number)))
    content = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if "columns" in content:  # a set read from its published text, whose keys are sorted, lists them in another order
        content["columns"].sort(key=lambda column: column["dimension"])
    return content


def _composed(data: Any) -> Any:
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, dict):
        return {_composed(key): _composed(value) for key, value in data.items()}
    return [_composed(item) for item in data] if isinstance(data, list) else data


_GIVEN: Final = ("accept", "ruleset", "subject")
_FOUND: Final = ("outcome", "level", "counts", "instruments", "columns", "presumed", "score", "certificates", "unread", "follows")


def _compare(old: Record, new: Record, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The mended faults that made all that differs.

    Raises:
        _Differs: something else does.
    """
    for key in _GIVEN:
        _refuse_difference(old, new, (key,))
    made = _compare_nodes(old["decision"], new["decision"], faults)
    if old.get("score") != new.get("score"):
        made |= {fault for fault in faults if fault.made(old.get("score", {}), new.get("score", {}))}
    if old["outcome"] != old["decision"]["outcome"]:
        raise _Differs("outcome")
    if not made:
        _refuse_difference(old, new, _FOUND)
    return tuple(fault for fault in faults if fault in made)


def _compare_nodes(old: Record, new: Record, faults: tuple[Fault, ...]) -> set[Fault]:
    parts, others = old.get("parts", ()), new.get("parts", ())
    keys = differing(old, new)
    if "id" in keys or len(parts) != len(others):
        raise _Differs(old["id"] or "decision")
    below: set[Fault] = set()
    for part, other in zip(parts, others, strict=True):
        below |= _compare_nodes(part, other, faults)
    if not keys:
        return below
    made = _made(old, new, faults)
    if not made and not (below and keys <= _FOLLOWS and _holds_together(old)):
        raise _Differs(old["id"] or "decision")
    return below | made


def _made(old: Record, new: Record, faults: Iterable[Fault]) -> set[Fault]:
    """The first fault that can have made this difference."""
    return set([fault for fault in faults if fault.made(old, new)][:1])


_FOLLOWS: Final = frozenset({"outcome", "basis", "reason", "conflict", "level"})  # what a whole has from its parts


def _holds_together(whole: Record) -> bool:
    """Whether the outcome of a stored whole is that of its stored parts, where the parts alone say it."""
    rule = COMBINATIONS.get(whole["operator"])
    if rule is None or whole.get("basis") != "derived" or "reason" in whole:
        return True
    outcomes = [part["outcome"] for part in whole.get("parts", ())]
    met, failed, unknown = (outcomes.count(one) for one in (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED))
    return rule.combine(met, failed, unknown, whole.get("k", 0)) is Outcome(whole["outcome"])


def _refuse_difference(old: Record, new: Record, keys: Iterable[str]) -> None:
    for key in keys:
        if old.get(key) != new.get(key):
            raise _Differs(".".join([key, *_way(old.get(key), new.get(key))]))


def _way(old: Any, new: Any) -> list[str]:
    """The way to the first difference inside two values."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        key = min(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
        return [key, *_way(old.get(key), new.get(key))]
    return []
