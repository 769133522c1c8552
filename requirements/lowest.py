"""The lowest versions that ``pyproject.toml`` allows, as constraints for pip: ``python requirements/lowest.py >FILE``.

`make lowest` installs them and runs the doors of every extra on them: a lower bound that is not true lets a program install what fails
when it runs. Read from the file that says them, so that no list of them can be out of date.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[1]
LOWEST = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[a-z,]+\])?(?:>=|==)(?P<version>[0-9.]+)(?:,.*)?")


def bounds() -> Iterator[tuple[str, str]]:
    """Each package asked for and the lowest version of it, also of what builds the package.

    Raises:
        ValueError: one is asked for without a lower bound.
    """
    told = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    project = told["project"]
    asked = [*told["build-system"]["requires"], *project["dependencies"]]
    asked += [one for needs in project["optional-dependencies"].values() for one in needs]
    for one in asked:
        if one.startswith(f"{project['name']}["):
            continue
        if (found := LOWEST.fullmatch(one)) is None:
            raise ValueError(f"{one}: no lower bound")
        yield found["name"], found["version"]


def main() -> None:
    """Print them."""
    sys.stdout.writelines(f"{name}=={version}\n" for name, version in dict(bounds()).items())


if __name__ == "__main__":
    main()
