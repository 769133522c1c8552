"""Measure the engines side by side in one run: every sample stands between two samples of the reference, so the ratio survives noise.

``python bench/run.py [rounds]`` prints a table in Markdown. Ratios are the result; rates are those of the machine at hand.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from engines import Engine, all_engines
from load import layers
from workload import as_given, communes, ruleset

import ntm_rules as ntm
from ntm_rules.cli.pipe import answer
from ntm_rules.decide.ruleset import RuleSet

BUDGETS = {
    "ntm_rules, verdict, exact decimals": 2,
    "ntm_rules, decision with full tree": 3,
    "ntm_rules, pydantic-validated record in, full tree out": 8,
    "ntm_rules, full tree out and every node read": 17,
}


def sample(engine: Engine, prepared: Sequence[Any]) -> float:
    """Seconds a commune."""
    decide = engine.decide
    start = time.perf_counter()
    for commune in prepared:
        decide(commune)
    return (time.perf_counter() - start) / len(prepared)


def engines(rounds: int) -> None:
    """The table of engines."""
    data = communes(3000)
    table = all_engines()
    reference = table[0]
    right = [reference.level(reference.decide(commune)) for commune in data]
    print("| engine | times the plain loop | µs a commune | levels right | budget |\n|---|--:|--:|--:|---|")
    micros: dict[str, float] = {}
    for engine in table:
        prepared = [engine.prepare(commune) for commune in data[: engine.sample]]
        levels = [engine.level(engine.decide(commune)) for commune in prepared]
        agreeing = sum(a == b for a, b in zip(levels, right, strict=False))
        ratios, times = [], []
        for _ in range(rounds):
            before = sample(reference, data[:1000])
            times.append(sample(engine, prepared))
            after = sample(reference, data[:1000])
            ratios.append(times[-1] / ((before + after) / 2))
        ratio = statistics.median(ratios)
        micros[engine.name] = statistics.median(times) * 1e6
        budget = BUDGETS.get(engine.name)
        verdict = "" if budget is None else f"≤ {budget}: {'held' if ratio <= budget else 'MISSED'}"
        print(f"| {engine.name} | {ratio:.2f} | {micros[engine.name]:.1f} | {agreeing}/{len(prepared)} | {verdict} |")
    zen = micros.get("zen-engine, decision table, no explanation")
    if zen:
        times_as_fast = zen / micros["ntm_rules, decision with full tree"]
        print(f"\nA decision with its full tree is {times_as_fast:.1f} times as fast as ZEN's table without explanation (budget: 10).")


def imports() -> None:
    """What importing costs beside pydantic alone, each in a fresh process."""

    def cost(code: str) -> float:
        runs = []
        for _ in range(9):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            runs.append(time.perf_counter() - start)
        return statistics.median(runs) * 1000

    pydantic = cost("import pydantic; pydantic.BaseModel")
    library = cost("import pydantic; pydantic.BaseModel; import ntm_rules")
    whole = cost("import pydantic; pydantic.BaseModel; import ntm_rules; ntm_rules.load")
    model = cost("from typing import Annotated\nfrom pydantic import *\nclass M(BaseModel): a: Annotated[str, BeforeValidator(str)]")
    print(f"\nImport: {library - pydantic:.0f} ms over pydantic's {pydantic:.0f} ms (budget: 40); ", end="")
    print(f"{whole - pydantic:.0f} ms once a name of it is used (names are imported on first use), ", end="")
    print(f"{whole - model:.0f} ms over pydantic with one annotated model made.")


def loading() -> None:
    """One set from YAML in a fresh process, and from its canonical JSON."""
    code = (
        "import time, ntm_rules as ntm\nfrom datetime import date\nntm.load\nstart = time.perf_counter()\n"
        "rules = ntm.load('commune-ntm/2021-2025', on=date(2024, 6, 30))\nprint((time.perf_counter() - start) * 1000)"
    )
    cold = statistics.median(
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout) for _ in range(7)
    )
    text = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30)).to_json()
    times = []
    for _ in range(9):
        start = time.perf_counter()
        RuleSet.from_json(text)
        times.append((time.perf_counter() - start) * 1000)
    print(f"Loading commune-ntm/2021-2025: {cold:.0f} ms cold from YAML with QĐ 211 applied (budget: 80), ", end="")
    print(f"{statistics.median(times):.1f} ms from canonical JSON (budget: 10).")


def scores() -> None:
    """An OCOP decision beside a commune's, both with their full tree; one product set from YAML in a fresh process; the listing."""
    sheet = ntm.load("ocop/2026")
    product = ntm.Subject(id="p", kind="product", attributes={"product_set": 7}, values={**sheet.scores.best(7), "4.1": 3})
    rules = ruleset()
    commune = ntm.Subject(**as_given(communes(1)[0]))
    ratios = []
    for _ in range(15):
        before = timeit.timeit(lambda: rules.evaluate(commune), number=2000)
        ocop = timeit.timeit(lambda: sheet.evaluate(product), number=2000)
        after = timeit.timeit(lambda: rules.evaluate(commune), number=2000)
        ratios.append(ocop / ((before + after) / 2))
    print(f"\nAn OCOP decision with its full tree takes {statistics.median(ratios):.2f} of a commune's (budget: 1).")
    code = (
        "import time, ntm_rules as ntm\nntm.load, ntm.Catalogue\nimport ntm_rules.decide.ruleset\nstart = time.perf_counter()\n"
        "ntm.load('ocop/2026').scores.sheet(7)\nhalf = time.perf_counter()\ncatalogue = ntm.Catalogue()\n"
        "list(catalogue.rulesets), list(catalogue.overlays)\nprint((half - start) * 1000, (time.perf_counter() - half) * 1000)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split() for _ in range(7)]
    cold, listing = (statistics.median(float(run[i]) for run in runs) for i in (0, 1))
    print(
        f"Loading one product set of ocop/2026 from YAML, cold: {cold:.0f} ms (budget: 100); listing the catalogue: {listing:.0f} ms (50)."
    )


def _each(things: Iterator[Any], do: Callable[[Any], Any]) -> None:
    do(next(things))


def keeping() -> None:
    """Writing a decision beside writing the same data with the standard library; verifying a stored one beside deciding and writing it."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    numbers = {item.indicator: "90" if item.measure.kind == "number" else True for item in rules.inputs if item.measure.kind != "choice"}
    subject = ntm.Subject(
        id="c", kind="commune", attributes={"region": "tay-nguyen", "year": 2024, "area": "I"}, values={**numbers, "15.3": "9"}
    )
    text = rules.evaluate(subject).to_json()
    stored = ntm.Decision.from_json(text)
    assert stored.verify().reason == "same"
    writing, verifying = [], []
    for _ in range(15):
        loaded = iter([json.loads(text) for _ in range(100)])  # neither side may find its data warm from the time before
        by_json = timeit.timeit(partial(_each, loaded, partial(json.dumps, sort_keys=True)), number=100)
        deciding = timeit.timeit(lambda: rules.evaluate(subject), number=100)
        fresh = iter([rules.evaluate(subject) for _ in range(100)])
        ours = timeit.timeit(partial(_each, fresh, ntm.Decision.to_json), number=100)
        again = timeit.timeit(lambda: stored.verify(), number=100)
        writing.append(ours / by_json)
        verifying.append(again / (deciding + ours))
    wrote, verified = statistics.median(writing), statistics.median(verifying)
    print(f"\nDecision.to_json() takes {wrote:.2f} of json.dumps(…, sort_keys=True) of the same data (budget: 1); ", end="")
    print(f"verify() {verified:.2f} of evaluate and to_json, once its edition is resolved (budget: 2).")


def piped(many: int = 500) -> None:
    """``ntm-rules evaluate -`` beside reading, deciding and writing the same subjects in Python."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
    numbers = {item.indicator: "90" if item.measure.kind == "number" else True for item in rules.inputs if item.measure.kind != "choice"}
    facts = {"id": "c", "kind": "commune", "attributes": {"region": "tay-nguyen", "year": 2024, "area": "I"}, "values": numbers}
    lines = [json.dumps({**facts, "id": f"c{i}"}) for i in range(many)]
    text = "\n".join(lines).encode()

    def in_python() -> None:
        for line in lines:
            rules.evaluate(ntm.Subject.from_json(line)).to_json()

    ratios = []
    for _ in range(7):
        before = timeit.timeit(in_python, number=1)
        through = timeit.timeit(lambda: answer(io.BytesIO(text), io.StringIO(), rules, {}), number=1)
        ratios.append((before + timeit.timeit(in_python, number=1)) / 2 / through)
    print(f"`ntm-rules evaluate -` answers at {statistics.median(ratios):.2f} of the rate of evaluate and to_json in Python (budget: 0.8).")


def memory(many: int = 100_000) -> None:
    """Resident memory while explained decisions stream past."""

    def resident() -> float:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    rules = ruleset()
    records = [as_given(commune) for commune in communes(2000)]
    stream = rules.evaluate_many(ntm.Subject(**records[i % 2000]) for i in range(many))
    marks = []
    for i, _decision in enumerate(stream):
        if i % (many // 5) == many // 10:
            marks.append(resident())
    print(f"Streaming {many:,} explained decisions: resident memory {' → '.join(f'{mark:.0f}' for mark in marks)} MB.")


def main() -> None:
    """Everything, in one run."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(json.dumps({"python": sys.version.split()[0], "rounds": rounds}), "\n")
    engines(rounds)
    imports()
    loading()
    scores()
    keeping()
    piped()
    memory()
    layers(rounds)
    print("\nWatching (`bench/monitor.py`):\n", flush=True)
    subprocess.run([sys.executable, str(Path(__file__).with_name("monitor.py"))], check=True)


if __name__ == "__main__":
    main()
