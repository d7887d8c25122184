"""The overview of who runs the system: queue, given up jobs by class of error, workers, checkpoint, backups.

No text of an error, no payload and no key of a job is shown: they may lead to somebody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from waardig.kernel.clock import wall_now
from waardig.logbook import queries as logbook
from waardig.logbook.terms import Loss
from waardig.outbox import queries as outbox
from waardig.outbox.terms import Job, Operation, OperationKind, TopicDepth, WorkerSeen, error_class
from waardig.screens.desk_pages.queue_page import SIZE, paging
from waardig.screens.frames import address
from waardig.screens.pages import system as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

TOPICS = {
    "cases.assess": Words("Een aanvraag narekenen", "Compute an application"),
    "cases.forward": Words("Een melding doorgeven", "Pass on a report"),
    "identity.forget": Words("Oude sessies opruimen", "Remove old sessions"),
    "inbox.letter": Words("Een brief maken", "Make a letter"),
    "inbox.publish": Words("Een bericht klaarzetten", "Publish a message"),
    "values.measure": Words("De waarborgen meten", "Measure the safeguards"),
}
OTHER = Words("Ander werk", "Other work")
DONE = {
    OperationKind.REPLAY: Words("Opnieuw geprobeerd", "Tried again"),
    OperationKind.BACKUP: Words("Reservekopie gemaakt", "Backup made"),
    OperationKind.BACKUP_CHECK: Words("Reservekopie gecontroleerd", "Backup checked"),
    OperationKind.RESTORE: Words("Reservekopie teruggezet", "Backup put back"),
    OperationKind.LOG_LOSS_ACCEPTED: Words("Verlies in het logboek aanvaard", "Loss in the log accepted"),
}
BACKUP_WORRY = timedelta(days=2)
CHECK_WORRY = timedelta(days=90)
CHECKPOINT_WORRY = timedelta(days=2)


def system_page(frame: DeskFrame, *, page: int = 1, again: int | None = None) -> pages.SystemPage:
    """Everything on one page; `again` is how many jobs were just tried again."""
    now = wall_now()
    dead = outbox.dead(page=page, size=SIZE)
    return pages.SystemPage(
        desk=frame,
        again=again,
        dead_total=dead.total,
        topics=tuple(_topic(one) for one in outbox.topics()),
        dead=tuple(_dead(job) for job in dead.jobs),
        workers=_workers(now),
        kept=_kept(now),
        losses=tuple(_loss(one) for one in logbook.losses(open_only=True)),
        done=tuple(_done(one) for one in outbox.operations()),
        paging=paging("desk:system", page, dead.total),
    )


def again_page(frame: DeskFrame, *, topic: str = "", number: int | None = None) -> pages.AgainPage | None:
    """The question before jobs are tried again; None when none of them is given up (any more)."""
    found = chosen(topic=topic, number=number)
    if not found:
        return None
    return pages.AgainPage(
        desk=frame,
        back_href=address("desk:system"),
        action=_again(topic, number),
        count=len(found),
        number=number,
        code=found[0].topic,
        words=TOPICS.get(found[0].topic, OTHER),
        errors=tuple(sorted({error_class(job.last_error) for job in found})),
    )


def chosen(*, topic: str = "", number: int | None = None) -> tuple[Job, ...]:
    """The given up job of this number, or all of this topic."""
    return outbox.dead_of(topic=topic, number=number) if topic or number is not None else ()


def _again(topic: str, number: int | None) -> str:
    asked = {"opdracht": str(number)} if number is not None else {"soort": topic}
    return f"{address('desk:system_again')}?{urlencode(asked)}"


def _topic(one: TopicDepth) -> pages.TopicLine:
    href = _again(one.topic, None) if one.dead else ""
    return pages.TopicLine(one.topic, TOPICS.get(one.topic, OTHER), one.open, one.oldest_due, one.dead, href)


def _dead(job: Job) -> pages.DeadLine:
    return pages.DeadLine(
        number=job.id,
        code=job.topic,
        words=TOPICS.get(job.topic, OTHER),
        error=error_class(job.last_error),
        since=job.due,
        attempts=job.attempts,
        again_href=_again(job.topic, job.id),
    )


def _workers(now: datetime) -> tuple[pages.WorkerLine, ...]:
    there = {one.id for one in outbox.working(now=now)}
    return tuple(_worker(one, is_there=one.id in there) for one in outbox.workers(now=now)[:SIZE])


def _worker(one: WorkerSeen, *, is_there: bool) -> pages.WorkerLine:
    return pages.WorkerLine(one.name, one.started_at, one.seen_at, one.done, is_there, one.ended_at is not None)


def _kept(now: datetime) -> tuple[pages.Kept, ...]:
    """Checkpoint, backup and check of a backup: when they last were, and whether that is too long ago."""
    far = logbook.progress()
    waiting = (
        Words(f"{far.waiting} regels wachten op hun plaats.", f"{far.waiting} lines wait for their place.")
        if far.waiting
        else None
    )
    return (
        _since(Words("Logboek ondertekend", "Log signed"), far.signed_at, CHECKPOINT_WORRY, now, waiting),
        _since(DONE[OperationKind.BACKUP], _last(OperationKind.BACKUP), BACKUP_WORRY, now),
        _since(DONE[OperationKind.BACKUP_CHECK], _last(OperationKind.BACKUP_CHECK), CHECK_WORRY, now),
    )


def _since(words: Words, at: datetime | None, worry: timedelta, now: datetime, note: Words | None = None) -> pages.Kept:
    return pages.Kept(words, at, at is None or now - at > worry, note)


def _last(kind: OperationKind) -> datetime | None:
    return next((one.at for one in outbox.operations(kind) if one.succeeded), None)


def _loss(one: Loss) -> Words:
    if one.kind == "lost":
        return Words(
            f"Het logboek had {one.size} regels bij een controlepunt. Nu heeft het er {one.tree_size}.",
            f"The log had {one.size} lines at a checkpoint. Now it has {one.tree_size}.",
        )
    return Words(
        f"Regels van voor het controlepunt van {one.size} regels zijn veranderd.",
        f"Lines from before the checkpoint of {one.size} lines were changed.",
    )


def _done(one: Operation) -> pages.Done:
    return pages.Done(DONE[one.kind], one.at, one.by, len(one.jobs) or None)
