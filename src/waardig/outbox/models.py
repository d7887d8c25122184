"""The tables of jobs, of workers that do them, and of what administrators did."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from waardig.outbox import terms


class Job(models.Model):
    """One job; unique on (topic, key)."""

    topic = models.TextField()
    key = models.TextField()
    payload = models.JSONField(default=dict)
    due = models.DateTimeField(db_default=Now())
    attempts = models.IntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(default="")
    state = models.TextField(default="waiting", choices=[(s.value, s.value) for s in terms.JobState])
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_job"
        constraints = [
            models.UniqueConstraint(fields=["topic", "key"], name="outbox_job_topic_key"),
            models.CheckConstraint(
                name="outbox_job_state", condition=models.Q(state__in=[s.value for s in terms.JobState])
            ),
            models.CheckConstraint(
                name="outbox_job_lease",
                condition=models.Q(state="leased", lease_until__isnull=False) | ~models.Q(state="leased"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due", "id"], name="outbox_job_open", condition=models.Q(state__in=["waiting", "leased"])
            ),
            models.Index(fields=["id"], name="outbox_job_dead", condition=models.Q(state="dead")),
        ]

    def to_term(self) -> terms.Job:
        """The job as the other rooms know it."""
        return terms.Job(
            id=self.id,
            topic=self.topic,
            key=self.key,
            payload=self.payload,
            due=self.due,
            attempts=self.attempts,
            lease_until=self.lease_until,
            last_error=self.last_error,
            state=terms.JobState(self.state),
        )


class Worker(models.Model):
    """A process that does jobs; it says now and then that it is there."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    failed = models.BigIntegerField(default=0)

    class Meta:
        db_table = "outbox_worker"
        indexes = [models.Index(fields=["seen_at"], name="outbox_worker_seen")]

    def to_term(self) -> terms.WorkerSeen:
        """The worker as the other rooms know it."""
        return terms.WorkerSeen(
            self.id, self.name, self.started_at, self.seen_at, self.ended_at, self.done, self.failed
        )


class Operation(models.Model):
    """What an administrator did: jobs given a new life, a backup made, checked or put back. Rows are only added."""

    kind = models.TextField(choices=[(s.value, s.value) for s in terms.OperationKind])
    at = models.DateTimeField(db_default=Now())
    by = models.TextField()
    topic = models.TextField(default="")
    jobs = models.JSONField(default=list)
    succeeded = models.BooleanField(default=True)
    note = models.TextField(default="")

    class Meta:
        db_table = "outbox_operation"
        constraints = [
            models.CheckConstraint(
                name="outbox_operation_kind",
                condition=models.Q(kind__in=[s.value for s in terms.OperationKind]),
            ),
            models.CheckConstraint(name="outbox_operation_by", condition=~models.Q(by="")),
        ]
        indexes = [models.Index(fields=["kind", "-at"], name="outbox_operation_last")]

    def to_term(self) -> terms.Operation:
        """The operation as the other rooms know it."""
        return terms.Operation(
            kind=terms.OperationKind(self.kind),
            at=self.at,
            by=self.by,
            topic=self.topic,
            jobs=tuple(self.jobs),
            succeeded=self.succeeded,
            note=self.note,
        )


class Tally(models.Model):
    """How many jobs of a topic were in a state when their case was destroyed and they went with it."""

    topic = models.TextField()
    state = models.TextField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "outbox_tally"
        constraints = [models.UniqueConstraint(fields=["topic", "state"], name="outbox_tally_once")]
