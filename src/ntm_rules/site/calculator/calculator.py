"""The calculator of a page: it asks for what is known, and answers with this very library, in the browser of whoever reads.

It runs under Pyodide, so it imports the core and how pages are written, nothing else. What is typed stays in the browser. A page has a
place for it (:func:`place`); the script ``assets/calculator.js`` fills that place once somebody asks for it, through :func:`call`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError
from ntm_rules.site.address import of_criterion, of_error, of_set, relative
from ntm_rules.site.calculator.form import Asked, attributes_asked, day_of, form
from ntm_rules.site.page import Page, items, tag, text
from ntm_rules.site.parts.places import PROVINCES
from ntm_rules.values import NotApplicable

_MOST_NEEDS = 8


def place(page: Page, ruleset: str, number: str = "") -> None:
    """The place of the calculator on a page: hidden until the script finds that it can run."""
    page.calculator = True
    title = tag("h2", page.say("Tính thử", "Try it"), id="tinh-thu" if page.lang == "vi" else "try-it")
    about = page.say(
        "Nhập số liệu, xem kết quả và lý do theo chính bộ quy tắc này. Chạy ngay trong trình duyệt: số liệu không gửi đi đâu.",
        "Enter what is known and see the outcome with its reasons, by these very rules. It runs in your browser: nothing is sent anywhere.",
    )
    button = tag("button", page.say("Mở công cụ tính", "Open the calculator"), type="button", class_="md-button")
    size = tag("small", page.say("tải khoảng 17 MB, chỉ lần đầu", "about 17 MB to load, the first time only"))
    inside = title + tag("p", text(about)) + tag("p", f"{button} {size}", class_="open") + tag("div", "", class_="inside")
    page.html(
        tag(
            "section", inside, class_="calculator", data_set=ruleset, data_number=number, hidden="", data_search_exclude="", id="calculator"
        )
    )


def call(request: str) -> str:
    """What the script asks, as JSON text, and what it shows.

    The request has ``set``, ``number``, ``lang``, ``given``, ``today`` and ``answer`` (whether to decide). The reply has ``form`` and
    ``answer``, both HTML in which everything typed is escaped, ``verdict`` as text, and ``decision``: the decision as canonical JSON, or
    nothing. A province on record brings its region along.
    """
    wanted = json.loads(request)
    given = dict(wanted["given"])
    if (known := PROVINCES.get(given.get("province", ""))) and not given.get("a:region"):
        given["a:region"] = known.region
    asked = Asked(wanted["set"], wanted["number"], wanted["lang"], given, date.fromisoformat(wanted["today"]))
    rules: RuleSet | None = None
    decision: Decision | None = None
    verdict = answer = ""
    try:
        rules = rules_of(asked)
        if wanted["answer"]:
            decision = decide(asked, rules)
            verdict, answer = _verdict(asked, decision), shown(asked, decision)
    except NtmError as error:
        verdict = asked.say("Chưa tính được", "Cannot be decided yet")
        answer = tag("h3", verdict) + _problems(asked, error)
    fields = form(asked, rules or rules_of(asked._replace(given={})))
    kept = decision.to_json() if decision else None
    return json.dumps({"form": fields, "verdict": verdict, "answer": answer, "decision": kept}, ensure_ascii=False)


def rules_of(asked: Asked) -> RuleSet:
    """The set as of the day and the province that were typed.

    Raises:
        NotInForce: the set is not in force on that day.
        NotFound: no such set.
        RulesetError: a file of the catalogue is wrong.
    """
    return load(asked.ruleset, on=day_of(asked), province=asked.of("province") or None)


def decide(asked: Asked, rules: RuleSet) -> Decision:
    """The decision on what was typed. An empty field is not known; it is never zero and never «no».

    Raises:
        SubjectError: something typed cannot be taken; all of it together.
    """
    return rules.evaluate(
        Subject(
            id=asked.say("tính thử", "on trial"),
            kind=rules.kind,
            attributes=dict(_given_attributes(asked, rules)),
            values=dict(_given_values(asked, rules)),
            attested={name[2:]: value == "met" for name, value in asked.given.items() if name[:2] == "s:" and value in ("met", "not_met")},
        )
    )


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


def _given_values(asked: Asked, rules: RuleSet) -> Iterator[tuple[str, Any]]:
    kinds = {} if rules.sheets is not None else {one.indicator: one.measure.kind for one in rules.inputs}
    for name in asked.given:
        number, given = name[2:], asked.of(name)
        if name.startswith("v:") and given and not asked.of(f"s:{number}"):
            yield number, given == "true" if kinds.get(number) == "yes_no" else given
        elif name.startswith("s:") and given == "na":
            reason = asked.say("người nhập cho là không áp dụng", "entered as not applying")
            yield number, NotApplicable(reason)


def _verdict(asked: Asked, decision: Decision) -> str:
    """The outcome in a line; of a product, with its points."""
    lines = decision.explain(asked.lang, of=None if decision.score else asked.number or None).splitlines()
    return f"{lines[0]}. {lines[2]}" if decision.score else lines[0]


def shown(asked: Asked, decision: Decision) -> str:
    """A decision for the page: its reasons, and what would settle it."""
    if asked.number:  # a sheet is the whole of what is asked
        return decision.explain(asked.lang, "html", of=None if decision.score else asked.number)
    words = decision.explain(asked.lang, "html")
    if needs := decision.needed()[:_MOST_NEEDS]:
        words += tag("h3", asked.say("Cần biết trước hết", "To be known first"))
        words += items(
            text(f"{need.id} {need.title.say(asked.lang)}" if need.kind != "attribute" else need.title.say(asked.lang)) for need in needs
        )
    return words


def _problems(asked: Asked, error: NtmError) -> str:
    """What cannot be taken, each with the page that explains it."""
    here = of_criterion(asked.lang, asked.ruleset, asked.number) if asked.number else of_set(asked.lang, asked.ruleset)
    lines = []
    for problem in error.problems:
        link = tag("a", problem.code, href=relative(of_error(asked.lang, problem.code), here))
        where = str(problem.place)
        said = f"{problem.what(asked.lang)} {problem.why(asked.lang)} {problem.mend(asked.lang)}"
        lines.append(f"{link} {text(f'{where}: {said}' if where else said)}")
    return items(lines, class_="problems")
