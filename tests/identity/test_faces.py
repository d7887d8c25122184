"""Signing in as a browser does it: pages of portal and desk, redirects, cookies and tokens against forgery."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest
from django.test import Client

from tests.identity.trial import BSN, GERRIT, PERSONAS, People
from waardig.identity.adapters import oidc
from waardig.identity.adapters.test_provider import Fault, TestProvider
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import PERSON_REGISTER, SETUP
from waardig.registers.actions import enrol_persons


@pytest.fixture
def provider(db: None, settings: Any) -> Iterator[TestProvider]:
    settings.ROOT_URLCONF = "tests.identity.face_urls"
    setup, made = open_trial("http://testserver", PERSONAS, installation="test", place="Rietwaarden")
    SETUP.bind(setup)
    PERSON_REGISTER.bind(People())
    enrol_persons([(GERRIT, BSN)])
    yield made
    oidc.use_transport(made.issuer, None)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def token(page: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found, "the form carries no token"
    return found[1]


def choose(browser: Client, persona: str, address: str = "/inloggen/", **fields: str) -> Any:
    """Open the sign-in page and post a choice."""
    form = {"csrfmiddlewaretoken": token(browser.get(address)), "persona": persona, **fields}
    return browser.post(address, form)


def back_from(provider: TestProvider, sent: Any) -> str:
    """Let the provider answer; gives the address it sends the browser to."""
    assert sent.status_code == 302, sent.content[:500]
    with httpx.Client(transport=httpx.WSGITransport(app=provider)) as outside:
        return str(outside.get(sent.headers["Location"]).headers["Location"])


def sign_in(
    browser: Client, provider: TestProvider, persona: str = "gerrit", address: str = "/inloggen/", **f: str
) -> Any:
    return browser.get(back_from(provider, choose(browser, persona, address, **f)))


def test_the_page_of_a_demo_offers_everybody_with_a_button(provider: TestProvider, browser: Client) -> None:
    page = browser.get("/inloggen/").content.decode()

    for name in ("Log in als Gerrit", "Log in als Danny", "Log in als Fatma"):
        assert name in page
    assert BSN not in page and page.count("<h1") == 1


def test_the_page_of_a_real_installation_offers_means_and_no_personas(provider: TestProvider, browser: Client) -> None:
    setup = SETUP.get()
    SETUP.bind(type(setup)(setup.means, setup.personas, is_trial=False))

    portal, desk = browser.get("/inloggen/").content.decode(), browser.get("/balie/inloggen/").content.decode()

    assert "DigiD" in portal and "eHerkenning" in portal and "Werkaccount" not in portal
    assert "Werkaccount" in desk and "DigiD" not in desk
    assert "Gerrit" not in portal + desk


def test_a_resident_goes_from_the_asked_page_through_the_provider_back_to_it(
    provider: TestProvider, browser: Client
) -> None:
    asked = browser.get("/?zaak=7")
    address = asked.headers["Location"]
    page = browser.get(address)
    hidden = parse_qs(urlsplit(address).query)["next"][0]

    done = sign_in(browser, provider, address=address, next=hidden)

    assert page.status_code == 200 and f'value="{hidden}"' in page.content.decode()
    assert (done.status_code, done.headers["Location"]) == (302, "/?zaak=7")
    assert browser.get("/?zaak=7").content.decode() == f"dag {GERRIT}"


def test_an_employee_who_starts_at_the_portal_comes_in_at_the_desk(provider: TestProvider, browser: Client) -> None:
    for address in ("/inloggen/", "/balie/inloggen/"):
        done = sign_in(browser, provider, "fatma", address)

        assert (done.status_code, done.headers["Location"]) == (302, "/balie/")
        assert browser.get("/balie/").content.decode() == "dag Fatma Yıldız"
        assert browser.get("/").status_code == 403


def test_an_administrator_comes_in_at_the_portal(provider: TestProvider, browser: Client) -> None:
    sign_in(browser, provider, "danny")

    assert browser.get("/").content.decode() == "dag 90000017"


def test_a_page_that_needs_more_asks_a_higher_level_and_refuses_a_lower(
    provider: TestProvider, browser: Client
) -> None:
    sign_in(browser, provider)
    step_up = browser.get("/hoog/")
    address = step_up.headers["Location"]
    sent = choose(browser, "gerrit", address)

    refused = browser.get(back_from(provider, sent))

    assert parse_qs(urlsplit(sent.headers["Location"]).query)["acr_values"] == ["http://eidas.europa.eu/LoA/high"]
    assert refused.status_code == 403 and "U verliest niets" in refused.content.decode()
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elders.example/", "//elders.example", "/\\elders.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(provider: TestProvider, browser: Client, elsewhere: str) -> None:
    assert sign_in(browser, provider, next=elsewhere).headers["Location"] == "/"


@pytest.mark.parametrize(
    "fault", [one for one in Fault if one is not Fault.NONE and one is not Fault.REPRESENTS_NOBODY]
)
def test_a_failed_sign_in_says_what_to_do_and_shows_no_detail(
    provider: TestProvider, browser: Client, fault: Fault
) -> None:
    provider.fault = fault

    page = sign_in(browser, provider)

    text = page.content.decode()
    assert page.status_code == 403
    assert "U verliest niets" in text and 'role="alert"' in text
    assert BSN not in text and fault.value not in text
    assert browser.get("/").status_code == 302


def test_a_callback_that_nobody_asked_for_signs_nobody_in(provider: TestProvider, browser: Client) -> None:
    other = Client()
    planted = back_from(provider, other.post("/inloggen/", {"persona": "gerrit"}))

    assert browser.get(planted).status_code == 403
    assert browser.get("/").status_code == 302


def test_choosing_and_signing_out_need_a_token_against_forgery(provider: TestProvider, browser: Client) -> None:
    assert browser.post("/inloggen/", {"persona": "gerrit"}).status_code == 403
    sign_in(browser, provider)

    assert browser.post("/uitloggen/").status_code == 403
    opened = browser.get("/uitloggen/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "Deze pagina opent niet vanzelf" in opened.content.decode()
    assert browser.get("/").status_code == 200


def test_signing_out_ends_the_session_and_passes_by_the_provider(provider: TestProvider, browser: Client) -> None:
    sign_in(browser, provider)
    form = {"csrfmiddlewaretoken": token(browser.get("/inloggen/"))}

    left = browser.post("/uitloggen/", form)
    with httpx.Client(transport=httpx.WSGITransport(app=provider)) as outside:
        returned = outside.get(left.headers["Location"]).headers["Location"]

    assert returned == "http://testserver/uitgelogd/"
    assert browser.get(returned).status_code == 200
    assert browser.get("/").status_code == 302


def test_one_tap_gives_more_time_inside_a_frame_of_our_own(provider: TestProvider, browser: Client) -> None:
    sign_in(browser, provider)
    form = {"csrfmiddlewaretoken": token(browser.get("/inloggen/"))}

    answer = browser.post("/sessie/verlengen/", form)

    text = answer.content.decode()
    assert answer.status_code == 200 and "U blijft ingelogd tot" in text
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert Client().post("/sessie/verlengen/").status_code == 302


@pytest.mark.parametrize(
    ("asked", "delay"), [("780", "780s"), ("", "0s"), ("x;}body{", "0s"), ("99999", "86400s"), ("-5", "0s")]
)
def test_the_style_of_the_notice_takes_a_number_only(provider: TestProvider, asked: str, delay: str) -> None:
    answer = Client().get("/sessie/melding.css", {"na": asked})

    assert answer.headers["Content-Type"] == "text/css"
    assert f" {delay} " in answer.content.decode() and "body" not in answer.content.decode()


def test_the_number_stands_in_no_page_address_cookie_log_or_table(
    provider: TestProvider, browser: Client, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for fault in (Fault.WRONG_NONCE, Fault.NONE):
            provider.fault = fault
            sent = choose(browser, "gerrit")
            back = back_from(provider, sent)
            page = browser.get(back)
            seen += [sent.headers["Location"], back, str(page.headers), page.content.decode(), str(browser.cookies)]

    tables = owner.execute("SELECT session_data FROM django_session").fetchall()
    assert browser.get("/").content.decode() == f"dag {GERRIT}"
    assert BSN not in "".join(seen) and BSN not in caplog.text and BSN not in str(tables)
