"""Pictures of the pages beside the main road: the short form, one of each list at the desk, the counter, receipts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pypdfium2

from tests.journeys.more_pictures import DESK, SERVICE, Album, sheets
from tests.journeys.walks.applying import open_message
from tests.journeys.walks.walker import Walker
from waardig.kernel.content import content_roots

TODAY = date(2025, 4, 28)
CODE = re.compile(r"Uw code:\s*([A-Z0-9]{4})\s([A-Z0-9]{4})")
TOM_BSN, KAREL_BSN, YONAS_BSN = "980001602", "980001869", "980002515"


def short_form(album: Album) -> None:
    """The message, the one question, the receipt."""
    yonas = album.person("yonas")
    open_message(yonas, re.compile("Misschien is er geld voor u|Perhaps there is money for you"))
    album.take(yonas, "26a-kort-formulier")
    yonas.page.locator("button[name=answer][value=yes]").click()
    yonas.page.wait_for_url("**/ja/**")
    album.take(yonas, "26b-kort-vraag")
    yonas.page.locator("main input[type=text]").fill("1.100")
    yonas.page.locator("main form button:not([name=unknown])").last.click()
    yonas.page.wait_for_url("**/nakijken/")
    yonas.page.locator("button[name=send]").click()
    yonas.page.wait_for_url("**/bewijs/")
    album.take(yonas, "26c-kort-bewijs")
    yonas.close()


def english(album: Album) -> None:
    """Who chose English: the list, the message and its Dutch text, the letter; and the choice at the counter."""
    yonas = album.person("yonas")
    yonas.open("/berichten/")
    album.take(yonas, "28a-berichten-engels")
    yonas.follow("You get money from us, if you want it")
    album.take(yonas, "28b-bericht-engels")
    yonas.follow("Lees de Nederlandse tekst")
    album.take(yonas, "28c-bericht-nederlands")
    yonas.close()
    ((pdf,),) = album.town.all(
        "SELECT t.payload FROM inbox_message m JOIN inbox_delivery d ON d.message_id = m.id"
        " JOIN inbox_letter l ON l.delivery_id = d.id JOIN reg.document t ON t.id = l.id"
        " JOIN reg.person p ON p.person = m.recipient"
        " WHERE m.template = 'meedoenregeling/grant_announcement' AND p.bsn = %s",
        YONAS_BSN,
    )
    sheets(bytes(pdf), album.folder, "28d-brief-engels")
    fatma = album.person("fatma")
    _find(fatma, YONAS_BSN)
    fatma.follow("Verander de taal")
    album.take(fatma, "28e-loket-taal", DESK)
    fatma.close()


def receipts(album: Album) -> None:
    """No, and what follows it; what can be put right first; giving up; who signed out; a code from a letter."""
    tom = album.person("tom")
    open_message(tom)
    message = tom.path
    tom.follow("Laat eerst iets herstellen")
    album.take(tom, "26d-laat-herstellen")
    tom.open(message)
    tom.press("Nee, nu niet")
    tom.press("Nee, nu niet")
    album.take(tom, "26e-nee-bewijs")
    tom.open(message)
    tom.page.locator("a, button", has_text="Ja, maar er klopt iets niet").first.click()
    tom.page.wait_for_url("**/ja/note/**")
    album.take(tom, "26f-ja-maar")
    tom.press("Uitloggen")
    album.take(tom, "26g-uitgelogd")
    tom.close()
    samir = album.person("samir")
    samir.open("/gegevens/")
    samir.follow(re.compile("Klopt dit niet.*Maanden|Klopt dit niet"), nth=0)
    samir.fill("Wat moet het zijn?", "Dit klopt niet meer")
    samir.press("Verder")
    album.take(samir, "26h-melding-nakijken")
    samir.close()
    nobody = album.person()
    for code in _codes(album):
        nobody.open(f"/antwoord/{code}/")
        if nobody.page.locator("main form button").count():  # nobody answered this letter yet
            break
    album.take(nobody, "26i-antwoord-met-code")
    nobody.close()


def _codes(album: Album) -> Iterator[str]:
    """The answer codes that stand in printed letters."""
    stored = album.town.all("SELECT payload FROM reg.document WHERE payload IS NOT NULL ORDER BY stored_at DESC, id")
    for (pdf,) in stored:
        with pypdfium2.PdfDocument(bytes(pdf)) as paper:
            text = "".join(paper[number].get_textpage().get_text_bounded() for number in range(len(paper)))
        if found := CODE.search(text):
            yield found[1] + found[2]


def one_of_each(album: Album) -> None:
    """The list of whom a round left to a person, and one of each list at the desk."""
    for persona, place, name, pattern in (
        ("petra", "/balie/bekijken/", "27a-bekijken", "**/bekijken/*/"),
        ("petra", "/balie/lijsten/", "27c-toekenlijsten", "**/lijsten/*/"),
        ("willem", "/balie/meldingen/", "27e-meldingen", "**/meldingen/*/"),
        ("willem", "/balie/vragen/", "27g-bellen-en-vragen", "**/vragen/*/"),
    ):
        walker = album.person(persona)
        walker.open(place)
        album.take(walker, name, DESK)
        links = walker.page.locator("main table a, main .w-card a")
        if links.count():
            links.first.click()
            walker.page.wait_for_url(pattern)
            album.take(walker, f"{name[:2]}{chr(ord(name[2]) + 1)}{name[3:]}-een", DESK)
        walker.close()


def public_question(album: Album) -> None:
    """A question of anybody, as who answers it sees it."""
    nobody = album.person()
    nobody.open(SERVICE + "vragen/")
    nobody.fill("Uw vraag", "Waarom kijkt u niet naar mijn huur?")
    nobody.press("Stuur mijn vraag")
    nobody.close()
    sanne = album.person("sanne")
    sanne.page.locator("main table a").first.click()
    sanne.page.wait_for_url("**/openbare-vragen/*/")
    album.take(sanne, "27i-openbare-vraag", DESK)
    sanne.close()


def at_the_counter(album: Album) -> None:
    """What an employee records together with a resident."""
    fatma = album.person("fatma")
    _find(fatma, TOM_BSN)
    fatma.open("/balie/loket/gebruik/")
    album.take(fatma, "27j-loket-gebruik", DESK)
    fatma.open("/balie/loket/berichten/")
    album.take(fatma, "27k-loket-berichten", DESK)
    fatma.follow("Wij hebben een voorstel voor u")
    fatma.press(re.compile("Leg “ja” vast"))
    album.take(fatma, "27l-loket-opgave", DESK)
    fatma.open("/balie/loket/nagaan/zorgtoeslag/")
    album.take(fatma, "27m-loket-nagaan-begin", DESK)
    fatma.close()


def _find(fatma: Walker, number: str) -> None:
    fatma.fill("Burgerservicenummer", number)
    fatma.choose("Identiteitskaart")
    fatma.press("Open het overzicht")


def late(album: Album) -> None:
    """An objection on which nobody decided in time: our term, urged on, the list and the penalty."""
    chantal = album.person("chantal")
    ((objection,),) = album.town.all(
        "SELECT id FROM cases_case WHERE kind = 'objection' ORDER BY opened_on, id LIMIT 1"
    )
    album.town.stand_on(date(2025, 9, 5))
    chantal.open(f"/zaken/{objection}/onze-termijn/")
    album.take(chantal, "17i-onze-termijn")
    chantal.press("Maan ons aan")
    album.town.stand_on(date(2025, 10, 3))
    chantal.open(f"/zaken/{objection}/onze-termijn/")
    album.take(chantal, "17j-aangemaand")
    chantal.close()
    petra = album.person("petra")
    petra.open("/balie/te-laat/")
    album.take(petra, "17k-balie-aangemaand", DESK)
    petra.close()
    album.town.stand_on(TODAY)


def system(album: Album) -> None:
    """Two letters were given up: the page to try them again."""
    with psycopg.connect(album.town.superuser, autocommit=True) as connection:
        connection.execute(
            "UPDATE outbox_job SET state = 'dead', attempts = 8, last_error = 'ValueError'"
            " WHERE id IN (SELECT id FROM outbox_job WHERE topic = 'inbox.letter' ORDER BY id LIMIT 2)"
        )
    bram = album.person("bram")
    album.take(bram, "27n-systeem-opgegeven", DESK)
    bram.follow(re.compile("^Probeer alle opnieuw"))
    album.take(bram, "27o-systeem-opnieuw", DESK)
    bram.press("Ja, probeer opnieuw")
    bram.close()


def the_law(album: Album) -> None:
    """The law at the desk: the list, one beside its machine form, its scenarios, playing with it."""
    sanne = album.person("sanne")
    sanne.open("/balie/wetten/")
    album.take(sanne, "30a-wetten", DESK)
    sanne.open("/balie/wetten/meedoenregeling_rietwaarden/")
    album.take(sanne, "30b-wet", DESK)
    sanne.open("/balie/wetten/meedoenregeling_rietwaarden/scenarios/")
    album.take(sanne, "30c-scenarios", DESK)
    sanne.open("/balie/wetten/meedoenregeling_rietwaarden/spelen/")
    sanne.page.locator("button[name=do][value=turns]").click()
    sanne.page.wait_for_selector("#anders")
    album.take(sanne, "30d-spelen", DESK)
    text = next((content_roots()[0] / "laws").rglob("regeling_standaardpremie/2025-01-01.yaml")).read_text("utf-8")
    sanne.open("/balie/wetten/uitproberen/")
    sanne.page.locator("#id_law").fill(text.replace("output:", "outputs:", 1))
    sanne.page.set_default_timeout(60_000)
    sanne.press("Probeer dit ontwerp")
    album.take(sanne, "30e-ontwerp", DESK)
    sanne.close()


REST: tuple[Callable[[Album], None], ...] = (
    english, short_form, receipts, one_of_each, public_question, at_the_counter, late, system, the_law,
)  # fmt: skip
