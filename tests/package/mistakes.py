"""A client of the library as a stranger writes it; each line with a number holds a mistake that strangers make. Never run as a whole."""

# pyright: strict

from __future__ import annotations

from datetime import date

import polars as pl

import ntm_rules as ntm

rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
subject = ntm.Subject(id="a", kind="commune", values={"10.1": "51"}, attested={"19": True})
decision = rules.evaluate(subject)
frame = pl.DataFrame({"id": ["a"], "10.1": ["51"]})

ntm.load("commune-ntm/2021-2025", on="2024-06-3x")  # 1
decision.explain(lang="fr")  # 2
decision.outcomes  # 3
rules.evaluate({"id": "a"})  # 4
decision.count("mett")  # 5
ntm.Subject(id="a", kind="comune")  # 6
ntm.Subject(id=1, kind="commune")  # 7
ntm.Subject(id="a", kind="commune", values={10.1: 3})  # 8
ntm.Subject(id="a", kind="commune", value={"10.1": 3})  # 9
ntm.Subject(id="a", kind="commune", attested={"19": "met"})  # 10
rules.evaluate_frame(frame, constant={"year": 2024})  # 11
decision.outcome == "mett"  # 12
ntm.load("commune-ntm/2021-2025", on=20240630)  # 13
