"""Objections, second looks and being late at the desk and the counter: who may do what, and what the resident sees."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import psycopg
from django.test import Client

from tests.cases.builders import TODAY, a_declaration, a_resident, an_assessed, decide, resident
from tests.cases.objecting import BECAUSE, FULL, OWN, object_to
from tests.desk.builders import BSN, a_decider, at_the_counter, find, somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident as signed_in
from tests.identity.signing_in import an_employee, signed_in_client
from waardig.access.actions import set_business_date
from waardig.cases.actions import penalty
from waardig.cases.queries import case as case_of
from waardig.cases.queries import cases_of, decisions_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case, CaseKind, CaseState, Decision, DecisionOutcome
from waardig.cases.terms.objections import Channel, Objection, ObjectionText
from waardig.inbox import queries as inbox


def petra() -> Client:
    """Petra van Dam, who did not take the first decision."""
    return signed_in_client(an_employee("beslisser", number="p.vandam", name="Petra van Dam"))


def a_refusal(person: UUID | None = None) -> tuple[Case, Decision]:
    """An application that Willem refused today."""
    found = an_assessed(person or somebody_with_a_number(), declaration=a_declaration(something_wrong="x"))
    decide(found, on=TODAY)
    return case_of(found.id), decisions_of([found.id])[found.id]


def an_objection() -> Objection:
    about, decision = a_refusal()
    return object_to(about, decision, FULL, on=TODAY)


def test_the_resident_objects_from_the_decision_and_reads_every_paper(db: None) -> None:
    about, decision = a_refusal()
    client = signed_in_client(signed_in(about.applicant))
    (message,) = [m for m in inbox.messages_of_case(about.id).messages if m.message_type == "iit.besluit"]

    shown = words_of(client.get(f"/berichten/{message.id}/"))
    form = words_of(client.get(f"/besluiten/{decision.id}/bezwaar/"))
    sent = client.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": BECAUSE, "hearing": "yes"})
    file = words_of(client.get(sent.url))

    assert "Maak bezwaar" in shown
    assert "Uw uitkomst wordt er nooit slechter door." in form
    assert BECAUSE in file
    assert "Wij beslissen uiterlijk" in file
    assert "Gewenst. De uitnodiging komt." in file
    again = client.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": "nog eens"})
    assert again.url == sent.url
    assert len(cases_of(about.applicant, kinds=[CaseKind.OBJECTION])) == 1


def test_what_is_somebody_elses_does_not_exist(db: None) -> None:
    found = an_objection()
    stranger = signed_in_client(signed_in())

    for page in (
        f"/besluiten/{found.decision}/bezwaar/",
        f"/bezwaren/{found.case}/",
        f"/bezwaren/{found.case}/intrekken/",
        f"/zaken/{found.about}/kijk-nog-eens/",
        f"/zaken/{found.about}/onze-termijn/",
    ):
        assert stranger.get(page).status_code == 404


def test_the_resident_adds_and_withdraws(db: None) -> None:
    found = an_objection()
    client = signed_in_client(signed_in(found.person))

    client.post(f"/bezwaren/{found.case}/aanvullen/", {"reasons": "Hier is mijn loonstrook.", "hearing": "yes"})
    assert "Hier is mijn loonstrook." in words_of(client.get(f"/bezwaren/{found.case}/"))
    assert reads.objection(found.case).wants_hearing is True
    too_long = client.post(f"/bezwaren/{found.case}/aanvullen/", {"reasons": "x" * 2001})
    assert too_long.status_code == 400

    assert client.get(f"/bezwaren/{found.case}/intrekken/").status_code == 200
    client.post(f"/bezwaren/{found.case}/intrekken/")
    assert case_of(found.case).state is CaseState.WITHDRAWN
    assert "U trok dit bezwaar in." in words_of(client.get(f"/bezwaren/{found.case}/"))


def test_who_decided_first_sees_the_file_without_forms_and_a_post_changes_nothing(db: None) -> None:
    found = an_objection()

    shown = words_of(a_decider().get(f"/balie/bezwaren/{found.case}/"))
    refused = a_decider().post(f"/balie/bezwaren/{found.case}/", {"step": "take"})

    assert "U was betrokken bij het eerste besluit." in shown
    assert "Ik behandel dit bezwaar" not in shown
    assert refused.status_code == 400
    assert reads.objection(found.case).handler == ""


def test_a_colleague_takes_it_sees_what_the_law_says_now_and_decides(db: None) -> None:
    found = an_objection()
    address, client = f"/balie/bezwaren/{found.case}/", petra()

    assert "1 bezwaar wacht." in words_of(client.get("/balie/bezwaren/"))
    assert "Bezwaren" in words_of(client.get("/balie/werk/"))
    client.post(address, {"step": "take"})
    shown = words_of(client.get(address)).replace("\u00a0", " ")
    wrong = client.post(
        address, {"step": "decide", "outcome": "upheld", "heard": "d", "new_amount": "521,97", "reasons": OWN}
    )
    done = client.post(
        address, {"step": "decide", "outcome": "upheld", "heard": "e", "new_amount": "521,97", "reasons": OWN}
    )

    assert "De stappen" in shown
    assert BECAUSE in shown
    assert wrong.status_code == 400
    assert "Er is niet gehoord en deze reden geldt hier niet." in words_of(wrong)
    assert done.status_code == 302
    decision = decisions_of([found.case])[found.case]
    assert (decision.outcome, decision.amount_eurocent) == (DecisionOutcome.UPHELD, 52_197)
    after = words_of(signed_in_client(signed_in(found.person)).get(f"/bezwaren/{found.case}/"))
    assert "Bezwaar gegrond" in after
    assert "Besluit: afgewezen" in after


def test_the_desk_asks_for_an_answer_about_costs_only_when_the_resident_asked(db: None) -> None:
    about, refusal = a_refusal()
    found = object_to(about, refusal, ObjectionText(reasons=BECAUSE, costs="De trein"), on=TODAY)
    address, client = f"/balie/bezwaren/{found.case}/", petra()
    client.post(address, {"step": "take"})
    ruling = {"step": "decide", "outcome": "upheld", "heard": "e", "new_amount": "521,97", "reasons": OWN}
    why = {"costs_reasons": "Een retour met de trein, tweede klas."}

    assert "De inwoner vroeg om kosten" in words_of(client.get(address))
    for more, said in (
        ({}, "De inwoner vroeg om kosten. Beslis daar ook over"),
        ({"costs_answer": "not_revoked", **why}, "Dit past niet bij uw besluit."),
        ({"costs_answer": "granted", "costs": "veel", "costs_to": "resident", **why}, "Vul het bedrag in als getal"),
    ):
        response = client.post(address, ruling | more)
        assert (response.status_code, said in words_of(response)) == (400, True), more
    assert case_of(found.case).state is CaseState.OPEN
    done = client.post(address, ruling | why | {"costs_answer": "granted", "costs": "24,60", "costs_to": "resident"})

    assert done.status_code == 302
    assert "€ 24,60 aan de inwoner" in words_of(client.get(address)).replace("\u00a0", " ")
    file = words_of(signed_in_client(signed_in(found.person)).get(f"/bezwaren/{found.case}/"))
    assert "Kosten: Een retour met de trein, tweede klas." in file
    other = an_objection_of_another()
    petra().post(f"/balie/bezwaren/{other.case}/", {"step": "take"})
    assert "De inwoner vroeg om kosten" not in words_of(petra().get(f"/balie/bezwaren/{other.case}/"))


def test_the_file_says_why_costs_were_refused_and_when_to_pay_a_lawyer_by_hand(db: None) -> None:
    why = "Wij leggen uit waarom, en met welke tekst."
    for answer, said in (
        ({"costs_answer": "not_attributable"}, "Niet vergoeden: de fout lag niet aan ons"),
        (
            {"costs_answer": "granted", "costs": "647", "costs_to": "lawyer"},
            "€ 647 aan de advocaat. Betaal dit zelf.",
        ),
    ):
        about, refusal = a_refusal(a_resident().person)
        found = object_to(about, refusal, ObjectionText(reasons=BECAUSE, costs="Een advocaat"), on=TODAY)
        address, client = f"/balie/bezwaren/{found.case}/", petra()
        client.post(address, {"step": "take"})
        ruling = {"step": "decide", "outcome": "upheld", "heard": "e", "new_amount": "521,97", "reasons": OWN}
        assert client.post(address, ruling | answer | {"costs_reasons": why}).status_code == 302
        assert said in words_of(client.get(address)).replace("\u00a0", " ")


def an_objection_of_another() -> Objection:
    about, decision = a_refusal(a_resident().person)
    return object_to(about, decision, FULL, on=TODAY)


def test_the_forms_of_the_official_say_what_is_wrong(db: None) -> None:
    found = an_objection()
    address, client = f"/balie/bezwaren/{found.case}/", petra()
    client.post(address, {"step": "take"})

    for posted, said in (
        ({"step": "invite", "on": "morgen", "at": "", "place": ""}, "Vul een dag in"),
        ({"step": "invite", "on": "01-05-2025", "at": "10.00 uur", "place": "Markt 1"}, "Deze dag is te vroeg."),
        ({"step": "report", "held_on": "28-04-2025", "report": "Te kort"}, "ten minste 40 tekens"),
        ({"step": "postpone", "until": "31-12-2025", "why": "Wij wachten nog op stukken."}, "Zo lang uitstellen mag"),
        ({"step": "decide"}, "Kies wat u beslist op het bezwaar."),
    ):
        response = client.post(address, posted)
        assert (response.status_code, said in words_of(response)) == (400, True), posted
    assert case_of(found.case).state is CaseState.OPEN
    invited = client.post(address, {"step": "invite", "on": "14-05-2025", "at": "10.00 uur", "place": "Markt 1"})
    assert invited.status_code == 302
    shown = words_of(signed_in_client(signed_in(found.person)).get(f"/bezwaren/{found.case}/"))
    assert "14 mei 2025 , 10.00 uur, Markt 1" in shown


def test_a_resident_gives_a_talk_up_and_asks_for_it_again_until_the_decision(db: None) -> None:
    found = an_objection()
    client, address = signed_in_client(signed_in(found.person)), f"/bezwaren/{found.case}/gesprek/"

    assert "Kies of u een gesprek wilt" in words_of(client.get(f"/bezwaren/{found.case}/"))
    assert "U kunt uw keus veranderen tot wij beslissen." in words_of(client.get(address))
    assert client.post(address, {"step": "talk"}).status_code == 400
    assert reads.objection(found.case).wants_hearing is False
    assert client.post(address, {"hearing": "yes"}).url == f"/bezwaren/{found.case}/"
    assert reads.objection(found.case).wants_hearing is True
    assert "Gewenst. De uitnodiging komt." in words_of(client.get(f"/bezwaren/{found.case}/"))
    assert signed_in_client(signed_in()).post(address, {"hearing": "no"}).status_code == 404

    case, desk = f"/balie/bezwaren/{found.case}/", petra()
    desk.post(case, {"step": "take"})
    ruling = {"step": "decide", "outcome": "unfounded", "reasons": OWN}
    assert desk.post(case, ruling | {"heard": "c"}).status_code == 400
    bare = desk.post(case, ruling | {"heard": "b", "heard_why": "Kansloos"})
    assert (bare.status_code, "waarom dit duidelijk is" in words_of(bare)) == (400, True)
    client.post(address, {"hearing": "no"})
    assert desk.post(case, ruling | {"heard": "c"}).status_code == 302
    assert client.post(address, {"hearing": "yes"}).status_code == 302
    assert reads.objection(found.case).wants_hearing is False


def test_an_objection_for_another_body_is_forwarded_and_the_resident_reads_where(db: None) -> None:
    found = an_objection()
    address, client = f"/balie/bezwaren/{found.case}/", petra()
    client.post(address, {"step": "take"})
    to = {"step": "forward", "body": "Sociale Verzekeringsbank", "body_address": "Postbus 1100, Amstelveen"}
    why = "Het gaat over uw kinderbijslag. Daarover beslist de SVB."

    for posted, said in (
        (to | {"body": "", "forward_why": why}, "Vul in naar welke andere instantie"),
        (to | {"forward_why": "Kort"}, "20 tekens"),
    ):
        response = client.post(address, posted)
        assert (response.status_code, said in words_of(response)) == (400, True), posted
    assert case_of(found.case).state is CaseState.OPEN
    assert client.post(address, to | {"forward_why": why}).status_code == 302

    assert "Dit jaar doorgestuurd: 1." in words_of(client.get("/balie/bezwaren/"))
    shown = words_of(client.get(address))
    assert "Doorgestuurd naar een andere instantie" in shown
    assert "Ik behandel dit bezwaar" not in shown
    resident_ = signed_in_client(signed_in(found.person))
    file = words_of(resident_.get(f"/bezwaren/{found.case}/"))
    assert "Wij stuurden dit bezwaar door naar Sociale Verzekeringsbank." in file
    assert "Voeg toe aan uw bezwaar" not in file
    assert resident_.get("/").status_code == 200
    (message,) = [m for m in inbox.messages_of_case(found.case).messages if m.subject.startswith("Wij stuurden")]
    assert "Die dag blijft tellen." in words_of(resident_.get(f"/berichten/{message.id}/"))


def test_a_letter_is_entered_at_the_counter_with_its_postmark(db: None) -> None:
    person = somebody_with_a_number()
    _, decision = a_refusal(person)
    client = at_the_counter()
    find(client, BSN)
    address = f"/balie/loket/besluiten/{decision.id}/bezwaar/"

    missing = client.post(address, {"channel": "paper", "reasons": BECAUSE})
    impossible = client.post(address, {"channel": "paper", "received": "27-04-2025", "reasons": BECAUSE})
    sent = client.post(address, {"channel": "paper", "received": "28-04-2025", "posted": "28-04-2025"})

    assert (missing.status_code, impossible.status_code, sent.status_code) == (400, 400, 302)
    assert "Deze dag kan niet." in words_of(impossible)
    found = reads.objection_against(decision.id, person)
    assert found is not None
    assert (found.channel, found.posted_on, found.has_reasons) == (Channel.PAPER, TODAY, False)
    assert "Wij missen nog uw redenen." in words_of(client.get(sent.url))
    client.post(f"/balie/loket/bezwaren/{found.case}/aanvullen/", {"reasons": BECAUSE})
    assert reads.objection(found.case).is_complete
    assert client.post(f"/balie/loket/bezwaren/{found.case}/gesprek/", {}).status_code == 400
    client.post(f"/balie/loket/bezwaren/{found.case}/gesprek/", {"hearing": "no"})
    assert reads.objection(found.case).wants_hearing is False
    client.post(f"/balie/loket/bezwaren/{found.case}/intrekken/")
    assert case_of(found.case).state is CaseState.WITHDRAWN


def test_a_second_look_is_asked_answered_by_a_colleague_and_can_become_an_objection(db: None) -> None:
    about, decision = a_refusal()
    client = signed_in_client(signed_in(about.applicant))

    sent = client.post(f"/zaken/{about.id}/kijk-nog-eens/", {"remark": "Klopt maart wel?"})
    file = words_of(client.get(sent.url))
    (look,) = reads.second_looks_about(about.id, about.applicant)
    mine = words_of(a_decider().get(f"/balie/kijk-nog-eens/{look.case}/"))
    short = petra().post(f"/balie/kijk-nog-eens/{look.case}/", {"step": "answer", "answer": "Nee"})
    petra().post(f"/balie/kijk-nog-eens/{look.case}/", {"step": "answer", "answer": OWN})
    turned = client.post(f"/kijk-nog-eens/{look.case}/bezwaar/", {"reasons": BECAUSE})

    assert "Klopt maart wel?" in file
    assert "Uw termijn voor bezwaar loopt door, tot en met 10 juni 2025" in file
    assert "U was betrokken bij het eerste besluit." in mine
    assert short.status_code == 400
    assert case_of(look.case).state is CaseState.ANSWERED
    objection = reads.objection_against(decision.id, about.applicant)
    assert objection is not None
    assert turned.url == f"/bezwaren/{objection.case}/"


def test_being_late_is_honest_and_the_list_puts_what_costs_most_on_top(db: None, owner: psycopg.Connection) -> None:
    quiet = an_assessed(somebody_with_a_number(), declaration=a_declaration(something_wrong="x"))
    client = signed_in_client(signed_in(quiet.applicant))
    assert "Wij zijn op tijd." in words_of(client.get(f"/zaken/{quiet.id}/onze-termijn/"))
    client.post(f"/zaken/{quiet.id}/onze-termijn/", {"step": "urge"})
    assert reads.penalty_about(quiet.id, quiet.applicant) is None

    try:
        set_business_date(date(2025, 6, 26))
        shown = words_of(client.get(f"/zaken/{quiet.id}/onze-termijn/"))
        client.post(f"/zaken/{quiet.id}/onze-termijn/", {"step": "urge"})
        set_business_date(date(2025, 7, 20))
        running = words_of(client.get(f"/zaken/{quiet.id}/onze-termijn/")).replace("\u00a0", " ")
        listed = words_of(petra().get("/balie/te-laat/")).replace("\u00a0", " ")
    finally:
        set_business_date(TODAY)

    assert "Wij zijn 3 dagen te laat" in shown
    assert "Dat ligt aan ons." in shown
    assert "Bedrag tot nu € 200" in running
    assert "Dwangsom: € 200 , per dag € 20 , hoogstens € 1.260 ." in listed


def test_a_penalty_is_fixed_at_the_desk(db: None) -> None:
    found = an_assessed(somebody_with_a_number(), declaration=a_declaration(something_wrong="x"))
    given = penalty.urge(found.id, found.applicant, actor=resident(found.applicant), on=date(2025, 6, 24))
    waits = words_of(petra().get(f"/balie/te-laat/{given.case}/"))
    decide(found, on=date(2025, 7, 11))
    address = f"/balie/te-laat/{given.case}/"

    low = petra().post(address, {"step": "settle", "amount": "39", "reasons": OWN, "none_due": ""})
    done = petra().post(address, {"step": "settle", "amount": "46", "reasons": OWN, "none_due": ""})

    assert "Beslis eerst in zaak" in waits
    assert (low.status_code, done.status_code) == (400, 302)
    decision = decisions_of([given.case])[given.case]
    assert (decision.outcome, decision.amount_eurocent) == (DecisionOutcome.PENALTY, 4_600)
