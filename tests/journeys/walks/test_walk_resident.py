"""Gerrit gets a proposal: he reads it, checks it, corrects it, and answers in every way that he may."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import NUMBER, PROPOSAL, open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import GREETINGS, Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]


def test_gerrit_ziet_dat_hij_niets_hoeft_en_leest_zijn_voorstel(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    assert gerrit.heading in GREETINGS
    headings = [text.split("\n")[0] for text in gerrit.page.locator("main h2").all_inner_texts()]
    assert [re.sub(r" (laatste|\d).*", "", one) for one in headings[:5]] == [
        "Dit moet u doen", "Geld", "Loopt nog", "Voor u gevonden", "Klaar",
    ]  # fmt: skip
    gerrit.says("U hoeft nu niets te doen.", "U hoeft ons niets te betalen.", "Kiezen hoeft niet vandaag.")

    gerrit.follow(re.compile("^Berichten"), within="nav.w-nav")
    gerrit.follow(PROPOSAL)

    assert gerrit.heading == "U hebt waarschijnlijk recht op € 521,97"
    gerrit.says(
        "Zegt u ja? Dan vraagt u dit geld aan. U hoeft niets op te zoeken.",
        "Zegt u later ja? Dan kijken wij opnieuw, naar die dag.",
        "Wij: een medewerker van de gemeente",
        "Binnen 8 weken nadat u ja zegt.",
        "Bij nee gebeurt er niets. U kunt later altijd nog ja zeggen.",
        "De dag dat u ja zegt, blijft de dag van uw aanvraag.",
        "Wilt u dit soort berichten nooit meer?",
    )
    boxes = [one.bounding_box() for one in gerrit.page.locator("button[name=answer]").all()]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes if box}) == 1
    assert gerrit.page.locator("button[name=answer]").all_inner_texts() == ["Ja, ik vraag dit aan", "Nee, nu niet"]


def test_gerrit_kijkt_stap_voor_stap_waarom(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)

    gerrit.follow("Bekijk stap voor stap waarom", within="main .w-text")

    assert gerrit.heading == "Waarom € 521,97?"
    gerrit.says("Wij liepen 6 stappen na.", "Bij 1 stap gingen wij uit van uw voordeel.", "Dit is nog geen besluit.")
    gerrit.says("€ 1.240", "3 februari 2024", "Dit bedrag is ouder dan 1 jaar.", "In uw voordeel aangenomen")
    gerrit.says("Participatiewet, artikel 36, lid 1", "Op een daartoe strekkend verzoek van een persoon van 21 jaar")
    questions = [one.inner_text() for one in gerrit.page.locator(".w-why dt").all()]
    assert questions == [
        "Waarvoor?", "Welke gegevens?", "Wie beslist?", "Wat telt nooit mee?", "Wie controleert?",
        "Niet eens met ons besluit?",
    ]  # fmt: skip
    layers = gerrit.page.locator(".w-law details")
    assert layers.count() >= 6
    assert layers.first.get_attribute("open") is None
    layers.first.locator("summary").click()
    assert layers.first.locator("blockquote").is_visible()


def test_gerrit_ziet_zijn_gegevens_en_wie_ze_gebruikte(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    gerrit.follow("Mijn gegevens", within="nav.w-nav")
    gerrit.says("8 november 1966", "Molenkade 12, 1234 AB Rietwaarden", "€ 1.240", "Dit is ouder dan 1 jaar.")
    gerrit.says_not("980001274")

    gerrit.follow("Wie gebruikte mijn gegevens", within="nav.w-nav")

    lines = gerrit.page.locator("main .w-card").filter(
        has_text="rekende uit of u waarschijnlijk recht hebt op de individuele inkomenstoeslag"
    )
    assert lines.count() == 2, "a first look at what can already say no, and then the rest"
    line = lines.filter(has_text="Hierna kreeg u dit bericht")
    assert line.count() == 1
    line.locator("summary").click()
    told = re.sub(r"\s+", " ", line.inner_text())
    assert "Door de computer, geen mens keek mee." in told
    assert "Participatiewet, artikel 36" in told
    for name in ("eboren", "ijstand", "paargeld", "ewindvoerder"):
        assert name in told.split("Welke gegevens")[1].split("Waarvoor")[0]
    line.get_by_role("link", name="Hierna kreeg u dit bericht").click()
    gerrit.page.wait_for_url("**/berichten/*/")
    assert gerrit.heading == "U hebt waarschijnlijk recht op € 521,97"


def test_gerrit_zegt_dat_zijn_spaargeld_niet_klopt(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    gerrit.open("/gegevens/")
    gerrit.follow(re.compile("Klopt dit niet.*Spaargeld"))
    gerrit.press("Verder", status=400)
    assert gerrit.page.title().startswith("Fout:")

    gerrit.fill("Wat moet het zijn?", "900 euro")
    gerrit.fill("Wilt u er iets bij zeggen? (niet verplicht)", "Ik heb het vorige maand opgenomen.")
    gerrit.press("Verder")
    gerrit.says("900 euro", "€ 1.240", "Ik heb het vorige maand opgenomen.")
    gerrit.press("Verstuur mijn melding")

    assert gerrit.heading == "Wij hebben uw melding"
    gerrit.says("Wij antwoorden uiterlijk", "900 euro", "Tot die tijd beslissen wij niets met dit gegeven.")
    assert NUMBER.search(gerrit.text)
    gerrit.open("/gegevens/")
    gerrit.says("U zei op 28 april: dit klopt niet.", "Tot die tijd beslissen wij niets met dit")
    assert gerrit.page.get_by_role("link", name=re.compile("Klopt dit niet.*Spaargeld")).count() == 0
    gerrit.open("/")
    open_message(gerrit)
    gerrit.follow("Bekijk stap voor stap waarom", within="main .w-text")
    gerrit.says("Wordt uitgezocht", "1 stap zoeken wij uit.")


def test_gerrit_zet_de_berichten_uit_en_weer_aan(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    gerrit.follow("Liever geen berichten over geld? Zet ze uit")
    gerrit.press("Zet uit")
    gerrit.says("Uitgezet:", "U zette dit uit op 28 april 2025.")
    gerrit.open("/")
    gerrit.says("U zette dit uit op 28 april 2025.")

    gerrit.follow("Weer aanzetten")
    gerrit.press("Zet aan")

    gerrit.says("Aangezet:", "Zet u dit uit? Dan zoeken wij niet meer voor u.")
    gerrit.open("/")
    gerrit.says_not("U zette dit uit op")


def test_gerrit_zegt_nu_niet_en_later_toch_ja(somebody: Somebody, town: ServedTown) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    gerrit.press("Nee, nu niet")
    assert gerrit.heading == "Nee: nu niet, of nooit meer?"
    gerrit.press("Nee, nu niet")
    assert gerrit.heading == "U zei nee"

    gerrit.follow("Terug naar het bericht")

    gerrit.says("U zei nee op 28 april 2025. Toch ja? Dat kan.")
    gerrit.press("Ja, ik vraag dit aan")
    assert gerrit.heading == "Met wie woont u?"


def test_gerrit_zegt_nooit_meer_en_kan_het_weer_aanzetten(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    gerrit.press("Nee, nu niet")
    gerrit.press("Nee, en nooit meer")

    gerrit.follow("Weer aanzetten")

    gerrit.says("U zette dit uit op 28 april 2025.")
    gerrit.press("Zet aan")
    gerrit.says("Aangezet:")


def test_gerrit_zegt_ja_en_vult_zijn_gegevens_aan(somebody: Somebody, town: ServedTown) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    gerrit.press("Ja, ik vraag dit aan")
    gerrit.says("U zei ja op 28 april 2025. Dat is de dag van uw aanvraag.")
    gerrit.press("Verder", status=400)
    assert gerrit.page.get_by_role("alert").or_(gerrit.page.locator(".w-errors, .w-summary")).count() >= 1
    gerrit.choose("Alleen")
    gerrit.press("Verder")

    assert gerrit.heading == "Hoeveel spaargeld hebt u op dit moment?"
    gerrit.fill("Uw spaargeld, in euro", "veel")
    gerrit.press("Verder", status=400)
    gerrit.says("Vul uw spaargeld in als getal")
    assert gerrit.page.get_by_label("Uw spaargeld, in euro").input_value() == "veel"
    gerrit.fill("Uw spaargeld, in euro", "1.150,50")
    gerrit.press("Verder")

    gerrit.choose("Een andere rekening")
    number = "Rekeningnummer (alleen als u een andere rekening kiest)"
    gerrit.fill(number, "NL00 WAAR 0000 0000 00")
    gerrit.press("Verder", status=400)
    gerrit.fill(number, "nl91abna0417164300")
    gerrit.press("Verder")

    assert gerrit.heading == "Kloppen uw antwoorden?"
    gerrit.says("Alleen", "€ 1.150,50", "NL91 ABNA 0417 1643 00")
    gerrit.press("Vraag de toeslag aan")

    assert gerrit.heading == "Uw aanvraag is binnen"
    gerrit.says("maandag 23 juni 2025", "Een mens beslist.", "Ontvangen op maandag 28 april 2025.")
    found = NUMBER.search(gerrit.text)
    assert found
    town.settle()
    gerrit.open("/")
    gerrit.says("1 zaak", "23 juni 2025")
    open_message(gerrit)
    gerrit.says("U zei ja. Uw aanvraag is binnen.", found[1])
    assert gerrit.page.locator("button[name=answer]").count() == 0


def test_gerrit_zegt_ja_maar_er_klopt_iets_niet(somebody: Somebody) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    gerrit.page.get_by_role("link", name="Ja, maar er klopt iets niet").or_(
        gerrit.page.get_by_role("button", name="Ja, maar er klopt iets niet")
    ).click()
    gerrit.page.wait_for_url("**/ja/note/**")
    gerrit.arrived()

    gerrit.fill("Wat klopt er niet?", "Ik woon sinds 1 april in een andere straat.")
    gerrit.press("Verder")
    gerrit.choose("Alleen")
    gerrit.press("Verder")
    gerrit.press("Ik weet het niet")
    gerrit.press("Verder")

    gerrit.says("Ik woon sinds 1 april in een andere straat.", "Ik weet het niet", "28 april 2025")
    gerrit.press("Vraag de toeslag aan")
    assert gerrit.heading == "Uw aanvraag is binnen"
    gerrit.says("Ik woon sinds 1 april in een andere straat.")
