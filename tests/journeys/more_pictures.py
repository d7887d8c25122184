"""Pictures of all around the proposal: checking, disagreeing, helping, paying, the public account, the system."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Protocol

import pypdfium2
from PIL import Image

from tests.journeys.walks.applying import DECISION, apply, open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

DESK = (390, 1280)
SERVICE = "/verantwoording/individuele_inkomenstoeslag/"
SAMIR_BSN = "980000701"
COLOURS = 32
PDF_SCALE = 1.4
NAMED = re.compile(r"(Meneer|Mevrouw) \w+|(?<=U mag )\w\. .*(?= helpen)|^\w\. .*(?= mag u)")
"""Somebody named in the title of a letter: the same letter to another is no other letter."""


class Album(Protocol):
    """Where the pictures go, who walks, and the case numbers of who applied."""

    town: ServedTown
    folder: Path
    numbers: dict[str, str]

    def person(self, persona: str = "") -> Walker:
        """Somebody with a browser."""
        ...

    def take(self, walker: Walker, name: str, widths: tuple[int, ...] = ...) -> None:
        """Photograph the page at each width."""
        ...


def save(picture: Image.Image, target: Path) -> None:
    """As a palette of few colours, without dithering: flat colours and letters stay sharp."""
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


def sheets(pdf: bytes, folder: Path, name: str) -> None:
    """Every page of a letter or form as a picture."""
    with pypdfium2.PdfDocument(pdf) as paper:
        for number in range(len(paper)):
            save(paper[number].render(scale=PDF_SCALE).to_pil(), folder / f"{name}-blad{number + 1}.png")


def pages(album: Album, persona: str, places: Iterable[tuple[str, str]], widths: tuple[int, ...] = (390, 1200)) -> None:
    """Pages that only have to be opened, by name."""
    walker = album.person(persona)
    for name, path in places:
        walker.open(path)
        album.take(walker, name, widths)
    walker.close()


def checking(album: Album) -> None:
    """Zelf nagaan: the list, the first page, a question with an error, a yes, the form on paper, and a no."""
    nobody = album.person()
    nobody.open("/nagaan/")
    album.take(nobody, "16a-nagaan")
    nobody.follow("Zorgtoeslag")
    album.take(nobody, "16b-nagaan-begin")
    nobody.press("Begin")
    answers = ("8 november 1984", "Ja", "Nee", "veel", "30.000", "12.500")
    for typed in answers:
        _answer(nobody, typed)
        if typed == "veel":
            album.take(nobody, "16c-nagaan-vraag-fout")
    album.take(nobody, "16d-nagaan-uitkomst")
    form = nobody.context.request.get(album.town.base + "/nagaan/zorgtoeslag/papier.pdf").body()
    sheets(form, album.folder, "16e-nagaan-papier")
    nobody.open("/nagaan/zorgtoeslag/")
    nobody.press("Begin")
    for typed in (*answers[:-1], "200.000"):
        _answer(nobody, typed)
    album.take(nobody, "16f-nagaan-nee")
    nobody.close()


def _answer(walker: Walker, typed: str) -> None:
    """Answers the question of a check; "veel" is no amount."""
    if walker.page.locator("#id_answer[role=radiogroup]").count():
        walker.page.locator(".w-option", has_text=typed).first.click()
    else:
        walker.page.locator("#id_answer").fill(typed)
    walker.press("Volgende vraag", status=400 if typed == "veel" else 200)


def disagreeing(album: Album) -> None:
    """A second look and an objection, by the resident and at the desk; our own term."""
    chantal = album.person("chantal")
    open_message(chantal, DECISION)
    decision = chantal.path
    album.take(chantal, "17a-besluit-nee")
    chantal.follow("Vraag een collega nog eens te kijken")
    album.take(chantal, "17b-kijk-nog-eens")
    chantal.press("Vraag om nog eens te kijken")
    album.take(chantal, "17c-kijk-nog-eens-bewijs")
    chantal.open(decision)
    chantal.follow("Maak bezwaar")
    album.take(chantal, "17d-bezwaar")
    chantal.fill("Waarom bent u het niet eens met het besluit?", "Mijn spaargeld is van mijn dochter.")
    chantal.choose("Nee, ik schrijf alles op")
    chantal.press("Verstuur het bezwaar")
    album.take(chantal, "17e-bezwaar-dossier")
    chantal.close()
    album.town.settle()
    petra = album.person("petra")
    petra.open("/balie/bezwaren/")
    album.take(petra, "17f-balie-bezwaren", DESK)
    petra.page.locator("main table a").first.click()
    petra.page.wait_for_url("**/bezwaren/*/")
    petra.press("Ik behandel dit bezwaar")
    album.take(petra, "17g-balie-bezwaar", DESK)
    petra.open("/balie/te-laat/")
    album.take(petra, "17h-balie-te-laat", DESK)
    petra.close()


def helping(album: Album) -> None:
    """Mandates, a parent and a boy of almost 18, a question, calling back, large letters."""
    pages(album, "ingrid", (("18a-namens-familie", "/namens/"),))
    ingrid = album.person("ingrid")
    ingrid.open("/namens/")
    ingrid.press("Regel iets voor mevrouw De Wit")
    ingrid.open("/gebruik/", status=403)
    album.take(ingrid, "18b-mag-niet")
    ingrid.close()
    toos = (("18c-machtigen", "/machtigen/"), ("18d-machtigen-nieuw", "/machtigen/nieuw/"))
    pages(album, "toos", (*toos, ("18e-machtigen-code", "/machtigen/helpen/"), ("18h-weergave", "/weergave/")))
    jelle = album.person("jelle")
    open_message(jelle, "Dit verandert als u 18 wordt")
    album.take(jelle, "18f-bijna-18")
    jelle.close()
    gerrit = album.person("gerrit")
    gerrit.open("/terugbellen/")
    album.take(gerrit, "18g-terugbellen")
    gerrit.fill("Uw telefoonnummer", "06 00 00 01 23")
    gerrit.choose("Dat maakt niet uit")
    gerrit.press("Bel mij terug")
    gerrit.open("/gebruik/")
    gerrit.follow(re.compile("Dit begrijp ik niet"))
    album.take(gerrit, "18i-vraag-over-gebruik")
    gerrit.close()


def others(album: Album) -> None:
    """An entrepreneur, somebody who reads English, a page that was left, the app, the code of a letter, errors."""
    pages(album, "priya_zaak", (("19a-zaak", "/"),))
    yonas = album.person("yonas")
    yonas.page.locator("details.w-language summary").click()
    yonas.press("English")
    album.take(yonas, "19b-engels")
    open_message(yonas, re.compile("geld van ons$|money from us$", re.IGNORECASE))
    album.take(yonas, "19c-toegekend-zonder-aanvraag")
    yonas.close()
    entrance = (("19d-openingstijden", "/openingstijden/"), ("19e-app", "/app/"), ("19f-code-van-brief", "/antwoord/"))
    accessible = (("19g-toegankelijkheid", "/toegankelijkheid/"), ("19h-zonder-verbinding", "/zonder-verbinding/"))
    pages(album, "", (*entrance, *accessible))
    nobody = album.person()
    nobody.open("/bestaat-niet/", status=404)
    album.take(nobody, "19i-niet-gevonden")
    nobody.close()


def account(album: Album) -> None:
    """The public account: dossier, opinions, measurements, decisions, standstills, rounds, registers, sandbox."""
    places = [("20a-diensten", "/verantwoording/")]
    for name, part in (
        ("20b-meningen", "meningen/"), ("20c-metingen", "metingen/"), ("20d-besluiten", "besluiten/"),
        ("20e-stilstand", "stilstand/"), ("20f-rondes", "rondes/"), ("20g-ronde", "rondes/2025-04-28/"),
        ("20h-vragen", "vragen/"),
    ):  # fmt: skip
        places.append((name, SERVICE + part))
    places += [
        ("20i-algoritmes", "/verantwoording/algoritmes/"),
        ("20j-algoritme", "/verantwoording/algoritmes/individuele_inkomenstoeslag/"),
        ("20k-verwerkingen", "/verwerkingen/"),
        ("20l-verwerking", "/verwerkingen/iit.ronde/"),
        ("20m-open-data", "/verantwoording/open-data/"),
        ("20n-proberen", "/verantwoording/proberen/"),
    ]
    pages(album, "", places)
    nobody = album.person()
    nobody.open("/verantwoording/proberen/wet_op_de_zorgtoeslag/")
    nobody.press("Reken uit", nth=0)
    album.take(nobody, "20o-proberen-uitkomst")
    nobody.close()


def work(album: Album) -> None:
    """The desk around the cases: lists, post, calls, public questions, the system."""
    officials = (
        ("21a-lijsten", "/balie/lijsten/"), ("21b-post", "/balie/post/"), ("21c-bellen-en-vragen", "/balie/vragen/"),
        ("21d-kijk-nog-eens", "/balie/kijk-nog-eens/"),
    )  # fmt: skip
    pages(album, "willem", officials, DESK)
    pages(album, "sanne", (("21e-openbare-vragen", "/balie/"),), DESK)
    pages(album, "bram", (("21f-systeem", "/balie/systeem/"),), DESK)
    fatma = album.person("fatma")
    fatma.fill("Burgerservicenummer", "980001274")
    fatma.choose("Identiteitskaart")
    fatma.press("Open het overzicht")
    album.take(fatma, "21g-loket-overzicht", DESK)
    for name, path in (
        ("21h-loket-gegevens", "gegevens/"), ("21i-loket-machtigen", "machtigen/"), ("21j-loket-nagaan", "nagaan/"),
    ):  # fmt: skip
        fatma.open("/balie/loket/" + path)
        album.take(fatma, name, DESK)
    fatma.close()


def paying(album: Album) -> None:
    """A payment list by one official, released by another; whether everything adds up."""
    nadia = album.person("nadia")
    nadia.open("/balie/betalen/")
    album.take(nadia, "22a-betalen", DESK)
    nadia.press("Maak een lijst")
    number = nadia.heading.removeprefix("Betaallijst ")
    album.take(nadia, "22b-betaallijst-eigen", DESK)
    nadia.close()
    joost = album.person("joost")
    joost.open("/balie/betalen/")
    joost.follow(number)
    total = re.search(r"Totaal Aantal: \d+ Samen: € ([\d.,]+)", joost.text)
    assert total
    album.take(joost, "22c-betaallijst-nakijken", DESK)
    joost.fill("Neem het totaal over, in euro", total[1])
    joost.press("Geef deze lijst vrij")
    album.take(joost, "22d-betaallijst-vrij", DESK)
    joost.open("/balie/betalen/aansluiting/")
    album.take(joost, "22e-aansluiting", DESK)
    joost.close()


def destroying(album: Album) -> None:
    """A destruction list by one official, approved by another; Tom said no, and two months went by."""
    tom = album.person("tom")
    open_message(tom)
    if tom.page.get_by_role("button", name="Nee, nu niet").count():
        tom.press("Nee, nu niet")
        tom.press("Nee, nu niet")
    tom.close()
    album.town.stand_on(date(2025, 7, 1))
    marit = album.person("marit")
    marit.press("Maak een lijst")
    number = marit.heading.removeprefix("Vernietigingslijst ")
    album.take(marit, "25b-vernietigingslijst-eigen", DESK)
    marit.close()
    daan = album.person("daan")
    album.take(daan, "25a-vernietigen", DESK)
    daan.follow(number)
    album.take(daan, "25c-vernietigingslijst-nakijken", DESK)
    count = re.search(r"Regels (\d+) Zaken en uitkomsten samen", daan.text)
    assert count
    daan.fill("Neem het aantal regels over", count[1])
    daan.press("Keur deze lijst goed")
    album.town.settle()
    daan.open(daan.path)
    album.take(daan, "25d-vernietigingslijst-klaar", DESK)
    daan.close()


def reacting(album: Album) -> None:
    """Was this clear? The form under a message, and what the team that wrote it reads."""
    gerrit = album.person("gerrit")
    open_message(gerrit)
    gerrit.follow("Was dit bericht duidelijk?", within="footer")
    album.take(gerrit, "24a-reactie")
    gerrit.fill("Wat was niet duidelijk? (dat hoeft niet)", "Wat is een referteperiode? Bel mij op 06 00 00 01 23.")
    gerrit.choose("Nee, niet alles")
    gerrit.press("Stuur mijn reactie", status=400)
    album.take(gerrit, "24b-reactie-fout")
    gerrit.fill("Wat was niet duidelijk? (dat hoeft niet)", "Wat is een referteperiode?")
    gerrit.press("Stuur mijn reactie")
    album.take(gerrit, "24c-reactie-dank")
    gerrit.close()
    willem = album.person("willem")
    willem.open("/balie/reacties/")
    album.take(willem, "24d-reacties", DESK)
    willem.follow("Wij hebben een voorstel voor u", within="main")
    album.take(willem, "24e-reacties-tekst", DESK)
    willem.follow(re.compile("^Handel deze reactie"))
    album.take(willem, "24f-reactie-afhandelen", DESK)
    willem.close()


def letters(album: Album) -> None:
    """Every kind of letter that was printed in this town, one of each kind by its title, as page pictures."""
    stored = album.town.all("SELECT payload FROM reg.document WHERE payload IS NOT NULL ORDER BY stored_at, id")
    titles: set[str] = set()
    for (pdf,) in stored:
        with pypdfium2.PdfDocument(bytes(pdf)) as paper:
            title = NAMED.sub("Iemand", paper.get_metadata_dict().get("Title", ""))
            title = re.sub(r"[\d.,€\s]+", " ", title).strip()
        if title and title not in titles:
            titles.add(title)
            name = re.sub(r"[^a-z]+", "-", title.lower()).strip("-")[:40].strip("-")
            sheets(bytes(pdf), album.folder, f"23-brief-{name}")


def refusing(album: Album) -> None:
    """Willem refuses Chantal, with reasons of his own: the beginning of disagreeing."""
    reason = "U schreef dat u meer spaargeld hebt dan de grens. Daarom kunnen wij de toeslag nu niet geven."
    _refuse(album, album.numbers["chantal"], reason)


def limits(album: Album) -> None:
    """A no of the law, and with which savings it would have been a yes: at home, and the same at the counter."""
    samir = album.person("samir")
    number = apply(samir, living="Alleen", wealth="9.000")
    album.town.settle()
    _refuse(album, number, "U hebt 9.000 euro spaargeld. Dat is meer dan de grens. Daarom krijgt u de toeslag nu niet.")
    open_message(samir, DECISION)
    album.take(samir, "17l-besluit-nee-grens")
    samir.close()
    fatma = album.person("fatma")
    fatma.fill("Burgerservicenummer", SAMIR_BSN)
    fatma.choose("Identiteitskaart")
    fatma.press("Open het overzicht")
    fatma.open("/balie/loket/berichten/")
    fatma.follow(DECISION)
    album.take(fatma, "17m-loket-besluit-nee", DESK)
    fatma.close()


def _refuse(album: Album, number: str, reason: str) -> None:
    """Willem refuses the case with this number."""
    willem = album.person("willem")
    willem.open("/balie/beslissen/")
    willem.page.locator("main table tr", has_text=number).locator("a").first.click()
    willem.page.wait_for_url("**/zaken/*/")
    for norm in willem.page.locator("input[type=radio][name^=norm_][value=yes]").all():
        norm.check()
    for field in willem.page.locator("textarea[name^=norm_]").all():
        field.fill("U verwacht zelf geen hoger inkomen.")
    willem.choose("Afwijzen")
    willem.page.locator("textarea[name=reason]").fill(reason)
    willem.press("Leg mijn besluit vast")
    willem.close()
    album.town.settle()


AROUND: tuple[Callable[[Album], None], ...] = (
    checking, refusing, disagreeing, helping, others, account, work, paying, reacting, letters,
)  # fmt: skip
