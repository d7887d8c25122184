"""Questions of the public: those with an answer for everybody, those that wait for an official."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q

from waardig.accountability import models
from waardig.accountability.terms import Question, QuestionState, QuestionUnknown

__all__ = ["Waiting", "answered", "open_questions", "question", "waiting"]


@dataclass(frozen=True)
class Waiting:
    """How many questions wait, the first last day, how many are past it."""

    count: int = 0
    oldest_due: date | None = None
    late: int = 0


def answered(service: str) -> tuple[Question, ...]:
    """Published questions with their answers, the newest first."""
    rows = models.Question.objects.filter(service=service, state=QuestionState.ANSWERED.value)
    return tuple(row.to_term() for row in rows.order_by("-answered_on", "-asked_at"))


def open_questions() -> tuple[Question, ...]:
    """Questions that wait, the nearest last day first."""
    rows = models.Question.objects.filter(state=QuestionState.OPEN.value).order_by("answer_by", "asked_at")
    return tuple(row.to_term() for row in rows)


def waiting(today: date, service: str | None = None) -> Waiting:
    """How much waits, of one service or of all; one query."""
    rows = models.Question.objects.filter(state=QuestionState.OPEN.value)
    if service:
        rows = rows.filter(service=service)
    found = rows.aggregate(count=Count("id"), due=Min("answer_by"), late=Count("id", filter=Q(answer_by__lt=today)))
    return Waiting(found["count"], found["due"], found["late"])


def question(identity: UUID) -> Question:
    """One question.

    Raises:
        QuestionUnknown: there is no such question.
    """
    row = models.Question.objects.filter(id=identity).first()
    if row is None:
        raise QuestionUnknown
    return row.to_term()
