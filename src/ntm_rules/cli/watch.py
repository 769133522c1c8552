"""``ntm-rules watch``: play a journal and print the alerts, and go on as lines are appended."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.command import Call, command
from ntm_rules.cli.screen import Screen
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.monitor import Alert, Monitor
from ntm_rules.monitor.journal import Entry, Reader
from ntm_rules.problems import NtmError, Problem


@command("watch")
def watch(
    call: Call,
    journal: Annotated[Path, typer.Argument(metavar="JOURNAL", help="Nhật ký, mỗi dòng một JSON. / The journal, JSON lines.")],
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Chờ dòng mới, Ctrl-C để dừng. / Wait for new lines, Ctrl-C ends.")
    ] = False,
    every: Annotated[float, typer.Option("--every", min=0.05, help="Mấy giây xem lại một lần. / Seconds between looks.")] = 1.0,
) -> None:
    """Phát lại nhật ký, in mỗi cảnh báo một dòng. / Play a journal, print the alerts, one line each.

    Mã thoát: 0 xong; 1 có dòng bị từ chối hoặc dòng cuối bị đứt; 2 không đọc được. / Exit: 0 done, 1 lines refused or torn, 2 not readable.
    """
    screen = call.screen

    def show(alert: Alert) -> None:
        if call.as_json:
            screen.raw(json.dumps(alert.as_dict(), ensure_ascii=False))
        else:
            screen.say(alert.text(screen.lang))
        sys.stdout.flush()

    def problems(found: list[Problem]) -> None:
        if call.as_json:
            for problem in found:
                screen.raw(json.dumps({"problem": problem.as_dict()}, ensure_ascii=False))
        screen.problems(found)

    try:
        raise typer.Exit(_played(journal, every if follow else None, call.catalogue, show, problems, screen))
    except NtmError as error:
        problems(list(error.problems))
        raise typer.Exit(2) from None


def _played(
    journal: Path,
    every: float | None,
    catalogue: Catalogue,
    show: Callable[[Alert], None],
    problems: Callable[[list[Problem]], None],
    screen: Screen,
) -> int:
    """The exit code, after the end of the file or, where it is followed (``every`` so many seconds), after Ctrl-C."""
    reader = Reader(journal)
    refused = taken = 0
    with Monitor(catalogue, on=reader.on, accept=reader.accept, readings=reader.readings, callback=show, keep=0) as monitor:
        try:
            while True:
                for place, item in reader.read():
                    wrong = monitor.play([(place, item)]) if isinstance(item, Entry) else item
                    problems([*wrong, *monitor.doubts])
                    monitor.doubts.clear()
                    refused += bool(wrong)
                    taken += not wrong
                if every is None:
                    break
                time.sleep(every)
        except KeyboardInterrupt:
            pass
        torn = reader.torn()
        problems(list(torn))
        said = screen.words(f"{taken} dòng, đến ngày {monitor.on}.", f"{taken} lines, up to {monitor.on}.")
    if refused:
        said += screen.words(f" {refused} dòng bị từ chối.", f" {refused} lines refused.")
    screen.remark(said)
    return 1 if refused or torn else 0
