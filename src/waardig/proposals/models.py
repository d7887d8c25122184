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
    known_at = models.DateTimeField()
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

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items", db_index=False, db_constraint=False)
    """A trigger checks it once a statement; the unique constraint begins with it."""
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


class LeftStep(models.Model):
    """What an official did with one outcome that a round left to a person: a code, never a value of the person."""

    item = models.OneToOneField(RunItem, on_delete=models.CASCADE, related_name="left")
    step = models.CharField(max_length=20)
    because = models.CharField(max_length=20, default="", blank=True)
    case = models.UUIDField(null=True)
    official = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    second = models.CharField(max_length=80, default="", blank=True)
    second_on = models.DateField(null=True)

    class Meta:
        db_table = "proposals_left_step"
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=[s.value for s in terms.LeftStep]), name="proposals_left_step_is"
            ),
            models.CheckConstraint(
                condition=~Q(step="closed") | (~Q(second="") & ~Q(second=models.F("official"))),
                name="proposals_left_closed_by_two",
            ),
        ]


class GrantList(models.Model):
    """Announced grants of one service whose term is over, judged again on one day."""

    id = models.UUIDField(primary_key=True)
    service = models.CharField(max_length=60)
    on = models.DateField()
    rule_set = models.CharField(max_length=64)
    completed_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, default="", blank=True)
    released_on = models.DateField(null=True)
    release_reasons = models.TextField(default="", blank=True)

    class Meta:
        db_table = "proposals_grant_list"
        constraints = [models.UniqueConstraint(fields=["service", "on"], name="proposals_grant_list_once_a_day")]

    def to_term(self) -> terms.GrantList:
        """The list as other rooms see it."""
        return terms.GrantList(
            id=self.id,
            service=self.service,
            listed_on=self.on,
            rule_set=self.rule_set,
            completed_at=self.completed_at,
            released_by=self.released_by,
            release_reasons=self.release_reasons,
        )


class GrantConfirmation(models.Model):
    """An official confirmed a list: the decision itself, with mandate and control total; rows are only added."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(GrantList, on_delete=models.CASCADE, related_name="confirmations")
    official = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    function = models.CharField(max_length=120)
    mandate = models.CharField(max_length=200)
    mandate_eurocent = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    total_eurocent = models.BigIntegerField()

    class Meta:
        db_table = "proposals_grant_confirmation"
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0, total_eurocent__gt=0), name="proposals_confirmed_something")
        ]

    def to_term(self) -> terms.Confirmation:
        """The confirmation as other rooms see it."""
        return terms.Confirmation(
            id=self.id,
            list=self.list_id,
            official=self.official,
            role=self.role,
            function=self.function,
            mandate_eurocent=self.mandate_eurocent,
            on=self.on,
            count=self.count,
            total_eurocent=self.total_eurocent,
        )


class GrantListItem(models.Model):
    """One case on a list; `part` is the batch of its confirmation in which it is decided."""

    list = models.ForeignKey(GrantList, on_delete=models.CASCADE, related_name="items")
    case = models.UUIDField(unique=True)
    number = models.CharField(max_length=30)
    household_type = models.CharField(max_length=40, default="", blank=True)
    amount_eurocent = models.BigIntegerField()
    sampled = models.BooleanField(default=False)
    confirmation = models.ForeignKey(GrantConfirmation, on_delete=models.CASCADE, null=True, related_name="items")
    part = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "proposals_grant_list_item"
        indexes = [models.Index(fields=["list", "number"], name="proposals_grant_item_line")]


class Tally(models.Model):
    """Destroyed outcomes of a run as counts; amount 0 is none."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="tallies")
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=120, default="", blank=True)
    amount_eurocent = models.BigIntegerField(default=0)
    has_case = models.BooleanField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "proposals_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "outcome", "reason", "amount_eurocent", "has_case"],
                name="proposals_tally_once",
                nulls_distinct=False,
            ),
        ]
