"""Signing in and the notice before the end of a session in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser
from waitress.server import create_server

from tests.identity.trial import BSN, GERRIT, PERSONAS, People
from waardig.identity.adapters import oidc
from waardig.identity.adapters.test_provider import mounted
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import PERSON_REGISTER, SETUP, Kind, Level, Limits, SignInSetup
from waardig.registers.actions import enrol_persons

pytestmark = pytest.mark.browser


@pytest.fixture
def site(db: None, settings: Any) -> Iterator[str]:
    """A site of which sessions end after 2 minutes and 12 seconds without use, on a free port."""
    settings.ROOT_URLCONF = "tests.identity.face_urls"
    enrol_persons([(GERRIT, BSN)])
    place: list[Any] = []
    server = create_server(lambda environ, start: place[0](environ, start), host="127.0.0.1", port=0, threads=4)
    base = f"http://127.0.0.1:{server.effective_port}"
    setup, provider = open_trial(base, PERSONAS, installation="test")
    limits = {Kind.RESIDENT: Limits(idle=timedelta(seconds=132), absolute=timedelta(hours=1))}
    SETUP.bind(SignInSetup(setup.means, setup.personas, is_trial=True, limits=limits))
    PERSON_REGISTER.bind(People())
    place.append(mounted(get_wsgi_application(), provider))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield base
    server.close()
    oidc.use_transport(provider.issuer, None)


def test_the_notice_comes_in_time_and_one_tap_keeps_what_was_typed(site: str, browser: Browser) -> None:
    page = browser.new_context(
        java_script_enabled=False, locale="nl-NL", viewport={"width": 390, "height": 900}
    ).new_page()
    page.goto(f"{site}/inloggen/?next=/formulier/")
    page.get_by_role("button", name="Log in als Gerrit").click()
    page.wait_for_url("**/formulier/")
    page.get_by_label("Uw verhaal").fill("Dit mag niet weg")
    notice = page.locator("aside.w-session-notice")
    assert not notice.is_visible()

    notice.wait_for(state="visible", timeout=30_000)
    notice.get_by_role("button", name="Ik ben er nog").click()

    page.frame_locator("iframe.w-session-notice__frame").get_by_text("U blijft ingelogd tot").wait_for()
    assert page.get_by_label("Uw verhaal").input_value() == "Dit mag niet weg"
    assert page.url == f"{site}/formulier/"


def test_the_pages_of_signing_in_have_no_accessibility_violation(site: str, browser: Browser) -> None:
    means = SETUP.get().means[0]
    request = oidc.SignInRequest("s", "n", "v" * 64, f"{site}/inloggen/terug/", Level.SUBSTANTIAL)
    addresses = (f"{site}/inloggen/", f"{site}/balie/inloggen/", oidc.authorization_url(means, request))
    for width in (390, 1200):
        page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
        for address in addresses:
            page.goto(address)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{address} at {width}: {found.generate_report()}"
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, f"{address} scrolls sideways at {width}"
