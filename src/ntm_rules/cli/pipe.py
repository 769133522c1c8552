"""``ntm-rules evaluate -``: subjects as JSON on standard input, an answer for each on standard output, one after another.

One object, JSON lines and an array are answered in kind: an object a line, or an array. What is answered is a decision of the schema
``ntm-rules/decision/v1``, or, where there can be none, a refusal of ``ntm-rules/refusal/v1`` with the problems. No more than one subject is
held at a time, so the input may go on for ever, and a program may wait for each answer before it asks on.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple, TextIO

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.stored.schema import REFUSAL
from ntm_rules.messages.causes import of_reading
from ntm_rules.model.subject import Subject, no_half_letters, no_key_twice
from ntm_rules.problems import NtmError, Place, Problem, SubjectError
from ntm_rules.values import Bilingual, SourceLevel, json_number

MOST: Final = 4 << 20  # bytes of one subject: a province with 4,000 communes as its parts takes one
_CHUNK: Final = 1 << 16
_JSON: Final = json.JSONDecoder(parse_float=json_number, object_pairs_hook=no_key_twice)


class Broken(Exception):
    """The input cannot be read on: where one subject ends and the next begins is not known."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def answer(
    source: BinaryIO,
    target: TextIO,
    rules: RuleSet,
    shared: Mapping[str, Any],
    accept: SourceLevel | str = SourceLevel.RECALLED,
    *,
    by_province: Callable[[Subject], RuleSet] | None = None,
) -> int:
    """Answer every subject of a stream.

    Args:
        source: where the subjects come from.
        target: where the answers go; each is sent off at once.
        rules: the set they are decided by.
        shared: attributes of all that do not state them.
        accept: the weakest source level that may decide.
        by_province: the set as it is for a subject, where each is decided by the rules of its own province too.

    Returns:
        0 where all were decided, 1 where some were refused, 2 where the input could not be read to its end.
    """
    first = source.readline(MOST + 1)
    while first and not first.strip():
        first = source.readline(MOST + 1)
    array = first.lstrip(_BLANK).startswith(b"[")
    code = index = 0
    if array:
        target.write("[")
    try:
        for given in _elements(first, source) if array else _objects(first, source):
            text, refused = _one(given, index, rules, shared, accept, by_province or (lambda _: rules))
            if array and index:
                target.write(",")
            target.write(text)  # long: no copy of it is made for the sake of a comma
            target.write("\n")
            target.flush()
            code, index = max(code, int(refused)), index + 1
    except Broken as error:
        problem = Problem("NTM-411", Place(path=f"[{index}]"), {"detail": error.detail})
        target.write(f"{',' if array and index else ''}{_refusal(index, '', [problem])}\n")
        code = 2
    if array:
        target.write("]\n")
    target.flush()
    return code


def _one(
    given: Any,
    index: int,
    rules: RuleSet,
    shared: Mapping[str, Any],
    accept: SourceLevel | str,
    rules_of: Callable[[Subject], RuleSet],
) -> tuple[str, bool]:
    try:
        if isinstance(given, bytes):
            given = _parsed(given)
        elif isinstance(given, _Escaped):
            given = given.whole()
        subject = _subject(given, rules, shared)
        return rules_of(subject).evaluate(subject, accept=accept).to_json(), False
    except NtmError as error:
        name = given.get("id") if isinstance(given, dict) else None
        return _refusal(index, name if isinstance(name, str) else "", error.problems), True


class _Escaped(NamedTuple):
    """An element of an array in which letters are escaped, so that half of one may be among them."""

    value: Any

    def whole(self) -> Any:
        try:
            no_half_letters(self.value)
        except ValueError as error:
            raise SubjectError.one("NTM-411", detail=of_reading(error)) from None
        return self.value


def _parsed(text: bytes) -> Any:
    try:
        data = _JSON.decode(text.decode("utf-8-sig"))
        if b"\\u" in text:
            no_half_letters(data)
        return data
    except (ValueError, RecursionError) as error:
        raise SubjectError.one("NTM-411", detail=of_reading(error)) from None


def _subject(given: Any, rules: RuleSet, shared: Mapping[str, Any]) -> Subject:
    """A subject of plain data; ``kind`` left out is that of the set, and what all have in common must not be contradicted."""
    if not isinstance(given, dict):
        raise SubjectError.one("NTM-411", detail=f"{given!r:.80}")
    own = given.get("attributes")
    if not shared or not isinstance(own, (dict, type(None))):
        return Subject.read({"kind": rules.kind, **given})
    attributes = {**shared, **(own or {})}
    differing = [key for key, constant in shared.items() if str(attributes[key]) != str(constant)]
    if differing:
        place = Place(path=f"{given.get('id', '')!s:.80}: attributes")
        raise SubjectError(Problem("NTM-520", place, {"got": attributes[key], "key": key, "constant": shared[key]}) for key in differing)
    return Subject.read({"kind": rules.kind, **given, "attributes": attributes})


def _refusal(index: int, name: str, problems: Any) -> str:
    data = {"schema": REFUSAL, "index": index, "id": name or None, "problems": [problem.as_dict() for problem in problems]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace").decode()  # half a letter of an id stays escaped, as it was


def _objects(first: bytes, source: BinaryIO) -> Iterator[bytes]:
    """An object a line; or one object over all lines, where the first line is none by itself."""
    line = first
    if not (line.lstrip(_BLANK).startswith(b"{") and line.rstrip().endswith(b"}")):
        whole = line + source.read(MOST + 1 - len(line))
        if len(whole) > MOST:
            raise Broken(_TOO_LONG)
        if whole.strip():
            yield whole
        return
    while line:
        if len(line) > MOST:
            raise Broken(_TOO_LONG)
        if line.strip():
            yield line
        line = source.readline(MOST + 1)


def _elements(first: bytes, source: BinaryIO) -> Iterator[Any]:
    """The elements of an array, each as soon as it is whole."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    text, at, ended = "", 0, False

    def more() -> None:
        nonlocal text, at, ended, first
        chunk = first or source.read1(max(_CHUNK, len(text) - at))  # type: ignore[attr-defined]
        first, ended = b"", not chunk
        try:
            text, at = text[at:] + decoder.decode(chunk, final=ended), 0
        except UnicodeDecodeError as error:
            raise Broken(of_reading(error)) from None
        if len(text) > MOST + 2 * _CHUNK:
            raise Broken(_TOO_LONG)

    def sign() -> str:
        """The next character that is no blank; empty at the end."""
        nonlocal at
        while True:
            while at < len(text) and text[at] in " \t\r\n":
                at += 1
            if at < len(text) or ended:
                return text[at : at + 1]
            more()

    sign()
    at += 1  # the bracket
    if sign() == "]":
        at += 1
    else:
        while True:
            sign()
            try:
                value, end = _JSON.raw_decode(text, at)
            except RecursionError as error:
                raise Broken(of_reading(error)) from None
            except ValueError as error:
                if ended:
                    raise Broken(of_reading(error)) from None
                more()
                continue
            escaped, at = text.find("\\u", at, end) >= 0, end
            following = sign()
            if following not in (",", "]"):
                raise Broken(_NO_COMMA)
            at += 1
            yield _Escaped(value) if escaped else value
            if following == "]":
                break
    if sign():
        raise Broken(_AFTER)


_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_TOO_LONG: Final = Bilingual(f"dài quá {MOST} byte", f"longer than {MOST} bytes")
_NO_COMMA: Final = Bilingual("thiếu dấu phẩy hoặc dấu ]", "a comma or ] is missing")
_AFTER: Final = Bilingual("còn chữ sau dấu ]", "something follows the closing ]")
