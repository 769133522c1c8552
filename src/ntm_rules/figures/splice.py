"""One value of a YAML text put in the place of another: every other letter of the file stays, comments and layout with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.values import exact

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIDE: Final = 10**9  # never a line break of the writer's own


class Lines(tuple[str, ...]):
    """What is to stand on lines of its own, each below the first letter of what it replaces."""


def splice(text: str, edits: Mapping[Path_, Any]) -> str:
    """The text with other values at some places; a key that a mapping does not have yet is added at its end.

    Args:
        text: a YAML text that was read without a problem.
        edits: the new value at each path, as plain data.

    Raises:
        LookupError: a path leads nowhere, or a comment stands inside what would be replaced.
    """
    root = yaml.compose(text, Loader=_Loader)
    changes = []
    for path, value in edits.items():
        node = _node(root, path)
        if node is not None:
            start, end = node.start_mark.index, _end(node, text)
            if not isinstance(node, yaml.ScalarNode) and "#" in text[start:end]:
                raise LookupError(path)
            changes.append((start, end, _below(root, path, node, text, value) if isinstance(value, Lines) else written(value)))
            continue
        home = _node(root, path[:-1])
        if not isinstance(home, yaml.MappingNode) or not home.value:
            raise LookupError(path)
        changes.append(_added(text, home, f"{written(path[-1])}: {written(value)}"))
    return _put(text, changes)


def _below(root: Any, path: Path_, node: Any, text: str, lines: Lines) -> str:
    """Lines below one another; what stands in brackets has no room for them."""
    if _node(root, path[:-1]).flow_style:
        raise LookupError(path)
    ends = "\r\n" if "\r\n" in text else "\n"
    return f"{ends}{' ' * node.start_mark.column}".join(lines)


def written(value: Any) -> str:
    """Plain data on one line: a number without quotes, as people write it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(written, value)) + "]"
    if value in ("true", "false") or _is_number(value):
        return str(value)
    return str(yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=_WIDE)).strip()[1:-1]


def _is_number(text: str) -> bool:
    try:
        exact(text)
    except ValueError:
        return False
    return not text.startswith("+")


def _node(root: Any, path: Path_) -> Any:
    node = root
    for part in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    return node


def _end(node: Any, text: str) -> int:
    """Where a node ends: a block ends with its last part, not where the next begins."""
    if isinstance(node, yaml.ScalarNode):
        end = int(node.end_mark.index)
        return end if node.style not in ("|", ">") else len(text[:end].rstrip())
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last, text)


def _added(text: str, home: Any, line: str) -> tuple[int, int, str]:
    """One more key at the end of a mapping."""
    end = _end(home, text)
    if home.flow_style:
        at = len(text[: end - 1].rstrip())
        return at, at, f", {line}"
    rest = text.find("\n", end)
    ends = "\r\n" if "\r\n" in text else "\n"
    at = len(text) if rest < 0 else rest - (ends == "\r\n")
    return at, at, f"{ends}{' ' * home.start_mark.column}{line}"


def _put(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    for _, (start, end, new) in sorted(enumerate(changes), key=lambda one: (one[1][:2], one[0]), reverse=True):
        text = text[:start] + new + text[end:]
    return text
