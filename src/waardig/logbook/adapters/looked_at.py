"""Whether what was signed is still what is kept, and where in the tree a line stands; for who checks the whole log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from waardig.logbook import core
from waardig.logbook.adapters.gate import call_gate
from waardig.logbook.adapters.note_signing import cosigned_at, is_signed
from waardig.logbook.adapters.witness_policy import policy
from waardig.logbook.terms import Checkpoint, LineRef, PlacedRef


def with_places(lines: Sequence[LineRef]) -> tuple[PlacedRef, ...]:
    """The lines in the order given, each with its place in the tree; None for a line that has none."""
    if not lines:
        return ()
    rows = call_gate(
        "SELECT encode(trace_id, 'hex'), encode(span_id, 'hex'), place FROM gate.places_of(%s, %s)",
        [[bytes.fromhex(one.trace_id) for one in lines], [bytes.fromhex(one.span_id) for one in lines]],
    )
    known = {(trace, span): place for trace, span, place in cast("list[tuple[str, str, int]]", rows)}
    return tuple(PlacedRef(one.trace_id, one.span_id, known.get((one.trace_id, one.span_id))) for one in lines)


def missing_places() -> tuple[tuple[int, int], ...]:
    """Places without a leaf, first and last of each gap."""
    return tuple(cast("list[tuple[int, int]]", call_gate("SELECT first, last FROM gate.missing_places()")))


def untrue_signatures(kept: Sequence[Checkpoint]) -> Iterator[str]:
    """What is wrong with the text and signatures of checkpoints, one sentence each.

    A log that knows no key of its own yet (it signed before keys were kept) is checked for texts only.

    Source: C2SP tlog-checkpoint, signed-note, tlog-cosignature.
    """
    rows = cast("list[tuple[str, bytes]]", call_gate("SELECT origin, public_key FROM gate.signers()"))
    signers = [(origin, bytes(key)) for origin, key in rows]
    for one in kept:
        try:
            said = core.read_note(one.note)
        except ValueError:
            yield f"the text of the checkpoint of size {one.size} is no checkpoint any more"
            continue
        if (said.size, said.root) != (one.size, one.root):
            yield f"the text of the checkpoint of size {one.size} says another size or root than is kept"
        elif signers and not any(is_signed(one.note, origin, key) for origin, key in signers):
            yield f"the checkpoint of size {one.size} bears no signature of this log: text or signature was changed"
    yield from _untrue_cosignatures({one.size: one.note for one in kept})


def _untrue_cosignatures(notes: dict[int, str]) -> Iterator[str]:
    """Those of witnesses that the policy names; of others the key is not known here."""
    keys = {one.name: one.public_key for one in policy().witnesses}
    rows = call_gate("SELECT size, witness, line FROM gate.cosignatures()")
    for size, name, line in cast("list[tuple[int, str, str]]", rows):
        if size not in notes:
            yield f"witness {name} cosigned a checkpoint of size {size} that is not kept any more"
        elif name in keys and cosigned_at(notes[size], line, name, keys[name]) is None:
            yield f"the cosignature of witness {name} under the checkpoint of size {size} is not its own"


def untrue_counts(kept: Sequence[Checkpoint]) -> Iterator[str]:
    """What is wrong with the signed counts of persons and months, one sentence each."""
    rounds = cast("list[tuple[int, str, bool]]", call_gate("SELECT size, note, is_current FROM gate.counted()"))
    buckets = [number for (number,) in cast("list[tuple[int]]", call_gate("SELECT * FROM gate.unfit_counts()"))]
    if buckets:
        yield f"{len(buckets)} of {core.BUCKETS} groups of persons have other counts than were signed"
    if not rounds or rounds[0][0] not in {one.size for one in kept}:
        return
    ((size, note, _),) = rounds
    hashes = cast("list[tuple[bytes]]", call_gate("SELECT hashes FROM gate.count_tiles()"))
    tiles = [bytes(one) for (one,) in hashes]
    missing = core.BUCKETS // core.TILE - len(tiles)
    if missing:
        yield f"of the counts that the checkpoint of size {size} signed {missing} tiles are gone"
    elif core.counts_line(core.counts_root(tiles)) not in note.partition("\n\n")[0].splitlines():
        yield f"the checkpoint of size {size} signed other counts than are kept"


def untrue_removals() -> Iterator[str]:
    """Lists of lines that went after their term, which do not fit the leaves they list."""
    for day, lines in cast("list[tuple[date, int]]", call_gate("SELECT removed_on, lines FROM gate.untrue_removals()")):
        yield f"the list of {lines} lines that went on {day} does not fit the leaves of the tree that it lists"
