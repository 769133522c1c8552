"""The list of parts, ``requirements/parts.cdx.json``, in the form of CycloneDX 1.6: ``python requirements/parts.py [--check]``.

Every package that pins and lock files name, with the sha256 (for npm the sha512) of each of its files, and what it is needed for: by
whoever runs the library, by the extra that watches, by the calculator of the site, or to develop it. Written of these files alone, so that
the same files give the same list.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[1]
LIST = TOP / "requirements" / "parts.cdx.json"
PINS = {"run.txt": "run", "durable.txt": "durable", "dev.txt": "develop", "bench.txt": "bench", "fuzz.txt": "develop"}
LOCKS = {"tests/wasm": "site", "tests/package/pyright": "develop"}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)((?:[^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64})+)", re.MULTILINE)


def pinned() -> Iterator[dict[str, Any]]:
    """The packages of Python."""
    for name, use in PINS.items():
        for package, version, hashes in PIN.findall((TOP / "requirements" / name).read_text("utf-8")):
            package = re.sub(r"[-_.]+", "-", package).lower()
            yield part(f"pkg:pypi/{package}@{version}", package, version, use, "SHA-256", re.findall(r"[0-9a-f]{64}", hashes))


def locked() -> Iterator[dict[str, Any]]:
    """The packages of Node.js: the engine of the calculator with what it asks for, and the checker of types."""
    for folder, use in LOCKS.items():
        packages = json.loads((TOP / folder / "package-lock.json").read_text("utf-8"))["packages"]
        for path, told in packages.items():
            if path:
                name, digest = path.removeprefix("node_modules/"), base64.b64decode(told["integrity"].partition("-")[2]).hex()
                yield part(f"pkg:npm/{name.replace('@', '%40')}@{told['version']}", name, told["version"], use, "SHA-512", [digest])


def part(purl: str, name: str, version: str, use: str, algorithm: str, digests: list[str]) -> dict[str, Any]:
    """One part. A package has many files, each with its own digest; which of them is taken depends on the machine."""
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "scope": "required" if use == "run" else "optional",
        "properties": [{"name": "ntm-rules:needed-for", "value": use}],
        "externalReferences": [{"type": "distribution", "url": purl, "hashes": [{"alg": algorithm, "content": one} for one in digests]}],
    }


def text() -> str:
    """The list as it is written."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "library", "bom-ref": project["name"], "name": project["name"], "version": project["version"]}},
        "components": sorted([*pinned(), *locked()], key=lambda one: one["purl"]),
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """Write the list, or say that it is stale."""
    if arguments == ["--check"]:
        if not LIST.is_file() or LIST.read_text("utf-8") != text():
            sys.stderr.write("requirements/parts.cdx.json: stale; run python requirements/parts.py\n")
            return 1
        return 0
    LIST.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
