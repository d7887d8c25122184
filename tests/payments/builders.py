"""Granted cases and their orders, lists that two people checked, and files that came back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from tests.cases.builders import MAY_12, TODAY, a_declaration, a_proposal, a_resident, an_assessed, decide
from waardig.access.actions import set_business_date
from waardig.cases import queries as cases
from waardig.cases.actions import source_of
from waardig.cases.terms import Decision, DecisionOutcome
from waardig.outbox.actions import drain
from waardig.payments import actions, jobs
from waardig.payments.actions.listing import MadeList
from waardig.payments.terms import NewOrder, Order, PaymentList
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact

NADIA, JOOST = "n.visser", "j.dekker"
IBAN = "NL91ABNA0417164300"
OTHER_IBAN = "NL13TEST0123456789"
PAIN_002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"


def a_grant(*, iban: str = IBAN, amount: int = 52197, person: UUID | None = None, **known: Any) -> Decision:
    """A grant of 12 May 2025, by hand, that Willem decided; the account is the one the administration knows."""
    given = {"something_wrong": "x", "iban": iban}
    resident = person or a_resident(**known).person
    found = an_assessed(resident, declaration=a_declaration(**given))
    return decide(found, DecisionOutcome.GRANT, amount_eurocent=amount)


def work() -> None:
    """Let the jobs of this room be done, on 12 May."""
    set_business_date(MAY_12)
    drain(jobs.handlers(), until_empty=True)


def an_order(
    *, iban: str = IBAN, amount: int = 52197, person: UUID | None = None, on: date = MAY_12, **known: Any
) -> Order:
    """An order of a case whose resident declared an account; no law has to run for it."""
    set_business_date(on)
    resident = person or a_resident(**known).person
    case = a_proposal(resident)
    store_facts([NewFact(resident, "opgave.iban", iban, TODAY, source=source_of(case.number))])
    with transaction.atomic():
        return actions.order(
            NewOrder(uuid4(), case.id, case.number, case.service, resident, amount, date(2025, 6, 23), "w.degraaf"),
            on=on,
        )


def a_draft(count: int = 1, **changes: Any) -> PaymentList:
    """A draft list of new orders, each for somebody with an account of their own."""
    for number in range(count):
        an_order(**({"uitkeringen__iban": account(number), "iban": account(number)} | changes))
    made = make()
    assert made.list is not None, made.to_person
    return made.list


def make(official: str = NADIA, on: date = MAY_12) -> MadeList:
    return actions.make_list(official, on=on)


def a_released(count: int = 1, **changes: Any) -> PaymentList:
    """A list that Nadia made and Joost released."""
    draft = a_draft(count, **changes)
    return actions.release(draft.id, JOOST, on=MAY_12, shown_eurocent=draft.total_eurocent)


def account(number: int) -> str:
    """A valid fictional account number."""
    from stdnum import iban

    bare = f"WAAR{number:010d}"
    return f"NL{iban.calc_check_digits(f'NL00{bare}')}{bare}"


def revised(decision: Decision, amount: int, *, key: UUID) -> Order:
    """A second decision in the same case gives another amount."""
    case = cases.case(decision.case)
    with transaction.atomic():
        return actions.order(
            NewOrder(key, case.id, case.number, case.service, case.applicant, amount, date(2025, 6, 23), "w.degraaf",
                     revised=True),
            on=MAY_12,
        )  # fmt: skip


def pain002(*statuses: tuple[str, str, str] | tuple[str, str, str, str], on: str = "2025-05-15") -> bytes:
    """A status report: (reference, status, reason) and, when given, the amount in euros."""
    parts = []
    for reference, status, reason, *amount in statuses:
        why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
        sum_ = f'<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">{amount[0]}</InstdAmt></Amt></OrgnlTxRef>' if amount else ""
        parts.append(
            f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}{sum_}</TxInfAndSts>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{PAIN_002}"><CstmrPmtStsRpt><GrpHdr><MsgId>S1</MsgId>'
        f"<CreDtTm>{on}T08:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>x</OrgnlMsgId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts>{''.join(parts)}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


def take_in(content: bytes, on: date = date(2025, 5, 15)) -> dict[str, int]:
    """Take a file in; gives the verdicts."""
    return dict(actions.take_in(content, on=on, actor="bank").verdicts)
