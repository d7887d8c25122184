"""The tricks: data must never be had without a line that stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.builders import (
    INCOME,
    OFFICIAL,
    ROUND,
    RULES,
    STATUS,
    TODAY,
    a_client,
    a_person,
    a_request,
    a_right,
    many_clients,
    own_request,
)
from tests.conftest import postgres
from waardig.access.actions import ask, suspend_service
from waardig.registers.queries import TicketWorthless, take


@pytest.fixture
def application(database: postgres.Addresses) -> Iterator[psycopg.Connection]:
    """A raw connection as the application role, outside Django, in a transaction of its own choice."""
    with psycopg.connect(database.application) as connection:
        yield connection
        connection.rollback()


def _json(*persons: UUID) -> str:
    return json.dumps(
        {
            "activity": "proef.ronde",
            "attributes": [STATUS, INCOME],
            "persons": [str(person) for person in persons],
            "actor": ROUND.as_json(),
            "rule_set": RULES,
        }
    )


def _ask(connection: psycopg.Connection, *persons: UUID) -> UUID:
    row = connection.execute("SELECT gate.ask(%s::jsonb)", (_json(*persons),)).fetchone()
    assert row
    return UUID(str(row[0]))


def _taken(connection: psycopg.Connection, ticket: UUID) -> int:
    facts = connection.execute("SELECT * FROM gate.take(%s)", (ticket,)).fetchall()
    many = connection.execute("SELECT facts FROM gate.take_many(%s)", (ticket,)).fetchall()
    assert [len(text.split("\n")) for (text,) in many] == ([len(facts)] if facts else [])
    return len(facts)


def _lines(owner: psycopg.Connection) -> int:
    row = owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'proef.ronde'").fetchone()
    assert row
    return int(row[0])


def test_taking_in_the_asking_transaction_gives_nothing(
    weighed: psycopg.Connection, application: psycopg.Connection
) -> None:
    ticket = _ask(application, a_client())

    assert _taken(application, ticket) == 0
    assert application.execute("SELECT * FROM gate.answer(%s)", (ticket,)).fetchall() == []


def test_ask_rollback_take_gives_nothing(weighed: psycopg.Connection, application: psycopg.Connection) -> None:
    ticket = _ask(application, a_client())
    application.rollback()

    assert _taken(application, ticket) == 0
    assert _lines(weighed) == 0


def test_the_savepoint_trick_gives_nothing(weighed: psycopg.Connection, application: psycopg.Connection) -> None:
    application.execute("SAVEPOINT before")
    ticket = _ask(application, a_client())
    assert _taken(application, ticket) == 0
    application.execute("SAVEPOINT inside")
    assert _taken(application, ticket) == 0
    application.execute("ROLLBACK TO SAVEPOINT before")

    assert _taken(application, ticket) == 0
    application.commit()
    assert _taken(application, ticket) == 0
    assert _lines(weighed) == 0


def test_asking_in_a_savepoint_and_taking_outside_it_gives_nothing(
    weighed: psycopg.Connection, application: psycopg.Connection
) -> None:
    application.execute("SAVEPOINT within")
    ticket = _ask(application, a_client())
    application.execute("RELEASE SAVEPOINT within")

    assert _taken(application, ticket) == 0
    application.rollback()
    assert _lines(weighed) == 0


def test_another_connection_cannot_take_what_is_not_committed(
    weighed: psycopg.Connection, application: psycopg.Connection, database: postgres.Addresses
) -> None:
    ticket = _ask(application, a_client())

    with psycopg.connect(database.application) as other:
        assert _taken(other, ticket) == 0


def test_after_the_commit_the_ticket_is_served_and_the_line_is_there(
    weighed: psycopg.Connection, application: psycopg.Connection
) -> None:
    ticket = _ask(application, a_client())
    application.commit()

    assert _taken(application, ticket) == 2
    assert _lines(weighed) == 1


def test_whether_somebody_is_a_client_cannot_be_learnt_by_rolling_back(
    weighed: psycopg.Connection, application: psycopg.Connection
) -> None:
    inside, outside = _ask(application, a_client()), _ask(application, a_person())

    answers = [application.execute("SELECT * FROM gate.answer(%s)", (t,)).fetchall() for t in (inside, outside)]

    assert answers == [[], []]


def test_a_selection_is_not_given_before_its_line_is_committed(
    weighed: psycopg.Connection, application: psycopg.Connection
) -> None:
    a_client()
    request = json.dumps({"activity": "proef.ronde", "actor": ROUND.as_json(), "rule_set": RULES})
    row = application.execute("SELECT gate.ask_selection(%s::jsonb)", (request,)).fetchone()
    assert row

    assert application.execute("SELECT gate.take_selection(%s)", row).fetchall() == []
    application.commit()
    assert len(application.execute("SELECT gate.take_selection(%s)", row).fetchall()) == 1


def test_who_has_which_number_is_not_given_before_its_line_is_committed(
    weighed: psycopg.Connection, application: psycopg.Connection
) -> None:
    from tests.access.builders import a_bsn
    from waardig.registers.actions import enrol_persons

    number = a_bsn()
    enrol_persons([(uuid4(), number)])
    request = json.dumps({"activity": "aanmelden", "actor": {"kind": "system", "id": "x", "role": ""}})
    row = application.execute("SELECT gate.ask_persons(%s, false, %s::jsonb)", ([number], request)).fetchone()
    assert row

    assert application.execute("SELECT gate.take_persons(%s)", row).fetchall() == []
    application.rollback()
    assert application.execute("SELECT gate.take_persons(%s)", row).fetchall() == []


def test_an_expired_ticket_opens_nothing_and_says_so(weighed: psycopg.Connection) -> None:
    ticket = ask(a_request(a_client()))
    weighed.execute("UPDATE gate.ticket SET expires_at = now() - interval '1 second'")

    with pytest.raises(TicketWorthless) as refusal:
        take(ticket)

    assert refusal.value.state == "expired"


def test_a_ticket_of_a_service_that_was_suspended_meanwhile_opens_nothing(weighed: psycopg.Connection) -> None:
    a_right(weighed)
    person = a_client()
    service, right = ask(a_request(person)), ask(own_request(person))

    suspend_service("proef", on=TODAY, actor=OFFICIAL, reason="storing")

    with pytest.raises(TicketWorthless) as refusal:
        take(service)
    assert refusal.value.state == "suspended"
    assert len(take(right)) == 2


def test_a_refused_ticket_opens_nothing(weighed: psycopg.Connection, application: psycopg.Connection) -> None:
    ticket = _ask(application, a_client(), a_person())
    application.commit()

    assert _taken(application, ticket) == 0


def test_a_ticket_of_one_kind_does_not_open_another(weighed: psycopg.Connection) -> None:
    many_clients(3, {STATUS: "lopend"})
    ticket = ask(a_request(a_client()))

    rows = weighed.execute("SELECT gate.take_selection(%s)", (ticket.id,)).fetchall()

    assert rows == []
