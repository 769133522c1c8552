"""The file in which an office fixes how a form is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.mapped import mapped
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, Path_, read_file
from ntm_rules.model.mapping import MappingDocument
from ntm_rules.problems import Place, TableError


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How the tables of a form are read, and where each part of that is written."""

    document: MappingDocument
    parsed: Parsed

    def place(self, path: Path_) -> Place:
        """Where a part stands."""
        return self.parsed.place(path)

    def headers(self, rules: RuleSet, information: Sequence[str] = ()) -> Headers:
        """What headings say under a set.

        Raises:
            TableError: it is of another set, or says what the set does not know.
        """
        return mapped(self.document, rules, self.place, information)


def read_mapping(path: str | Path) -> TableMapping:
    """The mapping that a file holds.

    Raises:
        TableError: the file cannot be read, or is no mapping.
    """
    parsed = read_file(Path(path))
    document = build(MappingDocument, parsed)
    if document is None or parsed.problems:
        raise TableError(parsed.problems)
    return TableMapping(document, parsed)
