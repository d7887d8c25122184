"""Telling the resident that a payment came back, what happens now, and whether we need another account."""

from __future__ import annotations

from datetime import date

from waardig.cases import queries as cases
from waardig.cases.actions.messages import GENERAL, send
from waardig.payments.actions.reading import PAYING
from waardig.payments.core.reasons import meaning
from waardig.payments.terms import Order

TEMPLATE = "payment_returned"


def tell_rejected(order: Order, code: str, attempt: int, *, on: date) -> None:
    """Send the message about a payment that came back; joins the caller's transaction, once an attempt."""
    case = cases.case(order.case)
    found = meaning(code)
    send(
        case,
        TEMPLATE,
        {
            "amount": order.amount_eurocent,
            "reason": found.words.nl,
            "other_account": found.other_account,
            "pay_by": order.pay_by,
            "late": order.pay_by < on,
            "case_number": case.number,
        },
        on=on,
        activity=PAYING,
        key=f"payment_returned:{order.number}:{attempt}",
        english={"reason": found.words.en},
        package=GENERAL,
    )
