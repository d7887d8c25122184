"""Gated texts: kept once, unchanged, and read only with a ticket that holds their kind."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction

from tests.access.builders import STATUS, a_client, a_person, a_right, open_keeping, own_request
from waardig.access.actions import ask
from waardig.access.terms import Ticket
from waardig.logbook.terms import GateRefused
from waardig.registers.actions import store_documents
from waardig.registers.queries import TicketWorthless, take, take_documents
from waardig.registers.terms import NewDocument

MESSAGE, DECISION = "inbox.bericht", "cases.besluit"


@pytest.fixture
def reading(owner: psycopg.Connection) -> psycopg.Connection:
    """The owner's connection, with a right to read one's own messages."""
    open_keeping(owner)
    a_right(owner, attributes=[MESSAGE])
    return owner


def _kept(person: UUID, kind: str = MESSAGE, text: str = "Beste mevrouw, één", payload: bytes | None = None) -> UUID:
    document = NewDocument(uuid4(), person, kind, {"text": text, "b": 1, "a": [None, True]}, payload)
    assert store_documents([document]) == 1
    return document.id


def _ticket(person: UUID) -> Ticket:
    return ask(own_request(person, attributes=frozenset({MESSAGE})))


def test_a_text_comes_back_as_it_was_kept_with_a_hash_that_anybody_can_check(reading: psycopg.Connection) -> None:
    person = a_person()
    kept = _kept(person, payload=b"%PDF-")

    document = take_documents(_ticket(person), [kept])[kept]

    assert document.content == {"text": "Beste mevrouw, één", "b": 1, "a": [None, True]}
    exact = '{"a":[null,true],"b":1,"text":"Beste mevrouw, één"}'.encode()
    assert document.sha256 == hashlib.sha256(exact + b"%PDF-").hexdigest()
    assert document.payload == b"%PDF-"


def test_only_the_ticket_s_own_persons_and_kinds_are_given(reading: psycopg.Connection) -> None:
    person, other = a_person(), a_person()
    own, decision, others = _kept(person), _kept(person, DECISION), _kept(other)

    given = take_documents(_ticket(person), [own, decision, others, uuid4()])

    assert set(given) == {own}


def test_a_ticket_for_facts_opens_no_text(reading: psycopg.Connection) -> None:
    a_right(reading, id="proef.feiten", attributes=[STATUS])
    person = a_client()
    kept = _kept(person)

    ticket = ask(own_request(person, activity="proef.feiten", attributes=frozenset({STATUS})))

    assert take_documents(ticket, [kept]) == {}


def test_a_worthless_ticket_is_told_apart_from_nothing_to_read(reading: psycopg.Connection) -> None:
    person = a_person()

    assert take_documents(_ticket(person), [uuid4()]) == {}
    for door in (lambda t: take_documents(t, [uuid4()]), take):
        with pytest.raises(TicketWorthless) as refusal:
            door(Ticket(uuid4(), "proef.inzage", "", (person,), frozenset({MESSAGE})))
        assert refusal.value.state == "unknown"


def test_the_same_text_again_is_no_change_and_another_text_is_refused(reading: psycopg.Connection) -> None:
    person = a_person()
    document = NewDocument(uuid4(), person, MESSAGE, {"text": "a"})
    store_documents([document])

    assert store_documents([document]) == 0
    with pytest.raises(GateRefused) as refusal:
        store_documents([NewDocument(document.id, person, MESSAGE, {"text": "b"})])

    assert refusal.value.code == "document_changed"
    assert take_documents(_ticket(person), [document.id])[document.id].content == {"text": "a"}


def test_keeping_a_text_joins_the_transaction(reading: psycopg.Connection) -> None:
    person = a_person()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _kept(person)
        _ = 1 / 0

    assert reading.execute("SELECT count(*) FROM reg.document").fetchone() == (0,)


def test_a_kept_text_cannot_be_changed_even_by_the_owner(reading: psycopg.Connection) -> None:
    _kept(a_person())

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reading.execute("UPDATE reg.document SET content = '{}'")
