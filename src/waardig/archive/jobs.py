"""The archive's work: look every day at what ended or is past its term; destroy what stands on an approved list."""

from __future__ import annotations

from uuid import UUID

from waardig.archive.actions.appraising import APPRAISE, appraise
from waardig.archive.actions.destroying import destroy_line
from waardig.archive.actions.forgetting import (
    FORGET,
    FORGET_FACTS,
    FORGET_PEOPLE,
    START,
    forget_archived,
    forget_facts_of_some,
    forget_people_of_some,
    forget_some,
    go_on,
    go_on_with_people,
)
from waardig.archive.actions.listing import DESTROY
from waardig.kernel.declared import declaring
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job


def handlers() -> dict[str, Handler]:
    """What this room does with jobs; a repeat changes nothing."""
    return {
        APPRAISE: each(_appraise, inside=False, uses=declaring()),
        DESTROY: each(_destroy, inside=False, uses=declaring("archief.vernietigen")),
        FORGET: each(_forget, inside=False, uses=declaring("archief.vernietigen")),
        FORGET_FACTS: each(_forget_facts, inside=False, uses=declaring("registers.vergeten")),
        FORGET_PEOPLE: each(_forget_people, inside=False, uses=declaring("registers.vergeten")),
    }


def _appraise(_job: Job) -> None:
    appraise()


def _destroy(job: Job) -> None:
    destroy_line(UUID(job.payload["line"]))


def _forget(job: Job) -> None:
    """Some parts of the tree; the rest is another job, because a lease ends."""
    _, after = forget_some(int(job.payload["after"].removeprefix("place:")) if "after" in job.payload else START)
    if after is not None:
        go_on(job.key.partition(":")[0], after)
    else:
        forget_archived()


def _forget_facts(job: Job) -> None:
    """Some parts of the people; the rest is another job, because a lease ends."""
    _, after = forget_facts_of_some(UUID(job.payload["after"]) if "after" in job.payload else None)
    if after is not None:
        go_on_with_people(FORGET_FACTS, job.key.partition(":")[0], after)


def _forget_people(job: Job) -> None:
    """The same for whom nothing is left of."""
    _, after = forget_people_of_some(UUID(job.payload["after"]) if "after" in job.payload else None)
    if after is not None:
        go_on_with_people(FORGET_PEOPLE, job.key.partition(":")[0], after)
