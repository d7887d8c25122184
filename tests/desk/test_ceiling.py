"""The ceiling of a day at the counter: whom one looked at before can be helped further, one more is for tomorrow."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from tests.access.builders import a_bsn
from tests.cases.builders import GERRIT, SERVICE, SINCE, TODAY, a_couple, lines
from tests.desk.builders import BSN, a_caseworker, at_the_counter, find, somebody_with_a_number, words_of
from waardig.kernel.content import content_roots
from waardig.proposals.actions import run_round
from waardig.proposals.models import LeftStep, RunItem
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact
from waardig.values.actions import decide

pytestmark = pytest.mark.usefixtures("db")
OVERVIEW = "/balie/loket/overzicht/"


def one_a_day(owner: psycopg.Connection, activity: str) -> None:
    """An activity may be about one person a day."""
    owner.execute("ALTER TABLE pol.activity DISABLE TRIGGER keep_version")
    owner.execute(
        "UPDATE pol.activity SET register_entry = jsonb_set(register_entry, '{delivery,daily_ceiling}', '1')"
        " WHERE id = %s",
        (activity,),
    )
    owner.execute("ALTER TABLE pol.activity ENABLE TRIGGER keep_version")


def another() -> tuple[UUID, str]:
    person, number = uuid4(), a_bsn()
    enrol_persons([(person, number)])
    store_facts([NewFact(person, name, value, SINCE) for name, value in GERRIT.items()])
    return person, number


def opened(client: Client, bsn: str) -> int:
    find(client, bsn)
    return int(client.get(OVERVIEW).status_code)


def test_one_person_more_than_the_ceiling_gets_a_page_that_says_when_it_works_again(owner: psycopg.Connection) -> None:
    one_a_day(owner, "loket.meekijken")
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
    assert set(lines(owner, second, "loket.meekijken")) == {"refuse"}
    assert opened(client, BSN) == 200

    owner.execute("UPDATE gate.daily_use SET day = day - 1")
    owner.execute("UPDATE gate.ticket SET made_at = made_at - interval '1 day'")
    assert opened(client, number) == 200


def test_above_the_ceiling_nobody_is_judged_without_their_partner(owner: psycopg.Connection) -> None:
    decide(content_roots()[-1] / "services" / SERVICE / "decision.yaml", on=TODAY)
    first, second = a_couple()
    store_facts([NewFact(one, "brp.in_onderzoek", True, date(2018, 1, 1)) for one in (first, second)])
    run_round(SERVICE)
    item = RunItem.objects.get(person=first).id
    one_a_day(owner, "iit.nakijken")

    response = a_caseworker().get(f"/balie/bekijken/{item}/")

    assert (response.status_code, "Dit kan morgen weer" in words_of(response)) == (429, True)
    assert lines(owner, second, "iit.nakijken") == ["refuse"]
    assert not LeftStep.objects.exists()
