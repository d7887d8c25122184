"""What stands in the outbox: depth, jobs that were given up, workers, and what administrators did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, F, Min, Q, Value
from django.db.models.functions import Concat, StrIndex, Substr

from waardig.kernel.clock import wall_now
from waardig.outbox.core import FORGET_WORKERS, SILENT_AFTER
from waardig.outbox.models import Job as JobRow
from waardig.outbox.models import Operation as OperationRow
from waardig.outbox.models import Tally
from waardig.outbox.models import Worker as WorkerRow
from waardig.outbox.terms import (
    DeadGroup,
    DeadJobs,
    Depth,
    Job,
    JobState,
    Operation,
    OperationKind,
    TopicDepth,
    WorkerSeen,
    error_class,
)


def depth() -> Depth:
    """Counts by state and by topic (open jobs), in two queries."""
    states = dict(JobRow.objects.values_list("state").annotate(Count("id")))
    open_jobs = JobRow.objects.filter(state__in=[JobState.WAITING, JobState.LEASED])
    topics = list(open_jobs.values_list("topic").annotate(Count("id"), Min("due")))
    return Depth(
        waiting=states.get(JobState.WAITING, 0),
        leased=states.get(JobState.LEASED, 0),
        done=states.get(JobState.DONE, 0),
        dead=states.get(JobState.DEAD, 0),
        oldest_due=min((due for _, _, due in topics), default=None),
        by_topic={topic: count for topic, count, _ in topics},
    )


def dead(*, page: int = 1, size: int = 50) -> DeadJobs:
    """Jobs that were given up, oldest first; they stay until someone replays them."""
    found = JobRow.objects.filter(state=JobState.DEAD).order_by("id")
    start = (page - 1) * size
    return DeadJobs(tuple(job.to_term() for job in found[start : start + size]), page, found.count())


def dead_of(*, topic: str = "", number: int | None = None) -> tuple[Job, ...]:
    """Given up jobs: the one of this number, or all of this topic, oldest first."""
    found = JobRow.objects.filter(state=JobState.DEAD).order_by("id")
    return tuple(row.to_term() for row in (found.filter(topic=topic) if number is None else found.filter(id=number)))


def topics() -> tuple[TopicDepth, ...]:
    """Every topic that has open or given up jobs, by name."""
    is_open = Q(state__in=[JobState.WAITING, JobState.LEASED])
    rows = (
        JobRow.objects.filter(is_open | Q(state=JobState.DEAD))
        .values("topic")
        .annotate(
            opened=Count("id", filter=is_open),
            oldest=Min("due", filter=is_open),
            given_up=Count("id", filter=Q(state=JobState.DEAD)),
        )
        .order_by("topic")
    )
    return tuple(TopicDepth(row["topic"], row["opened"], row["oldest"], row["given_up"]) for row in rows)


def dead_groups() -> tuple[DeadGroup, ...]:
    """Given up jobs counted by topic and class of error; what stands behind the class is left out."""
    text = Concat(F("last_error"), Value(":"), output_field=CharField())
    rows = (
        JobRow.objects.filter(state=JobState.DEAD)
        .annotate(error=Substr(text, 1, StrIndex(text, Value(":")) - 1))
        .values("topic", "error")
        .annotate(count=Count("id"), since=Min("due"))
        .order_by("topic", "error")
    )
    return tuple(DeadGroup(row["topic"], error_class(row["error"]), row["count"], row["since"]) for row in rows)


def workers(*, now: datetime | None = None) -> tuple[WorkerSeen, ...]:
    """Workers that are there or went silent within a day, last seen first."""
    since = (now or wall_now()) - FORGET_WORKERS
    return tuple(row.to_term() for row in WorkerRow.objects.filter(seen_at__gte=since).order_by("-seen_at", "id"))


def working(*, now: datetime | None = None) -> tuple[WorkerSeen, ...]:
    """Workers that did not end and were seen recently enough to count on."""
    moment = now or wall_now()
    return tuple(one for one in workers(now=moment) if one.ended_at is None and moment - one.seen_at <= SILENT_AFTER)


def operations(kind: OperationKind | None = None, *, limit: int = 20) -> tuple[Operation, ...]:
    """What administrators did, newest first."""
    rows = OperationRow.objects.order_by("-at", "-id")
    return tuple(row.to_term() for row in (rows.filter(kind=kind) if kind else rows)[:limit])


def history() -> Iterator[dict[str, Any]]:
    """How many jobs of each topic are in each state, in a stable order."""
    rows = JobRow.objects.values_list("topic", "state").annotate(count=Count("id")).order_by("topic", "state")
    counted = {(topic, state): count for topic, state, count in rows}
    for topic, state, count in Tally.objects.values_list("topic", "state", "count"):  # of cases that were destroyed
        counted[topic, state] = counted.get((topic, state), 0) + count
    for (topic, state), count in sorted(counted.items()):
        yield {"kind": "jobs", "topic": topic, "state": state, "count": count}
