"""An Atom feed of alerts (RFC 4287), for the reader that an office has: stable ids, so that nothing is shown twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ntm_rules.monitor.alerts import Alert
from ntm_rules.monitor.digest import IMPORTANT, TITLE, Address
from ntm_rules.values import Lang

ATOM: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 500  # entries; a reader keeps those that it has seen


def feed(alerts: Iterable[Alert], lang: Lang, *, journal: str, began: date, address: Address) -> str:
    """The alerts as a feed, the latest first.

    Args:
        alerts: those given so far, in order.
        lang: the language.
        journal: what tells the journal from all others, the same whenever it is read; ids are made from it.
        began: the day watching began, the feed's own where nothing was said yet.
        address: of the page that explains an alert.
    """
    given = list(alerts)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    SubElement(root, "id").text = f"urn:sha256:{sha256(journal.encode()).hexdigest()}"
    SubElement(root, "title").text = TITLE.say(lang)
    SubElement(root, "updated").text = _moment(given[-1].on if given else began)
    SubElement(SubElement(root, "author"), "name").text = "ntm-rules"
    times: Counter[str] = Counter()
    entries = []
    for alert in given:
        said = json.dumps({key: value for key, value in alert.as_dict().items() if key != "alert"}, ensure_ascii=False, sort_keys=True)
        times[said] += 1  # the same may happen twice on a day
        entries.append((alert, sha256(f"{journal}\n{said}\n{times[said]}".encode()).hexdigest()))
    for alert, name in reversed(entries[-MOST:]):
        entry = SubElement(root, "entry")
        SubElement(entry, "id").text = f"urn:sha256:{name}"
        SubElement(entry, "title").text = alert.text(lang)
        SubElement(entry, "updated").text = _moment(alert.on)
        SubElement(entry, "category", {"term": alert.kind, "label": IMPORTANT[alert.importance].say(lang)})
        if page := address(alert, lang):
            SubElement(entry, "link", {"rel": "alternate", "href": page})
        SubElement(entry, "content", {"type": "text"}).text = alert.text(lang)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+07:00"  # the day as it begins in Viet Nam
