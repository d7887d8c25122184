"""Deciding on an objection: by another official, on everything again, with reasons of their own (Awb 7:11, 7:12).

When the old decision does not stand, the new one is written in the same moment, and the difference becomes a payment.
Who asked for costs (7:15) gets the answer in the same decision, and what is paid back has an order of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from waardig.cases import models
from waardig.cases.actions.answers import REPAIRING
from waardig.cases.actions.deciding import grounds_of
from waardig.cases.actions.hearing import handled_by
from waardig.cases.actions.messages import GENERAL, send
from waardig.cases.actions.objecting import ACTIVITY
from waardig.cases.actions.opening import record
from waardig.cases.actions.restoring import Repairing, check_repair, open_value, put_right, told
from waardig.cases.actions.settling import (
    DOCUMENT,
    PAY,
    RECEIPT,
    Grounds,
    document_of,
    keep_row,
    made_known,
    remember_grant,
)
from waardig.cases.actions.urging import end_penalties
from waardig.cases.core import statutory
from waardig.cases.core.deciding import SHORTEST_REASON, check_mandate
from waardig.cases.core.objecting import check_official, check_ruling, payable
from waardig.cases.queries import guards, lists
from waardig.cases.queries import objections as reads
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
    BeyondMandate,
    Case,
    CaseKind,
    CaseState,
    CorrectionOpen,
    Decision,
    DecisionOutcome,
    EventKind,
    Official,
)
from waardig.cases.terms.objections import HearingState, Objection
from waardig.cases.terms.ruling import CostsGround, Ruling
from waardig.catalogue import queries as catalogue
from waardig.kernel.money import euros
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers.terms import NewDocument

COSTS = "payments.costs"
ADVERSE = (DecisionOutcome.UNFOUNDED, DecisionOutcome.PARTLY, DecisionOutcome.INADMISSIBLE)
AGAIN = "Algemene wet bestuursrecht, artikel 7:11: wij keken opnieuw naar alles."
ABOUT_COSTS = "Algemene wet bestuursrecht, artikel 7:15: wij beslissen ook over uw kosten."
NOTHING_READ = Grounds((), (), "", None, date.min, None, frozenset())


def decide_objection(
    case: UUID, official: Official, ruling: Ruling, *, on: date, repair: Repairing | None = None
) -> Decision:
    """Decide on an objection and make it known; the new decision, the payment and the letter in one transaction.

    The household is read again, with what we know now about the day of the application (one line in the log per
    person), and what may be decided is checked before that reading and again under the lock.

    Args:
        repair: what happens with the value, when the answer to a report is replaced by a correction.

    Raises:
        SameOfficial, ChanceNotGiven, HearingMissing, HearingReasonMissing, OwnReasonsMissing, AmountTooLow, ValueMoved,
        CostsUnanswered, CostsNotPossible, BeyondMandate, CorrectionOpen, StepNotPossible, CaseUnknown, AccessRefused.
        RuntimeError: called inside a transaction, where the gate gives no data.
    """
    if connection.in_atomic_block:
        raise RuntimeError("decide_objection() reads through the gate: call it outside a transaction")
    found = reads.objection(case)
    against, about = reads.decision(found.decision), lists.case(found.about)
    check_repair(found.number, ruling, repair)
    _check(found, ruling, official, against, frozenset(), on)
    grounds = grounds_again(about, official, on)
    opened = open_value(about, case, official, on) if repair else None
    with transaction.atomic():
        row = handled_by(case, official, "deciding", on)
        _check(row.to_term(), ruling, official, against, grounds.sentences, on)
        ruling = _as_heard(case, ruling)
        known = lists.case(case)
        pays, still = ruling.pays_costs_here, payable(ruling, _given(against))
        decision = new_decision(known, official, ruling.outcome, still, on, pays=pays)
        put_right(opened, repair, known, official, on)
        said = _values(known, about, against, row, decision, ruling, grounds)
        values = {**made_known(official, on), **said, **told(about, repair)}
        store_decision(known, row.person, decision, {**values, RECEIPT: grounds.receipt})
        store_review(decision, against, ruling, on, about)
        record(case, EventKind.DECIDED, on, "employee", official.id, code=ruling.outcome.value)
        end_penalties(case, on)
        send(known, "objection_decision", values, on=on, activity=ACTIVITY, key="decision", package=GENERAL)
        return decision


def _as_heard(case: UUID, ruling: Ruling) -> Ruling:
    """Who was heard is never told that they were not: a ground of 7:3 counts only without a hearing."""
    hearing = reads.hearing(case)
    if hearing is not None and hearing.state is HearingState.HELD:
        return replace(ruling, hearing_ground=None, hearing_why="")
    return ruling


def grounds_again(about: Case, official: Official, on: date) -> Grounds:
    """What the law says about the old case with what is known now; nothing for a case that the law does not compute."""
    if about.kind is not CaseKind.APPLICATION:
        return NOTHING_READ
    service = content.service_of(about.service)
    return grounds_of(about, official, on, activity=service.objection_activity or service.decision_activity)


def _given(against: Decision) -> int | None:
    """What was given already by the old decision and by what came in its place (eurocent)."""
    return reads.stands_as(against)[1]


def _check(
    found: Objection, ruling: Ruling, official: Official, against: Decision, sentences: frozenset[str], on: date
) -> None:
    check_official(found.number, official.id, reads.involved_in(found.decision))
    guard = guards.human_decides(found.service)
    old_outcome, old_amount = reads.stands_as(against)
    check_ruling(
        found,
        ruling,
        hearing=reads.hearing(found.case),
        old_outcome=old_outcome,
        old_amount_eurocent=old_amount,
        shortest_reason=guard.min_reason_characters if guard else SHORTEST_REASON,
        prepared=sentences,
        on=on,
    )
    if ruling.outcome in ADVERSE and lists.is_correction_open(lists.case(found.about).persons):
        raise CorrectionOpen(found.number)
    check_power(found.service, ruling, official, on)


def check_power(service: str, ruling: Ruling, official: Official, on: date) -> None:
    """Whether the municipality's own table lets this official decide so on this day (Awb 10:3); else BeyondMandate."""
    granting = ruling.new_outcome is DecisionOutcome.GRANT
    kind, amount = ("grant", ruling.new_amount_eurocent or 0) if granting else ("refusal", 0)
    table = catalogue.municipality()
    if table.mandate_for(official.id, service, kind, amount_eurocent=amount, on=on) is None:
        raise BeyondMandate(official.name)
    costs = ruling.costs_eurocent
    if costs and table.mandate_for(official.id, service, "grant", amount_eurocent=costs, on=on) is None:
        raise BeyondMandate(official.name)
    if granting:
        check_mandate(official, ruling.new_amount_eurocent)


def new_decision(
    case: Case, official: Official, outcome: DecisionOutcome, amount: int | None, on: date, *, pays: bool = False
) -> Decision:
    """A decision of this case as it will be stored; `amount` is what is paid because of it, `pays` that costs are."""
    here = catalogue.municipality()
    terms = statutory.decision_terms(content.book(), on)
    return Decision(
        id=uuid4(),
        case=case.id,
        outcome=outcome,
        amount_eurocent=amount,
        decided_on=on,
        official=official.id,
        body=here.deciding_body.nl,
        mandate=here.mandate_decree.name.nl,
        objection_until=terms.objection_until,
        pay_by=terms.pay_by if amount or pays else None,
        document=uuid4(),
    )


def store_decision(case: Case, person: UUID, decision: Decision, values: Mapping[str, Any]) -> None:
    """The text behind the gate, the row, the state of the case, and the order to pay what is still to be paid."""
    told = {**values, "outcome": decision.outcome.value, "body": decision.body, "mandate": decision.mandate}
    registers.store_documents([NewDocument(decision.document, person, DOCUMENT, document_of(case, told))])
    keep_row(decision, case.rule_set)
    models.Case.objects.filter(id=case.id).update(
        state=CaseState.DECIDED.value, amount_eurocent=decision.amount_eurocent
    )
    if decision.amount_eurocent:
        outbox.enqueue([NewJob(PAY, str(decision.id), {"decision": str(decision.id)})])


def store_review(decision: Decision, against: Decision, ruling: Ruling, on: date, about: Case) -> None:
    """What this decision says in place of the old one; a first grant is remembered as any grant is."""
    models.Review.objects.create(
        decision_id=decision.id,
        against_id=against.id,
        decided_by=decision.official,
        first_official=against.official,
        new_outcome=ruling.new_outcome.value if ruling.new_outcome else "",
        new_amount_eurocent=ruling.new_amount_eurocent,
        payable_eurocent=decision.amount_eurocent,
        hearing_ground=ruling.hearing_ground.value if ruling.hearing_ground else "",
        costs_eurocent=ruling.costs_eurocent,
        costs_ground=ruling.costs.ground.value if ruling.costs else "",
        costs_to_lawyer=ruling.costs is not None and ruling.costs.to_lawyer,
    )
    if ruling.pays_costs_here:
        outbox.enqueue([NewJob(COSTS, str(decision.id), {"decision": str(decision.id)})])
    granted_first = ruling.new_outcome is DecisionOutcome.GRANT and against.outcome is DecisionOutcome.REFUSE
    if granted_first and about.kind is CaseKind.APPLICATION:
        remember_grant(about, on)


def _values(
    case: Case,
    about: Case,
    against: Decision,
    row: models.Objection,
    decision: Decision,
    ruling: Ruling,
    grounds: Grounds,
) -> dict[str, Any]:
    hearing = reads.hearing(case.id)
    is_new = ruling.new_outcome is not None
    granted = ruling.new_outcome is DecisionOutcome.GRANT
    return {
        "case_number": case.number,
        "about_number": about.number,
        "first_decided_on": against.decided_on,
        "received_on": row.received_on,
        "answered_on": row.received_on,
        **{one.value: ruling.outcome is one for one in DecisionOutcome if one.value in reads.REVIEW_OUTCOMES},
        "new_decision": is_new,
        "granted": granted,
        "new_amount": ruling.new_amount_eurocent or 0,
        "amount": decision.amount_eurocent or 0,
        "outcome": _in_short(ruling),
        "pay": bool(decision.amount_eurocent),
        "pay_by": decision.pay_by or decision.decided_on,
        "reasons": tuple(part.strip() for part in ruling.reasons.splitlines() if part.strip()),
        "heard": hearing is not None and hearing.state is HearingState.HELD,
        "heard_on": hearing.held_on if hearing and hearing.held_on else decision.decided_on,
        **{f"not_heard_{letter}": _ground(ruling) == letter for letter in "abcde"},
        "not_heard_why": tuple(part.strip() for part in ruling.hearing_why.splitlines() if part.strip()),
        **_costs_values(ruling, decision),
        "data_used": grounds.data,
        "has_data": bool(grounds.data),
        "articles": (*(grounds.articles or _again(about)), *((ABOUT_COSTS,) if ruling.costs else ())),
    }


def _again(about: Case) -> tuple[str, ...]:
    """The articles where the law computes nothing: looked at again, and of a report the right to have it repaired."""
    return (AGAIN, REPAIRING) if about.kind is CaseKind.CORRECTION else (AGAIN,)


def _in_short(ruling: Ruling) -> str:
    """What now holds, in one sentence."""
    if ruling.new_outcome is DecisionOutcome.GRANT:
        return f"U krijgt {euros(ruling.new_amount_eurocent or 0)}"
    return "Het antwoord verandert" if ruling.new_outcome is DecisionOutcome.CORRECTED else "Het besluit blijft"


def _costs_values(ruling: Ruling, decision: Decision) -> dict[str, Any]:
    """What the decision says about the costs that were asked back (7:15); nothing when nothing was asked."""
    costs = ruling.costs
    refused_on = [one for one in CostsGround if one is not CostsGround.GRANTED]
    return {
        "costs_paid": bool(ruling.costs_eurocent),
        "costs": ruling.costs_eurocent or 0,
        "costs_to_you": ruling.pays_costs_here,
        "costs_to_lawyer": costs is not None and costs.to_lawyer,
        "costs_pay_by": decision.pay_by or decision.decided_on,
        **{f"costs_{one.value}": costs is not None and costs.ground is one for one in refused_on},
        "costs_asked": costs is not None,
        "costs_reasons": tuple(part.strip() for part in costs.reasons.splitlines() if part.strip()) if costs else (),
    }


def _ground(ruling: Ruling) -> str:
    return ruling.hearing_ground.value if ruling.hearing_ground else ""
