"""What stands under a weighing for anybody: opinions, measurements, decisions, standstill, rounds, open data."""

from __future__ import annotations

import json
from threading import Event
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.cases.builders import SERVICE, TODAY, a_resident
from tests.desk.builders import words_of
from tests.public.test_views import a_round
from waardig.accountability.actions import publish_figures
from waardig.accountability.queries import figures
from waardig.outbox.jobs import run_worker
from waardig.proposals.actions import run_round
from waardig.shell import wiring
from waardig.values.actions import measure, resume, suspend
from waardig.values.models import Measurement

PAGE = f"/verantwoording/{SERVICE}/"
RESTED = (("meningen/", "Wat vonden mensen ervan?"), ("metingen/", "Hoe ging het met de voorwaarden?"),
          ("besluiten/", "Alle besluiten"), ("stilstand/", "Wanneer stond dit stil?"), ("rondes/", "Rondes"),
          ("vragen/", "Vraag of twijfel?"))  # fmt: skip


def shown(path: str, **headers: str) -> str:
    """The words of a page that is there."""
    response = Client().get(path, headers=headers)
    assert response.status_code == 200, path
    return words_of(response)


def measured(verdict: str, n: int, kind: str = "W11", safeguard: str = "op-papier") -> None:
    """A measurement as the worker records it."""
    Measurement.objects.create(
        service=SERVICE, safeguard=safeguard, kind=kind, measured_on=TODAY, recorded_at=f"{TODAY}T12:00:00Z",
        verdict=verdict, n=n, value=0, words_nl=f"{n} van {n} binnen 2 dagen", words_en=f"{n} of {n} within 2 days",
    )  # fmt: skip


@pytest.mark.parametrize(("path", "title"), RESTED)
def test_every_page_is_there_for_a_decided_service_and_for_no_other(decided: None, path: str, title: str) -> None:
    assert title in shown(PAGE + path)
    assert Client().get(f"/verantwoording/niets/{path}").status_code == 404


@pytest.mark.parametrize(("path", "_title"), RESTED)
def test_nothing_stands_there_before_a_decision(db: None, path: str, _title: str) -> None:
    assert Client().get(PAGE + path).status_code == 404


def test_the_weighing_leads_to_all_of_it(decided: None) -> None:
    text = Client().get(PAGE).content.decode()

    for path, _ in RESTED:
        if path != "rondes/":
            assert f'href="{PAGE}{path}"' in text, path
    assert f'href="/verantwoording/algoritmes/{SERVICE}/"' in text


def test_residents_come_first_with_for_and_against_and_the_advice_after_them(decided: None) -> None:
    text = shown(PAGE + "meningen/")

    assert "Cliëntenraad Voor of tegen: Tegen" in text
    assert "De cliëntenraad wilde eerst een jaar proberen." in text
    assert "Inwoner Voor of tegen: Voor" in text
    assert "Akkoord, met twee voorwaarden." in text and "FG-2025-07" in text
    assert text.index("Stem van inwoners") < text.index("Anderen") < text.index("Advies van de functionaris")
    assert "Sanne Post" not in text


def test_a_measurement_over_few_people_names_no_number_and_still_its_verdict(decided: None) -> None:
    measured("fails", 4)

    page, weighing = shown(PAGE + "metingen/"), shown(PAGE)
    rows = Client().get(PAGE + "metingen.csv").content.decode().split("\r\n")

    assert "Post op papier" in page or "papier" in page
    assert "Te weinig mensen om een aantal te noemen." in page
    assert "4 van 4" not in page + weighing + "".join(rows)
    assert rows[1].split(";")[2:] == ["W11", "voldoet niet", "", ""]
    assert "Voldoet niet" in weighing


def test_a_measurement_over_many_people_is_told_and_drawn(decided: None) -> None:
    measured("passes", 41)

    text = Client().get(PAGE + "metingen/").content.decode()

    assert "41 van 41 binnen 2 dagen" in words_of(Client().get(PAGE + "metingen/"))
    assert text.count('y="6" width="14"') == 1
    assert "1 van 11 voldoen" in shown("/verantwoording/")


def test_the_first_decision_is_told_with_its_conditions_and_fingerprint(decided: None) -> None:
    text = shown(PAGE + "besluiten/")

    assert "Besluit 1" in text and "RW-COL-2025-118" in text
    assert "Dit is het eerste besluit." in text
    assert "Een mens beslist over elke nee" in text


def test_a_standstill_is_told_by_function_with_the_measurement_and_who_let_it_go_on(decided: None) -> None:
    measured("fails", 41)
    suspend(SERVICE, "Er stond een fout in het bedrag.", "w.degraaf", on=TODAY)

    still = shown(PAGE + "stilstand/")
    resume(SERVICE, reason="Het bedrag is hersteld.", asked_by="w.degraaf", confirmed_by="p.vandam", on=TODAY)
    again = shown(PAGE + "stilstand/")

    assert "Staat nu stil" in still and "een medewerker van Team Inkomen" in still
    assert "Er stond een fout in het bedrag." in still
    assert "Voorwaarde die niet klopte" in still and "41 van 41 binnen 2 dagen" in still
    assert "Aanvragen, bezwaar, inzage en betalingen gingen gewoon door." in still
    assert "Weer begonnen op" in again and "Het bedrag is hersteld." in again
    for name in ("Willem", "Petra", "w.degraaf", "p.vandam"):
        assert name not in still + again


def test_a_service_that_never_stood_still_says_so(decided: None) -> None:
    assert "Deze dienst stond nog nooit stil." in shown(PAGE + "stilstand/")


# -- rounds --------------------------------------------------------------------------------------------------------
def test_a_round_is_told_with_a_table_a_drawing_and_files(decided: None) -> None:
    a_round(clients=24, yes=11)

    listed, page = shown(PAGE + "rondes/"), shown(f"{PAGE}rondes/{TODAY}/")
    data = json.loads(Client().get(f"{PAGE}rondes/{TODAY}/cijfers.json").content)
    rows = Client().get(f"{PAGE}rondes.csv").content.decode().split("\r\n")

    assert "28 april 2025" in listed and "Kregen een voorstel: 24" in listed
    assert "Ja, of zonder vraag Aantal: 11" in page and "Op papier Aantal: 24" in page
    assert "<svg" in Client().get(f"{PAGE}rondes/{TODAY}/").content.decode()
    assert {tuple(one["cells"]): one["count"] for one in data["groups"]}[("open",)] == 11
    assert rows[1].startswith(f"{TODAY};{TODAY};1;24;")


def test_a_round_that_was_not_published_has_no_page(decided: None) -> None:
    for path in (f"rondes/{TODAY}/", "rondes/2024-01-01/", "rondes/gisteren/", "cijfers.csv"):
        assert Client().get(PAGE + path).status_code == 404


def test_what_was_published_stays_until_ten_more_people_changed_it(decided: None, owner: psycopg.Connection) -> None:
    a_round(clients=40, yes=11)
    first = figures.latest(SERVICE)
    owner.execute(
        "UPDATE cases_case SET state = 'declined' WHERE id IN"
        " (SELECT id FROM cases_case WHERE state = 'proposed' ORDER BY id LIMIT 3)"
    )

    assert publish_figures(SERVICE) == 0
    assert figures.latest(SERVICE) == first
    owner.execute(
        "UPDATE cases_case SET state = 'declined' WHERE id IN"
        " (SELECT id FROM cases_case WHERE state = 'proposed' ORDER BY id LIMIT 9)"
    )

    assert publish_figures(SERVICE) == 1
    found = figures.latest(SERVICE)
    assert (found.number, found.figures.figure("answered_no"), found.figures.figure("silent")) == (2, 12, 17)
    assert publish_figures(SERVICE) == 0


def test_published_figures_can_not_be_changed_or_removed(decided: None, owner: psycopg.Connection) -> None:
    a_round(clients=24, yes=11)

    for statement in ("UPDATE accountability_publication SET number = 9", "DELETE FROM accountability_publication"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(statement)
    assert figures.latest(SERVICE).number == 1


def test_the_worker_measures_and_then_publishes(decided: None) -> None:
    for _ in range(12):
        a_resident()
    run_round(SERVICE)

    run_worker(wiring.handlers(), Event(), until_empty=True)

    assert Measurement.objects.filter(service=SERVICE).count() == 11
    assert figures.latest(SERVICE).figures.figure("clients") == 12


# -- open data -----------------------------------------------------------------------------------------------------
def test_the_catalogue_names_every_file_with_licence_and_publisher_and_every_file_is_there(decided: None) -> None:
    a_round(clients=24, yes=11)
    measure(SERVICE, on=TODAY)

    answer = Client().get("/verantwoording/open-data/catalogus.jsonld")
    data = json.loads(answer.content)

    assert answer["Content-Type"] == "application/ld+json"
    assert data["@type"] == "dcat:Catalog"
    assert data["dct:publisher"]["@id"] == "https://identifier.overheid.nl/oin/00000001999999990000"
    assert {one["dct:identifier"] for one in data["dcat:dataset"]} == {
        "verwerkingsregister", f"{SERVICE}-algoritme", f"{SERVICE}-metingen", f"{SERVICE}-rondes",
    }  # fmt: skip
    for dataset in data["dcat:dataset"]:
        assert dataset["dct:license"] == {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"}
        for one in dataset["dcat:distribution"]:
            file = Client().get(urlsplit(one["dcat:downloadURL"]["@id"]).path)
            assert file.status_code == 200, one
            assert file["Content-Type"].startswith(one["dcat:mediaType"]["@id"].rpartition("media-types/")[2])
            assert file["Access-Control-Allow-Origin"] == "*"
            assert file["ETag"]


def test_a_file_that_did_not_change_is_not_sent_again(decided: None) -> None:
    a_round(clients=24, yes=11)
    first = Client().get(f"{PAGE}cijfers.csv")

    again = Client().get(f"{PAGE}cijfers.csv", headers={"if-none-match": first["ETag"]})
    since = Client().get(f"{PAGE}cijfers.csv", headers={"if-modified-since": first["Last-Modified"]})

    assert (again.status_code, since.status_code) == (304, 304)
    assert again["ETag"] == first["ETag"]


def test_pages_are_never_open_to_other_sites(decided: None) -> None:
    for path in ("/verantwoording/", PAGE, "/verantwoording/open-data/", PAGE + "vragen/"):
        assert "Access-Control-Allow-Origin" not in Client().get(path), path


def test_open_data_and_start_speak_english(decided: None) -> None:
    assert "Everybody may use these files" in shown("/verantwoording/open-data/", **{"accept-language": "en"})
    assert "Individual income supplement Status: In use" in shown("/verantwoording/", **{"accept-language": "en"})
