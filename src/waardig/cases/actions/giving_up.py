"""Taking something back: an application before the decision, or granted money before it is paid.

Nobody has to say why. Both end the case; a new application stays possible.
Source: Awb 4:1 (who may apply may withdraw); the municipality's weighing (W10: nobody gets what they do not want).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.acting import note_outsider, refuse_outsider
from waardig.cases.actions.answering import parties_in
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import record
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind, CaseState, CaseUnknown, DecisionOutcome, EventKind, StepNotPossible
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers.terms import NewFact

WITHDRAWABLE = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND)
RECEIPT = "given_up"
CANCEL_PAYMENT = "payments.cancel"
"""Topic of the outbox: the money of this decision is not wanted, so it is not paid."""


def withdraw(case: UUID, *, actor: Actor, on: date) -> Case:
    """Take an application back before it is decided; with a receipt.

    Raises:
        CaseUnknown, StepNotPossible: no application of theirs that waits for a decision.
    """
    refuse_outsider(actor, case, on=on)
    with transaction.atomic():
        row = _locked(case)
        if row.kind != CaseKind.APPLICATION or row.state not in WITHDRAWABLE:
            raise StepNotPossible(row.number, row.state, "withdrawing")
        note_outsider(case, "trok de aanvraag voor u in", actor)
        return _end(row, CaseState.WITHDRAWN, EventKind.WITHDRAWN, actor, on)


def waive(case: UUID, *, actor: Actor, on: date) -> Case:
    """Give up a granted amount before it is paid: the payment is cancelled, and the grant no longer counts as had.

    Raises:
        CaseUnknown, StepNotPossible: nothing was granted, it was given up before, or it should have been paid by now.
    """
    refuse_outsider(actor, case, on=on)
    with transaction.atomic():
        row = _locked(case)
        decision = models.Decision.objects.filter(case_id=case, outcome=DecisionOutcome.GRANT.value).first()
        is_late = decision is not None and decision.pay_by is not None and on > decision.pay_by
        if row.state != CaseState.DECIDED or decision is None or is_late:
            raise StepNotPossible(row.number, row.state, "giving up what was granted")
        known = _end(row, CaseState.WAIVED, EventKind.WAIVED, actor, on)
        note_outsider(case, "zag voor u af van het geld", actor)
        _forget_grant(known, on)
        outbox.enqueue([NewJob(CANCEL_PAYMENT, str(decision.id), {"decision": str(decision.id)})])
        return known


def _locked(case: UUID) -> models.Case:
    row = models.Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise CaseUnknown
    return row


def _end(row: models.Case, state: CaseState, kind: EventKind, actor: Actor, on: date) -> Case:
    row.state = state.value
    row.save(update_fields=["state"])
    known = row.to_term(parties_in(row))
    record(row.id, kind, on, actor.kind, actor.id)
    values = {"case_number": known.number, "given_up_on": on, "waived": state is CaseState.WAIVED}
    activity = content.service_of(known.service).application_activity
    send(known, RECEIPT, values, on=on, english={}, activity=activity, key=kind.value)
    return known


def _forget_grant(case: Case, on: date) -> None:
    """From today the administration does not say any more that they had it, so that they can still apply."""
    attribute = content.service_of(case.service).last_grant.attribute
    source = f"afgezien bij {case.number}"
    registers.store_facts([NewFact(one, attribute, None, on, established_on=on, source=source) for one in case.persons])
