"""The commands put together, and what happens to errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

import typer

from ntm_rules import __version__
from ntm_rules.cli import evaluate, explain, maintain, plan, published, record, review, revise, site, targets, transition, watch
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


app.command("evaluate")(evaluate.evaluate)
app.command("explain")(explain.explain)
app.command("published")(published.published)
app.command("review")(review.review)
app.command("targets")(targets.targets)
app.command("plan")(plan.plan)
app.command("transition")(transition.transition_)
app.command("diff")(revise.diff_)
app.command("impact")(revise.impact_)
app.command("workbook")(revise.workbook_)
app.command("watch")(watch.watch)
app.command("list")(record.list_)
app.command("show")(record.show)
app.command("check")(maintain.check_)
app.command("test")(maintain.run_tests)
app.command("publish")(maintain.publish_)
app.command("schema")(maintain.schema)
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
