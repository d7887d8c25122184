"""What happens after a list is confirmed: the decisions, in batches; a job that fails is tried again by itself."""

from __future__ import annotations

from uuid import UUID

from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job
from waardig.proposals.actions.confirming import GRANT, grant_part


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {GRANT: each(_grant, inside=False)}


def _grant(job: Job) -> None:
    grant_part(UUID(job.payload["confirmation"]), int(job.payload["part"]))
