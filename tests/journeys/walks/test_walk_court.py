"""A court appointed a guardian: the counter registers the ruling, both see it, the guardian acts, a ruling ends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Manner, Walker

pytestmark = pytest.mark.browser
TOOS_BSN, INGRID_BSN = "980001985", "980002138"
HELPS_TOOS = "Regel iets voor mevrouw De Wit"
ONLY_A_COURT = "Alleen de rechter kan dit stoppen. U kunt zelf alles blijven lezen."
REGISTER = "Leg een curator of bewindvoerder vast"


def registers(fatma: Walker) -> None:
    """Toos at the counter, and the ruling that made Ingrid her guardian."""
    fatma.open("/balie/loket/")
    fatma.fill("Burgerservicenummer", TOOS_BSN)
    fatma.choose("Paspoort")
    fatma.press("Open het overzicht")
    fatma.open("/balie/loket/machtigen/")
    fatma.follow(REGISTER)
    fatma.says("Neem alles over van de uitspraak.")
    fatma.press("Leg dit vast", status=400)
    fatma.says("Kies wat de rechter besliste: curatele of bewind.", "Neem dit over van de uitspraak.")
    fatma.page.locator("main input[name=appointment][value=curator]").check()
    fatma.fill("BSN van de curator of bewindvoerder", INGRID_BSN)
    fatma.fill("Welke rechtbank", "Rechtbank Oost")
    fatma.fill("Kenmerk van de uitspraak", "C/25/101")
    fatma.fill("Dag van de uitspraak", "03-03-2025")
    fatma.fill("Het geldt vanaf", "10-03-2025")
    fatma.press("Leg dit vast")
    fatma.says("I. de Wit", "Curator. Rechtbank Oost", "Alles bij de gemeente", ONLY_A_COURT)
    assert INGRID_BSN not in fatma.page.content()


def test_de_rechter_wees_ingrid_aan_en_alleen_de_rechter_stopt_dat(
    somebody: Callable[..., Walker], town: ServedTown, manner: Manner
) -> None:
    fatma, ingrid, toos = somebody("fatma"), somebody("ingrid"), somebody("toos")
    registers(fatma)
    town.settle()

    toos.open("/machtigen/")
    toos.says("I. de Wit", "Curator. Rechtbank Oost", ONLY_A_COURT, "Tot de rechter anders beslist.")
    toos.says_not("Stop dit")
    toos.follow("Geef iemand toestemming")
    toos.says("Uw curator beslist wie u nog meer helpt.")
    toos.open("/berichten/")
    toos.follow("Wie er voor u regelt")
    toos.says("I. de Wit regelt zaken voor u", "U kunt zelf alles blijven lezen.", "C/25/101")

    ingrid.open("/namens/")
    ingrid.says("T. de Wit", "Curator")
    ingrid.press(HELPS_TOOS)
    ingrid.open("/gegevens/")
    assert ingrid.heading == "Gegevens van mevrouw De Wit"
    ingrid.open("/post/")
    toos.open("/gebruik/")
    toos.says("I. de Wit deed dit voor u: bekeek gegevens van u.")

    fatma.open("/balie/loket/machtigen/")
    fatma.follow("Leg vast dat de rechter dit stopte")
    fatma.fill("Kenmerk van de uitspraak", "C/25/900")
    fatma.fill("Dag van de uitspraak", "28-04-2025")
    fatma.press("Leg vast dat het stopt")
    fatma.says("U hebt niemand gemachtigd.")
    ingrid.open("/berichten/")
    assert ingrid.heading == "Voor wie regelt u iets?"
    ingrid.says_not(HELPS_TOOS)
