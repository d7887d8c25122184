"""The others of Rietwaarden: a couple, a secret address, an administrator, somebody who opted out, no client at all."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import apply, open_message
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
ROUND = "rekende uit of u waarschijnlijk recht hebt op de individuele inkomenstoeslag"
SECRET = "Wilgenhof"
PAGES = ("/", "/berichten/", "/gegevens/", "/gebruik/", "/seintje/", "/post/")


def test_wie_niet_inlogt_krijgt_eerst_de_vraag_wie_hij_is(somebody: Somebody) -> None:
    nobody = somebody()
    nobody.open("/berichten/")
    assert nobody.path.startswith("/inloggen/")
    assert nobody.heading == "Kies wie u bent"

    nobody.page.locator("button[name=persona][value=samir]").click()
    nobody.page.wait_for_url("**/berichten/")
    nobody.arrived()

    assert nobody.page.locator(".w-strip").inner_text().startswith("U bent ingelogd als S. Bouali")
    nobody.sign_out()
    nobody.open("/berichten/")
    assert nobody.path.startswith("/inloggen/")


def test_het_geheime_adres_van_chantal_staat_er_pas_als_zij_het_vraagt(somebody: Somebody) -> None:
    chantal = somebody("chantal")
    for path in PAGES:
        chantal.open(path)
        chantal.says_not(SECRET, "1234 AE")
    open_message(chantal)
    chantal.says_not(SECRET, "1234 AE")
    chantal.open("/gegevens/")
    chantal.says("Dit is geheim. Wij laten het alleen aan u zien.")

    chantal.follow(re.compile("Laat alles zien.*Adres"))

    chantal.says("Wilgenhof 3")
    for persona in ("gerrit", "toos", "danny"):
        other = somebody(persona)
        for path in ("/", "/berichten/", "/gebruik/"):
            other.open(path)
            other.says_not(SECRET, "Mulder")


def test_een_bericht_van_een_ander_bestaat_niet(somebody: Somebody) -> None:
    chantal = somebody("chantal")
    open_message(chantal)
    hers = chantal.path

    gerrit = somebody("gerrit")

    gerrit.open(hers, status=404)
    gerrit.says_not("668,82", "Mulder")
    gerrit.open(hers + "waarom/", status=404)


def test_het_paar_krijgt_samen_een_voorstel_en_ziet_alleen_samen_bedragen(somebody: Somebody) -> None:
    willem = somebody("boersma")
    open_message(willem)
    assert willem.heading == "U hebt samen waarschijnlijk recht op € 745,89"
    willem.says_not("Aylin", "Demir")

    willem.follow("Bekijk stap voor stap waarom", within="main .w-text")

    willem.says("€ 1.825,97", "€ 3.300", "52 jaar")
    willem.says_not("Aylin", "Demir", "49 jaar", "€ 1.650")
    willem.open("/gegevens/")
    willem.says_not("Aylin", "Demir", "18 juni 1975")


def test_ria_zette_de_berichten_uit_en_krijgt_geen_voorstel(somebody: Somebody) -> None:
    ria = somebody("ria")
    ria.says("U zette dit uit op 28 maart 2025.")

    ria.open("/berichten/")

    ria.says_not("Wij hebben een voorstel voor u")
    ria.open("/gebruik/")
    ria.says_not(ROUND)


def test_de_ronde_las_niets_over_toos(somebody: Somebody) -> None:
    toos = somebody("toos")
    toos.says("Wij vonden nu niets voor u.")

    toos.open("/gebruik/")

    toos.says("U hoeft niets te doen.")
    toos.says_not(ROUND)


def test_danny_zegt_ja_voor_henk_en_henk_ziet_wie_dat_deed(somebody: Somebody) -> None:
    danny = somebody("danny")
    assert danny.heading == "Voor wie regelt u iets?"
    names = danny.page.locator("main h2").all_inner_texts()
    assert sorted(names) == ["H. Brouwer", "P. Zandstra", "R. Amiri", "Uw bedrijf"]
    danny.press("Regel iets voor meneer Brouwer")
    open_message(danny)
    assert danny.heading == "Meneer Brouwer heeft waarschijnlijk recht op € 521,97"
    danny.says_not("Zandstra", "Amiri")

    apply(danny, living="Alleen", wealth="640")

    assert danny.heading == "Uw aanvraag is binnen (voor meneer Brouwer)"
    danny.says("U vroeg dit aan voor meneer Brouwer.")
    henk = somebody("henk")
    henk.open("/gebruik/")
    henk.says("Uw bewindvoerder")


def test_danny_ziet_nooit_twee_mensen_door_elkaar(somebody: Somebody) -> None:
    danny = somebody("danny")
    danny.press("Regel iets voor meneer Zandstra")
    danny.says("meneer Zandstra")
    danny.says_not("Brouwer", "Amiri")

    danny.open("/namens/")
    danny.press("Regel iets voor mevrouw Amiri")

    danny.says_not("Brouwer", "Zandstra")


def test_de_taal_wisselt_en_de_bladzijde_blijft(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    here = gerrit.path

    gerrit.page.locator("details.w-language summary").click()
    gerrit.press("English")

    assert gerrit.path == here
    assert gerrit.page.locator("html").get_attribute("lang") == "en"
    gerrit.says("Back to messages")
    assert gerrit.page.locator("main [lang=nl] h1").count() == 1
    gerrit.page.locator("details.w-language summary").click()
    gerrit.press("Nederlands")
    assert gerrit.path == here
    gerrit.says("Terug naar berichten")


def test_ja_en_nee_zijn_met_het_toetsenbord_te_bereiken_en_in_te_drukken(somebody: Somebody) -> None:
    samir = somebody("samir")
    open_message(samir)
    samir.tab_to("Ja, ik vraag dit aan")
    samir.page.keyboard.press("Tab")
    assert samir.page.evaluate("() => document.activeElement.textContent.trim()") == "Nee, nu niet"
    with samir.page.expect_navigation():
        samir.page.keyboard.press("Enter")
    assert samir.heading == "Nee: nu niet, of nooit meer?"
    samir.page.go_back()

    samir.page.locator("body").focus()
    samir.tab_to("Ja, ik vraag dit aan")
    with samir.page.expect_navigation():
        samir.page.keyboard.press("Enter")

    assert samir.heading == "Met wie woont u?"
