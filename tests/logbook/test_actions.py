"""Writing lines with the database, as the application role; and the person's own view of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from tests.access.builders import (
    INCOME,
    OFFICIAL,
    STATUS,
    a_client,
    a_person,
    a_request,
    a_right,
    a_weighed_service,
    decide_weighing,
    open_keeping,
    own_request,
    publish_activity,
)
from waardig.access.actions import ask
from waardig.access.terms import Ticket
from waardig.logbook import core
from waardig.logbook.actions import link_lines, write_lines
from waardig.logbook.queries import changed_lines, count_lines, take_lines
from waardig.logbook.terms import GateRefused, LegalBasis, LineRef, Link, LogbookUnavailable, NewLine, NewLink

LOG = "logboek.regel"


@pytest.fixture
def logging(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The owner's connection, with the trial round and the right to see who used one's data."""
    open_keeping(owner)
    a_weighed_service(owner)
    a_right(owner, attributes=[LOG], name_nl="Wie gebruikte mijn gegevens")
    yield owner


def _own(person: object) -> Ticket:
    return ask(own_request(person, attributes=frozenset({LOG})))  # type: ignore[arg-type]


def test_a_line_holds_exactly_the_fields_of_the_standard(logging: psycopg.Connection) -> None:
    (line,) = write_lines([NewLine("proef.ronde", a_person(), "voorstel verstuurd")])

    row = logging.execute(
        "SELECT status, name, start_time, end_time, resource_attributes, attributes, octet_length(trace_id),"
        " octet_length(span_id), parent_span_id FROM log.line WHERE span_id = decode(%s, 'hex')",
        (line.span_id,),
    ).fetchone()
    assert row
    status, name, start, end, resource, attributes, trace_size, span_size, parent = row
    assert (status, name, trace_size, span_size, parent) == ("Ok", "voorstel verstuurd", 16, 8, None)
    assert abs(start - datetime.now(UTC).timestamp() * 1000) < 60_000 and start <= end
    assert resource == {"service.name": "waardig"}
    assert set(attributes) == {
        "dpl.core.processing_activity_id",
        "dpl.core.data_subject_id",
        "dpl.core.data_subject_id_type",
    }


def test_the_columns_of_the_line_are_those_of_the_standard_and_the_tree(logging: psycopg.Connection) -> None:
    columns = logging.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'log' AND table_name = 'line'"
    ).fetchall()

    assert {name for (name,) in columns} == {
        "trace_id", "span_id", "parent_span_id", "status", "name", "start_time", "end_time", "resource_attributes",
        "attributes", "salt", "leaf",
    }  # fmt: skip


def test_a_line_about_nobody_has_no_data_subject(logging: psycopg.Connection) -> None:
    write_lines([NewLine("proef.ronde", None, "ronde gestart")])

    (attributes,) = logging.execute("SELECT attributes FROM log.line WHERE name = 'ronde gestart'").fetchall()[0]
    assert set(attributes) == {"dpl.core.processing_activity_id"}


def test_references_come_in_the_order_of_the_lines(logging: psycopg.Connection) -> None:
    lines = [NewLine("proef.ronde", a_person(), f"regel {n}") for n in range(30)]

    made = write_lines(lines)

    named = dict(logging.execute("SELECT encode(span_id, 'hex'), name FROM log.line").fetchall())
    assert [named[line.span_id] for line in made] == [f"regel {n}" for n in range(30)]


def test_a_given_trace_and_parent_are_kept(logging: psycopg.Connection) -> None:
    (line,) = write_lines([NewLine("proef.ronde", None, trace_id="ab" * 16, parent="cd" * 8)])

    assert line.trace_id == "ab" * 16
    parents = logging.execute("SELECT encode(parent_span_id, 'hex') FROM log.line WHERE parent_span_id IS NOT NULL")
    assert parents.fetchall() == [("cd" * 8,)]


def test_a_line_without_a_name_bears_the_name_of_its_activity(logging: psycopg.Connection) -> None:
    write_lines([NewLine("proef.ronde", None)])

    assert logging.execute("SELECT name FROM log.line").fetchall() == [("Proefronde",)]


def test_an_activity_that_is_not_published_cannot_be_logged_under(logging: psycopg.Connection) -> None:
    with pytest.raises(GateRefused) as refusal:
        write_lines([NewLine("proef.ronde", None), NewLine("bestaat.niet", None)])

    assert refusal.value.code == "activity_unpublished" and "bestaat.niet" in refusal.value.text_en
    assert logging.execute("SELECT count(*) FROM log.line").fetchone() == (0,)


def test_no_lines_is_no_question(db: None) -> None:
    assert write_lines([]) == [] and link_lines([]) == 0


def test_lines_join_the_transaction_of_the_act(logging: psycopg.Connection) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_lines([NewLine("proef.ronde", None)])
        _ = 1 / 0

    assert logging.execute("SELECT count(*) FROM log.line").fetchone() == (0,)


def test_when_the_log_refuses_the_act_cannot_go_on(logging: psycopg.Connection) -> None:
    logging.execute("REVOKE INSERT ON log.detail FROM CURRENT_USER")
    try:
        with pytest.raises(LogbookUnavailable) as refusal, transaction.atomic():
            write_lines([NewLine("proef.ronde", None)])
    finally:
        logging.execute("GRANT INSERT ON log.detail TO CURRENT_USER")

    assert refusal.value.sqlstate == "42501"


def test_a_second_line_of_a_person_in_a_run_is_the_first_with_a_link(logging: psycopg.Connection) -> None:
    person, run, case, message = a_client(), uuid4(), uuid4(), uuid4()
    ticket = ask(a_request(person, run=run))

    (line,) = write_lines([NewLine("proef.ronde", person, "voorstel", case=case, message=message, run=run)])

    assert line == ticket.lines[person]
    assert count_lines(run).read == 1
    entries = [e for e in take_lines(_own(person)) if e.run == run]
    assert set(entries[0].led_to) == {Link("case", case), Link("message", message)}


def test_two_lines_of_a_person_in_one_batch_of_a_run_are_one(logging: psycopg.Connection) -> None:
    person, run = a_person(), uuid4()

    first, second = write_lines([NewLine("proef.ronde", person, run=run)] * 2)

    assert first == second and count_lines(run).read == 1


def test_linking_twice_is_linking_once(logging: psycopg.Connection) -> None:
    (line,) = write_lines([NewLine("proef.ronde", a_person())])
    link = NewLink(line, "decision", uuid4())

    assert (link_lines([link]), link_lines([link])) == (1, 0)


def test_a_link_to_a_line_that_is_not_there_is_refused(logging: psycopg.Connection) -> None:
    with pytest.raises(LogbookUnavailable):
        link_lines([NewLink(LineRef("00" * 16, "00" * 8), "case", uuid4())])


def test_a_person_sees_the_round_its_purpose_basis_and_attributes(logging: psycopg.Connection) -> None:
    person, other = a_client(), a_client()
    ask(a_request(person, other, run=uuid4()))

    entries = [e for e in take_lines(_own(person)) if e.activity == "proef.ronde"]

    assert len(entries) == 1
    entry = entries[0]
    assert entry.person == person
    assert (entry.name, entry.purpose.nl, entry.organisation) == (
        "Proefronde",
        "Nagaan wie de proef mist",
        "Gemeente Rietwaarden",
    )
    assert entry.legal_basis == (LegalBasis("AVG 6.1.e", "Participatiewet", "36", "https://example.nl/36"),)
    assert entry.attributes == (INCOME, STATUS) and entry.automated is True
    assert (entry.decision, entry.actor_kind, entry.role, entry.as_of) == (
        "allow",
        "system",
        "ronde",
        date(2025, 4, 28),
    )
    assert abs(entry.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_person_sees_refusals_about_them_too(logging: psycopg.Connection) -> None:
    from waardig.access.terms import AccessRefused

    person = a_person()
    with pytest.raises(AccessRefused):
        ask(a_request(person))

    (entry,) = [e for e in take_lines(_own(person)) if e.activity == "proef.ronde"]
    assert (entry.decision, entry.reasons) == ("refuse", ("population_outside",))


def test_looking_is_logged_as_well_and_comes_first(logging: psycopg.Connection) -> None:
    person = a_person()

    first = take_lines(_own(person))[0]

    assert first.name == "Wie gebruikte mijn gegevens" and first.attributes == (LOG,)


def test_a_ticket_without_the_log_attribute_shows_no_lines(logging: psycopg.Connection) -> None:
    person = a_client()

    assert take_lines(ask(a_request(person))) == ()


def test_a_confidential_line_shows_only_that_it_is_there_and_until_when(logging: psycopg.Connection) -> None:
    publish_activity(
        logging, id="proef.onderzoek", kind="execution", bulk=False, confidential_until="einde van het onderzoek"
    )
    person = a_person()
    write_lines([NewLine("proef.onderzoek", person, "geheim", attributes_used=frozenset({INCOME}))])

    (entry,) = [e for e in take_lines(_own(person)) if e.withheld]

    assert entry.withheld == "einde van het onderzoek"
    assert (entry.name, entry.activity, entry.attributes, entry.case) == ("", "", (), None)
    assert entry.at.day == 1


def test_the_name_of_an_official_is_not_in_what_the_person_sees(logging: psycopg.Connection) -> None:
    person = a_person()
    write_lines([NewLine("proef.ronde", person, "besluit", actor=OFFICIAL)])

    (entry,) = [e for e in take_lines(_own(person)) if e.name == "besluit"]

    assert (entry.actor_kind, entry.role) == ("employee", "iit-behandelaar")
    assert OFFICIAL.id not in repr(entry)


def test_python_and_the_database_make_the_same_leaf(logging: psycopg.Connection) -> None:
    odd = 'é "aanhaling" \\ \t \u0001 €'
    ask(a_request(a_client(), run=uuid4()))
    write_lines([NewLine("proef.ronde", a_person(), odd, case=uuid4(), reasons=("x", 'y"z'), parent="ab" * 8)])

    rows = logging.execute(
        "SELECT l.salt, l.leaf, log.canonical(l, d) FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
    ).fetchall()

    assert len(rows) > 3
    for salt, leaf, text in rows:
        whole = json.loads(text)
        assert core.canonical(whole["line"], whole["detail"]) == text
        assert core.leaf(salt, text) == leaf
    assert changed_lines() == ()


def test_a_line_changed_behind_our_back_is_pointed_out(logging: psycopg.Connection) -> None:
    lines = write_lines([NewLine("proef.ronde", a_person(), f"regel {n}") for n in range(3)])
    logging.execute("ALTER TABLE log.detail DISABLE TRIGGER only_grows")
    try:
        logging.execute(
            "UPDATE log.detail SET attributes = '{brp.naam}' WHERE span_id = decode(%s, 'hex')", (lines[1].span_id,)
        )
        assert changed_lines() == (lines[1],)
    finally:
        logging.execute("ALTER TABLE log.detail ENABLE TRIGGER only_grows")


def test_the_database_makes_the_pseudonym_of_rfc_2104(logging: psycopg.Connection) -> None:
    person, key = a_person(), bytes(range(32))

    row = logging.execute(
        "SELECT sha256(vault.padded(%s, 92) || sha256(vault.padded(%s, 54) || uuid_send(%s)))", (key, key, person)
    ).fetchone()

    assert row == (core.pseudonym(key, person),)


def test_after_a_new_key_a_person_still_finds_the_older_lines(logging: psycopg.Connection) -> None:
    person = a_person()
    write_lines([NewLine("proef.ronde", person, "onder de oude sleutel")])
    logging.execute("SELECT vault.add_key(2)")
    try:
        write_lines([NewLine("proef.ronde", person, "onder de nieuwe sleutel")])
        names = {entry.name for entry in take_lines(_own(person))}
    finally:
        logging.execute("DELETE FROM vault.pseudonym_key WHERE version = 2")

    assert {"onder de oude sleutel", "onder de nieuwe sleutel"} <= names


def test_a_new_version_of_an_activity_gets_its_own_uri_in_the_log(logging: psycopg.Connection) -> None:
    write_lines([NewLine("proef.ronde", None)])
    decide_weighing(logging, version=2)
    publish_activity(logging, version=2)
    write_lines([NewLine("proef.ronde", None)])

    uris = logging.execute("SELECT activity_uri FROM log.detail ORDER BY activity_uri").fetchall()
    assert uris == [(f"https://example.nl/verwerkingen/proef.ronde/{n}",) for n in (1, 2)]
