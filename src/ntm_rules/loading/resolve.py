"""Which law applies: the edition in force on a day, and the overlays that change it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.certificates import Certified, certified
from ntm_rules.loading.lints import RULESET
from ntm_rules.loading.lints.lint import is_sound
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.overlays import apply_overlay, differing
from ntm_rules.loading.provinces import Provinces
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.canonical import digest
from ntm_rules.loading.text.yaml_text import Unread, read_file
from ntm_rules.model.overlay import KIND_ORDER, OverlayDocument
from ntm_rules.model.ruleset import Period, RuleSetDocument, family_of
from ntm_rules.problems import NotFound, NotInForce, Place, Problem, RulesetError, nearest
from ntm_rules.values import LANGS, Bilingual

Versions = Mapping[str, str | None]
_INSTEAD = Bilingual("{}; cùng danh hiệu: {}", "{}; for the same status: {}")


@dataclass(frozen=True, slots=True)
class Layer:
    """One document that an effective ruleset is made of, or one that was left aside, with the reason."""

    id: str
    version: str
    instrument: str
    applied: bool
    why: Bilingual
    of: str | None = None  #: the province whose rules of the day it states, if it does


@dataclass(frozen=True)
class Effective:
    """An edition as it stands on a day in a province: the resolved document, its identity and how it came about."""

    document: RuleSetDocument
    on: date | None
    province: str | None
    drafts: tuple[str, ...]
    layers: tuple[Layer, ...]
    sha256: str
    sheets: Sheets | None = None
    readings: tuple[tuple[str, str], ...] = ()
    provinces: Provinces | None = None  #: what a subject may name as its province; None for what is read back as it was stored
    told: tuple[Problem, ...] = ()  #: of the province asked for, and of certificates that disagree
    certified: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: the certificates behind a place that a figure was seen in
    read: frozenset[tuple[str, int]] = frozenset()  #: the readings that say something of the text: certificate, number

    @property
    def overlays(self) -> tuple[Layer, ...]:
        """The overlays that were applied, in order."""
        return tuple(layer for layer in self.layers[1:] if layer.applied)


def require_day(given: Any) -> None:
    """Refuse what is no day: a text, or a time.

    Raises:
        NotInForce: it is none.
    """
    if not isinstance(given, date) or isinstance(given, datetime):
        raise NotInForce([Problem("NTM-325", Place(path="on"), {"got": f"{given!r:.40}"})])


def edition_on(catalogue: Catalogue, family: str, on: date, province: str | None = None) -> str:
    """The name of the edition of a family in force on a day: one of the province's own where it has some, else the national one.

    Without a province the national one alone answers: a set of one province is nobody else's.

    Raises:
        NotFound: no family has that name, or the province is not on the list.
        NotInForce: no edition is in force that day (the message lists those on record), or two are, or all are those of provinces; or it is
            no day.
    """
    require_day(on)
    editions = {name: entry for name, entry in catalogue.rulesets.items() if family_of(name) == family}
    if not editions:
        families = {family_of(name) for name in catalogue.rulesets}
        raise NotFound([Problem("NTM-306", Place(path=family), {"got": family, "guess": nearest(family, families)})])
    if province is not None:
        province = catalogue.provinces.require(province)
    national = {name: entry for name, entry in editions.items() if entry.province is None}
    own = {name: entry for name, entry in editions.items() if province is not None and entry.province == province}
    if not own and not national:
        raise NotInForce([Problem("NTM-318", Place(path=family), {"got": family, "editions": _listed(editions.values())})])
    editions = own or national
    running = [name for name, entry in editions.items() if entry.covers(on)]
    if len(running) == 1:
        return running[0]
    if running:
        raise NotInForce([Problem("NTM-308", Place(path=family), {"on": on, "editions": ", ".join(running)})])
    raise _not_in_force(family, on, editions.values(), _instead(catalogue, editions, on))


ROUNDS = ("first", "upgrade", "re-assessment")


def edition_for(
    catalogue: Catalogue, family: str, on: date, province: str | None, filed: date | None, round_: str | None
) -> tuple[str, date]:
    """The edition that decides a dossier, and the day whose text of it counts.

    What was filed before a new edition stays under the older one for as long as the transition of the new one says; the older one then
    counts as it stood on its last day.

    Raises:
        NotFound: as :func:`edition_on`.
        NotInForce: as :func:`edition_on`, and where the transition has run out without saying what follows.
        ValueError: ``round_`` is none of ``first``, ``upgrade``, ``re-assessment``, or is needed and not given.
    """
    if round_ is not None and round_ not in ROUNDS:
        raise ValueError(f"round: {', '.join(ROUNDS)} (got {round_!r})")
    if filed is not None:
        require_day(filed)
    name = edition_on(catalogue, family, on, province)
    rules = [rule for rule in catalogue.ruleset(name).transition if filed is not None and filed < rule.filed_before]
    if round_ is None and any(rule.rounds for rule in rules):
        raise ValueError(f"round: {', '.join(ROUNDS)} (needed: {name} has a transition for each)")
    rule = next((rule for rule in rules if not rule.rounds or round_ in rule.rounds), None)
    if rule is None:
        return name, on
    if on > rule.until:
        words = {"filed": filed, "on": on, "use": rule.use, "until": rule.until}
        raise NotInForce([Problem("NTM-312", Place(path=name), words)])
    return rule.use, catalogue.entry("ruleset", rule.use).in_force.until or on


def _not_in_force(name: str, on: date, editions: Iterable[Entry], instead: Iterable[Entry] = ()) -> NotInForce:
    listed: str | Bilingual = _listed(editions)
    if others := _listed(instead):
        listed = _INSTEAD.fill(listed, others)
    return NotInForce([Problem("NTM-307", Place(path=name), {"got": name, "on": on, "editions": listed})])


def _instead(catalogue: Catalogue, ended: Mapping[str, Entry], on: date) -> list[Entry]:
    """The sets of other families by which the same status is granted on a day, or from the next day on which there is one."""
    if any(_lasts(entry, on) for entry in ended.values()):
        return []  # the family is to come, or stands again
    granted = {_granted(entry) for entry in ended.values()}
    others = [entry for name, entry in catalogue.rulesets.items() if name not in ended and entry.province is None]
    return [entry for entry in others if _granted(entry) in granted and _lasts(entry, on)]


def _lasts(entry: Entry, on: date) -> bool:
    """Whether an edition has not ended before a day."""
    return entry.in_force.until is None or entry.in_force.until >= on


def _granted(entry: Entry) -> tuple[Any, Any]:
    """The status that a set grants, and to whom; of a set that grants none, itself."""
    return entry.header.get("grants", entry.id), entry.header.get("subject")


def _listed(editions: Iterable[Entry]) -> str:
    return "; ".join(f"{entry.id} ({entry.span})" for entry in editions)


def _span(period: Period) -> str:
    return f"{period.start or '…'} → {period.until or '…'}"


def resolve(
    catalogue: Catalogue,
    name: str,
    *,
    on: date | None = None,
    province: str | None = None,
    drafts: tuple[str, ...] = (),
    versions: Versions | None = None,
) -> Effective:
    """An edition with the overlays of a day and a province applied.

    Without ``on``, the text as last amended: the overlays in force on the edition's last day (or the newest ones while it runs).
    ``versions`` asks for published versions (None: the working file) by document name; they alone are applied then, whatever came since.

    Raises:
        NotFound: there is no such edition, draft, version or province.
        NotInForce: ``on`` lies outside the edition's days.
        RulesetError: a document is wrong, overlays conflict, or one cannot be applied.
    """
    if on is not None:
        require_day(on)
    entry = catalogue.entry("ruleset", name)
    provinces = catalogue.provinces if versions is None else None  # what was decided stands, whatever it was decided for
    if provinces is not None and province is not None:
        province = provinces.require(province)
    if on is not None and versions is None and not entry.in_force.covers(on):
        raise _not_in_force(name, on, [entry])
    base = catalogue.ruleset(name, versions.get(name) if versions else None)
    layers = [Layer(name, base.version, base.instrument, True, _edition_reason(entry, on))]
    chosen = []
    day = on or _last_day(catalogue, entry)
    candidates = _candidates(catalogue, entry, drafts, versions)
    for overlay in candidates:
        applies, why = _applies(overlay, day, province, drafts)
        if versions is not None:
            applies = True
        instrument = overlay.instrument if overlay.changes else ""  # what changes nothing lends no authority
        own = overlay.kind == "provincial" and bool(overlay.changes) and overlay.in_force.covers(day)
        layers.append(Layer(overlay.overlay, overlay.version, instrument, applies, why, overlay.province if own else None))
        if applies:
            chosen.append(overlay)
    sheets = catalogue.sheets(name, versions.get(name) if versions else None) if base.score else None
    checked, sha256 = _combined(catalogue, base, chosen, sheets)
    layers = [_said(layer, checked, versions) for layer in layers]
    told = _of_province(provinces, province, day, on, base, candidates) if provinces is not None and province is not None else []
    for problem in told:
        said = [" ".join((problem.what(lang), problem.why(lang))) for lang in LANGS]
        layers.append(Layer(f"provinces/{province}", "", "", False, Bilingual(*said)))
    return Effective(
        checked.document,
        on,
        province,
        drafts,
        tuple(layers),
        sha256,
        checked.sheets,
        provinces=provinces,
        told=(*told, *checked.told),
        certified=checked.by,
        read=frozenset(checked.read),
    )


def _combined(catalogue: Catalogue, base: RuleSetDocument, chosen: list[OverlayDocument], sheets: Sheets | None) -> tuple[Certified, str]:
    """An edition with overlays applied, and its sha256: worked out once, since whoever judges a country asks for few texts on many days."""
    key = ("certified", *_key(base, chosen))
    if key not in catalogue.combined:
        _refuse_conflicts(catalogue, chosen)
        sound = _sound(catalogue, base, [overlay for overlay in chosen if overlay.changes])
        checked = certified(catalogue, sound, chosen, sheets)
        catalogue.combined[key] = checked, digest(checked.document.plain_data())
    found: tuple[Certified, str] = catalogue.combined[key]
    return found


# What holding a change against a text that it does not fit may raise; a problem that is told (RulesetError) is a ValueError.
_UNAPPLICABLE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def _sound(catalogue: Catalogue, base: RuleSetDocument, chosen: list[OverlayDocument]) -> RuleSetDocument:
    """An edition with overlays applied, asked once whether it is sound as a whole; where it is not, each change is asked in turn."""
    with suppress(*_UNAPPLICABLE):  # it is told below
        document = _applied(catalogue, base, chosen)
        if document is base or _is_sound(catalogue, base, chosen, document):
            return document
    return _applied(catalogue, base, chosen, linted=True)


def _is_sound(catalogue: Catalogue, base: RuleSetDocument, chosen: list[OverlayDocument], document: RuleSetDocument) -> bool:
    """Whether an edition with overlays applied is sound: the national text is asked once for all provinces, of theirs what differs."""
    national = [overlay for overlay in chosen if overlay.kind == "amendment"]
    if len(national) < len(chosen):
        before = _applied(catalogue, base, national)
        own = differing(before, document)
        if own is not None and _is_sound(catalogue, base, national, before):
            document = own
        return is_sound(RULESET, Walk(document, catalogue.instruments))
    lowest = _lowest(catalogue, base, chosen)
    if lowest is not catalogue and _is_sound(lowest, base, chosen, document):
        return True  # what is not sound there may be here, where more instruments are on record
    key = ("sound", *_key(base, chosen))
    if key not in catalogue.combined:
        catalogue.combined[key] = is_sound(RULESET, Walk(document, catalogue.instruments))
    sound: bool = catalogue.combined[key]
    return sound


def _lowest(catalogue: Catalogue, base: RuleSetDocument, chosen: list[OverlayDocument]) -> Catalogue:
    """The lowest layer that has an edition and all these overlays: what is worked out there holds for all above."""
    below = catalogue.below
    if below is None or base.ruleset not in below.rulesets or any(overlay.overlay not in below.overlays for overlay in chosen):
        return catalogue
    return _lowest(below, base, chosen)


def _applied(catalogue: Catalogue, base: RuleSetDocument, chosen: list[OverlayDocument], *, linted: bool = False) -> RuleSetDocument:
    """An edition with overlays applied one after another; without ``linted`` not asked yet whether it is sound as a whole.

    Each stage is kept in the lowest layer that has all of it, for all above.
    """
    if not chosen:
        return base
    catalogue = _lowest(catalogue, base, chosen)
    key = (linted, *_key(base, chosen))
    if key not in catalogue.combined:
        *before, last = chosen
        document = _applied(catalogue, base, before, linted=linted)
        national = _applied(catalogue, base, [overlay for overlay in before if overlay.kind == "amendment"], linted=linted)
        file = Unread(str(catalogue.entry("overlay", last.overlay).path))
        changed = apply_overlay(document, last, file, catalogue.instruments, national=national, linted=linted)
        if file.problems:
            raise RulesetError(file.problems)
        catalogue.combined[key] = changed
    found: RuleSetDocument = catalogue.combined[key]
    return found


def _key(base: RuleSetDocument, chosen: list[OverlayDocument]) -> tuple[tuple[str, str], ...]:
    return ((base.ruleset, base.version), *((overlay.overlay, overlay.version) for overlay in chosen))


def _said(layer: Layer, checked: Certified, versions: Versions | None) -> Layer:
    """A layer as it stands once it is known which certificates say something of the text."""
    if versions is not None or layer.id not in checked.offered or layer.id in checked.effective:
        return layer
    return replace(layer, applied=False, why=NOTHING_READ)


NOTHING_READ = Bilingual("không đối chiếu con số nào của ngày này", "checks no figure of this day")


def _of_province(
    provinces: Provinces, province: str, day: date, on: date | None, base: RuleSetDocument, overlays: list[OverlayDocument]
) -> list[Problem]:
    """What is to be told of the province asked for: that it ended, that the set is another's, that nothing of its own is on record, or
    nothing that is in force on the day."""
    found = provinces.told(province, on=on)
    own = [overlay.in_force for overlay in overlays if overlay.province == province]
    if base.province not in (None, province):
        found = provinces.told(province, on=on, asked=base.province)
    elif base.province is None and not own:
        found.append(Problem("NTM-317", Place(path="province"), {"got": provinces.name(province)}))
    elif base.province is None and not any(period.covers(day) for period in own):
        words = {"got": provinces.name(province), "on": day, "spans": "; ".join(map(_span, own))}
        found.append(Problem("NTM-330", Place(path="province"), words))
    return found


def _edition_reason(entry: Entry, on: date | None) -> Bilingual:
    span = entry.span
    if on is None:
        return Bilingual(f"nạp đích danh, không kèm ngày (hiệu lực {span})", f"loaded by name, without a day (in force {span})")
    return Bilingual(f"có hiệu lực {span}, bao gồm ngày {on}", f"in force {span}, which includes {on}")


def _candidates(catalogue: Catalogue, entry: Entry, drafts: tuple[str, ...], versions: Versions | None) -> list[OverlayDocument]:
    """The overlays of an edition in the order they apply: amendments, provincial ones, drafts; each kind by its first day."""
    for overlay in (*drafts, *(name for name in versions or () if name != entry.id)):
        catalogue.entry("overlay", overlay)
    named = [
        overlay.id
        for overlay in catalogue.overlays.values()
        if overlay.header.get("amends") == entry.id and (versions is None or overlay.id in versions)
    ]
    found = [catalogue.overlay(name, versions.get(name) if versions else None) for name in named]
    return sorted(found, key=lambda overlay: (KIND_ORDER[overlay.kind], overlay.in_force.start or date.min, overlay.overlay))


def _last_day(catalogue: Catalogue, entry: Entry) -> date:
    starts = [
        overlay.in_force.start
        for overlay in catalogue.overlays.values()
        if overlay.header.get("amends") == entry.id and overlay.in_force.start
    ]
    return entry.in_force.until or max([*starts, entry.in_force.start or date.min])


def _applies(overlay: OverlayDocument, day: date, province: str | None, drafts: tuple[str, ...]) -> tuple[bool, Bilingual]:
    span = _span(overlay.in_force)
    if overlay.kind == "draft":
        asked = overlay.overlay in drafts
        return asked, Bilingual("dự thảo, được gọi đích danh", "a draft, named in the call") if asked else Bilingual(
            "dự thảo, không được gọi", "a draft, not named"
        )
    if overlay.certifies is not None:
        who = overlay.certifies.who
        return True, Bilingual(who, f"the signed text, as read by {overlay.certifies.by} on {overlay.certifies.day}")
    if overlay.kind == "provincial" and overlay.province != province:
        return False, Bilingual(f"của tỉnh {overlay.province}", f"of the province {overlay.province}")
    if not overlay.in_force.covers(day):
        return False, Bilingual(f"hiệu lực {span}, không gồm ngày {day}", f"in force {span}, not on {day}")
    return True, Bilingual(f"hiệu lực {span}, bao gồm ngày {day}", f"in force {span}, which includes {day}")


def _refuse_conflicts(catalogue: Catalogue, overlays: list[OverlayDocument]) -> None:
    """Two overlays of one kind that set the same thing from the same day: which one counts is not clear."""
    taken: dict[tuple[object, ...], OverlayDocument] = {}
    problems = []
    for overlay in overlays:
        for i, change in enumerate(overlay.changes):
            for aspect in change.fields or ("node",):
                key = (overlay.kind, overlay.in_force.start, change.target, aspect)
                first = taken.setdefault(key, overlay)
                if first is not overlay:
                    file = read_file(catalogue.entry("overlay", overlay.overlay).path)
                    words = {"first": first.overlay, "second": overlay.overlay, "target": change.target}
                    problems.append(Problem("NTM-302", file.place(("changes", i)), words))
    if problems:
        raise RulesetError(problems)
