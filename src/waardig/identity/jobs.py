"""Scheduled work: nothing of a session or a failed sign-in is kept longer than it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from waardig.identity.models import SignInFailure

KEEP_FAILURES = timedelta(days=1)


def forget_old(now: datetime) -> int:
    """Remove sessions that ended and failures older than a day; gives how many rows went."""
    sessions, _ = Session.objects.filter(expire_date__lte=now).delete()
    failures, _ = SignInFailure.objects.filter(failed_at__lt=now - KEEP_FAILURES).delete()
    return sessions + failures
