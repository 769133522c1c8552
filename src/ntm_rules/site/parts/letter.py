"""A letter with a form filled in as far as a page can: it opens in the reader's own mail program, nothing is sent by the site."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ntm_rules.site.page import Page, tag
from ntm_rules.values import Bilingual

_SUBJECT: Final = Bilingual("Báo một con số: {0}", "A figure to report: {0}")
_FORM: Final = Bilingual(
    "Trang: {0}\nSố chỉ tiêu:\nCột (vùng, khu vực, năm):\nTrên trang ghi:\nBản ký ghi, đúng như in:\nSố hiệu, phụ lục, mục, trang:\n"
    "Nơi có bản ký:\nAi đối chiếu, ngày nào:\n",
    "Page: {0}\nIndicator:\nColumn (region, class, year):\nThe page says:\nThe signed text says, as printed:\n"
    "Document, annex, item, page:\nWhere the signed text is:\nWho compared it, on which day:\n",
)
_WRITE: Final = Bilingual("Viết thư báo số", "Write about a figure")


def letter(page: Page) -> str:
    """The link that opens the letter; to whom, the build of the site says (``NTM_SITE_CONTACT``), else the reader."""
    subject = quote(_SUBJECT.fill(page.shown).say(page.lang), safe="")
    body = quote(_FORM.fill(page.path).say(page.lang).replace("\n", "\r\n"), safe="")
    return tag("a", page.words(_WRITE), href=f"mailto:?subject={subject}&body={body}")
