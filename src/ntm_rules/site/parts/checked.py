"""Who says so: how far the figures of a page were checked, that no authority speaks here, and where to report one."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ntm_rules.model.figures import figures_of
from ntm_rules.model.ruleset import Criterion
from ntm_rules.site.address import address
from ntm_rules.site.library import Edition
from ntm_rules.site.page import Page
from ntm_rules.site.parts.figures import founded
from ntm_rules.site.parts.letter import letter
from ntm_rules.values import Bilingual, SourceLevel

_CHECKED: Final = Bilingual("{0}/{1} mức đã đối chiếu bản ký", "{0} of {1} figures checked against the signed text")
_OTHERS: Final = {
    SourceLevel.PUBLISHED: Bilingual("{0} thấy trong nguồn đã công bố", "{0} seen in a cited publication"),
    SourceLevel.RECALLED: Bilingual("{0} chưa có nguồn, chưa kiểm chứng", "{0} without a source, not checked"),
    SourceLevel.MISSING: Bilingual("{0} chưa có số liệu", "{0} not available"),
}
_CAUTION: Final = Bilingual("Mức chưa đối chiếu thì chưa dùng để lập hồ sơ.", "Do not file on figures that were not checked.")
_NO_AUTHORITY: Final = Bilingual("Đây không phải trang của cơ quan nhà nước.", "This is no page of an authority.")
_REPORT: Final = Bilingual("Báo một con số", "Report a figure")


def checked(levels: Counter[SourceLevel]) -> Bilingual:
    """How many of some figures were checked against the signed text, of how many."""
    return _CHECKED.fill(levels[SourceLevel.OFFICIAL], levels.total())


def standing(page: Page, levels: Counter[SourceLevel]) -> None:
    """The line under the title of every page with figures."""
    total = levels.total()
    if not total:
        return
    parts = [checked(levels)]
    parts += [words.fill(levels[level]) for level, words in _OTHERS.items() if levels[level]]
    said = page.words(Bilingual.join(parts, "; ")) + "."
    caution = page.words(_CAUTION) if levels[SourceLevel.OFFICIAL] < total else ""
    report = page.link(f"{address(page.lang, 'unknown')}#bao", _REPORT.say(page.lang))
    page.p(said, caution, page.words(_NO_AUTHORITY), f"{report} · {letter(page)}", class_="standing", data_search_exclude="")


def levels_of_criterion(edition: Edition, section: Criterion) -> Counter[SourceLevel]:
    """How many of the figures of one criterion stand at each source level."""
    return Counter(
        founded(figure, indicator.source, edition.document.instrument).level
        for indicator in section.indicators
        for _, figure in figures_of(indicator.bound)
    )
