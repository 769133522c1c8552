"""Alerts: what an office wants to be told at once, in one sentence, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ntm_rules.values import Bilingual, Lang

NAMES: Final[dict[str, Bilingual]] = {  # of the statuses, short enough for a sentence; others are called by their code
    "ntm": Bilingual("xã nông thôn mới", "NTM commune"),
    "ntm-advanced": Bilingual("xã nông thôn mới nâng cao", "advanced NTM commune"),
    "ntm-model": Bilingual("xã nông thôn mới kiểu mẫu", "model NTM commune"),
    "ntm-modern": Bilingual("xã nông thôn mới hiện đại", "modern NTM commune"),
    "village-ntm": Bilingual("thôn nông thôn mới", "NTM village"),
    "village-ntm-ethnic": Bilingual("thôn nông thôn mới vùng dân tộc thiểu số", "NTM village in an ethnic-minority area"),
    "village-model": Bilingual("thôn nông thôn mới kiểu mẫu", "model NTM village"),
    "district-ntm": Bilingual("huyện nông thôn mới", "NTM district"),
    "district-advanced": Bilingual("huyện nông thôn mới nâng cao", "advanced NTM district"),
    "city-completed": Bilingual("hoàn thành nhiệm vụ xây dựng nông thôn mới", "programme completed"),
    "province-completed": Bilingual("hoàn thành nhiệm vụ xây dựng nông thôn mới", "programme completed"),
    "ocop": Bilingual("sản phẩm OCOP", "OCOP product"),
}

_NOT_KNOWN: Final = Bilingual("chưa rõ", "not known")
TITLED: Final = Bilingual("{0} ({1})", "{0} ({1})")

KINDS: Final[dict[str, Bilingual]] = {
    "criterion-lost": Bilingual(
        "đang giữ danh hiệu «{status}», nay không đạt tiêu chí {criterion}",
        "holds «{status}» and now fails criterion {criterion}",
    ),
    "slipped": Bilingual(
        "đang giữ danh hiệu «{status}», nay không còn đạt bộ {ruleset}",
        "holds «{status}» and no longer meets {ruleset}",
    ),
    "slipped-again": Bilingual(
        "không đạt hai năm liền, danh hiệu «{status}», bộ {ruleset}",
        "fails for the second year in a row, status «{status}», {ruleset}",
    ),
    "recognised-unmet": Bilingual(
        "được công nhận «{status}» trong khi số liệu chưa đạt bộ {ruleset}",
        "recognised as «{status}» while its figures do not meet {ruleset}",
    ),
    "recognised": Bilingual(
        "được công nhận «{status}» từ ngày {since}",
        "recognised as «{status}» from {since}",
    ),
    "revoked": Bilingual(
        "bị thu hồi danh hiệu «{status}» từ ngày {since}",
        "«{status}» revoked from {since}",
    ),
    "merged": Bilingual(
        "nhập vào «{observed}» từ ngày {since}",
        "merged into «{observed}» from {since}",
    ),
    "renamed": Bilingual(
        "nay gọi là «{observed}», từ ngày {since}",
        "is called «{observed}» from {since}",
    ),
    "filed": Bilingual(
        "đã nộp hồ sơ đánh giá lại ngày {since}",
        "filed for re-assessment on {since}",
    ),
    "ending": Bilingual(
        "còn {days} ngày là hết hạn công nhận «{status}», ngày {until}",
        "{days} days until the recognition as «{status}» ends, on {until}",
    ),
    "next-level": Bilingual(
        "đang giữ danh hiệu «{status}», số liệu năm nay chưa đủ mức năm {next} ở tiêu chí {criterion}: {reason}",
        "holds «{status}», and this year's figures are below the level of {next} in criterion {criterion}: {reason}",
    ),
    "regained": Bilingual(
        "lại đạt bộ {ruleset}, danh hiệu «{status}»",
        "meets {ruleset} again, status «{status}»",
    ),
    "unsettled": Bilingual(
        "chưa xác định còn đạt bộ {ruleset} hay không, danh hiệu «{status}»",
        "is no longer known to meet {ruleset}, status «{status}»",
    ),
    "meets": Bilingual(
        "đạt đủ bộ {ruleset}, chưa ghi nhận được công nhận «{status}»",
        "meets {ruleset}; no recognition as «{status}» is on record",
    ),
    "ground": Bilingual(
        "có căn cứ thu hồi danh hiệu «{status}» ({reason})",
        "there is a ground for revoking «{status}» ({reason})",
    ),
    "ground-gone": Bilingual(
        "không còn căn cứ thu hồi danh hiệu «{status}»",
        "there is no longer a ground for revoking «{status}»",
    ),
    "ground-open": Bilingual(
        "chưa xác định còn căn cứ thu hồi danh hiệu «{status}» hay không",
        "whether there still is a ground for revoking «{status}» is not known",
    ),
    "reassess": Bilingual(
        "đến kỳ nộp hồ sơ đánh giá lại «{status}», hết hạn {until}",
        "is due for re-assessment as «{status}», expires {until}",
    ),
    "expired": Bilingual(
        "hết hạn công nhận «{status}» ngày {until}",
        "the recognition as «{status}» expired on {until}",
    ),
    "share-reached": Bilingual(
        "đạt tiêu chí {criterion} của bộ {ruleset}: {observed}",
        "reaches criterion {criterion} of {ruleset}: {observed}",
    ),
    "share-lost": Bilingual(
        "không còn đạt tiêu chí {criterion} của bộ {ruleset}: {observed}",
        "no longer reaches criterion {criterion} of {ruleset}: {observed}",
    ),
    "share-moved": Bilingual(
        "tiêu chí {criterion} của bộ {ruleset}: {observed} (trước: {before})",
        "criterion {criterion} of {ruleset}: {observed} (was: {before})",
    ),
    "target-reached": Bilingual(
        "đạt mục tiêu {criterion} ({ruleset})",
        "reaches target {criterion} ({ruleset})",
    ),
    "target-lost": Bilingual(
        "không còn đạt mục tiêu {criterion} ({ruleset})",
        "no longer reaches target {criterion} ({ruleset})",
    ),
    "no-figures": Bilingual(
        "chưa có số liệu năm {year} ({observed})",
        "nothing is told of {year} yet ({observed})",
    ),
    "set-met": Bilingual(
        "đạt đủ bộ {ruleset}",
        "meets {ruleset}",
    ),
    "set-lost": Bilingual(
        "không còn đạt bộ {ruleset}",
        "no longer meets {ruleset}",
    ),
}


# Within each, in this order.
IMPORTANCE: Final = (
    ("ground", "slipped-again", "recognised-unmet", "revoked", "expired", "slipped", "criterion-lost"),
    ("ending", "share-lost", "target-lost", "set-lost", "ground-open", "unsettled", "next-level", "reassess", "no-figures"),
    (
        "recognised",
        "merged",
        "renamed",
        "filed",
        "meets",
        "regained",
        "ground-gone",
        "target-reached",
        "share-reached",
        "set-met",
        "share-moved",
    ),
)
_FAILING: Final = ("slipped", "slipped-again")
_LYING_IN: Final = Bilingual("{}: tiêu chí {}", "{}: {}")


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that followed from what was told.

    Attributes:
        number: alerts are counted from 1, in the order they were given.
        on: the day watched.
        kind: what happened; the keys of ``KINDS``.
        subject: the code of the unit.
        name: of the unit, for people.
        ruleset: the edition that it follows from; empty for certificates.
        status: the status concerned.
        criterion: the number of the criterion.
        title: of the criterion.
        before: what was observed before, of a share or count.
        observed: what is observed now.
        until: the last day of a certificate.
        reason: what a ground for revocation lies in, and the text that says so; the criteria that a slip lies in.
        since: the day of the act.
    """

    number: int
    on: date
    kind: str
    subject: str
    name: str = ""
    ruleset: str = ""
    status: str = ""
    criterion: str = ""
    title: Bilingual | None = None
    before: Bilingual | None = None
    observed: Bilingual | None = None
    until: date | None = None
    reason: Bilingual | None = None
    since: date | None = None

    @property
    def importance(self) -> int:
        """1 of what has to be looked at first, 2 of what is to be watched, 3 of what is good to know."""
        return next(number for number, kinds in enumerate(IMPORTANCE, 1) if self.kind in kinds)

    def text(self, lang: Lang = "vi") -> str:
        """The alert in one line."""
        sentence = KINDS[self.kind].fill(
            status=NAMES.get(self.status, self.status),
            ruleset=self.ruleset,
            criterion=TITLED.fill(self.criterion, self.title) if self.title is not None else self.criterion,
            before=_shown(self.before),
            observed=_shown(self.observed),
            until=self.until,
            year=self.on.year,
            next=self.on.year + 1,
            since=self.since,
            days=(self.until - self.on).days if self.until is not None else "",
            reason=self.reason if self.reason is not None else _NOT_KNOWN,
        )
        if self.kind in _FAILING and self.reason is not None:
            sentence = _LYING_IN.fill(sentence, self.reason)
        return f"{self.on} {f'{self.name} ({self.subject})' if self.name else self.subject}: {sentence.say(lang)}"

    def as_dict(self) -> dict[str, Any]:
        """The alert as plain data, for ``--json`` and other programs."""
        words = ("subject", "name", "ruleset", "status", "criterion")
        texts = ("title", "before", "observed", "reason")
        return {
            "alert": self.number,
            "on": self.on.isoformat(),
            "kind": self.kind,
            **{word: value for word in words if (value := getattr(self, word))},
            **{word: value.both() for word in texts if (value := getattr(self, word))},
            **{word: value.isoformat() for word in ("until", "since") if (value := getattr(self, word))},
            "text": {"vi": self.text("vi"), "en": self.text("en")},
        }


def _shown(text: Bilingual | None) -> Bilingual:
    """The text, or that it is not known; a number of its own in Vietnamese has a decimal comma."""
    return Bilingual(re.sub(r"(?<=\d)\.(?=\d)", ",", text.vi), text.en) if text else _NOT_KNOWN
