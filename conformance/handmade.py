"""Subjects thought out by hand, one for each thing that an implementation is likely to get wrong. Each is named by what it shows."""

from __future__ import annotations

import unicodedata
from typing import Any

UNSURVEYED, NONE_HERE = {"unknown": "chưa khảo sát"}, {"not_applicable": "ở đây không có"}


def commune(**facts: Any) -> dict[str, Any]:
    """A commune."""
    return {"id": "X01", "kind": "commune", **facts}


def product(*values: Any, **attributes: Any) -> dict[str, Any]:
    """A product by what was given for 1.1, 2.1, 2.2 and 3; ``None`` for nothing."""
    scored = {number: value for number, value in zip(("1.1", "2.1", "2.2", "3"), values, strict=False) if value is not None}
    return {"id": "P01", "kind": "product", "attributes": {"product_set": 1, **attributes}, "values": scored}


def communes(*members: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A district by the attributes of its communes."""
    parts = [{"id": f"C{i}", "kind": "commune", "attributes": one} for i, one in enumerate(members, 1)]
    return {"id": "D01", "kind": "district", "members": parts, **facts}


ALL = {
    "1.1": "80",
    "1.2": "5",
    "1.3": "10.01",
    "1.4": "10.49",
    "1.5": "3",
    "1.6": "2.5",
    "2.1": "Khá",
    "2.2": "Khá",
    "2.3": "Đạt",
    "2.4": "Khá",
    "2.5": "Khá",
    "2.6": "Tốt",
    "3.1": True,
}
BESIDE = {
    "1.1": "79.99999999999999999999",
    "1.2": "5.00000000000000000001",
    "1.3": "10",
    "1.4": "10.5",
    "1.5": "3.1",
    "1.6": "1.5",
    "2.1": "Đạt",
    "2.2": "Tốt",
    "2.3": "Yếu",
    "2.4": "Tốt",
    "2.5": "Tốt",
    "2.6": "Đạt",
    "3.1": False,
}
VILLAGE_A, VILLAGE_B = {"ntm": True, "unit_type": "xã", "criteria_met": 19}, {"ntm": False, "unit_type": "xã", "criteria_met": 14}
YES = dict.fromkeys(("1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3", "4.1", "4.2"), True)

# By suite: what a case shows, and the subject; a text stands for a line as it was sent, which need not be JSON.
HANDMADE: dict[str, dict[str, dict[str, Any] | str]] = {
    "operators": {
        "every value on its threshold": commune(values=ALL),
        "every value just beside its threshold": commune(values=BESIDE),
        **{f"only {number} beside its threshold": commune(values={**ALL, number: value}) for number, value in BESIDE.items()},
        "one of: the other of the listed": commune(values={"1.6": "1.0"}),
        "zeros at the end say nothing": commune(values={"1.1": "80.000", "1.5": "3.0", "1.6": "2.50"}),
        "numbers of JSON count as written": '{"id":"X01","kind":"commune","values":{"1.1":79.99999999999999999999,"1.2":5.0,"1.5":3}}',
        "below zero where the measure lets it": commune(values={"1.5": "-5"}),
        "out of the range of a measure": commune(values={"1.5": "-5.01"}),
        "a share above a hundred": commune(values={"1.1": "100.5"}),
        "a decimal comma": commune(values={"1.1": "80,5"}),
        "an exponent in a text": commune(values={"1.3": "1e2"}),
        "a number for a grade": commune(values={"2.1": 3}),
        "a grade that the measure does not have": commune(values={"2.1": "Giỏi"}),
        "a grade of decomposed letters": commune(values={"2.1": unicodedata.normalize("NFD", "Khá")}),
        "a verdict for a number": commune(values={"1.1": "đạt"}),
        "a verdict that is a grade is the grade": commune(values={"2.1": "Đạt"}),
        "true for a number": commune(values={"1.1": True}),
        "one for yes": commune(values={"3.1": 1}),
        "an indicator that is not there": commune(values={"9.9": "1"}),
        "an attribute that nothing reads": commune(attributes={"year": 2024}),
        "an attribute that is nearly another": commune(attributes={"regoin": "tay-nguyen"}),
        "a region by its official name": commune(attributes={"region": "Tây Nguyên"}),
        "another kind of unit": {"id": "D01", "kind": "district"},
        "no id": {"kind": "commune"},
        "a key that is not known": commune(value={"1.1": "80"}),
        "a key twice": '{"id":"X01","kind":"commune","values":{"1.1":"80","1.1":"81"}}',
        "no number": '{"id":"X01","kind":"commune","values":{"1.1":NaN}}',
        "an exponent without end": '{"id":"X01","kind":"commune","values":{"1.1":1e99999999999999999999}}',
        "no JSON": '{"id":',
    },
    "combinations": {
        "everything holds": commune(attributes={"island": True, "rank": "1", "year": 2026}, values=YES),
        "nothing is known": commune(),
        "all of: one fails, one unknown": commune(values={"1.1": False}),
        "all of: one does not apply": commune(values={"1.1": True, "1.2": NONE_HERE}),
        "any of: one holds, one unknown": commune(values={"2.1": True}),
        "any of: one fails, one does not apply": commune(values={"2.1": False, "2.2": NONE_HERE}),
        "k of: enough hold": commune(values={"3.1": True, "3.2": True}),
        "k of: too many fail": commune(values={"3.1": False, "3.2": False}),
        "k of: one fails, one does not apply": commune(values={"3.1": True, "3.2": False, "3.3": NONE_HERE}),
        "k of: two, of which one does not apply": commune(values={"3.1": True, "3.2": True, "3.3": NONE_HERE}),
        "a condition that fails": commune(attributes={"island": False, "year": 2024, "rank": "1"}, values=YES),
        "a condition of which one way is certain": commune(attributes={"island": True}, values={"4.1": True, "4.2": False}),
        "a condition that is not known": commune(attributes={"island": False, "year": 2025}, values=YES),
        "an attestation of an indicator": commune(attested={"1.1": True, "1.2": True}),
        "an attestation of a criterion": commune(attested={"1": True, "2": False}),
        "a value against an attestation": commune(values={"1.1": False}, attested={"1.1": True, "1": True}),
        "an attestation that is no yes or no": commune(attested={"1": "met"}),
        "the whole set is not attested": commune(attested={"": True}),
    },
    "absences": {
        "nothing is said": commune(),
        "null states nothing": commune(values={"1.1": None, "2.1": None}),
        "not known, with a reason": commune(values={"1.1": UNSURVEYED, "2.1": UNSURVEYED}),
        "does not apply where it may": commune(values={"2.1": NONE_HERE}),
        "does not apply where it may not": commune(values={"1.1": NONE_HERE}),
        "a value where no figure is known": commune(values={"1.2": "5", "1.3": "5"}),
        "a figure that is published": commune(values={"1.1": "80"}),
        "a closed list presumes": commune(values={"2.2": True}),
        "listed": commune(attributes={"listed": True}, values={"2.2": False}),
        "not known whether listed": commune(attributes={"listed": UNSURVEYED}, values={"2.2": False}),
        "a criterion without content, attested": commune(attested={"3": True}),
        "an empty reason": commune(values={"1.1": {"unknown": ""}}),
        "a reason that is no text": commune(values={"1.1": {"unknown": 7}}),
        "the word N/A": commune(values={"1.1": "N/A"}),
        "what is said of a value": commune(values={"1.1": {"value": "81", "year": 2023, "stated_by": "Sở", "evidence": "CV 5"}}),
    },
    "tables": {
        f"{region}, {'poor' if poor else 'not poor' if poor is False else 'not said whether poor'}, {year}": commune(
            attributes={
                key: value for key, value in {"region": region, "poor": poor, "year": year}.items() if value is not None
            },
            values={"1.1": "66", "1.2": "50", "2.1": "5"},
        )
        for region in ("tay-nguyen", "dong-nam-bo", "bac-trung-bo", "dong-bang-song-hong", None)
        for poor in (True, False, None)
        for year in (2025, None)
    }
    | {"a year that no table lists": commune(attributes={"region": "tay-nguyen", "year": 2030}, values={"1.2": "50"})}
    | {"a region that is none": commune(attributes={"region": "tay-bac"}), "a year that is none": commune(attributes={"year": "2024.5"})},
    "shares": {
        "no commune is listed": {"id": "D01", "kind": "district"},
        "two of three": communes(VILLAGE_A, VILLAGE_A, VILLAGE_B),
        "one of two is known, the rest decides": communes(VILLAGE_A, {"unit_type": "xã"}, VILLAGE_B),
        "whether it counts is not known": communes(VILLAGE_A, VILLAGE_A, {"ntm": False}),
        "another type is not among them": communes(VILLAGE_A, {"ntm": False, "unit_type": "thị trấn", "criteria_met": 19}),
        "none is among them": communes({"ntm": False, "unit_type": "thị trấn"}),
        "a count that is certain": communes({"ntm-advanced": True}, {}),
        "a count of zero": communes({"criteria_met": 19, "region": "tay-nguyen"}, {"criteria_met": 3, "region": "dong-nam-bo"}),
        "a stated share with the members": communes(VILLAGE_A, VILLAGE_B, values={"1.1": "100"}),
        "a stated share without members": {"id": "D01", "kind": "district", "values": {"1.1": "66.6"}},
        "a status of the district": communes(VILLAGE_A, attributes={"ntm": True}),
        "a status as a value": communes(VILLAGE_A, attributes={"ntm": True}, values={"3.1": False}),
        "a member twice": {"id": "D01", "kind": "district", "members": [{"id": "C1", "kind": "commune"}] * 2},
        "a member without a kind": {"id": "D01", "kind": "district", "members": [{"id": "C1"}]},
    },
    "scores": {
        "all the points there are": product(3, 3, None, 4),
        "on the band of four": product(3, None, 2, 2),
        "just below a band": product(2, None, 2, 2),
        "the total is enough, a mark is missed": product(1, 3, None, 4),
        "nothing is scored": product(),
        "one is not scored": product(3, 3),
        "one is not known": product(3, 3, None, UNSURVEYED),
        "the mean of a council": product(["3", "2"], ["3", "3"], None, ["4", "2"]),
        "a mean without end": product([3, 3, 2], [3, 3, 3], None, [4, 4, 2]),
        "one of a council is not known": product([3, {"unknown": "vắng"}], [3, 3], None, [4, 4]),
        "councils of two sizes": product([3, 3], [3, 3, 3], None, [4, 4]),
        "more members than the council has": product([3, 3], [3, 3], None, [4, 4], council_members=1),
        "fewer members than the council has": product([3, 3], [3, 3], None, [4, 4], council_members=4),
        "two cases of which one counts": product(3, 3, 2, 4),
        "points that are no level": product("2.5", 3, None, 4),
        "zero where no level has it": product(0, 3, None, 4),
        "more points than there are": product(7, 3, None, 4),
        "excluded": product(3, 3, None, 4, forged=True),
        "not known whether excluded": product(3, 3, None, 4, forged=UNSURVEYED),
        "no product set": {"id": "P01", "kind": "product", "values": {"1.1": 3}},
        "a product set that is not known": {"id": "P01", "kind": "product", "attributes": {"product_set": UNSURVEYED}},
        "a product set that is none": {"id": "P01", "kind": "product", "attributes": {"product_set": 27}},
    },
}  # fmt: skip
