"""Asking the gate: the line of the log is committed before there is an answer, and the answer before there is data.

The database decides (access/sql); nothing here can widen what it allows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection, connections, transaction

from waardig.access.core import reason_of
from waardig.access.terms import AccessRefused, Actor, Lines, Reason, Request, Selection, Ticket, TicketWorthless
from waardig.kernel import declared
from waardig.logbook.queries import call_gate

OPTING = "afmelden"
PART = 500


def ask(request: Request) -> Ticket:
    """Ask the gate, in a transaction of its own.

    Raises:
        AccessRefused: with every reason; the refusal is in the log. `activity_not_declared` when the route, job or
            command that runs did not declare the activity or these attributes (kernel.declared).
        LogbookUnavailable: the line could not be written, so there is no answer.
        RuntimeError: called inside a transaction, where the line could still be undone.
    """
    _need_own_transaction()
    ((number,),) = call_gate("SELECT gate.ask(%s::jsonb)", [json.dumps(_as_json(request))])
    answer = _answer(cast("UUID", number), request.activity)
    traces = answer.traces or [answer.trace_id] * len(answer.spans)  # none named: every line stands in the one trace
    lines = Lines(answer.persons, traces, answer.spans)
    return Ticket(answer.ticket, request.activity, answer.trace_id, tuple(answer.persons), request.attributes, lines)


def select_population(
    activity: str,
    *,
    actor: Actor,
    as_of: date,
    run: UUID | None = None,
    rule_set: str | None = None,
    known_at: datetime | None = None,
) -> Selection:
    """Whom an activity may approach: its population, without those who opted out; nothing else is read.

    Args:
        known_at: by what was known then (UTC); None = now.

    Raises:
        AccessRefused, LogbookUnavailable, RuntimeError: as `ask`.
    """
    _need_own_transaction()
    request = Request(activity, frozenset(), (), actor, as_of, run=run, rule_set=rule_set, known_at=known_at)
    ((number,),) = call_gate("SELECT gate.ask_selection(%s::jsonb)", [json.dumps(_as_json(request))])
    answer = _answer(cast("UUID", number), activity)
    ((persons,),) = call_gate("SELECT ARRAY(SELECT p FROM gate.take_selection(%s) p ORDER BY p)", [number])
    return Selection(tuple(cast("list[UUID]", persons)), answer.inside, answer.opted_out)


def ticket_of_numbers(numbers: Sequence[str], *, create: bool, request: Request) -> UUID:
    """The ticket that gives person ids for citizen service numbers (used by registers.actions).

    Raises:
        AccessRefused, LogbookUnavailable, RuntimeError: as `ask`.
    """
    _need_own_transaction()
    ((number,),) = call_gate(
        "SELECT gate.ask_persons(%s, %s, %s::jsonb)", [list(numbers), create, json.dumps(_as_json(request))]
    )
    return _answer(cast("UUID", number), request.activity).ticket


def ticket_of_address(born: date, postcode: str, house_number: str, *, request: Request) -> tuple[UUID, int]:
    """The ticket that gives person ids for a birth date and an address, and how many were met (used by registers).

    Raises:
        AccessRefused, LogbookUnavailable, RuntimeError: as `ask`.
    """
    _need_own_transaction()
    ((number,),) = call_gate(
        "SELECT gate.ask_address(%s, %s, %s, %s::jsonb)",
        [born, postcode, house_number, json.dumps(_as_json(request))],
    )
    answer = _answer(cast("UUID", number), request.activity)
    return answer.ticket, answer.inside


def opt_out(person: UUID, subject: str, actor: Actor, on: date, *, channel: str = "web") -> bool:
    """Keep a person out of a service, an activity or ("*") every service, from `on`; joins the caller's transaction.

    Returns:
        False when the person had opted out already.

    Raises:
        ActivityNotDeclared: what runs did not declare `afmelden`.
    """
    ((changed,),) = call_gate(
        "SELECT gate.opt_out(%s, %s, %s, %s, %s::jsonb)", [person, subject, on, channel, _opting(actor)]
    )
    return bool(changed)


def opt_in(person: UUID, subject: str, actor: Actor, on: date) -> bool:
    """End an opt-out from `on`; joins the caller's transaction.

    Returns:
        False when there was no open opt-out.

    Raises:
        ActivityNotDeclared: as `opt_out`.
    """
    ((changed,),) = call_gate("SELECT gate.opt_in(%s, %s, %s, %s::jsonb)", [person, subject, on, _opting(actor)])
    return bool(changed)


def suspend_service(service: str, *, on: date, actor: Actor, reason: str) -> UUID:
    """Stop every service activity of a service at once; rights go on. Starting again is done by the owner.

    Raises:
        GateRefused: `service_unknown`.
    """
    ((suspension,),) = call_gate("SELECT gate.suspend(%s, %s, %s, %s)", [service, on, actor.id, reason])
    return cast("UUID", suspension)


def forget_tickets() -> int:
    """Remove tickets that expired more than a day ago; gives how many."""
    ((count,),) = call_gate("SELECT gate.forget_tickets()")
    return cast("int", count)


def forget_opt_outs() -> int:
    """Remove opt-outs that ended longer ago than the term of `afmelden`, with a line each; gives how many.

    Every part is a transaction of its own; who opted out and did not come back is never forgotten.
    """
    asked, count, part = _opting(Actor("system", "access")), 0, PART
    while part == PART:
        ((part,),) = cast("list[tuple[int]]", call_gate("SELECT gate.forget_opt_outs(%s, %s::jsonb)", [PART, asked]))
        count += part
    return count


def set_business_date(on: date | None) -> None:
    """Fix the business date of a demonstration or test, or (None) let the calendar run; needs the owner's alias."""
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("DELETE FROM pol.clock")
        if on is not None:
            cursor.execute("INSERT INTO pol.clock (fixed_on) VALUES (%s)", [on])


@dataclass(frozen=True)
class _Answer:
    ticket: UUID
    trace_id: str
    persons: Sequence[UUID]
    traces: Sequence[str]
    spans: Sequence[str]
    inside: int
    opted_out: int


def _answer(ticket: UUID, activity: str) -> _Answer:
    rows = call_gate(
        "SELECT state, reasons::text, trace_id, persons, traces, spans, inside, opted_out FROM gate.answer(%s)",
        [ticket],
    )
    if not rows:
        raise TicketWorthless("unknown")
    state, reasons, *rest = cast("tuple[Any, ...]", rows[0])
    if state == "refused":
        raise AccessRefused(activity, tuple(_reason(one) for one in json.loads(reasons)))
    return _Answer(ticket, *rest)


def _reason(raw: Mapping[str, Any]) -> Reason:
    return reason_of(raw["code"], raw["facts"])


def _opting(actor: Actor) -> str:
    declared.require(OPTING)
    return json.dumps({"activity": OPTING, "actor": actor.as_json()})


def _need_own_transaction() -> None:
    if connection.in_atomic_block or not connection.get_autocommit():
        raise RuntimeError(
            "the gate was asked inside a transaction: its log line could be rolled back, so ask before atomic()"
        )


def undeclared(activity: str, attributes: frozenset[str] = frozenset()) -> str | None:
    """What runs while it did not declare this, so that the gate refuses and logs it; None when it did."""
    if declared.is_declared(activity, attributes):
        return None
    now = declared.running()
    return now.name if now else "-"


def _as_json(request: Request) -> dict[str, object]:
    found: dict[str, object | None] = {
        "activity": request.activity,
        "attributes": sorted(request.attributes),
        "persons": [person.hex for person in request.persons],
        "actor": request.actor.as_json(),
        "as_of": request.as_of.isoformat(),
        "known_at": request.known_at.isoformat() if request.known_at else None,
        "run": str(request.run) if request.run else None,
        "case": str(request.case) if request.case else None,
        "rule_set": request.rule_set,
        "name": request.name or None,
        "trace": request.trace_id,
        "parent": request.parent,
        "undeclared": undeclared(request.activity, request.attributes),
    }
    return {key: value for key, value in found.items() if value is not None}
