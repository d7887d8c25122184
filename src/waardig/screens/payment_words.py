"""Payments in words: for the official what to look at, for the resident when the money comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from waardig.cases.terms import Case, Decision
from waardig.catalogue import queries as catalogue
from waardig.payments import queries as payments
from waardig.payments.terms import Doubt, EventKind, ListState, Order, OrderKind, OrderState, Verdict
from waardig.screens.pages.home import Payment
from waardig.screens.pages.words import Amount, Words

DOUBTS: Mapping[str, Words] = {
    Doubt.ACCOUNT_MISSING: Words(
        "Er is geen rekening bekend. Vraag de inwoner om een rekening.",
        "No account is known. Ask the resident for an account.",
    ),
    Doubt.ACCOUNT_WRONG: Words(
        "Het rekeningnummer klopt niet. Vraag de inwoner om een rekening.",
        "The account number is not right. Ask the resident for an account.",
    ),
    Doubt.ACCOUNT_NEW: Words(
        "De rekening is nieuw. Bel de inwoner en vraag of dit de goede rekening is.",
        "The account is new. Call the resident and ask whether it is the right one.",
    ),
    Doubt.ACCOUNT_SHARED: Words(
        "Iemand anders gebruikt deze rekening ook. Vraag de inwoner of dat klopt.",
        "Somebody else uses this account too. Ask the resident whether that is right.",
    ),
    Doubt.ACCOUNT_DOUBTED: Words(
        "Over deze rekening loopt een melding. Kijk eerst wat daar uitkomt.",
        "This account is being looked into. See first what comes of that.",
    ),
    Doubt.PERSON_DIED: Words(
        "De BRP zegt dat de inwoner is overleden. Zoek uit aan wie wij moeten betalen.",
        "The population register says that the resident has died. Find out whom we must pay.",
    ),
    Doubt.NAME_MISSING: Words(
        "De naam van de inwoner is niet bekend. Zoek dat eerst uit.",
        "The name of the resident is not known. Find that out first.",
    ),
    Doubt.LOWER_THAN_PAID: Words(
        "Het nieuwe besluit geeft minder dan al betaald is. Wij vorderen niets vanzelf terug. Overleg eerst.",
        "The new decision gives less than was paid. Nothing is claimed back by itself. Consult first.",
    ),
}
ORDER_STATES: Mapping[OrderState, Words] = {
    OrderState.READY: Words("Klaar om te betalen", "Ready to pay"),
    OrderState.TO_PERSON: Words("Wacht op een mens", "Waits for a person"),
    OrderState.LISTED: Words("Op een lijst die nog niet is vrijgegeven", "In a list that is not released yet"),
    OrderState.RELEASED: Words("Naar de bank", "With the bank"),
    OrderState.PAID: Words("Betaald", "Paid"),
    OrderState.CANCELLED: Words("Gestopt", "Stopped"),
    OrderState.NOTHING: Words("Er hoeft niets te worden betaald", "Nothing has to be paid"),
}
LIST_STATES: Mapping[ListState, Words] = {
    ListState.DRAFT: Words("wacht op een collega", "waits for a colleague"),
    ListState.RELEASED: Words("vrijgegeven", "released"),
    ListState.WITHDRAWN: Words("ingetrokken", "withdrawn"),
}
EVENTS: Mapping[EventKind, Words] = {
    EventKind.ORDERED: Words("Betaling klaargezet", "Payment ordered"),
    EventKind.TO_PERSON: Words("Naar een medewerker om na te kijken", "To an official to look at"),
    EventKind.CHECKED: Words("Rekening nagekeken", "Account looked at"),
    EventKind.ACCOUNT_GIVEN: Words("Andere rekening opgegeven", "Another account given"),
    EventKind.LISTED: Words("Op een betaallijst gezet", "Put in a payment list"),
    EventKind.TAKEN_OUT: Words("Van de betaallijst gehaald", "Taken out of the payment list"),
    EventKind.RELEASED: Words("Naar de bank gestuurd", "Sent to the bank"),
    EventKind.PAID: Words("Betaald", "Paid"),
    EventKind.REJECTED: Words("Teruggekomen van de bank", "Came back from the bank"),
    EventKind.CANCELLED: Words("Betaling gestopt", "Payment stopped"),
}
VERDICTS: Mapping[Verdict, Words] = {
    Verdict.DOUBLE: Words("stond al zo genoteerd", "was noted already"),
    Verdict.UNKNOWN_REFERENCE: Words("deze betaling kennen wij niet", "we do not know this payment"),
    Verdict.NOT_IN_A_LIST: Words("deze betaling staat op geen lijst", "this payment is in no list"),
    Verdict.WRONG_AMOUNT: Words("het bedrag is anders dan wij vroegen", "the amount differs from what we asked"),
    Verdict.CONTRADICTS: Words("eerder meldde de bank iets anders", "the bank said something else before"),
    Verdict.UNREADABLE: Words("deze regel is niet te lezen", "this line cannot be read"),
}


def why_words(order: Order) -> Words:
    """What an official looks at first, or where the order stands."""
    if code := payments.bank_code(order):
        found = payments.meaning(code).words
        return Words(f"Teruggekomen van de bank: {found.nl}.", f"Came back from the bank: {found.en}.")
    if order.state is OrderState.TO_PERSON and order.reason in DOUBTS:
        return DOUBTS[order.reason]
    return ORDER_STATES[order.state]


def official_name(kind: str, actor: str) -> str:
    """Who did something to a payment: an official by name, or the computer."""
    known = catalogue.municipality().officials.get(actor)
    return (known.name if known else actor) if kind == "employee" else "de computer"


COSTS_BACK = Words("Uw kosten voor het bezwaar", "Your costs of the objection")
RECENT = timedelta(days=92)
DUE = (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED, OrderState.RELEASED)


def paid_on(orders: Sequence[Order]) -> date | None:
    """The day on which everything that had to be paid was paid, None while something is not."""
    days = [one.paid_on for one in orders if one.state is OrderState.PAID]
    if not days or any(one.state in DUE and one.amount_eurocent for one in orders):
        return None
    return max(day for day in days if day)


def payments_of(
    mine: Sequence[Case], decisions: Mapping[UUID, Decision], ordered: Mapping[UUID, tuple[Order, ...]], today: date
) -> tuple[Payment, ...]:
    """What a resident gets and got lately: last day, paid on, or came back (Awb 4:87); what is still to come first."""
    found = [payment for case in mine for payment in _of_case(case, decisions.get(case.id), ordered, today)]
    return tuple(sorted(found, key=lambda one: (one.state == "paid", one.on)))


def _of_case(
    case: Case, decision: Decision | None, ordered: Mapping[UUID, tuple[Order, ...]], today: date
) -> Iterator[Payment]:
    name = catalogue.service(case.service).name
    what = Words(f"Uw {name.nl.lower()}", f"Your {name.en.lower()}")
    orders = ordered.get(case.id, ())
    for one in orders:
        which = COSTS_BACK if one.kind is OrderKind.COSTS else what
        if one.state is OrderState.PAID and one.paid_on and one.paid_on >= today - RECENT:
            yield Payment(one.paid_on, Amount(one.amount_eurocent, "once"), which, state="paid")
        elif one.state in DUE and one.amount_eurocent:
            yield Payment(one.pay_by, Amount(one.amount_eurocent, "once"), which, state=_state(one, today))
    if not orders and decision and decision.pay_by and decision.amount_eurocent and decision.pay_by >= today:
        yield Payment(decision.pay_by, Amount(decision.amount_eurocent, "once"), what)


def _state(one: Order, today: date) -> Literal["due", "late", "returned"]:
    if payments.bank_code(one):
        return "returned"
    return "late" if one.pay_by < today else "due"
