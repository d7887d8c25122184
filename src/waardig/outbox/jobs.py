"""The worker: drains the outbox until it is told to stop, and survives a database that goes away."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event
from time import monotonic
from uuid import uuid4

from django.db import Error as DatabaseError
from django.db import connection

from waardig.kernel.clock import wall_now
from waardig.outbox.actions import beat, drain
from waardig.outbox.core import BEAT, short_error
from waardig.outbox.terms import Drained, Handlers, WorkerSeen

log = logging.getLogger(__name__)
POLL_SECONDS = 1.0
_LONGEST_PAUSE = 5.0
_SCHEDULE_SECONDS = 600.0


def run_worker(
    handlers: Handlers,
    stop_event: Event,
    *,
    schedule: Callable[[], object] = lambda: None,
    batch: int = 50,
    poll: float = POLL_SECONDS,
    until_empty: bool = False,
) -> Drained:
    """Drain until `stop_event` is set, or until nothing is due when `until_empty`.

    A database that is gone is waited for, up to 5 seconds between tries; leases make
    sure that nothing is lost meanwhile.

    Args:
        schedule: enqueues the work that returns; called at the start and every ten minutes, so it must absorb repeats.
        poll: seconds between two looks when nothing was due.
    """
    total = Drained()
    pause = 0.1
    beside = _Beside(schedule, _introduced())
    while not stop_event.is_set():
        try:
            beside.keep_up(total)
            done = drain(handlers, batch=batch, stop=stop_event)
        except DatabaseError as error:
            log.warning("the database does not answer, trying again in %.1f s: %s", pause, short_error(error))
            connection.close()
            stop_event.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
            continue
        pause = 0.1
        total += done
        if done == Drained():
            if until_empty:
                break
            stop_event.wait(poll)
    _take_leave(beside.seen(total))
    connection.close()
    return total


@dataclass
class _Beside:
    """What a worker does beside its jobs: ask for the work that returns, and say that it is there."""

    schedule: Callable[[], object]
    me: WorkerSeen
    next_schedule: float = field(default_factory=monotonic)
    next_beat: float = field(default_factory=monotonic)

    def keep_up(self, total: Drained) -> None:
        """Do what of both is due."""
        if monotonic() >= self.next_schedule:
            self.schedule()
            self.next_schedule = monotonic() + _SCHEDULE_SECONDS
        if monotonic() >= self.next_beat:
            beat(self.seen(total))
            self.next_beat = monotonic() + BEAT.total_seconds()

    def seen(self, total: Drained) -> WorkerSeen:
        """This worker with what it did so far."""
        return replace(self.me, done=total.done, failed=total.failed + total.dead)


def _introduced() -> WorkerSeen:
    """This worker, named after its machine and process."""
    now = wall_now()
    return WorkerSeen(uuid4(), f"{socket.gethostname()[:60]}:{os.getpid()}", now, now, None, 0, 0)


def _take_leave(worker: WorkerSeen) -> None:
    """Say that a worker ended; a database that is gone makes no difference to that."""
    try:
        beat(worker, ended=True)
    except DatabaseError as error:
        log.warning("the database does not answer, so the end of this worker is not recorded: %s", short_error(error))
