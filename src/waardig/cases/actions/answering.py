"""The resident's answer to a proposal: yes is an application on that day (Awb 1:3 lid 3, 4:1); no changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import record
from waardig.cases.core import statutory
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind, CaseState, CaseUnknown, Declaration, EventKind, StepNotPossible
from waardig.kernel.money import euros
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers.terms import NewFact, Value

ANSWERABLE = (CaseState.PROPOSED, CaseState.DECLINED, CaseState.LAPSED)
ASSESS = "cases.assess"
DECLARED = "opgave."


def apply(case: UUID, declaration: Declaration, *, actor: Actor, on: date) -> Case:
    """Turn a proposal into an application of today, with a receipt; what was declared is kept behind the gate.

    One transaction: application, declared facts, receipt with its log line, and the job that lets the law run again.

    Args:
        actor: the resident, the administrator, or the employee at the counter who records it.

    Raises:
        CaseUnknown, StepNotPossible (already answered yes).
    """
    with transaction.atomic():
        row = _locked(case)
        if row.state not in ANSWERABLE or row.kind != CaseKind.PROPOSAL:
            raise StepNotPossible(row.number, row.state, "applying")
        applied_on = _yes_since_a_no(case) or on
        last_day = statutory.decide_by(content.book(), applied_on)
        row.kind, row.state = CaseKind.APPLICATION.value, CaseState.RECEIVED.value
        row.applied_on, row.decide_by = applied_on, last_day
        row.save(update_fields=["kind", "state", "applied_on", "decide_by"])
        known = row.to_term(_parties(row))
        record(case, EventKind.APPLIED, on, actor.kind, actor.id)
        if declaration.something_wrong:
            record(case, EventKind.SOMETHING_WRONG, on, actor.kind, actor.id)
        registers.store_facts(_declared(known, declaration, on))
        send(known, "receipt", _receipt(known, declaration), on=on, activity="iit.aanvraag", key="receipt")
        outbox.enqueue([NewJob(topic=ASSESS, key=str(case), payload={"case": str(case)})])
    return known


def say_yes(case: UUID, *, actor: Actor, on: date) -> date:
    """Keep the day of the yes: it stays the day of the application, also when the questions are answered later.

    Returns:
        The day that counts: of the first yes since a no.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    with transaction.atomic():
        row = _locked(case)
        if row.state not in ANSWERABLE or row.kind != CaseKind.PROPOSAL:
            raise StepNotPossible(row.number, row.state, "saying yes")
        said = _yes_since_a_no(case)
        if said is None:
            record(case, EventKind.SAID_YES, on, actor.kind, actor.id)
        return said or on


def _yes_since_a_no(case: UUID) -> date | None:
    said: date | None = None
    for event in models.CaseEvent.objects.filter(case_id=case).order_by("id"):
        if event.kind == EventKind.DECLINED:
            said = None
        elif event.kind == EventKind.SAID_YES and said is None:
            said = event.on
    return said


def declare(case: Case, values: Mapping[str, Value], *, on: date) -> None:
    """Keep answers of a declaration that is not sent yet, behind the gate, so that somebody can stop and go on later.

    Args:
        values: by name without the register, for example {"vermogen": 120000}; None = "I do not know".
    """
    with transaction.atomic():
        registers.store_facts([_fact(case, f"{DECLARED}{name}", value, on) for name, value in values.items()])


def decline(case: UUID, *, actor: Actor, on: date, never_again: bool) -> Case:
    """Record a no. With `never_again` the household's applicant gets no proposals any more until they say otherwise.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    with transaction.atomic():
        row = _locked(case)
        if row.state not in (CaseState.PROPOSED, CaseState.LAPSED, CaseState.DECLINED):
            raise StepNotPossible(row.number, row.state, "declining")
        row.state = CaseState.DECLINED.value
        row.save(update_fields=["state"])
        known = row.to_term(_parties(row))
        record(case, EventKind.DECLINED, on, actor.kind, actor.id, code="never" if never_again else "now")
        if never_again:
            access.opt_out(known.applicant, known.service, actor=actor, on=on)
    return known


def _locked(case: UUID) -> models.Case:
    row = models.Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise CaseUnknown
    return row


def _parties(row: models.Case) -> Any:
    from waardig.cases.queries.lists import parties_of

    return parties_of([row.id])[row.id]


def _declared(case: Case, declaration: Declaration, on: date) -> list[NewFact]:
    values: Mapping[str, Value] = {
        "opgave.vermogen": declaration.wealth_eurocent,
        "opgave.iban": declaration.iban,
        "opgave.huishouden_klopt": declaration.household_unchanged,
        "opgave.huishouden": declaration.household_note or None,
        "opgave.opmerking": declaration.something_wrong or None,
    }
    return [_fact(case, attribute, value, on) for attribute, value in values.items()]


def _fact(case: Case, attribute: str, value: Value, on: date) -> NewFact:
    return NewFact(
        person=case.applicant,
        attribute=attribute,
        value=value,
        valid_from=on,
        established_on=on,
        holder="inkomen",
        source=source_of(case.number),
    )


def source_of(number: str) -> str:
    """The source under which the declaration of a case is kept."""
    return f"opgave bij {number}"


def _receipt(case: Case, declaration: Declaration) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "answered_on": case.applied_on,
        "decide_by": case.decide_by,
        "something_wrong": bool(declaration.something_wrong),
        "declared": declared_sentences(declaration),
    }


def declared_sentences(declaration: Declaration) -> tuple[str, ...]:
    """A copy of what was declared, in sentences (Awb 4:3a)."""
    household = "Met wie u woont, klopt." if declaration.household_unchanged else "Met wie u woont, is veranderd."
    wealth = (
        "Hoeveel spaargeld u hebt, weet u niet."
        if declaration.wealth_eurocent is None
        else f"Uw spaargeld is {euros(declaration.wealth_eurocent)}."
    )
    account = f"Uw rekening eindigt op {declaration.iban.replace(' ', '')[-4:]}."
    written = [declaration.household_note] if declaration.household_note else []
    wrong = [f"Volgens u klopt dit niet: {declaration.something_wrong}"] if declaration.something_wrong else []
    return (household, *written, wealth, account, *wrong)
