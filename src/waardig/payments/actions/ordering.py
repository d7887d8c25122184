"""Ordering: one order per decision, in the caller's transaction; a revised decision pays only the difference.

Source: Awb 4:87, 7:11, 7:15.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet

from waardig.kernel.clock import wall_now
from waardig.payments import models
from waardig.payments.core.ordering import STOPPABLE, number_of, plan
from waardig.payments.terms import EventKind, ListState, NewOrder, Order, OrderKind, OrderState


def order(new: NewOrder, *, on: date) -> Order:
    """Order what a decision gives; the same decision again gives the order that is there."""
    with transaction.atomic():
        _lock_case(new.case)
        there = _orders(new.decision, costs=new.kind is OrderKind.COSTS).first()
        if there is not None:
            return there.to_term()
        rows = list(models.Order.objects.select_for_update().filter(case=new.case).order_by("number"))
        earlier = [row.to_term() for row in rows]
        planned = plan(new, earlier)
        for one in planned.replaces:
            stop(next(row for row in rows if row.id == one.id), "replaced", on, "system", "payments")
        row = models.Order.objects.create(
            id=uuid4(),
            number=number_of(new.case_number, earlier),
            kind=planned.kind.value,
            decision=new.decision,
            case=new.case,
            service=new.service,
            beneficiary=new.beneficiary,
            amount_eurocent=planned.amount_eurocent,
            difference_eurocent=planned.difference_eurocent,
            pay_by=new.pay_by,
            ordered_on=on,
            decided_by=new.decided_by,
            state=planned.state.value,
            reason=planned.reason,
        )
        record(row.id, EventKind.ORDERED, on, "system", "payments", code=planned.reason)
        return row.to_term()


def _orders(decision: UUID, *, costs: bool) -> QuerySet[models.Order]:
    """The order of a decision, or the one for costs besides it."""
    found = models.Order.objects.filter(decision=decision)
    return found.filter(kind=OrderKind.COSTS.value) if costs else found.exclude(kind=OrderKind.COSTS.value)


def _lock_case(case: UUID) -> None:
    """Who orders for the same case beside us waits, and then sees our order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('payments.case:' || %s, 0))", [str(case)])


def stop_order(decision: UUID, *, on: date) -> bool:
    """Stop the order of a decision while no released list holds it; False when there is nothing to stop."""
    with transaction.atomic():
        row = _orders(decision, costs=False).select_for_update().first()
        if row is None or row.state not in {state.value for state in STOPPABLE}:
            return False
        stop(row, "given_up", on, "system", "payments")
        return True


def stop(row: models.Order, reason: str, on: date, actor_kind: str, actor: str) -> None:
    """Cancel an order that is not in a released list, and take it out of a draft."""
    if row.state == OrderState.LISTED:
        take_out(row, on)
    row.state, row.reason = OrderState.CANCELLED.value, reason
    row.save(update_fields=["state", "reason"])
    record(row.id, EventKind.CANCELLED, on, actor_kind, actor, code=reason)


def take_out(row: models.Order, on: date) -> None:
    """Take an order out of its draft list; the list counts again, and an empty one is withdrawn."""
    line = models.Line.objects.select_related("list").get(order=row, live=True)
    listed = models.PaymentList.objects.select_for_update().get(id=line.list_id)
    line.delete()
    listed.count -= 1
    listed.total_eurocent -= line.amount_eurocent
    if listed.count == 0:
        listed.state = ListState.WITHDRAWN.value
    listed.save(update_fields=["count", "total_eurocent", "state"])
    record(row.id, EventKind.TAKEN_OUT, on, "system", "payments", code=listed.number)


def record(order_: UUID, kind: EventKind, on: date, actor_kind: str, actor: str, code: str = "") -> None:
    """Add an event to the line of an order."""
    event(order_, kind, on, actor_kind, actor, code).save(force_insert=True)


def event(order_: UUID, kind: EventKind, on: date, actor_kind: str, actor: str, code: str = "") -> models.OrderEvent:
    """An event to add."""
    return models.OrderEvent(
        order_id=order_, kind=kind.value, on=on, at=wall_now(), actor_kind=actor_kind, actor=actor, code=code
    )
