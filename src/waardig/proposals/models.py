"""Tables of rounds: who was looked at with which outcome code; never a value of a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.proposals import terms


class Run(models.Model):
    """One round of one service on one business date; running it again adds only what is new."""

    id = models.UUIDField(primary_key=True)
    service = models.CharField(max_length=60)
    as_of = models.DateField()
    dry_run = models.BooleanField(default=False)
    rule_set = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    opted_out = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "proposals_run"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "as_of"], condition=Q(dry_run=False), name="proposals_run_once_a_day"
            ),
        ]


class RunItem(models.Model):
    """The outcome for one person in one run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items")
    person = models.UUIDField()
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=120, default="", blank=True)
    amount_eurocent = models.BigIntegerField(null=True)
    case = models.UUIDField(null=True)
    assumed = models.CharField(max_length=200, default="", blank=True)
    lane = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        db_table = "proposals_run_item"
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="proposals_item_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[o.value for o in terms.ItemOutcome]), name="proposals_item_outcome"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="proposals_item_person")]
