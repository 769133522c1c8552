"""What the monitor refuses, as errors that carry their problems like all others."""

from __future__ import annotations

from ntm_rules.problems import NtmError, Place, Problem


class MonitorError(NtmError, ValueError):
    """Something told, retracted or asked of the monitor cannot be taken; nothing of it was done."""


class JournalError(NtmError, ValueError):
    """A journal cannot be read to its end, or must not be appended to; every line concerned is listed."""


def refusal(code: str, path: str = "", **words: object) -> MonitorError:
    """A :class:`MonitorError` with one problem."""
    return MonitorError([Problem(code, Place(path=path), words)])
