"""Every conformance case under WebAssembly: run with the library on the path and the folder of the cases at /conformance.

The last expression is what is told; a disagreement fails. Where ``STEP`` was set before, every so many cases of a file are run.
"""

import json
import sys

import ntm_rules as ntm

sys.path.insert(0, "/conformance")
import run

step = globals().get("STEP", 1)
catalogue = ntm.Catalogue("/conformance/rulesets", on_top_of=ntm.Catalogue())
cases, wrong = 0, []
for name, suite in run.suites():
    first = next(case["decision"] for case in suite["cases"] if "decision" in case)
    rules = ntm.RuleSet.of_identity(ntm.Decision.from_json(json.dumps(first)).ruleset, catalogue)
    for case in suite["cases"][::step]:
        try:
            subject = ntm.Subject.from_json(run.line_of(case))
            answer = run.parsed(rules.evaluate(subject, accept=suite["accept"]).to_json())
        except ntm.NtmError as error:
            answer = {"problems": [problem.as_dict() for problem in error.problems]}
        cases += 1
        if told := run.disagreement(case, answer):
            wrong.append(f"{name}: {case['case']}: {told}")
assert not wrong, wrong[:10]
f"{cases} conformance cases, {len(wrong)} disagreements"
