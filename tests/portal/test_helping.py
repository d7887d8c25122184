"""A helper in the portal: one person at a time, only what was agreed, and the person sees who it was."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.cases.builders import SINCE
from tests.conftest import TODAY
from tests.desk.builders import BSN, a_sent_proposal, at_the_counter, find, somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.access.terms import Actor
from waardig.cases.queries import cases_of
from waardig.cases.terms import CaseState
from waardig.identity.terms import Level
from waardig.mandates.actions import accept, confirm, end, invite
from waardig.mandates.queries import given_by, helped_by, one
from waardig.mandates.terms import Action, Mandate, MandateState
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("decided")


def ingrid() -> UUID:
    person = uuid4()
    enrol_persons([(person, None)])
    name = {"voorletters": "I.", "voorvoegsel": "de", "geslachtsnaam": "Wit", "geslacht": "V"}
    store_facts([NewFact(person, "brp.naam", name, SINCE)])
    return person


def helped(principal: UUID, helper: UUID, *themes: str, action: Action = Action.ANSWER) -> Mandate:
    made = invite(
        principal,
        themes=themes or ("geld",),
        action=action,
        months=12,
        actor=Actor("resident", str(principal)),
        on=TODAY,
    )
    accept(made.code, helper, level=Level.SUBSTANTIAL, on=TODAY)
    return confirm(made.mandate.id, principal, on=TODAY)


def browser_of(person: UUID) -> Client:
    return signed_in_client(a_resident(person))


def choose(client: Client, person: UUID) -> None:
    assert client.post(f"/namens/{person}/").headers["Location"] == "/"


def test_a_mandate_goes_from_code_to_yes_to_stop_in_the_portal() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    his, hers = browser_of(vos), browser_of(helper)

    given = his.post("/machtigen/nieuw/", {"themes": ["geld"], "rights": "answer", "months": "12"}, follow=True)
    found = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", words_of(given))
    assert found and "1 keer zien" in words_of(given)
    assert found[0] not in words_of(his.get("/machtigen/code/", follow=True))
    assert "U zei ja" in words_of(hers.post("/machtigen/helpen/", {"code": found[0]}, follow=True))
    assert words_of(hers.get("/namens/")).count("Vos") == 0

    (waiting,) = given_by(vos)
    assert "I. de Wit" in words_of(his.get("/machtigen/"))
    assert "mag u nu helpen" in words_of(his.post(f"/machtigen/{waiting.id}/ja/", follow=True))
    assert "G. Vos" in words_of(hers.get("/namens/"))

    assert "telt vanaf nu niet meer" in words_of(his.post(f"/machtigen/{waiting.id}/stop/", follow=True))
    assert (one(waiting.id).state, helped_by(helper)) == (MandateState.ENDED, ())  # type: ignore[union-attr]


def test_a_wrong_code_and_an_empty_form_say_what_to_do() -> None:
    vos = somebody_with_a_number()
    his = browser_of(vos)

    empty = his.post("/machtigen/nieuw/", {})
    wrong = his.post("/machtigen/helpen/", {"code": "AAAAA-AAAAA"})

    assert (empty.status_code, wrong.status_code) == (400, 400)
    assert "Kies ten minste 1 ding" in words_of(empty) and "Kies hoe lang" in words_of(empty)
    assert "Wij kennen deze code niet" in words_of(wrong)
    assert given_by(vos) == ()


def test_the_helper_answers_and_the_person_reads_who_did_it() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    _, message = a_sent_proposal(vos)
    helped(vos, helper)
    hers = browser_of(helper)
    choose(hers, vos)

    page = hers.get(f"/berichten/{message}/")
    assert "U regelt dit voor meneer Vos" in words_of(page)
    assert re.search(r"<h1.*\(voor meneer Vos\).*</h1>", page.content.decode(), re.DOTALL)
    hers.post(f"/berichten/{message}/antwoord/", {"answer": "yes"})
    for step, posted in (
        ("household", {"household": "alone"}), ("wealth", {"wealth": "900"}), ("account", {"account": "known"}),
    ):  # fmt: skip
        assert hers.post(f"/berichten/{message}/ja/{step}/", posted).status_code == 302
    hers.post(f"/berichten/{message}/nakijken/")

    assert [case.state for case in cases_of(vos)] == [CaseState.RECEIVED]
    assert "I. de Wit deed dit voor u: las een bericht van u." in words_of(browser_of(vos).get("/gebruik/"))


def test_a_helper_who_may_only_read_cannot_answer() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    _, message = a_sent_proposal(vos)
    helped(vos, helper, action=Action.VIEW)
    hers = browser_of(helper)
    choose(hers, vos)

    assert hers.get(f"/berichten/{message}/").status_code == 200
    answer = hers.post(f"/berichten/{message}/antwoord/", {"answer": "yes"})

    assert (answer.status_code, "Dit mag u niet regelen voor meneer Vos" in words_of(answer)) == (403, True)
    assert [case.state for case in cases_of(vos)] == [CaseState.PROPOSED]


@pytest.mark.parametrize("path", ["/gegevens/", "/gegevens/adres/", "/gebruik/", "/post/", "/seintje/", "/machtigen/"])
def test_what_was_not_agreed_stays_closed(path: str) -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    helped(vos, helper, "geld")
    hers = browser_of(helper)
    choose(hers, vos)

    page = hers.get(path)

    assert (page.status_code, "Dit mag u niet regelen" in words_of(page)) == (403, True)


def test_a_helper_with_the_theme_sees_data_and_never_the_address() -> None:
    vos, helper = somebody_with_a_number(brp__adres={"straat": "Geheimpad", "huisnummer": "7"}), ingrid()
    helped(vos, helper, "gegevens")
    hers = browser_of(helper)
    choose(hers, vos)

    page = hers.get("/gegevens/")

    assert page.status_code == 200 and "Gegevens van meneer Vos" in words_of(page)
    assert "Geheimpad" not in page.content.decode()
    assert hers.get("/gegevens/adres/").status_code == 403


def test_an_open_session_loses_the_person_at_the_next_request() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    mandate = helped(vos, helper)
    hers = browser_of(helper)
    choose(hers, vos)
    assert hers.get("/").status_code == 200

    end(mandate.id, actor=Actor("resident", str(vos)), by=vos, on=TODAY)

    assert hers.get("/berichten/").headers["Location"] == "/namens/"
    assert "I. de Wit" in words_of(hers.get("/"))


def test_two_helped_people_are_never_mixed_up() -> None:
    vos, other, helper = somebody_with_a_number(), ingrid(), ingrid()
    _, message = a_sent_proposal(vos)
    helped(vos, helper)
    helped(other, helper)
    hers = browser_of(helper)
    choose(hers, other)

    assert hers.get(f"/berichten/{message}/").status_code == 404
    assert hers.get(f"/namens/{vos}/").headers["Location"] == "/namens/"  # looking at an address switches nobody
    assert hers.get(f"/berichten/{message}/").status_code == 404
    choose(hers, vos)
    assert hers.get(f"/berichten/{message}/").status_code == 200
    choose(hers, helper)
    assert "U regelt dit voor" not in words_of(hers.get("/"))


def test_a_stranger_cannot_choose_somebody() -> None:
    vos, stranger = somebody_with_a_number(), ingrid()
    hers = browser_of(stranger)

    assert hers.post(f"/namens/{vos}/").status_code == 404
    assert "U regelt dit voor" not in words_of(hers.get("/"))


def test_the_counter_records_a_helper_for_somebody_without_a_telephone() -> None:
    somebody_with_a_number()
    helper = ingrid()
    desk = at_the_counter()
    find(desk)
    form = {"themes": ["geld"], "rights": "view", "months": "6", "origin": "counter"}

    page = desk.post("/balie/loket/machtigen/", form, follow=True)

    found = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", words_of(page))
    assert found
    mandate = accept(found[0], helper, level=Level.SUBSTANTIAL, on=TODAY)
    assert mandate.starts_on is not None and (mandate.starts_on - TODAY).days == 7
    assert "I. de Wit" in words_of(desk.get("/balie/loket/machtigen/"))
    desk.post(f"/balie/loket/machtigen/{mandate.id}/stop/")
    assert one(mandate.id).ended_by == "employee"  # type: ignore[union-attr]


def test_on_the_phone_one_can_stop_a_mandate_and_not_give_one() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    mandate = helped(vos, helper)
    desk = at_the_counter()
    find(desk, BSN, "vragen")
    form = {"themes": ["geld"], "rights": "view", "months": "6", "origin": "counter"}

    page = desk.post("/balie/loket/machtigen/", form)

    assert "maar geen nieuwe helper vastleggen" in words_of(page)
    assert [running.id for running in given_by(vos)] == [mandate.id]
    desk.post(f"/balie/loket/machtigen/{mandate.id}/stop/")
    assert given_by(vos) == ()
