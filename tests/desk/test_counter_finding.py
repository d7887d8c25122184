"""At the counter without a number: birth date, postcode and house number."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from tests.cases.builders import GERRIT, SINCE, lines
from tests.desk.builders import a_decider, at_the_counter, words_of
from tests.identity.signing_in import an_employee, signed_in_client
from waardig.access.terms import AccessRefused, Actor
from waardig.registers.actions import enrol_persons, persons_at_address, store_facts
from waardig.registers.terms import NewFact

ADDRESS = "/balie/loket/zonder-nummer/"
WHO = "/balie/loket/wie/"
TYPED = {"birth_date": "8-11-1966", "postcode": "1234 ab", "house_number": "12", "identified_by": "paspoort"}
HERE = {"straat": "Molenkade", "postcode": "1234 AB", "woonplaats": "Rietwaarden"}


def somebody(initials: str = "G.", house: str = "12", **more: Any) -> UUID:
    person = uuid4()
    enrol_persons([(person, None)])
    values = {
        **GERRIT,
        "brp.naam": {"voorletters": initials, "geslachtsnaam": "Vos", "geslacht": "M"},
        "brp.adres": {**HERE, "huisnummer": house},
        **{name.replace("__", ".", 1): value for name, value in more.items()},
    }
    store_facts([NewFact(person, name, value, SINCE) for name, value in values.items()])
    return person


def search(client: Client, **changes: str) -> Any:
    return client.post(ADDRESS, {**TYPED, **changes})


def nameless(owner: psycopg.Connection) -> int:
    row = owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'loket.zoeken'").fetchone()
    assert row is not None
    return int(row[0])


def test_one_who_is_met_opens_and_finds_it_in_their_log(db: None, owner: psycopg.Connection) -> None:
    person, client = somebody(), at_the_counter()

    response = search(client)

    assert response.headers["Location"] == "/balie/loket/overzicht/"
    assert "Meneer Vos staat bij u. Gecontroleerd: paspoort." in words_of(client.get("/balie/loket/overzicht/"))
    assert lines(owner, person, "loket.zoeken") == ["allow"]


@pytest.mark.parametrize(
    "changes", [{"birth_date": "9-11-1966"}, {"postcode": "1234 AC"}, {"house_number": "1"}, {"house_number": "121"}]
)
def test_all_three_are_exact_and_nobody_met_is_a_line_without_a_person(
    db: None, owner: psycopg.Connection, changes: dict[str, str]
) -> None:
    person, client = somebody(), at_the_counter()

    response = search(client, **changes)

    assert (response.status_code, "Wij vinden niemand met deze gegevens." in words_of(response)) == (400, True)
    assert (lines(owner, person, "loket.zoeken"), nameless(owner)) == ([], 1)
    assert client.get("/balie/loket/overzicht/").headers["Location"] == "/balie/loket/"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"birth_date": ""}, "Vul een dag in"),
        ({"birth_date": "%"}, "Vul een dag in"),
        ({"postcode": ""}, "Vul een hele postcode in"),
        ({"postcode": "1234%"}, "Vul een hele postcode in"),
        ({"house_number": ""}, "Vul alleen het getal van het huisnummer in"),
        ({"house_number": "1*"}, "Vul alleen het getal van het huisnummer in"),
        ({"identified_by": "vragen"}, "Kies hoe u zag wie dit is."),
        ({"identified_by": ""}, "Kies hoe u zag wie dit is."),
    ],
)
def test_without_everything_and_a_document_nothing_is_looked_up(
    db: None, owner: psycopg.Connection, changes: dict[str, str], error: str
) -> None:
    somebody()

    response = search(at_the_counter(), **changes)

    assert (response.status_code, error in words_of(response), nameless(owner)) == (400, True, 0)


def test_of_several_only_what_is_needed_to_choose_is_shown(db: None, owner: psycopg.Connection) -> None:
    first, second, client = somebody("G.", "12"), somebody("H.J.", "12 bis"), at_the_counter()

    response = search(client)
    page = client.get(WHO)
    place = next(n for n in "12" if f'value="{n}"' in page.content.decode())

    shown = words_of(page)
    assert response.headers["Location"] == WHO
    assert "G." in shown and "H.J., toevoeging bis" in shown
    assert all(word not in page.content.decode() for word in ("Vos", "Molenkade", str(first), str(second), "1966"))
    assert lines(owner, first, "loket.zoeken") == lines(owner, second, "loket.zoeken") == ["allow", "allow"]
    assert client.post(WHO, {"person": "3"}).status_code == 400
    assert client.post(WHO, {"person": place}).headers["Location"] == "/balie/loket/overzicht/"
    assert client.get(WHO).headers["Location"] == ADDRESS


def test_more_than_five_are_counted_and_none_of_them_is_given(db: None, owner: psycopg.Connection) -> None:
    people, client = [somebody() for _ in range(6)], at_the_counter()

    response = search(client)

    assert "Wij vinden te veel mensen. Vraag het burgerservicenummer." in words_of(response)
    assert ([lines(owner, one, "loket.zoeken") for one in people], nameless(owner)) == ([[]] * 6, 1)


@pytest.mark.parametrize("more", [{"brp__geheimhouding": True}, {"brp__overlijdensdatum": "2025-01-02"}])
def test_a_secret_address_and_who_has_died_are_never_met(
    db: None, owner: psycopg.Connection, more: dict[str, Any]
) -> None:
    person, client = somebody(**more), at_the_counter()

    response = search(client)

    assert "Wij vinden niemand met deze gegevens." in words_of(response)
    assert lines(owner, person, "loket.zoeken") == []
    assert "Wie een geheim adres heeft, vindt u zo niet." in words_of(response)


def test_after_forty_lookups_a_day_the_number_is_asked(db: None, owner: psycopg.Connection) -> None:
    person, client = somebody(), at_the_counter()
    for _ in range(40):
        search(client, house_number="9")

    response = search(client)

    assert "U zocht vandaag te vaak zonder nummer. Morgen kan het weer." in words_of(response)
    assert lines(owner, person, "loket.zoeken") == []
    assert search(at_the_counter_again()).status_code == 302


def at_the_counter_again() -> Client:
    """A colleague at the counter."""

    return signed_in_client(an_employee("loket", number="x.collega", name="Een collega"))


def test_only_the_counter_looks_up_by_address(db: None, owner: psycopg.Connection) -> None:

    person = somebody()

    assert a_decider().post(ADDRESS, TYPED).status_code == 403
    for activity, role in (("loket.zoeken", "beslisser"), ("loket.meekijken", "loket"), ("aanmelden", "loket")):
        with pytest.raises(AccessRefused):
            persons_at_address(
                date(1966, 11, 8), "1234AB", "12", activity=activity, actor=Actor("employee", "f.x", role)
            )
    assert "allow" not in lines(owner, person, "loket.zoeken")
