"""Facts of a commune in one column, the decision of them in another; both stay verifiable for as long as the rows stand."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

import ntm_rules as ntm


class Assessment(models.Model):
    """One commune on one day. The facts are plain data; a figure stands as text («62.350»), so that no column rounds it."""

    commune = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    province = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    decision = models.JSONField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        """One row a commune and day."""

        constraints = [models.UniqueConstraint(fields=["commune", "day"], name="one_assessment_a_day")]  # noqa: RUF012 - Django's own way

    def __str__(self) -> str:
        return f"{self.commune} {self.day}: {self.outcome or 'not decided'}"

    def decide(self) -> ntm.Decision:
        """Judge the facts by the text of the day, and keep the decision whole. Nothing is saved."""
        rules = ntm.applicable("commune-ntm", on=self.day, province=self.province or None)
        subject = ntm.Subject.read({**self.facts, "id": self.commune, "name": self.name, "kind": "commune"})
        decision = rules.evaluate(subject)
        self.decision, self.outcome = json.loads(decision.to_json()), decision.outcome.value
        return decision

    def clean(self) -> None:
        """What cannot be judged is told in the form, at the facts."""
        try:
            self.decide()
        except ntm.SubjectError as error:
            raise ValidationError({"facts": [problem.line("vi") for problem in error.problems]}) from error
        except ntm.NtmError as error:
            raise ValidationError([problem.line("vi") for problem in error.problems]) from error

    def stored(self) -> ntm.Decision:
        """The decision as it was stored. A JSON column keeps the content, not the bytes: that is enough to verify it."""
        return ntm.Decision.from_json(json.dumps(self.decision))

    def verified(self) -> Any:
        """Whether the text that the decision names comes to the same of the same facts; what differs, if anything."""
        return self.stored().verify()
