"""A nightly run: ``python night.py TABLES RESULTS --day 2024-06-30 [--processes 4]``.

Every CSV file of a folder is judged, each in a process of its own. A row that cannot be read is named in the results and stops nothing; a
table that cannot be read stops no other. Run again, it writes the same bytes. Exit code: 0 all done, 1 problems, 2 nothing to do.
"""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import lru_cache
from pathlib import Path

import ntm_rules as ntm
from ntm_rules.tables import read_table


@lru_cache
def rules_of(day: date, province: str | None) -> ntm.RuleSet:
    """Loaded once a process."""
    return ntm.applicable("commune-ntm", on=day, province=province)


def judged(table: Path, results: Path, day: date, province: str | None) -> dict[str, int]:
    """Decide one table into one file, a decision or a refusal a line; the file is put in place when it is whole."""
    figures = {"met": 0, "not_met": 0, "undetermined": 0, "refused": 0}
    scratch = results.with_suffix(".part")
    with scratch.open("w", encoding="utf-8", newline="\n") as out:
        try:
            rules = rules_of(day, province)
            rows = read_table(table, rules).rows
        except ntm.NtmError as error:
            rows = ()
            figures["refused"] += 1
            out.write(json.dumps({"problems": [problem.as_dict() for problem in error.problems]}, ensure_ascii=False) + "\n")
        for row in rows:
            if row.subject is None:
                figures["refused"] += 1
                out.write(json.dumps({"problems": [problem.as_dict() for problem in row.problems]}, ensure_ascii=False) + "\n")
                continue
            decision = rules.evaluate(row.subject)
            figures[decision.outcome.value] += 1
            out.write(decision.to_json().rstrip("\n") + "\n")
    scratch.replace(results)
    return figures


def main(arguments: list[str]) -> int:
    """Share the tables out among the processes and print a line for each, in order of name."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("tables", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--day", type=date.fromisoformat, required=True)
    parser.add_argument("--province")
    parser.add_argument("--processes", type=int)
    asked = parser.parse_args(arguments)
    tables = sorted(asked.tables.glob("*.csv"))
    asked.results.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(asked.processes) as processes:
        found = [
            (table.name, processes.submit(judged, table, asked.results / f"{table.stem}.jsonl", asked.day, asked.province))
            for table in tables
        ]
        for name, job in found:
            print(f"{name}: " + ", ".join(f"{count} {what}" for what, count in job.result().items()))
    return 2 if not tables else int(any(job.result()["refused"] for _, job in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
