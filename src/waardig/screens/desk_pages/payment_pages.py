"""Betalen at the desk: lists that two officials check, orders that wait for a person, the reconciliation.

No name and no account stands on these pages: numbers, amounts and days are enough to make and release a list.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from waardig.cases.queries import desk as cases
from waardig.identity.terms import Role, Who
from waardig.kernel.clock import business_today
from waardig.kernel.errors import Refusal
from waardig.payments import queries as payments
from waardig.payments.terms import (
    Doubt,
    Line,
    LineOutcome,
    ListState,
    Order,
    OrderState,
    PaymentList,
    ServiceSum,
)
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.queue_page import paging
from waardig.screens.frames import address
from waardig.screens.pages import desk_payments as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words
from waardig.screens.payment_words import EVENTS, LIST_STATES, ORDER_STATES, VERDICTS, official_name, why_words

SIZE = 50
MOST_SHOWN = 200
CHECKABLE = (Doubt.ACCOUNT_NEW, Doubt.ACCOUNT_SHARED, Doubt.ACCOUNT_DOUBTED)
NO_ACCOUNT_HELPS = (Doubt.PERSON_DIED, Doubt.NAME_MISSING, Doubt.LOWER_THAN_PAID)


def may_pay(who: Who) -> bool:
    """Whether this employee has the role of paying; the decree says up to how much."""
    return Role.PAYER.value in who.roles


def payments_page(
    frame: DeskFrame, who: Who, *, page: int = 1, refused: Refusal | None = None, told: Words | None = None
) -> pages.PaymentsPage:
    """What waits, and the lists, newest first; a fixed number of queries."""
    today = business_today()
    waiting = payments.waiting_counts(today)
    orders, total = payments.orders_in([OrderState.TO_PERSON], size=MOST_SHOWN)
    lists, count = payments.lists(page=page, size=SIZE)
    return pages.PaymentsPage(
        desk=frame,
        back_href=address("desk:queue"),
        action=address("desk:payments"),
        may_pay=may_pay(who),
        waiting=tuple(pages.SumLine(ORDER_STATES[s], one.count, one.eurocent) for s, one in waiting.items()),
        late=sum(one.late for one in waiting.values()),
        orders=tuple(_order_line(one, today) for one in orders),
        orders_total=total,
        lists=tuple(_list_line(one) for one in lists),
        paging=paging("desk:payments", page, count),
        reconcile_href=address("desk:reconciliation"),
        refused=words_of(refused),
        told=told,
    )


def words_of(refused: Refusal | None) -> Words | None:
    """A refusal as it stands on a page."""
    return Words(refused.text_nl, refused.text_en) if refused else None


def _order_line(one: Order, today: date) -> pages.OrderLine:
    return pages.OrderLine(
        number=one.number,
        href=address("desk:payment_order", one.id),
        eurocent=one.amount_eurocent,
        pay_by=one.pay_by,
        why=why_words(one),
        late=one.days_late(today),
    )


def _list_line(one: PaymentList) -> pages.ListLine:
    return pages.ListLine(
        number=one.number,
        href=address("desk:payment_list", one.id),
        state=LIST_STATES[one.state],
        made_on=one.made_on,
        by=official_name("employee", one.made_by),
        count=one.count,
        eurocent=one.total_eurocent,
    )


def list_page(
    frame: DeskFrame, who: Who, identity: UUID, *, total: str = "", refused: Refusal | None = None
) -> pages.PaymentListPage:
    """One list with its lines; raises ListUnknown."""
    one, lines, today = payments.payment_list(identity), payments.lines_of(identity), business_today()
    return pages.PaymentListPage(
        desk=frame,
        back_href=address("desk:payments"),
        action=address("desk:payment_list", identity),
        may_pay=may_pay(who),
        number=one.number,
        state=LIST_STATES[one.state],
        is_draft=one.state is ListState.DRAFT,
        is_released=one.state is ListState.RELEASED,
        own=one.made_by == who.id,
        made_on=one.made_on,
        made_by=official_name("employee", one.made_by),
        released_on=one.released_on,
        released_by=official_name("employee", one.released_by),
        execution_on=one.execution_on,
        count=one.count,
        eurocent=one.total_eurocent,
        sums=tuple(_sum_line(found) for found in payments.totals_of(lines, payments.destroyed_of(identity)).services),
        lines=tuple(_line(found, today) for found in lines),
        total=total,
        refused=words_of(refused),
    )


def _sum_line(one: ServiceSum) -> pages.SumLine:
    return pages.SumLine(words.service_words(one.service), one.count, one.eurocent)


def _line(one: Line, today: date) -> pages.OrderLine:
    said = {
        LineOutcome.PAID: ORDER_STATES[OrderState.PAID],
        LineOutcome.WAITING: ORDER_STATES[one.order.state],
        LineOutcome.REJECTED: Words("Teruggekomen van de bank", "Came back from the bank"),
    }
    return pages.OrderLine(
        number=one.order.number,
        href=address("desk:payment_order", one.order.id),
        eurocent=one.amount_eurocent,
        pay_by=one.order.pay_by,
        why=said[one.outcome],
        late=one.order.days_late(today) if one.outcome is LineOutcome.WAITING else 0,
    )


def order_page(
    frame: DeskFrame, who: Who, identity: UUID, *, iban: str = "", refused: Refusal | None = None
) -> pages.PaymentOrderPage:
    """One order; raises OrderUnknown."""
    one, today = payments.order(identity), business_today()
    waits = one.state is OrderState.TO_PERSON and may_pay(who)
    asks_account = payments.meaning(payments.bank_code(one)).other_account
    return pages.PaymentOrderPage(
        desk=frame,
        back_href=address("desk:payments"),
        action=address("desk:payment_order", identity),
        number=one.number,
        case_number=cases.numbers_of([one.case]).get(one.case, ""),
        service=words.service_words(one.service),
        eurocent=one.amount_eurocent,
        pay_by=one.pay_by,
        late=one.days_late(today),
        state=ORDER_STATES[one.state],
        todo=why_words(one) if one.state is OrderState.TO_PERSON else None,
        may_again=waits and not asks_account and (one.reason in CHECKABLE or bool(payments.bank_code(one))),
        may_account=waits and one.reason not in NO_ACCOUNT_HELPS,
        may_cancel=may_pay(who) and one.state in (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED),
        iban=iban,
        events=tuple(
            pages.OrderEventLine(event.at, EVENTS[event.kind], official_name(event.actor_kind, event.actor))
            for event in payments.events_of([identity]).get(identity, ())
        ),
        refused=words_of(refused),
    )


def reconciliation_page(frame: DeskFrame) -> pages.ReconciliationPage:
    """Where the money of each released list is, and what came back without fitting."""
    return pages.ReconciliationPage(
        desk=frame,
        back_href=address("desk:payments"),
        reports=tuple(
            pages.ReportLine(
                one.list.number,
                address("desk:payment_list", one.list.id),
                (one.ordered.count, one.ordered.eurocent),
                (one.paid.count, one.paid.eurocent),
                (one.rejected.count, one.rejected.eurocent),
                (one.waiting.count, one.waiting.eurocent),
                one.agrees,
            )
            for one in payments.reconciliation()
        ),
        problems=tuple(
            pages.ProblemLine(one.file, one.number, one.reference, VERDICTS[one.verdict]) for one in payments.problems()
        ),
    )
