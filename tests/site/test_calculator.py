"""The calculator of a page: what it asks, what it answers, and that nothing typed gets past it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.site.calculator.calculator import call
from ntm_rules.site.library import read_library
from ntm_rules.values import LANGS

SET = "commune-ntm/2021-2025"
LIBRARY = read_library(ntm.Catalogue())
PAGES = [
    (edition.id, number)
    for edition in LIBRARY.editions.values()
    for number in (edition.scored.product_sets if edition.scored else ["", *(one.criterion for one in edition.document.sections)])
    if edition.scored or edition.document.sections
]


def ask(
    given: dict[str, str] | None = None,
    *,
    set_: str = SET,
    number: str = "10",
    lang: str = "vi",
    answer: bool = True,
    today: str = "2024-06-30",
) -> Any:
    """What the script of a page would be told."""
    request = {"set": set_, "number": number, "lang": lang, "given": given or {}, "today": today, "answer": answer}
    return json.loads(call(json.dumps(request)))


class Fields(HTMLParser):
    """The fields of a form with their values, and every label and element."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self._select = ""
        self.feed(form)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or self._select, given.get("value") or ""
        self.tags.append(tag)
        if tag == "select":
            self._select = name
            self.values.setdefault(name, "")
        elif tag == "option" or given.get("type") == "radio":
            self.choices.setdefault(name, []).append(value)
            self.values.setdefault(name, "")
            if "selected" in given or "checked" in given:
                self.values[name] = value
        elif tag == "input":
            self.values[name] = value


def test_the_column_that_a_class_iii_commune_reads_decides() -> None:
    """44.5 million is not enough in Kon Tum in 2024, whose region the province brings along; 45 is."""
    given = {"province": "kon-tum", "a:area": "III", "v:10.1": "44.5"}
    reply = ask(given)
    assert Fields(reply["form"]).values["a:region"] == "tay-nguyen"
    assert "CHƯA ĐẠT" in reply["answer"]
    assert "cột Trung du và miền núi phía Bắc" in reply["answer"]
    assert "còn thiếu 0,5 triệu đồng" in reply["answer"]
    assert "10 Thu nhập: ĐẠT" in ask({**given, "v:10.1": "45"})["answer"]


def test_the_answer_is_the_decision_of_the_library() -> None:
    """The decision kept is the one that the library gives for the same facts, byte for byte."""
    reply = ask(
        {"on": "2024-02-01", "a:region": "tay-nguyen", "a:year": "2023", "a:area": "II", "v:10.1": "47.0", "s:15": "met"}, number=""
    )
    decision = ntm.Decision.from_json(reply["decision"])
    assert decision.verify()
    assert decision.ruleset.on is not None
    assert decision.ruleset.on.isoformat() == "2024-02-01"
    assert decision.subject.attributes["year"] == "2023"
    assert decision["10.1"].required == 47
    assert str(decision["10.1"].observed) == "47.0"
    assert decision["15"].basis == "attested"


def test_the_law_of_another_day_is_another_answer() -> None:
    """Before 2024-03-01 a class II commune of Tây Nguyên read the column of its own region."""
    given = {"a:region": "tay-nguyen", "a:area": "II", "v:10.1": "46"}
    assert "10 Thu nhập: ĐẠT" in ask({**given, "on": "2024-06-30"})["answer"]
    assert "10 Thu nhập: CHƯA ĐẠT" in ask({**given, "on": "2024-02-29"})["answer"]


def test_nothing_typed_is_not_known_and_never_no() -> None:
    """An empty form is undetermined; an attestation settles what has no value; «does not apply» needs a place that allows it."""
    assert "CHƯA XÁC ĐỊNH" in ask()["answer"]
    assert "10 Thu nhập: ĐẠT" in ask({"s:10.1": "met"})["answer"]
    assert "10 Thu nhập: CHƯA ĐẠT" in ask({"s:10.1": "not_met"})["answer"]
    assert "na" not in Fields(ask()["form"]).choices["s:10.1"]
    crafts = ask({"s:13.4": "na"}, number="13")
    assert Fields(crafts["form"]).values["s:13.4"] == "na"
    assert ntm.Decision.from_json(crafts["decision"])["13.4"].outcome == "not_applicable"


def test_nothing_is_answered_before_it_is_asked() -> None:
    """Opening the calculator only asks; its day is today, kept within the days of the set."""
    reply = ask(answer=False)
    assert (reply["verdict"], reply["answer"], reply["decision"]) == ("", "", None)
    assert Fields(reply["form"]).values["on"] == "2024-06-30"
    assert Fields(ask(set_="commune-ntm/2016-2020", answer=False)["form"]).values["on"] == "2022-03-07"
    assert Fields(ask(set_="commune/2026-2030", number="1", answer=False)["form"]).values["on"] == "2026-02-15"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"v:10.1": "44,500"}, "NTM-403"),
        ({"v:10.1": "1.234,5"}, "NTM-403"),
        ({"v:10.1": "44,5x"}, "NTM-403"),
        ({"v:10.1": "-1"}, "NTM-404"),
        ({"a:year": "năm nay"}, "NTM-406"),
        ({"on": "2010-01-01"}, "NTM-307"),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_what_cannot_be_taken_is_told_and_what_was_typed_stays(given: dict[str, str], code: str, lang: str) -> None:
    """The problem with a link to its page, no decision, and the form as it was."""
    reply = ask(given, lang=lang)
    assert f'href="../../../../{"errors" if lang == "en" else "loi"}/{code}/"' in reply["answer"]
    assert reply["decision"] is None
    assert reply["verdict"] == ("Cannot be decided yet" if lang == "en" else "Chưa tính được")
    assert reply["wrong"] == list(given)
    assert all(code in reply["beside"][name] for name in given)
    fields = Fields(reply["form"])
    assert {name: fields.values[name] for name in given} == given


@pytest.mark.parametrize(("value", "attested", "outcome"), [("30", "met", "not_met"), ("99", "not_met", "met")])
def test_a_measured_value_decides_beside_an_attestation_and_the_conflict_is_told(value: str, attested: str, outcome: str) -> None:
    """Both are passed on, as the library is given them; the page says in a sentence that they contradict each other."""
    reply = ask({"province": "kon-tum", "a:area": "III", "v:10.1": value, "s:10.1": attested})
    decision = ntm.Decision.from_json(reply["decision"])
    assert decision["10.1"].outcome == outcome
    assert (decision["10.1"].basis, decision.subject.attested["10.1"]) == ("measured", attested == "met")
    assert "Mâu thuẫn giữa xác nhận và số đo (số đo quyết định)" in reply["answer"]


@pytest.mark.parametrize(("typed", "exact", "told"), [("44,5", "44.5", "44,5"), ("44.5", "44.5", "44,5"), ("0,625", "0.625", "0,625")])
def test_calculator_comma_that_can_only_be_a_decimal_one_is_read_and_repeated_back(typed: str, exact: str, told: str) -> None:
    """As every Vietnamese keyboard writes it; so is a point, which a Vietnamese reader may take for thousands."""
    reply = ask({"v:10.1": typed})
    decision = ntm.Decision.from_json(reply["decision"])
    assert str(decision["10.1"].observed) == exact
    assert reply["wrong"] == []
    assert Fields(reply["form"]).values["v:10.1"] == typed
    assert f"hiểu là {told} triệu đồng/người/năm" in reply["beside"]["v:10.1"]


@pytest.mark.parametrize(
    ("typed", "offered"), [("43,250", {"43.25", "43250"}), ("1.234,5", {"1234.5"}), ("1,234.5", {"1234.5"}), ("1,234,567", {"1234567"})]
)
def test_a_comma_that_may_mean_thousands_is_asked_about(typed: str, offered: set[str]) -> None:
    """Every reading is offered as a button, and each is then taken as it stands."""
    reply = ask({"v:10.1": typed})
    assert reply["decision"] is None
    offers = set(re.findall(r'data-field="v:10.1" data-value="([^"]+)"', reply["beside"]["v:10.1"]))
    assert offers == offered
    assert all(ask({"v:10.1": offer})["decision"] for offer in offers)


def test_a_share_below_one_is_asked_about_where_it_would_matter() -> None:
    """0.75 of roads irrigated: 75 % may be enough where 0.75 % is not; either answer is then taken as it stands."""
    reply = ask({"v:3.1": "0,85"}, number="3")
    assert reply["wrong"] == ["v:3.1"]
    assert re.findall(r'data-value="([^"]+)"', reply["beside"]["v:3.1"]) == ["85", "0.85%"]
    assert str(ntm.Decision.from_json(ask({"v:3.1": "0.85%"}, number="3")["decision"])["3.1"].observed) == "0.85"
    assert ask({"v:3.1": "0,5"}, number="3")["wrong"] == []  # neither 0.5 % nor 50 % is enough


def test_a_value_beside_does_not_apply_is_asked_about() -> None:
    """Neither is dropped in silence."""
    reply = ask({"v:13.4": "true", "s:13.4": "na"}, number="13")
    assert (reply["decision"], reply["wrong"]) == (None, ["s:13.4"])
    assert re.findall(r'data-field="([^"]+)" data-value=""', reply["beside"]["s:13.4"]) == ["s:13.4", "v:13.4"]


def test_a_province_brings_its_region_and_takes_it_away() -> None:
    """Every province of the day can be chosen; the region beside it is no choice and is not sent back; one that ended is told."""
    form = ask({"province": "lam-dong"}, answer=False)["form"]
    assert Fields(form).choices["a:region"] == ["tay-nguyen"]
    assert 'name="a:region" id="f-a-region" disabled' in form
    assert len(Fields(form).choices["province"]) == 64
    later = ask({"on": "2025-09-01", "province": "kon-tum"})
    assert "Quảng Ngãi" in later["beside"]["province"]
    assert len(Fields(later["form"]).choices["province"]) == 1 + 34 + 1


def test_a_day_out_of_force_names_the_set_of_that_day() -> None:
    """With a link, so that nobody has to know the periods."""
    reply = ask({"on": "2019-05-01"})
    assert 'href="../../2016-2020/"' in reply["beside"]["on"]


def test_the_whole_set_shows_every_criterion_what_was_typed_and_what_would_mend_it() -> None:
    """Criteria with links and how they were decided; the least to mend; the inputs with the version of the rules, for paper."""
    answer = ask({"province": "kon-tum", "a:area": "III", "v:10.1": "44,5", "s:15": "met"}, number="")["answer"]
    assert 'href="10/"' in answer
    assert "đạt, theo xác nhận" in answer
    assert "còn thiếu 0,5 triệu đồng" in answer.partition("Ít nhất phải đạt thêm")[2]
    assert "<dd>44,5</dd>" in answer
    assert f"bản {ntm.load(SET).version}" in answer


def test_what_is_typed_is_text_and_nothing_else() -> None:
    """Markup that somebody types, or was given in a file, comes back as text."""
    hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
    reply = ask({"v:10.1": hostile, "a:year": hostile, "a:region": hostile, "s:10.1": hostile, "v:99": hostile})
    for part in (reply["form"], reply["answer"]):
        assert not {"img", "script"} & set(Fields(part).tags)
    assert Fields(reply["form"]).values["v:10.1"] == hostile


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "number"), PAGES)
def test_every_set_criterion_and_sheet_can_be_asked(name: str, number: str, lang: str) -> None:
    """Each page has a field for every value it is about, and an empty form is answered, in its language, with a decision that verifies."""
    reply = ask(set_=name, number=number, lang=lang, today="2030-12-31")  # the last text of each set
    assert reply["decision"] is not None, reply["answer"]
    decision = ntm.Decision.from_json(reply["decision"])
    fields = Fields(reply["form"]).values
    edition = LIBRARY.editions[name]
    if edition.scored:
        wanted = {node.id for node in decision.indicators}
        assert {field[2:] for field in fields if field.startswith("v:")} == wanted
    else:
        for section in edition.document.sections if not number else [edition.section(number)]:
            assert section is not None
            asked = [f"s:{one.indicator}" for one in section.indicators] or [f"s:{section.criterion}"]
            assert set(asked) <= set(fields)
    assert f'lang="{lang}"' in reply["answer"]


def test_best_points_on_a_sheet_are_five_stars() -> None:
    """The levels chosen are scored; a heading of which one case counts says so."""
    best = ntm.load("ocop/2026").scores.best("1")
    reply = ask({f"v:{number}": points for number, points in best.items()}, set_="ocop/2026", number="1")
    assert reply["verdict"].endswith("5 SAO. Tổng 100 điểm (A 40, B 25, C 35).")
    assert {name[2:]: value for name, value in Fields(reply["form"]).values.items() if name.startswith("v:") and value} == best


def test_it_needs_the_core_and_nothing_else() -> None:
    """It runs where only pydantic and the YAML reader are: no dataframes, no command line, no MkDocs."""
    code = "import sys; import ntm_rules.site.calculator as c; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert not set(done.stdout.split()) & {"typer", "rich", "polars", "narwhals", "openpyxl", "mkdocs", "durable", "jinja2"}


@pytest.mark.parametrize(("typed", "chosen", "outcome"), [("đạt", "", "met"), ("chưa đạt", "not_met", "not_met"), ("đạt", "not_met", None)])
def test_a_verdict_typed_for_a_number_is_an_attestation(typed: str, chosen: str, outcome: str | None) -> None:
    """It is repeated back; two attestations that say the opposite decide nothing."""
    reply = ask({"a:region": "tay-nguyen", "a:year": "2024", "v:10.1": typed, "s:10.1": chosen})
    if outcome is None:
        assert reply["decision"] is None
        assert "NTM-502" in reply["answer"]
    else:
        assert ntm.Decision.from_json(reply["decision"])["10.1"].outcome.value == outcome
        assert "hiểu là được xác nhận" in reply["beside"]["v:10.1"]


def test_does_not_apply_typed_for_a_number_never_meets_it_without_leave() -> None:
    """The words count as the choice beside the field does, and are repeated back."""
    reply = ask({"v:10.1": "không áp dụng"})
    assert ntm.Decision.from_json(reply["decision"])["10.1"].outcome.value == "undetermined"
    assert "hiểu là không áp dụng" in reply["beside"]["v:10.1"]
