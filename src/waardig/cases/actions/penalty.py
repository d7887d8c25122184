"""Too late: the resident urges us on, and the penalty that follows is fixed by decision (Awb 4:17, 4:18, 7:14).

Nobody has to know an article: what the resident says is kept, and the law file counts the days.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.acting import note_helper, refuse_stranger
from waardig.cases.actions.messages import GENERAL, send
from waardig.cases.actions.opening import open_cases, record
from waardig.cases.actions.reviewing import new_decision, store_decision
from waardig.cases.actions.settling import made_known
from waardig.cases.core import objection_terms
from waardig.cases.queries import lists
from waardig.cases.queries import objections as reads
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
    BeyondMandate,
    Case,
    CaseKind,
    CaseState,
    CaseUnknown,
    Decision,
    DecisionOutcome,
    EventKind,
    NewCase,
    Official,
    OwnReasonsMissing,
    Party,
    StepNotPossible,
)
from waardig.cases.terms.objections import AmountTooLow, Channel, NotLateYet, Penalty, PenaltySum
from waardig.catalogue import queries as catalogue

ACTIVITY = "aanmanen"
URGEABLE = (CaseKind.APPLICATION, CaseKind.OBJECTION)
SHORTEST_REASON = 20
NONE_DUE = ("a", "c")
"""Awb 4:17 lid 6: urged unreasonably late (a); the request was plainly inadmissible or unfounded (c)."""


def urge(
    about: UUID,
    person: UUID,
    *,
    actor: Actor,
    on: date,
    channel: Channel = Channel.PORTAL,
    received_on: date | None = None,
) -> Penalty:
    """Keep a notice of default and send the receipt; a second notice about the same case gives the first.

    Raises:
        CaseUnknown: not a case of this person.
        NotLateYet: our term still ran on the day it came in.
        StepNotPossible: it is decided already, or the day cannot be.
    """
    refuse_stranger(actor, person, about, on=on)
    with transaction.atomic():
        known = _locked_for(about, person)
        if there := reads.penalty_about(about, person):
            return there
        received = received_on or on
        if known.kind not in URGEABLE or known.state not in reads.LATE_STATES or received > on:
            raise StepNotPossible(known.number, known.state, "urging")
        due = known.decide_by or on
        terms = objection_terms.penalty_terms(content.book(), due_on=due, received_on=received)
        if received < terms.possible_from:
            raise NotLateYet(due)
        case = _open(known, person, actor, on)
        models.Penalty.objects.create(
            case_id=case.id, about_id=about, person=person, received_on=received, channel=channel.value, due_on=due,
            decide_before=terms.decide_before, first_day=terms.first_day, last_day=terms.last_day,
        )  # fmt: skip
        found = reads.penalty(case.id)
        _send_receipt(case, known, found, on)
        note_helper(ACTIVITY, case.id, person, "maande ons aan voor u", actor)
        return found


def _locked_for(about: UUID, person: UUID) -> Case:
    """The case, locked, when it is of this person.

    Raises:
        CaseUnknown: it is not; the same answer for a case that is not there.
    """
    row = models.Case.objects.select_for_update().filter(id=about).first()
    if row is None or not row.parties.filter(person=person).exists():
        raise CaseUnknown
    return row.to_term(lists.parties_of([about])[about])


def _open(about: Case, person: UUID, actor: Actor, on: date) -> Case:
    new = NewCase(
        key=f"penalty:{about.id}:{person}",
        kind=CaseKind.PENALTY,
        state=CaseState.OPEN,
        service=about.service,
        parties=(Party(person, "applicant"),),
        opened_on=on,
        team=about.team or catalogue.service(about.service).team,
        reader="administrator" if actor.kind == "organisation" else about.reader,
    )
    prefix = catalogue.municipality().case_prefix
    return open_cases([new], prefix=prefix, actor_kind=actor.kind, actor=actor.id)[0]


def _send_receipt(case: Case, about: Case, found: Penalty, on: date) -> None:
    counted = reads.penalty_sum(found, on=found.first_day)
    values: dict[str, Any] = {
        "case_number": case.number,
        "about_number": about.number,
        "received_on": found.received_on,
        "due_on": found.due_on,
        "decide_before": found.decide_before,
        "first_day": found.first_day,
        "last_day": found.last_day,
        "per_day": counted.per_day_eurocent,
        "most": counted.most_eurocent,
        "text_version": date.fromisoformat(counted.text_version),
    }
    send(case, "penalty_receipt", values, on=on, english={}, activity=ACTIVITY, key="receipt", package=GENERAL)


def settle_penalty(
    case: UUID, official: Official, *, amount_eurocent: int, reasons: str, none_due: str = "", on: date
) -> Decision:
    """Fix by decision whether a penalty is due and how much (4:18); the amount becomes a payment order.

    The law file gives the least: a later text of the law may give more, never less.

    Args:
        none_due: letter of 4:17 lid 6 when nothing is due after all; then the amount is 0.

    Raises:
        CaseUnknown.
        StepNotPossible: it is fixed already, or the penalty still runs.
        AmountTooLow, OwnReasonsMissing, BeyondMandate.
    """
    if len(" ".join(reasons.split())) < SHORTEST_REASON:
        raise OwnReasonsMissing(SHORTEST_REASON)
    with transaction.atomic():
        models.Case.objects.select_for_update().filter(id=case).first()
        found = reads.penalty(case)
        if found.state != CaseState.OPEN or (found.ended_on is None and on <= found.last_day):
            raise StepNotPossible(found.number, found.state, "fixing the penalty")
        counted = reads.penalty_sum(found, on=on)
        least = 0 if none_due in NONE_DUE else counted.amount_eurocent
        if amount_eurocent < least or (least == 0 and amount_eurocent):
            raise AmountTooLow(counted.amount_eurocent)
        _check_power(found, official, amount_eurocent, on)
        known, about = lists.case(case), lists.case(found.about)
        decision = new_decision(known, official, DecisionOutcome.PENALTY, amount_eurocent or None, on)
        values = {
            **made_known(official, on),
            **_fixed(found, counted, amount_eurocent, reasons),
            "case_number": known.number,
            "about_number": about.number,
            "pay_by": decision.pay_by or on,
        }
        store_decision(known, found.person, decision, values)
        record(case, EventKind.DECIDED, on, "employee", official.id, code=DecisionOutcome.PENALTY.value)
        send(known, "penalty_decision", values, on=on, activity=ACTIVITY, key="decision", package=GENERAL)
        return decision


def _fixed(found: Penalty, counted: PenaltySum, amount_eurocent: int, reasons: str) -> dict[str, Any]:
    """What the decision says of the days that were counted, and of the amount."""
    return {
        "received_on": found.received_on,
        "answered_on": found.received_on,
        "due_on": found.due_on,
        "first_day": found.first_day,
        "days": counted.days,
        "amount": amount_eurocent,
        "more_than_text": amount_eurocent > counted.amount_eurocent,
        "text_version": date.fromisoformat(counted.text_version),
        "pay": amount_eurocent > 0,
        "reasons": tuple(part.strip() for part in reasons.splitlines() if part.strip()),
        "articles": (),
        "data_used": (),
    }


def _check_power(found: Penalty, official: Official, amount: int, on: date) -> None:
    table = catalogue.municipality()
    if table.mandate_for(official.id, found.service, "grant", amount_eurocent=amount, on=on) is None:
        raise BeyondMandate(official.name)
