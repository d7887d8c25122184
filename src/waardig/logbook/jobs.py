"""Asking witnesses after a checkpoint was signed: a job for each, until it cosigned or a newer checkpoint came."""

from __future__ import annotations

from waardig.kernel.declared import declaring
from waardig.logbook.actions.witnesses import ask_witness
from waardig.logbook.terms import COSIGN
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {COSIGN: each(_cosign, inside=False, uses=declaring())}


def _cosign(job: Job) -> None:
    size, _, witness = job.key.partition("-")
    ask_witness(witness, int(size))
