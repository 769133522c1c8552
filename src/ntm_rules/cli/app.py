"""The commands put together, and what happens to errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ntm_rules import __version__
from ntm_rules.cli.command import COMMANDS, ReaderGone
from ntm_rules.cli.mistyped import HELP, framed, problem
from ntm_rules.cli.screen import Screen
from ntm_rules.problems import NtmError

MODULES = (  # the files that hold the commands; the help and docs/commands.md list them in this order
    "reading",
    "evaluate",
    "explain",
    "published",
    "review",
    "targets",
    "became",
    "plan",
    "report",
    "transition",
    "rounds",
    "revise",
    "figures",
    "watch",
    "record",
    "enter",
    "excel",
    "maintain",
    "verifying",
    "site",
)
GROUPS = {
    "council": "Hội đồng OCOP: phiếu trắng, thu phiếu, biên bản. / An OCOP council: blank sheets, collecting them, minutes.",
    "figures": "Các con số của một bộ và việc đối chiếu với bản ký. / The figures of a set, and certifying them against the signed text.",
    "new": "Ghi một văn bản mới: quyết định của tỉnh, văn bản sửa đổi, bộ tiêu chí. / Enter a new document.",
    "site": "Các trang tài liệu viết từ bộ tiêu chí. / The documentation pages written from the rulesets.",
}


class _Command(TyperCommand):
    """A command whose help is in both languages."""

    def get_help(self, ctx: Any) -> str:
        return framed(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _worded(super().get_help_option(ctx))


class _Group(TyperGroup):
    """A group of commands whose help is in both languages."""

    def get_help(self, ctx: Any) -> str:
        return framed(super().get_help(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _worded(super().get_help_option(ctx))


def _worded(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


app: typer.Typer = typer.Typer(
    name="ntm-rules",
    help="Bộ tiêu chí nông thôn mới dưới dạng quy tắc: đánh giá, giải thích, kiểm tra. / New Rural Development criteria as rules.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ntm-rules {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Phiên bản. / The version.")] = False,
) -> None:
    """Bộ tiêu chí nông thôn mới dưới dạng quy tắc: đánh giá, giải thích, kiểm tra. / New Rural Development criteria as rules."""


for _module in MODULES:
    import_module(f"ntm_rules.cli.{_module}")
for _name in sorted(COMMANDS, key=lambda name: MODULES.index(COMMANDS[name].__module__.rpartition(".")[2])):
    COMMANDS[_name] = COMMANDS.pop(_name)  # in this order, whichever module a program had imported before
_groups = {
    name: typer.Typer(name=name, cls=_Group, help=words, no_args_is_help=True, rich_markup_mode=None) for name, words in GROUPS.items()
}
for _name, _command in COMMANDS.items():
    _group, _last = _name.rpartition(" ")[::2]
    (_groups[_group] if _group else app).command(_last, cls=_Command)(_command)
for _group_app in _groups.values():
    app.add_typer(_group_app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error of ours or a call that cannot be understood is told in full and ends with exit code 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    english = "--lang=en" in given or ("--lang", "en") in pairwise(given)
    screen = Screen("en" if english else "vi", "--json" in given)
    try:
        ended = app(args=given, prog_name="ntm-rules", standalone_mode=False)
    except NtmError as error:
        screen.refused(error.problems)
        raise SystemExit(2) from None
    except (ReaderGone, SystemExit):  # whoever reads has seen enough; at a help page the library that reads the command line ends with 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except typer.Abort:
        raise SystemExit(1) from None
    except Exception as error:
        message = getattr(error, "format_message", None)  # of the library that reads the command line, under its name of the day
        if message is None:
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{message()}\n")
        else:
            screen.refused([problem(error, given)])
        raise SystemExit(2) from None
    raise SystemExit(ended or 0)
