"""The public account in a browser: dossier, registers, rounds, standstills, questions, open data; nobody signs in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
SERVICE = "/verantwoording/individuele_inkomenstoeslag/"
QUESTION = "Hoe weet u wat ik verdien?"
ANSWER = "Dat weten wij uit de administratie van de uitkeringen."
NAMES = ("Vos", "Mulder", "De Wit", "Bouali")
FILES = "main a[href$='.csv'], main a[href*='json']"


def test_iedereen_leest_van_het_besluit_tot_de_cijfers_van_een_ronde(somebody: Somebody) -> None:
    ruud = somebody()
    ruud.open("/verantwoording/")
    ruud.follow("Individuele inkomenstoeslag", within="main")
    assert ruud.heading == "Zelf zoeken wie geld misloopt: mag dat?"
    ruud.says("Waaruit kon het college kiezen?", "Wat woog het college?", "Besloten op 18 maart 2025.")

    for address, heading, sentence in (
        ("meningen/", "Wat vonden mensen ervan?", "gesprek in de bibliotheek"),
        ("metingen/", "Hoe ging het met de voorwaarden?", "Faalt een meting, dan stopt de dienst."),
        ("besluiten/", "Alle besluiten: Individuele inkomenstoeslag", "RW-COL-2025-118"),
        ("stilstand/", "Wanneer stond dit stil? Individuele inkomenstoeslag", "Deze dienst stond nog nooit stil."),
    ):
        ruud.open(SERVICE + address)
        assert ruud.heading == heading
        ruud.says(sentence)
        ruud.says_not(*NAMES)

    ruud.open(SERVICE + "rondes/")
    ruud.follow("28 april 2025")
    assert ruud.heading == "De ronde van 28 april 2025"
    ruud.says("Mensen over wie het ging Aantal: 13", "Een aantal onder de 10 tellen wij bij een ander aantal op")
    ruud.says_not(*NAMES)


def test_iedereen_vindt_wat_rekent_en_waarvoor_gegevens_zijn(somebody: Somebody) -> None:
    ruud = somebody()
    ruud.open("/verantwoording/algoritmes/")
    ruud.follow(re.compile("inkomenstoeslag"))
    ruud.says("Impactvolle algoritmes (Categorie B)", "Gemeente Rietwaarden")

    ruud.open("/verwerkingen/")
    ruud.follow("Uw aanvraag voor de toeslag nakijken")
    ruud.says("Ineke Brandsma", "wie zelf een helper koos", "Participatiewet")
    ruud.says_not("mandated")


def test_wie_iets_wil_narekenen_haalt_de_open_data(somebody: Somebody) -> None:
    ruud = somebody()
    ruud.open("/verantwoording/open-data/")
    ruud.says("Deze bestanden mag iedereen gebruiken, ook zonder te vragen (CC0).")
    files = [
        str(one.get_attribute("href")) for one in ruud.page.locator("main a[href$='.csv'], main a[href*='json']").all()
    ]
    assert len(files) >= 12

    got = {file: ruud.context.request.get(ruud.town.base + file) for file in files}

    assert {file for file, answer in got.items() if not answer.ok} == set()
    for file, answer in got.items():
        if ".json" in file:
            assert json.loads(answer.text())
        assert not [name for name in NAMES if name in answer.text()], file


def test_een_vraag_van_iedereen_krijgt_een_antwoord_voor_iedereen(somebody: Somebody) -> None:
    ruud = somebody()
    ruud.open(SERVICE + "vragen/")
    ruud.press("Stuur mijn vraag", status=400)
    assert ruud.page.title().startswith("Fout:")
    ruud.fill("Uw vraag", QUESTION + " Ik ben Ruud van nummer 12.")
    ruud.press("Stuur mijn vraag")
    ruud.says("Uw vraag is binnen.", "Een medewerker antwoordt uiterlijk")
    ruud.says_not("nummer 12")

    sanne = somebody("sanne")
    sanne.page.locator("main table a").first.click()
    sanne.page.wait_for_url("**/openbare-vragen/*/")
    sanne.arrived()
    sanne.says("Ik ben Ruud van nummer 12.")
    sanne.page.locator("input[name=outcome]").first.check()
    sanne.fill("De vraag zoals iedereen haar leest", QUESTION)
    sanne.fill("Uw antwoord aan iedereen", ANSWER)
    sanne.press("Handel de vraag af")

    ruud.open(SERVICE + "vragen/")
    ruud.says(QUESTION, ANSWER)
    ruud.says_not("nummer 12")
