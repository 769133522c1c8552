"""What has come back, from folders and files, and the round that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ntm_rules.council.kit import KIT, OTHER, Kit, Product
from ntm_rules.council.returned import Returned, files_of, read_any
from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.words import sounded
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.tables.read.days import read_day
from ntm_rules.tables.read.table import read_table
from ntm_rules.values import Bilingual

PRODUCT_SET: Final = Bilingual("bộ sản phẩm OCOP", "OCOP product set")


def gather(
    paths: Sequence[Path], catalogue: Catalogue, *, rules: RuleSet | None = None, products: Path | None = None, members: Sequence[str] = ()
) -> tuple[Kit, list[Returned], list[Problem]]:
    """Read everything that came back, and find the round it belongs to.

    The round is the one that the file beside the sheets tells of; without it, that of ``rules``; without either, that of the set which
    the first sheet names. Products and members that nobody listed are those of the sheets.

    Args:
        paths: files, or folders with files.
        catalogue: the texts.
        rules: the text that counts, where it is named.
        products: the table of products, where there is no file beside the sheets.
        members: those who were to score.

    Raises:
        NtmError: nothing can be read, or nobody says by which set.
    """
    files = list(files_of(list(paths)))
    kit = Kit(rules) if rules is not None else None
    problems: list[Problem] = []
    for path in (path for path in files if path.name == KIT):
        found = Kit.read(path, catalogue)
        if kit is not None and kit.rules.sha256 != found.rules.sha256:
            words = {"what": OTHER["set"], "got": f"{found.rules.id} {found.rules.on}", "expected": f"{kit.rules.id} {kit.rules.on}"}
            raise NtmError([Problem("NTM-840", Place(str(path)), words)])
        kit = found if kit is None else kit.together(found)
    sheets: list[Returned] = []
    for path in (path for path in files if path.name != KIT):
        try:
            read, wrong = read_any(path, kit.rules if kit else None)
        except NtmError as error:  # one file must not hide the others
            problems += error.problems
            continue
        sheets += read
        problems += wrong
    if kit is None:
        kit = Kit(_named(sheets, catalogue, problems))
    if products is not None:
        listed, wrong = products_of(products, kit.rules)
        kit, problems = kit.together(Kit(kit.rules, tuple(listed))), [*problems, *wrong]
    if members:
        kit = replace(kit, members=tuple(members))
    spelt = {sounded(name): name for name in kit.members}
    for sheet in sheets:  # «An» and «an» are one member
        if name := sheet.said.get("member"):
            sheet.said["member"] = spelt.setdefault(sounded(name), name)
    if not sheets:
        raise NtmError(problems or [Problem("NTM-842", Place(str(paths[0])), {"detail": "0"})])
    return _completed(kit, sheets), sheets, problems


def products_of(path: Path, rules: RuleSet) -> tuple[list[Product], list[Problem]]:
    """The products of a table that can be scored, and what is wrong with the others.

    Raises:
        TableError: the table cannot be read at all.
    """
    table = read_table(path, rules)
    found, problems = [], list(table.all_problems)
    for row in table.rows:
        if row.subject is None:
            continue
        if row.read.product_set is None:
            problems.append(Problem("NTM-802", row.place, {"column": PRODUCT_SET}))
        else:
            found.append(Product(row.id, row.name, {**row.subject.attributes, "product_set": row.read.product_set}))
    return found, problems


def _named(sheets: Iterable[Returned], catalogue: Catalogue, problems: list[Problem]) -> RuleSet:
    """The text that the first sheet names.

    Raises:
        NtmError: none of them names one, or there is no such text.
    """
    for sheet in sheets:
        if sheet.said.get("set"):
            said = sheet.said
            return load(said["set"], on=read_day(said.get("on", "")), province=said.get("province") or None, catalogue=catalogue)
    raise NtmError(problems or [Problem("NTM-701")])


def _completed(kit: Kit, sheets: Sequence[Returned]) -> Kit:
    """The round with the products and members of the sheets, where nobody listed them."""
    if not kit.products:
        found: dict[str, Product] = {}
        for sheet in sheets:
            said = sheet.said
            if said.get("product_set") in kit.rules.scores.product_sets:
                product = Product(said["product"], said.get("name", ""), {"product_set": said["product_set"]})
                found.setdefault(product.id, product)
        kit = replace(kit, products=tuple(found.values()))
    if not kit.members:
        found_members = dict.fromkeys(sheet.said["member"] for sheet in sheets if sheet.said.get("member"))
        kit = replace(kit, members=tuple(found_members), whole=False)
    return kit
