"""What the ten people of the design need, each met once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import PROPOSAL, open_message
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
TOOS_BSN = "980001985"
HELPS_TOOS = "Regel iets voor mevrouw De Wit"
HELPS_JOOST = "Regel iets voor meneer De Wit"


def test_ingrid_helpt_toos_en_joost_en_ziet_hen_nooit_door_elkaar(somebody: Somebody) -> None:
    ingrid = somebody("ingrid")
    ingrid.open("/namens/")
    ingrid.says("T. de Wit", "J. de Wit", "Alleen meelezen: geld en toeslagen")

    ingrid.press(HELPS_TOOS)
    ingrid.open("/gegevens/")
    assert ingrid.heading == "Gegevens van mevrouw De Wit"
    ingrid.says_not("Kolkpad", "Joost", "J. de Wit")
    ingrid.open("/gebruik/", status=403)
    ingrid.says("Dit mag u niet regelen voor mevrouw De Wit")

    ingrid.open("/namens/")
    ingrid.press(HELPS_JOOST)
    ingrid.open("/berichten/")
    assert ingrid.heading == "Berichten (voor meneer De Wit)"
    ingrid.says_not("mevrouw De Wit", "T. de Wit")
    ingrid.open("/gegevens/", status=403)
    toos = somebody("toos")
    toos.open("/gebruik/")
    toos.says("I. de Wit deed dit voor u: bekeek gegevens van u.")


def test_toos_stopt_per_telefoon_en_ingrid_ziet_meteen_niets_meer(somebody: Somebody) -> None:
    ingrid = somebody("ingrid")
    ingrid.open("/namens/")
    ingrid.press(HELPS_TOOS)
    fatma = somebody("fatma")
    fatma.open("/balie/loket/")
    fatma.fill("Burgerservicenummer", TOOS_BSN)
    fatma.choose("Controlevragen aan de telefoon")
    fatma.press("Open het overzicht")
    fatma.says("I. de Wit")

    fatma.open("/balie/loket/machtigen/")
    fatma.says("maar geen nieuwe helper vastleggen")
    fatma.press("Stop dit")

    fatma.says("U hebt niemand gemachtigd.")
    ingrid.open("/berichten/")
    assert ingrid.heading == "Voor wie regelt u iets?"
    ingrid.says_not(HELPS_TOOS)


def test_toos_krijgt_alles_op_papier_en_er_gaat_geen_post_naar_haar_man(somebody: Somebody) -> None:
    toos = somebody("toos")
    toos.says("op papier", "U koos nog niets. Dan sturen wij papier.", "I. de Wit")

    ((to_the_dead,),) = toos.town.all(
        "SELECT count(*) FROM inbox_message m JOIN reg.person p ON p.person = m.recipient WHERE p.bsn = '980002011'"
    )

    assert to_the_dead == 0


def test_chantal_verlaat_de_bladzijde_en_niemand_ziet_waar_zij_was(somebody: Somebody) -> None:
    chantal = somebody("chantal")
    chantal.says("U hoeft nu niets te doen.")
    chantal.says_not("668,82", "individuele inkomenstoeslag")
    open_message(chantal, PROPOSAL)

    chantal.follow("Verlaat deze pagina")

    assert chantal.heading == "Openingstijden"
    chantal.says_not("Mulder", "ingelogd")
    chantal.page.go_back()
    assert "668,82" not in chantal.page.content()
    chantal.open("/berichten/")
    assert chantal.path.startswith("/inloggen/")


def test_gerrit_laat_zich_bellen_en_ziet_wie_hem_sprak(somebody: Somebody) -> None:
    gerrit, fatma = somebody("gerrit"), somebody("fatma")
    gerrit.follow("Bel mij terug")
    gerrit.fill("Uw telefoonnummer", "06 00 00 01 23")
    gerrit.choose("Dat maakt niet uit")
    gerrit.press("Bel mij terug")
    gerrit.says("Fatma Yıldız belt u. U hoeft niets te doen.", "woensdag 30 april 2025")

    fatma.open("/balie/vragen/")
    fatma.says_not("Vos", "06 00")
    fatma.follow(re.compile("RW-C 2025"))
    assert fatma.heading == "Bel meneer Vos"
    fatma.press("Ik sprak de inwoner")

    gerrit.open("/terugbellen/")
    gerrit.says("Wij spraken u.")


def test_samir_vraagt_met_zijn_toetsenbord_wie_er_keek(somebody: Somebody) -> None:
    samir = somebody("samir")
    samir.open("/gebruik/")
    samir.follow(re.compile("Dit begrijp ik niet"))
    assert samir.heading == "Wat begrijpt u niet?"
    samir.press("Stuur mijn vraag", status=400)
    assert samir.page.title().startswith("Fout:")
    samir.says("Schrijf uw vraag op.")

    samir.fill("Uw vraag", "Wie keek hier precies?")
    samir.press("Stuur mijn vraag")

    samir.says("Wij antwoorden uiterlijk dinsdag 13 mei 2025.")


def test_priya_ziet_in_haar_zaak_niets_van_haarzelf(somebody: Somebody) -> None:
    salon, priya = somebody("priya_zaak"), somebody("priya")
    assert salon.heading == "Kapsalon Nair"
    salon.says("Hier staan alleen zaken van uw bedrijf.", "Log uit en log in met DigiD.")
    salon.says_not("P. Nair")

    priya.open("/gegevens/")

    priya.says("P. Nair")
    priya.says_not("Kapsalon")


def test_yonas_kiest_een_keer_engels_en_dat_blijft_zo(somebody: Somebody) -> None:
    yonas = somebody("yonas")
    yonas.page.locator("details.w-language summary").click()
    yonas.press("English")
    assert yonas.page.locator("html").get_attribute("lang") == "en"

    yonas.press("Sign out")
    yonas.sign_in("yonas")

    assert yonas.page.locator("html").get_attribute("lang") == "en"
    yonas.says("You do not have to do anything now.")


def test_anneke_kijkt_mee_bij_jelle_tot_hij_18_is_en_hij_ziet_dat(somebody: Somebody) -> None:
    anneke, jelle = somebody("anneke"), somebody("jelle")
    anneke.open("/namens/")
    anneke.says("Uw kind, tot en met 27 juni 2025")
    anneke.press("Regel iets voor meneer Hoekstra")
    anneke.open("/gegevens/")
    assert anneke.heading == "Gegevens van meneer Hoekstra"
    anneke.says_not("Zwaluwpad")

    jelle.open("/berichten/")
    jelle.follow("Dit verandert als u 18 wordt")
    assert jelle.heading == "U wordt 18 op zaterdag 28 juni 2025"
    jelle.open("/gebruik/")
    jelle.says("Uw ouder bekeek gegevens van u")


def test_ruud_leest_de_verantwoording_zonder_in_te_loggen(somebody: Somebody) -> None:
    ruud = somebody()
    ruud.open("/verantwoording/")
    ruud.says_not("Vos", "Mulder", "De Wit", "ingelogd")

    ruud.open("/gegevens/")

    assert ruud.path.startswith("/inloggen/")
