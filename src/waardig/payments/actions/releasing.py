"""Releasing: the second pair of eyes, under lock and by the database; names and accounts are compared once more.

Source: Gemeentewet 212; the municipality's mandate decree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import wall_now
from waardig.payments import models, queries
from waardig.payments.actions.ordering import event
from waardig.payments.actions.reading import instruction, kept_instructions, look_at, payer
from waardig.payments.core.listing import RELEASE, check_mandate, check_release, check_unchanged
from waardig.payments.terms import EventKind, Line, ListState, OrderState, PaymentList


def release(list_: UUID, official: str, *, on: date, shown_eurocent: int | None = None) -> PaymentList:
    """Release a draft list: from now on it is frozen and may be exported.

    Args:
        official: employee id; not who made the list, nor who decided anything in it.
        shown_eurocent: the control total that the official looked at.

    Raises:
        ListUnknown, NotReleased, SameOfficial, BeyondPaymentMandate, ListChanged, AccessRefused; nothing changed.
    """
    known, lines = queries.payment_list(list_), queries.lines_of(list_)
    check_release(known, lines, official, shown_eurocent)
    town = catalogue.municipality()
    check_mandate(town, official, RELEASE, queries.totals_of(lines), on)
    _check_accounts(known, lines, official, on)
    with transaction.atomic():
        row = models.PaymentList.objects.select_for_update().get(id=list_)
        rows = models.Order.objects.select_for_update().filter(lines__list_id=list_).order_by("id")
        ids = [one.id for one in rows]
        locked = queries.lines_of(list_)
        check_release(row.to_term(), locked, official, known.total_eurocent)
        row.state = ListState.RELEASED.value
        row.released_by, row.released_on, row.released_at = official, on, wall_now().replace(microsecond=0)
        row.save(update_fields=["state", "released_by", "released_on", "released_at"])
        for line in locked:
            models.Order.objects.filter(id=line.order.id).update(state=OrderState.RELEASED.value, attempts=line.attempt)
        models.OrderEvent.objects.bulk_create(
            event(one, EventKind.RELEASED, on, "employee", official, row.number) for one in ids
        )
        return row.to_term()


def _check_accounts(known: PaymentList, lines: Sequence[Line], official: str, on: date) -> None:
    """Refuse when somebody's name or account is not what stands in the list any more."""
    actor = payer(official)
    kept = kept_instructions(
        {line.document: line.order.beneficiary for line in lines}, actor, on, "keek een betaallijst na"
    )
    checked = dict(
        models.Order.objects.filter(id__in=[line.order.id for line in lines]).values_list("id", "checked_account")
    )
    looked = look_at([line.order for line in lines], actor, queries.payment_setup(), on, checked)
    now = []
    for line in lines:
        payee = looked[line.order.id].payee
        subject = str(kept.get(line.document, {}).get("subject", ""))
        found = instruction(line.order, payee, line.amount_eurocent, subject) if payee else None
        now.append((line.order.number, found))
    check_unchanged(known.number, [(line.order.number, kept.get(line.document)) for line in lines], now)
