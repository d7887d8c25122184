"""Scheduled work: tickets that expired, opt-outs and decisions past their term go; decisions are made again."""

from __future__ import annotations

from datetime import date

from waardig.access import actions
from waardig.access.actions.forwarding import FORWARD
from waardig.access.terms import DecisionsDiffer
from waardig.kernel.declared import declaring
from waardig.outbox.actions import each, enqueue
from waardig.outbox.terms import Handler, Job, NewJob

FORGET = "access.forget"
REPLAY = "access.replay"
DECIDED_AGAIN = 1000


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {
        FORGET: each(_forget, inside=False, uses=declaring("afmelden")),
        FORWARD: each(_forward, inside=False, uses=declaring()),
        REPLAY: each(_replay, inside=False, uses=declaring()),
    }


def replay_daily(today: date) -> int:
    """Have a sample of the decisions for others decided again, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(REPLAY, today.isoformat())])


def forget_daily(today: date) -> int:
    """Have what is past its term removed, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(FORGET, today.isoformat())])


def _forward(job: Job) -> None:
    actions.forward_lines(str(job.payload["places"]))


def _replay(_job: Job) -> None:
    found = actions.replay(DECIDED_AGAIN)
    if not found.agrees:
        raise DecisionsDiffer(found)


def _forget(_job: Job) -> None:
    actions.forget_tickets()
    actions.forget_opt_outs()
    actions.forget_evaluations()
    actions.forget_readings()
