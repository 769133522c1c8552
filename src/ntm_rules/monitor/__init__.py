"""Live monitoring: facts arrive one at a time, statuses and alerts follow. Needs the extra ``durable``.

The core decides; durable_rules chains over its finished decisions. Nothing of this is imported by the core.
"""

from __future__ import annotations

from ntm_rules.monitor.alerts import Alert
from ntm_rules.monitor.errors import JournalError, MonitorError
from ntm_rules.monitor.journal import Journal, read_journal
from ntm_rules.monitor.session import Monitor
from ntm_rules.monitor.told import Attestation, Filing, Measurement, Merge, Recognition, Rename, Revocation, Told, Unit, read_told

__all__ = [
    "Alert",
    "Attestation",
    "Filing",
    "Journal",
    "JournalError",
    "Measurement",
    "Merge",
    "Monitor",
    "MonitorError",
    "Recognition",
    "Rename",
    "Revocation",
    "Told",
    "Unit",
    "read_journal",
    "read_told",
]
