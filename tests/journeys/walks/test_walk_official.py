"""The desk: prepared grants in a batch, a case by hand, a report answered, the counter; and what arrives at home.

Before these walks Samir, the Boersmas and Chantal said yes in the portal (Chantal does not know her savings), and
Gerrit reported a value as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.journeys.walks.applying import DECISION, TOGETHER, apply, open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import DESKTOP_BARE, GREETINGS, Checked, Faces, Manner, Walker, plain

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
BUSY = "kept_busy"
GERRIT_BSN = "980001274"
REASON = "U vertelde aan de telefoon dat u minder dan 1.000 euro spaargeld hebt. Dat is genoeg om te beslissen."
REFUSAL = "U schreef dat u meer spaargeld hebt dan de grens. Daarom kunnen wij de toeslag nu niet geven."


@dataclass(frozen=True)
class Waiting:
    """The case numbers that wait at the desk."""

    samir: str
    couple: str
    chantal: str


@pytest.fixture(scope="session")
def waiting(browser: Browser, open_town: ServedTown, faces: Faces) -> Waiting:
    """Residents answered; the town is kept like that for the walks at the desk."""

    def done(persona: str, **answers: str | None) -> str:
        walker = Walker(browser, open_town, DESKTOP_BARE, Checked(skip=True))
        walker.come_in(persona, faces)
        number = apply(walker, **answers)  # type: ignore[arg-type]
        walker.close()
        return number

    found = Waiting(
        samir=done("samir", living="Alleen", wealth="900"),
        couple=done("boersma", living=TOGETHER, wealth="1.200"),
        chantal=done("chantal", living="Alleen met mijn kinderen", wealth=None),
    )
    gerrit = Walker(browser, open_town, DESKTOP_BARE, Checked(skip=True))
    gerrit.come_in("gerrit", faces)
    report(gerrit)
    gerrit.close()
    open_town.keep(BUSY)
    open_town.rewind()
    return found


def report(walker: Walker) -> None:
    """Say that the savings are wrong."""
    walker.open("/gegevens/")
    walker.follow(re.compile("Klopt dit niet.*Spaargeld"))
    walker.fill("Wat moet het zijn?", "900 euro")
    walker.press("Verder")
    walker.press("Verstuur mijn melding")


@pytest.fixture
def desk(waiting: Waiting, town: ServedTown, somebody: Somebody) -> Iterator[Somebody]:
    """People with a browser in the busy town."""
    town.rewind(BUSY)
    yield somebody


def row(walker: Walker, number: str) -> str:
    """Open the case with this number from a list of the desk."""
    walker.page.locator("main table a", has_text=number).or_(
        walker.page.locator("main table tr", has_text=number).locator("a")
    ).first.click()
    walker.page.wait_for_url("**/zaken/*/")
    walker.arrived()
    return walker.path


def decide(walker: Walker, outcome: str, reason: str, amount: str = "") -> None:
    """Fill in the decision and record it; norms that only a person may judge are judged for the resident."""
    for norm in walker.page.locator("input[type=radio][name^=norm_][value=yes]").all():
        norm.check()
    for field in walker.page.locator("textarea[name^=norm_]").all():
        field.fill("De inwoner verwacht geen hoger inkomen.")
    walker.choose(outcome)
    if amount:
        walker.fill("Bedrag, in euro (alleen bij toekennen)", amount)
    walker.fill("Waarom? Schrijf het aan de inwoner", reason)
    walker.press("Leg mijn besluit vast")


def test_willem_bevestigt_alleen_wat_hij_bekeek(desk: Somebody, waiting: Waiting, town: ServedTown) -> None:
    willem = desk("willem")
    assert willem.heading == "Werkvoorraad"
    willem.open("/balie/bevestigen/")
    ready = [number for number in (waiting.samir, waiting.couple) if number in willem.text]
    assert ready, "both applications were drawn for the blind sample"
    assert willem.page.locator("input[type=checkbox]").count() == 0
    for number in ready:
        willem.open("/balie/bevestigen/")
        row(willem, number)
    willem.open("/balie/bevestigen/")
    boxes = willem.page.locator("input[type=checkbox]")
    assert boxes.count() == len(ready)
    assert not any(box.is_checked() for box in boxes.all())

    for box in boxes.all():
        box.check()
    willem.press("Tel mijn keuze op")
    willem.press(re.compile(r"^Bevestig \d toekenning"))

    assert willem.heading == f"{len(ready)} toekenning{'en' if len(ready) > 1 else ''} bevestigd"
    town.settle()
    resident = desk("samir" if waiting.samir in ready else "boersma")
    resident.says("toegekend")
    open_message(resident, DECISION)
    resident.says(
        "het college van burgemeester en wethouders", "Mandaatbesluit", "Participatiewet, artikel 36",
        "bezwaar", "10 juni 2025", "U krijgt uiterlijk op dinsdag 10 juni 2025", "Willem de Graaf",
    )  # fmt: skip


def test_willem_beslist_zelf_met_eigen_redenen(desk: Somebody, waiting: Waiting, town: ServedTown) -> None:
    willem = desk("willem")
    willem.open("/balie/beslissen/")
    row(willem, waiting.chantal)
    willem.says("Waarom u?", "Dit weten wij niet")
    willem.says_not("Wilgenhof", "1234 AE", "980000531")
    willem.press("Leg mijn besluit vast", status=400)
    willem.choose("Toekennen")
    willem.fill("Waarom? Schrijf het aan de inwoner", "Ja hoor.")
    willem.press("Leg mijn besluit vast", status=400)
    assert willem.page.title().startswith("Fout:")

    decide(willem, "Toekennen", REASON, amount="668,82")

    willem.says(REASON)
    town.settle()
    chantal = desk("chantal")
    chantal.says("toegekend")
    open_message(chantal, DECISION)
    chantal.says(REASON, "€ 668,82", "bezwaar", "10 juni 2025", "Willem de Graaf")


def test_willem_wijst_af_en_de_inwoner_leest_waarom(desk: Somebody, waiting: Waiting, town: ServedTown) -> None:
    willem = desk("willem")
    willem.open("/balie/beslissen/")
    row(willem, waiting.chantal)

    decide(willem, "Afwijzen", REFUSAL)

    town.settle()
    chantal = desk("chantal")
    chantal.says("lees het bericht")
    chantal.says_not("afgewezen", "Afgewezen")
    chantal.open("/berichten/")
    chantal.says_not("afgewezen", "Afgewezen")
    open_message(chantal, DECISION)
    chantal.says(REFUSAL, "bezwaar", "10 juni 2025", "Mandaatbesluit")
    chantal.says_not("U krijgt uiterlijk op")


def test_een_melding_krijgt_een_antwoord(desk: Somebody, waiting: Waiting, town: ServedTown) -> None:
    willem = desk("willem")
    willem.open("/balie/meldingen/")
    willem.page.locator("main table a").first.click()
    willem.page.wait_for_url("**/meldingen/*/")
    willem.arrived()
    willem.says("Meneer Vos zegt: dit klopt niet.", "€ 1.240")
    willem.press("Verstuur het antwoord", status=400)

    willem.page.locator("input[type=radio][name=outcome]").last.check()
    willem.fill("Uw antwoord aan de inwoner", "Wij keken het na bij de uitkering. Het bedrag van toen was goed.")
    willem.press("Verstuur het antwoord")

    town.settle()
    gerrit = desk("gerrit")
    gerrit.open("/gegevens/")
    gerrit.says_not("U zei op 28 april: dit klopt niet.")
    gerrit.open("/berichten/")
    gerrit.follow(re.compile("melding", re.IGNORECASE))
    gerrit.says("Wij keken het na bij de uitkering. Het bedrag van toen was goed.")


def test_fatma_ziet_wat_gerrit_ziet_en_gerrit_ziet_dat_zij_keek(desk: Somebody, manner: Manner) -> None:
    fatma = desk("fatma")
    assert fatma.heading == "Wie staat bij u?"
    fatma.press("Open het overzicht", status=400)
    fatma.fill("Burgerservicenummer", GERRIT_BSN)
    fatma.choose("Identiteitskaart")
    fatma.press("Open het overzicht")

    assert fatma.heading in GREETINGS
    fatma.says("Voor u gevonden")
    assert GERRIT_BSN not in fatma.page.url
    fatma.says_not(GERRIT_BSN)
    fatma.open("/balie/loket/berichten/")
    fatma.follow("Wij hebben een voorstel voor u")
    fatma.says("U hebt waarschijnlijk recht op € 521,97")
    margin = plain(fatma.page.locator("aside.w-margin, main ~ aside, aside").last.inner_text())
    assert "Nu doen" in margin and "Zeg dit" in margin
    shown = fatma.page.locator("main button[name=answer]")
    assert [one.get_attribute("type") for one in shown.all()] == ["button", "button"]

    gerrit = desk("gerrit")
    gerrit.open("/gebruik/")
    gerrit.says(
        "zocht u op, aan het loket of aan de telefoon.", "keek met u mee aan het loket of aan de telefoon.",
        "Algemene wet bestuursrecht, artikel 2:1",
    )  # fmt: skip


def test_wie_niet_mag_beslissen_komt_niet_bij_de_zaken(desk: Somebody) -> None:
    fatma = desk("fatma")
    fatma.open("/balie/werk/", status=403)
    fatma.open("/balie/bevestigen/", status=403)
    gerrit = desk("gerrit")
    gerrit.open("/balie/werk/", status=403)
