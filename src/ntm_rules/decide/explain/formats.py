"""What an explanation is written as: text, Markdown, or a fragment of HTML in which all text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Final, Literal

from ntm_rules.decide.explain.outline import Line
from ntm_rules.values import Lang

Format = Literal["text", "markdown", "html"]


def _text(lines: Iterable[Line], lang: Lang) -> str:
    out = []
    for line in lines:
        text = line.text.say(lang)
        if line.kind == "item":
            out.append("  " * (line.depth + 1) + f"- {text}")
        else:
            out.append(f"{text}:" if line.kind == "heading" else text)
    return "\n".join(out)


def _markdown(lines: Iterable[Line], lang: Lang) -> str:
    out: list[str] = []
    for line in lines:
        text = _escaped(line.text.say(lang))
        if line.kind == "item":
            out.append("  " * line.depth + f"- {text}")
        else:
            prefix = {"title": "## ", "heading": "### ", "text": ""}[line.kind]
            out += ["", f"{prefix}{text}", ""] if line.kind != "text" else ["", text]
    return "\n".join(out).strip().replace("\n\n\n", "\n\n") + "\n"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>|#" else char for char in text)


def _html(lines: Iterable[Line], lang: Lang) -> str:
    out = [f'<section class="ntm-decision" lang="{lang}">']
    depth = -1
    for line in lines:
        text = escape(line.text.say(lang))
        outcome = f' class="{line.outcome.value}"' if line.outcome else ""
        wanted = line.depth if line.kind == "item" else -1
        while depth > wanted:
            out.append("</li></ul>")
            depth -= 1
        if line.kind == "item":
            out.append("</li>" if depth == wanted else "<ul>")
            depth = wanted
            out.append(f"<li{outcome}>{text}")
        else:
            tag = {"title": "h2", "heading": "h3", "text": "p"}[line.kind]
            out.append(f"<{tag}{outcome}>{text}</{tag}>")
    out += ["</li></ul>"] * (depth + 1)
    return "\n".join([*out, "</section>"])


FORMATS: Final[Mapping[Format, Callable[[Iterable[Line], Lang], str]]] = {"text": _text, "markdown": _markdown, "html": _html}
