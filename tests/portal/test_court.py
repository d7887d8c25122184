"""Whom a court appointed, on the pages: registered at the counter, seen by the person, acting, copies by post."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from tests.cases.builders import SINCE
from tests.conftest import TODAY
from tests.desk.builders import BSN, a_sent_proposal, at_the_counter, find, somebody_with_a_number, words_of
from tests.desk.test_objections import a_refusal
from tests.portal.test_helping import browser_of, choose
from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.cases.queries import cases_of
from waardig.cases.terms import CaseKind, CaseState
from waardig.contact import jobs as contact
from waardig.inbox import jobs as letters
from waardig.inbox import queries as inbox
from waardig.inbox.actions import TOPIC_HELPER, set_preference
from waardig.inbox.core.blocks import words_of as text_of
from waardig.inbox.models import Delivery, Message
from waardig.inbox.terms import Channel, Reader
from waardig.mandates.queries import given_by, helped_by
from waardig.mandates.terms import Appointment, Mandate
from waardig.outbox.actions import drain, enqueue
from waardig.outbox.terms import NewJob
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("decided")
THEIR_BSN = "999990482"
ADDRESS = {"straat": "Kerkpad", "huisnummer": "3", "postcode": "1234 AC", "woonplaats": "Rietwaarden"}
RULING = {
    "appointment": "curator",
    "bsn": THEIR_BSN,
    "court": "Rechtbank Oost",
    "reference": "C/25/101",
    "ruled_on": "03-03-2025",
    "starts_on": "10-03-2025",
}


def bakker(*, address: bool = True) -> UUID:
    """Who is appointed."""
    person = uuid4()
    enrol_persons([(person, THEIR_BSN)])
    name = {"voorletters": "E.", "geslachtsnaam": "Bakker", "geslacht": "V"}
    store_facts([NewFact(person, "brp.naam", name, SINCE)])
    if address:
        store_facts([NewFact(person, "brp.adres", ADDRESS, SINCE)])
    return person


def registered(appointment: Appointment = Appointment.CURATOR, *, address: bool = True) -> tuple[UUID, UUID, Mandate]:
    """Vos, Bakker, and what the counter registered from the ruling."""
    vos, curator = somebody_with_a_number(), bakker(address=address)
    counter = at_the_counter()
    find(counter, BSN)
    sent = counter.post("/balie/loket/vertegenwoordiger/", {**RULING, "appointment": appointment.value})
    assert sent.status_code == 302
    (found,) = given_by(vos)
    return vos, curator, found


def work() -> None:
    """What the worker does after a commit: tell people, make copies, print letters."""
    for _ in range(2):
        drain(contact.handlers(), until_empty=True)
    drain(letters.handlers(inbox.sender), until_empty=True)


def copies(person: UUID) -> list[Message]:
    return list(Message.objects.filter(recipient=person, reader=Reader.REPRESENTATIVE.value).order_by("sent_at"))


def told(message: Message) -> str:
    asked = Request("bericht.bezorgen", frozenset({"inbox.bericht"}), (message.about,), Actor("system", "inbox"), TODAY)
    return " ".join(words for block in inbox.text(ask(asked), message.id).blocks for words in text_of(block, "paper"))


def test_the_counter_registers_a_ruling_and_everybody_sees_it() -> None:
    vos, curator, found = registered()

    assert found.order is not None and found.order.appointment is Appointment.CURATOR
    seen = words_of(browser_of(vos).get("/machtigen/")).replace("\u00a0", " ").replace(" ,", ",")
    ruled = "Curator. Rechtbank Oost, 3 maart 2025, kenmerk C/25/101."
    for words in ("E. Bakker", ruled, "Alleen de rechter kan dit stoppen."):
        assert words in seen, words
    assert "Stop dit" not in seen and "Alles bij de gemeente" in seen
    held = words_of(browser_of(curator).get("/machtigen/"))
    assert "G. Vos" in held and "Tot de rechter anders beslist." in held and "Stop met helpen" not in held
    work()
    (letter,) = Message.objects.filter(recipient=vos, template__contains="court_person")
    assert "Berichten aan u gaan ook naar E. Bakker." in told(letter)
    assert Delivery.objects.get(message=letter).channel == "paper"
    assert Message.objects.filter(recipient=curator, template__contains="court_representative").count() == 1
    assert copies(curator) == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"bsn": "123456789"}, "Wij vinden niemand"),
        ({"bsn": BSN}, "Dit is het nummer van de inwoner zelf."),
        ({"appointment": ""}, "Kies wat de rechter besliste"),
        ({"reference": ""}, "Neem dit over van de uitspraak."),
        ({"ruled_on": "gisteren"}, "dag"),
        ({"starts_on": "01-03-2025"}, "Deze dagen kloppen niet bij elkaar."),
        ({"until": "01-04-2025"}, "Deze dagen kloppen niet bij elkaar."),
    ],
)
def test_wrong_input_says_what_to_do_and_registers_nothing(changes: dict[str, str], error: str) -> None:
    vos = somebody_with_a_number()
    bakker()
    counter = at_the_counter()
    find(counter, BSN)

    response = counter.post("/balie/loket/vertegenwoordiger/", {**RULING, **changes})

    assert (response.status_code, error in words_of(response)) == (400, True)
    assert THEIR_BSN not in response.content.decode()
    assert given_by(vos) == ()


def test_only_the_counter_registers_and_only_for_who_is_open_there() -> None:
    vos = somebody_with_a_number()
    bakker()

    assert browser_of(vos).post("/balie/loket/vertegenwoordiger/", RULING).status_code in (302, 403, 404)
    assert at_the_counter().post("/balie/loket/vertegenwoordiger/", RULING).headers["Location"] == "/balie/loket/"

    assert given_by(vos) == ()


def answers_yes(client: Client, message: UUID) -> None:
    client.post(f"/berichten/{message}/antwoord/", {"answer": "yes"})
    for step, posted in (
        ("household", {"household": "alone"}), ("wealth", {"wealth": "900"}), ("account", {"account": "known"}),
    ):  # fmt: skip
        assert client.post(f"/berichten/{message}/ja/{step}/", posted).status_code == 302
    client.post(f"/berichten/{message}/nakijken/")


@pytest.mark.parametrize("appointment", list(Appointment))
def test_who_is_appointed_answers_and_the_person_reads_it_and_who_did_it(appointment: Appointment) -> None:
    vos, curator, _ = registered(appointment)
    _, message = a_sent_proposal(vos)
    theirs = browser_of(curator)
    choose(theirs, vos)

    answers_yes(theirs, message)

    assert [case.state for case in cases_of(vos)] == [CaseState.RECEIVED]
    his = browser_of(vos)
    assert "E. Bakker deed dit voor u: las een bericht van u." in words_of(his.get("/gebruik/"))
    assert his.get(f"/berichten/{message}/").status_code == 200
    word = {"curator": "Curator", "administrator": "Bewindvoerder"}[appointment.value]
    assert word in words_of(theirs.get("/namens/"))


@pytest.mark.parametrize(("appointment", "status"), [(Appointment.CURATOR, 200), (Appointment.ADMINISTRATOR, 403)])
def test_how_post_comes_is_for_a_curator_and_not_for_an_administrator(appointment: Appointment, status: int) -> None:
    vos, curator, _ = registered(appointment)
    theirs = browser_of(curator)
    choose(theirs, vos)

    assert theirs.get("/post/").status_code == status


def test_who_is_appointed_objects_and_the_person_reads_along() -> None:
    vos, curator, _ = registered()
    _, decision = a_refusal(vos)
    theirs = browser_of(curator)
    choose(theirs, vos)

    sent = theirs.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": "Het loon telt niet mee.", "hearing": "no"})

    (objection,) = cases_of(vos, kinds=[CaseKind.OBJECTION])
    assert sent.headers["Location"] == f"/bezwaren/{objection.id}/"
    assert "Het loon telt niet mee." in words_of(browser_of(vos).get(f"/bezwaren/{objection.id}/"))


def test_each_message_goes_to_both_and_on_paper_to_who_is_appointed(owner: psycopg.Connection) -> None:
    vos, curator, found = registered()
    work()

    a_refusal(vos)
    work()
    work()

    (copy,) = [one for one in copies(curator) if one.message_type == "iit.besluit"]
    delivery = Delivery.objects.get(message=copy)
    assert (copy.about, delivery.channel, delivery.state) == (vos, "paper", "handed_to_print")
    said = told(copy)
    assert "U krijgt deze kopie omdat u de curator bent van G. Vos." in said
    assert "G. Vos kreeg dit bericht ook." in said
    own = Message.objects.filter(recipient=vos, reader="self", message_type="iit.besluit")
    assert own.count() == 1
    assert Delivery.objects.get(message=own[0]).state == "handed_to_print"
    assert copy.case == own[0].case
    counted = owner.execute("SELECT count(*) FROM log.line WHERE name LIKE 'stuurde een kopie aan wie de rechter%'")
    assert counted.fetchone() == (len(copies(curator)),)
    sent = {"message": str(own[0].id), "mandate": str(found.id)}
    with transaction.atomic():
        enqueue([NewJob(TOPIC_HELPER, "again", sent)])
    work()
    assert len([one for one in copies(curator) if one.message_type == "iit.besluit"]) == 1


def test_a_copy_is_in_nobodys_box_and_follows_the_choice_of_who_gets_it() -> None:
    vos, curator, _ = registered(Appointment.ADMINISTRATOR)
    set_preference(curator, "iit.besluit", Channel.DIGITAL, where="web", on=TODAY)

    a_refusal(vos)
    work()

    (copy,) = [one for one in copies(curator) if one.message_type == "iit.besluit"]
    assert Delivery.objects.get(message=copy).channel == "digital"
    for person in (vos, curator):
        assert copy.id not in {one.id for one in inbox.messages_for(person, size=200).messages}
        assert browser_of(person).get(f"/berichten/{copy.id}/").status_code == 404


def test_the_address_of_who_is_appointed_is_used_and_a_missing_one_is_held_for_a_person() -> None:
    vos, curator, _ = registered(address=False)

    a_refusal(vos)
    work()

    (copy,) = [one for one in copies(curator) if one.message_type == "iit.besluit"]
    held = Delivery.objects.get(message=copy)
    assert (held.state, held.held_reason) == ("held", "address_missing")


def test_a_ruling_recorded_at_the_counter_ends_it_and_copies_stop() -> None:
    vos, curator, found = registered()
    counter = at_the_counter()
    find(counter, BSN)
    page = f"/balie/loket/vertegenwoordiger/{found.id}/stop/"

    assert page in counter.get("/balie/loket/machtigen/").content.decode()
    assert counter.post(page, {"reference": "", "ruled_on": "28-04-2025"}).status_code == 400
    assert counter.post(page, {"reference": "C/25/9", "ruled_on": "01-03-2025"}).status_code == 400
    assert given_by(vos) == (found,)
    sent = counter.post(page, {"reference": "C/25/900", "ruled_on": "28-04-2025"})

    assert sent.status_code == 302
    assert (given_by(vos), helped_by(curator)) == ((), ())
    theirs = browser_of(curator)
    assert theirs.post(f"/namens/{vos}/").status_code in (403, 404)
    a_refusal(vos)
    work()
    assert copies(curator) == []
    written = [told(one) for one in Message.objects.filter(recipient=vos, template__contains="court_person")]
    (over,) = [text for text in written if "regelt niets meer voor u" in text]
    assert "De rechter besliste dat het stopt." in over


def test_the_buttons_that_end_a_mandate_do_nothing_here() -> None:
    vos, curator, found = registered()
    counter = at_the_counter()
    find(counter, BSN)

    browser_of(vos).post(f"/machtigen/{found.id}/stop/")
    browser_of(curator).post(f"/machtigen/{found.id}/stop/")
    counter.post(f"/balie/loket/machtigen/{found.id}/stop/")

    assert given_by(vos) == (found,)


def test_who_is_under_curatele_gives_no_mandate_and_reads_why() -> None:
    vos, _, found = registered()
    given: dict[str, Any] = {"themes": ["geld"], "rights": "view", "months": "12"}

    response = browser_of(vos).post("/machtigen/nieuw/", given)

    assert "Uw curator beslist wie u nog meer helpt." in words_of(response)
    assert given_by(vos) == (found,)
