"""What happens after a list is confirmed, the decisions in batches; and what happens for who waits for a source.

A job that fails is tried again by itself.
"""

from __future__ import annotations

from uuid import UUID

from waardig.cases import queries as cases
from waardig.kernel.declared import declaring, service_role
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job
from waardig.proposals.actions.confirming import GRANT, grant_part
from waardig.proposals.actions.freshness import FRESHEN_LISTED, FRESHEN_ROUND, freshen_listed, freshen_round
from waardig.proposals.actions.listing import unasked_of

GRANTING = declaring("registers.bijhouden", service_role("unasked_activity"), service_role("decision_activity"))
"""To read the households again, to decide, and to remember the grant."""
FRESHENING_A_ROUND = declaring("registers.bijhouden", service_role("round_activity"))
FRESHENING_A_LIST = declaring("registers.bijhouden", service_role("unasked_activity"))
"""To ask a source under the activity of who waits, and to keep what it says."""


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {
        GRANT: each(_grant, inside=False, uses=GRANTING),
        FRESHEN_ROUND: each(_freshen_round, inside=False, uses=FRESHENING_A_ROUND),
        FRESHEN_LISTED: each(_freshen_listed, inside=False, uses=FRESHENING_A_LIST),
    }


def _grant(job: Job) -> None:
    grant_part(UUID(job.payload["confirmation"]), int(job.payload["part"]))


def _freshen_round(job: Job) -> None:
    freshen_round(UUID(job.payload["run"]), UUID(job.payload["first"]), UUID(job.payload["last"]))


def _freshen_listed(job: Job) -> None:
    case = UUID(job.payload["case"])
    freshen_listed(case, unasked_of(cases.case(case).service).activity)
