"""Reading registers with a ticket, and the declarations and bindings that say what they hold.

There is no other way in: the application role has no right on the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import orjson

from waardig.access.terms import Ticket, TicketWorthless
from waardig.kernel.clock import wall_now
from waardig.logbook.queries import call_gate
from waardig.registers.adapters.content import bindings, declarations, declared
from waardig.registers.adapters.kvk_file import company_id
from waardig.registers.adapters.snapshot import Snapshot, named
from waardig.registers.adapters.sources import connected, may_ask
from waardig.registers.core.binding import attributes_needed, bind, bind_explained, outputs_needed
from waardig.registers.core.binding_sql import Bulk, bulk
from waardig.registers.core.showing import shown
from waardig.registers.terms import Document, RecordedFact, Register, RegisterFact, SourceAge

__all__ = [
    "Bulk",
    "Snapshot",
    "at_source",
    "attributes_needed",
    "bind",
    "bind_explained",
    "bindings",
    "bulk",
    "company_id",
    "declarations",
    "declared",
    "named",
    "outputs_needed",
    "people_too_old",
    "shown",
    "source_ages",
    "take",
    "take_asked",
    "take_documents",
    "take_history",
    "take_many",
    "too_old",
]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FACT = (
    "SELECT person, attribute, value, valid_from, valid_to, recorded_at, established_on, holder, source, "
    "under_investigation, fact"
)


def take(ticket: Ticket, *, of: Sequence[UUID] | None = None) -> tuple[RegisterFact, ...]:
    """The facts that a ticket opens: its attributes of its persons, valid on its day (or in the activity's window).

    Args:
        of: some of the persons of the ticket; all of them when None.

    Raises:
        TicketWorthless: not committed, unknown or expired.
        LogbookUnavailable: the database did not answer.
    """
    if of is None:
        rows = call_gate(f"{_FACT} FROM gate.take(%s)", [ticket.id])
    else:
        rows = call_gate(f"{_FACT} FROM gate.take_of(%s, %s)", [ticket.id, list(of)])
    if not rows:
        _need_open(ticket)
    return tuple(_fact(row) for row in cast("list[tuple[Any, ...]]", rows))


def take_history(ticket: Ticket) -> tuple[RecordedFact, ...]:
    """All that was ever recorded of the attributes of a ticket: the newest spell of each first, replaced ones included.

    Opens only for one person under an activity that is a right, and gives nothing under another.

    Raises:
        TicketWorthless, LogbookUnavailable: as `take`.

    Source: AVG article 15.
    """
    rows = call_gate(f"{_FACT}, superseded_at FROM gate.take_history(%s)", [ticket.id])
    if not rows:
        _need_open(ticket)
    return tuple(RecordedFact(_fact(row[:-1]), row[-1]) for row in cast("list[tuple[Any, ...]]", rows))


def at_source(attributes: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """By register that is connected here, those of the attributes that it is asked for at its source."""
    here = connected()
    return {register: ids for register, ids in declared().at_source(attributes).items() if register in here}


def take_asked(ticket: Ticket) -> dict[tuple[UUID, str], datetime]:
    """By person and attribute when the source itself was last asked; what was never asked there is left out.

    Raises:
        LogbookUnavailable: the database did not answer.
    """
    rows = call_gate("SELECT person, attribute, asked_at FROM gate.take_asked(%s)", [ticket.id])
    return {(person, attribute): at for person, attribute, at in cast("list[tuple[UUID, str, datetime]]", rows)}


def too_old(persons: Sequence[UUID], attributes: Iterable[str], *, activity: str) -> tuple[Register, ...]:
    """The connected registers that were asked longer ago than they declare for one of these attributes of one of these
    persons, or never. Who has no number can not be asked for, nor what was not agreed with the source.

    Args:
        activity: under which it would be asked.
    """
    known = declared()
    found = []
    for register, ids in at_source(attributes).items():
        freshness = known.registers[register].freshness
        if freshness is not None and may_ask(register, activity):
            statement = "SELECT gate.is_older_than(%s::uuid[], %s::text[], %s)"
            ((is_old,),) = call_gate(statement, [list(persons), sorted(ids), freshness.days])
            if is_old:
                found.append(known.registers[register])
    return tuple(found)


def people_too_old(
    persons: Sequence[UUID], attributes: Iterable[str], *, activity: str, known_at: datetime | None = None
) -> frozenset[UUID]:
    """Whose facts are too old, of many people at once; as `too_old`, which says of which register.

    Args:
        activity: under which it would be asked.
        known_at: until when a round knows what was answered, aware; now when None.

    Raises:
        LogbookUnavailable: the database did not answer.
    """
    known, moment, found = declared(), known_at or wall_now(), set[UUID]()
    for register, ids in at_source(attributes).items() if persons else ():
        freshness = known.registers[register].freshness
        if freshness is not None and may_ask(register, activity):
            given = [list(persons), sorted(ids), freshness.days, (moment - _EPOCH) // timedelta(microseconds=1)]
            rows = call_gate("SELECT gate.older_people(%s::uuid[], %s::text[], %s, %s)", given)
            found |= {person for (person,) in cast("list[tuple[UUID]]", rows)}
    return frozenset(found)


def source_ages(
    ticket: Ticket, persons: Sequence[UUID], attributes: Iterable[str], *, activity: str
) -> tuple[SourceAge, ...]:
    """By connected register how old is what a ticket opens of these attributes. Args: as `too_old`."""
    sources = at_source(frozenset(attributes) & ticket.attributes)
    if not sources:
        return ()
    asked = take_asked(ticket)
    old = {one.id for one in too_old(persons, ticket.attributes & frozenset(attributes), activity=activity)}
    ages = []
    for register, ids in sources.items():
        moments = [asked.get((person, attribute)) for person in persons for attribute in ids]
        known = [one for one in moments if one is not None]
        first = min(known) if known and len(known) == len(moments) else None
        ages.append(SourceAge(declared().registers[register], first, register in old))
    return tuple(ages)


def _fact(row: tuple[Any, ...]) -> RegisterFact:
    person, attribute, value, *rest = row
    return RegisterFact(person, attribute, orjson.loads(value), *rest)


def take_many(ticket: Ticket) -> tuple[tuple[str, ...], str | None]:
    """The same facts as `take` gives, for a `Snapshot`: the attributes of the ticket and a line of text for each fact.

    `named` reads whom they name; nothing else reads the text but the snapshot.

    Raises:
        TicketWorthless, LogbookUnavailable: as `take`.
    """
    rows = call_gate("SELECT attributes, facts FROM gate.take_many(%s)", [ticket.id])
    if not rows:
        _need_open(ticket)
        raise TicketWorthless("unknown")
    attributes, facts = cast("tuple[list[str], str | None]", rows[0])
    return tuple(attributes), facts


def take_documents(ticket: Ticket, ids: Sequence[UUID]) -> dict[UUID, Document]:
    """The texts among `ids` that a ticket opens: about its persons, of a kind among its attributes.

    Raises:
        TicketWorthless, LogbookUnavailable: as `take`.
    """
    rows = call_gate(
        "SELECT id, person, kind, content, sha256, payload, stored_at FROM gate.take_documents(%s, %s::uuid[])",
        [ticket.id, list(ids)],
    )
    if not rows:
        _need_open(ticket)
    return {document.id: document for document in (_document(row) for row in cast("list[tuple[Any, ...]]", rows))}


def _document(row: tuple[Any, ...]) -> Document:
    identity, person, kind, content, sha256, payload, stored_at = row
    return Document(
        identity, person, kind, json.loads(content), sha256, bytes(payload) if payload is not None else None, stored_at
    )


def _need_open(ticket: Ticket) -> None:
    """No rows may mean that there is nothing to know; a worthless ticket must not look like that."""
    rows = call_gate("SELECT state FROM gate.answer(%s)", [ticket.id])
    state = str(rows[0][0]) if rows else "unknown"
    if state != "allowed":
        raise TicketWorthless(state)
