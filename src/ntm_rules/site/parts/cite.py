"""How to cite a page, which record it was written from, and how to report a mistake."""

from __future__ import annotations

from ntm_rules.site.address import address, of_guide
from ntm_rules.site.library import Edition
from ntm_rules.site.page import Page, text


def cite(page: Page, edition: Edition, cited: str) -> None:
    """The last part of a page on a set: its words for a footnote, its record, its address."""
    page.heading(page.say("Trích dẫn", "How to cite"), page.say("trich-dan", "cite"), searched=False)
    said = text(f"{cited}, {edition.document.instrument}.")
    page.html(
        f"<blockquote><p>{said} {page.say('Bản ghi', 'Record')} <code>{text(edition.id)}</code> "
        f'{page.say("phiên bản", "version")} {text(edition.rules.version)}, sha256 <code class="hash">{edition.rules.sha256}</code>, '
        f"<code>/{text(page.path)}</code></p></blockquote>"
    )
    unknown = page.link(f"{address(page.lang, 'unknown')}#bao", page.say("Cách báo", "How to report it"))
    guide = page.link(of_guide(page.lang, "policy-staff"), page.say("cách sửa", "how to mend it"))
    page.p(
        text(page.say("Thấy sai, hoặc đã đối chiếu được bản ký?", "Found a mistake, or checked the signed text?")), f"{unknown}; {guide}."
    )
