"""The ceiling of a day at the counter: whom one looked at before can be helped further, one more is for tomorrow."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from tests.access.builders import a_bsn
from tests.cases.builders import GERRIT, SINCE, lines
from tests.desk.builders import BSN, at_the_counter, find, somebody_with_a_number, words_of
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("db")
OVERVIEW = "/balie/loket/overzicht/"


@pytest.fixture
def one_a_day(owner: psycopg.Connection) -> psycopg.Connection:
    """Looking along at the counter may be about one person a day."""
    owner.execute("ALTER TABLE pol.activity DISABLE TRIGGER keep_version")
    owner.execute(
        "UPDATE pol.activity SET register_entry = jsonb_set(register_entry, '{delivery,daily_ceiling}', '1')"
        " WHERE id = 'loket.meekijken'"
    )
    owner.execute("ALTER TABLE pol.activity ENABLE TRIGGER keep_version")
    return owner


def another() -> tuple[UUID, str]:
    person, number = uuid4(), a_bsn()
    enrol_persons([(person, number)])
    store_facts([NewFact(person, name, value, SINCE) for name, value in GERRIT.items()])
    return person, number


def opened(client: Client, bsn: str) -> int:
    find(client, bsn)
    return int(client.get(OVERVIEW).status_code)


def test_one_person_more_than_the_ceiling_gets_a_page_that_says_when_it_works_again(
    one_a_day: psycopg.Connection,
) -> None:
    somebody_with_a_number()
    second, number = another()
    client = at_the_counter()
    assert (opened(client, BSN), client.get(OVERVIEW).status_code) == (200, 200)
    assert client.get("/balie/loket/gegevens/").status_code == 200

    response = find(client, number)

    shown = words_of(response)
    assert response.status_code == 429
    assert "Dit kan morgen weer" in shown and "Vraag een collega die dit ook mag." in shown
    assert "Vos" not in shown and number not in response.content.decode()
    assert set(lines(one_a_day, second, "loket.meekijken")) == {"refuse"}
    assert opened(client, BSN) == 200

    one_a_day.execute("UPDATE gate.daily_use SET day = day - 1")
    one_a_day.execute("UPDATE gate.ticket SET made_at = made_at - interval '1 day'")
    assert opened(client, number) == 200
