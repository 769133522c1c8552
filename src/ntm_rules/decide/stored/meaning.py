"""What the rule language has meant, by number, and how to tell a decision that rests on a fault since mended.

Only the current meaning runs. A decision stored under an older one verifies where evaluating it again gives the same content; where it does
not, every difference must be of the kind that a mended fault made, or the decision is simply another one. A fault recognises its kind from
the stored node and the node of today; what follows from it in the nodes above needs no recognising, if the stored whole did follow from its
stored parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ntm_rules.conditions import EQUALS, ONE_OF
from ntm_rules.decide.engine.scores.sheet import NO_SHEET, WEAK
from ntm_rules.values import Bilingual

Record = Mapping[str, Any]  # a node, or what a score sheet came to, as stored: what is empty is left out


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the engine, since mended.

    Attributes:
        code: what it is called, ``F3``.
        words: what was wrong, in one sentence.
        made: ``made(old, new)``: whether the fault can have made of the stored node what differs from the node of today.
    """

    code: str
    words: Bilingual
    made: Callable[[Record, Record], bool]


SETTLED: Final = ("met", "not_met")
_STANDING: Final = frozenset({"outcome", "basis", "reason", "conflict", "level", "observed", "gap"})  # what a node found
_BOUND: Final = frozenset({"required", "possible", "gap", "columns", "source", "figure_level", "level"})  # what a node is held against
_OF_SHEET: Final = frozenset({"stars_possible", "standing", "total"})  # what a score sheet came to


def differing(old: Record, new: Record) -> frozenset[str]:
    """The keys in which two nodes differ, their parts aside."""
    return frozenset(key for key in (old.keys() | new.keys()) - {"parts"} if old.get(key) != new.get(key))


def _indicator(old: Record, new: Record) -> bool:
    return old.get("kind") == "indicator" and differing(old, new) <= _STANDING


def _open(node: Record) -> bool:
    """Nothing measured decided: the node is undetermined, or an attestation carries the day."""
    return node["outcome"] == "undetermined" or node.get("basis") == "attested"


def _empty_base(old: Record, new: Record) -> bool:
    return _indicator(old, new) and old.get("unit") == "%" and old.get("basis") == "derived" and _open(new)


def _range_without_order(old: Record, new: Record) -> bool:
    return old.get("unit") != "%" and _range_undecided(old, new)


def _share_undecided(old: Record, new: Record) -> bool:
    return old.get("unit") == "%" and _range_undecided(old, new)


def _range_undecided(old: Record, new: Record) -> bool:
    ranged = isinstance(old.get("observed"), Mapping) and old.get("operator") in (EQUALS.name, ONE_OF.name)
    if not (_indicator(old, new) and ranged and _open(old) and new.get("basis") == "derived"):
        return False
    return bool(new["outcome"] == "not_met" or (new["outcome"] == "met" and old["operator"] == ONE_OF.name))


def _own_column_unknown(old: Record, new: Record) -> bool:
    return old.get("kind") == "indicator" and bool(old.get("waits_for")) and differing(old, new) <= _BOUND


def _agreeing_columns(old: Record, new: Record) -> bool:
    settled = new.get("basis") == "measured" and new["outcome"] in SETTLED
    waited = old.get("kind") == "indicator" and bool(old.get("waits_for")) and _open(old)
    return waited and settled and differing(old, new) <= _STANDING | _BOUND | {"waits_for"}


def _unknown_before_parts(old: Record, new: Record) -> bool:
    seen = old.get("observed")
    stated = isinstance(seen, Mapping) and "unknown" in seen and (old.get("reason") or {}).get("vi") == seen["unknown"]
    return _indicator(old, new) and stated and _open(old) and new.get("observed") != seen


def _none_in_the_base(old: Record, new: Record) -> bool:
    uncounted = old.get("kind") == "indicator" and "observed" not in old and "observed" not in new
    return uncounted and _open(old) and old["outcome"] == new["outcome"] and differing(old, new) == {"reason"}


def _conflict_dropped(old: Record, new: Record) -> bool:
    return differing(old, new) <= _STANDING and old.get("basis") == "attested" and "conflict" not in old and "conflict" in new


def _met_all_the_same(old: Record, new: Record) -> bool:
    waited = old.get("kind") in ("indicator", "criterion", "condition") and bool(old.get("waits_for")) and _open(old)
    return waited and not _open(new) and differing(old, new) <= _STANDING | {"waits_for"}


def _range_for_set(old: Record, new: Record) -> bool:
    return "kind" not in old and differing(old, new) <= _OF_SHEET and set(new["stars_possible"]) < set(old["stars_possible"])


def _waits_for_the_centre(old: Record, new: Record) -> bool:
    lost = (old.get("standing"), new.get("standing")) == ("potential-5-star", None)
    return "kind" not in old and differing(old, new) <= _OF_SHEET and lost


def _sheet_as_read(old: Record, new: Record) -> bool:
    return old.get("kind") == "score" and differing(old, new) <= _STANDING | {"required"}


def _judged_by_a_weak_sheet(old: Record, new: Record) -> bool:
    weak = old.get("kind") == "score" and new["outcome"] == "undetermined" and "required" not in new
    return weak and differing(old, new) <= _STANDING | {"required"} and _absent(new.get("reason") or {})


def _absent(reason: Record) -> bool:
    return str(reason.get("vi", "")).startswith(tuple(words.vi.partition("{}")[0] for words in (NO_SHEET, WEAK)))


def _total_of_some(old: Record, new: Record) -> bool:
    """The total, or the points of a part, are no longer said; nothing else of them differs."""
    if "kind" in old or not differing(old, new) <= _OF_SHEET or new.get("total") not in (None, old.get("total")):
        return False
    before, now = old.get("parts", {}), new.get("parts", {})
    lost = [part for part, points in now.items() if points != before.get(part)]
    return all(now[part] is None for part in lost) and (bool(lost) or new.get("total") != old.get("total"))


_SINCE_1: Final = (
    Fault(
        "F1",
        Bilingual(
            "Tỷ lệ được kết luận cả khi chưa rõ có đơn vị nào để tính tỷ lệ hay không.",
            "A share was decided though it was open whether there is anything to take a share of.",
        ),
        _empty_base,
    ),
    Fault(
        "F2",
        Bilingual(
            "Số đếm còn là một khoảng thì yêu cầu «bằng» hoặc «thuộc» không bao giờ chưa đạt, dù không giá trị nào trong khoảng là đạt.",
            "«Equal to» and «one of» never failed over a range, though no value in it would meet them.",
        ),
        _range_without_order,
    ),
    Fault(
        "F3",
        Bilingual(
            "Mức yêu cầu và phần còn thiếu lấy theo cột đầu tiên khi chưa rõ đối tượng thuộc cột nào.",
            "What is required and the gap were those of the first column while the subject's own column was not known.",
        ),
        _own_column_unknown,
    ),
    Fault(
        "F9",
        Bilingual(
            "Chưa rõ năm thì chưa kết luận, dù mọi cột có thể áp dụng đều cho cùng kết quả.",
            "An unknown year left the outcome open though every column that may apply agrees.",
        ),
        _agreeing_columns,
    ),
    Fault(
        "O1",
        Bilingual(
            "Ghi «chưa có số liệu» cho một tỷ lệ che mất các đơn vị đã liệt kê.",
            "A share given as unknown hid the parts that were listed.",
        ),
        _unknown_before_parts,
    ),
    Fault(
        "O2",
        Bilingual(
            "Không có đơn vị nào để tính tỷ lệ nhưng lý do lại ghi là chưa có số liệu.",
            "Where there is nothing to take a share of, the reason said that no value was given.",
        ),
        _none_in_the_base,
    ),
    Fault(
        "O3",
        Bilingual(
            "Chỉ nhận nguồn mạnh hơn thì mâu thuẫn giữa xác nhận và số liệu không còn được nêu.",
            "Accepting stronger sources alone dropped the conflict between an attestation and the values.",
        ),
        _conflict_dropped,
    ),
    Fault(
        "O6",
        Bilingual(
            "Được phép ghi không áp dụng và đã ghi, nhưng vẫn để mở khi chưa rõ có thuộc diện áp dụng không.",
            "What may be given as not applicable, and was, stayed open while it was not known whether it applies at all.",
        ),
        _met_all_the_same,
    ),
    Fault(
        "O5",
        Bilingual(
            "Hạng sao còn có thể đạt ghi cả khoảng, gồm cả hạng không thể có.",
            "The classes still possible were the whole span, with classes that cannot come out.",
        ),
        _range_for_set,
    ),
    Fault(
        "N1",
        Bilingual(
            "Từng tiêu chí vẫn được kết luận theo phiếu có nguồn yếu hơn mức chấp nhận.",
            "Criteria were judged by a sheet whose source is weaker than accepted.",
        ),
        _judged_by_a_weak_sheet,
    ),
    Fault(
        "N3",
        Bilingual(
            "Thành viên chưa chấm một tiêu chí chỉ có một mức điểm thì tổng điểm vẫn được ghi như đã chấm đủ.",
            "A total was given though a member had not scored a criterion of which only one level could be given.",
        ),
        _total_of_some,
    ),
    Fault(
        "N4",
        Bilingual(
            "Tỷ lệ còn là một khoảng thì yêu cầu «bằng» hoặc «thuộc» để mở, dù tỷ lệ chỉ có thể nhận một số giá trị.",
            "«Equal to» and «one of» stayed open over a range of shares, though a share can take only some values of it.",
        ),
        _share_undecided,
    ),
    Fault(
        "O9",
        Bilingual(
            "Dấu sao trên phiếu được xét khi chưa rõ hạng, hoặc khi phiếu không nói mức.",
            "A mark of a sheet was judged while the class was open, or where the sheet names no level.",
        ),
        _sheet_as_read,
    ),
    Fault(
        "O10",
        Bilingual(
            "Ghi «tiềm năng 5 sao» cho sản phẩm thiếu dấu sao hoặc chưa rõ hạng, chỉ vì đủ tổng điểm.",
            "A product that misses a star mark, or whose class is open, was said to be potentially five-star for its total alone.",
        ),
        _waits_for_the_centre,
    ),
)
MENDED: Final = {2: _SINCE_1}  # by the meaning that mended them


def faults_since(meaning: int) -> tuple[Fault, ...]:
    """The faults mended after a meaning, in the order they are told."""
    return tuple(fault for number, faults in MENDED.items() if number > meaning for fault in faults)
