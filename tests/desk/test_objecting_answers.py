"""Objecting to the answer to a report on the pages: from the message, at the counter, from a letter, and its file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.builders import TODAY, resident
from tests.cases.objecting import BECAUSE, OWN
from tests.desk.builders import BSN, a_decider, at_the_counter, find, somebody_with_a_number, words_of
from tests.desk.test_objections import petra
from tests.identity.signing_in import a_resident as signed_in
from tests.identity.signing_in import signed_in_client
from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases.actions import answer_correction, report_wrong
from waardig.cases.queries import cases_of, decisions_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case, CaseKind, Correction, Decision, DecisionOutcome, Official
from waardig.cases.terms.objections import Channel, Objection
from waardig.inbox import queries as inbox
from waardig.registers.actions import store_facts
from waardig.registers.queries import take
from waardig.registers.terms import NewFact

WILLEM = Official("w.degraaf", "Willem de Graaf", "beslisser", 100_000, "medewerker die mag beslissen")
WEALTH = "uitkeringen.vermogen"
ANSWER = "Wij keken het na. Dit bedrag klopt volgens uw bank."
WASHER = "Ik kocht een wasmachine."


def standing(person: UUID, attribute: str = WEALTH) -> tuple[UUID, object]:
    asked = Request("inzage.gegevens", frozenset({attribute}), (person,), resident(person), TODAY)
    (fact,) = take(ask(asked))
    return fact.fact_id, fact.value


def an_answer(person: UUID) -> tuple[Case, Decision]:
    """Vos reported that his wealth is wrong; Willem answered that it stands."""
    found = report_wrong(
        person, WEALTH, standing(person)[0],
        should_be="900 euro", explanation=WASHER, actor=resident(person), on=TODAY,
    )  # fmt: skip
    answer_correction(found.case.id, WILLEM, upheld=False, answer=ANSWER, on=TODAY)
    return found.case, decisions_of([found.case.id])[found.case.id]


def message_of(case: UUID) -> UUID:
    return next(m.id for m in inbox.messages_of_case(case).messages if m.message_type == "iit.melding_antwoord")


def an_objection(person: UUID) -> Objection:
    """Vos objects on the portal."""
    _, decision = an_answer(person)
    his = signed_in_client(signed_in(person))
    his.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": BECAUSE, "hearing": "no"})
    found = reads.objection_against(decision.id, person)
    assert found is not None
    return found


def test_the_answer_has_the_door_to_object_with_its_last_day(db: None) -> None:
    person = somebody_with_a_number()
    case, decision = an_answer(person)
    his = signed_in_client(signed_in(person))

    page = his.get(f"/berichten/{message_of(case.id)}/")
    shown = words_of(page)

    assert f"/besluiten/{decision.id}/bezwaar/" in page.content.decode()
    assert "Maak bezwaar" in shown and "10 juni 2025" in shown
    assert "Vraag een collega nog eens te kijken" in shown
    assert f"Uw melding {case.number}" in words_of(his.get("/"))
    form = words_of(his.get(f"/besluiten/{decision.id}/bezwaar/"))
    assert "Gegeven niet veranderd" in form and case.number in form


def test_the_page_of_the_report_leads_to_its_answer(db: None) -> None:
    person = somebody_with_a_number()
    case, _ = an_answer(person)
    receipt = reverse("portal:correct_receipt", args=[case.id])

    sent = signed_in_client(signed_in(person)).get(receipt)

    assert sent.headers["Location"] == f"/berichten/{message_of(case.id)}/"
    assert signed_in_client(signed_in()).get(receipt).status_code == 404


def test_the_page_of_a_report_says_what_stood_there_also_when_it_stands_there_no_more(db: None) -> None:
    person = somebody_with_a_number()
    fact, value = standing(person)
    said = {"should_be": "900 euro", "explanation": WASHER, "actor": resident(person), "on": TODAY}
    about_a_value = report_wrong(person, WEALTH, fact, **said)
    about_nothing = report_wrong(person, "uitkeringen.iban", None, **said)
    his = signed_in_client(signed_in(person))

    def receipt(found: Correction) -> str:
        return words_of(his.get(reverse("portal:correct_receipt", args=[found.case.id])))

    before = receipt(about_a_value)
    store_facts([NewFact(person, WEALTH, 7_777_00, date(2025, 4, 1))])

    assert value == 124000 and "€ 1.240" in before
    assert receipt(about_a_value) == before
    assert "Rekeningnummer: Hierover weten wij niets." in receipt(about_nothing)
    assert about_nothing.case.number in receipt(about_nothing)


def test_the_resident_reads_report_answer_and_objection_in_one_file(db: None) -> None:
    person = somebody_with_a_number()
    found = an_objection(person)
    his = signed_in_client(signed_in(person))

    file = words_of(his.get(f"/bezwaren/{found.case}/"))

    for words in (BECAUSE, ANSWER, "Het moet zijn: 900 euro", WASHER, "Besluit: gegeven niet veranderd"):
        assert words in file, words
    assert "Bekijk uw bezwaar" in words_of(his.get(f"/berichten/{message_of(found.about)}/"))
    again = his.post(f"/besluiten/{found.decision}/bezwaar/", {"reasons": "Nog eens."})
    assert again.headers["Location"] == f"/bezwaren/{found.case}/"
    assert len(cases_of(person, kinds=[CaseKind.OBJECTION])) == 1


def test_the_answer_of_somebody_else_does_not_exist(db: None) -> None:
    found = an_objection(somebody_with_a_number())
    stranger = signed_in_client(signed_in())

    for page in (f"/besluiten/{found.decision}/bezwaar/", f"/bezwaren/{found.case}/"):
        assert stranger.get(page).status_code == 404


def test_a_letter_and_the_counter_lodge_it_too(db: None) -> None:
    person = somebody_with_a_number()
    case, decision = an_answer(person)
    counter = at_the_counter()
    find(counter, BSN)
    address = f"/balie/loket/besluiten/{decision.id}/bezwaar/"

    assert address in counter.get(f"/balie/loket/berichten/{message_of(case.id)}/").content.decode()
    refused = counter.post(address, {"channel": "paper", "reasons": BECAUSE})
    sent = counter.post(address, {"channel": "paper", "received": "28-04-2025", "reasons": BECAUSE, "hearing": "no"})

    assert (refused.status_code, sent.status_code) == (400, 302)
    found = reads.objection_against(decision.id, person)
    assert found is not None
    assert (found.channel, found.received_on) == (Channel.PAPER, TODAY)
    assert BECAUSE in words_of(counter.get(sent.headers["Location"]))


def taken(client: Client, found: Objection) -> str:
    address = f"/balie/bezwaren/{found.case}/"
    client.post(address, {"step": "take"})
    return address


def test_another_official_sees_the_value_and_puts_it_right(db: None) -> None:
    person = somebody_with_a_number()
    found = an_objection(person)
    client = petra()
    assert "Antwoord op een melding" in words_of(client.get("/balie/bezwaren/"))
    address = taken(client, found)

    shown = words_of(client.get(address)).replace("\u00a0", " ")
    done = client.post(
        address,
        {"step": "decide", "outcome": "upheld", "repair": "value", "corrected": "900", "heard": "c", "reasons": OWN},
    )

    for words in ("De melding ging over", "€ 1.240", WASHER, "Wat gebeurt er met het gegeven?", "De goede waarde"):
        assert words in shown, words
    assert "Nieuw bedrag" not in shown
    assert (done.status_code, standing(person)[1]) == (302, 90_000)
    assert decisions_of([found.case])[found.case].outcome is DecisionOutcome.UPHELD
    his = signed_in_client(signed_in(person))
    assert "Bezwaar gegrond" in words_of(his.get(f"/bezwaren/{found.case}/"))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"outcome": "upheld", "heard": "c"}, "Kies wat er met het gegeven gebeurt."),
        ({"outcome": "upheld", "heard": "c", "repair": "value", "corrected": "veel"}, "Deze waarde past niet"),
        ({"outcome": "upheld", "heard": "c", "repair": "value"}, "Vul in wat het moet zijn."),
        ({"outcome": "upheld", "heard": "e", "repair": "holder"}, "Er is niet gehoord en deze reden geldt hier niet."),
        ({"outcome": "upheld", "heard": "c", "repair": "absent"}, "Kies wat er met het gegeven gebeurt."),
    ],
)
def test_wrong_input_says_what_to_do_and_decides_nothing(typed: dict[str, str], error: str, db: None) -> None:
    person = somebody_with_a_number()
    found = an_objection(person)
    client = petra()
    address = taken(client, found)

    response = client.post(address, {"step": "decide", "reasons": OWN, **typed})

    assert (response.status_code, error in words_of(response)) == (400, True)
    assert (decisions_of([found.case]), standing(person)[1]) == ({}, 124_000)


def test_who_answered_sees_no_forms_and_not_the_value_again(db: None) -> None:
    found = an_objection(somebody_with_a_number())

    shown = words_of(a_decider().get(f"/balie/bezwaren/{found.case}/"))

    assert "U was betrokken bij het eerste besluit." in shown
    assert "De waarde nu" not in shown and "Ik behandel dit bezwaar" not in shown


def test_the_holder_finds_the_new_report_on_the_work_list(db: None) -> None:
    person = somebody_with_a_number()
    found = an_objection(person)
    client = petra()
    address = taken(client, found)

    client.post(address, {"step": "decide", "outcome": "partly", "repair": "holder", "heard": "c", "reasons": OWN})

    assert "1 melding wacht op antwoord." in words_of(a_decider().get("/balie/meldingen/"))
    (new,) = [one for one in cases_of(person, kinds=[CaseKind.CORRECTION]) if one.id != found.about]
    report = words_of(a_decider().get(f"/balie/meldingen/{new.id}/"))
    assert "Volgens de inwoner 900 euro" in report and WASHER in report
    assert reads.stands_as(reads.decision(found.decision))[0] is DecisionOutcome.CORRECTED


def test_a_second_look_at_an_answer_asks_for_no_amount(db: None) -> None:
    person = somebody_with_a_number()
    case, _ = an_answer(person)
    his = signed_in_client(signed_in(person))
    sent = his.post(f"/zaken/{case.id}/kijk-nog-eens/", {"remark": "Kijk naar de bon."})
    (look,) = cases_of(person, kinds=[CaseKind.SECOND_LOOK])

    asked = words_of(petra().get(f"/balie/kijk-nog-eens/{look.id}/"))

    assert "uw termijn voor bezwaar loopt door" in words_of(his.get(sent.headers["Location"])).lower()
    assert "Uw antwoord aan de inwoner" in asked and "Nieuw bedrag" not in asked
    assert look.opened_on == date(2025, 4, 28)
