"""Writing registers: facts, texts, persons, corrections.

Each action joins the caller's transaction, except looking up numbers, which gives data and so needs its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID

from django.db import connections, transaction

from waardig.access.actions import ticket_of_address, ticket_of_numbers
from waardig.access.queries import business_date
from waardig.access.terms import Actor, Request, Ticket
from waardig.kernel.bsn import parse_bsn
from waardig.kernel.canonical_json import canonical_json
from waardig.kernel.declared import require
from waardig.kernel.errors import Refusal
from waardig.logbook.queries import call_gate, call_gate_binary
from waardig.logbook.terms import SYSTEM
from waardig.registers.adapters.content import declarations, declared
from waardig.registers.adapters.sources import connected
from waardig.registers.core.quality import check_value
from waardig.registers.core.retention import Starts
from waardig.registers.terms import (
    Declarations,
    MetPersons,
    NewDocument,
    NewFact,
    NothingStored,
    Register,
    StoredFacts,
    Value,
)

KEEPING = "registers.bijhouden"
SIGNING_IN = "aanmelden"


def store_facts(
    batch: Sequence[NewFact],
    *,
    complete: bool = False,
    covers: frozenset[str] = frozenset(),
    activity: str = KEEPING,
    actor: Actor = SYSTEM,
    run: UUID | None = None,
) -> StoredFacts:
    """Store facts of enrolled persons; joins the caller's transaction and logs one line a person that changed.

    A fact takes the place of what it overlaps for its person and attribute; the same fact again changes nothing.

    Args:
        complete: the batch is everything its sources know about the (person, attribute) pairs in it: what they say no
            longer ends.
        covers: with complete, also the facts of these attributes that the batch does not mention for its persons.
        run: of an import; a person then has one line in it.

    Raises:
        NothingStored: a value does not fit its declaration, or no register declares the attribute.
        GateRefused: `person_unknown`, `spells_overlap`, `activity_unpublished`.
        LogbookUnavailable: the log cannot be written; nothing is stored.
    """
    if not batch:
        return StoredFacts(0, 0, 0)
    known, today = declared(), business_date()
    rows = [_row(known, today, number, fact) for number, fact in enumerate(batch, start=1)]
    require(activity)
    request = {"activity": activity, "actor": actor.as_json(), "run": str(run) if run else None}
    (row,) = call_gate(
        "SELECT stored, unchanged, superseded, facts FROM gate.store_facts(%s::jsonb, %s, %s::text[], %s::jsonb)",
        [json.dumps(rows), complete, sorted(covers), json.dumps(request)],
    )
    stored, unchanged, superseded, facts = cast("tuple[int, int, int, list[UUID]]", row)
    return StoredFacts(stored, unchanged, superseded, tuple(facts))


def store_documents(documents: Sequence[NewDocument]) -> int:
    """Keep texts as proof; joins the caller's transaction. The line of the act is the caller's.

    Returns:
        How many were new.

    Raises:
        GateRefused: `document_changed`: the id is there with another text.
    """
    if not documents:
        return 0
    ((added,),) = call_gate_binary(
        "SELECT gate.store_documents(%b::uuid[], %b::uuid[], %b::text[], %b::text[], %b::bytea[])",
        [
            [document.id for document in documents],
            [document.person for document in documents],
            [document.kind for document in documents],
            [canonical_json(document.content) for document in documents],
            [document.payload for document in documents],
        ],
    )
    return cast("int", added)


def person_for_bsn(bsn: str, create: bool = False) -> UUID | None:
    """The person id behind a citizen service number; None when nobody is enrolled under it.

    Signing in (create False) is logged under `aanmelden`, enrolling under `registers.bijhouden`.

    Raises:
        InvalidBsn: fails the eleven-test.
        AccessRefused, LogbookUnavailable, RuntimeError: as access.actions.ask.
    """
    number = parse_bsn(bsn)
    return persons_for_bsns([number], create=create, activity=KEEPING if create else SIGNING_IN).get(number)


def persons_for_bsns(
    bsns: Sequence[str],
    *,
    create: bool = False,
    activity: str = KEEPING,
    actor: Actor = SYSTEM,
    run: UUID | None = None,
) -> dict[str, UUID]:
    """Person ids for at most 500 citizen service numbers; numbers of nobody are left out.

    Runs in transactions of its own: the lines are committed before the ids are given.

    Raises:
        InvalidBsn, AccessRefused, LogbookUnavailable, RuntimeError: as `person_for_bsn`.
    """
    numbers = list(dict.fromkeys(parse_bsn(bsn) for bsn in bsns))
    if not numbers:
        return {}
    request = Request(activity, frozenset(), (), actor, business_date(), run=run)
    ticket = ticket_of_numbers(numbers, create=create, request=request)
    rows = cast("list[tuple[UUID | None]]", call_gate("SELECT gate.take_persons(%s)", [ticket]))
    found = zip(numbers, (person for (person,) in rows), strict=True)
    return {number: person for number, person in found if person is not None}


def persons_at_address(born: date, postcode: str, house_number: str, *, activity: str, actor: Actor) -> MetPersons:
    """Who has this birth date and lives at this postcode and house number, as the register stands today.

    Nobody with a secret address and nobody who has died. Runs in transactions of its own: the lines are committed
    before the ids are given.

    Args:
        postcode: four digits and two capitals, without a space; house_number: the number without its addition.

    Raises:
        AccessRefused: `address_incomplete`, `lookups_too_many` (the ceiling of the activity), or this actor may not.
        LogbookUnavailable, RuntimeError: as `person_for_bsn`.
    """
    request = Request(activity, frozenset(), (), actor, business_date())
    ticket, count = ticket_of_address(born, postcode, house_number, request=request)
    rows = cast("list[tuple[UUID]]", call_gate("SELECT gate.take_persons(%s)", [ticket]))
    return MetPersons(tuple(person for (person,) in rows), count)


def enrol_persons(
    pairs: Sequence[tuple[UUID, str | None]],
    *,
    activity: str = KEEPING,
    actor: Actor = SYSTEM,
    run: UUID | None = None,
) -> int:
    """Enrol at most 500 persons under ids that the caller chose; the same pair again is no change.

    Returns:
        How many were new.

    Raises:
        InvalidBsn: a number fails the eleven-test.
        GateRefused: `enrolled_otherwise` (an id or number stands in another pair), `enrolment_refused`.
    """
    if not pairs:
        return 0
    require(activity)
    request = {"activity": activity, "actor": actor.as_json(), "run": str(run) if run else None}
    ((added,),) = call_gate(
        "SELECT gate.enrol_persons(%s::uuid[], %s::text[], %s::jsonb)",
        [
            [person for person, _ in pairs],
            [parse_bsn(bsn) if bsn is not None else None for _, bsn in pairs],
            json.dumps(request),
        ],
    )
    return cast("int", added)


def mark_under_investigation(ticket: Ticket, fact_id: UUID, *, reason: str, case: UUID | None = None) -> UUID:
    """Say that a value may be wrong: from now on everybody who takes it sees that; gives the investigation.

    Args:
        ticket: of an activity that may correct (`correctie`), opening this fact.

    Raises:
        GateRefused: `correction_not_opened`.

    Source: AVG article 16, 18(1)(a).
    """
    ((investigation,),) = call_gate(
        "SELECT gate.mark_under_investigation(%s, %s, %s, %s)", [ticket.id, fact_id, reason, case]
    )
    return cast("UUID", investigation)


def confirm_fact(ticket: Ticket, fact_id: UUID, *, reason: str, case: UUID | None = None) -> bool:
    """The holder looked and the value is right: the investigation ends. False when there was none.

    Raises:
        GateRefused: `correction_not_opened` (also when the ticket is a resident's own).
    """
    ((done,),) = call_gate("SELECT gate.confirm_fact(%s, %s, %s, %s)", [ticket.id, fact_id, reason, case])
    return bool(done)


def replace_fact(
    ticket: Ticket,
    fact_id: UUID,
    value: Value,
    *,
    attribute: str,
    reason: str,
    source: str | None = None,
    established_on: date | None = None,
    case: UUID | None = None,
) -> UUID:
    """The holder corrects a value over the same spell; the old one stays readable as it was known. Gives the new fact.

    Raises:
        WrongValue, UnknownAttribute: the value does not fit the attribute.
        GateRefused: `correction_not_opened`.
    """
    check_value(declared().attribute(attribute), value, on=business_date())
    ((replacing,),) = call_gate(
        "SELECT gate.replace_fact(%s, %s, %s, %s::jsonb, %s::date, %s, %s, %s)",
        [ticket.id, fact_id, attribute, json.dumps(value), established_on, source, reason, case],
    )
    return cast("UUID", replacing)


def publish_declarations(roots: Sequence[Path]) -> int:
    """Tell the gate which attributes no service may ever read in bulk (`bulk: never`), which live at a source that is
    connected here, and how long each is kept; needs the owner's alias.

    Returns:
        How many attributes no service may read in bulk.

    Raises:
        ContentInvalid: a register file, or the file of connected sources, does not follow its schema.
    """
    known = declarations(roots)
    kept_out = sorted(known.never_in_bulk())
    everything = known.at_source(one.id for one in known.all_attributes())
    elsewhere = sorted(one for register in connected() for one in everything.get(register, ()))
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM pol.never_in_bulk")
        cursor.execute("INSERT INTO pol.never_in_bulk (attribute) SELECT unnest(%s::text[])", [kept_out])
        cursor.execute("DELETE FROM pol.at_source")
        cursor.execute("INSERT INTO pol.at_source (attribute) SELECT unnest(%s::text[])", [elsewhere])
        cursor.execute("DELETE FROM pol.retention")
        cursor.executemany(
            "INSERT INTO pol.retention (attribute, term, starts, copy_term, shown_by, death)"
            " VALUES (%s, %s::interval, %s, %s::interval, %s::jsonb, %s)",
            [row for register in known.registers.values() for row in _terms(register)],
        )
    return len(kept_out)


def _terms(register: Register) -> Iterator[tuple[str, str, str, str | None, str, str | None]]:
    """The rows of a register for the gate; a text goes with its dossier and has none."""
    relation = register.relation
    shown_by = json.dumps(relation.shown_by if relation else {}, sort_keys=True)
    for one in register.attributes.values():
        term = one.retention
        if term.starts is not Starts.DOSSIER:
            death = relation.death if relation else None
            yield one.id, term.period, term.starts.value, term.copy_period or None, shown_by, death


def _row(known: Declarations, today: date, number: int, fact: NewFact) -> list[object]:
    try:
        attribute = known.attribute(fact.attribute)
        check_value(attribute, fact.value, on=today)
    except Refusal as refusal:
        raise NothingStored(number, refusal) from None
    return [
        str(fact.person),
        fact.attribute,
        fact.value,
        fact.valid_from.isoformat() if fact.valid_from else None,
        fact.valid_to.isoformat() if fact.valid_to else None,
        fact.established_on.isoformat() if fact.established_on else None,
        fact.holder or attribute.holder.id,
        fact.source or attribute.register,
        fact.under_investigation,
    ]
