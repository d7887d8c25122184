"""Making a list: ready orders whose account nobody has to look at; one transaction, one number without gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from waardig.cases.queries import desk as cases
from waardig.cases.queries import rules as laws
from waardig.catalogue import queries as catalogue
from waardig.payments import models, queries
from waardig.payments.actions.holidays import is_holiday
from waardig.payments.actions.ordering import event, record
from waardig.payments.actions.reading import INSTRUCTION, instruction, look_at, payer
from waardig.payments.core.guarding import Looked, Payee, shared
from waardig.payments.core.listing import PREPARE, check_mandate, totals
from waardig.payments.core.sepa import latin, working_day_after
from waardig.payments.terms import (
    Doubt,
    EventKind,
    ListState,
    NothingToPay,
    NotReleased,
    Order,
    OrderState,
    PaymentList,
    PaymentSetup,
)
from waardig.registers.actions import store_documents
from waardig.registers.terms import NewDocument

MOST_IN_A_LIST = 5_000


@dataclass(frozen=True)
class MadeList:
    """The list, None when every order went to a person; and how many of those there were, by reason."""

    list: PaymentList | None
    to_person: Mapping[str, int]


def make_list(official: str, *, on: date, most: int = MOST_IN_A_LIST, service: str | None = None) -> MadeList:
    """Put ready orders in a draft list, the first last day of payment first.

    An account that is new, shared by two people, missing or in doubt takes its order out: an official looks.

    Args:
        official: employee id, with a mandate `payment_prepare` for every service in the list up to its total.
        service: only orders of this service.

    Raises:
        NothingToPay, BeyondPaymentMandate, PaymentsNotSetUp, AccessRefused; nothing changed.
    """
    setup = queries.payment_setup()
    rows = models.Order.objects.filter(state=OrderState.READY.value).order_by("pay_by", "number")
    chosen = list((rows.filter(service=service) if service else rows)[:most])
    if not chosen:
        raise NothingToPay
    orders = [row.to_term() for row in chosen]
    counted = totals((one.service, one.amount_eurocent) for one in orders)
    check_mandate(catalogue.municipality(), official, PREPARE, counted, on)
    checked = {row.id: row.checked_account for row in chosen}
    looked = look_at(orders, payer(official), setup, on, checked)
    good, doubts = _sorted(orders, looked, checked)
    with transaction.atomic():
        ready = _still_ready(good, doubts)
        for one in [order for order in orders if order.id in ready and order.id in doubts]:
            _to_person(one, doubts[one.id], on, official)
        listed = [one for one in orders if one.id in ready and one.id in good]
        made = _store(listed, good, official, setup, on) if listed else None
    return MadeList(made, _counted(doubts, ready))


def _sorted(
    orders: Sequence[Order], looked: Mapping[UUID, Looked], checked: Mapping[UUID, UUID | None]
) -> tuple[dict[UUID, Payee], dict[UUID, Doubt]]:
    payees = {
        one.id: (one.beneficiary, payee)
        for one in orders
        if (payee := looked[one.id].payee) and not looked[one.id].doubt
    }
    together = shared(payees, checked)
    doubts = {one.id: doubt for one in orders if (doubt := looked[one.id].doubt)}
    doubts |= dict.fromkeys(together, Doubt.ACCOUNT_SHARED)
    return {order: payee for order, (_, payee) in payees.items() if order not in together}, doubts


def _still_ready(good: Mapping[UUID, Payee], doubts: Mapping[UUID, Doubt]) -> frozenset[UUID]:
    """Lock the orders and keep those that nobody listed or cancelled meanwhile."""
    rows = models.Order.objects.select_for_update().filter(id__in=[*good, *doubts], state=OrderState.READY.value)
    return frozenset(row.id for row in rows.order_by("id"))


def _to_person(one: Order, doubt: Doubt, on: date, official: str) -> None:
    models.Order.objects.filter(id=one.id).update(state=OrderState.TO_PERSON.value, reason=doubt.value)
    record(one.id, EventKind.TO_PERSON, on, "employee", official, code=doubt.value)


def _counted(doubts: Mapping[UUID, Doubt], ready: frozenset[UUID]) -> dict[str, int]:
    said = [doubt.value for order, doubt in doubts.items() if order in ready]
    return {reason: said.count(reason) for reason in sorted(set(said))}


def _store(
    orders: Sequence[Order], payees: Mapping[UUID, Payee], official: str, setup: PaymentSetup, on: date
) -> PaymentList:
    town, book = catalogue.municipality(), laws.book()
    row = models.PaymentList.objects.create(
        id=uuid4(),
        number=_number(f"{town.case_prefix}-{on.year}-L"),
        state=ListState.DRAFT.value,
        made_on=on,
        made_by=official,
        count=len(orders),
        total_eurocent=sum(one.amount_eurocent for one in orders),
        execution_on=working_day_after(on, setup.working_days_ahead, lambda day: is_holiday(book, day)),
    )
    numbers = cases.numbers_of(one.case for one in orders)
    documents = [
        NewDocument(
            uuid4(),
            one.beneficiary,
            INSTRUCTION,
            instruction(one, payees[one.id], one.amount_eurocent, subject_of(town.name, numbers.get(one.case, ""))),
        )
        for one in orders
    ]
    store_documents(documents)
    models.Line.objects.bulk_create(
        models.Line(
            list=row, order_id=one.id, place=place, amount_eurocent=one.amount_eurocent,
            attempt=one.attempts + 1, document=document.id,
        )
        for place, (one, document) in enumerate(zip(orders, documents, strict=True), start=1)
    )  # fmt: skip
    models.Order.objects.filter(id__in=[one.id for one in orders]).update(state=OrderState.LISTED.value, reason="")
    models.OrderEvent.objects.bulk_create(
        event(one.id, EventKind.LISTED, on, "employee", official, row.number) for one in orders
    )
    return row.to_term()


def subject_of(municipality: str, case_number: str) -> str:
    """What the bank statement says: who pays and the number of the case; never for what, for others read statements."""
    return latin(f"Gemeente {municipality} zaak {case_number}", 140)


def _number(prefix: str) -> str:
    models.Counter.objects.bulk_create([models.Counter(prefix=prefix)], ignore_conflicts=True)
    counter = models.Counter.objects.select_for_update().get(prefix=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}{counter.last:04d}"


def withdraw(list_: UUID, official: str, *, on: date) -> PaymentList:
    """Give up a draft: its orders are ready again. Who may make a list or release it may withdraw it.

    Raises:
        ListUnknown, NotReleased (it is no draft).
    """
    queries.payment_list(list_)
    with transaction.atomic():
        row = models.PaymentList.objects.select_for_update().get(id=list_)
        if row.state != ListState.DRAFT:
            raise NotReleased(row.number, row.state)
        orders = list(models.Line.objects.filter(list=row, live=True).values_list("order_id", flat=True))
        row.state = ListState.WITHDRAWN.value
        row.save(update_fields=["state"])
        models.Line.objects.filter(list=row).update(live=False)
        models.Order.objects.filter(id__in=orders).update(state=OrderState.READY.value)
        models.OrderEvent.objects.bulk_create(
            event(one, EventKind.TAKEN_OUT, on, "employee", official, row.number) for one in orders
        )
        return row.to_term()
