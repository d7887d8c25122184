"""What happens after a list is confirmed: the decisions, in batches; a job that fails is tried again by itself."""

from __future__ import annotations

from uuid import UUID

from waardig.kernel.declared import declaring, service_role
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job
from waardig.proposals.actions.confirming import GRANT, grant_part

GRANTING = declaring("registers.bijhouden", service_role("unasked_activity"), service_role("decision_activity"))
"""To read the households again, to decide, and to remember the grant."""


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {GRANT: each(_grant, inside=False, uses=GRANTING)}


def _grant(job: Job) -> None:
    grant_part(UUID(job.payload["confirmation"]), int(job.payload["part"]))
