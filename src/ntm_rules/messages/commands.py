"""The wording of a call that cannot be understood."""

from __future__ import annotations

from typing import Final

from ntm_rules.messages.wording import Wording, wording

COMMANDS: Final[dict[str, dict[str, Wording]]] = {
    "NTM-741": wording(
        ("Lệnh gõ chưa đúng: {wrong}.", "Chưa làm gì cả.", "Gõ: {usage}. Xem đủ: {command} --help."),
        ("The command cannot be understood: {wrong}.", "Nothing was done.", "Type: {usage}. In full: {command} --help."),
    ),
}  # fmt: skip
