"""Publishing the figures of rounds, and taking and answering questions of the public."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from waardig.accountability import models
from waardig.accountability.core.figures import next_publication
from waardig.accountability.queries import figures
from waardig.accountability.terms import (
    LONGEST,
    LONGEST_NAME,
    OPEN_A_SERVICE,
    PER_SENDER_AN_HOUR,
    SHORTEST_ANSWER,
    WORKING_DAYS,
    AnswerIncomplete,
    Question,
    QuestionClosed,
    QuestionState,
    QuestionUnknown,
    TooManyQuestions,
)
from waardig.cases.queries import rules
from waardig.kernel.clock import business_today, wall_now
from waardig.proposals import queries as proposals

__all__ = ["answer", "ask", "decline", "forget_questions", "publish_figures"]


def publish_figures(service: str, *, on: date | None = None) -> int:
    """Publish what may be published about the finished rounds of a service; gives how many publications are new.

    Publishing again without anything new adds nothing. Two workers at once publish one after the other.
    """
    as_of, new = on or business_today(), 0
    runs = [run for run in proposals.runs(service) if not run.dry_run and run.finished_at]
    for run in sorted(runs, key=lambda one: one.as_of):
        with transaction.atomic():
            _one_at_a_time(f"publish:{service}")
            earlier = figures.publications(service)
            made = next_publication(figures.counts_of(run, as_of), earlier)
            if made is not None:
                own = [one.number for one in earlier if one.run == run.id]
                models.FigurePublication.objects.create(
                    run=run.id,
                    service=service,
                    round_on=run.as_of,
                    number=max(own, default=0) + 1,
                    as_of=as_of,
                    published_at=wall_now(),
                    content=figures.content_of(made),
                )
                new += 1
    return new


def _one_at_a_time(what: str) -> None:
    """Wait until no other transaction does the same; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('accountability:' || %s, 0))", [what])


def ask(service: str, text: str, *, name: str = "", sender: str = "", on: date | None = None) -> Question:
    """Take a question of somebody who need not say who they are.

    Args:
        name: only if they want to give one; the official sees it, nobody else, and it goes when the question is closed.
        sender: a mark of where it came from that says nothing about whom, kept for an hour against floods.

    Raises:
        TooManyQuestions: more than can be read; nothing is kept.
    """
    today, now = on or business_today(), wall_now()
    hour_ago = now - timedelta(hours=1)
    with transaction.atomic():
        _one_at_a_time("ask")
        models.Question.objects.filter(asked_at__lt=hour_ago).exclude(sender="").update(sender="")
        mine = models.Question.objects.filter(sender=sender).count() if sender else 0
        waiting = models.Question.objects.filter(service=service, state=QuestionState.OPEN.value).count()
        if mine >= PER_SENDER_AN_HOUR or waiting >= OPEN_A_SERVICE:
            raise TooManyQuestions(service)
        row = models.Question.objects.create(
            id=uuid4(),
            service=service,
            state=QuestionState.OPEN.value,
            text=text.strip()[:LONGEST],
            name=name.strip()[:LONGEST_NAME],
            asked_on=today,
            asked_at=now,
            answer_by=rules.working_days_after(today, WORKING_DAYS),
            sender=sender,
        )
    return row.to_term()


def answer(identity: UUID, official: str, *, published_text: str, text: str, on: date | None = None) -> Question:
    """Publish the question with its answer, under the name of the official who gives it.

    Args:
        published_text: the question as everybody may read it: the official took out what says who somebody is.

    Raises:
        QuestionUnknown, QuestionClosed: there is none, or a colleague was first.
        AnswerIncomplete: question or answer is too short to read.
    """
    if len(published_text.strip()) < 3:
        raise AnswerIncomplete("published_text")
    if len(text.strip()) < SHORTEST_ANSWER:
        raise AnswerIncomplete("answer")
    with transaction.atomic():
        row = _open(identity)
        row.state = QuestionState.ANSWERED.value
        row.published_text, row.answer = published_text.strip()[:LONGEST], text.strip()[:LONGEST]
        return _close(row, official, on)


def decline(identity: UUID, official: str, *, on: date | None = None) -> Question:
    """Leave a question unpublished: it is abuse, or it is about one person. What was typed is removed.

    Raises:
        QuestionUnknown, QuestionClosed: there is none, or a colleague was first.
    """
    with transaction.atomic():
        row = _open(identity)
        row.state = QuestionState.DECLINED.value
        return _close(row, official, on)


def forget_questions(*, on: date | None = None) -> int:
    """Remove questions that were closed a year ago (activity vraag.openbaar); gives how many."""
    today = on or business_today()
    leap_day = (today.month, today.day) == (2, 29)
    limit = today.replace(year=today.year - 1, day=28 if leap_day else today.day)
    removed, _ = models.Question.objects.filter(answered_on__lte=limit).delete()
    return removed


def _open(identity: UUID) -> models.Question:
    row = models.Question.objects.select_for_update().filter(id=identity).first()
    if row is None:
        raise QuestionUnknown
    if row.state != QuestionState.OPEN.value:
        raise QuestionClosed
    return row


def _close(row: models.Question, official: str, on: date | None) -> Question:
    row.text = row.name = row.sender = ""
    row.official, row.answered_on = official, on or business_today()
    row.save()
    return row.to_term()
