"""Zelf nagaan and the sandbox in a real browser: without signing in and signed in, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]


def answer(walker: Walker, text: str = "", *, choose: str = "") -> None:
    """Answer the question of the page and go on."""
    if choose:
        walker.page.locator(".w-option", has_text=choose).first.click()
    else:
        walker.page.locator("#id_answer").fill(text)
    walker.press("Volgende vraag")


def test_wie_niet_inlogt_gaat_na_of_zij_zorgtoeslag_kan_krijgen(somebody: Somebody) -> None:
    nobody = somebody()
    nobody.open("/inloggen/")
    nobody.follow("Ga na waar u recht op hebt")
    nobody.follow("Zorgtoeslag")
    nobody.press("Begin")
    assert nobody.heading == "Wanneer bent u geboren?"
    answer(nobody, "8 november 1984")
    answer(nobody, choose="Ja")
    answer(nobody, choose="Nee")
    assert nobody.heading == "Hoe hoog is uw inkomen in heel 2025?"

    nobody.page.locator("#id_answer").fill("veel")
    nobody.press("Volgende vraag", status=400)
    nobody.says("Vul een bedrag in als getal, bijvoorbeeld 12.500.")
    answer(nobody, "30.000")
    nobody.press("Vorige vraag")
    assert nobody.page.locator("#id_answer").input_value() == "30.000"
    answer(nobody, "30.000")
    answer(nobody, "12.500,00")

    assert nobody.heading == "U hebt waarschijnlijk recht op zorgtoeslag"
    nobody.says("€ 1.355", "Vóór dinsdag 1 september 2026", "Wij kunnen dat niet voor u beslissen.")
    assert nobody.path.startswith("/nagaan/zorgtoeslag/?stand=")
    nobody.page.go_back()
    assert nobody.heading == "Hoeveel spaargeld en beleggingen had u op 1 januari 2025?"
    nobody.page.go_back()
    assert nobody.page.locator("#id_answer").input_value() == "30.000"
    answer(nobody, "90.000")
    assert nobody.heading == "U hebt waarschijnlijk geen recht op zorgtoeslag"
    nobody.says("Waar ligt de grens?", "Dat hangt dan nog af van wat wij u niet vroegen:", "hoogstens € ")
    nobody.says("Dit is geen advies. Het laat alleen zien waar de wet een grens trekt.")
    nobody.page.go_back()
    answer(nobody, "30.000")
    answer(nobody, "12.500,00")
    nobody.page.reload()
    nobody.arrived()
    assert nobody.heading == "U hebt waarschijnlijk recht op zorgtoeslag"
    nobody.press("Maak een uitkomst om te printen")
    nobody.says("Print deze pagina met uw browser.")


def test_gerrit_laat_invullen_wat_de_gemeente_weet_en_vraagt_aan(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    gerrit.open("/nagaan/individuele_inkomenstoeslag/")
    gerrit.press("Begin, en vul in wat u weet")

    assert gerrit.heading == "U hebt waarschijnlijk recht op individuele inkomenstoeslag"
    gerrit.says("€ 521,97", "Uit: BRP")
    gerrit.open("/gebruik/")
    gerrit.says("vulde gegevens voor u in toen u zelf de individuele inkomenstoeslag naging")


def test_iedereen_mag_met_verzonnen_gegevens_de_wet_proberen(somebody: Somebody) -> None:
    nobody = somebody()
    nobody.open("/verantwoording/proberen/")
    nobody.follow("Wet op de zorgtoeslag")
    nobody.press("Reken uit", nth=0)
    nobody.says("De uitkomst", "Elke stap", "De artikelen, letterlijk")

    nobody.page.get_by_label("Toetsingsinkomen van het berekeningsjaar (AWIR artikel 8).").fill("30.000")
    nobody.press("Reken uit", nth=0)

    nobody.says("Eerst was het:", "toetsingsinkomen: 0 → 30.000")
    assert nobody.context.cookies() == []
