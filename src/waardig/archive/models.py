"""Tables of the archive: a number, an ending, a term and days; nothing about a person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

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


class Counter(models.Model):
    """The last list number of a year; locked while a number is given."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "archive_counter"


class DestructionList(models.Model):
    """A destruction list. Who made it never approves it; approved it never changes (also by a trigger)."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35, unique=True)
    state = models.CharField(max_length=20)
    made_on = models.DateField()
    made_by = models.CharField(max_length=80)
    lines = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    approved_by = models.CharField(max_length=80, default="", blank=True)
    approved_on = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    executed_on = models.DateField(null=True)

    class Meta:
        db_table = "archive_list"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in terms.ListState]), name="archive_list_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "executed"])
                | (~Q(approved_by="") & Q(approved_on__isnull=False, approved_at__isnull=False, lines__gt=0)),
                name="archive_list_approved_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(approved_by=F("made_by")), name="archive_list_four_eyes"),
        ]

    def to_term(self) -> terms.DestructionList:
        """The list as other rooms see it."""
        return terms.DestructionList(
            id=self.id,
            number=self.number,
            state=terms.ListState(self.state),
            made_on=self.made_on,
            made_by=self.made_by,
            lines=self.lines,
            items=self.items,
            sha256=self.sha256,
            approved_by=self.approved_by,
            approved_on=self.approved_on,
            executed_on=self.executed_on,
        )


class DestructionLine(models.Model):
    """One thing on a list; after destruction this row is the record of it (Archiefbesluit 1995 art. 8)."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="line_rows")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    subject = models.UUIDField()
    number = models.CharField(max_length=100)
    service = models.CharField(max_length=60)
    ending = models.CharField(max_length=40)
    result = models.CharField(max_length=10)
    term = models.CharField(max_length=10)
    ended_on = models.DateField()
    action_on = models.DateField()
    items = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, default=terms.LineState.WAITING.value)
    reason = models.CharField(max_length=300, default="", blank=True)
    changed_by = models.CharField(max_length=80, default="", blank=True)
    changed_on = models.DateField(null=True)
    parts = models.JSONField(default=dict)

    class Meta:
        db_table = "archive_line"
        constraints = [
            models.UniqueConstraint(fields=["list", "place"], name="archive_line_place"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="waiting"), name="archive_line_on_one_open_list"
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="destroyed", kind="case"), name="archive_line_destroyed_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in terms.LineState]), name="archive_line_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in terms.LineKind]), name="archive_line_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | (~Q(reason="") & ~Q(changed_by="")), name="archive_line_removed_why"
            ),
        ]

    def to_term(self) -> terms.DestructionLine:
        """The line as other rooms see it."""
        names = (
            "id place subject number service ending result term ended_on action_on items reason changed_by changed_on"
        )
        return terms.DestructionLine(
            kind=terms.LineKind(self.kind),
            state=terms.LineState(self.state),
            parts=dict(self.parts),
            **{name: getattr(self, name) for name in names.split()},
        )


class PlacedHold(models.Model):
    """An official keeps a case from being destroyed, and lifts that again; rows stay."""

    case = models.UUIDField()
    number = models.CharField(max_length=30)
    reason = models.CharField(max_length=300)
    placed_by = models.CharField(max_length=80)
    placed_on = models.DateField()
    until = models.DateField(null=True)
    lift_reason = models.CharField(max_length=300, default="", blank=True)
    lifted_by = models.CharField(max_length=80, default="", blank=True)
    lifted_on = models.DateField(null=True)

    class Meta:
        db_table = "archive_hold"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lifted_on__isnull=True), name="archive_hold_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="archive_hold_why"),
        ]

    def to_term(self) -> terms.PlacedHold:
        """The hold as other rooms see it."""
        return terms.PlacedHold(self.case, self.number, self.reason, self.placed_by, self.placed_on, self.until)
