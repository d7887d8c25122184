"""Enqueue, drain and replay; record what administrators did and which workers are there.

A claim is a short transaction that leases a batch (`FOR UPDATE SKIP LOCKED`) and counts the attempt, so a job that
kills its worker is given up too. Marking done is fenced on the attempt: a worker that lost its lease changes nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction

from waardig.kernel.clock import wall_now
from waardig.kernel.declared import Uses, within
from waardig.outbox.core import FORGET_WORKERS, LEASE, MOST_ATTEMPTS, is_given_up, short_error, wait_after
from waardig.outbox.models import Job as JobRow
from waardig.outbox.models import Operation as OperationRow
from waardig.outbox.models import Worker as WorkerRow
from waardig.outbox.terms import (
    Drained,
    Failures,
    Handler,
    Handlers,
    HandlerUnknown,
    Job,
    JobState,
    NewJob,
    OperationKind,
    OutsideTransaction,
    WorkerSeen,
)

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def enqueue(jobs: Sequence[NewJob]) -> int:
    """Store jobs in the caller's transaction; a job whose (topic, key) exists is left as it is.

    Returns:
        How many were new.

    Raises:
        OutsideTransaction: there is no transaction to join.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    if not jobs:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox_job (topic, key, payload, due, attempts, last_error, state)"
            " SELECT topic, key, payload::jsonb, coalesce(due, now()), 0, '', 'waiting'"
            " FROM unnest(%s::text[], %s::text[], %s::text[], %s::timestamptz[]) AS new (topic, key, payload, due)"
            " ON CONFLICT (topic, key) DO NOTHING",
            [
                [job.topic for job in jobs],
                [job.key for job in jobs],
                [json.dumps(dict(job.payload)) for job in jobs],
                [job.due for job in jobs],
            ],
        )
        return int(cursor.rowcount)


def drain(
    handlers: Handlers,
    *,
    batch: int = 50,
    until_empty: bool = False,
    clock: Clock = wall_now,
    stop: Event | None = None,
) -> Drained:
    """Do due jobs: one batch of each topic, or all until nothing is due any more.

    Args:
        handlers: by topic; other topics are left alone.
        batch: jobs a claim, 1 to 500.
        stop: asked between batches, so that a worker can end.
    """
    total = Drained()
    while True:
        round_total = Drained()
        for topic, handler in handlers.items():
            if stop is not None and stop.is_set():
                return total + round_total
            round_total += _drain_batch(topic, handler, batch, clock)
        total += round_total
        if not until_empty or round_total == Drained():
            return total


def replay(ids: Sequence[int], *, by: str) -> int:
    """Give dead jobs a new life with no attempts counted, and record who did so; returns how many were dead.

    Args:
        by: id of the official, or of the account of the command line.
    """
    with transaction.atomic():
        found = JobRow.objects.select_for_update().filter(id__in=list(ids), state=JobState.DEAD).order_by("id")
        by_topic: dict[str, list[int]] = {}
        for identity, topic in found.values_list("id", "topic"):
            by_topic.setdefault(topic, []).append(identity)
        dead = [identity for jobs in by_topic.values() for identity in jobs]
        JobRow.objects.filter(id__in=dead).update(
            state=JobState.WAITING, attempts=0, due=wall_now(), lease_until=None, last_error=""
        )
        for topic, jobs in sorted(by_topic.items()):
            record(OperationKind.REPLAY, by=by, topic=topic, jobs=jobs)
    return len(dead)


def replay_topic(topic: str, *, by: str) -> int:
    """Give all dead jobs of a topic a new life; returns how many there were."""
    ids = JobRow.objects.filter(topic=topic, state=JobState.DEAD).values_list("id", flat=True)
    return replay(list(ids), by=by)


def record(
    kind: OperationKind, *, by: str, topic: str = "", jobs: Sequence[int] = (), succeeded: bool = True, note: str = ""
) -> None:
    """Record what an administrator did; `note` never holds personal data."""
    OperationRow.objects.create(kind=kind, by=by, topic=topic, jobs=list(jobs), succeeded=succeeded, note=note[:300])


def beat(worker: WorkerSeen, *, ended: bool = False) -> None:
    """Say that a worker is there, or that it ended; workers that were silent for a day are forgotten."""
    now = wall_now()
    WorkerRow.objects.update_or_create(
        id=worker.id,
        defaults={
            "name": worker.name,
            "started_at": worker.started_at,
            "seen_at": now,
            "ended_at": now if ended else None,
            "done": worker.done,
            "failed": worker.failed,
        },
    )
    WorkerRow.objects.filter(seen_at__lt=now - FORGET_WORKERS).delete()


def each(do: Callable[[Job], None], *, inside: bool = True, uses: Uses | None = None) -> Handler:
    """A handler from a function for one job; with `inside`, one failing job does not undo the others.

    Args:
        uses: what it declares, as `Handler`.

    Example:
        handlers = {"inbox.publish": each(publish, uses=declaring("bericht.bezorgen"))}
    """

    def run(jobs: Sequence[Job]) -> Failures:
        failures: dict[int, str] = {}
        for job in jobs:
            try:
                if inside:
                    with transaction.atomic():
                        do(job)
                else:
                    do(job)
            except Exception as error:
                _raise_if_connection_is_gone(error)
                log.warning("job %s of topic %s failed: %s", job.id, job.topic, short_error(error))
                failures[job.id] = short_error(error)
        return failures

    return Handler(run, inside, uses)


def require_handlers(handlers: Handlers, topics: Sequence[str]) -> None:
    """Refuse a set of handlers that leaves a topic undone.

    Raises:
        HandlerUnknown: with the topics.
    """
    missing = sorted(set(topics) - set(handlers))
    if missing:
        raise HandlerUnknown(missing)


def _raise_if_connection_is_gone(error: Exception) -> None:
    """A lost connection is not the fault of a job: the lease brings the jobs back, without an error on them."""
    if not isinstance(error, OperationalError | InterfaceError):
        return
    answer = getattr(error.__cause__, "sqlstate", None)
    if answer is None or answer.startswith(("08", "57P")):
        raise error


def _drain_batch(topic: str, handler: Handler, batch: int, clock: Clock) -> Drained:
    given_up = _bury(topic, clock())
    jobs = _claim(topic, batch, clock())
    if not jobs:
        return Drained(dead=given_up)
    run = _run_inside if handler.inside else _run_outside
    with within(topic, handler.uses):
        return run(handler, jobs, clock) + Drained(dead=given_up)


def _claim(topic: str, batch: int, now: datetime) -> list[Job]:
    """Lease a batch in a short transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_job SET state = 'leased', attempts = attempts + 1, lease_until = %s"
            " WHERE id = ANY (ARRAY(SELECT id FROM outbox_job"
            "   WHERE topic = %s AND ((state = 'waiting' AND due <= %s) OR (state = 'leased' AND lease_until <= %s))"
            "   AND attempts < %s ORDER BY due, id FOR UPDATE SKIP LOCKED LIMIT %s))"
            " RETURNING id, topic, key, payload, due, attempts, lease_until, last_error, state",
            [now + LEASE, topic, now, now, MOST_ATTEMPTS, batch],
        )
        return sorted((_job(row) for row in cursor.fetchall()), key=lambda job: job.id)


def _bury(topic: str, now: datetime) -> int:
    """Give up jobs whose worker died on the last attempt."""
    return JobRow.objects.filter(
        topic=topic, state=JobState.LEASED, lease_until__lte=now, attempts__gte=MOST_ATTEMPTS
    ).update(state=JobState.DEAD, lease_until=None, last_error="the worker ended during the last attempt")


def _job(row: Sequence[Any]) -> Job:
    identity, topic, key, payload, due, attempts, lease_until, last_error, state = row
    read = json.loads(payload) if isinstance(payload, str) else payload
    return Job(identity, topic, key, read, due, attempts, lease_until, last_error, JobState(state))


def _run_inside(handler: Handler, jobs: list[Job], clock: Clock) -> Drained:
    """Effects and marking done commit together; jobs that were claimed anew meanwhile are left out."""
    try:
        with transaction.atomic():
            ours = _still_ours(jobs)
            with transaction.atomic():
                failures = handler.run(ours)
            return _settle(ours, failures, clock())
    except Exception as error:
        _raise_if_connection_is_gone(error)
        log.warning("a batch of topic %s failed: %s", jobs[0].topic, short_error(error))
        return _settle(jobs, {job.id: short_error(error) for job in jobs}, clock())


def _run_outside(handler: Handler, jobs: list[Job], clock: Clock) -> Drained:
    try:
        failures = handler.run(jobs)
    except Exception as error:
        _raise_if_connection_is_gone(error)
        log.warning("a batch of topic %s failed: %s", jobs[0].topic, short_error(error))
        failures = {job.id: short_error(error) for job in jobs}
    return _settle(jobs, failures, clock())


@dataclass(frozen=True)
class _Change:
    """The new place of one job."""

    state: JobState
    due: datetime
    error: str


def _still_ours(jobs: Sequence[Job]) -> list[Job]:
    """Lock the rows of this batch and keep those whose lease nobody else took."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job.id FROM outbox_job job"
            " JOIN unnest(%s::bigint[], %s::int[]) AS held (id, attempts) USING (id, attempts)"
            " WHERE job.state = 'leased' ORDER BY job.id FOR UPDATE OF job",
            [[job.id for job in jobs], [job.attempts for job in jobs]],
        )
        held = {row[0] for row in cursor.fetchall()}
    return [job for job in jobs if job.id in held]


def _settle(jobs: Sequence[Job], failures: Failures, now: datetime) -> Drained:
    """Mark jobs done, waiting again or dead, each only while its attempt is still ours."""
    changes = {job.id: _change(job, failures.get(job.id), now) for job in jobs}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_job job SET state = new.state, due = new.due, last_error = new.error, lease_until = NULL,"
            " done_at = CASE WHEN new.state = 'done' THEN now() END"
            " FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::timestamptz[], %s::text[])"
            "   AS new (id, attempts, state, due, error)"
            " WHERE job.id = new.id AND job.attempts = new.attempts AND job.state = 'leased'"
            " RETURNING new.state",
            [
                list(changes),
                [job.attempts for job in jobs],
                [change.state.value for change in changes.values()],
                [change.due for change in changes.values()],
                [change.error for change in changes.values()],
            ],
        )
        states = [row[0] for row in cursor.fetchall()]
    return Drained(states.count("done"), states.count("waiting"), states.count("dead"))


def _change(job: Job, error: str | None, now: datetime) -> _Change:
    if error is None:
        return _Change(JobState.DONE, job.due, "")
    if is_given_up(job.attempts):
        return _Change(JobState.DEAD, job.due, error[:300])
    return _Change(JobState.WAITING, now + wait_after(job.attempts), error[:300])
