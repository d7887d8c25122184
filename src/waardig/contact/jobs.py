"""After a commit: tell people what changed in a mandate, tell a helper of a new message; every day: the calendar.

Names are asked through the gate before anything is written; a message has a key, so that a repeat changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.contact.actions import forget, forget_mandates, write
from waardig.contact.core import Notice, as_copy, last_day, notices_of
from waardig.contact.queries import birthdays
from waardig.inbox import queries as inbox
from waardig.inbox.actions import TOPIC_HELPER, send_messages
from waardig.inbox.terms import Message, NewMessage, Reader
from waardig.kernel.clock import business_today
from waardig.kernel.declared import declaring, service_role
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import NewLine
from waardig.mandates import actions as mandate_actions
from waardig.mandates import queries as mandates
from waardig.mandates.terms import TOPIC_CHANGED, CourtOrder, Mandate, MandateEvent
from waardig.outbox.actions import each, enqueue
from waardig.outbox.terms import Handlers, Job, NewJob
from waardig.registers import queries as registers
from waardig.registers.queries import take
from waardig.registers.terms import RegisterFact

CALENDAR, FORGET = "contact.calendar", "contact.forget"
MANDATES = "machtiging.beheren"
DELIVERING, TEXT = "bericht.bezorgen", "inbox.bericht"
WORKER = Actor("system", "contact")
MOST = 500
TELLING_HELPERS = declaring(
    MANDATES,
    DELIVERING,
    *("aanmanen", "betaling.uitvoeren", "bezwaar", "contact.verzoek", "correctie", "kijk_nog_eens"),
    *(service_role(f"{name}_activity") for name in ("application", "decision", "round", "unasked")),
)
"""A copy has a line under the activity of the message: any under which people get messages."""


def handlers() -> Handlers:
    """What this room does with jobs, by topic."""
    return {
        TOPIC_CHANGED: each(_tell, inside=False, uses=declaring(MANDATES)),
        TOPIC_HELPER: each(_tell_helper, inside=False, uses=TELLING_HELPERS),
        CALENDAR: each(_keep_calendar, inside=False, uses=declaring(MANDATES)),
        FORGET: each(_forget, inside=False, uses=declaring("contact.verzoek", MANDATES)),
    }


def keep_daily(today: date) -> int:
    """Have the calendar looked at and what is past its term removed, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(CALENDAR, today.isoformat()), NewJob(FORGET, today.isoformat())])


def _forget(_job: Job) -> None:
    forget(business_today())
    forget_mandates()


def _tell(job: Job) -> None:
    """Write to both what changed in their mandate."""
    mandate, event = mandates.one(UUID(job.payload["mandate"])), MandateEvent(job.payload["event"])
    if mandate is None or mandate.helper is None:
        return
    people = _people((mandate.principal, mandate.helper))
    died = {person for person, facts in people.items() if _value(facts, "brp.overlijdensdatum")}
    for notice in notices_of(mandate, event, died):
        _send(notice, mandate, event, _name(people.get(notice.other, {})))


def _send(notice: Notice, mandate: Mandate, event: MandateEvent, other: str) -> None:
    on = business_today()
    known = {theme.id: theme.name.nl for theme in mandates.rules().themes}
    flags = {name: name in notice.flags for name in _FLAGS}
    values = {
        "other": other,
        "themes": tuple(name for identity, name in known.items() if identity in mandate.themes),
        "starts_on": mandate.starts_on or on,
        "last_day": last_day(mandate),
        **_ruled(mandate, on),
        **flags,
    }
    english = {theme.id: theme.name.en for theme in mandates.rules().themes}
    write(
        notice.recipient,
        notice.template,
        values,
        key=f"mandate:{mandate.id}:{event.value}:{notice.recipient}",
        on=on,
        english={"themes": tuple(name for identity, name in english.items() if identity in mandate.themes)},
    )


def _ruled(mandate: Mandate, on: date) -> dict[str, Any]:
    """What the notices of an appointment say about the ruling."""
    order = mandate.order
    return {
        "court": order.court if order else "",
        "reference": order.reference if order else "",
        "ruled_on": order.ruled_on if order else on,
    }


_FLAGS = (
    "may_answer", "not_at_once", "started", "ends_soon", "stopped", "over", "died", "curator", "administrator",
    "has_end",
)  # fmt: skip


def _tell_helper(job: Job) -> None:
    """A message came for somebody who is helped: the helper hears that there is one, and not what about.

    Whom a court appointed gets the message itself: what was sent to the person counts for who represents them as well.
    """
    mandate, message = mandates.one(UUID(job.payload["mandate"])), inbox.message(UUID(job.payload["message"]))
    on = business_today()
    if mandate is None or message is None or mandate.helper is None or not mandate.in_force(on):
        return
    name = _name(_people((mandate.principal,)).get(mandate.principal, {}))
    if mandate.order is not None:
        _copy(mandate.helper, mandate.order, message, name, on)
        return
    write(mandate.helper, "helper_notice", {"other": name}, key=f"helper:{mandate.id}:{message.id}", on=on, english={})


def _copy(to: UUID, order: CourtOrder, message: Message, name: str, on: date) -> None:
    """Send a copy of a message about a person to whom a court appointed; on paper until they choose otherwise.

    Source: BW 1:386 and 1:441 (they represent); Awb 2:1; 2:8 (paper until somebody chooses digital).
    """
    asked = Request(DELIVERING, frozenset({TEXT}), (message.about,), WORKER, on, case=message.case)
    told = inbox.text(ask(asked), message.id)
    copy = NewMessage(
        recipient=to,
        about=message.about,
        message_type=message.message_type,
        template=message.template,
        service=message.service,
        activity=message.activity,
        subject=message.subject,
        blocks=as_copy(told.blocks, order.appointment, name),
        english=None,  # the copy is of the Dutch text, which is the one that counts
        key=f"copy:{message.id}:{to}",
        reader=Reader.REPRESENTATIVE,
        case=message.case,
    )
    with transaction.atomic():
        if not inbox.was_sent(copy.key):
            said = "stuurde een kopie aan wie de rechter voor u aanwees"
            (line,) = write_lines([NewLine(message.activity, message.about, said, case=message.case, as_of=on)])
            send_messages([replace(copy, line=line)], on=on)


def _keep_calendar(_job: Job) -> None:
    """End what is over, remind of what ends soon; end the mandates of who died (BW 3:72)."""
    on = business_today()
    people = mandates.people_in_force()
    for start in range(0, len(people), MOST):
        found = _people(people[start : start + MOST])
        died = [person for person, facts in found.items() if _value(facts, "brp.overlijdensdatum")]
        if died:
            mandate_actions.end_for_deaths(died, on=on)
    mandate_actions.keep_calendar(on)
    for notice in birthdays(on):
        write(notice.recipient, notice.template, {"birthday": notice.turns_on}, key=notice.key, on=on, english={})


def _people(persons: tuple[UUID, ...]) -> dict[UUID, dict[str, RegisterFact]]:
    """Name and, if so, day of death of parties of a mandate."""
    attributes = frozenset({"brp.naam", "brp.overlijdensdatum"})
    found: dict[UUID, dict[str, RegisterFact]] = {}
    for fact in take(ask(Request(MANDATES, attributes, persons, WORKER, business_today()))):
        found.setdefault(fact.person, {})[fact.attribute] = fact
    return found


def _value(facts: Mapping[str, RegisterFact], attribute: str) -> Any:
    fact = facts.get(attribute)
    return fact.value if fact else None


def _name(facts: Mapping[str, RegisterFact]) -> str:
    """The name as it stands in the population register, without title."""
    fact = facts.get("brp.naam")
    declared = registers.declared().attribute("brp.naam")
    return " ".join(registers.shown(declared, fact.value, "nl").split()) if fact else ""
