"""Keeping watch over the log: places for new lines, a signed checkpoint now and then, comparing with those outside.

A backup that is put back forgets what came after it. Checkpoints that stand outside the database do not: when the log
no longer follows one, that is recorded, every service stops (residents' rights go on), and two people must accept it.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from waardig.catalogue.queries import services
from waardig.kernel.clock import wall_now
from waardig.kernel.errors import Refusal
from waardig.logbook.actions import compare, sequence_lines, sign_checkpoint
from waardig.logbook.adapters.note_signing import public_of
from waardig.logbook.adapters.witness_folder import keep_note, kept_notes
from waardig.logbook.queries import losses, policy, signed
from waardig.logbook.terms import Loss, Noted, NothingToSign, PolicyUnreadable
from waardig.shell.operating.destroyed_outside import keep_lists, look_at_lists
from waardig.shell.operating.witness import signing_key, witness_folder
from waardig.values.actions import SYSTEM, suspend
from waardig.values.terms import UnknownService

log = logging.getLogger(__name__)
SIGN_EVERY = timedelta(minutes=9)
"""The worker looks every ten minutes: a look that comes a little early still signs."""


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


def keep_destroyed() -> None:
    """What the worker does every ten minutes after that: what was destroyed stays so, also after a restore."""
    try:
        look_at_lists()
        keep_lists()
    except Refusal as refusal:
        log.error("executed destruction lists are not kept outside: %s", refusal)


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


def _notes(place: Path | None) -> tuple[Noted, ...]:
    if place is None or not place.exists() or (place.is_dir() and not any(place.glob("checkpoint-*.txt"))):
        return ()
    signing = signing_key()
    return kept_notes(place, public_key=public_of(signing[1]) if signing else None)


def _sign() -> None:
    signing = signing_key()
    if signing is None:
        return
    last = signed()
    if last is not None and wall_now() - last.at < SIGN_EVERY:
        return
    try:
        made = sign_checkpoint(*signing, witnesses=_witnesses())
    except NothingToSign:
        return
    folder = witness_folder()
    if folder is not None:
        keep_note(folder, made)


def _witnesses() -> tuple[str, ...]:
    """Who is asked to cosign; a policy that cannot be used never keeps the log from being signed."""
    try:
        return tuple(one.id for one in policy().witnesses if one.address)
    except PolicyUnreadable as refusal:
        log.error("no witness is asked: %s", refusal)
        return ()


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
