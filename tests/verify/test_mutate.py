"""Which slips the examples of a set notice, and the example that would notice the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.verify.examples import run_beside
from ntm_rules.verify.kept import usual_folder
from ntm_rules.verify.killers import text_of
from ntm_rules.verify.mutants import MUTATIONS
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutate import Mutated, mutants_of, mutate
from ntm_rules.verify.trials import MADE

BUNDLED = ntm.Catalogue()
ONE_SIDE = "  - {example: x, expect: {outcome: undetermined}}\n"


def mutated(catalogue: ntm.Catalogue, name: str = "test/2024") -> Mutated:
    return mutate(catalogue, {**catalogue.rulesets, **catalogue.overlays}[name])


def missed(found: Mutated) -> set[tuple[str, str, str]]:
    return {(one.mutation, one.at, one.new) for one, _ in found.survivors}


def test_every_kind_of_slip_has_all_its_faces() -> None:
    """A name, words in both languages, and slips in some shipped set that change the text they are made in."""
    found: dict[str, int] = {}
    for name in ("commune-ntm/2021-2025", "ocop/2026", "commune-ntm/2021-2025/211-qd-ttg"):
        bench = Bench.of(BUNDLED, {**BUNDLED.rulesets, **BUNDLED.overlays}[name])
        for mutant in mutants_of(bench):
            found[mutant.mutation] = found.get(mutant.mutation, 0) + 1
            assert mutant.old != mutant.new
    for name, mutation in MUTATIONS.items():
        assert name == mutation.name
        assert mutation.title.vi != mutation.title.en
    assert set(MUTATIONS) - set(found) == {"count"}  # no shipped set asks for k of its parts


def test_a_figure_tried_on_both_sides_is_held(folder) -> None:
    """79 and 81 for 80, every other operator, a fraction for a share: 79 and 80 notice all but what only 81 and 100 would."""
    catalogue = folder('  - {boundary: "1.1", expect: {"79": not_met, "80": met, "100": met}}\n')
    found = mutated(catalogue)
    assert not [one for one in missed(found) if one[1] == "1.1"]
    assert {(one.mutation, one.new) for one in found.killed if one.at == "1.1"} >= {
        ("threshold", "79"),
        ("threshold", "81"),
        ("unit", "0.80"),
    }


def test_a_survivor_comes_with_the_example_that_kills_it(folder, tmp_path: Path) -> None:
    """Without examples everything survives; the examples given, pasted into the file, hold and leave nothing alive but what has none."""
    catalogue = folder("  - {example: x, expect: {outcome: undetermined}}\n")
    first = mutated(catalogue)
    lines = [text for _, example in first.survivors if (text := text_of(example))]
    assert len(lines) > 10
    pasted = "".join(f"  {line}\n" for text in dict.fromkeys(lines) for line in text.split("\n"))
    catalogue = folder(pasted)
    assert run_beside(catalogue, catalogue.rulesets["test/2024"]).problems == ()
    second = mutated(catalogue)
    without = {(one.mutation, one.where, one.new) for one, example in first.survivors if example is None}
    assert {(one.mutation, one.where, one.new) for one, _ in second.survivors} == without
    assert len(without) <= 2


def test_only_examples_that_hold_count(folder) -> None:
    """An example that fails already notices nothing."""
    catalogue = folder('  - {boundary: "1.1", expect: {"79": met}}\n')
    assert mutated(catalogue).killed == ()


def test_k_of_its_parts_one_off(folder) -> None:
    """At least 1 of 2 becomes at least 2: noticed where one part alone is met."""
    one_met = '  - {example: x, subject: {attested: {"2.1": true, "2.2": false}}, expect: {"2": met}}\n'
    assert ("count", "2", "2") not in missed(mutated(folder(one_met)))
    both = '  - {example: x, subject: {attested: {"2.1": true, "2.2": true}}, expect: {"2": met}}\n'
    assert ("count", "2", "2") in missed(mutated(folder(both)))


def test_a_slip_that_an_earlier_rule_hides_is_none() -> None:
    """Who has more than 3 schools is read by the first rule: «4 or fewer» in the second changes nothing, «2 or fewer» does."""
    bench = Bench.of(BUNDLED, BUNDLED.rulesets["commune-ntm/2021-2025"])
    slips = [(one.where, one.new) for one in mutants_of(bench) if one.at == "schools" and one.mutation == "condition"]
    assert slips == [("schools (over-3-schools)", "2"), ("schools (over-3-schools)", "4"), ("schools (up-to-3-schools)", "2")]


def test_the_first_day_of_an_amendment_is_noticed_by_examples_on_both_sides() -> None:
    """211/QĐ-TTg a day earlier or later changes what the examples of 2024-02-29 and 2024-03-01 promise."""
    found = mutated(BUNDLED, "commune-ntm/2021-2025/211-qd-ttg")
    assert found.survivors == ()
    assert {one.mutation for one in found.killed} == {"condition", "date"}


def test_the_edge_of_a_class_is_noticed_by_a_product_that_no_mark_holds_back(tmp_path: Path) -> None:
    """What the engine makes for OCOP 2026 notices every class one point off, counted apart; so do the examples that people wrote."""
    shutil.copytree(BUNDLED.folder, tmp_path / "rulesets")
    home = tmp_path / "rulesets" / "national" / "ocop" / "2026"
    path = home / "examples.yaml"
    path.write_text("".join(line for line in path.read_text("utf-8").splitlines(True) if "không dấu nào giữ lại" not in line), "utf-8")
    arguments = ["mutate", "ocop/2026", "--rulesets", str(tmp_path / "rulesets"), "--write", "--cache", str(tmp_path / "kept")]
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    assert ended.value.code == 1
    assert "proves nothing" in (home / MADE).read_text("utf-8")
    catalogue = ntm.Catalogue(tmp_path / "rulesets")
    assert mutated(catalogue, "ocop/2026").count("band") == (2, 6, 8)
    assert mutated(BUNDLED, "ocop/2026").count("band") == (8, 0, 8)


def test_a_sample_is_the_same_each_time(folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One slip in five, for where time is short; a survivor is printed with its example."""
    folder("  - {example: x, expect: {outcome: undetermined}}\n")
    printed = []
    for _ in range(2):
        with pytest.raises(SystemExit):
            run(["mutate", "test/2024", "--every", "5", "--rulesets", str(tmp_path), "--cache", str(tmp_path.parent / "kept"), "--afresh"])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert "mức lệch một bước: 1.1: 80 → 79" in printed[0]
    assert "- example: '1.1: 80 (≠ 79)'" in printed[0]


@pytest.fixture
def asked(folder, tmp_path_factory: pytest.TempPathFactory, call) -> Callable[..., tuple[str, bool]]:
    """Ask for the slips of the small set: what is printed, and whether it was kept; the folder of what is kept is ``asked.kept``."""
    catalogue = folder(ONE_SIDE)
    place = tmp_path_factory.mktemp("kept")

    def ask(*arguments: str) -> tuple[str, bool]:
        _, out, err = call("mutate", "test/2024", "--rulesets", catalogue.folder, "--cache", place, "--lang", "en", *arguments)
        return out, "have not changed" in err

    ask.kept = place  # type: ignore[attr-defined]
    ask.set = catalogue.folder / "national" / "a"  # type: ignore[attr-defined]
    return ask


def test_what_has_not_changed_is_answered_from_what_is_kept(asked) -> None:
    """Word for word, with the examples that would kill; not with ``--afresh``, nor for another sample, nor beside the rulesets."""
    first = asked()
    assert not first[1]
    assert "- example: '1.1: 80 (≠ 79)'" in first[0]
    assert asked() == (first[0], True)
    assert asked("--json")[0] == asked("--json", "--afresh")[0]
    assert asked("--afresh") == first
    assert not asked("--every", "5")[1]
    assert {path.suffix for path in asked.set.rglob("*") if path.is_file()} == {".yaml"}


@pytest.mark.parametrize("name", ["ruleset.yaml", "examples.yaml", "../../instruments.yaml", "examples-made.yaml"])
def test_what_has_changed_is_tried_again(asked, name: str) -> None:
    """The text, its examples by people and by the engine, what stands in the folder for all."""
    asked()
    assert asked("--write")[1]  # what is written comes from what is kept
    asked()
    assert asked()[1]
    path = asked.set / name
    path.write_text(path.read_text("utf-8") + "# xem lại\n", "utf-8")
    assert not asked()[1]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: "",
        lambda text: text[:-40],
        lambda text: "[]",
        lambda text: text.replace('"79"', '"78"'),
        lambda text: '{"sha256": "0", "slips": {}}',
    ],
)
def test_what_was_kept_and_spoilt_counts_for_nothing(asked, spoilt: Callable[[str], str]) -> None:
    """Emptied, cut, of another shape, a letter changed: tried again, and kept anew."""
    first = asked()
    (path,) = asked.kept.iterdir()
    good = path.read_text("utf-8")
    path.write_text(spoilt(good), "utf-8")
    assert asked() == first
    assert path.read_text("utf-8") == good


def test_what_cannot_be_kept_is_told_and_found_all_the_same(asked) -> None:
    """A file stands where the folder should be: the answer is there, with the reason that it is not kept."""
    first = asked()
    (path,) = asked.kept.iterdir()
    out, again = asked("--cache", str(path))
    assert (out, again) == (first[0], False)


def test_results_are_never_kept_among_the_rulesets(asked, call) -> None:
    """The folder named is refused where it lies among them."""
    code, _, err = call("mutate", "test/2024", "--rulesets", asked.set.parents[1], "--cache", asked.set)
    assert code == 2
    assert "NTM-273" in err
    assert not list(asked.set.glob("*.json"))


def test_results_are_kept_where_the_system_keeps_what_can_be_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder that the user names in the environment, else the usual one of the system."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert usual_folder() == tmp_path / "ntm-rules"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    for system, usual in (("linux", ".cache"), ("darwin", "Library/Caches"), ("win32", "AppData/Local")):
        monkeypatch.setattr("sys.platform", system)
        found = usual_folder()
        assert found is not None
        assert found.as_posix().endswith(f"{usual}/ntm-rules")
