"""Writes of contact: ask to be called, ask about a use, record what was agreed, close with an outcome. Door.

Each is one transaction: row, words behind the gate, line in the log, message. Source: Awb 2:1 (help), AVG art. 12.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases.queries import book, working_days_after
from waardig.catalogue.queries import municipality
from waardig.contact import models
from waardig.contact.queries import DOCUMENT, TOLD_AFTER, answer_id, request
from waardig.contact.terms import AnswerTooShort, ContactRequest, Kind, Outcome, RequestClosed, RequestUnknown, When
from waardig.inbox import queries as inbox
from waardig.inbox.actions import send_messages
from waardig.inbox.terms import NewMessage
from waardig.kernel.declared import require
from waardig.logbook.actions import write_lines
from waardig.logbook.queries import call_gate
from waardig.logbook.terms import NewLine
from waardig.registers.actions import store_documents
from waardig.registers.terms import NewDocument

ACTIVITY = "contact.verzoek"
MANDATES = "machtiging.beheren"
GENERAL = "_algemeen"
CALL_WITHIN = 2
ANSWER_WITHIN = 10
SHORTEST_ANSWER = 20
PART = 100
_ASKED = {
    Kind.CALL_BACK: "u vroeg om teruggebeld te worden",
    Kind.QUESTION: "u vroeg iets over het gebruik van uw gegevens",
    Kind.NOTE: "legde vast wat er met u is afgesproken",
}


def ask_call_back(person: UUID, *, phone: str, when: When, actor: Actor, on: date) -> ContactRequest:
    """Ask to be called within two working days; asking again while one waits gives that one."""
    return _open(Kind.CALL_BACK, person, {"phone": phone, "when": when.value}, actor, on)


def ask_question(person: UUID, *, line: str, question: str, actor: Actor, on: date) -> ContactRequest:
    """Ask about one use of one's data; a named officer answers within ten working days. Once for each use."""
    return _open(Kind.QUESTION, person, {"text": question}, actor, on, line=line)


def write_note(person: UUID, *, text: str, actor: Actor, on: date) -> ContactRequest:
    """Keep what was agreed at the counter or on the phone, in words that the resident reads too."""
    return _open(Kind.NOTE, person, {"text": text}, actor, on)


def _open(kind: Kind, person: UUID, words: dict[str, str], actor: Actor, on: date, *, line: str = "") -> ContactRequest:
    here = municipality()
    with transaction.atomic():
        there = _there(kind, person, line)
        if there is not None:
            return there.to_term(here.case_prefix)
        last = models.Request.objects.select_for_update().filter(year=on.year).order_by("-serial").first()
        is_note = kind is Kind.NOTE
        row = models.Request(
            id=UUID(int=uuid.uuid4().int & ~1),  # even, so that the answer has the odd id beside it
            serial=(last.serial if last else 0) + 1,
            year=on.year,
            kind=kind.value,
            person=person,
            asked_on=on,
            due_on=on
            if is_note
            else working_days_after(book(), on, CALL_WITHIN if kind is Kind.CALL_BACK else ANSWER_WITHIN),
            officer=actor.id if is_note else here.contact_person,
            line=line,
            outcome=Outcome.AGREED.value if is_note else Outcome.OPEN.value,
            closed_on=on if is_note else None,
        )
        row.save(force_insert=True)
        store_documents([NewDocument(id=row.id, person=person, kind=DOCUMENT, content=words)])
        write_lines([NewLine(ACTIVITY, person, _ASKED[kind], actor=actor)])
    return row.to_term(here.case_prefix)


def _there(kind: Kind, person: UUID, line: str) -> models.Request | None:
    rows = models.Request.objects.select_for_update().filter(person=person, kind=kind.value)
    if kind is Kind.CALL_BACK:
        return rows.filter(outcome=Outcome.OPEN).first()
    return rows.filter(line=line).first() if kind is Kind.QUESTION else None


def close_call_back(identity: UUID, *, reached: bool, actor: Actor, on: date) -> ContactRequest:
    """Record whether the resident was reached; they see it on their page.

    Raises:
        RequestUnknown, RequestClosed.
    """
    outcome = Outcome.REACHED if reached else Outcome.NOT_REACHED
    name = "belde u terug" if reached else "belde u, maar kreeg u niet te pakken"
    with transaction.atomic():
        row = _locked(identity, Kind.CALL_BACK)
        _close(row, outcome, actor, on, name)
    return row.to_term(municipality().case_prefix)


def answer_question(identity: UUID, *, answer: str, actor: Actor, on: date) -> ContactRequest:
    """Answer a question about a use in own words; the resident gets it as a message.

    Raises:
        RequestUnknown, RequestClosed, AnswerTooShort.
    """
    said = answer.strip()
    if len(said) < SHORTEST_ANSWER:
        raise AnswerTooShort(SHORTEST_ANSWER)
    found = request(identity)
    with transaction.atomic():
        row = _locked(identity, Kind.QUESTION)
        _close(row, Outcome.ANSWERED, actor, on, "beantwoordde uw vraag")
        store_documents([NewDocument(id=answer_id(row.id), person=row.person, kind=DOCUMENT, content={"answer": said})])
        values = {"asked_on": row.asked_on, "answer": tuple(_lines(said)), "case_number": found.number}
        write(row.person, "question_answer", values, key=f"question:{row.id}", on=on, activity=ACTIVITY)
    return row.to_term(municipality().case_prefix)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _locked(identity: UUID, kind: Kind) -> models.Request:
    row = models.Request.objects.select_for_update().filter(id=identity, kind=kind.value).first()
    if row is None:
        raise RequestUnknown
    if row.outcome != Outcome.OPEN:
        raise RequestClosed(row.to_term(municipality().case_prefix).number)
    return row


def _close(row: models.Request, outcome: Outcome, actor: Actor, on: date, name: str) -> None:
    row.outcome, row.closed_on, row.closed_by = outcome.value, on, actor.id
    row.save(update_fields=["outcome", "closed_on", "closed_by"])
    write_lines([NewLine(ACTIVITY, row.person, name, actor=actor)])


def forget(on: date) -> int:
    """Remove requests past the term of `contact.verzoek`, and children whom nobody has to tell anything any more.

    The database takes the term from what was published and writes a line a person; counts stay. Each part is a
    transaction of its own, so this may be killed and done again. Gives how many requests went.
    """
    models.Child.objects.filter(turns_on__lte=on - TOLD_AFTER).delete()
    require(ACTIVITY)
    asked = json.dumps({"activity": ACTIVITY, "actor": Actor("system", "contact").as_json()})
    count, part = 0, PART
    while part == PART:
        ((part,),) = cast("list[tuple[int]]", call_gate("SELECT gate.forget_requests(%s, %s::jsonb)", [PART, asked]))
        count += part
    return count


def forget_mandates() -> int:
    """Remove mandates that ended longer ago than the term of `machtiging.beheren`; gives how many.

    The database takes the term from what was published, writes a line for both people and keeps the counts. Each part
    is a transaction of its own, so this may be killed and done again.

    Source: AVG article 5(1)(e).
    """
    require(MANDATES)
    asked = json.dumps({"activity": MANDATES, "actor": Actor("system", "contact").as_json()})
    count, part = 0, PART
    while part == PART:
        ((part,),) = cast("list[tuple[int]]", call_gate("SELECT gate.forget_mandates(%s, %s::jsonb)", [PART, asked]))
        count += part
    return count


def note_child(child: UUID, parent: UUID, turns_on: date) -> None:
    """Remember that a parent uses authority over a child, so that both hear before it ends."""
    models.Child.objects.get_or_create(child=child, parent=parent, defaults={"turns_on": turns_on})


def write(
    recipient: UUID,
    template: str,
    values: Mapping[str, Any],
    *,
    key: str,
    on: date,
    activity: str = MANDATES,
    english: Mapping[str, Any] | None = None,
) -> None:
    """Send one message of this room to a person about themself; the same key again sends nothing.

    Args:
        english: the values that are words, in English; None when there is no English of them.
    """
    filled = inbox.filled(GENERAL, template, {**_municipal("nl"), **values})
    beside = None
    if english is not None and inbox.wanting_english([recipient]):
        beside = inbox.filled_in_english(GENERAL, template, {**_municipal("en"), **values, **english})
    message = NewMessage(
        recipient=recipient,
        about=recipient,
        message_type=filled.message_type,
        template=filled.template,
        service=GENERAL,
        activity=activity,
        subject=filled.subject,
        blocks=filled.blocks,
        key=key,
        english=beside,
    )
    with transaction.atomic():
        send_messages([message], on=on)


def _municipal(language: Literal["nl", "en"]) -> dict[str, Any]:
    """What every message of this room may say of the municipality."""
    here = municipality()
    official = here.officials[here.contact_person]
    return {
        "municipality": here.name,
        "phone": here.phone,
        "desk": getattr(here.visit.place, language),
        "team": getattr(here.teams[official.team].name, language),
        "employee": official.name,
    }
