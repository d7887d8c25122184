"""Reading payees through the gate: one line in the log a person; never inside a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import MOST_PERSONS, Actor, Request
from waardig.cases.actions import source_of
from waardig.cases.queries import case as case_of
from waardig.cases.queries import desk as cases
from waardig.cases.queries import objections
from waardig.cases.terms import CaseKind
from waardig.payments.core.guarding import ATTRIBUTES, Looked, Payee, look
from waardig.payments.terms import Order, PaymentSetup
from waardig.registers.queries import take, take_documents
from waardig.registers.terms import RegisterFact

PAYING = "betaling.uitvoeren"
INSTRUCTION = "payments.opdracht"
ROLE = "betalen"


def payer(official: str) -> Actor:
    """An official in the role of paying."""
    return Actor("employee", official, ROLE)


def look_at(
    orders: Sequence[Order], actor: Actor, setup: PaymentSetup, on: date, checked: Mapping[UUID, UUID | None]
) -> dict[UUID, Looked]:
    """Who is paid by each of these orders, or why a person looks first.

    Raises:
        AccessRefused, LogbookUnavailable: nothing was read.
    """
    facts: dict[UUID, list[RegisterFact]] = defaultdict(list)
    for persons in _chunks({order.beneficiary for order in orders}):
        ticket = ask(Request(PAYING, ATTRIBUTES, persons, actor, on, name="bekeek naar welke rekening wij betalen"))
        for fact in take(ticket):
            facts[fact.person].append(fact)
    declared = {order.case: declared_in(order.case) for order in orders}
    return {
        order.id: look(
            facts[order.beneficiary],
            declared_in=declared[order.case],
            on=on,
            new_account_days=setup.new_account_days,
            checked=checked.get(order.id),
        )
        for order in orders
    }


def declared_in(case: UUID) -> str:
    """The source of the account declared for a case: of an objection, second look or penalty that of the case it is
    about."""
    return source_of(cases.numbers_of([_first(case)])[_first(case)])


def _first(case: UUID) -> UUID:
    kind = case_of(case).kind
    if kind is CaseKind.OBJECTION:
        return _first(objections.objection(case).about)
    if kind is CaseKind.SECOND_LOOK:
        return _first(objections.second_look(case).about)
    return _first(objections.penalty(case).about) if kind is CaseKind.PENALTY else case


def instruction(order: Order, payee: Payee, amount: int, subject: str) -> dict[str, object]:
    """The text that is kept behind the gate: to whom, which account, how much, what the bank statement says."""
    return {
        "order": order.number,
        "name": payee.name,
        "iban": payee.iban,
        "amount_eurocent": amount,
        "subject": subject,
    }


def kept_instructions(
    documents: Mapping[UUID, UUID], actor: Actor, on: date, name: str
) -> dict[UUID, Mapping[str, object]]:
    """The instructions as they were kept, by document.

    Args:
        documents: document -> the person it is about.
    """
    found: dict[UUID, Mapping[str, object]] = {}
    for persons in _chunks(set(documents.values())):
        ticket = ask(Request(PAYING, frozenset({INSTRUCTION}), persons, actor, on, name=name))
        wanted = [document for document, person in documents.items() if person in set(persons)]
        found |= {one.id: one.content for one in take_documents(ticket, wanted).values()}
    return found


def _chunks(persons: Iterable[UUID]) -> Iterable[tuple[UUID, ...]]:
    ordered = sorted(persons)
    return (tuple(ordered[start : start + MOST_PERSONS]) for start in range(0, len(ordered), MOST_PERSONS))
