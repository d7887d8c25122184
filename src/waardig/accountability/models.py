"""Tables of accountability: what was published, and questions of the public. No person of a round stands in either."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waardig.accountability import terms


class FigurePublication(models.Model):
    """The figures of a round as they were made public; rows are only ever added."""

    run = models.UUIDField()
    service = models.CharField(max_length=60)
    round_on = models.DateField()
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    published_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        db_table = "accountability_publication"
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="accountability_publication_once")]
        indexes = [models.Index(fields=["service", "round_on", "number"], name="accountability_publication_of")]


class Question(models.Model):
    """A question of somebody who need not say who they are; published after an official looked at it."""

    id = models.UUIDField(primary_key=True)
    service = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    text = models.TextField()
    name = models.CharField(max_length=80, default="", blank=True)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    sender = models.CharField(max_length=32, default="", blank=True)
    published_text = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)
    answered_on = models.DateField(null=True)
    official = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        db_table = "accountability_question"
        indexes = [
            models.Index(fields=["service", "state", "answered_on"], name="accountability_question_list"),
            models.Index(fields=["state", "answer_by"], name="accountability_question_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in terms.QuestionState]),
                name="accountability_question_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer="") & ~Q(published_text="") & ~Q(official=""),
                name="accountability_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(name="", text=""), name="accountability_only_open_keeps_what_was_typed"
            ),
        ]

    def to_term(self) -> terms.Question:
        """The question as other rooms see it."""
        return terms.Question(
            id=self.id,
            service=self.service,
            state=terms.QuestionState(self.state),
            text=self.text,
            name=self.name,
            asked_on=self.asked_on,
            answer_by=self.answer_by,
            published_text=self.published_text,
            answer=self.answer,
            answered_on=self.answered_on,
            official=self.official,
        )
