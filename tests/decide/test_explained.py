"""What people read of a decision stays as it was read: the words of stored decisions, in both languages and every form.

``python tests/decide/test_explained.py`` writes the files anew after the words were changed; what changed is then seen line by line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

import ntm_rules as ntm

GOLDEN: Final = Path(__file__).parents[1] / "golden"
HERE: Final = Path(__file__).with_name("explained")
SHORT: Final = sorted(path.name for path in GOLDEN.glob("*.json"))
WHOLE: Final = (  # one of each kind whole, in every form
    "advanced-2021-met", "commune-2026-attested", "commune-class-2026-2030", "district-2024-members", "ntm-2021-attested-against-value",
    "ntm-2021-not-applicable", "ocop-2023-k5-premium", "ocop-2026-excluded", "ocop-2026-held-back", "ocop-2026-open",
    "targets-kon-tum-2024",
)  # fmt: skip


def words_of(name: str) -> str:
    """Everything that is said of a stored decision when it is decided again."""
    stored = ntm.Decision.from_json((GOLDEN / name).read_text("utf-8"))
    decision = ntm.RuleSet.of_identity(stored.ruleset).evaluate(stored.subject, accept=stored.accept)
    said = {"vi": decision.explain("vi"), "en": decision.explain("en")}
    if name.removesuffix(".json") in WHOLE:
        said |= {"vi, full": decision.explain("vi", full=True), "en, markdown": decision.explain("en", "markdown", full=True)}
        said |= {"vi, html": decision.explain("vi", "html", full=True), "en, html": decision.explain("en", "html")}
        said["needed"] = "\n".join(map(repr, decision.needed()[:20]))
        said["smallest fixes"] = "\n".join(map(repr, decision.smallest_fixes()[:20])) if decision.outcome is not ntm.Outcome.MET else ""
    return "".join(f"===== {head} =====\n{text.rstrip()}\n" for head, text in said.items())


@pytest.mark.parametrize("name", SHORT)
def test_a_stored_decision_is_explained_as_it_was(name: str) -> None:
    """Line by line; a change of words is written into the file by whoever makes it, and seen there."""
    assert words_of(name) == (HERE / name).with_suffix(".txt").read_text("utf-8")


def test_every_file_of_words_is_of_a_stored_decision() -> None:
    """None is left behind."""
    assert sorted(path.stem for path in HERE.iterdir()) == [name.removesuffix(".json") for name in SHORT]


if __name__ == "__main__":
    for each in SHORT:
        (HERE / each).with_suffix(".txt").write_text(words_of(each), "utf-8")
