"""The figures of the installation, asked from the rooms: counts, ages and sizes, nothing about anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import connection

from waardig import __version__
from waardig.inbox import queries as inbox
from waardig.kernel.clock import wall_now
from waardig.kernel.errors import Refusal
from waardig.logbook import queries as logbook
from waardig.outbox import queries as outbox
from waardig.outbox.terms import OperationKind, TopicDepth
from waardig.proposals import queries as proposals

Values = tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True)
class Figure:
    """A gauge: its name without prefix, what it is, names of its labels, and a value for each set of labels."""

    name: str
    help: str
    values: Values
    labels: tuple[str, ...] = ()


def figures(*, now: datetime | None = None) -> tuple[Figure, ...]:
    """Everything, or only that the database does not answer."""
    moment = now or wall_now()
    version = Figure("build_info", "Version of Waardig.", (((__version__,), 1.0),), ("version",))
    try:
        found = (*_database(), *_queue(moment), *_workers(moment), *_log(moment), *_deliveries(), *_rounds())
        return (version, _one("database_up", "Whether the database answers.", 1.0), *found, *_backups(moment))
    except (DatabaseError, Refusal):
        connection.close()
        return (version, _one("database_up", "Whether the database answers.", 0.0))


def _one(name: str, words: str, value: float) -> Figure:
    return Figure(name, words, (((), value),))


def _age(name: str, words: str, since: datetime | None, now: datetime) -> tuple[Figure, ...]:
    """An age in seconds; no figure when there is nothing to have an age."""
    return (_one(name, words, max(0.0, (now - since).total_seconds())),) if since else ()


def _database() -> tuple[Figure, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return (_one("database_size_bytes", "Size of the database.", float(size)),)


def _queue(now: datetime) -> tuple[Figure, ...]:
    topics = outbox.topics()
    waiting = [(one, one.oldest_due) for one in topics if one.oldest_due]
    return (
        Figure("jobs_open", "Jobs that wait or are under way.", _by_topic(topics, "open"), ("topic",)),
        Figure("jobs_dead", "Jobs that were given up.", _by_topic(topics, "dead"), ("topic",)),
        Figure(
            "jobs_oldest_seconds",
            "How long the oldest open job is due.",
            tuple(((one.topic,), max(0.0, (now - due).total_seconds())) for one, due in waiting),
            ("topic",),
        ),
    )


def _by_topic(topics: Iterable[TopicDepth], field: str) -> Values:
    return tuple(((one.topic,), float(getattr(one, field))) for one in topics)


def _workers(now: datetime) -> tuple[Figure, ...]:
    seen = max((one.seen_at for one in outbox.workers(now=now)), default=None)
    count = _one("workers", "Workers that are there.", float(len(outbox.working(now=now))))
    return (count, *_age("worker_seen_seconds", "Since a worker was last seen.", seen, now))


def _log(now: datetime) -> tuple[Figure, ...]:
    far = logbook.progress()
    return (
        _one("log_lines", "Lines written to the log of data processing, removed ones too.", float(far.lines)),
        _one("log_waiting_lines", "Lines without a place in the tree.", float(far.waiting)),
        _one("log_losses", "Checkpoints the log does not follow, not accepted.", len(logbook.losses(open_only=True))),
        *_age("log_waiting_seconds", "How long the oldest line waits for a place.", far.waiting_since, now),
        *_age("log_checkpoint_age_seconds", "Age of the last signed checkpoint.", far.signed_at, now),
    )


def _deliveries() -> tuple[Figure, ...]:
    counted = tuple((key, float(count)) for key, count in sorted(inbox.delivery_counts().items()))
    return (Figure("deliveries", "Deliveries by channel and state.", counted, ("channel", "state")),)


def _rounds() -> tuple[Figure, ...]:
    real = [run for run in proposals.runs() if not run.dry_run]
    counted = Counter((run.service, "finished" if run.finished_at else "open") for run in real)
    last: dict[str, float] = {}
    for run in real:
        if run.finished_at:
            last[run.service] = max(last.get(run.service, 0.0), run.finished_at.timestamp())
    return (
        Figure("rounds", "Rounds by service and state.", _sorted(counted), ("service", "state")),
        Figure(
            "round_finished_timestamp_seconds",
            "When the last round of a service finished.",
            tuple(((service,), at) for service, at in sorted(last.items())),
            ("service",),
        ),
    )


def _sorted(counted: Counter[tuple[str, str]]) -> Values:
    return tuple((key, float(count)) for key, count in sorted(counted.items()))


def _backups(now: datetime) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for kind, words in (
        (OperationKind.BACKUP, "Since the last backup."),
        (OperationKind.BACKUP_CHECK, "Since a backup was last put back as a check."),
    ):
        last = next((one for one in outbox.operations(kind) if one.succeeded), None)
        found += _age(f"{kind.value}_age_seconds", words, last.at if last else None, now)
    return tuple(found)
