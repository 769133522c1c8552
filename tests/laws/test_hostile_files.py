"""Hostile or mangled files: an error of this library and never anything else; nothing in a file is ever executed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.verify.folder import check
from strategies import write_catalogue
from texts import BASE, OVERLAY

ROOT = Path(__file__).parents[2]
_LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_POOR = "{attribute: poor, is_true: true}"
HOSTILE: dict[str, bytes] = {
    "alias": b"ruleset: &x test/2024\ntitle: *x\n",
    "alias without anchor": b"ruleset: *nowhere\n",
    "billion laughs": _LAUGHS.encode(),
    "merge key": b"base: &b {x: 1}\nruleset:\n  <<: *b\n",
    "python object": b"ruleset: !!python/object/apply:os.system ['touch /tmp/ntm-rules-was-here']\n",
    "python name": b"ruleset: !!python/name:os.system\n",
    "own tag": b"!ruleset {ruleset: x/y}\n",
    "tag directive": b"%TAG ! tag:yaml.org,2002:python/\n---\nruleset: !object:os.system x\n",
    "scalar of ten megabytes": b"ruleset: " + b"x" * 10_000_000,
    "scalar of a megabyte": b"ruleset: " + b"x" * 1_000_000,
    "key of a megabyte": b"x" * 1_000_000 + b": 1\n",
    "ten thousand brackets": b"ruleset: " + b"[" * 10_000,
    "ten thousand braces": b"{a: " * 10_000,
    "ten thousand indents": "".join(" " * i + f"k{i}:\n" for i in range(2_000)).encode(),
    "ten thousand dashes": b"- " * 10_000,
    "NUL": b"ruleset: a\x00b\n",
    "binary": bytes(range(256)) * 40,
    "UTF-16": "ruleset: bộ".encode("utf-16"),
    "byte order mark only": b"\xef\xbb\xbf",
    "unclosed quote": b'ruleset: "test/2024\nversion: 1.0.0\n',
    "unclosed bracket": b"criteria: [a, b\n",
    "tab": b"ruleset:\n\t- a\n",
    "comment only": b"# nothing\n",
    "many documents": b"---\n" * 1000,
    "many keys": b"ruleset: test/2024\n" + b"".join(b"k%d: 1\n" % i for i in range(50_000)),
    "many equal keys": b"ruleset: test/2024\n" * 20_000,
    "escaped surrogate": b'ruleset: "\\ud800"\n',
    "huge number": BASE.replace("at_least: 80", "at_least: " + "9" * 19_000).encode(),
    "deep condition": BASE.replace(_POOR, "{all_of: [" * 17 + _POOR + "]}" * 17).encode(),
    "huge k": BASE.replace("passes: all_of", "passes: {at_least_k_of: " + "9" * 30 + "}").encode(),
    "format words": BASE.replace("instrument: 1/QĐ-TTg", "instrument: '{0} {code.__class__} %s'").encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["ruleset", "overlay", "instruments", "examples"])
def test_a_hostile_file_is_refused(tmp_path: Path, name: str, kind: str) -> None:
    """A file made to harm is refused with its problems, whichever file of a catalogue it poses as."""
    content = HOSTILE[name]
    if kind == "overlay":
        content = content.replace(b"ruleset:", b"overlay:")
    write_catalogue(tmp_path, ok__ruleset=BASE)
    path = {"instruments": "instruments.yaml", "examples": "ok/examples.yaml"}.get(kind, f"bad/{kind}.yaml")
    (tmp_path / "bad").mkdir()
    (tmp_path / path).write_bytes(content)
    catalogue = ntm.Catalogue(tmp_path)
    problems = [p for p in check(catalogue) if p.code not in ("NTM-226", "NTM-229")]
    for names, load in ((catalogue.rulesets, catalogue.ruleset), (catalogue.overlays, catalogue.overlay)):
        for known in names:
            try:
                load(known)
            except ntm.NtmError as error:
                problems += error.problems
    assert problems
    assert any(Path(problem.place.file).name == Path(path).name for problem in problems)
    assert all(problem.line("vi") and problem.line("en") for problem in problems)
    assert not Path("/tmp/ntm-rules-was-here").exists()


def test_a_condition_within_the_depth_is_read(tmp_path: Path) -> None:
    """The limit of depth stands far beyond what any decision needs."""
    deep = BASE.replace("{attribute: poor, is_true: true}", "{all_of: [" * 14 + "{attribute: poor, is_true: true}" + "]}" * 14)
    assert ntm.load("test/2024", catalogue=write_catalogue(tmp_path, a__ruleset=deep)).kind == "commune"


def _try(folder: Path, text: bytes, kind: str) -> None:
    catalogue = write_catalogue(folder, ok__ruleset=BASE.replace("test/2024", "ok/2024"))
    path = folder / "fuzz" / f"{kind}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)
    for name in catalogue.rulesets:
        with suppress(ntm.NtmError):
            ntm.load(name, catalogue=catalogue)
    for problem in check(catalogue):
        assert problem.line("en")


@given(
    st.sampled_from(("ruleset", "overlay")),
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))),
)
def test_arbitrary_bytes_never_crash_the_loader(tmp_path_factory: pytest.TempPathFactory, kind: str, content: bytes) -> None:
    """Whatever stands in a file, the loader answers with a ruleset or with its problems."""
    _try(tmp_path_factory.getbasetemp() / "bytes", content, kind)
    _try(tmp_path_factory.getbasetemp() / "bytes", f"{kind}: a/b\n".encode() + content, kind)


_TOKENS = st.sampled_from(
    (
        *("[", "]", "{", "}", ":", ",", "- ", "\n", "  ", '"', "'", "#", "&a ", "*a", "!x ", "|", ">", "?", "", "\t", "\x00", "é", "%"),
        *("{}", "[]", "{vi: a, en: b}", "missing", "delegated", "true", "80", "-1", "62,35", "1e9", "nan", "by", "value", "level"),
        *("others", "all_of", "attribute"),
    )
)
_SHIPPED = sorted((ROOT / "rulesets").rglob("ruleset.yaml"))
_TEXTS = [BASE, *(path.read_text("utf-8")[:6000] for path in _SHIPPED)]


@given(st.sampled_from(_TEXTS), st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 40), _TOKENS), min_size=1, max_size=4))
def test_mangled_rulesets_never_crash_the_loader(
    tmp_path_factory: pytest.TempPathFactory, text: str, edits: list[tuple[int, int, str]]
) -> None:
    """A real ruleset with random slips of the pen is read, or refused with its problems."""
    for at, cut, token in edits:
        at %= len(text)
        text = text[:at] + token + text[at + cut :]
    _try(tmp_path_factory.getbasetemp() / "mangled", text.encode(), "ruleset")


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 20), _TOKENS), min_size=1, max_size=3))
def test_mangled_overlays_never_crash_the_loader(tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]) -> None:
    """A real amendment with random slips of the pen is applied, or refused with its problems."""
    text = OVERLAY.replace("test/2024", "ok/2024")
    for at, cut, token in edits:
        at %= len(text)
        text = text[:at] + token + text[at + cut :]
    _try(tmp_path_factory.getbasetemp() / "mangled-overlays", text.encode(), "overlay")


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from((ntm.Unknown("x"), b"", object())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(("id", "kind", "name", "attributes", "values", "attested", "x")), _PLAIN), st.data())
def test_arbitrary_facts_never_crash(tmp_path_factory: pytest.TempPathFactory, facts: dict[str, object], data: st.DataObject) -> None:
    """Whatever a caller hands in as a subject, it is evaluated, or refused as a SubjectError."""
    names = ("1.1", "1.2", "1.3", "2.1", "2.2", "region", "year", "zone", "poor", "regoin")
    given_facts = {"id": "1", "kind": "commune", **facts}
    for part in ("attributes", "values", "attested"):
        if data.draw(st.booleans()):
            given_facts[part] = data.draw(st.dictionaries(st.sampled_from(names), _PLAIN, max_size=3))
    rules = ntm.load("test/2024", catalogue=write_catalogue(tmp_path_factory.getbasetemp() / "facts", a__ruleset=BASE))
    try:
        decision = rules.evaluate(ntm.Subject(**given_facts))
    except ntm.SubjectError as error:
        event(error.problems[0].code)
        return
    assert decision.explain(full=True)
    assert ntm.Decision.from_json(decision.to_json()).to_json() == decision.to_json()
