"""The calculator of a page: it asks for what is known, and answers with this very library, in the browser of whoever reads.

It runs under Pyodide, so it imports the core and how pages are written, nothing else. What is typed stays in the browser. A page has a
place for it (:func:`place`); the script ``assets/calculator.js`` fills that place once somebody asks for it, through :func:`call`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError
from ntm_rules.site.address import address
from ntm_rules.site.calculator import beside
from ntm_rules.site.calculator.answer import shown, verdict
from ntm_rules.site.calculator.entered import Remark, doubtful_shares, read
from ntm_rules.site.calculator.form import Asked, attributes_asked, day_of, form, province_of
from ntm_rules.site.page import Page, tag, text


def place(page: Page, ruleset: str, number: str = "") -> None:
    """The place of the calculator on a page: hidden until the script finds that it can run."""
    page.calculator = True
    title = tag("h2", page.say("Tính thử", "Try it"), id=page.say("tinh-thu", "try-it"))
    about = page.say(
        "Nhập số liệu, xem kết quả và lý do theo chính bộ quy tắc này. Chạy ngay trong trình duyệt: số liệu không gửi đi đâu, "
        "và còn đó khi tải lại trang.",
        "Enter what is known and see the outcome with its reasons, by these very rules. It runs in your browser: nothing is sent anywhere, "
        "and a reload keeps it.",
    )
    button = tag("button", page.say("Mở công cụ tính", "Open the calculator"), type="button", class_="md-button")
    size = tag("small", page.say("tải khoảng 16 MB, chỉ lần đầu", "about 16 MB to load, the first time only"))
    whole = page.link(address(page.lang, "table"), page.say("Có cả bảng số liệu? Xét cả bảng", "A whole table? Decide it at once"))
    inside = title + tag("p", f"{text(about)} {whole}.") + tag("p", f"{button} {size}", class_="open") + tag("div", "", class_="inside")
    page.html(
        tag(
            "section", inside, class_="calculator", data_set=ruleset, data_number=number, hidden="", data_search_exclude="", id="calculator"
        )
    )


def call(request: str) -> str:
    """What the script asks, as JSON text, and what it shows.

    The request has ``set``, ``number``, ``lang``, ``given``, ``today`` and ``answer`` (whether to decide). The reply has ``form`` and
    ``answer``, both HTML in which everything typed is escaped; ``beside``, HTML to stand beside a field, by its name, and ``wrong``, the
    fields to mend; ``verdict`` as text; ``decision``: the decision as canonical JSON, or nothing. A province brings its region along.
    """
    wanted = json.loads(request)
    asked = Asked(wanted["set"], wanted["number"], wanted["lang"], dict(wanted["given"]), date.fromisoformat(wanted["today"]))
    unit = province_of(asked)
    if unit is not None and unit.region:
        asked.given["a:region"] = unit.region
    rules: RuleSet | None = None
    decision: Decision | None = None
    said = answer = ""
    remarks: list[Remark] = []
    try:
        rules = rules_of(asked)
        if wanted["answer"]:
            remarks = list(beside.told(asked))
            decision, found = decide(asked, rules)
            remarks += found
    except NtmError as error:
        remarks = beside.problems(error)
    if decision is not None:
        said, answer = verdict(asked, decision), shown(asked, rules or rules_of(asked), decision)
    elif any(one.wrong for one in remarks):
        said = asked.say("Chưa tính được", "Cannot be decided yet")
        answer = tag("h3", said) + beside.listed(asked, remarks)
    fields = form(asked, rules or rules_of(asked._replace(given={})))
    reply = {"form": fields, "verdict": said, "answer": answer, "decision": decision.to_json() if decision else None}
    return json.dumps({**reply, **beside.by_field(asked, remarks)}, ensure_ascii=False)


def rules_of(asked: Asked) -> RuleSet:
    """The set as of the day and the province that were typed.

    Raises:
        NotInForce: the set is not in force on that day.
        NotFound: no such set.
        RulesetError: a file of the catalogue is wrong.
    """
    return load(asked.ruleset, on=day_of(asked), province=asked.of("province") or None)


def decide(asked: Asked, rules: RuleSet) -> tuple[Decision | None, list[Remark]]:
    """The decision on what was typed, unless something has to be mended first, and what is said beside the fields.

    An empty field is not known; it is never zero and never «no».

    Raises:
        SubjectError: something typed cannot be taken; all of it together.
    """
    typed = read(asked, rules)
    attributes = dict(_given_attributes(asked, rules))

    def judged(values: Mapping[str, Any]) -> Decision:
        who = asked.say("tính thử", "trial run")
        return rules.evaluate(Subject(id=who, kind=rules.kind, attributes=attributes, values=values, attested=typed.attested))

    remarks = typed.remarks
    if typed.wrong:
        return None, remarks
    decision = judged(typed.values)  # refuses what cannot be read before shares are doubted
    remarks += doubtful_shares(asked, rules, typed, judged)
    return (None if typed.wrong else decision), remarks


def _given_attributes(asked: Asked, rules: RuleSet) -> Iterator[tuple[str, Any]]:
    if rules.sheets is not None:
        yield "product_set", asked.number
    if asked.of("province"):
        yield "province", asked.of("province")
    if "year" in rules.attributes:
        yield "year", str(day_of(asked).year)
    for name in attributes_asked(asked, rules):
        if given := asked.of(f"a:{name}"):
            yield name, given == "true" if rules.declared[name].yes_no else given
