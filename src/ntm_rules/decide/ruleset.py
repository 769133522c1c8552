"""RuleSet: an edition as it stands on a day in a province, with the method that judges by it. The face that applications call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from ntm_rules.decide.changes import Change, changed
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.frame import runner
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.edition import text_of
from ntm_rules.loading.identity import Identity
from ntm_rules.loading.reread import from_canonical
from ntm_rules.model.subject import Subject, not_read
from ntm_rules.values import Lang, Outcome, SourceLevel


class RuleSet(Judging):
    """One edition of one criteria set with its overlays applied: immutable, and evaluating it is a pure function.

    Made by :func:`ntm_rules.load` or :func:`ntm_rules.applicable`.

    Attributes:
        method: how it judges: by criteria, or by score sheets.

    Examples:
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> rules.kind, rules.method.name, len(rules.method.inputs)
        ('commune', 'criteria', 58)
    """

    @classmethod
    def from_json(cls, text: str) -> RuleSet:
        """A ruleset from its canonical JSON, as :meth:`to_json` writes it; where it marks, with its score sheets.

        Raises:
            RulesetError: the text is no ruleset, or what it says is not sound; every problem with its place. (As a ``DecisionError`` it is
                caught too.)
        """
        return cls(from_canonical(text))

    @classmethod
    def of_identity(cls, identity: Identity, catalogue: Catalogue | None = None) -> RuleSet:
        """The very ruleset of an identity, from published versions where the catalogue has moved on.

        Raises:
            NotFound: a document or version is not in the catalogue.
        """
        return cls(text_of(identity, catalogue))

    def evaluate(self, subject: Subject, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Decision:
        """Decide one subject, with the full tree of reasons. Reads no clock, no file, no global.

        Args:
            subject: what is known.
            accept: the weakest source level that may decide; weaker figures count as not known.

        Raises:
            SubjectError: the subject is of another kind, or a value, attribute or attestation cannot be taken; all problems together.
            ValueError: ``accept`` is no source level.
        """
        return self.method.decide(self.method.read(_subject(subject)), _level(accept), Decision)

    def outcome(self, subject: Subject, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Outcome:
        """The outcome alone, without reasons: for counting many subjects. Equal to ``evaluate(…).outcome``.

        Raises:
            SubjectError: as :meth:`evaluate`.
            ValueError: as :meth:`evaluate`.
        """
        return self.method.outcome(self.method.read(_subject(subject)), _level(accept))

    def evaluate_many(self, subjects: Iterable[Subject], *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Iterator[Decision]:
        """Decisions one after another, none kept: memory stays flat however many there are.

        Raises:
            SubjectError: as :meth:`evaluate`, at the subject concerned.
        """
        for subject in subjects:
            yield self.evaluate(subject, accept=accept)

    def evaluate_frame(
        self,
        frame: Any,
        *,
        constants: Mapping[str, Any] | None = None,
        accept: SourceLevel | str = SourceLevel.RECALLED,
        lang: Lang = "vi",
        ignore: Sequence[str] = (),
        nodes: Literal["criteria", "indicators"] = "criteria",
        lists: bool | None = None,
        gaps: bool = False,
        levels: bool = False,
        form: Literal["wide", "long"] = "wide",
    ) -> Any:
        """Decide every row of a dataframe by its columns; the results are a frame of the same library, the same rows in the same order (of
        pandas with the same index). A lazy frame of polars stays lazy. Relations of DuckDB and frames of PySpark and Dask are decided
        part by part, not before their libraries run them; those of PySpark in no order. Needs the extra ``frames``.

        The columns of the answer: ``id``, ``name``, ``outcome``, ``criteria_met``, ``criteria``, ``failed``, ``undetermined``,
        ``problems`` (for sets that score ``stars``, ``stars_possible``, ``total``, ``standing``, and the points ``part:A`` …), then the
        outcome of each criterion, or node, by its number.
        Outcomes are enumerations where the library has them. What the set looks at and no column states is told once, as a warning of the
        logger ``ntm_rules``.

        Args:
            frame: a dataframe of polars, pandas, pyarrow, DuckDB, PySpark, Dask, or what else narwhals can collect.
            constants: attributes that all rows share, as ``{"year": 2024}``.
            accept: the weakest source level that may decide.
            lang: the language of ``problems``.
            ignore: headers of columns that are for people only.
            nodes: ``criteria``, or ``indicators`` for the outcome of every condition, criterion and indicator.
            lists: whether ``failed`` and ``undetermined`` are written; left out, they are in the wide form. The long form has none.
            gaps: a column ``gap:10.1`` for each indicator: by how much its value misses the bound, in its unit; 0 when met, nothing where
                no amount says it. In the long form criteria have none, so that it is asked for with indicators.
            levels: a column ``level`` for the whole and ``level:10`` for each node that has a column: the weakest source level on the
                path that decided it.
            form: ``wide``; or ``long``, one row a unit and node (``id``, ``name``, ``node``, ``outcome``, ``gap``, ``level``,
                ``problems``; the whole under the empty number), of pandas with the index repeated.

        Raises:
            TableError: what is given is no frame; a column cannot be recognised, or two are for one thing.
            ValueError: an argument is none of its words, or asks for what the form cannot show.
            MissingExtra: narwhals, numpy or polars is not installed.
        """
        frames = runner()
        asked = frames.asked_of(self, constants, _level(accept), lang, ignore, nodes, lists=lists, gaps=gaps, levels=levels, form=form)
        return frames.evaluate_frame(asked, frame)

    def explain_rows(
        self,
        frame: Any,
        ids: Iterable[str],
        *,
        constants: Mapping[str, Any] | None = None,
        accept: SourceLevel | str = SourceLevel.RECALLED,
        ignore: Sequence[str] = (),
    ) -> dict[str, Decision]:
        """The full decisions of chosen rows of a dataframe, by their ids. Needs the extra ``frames``.

        Args:
            frame: a dataframe, as for :meth:`evaluate_frame`.
            ids: the ids of the rows; of a frame without ids, the names.
            constants: attributes that all rows share.
            accept: the weakest source level that may decide.
            ignore: headers of columns that are for people only.

        Raises:
            NotFound: no row has the id.
            TableError: what is given is no frame; a column cannot be recognised, or a chosen row has something that cannot be taken.
            MissingExtra: narwhals, numpy or polars is not installed.
        """
        frames = runner()
        asked = frames.asked_of(self, constants, _level(accept), "vi", ignore, "criteria", lists=False)
        found: dict[str, Decision] = frames.explain_rows(asked, frame, ids, Decision)
        return found

    def scenarios(
        self,
        frame: Any,
        scenarios: Iterable[tuple[str, Change | Sequence[Change]]],
        *,
        constants: Mapping[str, Any] | None = None,
        accept: SourceLevel | str = SourceLevel.RECALLED,
        ignore: Sequence[str] = (),
    ) -> Any:
        """What changes would do to every row of a dataframe: who comes to meet the set, who no longer does, what is left open.

        A rehearsal, no law: the text stays as it is. Needs the extra ``frames``.

        Args:
            frame: a dataframe, as for :meth:`evaluate_frame`; a lazy one is collected.
            scenarios: a name and a change, or several: :class:`~ntm_rules.Threshold`, :class:`~ntm_rules.Improve`,
                :class:`~ntm_rules.Elsewhere`, :class:`~ntm_rules.Under`.
            constants: attributes that all rows share.
            accept: the weakest source level that may decide.
            ignore: headers of columns that are for people only.

        Returns:
            ``units``, a frame with one row a scenario and unit (``scenario``, ``id``, ``name``, ``before``, ``outcome``, ``move``,
            ``criteria_met``), and ``summary``, one row a scenario (``units``, ``met``, ``undetermined``, ``gains``, ``loses``,
            ``undecided``, ``fails``, ``problems``); both of the library of the frame.

        Raises:
            NotFound: a change names an indicator, province or edition that there is not.
            ValueError: two scenarios of one name; a change that makes no sense of what it names.
            TableError: what is given is no frame; a column cannot be recognised.
            MissingExtra: narwhals, numpy or polars is not installed.
        """
        frames = runner()
        given = [(str(name), change) for name, change in scenarios]
        if len({name for name, _ in given}) < len(given):
            raise ValueError("scenarios: every name once")
        variants = [(name, type(self)(changed(self.effective, change))) for name, change in given]
        return frames.run_scenarios(
            frames.asked_of(self, constants, _level(accept), "vi", ignore, "criteria", lists=False), frame, variants
        )


def _subject(given: Subject) -> Subject:
    if not isinstance(given, Subject):
        raise not_read(given)
    return given


def _level(accept: SourceLevel | str) -> SourceLevel:
    try:
        return accept if isinstance(accept, SourceLevel) else SourceLevel(accept)
    except ValueError:
        raise ValueError(f"accept: {', '.join(SourceLevel)} (got {accept!r:.80})") from None
