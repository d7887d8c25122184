"""Tables of feedback: counts a month, texts with a day, and form numbers that were used. No person stands in any."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.feedback import terms
from waardig.feedback.terms import TextState


class Count(models.Model):
    """How often a text was found clear or not in a month. It stays."""

    topic = models.CharField(max_length=200)
    month = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "feedback_count"
        constraints = [
            models.UniqueConstraint(fields=["topic", "month"], name="feedback_count_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="feedback_count_is_of_a_month"),
        ]


class Text(models.Model):
    """What somebody wrote about a text; it goes after its term."""

    id = models.UUIDField(primary_key=True)
    topic = models.CharField(max_length=200)
    given_on = models.DateField()
    clear = models.BooleanField()
    language = models.CharField(max_length=2)
    text = models.TextField()
    state = models.CharField(max_length=20, default=TextState.OPEN.value)
    kept_until = models.DateField()
    done = models.TextField(default="", blank=True)
    official = models.CharField(max_length=80, default="", blank=True)
    handled_on = models.DateField(null=True)

    class Meta:
        db_table = "feedback_text"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TextState]), name="feedback_text_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open", official="", handled_on__isnull=True)
                | Q(state="handled", handled_on__isnull=False) & ~Q(official=""),
                name="feedback_handled_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "state", "-given_on"], name="feedback_text_list"),
            models.Index(fields=["kept_until"], name="feedback_text_term"),
        ]

    def to_term(self) -> terms.WrittenReaction:
        """The text as the other rooms see it."""
        return terms.WrittenReaction(
            id=self.id,
            topic=self.topic,
            on=self.given_on,
            clear=self.clear,
            language=self.language,
            text=self.text,
            state=TextState(self.state),
            kept_until=self.kept_until,
            done=self.done,
            official=self.official,
            handled_on=self.handled_on,
        )


class UsedForm(models.Model):
    """A form number that was used, so that the same form counts once; tied to no reaction.

    `sender` is a mark of where it came from, of this day, against floods; it is empty again after its hour.
    """

    number = models.CharField(primary_key=True, max_length=64)
    hour = models.DateTimeField()
    sender = models.CharField(max_length=32, default="", blank=True)

    class Meta:
        db_table = "feedback_used_form"
        indexes = [models.Index(fields=["hour"], name="feedback_used_form_hour")]
