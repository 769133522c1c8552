"""What pyright says of the library, and of a stranger's client of it: ``python tests/package/by_pyright.py FOLDER``, where FOLDER has it.

The modules are without an error, the type of every name is known, and each of the mistakes is complained of, all but those that mypy leaves
to a clear error when they run (``test_mistakes.py``).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
CLIENT = Path(__file__).with_name("mistakes.py")
WHEN_RUN = {5}  # a word that is counted


def pyright(where: Path, *arguments: str) -> dict[str, Any]:
    """What it answers. The package is taken from its sources: pyright looks for no types behind an editable install."""
    command = ["node", str(where / "node_modules" / "pyright" / "index.js"), "--outputjson", "--pythonpath", sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=TOP, env={**os.environ, "PYTHONPATH": str(TOP / "src")}, capture_output=True, encoding="utf-8", check=False
    )
    if not done.stdout:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def told(answer: dict[str, Any], client: str) -> tuple[list[str], set[int]]:
    """The complaints about what is right, a line each, and the numbers of the mistakes that were seen."""
    numbers = {line: int(found[1]) for line, text in enumerate(client.splitlines()) if (found := re.search(r"  # (\d+)$", text))}
    wrong, seen = [], set()
    for one in answer["generalDiagnostics"]:
        path, line = Path(one["file"]), one["range"]["start"]["line"]
        if path.name == CLIENT.name and line in numbers and one["severity"] == "error":
            if one.get("rule") != "reportUnusedExpression":  # says of a line that it does nothing, not what is wrong in it
                seen.add(numbers[line])
        else:
            wrong.append(f"{path}:{line + 1}: {one['severity']}: {one['message']}")
    return wrong, seen


def main(where: Path) -> int:
    """Print the figures; 1 where one is not as it must be."""
    client = CLIENT.read_text("utf-8")
    wrong, seen = told(pyright(where, "src", str(CLIENT.relative_to(TOP))), client)
    missed = {int(number) for number in re.findall(r"  # (\d+)$", client, re.MULTILINE)} - seen
    types = pyright(where, "--verifytypes", "ntm_rules", "--ignoreexternal")["typeCompleteness"]
    count = types["exportedSymbolCounts"]
    untyped = [one["name"] for one in types["symbols"] if not one["isTypeKnown"] or one["isTypeAmbiguous"]]
    names = f"{count['withKnownType']} of {sum(count.values())} names typed"
    lines = [*wrong, *(f"mistake {one}: not seen" for one in sorted(missed - WHEN_RUN)), *untyped]
    lines.append(f"pyright: {len(wrong)} errors, {len(seen)} of the mistakes seen, {names}")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return int(bool(wrong or missed - WHEN_RUN or untyped or not count["withKnownType"]))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
