"""Measuring the safeguards of a service: every day, and after each round; who fails stands still from then on."""

from __future__ import annotations

from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job
from waardig.values import actions
from waardig.values.terms import MEASURE


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic; measurement and suspension are rows of this database."""
    return {MEASURE: each(_measure)}


def _measure(job: Job) -> None:
    actions.tick(job.payload["service"])
