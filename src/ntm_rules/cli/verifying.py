"""``ntm-rules coverage``, ``mutate``, ``prove``: what examples reach, what slips they notice, what holds for every subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NotFound, NtmError, Place, Problem, TableError, nearest
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual
from ntm_rules.verify.coverage import Aspect, coverage_of
from ntm_rules.verify.kept import keep, kept, usual_folder
from ntm_rules.verify.killers import made_file, text_of
from ntm_rules.verify.mutants import MUTATIONS
from ntm_rules.verify.mutate import Mutated, mutate
from ntm_rules.verify.proofs.obligation import State
from ntm_rules.verify.proofs.obligations import CLAIMS, prove
from ntm_rules.verify.trials import MADE

SetsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SET…]", help="Bộ tiêu chí hay văn bản sửa đổi; để trống: tất cả. / Sets or overlays; all of them if none is named."
    ),
]
_TEXT = Bilingual("Văn bản", "Document")
_SLIPS = (
    _TEXT,
    Bilingual("Chỗ lệch", "Slips"),
    Bilingual("Phát hiện", "Noticed"),
    Bilingual("Nhờ ví dụ máy viết", "By made examples"),
    Bilingual("Lọt", "Missed"),
)
_MANY = 20
_AGAIN = Bilingual(
    "{} văn bản không đổi từ lần trước: lấy lại kết quả đã lưu ở {} (thử lại: --afresh).",
    "{} documents have not changed: answered from what is kept in {} (to try them anew: --afresh).",
)


def entries_of(catalogue: Catalogue, names: list[str] | None) -> list[Entry]:
    """The documents named, or all of them.

    Raises:
        NotFound: one is not on record.
    """
    entries = {**catalogue.rulesets, **catalogue.overlays}
    for name in names or ():
        if name not in entries:
            raise NotFound([Problem("NTM-306", Place(path=name), {"got": name, "guess": nearest(name, entries)}), *catalogue.problems])
    return [entries[name] for name in names or entries]


@command("coverage")
def coverage_(
    call: Call,
    sets: SetsArgument = None,
) -> None:
    """Ví dụ đã thử đến đâu: từng kết quả, hai phía từng mức, từng ngưỡng và dấu sao. / What the examples reach, counted one by one.

    Mã thoát: 0 đủ; 1 còn chỗ chưa thử; 2 lệnh hoặc tệp sai. / Exit: 0 all of it, 1 something is not reached, 2 a wrong call.
    """
    screen, catalogue = call.screen, call.catalogue
    entries = entries_of(catalogue, sets)
    label = screen.words("Đếm ví dụ", "Counting examples")
    found = list(screen.progress((coverage_of(catalogue, entry) for entry in entries), len(entries), label))
    if call.as_json:
        screen.data({"documents": [one.as_dict() for one in found]})
    heads = [_TEXT.say(screen.lang), *(aspect.label.say(screen.lang) for aspect in Aspect)]
    rows = [[one.id, *(_of(one.count(aspect)) for aspect in Aspect)] for one in found if one.points]
    screen.table(heads, rows, right=(1, 2, 3, 4))
    missed = [(one.id, point) for one in found for point in one.missed]
    for name, point in missed[: None if sets else _MANY]:
        screen.say(f"  {name}: {point.aspect.label.say(screen.lang)}: {point.sentence(screen.lang)}")
    if len(missed) > _MANY and not sets:
        screen.say(screen.words(f"  … và {len(missed) - _MANY} chỗ nữa", f"  … and {len(missed) - _MANY} more"))
    reached, of = (sum(one.count()[i] for one in found) for i in (0, 1))
    screen.say(screen.words(f"Ví dụ đã thử {reached} trong {of} chỗ", f"Examples reach {reached} of {of}"))
    end(call, failed=bool(missed))


def _of(count: tuple[int, int]) -> str:
    return f"{count[0]}/{count[1]}" if count[1] else ""


def _outside(catalogue: Catalogue, folder: Path) -> Path:
    """A folder for what is kept, if it lies outside the rulesets.

    Raises:
        NtmError: it lies among them.
    """
    for read in catalogue.folders:
        if folder.resolve().is_relative_to(read.resolve()):
            raise NtmError.one("NTM-273", Place(str(folder)), got=folder, folder=read)
    return folder


@dataclass
class _Tries:
    """What turning documents gives, now or before.

    Attributes:
        catalogue: the folder they stand in.
        folder: where results are kept; None where there is no such place.
        every: one slip in so many is tried.
        afresh: whether what is kept counts for nothing.
        again: how many were answered from what is kept.
        unkept: why a result was not kept.
    """

    catalogue: Catalogue
    folder: Path | None
    every: int
    afresh: bool
    again: int = 0
    unkept: list[Problem] = field(default_factory=list)

    def of(self, entry: Entry) -> Mutated:
        """What turning one document gave: kept, or found and then kept; what cannot be kept is found all the same."""
        if self.folder is None:
            return mutate(self.catalogue, entry, every=self.every)
        before = None if self.afresh else kept(self.catalogue, entry, self.folder, every=self.every)
        if before is not None:
            self.again += 1
            return before
        found = mutate(self.catalogue, entry, every=self.every)
        try:
            keep(found, self.catalogue, entry, self.folder, every=self.every)
        except TableError as error:
            self.unkept.extend(error.problems)
        return found


@command("mutate")
def mutate_(
    call: Call,
    sets: SetsArgument = None,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="N", help="Chỉ thử một trong N chỗ, lần nào cũng như nhau. / Try one slip in N.")
    ] = 1,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help=f"Ghi các ví dụ còn thiếu vào {MADE}, tách khỏi ví dụ do người viết. / Write the missing examples apart."
        ),
    ] = False,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            metavar="DIR",
            help="Nơi lưu kết quả của bộ không đổi; để trống: nơi lưu tạm của người dùng. / Where results are kept.",
        ),
    ] = None,
    afresh: Annotated[bool, typer.Option("--afresh", help="Thử lại tất cả, kể cả đã lưu. / Try everything anew.")] = False,
) -> None:
    """Sửa lệch từng chỗ của bộ tiêu chí xem ví dụ nào phát hiện. / Which slips in a set would its examples notice?

    Mã thoát: 0 phát hiện hết; 1 có chỗ lọt; 2 lệnh hoặc tệp sai. / Exit: 0 all are noticed, 1 some are not, 2 a wrong call.
    """
    screen, catalogue = call.screen, call.catalogue
    entries = entries_of(catalogue, sets)
    label = screen.words("Thử chỗ lệch", "Trying slips")
    tries = _Tries(catalogue, _outside(catalogue, cache) if cache else usual_folder(), every, afresh)
    found = list(screen.progress(map(tries.of, entries), len(entries), label))
    screen.problems(tries.unkept[:1])
    if tries.again:
        screen.remark(_AGAIN.fill(tries.again, tries.folder).say(screen.lang))
    if call.as_json:
        screen.data({"documents": [one.as_dict() for one in found]})
    rows = [
        [one.id, str(of), str(killed), str(held or ""), str(len(one.survivors) or "")]
        for one in found
        for killed, held, of in [one.count()]
        if of
    ]
    screen.table([head.say(screen.lang) for head in _SLIPS], rows, right=(1, 2, 3, 4))
    for one in found:
        for mutant, example in one.survivors:
            screen.say(f"{one.id}: {MUTATIONS[mutant.mutation].title.say(screen.lang)}: {mutant.where}: {mutant.old} → {mutant.new}")
            if example is not None:
                screen.say(text_of(example) or "")
    for entry, one in zip(entries, found, strict=True):
        examples = [example for _, example in one.survivors if example is not None]
        if write and examples:
            path = entry.path.parent / MADE
            with atomic(path) as scratch:
                scratch.write_text(made_file(path, entry.id, examples), "utf-8", newline="\n")
            screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    killed, held, of = (sum(one.count()[i] for one in found) for i in range(3))
    screen.say(
        screen.words(
            f"{of} chỗ lệch: ví dụ do người viết phát hiện {killed}, ví dụ máy viết {held}, lọt {of - killed - held}",
            f"{of} slips: examples by hand notice {killed}, made ones {held}, none {of - killed - held}",
        )
    )
    end(call, failed=killed + held < of)


@command("prove")
def prove_(
    call: Call,
    sets: SetsArgument = None,
) -> None:
    """Chứng minh điều đúng với mọi đơn vị; sai thì đưa phản ví dụ. / What holds for every subject, or a counterexample.

    Mã thoát: 0 đã chứng minh hết; 1 có điều sai hoặc chưa kết luận; 2 lệnh hoặc tệp sai. / Exit: 0 all proven, 1 not all, 2 a wrong call.
    """
    screen, catalogue = call.screen, call.catalogue
    entries = entries_of(catalogue, sets)
    label = screen.words("Chứng minh", "Proving")
    found = [(entry.id, list(prove(catalogue, entry))) for entry in screen.progress(entries, len(entries), label)]
    if call.as_json:
        listed = [{"id": name, "obligations": [{**one.as_dict(), "example": text_of(one.example)} for one in all_]} for name, all_ in found]
        screen.data({"documents": listed})
    every = [(name, one) for name, all_ in found for one in all_]
    counts = [[sum(one.claim == claim.name and one.state is state for _, one in every) for state in State] for claim in CLAIMS.values()]
    rows = [
        [claim.title.say(screen.lang), *(str(count or "") for count in row)] for claim, row in zip(CLAIMS.values(), counts, strict=True)
    ]
    screen.table([screen.words("Điều phải đúng", "Claim"), *(state.label.say(screen.lang) for state in State)], rows, right=(1, 2, 3))
    unproven = [(name, one) for name, one in every if one.state is not State.PROVEN]
    for name, one in unproven:
        screen.say(f"{name}: {CLAIMS[one.claim].title.say(screen.lang)}: {one.sentence(screen.lang)}")
        if one.example is not None:
            screen.say(text_of(one.example) or "")
    screen.say(
        screen.words(
            f"{len(every)} điều phải đúng, {len(every) - len(unproven)} đã chứng minh, {sum(one.seconds for _, one in every):.1f} giây",
            f"{len(every)} obligations, {len(every) - len(unproven)} proven, {sum(one.seconds for _, one in every):.1f} seconds",
        )
    )
    end(call, failed=bool(unproven))
