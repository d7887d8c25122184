"""Reports that a value is wrong, and the answer of an official."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.cases.builders import Known, a_resident, resident
from tests.desk.builders import a_decider, words_of
from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases import queries as cases
from waardig.cases.actions import report_wrong
from waardig.cases.terms import CaseState, Correction
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today
from waardig.registers.queries import take

ANSWER = "Wij keken het na. U hebt gelijk: dit bedrag stond verkeerd in onze administratie."


def a_report(known: Known, attribute: str = "uitkeringen.vermogen") -> Correction:
    """The resident says that a value is wrong."""
    return report_wrong(
        known.person, attribute, known.facts[attribute],
        should_be="900 euro", explanation="Ik kocht een wasmachine.", actor=resident(known.person), on=business_today(),
    )  # fmt: skip


def answered(report: Correction, **typed: str) -> Any:
    return a_decider().post(f"/balie/meldingen/{report.case.id}/", typed)


def value_of(known: Known, attribute: str) -> tuple[object, bool]:
    """The value as it stands, and whether it is under investigation."""
    ticket = ask(Request("inzage.gegevens", frozenset({attribute}), (known.person,), resident(known.person),
                         business_today()))  # fmt: skip
    (fact,) = take(ticket)
    return fact.value, fact.under_investigation


def test_the_list_names_the_value_its_holder_and_our_last_day_and_no_person() -> None:
    a_report(a_resident())

    shown = words_of(a_decider().get("/balie/meldingen/"))

    assert "1 melding wacht op antwoord." in shown
    assert "Wie houdt het bij?: Team Inkomen van uw gemeente" in shown
    assert "Vos" not in shown


def test_the_page_shows_the_value_as_it_stands_with_its_source() -> None:
    report = a_report(a_resident())

    shown = words_of(a_decider().get(f"/balie/meldingen/{report.case.id}/")).replace("\u00a0", " ")

    assert "Meneer Vos zegt: dit klopt niet." in shown
    assert "€ 1.240" in shown
    assert "Wij antwoorden uiterlijk dinsdag 6 mei 2025" in shown
    assert "Volgens de inwoner 900 euro" in shown
    assert "Ik kocht een wasmachine." in shown
    assert "Uitkeringsadministratie van de gemeente" in shown


def test_an_upheld_report_puts_the_typed_value_in_place_and_tells_the_resident() -> None:
    known = a_resident()
    report = a_report(known)

    response = answered(report, outcome="upheld", corrected="900,50", answer=ANSWER)

    assert response.status_code == 302
    assert value_of(known, "uitkeringen.vermogen") == (90_050, False)
    assert cases.case(report.case.id).state is CaseState.ANSWERED
    assert len(inbox.messages_of_case(report.case.id).messages) == 2


def test_a_value_that_stands_is_no_longer_under_investigation() -> None:
    known = a_resident()
    report = a_report(known)

    answered(report, outcome="stands", answer="Wij keken het na. Dit bedrag klopt volgens uw bank.")

    assert value_of(known, "uitkeringen.vermogen") == (124_000, False)


def test_a_code_is_chosen_from_its_own_words() -> None:
    known = a_resident()
    report = a_report(known, "uitkeringen.leefvorm")

    page = words_of(a_decider().get(f"/balie/meldingen/{report.case.id}/"))
    answered(report, outcome="upheld", corrected="ALLEENSTAANDE_OUDER", answer=ANSWER)

    assert "U bent alleenstaande ouder" in page
    assert value_of(known, "uitkeringen.leefvorm")[0] == "ALLEENSTAANDE_OUDER"


def test_a_value_that_is_not_there_can_be_taken_away() -> None:
    known = a_resident()
    report = a_report(known, "uitkeringen.laatste_iit")

    answered(report, outcome="absent", answer=ANSWER)

    assert value_of(known, "uitkeringen.laatste_iit")[0] is None


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"answer": ANSWER}, "Kies wat u vond: gelijk of niet."),
        ({"outcome": "upheld", "answer": ANSWER}, "Vul in wat het moet zijn."),
        ({"outcome": "upheld", "corrected": "veel", "answer": ANSWER}, "Deze waarde past niet bij het gegeven."),
        ({"outcome": "stands", "answer": "Klopt."}, "in ten minste 20 tekens"),
        ({"outcome": "absent", "answer": ANSWER}, "Kies wat u vond: gelijk of niet."),
    ],
)
def test_wrong_input_says_what_to_do_and_answers_nothing(typed: dict[str, str], error: str) -> None:
    known = a_resident()
    report = a_report(known)

    response = answered(report, **typed)

    assert response.status_code == 400
    assert error in words_of(response)
    assert typed["answer"] in response.content.decode()
    assert value_of(known, "uitkeringen.vermogen") == (124_000, True)


def test_an_answered_report_has_no_form_and_an_unknown_one_does_not_exist() -> None:
    report = a_report(a_resident())
    answered(report, outcome="stands", answer=ANSWER)

    again = answered(report, outcome="stands", answer=ANSWER)

    assert "Deze melding is beantwoord." in words_of(again)
    assert "Verstuur het antwoord" not in words_of(again)
    assert a_decider().get(f"/balie/meldingen/{uuid4()}/").status_code == 404
