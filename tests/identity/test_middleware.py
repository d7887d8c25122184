"""Nobody gets past a view that is not meant for them; silence never means public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
from waardig.identity.terms import SETUP, AudienceMissing, Level, SignInSetup
from waardig.kernel.clock import wall_now


@pytest.fixture(autouse=True)
def pages(db: None, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.identity.urls"
    SETUP.bind(SignInSetup(()))


def sent_to(response: Any) -> tuple[int, str, dict[str, list[str]]]:
    parts = urlsplit(response.headers.get("Location", ""))
    return response.status_code, parts.path, parse_qs(parts.query)


def test_a_public_page_is_open_and_knows_who_is_there() -> None:
    who = a_resident()

    assert Client().get("/openbaar/").json() == {"kind": "anonymous", "id": "", "role": "", "term": False}
    assert signed_in_client(who).get("/openbaar/").json()["id"] == str(who.person)


def test_a_page_for_residents_asks_to_sign_in_and_remembers_the_page() -> None:
    response = Client().get("/eigen/?zaak=7&x=a%20b")

    assert sent_to(response) == (302, "/inloggen/", {"next": ["/eigen/?zaak=7&x=a%20b"], "level": ["substantial"]})


def test_an_employee_page_asks_to_sign_in_at_the_desk() -> None:
    assert sent_to(Client().get("/werk/"))[:2] == (302, "/balie/inloggen/")


def test_a_form_of_somebody_who_is_gone_returns_to_its_page() -> None:
    here = Client().post("/eigen/", headers={"referer": "http://testserver/formulier/?stap=2"})
    elsewhere = Client().post("/eigen/", headers={"referer": "http://elders.example/formulier/"})

    assert sent_to(here)[2]["next"] == ["/formulier/?stap=2"]
    assert sent_to(elsewhere)[2]["next"] == ["/"]


def test_a_level_that_is_too_low_is_asked_to_step_up() -> None:
    client = signed_in_client(a_resident())

    assert client.get("/eigen/").status_code == 200
    assert sent_to(client.get("/heel-eigen/")) == (302, "/inloggen/", {"next": ["/heel-eigen/"], "level": ["high"]})
    assert signed_in_client(a_resident(level=Level.HIGH)).get("/heel-eigen/").status_code == 200


@pytest.mark.parametrize("page", ["/werk/", "/beslis/"])
def test_a_resident_and_an_office_never_see_a_page_of_employees(page: str) -> None:
    for who in (a_resident(level=Level.HIGH), an_office()):
        assert signed_in_client(who).get(page).status_code == 403


def test_an_employee_needs_the_role_and_sees_the_page_in_it() -> None:
    both = an_employee("loket", "beslisser", "teamleider")

    assert signed_in_client(an_employee("loket")).get("/beslis/").status_code == 403
    assert signed_in_client(both).get("/beslis/").json()["role"] == "beslisser"
    assert signed_in_client(an_employee("loket", "teamleider")).get("/werk/").json()["role"] == "loket"
    assert signed_in_client(an_employee("loket")).get("/eigen/").status_code == 403


def test_a_view_that_says_nothing_is_refused_for_everybody() -> None:
    for client in (Client(), signed_in_client(a_resident()), signed_in_client(an_employee("beslisser"))):
        with pytest.raises(AudienceMissing, match="silent"):
            client.get("/stil/")


def test_a_declaration_survives_a_wrapper() -> None:
    assert Client().get("/ingepakt/").status_code == 302


def test_a_session_that_is_over_opens_nothing_and_is_removed() -> None:
    client = signed_in_client(a_resident(), at=wall_now() - timedelta(minutes=15))

    answer = sent_to(client.get("/eigen/"))

    assert answer[:2] == (302, "/inloggen/") and answer[2]["expired"] == ["1"]
    assert "expired" not in sent_to(client.get("/eigen/"))[2]


def test_use_keeps_a_session_alive() -> None:
    client = signed_in_client(a_resident(), at=wall_now() - timedelta(minutes=14))

    response = client.get("/eigen/")

    assert response.status_code == 200
    assert client.session["identity"]["last_seen"] > (wall_now() - timedelta(minutes=1)).isoformat()


def test_a_page_of_somebody_signed_in_is_not_kept_by_a_browser_or_proxy() -> None:
    response = signed_in_client(a_resident()).get("/openbaar/")

    assert "no-store" in response.headers["Cache-Control"]


def test_a_cookie_that_we_did_not_give_is_nobody() -> None:
    client = Client()
    client.cookies["waardig"] = "a" * 32

    assert client.get("/openbaar/").json()["kind"] == "anonymous"
