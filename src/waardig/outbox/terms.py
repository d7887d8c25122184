"""Words of the outbox: what must happen after a commit happens.

Promise: a job that was committed is done at least once; the receiver absorbs duplicates by the job's key.
Invariants: (topic, key) is unique; a payload holds identifiers only; a job that keeps failing becomes visible,
never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from waardig.kernel.bsn import is_bsn
from waardig.kernel.declared import Uses
from waardig.kernel.errors import Refusal

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._/-]{0,119}")


class JobState(StrEnum):
    """Where a job stands. A leased job whose lease ran out may be claimed again."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


class PayloadNotIds(Refusal):
    """A job may carry identifiers only: the outbox is no place for personal data."""

    def __init__(self, topic: str, name: str) -> None:
        self.topic = topic
        self.name = name
        super().__init__(
            code="payload_not_ids",
            text_nl=f"Een opdracht '{topic}' mag alleen nummers van gegevens dragen; '{name}' is dat niet.",
            text_en=f"A job of topic '{topic}' may carry identifiers only; '{name}' is not one.",
            remedy="Store the data in its own room and give its id to the job.",
        )


class OutsideTransaction(Refusal):
    """Jobs are only made together with what they belong to."""

    def __init__(self) -> None:
        super().__init__(
            code="outside_transaction",
            text_nl="Een opdracht kan alleen samen met de wijziging zelf worden opgeslagen.",
            text_en="A job was enqueued outside a transaction, so it could exist without its cause.",
            remedy="Call enqueue inside transaction.atomic(), together with the rows it belongs to.",
        )


class HandlerUnknown(Refusal):
    """There is no handler for a topic that was asked for."""

    def __init__(self, topics: Sequence[str]) -> None:
        self.topics = tuple(topics)
        super().__init__(
            code="handler_unknown",
            text_nl=f"Niemand doet de opdrachten van soort: {', '.join(topics)}.",
            text_en=f"No handler is registered for topics: {', '.join(topics)}.",
            remedy="Register the handler in shell/wiring.py.",
        )


@dataclass(frozen=True)
class NewJob:
    """A job to do after commit.

    `key` is unique within the topic; `payload` holds identifiers (ids, codes), never text; `due` None means now.
    """

    topic: str
    key: str
    payload: Mapping[str, str] = field(default_factory=dict)
    due: datetime | None = None

    def __post_init__(self) -> None:
        for name, value in {"topic": self.topic, "key": self.key, **self.payload}.items():
            if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value) or is_bsn(value):
                raise PayloadNotIds(self.topic, name)


@dataclass(frozen=True)
class Job:
    """A job as stored. `attempts` counts claims; with `id` it is the fence that a late worker cannot pass."""

    id: int
    topic: str
    key: str
    payload: Mapping[str, str]
    due: datetime
    attempts: int
    lease_until: datetime | None
    last_error: str
    state: JobState


Failures = Mapping[int, str]
"""Job id -> what went wrong, without personal data; a job that is not in it was done."""


@dataclass(frozen=True)
class Handler:
    """What does the jobs of one topic, a batch at a time.

    `inside`: its effect is rows of this database, so it runs in one transaction with marking them done:
    exactly once.
    Otherwise it runs after a lease and outside any transaction; at least once, and it must absorb a repeat by key.
    `uses`: under which processing activities it handles data; `declaring()` says none, and with None (it declared
    nothing) the gate refuses everything.
    """

    run: Callable[[Sequence[Job]], Failures]
    inside: bool = True
    uses: Uses | None = None


Handlers = Mapping[str, Handler]


@dataclass(frozen=True)
class Drained:
    """What one call of drain did: jobs done, failed for now (they return later), and given up."""

    done: int = 0
    failed: int = 0
    dead: int = 0

    def __add__(self, other: Drained) -> Drained:
        return Drained(self.done + other.done, self.failed + other.failed, self.dead + other.dead)


@dataclass(frozen=True)
class Depth:
    """How much stands in the outbox, and since when the oldest due job waits."""

    waiting: int
    leased: int
    done: int
    dead: int
    oldest_due: datetime | None
    by_topic: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """True when nothing has to be done any more; dead jobs wait for a person."""
        return self.waiting == 0 and self.leased == 0


def error_class(text: str) -> str:
    """The class at the start of a stored error; anything that is no name of a class says `unknown`.

    Example:
        >>> error_class("ValueError: Gerrit is wrong"), error_class("gerrit is wrong")
        ('ValueError', 'unknown')
    """
    name = text.partition(":")[0].strip()
    return name if re.fullmatch(r"[A-Z][A-Za-z]{0,59}", name) else "unknown"


@dataclass(frozen=True)
class TopicDepth:
    """One topic: open jobs, since when the oldest is due, and how many were given up."""

    topic: str
    open: int
    oldest_due: datetime | None
    dead: int


@dataclass(frozen=True)
class DeadJobs:
    """A page of jobs that were given up."""

    jobs: tuple[Job, ...]
    page: int
    total: int


@dataclass(frozen=True)
class DeadGroup:
    """Jobs of one topic that were given up with the same class of error.

    `error` is the class only (`ValueError`): the sentence behind it may quote what a handler saw.
    """

    topic: str
    error: str
    count: int
    since: datetime


@dataclass(frozen=True)
class WorkerSeen:
    """A worker and when it last said that it was there; `ended_at` when it stopped by itself."""

    id: UUID
    name: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    done: int
    failed: int


class OperationKind(StrEnum):
    """What an administrator did."""

    REPLAY = "replay"
    BACKUP = "backup"
    BACKUP_CHECK = "backup_check"
    RESTORE = "restore"
    LOG_LOSS_ACCEPTED = "log_loss_accepted"


@dataclass(frozen=True)
class Operation:
    """What was done, when and by whom; `jobs` are ids, `note` never holds personal data."""

    kind: OperationKind
    at: datetime
    by: str
    topic: str
    jobs: tuple[int, ...]
    succeeded: bool
    note: str
