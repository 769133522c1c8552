"""What an obligation is: one thing that must hold of a set for every subject there could be, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ntm_rules.values import Bilingual, Lang


class State(StrEnum):
    """How an obligation was settled."""

    PROVEN = "proven"
    REFUTED = "refuted"
    OPEN = "open"

    @property
    def label(self) -> Bilingual:
        """The state in words."""
        return _LABELS[self]


_LABELS: Final = {
    State.PROVEN: Bilingual("đã chứng minh", "proven"),
    State.REFUTED: Bilingual("sai, có phản ví dụ", "refuted"),
    State.OPEN: Bilingual("chưa kết luận", "open"),
}
NOTHING: Final = Bilingual("")


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that must hold.

    Attributes:
        claim: the name of the sort of thing.
        at: the number of the criterion or indicator, the name of a dimension, a class; empty for the whole.
        column: the cell of a table; empty where there is none.
        state: how it was settled.
        detail: what refutes it, or why it is open; empty where it is proven.
        example: of a refutation the example that shows it, as it stands in ``examples.yaml``: it holds as long as the fault does.
        seconds: how long it took.
    """

    claim: str
    at: str
    column: tuple[str, ...]
    state: State
    detail: Bilingual = NOTHING
    example: dict[str, Any] | None = None
    seconds: float = 0.0

    def sentence(self, lang: Lang) -> str:
        """The obligation in a line, without its claim: ``10.1 (tay-nguyen): …``."""
        where = f"{self.at} ({', '.join(self.column)})" if self.column else self.at
        said = f"{self.state.label.say(lang)}{': ' + self.detail.say(lang) if self.detail else ''}"
        return f"{where}: {said}" if where else said

    def as_dict(self) -> dict[str, Any]:
        """The obligation as plain data."""
        place = {"claim": self.claim, "at": self.at, "column": list(self.column), "state": self.state.value}
        return {**place, "detail": self.detail.both(), "seconds": round(self.seconds, 4)}
