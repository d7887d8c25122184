"""At the counter: recording a yes with what the resident declares, and the receipt that is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .forms import Field
from .frame import DeskFrame
from .words import Amount, Deadline, Page, PersonName, Words


@dataclass(frozen=True)
class CounterDeclarePage(Page):
    """The declaration with a yes, on one page.

    Args: posted are `household` (yes / no), `household_note`, `wealth`, `wealth_unknown` (choice), `account` (known /
    other), `iban` and with a "yes, but" `note` (None: a plain yes); joint: a couple, so wealth together.
    """

    template: ClassVar[str] = "desk/counter_declare.html"
    desk: DeskFrame
    back_href: str
    action: str
    person: PersonName
    service: Words
    amount: Amount | None
    household: Field
    household_note: Field
    wealth: Field | None
    wealth_unknown: Field | None
    account: Field
    iban: Field
    note: Field | None
    errors: tuple[Field, ...]
    joint: bool
    told: tuple[tuple[Words, Words, Field], ...] = ()


@dataclass(frozen=True)
class CounterReceiptPage(Page):
    """The proof on paper of what was recorded. Args: answer; on the day; declared the copy of what was declared (Awb
    4:3a); deadline our last day after a yes; employee who recorded it."""

    template: ClassVar[str] = "desk/counter_receipt.html"
    desk: DeskFrame
    back_href: str
    person: PersonName
    case_number: str
    service: Words
    answer: Literal["yes", "no", "given_up"]
    on: date
    deadline: Deadline | None
    declared: tuple[str, ...]
    employee: str
