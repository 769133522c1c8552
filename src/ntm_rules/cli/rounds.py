"""``ntm-rules council``: blank sheets for an OCOP council, what came back joined, the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end, finish
from ntm_rules.council.blank import write_kit
from ntm_rules.council.gathered import gather, products_of
from ntm_rules.council.joined import Round, join
from ntm_rules.council.kit import Kit, named
from ntm_rules.council.minutes import minutes_of
from ntm_rules.council.proposed import entries
from ntm_rules.council.report import collected_report, long_table, minutes_report
from ntm_rules.problems import NtmError, Problem
from ntm_rules.tables.write.open import REPORTS
from ntm_rules.values import Bilingual

SheetsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="SHEETS…", help="Phiếu đã chấm, thư mục phiếu, hoặc bảng điểm. / Sheets, folders of sheets, or tables of points."
    ),
]
ProductsOption = Annotated[
    Path | None, typer.Option("--products", metavar="FILE", help="Bảng sản phẩm, khi không còn tệp hội đồng. / The table of products.")
]
MembersOption = Annotated[
    str | None,
    typer.Option("--members", metavar="N|TÊN; TÊN", help="Số thành viên, hoặc tên cách nhau bằng dấu «;». / How many, or their names."),
]


@command("council new")
def new(
    call: Call,
    products: Annotated[Path, typer.Argument(metavar="PRODUCTS", help="Bảng sản phẩm có cột bộ sản phẩm. / A table of products.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Thư mục ghi phiếu. / Folder for the sheets.")],
    set_: options.SetOption = None,
    family: options.FamilyOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    members: MembersOption = None,
    number: Annotated[int, typer.Option("--round", min=1, max=9, help="Vòng chấm. / The round.")] = 1,
) -> None:
    """Phiếu trắng cho từng thành viên hội đồng OCOP. / Blank sheets for the members of an OCOP council.

    Mã thoát: 0 xong; 1 có dòng cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 rows with problems, 2 a wrong call or file.
    """
    rules = options.rules_of(set_, family, on, province, call.catalogue)
    rules.scores  # noqa: B018 - a set without score sheets is refused before anything is written
    if members is None:
        raise NtmError.one("NTM-707", expected=_MEMBERS)
    listed, problems = products_of(products, rules)
    if not listed:
        raise NtmError(problems or [Problem("NTM-523")])
    kit = Kit(rules, tuple(listed), named(members), number)
    files = write_kit(kit, output, call.lang)
    if call.as_json:
        call.screen.data({"written": [str(path) for path in files], "problems": [problem.as_dict() for problem in problems]})
    levels = {product.attributes.get("council_level") for product in listed}
    if not all(rules.scores.score.regulations(level) for level in levels):
        call.screen.say(_NO_RULE.say(call.lang))
    end(call, problems, files)


@command("council collect")
def collect(
    call: Call,
    files: SheetsArgument,
    set_: options.SetOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    products: ProductsOption = None,
    members: MembersOption = None,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help=f"Ghi bảng điểm: {' '.join(REPORTS)}. / Write every point; repeatable.")
    ] = None,
) -> None:
    """Ghép phiếu đã chấm, và ai chưa chấm gì. / Join the returned sheets, and who has not scored what.

    Mã thoát: 0 đủ phiếu; 1 thiếu hoặc có lỗi; 2 lệnh hoặc tệp sai. / Exit: 0 complete, 1 something lacks or is wrong, 2 a wrong call.
    """
    scored, problems = _Asked(files, set_, on, province, products, members).joined(call)
    report = collected_report(scored, call.lang, problems)
    finish(call, report, failed=bool(problems), beside=dict.fromkeys(output or (), long_table(scored)))


@command("council minutes", writes="register")
def minutes(
    call: Call,
    files: SheetsArgument,
    set_: options.SetOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    products: ProductsOption = None,
    members: MembersOption = None,
    output: office.OutputOption = None,
    register: Annotated[
        Path | None, typer.Option("--register", metavar="FILE", help="Ghi các dòng cho sổ công nhận. / Write entries for the register.")
    ] = None,
    decision: Annotated[str, typer.Option("--decision", metavar="SỐ", help="Số quyết định công nhận. / Number of the decision.")] = "",
    decided: Annotated[
        str | None, typer.Option("--decided", metavar="YYYY-MM-DD", help="Ngày quyết định. / The day of the decision.")
    ] = None,
) -> None:
    """Biên bản: điểm bình quân, dấu sao thiếu, hạng, ai công nhận. / Means, marks missed, classes, who grants them.

    Mã thoát: 0 xong; 1 thiếu phiếu hoặc có lỗi; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 something lacks or is wrong, 2 a wrong call.
    """
    scored, problems = _Asked(files, set_, on, province, products, members).joined(call)
    found, wrong = minutes_of(scored)
    beside = {} if register is None else {register: entries(found, scored.kit.rules, decision, options.day_of(decided))}
    finish(call, minutes_report(scored, found, call.lang, [*problems, *wrong]), output, beside=beside)


@dataclass(frozen=True)
class _Asked:
    """What came back, as the call names it."""

    files: list[Path]
    set_: str | None
    on: str | None
    province: str | None
    products: Path | None
    members: str | None

    def joined(self, call: Call) -> tuple[Round, list[Problem]]:
        """The round, and everything that is wrong with it."""
        rules = options.rules_of(self.set_, None, self.on, self.province, call.catalogue) if self.set_ else None
        members = named(self.members) if self.members else ()
        kit, sheets, problems = gather(self.files, call.catalogue, rules=rules, products=self.products, members=members)
        scored = join(kit, sheets)
        return scored, [*problems, *scored.problems]


_MEMBERS = Bilingual("--members", "--members")
_NO_RULE = Bilingual(
    "Chưa có quy chế hội đồng nào được ghi cho bộ tiêu chí và cấp này: biên bản không xét số người dự họp và mức chênh lệch điểm.",
    "No regulation of a council is on record for this set and level: the minutes will judge neither quorum nor spread.",
)
