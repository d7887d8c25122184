"""The archive's work of a day: look at every case that ended."""

from __future__ import annotations

from waardig.archive.actions.appraising import APPRAISE, appraise
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job


def handlers() -> dict[str, Handler]:
    """What this room does with jobs; a repeat changes nothing."""
    return {APPRAISE: each(_appraise, inside=False)}


def _appraise(_job: Job) -> None:
    appraise()
