"""Scheduled work: tickets that expired, opt-outs and decisions past their term go; lines of the log go on."""

from __future__ import annotations

from datetime import date

from waardig.access import actions
from waardig.access.actions.forwarding import FORWARD
from waardig.outbox.actions import each, enqueue
from waardig.outbox.terms import Handler, Job, NewJob

FORGET = "access.forget"


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {FORGET: each(_forget, inside=False), FORWARD: each(_forward, inside=False)}


def forget_daily(today: date) -> int:
    """Have what is past its term removed, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(FORGET, today.isoformat())])


def _forward(job: Job) -> None:
    actions.forward_lines(str(job.payload["places"]))


def _forget(_job: Job) -> None:
    actions.forget_tickets()
    actions.forget_opt_outs()
    actions.forget_evaluations()
    actions.forget_readings()
