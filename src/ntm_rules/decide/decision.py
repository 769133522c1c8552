"""A decision: what was decided, and what it can say: why, what is missing, what would change it, and whether it still holds."""

from __future__ import annotations

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.explain.decision import explain, voice_of
from ntm_rules.decide.explain.fixes import Fix
from ntm_rules.decide.explain.formats import Format
from ntm_rules.decide.explain.needed import Need
from ntm_rules.decide.stored.record import read_record
from ntm_rules.decide.stored.verification import Verification, verify
from ntm_rules.decide.stored.writing import decision_text
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.values import Lang


class Decision(Decided):
    """What a ruleset says of a subject, and why. Made by :meth:`ntm_rules.RuleSet.evaluate`; its data are those of what was decided.

    Examples:
        >>> import ntm_rules as ntm
        >>> decision = ntm.load("commune-ntm/2021-2025").evaluate(ntm.Subject(id="1", kind="commune", attested={"19": True}))
        >>> print(decision.outcome.value, decision.count("met"), "of", decision.count())
        undetermined 1 of 19
        >>> Decision.from_json(decision.to_json()) == decision
        True
    """

    __slots__ = ()

    def explain(self, lang: Lang = "vi", format: Format = "text", *, full: bool = False, of: str | None = None) -> str:
        """The decision in words: verdict, what failed, what is unknown; with ``full`` every node, its figure and its source.

        Args:
            lang: ``vi`` or ``en``.
            format: ``text``, ``markdown`` or ``html`` (a fragment; text in it is escaped).
            full: every criterion and indicator, not only those that stand in the way.
            of: the number of one criterion or indicator, to explain it alone and whole.

        Raises:
            ValueError: an unknown language or format.
            NotFound: the set has no criterion or indicator of that number.
        """
        return explain(self, lang, format, full=full, of=of)

    def needed(self) -> tuple[Need, ...]:
        """Which missing inputs would settle the decision, most decisive first; nothing when it is settled."""
        return voice_of(self).needed(self)

    def smallest_fixes(self, stars: int | None = None) -> tuple[Fix, ...]:
        """A least set of indicators (or attested criteria) that must become met for the whole to be met.

        No smaller set does. Empty when the whole is met or not applicable. Where stars are scored: the criteria to raise for
        ``stars``, or for the next class that is recognised.

        Raises:
            ValueError: the ruleset gives no stars, or no such class.
        """
        classes = () if self.score is None else tuple(target for target, _ in self.score.bands)
        if stars is not None and stars not in classes:
            raise ValueError(f"stars: {', '.join(map(str, sorted(classes))) or 'None'} (got {stars!r:.80})")
        return voice_of(self).fixes(self, stars)

    def to_json(self) -> str:
        """The decision as canonical JSON (schema ``ntm-rules/decision/v1``)."""
        if self._text is None:
            self._text = decision_text(self)
        return self._text

    @classmethod
    def from_json(cls, text: str | bytes) -> Decision:
        """A stored decision, as it was; nothing is evaluated again.

        Raises:
            DecisionError: the text is no decision of this schema.
        """
        return read_record(text, cls)

    def verify(self, catalogue: Catalogue | None = None) -> Verification:
        """Whether evaluating the stored facts again, under the very versions named, gives the same decision; what differs where not.

        Args:
            catalogue: where to find the ruleset; left out, the one that comes with the library.

        Raises:
            RulesetError: a file of the catalogue is wrong.
        """
        return verify(self, self.to_json(), catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())
