"""An application that somebody begins themselves, without a proposal: the day of beginning is the day of application.

From there it is the same path as after a yes: the questions, the receipt, the law, an official.
Source: Awb 1:3 lid 3, 4:1 (application), 4:2 (what is needed); Participatiewet art. 43 (the day of asking counts).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor, Request
from waardig.cases.actions.answering import ANSWERABLE, ASSESS, say_yes
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import open_cases, record
from waardig.cases.actions.reading import linked_partner
from waardig.cases.core import statutory
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind, CaseState, EventKind, NewCase, Official, Party, StepNotPossible
from waardig.catalogue import queries as catalogue
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import queries as registers

STARTED = "started"
ENDED = (CaseState.DECIDED, CaseState.WITHDRAWN, CaseState.WAIVED)


@dataclass(frozen=True)
class Started:
    """An application that was begun; `message` confirms the day, None when there was a proposal already."""

    case: Case
    message: UUID | None


def may_start(service: str) -> bool:
    """Whether the service has words to confirm an application that somebody begins themselves."""
    return STARTED in content.service_of(service).messages


def start_application(service: str, person: UUID, *, actor: Actor, on: date) -> Started:
    """Begin an application for a person's household, or go on with the proposal that is open.

    Reads the partner link of the person (one line in the log), so it must not run inside a transaction. Twice on a day
    gives the same case.

    Raises:
        StepNotPossible: an application of this household for this service runs already.
        AccessRefused: the gate says no.
    """
    mine = [case for case in lists.cases_of(person) if case.service == service]
    for case in mine:
        if case.kind is CaseKind.APPLICATION and case.state is not CaseState.DECIDED:
            raise StepNotPossible(case.number, case.state.value, "applying while another application runs")
    open_case = next((case for case in mine if case.kind is CaseKind.PROPOSAL and case.state in ANSWERABLE), None)
    if open_case is not None:
        say_yes(open_case.id, actor=actor, on=on)
        return Started(open_case, None)
    partner = _partner(service, person, actor, on)
    with transaction.atomic():
        case = _opened(service, person, partner, actor, on)
        activity = content.service_of(service).application_activity
        sent = send(case, STARTED, {"applied_on": on}, on=on, english={}, activity=activity, key=STARTED)
    return Started(case, sent.id)


def _partner(service: str, person: UUID, actor: Actor, on: date) -> UUID | None:
    attribute = content.binding_of(service).partner
    if attribute is None:
        return None
    activity = content.service_of(service).application_activity
    ticket = access.ask(Request(activity, frozenset({attribute}), (person,), actor, on))
    return linked_partner(service, person, registers.take(ticket), on)


def _opened(service: str, person: UUID, partner: UUID | None, actor: Actor, on: date) -> Case:
    known = content.service_of(service)
    parties = (Party(person, "applicant"), *((Party(partner, "partner"),) if partner else ()))
    new = NewCase(
        key=f"zelf:{service}:{person}:{on.isoformat()}",
        kind=CaseKind.PROPOSAL,
        state=CaseState.PROPOSED,
        service=service,
        parties=parties,
        opened_on=on,
        as_of=on,
        team=known.team,
        first=EventKind.SAID_YES,
    )
    prefix = catalogue.municipality().case_prefix
    return open_cases([new], prefix=prefix, actor_kind=actor.kind, actor=actor.id)[0]


def _refuse_a_second(service: str, parties: tuple[Party, ...]) -> None:
    mine = [case for party in parties for case in lists.cases_of(party.person) if case.service == service]
    for case in mine:
        if case.kind is CaseKind.APPLICATION and case.state not in ENDED:
            raise StepNotPossible(case.number, case.state.value, "applying while another application runs")


def record_application(
    service: str,
    parties: tuple[Party, ...],
    *,
    key: str,
    how: str,
    applied_on: date,
    official: Official,
    on: date,
) -> Case:
    """An application that came in by phone, letter or talk, recorded by an official; once per key.

    Joins the caller's transaction. The law runs for the day of applying; nothing was declared, so a person decides.

    Args:
        how: where it came in, as a code for the events of the case.

    Raises:
        StepNotPossible: an application of this household for this service runs already.
    """
    _refuse_a_second(service, parties)
    new = NewCase(
        key=key,
        kind=CaseKind.APPLICATION,
        state=CaseState.RECEIVED,
        service=service,
        parties=parties,
        opened_on=on,
        as_of=applied_on,
        team=content.service_of(service).team,
        decide_by=statutory.decide_by(content.book(), applied_on),
        applied_on=applied_on,
    )
    prefix = catalogue.municipality().case_prefix
    [case] = open_cases([new], prefix=prefix, actor_kind="employee", actor=official.id)
    record(case.id, EventKind.NOTED, on, "employee", official.id, code=how)
    outbox.enqueue([NewJob(topic=ASSESS, key=str(case.id), payload={"case": str(case.id)})])
    return case
