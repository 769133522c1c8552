"""The wording of every problem code, in both languages. A code keeps its meaning for ever; a retired one stays listed.

1xx reading YAML · 2xx the content of a ruleset · 3xx editions and overlays · 4xx a subject · 5xx tables · 6xx decisions ·
7xx the call · 8xx registers · 84x councils · 85x the monitor · 9xx the installation.
"""

from __future__ import annotations

from typing import Final

from ntm_rules.messages.calls import CALLS
from ntm_rules.messages.commands import COMMANDS
from ntm_rules.messages.facts import FACTS
from ntm_rules.messages.files import FILES
from ntm_rules.messages.monitoring import MONITORING
from ntm_rules.messages.warned import DOUBTS
from ntm_rules.messages.wording import Wording
from ntm_rules.messages.workbooks import WORKBOOKS

__all__ = ["MESSAGES", "Wording"]

MESSAGES: Final[dict[str, dict[str, Wording]]] = {**FILES, **DOUBTS, **FACTS, **CALLS, **MONITORING, **WORKBOOKS, **COMMANDS}
