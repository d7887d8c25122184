"""The counter: finding a resident, looking along, recording an answer for them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from tests.cases.builders import a_resident, lines
from tests.desk.builders import (
    BSN,
    a_decider,
    a_sent_proposal,
    at_the_counter,
    find,
    somebody_with_a_number,
    words_of,
)
from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases import queries as cases
from waardig.cases.terms import CaseKind, CaseState
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today, wall_now
from waardig.logbook.terms import Actor
from waardig.registers.queries import take
from waardig.screens.desk_pages import counter

YES = {"household": "yes", "wealth_unknown": "no", "wealth": "800", "account": "other", "iban": "NL91ABNA0417164300"}
PAGES = ("overzicht", "berichten", "gegevens", "gebruik")


def opened() -> tuple[Client, str]:
    """Somebody with an open proposal, at the counter; gives the address of the message."""
    _, message = a_sent_proposal(somebody_with_a_number())
    client = at_the_counter()
    find(client)
    return client, f"/balie/loket/berichten/{message}/"


def declared(person: object) -> dict[str, object]:
    """What somebody declared, as they see it themselves."""
    names = frozenset(f"opgave.{name}" for name in ("vermogen", "iban", "huishouden_klopt", "huishouden", "opmerking"))
    actor = Actor("resident", str(person))
    ticket = ask(Request("inzage.gegevens", names, (person,), actor, business_today()))  # type: ignore[arg-type]
    return {fact.attribute.removeprefix("opgave."): fact.value for fact in take(ticket)}


@pytest.mark.parametrize("page", PAGES)
def test_without_somebody_at_the_counter_every_page_asks_who(page: str) -> None:
    response = at_the_counter().get(f"/balie/loket/{page}/")

    assert response.headers["Location"] == "/balie/loket/"


def test_the_counter_is_for_employees_of_the_counter() -> None:
    assert a_decider().get("/balie/loket/").status_code == 403
    assert Client().get("/balie/loket/").status_code == 302


def test_the_number_is_looked_up_in_a_post_and_stands_in_no_address(owner: psycopg.Connection) -> None:
    person, client = somebody_with_a_number(), at_the_counter()

    response = find(client)

    assert response.headers["Location"] == "/balie/loket/overzicht/"
    assert "Meneer Vos staat bij u. Gecontroleerd: paspoort." in words_of(client.get("/balie/loket/overzicht/"))
    assert lines(owner, person, "loket.meekijken") == ["allow"]


@pytest.mark.parametrize("bsn", ["999990123", "123", "", "geen nummer"])
def test_a_number_of_nobody_and_no_number_at_all_give_the_same_answer(bsn: str) -> None:
    somebody_with_a_number()

    response = find(at_the_counter(), bsn)

    assert response.status_code == 400
    assert "Wij vinden niemand met deze gegevens." in words_of(response)


def test_without_saying_how_identity_was_checked_nobody_is_looked_up(owner: psycopg.Connection) -> None:
    person = somebody_with_a_number()

    response = find(at_the_counter(), BSN, "gezicht")

    assert "Kies hoe u zag wie dit is." in words_of(response)
    assert lines(owner, person, "aanmelden") == []
    assert lines(owner, person, "loket.meekijken") == []


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_the_resident_open_beside_the_margin(page: str) -> None:
    client, _ = opened()

    shown = words_of(client.get(f"/balie/loket/{page}/"))

    assert "Dit is precies wat meneer Vos ziet" in shown
    assert "Stand van zaken" in shown
    assert BSN not in shown


def test_a_proposal_shows_the_question_without_sending_and_the_margin_records() -> None:
    client, address = opened()

    page = client.get(address)

    assert "Leg “ja” vast" in words_of(page)
    assert "U kiest zelf. Vandaag hoeft niet." in words_of(page)
    assert "521 euro en 97 cent" in words_of(page)
    assert page.content.decode().count('type="button" aria-disabled="true"') >= 2


def test_a_secret_address_stands_nowhere_at_the_counter() -> None:
    somebody_with_a_number(brp__geheimhouding=True)
    client = at_the_counter()
    find(client)

    shown = words_of(client.get("/balie/loket/gegevens/"))

    assert "Molenkade" not in shown
    assert "Adres" in shown


def test_why_shows_the_steps_at_the_counter(decided: None) -> None:
    client, address = opened()

    assert "Stap 1" in words_of(client.get(f"{address}waarom/"))


def test_a_no_is_recorded_at_once_with_a_receipt() -> None:
    client, address = opened()

    response = client.post(f"{address}leg-vast/", {"answer": "no"})

    (case,) = cases.waiting([CaseState.DECLINED])[0]
    assert response.headers["Location"] == f"{address}bewijs/"
    assert f"Zaaknummer {case.number}" in words_of(client.get(f"{address}bewijs/"))
    assert cases.events_of(case.id)[-1].actor_kind == "employee"


def test_a_yes_is_the_application_of_today_with_what_the_resident_declared() -> None:
    client, address = opened()
    asked = client.post(f"{address}leg-vast/", {"answer": "yes"})

    response = client.post(asked.headers["Location"], YES)

    (case,) = cases.waiting([CaseState.RECEIVED])[0]
    receipt = words_of(client.get(f"{address}bewijs/")).replace("\u00a0", " ")
    assert response.status_code == 302
    assert (case.kind, case.applied_on) == (CaseKind.APPLICATION, business_today())
    assert declared(case.applicant) == {
        "vermogen": 80_000, "iban": "NL91ABNA0417164300", "huishouden_klopt": True, "huishouden": None,
        "opmerking": None,
    }  # fmt: skip
    assert "Uw spaargeld is € 800. Uw rekening eindigt op 4300." in receipt


def test_yes_but_asks_what_is_wrong_and_keeps_today() -> None:
    client, address = opened()
    asked = client.post(f"{address}leg-vast/", {"answer": "yes_but"})

    empty = client.post(asked.headers["Location"], YES)
    client.post(asked.headers["Location"], {**YES, "note": "Mijn inkomen klopt niet."})

    (case,) = cases.waiting([CaseState.RECEIVED])[0]
    assert "Schrijf op wat niet klopt." in words_of(empty)
    assert declared(case.applicant)["opmerking"] == "Mijn inkomen klopt niet."


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"household": ""}, "Kies met wie u woont."),
        ({"household": "no"}, "Schrijf op wat niet klopt."),
        ({"wealth_unknown": ""}, "Vul uw spaargeld in, bijvoorbeeld 12.500."),
        ({"wealth": "veel"}, "Vul uw spaargeld in als getal"),
        ({"wealth": "-1"}, "Vul uw spaargeld in als 0 of meer."),
        ({"iban": "NL00ABNA0417164300"}, "Vul een heel rekeningnummer in"),
        ({"account": ""}, "Kies op welke rekening u het geld wilt."),
    ],
)
def test_a_declaration_that_is_not_complete_records_nothing(changed: dict[str, str], error: str) -> None:
    client, address = opened()

    response = client.post(f"{address}opgave/", {**YES, **changed})

    assert response.status_code == 400
    assert error in words_of(response)
    assert cases.waiting([CaseState.RECEIVED])[1] == 0


def test_an_answered_proposal_cannot_be_answered_again() -> None:
    client, address = opened()
    client.post(f"{address}opgave/", YES)

    response = client.post(f"{address}leg-vast/", {"answer": "no"})

    assert response.headers["Location"] == address
    assert cases.waiting([CaseState.DECLINED])[1] == 0
    assert "Leg “ja” vast" not in words_of(client.get(address))


def test_a_message_of_somebody_else_and_an_unknown_one_give_the_same_answer() -> None:
    client, _ = opened()
    _, others = a_sent_proposal(a_resident().person)

    pages = [client.get(f"/balie/loket/berichten/{one}/") for one in (others, uuid4())]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content


def test_closing_ends_it_and_an_hour_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = opened()
    client.post("/balie/loket/sluit/")
    closed = client.get(address)
    find(client)
    later = wall_now() + timedelta(minutes=60)
    monkeypatch.setattr(counter, "wall_now", lambda: later)

    over = client.get(address)

    assert (closed.status_code, over.status_code) == (302, 302)
    assert over.headers["Location"] == "/balie/loket/"


def test_opening_another_person_closes_the_first() -> None:
    client, address = opened()

    find(client, "geen nummer")

    assert client.get(address).status_code == 302


def test_looking_along_is_no_opening_by_the_resident() -> None:
    client, address = opened()
    client.get(address)

    message = inbox.message(UUID(address.split("/")[-2]))
    assert message is not None
    assert not message.is_opened
