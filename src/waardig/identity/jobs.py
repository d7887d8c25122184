"""Scheduled work: nothing of a session or a failed sign-in is kept longer than it is needed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.sessions.models import Session

from waardig.identity.models import SignInFailure
from waardig.kernel.clock import wall_now
from waardig.kernel.declared import declaring
from waardig.outbox.actions import each, enqueue
from waardig.outbox.terms import Handler, Job, NewJob

KEEP_FAILURES = timedelta(days=1)
FORGET = "identity.forget"


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {FORGET: each(_forget, uses=declaring())}


def forget_daily(today: date) -> int:
    """Have what is old removed, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(FORGET, today.isoformat())])


def _forget(_job: Job) -> None:
    forget_old(wall_now())


def forget_old(now: datetime) -> int:
    """Remove sessions that ended and failures older than a day; gives how many rows went."""
    sessions, _ = Session.objects.filter(expire_date__lte=now).delete()
    failures, _ = SignInFailure.objects.filter(failed_at__lt=now - KEEP_FAILURES).delete()
    return sessions + failures
