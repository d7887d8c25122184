"""What an official does with an order that waits for a person: looked at the account, another account, stop."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.catalogue import queries as catalogue
from waardig.payments import models, queries
from waardig.payments.actions.ordering import record, stop
from waardig.payments.actions.reading import PAYING, declared_in, kept_instructions, look_at, payer
from waardig.payments.core.guarding import Payee
from waardig.payments.core.listing import PREPARE, check_mandate, totals
from waardig.payments.core.ordering import STOPPABLE
from waardig.payments.core.sepa import compact_iban
from waardig.payments.terms import AccountInvalid, Doubt, EventKind, Order, OrderNotPossible, OrderState
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact

CHECKABLE = (Doubt.ACCOUNT_NEW, Doubt.ACCOUNT_SHARED, Doubt.ACCOUNT_DOUBTED)


def pay_again(order: UUID, official: str, *, on: date) -> Order:
    """An official looked: this account, as the register has it now, is right for this order, and it can be paid.

    For a new, shared or doubted account, and for an order that the bank sent back. What is missing or wrong has to be
    repaired first; somebody who died is not paid this way.

    Raises:
        OrderUnknown, OrderNotPossible, BeyondPaymentMandate, AccessRefused.
    """
    known = _may_check(order, official, on)
    payee = _payee_now(known, official, on)
    if payee is None:
        raise OrderNotPossible(known.number, known.reason or known.state, "paying: its account has to be repaired;")
    with transaction.atomic():
        row = models.Order.objects.select_for_update().get(id=order)
        if row.state != OrderState.TO_PERSON or row.amount_eurocent == 0:
            raise OrderNotPossible(row.number, row.state, "looking at the account")
        row.state, row.reason, row.checked_account = OrderState.READY.value, "", payee.fact
        row.save(update_fields=["state", "reason", "checked_account"])
        record(order, EventKind.CHECKED, on, "employee", official, code=known.reason)
        return row.to_term()


def _may_check(order: UUID, official: str, on: date) -> Order:
    known = queries.order(order)
    if known.state is not OrderState.TO_PERSON or not known.amount_eurocent:
        raise OrderNotPossible(known.number, known.state, "looking at the account")
    counted = totals([(known.service, known.amount_eurocent)])
    check_mandate(catalogue.municipality(), official, PREPARE, counted, on)
    return known


def _payee_now(known: Order, official: str, on: date) -> Payee | None:
    """The payee when the account itself is taken as looked at; None when something else is in the way."""
    setup, actor = queries.payment_setup(), payer(official)
    found = look_at([known], actor, setup, on, {})[known.id]
    if found.payee is None and found.doubt in CHECKABLE and found.account is not None:
        found = look_at([known], actor, setup, on, {known.id: found.account})[known.id]
    return None if found.payee is None or _came_back(known, found.payee, official, on) else found.payee


def _came_back(known: Order, payee: Payee, official: str, on: date) -> bool:
    """Whether the bank refused this very account, so that only another one helps."""
    if not queries.meaning(queries.bank_code(known)).other_account:
        return False
    last = queries.last_sent(known.id)
    kept = kept_instructions({last.document: known.beneficiary}, payer(official), on, "keek een betaling na")
    return any(one.get("iban") == payee.iban for one in kept.values())


def give_account(order: UUID, iban: str, official: str, *, on: date) -> Order:
    """The resident named another account: kept behind the gate as declared with the case, and the order is ready.

    Raises:
        AccountInvalid, OrderUnknown, OrderNotPossible, BeyondPaymentMandate.
    """
    number = compact_iban(iban)
    if number is None:
        raise AccountInvalid
    known = _may_check(order, official, on)
    if known.reason in (Doubt.PERSON_DIED, Doubt.NAME_MISSING):
        raise OrderNotPossible(known.number, known.reason, "another account")
    source = declared_in(known.case)
    with transaction.atomic():
        row = models.Order.objects.select_for_update().get(id=order)
        if row.state != OrderState.TO_PERSON:
            raise OrderNotPossible(row.number, row.state, "another account")
        fact = NewFact(known.beneficiary, "opgave.iban", number, on, established_on=on, source=source)
        stored = store_facts([fact], activity=PAYING, actor=payer(official))
        row.state, row.reason, row.checked_account = OrderState.READY.value, "", stored.fact_ids[0]
        row.save(update_fields=["state", "reason", "checked_account"])
        record(order, EventKind.ACCOUNT_GIVEN, on, "employee", official)
        return row.to_term()


def cancel(order: UUID, official: str, reason: str, *, on: date) -> Order:
    """Stop an order that no released list holds; also how an official closes "this is less than was paid".

    Args:
        reason: one word without personal data, for the line of the order.

    Raises:
        OrderUnknown, OrderNotPossible, BeyondPaymentMandate.
    """
    known = queries.order(order)
    counted = totals([(known.service, known.amount_eurocent)])
    check_mandate(catalogue.municipality(), official, PREPARE, counted, on)
    with transaction.atomic():
        row = models.Order.objects.select_for_update().get(id=order)
        if row.state not in {state.value for state in STOPPABLE}:
            raise OrderNotPossible(row.number, row.state, "cancelling")
        stop(row, reason, on, "employee", official)
        return row.to_term()
