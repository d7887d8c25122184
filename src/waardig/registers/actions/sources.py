"""Bringing facts up to date from the register itself, for a ticket that already stands in the log.

Invariant: asked, committed, and only then fetched: exactly the attributes and persons of the ticket. Everything is
fetched before anything is stored, and it is stored in one statement: a source that fails leaves the register as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django.db import connection, transaction

from waardig.access.actions import ask, select_population
from waardig.access.queries import attributes_of, business_date
from waardig.access.terms import Actor, Request, Ticket
from waardig.kernel.bsn import is_bsn
from waardig.logbook.queries import call_gate
from waardig.logbook.terms import SYSTEM
from waardig.registers.actions import persons_for_bsns, store_facts
from waardig.registers.adapters.content import declared
from waardig.registers.adapters.haal_centraal import Json, facts_of, is_removed
from waardig.registers.adapters.sources import source_of
from waardig.registers.core.import_terms import PersonRef, ReadFact
from waardig.registers.queries import take
from waardig.registers.terms import NewFact, NotAtSource, Refreshed, RegisterFact, Value

PART = 100
_ACTORS = {"resident": "BurgerZelf", "organisation": "Gemachtigde", "system": "Systeem"}


def refresh(ticket: Ticket, *, actor: Actor = SYSTEM) -> Refreshed:
    """Ask the source of each connected register what it says now about the persons and attributes of a ticket, and keep
    that as facts. Without a connected register nothing happens. A ticket shows what was known when it was asked, so who
    wants to read what was heard asks again.

    Args:
        actor: who asks; the source may log it.

    Raises:
        OverAsking, SourceRefused, SourceUnavailable: nothing is stored.
        TicketWorthless, LogbookUnavailable: as `take`.
        RuntimeError: called inside a transaction, where the line of the ticket could still be undone.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a source was asked inside a transaction; ask before atomic()")
    fields = _fields(ticket.attributes)
    if not fields:
        return Refreshed()
    held = take(ticket)
    rows = cast("list[tuple[UUID, str]]", call_gate("SELECT person, bsn FROM gate.take_numbers(%s)", [ticket.id]))
    people = {number: person for person, number in rows}
    said: list[tuple[UUID, tuple[ReadFact, ...]]] = []
    partners: dict[str, UUID] = {}
    unknown: set[UUID] = set()
    for register, (attributes, paths) in fields.items():
        source = source_of(register)
        if source is None or not people:
            continue
        asker = actor.id if actor.kind == "employee" else _ACTORS.get(actor.kind, "Systeem")
        answers = source.persons(list(people), paths, activity=ticket.activity, actor=asker)
        found = {number: answer for number, answer in answers.items() if not is_removed(answer)}
        unknown |= {person for number, person in people.items() if number not in found}
        partners.update(_partners(found.values()))
        known = frozenset(partners)
        said += [(people[number], facts_of(answer, attributes, known)) for number, answer in found.items()]
    standing = _Standing(held, partners, business_date())
    with transaction.atomic():
        done = store_facts([standing.fact(person, fact) for person, facts in said for fact in facts])
        _mark_asked(ticket, people.values(), [one for attributes, _ in fields.values() for one in attributes])
    return Refreshed(len(people), tuple(sorted(unknown)), done.stored, done.unchanged, done.superseded)


def _mark_asked(ticket: Ticket, people: Iterable[UUID], attributes: Sequence[str]) -> None:
    """Keep when the source was asked, whatever it said: so old a fact is, and so long its copy stays."""
    call_gate("SELECT gate.mark_asked(%s, %s::uuid[], %s::text[])", [ticket.id, list(people), sorted(attributes)])


def refresh_population(
    activity: str,
    register: str,
    *,
    actor: Actor = SYSTEM,
    rule_set: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Refreshed:
    """Bring everybody up to date whom an activity may approach, in parts of 100; what was done stays when it stops.

    Args:
        register: only the attributes of this register are asked.
        rule_set: of the service that the activity belongs to, as for a round.

    Raises:
        NotAtSource: the activity holds nothing of this register that is asked there.
        AccessRefused: the activity may not, or not now; as `access.actions.ask`.
        OverAsking, SourceRefused, SourceUnavailable: as `refresh`; the parts before it are stored.
    """
    attributes = declared().at_source(attributes_of(activity)).get(register, frozenset())
    if not attributes:
        raise NotAtSource(register, activity)
    today = business_date()
    persons = select_population(activity, actor=actor, as_of=today, rule_set=rule_set).persons
    total = Refreshed()
    for start in range(0, len(persons), PART):
        part = persons[start : start + PART]
        ticket = ask(Request(activity, attributes, part, actor, today, rule_set=rule_set))
        total = _sum(total, refresh(ticket, actor=actor))
        if progress is not None:
            progress(min(start + PART, len(persons)), len(persons))
    return total


def _fields(attributes: frozenset[str]) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """By register that is connected: the attributes that live there, and what to ask for them."""
    known = declared()
    return {
        register: (ids, frozenset(path for one in ids for path in known.attribute(one).at_source or ()))
        for register, ids in known.at_source(attributes).items()
        if source_of(register) is not None
    }


def _partners(answers: Iterable[Json]) -> dict[str, UUID]:
    """Which partners the register has; nobody is enrolled for being somebody's partner."""
    numbers = [
        partner["burgerservicenummer"]
        for answer in answers
        for partner in answer.get("partners") or ()
        if isinstance(partner, Mapping) and is_bsn(str(partner.get("burgerservicenummer") or ""))
    ]
    found: dict[str, UUID] = {}
    for start in range(0, len(numbers), 500):
        found.update(persons_for_bsns(numbers[start : start + 500]))
    return found


class _Standing:
    """What stands in the register beside what the source says, to give each answer its place in time."""

    def __init__(self, held: Sequence[RegisterFact], partners: Mapping[str, UUID], today: date) -> None:
        self._partners, self._today = partners, today
        self._held = {(fact.person, fact.attribute): fact for fact in held if _holds(fact, today)}

    def fact(self, person: UUID, said: ReadFact) -> NewFact:
        """The fact to store: over the same spell when nothing changed, else from the first day the source gives, and
        from today when it gives none: that is all that is known."""
        value = said.value
        if isinstance(value, dict) and isinstance(other := value.get("person"), PersonRef):
            value = {**value, "person": str(self._partners[other.bsn])}
        held = self._held.get((person, said.attribute))
        doubt = said.under_investigation
        if held is not None and held.value == value:
            spell = (held.valid_from, held.valid_to, held.established_on, held.holder, held.source)
            return NewFact(person, said.attribute, held.value, *spell, under_investigation=doubt)
        since = said.valid_from or (None if said.attribute == "brp.geboortedatum" else self._today)
        return NewFact(person, said.attribute, cast("Value", value), since, under_investigation=doubt)


def _holds(fact: RegisterFact, day: date) -> bool:
    return (fact.valid_from or date.min) <= day <= (fact.valid_to or date.max)


def _sum(one: Refreshed, other: Refreshed) -> Refreshed:
    return Refreshed(
        one.persons + other.persons,
        one.unknown + other.unknown,
        one.stored + other.stored,
        one.unchanged + other.unchanged,
        one.superseded + other.superseded,
    )
