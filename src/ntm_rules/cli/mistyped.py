"""What was typed and is no command: told as every other problem is; and the frame of the help, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ntm_rules.cli.command import COMMANDS
from ntm_rules.problems import Problem, nearest
from ntm_rules.values import Bilingual

_WRONG: Final = [
    (r"Missing (?:argument|parameter) '(?P<name>[^']*)'", Bilingual("thiếu {name}", "{name} is missing")),
    (r"Missing option '(?P<name>[^']*)'", Bilingual("thiếu {name}", "{name} is missing")),
    (r"Missing command", Bilingual("thiếu tên lệnh", "the name of the command is missing")),
    (r"No such option:? '?(?P<option>-[^\s'.]+)", Bilingual("lệnh này không có {option}", "this command has no {option}")),
    (r"No such command '(?P<command>[^']*)'", Bilingual("không có lệnh «{command}»", "there is no command «{command}»")),
    (r"Option '(?P<name>[^']*)' requires", Bilingual("sau {name} phải có giá trị", "{name} needs a value behind it")),
    (r"Option '(?P<name>[^']*)' does not take", Bilingual("{name} không nhận giá trị", "{name} takes no value")),
    (r"[Gg]ot unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", Bilingual("thừa «{name}»", "«{name}» is too much")),
    (
        r"Invalid value for '(?P<name>[^']*)'.*?(?P<got>[^ ,:]+) is not one of (?P<allowed>.*)\.",
        Bilingual("{name} chỉ nhận {allowed}; không nhận «{got}»", "{name} takes {allowed}, not «{got}»"),
    ),
    (r"Invalid value for '(?P<name>[^']*)'.*integer", Bilingual("{name} phải là số nguyên", "{name} must be a whole number")),
    (r"Invalid value for '(?P<name>[^']*)'.*(?:number|float)", Bilingual("{name} phải là số", "{name} must be a number")),
    (r"Invalid value for '(?P<name>[^']*)'[^:]*: (?P<got>.*)", Bilingual("{name} không đọc được ({got})", "{name}: {got}")),
]
_FRAME: Final = {
    "Usage: ": "Cách gõ / Usage: ",
    "Options:": "Lựa chọn / Options:",
    "Arguments:": "Ghi theo thứ tự / Arguments:",
    "Commands:": "Các lệnh / Commands:",
}
HELP: Final = "Hiện trang này. / Show this page."


def problem(error: Any, given: Sequence[str]) -> Problem:
    """The problem that a usage error of the library that reads the command line stands for.

    Args:
        error: one that has ``format_message()`` and ``ctx``, the command that was meant as far as it was understood.
        given: what was typed.
    """
    said, path, usage = error.format_message(), "ntm-rules", ""
    command: Any = None
    if error.ctx is not None:
        command, path = error.ctx.command, error.ctx.command_path
        usage = " ".join(error.ctx.get_usage().partition(": ")[2].split())
    else:  # what misses its value is noticed before the command is looked for
        named = (name for name in sorted(COMMANDS, key=len, reverse=True) if name.split() == [*given[: name.count(" ") + 1]])
        path = next((f"{path} {name}" for name in named), path)
    wrong, parts = Bilingual(said.rstrip(".")), dict[str, str]()
    for pattern, words in _WRONG:
        if found := re.search(pattern, said):
            parts = {key: part.replace("'", "") for key, part in found.groupdict().items()}
            wrong = words.fill(**parts)
            break
    below = dict(getattr(command, "commands", {}))
    if (option := parts.get("option")) and any(option in param.opts for one in below.values() for param in one.params):
        wrong = Bilingual("{} đứng sau tên lệnh", "{} stands behind the name of the command").fill(option)
    known = [name for param in getattr(command, "params", ()) for name in param.opts if name.startswith("-")] if option else [*below]
    guess = nearest(option or parts.get("command", ""), known)
    return Problem("NTM-741", words={"wrong": wrong, "usage": usage or f"{path} …", "command": path, "guess": guess})


def framed(text: str) -> str:
    """A help page with its headings and marks in both languages."""
    for english, both in _FRAME.items():
        text = re.sub(rf"^{english}", both, text, count=1, flags=re.MULTILINE)
    return text.replace("[required]", "[bắt buộc / required]").replace("[default: ", "[mặc định / default: ")
