"""Scheduled work: a written reaction goes after its term, a form number after its day."""

from __future__ import annotations

from datetime import date

from waardig.feedback import actions
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.declared import declaring
from waardig.outbox.actions import each, enqueue
from waardig.outbox.terms import Handler, Job, NewJob

FORGET = "feedback.forget"


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {FORGET: each(_forget, uses=declaring())}


def forget_daily(today: date) -> int:
    """Have what is past its term removed, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(FORGET, today.isoformat())])


def _forget(_job: Job) -> None:
    actions.forget(business_today(), wall_now())
