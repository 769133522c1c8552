"""``python manage.py verify_decisions``: every stored decision is made again from its own facts and the text that it names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

import ntm_rules as ntm
from communes.models import Assessment


class Command(BaseCommand):
    """Exit code 1 where one of them does not verify."""

    help = "Verify every stored decision."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what differs, row by row, and the figures."""
        good = bad = 0
        for row in Assessment.objects.exclude(decision=None).iterator():
            try:
                found = row.verified()
                reason = "" if found else found.reason
            except ntm.DecisionError as error:
                reason = error.problems[0].line("en")
            good, bad = good + (not reason), bad + bool(reason)
            if reason:
                self.stderr.write(f"{row.commune} {row.day}: {reason}")
        self.stdout.write(f"{good} verified, {bad} not")
        if bad:
            raise CommandError("A stored decision was changed, or its rules are not here.")
