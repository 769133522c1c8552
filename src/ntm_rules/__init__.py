"""Viet Nam's New Rural Development and OCOP criteria sets as versioned rules that return decisions with explanations.

Bộ tiêu chí nông thôn mới và OCOP dưới dạng quy tắc có phiên bản: vào là số liệu của một xã, một thôn, một sản phẩm; ra là quyết định
có giải thích, nói rõ con số nào của văn bản nào đã quyết định.
"""

from __future__ import annotations

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.fixes import Fix
from ntm_rules.decide.needed import Need
from ntm_rules.decide.node import Node
from ntm_rules.decide.ruleset import RuleSet, applicable, evaluate, load
from ntm_rules.load.catalogue import Catalogue
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
from ntm_rules.values import Bilingual, NotApplicable, Outcome, SourceLevel, Unknown

__version__ = "0.1.0"

__all__ = [
    "Bilingual",
    "Catalogue",
    "Decision",
    "DecisionError",
    "Fix",
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
    "Unknown",
    "applicable",
    "evaluate",
    "load",
]
