"""How long a session lives: an idle end, an absolute end, and a notice before either (WCAG 2.2.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from waardig.identity.terms import Kind, Limits, SessionTerm

LIMITS = {
    Kind.RESIDENT: Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=2)),
    Kind.ORGANISATION: Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=8)),
    Kind.EMPLOYEE: Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=9)),
}


def end_of(signed_in_at: datetime, last_seen: datetime, limits: Limits) -> datetime:
    """When the session ends if nothing more is done: the first of the idle and the absolute end."""
    return min(last_seen + limits.idle, signed_in_at + limits.absolute)


def is_over(signed_in_at: datetime, last_seen: datetime, limits: Limits, now: datetime) -> bool:
    """Whether the session has ended; a moment in the future counts as ended too, it cannot be honest."""
    return now >= end_of(signed_in_at, last_seen, limits) or last_seen > now + timedelta(minutes=1)


def term(signed_in_at: datetime, last_seen: datetime, limits: Limits, now: datetime) -> SessionTerm:
    """When to warn, counted from now, and whether one tap gives more time."""
    ends_at = end_of(signed_in_at, last_seen, limits)
    left = ends_at - now - limits.warning
    return SessionTerm(
        warn_after_seconds=max(0, int(left.total_seconds())),
        ends_at=ends_at,
        can_extend=ends_at < signed_in_at + limits.absolute,
    )
