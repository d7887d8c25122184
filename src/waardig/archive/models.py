"""Tables of the archive: a number, an ending, a term and days; nothing about a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.archive import terms


class Record(models.Model):
    """What the archive knows of a case that ended; renewed when it ends otherwise after all."""

    case = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, unique=True)
    service = models.CharField(max_length=60)
    ending = models.CharField(max_length=40)
    ended_on = models.DateField()
    result = models.CharField(max_length=10)
    appraisal = models.CharField(max_length=20)
    term = models.CharField(max_length=10, default="", blank=True)
    starts_on = models.DateField(null=True)
    action_on = models.DateField(null=True)

    class Meta:
        db_table = "archive_record"
        indexes = [models.Index(fields=["action_on", "number"], name="archive_record_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(appraisal__in=[one.value for one in terms.Appraisal]), name="archive_record_appraisal"
            ),
            models.CheckConstraint(
                condition=Q(action_on__isnull=True) | Q(starts_on__isnull=False, appraisal="vernietigen"),
                name="archive_record_has_a_start",
            ),
        ]

    def to_term(self) -> terms.Record:
        """The record as other rooms see it."""
        return terms.Record(
            case=self.case,
            number=self.number,
            service=self.service,
            ending=self.ending,
            ended_on=self.ended_on,
            result=self.result,
            appraisal=terms.Appraisal(self.appraisal),
            term=self.term,
            starts_on=self.starts_on,
            action_on=self.action_on,
        )
