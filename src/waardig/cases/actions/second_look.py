"""Kijk nog eens: a resident asks that somebody else looks again; lighter than an objection, and it stops no term.

The answer explains, or corrects a clear mistake with a new decision. Within the term it becomes an objection with the
day of the question (Awb 6:15: what was meant as an objection keeps its day).
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.acting import note_helper, refuse_stranger
from waardig.cases.actions.messages import GENERAL, send
from waardig.cases.actions.objecting import lodge
from waardig.cases.actions.opening import open_cases, record
from waardig.cases.actions.papers import keep_paper
from waardig.cases.actions.reviewing import (
    check_power,
    grounds_again,
    new_decision,
    store_decision,
    store_review,
)
from waardig.cases.actions.settling import RECEIPT, made_known
from waardig.cases.core import statutory
from waardig.cases.core.objecting import check_new_decision, check_official, payable
from waardig.cases.queries import lists
from waardig.cases.queries import objections as reads
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
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
from waardig.cases.terms.objections import LookOutcome, Objection, ObjectionText, PaperKind, SecondLook
from waardig.cases.terms.ruling import Ruling
from waardig.catalogue import queries as catalogue
from waardig.kernel.money import euros

ACTIVITY = "kijk_nog_eens"
SHORTEST_ANSWER = 20


def ask_second_look(about: UUID, person: UUID, remark: str, *, actor: Actor, on: date) -> SecondLook:
    """Ask to look again at a decision, proposal or answer; asking twice while the first is open gives the first.

    Raises:
        CaseUnknown: not a case of this person.
    """
    refuse_stranger(actor, person, about, on=on)
    with transaction.atomic():
        row = models.Case.objects.select_for_update().filter(id=about).first()
        if row is None or not row.parties.filter(person=person).exists():
            raise CaseUnknown
        looks = reads.second_looks_about(about, person)
        if there := next((one for one in looks if one.state == CaseState.OPEN), None):
            return there
        decision = lists.decisions_of([about]).get(about)
        case = _open(row.to_term(lists.parties_of([about])[about]), person, len(looks), actor, on)
        answer_by = statutory.working_days_after(content.book(), on, catalogue.handling().second_look_days)
        models.SecondLook.objects.create(
            case_id=case.id,
            about_id=about,
            decision_id=decision.id if decision else None,
            person=person,
            first_official=decision.official if decision else _who_answered(about),
            answer_by=answer_by,
            objection_until=decision.objection_until if decision else None,
        )
        if remark.strip():
            keep_paper(case.id, person, PaperKind.REMARK, {"remark": remark.strip()}, actor=actor, on=on)
        _send_receipt(case, row.number, decision, answer_by, on)
        note_helper(ACTIVITY, case.id, person, "vroeg voor u om nog eens te kijken", actor)
        return reads.second_look(case.id)


def _who_answered(about: UUID) -> str:
    answered = [event for event in lists.events_of(about) if event.kind is EventKind.ANSWERED]
    return answered[-1].actor if answered else ""


def _open(about: Case, person: UUID, before: int, actor: Actor, on: date) -> Case:
    new = NewCase(
        key=f"second_look:{about.id}:{person}:{before}",
        kind=CaseKind.SECOND_LOOK,
        state=CaseState.OPEN,
        service=about.service,
        parties=(Party(person, "applicant"),),
        opened_on=on,
        team=catalogue.service(about.service).team,
        reader="administrator" if actor.kind == "organisation" else about.reader,
    )
    prefix = catalogue.municipality().case_prefix
    return open_cases([new], prefix=prefix, actor_kind=actor.kind, actor=actor.id)[0]


def _send_receipt(case: Case, about_number: str, decision: Decision | None, answer_by: date, on: date) -> None:
    values: dict[str, Any] = {
        "case_number": case.number,
        "about_number": about_number,
        "asked_on": on,
        "answer_by": answer_by,
        "objection_runs": decision is not None and decision.objection_until >= on,
        "objection_until": decision.objection_until if decision else on,
    }
    send(case, "second_look_receipt", values, on=on, english={}, activity=ACTIVITY, key="receipt", package=GENERAL)


def _check_call(answer: str) -> None:
    if connection.in_atomic_block:
        raise RuntimeError("answer_second_look() reads through the gate: call it outside a transaction")
    if len(" ".join(answer.split())) < SHORTEST_ANSWER:
        raise OwnReasonsMissing(SHORTEST_ANSWER)


def answer_second_look(
    case: UUID, official: Official, answer: str, *, new_amount_eurocent: int | None = None, on: date
) -> Decision | None:
    """Explain, or correct a clear mistake: then a new decision takes the place of the old one.

    Args:
        answer: the official's own words, at least 20 characters.
        new_amount_eurocent: the whole amount of the new decision; None when the decision stands.

    Returns:
        The new decision, or None.

    Raises:
        SameOfficial, OwnReasonsMissing, AmountTooLow, BeyondMandate, CaseUnknown, StepNotPossible, AccessRefused.
        RuntimeError: called inside a transaction.
    """
    _check_call(answer)
    found = reads.second_look(case)
    ruling = _ruling(answer, new_amount_eurocent)
    _check(found, official, ruling, on)
    grounds = grounds_again(lists.case(found.about), official, on)
    with transaction.atomic():
        row = _locked(case)
        _check(row.to_term(), official, ruling, on)
        known = lists.case(case)
        decision = None
        values: dict[str, Any] = _answer_values(known, found, answer, ruling, official, on)
        if ruling is not None:
            against = reads.decision(UUID(str(found.decision)))
            paid = payable(ruling, reads.stands_as(against)[1])
            decision = new_decision(known, official, DecisionOutcome.REVISED, paid, on)
            values |= {"data_used": grounds.data, "articles": grounds.articles, "pay_by": decision.pay_by}
            values |= {"amount": paid or 0, "answered_on": found.asked_on}
            store_decision(known, row.person, decision, {**values, RECEIPT: grounds.receipt})
            store_review(decision, against, ruling, on, lists.case(found.about))
        _close(row, official, LookOutcome.REVISED if decision else LookOutcome.EXPLAINED, on)
        send(known, "second_look_answer", values, on=on, activity=ACTIVITY, key="answer", package=GENERAL)
        return decision


def _ruling(answer: str, amount: int | None) -> Ruling | None:
    return Ruling(DecisionOutcome.REVISED, answer, DecisionOutcome.GRANT, amount) if amount is not None else None


def _check(found: SecondLook, official: Official, ruling: Ruling | None, on: date) -> None:
    if found.state != CaseState.OPEN:
        raise StepNotPossible(found.number, found.state, "answering")
    check_official(found.number, official.id, {found.first_official} - {""})
    if ruling is None:
        return
    if found.decision is None:
        raise StepNotPossible(found.number, found.state, "revising: there is no decision;")
    outcome, amount = reads.stands_as(reads.decision(found.decision))
    check_new_decision(found.number, ruling, outcome, amount)
    check_power(found.service, ruling, official, on)


def _locked(case: UUID) -> models.SecondLook:
    models.Case.objects.select_for_update().filter(id=case).first()
    row = models.SecondLook.objects.select_related("case").filter(case_id=case).first()
    if row is None:
        raise CaseUnknown
    return row


def _close(row: models.SecondLook, official: Official, outcome: LookOutcome, on: date) -> None:
    row.outcome, row.answered_by = outcome.value, official.id
    row.save(update_fields=["outcome", "answered_by"])
    if outcome is LookOutcome.EXPLAINED:
        models.Case.objects.filter(id=row.case_id).update(state=CaseState.ANSWERED.value)
    record(row.case_id, EventKind.ANSWERED, on, "employee", official.id, code=outcome.value)


def _answer_values(
    case: Case, found: SecondLook, answer: str, ruling: Ruling | None, official: Official, on: date
) -> dict[str, Any]:
    amount = (ruling.new_amount_eurocent or 0) if ruling else 0
    still = found.objection_until is not None and found.objection_until >= on
    return {
        **made_known(official, on),
        "case_number": case.number,
        "about_number": lists.case(found.about).number,
        "asked_on": found.asked_on,
        "reasons": tuple(part.strip() for part in answer.splitlines() if part.strip()),
        "revised": ruling is not None,
        "new_amount": amount,
        "amount": 0,
        "outcome": f"U krijgt {euros(amount)}",
        "pay_by": on,
        "answered_on": found.asked_on,
        "objection_runs": still and ruling is None,
        "first_objection_until": found.objection_until or on,
        "articles": (),
        "data_used": (),
    }


def turn_into_objection(case: UUID, text: ObjectionText, *, actor: Actor, on: date) -> Objection:
    """Make an objection of a second look: when it was asked within the term, with the day of the question.

    Raises:
        CaseUnknown: not of this person.
        StepNotPossible: it was asked about something without a decision.
    """
    refuse_stranger(actor, reads.second_look(case).person, case, on=on)
    with transaction.atomic():
        row = _locked(case)
        if row.decision_id is None:
            raise StepNotPossible(row.case.number, row.case.state, "objecting: there is no decision;")
        objection = lodge(row.decision_id, row.person, text, actor=actor, on=on, received_on=row.case.opened_on)
        if row.objection_id is None:
            row.objection_id = objection.case
            if row.case.state == CaseState.OPEN:
                row.outcome = LookOutcome.OBJECTION.value
                models.Case.objects.filter(id=case).update(state=CaseState.ANSWERED.value)
            row.save(update_fields=["objection", "outcome"])
            record(case, EventKind.TURNED, on, actor.kind, actor.id)
        return objection
