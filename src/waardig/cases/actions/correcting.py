"""Klopt dit niet? A report about one value: frozen, forwarded to the holder, answered by a person.

Source: AVG art. 16 and 18; Wet BRP art. 2.58; reference data says five working days for an answer.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from waardig.access import actions as access
from waardig.access.terms import Actor, Request, Ticket
from waardig.cases import models
from waardig.cases.actions.answering import ASSESS
from waardig.cases.actions.answers import decide_answer
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import open_cases, record
from waardig.cases.actions.settling import made_known
from waardig.cases.core import statutory
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
    Case,
    CaseKind,
    CaseState,
    Correction,
    EventKind,
    Lane,
    NewCase,
    Official,
    OwnReasonsMissing,
    Party,
    StepNotPossible,
)
from waardig.cases.terms.objections import Channel
from waardig.catalogue import queries as catalogue
from waardig.kernel.bilingual import Bilingual
from waardig.logbook.terms import GateRefused
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers import queries as facts
from waardig.registers.terms import NewDocument, NewFact, Value

FORWARD = "cases.forward"
ACTIVITY = "correctie"
AT_THE_COUNTER = "loket.melding"
DOCUMENT = "cases.melding"
WORKING_DAYS = 5
SHORTEST_ANSWER = 20


def report_wrong(
    person: UUID,
    attribute: str,
    fact: UUID | None,
    *,
    should_be: str,
    explanation: str,
    actor: Actor,
    on: date,
    channel: Channel = Channel.PORTAL,
) -> Correction:
    """Open a correction: the value is marked as under investigation and nothing adverse is decided with it.

    The gate is asked first; then one transaction: case, text behind the gate, mark on the fact, receipt, job for the
    holder. Prepared grants of this person go back to a person at the desk. The same report while the first one is open
    gives that one.

    Args:
        fact: the register fact that is doubted, None when nothing is known and that is what is wrong.
        actor: the resident, who helps or represents them, or the employee at the counter who records it for them.

    Raises:
        AccessRefused: the value is not this reader's to correct, or this employee does not work at the counter.
    """
    activity = AT_THE_COUNTER if actor.kind == "employee" else ACTIVITY
    ticket = _ticket(person, attribute, actor, on, activity=activity)
    with transaction.atomic():
        return start_looking(ticket, person, attribute, fact, (should_be, explanation), actor, on, code=channel.value)


def start_looking(
    ticket: Ticket,
    person: UUID,
    attribute: str,
    fact: UUID | None,
    said: tuple[str, str],
    actor: Actor,
    on: date,
    *,
    code: str,
    reader: str = "",
) -> Correction:
    """Open a report for the holder, mark the value, hold back what is being decided; joins the caller's transaction.

    Args:
        said: what it should be, and the explanation.
        code: by which way it came in, for its first event.
        reader: who reads its letters, when that does not follow from the actor.
    """
    _one_at_a_time(person)
    there = [one for one in lists.corrections_of(person, only_open=True) if one.attribute == attribute]
    if found := next((one for one in there if one.fact == fact), None):
        return found
    _hold_back(person, on)
    found = _open(person, attribute, fact, actor, on, code, reader)
    words = {"attribute": attribute, "should_be": said[0], "explanation": said[1]}
    registers.store_documents([NewDocument(id=found.case.id, person=person, kind=DOCUMENT, content=words)])
    if fact is not None:
        registers.mark_under_investigation(ticket, fact, reason="melding van de inwoner", case=found.case.id)
    _send_receipt(found, on)
    outbox.enqueue([NewJob(topic=FORWARD, key=str(found.case.id), payload={"case": str(found.case.id)})])
    return found


def _one_at_a_time(person: UUID) -> None:
    """Two reports of one person at the same moment wait for each other, so that sending twice gives one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('cases.correction:' || %s, 0))", [str(person)])


def _hold_back(person: UUID, on: date) -> None:
    """Lock what is being decided about this person; a prepared grant with a doubted value goes to a person.

    The lock comes before the report is stored: an official who decides at this moment is either done before it, or
    waits and then sees it.
    """
    ids = lists.running_applications([person])
    for row in models.Case.objects.select_for_update().filter(id__in=ids).order_by("id"):
        if row.state == CaseState.PREPARED:
            row.state = CaseState.BY_HAND.value
            row.save(update_fields=["state"])
            _doubt(row.id)
            record(row.id, EventKind.SOMETHING_WRONG, on, "system", "cases", code="correction_open")


def _doubt(case: UUID) -> None:
    assessed = models.Assessment.objects.get(case_id=case)
    assessed.lane, assessed.reasons = Lane.BY_HAND.value, [*assessed.reasons, "something_wrong"]
    assessed.save(update_fields=["lane", "reasons"])


def _open(
    person: UUID,
    attribute: str,
    fact: UUID | None,
    actor: Actor,
    on: date,
    code: str = Channel.PORTAL.value,
    reader: str = "",
) -> Correction:
    holder = facts.declared().holder_of(attribute)
    new = NewCase(
        key=f"correction:{uuid4()}",
        kind=CaseKind.CORRECTION,
        state=CaseState.OPEN,
        service=_service_of(person),
        parties=(Party(person, "subject"),),
        opened_on=on,
        team=holder.id,
        reader=reader or ("administrator" if actor.kind == "organisation" else "self"),
        code=code,
    )
    prefix = catalogue.municipality().case_prefix
    case = open_cases([new], prefix=prefix, actor_kind=actor.kind, actor=actor.id)[0]
    answer_by = statutory.working_days_after(content.book(), on, WORKING_DAYS)
    models.Correction.objects.create(
        case_id=case.id, person=person, attribute=attribute, fact=fact, holder=holder.id, answer_by=answer_by
    )
    return Correction(case, person, attribute, fact, holder.id, answer_by)


def _service_of(person: UUID) -> str:
    """The service whose words the letters use: of the person's newest case, otherwise the first there is."""
    known = lists.cases_of(person)
    return known[0].service if known else catalogue.services()[0].id


def _send_receipt(found: Correction, on: date) -> None:
    holder, label = facts.declared().holder_of(found.attribute), _label(found.attribute)
    values = {
        "case_number": found.case.number,
        "attribute": label.nl.lower(),
        "reported_on": found.case.opened_on,
        "answer_by": found.answer_by,
        "holder": holder.name.nl,
        "freezes": True,
    }
    english = {"attribute": label.en.lower(), "holder": holder.name.en}
    send(found.case, "correction_receipt", values, on=on, activity=ACTIVITY, key="receipt", english=english)


def _label(attribute: str) -> Bilingual:
    return facts.declared().attribute(attribute).label


def _ticket(
    person: UUID, attribute: str, actor: Actor, on: date, *, case: UUID | None = None, activity: str = ACTIVITY
) -> Ticket:
    name = (
        "schreef voor u op dat een gegeven niet klopt" if activity == AT_THE_COUNTER else "een gegeven laten verbeteren"
    )
    return access.ask(Request(activity, frozenset({attribute}), (person,), actor, on, case=case, name=name))


def answer_correction(
    case: UUID, official: Official, *, upheld: bool, corrected: Value = None, answer: str, on: date
) -> None:
    """Answer a correction: the mark goes from the value, the resident hears what was done, and the law runs again.

    Applications of this person that wait for a decision are assessed anew, each on its own day, so that the official
    who decides sees the outcome with the answer.

    Args:
        upheld: the value was wrong and `corrected` takes its place over the same spell; where nothing was known it is
            kept from the day of the first application that waits, otherwise from the day of the report.
        answer: the official's own words to the resident, at least 20 characters.

    Raises:
        CaseUnknown, StepNotPossible, OwnReasonsMissing.
        GateRefused: upheld, but the value was replaced in the register meanwhile.
        WrongValue: `corrected` does not fit the attribute.
    """
    if len(" ".join(answer.split())) < SHORTEST_ANSWER:
        raise OwnReasonsMissing(SHORTEST_ANSWER)
    found = lists.correction(case)
    if found.case.state is not CaseState.OPEN:
        raise StepNotPossible(found.case.number, found.case.state, "answering")
    actor = Actor("employee", official.id, official.role)
    ticket = _ticket(found.person, found.attribute, actor, on, case=case)
    with transaction.atomic():
        row = models.Case.objects.select_for_update().get(id=case)
        if row.state != CaseState.OPEN:
            raise StepNotPossible(row.number, row.state, "answering")
        row.state = CaseState.ANSWERED.value
        row.save(update_fields=["state"])
        _settle_value(ticket, found, corrected, upheld=upheld, on=on)
        decide_answer(found, official, answer, upheld=upheld, on=on)
        record(case, EventKind.ANSWERED, on, "employee", official.id, code="upheld" if upheld else "stands")
        values = {**_answered(found, answer, upheld=upheld), **made_known(official, on)}
        send(found.case, "correction_answer", values, on=on, activity=ACTIVITY, key="answer")
        assess_again(found.person, case)


def _answered(found: Correction, answer: str, *, upheld: bool) -> dict[str, Any]:
    """What the resident reads of the answer."""
    return {
        "case_number": found.case.number,
        "attribute": _label(found.attribute).nl.lower(),
        "reported_on": found.case.opened_on,
        "changed": upheld,
        "explanation": (answer,),
    }


def _settle_value(ticket: Ticket, found: Correction, corrected: Value, *, upheld: bool, on: date) -> None:
    if found.fact is None:
        if upheld and corrected is not None:
            keep_value(found, corrected, source=f"melding {found.case.number}", on=on)
    elif upheld:
        replace_value(ticket, found, found.fact, corrected, reason="melding gegrond", case=found.case.id)
    else:
        with suppress(GateRefused), transaction.atomic():  # the register replaced the value itself meanwhile
            registers.confirm_fact(ticket, found.fact, reason="melding niet gegrond", case=found.case.id)


def keep_value(found: Correction, value: Value, *, source: str, on: date) -> None:
    """Keep what was not known, from the day of the first application that waits, or from the day of the report."""
    since = min([one.applied_on or on for one in _waiting(found.person)], default=found.case.opened_on)
    registers.store_facts([NewFact(found.person, found.attribute, value, since, established_on=on, source=source)])


def replace_value(ticket: Ticket, found: Correction, fact: UUID, value: Value, *, reason: str, case: UUID) -> None:
    """Put another value over the same spell, and remember which one that is: an objection may be about it."""
    standing = registers.replace_fact(ticket, fact, value, attribute=found.attribute, reason=reason, case=case)
    models.Correction.objects.filter(case_id=found.case.id).update(replaced_by=standing)


def _waiting(person: UUID) -> tuple[Case, ...]:
    return tuple(lists.case(one) for one in lists.running_applications([person]))


def assess_again(person: UUID, because: UUID) -> None:
    """Let the law run again for the applications that wait, once per answer or objection."""
    ids = lists.running_applications([person])
    rows = models.Case.objects.select_for_update().filter(id__in=ids).order_by("id")
    again = [row for row in rows if row.state in (CaseState.PREPARED, CaseState.BY_HAND)]
    for row in again:
        row.state = CaseState.RECEIVED.value
        row.save(update_fields=["state"])
    outbox.enqueue([NewJob(ASSESS, f"{row.id}:{because}", {"case": str(row.id)}) for row in again])
