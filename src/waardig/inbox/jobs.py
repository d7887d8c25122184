"""Delivering: what the worker does with the jobs of the outbox.

Digital: one row that says the message is published, in the worker's transaction. Paper: name and address are asked
at the moment of delivery under the activity `bericht.bezorgen`, the letter is printed to PDF and stored behind the
gate; the address stands nowhere else. What cannot be delivered is held for a person, never dropped.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.inbox import models
from waardig.inbox.actions import DOCUMENT_KIND, TOPIC_LETTER, TOPIC_PUBLISH, move
from waardig.inbox.adapters.typst import letter_pdf
from waardig.inbox.core.delivery import address_lines, administrator_lines, is_deceased
from waardig.inbox.core.letter import Letter
from waardig.inbox.queries import text_from_content, wanting_english
from waardig.inbox.terms import DeliveryState, EventKind, HeldReason, Reader, Sender
from waardig.kernel.clock import business_today
from waardig.kernel.declared import declaring, require
from waardig.logbook.queries import call_gate
from waardig.outbox.actions import each, enqueue
from waardig.outbox.terms import Failures, Handler, Handlers, Job, NewJob
from waardig.registers.actions import store_documents
from waardig.registers.queries import take, take_documents
from waardig.registers.terms import NewDocument, RegisterFact

ACTIVITY, FORGET = "bericht.bezorgen", "inbox.forget"
CEILING = "ceiling_reached"
PART = 500
WORKER = Actor("system", "inbox")
_OWN = frozenset({"brp.naam", "brp.adres", "brp.overlijdensdatum", "uitkeringen.bewindvoerder", DOCUMENT_KIND})
_REPRESENTATIVE = frozenset({"brp.naam", "brp.adres", "brp.overlijdensdatum", DOCUMENT_KIND})
_ADMINISTRATOR = frozenset({"brp.overlijdensdatum", "uitkeringen.bewindvoerder", DOCUMENT_KIND})


_READ_FOR = (
    (Reader.SELF, _OWN),
    (Reader.ADMINISTRATOR, _ADMINISTRATOR),
    (Reader.REPRESENTATIVE, _REPRESENTATIVE),
)


def handlers(sender: Callable[[], Sender]) -> Handlers:
    """The handlers of this room, for wiring.

    Args:
        sender: who sends, read from the municipality's content.
    """
    return {
        FORGET: each(_forget, inside=False, uses=declaring(ACTIVITY)),
        TOPIC_PUBLISH: Handler(publish, inside=True, uses=declaring()),
        TOPIC_LETTER: Handler(lambda jobs: deliver_letters(jobs, sender()), inside=False, uses=declaring(ACTIVITY)),
    }


def forget_daily(today: date) -> int:
    """Have what is past its term removed, once on this day; 0 when that was asked before."""
    return enqueue([NewJob(FORGET, today.isoformat())])


def forget(*, part: int = PART) -> tuple[int, int]:
    """Remove what messages without a case left behind past the published terms; gives how many proofs and messages.

    The proof of delivery (the steps, and the letter as it was printed) has the term of `bericht.bezorgen`, the message
    the term of its own activity. Counts stay and each is a line in the log of its recipient. Each part is a
    transaction of its own, so this may be killed and done again.

    Source: AVG article 5(1)(e); Awb 2:10.
    """
    return _forget_all("SELECT gate.forget_proofs(%s, %s::jsonb)", part), _forget_all(
        "SELECT gate.forget_messages(%s, %s::jsonb)", part
    )


def _forget_all(statement: str, part: int) -> int:
    require(ACTIVITY)
    asked = json.dumps({"activity": ACTIVITY, "actor": WORKER.as_json()})
    count, gone = 0, part
    while gone == part:
        ((gone,),) = cast("list[tuple[int]]", call_gate(statement, [part, asked]))
        count += gone
    return count


def _forget(_job: Job) -> None:
    forget()


def publish(jobs: Sequence[Job]) -> Failures:
    """Make digital messages visible in the box; a repeat changes nothing."""
    move(_pending(jobs), EventKind.PUBLISHED, on=business_today(), actor="system")
    return {}


def deliver_letters(jobs: Sequence[Job], sender: Sender) -> Failures:
    """Print letters and hand them to the print queue; those that cannot be delivered are held for a person."""
    with transaction.atomic():
        waiting = _pending(jobs)
    on = business_today()
    printed: list[_Printed] = []
    holds: dict[UUID, HeldReason] = {}
    for reader, attributes in _READ_FOR:
        rows = [row for row in waiting if row.message.reader == reader]
        for group in _askable(rows, attributes, on, holds):
            for row in group.rows:
                result = _prepare(row, group, sender, on)
                if isinstance(result, HeldReason):
                    holds[row.id] = result
                else:
                    printed.append(result)
    _keep(printed, holds, on)
    return {}


@dataclass(frozen=True)
class _Group:
    """Deliveries with what the gate gave for them."""

    rows: Sequence[models.Delivery]
    facts: Mapping[tuple[UUID, str], RegisterFact] = field(default_factory=dict)
    documents: Mapping[UUID, Any] = field(default_factory=dict)
    english: frozenset[UUID] = frozenset()

    def value(self, person: UUID, attribute: str) -> Any:
        """The value of a fact, or None when it is not known."""
        fact = self.facts.get((person, attribute))
        return fact.value if fact else None


@dataclass(frozen=True)
class _Printed:
    """A letter that was typeset, before it is stored."""

    delivery: UUID
    message: UUID
    person: UUID
    pdf: bytes

    @property
    def sha256(self) -> str:
        """Hash of the PDF, for the manifest of the print queue."""
        return hashlib.sha256(self.pdf).hexdigest()


def _pending(jobs: Sequence[Job]) -> list[models.Delivery]:
    """The deliveries of these jobs that still have to go out, locked."""
    ids = [UUID(job.payload["delivery"]) for job in jobs]
    rows = models.Delivery.objects.select_for_update(of=("self",)).select_related("message")
    return list(rows.filter(id__in=ids, state=DeliveryState.PENDING).order_by("id"))


def _askable(
    rows: Sequence[models.Delivery], attributes: frozenset[str], on: date, holds: dict[UUID, HeldReason]
) -> list[_Group]:
    """Ask the gate for all at once; when that is refused, one by one, so that one person does not stop the others."""
    if not rows:
        return []
    try:
        return [_taken(rows, attributes, on)]
    except AccessRefused as refused:
        if (
            refused.code == CEILING
        ):  # no fault of anybody: the job is tried again, and who looks after the queue sees it
            raise
        if len(rows) == 1:
            holds[rows[0].id] = HeldReason.ACCESS_REFUSED
            return []
        return [group for row in rows for group in _askable([row], attributes, on, holds)]


def _taken(rows: Sequence[models.Delivery], attributes: frozenset[str], on: date) -> _Group:
    persons = tuple(dict.fromkeys(one for row in rows for one in _concerned(row.message)))
    ticket = ask(Request(activity=ACTIVITY, attributes=attributes, persons=persons, actor=WORKER, as_of=on))
    facts = {
        (fact.person, fact.attribute): fact
        for fact in sorted(take(ticket), key=lambda fact: fact.valid_from or date.min)
        if (fact.valid_from is None or fact.valid_from <= on) and (fact.valid_to is None or fact.valid_to >= on)
    }
    english = wanting_english(row.message.recipient for row in rows if row.message.reader == Reader.SELF)
    return _Group(rows, facts, take_documents(ticket, [row.message_id for row in rows]), english)


def _concerned(message: models.Message) -> tuple[UUID, ...]:
    """About whom something is read to deliver it: who it is about, and of a copy who gets it."""
    if message.reader == Reader.REPRESENTATIVE:
        return message.about, message.recipient
    return (message.about,)


def _prepare(row: models.Delivery, group: _Group, sender: Sender, on: date) -> _Printed | HeldReason:
    """The printed letter, or why it cannot go out."""
    message = row.message
    address = _address(row, group, on)
    if isinstance(address, HeldReason):
        return address
    told = text_from_content(row.message_id, group.documents[row.message_id].content)
    letter = Letter(
        blocks=told.blocks,
        sender=sender,
        address=address,
        on=message.sent_on,
        language=told.language,
        large_print=row.large_print,
        answer_code=told.answer_code,
        english=told.english,
        wants_english=message.recipient in group.english,
    )
    return _Printed(row.id, row.message_id, message.about, letter_pdf(letter))


def _address(row: models.Delivery, group: _Group, on: date) -> tuple[str, ...] | HeldReason:
    person = row.message.about
    if is_deceased(group.value(person, "brp.overlijdensdatum"), on):
        return HeldReason.DECEASED
    if row.message.reader == Reader.REPRESENTATIVE:
        person = row.message.recipient
        if is_deceased(group.value(person, "brp.overlijdensdatum"), on):
            return HeldReason.DECEASED
    administrator = group.value(person, "uitkeringen.bewindvoerder")
    if row.message.reader == Reader.ADMINISTRATOR:
        return administrator_lines(administrator) or HeldReason.ADMINISTRATOR_ADDRESS_MISSING
    if administrator:
        return HeldReason.ADMINISTRATOR_APPEARED
    known = group.facts.get((person, "brp.adres"))
    if known is not None and known.under_investigation:
        return HeldReason.ADDRESS_DOUBTED
    lines = address_lines(group.value(person, "brp.naam"), known.value if known else None, row.message.language)
    return lines or HeldReason.ADDRESS_MISSING


def _keep(printed: Sequence[_Printed], holds: Mapping[UUID, HeldReason], on: date) -> None:
    """Store letters and steps in one transaction; a delivery that another worker handled meanwhile is left out."""
    with transaction.atomic():
        wanted = [letter.delivery for letter in printed] + list(holds)
        locked = models.Delivery.objects.select_for_update().filter(id__in=wanted, state=DeliveryState.PENDING)
        rows = {row.id: row for row in locked.order_by("id")}
        letters = [letter for letter in printed if letter.delivery in rows]
        if letters:
            _hand_over(letters, rows, on)
        for reason in sorted(set(holds.values())):
            held = [rows[identity] for identity, why in holds.items() if why == reason and identity in rows]
            move(held, EventKind.HELD, on=on, actor="system", code=reason)


def _hand_over(letters: Sequence[_Printed], rows: Mapping[UUID, models.Delivery], on: date) -> None:
    ids = {letter.delivery: uuid.uuid4() for letter in letters}
    manifest = "\n".join(sorted(f"{ids[letter.delivery]} {letter.sha256}" for letter in letters))
    batch = models.LetterBatch.objects.create(
        manifest_sha256=hashlib.sha256(manifest.encode()).hexdigest(), letters=len(letters)
    )
    store_documents(
        [
            NewDocument(
                id=ids[letter.delivery],
                person=letter.person,
                kind=DOCUMENT_KIND,
                content={"letter_of": str(letter.message), "sha256": letter.sha256},
                payload=letter.pdf,
            )
            for letter in letters
        ]
    )
    models.Letter.objects.bulk_create(
        models.Letter(id=ids[letter.delivery], delivery_id=letter.delivery, batch=batch, pdf_sha256=letter.sha256)
        for letter in letters
    )
    handed = [rows[letter.delivery] for letter in letters]
    move(handed, EventKind.HANDED_TO_PRINT, on=on, actor="system", code=batch.manifest_sha256[:16])
