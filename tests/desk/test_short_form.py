"""A short form asks only what no register knows; a person decides on what is told, for the day of the yes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse

from tests.cases.builders import (
    AMOUNT,
    GERRIT,
    LEFT_OUT,
    MAY_12,
    REASONS,
    TODAY,
    WILLEM,
    a_resident,
    letters,
    resident,
    work,
)
from tests.cases.builders import SERVICE as SUPPLEMENT
from tests.desk.builders import BSN, at_the_counter, find, words_of
from tests.identity.signing_in import a_resident as who
from tests.identity.signing_in import signed_in_client
from waardig.access.actions import set_business_date
from waardig.cases import actions
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseKind, CaseState, DecisionOutcome, Declaration, StepNotPossible
from waardig.inbox import queries as inbox
from waardig.kernel.content import content_roots
from waardig.proposals import models
from waardig.proposals.actions import run_round
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact
from waardig.values.actions import decide as decide_weighing

PROTECTED = {"brp__overlijdensdatum": None, "brp__in_onderzoek": False, "brp__curatele": False}


@pytest.fixture(autouse=True)
def _weighed(owner: psycopg.Connection) -> None:
    decide_weighing(content_roots()[-1] / "services" / SUPPLEMENT / "decision.yaml", on=TODAY)


def somebody(**changes: Any) -> UUID:
    """Gerrit, of whom the income of the last years is not known."""
    return a_resident(
        **{**PROTECTED, "uitkeringen__norm": LEFT_OUT, "uitkeringen__inkomen": LEFT_OUT, **changes}
    ).person


def asked(person: UUID) -> tuple[Case, UUID]:
    [case] = cases.cases_of(person)
    [message] = inbox.messages_of_case(case.id).messages
    return case, message.id


def test_who_misses_one_fact_is_asked_that_fact_only_and_nothing_is_promised() -> None:
    person, doubted = somebody(), somebody(uitkeringen__woont_in_gemeente=LEFT_OUT)

    summary = run_round(SUPPLEMENT)

    case, message = asked(person)
    assert summary.lanes == {"short_form": 1}
    assert (summary.read, summary.asked, summary.to_person, summary.entitled) == (2, 1, 1, 0)
    assert summary.evaluated == summary.entitled + summary.asked + summary.not_entitled + summary.to_person
    assert (case.kind, case.lane, case.asked) == (CaseKind.PROPOSAL, "short_form", ("hoogste_maandinkomen",))
    assert case.amount_eurocent is None
    assert models.RunItem.objects.get(person=doubted).outcome == "to_person"
    client = signed_in_client(who(person))
    page = words_of(client.get(reverse("portal:message", args=[message])))
    assert "Misschien kunt u een toeslag krijgen" in page and "Wat was uw hoogste inkomen in 1 maand" in page
    assert "Misschien is er geld voor u" in words_of(client.get(reverse("portal:home")))


def test_one_question_is_asked_the_rest_is_filled_in_and_a_person_decides() -> None:
    person = somebody()
    run_round(SUPPLEMENT)
    case, message = asked(person)
    client = signed_in_client(who(person))

    first = client.post(reverse("portal:answer", args=[message]), {"answer": "yes"})
    question = reverse("portal:declare", args=[message, "hoogste_maandinkomen"])
    wrong = client.post(question, {"told": "veel"})
    right = client.post(question, {"told": "1.100,00"})
    check = words_of(client.get(reverse("portal:declare_check", args=[message])))
    sent = client.post(reverse("portal:declare_check", args=[message]), {"send": "1"})
    receipt = words_of(client.get(sent.url))
    work()

    assert first.url == question
    assert (wrong.status_code, right.url) == (400, reverse("portal:declare_check", args=[message]))
    assert "Wat was uw hoogste inkomen in 1 maand" in check and "€ 1.100" in check and "Alleen" in check
    assert sent.status_code == 302
    assert "Krijgt u geld? Dan staat in ons besluit hoeveel." in receipt and "€ 0" not in receipt
    after = cases.case(case.id)
    assert (after.kind, after.state, after.applied_on) == (CaseKind.APPLICATION, CaseState.BY_HAND, TODAY)
    found = cases.assessments_of([case.id])[case.id]
    assert "short_form" in found.reasons and "unknown:hoogste_maandinkomen" not in found.reasons
    assert found.amount_eurocent == 52_197


def test_i_do_not_know_is_an_answer_too_and_goes_to_a_person() -> None:
    person = somebody()
    run_round(SUPPLEMENT)
    case, message = asked(person)
    client = signed_in_client(who(person))

    client.post(reverse("portal:answer", args=[message]), {"answer": "yes"})
    client.post(reverse("portal:declare", args=[message, "hoogste_maandinkomen"]), {"unknown": "1"})
    client.post(reverse("portal:declare_check", args=[message]), {"send": "1"})
    work()

    assert cases.case(case.id).state is CaseState.BY_HAND
    assert {"short_form", "unknown:hoogste_maandinkomen"} <= set(cases.assessments_of([case.id])[case.id].reasons)


def told(person: UUID, income: int | None) -> Case:
    """A short form with this income, judged."""
    run_round(SUPPLEMENT)
    case, _ = asked(person)
    said = Declaration(
        household_unchanged=True,
        household_note="",
        wealth_eurocent=None,
        iban="NL13TEST0123456789",
        told={"hoogste_maandinkomen": income},
        wealth_asked=False,
    )
    actions.apply(case.id, said, actor=resident(person), on=TODAY)
    work()
    return cases.case(case.id)


def test_savings_that_no_register_knows_are_asked_with_it_and_nothing_else() -> None:
    person = somebody(uitkeringen__vermogen=LEFT_OUT)
    run_round(SUPPLEMENT)
    case, message = asked(person)
    client = signed_in_client(who(person))

    client.post(reverse("portal:answer", args=[message]), {"answer": "yes"})
    home = words_of(client.get(reverse("portal:home")))
    first = client.post(reverse("portal:declare", args=[message, "hoogste_maandinkomen"]), {"told": "1.100"})
    second = client.post(reverse("portal:declare", args=[message, "wealth"]), {"wealth": "0"})
    client.post(reverse("portal:declare_check", args=[message]), {"send": "1"})
    work()

    assert case.asked == ("hoogste_maandinkomen", "vermogen")
    assert "Maak uw aanvraag af: individuele inkomenstoeslag" in home and "2 vragen" in home
    assert first.url == reverse("portal:declare", args=[message, "wealth"])
    assert second.url == reverse("portal:declare_check", args=[message])
    assert cases.assessments_of([case.id])[case.id].amount_eurocent == AMOUNT


def test_at_the_counter_the_same_question_is_recorded_with_a_copy_of_what_was_said() -> None:
    person = UUID("00000000-0000-4000-8000-0000000000a1")
    enrol_persons([(person, BSN)])
    facts = {**GERRIT, **{name.replace("__", "."): value for name, value in PROTECTED.items()}}
    known = {name: value for name, value in facts.items() if name not in ("uitkeringen.norm", "uitkeringen.inkomen")}
    store_facts([NewFact(person, name, value, TODAY.replace(year=2018)) for name, value in known.items()])
    run_round(SUPPLEMENT)
    case, message = asked(person)
    client = at_the_counter()
    find(client)
    record = f"/balie/loket/berichten/{message}/leg-vast/"
    answer = {"household": "yes", "account": "other", "iban": "NL91ABNA0417164300"}

    form = client.post(record, {"answer": "yes"}).headers["Location"]
    page = words_of(client.get(form))
    wrong = client.post(form, {**answer, "told_hoogste_maandinkomen": "veel"})
    client.post(form, {**answer, "told_hoogste_maandinkomen": "1.100"})
    receipt = words_of(client.get(f"/balie/loket/berichten/{message}/bewijs/")).replace("\u00a0", " ")
    work()

    assert "Wat was uw hoogste inkomen in 1 maand" in page and "spaargeld" not in page
    assert wrong.status_code == 400
    assert "Wat was uw hoogste inkomen in 1 maand, in de laatste 3 jaar? € 1.100" in receipt
    assert cases.case(case.id).state is CaseState.BY_HAND
    assert cases.assessments_of([case.id])[case.id].amount_eurocent == AMOUNT


def test_a_no_ends_it_without_a_letter_and_a_yes_stays_possible() -> None:
    person = somebody()
    run_round(SUPPLEMENT)
    case, message = asked(person)

    actions.decline(case.id, actor=resident(person), on=TODAY, never_again=False)

    assert cases.case(case.id).state is CaseState.DECLINED
    assert len(letters(case.id)) == 1
    client = signed_in_client(who(person))
    again = client.post(reverse("portal:answer", args=[message]), {"answer": "yes"})
    assert again.url == reverse("portal:declare", args=[message, "hoogste_maandinkomen"])


def test_what_was_told_stands_in_the_decision_as_said_by_the_resident() -> None:
    person = somebody()
    case = told(person, 110_000)
    set_business_date(MAY_12)

    actions.decide(
        case.id,
        WILLEM,
        DecisionOutcome.GRANT,
        actor_kind="employee",
        reasons=REASONS,
        on=MAY_12,
        amount_eurocent=AMOUNT,
    )

    assert cases.case(case.id).state is CaseState.DECIDED
    receipt, decision = letters(case.id)[1:]
    assert "Wat was uw hoogste inkomen in 1 maand, in de laatste 3 jaar? € 1.100." in receipt
    assert "€ 1.100" in decision and "Uw opgave" in decision
    actions.waive(case.id, actor=resident(person), on=MAY_12)
    assert cases.case(case.id).state is CaseState.WAIVED


def test_an_income_above_the_limit_is_refused_by_a_person_only() -> None:
    person = somebody()
    case = told(person, 300_000)

    assert case.state is CaseState.BY_HAND
    assert {"short_form", "inkomen_voldoet"} & set(cases.assessments_of([case.id])[case.id].reasons) == {
        "short_form",
        "inkomen_voldoet",
    }
    set_business_date(MAY_12)
    actions.decide(case.id, WILLEM, DecisionOutcome.REFUSE, actor_kind="employee", reasons=REASONS, on=MAY_12)
    assert "€ 3.000" in letters(case.id)[-1]


def test_it_can_be_taken_back_until_the_decision() -> None:
    person = somebody()
    case = told(person, None)

    actions.withdraw(case.id, actor=resident(person), on=TODAY)

    assert cases.case(case.id).state is CaseState.WITHDRAWN
    with pytest.raises(StepNotPossible):
        actions.withdraw(case.id, actor=resident(person), on=TODAY)
