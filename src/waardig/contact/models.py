"""Tables of contact: requests without their words; children of whom a parent used authority."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.contact import terms
from waardig.contact.terms import Kind, Outcome


class Request(models.Model):
    """A request to a human; its words stand behind the gate under the same id."""

    id = models.UUIDField(primary_key=True)
    serial = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    kind = models.TextField()
    person = models.UUIDField()
    asked_on = models.DateField()
    due_on = models.DateField()
    officer = models.TextField()
    line = models.CharField(max_length=16, default="")
    outcome = models.TextField(default=Outcome.OPEN.value)
    closed_on = models.DateField(null=True)
    closed_by = models.TextField(default="")

    class Meta:
        db_table = "contact_request"
        constraints = [
            models.CheckConstraint(name="contact_kind", condition=Q(kind__in=[one.value for one in Kind])),
            models.CheckConstraint(name="contact_outcome", condition=Q(outcome__in=[one.value for one in Outcome])),
            models.CheckConstraint(
                name="contact_closed_has_a_day", condition=Q(outcome="open") | Q(closed_on__isnull=False)
            ),
            models.UniqueConstraint(fields=["year", "serial"], name="contact_number"),
            models.UniqueConstraint(
                fields=["person"], name="contact_one_call_back", condition=Q(kind="call_back", outcome="open")
            ),
            models.UniqueConstraint(
                fields=["person", "line"], name="contact_one_question_a_use", condition=Q(kind="question")
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="contact_open", condition=Q(outcome="open")),
            models.Index(fields=["person", "-asked_on"], name="contact_of_person"),
        ]

    def to_term(self, prefix: str) -> terms.ContactRequest:
        """The request as the other rooms know it."""
        return terms.ContactRequest(
            id=self.id,
            number=f"{prefix}-C {self.year} {self.serial:04d}",
            kind=Kind(self.kind),
            person=self.person,
            asked_on=self.asked_on,
            due_on=self.due_on,
            officer=self.officer,
            outcome=Outcome(self.outcome),
            line=self.line,
            closed_on=self.closed_on,
        )


class Tally(models.Model):
    """How many requests of a year ended how, of those whose rows are gone."""

    year = models.PositiveIntegerField()
    kind = models.TextField()
    outcome = models.TextField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "contact_tally"
        constraints = [models.UniqueConstraint(fields=["year", "kind", "outcome"], name="contact_tally_once")]


class Child(models.Model):
    """A child of whom a parent used authority, and the day on which that ends; so that both are told before."""

    child = models.UUIDField()
    parent = models.UUIDField()
    turns_on = models.DateField()

    class Meta:
        db_table = "contact_child"
        constraints = [models.UniqueConstraint(fields=["child", "parent"], name="contact_child_once")]
        indexes = [models.Index(fields=["turns_on"], name="contact_child_by_day")]
