"""Who does not understand a letter says so, without saying who; the team that wrote it reads it and mends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import open_message
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
SAID = "Wat is een referteperiode?"
DONE = "Wij schrijven nu: de 36 maanden hiervoor."


def test_wie_een_brief_niet_begrijpt_zegt_dat_en_de_schrijver_leest_het(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    message = gerrit.path
    gerrit.follow("Was dit bericht duidelijk?", within="footer")
    assert gerrit.heading == "Was dit bericht duidelijk?"
    gerrit.says("Het gaat over: Wij hebben een voorstel voor u.", "U hoeft niet te zeggen wie u bent.")
    gerrit.says_not(message.strip("/").split("/")[1])

    gerrit.fill("Wat was niet duidelijk? (dat hoeft niet)", f"{SAID} Mijn nummer is 980001274.")
    gerrit.press("Stuur mijn reactie", status=400)
    gerrit.says("Kies ja of nee.")
    gerrit.choose("Nee, niet alles")
    gerrit.press("Stuur mijn reactie", status=400)
    gerrit.says("In uw tekst staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.")
    gerrit.fill("Wat was niet duidelijk? (dat hoeft niet)", SAID)
    gerrit.press("Stuur mijn reactie")
    gerrit.says("Dank u. Uw reactie is binnen.")

    willem = somebody("willem")
    willem.open("/balie/reacties/")
    willem.says("1 geschreven reactie is nog niet gelezen.")
    willem.follow("Wij hebben een voorstel voor u", within="main")
    willem.says(SAID, "Niet duidelijk 1", "individuele_inkomenstoeslag/proposal")
    willem.says_not("Vos", "980001274")
    willem.follow("Handel deze reactie van 28 april 2025 af")
    willem.fill("Wat deden wij ermee? (dat hoeft niet)", DONE)
    willem.press("Gelezen")
    willem.says("Er is niets dat nog gelezen moet worden.")
    willem.follow("Laat zien wat al gelezen is (1)")
    willem.says(SAID, DONE, "Willem de Graaf, Team Inkomen")


def test_wie_niet_inlogde_zegt_het_over_een_pagina_en_beleid_leest_het(somebody: Somebody) -> None:
    ruud = somebody()
    ruud.open("/privacy/")
    ruud.follow("Is deze pagina duidelijk?", within="footer")
    ruud.says("Het gaat over: Privacy.")
    ruud.choose("Nee, niet alles")
    ruud.fill("Wat was niet duidelijk? (dat hoeft niet)", "Dit is te lang.")
    ruud.press("Stuur mijn reactie")
    ruud.says("Dank u. Uw reactie is binnen.")
    ruud.follow("Privacy", within="main")
    assert ruud.path == "/privacy/"

    willem = somebody("willem")
    willem.open("/balie/reacties/")
    willem.says("Er is nog geen reactie.")

    sanne = somebody("sanne")
    sanne.open("/balie/reacties/")
    sanne.follow("Privacy", within="main")
    sanne.says("Dit is te lang.", "Schrijver Beleid")
