"""Reading the log: a person's own lines (with a ticket), counts of a run, and lines that were tampered with."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from waardig.logbook import core
from waardig.logbook.adapters import archived, looked_at
from waardig.logbook.adapters.archive_files import archive_folder, batches
from waardig.logbook.adapters.archived import archives
from waardig.logbook.adapters.entries import entry_of, line_page_of
from waardig.logbook.adapters.gate import call_gate, call_gate_binary
from waardig.logbook.adapters.note_signing import public_of
from waardig.logbook.adapters.witness_policy import own_witness, policy
from waardig.logbook.terms import (
    ActivityUse,
    Checkpoint,
    Cosignature,
    CountProof,
    Counts,
    Evidence,
    LineCount,
    LinePage,
    LineProof,
    LineRef,
    LogEntry,
    LogState,
    Loss,
    OwnWitness,
    Policy,
    Progress,
    Removal,
    Seen,
    Signed,
    TicketLike,
    Witness,
    WitnessState,
)

__all__ = [
    "archive_folder",
    "archived_for_reading",
    "archived_of_places",
    "archives",
    "batches",
    "call_gate",
    "call_gate_binary",
    "changed_lines",
    "checkpoints",
    "count_lines",
    "lacking_witnesses",
    "log_state",
    "log_summary",
    "losses",
    "newest_cosignatures",
    "own_witness",
    "policy",
    "progress",
    "removals",
    "seen_logs",
    "signed",
    "take_counts",
    "take_evidence",
    "take_line",
    "take_line_page",
    "take_lines",
    "tiles",
    "tree_leaves",
    "tree_root",
    "tree_roots",
    "tree_size",
    "witness_key",
    "witness_states",
]

RECENT = timedelta(hours=2)
"""So long ago a cosignature still counts when newer checkpoints have none yet."""
TILES_AT_ONCE = 256
"""So many tiles, of 8 kB each, are read in one go."""


def take_lines(ticket: TicketLike) -> tuple[LogEntry, ...]:
    """The lines about the persons of a ticket that holds `logboek.regel`, newest first.

    Lines of an activity that must stay confidential for now are there with `withheld` filled and nothing else.

    Raises:
        LogbookUnavailable: the database did not answer.
        ArchiveDamaged, GateRefused: a file with old months is missing or other (`archive_differs`).

    Source: AVG article 15.
    """
    rows = call_gate(
        "SELECT to_jsonb(l)::text FROM gate.take_lines(%s, %s::jsonb) l", [ticket.id, archived.of_ticket(ticket)]
    )
    return tuple(entry_of(json.loads(row[0])) for row in cast("list[tuple[str]]", rows))


def take_line_page(ticket: TicketLike, *, fold_over: int, page: int, size: int) -> LinePage:
    """One page of the lines about the person of a ticket that holds `logboek.regel`; only that page is read out.

    Args:
        fold_over: more lines than this of one activity in one week are listed as one, refused ones never.
        page: the first is 1; one past the last is empty.
        size: items on a page.

    Raises:
        LogbookUnavailable: the database did not answer.
    """
    asked = [ticket.id, fold_over, (page - 1) * size, size, archived.of_ticket(ticket)]
    ((found,),) = call_gate("SELECT page::text FROM gate.take_line_page(%s, %s, %s, %s, %s::jsonb)", asked)
    return line_page_of(json.loads(cast("str", found)))


def take_line(ticket: TicketLike, span: str) -> LogEntry | None:
    """The line with this span about the person of a ticket; None when there is none such."""
    asked = [ticket.id, span, archived.of_ticket(ticket)]
    rows = cast("list[tuple[str]]", call_gate("SELECT line::text FROM gate.take_line(%s, %s, %s::jsonb)", asked))
    return entry_of(json.loads(rows[0][0])) if rows else None


def count_lines(run: UUID) -> LineCount:
    """How many persons a run read, according to the log."""
    (row,) = call_gate("SELECT allowed, other, total FROM gate.count_lines(%s)", [run])
    read, other, total = cast("tuple[int, int, int]", row)
    return LineCount(read, other, total)


def changed_lines() -> tuple[LineRef, ...]:
    """Lines whose leaf no longer follows from their content, oldest first; empty when nobody touched the log."""
    return _refs("SELECT encode(trace_id, 'hex'), encode(span_id, 'hex') FROM gate.verify_log()")


def _refs(question: str) -> tuple[LineRef, ...]:
    return tuple(LineRef(trace, span) for trace, span in cast("list[tuple[str, str]]", call_gate(question)))


def checkpoints() -> tuple[Checkpoint, ...]:
    """Every kept checkpoint, smallest first."""
    rows = cast("list[tuple[int, bytes, str]]", call_gate("SELECT size, root, note FROM gate.checkpoints()"))
    return tuple(Checkpoint(size, bytes(root), note) for size, root, note in rows)


def tree_leaves() -> list[bytes]:
    """The leaf hashes of the tree in order."""
    rows = cast("list[tuple[bytes]]", call_gate("SELECT gate.tree_leaves()"))
    return [bytes(leaf) for (leaf,) in rows]


def tree_size() -> int:
    """How many lines have a place in the tree."""
    ((size,),) = call_gate("SELECT gate.tree_size()")
    return cast("int", size)


def tiles(wanted: Collection[core.Tile]) -> Iterator[tuple[core.Tile, bytes]]:
    """Tiles of the tree in the order asked: each its hashes, one after the other; level 0 are the leaves."""
    asked = list(wanted)
    for start in range(0, len(asked), TILES_AT_ONCE):
        part = asked[start : start + TILES_AT_ONCE]
        rows = call_gate_binary(
            "SELECT hashes FROM gate.tree_tiles(%b::integer[], %b::bigint[])",
            [[level for level, _ in part], [number for _, number in part]],
        )
        yield from zip(
            part, (bytes(hashes or b"") for (hashes,) in cast("list[tuple[bytes | None]]", rows)), strict=True
        )


def tree_roots(spans: Collection[core.Span]) -> dict[core.Span, bytes]:
    """The roots over runs of leaves, from the hashes of full tiles and the tiles at their ends.

    Raises:
        HashMissing: the tree has not that many leaves, or a hash is gone.
    """
    found: dict[core.Span, bytes] = {}
    asked = sorted(set(spans))
    for start in range(0, len(asked), TILES_AT_ONCE):
        part = asked[start : start + TILES_AT_ONCE]
        found |= core.roots_of(part, dict(tiles(core.tiles_of(part))))
    return found


def tree_root(size: int) -> bytes:
    """The root of the tree when it had this size.

    Raises:
        HashMissing: the tree has not that many leaves, or a hash is gone.
    """
    return tree_roots([(0, size)])[0, size]


def losses(*, open_only: bool = False) -> tuple[Loss, ...]:
    """What was found to be lost or changed against checkpoints that others kept, oldest first."""
    rows = call_gate(
        "SELECT size, root, kind, tree_size, found_at, accepted_at, coalesce(accepted_by, ''),"
        " coalesce(confirmed_by, ''), coalesce(reason, '') FROM gate.log_losses()"
    )
    found = tuple(Loss(row[0], bytes(row[1]), *row[2:]) for row in cast("list[tuple[Any, ...]]", rows))
    return tuple(one for one in found if one.accepted_at is None) if open_only else found


def progress() -> Progress:
    """How many lines have no place in the tree yet, since when, and the last checkpoint."""
    (row,) = call_gate(
        "SELECT lines, placed, waiting_since, coalesce(signed_size, 0), signed_at FROM gate.log_progress()"
    )
    return Progress(*cast("tuple[int, int, datetime | None, int, datetime | None]", row))


def log_state() -> LogState:
    """Whether every line, the tree, its kept hashes and counts and every checkpoint still fit; computed anew."""
    leaves, kept = tree_leaves(), checkpoints()
    roots = core.roots_at(leaves, [one.size for one in kept])
    hashes = cast("list[tuple[int, int, bytes]]", call_gate("SELECT level, number, hash FROM gate.tree_hashes()"))
    lost = _refs("SELECT encode(trace_id, 'hex'), encode(span_id, 'hex') FROM gate.lost_leaves()")
    ((total,),) = call_gate("SELECT total FROM gate.count_lines(NULL)")
    ((miscounted,),) = call_gate("SELECT gate.unfit_tallies()")
    in_files, changed, faults = archived.look_at_archives()
    return LogState(
        lines=cast("int", total),
        in_tree=len(leaves),
        checkpoints=len(kept),
        changed=looked_at.with_places(changed_lines() + changed),
        lost=looked_at.with_places(lost),
        broken=tuple(one.size for one in kept if roots.get(one.size) != one.root),
        unfit=core.unfit_hashes(leaves, {(level, number): bytes(hash_) for level, number, hash_ in hashes}),
        removed=sum(one.lines for one in removals()),
        miscounted=cast("int", miscounted),
        archived=in_files,
        faults=faults,
        forgotten=_refs("SELECT encode(trace_id, 'hex'), encode(span_id, 'hex') FROM gate.forgotten_lines()"),
        missing=looked_at.missing_places(),
        untrue=(
            *looked_at.untrue_signatures(kept),
            *looked_at.untrue_counts(kept),
            *looked_at.untrue_removals(),
        ),
    )


def signed() -> Signed | None:
    """The last checkpoint as it is published, with the keys by which it can be checked; None when nothing is signed."""
    rows = cast(
        "list[tuple[int, bytes, str, datetime]]",
        call_gate("SELECT size, root, note, kept_at FROM gate.last_checkpoint()"),
    )
    if not rows:
        return None
    ((size, root, note, at),) = rows
    keys = cast("list[tuple[bytes]]", call_gate("SELECT public_key FROM gate.signers()"))
    under = tuple(one for one in newest_cosignatures() if one.size == size)
    return Signed(Checkpoint(size, bytes(root), note), at, tuple(bytes(key) for (key,) in keys), under)


def newest_cosignatures() -> tuple[Cosignature, ...]:
    """The newest cosignature of each witness that ever gave one, by the name of the witness."""
    rows = call_gate("SELECT witness, size, line, cosigned_at FROM gate.newest_cosignatures()")
    return tuple(Cosignature(*row) for row in cast("list[tuple[str, int, str, datetime]]", rows))


def seen_logs(witness: str, origin: str | None = None) -> tuple[Seen, ...]:
    """What a witness of this name saw last, of one log or of all."""
    rows = call_gate("SELECT origin, size, root, seen_at FROM gate.last_witnessed(%s, %s)", [witness, origin])
    return tuple(Seen(name, size, bytes(root), at) for name, size, root, at in cast("list[Any]", rows))


def witness_states(asked: Policy, now: datetime) -> tuple[WitnessState, ...]:
    """The witnesses of a policy, each with its newest cosignature.

    A cosignature is recent when it is under the last checkpoint, or was given in the last hours.
    """
    newest = {one.witness: one for one in newest_cosignatures()}
    published = signed()
    last = published.checkpoint.size if published else 0
    return tuple(
        WitnessState(
            witness,
            found := newest.get(witness.name),
            found is not None and (found.size == last or now - found.at <= RECENT),
        )
        for witness in asked.witnesses
    )


def witness_key(witness: Witness | OwnWitness) -> str:
    """The public key of a witness on one line, as a policy has it."""
    key = public_of(witness.private_key) if isinstance(witness, OwnWitness) else witness.public_key
    return core.verifier_key(witness.name, key, core.COSIGNATURE)


def lacking_witnesses(asked: Policy, now: datetime) -> str:
    """What is wrong when fewer witnesses cosigned in the last hours than the policy asks; else nothing.

    A log that was not signed yet lacks none.
    """
    if signed() is None:
        return ""
    states = witness_states(asked, now)
    recent = {one.witness.id for one in states if one.is_recent}
    if asked.is_met(recent):
        return ""
    missing = ", ".join(one.witness.name for one in states if not one.is_recent)
    return f"{len(recent)} of {len(states)} witnesses cosigned in the last hours, fewer than asked; not {missing}"


def take_evidence(ticket: TicketLike, last: Checkpoint) -> Evidence:
    """The lines of a ticket's persons as proofs under a checkpoint, and how many have none yet or are confidential.

    Raises:
        LogbookUnavailable: the database did not answer.

    Source: AVG article 15; RFC 9162 section 2.1.3.
    """
    lines, proofs = take_lines(ticket), _proofs(ticket, last)
    withheld = sum(bool(line.withheld) for line in lines)
    return Evidence(proofs, len(lines) - withheld - len(proofs), withheld)


def _proofs(ticket: TicketLike, last: Checkpoint) -> tuple[LineProof, ...]:
    rows = call_gate(
        "SELECT trace_id, span_id, canonical, salt, place FROM gate.take_proofs(%s, %s::jsonb)",
        [ticket.id, archived.of_ticket(ticket)],
    )
    own = [row for row in cast("list[tuple[str, str, str, bytes, int]]", rows) if row[4] < last.size]
    paths = [core.path_spans(row[4], last.size) for row in own]
    roots = tree_roots([span for path in paths for span in path])
    return tuple(
        LineProof(LineRef(trace, span), text, bytes(salt), place, tuple(roots[beside] for beside in path))
        for (trace, span, text, salt, place), path in zip(own, paths, strict=True)
    )


def take_counts(ticket: TicketLike) -> Counts | None:
    """How many lines the persons of a ticket have in each month, as it was signed; None while lines went since then.

    Raises:
        LogbookUnavailable: the database did not answer.
    """
    rounds = cast("list[tuple[int, str, bool]]", call_gate("SELECT size, note, is_current FROM gate.counted()"))
    if not rounds or not rounds[0][2]:
        return None
    ((size, note, _),) = rounds
    lines = cast("list[tuple[str]]", call_gate("SELECT line FROM gate.cosignatures_of(%s)", [size]))
    hashes = cast("list[tuple[bytes]]", call_gate("SELECT hashes FROM gate.count_tiles()"))
    tree = core.counts_tree([bytes(one) for (one,) in hashes])
    rows = call_gate(
        "SELECT counts, salt, bucket, content, withheld::text FROM gate.take_counts(%s, %s::jsonb)",
        [ticket.id, archived.of_ticket(ticket)],
    )
    return Counts(
        note + "".join(line for (line,) in lines),
        tuple(
            CountProof(text, bytes(salt), bucket, bytes(content), core.bucket_path(bucket, tree), json.loads(withheld))
            for text, salt, bucket, content, withheld in cast("list[tuple[str, bytes, int, bytes, str]]", rows)
        ),
    )


archived_for_reading = archived.for_reading
archived_of_places = archived.of_places


def removals() -> tuple[Removal, ...]:
    """What went because its term had passed, by day and activity: counts and days, nothing about anybody."""
    rows = call_gate("SELECT removed_on, activity, term, first_day, last_day, lines FROM gate.log_removals()")
    return tuple(Removal(*row) for row in cast("list[tuple[date, str, str, date, date, int]]", rows))


def log_summary() -> tuple[ActivityUse, ...]:
    """How often each version of each activity was used, and how many persons the lines that are kept name."""
    rows = call_gate("SELECT activity, activity_uri, decision, lines, persons FROM gate.log_summary()")
    return tuple(ActivityUse(*row) for row in cast("list[tuple[str, str, Any, int, int]]", rows))
