"""Sanne writes policy: she finds a law, reads it beside its machine form, looks at its scenarios and plays with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker
from waardig.kernel.content import content_roots

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]


def test_wie_beleid_schrijft_leest_een_wet_en_speelt_ermee(somebody: Somebody, town: ServedTown) -> None:
    sanne = somebody("sanne")
    sanne.open("/balie/wetten/")
    lines = town.all("SELECT count(*) FROM log.line")
    assert sanne.heading == "Wetten"
    sanne.fill("Naam", "zorgtoeslag")
    sanne.page.locator("#id_laag").select_option("WET")
    sanne.press("Zoek")
    sanne.says("1 wet", "Geldt nu sinds 1 januari 2025", "oudere tekst", "groen")

    sanne.follow("Wet op de zorgtoeslag", within="main table th")
    assert sanne.path == "/balie/wetten/wet_op_de_zorgtoeslag/2025-01-01/"
    sanne.says("De tekst", "De machinevorm", "Als: heeft toeslagpartner", "Niets op aan te merken.")

    sanne.page.locator("main a[href$='/scenarios/']").click()
    sanne.page.wait_for_url("**/scenarios/")
    sanne.arrived()
    sanne.says("Groen: klopt", "Ze gaan over niemand.")
    sanne.says_not("Rood: klopt niet")

    sanne.open("/balie/wetten/wet_op_de_zorgtoeslag/spelen/?voorbeeld=3")
    sanne.says("Dit is een proef met verzonnen gegevens.")
    sanne.page.locator("#id_f-toetsingsinkomen").fill("")
    sanne.page.locator("button[name=do][value=run].utrecht-button--primary-action").click()
    sanne.page.wait_for_selector("#uitkomst")
    sanne.arrived()
    sanne.says("De wet moet eerst nog dit weten:")

    sanne.page.locator("#id_f-toetsingsinkomen").fill("39.720")
    sanne.page.locator("button[name=do][value=turns]").click()
    sanne.page.wait_for_selector("#anders")
    sanne.arrived()
    sanne.says("Wanneer wordt het anders?", "Dit is geen advies.", "Elke stap")
    assert town.all("SELECT count(*) FROM log.line") == lines, "nobody was read"


def test_wie_een_wet_schrijft_probeert_een_ontwerp(somebody: Somebody, town: ServedTown) -> None:
    laws = content_roots()[0] / "laws"
    text = next(laws.rglob("regeling_standaardpremie/2025-01-01.yaml")).read_text("utf-8")
    sanne = somebody("sanne")
    sanne.open("/balie/wetten/")
    sanne.follow("Probeer een ontwerp van een wet")
    assert sanne.heading == "Probeer een ontwerp"
    sanne.press("Probeer dit ontwerp", status=400)
    sanne.says("Dit ontwerp is niet geprobeerd", "Plak een wetsbestand of kies een bestand.")
    sanne.page.locator("#id_law").fill(text.replace("2112", "2113").replace("output:", "outputs:", 1))
    sanne.press("Probeer dit ontwerp")
    sanne.says("Wat zegt de controle?", "Fout, regel", "Deze versie staat al in de bibliotheek.")
    sanne.open("/balie/wetten/regeling_standaardpremie/")
    sanne.says("Niets op aan te merken.")


def test_ook_wie_betaalt_of_het_systeem_beheert_mag_de_wet_lezen(somebody: Somebody) -> None:
    bram = somebody("bram")
    bram.open("/balie/systeem/")
    bram.follow("Wetten")
    assert bram.path == "/balie/wetten/"
    bram.says("Volgende pagina")
