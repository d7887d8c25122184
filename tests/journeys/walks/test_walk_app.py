"""Mijn gemeente als app: wie dat kiest, leest een geopend bericht ook zonder internet; uitloggen wist alles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import open_message
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
KEPT = """async () => (await caches.has('waardig-messages'))
  ? (await (await caches.open('waardig-messages')).keys()).length : 0"""
READY = "async () => { await navigator.serviceWorker.ready; return true }"
CONTROLLED = "() => Boolean(navigator.serviceWorker.controller)"


def test_een_geopend_bericht_is_zonder_internet_te_lezen_als_iemand_dat_koos(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    gerrit.open("/app/")
    assert gerrit.heading == "Mijn gemeente op uw telefoon"
    if not gerrit.manner.script:
        told = gerrit.page.locator("main section noscript")
        assert told.is_visible()
        assert "Dit werkt alleen als uw browser JavaScript gebruikt." in str(told.text_content())
        assert not gerrit.page.locator("[data-keep]").is_visible()
        return
    page = gerrit.page
    page.evaluate(READY)
    gerrit.open("/app/")  # a page that was being opened while the worker started is not its own; the next one is
    page.wait_for_function(CONTROLLED)
    open_message(gerrit)
    address, heading = gerrit.path, gerrit.heading
    assert page.evaluate(KEPT) == 0, "nothing is kept before somebody chose so"

    gerrit.open("/app/")
    page.get_by_role("button", name="Bewaar berichten op dit apparaat").click()
    page.get_by_text("Berichten die u opent, bewaren wij nu op dit apparaat.").wait_for()
    gerrit.open(address)
    page.wait_for_function("async () => (await (await caches.open('waardig-messages')).keys()).length === 2")
    gerrit.context.set_offline(True)
    page.goto(gerrit.town.base + address)
    assert gerrit.heading == heading
    page.get_by_text("U bent nu niet verbonden met internet.").wait_for()

    page.goto(gerrit.town.base + "/gegevens/")
    assert gerrit.heading == "U bent niet verbonden"
    page.get_by_role("link", name=heading).wait_for()
    assert "Gerrit" not in page.content()

    gerrit.context.set_offline(False)
    gerrit.open("/berichten/")
    gerrit.sign_out()
    page.wait_for_function(f"async () => await ({KEPT})() === 0")
