"""Orders, lists and what came back; amounts in eurocent, business dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class OrderKind(StrEnum):
    """Why there is money to pay."""

    GRANT = "grant"
    DIFFERENCE = "difference"
    PENALTY = "penalty"
    COSTS = "costs"


class OrderState(StrEnum):
    """Where an order stands.

    ready: can go in a list. to_person: an official looks first. listed: in a list that is not released. released: in a
    released list. paid: the bank says so. cancelled: will not be paid. nothing: the decision changes nothing in money.
    """

    READY = "ready"
    TO_PERSON = "to_person"
    LISTED = "listed"
    RELEASED = "released"
    PAID = "paid"
    CANCELLED = "cancelled"
    NOTHING = "nothing"


class Doubt(StrEnum):
    """Why an official looks at an order first; it says what to check and accuses nobody."""

    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_WRONG = "account_wrong"
    ACCOUNT_NEW = "account_new"
    ACCOUNT_SHARED = "account_shared"
    ACCOUNT_DOUBTED = "account_doubted"
    PERSON_DIED = "person_died"
    NAME_MISSING = "name_missing"
    LOWER_THAN_PAID = "lower_than_paid"


class EventKind(StrEnum):
    """What happened to an order."""

    ORDERED = "ordered"
    TO_PERSON = "to_person"
    CHECKED = "checked"
    ACCOUNT_GIVEN = "account_given"
    LISTED = "listed"
    TAKEN_OUT = "taken_out"
    RELEASED = "released"
    PAID = "paid"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class ListState(StrEnum):
    """Where a list stands. A released list never changes."""

    DRAFT = "draft"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class LineOutcome(StrEnum):
    """What the bank said about a line of a released list."""

    WAITING = "waiting"
    PAID = "paid"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """What we did with one line of a file that came back."""

    APPLIED = "applied"
    WAITING = "waiting"
    DOUBLE = "double"
    UNKNOWN_REFERENCE = "unknown_reference"
    NOT_IN_A_LIST = "not_in_a_list"
    WRONG_AMOUNT = "wrong_amount"
    CONTRADICTS = "contradicts"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class NewOrder:
    """Money that a decision gives; `decision` makes ordering idempotent.

    Attributes:
        amount_eurocent: what the decision gives in all, not what is still to pay.
        revised: the decision takes the place of earlier ones in the same case: only the difference is paid.
    """

    decision: UUID
    case: UUID
    case_number: str
    service: str
    beneficiary: UUID
    amount_eurocent: int
    pay_by: date
    decided_by: str
    kind: OrderKind = OrderKind.GRANT
    revised: bool = False


@dataclass(frozen=True)
class Order:
    """One payment order (betaalopdracht).

    Attributes:
        number: the end-to-end reference on the bank statement; case number and a counter, nothing about a person.
        reason: a Doubt, or the bank's reason code of a rejection, or why it was cancelled; "" otherwise.
        attempts: in how many released lists it stood.
    """

    id: UUID
    number: str
    kind: OrderKind
    decision: UUID
    case: UUID
    service: str
    beneficiary: UUID
    amount_eurocent: int
    difference_eurocent: int
    pay_by: date
    ordered_on: date
    decided_by: str
    state: OrderState
    reason: str = ""
    attempts: int = 0
    paid_on: date | None = None

    def days_late(self, today: date) -> int:
        """Days past the last day of payment while it is not paid (Awb 4:87); 0 in time."""
        unpaid = self.state in (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED, OrderState.RELEASED)
        return max(0, (today - self.pay_by).days) if unpaid and self.amount_eurocent else 0


@dataclass(frozen=True)
class OrderEvent:
    """Something that happened to an order: business date, wall moment, who, a code without personal data."""

    kind: EventKind
    on: date
    at: datetime
    actor_kind: str
    actor: str
    code: str = ""


@dataclass(frozen=True)
class ServiceSum:
    """How many orders and how much for one service."""

    service: str
    count: int
    eurocent: int


@dataclass(frozen=True)
class ListTotals:
    """Control totals: how many, how much, and per service."""

    count: int
    eurocent: int
    services: tuple[ServiceSum, ...]


@dataclass(frozen=True)
class PaymentList:
    """A list of orders (beschikkingenlijst). number is the message id in the files."""

    id: UUID
    number: str
    state: ListState
    made_on: date
    made_by: str
    count: int
    total_eurocent: int
    execution_on: date
    released_by: str = ""
    released_on: date | None = None
    released_at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """An order in a list, with the gated text that says to whom and to which account."""

    place: int
    order: Order
    amount_eurocent: int
    attempt: int
    document: UUID
    outcome: LineOutcome
    reason: str = ""
    outcome_on: date | None = None


@dataclass(frozen=True)
class ReturnedLine:
    """One line of a file that came back, as read: reference, amount when given, what it says, reason code."""

    number: int
    reference: str
    amount_eurocent: int | None
    outcome: LineOutcome | None
    reason: str = ""
    on: date | None = None
    attempt: int | None = None
