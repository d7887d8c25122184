"""An organisation sees what the register of companies says of itself, and of nobody else; each look is a line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.test import Client

from tests.desk.builders import somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
from waardig.access.actions import ask, set_business_date
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.archive import actions as archive
from waardig.demo.companies import NAIR, write_profiles
from waardig.demo.personas import KUIPERS
from waardig.kernel.clock import business_today
from waardig.registers.actions.imports import import_kvk
from waardig.registers.queries import company_id

PAGE, COUNTER = "/bedrijf/", "/balie/loket/bedrijf/"


@pytest.fixture
def companies(decided: None, tmp_path: Path) -> None:
    """The salon, which moved, and the office of an administrator."""
    for profiles in write_profiles(tmp_path):
        assert not import_kvk(profiles).read.refused


def office_of(kvk: str, name: str = "Kapsalon Nair") -> Client:
    return signed_in_client(an_office(kvk, name))


def lines(owner: psycopg.Connection, activity: str) -> list[tuple[str, str, str]]:
    return owner.execute(
        "SELECT d.decision, d.actor_kind, l.name FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.activity = %s ORDER BY l.start_time",
        (activity,),
    ).fetchall()


def test_an_entrepreneur_sees_the_registration_with_source_since_and_history(
    companies: None, owner: psycopg.Connection
) -> None:
    page = words_of(office_of(NAIR).get(PAGE))

    assert "Gegevens van uw bedrijf" in page
    for said in ("99990411", "Kapsalon Nair", "Eenmanszaak", "Marktplein 3", "Uit het Handelsregister"):
        assert said in page
    assert "Sinds 1 september 2019" in page
    assert "Wat hier eerder stond" in page and "Kerkstraat 14" in page
    assert "De Kamer van Koophandel onderzoekt het" in page
    assert "Wij bewaren dit tot 5 jaar nadat het niet meer klopt." in page
    assert "Kuipers" not in page
    assert [(decision, kind) for decision, kind, _ in lines(owner, "inzage.bedrijf")] == [("allow", "organisation")]


def test_an_english_page_says_the_same(companies: None) -> None:
    browser = office_of(NAIR)
    browser.post("/taal/", {"language": "en", "next": PAGE})

    page = words_of(browser.get(PAGE))

    assert "Data of your company" in page and "From the business register" in page and "Since 1 September 2019" in page


def test_my_data_of_who_signed_in_for_a_company_is_the_company(companies: None) -> None:
    assert office_of(NAIR).get("/gegevens/").headers["Location"] == PAGE
    assert f'href="{PAGE}"' in office_of(NAIR).get("/namens/").content.decode()


def test_an_organisation_that_acts_for_others_sees_its_own_registration(companies: None) -> None:
    somebody_with_a_number(uitkeringen__bewindvoerder={"naam": KUIPERS.name, "kvk": KUIPERS.kvk})
    browser = office_of(KUIPERS.kvk, KUIPERS.name)

    page = words_of(browser.get(PAGE))

    assert "Veerlaan 7" in page and "Kapsalon" not in page
    assert f'href="{PAGE}"' in browser.get("/namens/").content.decode()


def test_of_a_company_that_is_not_in_the_register_nothing_is_shown(companies: None, owner: psycopg.Connection) -> None:
    page = words_of(office_of("90000017", "Elders BV").get(PAGE))

    assert "Wij hebben geen gegevens van dit bedrijf." in page
    assert [decision for decision, _, _ in lines(owner, "inzage.bedrijf")] == ["refuse"]


def test_no_company_reads_another_and_no_resident_or_employee_reads_under_this_right(companies: None) -> None:
    other, day = company_id(KUIPERS.kvk), business_today()
    for actor in (Actor("organisation", NAIR), Actor("resident", str(other)), Actor("employee", "f.yildiz", "loket")):
        with pytest.raises(AccessRefused):
            ask(Request("inzage.bedrijf", frozenset({"handelsregister.naam"}), (other,), actor, day))

    person = somebody_with_a_number()
    assert signed_in_client(a_resident(person)).get(PAGE).status_code in (302, 403, 404)
    assert signed_in_client(an_employee("loket")).get(PAGE).status_code in (302, 403, 404)


def test_a_company_that_ended_still_sees_what_was_known_until_the_term_is_over(
    companies: None, owner: psycopg.Connection
) -> None:
    with owner.transaction():
        owner.execute("ALTER TABLE reg.fact DISABLE TRIGGER USER")
        owner.execute("UPDATE reg.fact SET valid_to = '2020-06-30' WHERE person = %s", (company_id(NAIR),))
        owner.execute("ALTER TABLE reg.fact ENABLE TRIGGER USER")

    page = words_of(office_of(NAIR).get(PAGE))
    assert "Van 1 september 2019 tot en met 30 juni 2020" in page and "30 juni 2025" in page

    set_business_date(date(2025, 6, 30) + timedelta(days=1))
    archive.forget_facts()
    assert "Wij hebben geen gegevens van dit bedrijf." in words_of(office_of(NAIR).get(PAGE))


def test_the_counter_looks_up_one_company_by_a_post_and_leaves_a_line(
    companies: None, owner: psycopg.Connection
) -> None:
    desk = signed_in_client(an_employee("loket"))

    assert "KVK-nummer" in words_of(desk.get(COUNTER))
    page = words_of(desk.post(COUNTER, {"kvk": KUIPERS.kvk}))

    assert "Kuipers Bewind" in page and "Veerlaan 7" in page
    assert lines(owner, "organisatie.nagaan") == [("allow", "employee", "bedrijf bekeken aan het loket")]
    assert COUNTER in desk.get("/balie/loket/").content.decode()


@pytest.mark.parametrize("typed", ["", "123", "1234567a", "123456789"])
def test_a_number_that_is_none_is_said_and_nothing_is_asked(
    typed: str, companies: None, owner: psycopg.Connection
) -> None:
    answer = signed_in_client(an_employee("loket")).post(COUNTER, {"kvk": typed})

    assert answer.status_code == 400
    assert words_of(answer).count("Een KVK-nummer heeft 8 cijfers.") == 2  # above the form, and at the field
    assert words_of(answer).startswith("Fout: Een bedrijf opzoeken")
    assert lines(owner, "organisatie.nagaan") == []


def test_a_company_that_is_not_known_and_another_role_get_nothing(companies: None) -> None:
    unknown = signed_in_client(an_employee("loket")).post(COUNTER, {"kvk": "90000017"})
    assert "Wij hebben geen gegevens van dit bedrijf." in words_of(unknown)

    other = signed_in_client(an_employee("beheerder"))
    assert other.post(COUNTER, {"kvk": NAIR}).status_code in (302, 403, 404)
