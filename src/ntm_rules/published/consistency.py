"""Whether published totals agree with each other: bands make the communes, a mean is possible for its bands, parts make a sum.

Nothing here says which figure is wrong. A check that cannot be made, because a figure was not printed, is not a check that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, Final

from ntm_rules.problems import Place, Problem
from ntm_rules.published.totals import OCOP_CLASSES, Aggregate, Band, Claim, Stated
from ntm_rules.values import LANGS, Bilingual, Lang, plain, shown

_NOWHERE: Final = Place()
ALL_CRITERIA: Final = 19


@dataclass(frozen=True, slots=True)
class Check:
    """One check of published figures.

    Attributes:
        of: what it is about: a time of a series, or the content of a claim.
        what: what was checked.
        holds: whether the figures agree.
        detail: the computation.
        source: where the figures were read.
        place: where they stand in the file.
    """

    of: str
    what: Bilingual
    holds: bool
    detail: Bilingual
    source: str = ""
    place: Place = _NOWHERE

    @property
    def problem(self) -> Problem | None:
        """What does not agree, as a problem with its row; None where it does."""
        if self.holds:
            return None
        return Problem("NTM-815", self.place, {"as_of": self.of, "check": self.what, "detail": self.detail})

    def as_dict(self) -> dict[str, Any]:
        """The check as plain data."""
        both = {name: {"vi": text.vi, "en": text.en} for name, text in (("what", self.what), ("detail", self.detail))}
        return {"of": self.of, **both, "holds": self.holds, "source": self.source or None}


def check_series(series: Iterable[Aggregate]) -> tuple[Check, ...]:
    """Every check that the totals of each row allow."""
    return tuple(check for one in series for check in _of_row(one))


def _of_row(one: Aggregate) -> Iterator[Check]:
    counts = one.counts
    for part, whole in (
        ("met", "communes"),
        ("recognised", "communes"),
        ("advanced", "recognised"),
        ("model", "advanced"),
    ):
        if part in counts and whole in counts and counts[part] > counts[whole]:
            yield _check(one, _WITHIN[part], False, f"{counts[part]} > {counts[whole]}")
    classes = [counts[key] for key in OCOP_CLASSES if key in counts]
    if "ocop" in counts and len(classes) == len(OCOP_CLASSES):
        said = " + ".join(map(str, classes))
        yield _check(one, _OCOP_SUM, sum(classes) == counts["ocop"], f"{said} = {sum(classes)}; {counts['ocop']}")
    elif "ocop" in counts and sum(classes) > counts["ocop"]:
        yield _check(one, _OCOP_WITHIN, False, f"{sum(classes)} > {counts['ocop']}")
    bands = _whole_bands(one)
    if bands is None or "communes" not in counts:
        return
    overlap = _overlap(bands)
    if overlap:
        yield _check(one, _APART, False, overlap)
        return
    total = sum(band.count for band in bands)
    said = " + ".join(str(band.count) for band in bands)
    yield _check(one, _SUM, total == counts["communes"], f"{said} = {total}; {counts['communes']}")
    if one.mean is not None and total:
        low, high = (Decimal(sum(edge * band.count for edge, band in pairs)) / total for pairs in _edges(bands))
        said_vi, said_en = (f"{_two(low, lang)} ≤ {stated_text(one.mean, lang)} ≤ {_two(high, lang)}" for lang in LANGS)
        yield Check(one.as_of, _MEAN, one.mean.admits(low, high), Bilingual(said_vi, said_en), one.source, one.place)


def _check(one: Aggregate, what: Bilingual, holds: bool, detail: str) -> Check:
    return Check(one.as_of, what, holds, Bilingual(detail), one.source, one.place)


def _whole_bands(one: Aggregate) -> tuple[Band, ...] | None:
    """The bands with those that met all criteria; None where one or the other was not printed."""
    if not one.bands:
        return None
    if any(band.high >= ALL_CRITERIA for band in one.bands):
        return one.bands
    return (Band(ALL_CRITERIA, ALL_CRITERIA, one.counts["met"]), *one.bands) if "met" in one.counts else None


def _overlap(bands: Sequence[Band]) -> str:
    ordered = sorted(bands, key=lambda band: band.low)
    for first, second in pairwise(ordered):
        if second.low <= first.high:
            return f"{first.low}-{first.high}, {second.low}-{second.high}"
    return ""


def _edges(bands: Sequence[Band]) -> tuple[list[tuple[int, Band]], list[tuple[int, Band]]]:
    return [(band.low, band) for band in bands], [(band.high, band) for band in bands]


def _two(number: Decimal, lang: Lang) -> str:
    return shown(number.quantize(Decimal("0.01"), ROUND_HALF_UP), lang)


def check_claims(claims: Iterable[Claim]) -> tuple[Check, ...]:
    """Every published number against every way to read it. Of several readings, those that do not hold are no error by themselves."""
    return tuple(_of_claim(claim) for claim in claims)


def refuted(claims: Sequence[Claim]) -> tuple[Check, ...]:
    """The published numbers that no reading explains: the checks that fail although no other reading of the number holds."""
    checks = check_claims(claims)
    explained = {claim.claim for claim, check in zip(claims, checks, strict=True) if check.holds}
    return tuple(check for claim, check in zip(claims, checks, strict=True) if claim.claim not in explained)


def _of_claim(claim: Claim) -> Check:
    parts = claim.parts
    if claim.relation == "sum":
        value, said = sum(parts, Decimal(0)), " + ".join(plain(part) for part in parts)
    else:
        value, said = parts[0] / parts[1], f"{plain(parts[0])} / {plain(parts[1])}"
        value = value * 100 if claim.relation == "share" else value
    exact_sum = claim.relation == "sum" and claim.stated.printed == "exact"
    holds = value == claim.stated.number if exact_sum else _rounds_to(value, claim.stated)
    sign = "=" if claim.relation == "sum" else "≈"
    computed = value if claim.relation == "sum" else value.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    vi, en = (f"{said} {sign} {shown(computed, lang)}; {stated_text(claim.stated, lang)}" for lang in LANGS)
    what = _RELATION[claim.relation]
    if claim.reading:
        what = Bilingual(f"{what.vi}, {claim.reading}", f"{what.en}, {claim.reading}")
    return Check(claim.title or claim.claim, what, holds, Bilingual(vi, en), claim.source, claim.place)


def _rounds_to(value: Decimal, stated: Stated) -> bool:
    least, most = stated.span
    return (least is None or value >= least) and (most is None or value < most)


def stated_text(stated: Stated, lang: Lang) -> str:
    """A printed number in words: *khoảng 15*, *about 15*."""
    return f"{_PRINTED_WORDS[stated.printed].say(lang)} {shown(stated.number, lang)}".strip()


_PRINTED_WORDS = {
    "exact": Bilingual(""),
    "about": Bilingual("khoảng", "about"),
    "above": Bilingual("trên", "above"),
    "below": Bilingual("gần", "nearly"),
}
_SUM = Bilingual("các mức cộng lại bằng tổng số xã", "the bands make the communes in all")
_APART = Bilingual("các mức không chồng nhau", "the bands do not overlap")
_OCOP_SUM = Bilingual("các hạng OCOP cộng lại bằng tổng số sản phẩm", "the OCOP classes make the products in all")
_OCOP_WITHIN = Bilingual("các hạng OCOP không quá tổng số sản phẩm", "the OCOP classes are not more than all products")
_MEAN = Bilingual("bình quân có thể có với các mức đó", "the mean is possible for these bands")
_WITHIN = {
    "met": Bilingual("số xã đạt không quá tổng số xã", "those that met are not more than all"),
    "recognised": Bilingual("số xã được công nhận không quá tổng số xã", "those recognised are not more than all"),
    "advanced": Bilingual("số xã nâng cao không quá số được công nhận", "the advanced are not more than the recognised"),
    "model": Bilingual("số xã kiểu mẫu không quá số nâng cao", "the model communes are not more than the advanced"),
}
_RELATION = {
    "sum": Bilingual("các phần cộng lại", "the parts add up"),
    "share": Bilingual("tỷ lệ", "the share"),
    "mean": Bilingual("bình quân", "the mean"),
}
