"""Sending: message, gated text, delivery, job, event and log line in the caller's transaction; always all or none.

Delivering stands in jobs.py; opening, releasing and preferences stand here.
Source: Awb 2:8 (consent per type of message), 2:10 (proof of sending and consultation).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django.db import connection, transaction

from waardig.inbox import models
from waardig.inbox.core.blocks import Data, blocks_to_data, content_sha256, data_sha256
from waardig.inbox.core.delivery import channel_for, step
from waardig.inbox.core.reuse import Reuse
from waardig.inbox.queries import answer_code_mac, preferences_of, wanting_large_print
from waardig.inbox.terms import (
    Channel,
    DeliveryState,
    EventKind,
    HeldReason,
    KeyReused,
    Language,
    MessageUnknown,
    NewMessage,
    NotInTransaction,
    Preference,
    Reader,
    SentMessage,
    TooMany,
)
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.copied_rows import copy_rows
from waardig.logbook.actions import link_lines, write_lines
from waardig.logbook.terms import Actor, LineRef, NewLine, NewLink
from waardig.mandates import queries as mandates
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.registers.actions import store_documents
from waardig.registers.terms import NewDocument

TOPIC_PUBLISH = "inbox.publish"
TOPIC_LETTER = "inbox.letter"
TOPIC_HELPER = "inbox.helper"
"""Outbox topic: a message came for somebody who is helped with this service. Payload: message, mandate."""
ABOUT_MANDATES = "machtiging.beheren"
"""What is written about a mandate goes to each of the two by a message of their own."""
DOCUMENT_KIND = "inbox.bericht"
MOST_IN_ONE_CALL = 500


def send_messages(messages: Sequence[NewMessage], *, on: date) -> list[SentMessage]:
    """Send messages in the caller's transaction, in a constant number of queries.

    Args:
        messages: at most 500; a key that was used before gives the message of then, and nothing new.
        on: the business date on the message.

    Returns:
        One entry for each message, in the order given.

    Raises:
        NotInTransaction: there is no transaction to join.
        TooMany: more than 500.
        KeyReused: a key came again with another text.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction
    if len(messages) > MOST_IN_ONE_CALL:
        raise TooMany(len(messages), MOST_IN_ONE_CALL)
    if not messages:
        return []
    by_key = {message.key: message for message in messages}
    earlier = _earlier(by_key)
    fresh = [message for key, message in by_key.items() if key not in earlier]
    made = _store(fresh, on) if fresh else {}
    channels = {**earlier, **made}
    seen: set[str] = set(earlier)
    sent = []
    for message in messages:
        identity, channel = channels[message.key]
        sent.append(SentMessage(identity, message.key, channel, message.key not in seen))
        seen.add(message.key)
    return sent


def _earlier(by_key: dict[str, NewMessage]) -> dict[str, tuple[UUID, Channel]]:
    """Messages that were sent before under these keys, after locking the keys against a sender beside us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('inbox.key:' || key, 0))"
            " FROM (SELECT unnest(%s::text[]) AS key ORDER BY 1) AS keys",
            [sorted(by_key)],
        )
    rows = models.Message.objects.filter(key__in=by_key).values_list(
        "key", "id", "content_sha256", "delivery_rows__channel"
    )
    found = {}
    for key, identity, sha256, channel in rows:
        message = by_key[key]
        if sha256 != content_sha256(message.subject, message.language, message.blocks):
            raise KeyReused(key)
        found[key] = (identity, Channel(channel))
    return found


def _store(messages: Sequence[NewMessage], on: date) -> dict[str, tuple[UUID, Channel]]:
    chosen = preferences_of([(message.recipient, message.message_type) for message in messages])
    large = wanting_large_print(message.recipient for message in messages)
    ids = [message.id or uuid.uuid4() for message in messages]
    reuse = Reuse()
    documents = [_document(message, ids[i], reuse) for i, message in enumerate(messages)]
    lines = _lines(messages, ids, on)
    rows = [_row(message, documents[i], lines[i], on) for i, message in enumerate(messages)]
    deliveries = [
        _delivery(message, ids[i], chosen.get((message.recipient, message.message_type)), large)
        for i, message in enumerate(messages)
    ]
    copy_rows(connection, rows)
    store_documents(documents)
    copy_rows(connection, deliveries)
    copy_rows(
        connection,
        [models.MessageEvent(message_id=one, kind=EventKind.ACCEPTED, on=on, actor="system") for one in ids],
    )
    enqueue([_job(delivery) for delivery in deliveries] + _helped(messages, ids, on))
    return {message.key: (ids[i], Channel(deliveries[i].channel)) for i, message in enumerate(messages)}


def _lines(messages: Sequence[NewMessage], ids: Sequence[UUID], on: date) -> list[LineRef]:
    """The log line of each message: the one given (it then names the message), or a new one; never none."""
    missing = [i for i, message in enumerate(messages) if message.line is None]
    written = write_lines(
        [
            NewLine(
                activity=messages[i].activity,
                person=messages[i].about,
                name="stuurde u een bericht",
                case=messages[i].case,
                message=ids[i],
                as_of=on,
            )
            for i in missing
        ]
    )
    link_lines(
        [NewLink(message.line, "message", ids[i]) for i, message in enumerate(messages) if message.line is not None]
    )
    fresh = dict(zip(missing, written, strict=True))
    return [message.line or fresh[i] for i, message in enumerate(messages)]


def _row(message: NewMessage, document: NewDocument, line: LineRef, on: date) -> models.Message:
    blocks = cast("list[Data]", document.content["blocks"])
    return models.Message(
        id=document.id,
        key=message.key,
        recipient=message.recipient,
        about=message.about,
        reader=message.reader,
        message_type=message.message_type,
        template=message.template,
        service=message.service,
        activity=message.activity,
        subject=message.subject,
        english_subject=message.english.subject if message.english else "",
        language=message.language,
        case=message.case,
        run=message.run,
        sent_on=on,
        trace_id=line.trace_id,
        span_id=line.span_id,
        content_sha256=data_sha256(message.subject, message.language, blocks),
        english_sha256=_english_sha256(document),
        answer_code_mac=answer_code_mac(message.answer_code) if message.answer_code else None,
    )


def _english_sha256(document: NewDocument) -> str:
    """The fingerprint of the English text, "" when there is none; the key of a message looks at the Dutch text only."""
    english = cast("Data | None", document.content.get("english"))
    return data_sha256(english["subject"], "en", english["blocks"]) if english else ""


def _delivery(
    message: NewMessage, identity: UUID, chosen: Preference | None, large: frozenset[UUID]
) -> models.Delivery:
    is_for_administrator = message.reader is Reader.ADMINISTRATOR
    return models.Delivery(
        message_id=identity,
        channel=channel_for(chosen.channel if chosen else None, for_administrator=is_for_administrator),
        preference_version=chosen.version if chosen else None,
        preference_where=chosen.where if chosen else "",
        large_print=not is_for_administrator and (bool(chosen and chosen.large_print) or message.recipient in large),
    )


def _helped(messages: Sequence[NewMessage], ids: Sequence[UUID], on: date) -> list[NewJob]:
    """Who helps with the service of a message hears of it (one query for all of them; mostly there is nobody)."""
    own = [one.recipient for one in messages if one.reader is Reader.SELF and one.activity != ABOUT_MANDATES]
    found = mandates.helpers_of(own, on=on) if own else ()
    return [
        NewJob(TOPIC_HELPER, f"{identity}:{one.id}", {"message": str(identity), "mandate": str(one.id)})
        for message, identity in zip(messages, ids, strict=True)
        for one in found
        if one.principal == message.recipient
        and message.reader is Reader.SELF
        and message.activity != ABOUT_MANDATES
        and mandates.opens(one.authority, message.service)
    ]


def _document(message: NewMessage, identity: UUID, reuse: Reuse) -> NewDocument:
    content: Data = {
        "subject": message.subject,
        "language": message.language,
        "blocks": blocks_to_data(message.blocks, reuse),
        "answer_code": message.answer_code,
    }
    if message.english is not None:
        english = blocks_to_data(message.english.blocks, reuse)
        content["english"] = {"subject": message.english.subject, "blocks": english}
    return NewDocument(id=identity, person=message.about, kind=DOCUMENT_KIND, content=content)


def _job(delivery: models.Delivery, again: int = 0) -> NewJob:
    topic = TOPIC_PUBLISH if delivery.channel == Channel.DIGITAL else TOPIC_LETTER
    key = f"{delivery.id}:{again}" if again else str(delivery.id)
    return NewJob(topic=topic, key=key, payload={"delivery": str(delivery.id)})


# -- afterwards --------------------------------------------------------------------------------------------------------
def record_opening(message: UUID, *, on: date, by_representative: bool = False) -> bool:
    """Keep that a message was opened for the first time; returns whether this was the first time.

    Raises:
        MessageUnknown: there is no such message.
    """
    if not models.Message.objects.filter(id=message).exists():
        raise MessageUnknown(message)
    kind = EventKind.OPENED_BY_REPRESENTATIVE if by_representative else EventKind.OPENED
    actor = "representative" if by_representative else "resident"
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO inbox_message_event (message_id, kind, "on", actor, code) VALUES (%s, %s, %s, %s, %s)'
            " ON CONFLICT DO NOTHING",
            [message, kind.value, on, actor, ""],
        )
        return bool(cursor.rowcount == 1)


def release(delivery: UUID, *, actor: str, on: date) -> None:
    """Let a held delivery be tried again, after a person repaired what was wrong.

    Args:
        actor: role of the employee, for example 'employee:post'; never a name.

    Raises:
        MessageUnknown: no such delivery.
        StepNotAllowed: it is not held.
    """
    with transaction.atomic():
        row = _locked(delivery)
        move([row], EventKind.RELEASED, on=on, actor=actor)
        times = models.MessageEvent.objects.filter(delivery=row, kind=EventKind.RELEASED).count()
        enqueue([_job(row, again=times)])


def cancel(delivery: UUID, *, actor: str, on: date) -> None:
    """Stop a delivery that is held or pending; a message that went out cannot be taken back.

    Raises:
        MessageUnknown: no such delivery.
        StepNotAllowed: it went out already.
    """
    with transaction.atomic():
        move([_locked(delivery)], EventKind.CANCELLED, on=on, actor=actor)


def report_returned(delivery: UUID, *, actor: str, on: date) -> None:
    """Record that the post brought a letter back; contact must then be sought another way (Awb 2:10).

    Raises:
        MessageUnknown: no such delivery.
        StepNotAllowed: it never was a letter that went out.
    """
    with transaction.atomic():
        move([_locked(delivery)], EventKind.RETURNED, on=on, actor=actor, code=HeldReason.RETURNED_BY_POST)


def _locked(delivery: UUID) -> models.Delivery:
    row = models.Delivery.objects.select_for_update().filter(id=delivery).first()
    if row is None:
        raise MessageUnknown(delivery)
    return row


def move(rows: Sequence[models.Delivery], event: EventKind, *, on: date, actor: str, code: str = "") -> None:
    """Take one step with its event, on rows that the caller holds locked: a query a state, and one for the events.

    Raises:
        StepNotAllowed: one of them cannot take the step; then none takes it.
    """
    now = wall_now()
    alike: dict[str, list[models.Delivery]] = {}
    for row in rows:
        row.state = step(DeliveryState(row.state), event)
        held = row.state == DeliveryState.HELD
        row.held_reason, row.held_at = (code, now) if held else ("", None)
        alike.setdefault(row.state, []).append(row)
    for state, moved in alike.items():
        there = models.Delivery.objects.filter(id__in=[row.id for row in moved])
        there.update(state=state, held_reason=moved[0].held_reason, held_at=moved[0].held_at)
    models.MessageEvent.objects.bulk_create(
        models.MessageEvent(message_id=row.message_id, delivery=row, kind=event, on=on, actor=actor, code=code)
        for row in rows
    )


def set_preference(
    person: UUID, message_type: str, channel: Channel, *, where: str, on: date | None = None, large_print: bool = False
) -> Preference:
    """Keep a choice as a new version; the same choice again changes nothing.

    Args:
        where: how the choice was made: 'web', 'counter', 'phone' or 'paper'.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            lock = f"inbox.preference:{person}:{message_type}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
        current = preferences_of([(person, message_type)]).get((person, message_type))
        if current and (current.channel, current.large_print) == (channel, large_print):
            return current
        return models.Preference.objects.create(
            person=person,
            message_type=message_type,
            version=current.version + 1 if current else 1,
            channel=channel,
            large_print=large_print,
            set_on=on or business_today(),
            where=where,
        ).to_term()


def set_display(
    person: UUID,
    *,
    large: bool,
    shielded: bool | None,
    where: str,
    on: date | None = None,
    language: Language | None = None,
) -> None:
    """Keep how a person wants pages and letters, from now on.

    Args:
        shielded: None leaves it to whether the address is secret.
        where: "web" or "counter".
        language: "en" for English beside the Dutch of messages and letters; None leaves it as it is.
    """
    chosen = {"language": language} if language else {}
    models.Display.objects.update_or_create(
        person=person,
        defaults={"large": large, "shielded": shielded, "set_on": on or business_today(), "where": where, **chosen},
    )


def record_language(person: UUID, language: Language, *, activity: str, actor: Actor, on: date | None = None) -> bool:
    """Record at the counter in which language a person wants messages, with a line in their log.

    Large letters and shielding stay as they are.

    Returns:
        Whether it changed; the same choice again changes nothing and writes no line.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"inbox.display:{person}"])
        now = models.Display.objects.filter(person=person).values_list("language", flat=True).first() or "nl"
        if now == language:
            return False
        chosen = {"language": language, "set_on": on or business_today(), "where": "counter"}
        models.Display.objects.update_or_create(person=person, defaults=chosen)
        write_lines([NewLine(activity, person, "legde voor u vast in welke taal u berichten wilt", actor=actor)])
        return True
