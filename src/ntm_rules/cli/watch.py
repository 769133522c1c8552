"""``ntm-rules watch``: play a journal and print the alerts of each day, and go on as lines are appended."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.monitor import Alert, Monitor
from ntm_rules.monitor.bookmark import Kept, kept_at, place_in
from ntm_rules.monitor.digest import digest
from ntm_rules.monitor.feed import MOST, feed
from ntm_rules.monitor.journal import Entry, Reader
from ntm_rules.problems import NtmError, Place, Problem, TableError
from ntm_rules.site import address as pages
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import LANGS, Lang

_DIGESTS = (".txt", ".md")
_FEED = ".atom"


class Every(StrEnum):
    """What stands under one heading of a digest."""

    day = "day"
    week = "week"


@command("watch", writes="place")
def watch(
    call: Call,
    journal: Annotated[Path, typer.Argument(metavar="JOURNAL", help="Nhật ký, mỗi dòng một JSON. / The journal, JSON lines.")],
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Chờ dòng mới, Ctrl-C để dừng. / Wait for new lines, Ctrl-C ends.")
    ] = False,
    every: Annotated[float, typer.Option("--every", min=0.05, help="Mấy giây xem lại một lần. / Seconds between looks.")] = 1.0,
    each: Annotated[
        bool, typer.Option("--each", help="Từng việc một, không gộp theo ngày. / After each fact, not settled by the day.")
    ] = False,
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="Chỉ báo từ ngày này. / From this day on.")] = None,
    place: Annotated[
        Path | None, typer.Option("--place", metavar="FILE", help="Tệp ghi chỗ đã báo, lần sau báo tiếp. / Keeps the place between starts.")
    ] = None,
    by: Annotated[Every, typer.Option("--digest", help="Bản tin theo ngày hay tuần. / A digest by day or week.")] = Every.day,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="Bản tin .txt, .md; nguồn tin .atom. / Digest .txt, .md; feed .atom.")
    ] = None,
    site: Annotated[
        str, typer.Option("--site", metavar="URL", help="Địa chỉ trang giải thích bộ tiêu chí. / Where the site of the rules stands.")
    ] = "",
) -> None:
    """Phát lại nhật ký, in các tin của từng ngày, việc gấp trước. / Play a journal and print the alerts of each day, the gravest first.

    Mã thoát: 0 xong; 1 có dòng bị từ chối hoặc dòng cuối bị đứt; 2 không đọc được. / Exit: 0 done, 1 lines refused or torn, 2 not readable.
    """
    outputs = list(output or ())
    for path in outputs:
        if path.suffix.lower() not in (*_DIGESTS, _FEED):
            words = {"got": path.suffix or path.name, "allowed": ", ".join((*_DIGESTS, _FEED))}
            raise TableError([Problem("NTM-515", Place(str(path)), words)])
    day = options.day_of(since) if since is not None else None
    watching = _Watch(call, journal, outputs, by.value, site, day, place)
    try:
        raise typer.Exit(watching.run(every if follow else None, by_day=not each))
    except NtmError as error:
        watching.problems(list(error.problems))
        raise typer.Exit(2) from None


class _Watch:
    """One start of the command: what it has still to tell, and where it tells it."""

    def __init__(self, call: Call, journal: Path, outputs: list[Path], by: str, site: str, since: date | None, place: Path | None) -> None:
        self.call, self.journal, self.outputs, self.by, self.site = call, journal, outputs, by, site
        self.since, self.place = since, place
        self.kept = Kept()
        self.told: list[Alert] = []  # by this start
        self.known: list[Alert] = []  # the latest of all, for the feed
        self.silent = False

    def run(self, every: float | None, *, by_day: bool) -> int:
        """The exit code, after the end of the file or, where it is followed (``every`` so many seconds), after Ctrl-C."""
        screen, reader = self.call.screen, Reader(self.journal)
        if self.place is not None:
            self.kept = kept_at(self.place, self.journal)
            self.silent = self.kept.size > 0
        refused = taken = 0
        catalogue = self.call.catalogue
        with Monitor(
            catalogue, on=reader.on, accept=reader.accept, readings=reader.readings, callback=self.tell, keep=0, by_day=by_day
        ) as monitor:
            try:
                while True:
                    for at, item in reader.read():
                        if self.silent and reader.size > self.kept.size:
                            monitor.settled()  # what its last day came to by then
                            self.silent = False
                        wrong = monitor.play([(at, item)]) if isinstance(item, Entry) else item
                        self.problems([*wrong, *monitor.doubts] if not self.silent else [])
                        monitor.doubts.clear()
                        refused += bool(wrong) and not self.silent
                        taken += not wrong and not self.silent
                    monitor.settled()
                    self.write(reader)
                    if every is None:
                        break
                    time.sleep(every)
            except KeyboardInterrupt:
                pass
            torn = reader.torn()
            self.problems(list(torn))
            said = screen.words(f"{taken} dòng, đến ngày {monitor.on}.", f"{taken} lines, up to {monitor.on}.")
        if refused:
            said += screen.words(f" {refused} dòng bị từ chối.", f" {refused} lines refused.")
        screen.remark(said)
        return 1 if refused or torn else 0

    def tell(self, alert: Alert) -> None:
        """Print an alert, unless it was told before or is of an earlier day than asked for."""
        if any(path.suffix.lower() == _FEED for path in self.outputs):
            self.known.append(alert)
            del self.known[: -2 * MOST]
        if self.silent or (self.since is not None and alert.on < self.since):
            return
        if self.outputs:
            self.told.append(alert)
        if self.call.as_json:
            links = {lang: page for lang in LANGS if (page := self.page(alert, lang))}
            self.call.screen.raw(json.dumps({**alert.as_dict(), **({"page": links} if links else {})}, ensure_ascii=False))
        else:
            self.call.screen.say(alert.text(self.call.lang))
        sys.stdout.flush()

    def problems(self, found: list[Problem]) -> None:
        """Say what is wrong."""
        if self.call.as_json:
            for problem in found:
                self.call.screen.raw(json.dumps({"problem": problem.as_dict()}, ensure_ascii=False))
        self.call.screen.problems(found)

    def page(self, alert: Alert, lang: Lang) -> str:
        """The page that explains an alert: of its criterion, of its set, or of the grounds for revocation."""
        if alert.kind.startswith("ground"):
            found = pages.address(lang, "revocation")
        elif not alert.ruleset:
            return ""
        elif alert.criterion:
            found = pages.of_criterion(lang, alert.ruleset, alert.criterion)
        else:
            found = pages.of_set(lang, alert.ruleset)
        return f"{self.site.rstrip('/')}/{found}" if self.site else found

    def write(self, reader: Reader) -> None:
        """Write the digests and feeds, and then the place: a start that dies in between tells again what it may not have told."""
        lang = self.call.lang

        def absolute(alert: Alert, lang: Lang) -> str:
            return self.page(alert, lang) if self.site else ""

        for path in self.outputs:
            if path.suffix.lower() == _FEED:
                text = feed(self.known, lang, journal=f"{self.journal.name} {reader.first}", began=reader.on, address=absolute)
            else:
                text = digest(self.told, self.by, lang, address=absolute, markdown=path.suffix.lower() == ".md")  # type: ignore[arg-type]
            with atomic(path) as scratch:
                scratch.write_text(text, "utf-8", newline="\n")
        if self.place is not None and reader.size > self.kept.size:
            place_in(self.journal, reader.size).write(self.place)
