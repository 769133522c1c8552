"""Shared Hypothesis strategies: whole rulesets as plain YAML data, read by the real loader, and subjects for them.

A generated ruleset keeps its plain data, so that a test can work out for itself what the outcome must be.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.conditions import OPERATORS as EVERY
from ntm_rules.loading.text.yaml_text import read_text
from ntm_rules.values import nfc

INSTRUMENTS = """\
instruments:
  - {instrument: 1/QĐ-TTg, title: {vi: Bộ thử, en: Test set}, issuer: {vi: TTg, en: PM}, level: recalled}
  - {instrument: 2/QĐ-TTg, title: {vi: Sửa đổi, en: Amendment}, issuer: {vi: TTg, en: PM}, level: recalled}
  - {instrument: 3/QĐ-UBND (Kon Tum), title: {vi: Của tỉnh, en: Provincial}, issuer: {vi: UBND, en: PPC}, level: recalled}
"""
ZONES = ("A", "B", "C")
YEARS = ("2023", "2024", "2025")
GRADES = ("Yếu", "Trung bình", "Khá", "Tốt")
OPERATORS = tuple(name for name, operator in EVERY.items() if "number" in operator.fits)
OF_ANSWERS = tuple(name for name, operator in EVERY.items() if "yes_no" in operator.fits)
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "zone": {"title": {"vi": "Vùng", "en": "Zone"}, "one_of": list(ZONES)},
    "poor": {"title": {"vi": "Huyện nghèo", "en": "Poor"}, "yes_no": "true"},
    "rank": {"title": {"vi": "Hạng", "en": "Rank"}, "one_of": ["1", "2", "3"]},
    "listed": {"title": {"vi": "Trong danh sách", "en": "Listed"}, "yes_no": "true", "unless_stated": "false"},
}
DOMAINS: dict[str, tuple[Any, ...]] = {
    "zone": ZONES,
    "poor": (True, False),
    "rank": ("1", "2", "3"),
    "listed": (True, False),
    "year": tuple(int(year) for year in YEARS),
}
LEVELS = ("official", "published", "recalled")


def words(text: str) -> dict[str, str]:
    """A title in both languages."""
    return {"vi": text, "en": f"{text} (en)"}


def write_catalogue(folder: Path, **files: str) -> ntm.Catalogue:
    """A catalogue in ``folder``: instruments and the files given by their path (``__`` for ``/``, without ``.yaml``)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "instruments.yaml").write_text(INSTRUMENTS, "utf-8")
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return ntm.Catalogue(folder)


_SCRATCH = tempfile.TemporaryDirectory(prefix="ntm-rules-tests-")
CATALOGUE = write_catalogue(Path(_SCRATCH.name))


def read_ruleset(data: dict[str, Any]) -> ntm.RuleSet:
    """A ruleset from plain data, by way of YAML text and every check of the loader."""
    parsed = read_text(json.dumps(data, ensure_ascii=False), "generated.yaml")
    document = CATALOGUE.checked(parsed, "ruleset")
    assert document is not None, [str(problem) for problem in parsed.problems]
    assert not parsed.problems, [str(problem) for problem in parsed.problems]
    return ntm.RuleSet.from_json(json.dumps(document.plain_data()))


# --- rulesets -----------------------------------------------------------------------------------------------------


def bounds_of(operator: str, one: st.SearchStrategy[str], key: Callable[[str], Any]) -> st.SearchStrategy[Any]:
    """Bounds of the form that an operator is written with, over texts that ``key`` puts in order."""
    forms: dict[str, st.SearchStrategy[Any]] = {
        "one": one,
        "list": st.lists(one, min_size=1, max_size=2, unique_by=key),
        "pair": st.tuples(one, one).map(lambda pair: sorted(pair, key=key)),
        "none": st.just("true"),
    }
    return forms[EVERY[operator].bound]


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    """A condition over the attributes of the generated sets."""
    kind = draw(st.sampled_from(("test", "test", "all_of", "any_of", "at_least_k_of"))) if depth else "test"
    if kind == "test":
        return draw(_tests)
    parts = draw(st.lists(conditions(depth - 1), min_size=1, max_size=3))
    if kind == "at_least_k_of":
        return {kind: {"k": str(draw(st.integers(1, len(parts)))), "of": parts}}
    return {kind: parts}


_tests = st.one_of(
    st.sampled_from(("poor", "listed")).map(lambda name: {"attribute": name, "is_true": "true"}),
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True).map(lambda v: {"attribute": "zone", "one_of": v}),
    *(
        bounds_of(operator, st.sampled_from(domain), key=int).map(lambda bound, name=name, o=operator: {"attribute": name, o: bound})
        for name, domain in (("rank", ("1", "2", "3")), ("year", YEARS))
        for operator in OPERATORS
    ),
)
sources = st.sampled_from(LEVELS).map(
    lambda level: {"level": level, "at": "mục 1", **({} if level == "recalled" else {"seen": ["https://example.org/a"]})}
)
MEASURES: tuple[Any, ...] = (
    {"unit": "%"},
    {"unit": "m2/người", "from": "0"},
    {"unit": "điểm", "from": "-5", "to": "12.5"},
    {"unit": "hộ"},
    "yes_no",
    {"choices": list(GRADES)},
)
numbers = st.builds(
    lambda whole, places, part: f"{whole}" + (f".{part:0{places}d}"[: places + 1] if places else ""),
    st.integers(0, 10),
    st.integers(0, 2),
    st.integers(0, 49),
)


@st.composite
def figures(draw: st.DrawFn, measure: Any, operator: str) -> Any:
    """A figure in one of its spellings; sometimes one that is not known."""
    spelling = draw(st.sampled_from(("bare",) * 8 + ("sourced",) * 4 + ("missing", "delegated", "explained")))
    if spelling in ("missing", "delegated"):
        return spelling
    if spelling == "explained":
        return {"missing": words("chưa đọc được")}
    is_number = isinstance(measure, dict) and "unit" in measure
    value: Any = draw(bounds_of(operator, numbers if is_number else st.sampled_from(GRADES), key=Decimal if is_number else GRADES.index))
    return value if spelling == "bare" else {"value": value, **draw(sources), "instrument": "2/QĐ-TTg"}


@st.composite
def bounds(draw: st.DrawFn, measure: Any, operator: str) -> Any:
    """A figure, or a table by one or two dimensions, with gaps and with ``others``."""
    by = draw(st.sampled_from(((), (), ("zone",), ("year",), ("zone", "year"), ("year", "zone"))))
    if not by:
        return draw(figures(measure, operator))

    def row(depth: int) -> dict[str, Any]:
        keys = {"zone": (*ZONES, "X", "others"), "year": (*YEARS, "others")}[by[depth]]
        chosen = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True))
        last = depth == len(by) - 1
        return {key: draw(figures(measure, operator)) if last else row(depth + 1) for key in chosen}

    return {"by": list(by), **row(0)}


@st.composite
def indicators(draw: st.DrawFn, number: str, *, by_attributes: bool = True) -> dict[str, Any]:
    """An indicator with any measure, operator and bound."""
    measure = draw(st.sampled_from(MEASURES))
    operator = draw(st.sampled_from(OF_ANSWERS if measure == "yes_no" else OPERATORS))
    made = {"indicator": number, "title": words(f"Chỉ tiêu {number}"), "measure": measure, "source": draw(sources)}
    made[operator] = draw(bounds(measure, operator) if by_attributes else figures(measure, operator))
    if draw(_seldom):
        made["may_not_apply"] = words("nếu có")
    if by_attributes and draw(_seldom):
        made["applies_when"] = draw(conditions())
    return made


_seldom = st.integers(0, 4).map(lambda n: n == 4)


def passes(parts: int) -> st.SearchStrategy[Any]:
    """A way to combine so many parts."""
    some: st.SearchStrategy[Any] = st.sampled_from(("all_of", "all_of", "any_of"))
    return st.one_of(some, st.integers(1, parts).map(lambda k: {"at_least_k_of": str(k)})) if parts else some


@st.composite
def documents(draw: st.DrawFn, *, by_attributes: bool = True, most: int = 5, most_parts: int = 4) -> dict[str, Any]:
    """A ruleset as plain YAML data."""
    criteria = []
    for i in range(1, draw(st.integers(1, most)) + 1):
        parts = [draw(indicators(f"{i}.{j}", by_attributes=by_attributes)) for j in range(1, draw(st.integers(0, most_parts)) + 1)]
        criterion: dict[str, Any] = {"criterion": str(i), "title": words(f"Tiêu chí {i}"), "indicators": parts}
        if parts:
            criterion["passes"] = draw(passes(len(parts)))
        if not parts or not draw(st.integers(0, 9)):
            criterion["missing"] = words("chưa có nội dung")
        if by_attributes and not draw(st.integers(0, 5)):
            criterion["applies_when"] = draw(conditions(1))
        criteria.append(criterion)
    redirect = [
        {
            "use": draw(st.sampled_from((*ZONES, "X"))),
            "when": draw(conditions()),
            "source": {"level": "recalled"},
            "title": words("chuyển cột"),
        }
        for _ in range(draw(st.sampled_from((0, 1, 1, 2))) if by_attributes else 0)
    ]
    return {
        "ruleset": "test/2024",
        "version": "1.0.0",
        "title": words("Bộ thử"),
        "subject": "commune",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "passes": draw(passes(len(criteria))),
        "attributes": ATTRIBUTES,
        "dimensions": {
            "zone": {"title": words("Vùng"), "attribute": "zone", "values": [*ZONES, "X"], "redirect": redirect},
            "year": {"title": words("Năm"), "attribute": "year"},
        },
        "criteria": criteria,
    }


# --- subjects -----------------------------------------------------------------------------------------------------


def all_indicators(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The indicators of a document, in order."""
    return [indicator for criterion in data["criteria"] for indicator in criterion["indicators"]]


def operator_of(indicator: dict[str, Any]) -> str:
    """The operator of an indicator."""
    return next(name for name in (*OPERATORS, *OF_ANSWERS) if name in indicator)


def figures_in(bound: Any) -> list[str]:
    """Every known figure below a bound, as text."""
    if isinstance(bound, list):
        return [text for item in bound for text in figures_in(item)]
    if isinstance(bound, dict):
        return [text for key, item in bound.items() if key in ("value", *ZONES, "X", *YEARS, "others") for text in figures_in(item)]
    return [] if bound in ("missing", "delegated") else [bound]


def step(text: str) -> Decimal:
    """One unit of the last place as written."""
    return Decimal(1).scaleb(int(Decimal(text).as_tuple().exponent))


def limits(measure: Any) -> tuple[Decimal | None, Decimal | None]:
    """The range of a number measure."""
    share = measure["unit"] == "%"
    low = Decimal(measure["from"]) if "from" in measure else Decimal(0) if share else None
    return low, Decimal(measure["to"]) if "to" in measure else Decimal(100) if share else None


def values_for(indicator: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of an indicator: at its figures, a step beside them, anywhere."""
    measure = indicator["measure"]
    if measure == "yes_no":
        return st.booleans()
    if "choices" in measure:
        return st.sampled_from(GRADES)
    near = [Decimal(text) + step(text) * by for text in figures_in(indicator[operator_of(indicator)]) for by in (-1, 0, 1)]
    low, high = limits(measure)
    near = [number for number in near if (low is None or number >= low) and (high is None or number <= high)]
    return st.sampled_from([*near, Decimal("3"), Decimal("9.5")]).flatmap(lambda n: st.sampled_from((n, format(n, "f"))))


@st.composite
def facts(draw: st.DrawFn, data: dict[str, Any], *, full: bool = False, attested: bool = True) -> dict[str, Any]:
    """Facts of a subject: attributes known or not, values known, unknown, not applicable or absent, attestations."""
    kinds = ("value",) if full else ("value",) * 4 + ("absent", "unknown", "not_applicable")
    values: dict[str, Any] = {}
    for indicator in all_indicators(data):
        kind = draw(st.sampled_from(kinds))
        if kind == "value":
            values[indicator["indicator"]] = draw(values_for(indicator))
        elif kind == "unknown":
            values[indicator["indicator"]] = ntm.Unknown("chưa khảo sát")
        elif kind == "not_applicable":
            values[indicator["indicator"]] = ntm.NotApplicable("không có ở xã")
    attributes: dict[str, Any] = {}
    for name, domain in DOMAINS.items():
        chosen = draw(st.sampled_from(domain if full else (*domain, *domain, None, ntm.Unknown("chưa rõ"))))
        if chosen is not None:
            attributes[name] = chosen
    numbers = [criterion["criterion"] for criterion in data["criteria"]] + [item["indicator"] for item in all_indicators(data)]
    stated = draw(st.dictionaries(st.sampled_from(numbers), st.booleans(), max_size=3)) if attested else {}
    return {"attributes": attributes, "values": values, "attested": stated}


def subject_of(given: dict[str, Any], **more: Any) -> ntm.Subject:
    """The subject with these facts."""
    return ntm.Subject(**{"id": "23311", "kind": "commune", **given, **more})


@dataclass(frozen=True)
class Case:
    """A ruleset as plain data and as read, with the facts of one subject."""

    data: dict[str, Any]
    rules: ntm.RuleSet
    facts: dict[str, Any]

    @property
    def subject(self) -> ntm.Subject:
        """The subject of the facts."""
        return subject_of(self.facts)

    def decide(self, **evaluating: Any) -> ntm.Decision:
        """The decision."""
        return self.rules.evaluate(self.subject, **evaluating)


@st.composite
def cases(draw: st.DrawFn, *, full: bool = False, attested: bool = True, **shape: Any) -> Case:
    """A ruleset with a subject."""
    data = draw(documents(**shape))
    return Case(data, read_ruleset(data), draw(facts(data, full=full, attested=attested)))


hostile_text = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ("<script>alert(1)</script>", '"><img src=x onerror=y>', "{0} {code} %s", "a\n# b\n- c", "[x](javascript:y)", "&amp;", "\u202egnp")
    ),
).map(nfc)


# --- score sheets -------------------------------------------------------------------------------------------------


@st.composite
def score_criteria(draw: st.DrawFn, number: str, marked: bool = True) -> dict[str, Any]:
    """A scored criterion: levels, and star marks beside some of them."""
    levels = sorted(draw(st.sets(st.integers(0, 8), min_size=1, max_size=4)) | {draw(st.integers(1, 8))})
    marks: dict[str, Any] = {}
    for star in ("3", "4", "5"):
        kind = draw(st.sampled_from(("none",) * 4 + ("level",) * 3 + ("unsaid",))) if marked else "none"
        if kind != "none":
            marks[star] = str(draw(st.sampled_from(levels))) if kind == "level" else {"missing": words("không rõ mức")}
    return {
        "criterion": number,
        "title": words(f"Tiêu chí {number}"),
        "points": str(levels[-1]),
        "marks": marks,
        "options": [{"points": str(points), "vi": f"mức {points}", "en": f"level {points}"} for points in levels],
    }


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Any]:
    """A score sheet as plain data: two parts, headings, sometimes a choice of cases."""
    parts = []
    for i, part in enumerate("AB"):
        criteria: list[dict[str, Any]] = []
        for j in range(1, draw(st.integers(1, 2)) + 1):
            number = str(2 * i + j)
            if draw(st.booleans()):
                criteria.append(draw(score_criteria(number)))
                continue
            below = [draw(score_criteria(f"{number}.{k}")) for k in range(1, draw(st.integers(1, 2)) + 1)]
            one_case = draw(_seldom)
            points = [int(item["points"]) for item in below]
            heading = {"criterion": number, "title": words("Nhóm"), "of": below, "points": str(max(points) if one_case else sum(points))}
            criteria.append({**heading, "one_case": "true"} if one_case else heading)
        parts.append({"part": part, "points": str(sum(int(given["points"]) for given in criteria)), "criteria": criteria})
    source = {"level": "recalled", "at": "phiếu"}
    return {"sheet": "1", "title": words("Bộ thử"), "source": source, "excluded_if": ["forged"], "parts": parts}


READINGS = {"marks": ("cumulative", "own_star"), "marks_tested_on": ("mean", "each_member"), "no_level": ("refused", "zero")}


@st.composite
def score_documents(draw: st.DrawFn, sheet: dict[str, Any]) -> dict[str, Any]:
    """An edition that scores, with bands that the sheet can reach."""
    most = sum(int(part["points"]) for part in sheet["parts"])
    starts = sorted(draw(st.lists(st.integers(1, max(most, 4)), min_size=4, max_size=4)), reverse=True)
    stars = [{"stars": str(5 - i), "from": str(start)} for i, start in enumerate(starts)] + [{"stars": "1", "from": "0"}]
    for star, authority in zip(stars, ("centre", "province", "district"), strict=False):
        star["granted_by"] = authority
    return {
        "ruleset": "score/2024",
        "version": "1.0.0",
        "title": words("Bộ chấm điểm"),
        "subject": "product",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "score": {
            "parts": {part["part"]: {"title": words(part["part"]), "points": part["points"]} for part in sheet["parts"]},
            "stars": stars,
            "certified_from": "3",
            "potential_from": str(starts[0]),
            "readings": {key: draw(st.sampled_from(values)) for key, values in READINGS.items()},
            "exclusions": {"forged": {"title": words("Hồ sơ giả")}},
            "source": {"level": "recalled"},
        },
    }


def read_scored(document: dict[str, Any], sheet: dict[str, Any]) -> ntm.RuleSet:
    """The edition with its one sheet, by way of YAML text and every check of the loader."""
    with tempfile.TemporaryDirectory(prefix="ntm-rules-tests-") as name:
        files = {"national__score__2024__ruleset": document, "national__score__2024__sheets__01": sheet}
        catalogue = write_catalogue(Path(name), **{path: json.dumps(data, ensure_ascii=False) for path, data in files.items()})
        rules = ntm.load("score/2024", catalogue=catalogue)
        rules.scores.sheet(1)
    return rules


def scored_items(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """The criteria of a sheet that are scored, in order."""
    below = [given for part in sheet["parts"] for given in part["criteria"]]
    return [item for given in below for item in given.get("of", [given])]


@dataclass(frozen=True)
class ScoreCase:
    """A sheet and its edition as plain data and as read, with the points of one product."""

    sheet: dict[str, Any]
    document: dict[str, Any]
    rules: ntm.RuleSet
    values: dict[str, Any]

    def decide(self, values: dict[str, Any] | None = None, **attributes: Any) -> ntm.Decision:
        """The decision."""
        given = self.values if values is None else values
        return self.rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1, **attributes}, values=given))


@st.composite
def score_cases(draw: st.DrawFn, *, full: bool = False) -> ScoreCase:
    """A sheet with the points of a product: one assessor's or several members', some not scored."""
    sheet = draw(sheets())
    document = draw(score_documents(sheet))
    rules = read_scored(document, sheet)
    zero = document["score"]["readings"]["no_level"] == "zero"
    members = draw(st.sampled_from((0, 0, 2, 3)))
    beside = {
        item["criterion"]
        for part in sheet["parts"]
        for given in part["criteria"]
        if "one_case" in given
        for item in draw(st.permutations(given["of"]))[1:]
    }
    values: dict[str, Any] = {}
    for item in scored_items(sheet):
        if item["criterion"] in beside or (not full and draw(_seldom)):
            continue
        level = st.sampled_from([int(option["points"]) for option in item["options"]] + ([0] if zero else []))
        one = level if full else st.one_of(level, level, st.none())
        values[item["criterion"]] = draw(st.lists(one, min_size=members, max_size=members) if members else level)
    return ScoreCase(sheet, document, rules, values)
