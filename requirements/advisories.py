"""Looks up the pinned packages among the advisories that pip-audit knows: ``python requirements/advisories.py``, or ``make advisories``.

pip-audit is no dependency: installed beside the project it is asked, otherwise that is said. A package that it gets no answer about is not
counted as sound, and where it got none at all, that is what the last line says. Exit code 0: all were looked up and nothing is known of
them; 1: there are advisories; 2: some, or all, could not be looked up.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = ("dev.txt", "durable.txt", "bench.txt", "fuzz.txt")  # they include what the core needs


def told(found: list[dict[str, Any]]) -> tuple[list[str], int]:
    """The lines to print of what pip-audit found, and the exit code."""
    packages = {f"{one['name']} {one.get('version', '')}".strip(): one for one in found}
    unknown = sorted(name for name, one in packages.items() if "skip_reason" in one)
    lines = [
        f"{name}: {flaw['id']}; mended in: {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for name, one in sorted(packages.items())
        for flaw in one.get("vulns", ())
    ]
    flaws, looked_up = len(lines), len(packages) - len(unknown)
    lines += [f"not looked up: {name} ({packages[name]['skip_reason']})" for name in unknown]
    if not looked_up:
        lines.append(f"advisories: NOTHING could be looked up (0 of {len(packages)} packages); this says nothing of any of them")
    else:
        lines.append(f"advisories: {flaws}, of {looked_up} packages looked up, {len(unknown)} not looked up")
    return lines, 1 if flaws else 2 if unknown or not looked_up else 0


def main() -> int:
    """Ask, and print what was answered."""
    beside = Path(sys.executable).with_name("pip-audit")
    tool = str(beside) if beside.is_file() else shutil.which("pip-audit")
    if tool is None:
        sys.stdout.write("advisories: NOTHING was looked up, for pip-audit is not installed; pip install pip-audit\n")
        return 2
    wanted = [word for name in FILES for word in ("--requirement", str(HERE / name))]
    command = [tool, "--format=json", "--progress-spinner=off", "--disable-pip", "--require-hashes", *wanted]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        sys.stdout.write(f"advisories: NOTHING could be looked up; pip-audit says: {asked.stderr.strip()[-300:]}\n")
        return 2
    lines, code = told(found)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return code


if __name__ == "__main__":
    sys.exit(main())
