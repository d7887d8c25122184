"""A copy of everything held, and what stood there earlier: on the page, in the file and on paper."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pypdf
import pytest
from django.test import Client

from tests.access.builders import a_person
from tests.desk.builders import somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, an_employee, signed_in_client
from waardig.access.actions import ask
from waardig.access.queries import attributes_of
from waardig.access.terms import Actor, Request
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.days import date_text, day_of
from waardig.registers.actions import store_facts
from waardig.registers.queries import take_history
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("decided")
FILE, PAPER = "/gegevens/mijn-gegevens.json", "/gegevens/kopie.pdf"


@pytest.fixture
def moved() -> UUID:
    """Somebody who moved, and of whom the new house number was wrong for a while."""
    person = somebody_with_a_number(brp__adres=at("3"))
    for number in ("21", "12"):
        store_facts([NewFact(person, "brp.adres", at(number), date(2024, 2, 1), holder="burgerzaken")])
    return person


def at(number: str) -> dict[str, str]:
    """A house in the Molenkade."""
    return {"straat": "Molenkade", "huisnummer": number, "postcode": "1234 AB", "woonplaats": "Rietwaarden"}


def browser_of(person: UUID) -> Client:
    return signed_in_client(a_resident(person))


def addresses_in(copy: dict[str, Any]) -> list[dict[str, Any]]:
    (brp,) = [one for one in copy["registers"] if one["register"] == "brp"]
    (found,) = [one for one in brp["attributes"] if one["attribute"] == "brp.adres"]
    values: list[dict[str, Any]] = found["values"]
    return values


def text_of(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_page_shows_what_held_before_and_what_was_wrong(moved: UUID) -> None:
    page = browser_of(moved).get("/gegevens/")

    words = words_of(page).replace(" .", ".")
    assert "Molenkade 12" in words and "Wat hier eerder stond" in words
    assert "Molenkade 3, 1234 AB Rietwaarden Van 1 januari 2018 tot en met 31 januari 2024." in words
    assert "Molenkade 21, 1234 AB Rietwaarden Vanaf 1 februari 2024. Verbeterd op" in words
    assert words.count("Molenkade 3,") == 1, "the spell as it was before it was cut short is no other value"
    assert FILE in page.content.decode() and PAPER in page.content.decode()


def test_the_file_has_every_value_ever_recorded_with_both_times(moved: UUID) -> None:
    answer = browser_of(moved).get(FILE)

    copy = json.loads(answer.content)
    found = [(one["value"]["huisnummer"], one["valid_from"], one["valid_to"], bool(one["replaced_at"]))
             for one in addresses_in(copy)]  # fmt: skip
    assert sorted(found, key=str) == [
        ("12", "2024-02-01", None, False), ("21", "2024-02-01", None, True),
        ("3", "2018-01-01", "2024-01-31", False), ("3", "2018-01-01", None, True),
    ]  # fmt: skip
    assert (
        copy["form"] == "waardig-mijn-gegevens-1" and 'filename="mijn-gegevens.json"' in answer["Content-Disposition"]
    )
    assert all(one["shown"]["nl"] and one["recorded_at"] for one in addresses_in(copy))


def test_the_paper_says_the_same(moved: UUID) -> None:
    answer = browser_of(moved).get(PAPER)

    words = text_of(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "Dit weet de gemeente over u" in words and "Molenkade 12" in words
    assert "vanaf 1 januari 2018 tot en met 31 januari 2024" in words and "verbeterd op" in words


def test_making_a_copy_is_a_line_in_ones_own_log(moved: UUID) -> None:
    his = browser_of(moved)
    his.get(FILE)

    assert "maakte een kopie van uw gegevens" in words_of(his.get("/gebruik/"))


def test_no_number_of_somebody_else_is_in_the_file(db: None) -> None:
    other = a_person()
    person = somebody_with_a_number(uitkeringen__partner={"person": str(other)})

    text = browser_of(person).get(FILE).content.decode()

    assert str(other) not in text and '"uitkeringen.partner"' in text


def test_a_secret_address_is_in_ones_own_copy_and_not_in_that_of_the_counter(owner: psycopg.Connection) -> None:
    chantal = somebody_with_a_number(brp__geheimhouding=True)
    ((number,),) = owner.execute("SELECT bsn FROM reg.person WHERE person = %s", (chantal,)).fetchall()
    desk = signed_in_client(an_employee("loket"))
    desk.post("/balie/loket/", {"bsn": number, "identified_by": "paspoort"})

    own, counter = (text_of(one.content) for one in (browser_of(chantal).get(PAPER),
                                                     desk.get("/balie/loket/gegevens/kopie.pdf")))  # fmt: skip

    assert "Molenkade" in own and "Molenkade" not in counter
    assert "Dit is geheim. Alleen u kunt het zien." in counter
    assert "/balie/loket/gegevens/kopie.pdf" in desk.get("/balie/loket/gegevens/").content.decode()


def test_history_opens_for_a_right_of_one_person_only(moved: UUID) -> None:
    on = business_today()
    own = Request("inzage.gegevens", attributes_of("inzage.gegevens"), (moved,), Actor("resident", str(moved)), on)
    delivering = Request("bericht.bezorgen", frozenset({"brp.adres"}), (moved,), Actor("system", "inbox"), on)

    assert len([one for one in take_history(ask(own)) if one.fact.attribute == "brp.adres"]) == 4
    assert take_history(ask(delivering)) == ()


def test_the_page_and_the_copy_say_until_when_each_value_is_kept(moved: UUID) -> None:
    store_facts([NewFact(moved, "opgave.vermogen", 80_000, date(2023, 1, 1))])

    page, copy = words_of(browser_of(moved).get("/gegevens/")), browser_of(moved).get(FILE).json()

    last = business_day_in_ten_years()
    assert "Wij bewaren dit tot 10 jaar nadat uw uitkering is gestopt." in page
    assert f"Wij bewaren dit tot en met {date_text(last, 'nl')} ." in page
    kept = {
        attribute["attribute"]: {value["kept_until"] for value in attribute["values"]}
        for register in copy["registers"]
        for attribute in register["attributes"]
    }
    assert (kept["uitkeringen.status"], kept["opgave.vermogen"]) == ({None}, {last.isoformat()})


def business_day_in_ten_years() -> date:
    """The register learnt it now, by the clock of the server."""
    today = day_of(wall_now())
    return today.replace(year=today.year + 10)
