"""Questions of the public: those with an answer for everybody, those that wait for an official."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from waardig.accountability import models
from waardig.accountability.terms import Question, QuestionState, QuestionUnknown

__all__ = ["Waiting", "answered", "history", "open_questions", "question", "waiting"]


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


def history() -> Iterator[dict[str, Any]]:
    """Every question in a stable order; a question that waits stands here as a fingerprint only."""
    rows = [_exported(row) for row in models.Question.objects.all()]
    yield from sorted(rows, key=lambda one: (one["asked_on"], one["service"], one["text_sha256"], one["answer"]))


def _exported(row: models.Question) -> dict[str, Any]:
    return {
        "kind": "question",
        "service": row.service,
        "asked_on": row.asked_on.isoformat(),
        "answer_by": row.answer_by.isoformat(),
        "state": row.state,
        "text_sha256": hashlib.sha256(f"{row.name}|{row.text}|{row.published_text}".encode()).hexdigest(),
        "answer": row.answer,
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
        "official": row.official,
    }
