"""ScoreSet: an edition that ranks by score sheets, one sheet for each product set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ntm_rules.conditions.score import SCORE
from ntm_rules.decide.attributes import read_attributes
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.node import Face, Judged, Node, new_node
from ntm_rules.decide.plan import Presumption
from ntm_rules.decide.ruleset import Facts, RuleSet
from ntm_rules.decide.scoring import Given, Scored, mean, score_plain, score_sheet, standing_of
from ntm_rules.decide.sheet import Item, ReadySheet, ready
from ntm_rules.loading.canonical import canonical, digest
from ntm_rules.loading.resolve import Effective
from ntm_rules.loading.sheets import Sheets
from ntm_rules.model.figures import Figure
from ntm_rules.model.measures import Measure
from ntm_rules.model.ruleset import Attribute, Indicator
from ntm_rules.model.score import AUTHORITIES, Score, Sheet
from ntm_rules.model.subject import Subject
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.problems import Place, Problem, SubjectError, nearest
from ntm_rules.values import Bilingual, NotApplicable, Outcome, SourceLevel, Unknown, exact, plain

_COUNCIL = {
    "council_level": Attribute(title=Bilingual("Cấp hội đồng chấm", "Level of the council"), one_of=AUTHORITIES),
    "council_members": Attribute(title=Bilingual("Số thành viên hội đồng", "Members of the council"), whole_number=True),
}
TOO_FAR = Bilingual(
    "tổng điểm các thành viên chênh nhau {} điểm, quá mức {}: phải thảo luận và chấm lại",
    "the members' totals differ by {} points, more than {}: they must discuss and score again",
)
MAYBE_TOO_FAR = Bilingual(
    "chưa chấm đủ để biết các thành viên có chênh nhau quá {} điểm", "not enough scored to know whether they differ by more than {}"
)
NO_QUORUM = Bilingual("có {} trên {} thành viên chấm, cần ít nhất {}%", "{} of {} members scored, at least {}% must")
SIZE_UNKNOWN = Bilingual(
    "chưa biết số thành viên hội đồng nên chưa rõ có đủ số họp", "the size of the council is not known, so the quorum is open"
)
NO_SET = Bilingual("chưa biết bộ sản phẩm nên chưa biết phiếu nào", "the product set is not known, so neither is the sheet")
EXCLUDED = Bilingual("không được xếp hạng: {}", "not ranked: {}")
MAYBE_EXCLUDED = Bilingual("chưa biết có bị loại không: {}", "whether it is excluded is not known: {}")


class ScoreSet(RuleSet):
    """An edition that ranks products by stars, with one score sheet for each product set.

    Made by :func:`ntm_rules.load` or :func:`ntm_rules.applicable`. ``evaluate`` takes a subject with the attribute ``product_set``
    and, as values, the points of each criterion of that sheet: the points of one level, or the list of the members' points.
    """

    def __init__(self, effective: Effective, readings: Mapping[str, str] | None = None) -> None:
        score = effective.document.score
        sheets = effective.sheets
        assert score is not None
        assert sheets is not None
        chosen = dict(readings or {})
        if chosen:
            fields = type(score.readings).model_fields
            wrong = [key for key in chosen if key not in fields]
            if wrong:
                raise ValueError(f"readings: {', '.join(fields)} (got {', '.join(wrong)})")
            changed = score.readings.model_validate({**score.readings.model_dump(), **chosen})
            score = score.model_copy(update={"readings": changed})
            document = effective.document.model_copy(update={"score": score})
            effective = replace(effective, document=document, sha256=digest(document.plain_data()))
        super().__init__(effective)
        self.score: Score = score
        self.sheets: Sheets = sheets
        self.identity = replace(self.identity, readings=tuple(sorted(chosen.items())))
        exclusions = {name: Attribute(title=given.title, yes_no=True, unless_stated=False) for name, given in score.exclusions.items()}
        self._declared = {**STANDARD_ATTRIBUTES, **_COUNCIL, **self.document.attributes, **exclusions}
        self._names = set(self._declared)
        self._product_sets = sheets.numbers
        self._ready: dict[tuple[str, SourceLevel], tuple[ReadySheet, Any]] = {}
        self._known: dict[tuple[Any, ...], tuple[dict[str, Any], tuple[Presumption, ...]]] = {}

    @property
    def product_sets(self) -> tuple[str, ...]:
        """The numbers of the product sets that have a sheet."""
        return self._product_sets

    def sheet(self, product_set: int | str) -> Sheet:
        """The score sheet of a product set.

        Raises:
            SubjectError: the edition has no such product set.
            RulesetError: the sheet is wrong.
        """
        number = str(product_set)
        if number not in self._product_sets:
            raise SubjectError([self._no_sheet("", number)])
        return self.sheets.sheet(number)

    def best(self, product_set: int | str) -> dict[str, str]:
        """The most points of each criterion of a sheet, one case of each choice: the best product there can be."""
        ready_sheet, _ = self._prepared(str(product_set), SourceLevel.MISSING)
        aside = {item.id for _, items in ready_sheet.cases for item in items if item is not max(items, key=lambda one: one.best)}
        return {item.id: str(item.best) for item in ready_sheet.items if item.id not in aside}

    @property
    def inputs(self) -> tuple[Indicator, ...]:
        """Every scored criterion of every sheet, as an indicator in points: what tables of products may have columns for."""
        found: dict[str, Indicator] = {}
        for number in self.product_sets:
            for item in self._prepared(number, SourceLevel.RECALLED)[0].items:
                measure = Measure.model_validate({"unit": "điểm", "from": "0"})
                face = item.faces[0]
                found.setdefault(
                    item.id, Indicator(indicator=item.id, title=face.title, measure=measure, at_least=Figure(value="0"), source=face.source)
                )
        return tuple(sorted(found.values(), key=lambda indicator: _order(indicator.indicator)))

    def to_json(self) -> str:
        """The resolved content as canonical JSON, with every sheet."""
        return canonical(self.document.plain_data() | {"sheets": self.sheets.plain_data()})

    def evaluate(self, subject: Subject | Facts, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Decision:
        """Score one product on the sheet of its product set. See :meth:`RuleSet.evaluate`.

        Raises:
            SubjectError: no product set, points that are no level, members that disagree in number, two cases scored; all together.
        """
        if isinstance(subject, Facts):
            return self.evaluate(subject.subject, accept=subject.accept)
        level = SourceLevel(accept)
        number = self._product_set(subject)
        if number is None:
            return self._without_sheet(subject, level)
        sheet, identity = self._prepared(number, level)
        known, presumed = self._attributes(subject, sheet)
        points = _plain_points(subject, sheet)
        if points is not None and sheet.plain is not None:
            root, scored = score_plain(sheet, sheet.plain, points, known.get("council_level"))
            values: list[Any] = []
        else:
            values = self._points(subject, sheet)
            root, scored = score_sheet(sheet, values)
        root, scored = self._settle(sheet, values, known, root, scored)
        if sheet.absent is not None:
            root = (*root[:1], Outcome.UNDETERMINED, None, None, sheet.absent, *root[5:])
            scored = self._nothing_scored()
        return Decision(identity, subject, level, new_node(Node, root), (), presumed, score=scored)

    def outcome(self, subject: Subject | Facts, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Outcome:
        """The outcome alone: met from the lowest class that is recognised.

        Raises:
            SubjectError: as :meth:`evaluate`.
        """
        return self.evaluate(subject, accept=accept).outcome

    def bind(self, subject: Subject, *, accept: SourceLevel | str = SourceLevel.RECALLED) -> Facts:
        """Read a subject against this ruleset once.

        Raises:
            SubjectError: as :meth:`evaluate`.
        """
        self.evaluate(subject, accept=accept)
        return Facts(self, subject, SourceLevel(accept), None, ())  # type: ignore[arg-type]

    # --- reading ------------------------------------------------------------------------------------------------

    def _prepared(self, number: str, accept: SourceLevel) -> tuple[ReadySheet, Any]:
        key = (number, accept)
        if key not in self._ready:
            sheet = self.sheets.sheet(number)
            made = ready(sheet, self.score, self.document.title, self.document.instrument, accept)
            sha256 = digest({"ruleset": self.document.plain_data(), "sheet": sheet.plain_data()})
            self._ready[key] = made, replace(self.identity, sheet=number, sha256=sha256, title=made.root.title)
        return self._ready[key]

    def _without_sheet(self, subject: Subject, level: SourceLevel) -> Decision:
        """Nothing can be scored while the product set is not known: every class is still possible."""
        waits = ("product_set", self._declared["product_set"].title)
        face = Face("", self.document.title, "set", SCORE, waits_for=(waits,))
        root = new_node(Node, (face, Outcome.UNDETERMINED, None, None, NO_SET, None, ()))
        return Decision(self.identity, subject, level, root, (), (), score=self._nothing_scored())

    def _nothing_scored(self) -> Scored:
        """Everything is possible: no sheet, or none that may decide."""
        score = self.score
        most = Decimal(sum(frame.points for frame in score.parts.values()))
        classes = tuple(sorted(star.stars for star in score.stars))
        nothing: dict[str, Decimal | None] = dict.fromkeys(score.parts)
        bands = tuple((star.stars, star.start) for star in score.stars)
        readings = score.readings.model_dump()
        return Scored(None, (Decimal(0), most), nothing, None, None, classes, (), None, None, (), readings, bands, score.certified_from)

    def _product_set(self, subject: Subject) -> str | None:
        given = subject.attributes.get("product_set")
        unknown = given is None or given.__class__ is Unknown
        number = plain(given) if isinstance(given, Decimal) else str(given) if isinstance(given, str) else "–"
        problems = []
        if subject.kind != self.document.subject:
            problems.append(Problem("NTM-408", Place(path=subject.id), {"got": subject.kind, "expected": self.document.subject}))
        if not unknown and number not in self._product_sets:
            problems.append(self._no_sheet(subject.id, number))
        if problems:
            raise SubjectError(problems)
        return None if unknown else number

    def _no_sheet(self, subject: str, number: str) -> Problem:
        numbers = self._product_sets
        allowed = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 2 else ", ".join(numbers)
        return Problem("NTM-414", Place(path=f"{subject}: attributes.product_set"), {"got": number, "allowed": allowed})

    def _attributes(self, subject: Subject, sheet: ReadySheet) -> tuple[dict[str, Any], tuple[Presumption, ...]]:
        given = subject.attributes
        key = tuple([(name, value.__class__, value) for name, value in given.items()])
        found = self._known.get(key)
        if found is not None:
            return found
        looked_at = (*sheet.sheet.excluded_if, *_COUNCIL)
        declared = {name: self._declared[name] for name in looked_at}
        known, presumed, problems = read_attributes(given, declared, self._names, subject.id)
        if problems:
            raise SubjectError(problems)
        if len(self._known) > 2048:
            self._known.clear()
        taken = tuple(Presumption(name, self._declared[name].title, value) for name, value in sorted(presumed.items()))
        self._known[key] = known, taken
        return known, taken

    def _points(self, subject: Subject, sheet: ReadySheet) -> list[Given | NotApplicable | Unknown | None]:
        values: list[Any] = [None] * len(sheet.items)
        problems: list[Problem] = []
        lengths: dict[int, str] = {}
        for number, value in subject.values.items():
            item = sheet.by_id.get(number)
            place = Place(path=f"{subject.id}: {number}")
            if item is None:
                problems.append(Problem("NTM-401", place, {"key": number, "guess": nearest(number, sheet.by_id)}))
            elif value.__class__ is Unknown or value.__class__ is NotApplicable:
                values[item.index] = value
            elif value.__class__ is tuple:
                values[item.index] = self._members(item, value, place, problems)
                lengths[len(value)] = number
            elif (points := _level(item, value)) is None:
                problems.append(self._no_level(item, value, place))
            else:
                values[item.index] = Given(points, points, points, points, Decimal(points))
        if len(lengths) > 1:
            got = ", ".join(f"{number}: {count}" for count, number in sorted(lengths.items()))
            problems.append(Problem("NTM-415", Place(path=subject.id), {"got": got}))
        for case, items in sheet.cases:
            scored = [item.id for item in items if values[item.index].__class__ is Given]
            if len(scored) > 1:
                problems.append(Problem("NTM-416", Place(path=f"{subject.id}: {case}"), {"criterion": case, "got": ", ".join(scored)}))
        problems += [
            Problem("NTM-407", Place(path=f"{subject.id}: attested.{key}"), {"key": key, "guess": None}) for key in subject.attested
        ]
        if problems:
            raise SubjectError(problems)
        return values

    def _members(self, item: Item, given: tuple[Any, ...], place: Place, problems: list[Problem]) -> Given | None:
        points: list[int | None] = []
        for value in given:
            if value.__class__ is Unknown:
                points.append(None)
                continue
            found = _level(item, value)
            if found is None:
                problems.append(self._no_level(item, value, place))
            points.append(found)
        return mean(points, item)

    def _no_level(self, item: Item, value: Any, place: Place) -> Problem:
        shown = plain(value) if isinstance(value, Decimal) else str(value)
        return Problem("NTM-413", place, {"got": shown, "allowed": ", ".join(map(str, item.levels))})

    # --- what lies beyond the sheet -----------------------------------------------------------------------------

    def _settle(
        self, sheet: ReadySheet, values: list[Any], known: Mapping[str, Any], root: Judged, scored: Scored
    ) -> tuple[Judged, Scored]:
        """Exclusions, the council's own rules, and who may recognise the class on that day."""
        names = sheet.sheet.excluded_if
        exclusions = self.score.exclusions
        excluded = tuple(exclusions[name].title for name in names if known.get(name) is True)
        if excluded:
            because = _listed(EXCLUDED, excluded)
            lost = scored._replace(stars=None, stars_possible=(), standing="rejected", granted_by=None, excluded=excluded, held_back_by=())
            return (root[0], Outcome.NOT_MET, None, "derived", because, None, root[6]), lost
        open_ = tuple(exclusions[name].title for name in names if name not in known)
        reason = _listed(MAYBE_EXCLUDED, open_) if open_ else self._council(sheet, values, known)
        if values:
            standing = standing_of(sheet, Fraction(scored.total_range[0]), known.get("council_level"))
            scored = scored._replace(standing=standing, granted_by=sheet.granted_by.get(scored.stars or 0))
        if reason is not None:
            waits = [name for name in names if name not in known] + (["council_members"] if reason is SIZE_UNKNOWN else [])
            face = replace(root[0], waits_for=tuple((name, self._declared[name].title) for name in waits))
            outcome = Outcome.NOT_MET if open_ and root[1] is Outcome.NOT_MET else Outcome.UNDETERMINED
            root = (face, outcome, None, "derived" if outcome is Outcome.NOT_MET else None, reason, None, root[6])
            scored = scored._replace(stars=None, standing=None, granted_by=None)
        return root, scored

    def _council(self, sheet: ReadySheet, values: list[Any], known: Mapping[str, Any]) -> Bilingual | None:
        """Why the council's regulation does not let the scores stand, or leaves it open."""
        council = self.score.council
        if not values:
            return None
        lists = [(item, value) for item in sheet.items if (value := values[item.index]).__class__ is Given and value.members]
        if council is None or not lists:
            return None
        present = len(lists[0][1].members)
        if council.quorum_share is not None:
            size = known.get("council_members")
            if size is None:
                return SIZE_UNKNOWN
            if present * 100 < council.quorum_share * size:
                return _filled(NO_QUORUM, str(present), plain(size), plain(council.quorum_share))
        if council.max_deviation is None:
            return None
        complete = len(lists) == len(sheet.items) and all(None not in value.members for _, value in lists)
        if not complete:
            return _filled(MAYBE_TOO_FAR, plain(council.max_deviation))
        totals = [sum(value.members[i] or 0 for _, value in lists) for i in range(present)]
        apart = max(totals) - min(totals)
        if apart <= council.max_deviation:
            return None
        return _filled(TOO_FAR, str(apart), plain(council.max_deviation))


def _order(number: str) -> list[tuple[int, str]]:
    """Numbers of a sheet in the order people expect: 2 before 10, 6.1.3 before 6.1.3b."""
    parts = [(part.rstrip("abcdefgh"), part) for part in number.split(".")]
    return [(int(digits) if digits.isdigit() else 0, part) for digits, part in parts]


def _level(item: Item, value: Any) -> int | None:
    """The points of a level; None where no level has them."""
    if value.__class__ is Decimal:
        return item.read.get(value)
    try:
        return item.read.get(exact(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _plain_points(subject: Subject, sheet: ReadySheet) -> list[int] | None:
    """The points in the order of the sheet, where each criterion has exactly one number that is a level of it."""
    given = subject.values
    if len(given) != len(sheet.items) or subject.attested or bool in map(type, given.values()):
        return None
    try:
        return [item.read[given[item.id]] for item in sheet.items]
    except (KeyError, TypeError):
        return None


def _listed(template: Bilingual, titles: tuple[Bilingual, ...]) -> Bilingual:
    return Bilingual(
        template.vi.format("; ".join(title.vi for title in titles)), template.en.format("; ".join(title.en for title in titles))
    )


def _filled(template: Bilingual, *words: str) -> Bilingual:
    return Bilingual(template.vi.format(*words), template.en.format(*words))
