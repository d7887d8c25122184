"""Officials of the demonstration grant and pay: grants confirmed, one list released, the bank answers for part of it.

By the same doors as at the desk; nothing is left to a visitor that is not also done by a real municipality.
"""

from __future__ import annotations

from datetime import date
from threading import Event

from waardig.cases import queries as cases
from waardig.cases.actions import confirm_grants, view_case
from waardig.cases.terms import CaseState, Official
from waardig.catalogue import queries as catalogue
from waardig.outbox.jobs import run_worker
from waardig.payments import actions, queries
from waardig.payments.core.listing import PREPARE, RELEASE
from waardig.payments.terms import NothingToPay, PaymentList, PaymentsNotSetUp
from waardig.shell import wiring

LEFT = 2
"""Prepared grants that stay for who plays an official."""
CLOSED_ACCOUNT = "AC04"


def play_payments(on: date) -> int:
    """Confirm prepared grants, make and release a list, and let the bank answer; gives the number in the list.

    A municipality whose content names no account or no two officials who pay does nothing here.
    """
    decider, payer, releaser = _with("grant"), _with(PREPARE), _with(RELEASE, last=True)
    try:
        queries.payment_setup()
    except PaymentsNotSetUp:
        return 0
    if not decider or not payer or not releaser or payer == releaser or not _grant(decider, on):
        return 0
    run_worker(wiring.handlers(), Event(), until_empty=True)
    try:
        made = actions.make_list(payer, on=on).list
    except NothingToPay:
        return 0
    if made is None:
        return 0
    actions.release(made.id, releaser, on=on, shown_eurocent=made.total_eurocent)
    actions.take_in(_answer(made), on=on, actor="bank")
    run_worker(wiring.handlers(), Event(), until_empty=True)
    return made.count


def _with(step: str, *, last: bool = False) -> str | None:
    """An official whose mandate allows this step: the one with the widest mandate, or the last one named."""
    found = [one for one in catalogue.municipality().mandates if step in one.decisions]
    if not found:
        return None
    return (found[-1] if last else max(found, key=lambda one: one.up_to_eurocent)).official


def _grant(decider: str, on: date) -> int:
    here = catalogue.municipality()
    known = here.officials[decider]
    limit = max(one.up_to_eurocent for one in here.mandates if one.official == decider and "grant" in one.decisions)
    role = next((role for role in known.roles if role == "beslisser"), known.roles[0])
    official = Official(decider, known.name, role, limit, "medewerker die mag beslissen")
    waiting, _ = cases.waiting([CaseState.PREPARED], size=1_000)
    chosen = [case.id for case in waiting[:-LEFT]]
    for case in chosen:
        view_case(case, official, on=on)
    if chosen:
        confirm_grants(chosen, official, on=on)
    return len(chosen)


def _answer(made: PaymentList) -> bytes:
    """What the bank says of a list: the first half is paid, one account was closed, the rest is under way."""
    parts = []
    lines = queries.lines_of(made.id)
    for place, line in enumerate(lines):
        status, why = ("ACSC", "") if place < len(lines) // 2 else ("ACSP", "")
        if place == len(lines) // 2:
            status, why = "RJCT", f"<StsRsnInf><Rsn><Cd>{CLOSED_ACCOUNT}</Cd></Rsn></StsRsnInf>"
        parts.append(
            f"<TxInfAndSts><OrgnlEndToEndId>{line.order.number}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}</TxInfAndSts>"
        )
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr>'
        f"<MsgId>{made.number}</MsgId></GrpHdr><OrgnlPmtInfAndSts>{''.join(parts)}</OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt></Document>"
    ).encode()
