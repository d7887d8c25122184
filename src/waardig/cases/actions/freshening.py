"""Bringing what a case is decided with up to date at its source, through the outbox.

Asked, committed, fetched, kept (registers.actions.sources); a source that gives no answer changes nothing, and what the
declaration says happens then: a person goes on with what is known and sees how old it is, or waits.
Source: Awb 3:2 (the facts that matter are gathered), AVG art. 5(1)(d).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor, Request
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind, CaseState, FactsTooOld
from waardig.kernel.clock import business_today, wall_now
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.registers import queries as registers
from waardig.registers.actions.sources import refresh
from waardig.registers.terms import Register, SourceRefused, SourceUnavailable

FRESHEN, FRESHEN_RUNNING = "cases.freshen", "cases.freshen_running"
SYSTEM = Actor("system", "cases")
NAME = "opnieuw gevraagd aan de bron"
UNDECIDED = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND)
DECIDED = (CaseKind.APPLICATION, CaseKind.OWN_INITIATIVE)
PAGE = 200


def too_old(case: Case) -> tuple[Register, ...]:
    """The connected registers of which the facts for this case are older than they declare; none when none is
    connected."""
    return registers.too_old(case.persons, _attributes(case), activity=_activity(case))


def _activity(case: Case) -> str:
    return content.service_of(case.service).application_activity


def _attributes(case: Case) -> frozenset[str]:
    return content.attributes_of(case.service, case.applied_on or case.opened_on)


def freshen(case: Case) -> None:
    """Ask the sources for what is too old and keep what they say; outside a transaction, and a repeat asks nothing.

    Raises:
        SourceUnavailable, SourceRefused, OverAsking, AccessRefused: nothing is stored.
    """
    old = too_old(case)
    asked = frozenset(
        one for register, ids in registers.at_source(_attributes(case)).items() for one in ids
        if register in {found.id for found in old}
    )  # fmt: skip
    if not asked:
        return
    request = Request(_activity(case), asked, case.persons, SYSTEM, business_today(), case=case.id, name=NAME)
    refresh(access.ask(request))


def freshen_if_possible(case: Case) -> None:
    """The same before a case is judged; a source that gives no answer stops it only where its register says so.

    Raises:
        SourceUnavailable, SourceRefused: a register of which nothing is decided with old facts.
    """
    try:
        freshen(case)
    except (SourceUnavailable, SourceRefused):
        if any(one.freshness and one.freshness.must_wait for one in too_old(case)):
            raise


def freshen_soon(case: Case) -> int:
    """Ask for it by the outbox, at most once an hour; gives how many jobs are new."""
    if not too_old(case):
        return 0
    with transaction.atomic():
        return enqueue([_job(case, f"{wall_now():%Y-%m-%dT%H}")])


def _job(case: Case, moment: str) -> NewJob:
    return NewJob(FRESHEN, f"{case.id}:{moment}", {"case": str(case.id)})


def freshen_daily(today: date) -> int:
    """Ask once a day for all undecided cases; joins the caller's transaction."""
    return enqueue([NewJob(FRESHEN_RUNNING, today.isoformat())]) if registers.at_source(_everything()) else 0


def _everything() -> list[str]:
    return [one.id for one in registers.declared().all_attributes()]


def ask_for_running(day: str) -> int:
    """A job for each undecided case whose facts are too old; a repeat asks nothing. Gives how many jobs are new."""
    page, count = 1, 0
    while True:
        found, total = lists.waiting(UNDECIDED, page=page, size=PAGE)
        old = [one for one in found if one.kind in DECIDED and too_old(one)]
        with transaction.atomic():
            count += enqueue([_job(one, day) for one in old])
        if page * PAGE >= total:
            return count
        page += 1


def refuse_too_old(cases: Iterable[Case]) -> None:
    """Nothing is decided with facts that are too old of a register that says so; what is needed is asked.

    Raises:
        FactsTooOld: naming the register.
    """
    for case in cases:
        for register in too_old(case):
            if register.freshness and register.freshness.must_wait:
                freshen_soon(case)
                raise FactsTooOld(case.number, register.short_name)
