"""The table of jobs."""

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
