"""Makes the pictures of docs/screens: `python -m tests.journeys.pictures [OUTDIR [PART...]]`.

A town is served as in the journeys; somebody walks through it and photographs every page at telephone and desktop
width. Each file is a full page with a palette of few colours. A part that goes wrong is named, and the rest goes on.
"""

from __future__ import annotations

import io
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.more_pictures import AROUND, destroying, limits, save, sheets
from tests.journeys.rest_pictures import REST
from tests.journeys.walks.applying import TOGETHER, apply, open_message
from tests.journeys.walks.serving import ROOT, ServedTown, a_served_town
from tests.journeys.walks.walker import PHONE, Checked, Manner, Walker
from tests.look.browser import ARGUMENTS, browser_program

WIDTHS = (390, 1200)
DESK_WIDTHS = (390, 1280)
RESIDENTS = 1500
GERRIT_BSN = "980001274"
READY = """() => { document.activeElement.blur(); window.scrollTo({top: 0, behavior: 'instant'});
  return document.fonts.ready.then(() => true) }"""
DESIGNS = ROOT / "docs" / "screens"


@dataclass
class Album:
    """Where the pictures go, who walks, and the case numbers of who applied."""

    browser: Browser
    town: ServedTown
    folder: Path
    numbers: dict[str, str] = field(default_factory=dict)

    def person(self, persona: str = "", manner: Manner = PHONE) -> Walker:
        """Somebody with a browser; pages are measured by the journeys, not here."""
        walker = Walker(self.browser, self.town, manner, Checked(skip=True))
        if persona:
            walker.sign_in(persona)
        return walker

    def take(self, walker: Walker, name: str, widths: tuple[int, ...] = WIDTHS) -> None:
        """Photograph the page at each width."""
        for width in widths:
            walker.page.set_viewport_size({"width": width, "height": 900})
            walker.page.evaluate(READY)
            picture = walker.page.screenshot(full_page=True)
            save(Image.open(io.BytesIO(picture)), self.folder / f"{name}-{width}.png")
        walker.page.set_viewport_size({"width": walker.manner.width, "height": walker.manner.height})


def entrance(album: Album) -> None:
    """Before signing in."""
    nobody = album.person()
    nobody.open("/inloggen/")
    album.take(nobody, "10-inloggen")
    nobody.open("/verantwoording/individuele_inkomenstoeslag/")
    album.take(nobody, "07-verantwoording")
    nobody.open("/privacy/")
    album.take(nobody, "14-privacy")
    nobody.open("/uitleg/")
    album.take(nobody, "14-uitleg")
    nobody.close()


def reading(album: Album) -> None:
    """What Gerrit reads before he answers."""
    gerrit = album.person("gerrit")
    album.take(gerrit, "01-overzicht")
    open_message(gerrit)
    album.take(gerrit, "02-voorstel", (320, *WIDTHS))
    gerrit.follow("Bekijk stap voor stap waarom", within="main .w-text")
    album.take(gerrit, "03-waarom")
    for path, name in (("/gegevens/", "04-mijn-gegevens"), ("/gebruik/", "05-wie-gebruikte")):
        gerrit.open(path)
        if name.startswith("05"):
            gerrit.page.locator("main .w-card", has_text="rekende uit").locator("summary").first.click()
        album.take(gerrit, name)
    for path, name in (("/berichten/", "13-berichten"), ("/seintje/", "13-seintje"), ("/post/", "13-post")):
        gerrit.open(path)
        album.take(gerrit, name)
    gerrit.close()


def others(album: Album) -> None:
    """Somebody for whom there is nothing, a couple, a secret address, an administrator."""
    ria = album.person("ria")
    album.take(ria, "01b-overzicht-niets")
    ria.close()
    couple = album.person("boersma")
    open_message(couple)
    album.take(couple, "02b-voorstel-paar")
    couple.close()
    chantal = album.person("chantal")
    chantal.open("/gegevens/adres/")
    album.take(chantal, "04b-geheim-adres")
    chantal.close()
    danny = album.person("danny")
    album.take(danny, "02c-namens")
    danny.press("Regel iets voor meneer Brouwer")
    open_message(danny)
    album.take(danny, "02c-voorstel-bewindvoerder")
    danny.close()


def answering(album: Album) -> None:
    """No, and yes with a declaration."""
    gerrit = album.person("gerrit")
    open_message(gerrit)
    gerrit.press("Nee, nu niet")
    album.take(gerrit, "11a-nee")
    open_message(gerrit)
    gerrit.press("Ja, ik vraag dit aan")
    album.take(gerrit, "11b-ja-huishouden")
    gerrit.choose("Alleen")
    gerrit.press("Verder")
    gerrit.fill("Uw spaargeld, in euro", "veel")
    gerrit.press("Verder", status=400)
    album.take(gerrit, "11c-ja-spaargeld-fout")
    gerrit.fill("Uw spaargeld, in euro", "1.150")
    gerrit.press("Verder")
    album.take(gerrit, "11d-ja-rekening")
    gerrit.press("Verder")
    album.take(gerrit, "11e-ja-nakijken")
    gerrit.press("Vraag de toeslag aan")
    album.take(gerrit, "11f-ja-bewijs")
    open_message(gerrit)
    album.take(gerrit, "02d-voorstel-na-ja")
    gerrit.close()


def correcting(album: Album) -> None:
    """A report that a value is wrong."""
    samir = album.person("samir")
    samir.open("/gegevens/")
    samir.follow(re.compile("Klopt dit niet.*Spaargeld"))
    album.take(samir, "12a-klopt-niet")
    samir.fill("Wat moet het zijn?", "900 euro")
    samir.press("Verder")
    samir.press("Verstuur mijn melding")
    album.take(samir, "12b-melding-bewijs")
    samir.close()


def desk(album: Album) -> None:
    """The counter and the officials."""
    fatma = album.person("fatma")
    album.take(fatma, "06-loket-wie", DESK_WIDTHS)
    fatma.fill("Burgerservicenummer", "980001602")
    fatma.choose("Identiteitskaart")
    fatma.press("Open het overzicht")
    fatma.open("/balie/loket/berichten/")
    if fatma.page.get_by_role("link", name="Wij hebben een voorstel voor u").count():
        fatma.follow("Wij hebben een voorstel voor u")
    album.take(fatma, "06a-loket", DESK_WIDTHS)
    fatma.close()
    willem = album.person("willem")
    album.take(willem, "06c-werkvoorraad", DESK_WIDTHS)
    willem.open("/balie/bevestigen/")
    first = willem.page.get_by_role("link", name=re.compile("^Bekijk eerst")).first
    if first.count():
        first.click()
        willem.page.wait_for_url("**/zaken/*/")
        album.take(willem, "06d-zaak", DESK_WIDTHS)
        willem.open("/balie/bevestigen/")
    album.take(willem, "06b-bevestigen", DESK_WIDTHS)
    confirm(willem)
    album.take(willem, "06h-bevestigd", DESK_WIDTHS)
    willem.open("/balie/beslissen/")
    album.take(willem, "06e-zelf-beslissen", DESK_WIDTHS)
    willem.page.locator("main table a").first.click()
    willem.page.wait_for_url("**/zaken/*/")
    album.take(willem, "06f-zaak-zelf", DESK_WIDTHS)
    willem.open("/balie/meldingen/")
    willem.page.locator("main table a").first.click()
    willem.page.wait_for_url("**/meldingen/*/")
    album.take(willem, "06g-melding", DESK_WIDTHS)
    willem.close()


def confirm(willem: Walker) -> None:
    """Look at every prepared grant and confirm them all."""
    while (first := willem.page.get_by_role("link", name=re.compile("^Bekijk eerst")).first).count():
        first.click()
        willem.page.wait_for_url("**/zaken/*/")
        willem.open("/balie/bevestigen/")
    for box in willem.page.locator("input[type=checkbox]").all():
        box.check()
    willem.press("Tel mijn keuze op")
    willem.press(re.compile(r"^Bevestig \d+ toekenning"))


def decided(album: Album) -> None:
    """The decision as it reaches the resident."""
    album.town.settle()
    for persona in ("gerrit", "boersma"):
        resident = album.person(persona)
        resident.open("/berichten/")
        found = resident.page.get_by_role("link", name=re.compile("besluit", re.IGNORECASE))
        if found.count():
            found.first.click()
            resident.arrived()
            album.take(resident, "15-besluit")
            resident.close()
            return
        resident.close()


def letter(album: Album) -> None:
    """The two sheets of a real letter: Gerrit's proposal on paper."""
    ((pdf,),) = album.town.all(
        "SELECT d.payload FROM reg.document d JOIN reg.person p USING (person)"
        " WHERE d.payload IS NOT NULL AND p.bsn = %s ORDER BY d.stored_at DESC LIMIT 1",
        GERRIT_BSN,
    )
    sheets(bytes(pdf), album.folder, "08-brief")


def more_answers(album: Album) -> None:
    """The couple says yes, and Chantal does not know her savings: work for the desk."""
    couple = album.person("boersma")
    apply(couple, living=TOGETHER, wealth="1.200")
    couple.close()
    chantal = album.person("chantal")
    album.numbers["chantal"] = apply(chantal, living="Alleen met mijn kinderen", wealth=None)
    chantal.close()


STORY: tuple[Callable[[Album], None], ...] = (
    entrance, letter, reading, others, answering, more_answers, limits, correcting, desk, decided,
    *AROUND, *REST, destroying,
)  # fmt: skip


def went_well(part: Callable[[Album], None], album: Album) -> bool:
    """Walk one part; what went wrong is printed."""
    try:
        part(album)
    except (AssertionError, LookupError, PlaywrightError):
        traceback.print_exc()
        return False
    return True


def main() -> None:
    """Walk and photograph."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DESIGNS
    asked = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, a_served_town(RESIDENTS) as town:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=ARGUMENTS)
        album = Album(browser, town, folder)
        wrong = [
            part.__name__ for part in STORY if (not asked or part.__name__ in asked) and not went_well(part, album)
        ]
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    if wrong:
        sys.exit(f"these parts went wrong: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
