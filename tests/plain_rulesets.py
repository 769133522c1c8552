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
