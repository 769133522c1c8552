"""The commands put together, and what happens to errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Annotated

import typer

from ntm_rules import __version__
from ntm_rules.cli import evaluate, explain, maintain, plan, published, record, review, revise, site, targets, transition, watch
from ntm_rules.cli.guarded import Guarded
from ntm_rules.cli.screen import Screen
from ntm_rules.problems import NtmError

app = typer.Typer(
    name="ntm-rules",
    help="Bộ tiêu chí nông thôn mới dưới dạng quy tắc: đánh giá, giải thích, kiểm tra. / New Rural Development criteria as rules.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
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


_COMMANDS: dict[str, Callable[..., None]] = {
    "evaluate": evaluate.evaluate,
    "explain": explain.explain,
    "published": published.published,
    "review": review.review,
    "targets": targets.targets,
    "plan": plan.plan,
    "transition": transition.transition_,
    "diff": revise.diff_,
    "impact": revise.impact_,
    "workbook": revise.workbook_,
    "watch": watch.watch,
    "list": record.list_,
    "show": record.show,
    "check": maintain.check_,
    "test": maintain.run_tests,
    "publish": maintain.publish_,
    "schema": maintain.schema,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, cls=Guarded)(_command)
app.add_typer(site.app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error of ours is told in full and ends with exit code 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=given, prog_name="ntm-rules")
    except NtmError as error:
        english = "--lang=en" in given or ("--lang", "en") in pairwise(given)
        Screen("en" if english else "vi", "--json" in given).refused(error.problems)
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader has seen enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
