"""At the counter without a number: birth date, postcode and house number, and who is not found that way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import GREETINGS, Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
ADDRESS = "/balie/loket/zonder-nummer/"
GERRIT = ("8-11-1966", "1234 AB", "12")
CHANTAL = ("17-9-1991", "1234 AE", "3")
KEES = ("11-2-1938", "1234 AT", "14")
WILLEM_AND_AYLIN = ("30-10-1972", "1234 AH", "41")
AYLIN_BSN = "980000944"
NOBODY = "Wij vinden niemand met deze gegevens."
LOOKUPS_A_DAY = 40


def search(fatma: Walker, who: tuple[str, str, str], *, status: int = 200) -> None:
    """Fill in everything and search."""
    for label, said in zip(("Geboortedatum", "Postcode", "Huisnummer"), who, strict=True):
        fatma.fill(label, said)
    fatma.choose("Paspoort")
    fatma.press("Zoek", status=status)


def test_fatma_vindt_gerrit_zonder_nummer_en_gerrit_ziet_dat_zij_zocht(somebody: Somebody) -> None:
    fatma = somebody("fatma")
    fatma.open("/balie/loket/")
    fatma.follow("Zoek met geboortedatum en adres")
    assert (fatma.heading, fatma.path) == ("Zoeken zonder nummer", ADDRESS)
    fatma.says("Wie een geheim adres heeft, vindt u zo niet. Vraag dan het nummer.")
    fatma.says_not("Controlevragen aan de telefoon")

    search(fatma, GERRIT)

    assert fatma.heading in GREETINGS
    assert fatma.path == "/balie/loket/overzicht/"
    gerrit = somebody("gerrit")
    gerrit.open("/gebruik/")
    gerrit.says("zocht u aan het loket met geboortedatum en adres", "keek met u mee aan het loket of aan de telefoon")


def test_zonder_alles_en_een_document_zoekt_fatma_niet_en_een_ander_huisnummer_vindt_niemand(
    somebody: Somebody,
) -> None:
    fatma = somebody("fatma")
    fatma.open(ADDRESS)
    fatma.press("Zoek", status=400)
    assert fatma.page.title().startswith("Fout:")
    fatma.says("Vul een dag in", "Vul een hele postcode in", "Vul alleen het getal van het huisnummer in")
    fatma.says("Kies hoe u zag wie dit is.")

    search(fatma, (*GERRIT[:2], "14"), status=400)

    fatma.says(NOBODY)
    assert fatma.page.get_by_label("Geboortedatum", exact=True).input_value() == GERRIT[0]
    fatma.open("/balie/loket/overzicht/")
    assert fatma.heading == "Wie staat bij u?"


def test_een_geheim_adres_en_wie_is_overleden_worden_zo_nooit_gevonden(somebody: Somebody) -> None:
    fatma = somebody("fatma")
    fatma.open(ADDRESS)
    for who in (CHANTAL, KEES):
        search(fatma, who, status=400)
        fatma.says(NOBODY)

    chantal = somebody("chantal")
    chantal.open("/gebruik/")
    chantal.says_not("zocht u aan het loket met geboortedatum en adres")


def test_van_twee_mensen_op_een_adres_ziet_fatma_alleen_wat_nodig_is_om_te_kiezen(
    somebody: Somebody, town: ServedTown
) -> None:
    town.all(
        "WITH gone AS (UPDATE reg.fact f SET superseded_at = now() FROM reg.person p WHERE p.person = f.person"
        " AND p.bsn = %s AND f.attribute = 'brp.geboortedatum' AND f.superseded_at IS NULL RETURNING f.*)"
        " INSERT INTO reg.fact (person, attribute, valid_from, value, holder, source)"
        " SELECT person, attribute, valid_from, '\"1972-10-30\"', holder, source FROM gone RETURNING fact",
        AYLIN_BSN,
    )
    fatma = somebody("fatma")
    fatma.open(ADDRESS)
    search(fatma, WILLEM_AND_AYLIN)

    assert (fatma.heading, fatma.path) == ("Wij vinden meer mensen", "/balie/loket/wie/")
    fatma.says("Kijk op het document en kies wie bij u staat.", "W.", "A.")
    fatma.says_not("Boersma", "Demir", "Sluisweg", "1972")
    fatma.press("Open het overzicht", status=400)
    fatma.says("Kies wie bij u staat.")
    fatma.choose("A.")
    fatma.press("Open het overzicht")

    fatma.says("mevrouw Boersma")
    fatma.open("/balie/loket/wie/")
    assert fatma.path == ADDRESS


def test_na_40_keer_vraagt_fatma_het_nummer_en_wie_geen_loket_doet_komt_er_niet(somebody: Somebody) -> None:
    fatma, willem = somebody("fatma"), somebody("willem")
    willem.open(ADDRESS, status=403)
    fatma.open(ADDRESS)
    form = {"birth_date": GERRIT[0], "postcode": GERRIT[1], "house_number": "9", "identified_by": "paspoort"}
    token = fatma.page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()
    for _ in range(LOOKUPS_A_DAY):
        said = fatma.context.request.post(
            fatma.town.base + ADDRESS, form={**form, "csrfmiddlewaretoken": token}, max_redirects=0
        )
        assert said.status == 400

    search(fatma, GERRIT, status=400)

    fatma.says("U zocht vandaag te vaak zonder nummer. Morgen kan het weer.", "Vraag nu het burgerservicenummer.")
    gerrit = somebody("gerrit")
    gerrit.open("/gebruik/")
    gerrit.says_not("zocht u aan het loket met geboortedatum en adres")
