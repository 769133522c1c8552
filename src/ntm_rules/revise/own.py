"""Both texts of a change as they are for one unit: where no province was asked for, those of its own province count too."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.remarks import of_others
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.revise.impact import Texts
from ntm_rules.tables.read.table import Table


class OwnTexts:
    """The text before and the text after for each unit.

    Args:
        before: the text before, as it was asked for.
        after: the text after.
        catalogue: where the rules of provinces before are.
        later: where those after are.
    """

    def __init__(self, before: RuleSet, after: RuleSet, catalogue: Catalogue, later: Catalogue) -> None:
        self.before: ByProvince = ByProvince(before, catalogue)
        self.after: ByProvince = ByProvince(after, later)
        if before.provinces is None or after.provinces is None:  # a version that was published is compared as it stands
            self.before.own = self.after.own = frozenset()
        elif not any(rules.province or rules.document.province for rules in (before, after)):  # both sides by what either knows of
            self.before.own = self.after.own = self.before.own | self.after.own
        self._read: dict[tuple[str, str], Texts] = {}

    def __call__(self, subject: Subject) -> Texts:
        """Both texts for a unit.

        Raises:
            RulesetError: a file of its province is wrong.
        """
        texts = self.before(subject), self.after(subject)
        return self._read.setdefault((texts[0].sha256, texts[1].sha256), texts)

    @property
    def read(self) -> tuple[Texts, ...]:
        """The texts that judged somebody, each once; those asked for where nobody was judged."""
        return tuple(self._read.values()) or ((self.before.rules, self.after.rules),)

    def told(self, table: Table) -> Iterator[Problem]:
        """That rows of a table are judged by the text after of their own province, where the table does not tell it of the text before."""
        known = {(note.code, note.place) for note in table.notes}
        subjects = [row.subject for row in table.rows if row.subject is not None]
        told = of_others(self.after.rules, subjects, table.file, own=True)
        yield from (problem for problem in told if (problem.code, problem.place) not in known)

    @property
    def left_out(self) -> list[Problem]:
        """That texts of provinces change as well, and none of them was asked for."""
        names = [self._name(slug) for slug in sorted(self.before.own | self.after.own) if self._changes(slug)]
        return [Problem("NTM-274", Place(path="province"), {"names": ", ".join(names)})] if names else []

    def _changes(self, slug: str) -> bool:
        """Whether a province's own texts change: beside the ones that change for everybody."""
        both = (self.before, self.after)
        try:
            texts = [side.of(slug) if slug in side.own else side.rules for side in both]
        except NtmError:  # a file of it is wrong, and check tells
            return False
        own = [
            set(text.identity.versions.items()) - set(side.rules.identity.versions.items()) for text, side in zip(texts, both, strict=True)
        ]
        return own[0] != own[1]

    def _name(self, slug: str) -> str:
        known = self.after.rules.provinces
        return slug if known is None else f"{known.name(slug)} ({slug})"
