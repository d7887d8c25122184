"""Writing lines: in the caller's transaction, so that an act and its line are both there or neither."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from django.db import connections, transaction

from waardig.kernel import declared
from waardig.logbook import core
from waardig.logbook.adapters.gate import call_gate
from waardig.logbook.adapters.note_signing import public_of, signed_note
from waardig.logbook.queries import losses, signed, tree_root, tree_roots, tree_size
from waardig.logbook.terms import (
    COSIGN,
    Checkpoint,
    Difference,
    LineRef,
    LossNotAccepted,
    NewLine,
    NewLink,
    Noted,
    NothingToSign,
)
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob

MIN_REASON = 10


def write_lines(lines: Sequence[NewLine]) -> list[LineRef]:
    """Write lines and give the reference of each, in the same order.

    Raises:
        ActivityNotDeclared: the route, job or command that runs did not declare an activity (kernel.declared).
        GateRefused: an activity is not published (`activity_unpublished`).
        LogbookUnavailable: the log cannot be written; the caller's transaction must not go on.

    Source: Logboek dataverwerkingen 1.0: one line a person, every line confirmed.
    """
    if not lines:
        return []
    for activity in {line.activity for line in lines}:
        declared.require(activity)
    rows = call_gate(
        "SELECT encode(trace_id, 'hex'), encode(span_id, 'hex') FROM gate.append_lines(%s::jsonb) ORDER BY n",
        [json.dumps([_entry(line) for line in lines])],
    )
    return [LineRef(trace, span) for trace, span in cast("list[tuple[str, str]]", rows)]


def link_lines(links: Sequence[NewLink]) -> int:
    """Say what lines led to (a case, message or decision made later); the same link again is no change.

    Returns:
        The number of new links.
    """
    if not links:
        return 0
    ((made,),) = call_gate(
        "SELECT gate.link_lines(%s, %s, %s, %s)",
        [
            [bytes.fromhex(link.line.trace_id) for link in links],
            [bytes.fromhex(link.line.span_id) for link in links],
            [link.kind for link in links],
            [link.target for link in links],
        ],
    )
    return cast("int", made)


def sequence_lines(*, batch: int = 10_000) -> int:
    """Give every committed line its place in the tree; one sequencer at a time. Gives how many were placed."""
    placed = 0
    while True:
        ((count,),) = call_gate("SELECT gate.sequence_log(%s)", [batch])
        placed += cast("int", count)
        if count != batch:
            return placed


def sign_checkpoint(origin: str, key: bytes, *, witnesses: Sequence[str] = ()) -> Checkpoint:
    """Sign the root of the tree as it is now, keep the note, and have witnesses asked to cosign it.

    Args:
        origin: name of this log, for example "rietwaarden.nl/logboek"; without spaces.
        key: 32 bytes, the private Ed25519 key.
        witnesses: as the policy calls them; the worker asks each after this.

    Raises:
        NothingToSign: nothing was added since the last checkpoint.
        HashMissing: a hash of the tree is gone.
        LogbookUnavailable: the database refuses.

    Source: C2SP tlog-checkpoint and signed-note.
    """
    size, last = tree_size(), signed()
    if not size or (last and last.checkpoint.size == size):
        raise NothingToSign
    root = tree_root(size)
    with transaction.atomic():
        call_gate("SELECT gate.know_signer(%s, %s)", [public_of(key), origin])
        note = signed_note(origin, size, root, key, _counts(size))
        ((kept,),) = call_gate("SELECT gate.keep_checkpoint(%s, %s, %s)", [size, root, note])
        if not kept:  # another process signed this size meanwhile
            raise NothingToSign
        enqueue([NewJob(COSIGN, f"{size}-{name}") for name in witnesses])
    return Checkpoint(size, root, note)


def _counts(size: int) -> tuple[str, ...]:
    """The line with the counts of persons and months, when new ones are due: once a month, and after lines went."""
    ((due,),) = call_gate("SELECT gate.counts_are_due()")
    if not due:
        return ()
    rows = call_gate("SELECT hashes FROM gate.make_counts(%s)", [size])
    return (core.counts_line(core.counts_root([bytes(one) for (one,) in cast("list[tuple[bytes]]", rows)])),)


def compare(kept: Sequence[Noted]) -> tuple[Difference, ...]:
    """Compare the log with checkpoints that others kept; every difference is recorded and stays.

    Lines that have no place yet get one first, so that a backup made just before the sequencer ran counts as whole; the
    whole log is searched for them, for a database may have been put back without its triggers. A difference that was
    accepted before is left out.

    Raises:
        LogbookUnavailable: the database refuses.
    """
    call_gate("SELECT gate.remember_lines()")
    sequence_lines()
    size = tree_size()
    roots = tree_roots([(0, one.size) for one in kept if one.size <= size])
    found = core.differences(kept, {past: root for (_, past), root in roots.items()}, size)
    accepted = {(one.size, one.root) for one in losses() if one.accepted_at}
    fresh = tuple(one for one in found if (one.noted.size, one.noted.root) not in accepted)
    if fresh:
        call_gate(
            "SELECT gate.record_losses(%s, %s, %s, %s)",
            [
                [one.noted.size for one in fresh],
                [one.noted.root for one in fresh],
                [one.kind for one in fresh],
                fresh[0].tree_size,
            ],
        )
    return fresh


def accept_losses(*, reason: str, accepted_by: str, confirmed_by: str) -> int:
    """Accept that lines are lost: a decision of two people, as the owner of the database. Gives how many were open.

    Raises:
        LossNotAccepted: there is nothing to accept, the reason is too short, or the two are not different.

    Source: AVG articles 5(2) and 33: what was lost of the accountability is itself accounted for.
    """
    if "owner" not in connections:
        raise LossNotAccepted(
            "Dit mag alleen de beheerder van de database.",
            "Only the owner of the database may accept that lines are lost.",
            "Run this with DATABASE_OWNER_URL set.",
        )
    if len(reason.strip()) < MIN_REASON:
        raise LossNotAccepted(
            "De reden is te kort.", "The reason is too short.", f"Give a reason of at least {MIN_REASON} characters."
        )
    if not accepted_by.strip() or not confirmed_by.strip() or accepted_by.strip() == confirmed_by.strip():
        raise LossNotAccepted(
            "Twee verschillende mensen moeten dit goedkeuren.",
            "Two different people must accept it.",
            "Name two officials: --by and --confirmed-by.",
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT log.accept_losses(%s, %s, %s)", [accepted_by, confirmed_by, reason.strip()])
        accepted = int(cursor.fetchone()[0])
    if not accepted:
        raise LossNotAccepted("Er is niets verloren.", "No loss is open.", "Nothing to do.")
    return accepted


def _entry(line: NewLine) -> dict[str, object]:
    return {
        "activity": line.activity,
        "person": str(line.person) if line.person else None,
        "name": line.name or None,
        "attributes": sorted(line.attributes_used),
        "decision": line.decision,
        "reasons": list(line.reasons),
        "actor": line.actor.as_json(),
        "case": str(line.case) if line.case else None,
        "message": str(line.message) if line.message else None,
        "run": str(line.run) if line.run else None,
        "trace": line.trace_id,
        "parent": line.parent,
        "rule_set": line.rule_set,
        "as_of": line.as_of.isoformat() if line.as_of else None,
    }
