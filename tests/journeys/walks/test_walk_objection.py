"""Somebody disagrees: a second look, an objection, another official who hears and decides; and what the counter sees.

Before these walks Chantal applied and Willem refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from tests.journeys.walks.applying import DECISION, apply, open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import DESKTOP_BARE, Checked, Faces, Manner, Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
REFUSED = "kept_refused"
REFUSAL = "U schreef dat u meer spaargeld hebt dan de grens. Daarom kunnen wij de toeslag nu niet geven."
BECAUSE = "Mijn spaargeld is van mijn dochter. Het staat op haar naam."
UNFOUNDED = "De rekening staat op uw eigen naam. Daarom telt het geld mee. Het besluit blijft zoals het was."
REPORT = "Mevrouw Mulder vertelt dat de rekening van haar dochter is. Zij laat een afschrift zien."
TALK = "Ja, ik wil mijn verhaal vertellen"
TRAIN = "Een retour met de trein naar het gesprek, tweede klas: het bedrag van het kaartje."
BODY, PLACE = "Sociale Verzekeringsbank", "Postbus 1100, 1180 BH Amstelveen"
ELSEWHERE = "Het gaat over uw kinderbijslag. Daarover beslist de SVB."
OUR_OWN = "Het college van burgemeester en wethouders van Rietwaarden"
OWN = "Uw dochter is ouder dan 18. Haar spaargeld telt niet mee. Daarom hebt u wel recht op de toeslag."


@pytest.fixture(scope="session")
def refused(browser: Browser, open_town: ServedTown, faces: Faces) -> str:
    """Chantal applied, Willem refused; the town is kept like that. Gives the case number."""
    chantal = Walker(browser, open_town, DESKTOP_BARE, Checked(skip=True))
    chantal.come_in("chantal", faces)
    number = apply(chantal, living="Alleen met mijn kinderen", wealth=None)
    chantal.close()
    open_town.settle()
    willem = Walker(browser, open_town, DESKTOP_BARE, Checked(skip=True))
    willem.come_in("willem", faces)
    willem.open("/balie/beslissen/")
    willem.follow(re.compile(number))
    for norm in willem.page.locator("input[type=radio][name^=norm_][value=yes]").all():
        norm.check()
    for field in willem.page.locator("textarea[name^=norm_]").all():
        field.fill("De inwoner verwacht geen hoger inkomen.")
    willem.choose("Afwijzen")
    willem.page.locator("textarea[name=reason]").fill(REFUSAL)
    willem.press("Leg mijn besluit vast")
    willem.close()
    open_town.keep(REFUSED)
    open_town.rewind()
    return number


@pytest.fixture
def town_refused(refused: str, town: ServedTown, somebody: Somebody) -> Iterator[Somebody]:
    """People with a browser in the town in which Chantal was refused."""
    town.rewind(REFUSED)
    yield somebody


def objects(chantal: Walker, wish: str, costs: str = "") -> None:
    """From the decision: an objection with this wish about a talk."""
    open_message(chantal, DECISION)
    chantal.follow("Maak bezwaar")
    chantal.says("Bezwaar kost niets.", "Uw uitkomst wordt er nooit slechter door.")
    chantal.fill("Waarom bent u het niet eens met het besluit?", BECAUSE)
    chantal.choose(wish)
    if costs:
        chantal.fill("Kosten die u terug wilt (niet verplicht)", costs)
    chantal.press("Verstuur het bezwaar")


def takes(petra: Walker) -> None:
    """The first objection on the list, to handle."""
    petra.open("/balie/bezwaren/")
    petra.page.locator("main table a").first.click()
    petra.page.wait_for_url("**/bezwaren/*/")
    petra.arrived()
    petra.press("Ik behandel dit bezwaar")


def test_chantal_vraagt_nog_eens_te_kijken_en_maakt_er_een_bezwaar_van(
    town_refused: Somebody, town: ServedTown, manner: Manner
) -> None:
    chantal = town_refused("chantal")
    open_message(chantal, DECISION)
    chantal.follow("Vraag een collega nog eens te kijken")
    chantal.says("Dit is geen bezwaar.", "loopt door, tot en met 10 juni 2025")
    chantal.fill("Wat klopt er volgens u niet? (niet verplicht)", "Het is niet mijn spaargeld.")
    chantal.press("Vraag om nog eens te kijken")
    chantal.says("Het is niet mijn spaargeld.", "Een collega kijkt en antwoordt uiterlijk")

    chantal.follow("Maak er een bezwaar van")
    chantal.says("telt als de dag van uw bezwaar")
    chantal.fill("Waarom bent u het niet eens met het besluit?", BECAUSE)
    chantal.choose("Nee, ik schrijf alles op")
    chantal.press("Verstuur het bezwaar")
    chantal.says(BECAUSE, "Wij beslissen uiterlijk", "Niet gewenst")
    town.settle()


def test_een_andere_medewerker_geeft_gelijk(town_refused: Somebody, town: ServedTown, manner: Manner) -> None:
    chantal = town_refused("chantal")
    objects(chantal, "Nee, ik schrijf alles op", costs="De trein en een advocaat.")

    willem = town_refused("willem")
    willem.open("/balie/bezwaren/")
    willem.page.locator("main table a").first.click()
    willem.page.wait_for_url("**/bezwaren/*/")
    willem.arrived()
    willem.says("U was betrokken bij het eerste besluit.")
    willem.says_not("Ik behandel dit bezwaar")

    petra = town_refused("petra")
    takes(petra)
    petra.says(BECAUSE, REFUSAL)
    petra.press("Leg mijn besluit vast", status=400)
    petra.choose("Gegrond: er komt een nieuw besluit")
    petra.choose("Niet gehoord: de inwoner wilde het niet (7:3 c)")
    petra.fill("Nieuw bedrag, in euro", "668,82")
    petra.fill("Waarom? Schrijf het aan de inwoner", OWN)
    petra.press("Leg mijn besluit vast", status=400)
    petra.says("De inwoner vroeg om kosten. Beslis daar ook over, met een reden.")
    petra.choose("Vergoeden: ons besluit was fout en dat lag aan ons")
    petra.fill("Kosten die u vergoedt, in euro", "24,60")
    petra.choose("Aan de inwoner")
    petra.fill("Uitleg over de kosten", TRAIN)
    petra.press("Leg mijn besluit vast")
    petra.says("€ 24,60 aan de inwoner")

    town.settle()
    open_message(chantal, DECISION)
    chantal.says("U hebt gelijk", "€ 668,82", "€ 24,60", TRAIN, OWN, "Petra van Dam", "rechtbank")
    chantal.follow("Bekijk uw bezwaar en alle stukken")
    chantal.says("Besluit: afgewezen", "Besluit: bezwaar gegrond", REFUSAL)


def test_chantal_vertelt_haar_verhaal_en_leest_het_verslag(town_refused: Somebody, town: ServedTown) -> None:
    chantal, petra = town_refused("chantal"), town_refused("petra")
    objects(chantal, "Ja, ik wil mijn verhaal vertellen")
    chantal.says("Gewenst. De uitnodiging komt.")
    for wish, said in (("Nee, ik schrijf alles op", "Niet gewenst"), (TALK, "Gewenst. De uitnodiging komt.")):
        chantal.follow("Kies of u een gesprek wilt")
        chantal.choose(wish)
        chantal.press("Leg mijn keus vast")
        chantal.says(said)
    takes(petra)
    file = petra.path

    petra.press("Verstuur de uitnodiging", status=400)
    inviting = petra.page.locator("form", has=petra.page.get_by_role("button", name="Verstuur de uitnodiging"))
    inviting.get_by_label("Dag van het gesprek").fill("20-05-2025")
    petra.fill("Hoe laat", "10.00 uur")
    petra.fill("Waar, of welk telefoonnummer", "Stadhuis, kamer 3")
    inviting.get_by_label("Nee", exact=True).first.check()
    petra.press("Verstuur de uitnodiging")
    petra.says("20 mei 2025, 10.00 uur, Stadhuis, kamer 3. Stukken sturen kan tot en met 10 mei 2025.")
    town.settle()
    chantal.open("/berichten/")
    chantal.follow(DECISION)
    chantal.says("20 mei 2025", "Stadhuis, kamer 3")

    town.stand_on(date(2025, 5, 21))
    petra.open(file)
    reporting = petra.page.locator("form", has=petra.page.get_by_role("button", name="Verstuur het verslag"))
    reporting.get_by_label("Dag van het gesprek").fill("20-05-2025")
    petra.fill("Verslag", REPORT)
    petra.press("Verstuur het verslag")
    petra.says(REPORT)
    town.settle()
    chantal.open("/berichten/")
    chantal.follow(DECISION)
    chantal.says(REPORT)


def test_wie_te_laat_is_wordt_aangemaand_en_stelt_de_dwangsom_vast(town_refused: Somebody, town: ServedTown) -> None:
    chantal, petra = town_refused("chantal"), town_refused("petra")
    petra.open("/balie/te-laat/")
    petra.says("Niets is te laat of bijna te laat.")
    objects(chantal, "Nee, ik schrijf alles op")
    objection = chantal.path
    takes(petra)
    file = petra.path

    town.stand_on(date(2025, 9, 5))
    chantal.open(objection)
    chantal.follow("Wij zijn te laat: maan ons aan")
    chantal.says("Wij zijn 45 dagen te laat", "Dat ligt aan ons.")
    chantal.press("Maan ons aan")
    chantal.says("19 september 2025", "Nooit meer dan", "€ 1.260", "1 januari 2015")
    chantal.says_not("Wij stellen het vast uiterlijk")
    petra.open("/balie/te-laat/")
    petra.says("Aangemaand. Beslis tot en met 19 september 2025, anders dwangsom tot € 1.260.")

    town.stand_on(date(2025, 10, 3))
    chantal.page.reload()
    chantal.arrived()
    chantal.says("€ 280", "€ 20", "Wij stellen het vast uiterlijk")
    petra.open(file)
    petra.choose("Ongegrond: het besluit blijft")
    petra.choose("Niet gehoord: de inwoner wilde het niet (7:3 c)")
    petra.fill("Waarom? Schrijf het aan de inwoner", UNFOUNDED)
    petra.press("Leg mijn besluit vast")
    petra.open("/balie/te-laat/")
    petra.follow(re.compile("RW 2025"))
    petra.says("De dwangsom vaststellen", "€ 260", "de wettekst van 1 januari 2015")
    petra.fill("Hoe kwam u hierop?", "Wij beslisten 13 dagen te laat. Dat staat in artikel 4:17.")
    petra.press("Leg mijn besluit vast")
    town.settle()
    chantal.open("/berichten/")
    chantal.follow(DECISION)
    chantal.says("€ 260")


def test_ingrid_maakt_bezwaar_voor_chantal_en_chantal_leest_mee(town_refused: Somebody) -> None:
    chantal, ingrid = town_refused("chantal"), town_refused("ingrid")
    chantal.open("/machtigen/nieuw/")
    for name, value in (("themes", "geld"), ("rights", "answer"), ("months", "12")):
        chantal.page.locator(f"input[name={name}][value='{value}']").check()
    chantal.page.locator("main form button").last.click()
    chantal.page.wait_for_url("**/machtigen/code/")
    chantal.arrived()
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", chantal.text)
    assert code
    ingrid.open("/machtigen/helpen/")
    ingrid.page.locator("main input[name=code]").fill(code[0])
    ingrid.page.locator("main form button").last.click()
    ingrid.page.wait_for_load_state()
    chantal.open("/machtigen/")
    chantal.page.locator("main form[action$='/ja/'] button").click()
    chantal.page.wait_for_load_state()

    ingrid.open("/namens/")
    ingrid.press("Regel iets voor mevrouw Mulder")
    objects(ingrid, "Nee, ik schrijf alles op")

    ingrid.says(BECAUSE, "Wij beslissen uiterlijk", "Dit gaat over mevrouw Mulder.")
    chantal.open(ingrid.path)
    chantal.says(BECAUSE)
    chantal.open("/gebruik/")
    chantal.says("I. de Wit deed dit voor u: las of bewaarde stukken van uw bezwaar")


def test_petra_stuurt_door_naar_een_andere_instantie_en_chantal_leest_waar_en_welke_dag_telt(
    town_refused: Somebody, town: ServedTown
) -> None:
    chantal, willem, petra = town_refused("chantal"), town_refused("willem"), town_refused("petra")
    objects(chantal, "Nee, ik schrijf alles op")
    takes(petra)
    willem.open(petra.path)
    willem.says_not("Leg vast dat ik dit doorstuurde")
    for body, place, why, wrong in (
        ("", PLACE, ELSEWHERE, "Vul in naar welke andere instantie dit gaat, en het adres."),
        (BODY, "", ELSEWHERE, "Vul in naar welke andere instantie dit gaat, en het adres."),
        (OUR_OWN, PLACE, ELSEWHERE, "Vul in naar welke andere instantie dit gaat, en het adres."),
        (BODY, PLACE, "Niet van ons.", "Schrijf uw antwoord op in ten minste 20 tekens."),
    ):
        forwards(petra, body, place, why, status=400)
        assert petra.page.title().startswith("Fout:")
        petra.says(wrong, "Leg vast dat ik dit doorstuurde")
    town.settle()
    sent = "SELECT count(*) FROM inbox_message WHERE template = '_algemeen/objection_forwarded'"
    assert town.all(sent) == [(0,)]

    forwards(petra, BODY, PLACE, ELSEWHERE)

    petra.says("Doorgestuurd naar een andere instantie")
    petra.says_not("Leg vast dat ik dit doorstuurde", "Leg mijn besluit vast")
    petra.open("/balie/bezwaren/")
    petra.says("Dit jaar doorgestuurd: 1.")
    town.settle()
    assert town.all(sent) == [(1,)]
    open_message(chantal, DECISION)
    assert chantal.heading == "Wij stuurden uw bezwaar door"
    chantal.says(BODY, PLACE, ELSEWHERE, "maandag 28 april 2025", "Die dag blijft tellen.", "Petra van Dam")
    chantal.says("Wilt u ook bezwaar maken tegen ons besluit?", "Dat kan tot en met dinsdag 10 juni 2025.")
    chantal.follow("Bekijk uw bezwaar en alle stukken")
    chantal.says(f"Wij stuurden dit bezwaar door naar {BODY}. Daar beslist men erop.")
    chantal.says_not("Voeg toe aan uw bezwaar")


def forwards(petra: Walker, body: str, place: str, why: str, *, status: int = 200) -> None:
    """To which body, where, and why it belongs there."""
    petra.fill("Naar welke instantie?", body)
    petra.fill("Adres van die instantie", place)
    petra.fill("Waarom hoort het daar?", why)
    petra.press("Leg vast dat ik dit doorstuurde", status=status)
