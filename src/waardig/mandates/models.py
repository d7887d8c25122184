"""Tables of mandates: who asked whom, for what and how long; names stand in no table here."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from waardig.mandates import terms
from waardig.mandates.terms import Action, Appointment, MandateEvent, MandateState, Origin


class Mandate(models.Model):
    """A mandate; the code is kept as a keyed digest, and so is the number of a helper who works here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    principal = models.UUIDField()
    helper = models.UUIDField(null=True)
    themes = models.JSONField()
    action = models.TextField()
    months = models.IntegerField()
    origin = models.TextField()
    state = models.TextField(default=MandateState.INVITED.value)
    code_mac = models.CharField(max_length=64, null=True, unique=True)
    code_until = models.DateField()
    invited_on = models.DateField()
    form_reference = models.CharField(max_length=40, default="")
    employee_mac = models.CharField(max_length=64, default="")
    appointment = models.TextField(default="", db_default="", blank=True)
    court = models.CharField(max_length=120, default="", db_default="", blank=True)
    court_reference = models.CharField(max_length=60, default="", db_default="", blank=True)
    ruled_on = models.DateField(null=True)
    end_reference = models.CharField(max_length=60, default="", db_default="", blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.TextField(default="")

    class Meta:
        db_table = "mandates_mandate"
        constraints = [
            models.CheckConstraint(name="mandates_state", condition=Q(state__in=[one.value for one in MandateState])),
            models.CheckConstraint(name="mandates_action", condition=Q(action__in=[one.value for one in Action])),
            models.CheckConstraint(name="mandates_origin", condition=Q(origin__in=[one.value for one in Origin])),
            models.CheckConstraint(name="mandates_not_oneself", condition=~Q(principal=models.F("helper"))),
            models.CheckConstraint(
                name="mandates_active_by_both",
                condition=~Q(state="active")
                | Q(helper__isnull=False, starts_on__isnull=False, ends_on__gt=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="mandates_ended_has_a_day", condition=~Q(state="ended") | Q(ended_on__isnull=False)
            ),
            models.CheckConstraint(
                name="mandates_paper_has_a_form", condition=~Q(origin="paper") | ~Q(form_reference="")
            ),
            models.CheckConstraint(
                name="mandates_by_a_court",
                condition=Q(origin="court", appointment__in=[one.value for one in Appointment], ruled_on__isnull=False)
                & ~Q(court="")
                & ~Q(court_reference="")
                | ~Q(origin="court") & Q(appointment="", ruled_on__isnull=True, court="", court_reference=""),
            ),
            models.CheckConstraint(
                name="mandates_only_a_court_has_no_end",
                condition=~Q(state="active") | Q(ends_on__isnull=False) | Q(origin="court"),
            ),
            models.CheckConstraint(
                name="mandates_a_ruling_ends_it",
                condition=~Q(origin="court") | Q(ended_by__in=["", "court", "calendar", "death", "renewed"]),
            ),
            models.UniqueConstraint(
                fields=["principal", "helper"], name="mandates_one_a_pair", condition=Q(state="active")
            ),
        ]
        indexes = [
            models.Index(fields=["principal", "state"], name="mandates_of_principal"),
            models.Index(fields=["helper", "state"], name="mandates_of_helper"),
            models.Index(fields=["ends_on"], name="mandates_by_end", condition=Q(state="active")),
        ]

    def to_term(self) -> terms.Mandate:
        """The mandate as the other rooms know it."""
        return terms.Mandate(
            id=self.id,
            principal=self.principal,
            helper=self.helper,
            themes=frozenset(self.themes),
            action=Action(self.action),
            months=self.months,
            origin=Origin(self.origin),
            state=MandateState(self.state),
            invited_on=self.invited_on,
            code_until=self.code_until,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            ended_on=self.ended_on,
            ended_by=self.ended_by,
            order=self._order(),
        )

    def _order(self) -> terms.CourtOrder | None:
        if self.ruled_on is None or self.starts_on is None:
            return None
        return terms.CourtOrder(
            Appointment(self.appointment), self.court, self.court_reference, self.ruled_on, self.starts_on,
            self.ends_on - timedelta(days=1) if self.ends_on else None,
        )  # fmt: skip


class Event(models.Model):
    """What happened to a mandate, in order; never changed or removed."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="event_rows")
    kind = models.TextField()
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    by = models.TextField()

    class Meta:
        db_table = "mandates_event"
        constraints = [
            models.CheckConstraint(
                name="mandates_event_kind", condition=Q(kind__in=[one.value for one in MandateEvent])
            ),
            models.UniqueConstraint(fields=["mandate", "kind"], name="mandates_event_once"),
        ]


class Tally(models.Model):
    """How many mandates ended in a year and are removed since, by how they ended."""

    year = models.PositiveIntegerField()
    state = models.TextField()
    ended_by = models.TextField(default="", blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "mandates_tally"
        constraints = [models.UniqueConstraint(fields=["year", "state", "ended_by"], name="mandates_tally_once")]
