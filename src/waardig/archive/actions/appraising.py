"""Looking at what ended: ending, result, term and day of each case, in batches that may be killed and repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.archive import models
from waardig.archive.actions.forgetting import FORGET, FORGET_FACTS, FORGET_PEOPLE
from waardig.archive.adapters.content import selection_list
from waardig.archive.core.dating import action_on, starts_on
from waardig.archive.terms import SelectionList
from waardig.cases.queries.endings import Closed, Ending, closed, ended, still_ended
from waardig.cases.terms import Case
from waardig.kernel.content import content_roots
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.payments import queries as payments
from waardig.payments.terms import Order, OrderState

APPRAISE = "archive.appraise"
BATCH = 500
UNPAID = (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED, OrderState.RELEASED)


def ask_daily(today: date) -> int:
    """Ask for the work of a day, once whoever asks; joins the caller's transaction."""
    day = today.isoformat()
    every_day = (FORGET, FORGET_FACTS, FORGET_PEOPLE)
    return enqueue([NewJob(APPRAISE, day, {"day": day}), *(NewJob(topic, day) for topic in every_day)])


def appraise() -> int:
    """Bring the archive up to date with every case that ended; gives how many records are new or changed.

    A case that runs again (a yes after a no) loses its record.
    """
    list_, changed, after = selection_list(content_roots()), 0, ""
    while batch := ended(after=after, size=BATCH):
        with transaction.atomic():
            changed += _keep(batch, closed(batch), list_)
        after = batch[-1].number
    return changed + _forget_running()


def _keep(batch: Sequence[Case], endings: Mapping[UUID, Closed], list_: SelectionList) -> int:
    orders = payments.orders_of_cases(case.id for case in batch)
    there = {row.case: row for row in models.Record.objects.filter(case__in=[case.id for case in batch])}
    fresh = [_row(case, endings[case.id], orders.get(case.id, ()), list_) for case in batch if case.id in endings]
    changed = [row for row in fresh if row.case not in there or there[row.case].to_term() != row.to_term()]
    models.Record.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["ending", "ended_on", "result", "appraisal", "term", "starts_on", "action_on"],
    )
    return len(changed)


def _row(case: Case, how: Closed, orders: Sequence[Order], list_: SelectionList) -> models.Record:
    result = list_.result_for(case.service, how.ending)
    start = starts_on(result, how.on, _provided_until(how, orders))
    return models.Record(
        case=case.id,
        number=case.number,
        service=case.service,
        ending=how.ending.value,
        ended_on=how.on,
        result=result.number,
        appraisal=result.appraisal.value,
        term=result.term,
        starts_on=start,
        action_on=action_on(result, start),
    )


def _provided_until(how: Closed, orders: Sequence[Order]) -> date | None:
    """When what was granted has ended: a single payment on the day that all of it was paid; None before that."""
    if how.ending is not Ending.GRANTED or any(one.state in UNPAID and one.amount_eurocent for one in orders):
        return None
    paid = [one.paid_on for one in orders if one.state is OrderState.PAID and one.paid_on]
    return max(paid, default=None)


def _forget_running() -> int:
    """Take away the record of cases that run again."""
    gone, after = 0, ""
    while rows := list(models.Record.objects.filter(number__gt=after).order_by("number")[:BATCH]):
        running = {row.case for row in rows} - still_ended(row.case for row in rows)
        gone += models.Record.objects.filter(case__in=running).delete()[0]
        after = rows[-1].number
    return gone
