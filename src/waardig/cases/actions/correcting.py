"""Klopt dit niet? A report about one value: frozen, forwarded to the holder, answered by a person.

Source: AVG art. 16 and 18; Wet BRP art. 2.58; reference data says five working days for an answer.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor, Request, Ticket
from waardig.cases import models
from waardig.cases.actions.deciding import made_known
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import open_cases, record
from waardig.cases.core import statutory
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
    CaseKind,
    CaseState,
    Correction,
    EventKind,
    NewCase,
    Official,
    OwnReasonsMissing,
    Party,
    StepNotPossible,
)
from waardig.catalogue import queries as catalogue
from waardig.kernel.content import content_roots
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers import queries as facts
from waardig.registers.terms import NewDocument, Value

FORWARD = "cases.forward"
ACTIVITY = "correctie"
DOCUMENT = "cases.melding"
GENERAL = "individuele_inkomenstoeslag"
WORKING_DAYS = 5
SHORTEST_ANSWER = 20


def report_wrong(
    person: UUID, attribute: str, fact: UUID | None, *, should_be: str, explanation: str, actor: Actor, on: date
) -> Correction:
    """Open a correction: the value is marked as under investigation and nothing adverse is decided with it.

    The gate is asked first; then one transaction: case, text behind the gate, mark on the fact, receipt, job for the
    holder.

    Args:
        fact: the register fact that is doubted, None when nothing is known and that is what is wrong.

    Raises:
        AccessRefused: the value is not this reader's to correct.
    """
    ticket = _ticket(person, attribute, actor, on)
    holder = facts.declarations(content_roots()).holder_of(attribute)
    here = catalogue.municipality()
    with transaction.atomic():
        case = open_cases(
            [
                NewCase(
                    key=f"correction:{uuid4()}",
                    kind=CaseKind.CORRECTION,
                    state=CaseState.OPEN,
                    service=GENERAL,
                    parties=(Party(person, "subject"),),
                    opened_on=on,
                    team=holder.id,
                )
            ],
            prefix=here.case_prefix,
            actor_kind=actor.kind,
            actor=actor.id,
        )[0]
        found = Correction(
            case, person, attribute, fact, holder.id, statutory.working_days_after(content.book(), on, WORKING_DAYS)
        )
        models.Correction.objects.create(
            case_id=case.id, person=person, attribute=attribute, fact=fact, holder=holder.id, answer_by=found.answer_by
        )
        words = {"attribute": attribute, "should_be": should_be, "explanation": explanation}
        registers.store_documents([NewDocument(id=case.id, person=person, kind=DOCUMENT, content=words)])
        if fact is not None:
            registers.mark_under_investigation(ticket, fact, reason="melding van de inwoner", case=case.id)
        label = facts.declarations(content_roots()).attribute(attribute).label
        values = {
            "case_number": case.number,
            "attribute": f"{label.nl.lower()}",
            "reported_on": on,
            "answer_by": found.answer_by,
            "holder": holder.name.nl,
            "freezes": True,
        }
        send(case, "correction_receipt", values, on=on, activity="correctie", key="receipt")
        outbox.enqueue([NewJob(topic=FORWARD, key=str(case.id), payload={"case": str(case.id)})])
    return found


def _ticket(person: UUID, attribute: str, actor: Actor, on: date, case: UUID | None = None) -> Ticket:
    return access.ask(
        Request(ACTIVITY, frozenset({attribute}), (person,), actor, on, case=case, name="een gegeven laten verbeteren")
    )


def answer_correction(
    case: UUID, official: Official, *, upheld: bool, corrected: Value = None, answer: str, on: date
) -> None:
    """Answer a correction: the mark goes from the value and the resident hears what was done.

    Args:
        upheld: the value was wrong and `corrected` takes its place over the same spell.
        answer: the official's own words to the resident, at least 20 characters.

    Raises:
        CaseUnknown, StepNotPossible, OwnReasonsMissing.
    """
    if len(" ".join(answer.split())) < SHORTEST_ANSWER:
        raise OwnReasonsMissing(SHORTEST_ANSWER)
    found = lists.correction(case)
    actor = Actor("employee", official.id, official.role)
    ticket = _ticket(found.person, found.attribute, actor, on, case=case)
    with transaction.atomic():
        row = models.Case.objects.select_for_update().get(id=case)
        if row.state != CaseState.OPEN:
            raise StepNotPossible(row.number, row.state, "answering")
        row.state = CaseState.ANSWERED.value
        row.save(update_fields=["state"])
        if found.fact is not None and upheld:
            registers.replace_fact(
                ticket, found.fact, corrected, attribute=found.attribute, reason="melding gegrond", case=case
            )
        elif found.fact is not None:
            registers.confirm_fact(ticket, found.fact, reason="melding niet gegrond", case=case)
        record(case, EventKind.ANSWERED, on, "employee", official.id, code="upheld" if upheld else "stands")
        label = facts.declarations(content_roots()).attribute(found.attribute).label
        values = {
            "case_number": found.case.number,
            "attribute": label.nl.lower(),
            "reported_on": found.case.opened_on,
            "changed": upheld,
            "explanation": (answer,),
            **made_known(official, on),
        }
        send(found.case, "correction_answer", values, on=on, activity="correctie", key="answer")
