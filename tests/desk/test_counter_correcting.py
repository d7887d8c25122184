"""At the counter: the resident says that a value is wrong, and the employee records it for them."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from tests.cases.builders import a_resident, lines
from tests.desk.builders import a_decider, a_sent_proposal, at_the_counter, find, somebody_with_a_number, words_of
from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases import queries as cases
from waardig.cases.terms import CaseKind, CaseState, EventKind
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today
from waardig.logbook.terms import Actor
from waardig.registers.queries import take, take_documents
from waardig.screens.desk_pages.words import event_words

NORM = "uitkeringen.norm"
DATA = "/balie/loket/gegevens/"
SAID = {"step": "report", "correct_value": "€ 1.200", "explanation": "Ik woon nu alleen."}


def fact_of(person: UUID, attribute: str = NORM) -> UUID:
    """The id of one fact, as the resident reads it."""
    actor = Actor("resident", str(person))
    ticket = ask(Request("inzage.gegevens", frozenset({attribute}), (person,), actor, business_today()))
    return next(one.fact_id for one in take(ticket) if one.attribute == attribute)


def address_of(fact: UUID) -> str:
    return f"{DATA}{fact}/klopt-niet/"


def opened(**changes: object) -> tuple[Client, UUID]:
    """Somebody who stands at the counter."""
    person = somebody_with_a_number(**changes)
    client = at_the_counter()
    find(client)
    return client, person


def marks(owner: psycopg.Connection) -> list[tuple[object, ...]]:
    return owner.execute("SELECT fact, case_id FROM reg.investigation").fetchall()


def test_their_data_at_the_counter_leads_to_the_report(decided: None) -> None:
    client, person = opened()
    address = address_of(fact_of(person))

    assert f'href="{address}"' in client.get(DATA).content.decode()
    shown = words_of(client.get(address))

    assert "Klopt dit niet?" in shown
    assert "Laat de inwoner meelezen. Een bewijs is nu niet nodig." in shown
    assert "Wat moet het zijn?" in shown


def test_why_at_the_counter_leads_to_the_report(decided: None) -> None:
    person = somebody_with_a_number()
    _, message = a_sent_proposal(person)
    client = at_the_counter()
    find(client)

    page = client.get(f"/balie/loket/berichten/{message}/waarom/").content.decode()

    assert f'href="{address_of(fact_of(person))}"' in page


def test_a_report_at_the_counter_is_the_residents_own_report_with_the_employee_as_who_recorded_it(
    decided: None, owner: psycopg.Connection
) -> None:
    client, person = opened()
    fact = fact_of(person)

    response = client.post(address_of(fact), SAID)

    (found,) = cases.corrections_of(person)
    (event,) = cases.events_of(found.case.id)
    (receipt,) = [one for one in inbox.messages_for(person).messages if one.case == found.case.id]
    assert (found.case.kind, found.case.state, found.fact) == (CaseKind.CORRECTION, CaseState.OPEN, fact)
    assert marks(owner) == [(fact, found.case.id)]
    assert (event.kind, event.actor_kind, event.code) == (EventKind.REPORTED, "employee", "counter")
    assert event_words(event).nl == "Aan het loket gemeld dat een gegeven niet klopt"
    assert response.headers["Location"] == f"/balie/loket/berichten/{receipt.id}/"
    assert found.case.number in words_of(client.get(response.headers["Location"]))


def test_the_log_of_the_resident_names_the_role_of_who_recorded_it(decided: None, owner: psycopg.Connection) -> None:
    client, person = opened()
    fact = fact_of(person)

    client.post(address_of(fact), SAID)

    found = owner.execute(
        "SELECT DISTINCT d.actor_kind, d.actor_role, d.decision FROM log.detail d JOIN log.line l"
        " USING (trace_id, span_id) JOIN log.pseudonyms(ARRAY[%s]::uuid[]) p USING (subject)"
        " WHERE d.activity = 'loket.melding'",
        [person],
    ).fetchall()
    assert found == [("employee", "loket", "allow")]


def test_what_the_resident_said_stands_behind_the_gate(decided: None) -> None:
    client, person = opened()
    client.post(address_of(fact_of(person)), SAID)
    (found,) = cases.corrections_of(person)

    actor = Actor("employee", "w.degraaf", "beslisser")
    wanted = Request("correctie", frozenset({"cases.melding"}), (person,), actor, business_today(), case=found.case.id)
    text = take_documents(ask(wanted), [found.case.id])[found.case.id].content

    assert (text["attribute"], text["should_be"], text["explanation"]) == (NORM, "€ 1.200", "Ik woon nu alleen.")


def test_recording_it_twice_is_one_report_and_leads_to_its_receipt(decided: None) -> None:
    client, person = opened()
    address = address_of(fact_of(person))
    first = client.post(address, SAID).headers["Location"]

    assert client.post(address, SAID).headers["Location"] == first
    assert client.get(address).headers["Location"] == first
    assert len(cases.corrections_of(person)) == 1
    assert "U zei op" in words_of(client.get(DATA))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"correct_value": " ", "explanation": "Nee."}, "Vul in wat het moet zijn."),
        ({"correct_value": "1", "explanation": "x" * 2000}, "Fout:"),
    ],
)
def test_a_report_without_what_it_should_be_or_too_long_records_nothing(
    decided: None, owner: psycopg.Connection, typed: dict[str, str], error: str
) -> None:
    client, person = opened()

    response = client.post(address_of(fact_of(person)), typed)

    assert response.status_code == 400
    assert error in response.content.decode()
    assert (cases.corrections_of(person), marks(owner)) == ((), [])


def test_a_fact_of_somebody_else_and_an_unknown_one_give_the_same_answer(
    decided: None, owner: psycopg.Connection
) -> None:
    client, _ = opened()
    other = a_resident()

    pages = [client.post(address_of(one), SAID) for one in (other.facts[NORM], uuid4())]

    assert [page.status_code for page in pages] == [404, 404]
    assert (cases.corrections_of(other.person), marks(owner)) == ((), [])


def test_an_official_who_does_not_work_at_the_counter_records_nothing(decided: None, owner: psycopg.Connection) -> None:
    person = somebody_with_a_number()

    response = a_decider().post(address_of(fact_of(person)), SAID)

    assert response.status_code == 403
    assert (cases.corrections_of(person), marks(owner)) == ((), [])
    assert lines(owner, person, "loket.melding") == []


def test_without_somebody_at_the_counter_the_page_asks_who(decided: None) -> None:
    person = somebody_with_a_number()

    response = at_the_counter().post(address_of(fact_of(person)), SAID)

    assert response.headers["Location"] == "/balie/loket/"
    assert cases.corrections_of(person) == ()


def test_a_secret_address_can_be_reported_and_is_not_shown(decided: None) -> None:
    client, person = opened(brp__geheimhouding=True)
    address = address_of(fact_of(person, "brp.adres"))

    shown = words_of(client.get(address))
    client.post(address, SAID)

    assert "Dit is geheim. Wij laten het hier niet zien." in shown
    assert "Molenkade" not in shown
    assert [one.attribute for one in cases.corrections_of(person)] == ["brp.adres"]
