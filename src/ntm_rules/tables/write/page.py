"""A page of HTML: nothing is fetched from anywhere, everything from a table is escaped, it prints well."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ntm_rules.values import Lang

STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;margin:0 auto;max-width:70rem;
padding:1.5rem;color:#1b1b1b;background:#fff}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1.05rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#f0f0f0}td.n{text-align:right;font-variant-numeric:tabular-nums}
.met{color:#0a5c2b}.not_met{color:#a11212}.undetermined{color:#7a4b00}.not_applicable,.none{color:#555}
summary{cursor:pointer;padding:.4rem 0}details{border-bottom:1px solid #ddd}summary strong{margin-right:.5rem}
li{margin:.1rem 0}code{font-size:.9em}.small{color:#555;font-size:.9rem}a{color:#0b4f9c}
.wide{overflow-x:auto}.picture{min-width:36rem}.picture svg{max-width:100%;height:auto}
@media screen and (max-width:40rem){.cards thead{position:absolute;left:-9999px}
.cards,.cards tbody,.cards tr,.cards td{display:block;width:auto}
.cards tr{border:1px solid #bbb;margin:0 0 .75rem;padding:.25rem 0}.cards td,.cards td.n{border:0;text-align:left;padding:.2rem .6rem}
.cards td:empty{display:none}.cards td::before{content:attr(data-label);display:block;font-size:.85em;color:#555}}
@media print{body{max-width:none;padding:0;font-size:11pt}details{break-inside:auto}summary{break-after:avoid;list-style:none}
details::details-content{content-visibility:visible;block-size:auto}tr{break-inside:avoid}thead{display:table-header-group}
h1,h2,h3,h2+p,h3+p{break-after:avoid}.wide{overflow:visible}.picture{min-width:0;break-inside:avoid}
.picture svg{max-height:140mm;width:auto}@page{size:A4 landscape;margin:15mm}}
"""


def page(title: str, body: Iterable[str], lang: Lang) -> Iterable[str]:
    """A whole HTML page around ``body``, part by part: no script, no address to fetch from."""
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield from body
    yield "</body>\n</html>\n"
