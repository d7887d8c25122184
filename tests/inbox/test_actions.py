"""Sending and delivering: message, text, delivery, job and log line always together; delivered once in effect."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date
from io import BytesIO
from threading import Thread
from typing import Any

import psycopg
import pypdf
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.sql import SQL, Identifier

from tests.anything import declare_everything
from tests.inbox.builders import (
    ADDRESS,
    TODAY,
    a_message,
    a_reading_ticket,
    a_resident,
    for_administrator,
    send,
    values,
)
from waardig.inbox import models
from waardig.inbox.actions import (
    cancel,
    record_opening,
    release,
    report_returned,
    send_messages,
    set_preference,
)
from waardig.inbox.core.delivery import state_after
from waardig.inbox.jobs import handlers
from waardig.inbox.queries import (
    answer_code_mac,
    filled,
    held,
    held_count,
    letter_pdf,
    message,
    message_by_code,
    messages_for,
    preference_history,
    proof,
    sender,
    text,
    unopened_count,
)
from waardig.inbox.terms import (
    Channel,
    DeliveryState,
    EventKind,
    HeldReason,
    KeyReused,
    LineRef,
    MessageUnknown,
    NotInTransaction,
    Reader,
    StepNotAllowed,
    TooMany,
)
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import NewLine
from waardig.outbox.actions import drain
from waardig.outbox.queries import dead, depth
from waardig.outbox.terms import Drained
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("db")
TYPE = "iit.voorstel"


def work() -> Drained:
    return drain(handlers(sender), until_empty=True)


def state_of(identity: uuid.UUID) -> DeliveryState:
    found = message(identity)
    assert found is not None
    return found.deliveries[0].state


def lines_with_message(owner: psycopg.Connection) -> list[uuid.UUID]:
    rows = owner.execute("SELECT target FROM log.link WHERE kind = 'message'").fetchall()
    return sorted(row[0] for row in rows)


def test_a_message_comes_with_its_text_delivery_job_event_and_line() -> None:
    person = a_resident()

    (sent,) = send(a_message(person))

    assert (sent.new, sent.channel) == (True, Channel.PAPER)
    found = message(sent.id)
    assert found is not None
    assert (found.recipient, found.reader, found.sent_on, found.language) == (person, Reader.SELF, TODAY, "nl")
    assert [event.kind for event in found.events] == [EventKind.ACCEPTED]
    assert (len(found.line.trace_id), len(found.line.span_id)) == (32, 16)
    assert depth().by_topic == {"inbox.letter": 1}
    told = text(a_reading_ticket(person), sent.id)
    assert told.blocks == a_message(person).blocks
    assert told.sha256 == found.content_sha256


def test_a_rollback_leaves_nothing_of_a_message(owner: psycopg.Connection) -> None:
    person = a_resident()
    before = owner.execute("SELECT count(*) FROM log.line").fetchone()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send_messages([a_message(person)], on=TODAY)
        raise ZeroDivisionError

    assert models.Message.objects.count() == models.Delivery.objects.count() == 0
    assert depth().is_empty
    assert owner.execute("SELECT count(*) FROM log.line").fetchone() == before
    assert owner.execute("SELECT count(*) FROM reg.document").fetchone() == (0,)


def test_sending_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        send_messages([a_message(uuid.uuid4())], on=TODAY)


def test_more_than_500_messages_in_one_call_is_refused() -> None:
    one = a_message(uuid.uuid4())

    with pytest.raises(TooMany) as refused, transaction.atomic():
        send_messages([replace(one, key=f"k{n}") for n in range(501)], on=TODAY)

    assert refused.value.given == 501


def test_the_same_key_gives_the_first_message_and_nothing_new() -> None:
    person = a_resident()
    (first,) = send(a_message(person, "round:1"))

    second, third = send(a_message(person, "round:1", answer_code="K7QM2FRP"), a_message(person, "round:2"))

    assert (second.id, second.new, third.new) == (first.id, False, True)
    assert models.Message.objects.count() == 2
    assert depth().waiting == 2


def test_one_key_twice_in_one_call_is_one_message() -> None:
    one = a_message(a_resident(), "same")

    first, second = send(one, one)

    assert (first.id, first.new, second.new) == (second.id, True, False)
    assert models.Message.objects.count() == 1


def test_the_same_key_with_another_text_is_refused() -> None:
    person = a_resident()
    send(a_message(person, "round:1"))
    other = filled("individuele_inkomenstoeslag", "proposal", values(amount=66882))

    with pytest.raises(KeyReused):
        send(replace(a_message(person, "round:1"), blocks=other.blocks))

    assert models.Message.objects.count() == 1


def test_two_senders_with_one_key_send_once() -> None:
    one = a_message(a_resident(), "race")
    results: list[bool] = []

    def run() -> None:
        declare_everything()
        try:
            results.append(send(one)[0].new)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False, False, False, True]


def test_sending_many_takes_as_many_queries_as_sending_one(django_assert_num_queries: Any) -> None:
    people = [a_resident() for _ in range(21)]

    # One more goes beside Django, which counts here: the texts, as bytes.
    with transaction.atomic(), django_assert_num_queries(10):
        send_messages([a_message(people[0])], on=TODAY)
    with transaction.atomic(), django_assert_num_queries(10):
        send_messages([a_message(person) for person in people[1:]], on=TODAY)

    assert models.Message.objects.count() == 21


def test_a_given_line_is_used_and_then_names_the_message(owner: psycopg.Connection) -> None:
    person = a_resident()
    with transaction.atomic():
        (line,) = write_lines([NewLine("iit.aanvraag", person)])
    lines = owner.execute("SELECT count(*) FROM log.line").fetchone()

    (sent,) = send(a_message(person, line=LineRef(line.trace_id, line.span_id)))

    found = message(sent.id)
    assert found is not None and found.line == line
    assert owner.execute("SELECT count(*) FROM log.line").fetchone() == lines
    assert lines_with_message(owner) == [sent.id]


def test_a_log_that_cannot_be_written_stops_the_message(owner: psycopg.Connection) -> None:
    person = a_resident()
    owner.execute("REVOKE ALL ON FUNCTION gate.append_lines FROM waardig_app")
    try:
        with pytest.raises(Exception, match=r"log of data processing"):
            send(a_message(person))
    finally:
        owner.execute("GRANT EXECUTE ON FUNCTION gate.append_lines TO waardig_app")

    assert models.Message.objects.count() == 0
    assert depth().is_empty


def test_paper_until_the_person_chose_digital_for_this_type() -> None:
    person = a_resident()
    set_preference(person, "iit.besluit", Channel.DIGITAL, where="web", on=TODAY)

    (paper,) = send(a_message(person, "a"))
    choice = set_preference(person, TYPE, Channel.DIGITAL, where="counter", on=TODAY)
    (digital,) = send(a_message(person, "b"))

    assert (paper.channel, digital.channel) == (Channel.PAPER, Channel.DIGITAL)
    row = models.Delivery.objects.get(message=digital.id)
    assert (row.preference_version, row.preference_where) == (choice.version, "counter")
    assert models.Delivery.objects.get(message=paper.id).preference_version is None


def test_a_changed_preference_leaves_sent_messages_as_they_were() -> None:
    person = a_resident()
    set_preference(person, TYPE, Channel.DIGITAL, where="web", on=TODAY)
    (sent,) = send(a_message(person))
    set_preference(person, TYPE, Channel.PAPER, where="phone", on=date(2025, 5, 1))
    set_preference(person, TYPE, Channel.PAPER, where="phone", on=date(2025, 5, 2))

    assert work() == Drained(done=1)
    assert state_of(sent.id) == DeliveryState.PUBLISHED
    assert [(one.version, one.channel, one.where) for one in preference_history(person)] == [
        (1, Channel.DIGITAL, "web"),
        (2, Channel.PAPER, "phone"),
    ]


def test_a_digital_message_is_published_once_in_effect() -> None:
    person = a_resident()
    set_preference(person, TYPE, Channel.DIGITAL, where="web", on=TODAY)
    (sent,) = send(a_message(person))

    assert work() == Drained(done=1)
    connection.cursor().execute("UPDATE outbox_job SET state = 'waiting', attempts = 0")
    assert work() == Drained(done=1)

    assert [event.kind for event in proof(sent.id)] == [EventKind.ACCEPTED, EventKind.PUBLISHED]
    assert models.Letter.objects.count() == 0


def test_a_letter_goes_to_the_address_of_that_moment_and_once() -> None:
    person = a_resident()
    (sent,) = send(a_message(person, answer_code="K7QM2FRP"))
    moved = {**ADDRESS, "straat": "Dijkweg", "huisnummer": "7"}
    store_facts([NewFact(person, "brp.adres", moved, valid_from=date(2025, 4, 1))])

    assert work() == Drained(done=1)
    connection.cursor().execute("UPDATE outbox_job SET state = 'waiting', attempts = 0")
    assert work() == Drained(done=1)

    assert state_of(sent.id) == DeliveryState.HANDED_TO_PRINT
    assert (models.Letter.objects.count(), models.LetterBatch.objects.count()) == (1, 1)
    pdf = letter_pdf(a_reading_ticket(person), sent.id)
    page = pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "De heer G. Vos\nDijkweg 7\n9999 AB Rietwaarden" in page
    assert "Molenkade" not in page


def test_a_secret_address_stands_in_the_letter_to_the_person_and_nowhere_else(owner: psycopg.Connection) -> None:
    secret = {"straat": "Verborgenlaan", "huisnummer": "99", "postcode": "9998 ZZ", "woonplaats": "Rietwaarden"}
    person = a_resident(address=secret, facts={"brp.geheimhouding": True})
    (sent,) = send(a_message(person))
    work()

    pdf = letter_pdf(a_reading_ticket(person), sent.id)
    assert "Verborgenlaan 99" in pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()
    tables = owner.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    ).fetchall()
    holding = [
        name
        for name in tables
        if owner.execute(
            SQL("SELECT 1 FROM {} AS t WHERE t::text ILIKE '%verborgenlaan%' LIMIT 1").format(Identifier(*name))
        ).fetchone()
    ]
    assert holding == [("reg", "fact")]


def test_a_letter_for_an_administrator_goes_to_the_administrator_only() -> None:
    administrator = {"naam": "Kuipers Bewind", "kvk": "90000001", "adres": "Postbus 5, 9999 AA Rietwaarden"}
    person = a_resident(facts={"uitkeringen.bewindvoerder": administrator})
    set_preference(person, "iit.voorstel_bewindvoerder", Channel.DIGITAL, where="web", on=TODAY)
    (sent,) = send(for_administrator(person))

    assert sent.channel == Channel.PAPER
    work()

    page = pypdf.PdfReader(BytesIO(letter_pdf(a_reading_ticket(person), sent.id))).pages[0].extract_text()
    assert "Kuipers Bewind\nPostbus 5\n9999 AA Rietwaarden" in page
    assert "Molenkade" not in page
    assert messages_for(person).total == 0
    assert [one.id for one in messages_for(person, reader=Reader.ADMINISTRATOR).messages] == [sent.id]


@pytest.mark.parametrize(
    ("resident", "reason"),
    [
        ({"no_address": True}, HeldReason.ADDRESS_MISSING),
        ({"doubted": True}, HeldReason.ADDRESS_DOUBTED),
        ({"facts": {"brp.overlijdensdatum": "2025-04-27"}}, HeldReason.DECEASED),
        ({"facts": {"uitkeringen.bewindvoerder": {"naam": "K", "adres": "A 1, 9999 AA R"}}},
         HeldReason.ADMINISTRATOR_APPEARED),
    ],
)  # fmt: skip
def test_what_cannot_be_delivered_is_held_for_a_person(resident: dict[str, Any], reason: HeldReason) -> None:
    person = a_resident(**resident)
    (good,) = send(a_message(a_resident()))
    (sent,) = send(a_message(person))

    assert work() == Drained(done=2)

    (waiting,) = held()
    assert (waiting.message.id, waiting.reason, held_count()) == (sent.id, reason, 1)
    assert state_of(good.id) == DeliveryState.HANDED_TO_PRINT
    assert [event.kind for event in proof(sent.id)] == [EventKind.ACCEPTED, EventKind.HELD]
    assert models.Letter.objects.count() == 1
    assert depth().is_empty
    assert messages_for(person).total == (0 if reason == HeldReason.ADMINISTRATOR_APPEARED else 1)


def test_an_administrator_without_address_is_held() -> None:
    person = a_resident(facts={"uitkeringen.bewindvoerder": {"naam": "Kuipers Bewind"}})
    send(for_administrator(person))

    work()

    assert held()[0].reason == HeldReason.ADMINISTRATOR_ADDRESS_MISSING


def test_someone_the_gate_does_not_know_does_not_stop_the_others() -> None:
    person = a_resident()
    (sent,) = send(a_message(person))
    stranger = uuid.uuid4()
    models.Message.objects.create(
        id=stranger, key="x", recipient=stranger, about=stranger, reader="self", message_type="t", service="s",
        activity="a", subject="s", language="nl", sent_on=TODAY, trace_id="0" * 32, span_id="0" * 16,
        content_sha256="0",
    )  # fmt: skip
    row = models.Delivery.objects.create(message_id=stranger, channel="paper")
    connection.cursor().execute(
        "INSERT INTO outbox_job (topic, key, payload, due, attempts, last_error, state) VALUES"
        " ('inbox.letter', 'x', %s, now(), 0, '', 'waiting')",
        [f'{{"delivery": "{row.id}"}}'],
    )

    assert work() == Drained(done=2)

    assert state_of(sent.id) == DeliveryState.HANDED_TO_PRINT
    assert (held()[0].message.id, held()[0].reason) == (stranger, HeldReason.ACCESS_REFUSED)


def test_a_released_letter_is_tried_again() -> None:
    person = a_resident(no_address=True)
    (sent,) = send(a_message(person))
    work()
    delivery = held()[0].delivery.id
    store_facts([NewFact(person, "brp.adres", ADDRESS, valid_from=date(2025, 1, 1))])

    release(delivery, actor="employee:post", on=TODAY)
    assert work() == Drained(done=1)

    kinds = [event.kind for event in proof(sent.id)]
    assert kinds == [EventKind.ACCEPTED, EventKind.HELD, EventKind.RELEASED, EventKind.HANDED_TO_PRINT]
    assert state_after(kinds) == state_of(sent.id) == DeliveryState.HANDED_TO_PRINT
    with pytest.raises(StepNotAllowed):
        release(delivery, actor="employee:post", on=TODAY)
    with pytest.raises(StepNotAllowed):
        cancel(delivery, actor="employee:post", on=TODAY)


def test_a_cancelled_letter_is_not_printed_any_more() -> None:
    (sent,) = send(a_message(a_resident()))
    found = message(sent.id)
    assert found is not None

    cancel(found.deliveries[0].id, actor="employee:post", on=TODAY)

    assert work() == Drained(done=1)
    assert models.Letter.objects.count() == 0
    assert state_of(sent.id) == DeliveryState.CANCELLED
    assert (messages_for(found.recipient).total, unopened_count(found.recipient)) == (0, 0)


def test_a_letter_that_the_post_brings_back_is_on_record() -> None:
    (sent,) = send(a_message(a_resident()))
    work()
    found = message(sent.id)
    assert found is not None

    report_returned(found.deliveries[0].id, actor="employee:post", on=date(2025, 5, 2))

    assert state_of(sent.id) == DeliveryState.RETURNED
    assert proof(sent.id)[-1].code == "returned_by_post"


def test_the_first_opening_is_kept_and_later_ones_are_not() -> None:
    person = a_resident()
    (sent,) = send(a_message(person))

    assert unopened_count(person) == 1
    assert record_opening(sent.id, on=TODAY) is True
    assert record_opening(sent.id, on=date(2025, 5, 1)) is False
    assert record_opening(sent.id, on=TODAY, by_representative=True) is True

    found = message(sent.id)
    assert found is not None and found.is_opened
    assert [event.kind for event in found.events].count(EventKind.OPENED) == 1
    assert unopened_count(person) == 0
    with pytest.raises(MessageUnknown):
        record_opening(uuid.uuid4(), on=TODAY)


@pytest.mark.parametrize(
    "change", ["UPDATE inbox_message_event SET kind = 'opened'", "DELETE FROM inbox_message_event"]
)
def test_an_event_cannot_be_changed_or_removed_by_the_application_or_the_owner(
    change: str, owner: psycopg.Connection
) -> None:
    send(a_message(a_resident()))

    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(change)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute(change)

    assert models.MessageEvent.objects.filter(kind="accepted").count() == 1


def test_an_answer_code_finds_its_message_and_is_not_stored_in_the_open() -> None:
    person = a_resident()
    (sent,) = send(a_message(person, answer_code="K7QM2FRP"))

    found = message_by_code(" k7qm 2frp ")
    assert found is not None and found.id == sent.id
    assert message_by_code("AAAA2222") is None
    row = models.Message.objects.get(id=sent.id)
    assert row.answer_code_mac == answer_code_mac("K7QM2FRP") != "K7QM2FRP"
    assert text(a_reading_ticket(person), sent.id).answer_code == "K7QM2FRP"


def test_a_ticket_of_someone_else_opens_no_text_and_no_letter() -> None:
    person, other = a_resident(), a_resident()
    (sent,) = send(a_message(person))
    work()
    ticket = a_reading_ticket(other)

    with pytest.raises(MessageUnknown):
        text(ticket, sent.id)
    with pytest.raises(MessageUnknown):
        letter_pdf(ticket, sent.id)


def test_a_list_of_messages_takes_the_same_queries_for_one_and_for_a_hundred(django_assert_num_queries: Any) -> None:
    one, many = a_resident(), a_resident()
    send(a_message(one))
    send(*(a_message(many, f"k{n}") for n in range(100)))

    with django_assert_num_queries(4):
        assert messages_for(one).total == 1
    with django_assert_num_queries(4):
        page = messages_for(many, page=2, size=40)

    assert (len(page.messages), page.total, page.has_next) == (40, 100, True)
    assert not messages_for(many, page=3, size=40).has_next


def test_no_table_of_the_message_box_holds_a_word_of_the_text_or_a_name() -> None:
    send(a_message(a_resident(), answer_code="K7QM2FRP"))
    work()

    for model in (models.Message, models.Delivery, models.MessageEvent, models.Letter, models.LetterBatch):
        stored = " ".join(str(row) for row in model.objects.values())
        stored = re.sub(r"[0-9a-f-]{16,}", "", stored)  # numbers drawn at random, in which any digits may stand
        for word in ("521", "waarschijnlijk", "Vos", "Molenkade", "K7QM2FRP"):
            assert word not in stored, (model, word)


def test_letters_of_one_batch_share_a_manifest() -> None:
    for _ in range(3):
        send(a_message(a_resident()))

    assert work() == Drained(done=3)

    batch = models.LetterBatch.objects.get()
    assert (batch.letters, len(batch.manifest_sha256)) == (3, 64)
    assert dead().total == 0
