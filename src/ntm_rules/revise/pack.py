"""What an approver reads before signing a change of text: all that is known of it, gathered once, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.held import Held, by_level, held
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NtmError, Problem
from ntm_rules.revise.change import Diff
from ntm_rules.revise.compare import diff
from ntm_rules.revise.impact import Impact
from ntm_rules.revise.report import diff_report, impact_report
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, SourceLevel
from ntm_rules.verify.coverage import Aspect, Coverage, coverage_of
from ntm_rules.verify.folder import check
from ntm_rules.verify.mutants import MUTATIONS
from ntm_rules.verify.mutate import Mutated, mutate
from ntm_rules.verify.proofs.obligation import Obligation, State
from ntm_rules.verify.proofs.obligations import CLAIMS, prove
from ntm_rules.verify.warnings import warnings


@dataclass(frozen=True, slots=True)
class Verified:
    """How sound one changed document is.

    Attributes:
        id: the document, with its version.
        coverage: what its examples reach.
        mutated: which slips they notice.
        obligations: what must hold for every subject.
    """

    id: str
    coverage: Coverage
    mutated: Mutated
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything about one change of text.

    Attributes:
        before: the text that holds.
        after: the text that is to be approved.
        diff: what differs.
        impact: whom it affects; None where no table was given.
        wrong: what `check` refuses, and what keeps a document from being verified.
        doubtful: what `check` warns of in the changed documents.
        verified: each changed document.
    """

    before: RuleSet
    after: RuleSet
    diff: Diff
    impact: Impact | None
    wrong: tuple[Problem, ...]
    doubtful: tuple[Problem, ...]
    verified: tuple[Verified, ...]

    @property
    def open(self) -> tuple[Held, ...]:
        """The figures of the text after that were not checked against the signed text."""
        return tuple(one for one in held(self.after) if one.level is not SourceLevel.OFFICIAL)


def review_pack(catalogue: Catalogue, before: RuleSet, after: RuleSet, impact: Impact | None = None) -> Pack:
    """Gather what an approver needs.

    Args:
        catalogue: the folder that both texts stand in.
        before: the text that holds.
        after: the text that is to be approved.
        impact: whom the change affects, where that was asked.
    """
    entries = [entry for name, entry in _documents(catalogue) if after.identity.versions.get(name) == entry.version]
    changed = [entry for entry in entries if before.identity.versions.get(entry.id) != entry.version]
    wrong = check(catalogue)
    verified = []
    for entry in changed:
        try:
            verified.append(_verified(catalogue, entry))
        except NtmError as error:  # what can be told of the others counts
            wrong += [problem for problem in error.problems if problem not in wrong]
    homes = [str(entry.path.parent) for entry in changed]
    doubtful = [problem for problem in warnings(catalogue) if any(problem.place.file.startswith(home) for home in homes)]
    return Pack(before, after, diff(before, after), impact, tuple(wrong), tuple(doubtful), tuple(verified))


def _documents(catalogue: Catalogue) -> Iterator[tuple[str, Entry]]:
    yield from catalogue.rulesets.items()
    yield from catalogue.overlays.items()


def _verified(catalogue: Catalogue, entry: Entry) -> Verified:
    name = f"{entry.id} {entry.version}"
    return Verified(name, coverage_of(catalogue, entry), mutate(catalogue, entry), tuple(prove(catalogue, entry)))


def pack_report(pack: Pack, lang: Lang) -> Report:
    """The pack as one report, to be written on a page that needs nothing else."""
    sections = [
        Section(_TEXTS.say(lang), [head.say(lang) for head in _TEXT_HEADS], [_text(side, rules) for side, rules in _sides(pack, lang)]),
        *diff_report(pack.diff, lang).sections,
        *_impact(pack, lang),
        _problems(_WRONG, pack.wrong, lang),
        _problems(_DOUBTFUL, pack.doubtful, lang),
        *_verification(pack.verified, lang),
        *_open(pack, lang),
        Section(
            _SIGN.say(lang),
            [head.say(lang) for head in _SIGN_HEADS],
            [[who.say(lang), "", "", ""] for who in _WHO],
            [_SIGNED.fill(pack.after.id, pack.after.version, pack.after.sha256).say(lang)],
        ),
    ]
    return Report(_TITLE.fill(pack.after.title).say(lang), sections, _data(pack))


def _data(pack: Pack) -> dict[str, Any]:
    return {
        "diff": pack.diff.as_dict(),
        "impact": pack.impact and pack.impact.as_dict(),
        "wrong": [problem.as_dict() for problem in pack.wrong],
        "doubtful": [problem.as_dict() for problem in pack.doubtful],
        "documents": [
            {
                "id": one.id,
                "coverage": one.coverage.as_dict(),
                "mutants": one.mutated.as_dict(),
                "obligations": [obligation.as_dict() for obligation in one.obligations],
            }
            for one in pack.verified
        ],
        "open": [one.as_dict() for one in pack.open],
        "sha256": pack.after.sha256,
    }


def _sides(pack: Pack, lang: Lang) -> Iterator[tuple[str, RuleSet]]:
    yield _BEFORE.say(lang), pack.before
    yield _AFTER.say(lang), pack.after


def _text(side: str, rules: RuleSet) -> list[str]:
    identity = rules.identity
    made_of = "\n".join(f"{name} {version}" for name, version in identity.versions.items())
    return [side, made_of, str(identity.on or "–"), identity.province or "–", "\n".join(identity.instruments), identity.sha256]


def _impact(pack: Pack, lang: Lang) -> Iterator[Section]:
    if pack.impact is None:
        yield Section(_IMPACT.say(lang), notes=[_NO_TABLE.say(lang)])
    else:
        yield from impact_report(pack.impact, pack.before, pack.after, lang).sections


def _problems(title: Bilingual, problems: Sequence[Problem], lang: Lang) -> Section:
    rows = [[problem.line(lang)] for problem in problems]
    return Section(title.say(lang), [_WHAT.say(lang)] if rows else (), rows, [] if rows else [_NONE.say(lang)])


def _verification(verified: Sequence[Verified], lang: Lang) -> Iterator[Section]:
    """Coverage, the slips that no example notices, what is not proven: of each changed document."""
    heads = [_TEXT.say(lang), *(aspect.label.say(lang) for aspect in Aspect)]
    rows = [[one.id, *("{}/{}".format(*one.coverage.count(aspect)) for aspect in Aspect)] for one in verified]
    missed = [f"{one.id}: {point.sentence(lang)}" for one in verified for point in one.coverage.missed]
    yield Section(_COVERAGE.say(lang), heads, rows, missed or [_ALL_REACHED.say(lang)] if rows else [_NO_DOCUMENT.say(lang)])
    counts = [(one, *one.mutated.count()) for one in verified]
    notes = [_SLIPS.fill(one.id, of, killed, kept, of - killed - kept).say(lang) for one, killed, kept, of in counts]
    lost = [
        [one.id, MUTATIONS[mutant.mutation].title.say(lang), f"{mutant.where}: {mutant.old} → {mutant.new}"]
        for one in verified
        for mutant, _ in one.mutated.survivors
    ]
    yield Section(_SURVIVORS.say(lang), [head.say(lang) for head in (_TEXT, _WHAT, _WHERE)] if lost else (), lost, notes)
    unproven = [
        [one.id, CLAIMS[claim.claim].title.say(lang), claim.sentence(lang)]
        for one in verified
        for claim in one.obligations
        if claim.state is not State.PROVEN
    ]
    proven = [
        _PROVEN.fill(one.id, sum(claim.state is State.PROVEN for claim in one.obligations), len(one.obligations)).say(lang)
        for one in verified
    ]
    yield Section(_PROOFS.say(lang), [head.say(lang) for head in (_TEXT, _CLAIM, _WHERE)] if unproven else (), unproven, proven)


def _open(pack: Pack, lang: Lang) -> Iterator[Section]:
    """How far the figures of the text after were checked, and each that was not checked against the signed text."""
    counts = [[level.label.say(lang), str(count)] for level, count in by_level(held(pack.after)).items() if count]
    yield Section(_LEVELS.say(lang), [head.say(lang) for head in (_LEVEL, _FIGURES)], counts)
    if pack.after.sheets is None and pack.open:
        rows = [
            [
                one.where,
                one.title.say(lang),
                one.shown(lang),
                one.level.label.say(lang),
                f"{one.instrument}, {one.at}" if one.at else one.instrument,
            ]
            for one in sorted(pack.open, key=lambda one: -one.level.rank)
        ]
        yield Section(_OPEN.say(lang), [head.say(lang) for head in _OPEN_HEADS], rows)


_TITLE: Final = Bilingual("Hồ sơ trình duyệt: {}", "For approval: {}")
_TEXTS: Final = Bilingual("Hai văn bản", "The two texts")
_BEFORE: Final = Bilingual("Đang áp dụng", "In force")
_AFTER: Final = Bilingual("Trình duyệt", "For approval")
_TEXT_HEADS: Final = (
    Bilingual("Bản", "Side"),
    Bilingual("Gồm", "Made of"),
    Bilingual("Luật ngày", "Law of"),
    Bilingual("Tỉnh", "Province"),
    Bilingual("Văn bản", "Instruments"),
    Bilingual("Mã kiểm (sha256)", "sha256"),
)
_IMPACT: Final = Bilingual("Ai bị ảnh hưởng", "Who is affected")
_NO_TABLE: Final = Bilingual("Không có bảng số liệu kèm lệnh, nên chưa tính.", "No table was given, so this was not computed.")
_WRONG: Final = Bilingual("Lỗi còn trong thư mục", "Wrong in the folder")
_DOUBTFUL: Final = Bilingual("Chỗ đáng ngờ trong văn bản thay đổi", "Doubtful in the changed documents")
_WHAT: Final = Bilingual("Điều gì", "What")
_WHERE: Final = Bilingual("Chỗ", "Where")
_NONE: Final = Bilingual("Không có.", "None.")
_TEXT: Final = Bilingual("Văn bản", "Document")
_COVERAGE: Final = Bilingual("Ví dụ đã thử đến đâu", "What the examples reach")
_ALL_REACHED: Final = Bilingual("Ví dụ đã thử mọi chỗ.", "The examples reach everything.")
_NO_DOCUMENT: Final = Bilingual("Không văn bản nào có phiên bản khác.", "No document has another version.")
_SURVIVORS: Final = Bilingual("Sửa lệch mà không ví dụ nào phát hiện", "Slips that no example notices")
_SLIPS: Final = Bilingual(
    "{}: {} chỗ lệch; ví dụ do người viết phát hiện {}, ví dụ máy viết {}, lọt {}.",
    "{}: {} slips; examples by hand notice {}, made ones {}, none {}.",
)
_PROOFS: Final = Bilingual("Điều chưa chứng minh được", "What is not proven")
_CLAIM: Final = Bilingual("Điều phải đúng", "Claim")
_PROVEN: Final = Bilingual("{}: đã chứng minh {}/{}.", "{}: {} of {} proven.")
_LEVELS: Final = Bilingual("Mức nguồn của các con số", "How far the figures were checked")
_LEVEL: Final = Bilingual("Mức nguồn", "Level")
_FIGURES: Final = Bilingual("Số con số", "Figures")
_OPEN: Final = Bilingual("Con số chưa đối chiếu bản ký", "Figures not checked against the signed text")
_OPEN_HEADS: Final = (
    Bilingual("Số", "No."),
    Bilingual("Tên", "What"),
    Bilingual("Mức", "Figure"),
    _LEVEL,
    Bilingual("Căn cứ", "Instrument"),
)
_SIGN: Final = Bilingual("Ký duyệt", "Signatures")
_SIGN_HEADS: Final = (
    Bilingual("Ai", "Who"),
    Bilingual("Họ tên", "Name"),
    Bilingual("Ngày", "Day"),
    Bilingual("Chữ ký", "Signature"),
)
_WHO: Final = (
    Bilingual("Người nhập văn bản", "Entered by"),
    Bilingual("Người đối chiếu bản ký", "Checked against the signed text by"),
    Bilingual("Người duyệt", "Approved by"),
)
_SIGNED: Final = Bilingual(
    "Chữ ký là cho đúng nội dung này: {} {}, mã kiểm {}. Nội dung đổi thì mã kiểm đổi, phải lập hồ sơ khác.",
    "What is signed is this content: {} {}, sha256 {}. Another content has another sha256 and needs another pack.",
)
