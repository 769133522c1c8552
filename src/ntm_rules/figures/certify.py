"""Certificates: what an office read in a signed text, as a layer of its own that raises figures to ``official``."""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.held import Held, held
from ntm_rules.figures.ticked import Compared, compared, read_checklist
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints.names import is_name
from ntm_rules.loading.text.canonical import canonical
from ntm_rules.loading.text.seal import seal_of
from ntm_rules.model.certificate import Reading
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.text_files import unopened
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual, SourceLevel


def sha256_of(path: Path) -> str:
    """The sha256 of a file, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def signed_sha256(document: Path, beside: Iterable[Problem] = ()) -> str:
    """The sha256 of the file of a signed text.

    Raises:
        TableError: it cannot be read; what is wrong beside that is told with it.
    """
    try:
        return sha256_of(document)
    except OSError as error:
        raise TableError([*beside, *unopened(document, error).problems]) from None


def certificate_text(
    name: str,
    *,
    edition: str,
    base: str,
    instrument: str,
    document: str,
    by: str,
    day: date,
    readings: Iterable[Reading],
) -> str:
    """A certificate as YAML, sealed.

    Args:
        name: the last part of its name, as ``ubnd-kon-tum``.
        edition: the set whose figures were read, as ``commune-ntm/2021-2025``.
        base: the version of the set that they were compared with.
        instrument: the document that was read, by its key in ``instruments.yaml``.
        document: the sha256 of the file of the signed text.
        by: the office that read it.
        day: when.
        readings: what stands there, figure by figure.
    """
    title = Bilingual(f"{by} đối chiếu {instrument}", f"{instrument} as read by {by}")
    written: dict[str, Any] = {
        "overlay": f"{edition}/{name}",
        "version": "1.0.0",
        "kind": "certificate",
        "amends": edition,
        "title": {"vi": title.vi, "en": title.en},
        "instrument": instrument,
        "in_force": {},
        "certifies": {
            "document": document,
            "by": by,
            "day": day.isoformat(),
            "base": base,
            "readings": [reading.plain_data() for reading in readings],
            "seal": "0" * 64,
        },
    }
    written["certifies"]["seal"] = seal_of(OverlayDocument.model_validate(written).plain_data())
    return _yaml(written)


def _yaml(written: Mapping[str, Any]) -> str:
    """The document with a line a reading, so that a difference of two certificates is a line."""
    head = {key: value for key, value in written["certifies"].items() if key not in ("readings", "seal")}
    lines = [_dumped({key: value for key, value in written.items() if key != "certifies"}), "certifies:\n"]
    lines += [f"  {line}\n" for line in _dumped(head).splitlines()]
    lines.append("  readings:\n")
    for reading in written["certifies"]["readings"]:
        flow = yaml.safe_dump(reading, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).strip()
        lines.append(f"    - {flow}\n")
    lines.append(f"  seal: {written['certifies']['seal']}\n")
    return "".join(lines)


def _dumped(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=10_000)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that was written, and what it does.

    Attributes:
        name: of the layer.
        path: where it stands.
        rules: the set with it.
        compared: what was read.
        before: every figure of the set without it, in order.
        after: the same with it.
        told: where it disagrees with what another office read.
    """

    name: str
    path: Path
    rules: RuleSet
    compared: Compared
    before: tuple[Held, ...]
    after: tuple[Held, ...]
    told: tuple[Problem, ...]

    @property
    def raised(self) -> tuple[Held, ...]:
        """The figures that are official now and were not."""
        both = zip(self.before, self.after, strict=True)
        return tuple(new for old, new in both if new.level is SourceLevel.OFFICIAL and old.level is not SourceLevel.OFFICIAL)

    @property
    def errata(self) -> tuple[tuple[Held, Held], ...]:
        """The figures whose value it changes, before and after."""
        return tuple((old, new) for old, new in zip(self.before, self.after, strict=True) if old.value != new.value)


def certify(catalogue: Catalogue, checklist: Path, *, document: Path, by: str, day: date, into: Path, name: str = "") -> Certificate:
    """Write a checklist that came back as a certificate, a layer of its own in the folder ``into``.

    Args:
        catalogue: the sets it was read beside; what ``into`` holds already lies on them.
        checklist: the file that was filled.
        document: the file of the signed text.
        by: the office that read it.
        day: when.
        into: a folder of one's own.
        name: the last part of its name; left out, made of the office and the number of the document.

    Raises:
        NtmError: something is wrong with the checklist, the document, the day or the name: all of it together, and nothing is written.
    """
    before = with_layer(catalogue, into)
    returned = read_checklist(checklist)
    rules = load(returned.edition, on=returned.day, province=returned.province, catalogue=before)
    found = compared(returned, rules)
    digest = signed_sha256(document, found.problems)
    last = name or f"{_slug(by)}-{_slug(returned.instrument)}"
    full = f"{rules.id}/{last}"
    path = into / rules.id / last / "overlay.yaml"
    issued = before.instruments[returned.instrument].issued if returned.instrument in before.instruments else None
    problems = [*_of_the_call(returned.instrument, issued, day, by, last), *found.problems]
    if returned.document and returned.document != digest:
        words = {"got": digest[:16], "expected": returned.document[:16]}
        problems.append(Problem("NTM-881", Place(str(document)), words))
    if full in before.overlays or path.exists():
        problems.append(Problem("NTM-882", Place(str(path)), {"got": full}))
    if problems:
        raise TableError(sorted(problems, key=lambda problem: problem.place))
    text = certificate_text(
        last,
        edition=rules.id,
        base=rules.version,
        instrument=returned.instrument,
        document=digest,
        by=by,
        day=day,
        readings=found.readings,
    )
    after, data = _rehearsed(before, rules, full, text)
    published = path.parent / "published" / "1.0.0.json"
    for target, content in ((published, canonical(data) + "\n"), (path, text)):
        with atomic(target, lasting=True) as scratch:
            scratch.write_text(content, "utf-8", newline="\n")
    return Certificate(full, path, after, found, held(rules), held(after), tuple(one for one in after.told if one not in rules.told))


def with_layer(catalogue: Catalogue, into: Path) -> Catalogue:
    """The catalogue as it is on disk now, with a folder of one's own on top where that holds anything."""
    folders = list(catalogue.folders)
    if into.is_dir() and any(into.rglob("overlay.yaml")) and into.resolve() not in [folder.resolve() for folder in folders]:
        folders.append(into)
    found = Catalogue(folders[0])
    for folder in folders[1:]:
        found = Catalogue(folder, on_top_of=found)
    return found


def _of_the_call(instrument: str, issued: date | None, day: date, by: str, name: str) -> Iterable[Problem]:
    """What is wrong with office, day and name."""
    if issued is not None and day < issued:
        yield Problem("NTM-324", Place(path="--on"), {"got": day, "instrument": instrument, "issued": issued})
    if not by.strip():
        yield Problem("NTM-707", Place(path="--by"), {"expected": "--by"})
    if not is_name(f"x/{name}"):
        yield Problem("NTM-223", Place(path="--name"), {"got": name, "expected": "ubnd-kon-tum"})


def _rehearsed(before: Catalogue, rules: RuleSet, name: str, text: str) -> tuple[RuleSet, dict[str, Any]]:
    """The set with the certificate, tried out before it is written where others read it, and the certificate as plain data.

    Raises:
        NtmError: a figure cannot stand where it was read.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name / "overlay.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        rehearsal = Catalogue(folder, on_top_of=before)
        after = load(rules.id, on=rules.identity.on, province=rules.province, catalogue=rehearsal)
        return after, rehearsal.overlay(name).plain_data()


def _slug(text: str) -> str:
    """A text as a part of a name: small letters without marks, digits, hyphens."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
