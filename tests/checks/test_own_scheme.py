"""Zelf nagaan of a scheme of the municipality itself: its regulation asks and says until when; nothing is kept."""

from __future__ import annotations

from datetime import date

import psycopg
from django.test import Client

from tests.checks.builders import Visitor, heading_of, state_of, words_of
from tests.checks.test_applying import person_of
from tests.checks.test_kept import everything, gerrit, lines, traces_in
from tests.checks.test_paper import words_on
from tests.desk.builders import at_the_counter, find, somebody_with_a_number
from waardig.cases import queries as cases
from waardig.cases.terms import CaseState, EventKind
from waardig.checks import queries as checks

CHECK = "meedoenregeling"
ALONE = {
    "Wanneer bent u geboren?": "8-11-1984",
    "Woont u in deze gemeente?": "yes",
    "Met wie woont u?": "ALLEENSTAANDE_OUDER",
    "Hoeveel kinderen onder de 18 hebt u?": "2",
    "Hoe hoog was uw inkomen in de vorige maand?": "1.345,67",
    "Wanneer kreeg u deze bijdrage voor het laatst?": "-",
    "Bent u Nederlander, of mag u hier wonen?": "yes",
}
KNOWN = {"brp.kinderen": [{"geboortedatum": "2015-02-03"}], "uitkeringen.leefvorm": "ALLEENSTAANDE_OUDER"}


def test_without_signing_in_a_parent_hears_the_amount_the_reasons_and_the_last_day(
    db: None, owner: psycopg.Connection
) -> None:
    visitor = Visitor(CHECK).begin()

    outcome = words_of(visitor.through(ALONE))

    assert sorted(visitor.asked) == sorted(ALONE)
    assert heading_of(visitor.page) == "U hebt waarschijnlijk recht op meedoenbijdrage"
    assert "€ 550" in outcome
    assert "Vóór donderdag 1 januari 2026 (nog 247 dagen). Daarna telt een aanvraag voor het volgende jaar." in outcome
    assert "Uw inkomen is laag genoeg" in outcome
    assert "De grens is € 1.533,82 voor iemand die alleen woont met kinderen." in outcome
    assert lines(owner) == []


def test_nothing_is_asked_or_said_about_granting_without_an_application(db: None) -> None:
    visitor = Visitor(CHECK).begin()

    outcome = words_of(visitor.through(ALONE))

    assert "3 maanden bijstand" not in outcome
    assert "U hoeft niets aan te vragen" not in outcome


def test_a_cent_too_much_ends_it_at_once_with_the_reason_and_applying_stays_allowed(db: None) -> None:
    visitor = Visitor(CHECK).begin()

    page = visitor.through({**ALONE, "Hoe hoog was uw inkomen in de vorige maand?": "1.533,83"})

    assert heading_of(page) == "U hebt waarschijnlijk geen recht op meedoenbijdrage"
    assert "Uw inkomen was hoger dan € 1.533,82." in words_of(page)
    assert "Aanvragen mag altijd." in words_of(page)
    assert "Hoeveel kinderen onder de 18 hebt u?" not in visitor.asked


def test_of_who_signed_in_the_registers_fill_in_what_they_may_and_only_the_line_stays(
    db: None, owner: psycopg.Connection
) -> None:
    visitor = gerrit(**KNOWN)
    visitor.address = f"/nagaan/{CHECK}/"

    visitor.begin("known")
    assert visitor.page is not None and 'id="vraag"' not in visitor.page.content.decode()
    visitor.post(change="inkomen_vorige_maand")
    page = visitor.answer("1.111,11")

    assert "1.111,11" in words_of(page)
    assert heading_of(page) == "U hebt waarschijnlijk recht op meedoenbijdrage"
    assert "€ 350" in words_of(page)
    assert lines(owner, "meedoen.%") == [("meedoen.nagaan", "resident", "allow")]
    assert traces_in(everything(owner), ("1111,11",)) == []
    assert cases.cases_of(person_of(owner)) == ()


def test_an_application_begins_today_with_its_own_words_and_its_own_questions(
    db: None, owner: psycopg.Connection
) -> None:
    visitor = gerrit(**KNOWN)
    visitor.address = f"/nagaan/{CHECK}/"
    visitor.begin("known")
    visitor.through(ALONE)

    page = visitor.client.post(f"/nagaan/{CHECK}/aanvragen/", {"state": state_of(visitor.page)}, follow=True)

    assert heading_of(page) == "Met wie woont u?"
    (case,) = cases.cases_of(person_of(owner))
    assert (case.service, case.state, case.amount_eurocent) == (CHECK, CaseState.PROPOSED, None)
    assert [(event.kind, event.on) for event in cases.events_of(case.id)] == [(EventKind.SAID_YES, date(2025, 4, 28))]
    assert "Maak uw aanvraag af: meedoenbijdrage" in words_of(visitor.client.get("/"))


def test_at_the_counter_the_line_names_the_counter(db: None, owner: psycopg.Connection) -> None:
    somebody_with_a_number(**{name.replace(".", "__"): value for name, value in KNOWN.items()})
    client = at_the_counter()
    find(client)
    before = len(lines(owner, "loket.meekijken"))

    visitor = Visitor(CHECK, client, "/balie/loket/nagaan/").begin("known")
    page = visitor.through(ALONE)

    assert heading_of(page) == "U hebt waarschijnlijk recht op meedoenbijdrage"
    assert lines(owner, "loket.meekijken")[before:] == [("loket.meekijken", "employee", "allow")]


def test_on_paper_every_question_stands_with_the_answer_after_which_it_counts(db: None) -> None:
    asked = {one.question.input: one for one in checks.paper_questions(checks.check_of(CHECK), date(2025, 4, 28))}

    answer = Client().get(f"/nagaan/{CHECK}/papier.pdf")

    assert asked["geboortedatum"].only_after is None
    assert asked["geboortedatum_partner"].only_after == (3, ("PAAR",))
    assert b"pdfuaid:part" in answer.content
    words = words_on(answer.content)
    assert "Zelf nagaan: Meedoenbijdrage" in words
    assert "Hoeveel kinderen onder de 18 hebt u?" in words


def test_after_the_year_the_check_is_about_the_next_one() -> None:
    check = checks.check_of(CHECK)

    assert checks.last_day(check, date(2025, 12, 31)) == date(2025, 12, 31)
    assert checks.last_day(check, date(2026, 1, 1)) == date(2026, 12, 31)
