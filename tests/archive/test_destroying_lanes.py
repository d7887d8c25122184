"""Every lane with every ending it can have is destroyed at its term, not a day before, and every count stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.archive.builders import DAAN, MARIT, work
from tests.cases.builders import lines
from tests.payments.builders import IBAN, JOOST, NADIA, pain002, take_in
from tests.proposals.test_lane_endings import DAY, TABLE, TERMS, Told
from waardig.access.actions import set_business_date
from waardig.accountability.adapters.meter import RoomsMeter
from waardig.accountability.queries.figures import counts_of
from waardig.archive import actions, queries
from waardig.archive.terms import Hold, LineState, ListState, NothingDue
from waardig.cases.core.ending import Ending
from waardig.cases.queries import case as case_of
from waardig.cases.terms import CaseUnknown
from waardig.outbox.actions import drain
from waardig.payments import actions as paying
from waardig.payments import jobs as payment_jobs
from waardig.payments import queries as payments
from waardig.proposals import queries as proposals
from waardig.values import queries as values
from waardig.values.terms import Facts

PAID_ON = date(2025, 5, 15)
CENTURY = date(2100, 1, 1)


def pay(case: UUID) -> None:
    """What was granted is paid, and the bank says so."""
    set_business_date(DAY)
    drain(payment_jobs.handlers(), until_empty=True)
    made = paying.make_list(NADIA, on=DAY)
    if made.list is None:  # a new account: somebody looks at it first
        for order in payments.orders_of_cases([case])[case]:
            paying.give_account(order.id, IBAN, NADIA, on=DAY)
        made = paying.make_list(NADIA, on=DAY)
    assert made.list is not None, made.to_person
    paying.release(made.list.id, JOOST, on=DAY)
    orders = payments.orders_of_cases([case])[case]
    assert take_in(pain002(*((one.number, "ACSC", "") for one in orders)), on=PAID_ON) == {"applied": len(orders)}


def measured(service: str, on: date) -> dict[str, Facts | None]:
    """What every safeguard of a service is measured on."""
    guards = values.decided_dossier(service).safeguards
    return {one.id: RoomsMeter().facts(service, one, on) for one in guards if one.kind != "W14"}


@pytest.mark.parametrize(
    ("begin", "end", "ending", "result", "figure"), TABLE, ids=[f"{b.__name__}-{e.value}" for b, _, e, _, _ in TABLE]
)
def test_what_ended_is_destroyed_at_its_term_and_not_a_day_before(
    db: None,
    owner: psycopg.Connection,
    begin: Callable[[], Told],
    end: Callable[[Told], None],
    ending: Ending,
    result: str,
    figure: str,
) -> None:
    told = begin()
    run = proposals.latest_run(told.case.service)
    end(told)
    if ending is Ending.GRANTED:
        pay(told.case.id)
    actions.appraise()
    kept = queries.record_of(told.case.id)
    assert kept is not None and kept.action_on is not None
    day, number = kept.action_on, kept.number
    before = (counts_of(run, DAY), measured(run.service, day), proposals.latest_run(run.service).items)
    told_then = owner.execute("SELECT count(*) FROM log.detail WHERE case_id = %s", (told.case.id,)).fetchone()

    set_business_date(day - timedelta(days=1))
    with pytest.raises(NothingDue):
        actions.make_list(MARIT, on=day - timedelta(days=1))
    assert case_of(told.case.id).number == number

    set_business_date(day)
    made = actions.make_list(MARIT, on=day)
    actions.approve(made.id, DAAN, on=day, shown=made.sha256)
    work()

    assert queries.list_of(made.id).state is ListState.EXECUTED
    [line] = queries.lines_of(made.id)
    assert (line.number, line.ending, line.result, line.term) == (number, ending.value, result, TERMS[result])
    assert (line.state, line.changed_on) == (LineState.DESTROYED, day)
    with pytest.raises(CaseUnknown):
        case_of(told.case.id)
    assert (counts_of(run, DAY), measured(run.service, day), proposals.latest_run(run.service).items) == before
    assert {name: count for name, count in before[0].main.items() if count} == {figure: 1}
    told_now = owner.execute("SELECT count(*) FROM log.detail WHERE case_id = %s", (told.case.id,)).fetchone()
    assert told_then and told_now and told_now[0] == told_then[0] + 1
    assert lines(owner, told.person, "archief.vernietigen") == ["allow"]


@pytest.mark.parametrize("begin", dict.fromkeys(row[0] for row in TABLE), ids=lambda one: one.__name__)
def test_a_grant_that_is_not_paid_yet_is_on_no_list_of_any_day(db: None, begin: Callable[[], Told]) -> None:
    told = begin()
    next(end for lane, end, ending, _, _ in TABLE if lane is begin and ending is Ending.GRANTED)(told)
    drain(payment_jobs.handlers(), until_empty=True)
    set_business_date(CENTURY)
    actions.appraise()

    with pytest.raises(NothingDue):
        actions.make_list(MARIT, on=CENTURY)

    assert queries.holds_of(told.case.id, CENTURY) == (Hold.NOT_PAID,)
    assert case_of(told.case.id).number == told.case.number
