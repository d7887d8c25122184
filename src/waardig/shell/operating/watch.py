"""Keeping watch over the log: places for new lines, a signed checkpoint now and then, comparing with those outside.

A backup that is put back forgets what came after it. Checkpoints that stand outside the database do not: when the log
no longer follows one, that is recorded, every service stops (residents' rights go on), and two people must accept it.
"""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from pathlib import Path

from waardig.catalogue.queries import services
from waardig.kernel.clock import wall_now
from waardig.kernel.errors import Refusal
from waardig.logbook.actions import compare, sequence_lines, sign_checkpoint
from waardig.logbook.adapters.note_signing import public_of
from waardig.logbook.adapters.witness_folder import keep_note, kept_notes
from waardig.logbook.queries import losses, progress
from waardig.logbook.terms import Loss, Noted, NothingToSign
from waardig.values.actions import SYSTEM, suspend
from waardig.values.terms import UnknownService

log = logging.getLogger(__name__)
SIGN_EVERY = timedelta(hours=1)


class LogKeyWrong(Refusal):
    """The settings for signing the log do not fit each other."""

    def __init__(self, why: str) -> None:
        super().__init__(
            code="log_key_wrong",
            text_nl="De sleutel van het logboek is niet goed ingesteld.",
            text_en=f"The log cannot be signed: {why}.",
            remedy="Set WAARDIG_LOG_KEY to a file of `waardig logbook key`, WAARDIG_LOG_ORIGIN to the name of the log.",
        )


def keep_watch() -> tuple[Loss, ...]:
    """What the worker does every ten minutes; gives the losses that are open.

    A fault here never stops the worker: it is in the technical log and in the health address.
    """
    try:
        sequence_lines()
        found = look_at_witness()
        if not found:
            _sign()
    except Refusal as refusal:
        log.error("the log is not watched: %s", refusal)
        return ()
    return found


def look_at_witness(place: Path | None = None) -> tuple[Loss, ...]:
    """Compare the log with the checkpoints kept outside; while a loss is not accepted, services stand still.

    Args:
        place: a file or folder of checkpoints; WAARDIG_LOG_WITNESS when not given.
    """
    notes = _notes(place or witness_folder())
    if notes:
        compare(notes)
    missing = losses(open_only=True)
    if missing:
        log.error("%s; services are stopped until this is accepted", missing[-1].words)
        _stop_services(missing[-1])
    return missing


def witness_folder() -> Path | None:
    """The folder outside the database in which checkpoints are kept, when one is set."""
    named = os.environ.get("WAARDIG_LOG_WITNESS")
    return Path(named) if named else None


def signing_key() -> tuple[str, bytes] | None:
    """Name of the log and its private key; None when this installation does not sign by itself.

    Raises:
        LogKeyWrong: one of the two is missing or cannot be used.
    """
    file, origin = os.environ.get("WAARDIG_LOG_KEY"), os.environ.get("WAARDIG_LOG_ORIGIN", "")
    if not file:
        return None
    if not origin or any(character.isspace() or character == "+" for character in origin):
        raise LogKeyWrong("the name of the log is empty or holds a space or plus")
    try:
        key = Path(file).read_bytes()
    except OSError as problem:
        raise LogKeyWrong(f"the key file cannot be read ({problem.strerror})") from problem
    if len(key) != 32:
        raise LogKeyWrong("the key file has not 32 bytes")
    return origin, key


def _notes(place: Path | None) -> tuple[Noted, ...]:
    if place is None or not place.exists() or (place.is_dir() and not any(place.glob("checkpoint-*.txt"))):
        return ()
    signing = signing_key()
    return kept_notes(place, public_key=public_of(signing[1]) if signing else None)


def _sign() -> None:
    signing = signing_key()
    if signing is None:
        return
    signed_at = progress().signed_at
    if signed_at is not None and wall_now() - signed_at < SIGN_EVERY:
        return
    try:
        made = sign_checkpoint(*signing)
    except NothingToSign:
        return
    folder = witness_folder()
    if folder is not None:
        keep_note(folder, made)


def _stop_services(loss: Loss) -> None:
    """The same brake as for a safeguard that fails: the gate refuses new effects, rights of residents go on."""
    what = (
        f"Bij een controlepunt had het logboek {loss.size} regels, nu {loss.tree_size}."
        if loss.kind == "lost"
        else f"Regels van voor het controlepunt van {loss.size} regels zijn veranderd."
    )
    reason = f"Het logboek is niet compleet. {what} De dienst staat stil tot dit is uitgezocht."
    for service in services():
        try:
            suspend(service.id, reason, SYSTEM)
        except UnknownService:
            continue
