"""Asking a human: once, with a last day, on the work list, ended with an outcome that the resident sees."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from tests.conftest import TODAY
from tests.desk.builders import a_caseworker, at_the_counter, find, somebody_with_a_number, words_of
from tests.desk.conftest import _sign_in
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.contact import actions
from waardig.contact import queries as contact
from waardig.contact.terms import Kind, Outcome, RequestClosed, When
from waardig.inbox import queries as inbox

__all__ = ["_sign_in"]
pytestmark = pytest.mark.usefixtures("db")
FATMA = Actor("employee", "f.yildiz", "loket")
PHONE = {"phone": "06 00 00 01 23", "when": "morning"}
ANSWER = "Wij keken of uw inkomen onder de grens bleef. Daarom lazen wij uw uitkering."


def test_a_call_back_is_asked_once_and_stands_on_the_work_list_with_a_last_day() -> None:
    vos = somebody_with_a_number()
    his = signed_in_client(a_resident(vos))

    his.post("/terugbellen/", PHONE)
    page = his.post("/terugbellen/", PHONE, follow=True)

    (asked,) = contact.requests_of(vos)
    assert (asked.kind, asked.due_on, asked.officer) == (Kind.CALL_BACK, date(2025, 4, 30), "f.yildiz")
    assert "Fatma Yıldız belt u" in words_of(page) and asked.number in words_of(page)
    assert contact.waiting_requests(TODAY).count == 1
    listed = words_of(at_the_counter().get("/balie/vragen/"))
    assert asked.number in listed and "Vos" not in listed


def test_a_wrong_number_says_what_to_do_and_asks_nothing() -> None:
    vos = somebody_with_a_number()

    page = signed_in_client(a_resident(vos)).post("/terugbellen/", {"phone": "bel maar", "when": "any"})

    assert (page.status_code, "Vul een telefoonnummer in" in words_of(page)) == (400, True)
    assert contact.requests_of(vos) == ()


def test_the_outcome_of_a_call_is_seen_by_the_resident_and_counts_once() -> None:
    vos = somebody_with_a_number()
    his, desk = signed_in_client(a_resident(vos)), at_the_counter()
    his.post("/terugbellen/", PHONE)
    (asked,) = contact.requests_of(vos)

    opened = desk.get(f"/balie/vragen/{asked.id}/")
    desk.post(f"/balie/vragen/{asked.id}/", {"outcome": "reached"})

    assert "Bel meneer Vos" in words_of(opened) and "06" in words_of(opened)
    assert "Wij spraken u" in words_of(his.get("/terugbellen/"))
    assert "hielp u met een vraag" in words_of(his.get("/gebruik/"))
    with pytest.raises(RequestClosed):
        actions.close_call_back(asked.id, reached=False, actor=FATMA, on=TODAY)
    assert contact.request(asked.id).outcome is Outcome.REACHED
    his.post("/terugbellen/", PHONE)
    assert len(contact.requests_of(vos)) == 2


def test_a_question_about_a_use_gets_an_answer_as_a_message() -> None:
    vos = somebody_with_a_number()
    his, desk = signed_in_client(a_resident(vos)), a_caseworker()
    his.get("/gegevens/")
    page = his.get("/gebruik/").content.decode()
    line = page.split("/vraag/")[0].rsplit("/", 1)[-1]

    his.post(f"/gebruik/{line}/vraag/", {"question": "Waarom keek u?"})
    receipt = his.get(f"/gebruik/{line}/gevraagd/")
    (asked,) = contact.requests_of(vos)
    too_short = desk.post(f"/balie/vragen/{asked.id}/", {"answer": "Daarom."})
    desk.post(f"/balie/vragen/{asked.id}/", {"answer": ANSWER})

    assert "uiterlijk dinsdag 13 mei 2025" in words_of(receipt)  # 5 May is no working day
    assert (too_short.status_code, "ten minste 20 tekens" in words_of(too_short)) == (400, True)
    (message,) = inbox.messages_for(vos).messages
    assert message.template == "_algemeen/question_answer"
    assert ANSWER.split(".")[0] in words_of(his.get(f"/berichten/{message.id}/"))
    assert contact.request(asked.id).outcome is Outcome.ANSWERED


def test_a_question_about_somebody_elses_use_does_not_exist() -> None:
    vos = somebody_with_a_number()
    his = signed_in_client(a_resident(vos))

    assert his.get("/gebruik/0123456789abcdef/vraag/").status_code == 404
    assert his.get("/gebruik/0123456789abcdef/gevraagd/").status_code == 404


def test_what_was_agreed_at_the_counter_is_read_by_the_resident_too() -> None:
    vos = somebody_with_a_number()
    desk, his = at_the_counter(), signed_in_client(a_resident(vos))
    find(desk)

    desk.post("/balie/loket/afspraak/", {"note": "U brengt maandag uw huurcontract mee."})

    for page in (desk.get("/balie/loket/overzicht/"), his.get("/terugbellen/")):
        assert "U brengt maandag uw huurcontract mee." in words_of(page)
    assert contact.waiting_requests(TODAY).count == 0


def test_staff_read_a_request_only_as_that_request(owner: psycopg.Connection) -> None:
    vos = somebody_with_a_number()
    made = actions.ask_call_back(vos, phone="0600000123", when=When.ANY, actor=Actor("resident", str(vos)), on=TODAY)
    wanted = frozenset({"brp.naam", contact.DOCUMENT})

    with pytest.raises(AccessRefused):
        ask(Request("contact.verzoek", wanted, (vos,), FATMA, TODAY))
    ticket = ask(Request("contact.verzoek", wanted, (vos,), FATMA, TODAY, case=made.id))

    assert contact.texts(ticket, [made.id])[made.id].phone == "0600000123"
    held = owner.execute("SELECT to_jsonb(r)::text FROM contact_request r").fetchall()
    assert "0600000123" not in str(held)
