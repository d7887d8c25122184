"""What destroyed cases counted for."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """What destroyed cases counted for, so that every count of a round and a service stays as it was."""

    service = models.CharField(max_length=60)
    run = models.UUIDField(null=True)
    name = models.CharField(max_length=20)
    cell = models.CharField(max_length=120, default="", blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "cases_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "run", "name", "cell"], name="cases_tally_once", nulls_distinct=False
            ),
        ]
