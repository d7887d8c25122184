"""What stands in the outbox: depth, and the jobs that were given up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min

from waardig.outbox.models import Job
from waardig.outbox.terms import DeadJobs, Depth, JobState


def depth() -> Depth:
    """Counts by state and by topic (open jobs), in two queries."""
    states = dict(Job.objects.values_list("state").annotate(Count("id")))
    open_jobs = Job.objects.filter(state__in=[JobState.WAITING, JobState.LEASED])
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
    found = Job.objects.filter(state=JobState.DEAD).order_by("id")
    start = (page - 1) * size
    return DeadJobs(tuple(job.to_term() for job in found[start : start + size]), page, found.count())


def history() -> Iterator[dict[str, Any]]:
    """How many jobs of each topic are in each state, in a stable order."""
    rows = Job.objects.values_list("topic", "state").annotate(count=Count("id")).order_by("topic", "state")
    for topic, state, count in rows:
        yield {"kind": "jobs", "topic": topic, "state": state, "count": count}
