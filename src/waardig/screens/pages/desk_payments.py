"""Desk pages of paying: what waits, one list, one order that a person looks at, the reconciliation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from .frame import DeskFrame
from .words import Page, Paging, Words


@dataclass(frozen=True)
class SumLine:
    """A kind of payments: how many, how much. href "" when there is nothing to open."""

    words: Words
    count: int
    eurocent: int
    href: str = ""


@dataclass(frozen=True)
class ListLine:
    """One list in a list of lists."""

    number: str
    href: str
    state: Words
    made_on: date
    by: str
    count: int
    eurocent: int


@dataclass(frozen=True)
class OrderLine:
    """One order. Args: why it waits or what became of it; late days past the last day of payment."""

    number: str
    href: str
    eurocent: int
    pay_by: date
    why: Words
    late: int


@dataclass(frozen=True)
class PaymentsPage(Page):
    """Betalen: what waits and the lists. The forms post `step` = make / take_in (with `file`).

    Args: may_pay the reader has the role, so the forms are shown; refused why the last step was refused; told what the
    last step did.
    """

    template: ClassVar[str] = "desk/payments.html"
    desk: DeskFrame
    back_href: str
    action: str
    may_pay: bool
    waiting: tuple[SumLine, ...]
    late: int
    orders: tuple[OrderLine, ...]
    orders_total: int
    lists: tuple[ListLine, ...]
    paging: Paging
    reconcile_href: str
    refused: Words | None
    told: Words | None


@dataclass(frozen=True)
class PaymentListPage(Page):
    """One list. The form of a draft posts `step` = release (with `total`) / withdraw; of a released list `step` = pain
    / package, which gives a file.

    Args: own the reader made it, so somebody else releases; total as typed back after a refusal.
    """

    template: ClassVar[str] = "desk/payment_list.html"
    desk: DeskFrame
    back_href: str
    action: str
    may_pay: bool
    number: str
    state: Words
    is_draft: bool
    is_released: bool
    own: bool
    made_on: date
    made_by: str
    released_on: date | None
    released_by: str
    execution_on: date
    count: int
    eurocent: int
    sums: tuple[SumLine, ...]
    lines: tuple[OrderLine, ...]
    total: str
    refused: Words | None


@dataclass(frozen=True)
class OrderEventLine:
    """One thing that happened to an order."""

    at: datetime
    words: Words
    by: str


@dataclass(frozen=True)
class PaymentOrderPage(Page):
    """One order. The form posts `step` = again / account (with `iban`) / cancel.

    Args: todo what to look at first; the may_ flags say which forms are shown; iban as typed after a refusal.
    """

    template: ClassVar[str] = "desk/payment_order.html"
    desk: DeskFrame
    back_href: str
    action: str
    number: str
    case_number: str
    service: Words
    eurocent: int
    pay_by: date
    late: int
    state: Words
    todo: Words | None
    may_again: bool
    may_account: bool
    may_cancel: bool
    iban: str
    events: tuple[OrderEventLine, ...]
    refused: Words | None


@dataclass(frozen=True)
class ReportLine:
    """A released list: ordered = paid + rejected + waiting, as (count, eurocent)."""

    number: str
    href: str
    ordered: tuple[int, int]
    paid: tuple[int, int]
    rejected: tuple[int, int]
    waiting: tuple[int, int]
    agrees: bool


@dataclass(frozen=True)
class ProblemLine:
    """A line of a file that did not fit: which line of which file, the reference, what is wrong."""

    file: str
    line: int
    reference: str
    what: Words


@dataclass(frozen=True)
class ReconciliationPage(Page):
    """Aansluiting: where the money of each list is, and what came back without fitting."""

    template: ClassVar[str] = "desk/reconciliation.html"
    desk: DeskFrame
    back_href: str
    reports: tuple[ReportLine, ...]
    problems: tuple[ProblemLine, ...]
