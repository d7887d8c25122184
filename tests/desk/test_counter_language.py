"""At the counter: in which language the resident wants messages and letters, recorded for them."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest
from django.test import Client

from tests.cases.builders import lines
from tests.desk.builders import BSN, a_decider, at_the_counter, find, somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.inbox.actions import set_display
from waardig.inbox.queries import display_of, wanting_english

pytestmark = pytest.mark.usefixtures("decided")
ADDRESS = "/balie/loket/taal/"
ENGLISH = "Nederlands, met het Engels erbij"
SAID = "legde voor u vast in welke taal u berichten wilt"


def opened(identified_by: str = "paspoort") -> tuple[Client, UUID]:
    """Somebody who stands at the counter, or calls."""
    person, client = somebody_with_a_number(), at_the_counter()
    find(client, BSN, identified_by)
    return client, person


def chosen(person: UUID) -> tuple[str, str] | None:
    found = display_of(person)
    return (found.language, found.where) if found else None


def test_the_margin_says_the_language_and_leads_to_the_choice() -> None:
    client, _ = opened()

    page = client.get("/balie/loket/overzicht/")

    assert "Taal van berichten Nederlands. Verander de taal" in words_of(page)
    assert f'href="{ADDRESS}"' in page.content.decode()


@pytest.mark.parametrize("identified_by", ["paspoort", "vragen"])
def test_what_the_resident_chooses_holds_for_new_messages_and_stands_in_their_log(
    owner: psycopg.Connection, identified_by: str
) -> None:
    client, person = opened(identified_by)

    saved = client.post(ADDRESS, {"language": "en"}, follow=True)

    assert f"Vastgelegd: {ENGLISH}." in words_of(saved)
    assert f"Taal van berichten {ENGLISH}." in words_of(client.get("/balie/loket/overzicht/"))
    assert (chosen(person), wanting_english([person])) == (("en", "counter"), {person})
    found = owner.execute(
        "SELECT d.actor_kind, d.actor_role, d.attributes FROM log.detail d WHERE d.activity = 'loket.taal'"
    ).fetchall()
    assert (lines(owner, person, "loket.taal"), found) == (["allow"], [("employee", "loket", [])])
    theirs = signed_in_client(a_resident(person))
    assert f"Gemeente Rietwaarden {SAID}." in words_of(theirs.get("/gebruik/"))
    shown = theirs.get("/weergave/").content.decode()
    assert 'name="language" value="en" checked' in shown


def test_large_letters_and_shielding_stay_as_the_resident_chose_them() -> None:
    client, person = opened()
    set_display(person, large=True, shielded=True, where="web", language="en")

    client.post(ADDRESS, {"language": "nl"})

    found = display_of(person)
    assert found is not None
    assert (found.large, found.shielded, found.language, found.where) == (True, True, "nl", "counter")


def test_the_same_choice_again_changes_nothing_and_writes_no_line(owner: psycopg.Connection) -> None:
    client, person = opened()
    client.post(ADDRESS, {"language": "nl"})
    untouched = chosen(person)

    for _ in range(2):
        client.post(ADDRESS, {"language": "en"})

    assert (untouched, chosen(person)) == (None, ("en", "counter"))
    assert lines(owner, person, "loket.taal") == ["allow"]


@pytest.mark.parametrize("typed", [{}, {"language": ""}, {"language": "fr"}])
def test_no_language_or_one_that_is_not_there_is_refused_and_changes_nothing(
    owner: psycopg.Connection, typed: dict[str, str]
) -> None:
    client, person = opened()

    page = client.post(ADDRESS, typed)

    assert (page.status_code, "Kies een taal." in words_of(page)) == (400, True)
    assert (chosen(person), lines(owner, person, "loket.taal")) == (None, [])


def test_without_somebody_at_the_counter_nothing_is_recorded(owner: psycopg.Connection) -> None:
    person = somebody_with_a_number()

    response = at_the_counter().post(ADDRESS, {"language": "en"})

    assert response.headers["Location"] == "/balie/loket/"
    assert (chosen(person), lines(owner, person, "loket.taal")) == (None, [])


def test_an_official_who_does_not_work_at_the_counter_records_nothing(owner: psycopg.Connection) -> None:
    person = somebody_with_a_number()

    response = a_decider().post(ADDRESS, {"language": "en"})

    assert (response.status_code, chosen(person), lines(owner, person, "loket.taal")) == (403, None, [])
