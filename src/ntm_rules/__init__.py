"""Viet Nam's New Rural Development and OCOP criteria sets as versioned rules that return decisions with explanations.

Bộ tiêu chí nông thôn mới và OCOP dưới dạng quy tắc có phiên bản: vào là số liệu của một xã, một thôn, một sản phẩm; ra là quyết định
có giải thích, nói rõ con số nào của văn bản nào đã quyết định.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntm_rules.decide.changes import Elsewhere, Improve, Threshold, Under
    from ntm_rules.decide.choose import applicable, evaluate, load
    from ntm_rules.decide.decision import Decision
    from ntm_rules.decide.engine.tree import Node
    from ntm_rules.decide.explain.fixes import Fix
    from ntm_rules.decide.explain.needed import Need
    from ntm_rules.decide.ruleset import RuleSet
    from ntm_rules.decide.stored.schema import DecisionRecord
    from ntm_rules.decide.stored.verification import Verification
    from ntm_rules.loading.catalogue import Catalogue
    from ntm_rules.model.instrument import Instrument
    from ntm_rules.model.subject import Subject
    from ntm_rules.problems import (
        DecisionError,
        MissingExtra,
        NotFound,
        NotInForce,
        NtmError,
        Place,
        Problem,
        RulesetError,
        SubjectError,
        TableError,
    )
    from ntm_rules.revise.compare import diff
    from ntm_rules.revise.impact import impact
    from ntm_rules.values import Bilingual, NotApplicable, Outcome, SourceLevel, Unknown

__version__ = "0.1.0"

__all__ = [
    "Bilingual",
    "Catalogue",
    "Decision",
    "DecisionError",
    "DecisionRecord",
    "Elsewhere",
    "Fix",
    "Improve",
    "Instrument",
    "MissingExtra",
    "Need",
    "Node",
    "NotApplicable",
    "NotFound",
    "NotInForce",
    "NtmError",
    "Outcome",
    "Place",
    "Problem",
    "RuleSet",
    "RulesetError",
    "SourceLevel",
    "Subject",
    "SubjectError",
    "TableError",
    "Threshold",
    "Under",
    "Unknown",
    "Verification",
    "applicable",
    "diff",
    "evaluate",
    "impact",
    "load",
]

# Where each name lives. A name is imported when it is first used, so that `import ntm_rules` itself costs next to nothing.
_HOMES = {
    "Bilingual": "values",
    "Catalogue": "loading.catalogue",
    "Decision": "decide.decision",
    "DecisionError": "problems",
    "DecisionRecord": "decide.stored.schema",
    "Elsewhere": "decide.changes",
    "Improve": "decide.changes",
    "Threshold": "decide.changes",
    "Under": "decide.changes",
    "Fix": "decide.explain.fixes",
    "Instrument": "model.instrument",
    "MissingExtra": "problems",
    "Need": "decide.explain.needed",
    "Node": "decide.engine.tree",
    "NotApplicable": "values",
    "NotFound": "problems",
    "NotInForce": "problems",
    "NtmError": "problems",
    "Outcome": "values",
    "Place": "problems",
    "Problem": "problems",
    "RuleSet": "decide.ruleset",
    "RulesetError": "problems",
    "SourceLevel": "values",
    "Subject": "model.subject",
    "SubjectError": "problems",
    "TableError": "problems",
    "Unknown": "values",
    "Verification": "decide.stored.verification",
    "applicable": "decide.choose",
    "diff": "revise.compare",
    "evaluate": "decide.choose",
    "impact": "revise.impact",
    "load": "decide.choose",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
