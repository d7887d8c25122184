"""Asking witnesses after a checkpoint, until they cosigned or a newer one came; putting old months in files."""

from __future__ import annotations

from waardig.kernel.declared import declaring
from waardig.logbook.actions.archiving import archive_some
from waardig.logbook.actions.witnesses import ask_witness
from waardig.logbook.terms import ARCHIVE, COSIGN
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {
        COSIGN: each(_cosign, inside=False, uses=declaring()),
        ARCHIVE: each(_archive, inside=False, uses=declaring()),
    }


def _cosign(job: Job) -> None:
    size, _, witness = job.key.partition("-")
    ask_witness(witness, int(size))


def _archive(job: Job) -> None:
    archive_some(job.key)
