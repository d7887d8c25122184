"""Reads of the room: orders, lists, what came back; a fixed number of queries each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from waardig.kernel.content import content_roots
from waardig.payments import models
from waardig.payments.adapters import content
from waardig.payments.core import listing
from waardig.payments.core.reasons import Meaning, meaning
from waardig.payments.core.settling import ListReport, Problem, report
from waardig.payments.terms import (
    Line,
    LineOutcome,
    ListState,
    ListTotals,
    ListUnknown,
    Order,
    OrderEvent,
    OrderState,
    OrderUnknown,
    PaymentList,
    PaymentSetup,
    ServiceSum,
    Verdict,
)

__all__ = [
    "ListReport",
    "Meaning",
    "Problem",
    "Waiting",
    "bank_code",
    "destroyed_of",
    "events_of",
    "history",
    "last_sent",
    "lines_of",
    "list_by_number",
    "lists",
    "meaning",
    "order",
    "order_by_number",
    "orders_in",
    "orders_of_cases",
    "payment_list",
    "payment_setup",
    "problems",
    "reconciliation",
    "totals_of",
    "waiting_counts",
]

UNPAID = (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED, OrderState.RELEASED)
BANK = "bank:"
GOOD = (Verdict.APPLIED, Verdict.WAITING)


@dataclass(frozen=True)
class Waiting:
    """How much waits: number, sum, the first last day of payment, and how many are past it."""

    count: int = 0
    eurocent: int = 0
    oldest_due: date | None = None
    late: int = 0


def payment_setup() -> PaymentSetup:
    """How this municipality pays.

    Raises:
        PaymentsNotSetUp, ContentInvalid.
    """
    return content.setup_of(content_roots())


def bank_code(order_: Order) -> str:
    """The bank's reason code of an order that came back, "" when it did not."""
    return order_.reason.removeprefix(BANK) if order_.reason.startswith(BANK) else ""


def order(identity: UUID) -> Order:
    """One order; raises OrderUnknown."""
    return _one(models.Order.objects.filter(id=identity))


def order_by_number(number: str) -> Order:
    """One order by its number; raises OrderUnknown."""
    return _one(models.Order.objects.filter(number=number))


def _one(rows: QuerySet[models.Order]) -> Order:
    found = rows.first()
    if found is None:
        raise OrderUnknown
    return found.to_term()


def orders_of_cases(cases: Iterable[UUID]) -> dict[UUID, tuple[Order, ...]]:
    """The orders of each of these cases, oldest first; one query."""
    found: dict[UUID, list[Order]] = {}
    for row in models.Order.objects.filter(case__in=list(cases)).order_by("case", "number"):
        found.setdefault(row.case, []).append(row.to_term())
    return {case: tuple(orders) for case, orders in found.items()}


def orders_in(
    states: Sequence[OrderState], *, late_on: date | None = None, page: int = 1, size: int = 50
) -> tuple[tuple[Order, ...], int]:
    """Orders in these states, the first last day of payment first, and how many there are.

    Args:
        late_on: only those that are past their last day on this day.
    """
    rows = models.Order.objects.filter(state__in=[state.value for state in states]).order_by("pay_by", "number")
    if late_on is not None:
        rows = rows.filter(pay_by__lt=late_on)
    start = (page - 1) * size
    return tuple(row.to_term() for row in rows[start : start + size]), rows.count()


def waiting_counts(today: date) -> dict[OrderState, Waiting]:
    """Orders that are not paid yet, by state; one query."""
    rows = (
        models.Order.objects.filter(state__in=[state.value for state in UNPAID])
        .values("state")
        .annotate(
            count=Count("id"),
            total=Sum("amount_eurocent"),
            oldest=Min("pay_by"),
            late=Count("id", filter=Q(pay_by__lt=today, amount_eurocent__gt=0)),
        )
    )
    found = {
        OrderState(row["state"]): Waiting(row["count"], row["total"] or 0, row["oldest"], row["late"]) for row in rows
    }
    return {state: found.get(state, Waiting()) for state in UNPAID}


def events_of(orders: Iterable[UUID]) -> dict[UUID, tuple[OrderEvent, ...]]:
    """What happened to each of these orders, oldest first; one query."""
    found: dict[UUID, list[OrderEvent]] = {}
    for row in models.OrderEvent.objects.filter(order_id__in=list(orders)).order_by("id"):
        found.setdefault(row.order_id, []).append(row.to_term())
    return {order_: tuple(events) for order_, events in found.items()}


def payment_list(identity: UUID) -> PaymentList:
    """One list; raises ListUnknown."""
    found = models.PaymentList.objects.filter(id=identity).first()
    if found is None:
        raise ListUnknown
    return found.to_term()


def list_by_number(number: str) -> PaymentList:
    """One list by its number; raises ListUnknown."""
    found = models.PaymentList.objects.filter(number=number).first()
    if found is None:
        raise ListUnknown
    return found.to_term()


def lists(
    *, states: Sequence[ListState] = tuple(ListState), page: int = 1, size: int = 50
) -> tuple[tuple[PaymentList, ...], int]:
    """Lists, newest first, and how many there are."""
    rows = models.PaymentList.objects.filter(state__in=[state.value for state in states]).order_by("-number")
    start = (page - 1) * size
    return tuple(row.to_term() for row in rows[start : start + size]), rows.count()


def lines_of(list_: UUID) -> tuple[Line, ...]:
    """The lines of a list in their order; one query."""
    rows = models.Line.objects.filter(list_id=list_).select_related("order").order_by("place")
    return tuple(row.to_term() for row in rows)


def last_sent(order_: UUID) -> Line:
    """The newest line of an order in a released list; raises OrderUnknown when it never was in one."""
    rows = models.Line.objects.filter(order_id=order_, list__state=ListState.RELEASED.value).select_related("order")
    found = rows.order_by("-attempt").first()
    if found is None:
        raise OrderUnknown
    return found.to_term()


def totals_of(lines: Iterable[Line], gone: Iterable[ServiceSum] = ()) -> ListTotals:
    """Control totals of lines and of destroyed lines, with a sum per service."""
    return listing.totals(((line.order.service, line.amount_eurocent) for line in lines), gone)


def destroyed_of(list_: UUID) -> tuple[ServiceSum, ...]:
    """What the lines of a list that were destroyed with their case add up to, per service and outcome."""
    return tuple(_sum(row) for row in models.Tally.objects.filter(list_id=list_).order_by("service", "outcome"))


def _sum(row: models.Tally) -> ServiceSum:
    return ServiceSum(row.service, row.count, row.eurocent)


def reconciliation(*, only: UUID | None = None) -> tuple[ListReport, ...]:
    """Of every released list (or one): ordered = paid + rejected + waiting. Newest first."""
    rows = models.PaymentList.objects.filter(state=ListState.RELEASED.value).order_by("-number")
    return tuple(_report(row.to_term()) for row in (rows.filter(id=only) if only else rows))


def _report(list_: PaymentList) -> ListReport:
    lines = lines_of(list_.id)
    gone = list(models.Tally.objects.filter(list_id=list_.id))  # of cases that were destroyed
    by_outcome: dict[LineOutcome | None, ListTotals] = {None: totals_of(lines, [_sum(row) for row in gone])}
    for outcome in LineOutcome:
        of_it = [_sum(row) for row in gone if row.outcome == outcome]
        by_outcome[outcome] = totals_of((line for line in lines if line.outcome is outcome), of_it)
    return report(list_, lines, by_outcome)


def problems() -> tuple[Problem, ...]:
    """Lines that came back and did not fit: unknown references, doubles, wrong amounts; in order of arrival."""
    rows = models.ReturnLine.objects.exclude(verdict__in=[one.value for one in GOOD])
    return tuple(
        Problem(row.file_id[:12], row.number, row.reference, Verdict(row.verdict), row.amount_eurocent)
        for row in rows.order_by("file__received_on", "file_id", "number")
    )


def history() -> Iterator[dict[str, Any]]:
    """Every order, list and returned line in a stable order, without random ids and wall clock times."""
    for row in models.Order.objects.order_by("number").prefetch_related("events"):
        yield {
            "kind": "payment_order",
            "number": row.number,
            "order_kind": row.kind,
            "service": row.service,
            "amount_eurocent": row.amount_eurocent,
            "difference_eurocent": row.difference_eurocent,
            "pay_by": row.pay_by.isoformat(),
            "ordered_on": row.ordered_on.isoformat(),
            "state": row.state,
            "reason": row.reason,
            "attempts": row.attempts,
            "paid_on": row.paid_on.isoformat() if row.paid_on else None,
            "events": [[e.kind, e.on.isoformat(), e.actor_kind, e.code] for e in sorted(row.events.all(), key=_place)],
        }
    for made in models.PaymentList.objects.order_by("number"):
        yield {
            "kind": "payment_list",
            "number": made.number,
            "state": made.state,
            "made_on": made.made_on.isoformat(),
            "count": made.count,
            "total_eurocent": made.total_eurocent,
            "execution_on": made.execution_on.isoformat(),
            "lines": [
                [line.order.number, line.amount_eurocent, line.attempt, line.outcome.value, line.reason]
                for line in lines_of(made.id)
            ],
            "destroyed": [[one.service, one.count, one.eurocent] for one in destroyed_of(made.id)],
        }
    for back in models.ReturnLine.objects.order_by("file__received_on", "file_id", "number"):
        yield {
            "kind": "payment_returned",
            "reference": back.reference,
            "outcome": back.outcome,
            "verdict": back.verdict,
        }


def _place(event: models.OrderEvent) -> int:
    return int(event.pk)
