"""The figures of ``make trust`` together: ``python tests/trust.py FOLDER``.

Each step leaves in the folder what it counted: tests an XML file with what they ``record_property``, programs their words, of which the
last line is the figure. What several tests counted under one name is added up; what failed is counted too, so that a figure is never
read alone.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path


def figures(folder: Path) -> list[str]:
    """The lines of the summary.

    Raises:
        ValueError: a step left nothing to read.
    """
    counted: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for path in sorted(folder.glob("*.xml")):
        for suite in ET.parse(path).iter("testsuite"):
            tests.update({name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")})
        for one in ET.parse(path).iter("property"):
            counted[one.attrib["name"]] += int(one.attrib["value"])
    lines = [f"{name}: {count:,}" for name, count in sorted(counted.items())]
    lines.append(f"disagreements: {tests['failures'] + tests['errors']:,} (of {tests['tests']:,} tests, {tests['skipped']:,} left out)")
    for path in sorted(folder.glob("*.txt")):
        said = path.read_text("utf-8").split("\n")
        last = next((line.strip() for line in reversed(said) if line.strip()), "")
        if not last:
            raise ValueError(f"{path}: empty")
        lines.append(last if last.startswith(path.stem) else f"{path.stem}: {last}")
    return lines


def main() -> int:
    """Print them; 1 where something disagrees."""
    found = figures(Path(sys.argv[1]))
    print("\n".join(("", "make trust", *(f"  {line}" for line in found))))
    return int(not any(line.startswith("disagreements: 0 ") for line in found))


if __name__ == "__main__":
    sys.exit(main())
