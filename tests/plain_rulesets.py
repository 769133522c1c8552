"""A small ruleset as plain data, to be edited."""

from __future__ import annotations

from typing import Any

BASE: dict[str, Any] = {
    "ruleset": "commune-test/2020",
    "version": "1.0.0",
    "title": {"vi": "Bộ thử", "en": "Test set"},
    "subject": "commune",
    "instrument": "1/QĐ-TTg",
    "in_force": {"from": "2020-01-01"},
    "criteria": [
        {
            "criterion": "1",
            "title": {"vi": "Một", "en": "One"},
            "indicators": [
                {
                    "indicator": "1.1",
                    "title": {"vi": "Tỷ lệ", "en": "Share"},
                    "measure": {"unit": "%"},
                    "at_least": "80",
                    "source": {"at": "mục 1", "level": "published", "seen": ["x"]},
                },
                {
                    "indicator": "1.2",
                    "title": {"vi": "Nghèo", "en": "Poverty"},
                    "measure": {"unit": "%"},
                    "at_most": "5",
                    "source": {"at": "mục 1", "level": "recalled"},
                },
            ],
        },
        {
            "criterion": "2",
            "title": {"vi": "Hai", "en": "Two"},
            "indicators": [
                {
                    "indicator": "2.1",
                    "title": {"vi": "Có", "en": "Yes"},
                    "measure": "yes_no",
                    "is_true": "true",
                    "source": {"at": "mục 2", "level": "recalled"},
                }
            ],
        },
    ],
}


def scored(*starts: str, **more: Any) -> dict[str, Any]:
    """A set of one part of six points, its five classes from so many points on, the highest first; with ``more`` of its score."""
    return {
        **{key: BASE[key] for key in ("version", "title", "instrument", "in_force")},
        "ruleset": "score/2024",
        "subject": "product",
        "score": {
            "parts": {"A": {"title": {"vi": "A", "en": "A"}, "points": "6"}},
            "stars": [{"stars": str(5 - i), "from": start} for i, start in enumerate(starts)],
            "certified_from": "3",
            "source": {"level": "recalled"},
            **more,
        },
    }


def sheet_of(*criteria: dict[str, Any]) -> dict[str, Any]:
    """The sheet of product set 1 with these criteria, which make up its six points."""
    head = {"sheet": "1", "title": {"vi": "Rau", "en": "Vegetables"}, "source": {"level": "recalled", "at": "phiếu"}}
    return {**head, "parts": [{"part": "A", "points": "6", "criteria": list(criteria)}]}
