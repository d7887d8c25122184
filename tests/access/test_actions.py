"""Asking and taking, as the application role: what is allowed, and what the log then says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from tests.access.builders import (
    HOUSEHOLD,
    INCOME,
    RULES,
    STATUS,
    TODAY,
    a_client,
    a_person,
    a_request,
    a_right,
    many_clients,
    own_request,
    publish_activity,
    shuffled,
)
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor
from waardig.logbook.queries import count_lines
from waardig.registers.queries import take


def _lines(owner: psycopg.Connection) -> list[tuple[str, list[str], list[str]]]:
    return owner.execute(
        "SELECT decision, attributes, reasons FROM log.detail WHERE activity LIKE 'proef.%' ORDER BY trace_id, span_id"
    ).fetchall()


def test_a_committed_ticket_opens_exactly_what_was_asked(weighed: psycopg.Connection) -> None:
    person = a_client()

    facts = take(ask(a_request(person)))

    assert [(f.person, f.attribute, f.value) for f in facts] == [
        (person, INCOME, 127_818),
        (person, STATUS, "lopend"),
    ]
    assert facts[0].valid_from == date(2024, 1, 1)
    assert (facts[0].holder, facts[0].source) == ("inkomen", "uitkeringen")


def test_every_person_gets_one_line_with_activity_attributes_and_pseudonym(weighed: psycopg.Connection) -> None:
    people = [a_client(), a_client()]

    ticket = ask(a_request(*people))

    assert _lines(weighed) == [("allow", [INCOME, STATUS], [])] * 2
    rows = weighed.execute(
        "SELECT l.attributes, l.name, encode(l.trace_id, 'hex') FROM log.line l JOIN log.detail d"
        " USING (trace_id, span_id) WHERE d.activity = 'proef.ronde'"
    ).fetchall()
    assert {row[1] for row in rows} == {"Proefronde"}
    assert {row[2] for row in rows} == {ticket.trace_id}
    for attributes, _, _ in rows:
        assert attributes["dpl.core.processing_activity_id"] == "https://example.nl/verwerkingen/proef.ronde/1"
        assert attributes["dpl.core.data_subject_id_type"] == "urn:waardig:person:hmac-sha256"
        assert str(people[0]) not in str(attributes) and str(people[1]) not in str(attributes)


def test_the_ticket_names_the_line_of_each_person(weighed: psycopg.Connection) -> None:
    people = [a_client() for _ in range(5)]

    ticket = ask(a_request(*people))

    for person in people:
        subject = weighed.execute(
            "SELECT subject = log.pseudonym(%s) FROM log.detail WHERE span_id = decode(%s, 'hex')",
            (person, ticket.lines[person].span_id),
        ).fetchone()
        assert subject == (True,)


def test_asking_inside_a_transaction_is_an_error_of_the_programmer(weighed: psycopg.Connection) -> None:
    person = a_client()

    with pytest.raises(RuntimeError, match="inside a transaction"), transaction.atomic():
        ask(a_request(person))

    assert _lines(weighed) == []


def test_the_same_run_has_one_line_a_person_however_often_it_is_resumed(weighed: psycopg.Connection) -> None:
    run, people = uuid4(), [a_client() for _ in range(3)]

    first = ask(a_request(*people, run=run))
    second = ask(a_request(*shuffled(people), run=run))

    assert first.id != second.id and first.lines == second.lines
    assert len(take(second)) == 6
    assert count_lines(run).read == 3
    assert len(_lines(weighed)) == 3


def test_a_run_that_asks_more_later_gets_another_line_that_says_so(weighed: psycopg.Connection) -> None:
    run, person = uuid4(), a_client()
    ask(a_request(person, run=run))

    ask(a_request(person, run=run, attributes=frozenset({STATUS, HOUSEHOLD})))

    assert count_lines(run).read == 1 and count_lines(run).other == 1
    assert sorted(line[1] for line in _lines(weighed)) == [[INCOME, STATUS], [HOUSEHOLD, STATUS]]


def test_another_day_in_the_same_run_is_another_line(weighed: psycopg.Connection) -> None:
    run, person = uuid4(), a_client()
    ask(a_request(person, run=run))

    ask(a_request(person, run=run, as_of=date(2025, 4, 27)))

    assert (count_lines(run).read, count_lines(run).other) == (1, 1)


def test_a_right_needs_no_weighing_and_no_rule_set(policy: psycopg.Connection) -> None:
    a_right(policy)
    person = a_client()

    facts = take(ask(own_request(person)))

    assert {f.attribute for f in facts} == {INCOME, STATUS}


def test_a_resident_cannot_use_that_right_on_somebody_else(policy: psycopg.Connection) -> None:
    a_right(policy)
    person, other = a_client(), a_client()

    with pytest.raises(AccessRefused) as refusal:
        ask(own_request(other, actor=Actor("resident", str(person))))

    assert refusal.value.code == "population_outside"
    assert _lines(policy) == [("refuse", [INCOME, STATUS], ["population_outside"])]


def test_an_attribute_with_a_window_comes_with_its_history_and_the_others_without(policy: psycopg.Connection) -> None:
    from waardig.registers.actions import store_facts
    from waardig.registers.terms import NewFact

    a_right(policy, windows={INCOME: 3})
    person = a_person()
    months = [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1), date(2025, 4, 1)]
    store_facts(
        [NewFact(person, INCOME, 100 + n, month, date(month.year, month.month, 28)) for n, month in enumerate(months)]
    )
    store_facts([NewFact(person, HOUSEHOLD, "PAAR", date(2024, 1, 1), date(2025, 3, 31))])
    store_facts([NewFact(person, HOUSEHOLD, "ALLEENSTAAND", date(2025, 4, 1))])

    facts = take(ask(own_request(person, attributes=frozenset({INCOME, HOUSEHOLD}))))

    assert [f.value for f in facts] == [102, 103, 104, "ALLEENSTAAND"]


def test_what_was_recorded_after_the_moment_of_knowledge_is_not_seen(weighed: psycopg.Connection) -> None:
    from waardig.registers.actions import store_facts
    from waardig.registers.terms import NewFact

    person = a_client()
    then = datetime.now(UTC)
    store_facts([NewFact(person, INCOME, 1, date(2024, 1, 1))])

    as_then = take(ask(a_request(person, attributes=frozenset({INCOME}), known_at=then)))
    as_now = take(ask(a_request(person, attributes=frozenset({INCOME}))))

    assert ([f.value for f in as_then], [f.value for f in as_now]) == ([127_818], [1])


def test_an_employee_stands_in_the_audit_table_and_not_in_the_log(policy: psycopg.Connection) -> None:
    a_right(policy, population={"kind": "anyone"}, actors=[{"kind": "employee", "role": "iit-behandelaar"}])
    person = a_client()

    ask(own_request(person, actor=Actor("employee", "e-1001", "iit-behandelaar")))

    assert policy.execute("SELECT actor_kind, actor_id FROM log.audit_actor").fetchall() == [("employee", "e-1001")]
    everything = policy.execute("SELECT l::text || d::text FROM log.line l JOIN log.detail d USING (trace_id, span_id)")
    assert "e-1001" not in "".join(row[0] for row in everything)


def test_five_hundred_persons_are_asked_and_taken_in_one_go(policy: psycopg.Connection) -> None:
    from tests.access.builders import decide_weighing

    decide_weighing(policy)
    publish_activity(policy)
    people = many_clients(500, {STATUS: "lopend", INCOME: 90_000})

    facts = take(ask(a_request(*people)))

    assert len(facts) == 1000
    assert len(_lines(policy)) == 500


def test_the_partner_of_a_client_is_inside_when_the_activity_says_so(policy: psycopg.Connection) -> None:
    from tests.access.builders import CLIENTS, PARTNER, decide_weighing

    decide_weighing(policy)
    to = {"kind": "related", "by": [PARTNER], "to": CLIENTS}
    publish_activity(policy, population={"kind": "any", "of": [CLIENTS, to]})
    partner, stranger = a_person(), a_person()
    client = a_client(partner={"person": str(partner)})

    assert ask(a_request(client, partner)).persons == (client, partner)
    with pytest.raises(AccessRefused) as refusal:
        ask(a_request(client, partner, stranger))

    assert refusal.value.reasons[0].facts["persons"] == [str(stranger)]


def test_the_answer_of_a_refusal_never_names_a_person_in_its_words(weighed: psycopg.Connection) -> None:
    stranger = a_person()

    with pytest.raises(AccessRefused) as refusal:
        ask(a_request(stranger, as_of=TODAY, rule_set=RULES))

    assert str(stranger) not in str(refusal.value) + refusal.value.text_nl
