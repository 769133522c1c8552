"""An office's year: the points of law that a provincial office meets, each worked out by hand, with the reason the law gives.

All units and figures are made up. Income is in million dong a head: in 2023 Tây Nguyên asks for 47, extremely difficult communes for 42; in
2024 for 50 and 45.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

import ntm_rules as ntm
from helpers_register import CRITERIA, category, day, only, recognised, reviewed, revoked, unit
from ntm_rules.loading.catalogue import bundled
from ntm_rules.planning.targets import against_targets
from ntm_rules.problems import NtmError
from ntm_rules.register.acts import Act, Unit
from ntm_rules.register.book import Register
from ntm_rules.register.joining import Joiner
from ntm_rules.register.review import review_register
from ntm_rules.register.validity import term_of


class Point(NamedTuple):
    """One point: what is asked, the right answer, and why the law gives it."""

    number: str
    asked: Callable[[], Any]
    expected: Any
    reason: str


def income(amount: str, on: str, **attributes: Any) -> str:
    """The outcome of criterion 10 of a commune of Kon Tum with this income."""
    rules = ntm.load("commune-ntm/2021-2025", on=day(on), province="kon-tum")
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": day(on).year, **attributes}
    subject = ntm.Subject(id="A", kind="commune", attributes=given, values={"10.1": amount})
    return rules.evaluate(subject)["10"].outcome.value


def afterwards(amount: str, on: str, by: str, year: int, **attributes: Any) -> tuple[str, tuple[str, ...]]:
    """The review of a commune that was recognised by a day, with everything else attested: category, and the criteria not met."""
    on_list = {name: value for name, value in attributes.items() if name == "area"}
    given = {"province": "kon-tum", "region": "tay-nguyen", "year": year, **attributes}
    attested = {number: True for number in CRITERIA if number != "10"}
    subject = ntm.Subject(id="23311", kind="commune", attributes=given, values={"10.1": amount}, attested=attested)
    register = Register([recognised(on=by, edition="commune-ntm/2021-2025" if by >= "2022" else "")], [unit(**on_list)])
    found = review_register(register, on=day(on), values={("23311", "commune-ntm"): subject})
    return (found[0].category.value, found[0].slipped) if found else ("nothing", ())


def refused(asked: Callable[[], Any]) -> str:
    """The code of the refusal."""
    with pytest.raises(NtmError) as why:
        asked()
    return why.value.problems[0].code


OTHERS = tuple(number for number in CRITERIA if number not in ("10", "17", "19"))

COLUMNS = [
    Point("1", lambda: income("45", "2024-02-29", area="III"), "met", "33/2020, 861/QĐ-TTg: class III is extremely difficult"),
    Point("2", lambda: income("45", "2024-02-29", extremely_difficult=True), "met", "stated, it reads the column of 45"),
    Point("3", lambda: income("45", "2024-03-01", area="III"), "met", "211/QĐ-TTg names class III itself"),
    Point("4a", lambda: income("45", "2024-02-29", area="II"), "not_met", "class II is not extremely difficult"),
    Point("4b", lambda: income("45", "2024-03-01", area="II"), "met", "211/QĐ-TTg, in force from 2024-03-01, adds class II"),
    Point("5a", lambda: income("45", "2024-03-01", area="I"), "not_met", "class I reads its region: 50"),
    Point("5b", lambda: income("50", "2024-03-01", area="I"), "met", "at least 50"),
    Point("6", lambda: income("45", "2024-03-01", area="outside"), "not_met", "outside the area there is no class: 50"),
    Point("7a", lambda: income("47", "2024-03-01"), "undetermined", "between 45 and 50 the class decides, and it is not known"),
    Point("7b", lambda: income("52", "2024-03-01"), "met", "met in every column"),
    Point("7c", lambda: income("44", "2024-03-01"), "not_met", "not met in any column"),
    Point("8", lambda: income("47", "2024-06-30", area="I", year=2023), "met", "the level is that of the year assessed"),
    Point(
        "9a", lambda: income("45", "2024-06-30", area="I", safety_zone=True, poor_district=True), "met", "safety zone in a poor district"
    ),
    Point(
        "9b",
        lambda: income("45", "2024-06-30", area="I", safety_zone=True, poor_district=False, left_poverty_district=False),
        "not_met",
        "a safety zone elsewhere reads its region",
    ),
    Point(
        "9c", lambda: income("45", "2024-06-30", area="I", safety_zone=True), "undetermined", "whether the district is poor is not known"
    ),
    Point("10", lambda: income("46.99999", "2023-12-31", area="I"), "not_met", "compared exactly, nothing is rounded up"),
    Point("11", lambda: income("47.0", "2023-12-31", area="I"), "met", "at least 47"),
    Point("12a", lambda: income("47", "2022-12-31", area="I", year=2021), "undetermined", "318/QĐ-TTg has no level for 2021"),
    Point("12b", lambda: refused(lambda: income("47", "2026-01-01", area="I")), "NTM-307", "no set of communes is in force that day"),
]

RECOGNITION = [
    Point(
        "13",
        lambda: afterwards("45", "2024-06-30", "2024-05-01", 2024, area="III"),
        ("still_meets", ()),
        "the change of class counts from the next year assessed",
    ),
    Point(
        "14",
        lambda: afterwards("45", "2024-06-30", "2020-06-01", 2024, area="III"),
        ("still_meets", ()),
        "recognised before the list of 861/QĐ-TTg: the list already knows",
    ),
    Point(
        "15",
        lambda: afterwards("42", "2023-12-31", "2023-05-01", 2023, area="III"),
        ("still_meets", ()),
        "the year of the recognition keeps the column of 42",
    ),
    Point("16", lambda: afterwards("45", "2023-12-31", "2024-05-01", 2023, area="III"), ("nothing", ()), "the act is not in effect yet"),
    Point("17", lambda: category(*OTHERS[:5]).value, "keeps_status", "5 of 19 are below 30 %"),
    Point("18", lambda: category(*OTHERS[:6]).value, "keeps_status", "from 30 %, but no key criterion among them"),
    Point("19", lambda: category(*OTHERS[:5], "10").value, "ground_for_revocation", "from 30 % with a key criterion"),
    Point("20", lambda: category(*OTHERS[:9]).value, "keeps_status", "9 of 19 are below 50 %"),
    Point("21", lambda: category(*OTHERS[:10]).value, "ground_for_revocation", "10 of 19 are above 50 %"),
    Point("22", lambda: category("10", "17", "19", *OTHERS[:2]).value, "keeps_status", "key criteria count only from 30 % on"),
    Point(
        "23", lambda: category(*OTHERS[:5], unknown=(OTHERS[5],)).value, "keeps_status", "a sixth without a key criterion changes nothing"
    ),
    Point(
        "24",
        lambda: category(*OTHERS[:5], unknown=("10",)).value,
        "undetermined",
        "were the key criterion the sixth, there would be ground",
    ),
    Point("25a", lambda: category(*OTHERS[:10], on=day("2024-03-06")).value, "ground_for_revocation", "the text of 2022 still stands"),
    Point("25b", lambda: category(*OTHERS[:10], on=day("2024-03-07")).value, "undetermined", "03/2024/QĐ-TTg amends it, in words not read"),
    Point(
        "25c", lambda: category(on=day("2024-03-07"), attributes={"year": 2024}).value, "still_meets", "who fails nothing meets every text"
    ),
    Point(
        "26",
        lambda: afterwards("42", "2024-02-29", "2023-05-01", 2024, area="III"),
        ("keeps_status", ("10",)),
        "in the next year assessed it is class I: 50",
    ),
    Point(
        "27",
        lambda: afterwards("42", "2024-02-29", "2023-05-01", 2024, area="III", extremely_difficult=True),
        ("keeps_status", ("10",)),
        "«extremely difficult» follows from class III and goes with it",
    ),
]


def district(on: str = "2024-02-15", *, first: int = 10, advanced: int = 1, of: int = 10, complete: bool = True, **more: Any) -> list[str]:
    """DK1, DK2, DK3 of a district that is not recognised yet, from the register and the list of units."""
    units = [Unit("D", "district", "Mẫu", (), "kon-tum", {"province": "kon-tum", "unit_type": "huyện"})]
    units += [Unit(f"X{n:02}", "commune", f"X{n:02}", (), "D", {"unit_type": "xã"}) for n in range(of)]
    acts = [recognised(f"X{n:02}") for n in range(first)] + [recognised(f"X{n:02}", "ntm-advanced") for n in range(advanced)]
    if "township" in more:
        units.append(Unit("T", "commune", "T", (), "D", {"unit_type": "thị trấn"}))
        acts += [Act("recognition", "T", status="civilised-township", day=date(2022, 1, 1))] if more["township"] else []
    rules = ntm.load("district-ntm/2021-2025", on=day(on))
    subject = ntm.Subject(id="D", kind="district")
    decision, problems = Joiner.of(Register(acts, units, complete=complete), day(on), bundled()).decide("D", rules, subject)
    assert decision is not None, problems
    return [node.outcome.value for node in decision.conditions][:3]


DISTRICTS = [
    Point("28", district, ["met", "met", "not_applicable"], "10 of 10, 1 advanced is exactly 10 %; no township on the list"),
    Point("29", lambda: district(first=11, of=11)[1], "not_met", "1 of 11 is 9.09 %"),
    Point("30", lambda: district(first=9, complete=False)[0], "undetermined", "9 to 10 of 10: silence of a register is no answer"),
    Point("31", lambda: district(first=9)[0], "not_met", "320/QĐ-TTg asks for 100 % of the communes"),
    Point("32", lambda: district(township=False, complete=False)[2], "undetermined", "whether the township is civilised is not known"),
    Point("33", lambda: district(township=True)[2], "met", "the only township is recognised"),
    Point("34", lambda: district(complete=False, advanced=0)[1], "undetermined", "advanced communes may be missing from the register"),
    Point("35", lambda: district(first=9, advanced=10)[:2], ["not_met", "met"], "advanced is no answer to whether it is recognised as NTM"),
    Point("36", lambda: district()[2], "not_applicable", "a district without a township has none to recognise"),
    Point("37", lambda: refused(lambda: district("2025-07-01")), "NTM-307", "districts end with 2025-06-30"),
]


def higher(name: str, **attributes: Any) -> dict[str, str]:
    """The outcomes of a set of advanced or model communes of the Red River Delta in 2023, on statuses alone."""
    rules = ntm.load(name, on=day("2023-12-31"))
    subject = ntm.Subject(id="A", kind="commune", attributes={"region": "dong-bang-song-hong", "year": 2023, **attributes})
    return {node.id: node.outcome.value for node in rules.evaluate(subject)}


def model_income(amount: str) -> str:
    """Whether an income is that of a model commune of the Red River Delta in 2023."""
    rules = ntm.load("commune-model/2021-2025", on=day("2023-12-31"))
    given = {"region": "dong-bang-song-hong", "year": 2023, "area": "outside", "extremely_difficult": False, "safety_zone": False}
    subject = ntm.Subject(id="A", kind="commune", attributes=given, values={"1.1": amount})
    return rules.evaluate(subject)["1.1"].outcome.value


HIGHER = [
    Point("38", lambda: higher("commune-advanced/2021-2025")["DK1"], "undetermined", "the set asks for NTM, and nothing says"),
    Point("39", lambda: higher("commune-advanced/2021-2025", ntm=False)["DK1"], "not_met", "the set asks for NTM"),
    Point(
        "40", lambda: higher("commune-model/2021-2025", **{"ntm-advanced": False})["DK1"], "not_met", "a model commune is advanced first"
    ),
    Point(
        "41",
        lambda: [model_income(amount) for amount in ("74.8", "74.79")],
        ["met", "not_met"],
        "319/QĐ-TTg: 1.10 times the 68 of the advanced set, compared exactly",
    ),
]


def scored(*members: dict[str, str], name: str = "ocop/2026", **attributes: Any) -> tuple[int | None, str | None]:
    """Class and standing of a product whose members gave the best points, but for those named."""
    rules = ntm.load(name, province=attributes.pop("of", None))
    best = rules.scores.best(1)
    values = {
        number: [one.get(number, points) for one in members] if len(members) > 1 else members[0].get(number, points)
        for number, points in best.items()
    }
    given = {"product_set": 1, "council_level": "province", **attributes}
    decision = rules.evaluate(ntm.Subject(id="SP", kind="product", attributes=given, values=values))
    return decision.stars, decision.standing


def apart(one: dict[str, str]) -> bool:
    """Whether a council of Tây Ninh of which one member gave less comes to a class."""
    return scored({}, {}, one, name="ocop/2019", of="tay-ninh", council_members=3)[0] is not None


def given_points(now: str, on: str, edition: str = "ocop/2026", issued: str = "2026-06-01") -> str:
    """The review of a four-star certificate whose product now scores the best points, or the least."""
    rules = ntm.load(edition)
    best = rules.scores.best(1)
    top = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=best)
    least = {node.id: str(node.face.least) for node in rules.evaluate(top).indicators}
    subject = ntm.Subject(id="SP", kind="product", attributes={"product_set": 1}, values=best if now == "best" else least)
    found = review_register(Register([product(issued, 4, edition)]), on=day(on), values={("SP", "ocop"): subject})
    return only(found).category.value


COUNCILS = [
    Point("42", lambda: scored({}), (5, "potential-5-star"), "from 90 points with every mark: the centre decides"),
    Point("43", lambda: scored({"2.2": "1"}), (2, None), "98 points and one mark of four and five stars missed"),
    Point("44", lambda: scored({"2.2": "1"}), (2, None), "a mark of three stars missed, whatever the total"),
    Point("45", lambda: scored({}, {"2.2": "1"}, {"2.2": "1"}), (2, None), "the mean of 2.2 is below the mark: a reading that is declared"),
    Point("46", lambda: scored({}, name="ocop/2019", of="tay-ninh")[0], 5, "one assessor's sheet is no council"),
    Point("47", lambda: scored({}, {}, {}, name="ocop/2023"), (5, "potential-5-star"), "no rule of a council is on record for 2023"),
    Point("58", lambda: given_points("worst", "2026-12-01"), "ground_for_revocation", "26/2026: points that no longer give the class"),
    Point("59", lambda: given_points("best", "2026-12-01"), "still_meets", "the points still give the class"),
    Point(
        "60", lambda: given_points("worst", "2024-01-01", "ocop/2023", "2023-06-01"), "undetermined", "no text on record before 2026-05-22"
    ),
    Point(
        "61",
        lambda: [
            scored({}, {}, {}, name="ocop/2019", of="tay-ninh", council_members=4)[0],
            scored({}, {}, name="ocop/2019", of="tay-ninh", council_members=4)[0],
        ],
        [5, None],
        "Tây Ninh: three of four are a quorum of 75 %, two are not",
    ),
    Point("62", lambda: scored({}, {}, {}, name="ocop/2019", of="tay-ninh")[0], None, "how many sit on the council is not known"),
    Point("62a", lambda: apart({"8": "0", "10": "0"}), True, "Tây Ninh: totals may lie ten points apart"),
    Point("62b", lambda: apart({"8": "0", "10": "0", "1.6": "0"}), False, "eleven points apart must be discussed first"),
]


def product(issued: str, stars: int = 3, edition: str = "ocop/2019", **more: Any) -> Act:
    """A certificate."""
    return Act("recognition", "SP", "product", "Mẫu", f"ocop-{stars}", day=day(issued), edition=edition, **more)


def stands(on: str, *acts: Act, status: str = "ocop-3") -> str:
    """What is said of the certificate of a status on a day."""
    found = [one for one in review_register(Register(acts, complete=True), on=day(on)) if one.status == status]
    return only(tuple(found)).category.value if found else "replaced"


def last_day(issued: str, edition: str = "ocop/2019", **more: Any) -> str:
    """The last day of a certificate."""
    return f"{term_of(product(issued, edition=edition, **more), day(issued), bundled()).until}"


def filing(on: str) -> Act:
    """A dossier to have it assessed again."""
    return Act("filing", "SP", "product", status="ocop-3", day=day(on))


def extended(issued: str) -> bool:
    """Whether Article 12 lets a certificate of 2023 hold on."""
    return term_of(product(issued, edition="ocop/2023"), day("2026-06-01"), bundled()).extended is not None


CERTIFICATES = [
    Point(
        "48",
        lambda: (stands("2024-07-15", product("2021-07-15")), stands("2024-07-16", product("2021-07-15"))),
        ("keeps_status", "expired"),
        "36 months, the last day included",
    ),
    Point(
        "49",
        lambda: (last_day("2021-02-28"), last_day("2020-02-29")),
        ("2024-02-28", "2023-02-28"),
        "the same day 36 months later, or the last",
    ),
    Point("50", lambda: last_day("2021-07-15", until=day("2023-01-31")), "2023-01-31", "a printed last day wins"),
    Point(
        "51",
        lambda: stands("2024-01-01", product("2022-06-01"), product("2023-06-01", 4, "ocop/2023")),
        "replaced",
        "the class recognised last is the one that stands",
    ),
    Point(
        "52",
        lambda: stands(
            "2024-01-01", product("2022-06-01"), Act("recognition", "SP", "product", status="ocop-potential-4", day=day("2023-06-01"))
        ),
        "keeps_status",
        "who waits for four stars keeps three",
    ),
    Point(
        "53",
        lambda: stands("2024-01-01", product("2022-06-01", 4), product("2023-06-01", 3, "ocop/2023"), status="ocop-3"),
        "keeps_status",
        "a lower class recognised later stands",
    ),
    Point(
        "54",
        lambda: (
            stands("2028-12-02", product("2026-06-01", edition="ocop/2026")),
            stands("2028-12-03", product("2026-06-01", edition="ocop/2026")),
        ),
        ("keeps_status", "due_for_reassessment"),
        "26/2026/QĐ-TTg: the window opens on the 180th day before the end",
    ),
    Point(
        "55",
        lambda: (extended("2023-09-18"), extended("2023-09-19")),
        (True, False),
        "Article 12: only where the window was over by 2026-05-22",
    ),
    Point(
        "56",
        lambda: tuple(stands(on, product("2023-07-01", edition="ocop/2023"), filing("2026-07-01")) for on in ("2026-12-28", "2026-12-29")),
        ("due_for_reassessment", "expired"),
        "filed on the last day it holds 180 days",
    ),
    Point(
        "57",
        lambda: stands("2026-08-01", product("2023-07-01", edition="ocop/2023"), filing("2026-07-02")),
        "undetermined",
        "whether a dossier of the day after its end keeps it is not said",
    ),
]


def share(recognised_units: int, unknown: int = 0) -> str:
    """The share of 85 communes of Kon Tum, against the 62.35 % of 2024."""
    units = [
        unit(f"X{n:02}", unit_type="xã", **({} if n < recognised_units + unknown and n >= recognised_units else {"criteria_met": 10}))
        for n in range(85)
    ]
    register = Register([recognised(f"X{n:02}") for n in range(recognised_units)], units, complete=True)
    rules = ntm.load("targets/kon-tum-2024", province="kon-tum")
    return next(one for one in against_targets(rules, register, day("2024-12-31")) if one.id == "MT2.1").outcome.value


def by_revoked(number: int, of: int = 10, recognised_units: int | None = None, on: str = "2023-12-31") -> str:
    """The review of a district of which so many communes lost their status, and whose own criteria are not known to fail."""
    units = [Unit("D", "district", "Mẫu", (), "kon-tum", {"province": "kon-tum"})]
    units += [Unit(f"X{n}", "commune", f"X{n}", (), "D", {"unit_type": "xã"}) for n in range(of)]
    acts = [recognised(f"X{n}") for n in range(of if recognised_units is None else recognised_units)]
    acts += [revoked(f"X{n}") for n in range(number)]
    acts.append(Act("recognition", "D", "district", status="district-ntm", day=date(2022, 12, 1)))
    given = {("D", "district-ntm"): ntm.Subject(id="D", kind="district", attested={f"{n}": True for n in range(1, 10)})}
    found = review_register(Register(acts, units, complete=True), on=day(on), values=given)
    return next(one for one in found if one.unit == "D").category.value


SHARES = [
    Point("63", lambda: share(53), "met", "53 of 85 are 62.3529 %"),
    Point("64", lambda: share(52), "not_met", "52 of 85 are 61.18 %"),
    Point("65", lambda: share(52, 1), "undetermined", "52 or 53"),
    Point("66", lambda: share(53, 5), "met", "53 at least"),
    Point("67", lambda: by_revoked(3), "ground_for_revocation", "18/2022: 30 % of the communes revoked"),
    Point("68", lambda: by_revoked(2), "keeps_status", "2 of 10 are 20 %"),
    Point("69", lambda: by_revoked(3, 10, 8), "ground_for_revocation", "3 of 10 communes and 3 of 8 recognised: both readings reach 30 %"),
    Point("70", lambda: by_revoked(3, 12, 8), "undetermined", "25 % of all communes, 37.5 % of those recognised: the readings differ"),
    Point(
        "71",
        lambda: by_revoked(2, on="2024-03-01"),
        "keeps_status",
        "a district with communes is never judged by the set of districts without",
    ),
    Point("72", lambda: by_revoked(3, on="2025-07-01"), "undetermined", "no set of districts is in force that day"),
]

POINTS = [*COLUMNS, *RECOGNITION, *DISTRICTS, *HIGHER, *COUNCILS, *CERTIFICATES, *SHARES]


@pytest.mark.parametrize("point", POINTS, ids=[point.number for point in POINTS])
def test_a_point_worked_out_by_hand_comes_out_as_the_law_says(point: Point) -> None:
    """Each point of an office's year gives the answer that its reason gives."""
    assert point.asked() == point.expected, point.reason


def test_a_slip_is_reported_with_its_criterion() -> None:
    """A commune that fails one criterion keeps its status, and the review names what slipped."""
    assert reviewed("11").slipped == ("11",)
