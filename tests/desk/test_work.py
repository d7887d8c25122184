"""The work list and deciding one case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cases.builders import a_declaration, a_proposal, a_resident, an_application, an_assessed, lines, work
from tests.desk.builders import OWN_WORDS, a_caseworker, a_decider, at_the_counter, words_of
from tests.inbox.builders import a_message, send
from tests.inbox.builders import a_resident as without_address
from waardig.cases import queries as cases
from waardig.cases.actions import report_wrong
from waardig.cases.terms import Case, CaseState, DecisionOutcome, EventKind
from waardig.inbox import queries as inbox
from waardig.inbox.jobs import handlers as inbox_handlers
from waardig.inbox.queries import sender
from waardig.kernel.clock import business_today
from waardig.logbook.terms import Actor
from waardig.outbox.actions import drain


def a_doubtful() -> Case:
    """An application whose savings nobody knows: it waits for a person."""
    return an_assessed(a_resident().person, declaration=a_declaration(wealth_eurocent=None))


def post(client: Client, case: Case, **typed: str) -> object:
    return client.post(f"/balie/zaken/{case.id}/", typed)


@pytest.mark.parametrize("path", ["werk", "beslissen", "bevestigen", "meldingen", "post"])
def test_the_work_list_is_for_officials_only(path: str) -> None:
    assert Client().get(f"/balie/{path}/").status_code == 302
    assert at_the_counter().get(f"/balie/{path}/").status_code == 403
    assert a_decider().get(f"/balie/{path}/").status_code == 200


def test_the_start_of_the_desk_leads_officials_to_the_work_and_others_to_the_counter() -> None:
    assert a_decider().get("/balie/").headers["Location"] == "/balie/werk/"
    assert at_the_counter().get("/balie/").headers["Location"] == "/balie/loket/"


def test_the_work_list_counts_what_waits_and_says_that_nothing_is_late() -> None:
    a_doubtful()
    an_assessed(a_resident().person)
    an_assessed(a_resident().person)

    shown = words_of(a_decider().get("/balie/werk/"))

    assert "Zelf beslissen Zaken: 1 Eerste beslisdatum: 23 juni 2025" in shown
    assert "Toekenningen bevestigen Zaken: 2" in shown
    assert "Wij zijn nergens te laat." in shown


def test_what_is_past_its_last_day_stands_on_top_in_our_own_words() -> None:
    an_assessed(a_resident().person)
    an_application(a_resident().person, on=date(2025, 2, 3), declaration=a_declaration(wealth_eurocent=None))
    work()

    shown = words_of(a_decider().get("/balie/werk/"))
    listed = words_of(a_decider().get("/balie/beslissen/"))

    assert "Bij 1 zaak zijn wij te laat. Begin daar." in shown
    assert shown.index("Eerste beslisdatum: 31 maart 2025") < shown.index("Eerste beslisdatum: 23 juni 2025")
    assert "Wij zijn te laat" in listed


def test_post_that_could_not_go_out_is_listed_with_the_reason_and_can_be_stopped() -> None:
    send(a_message(without_address(no_address=True)))
    drain(inbox_handlers(sender), until_empty=True)
    client = a_decider()
    (held,) = inbox.held()

    shown = words_of(client.get("/balie/post/"))
    client.post("/balie/post/", {"delivery": str(held.delivery.id), "step": "cancel"})

    assert "1 bericht wacht op een mens." in shown
    assert "Er is geen adres bekend." in shown
    assert inbox.held_count() == 0
    assert "Alle post is weg." in words_of(client.get("/balie/post/"))


def test_a_list_names_a_household_only_after_this_official_opened_it() -> None:
    case, client = a_doubtful(), a_decider()
    before = words_of(client.get("/balie/beslissen/"))
    client.get(f"/balie/zaken/{case.id}/")

    after = words_of(client.get("/balie/beslissen/"))

    assert "G. Vos" not in before
    assert "Nog niet bekeken" in before
    assert "G. Vos" in after
    assert "G. Vos" not in words_of(a_decider().get("/balie/beslissen/"))


@pytest.mark.usefixtures("session_not_touched")
@pytest.mark.parametrize("path", ["/balie/beslissen/", "/balie/bevestigen/", "/balie/meldingen/", "/balie/werk/"])
def test_a_list_asks_as_many_queries_for_one_row_as_for_ten(path: str) -> None:
    client = a_decider()

    def rows(count: int) -> None:
        for _ in range(count):
            a_doubtful()
            an_assessed(a_resident().person)
            known = a_resident()
            report_wrong(
                known.person, "uitkeringen.vermogen", known.facts["uitkeringen.vermogen"],
                should_be="900", explanation="", actor=Actor("resident", str(known.person)), on=business_today(),
            )  # fmt: skip

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    rows(1)
    queries()
    one = queries()
    rows(9)

    assert queries() == one


def test_opening_a_case_is_recorded_once_and_stands_in_the_log_of_the_resident(owner: psycopg.Connection) -> None:
    case, client = a_doubtful(), a_decider()
    client.get(f"/balie/zaken/{case.id}/")
    client.get(f"/balie/zaken/{case.id}/")

    seen = [event for event in cases.events_of(case.id) if event.kind is EventKind.VIEWED]

    assert [event.actor for event in seen] == ["w.degraaf"]
    assert lines(owner, case.applicant, "iit.beslissen") == ["allow", "allow"]


def test_a_case_shows_facts_steps_and_why_a_person_looks() -> None:
    shown = words_of(a_decider().get(f"/balie/zaken/{a_doubtful().id}/"))

    assert "Meneer Vos, alleenstaand" in shown
    assert "Spaargeld: te weinig gegevens." in shown
    assert "Leeftijd Waarde: 58 jaar" in shown
    assert "Stap 1" in shown
    assert "eindigt op 6789" in shown
    assert "NL13" not in shown


def test_an_unknown_case_a_proposal_and_a_report_give_the_same_answer() -> None:
    client, proposal = a_decider(), a_proposal(a_resident().person)

    pages = [client.get(f"/balie/zaken/{one}/") for one in (uuid4(), proposal.id)]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content


def test_a_refusal_with_own_reasons_is_decided_and_the_resident_reads_them() -> None:
    case = a_doubtful()

    response = post(a_decider(), case, outcome="refuse", reason=OWN_WORDS)

    decision = cases.decisions_of([case.id])[case.id]
    assert response.status_code == 302
    assert (decision.outcome, decision.official) == (DecisionOutcome.REFUSE, "w.degraaf")
    assert len(inbox.messages_of_case(case.id).messages) == 2
    assert OWN_WORDS in words_of(a_decider().get(f"/balie/zaken/{case.id}/"))


def test_a_grant_takes_the_amount_as_it_was_typed() -> None:
    case = a_doubtful()

    post(a_decider(), case, outcome="grant", amount="521,97", reason=OWN_WORDS)

    assert cases.decisions_of([case.id])[case.id].amount_eurocent == 52197


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"reason": OWN_WORDS}, "Kies wat u beslist: toekennen of afwijzen."),
        ({"outcome": "refuse", "reason": ""}, "Schrijf uw reden op. De inwoner leest die."),
        ({"outcome": "refuse", "reason": "Nee."}, "Schrijf uw reden op in ten minste 40 tekens."),
        ({"outcome": "grant", "amount": "veel", "reason": OWN_WORDS}, "Vul het bedrag in als getal"),
        ({"outcome": "grant", "amount": "-5", "reason": OWN_WORDS}, "Vul het bedrag in als getal"),
        ({"outcome": "grant", "amount": "1000,01", "reason": OWN_WORDS}, "Dit bedrag is hoger dan uw mandaat."),
    ],
)
def test_wrong_input_keeps_what_was_typed_says_what_to_do_and_decides_nothing(
    typed: dict[str, str], error: str
) -> None:
    case = a_doubtful()

    response = post(a_decider(), case, **typed)

    assert response.status_code == 400
    assert error in words_of(response)
    assert (typed["reason"] or "<textarea") in response.content.decode()
    assert cases.decisions_of([case.id]) == {}


def test_a_decided_case_has_no_form_and_a_second_post_changes_nothing() -> None:
    case, client = a_doubtful(), a_decider()
    post(client, case, outcome="refuse", reason=OWN_WORDS)

    response = post(client, case, outcome="grant", amount="500", reason=OWN_WORDS)

    assert "Leg mijn besluit vast" not in words_of(response)
    assert cases.decisions_of([case.id])[case.id].outcome is DecisionOutcome.REFUSE


def test_an_official_without_mandate_reads_the_case_and_cannot_decide_it() -> None:
    case, client = a_doubtful(), a_caseworker()

    response = post(client, case, outcome="grant", amount="10", reason=OWN_WORDS)

    assert "U kunt deze zaak lezen. Beslissen doet een collega." in words_of(client.get(f"/balie/zaken/{case.id}/"))
    assert "Leg mijn besluit vast" not in words_of(response)
    assert cases.case(case.id).state is CaseState.BY_HAND


def test_a_refusal_waits_while_a_value_is_looked_into() -> None:
    case = a_doubtful()
    report_wrong(
        case.applicant, "uitkeringen.leefvorm", None, should_be="samen", explanation="",
        actor=Actor("resident", str(case.applicant)), on=business_today(),
    )  # fmt: skip

    response = post(a_decider(), case, outcome="refuse", reason=OWN_WORDS)

    assert "Er loopt nog een melding over een gegeven in deze zaak." in words_of(response)
    assert cases.decisions_of([case.id]) == {}


def test_a_sampled_case_is_blind_until_a_person_decided(draw_everybody: Callable[[], None]) -> None:
    draw_everybody()
    case, client = an_assessed(a_resident().person), a_decider()

    before = words_of(client.get(f"/balie/zaken/{case.id}/"))
    listed = words_of(client.get("/balie/beslissen/"))

    assert "Steekproef: beslis zelf. U ziet niet wat de computer uitrekende." in before
    assert "521,97" not in before + listed
    assert "De stappen" not in before
    assert "521,97" not in words_of(client.get("/balie/bevestigen/"))


def test_in_a_blind_case_the_official_fills_in_the_open_norm_and_it_stands_in_the_decision(
    draw_everybody: Callable[[], None],
) -> None:
    draw_everybody()
    case, client = an_assessed(a_resident().person), a_decider()
    grant = {"outcome": "grant", "amount": "521,97", "reason": OWN_WORDS}
    against = {"norm_uitzicht": "no", "norm_uitzicht_reason": "U vond net werk."}

    missing = post(client, case, **grant)
    contrary = post(client, case, **grant, **against)
    done = post(client, case, outcome="refuse", reason=OWN_WORDS, **against)

    assert "Kies ja of nee." in words_of(missing)
    assert "U vindt dat aan een voorwaarde niet is voldaan." in words_of(contrary)
    assert done.status_code == 302
    assert "Nee. U vond net werk." in words_of(client.get(f"/balie/zaken/{case.id}/"))


def test_large_letters_stay_on_for_the_session() -> None:
    client = a_decider()

    client.get("/balie/letters/")

    assert "w-large" in client.get("/balie/werk/").content.decode()
    client.get("/balie/letters/")
    assert "w-large" not in client.get("/balie/werk/").content.decode()
