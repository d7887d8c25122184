"""The law runs for an application on its own day; every doubt goes to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.cases.builders import (
    AMOUNT,
    LEFT_OUT,
    TODAY,
    a_couple,
    a_declaration,
    a_proposal,
    a_resident,
    an_application,
    an_assessed,
    lines,
    resident,
    work,
)
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Reason
from waardig.cases import actions, jobs
from waardig.cases.actions.answering import ASSESS
from waardig.cases.queries import assessments_of, case, events_of
from waardig.cases.terms import Assessment, CaseState, EventKind, Lane
from waardig.outbox.terms import Job, JobState
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact


def assessed(person: UUID, **declared: Any) -> Assessment:
    found = an_assessed(person, declaration=a_declaration(**declared))
    assessment = assessments_of([found.id])[found.id]
    expected = CaseState.PREPARED if assessment.lane is Lane.PREPARED else CaseState.BY_HAND
    assert found.state is expected
    return assessment


def test_a_full_grant_without_any_doubt_is_prepared(db: None, owner: psycopg.Connection) -> None:
    person = a_resident().person

    found = assessed(person)

    assert (found.lane, found.amount_eurocent, found.reasons, found.as_of) == (Lane.PREPARED, AMOUNT, (), TODAY)
    assert len(found.rule_set) == 64
    assert lines(owner, person, "iit.aanvraag").count("allow") == 2  # the receipt, and reading for the law


def test_declared_savings_take_the_place_of_the_old_value(db: None) -> None:
    rich_before = assessed(a_resident(uitkeringen__vermogen=900_000).person, wealth_eurocent=80_000)
    rich_now = assessed(a_resident(uitkeringen__vermogen=0).person, wealth_eurocent=900_000)

    assert (rich_before.lane, rich_before.amount_eurocent) == (Lane.PREPARED, AMOUNT)
    assert (rich_now.lane, rich_now.amount_eurocent, rich_now.reasons) == (Lane.BY_HAND, None, ("vermogen_voldoet",))


def test_i_do_not_know_goes_to_a_person_also_when_an_old_value_is_there(db: None) -> None:
    found = assessed(a_resident(uitkeringen__vermogen=0).person, wealth_eurocent=None)

    assert (found.lane, found.amount_eurocent, found.reasons) == (Lane.BY_HAND, None, ("unknown:vermogen",))


def test_a_changed_household_goes_to_a_person(db: None) -> None:
    found = assessed(a_resident().person, household_unchanged=False, household_note="Mijn zus woont bij mij.")

    assert (found.lane, found.amount_eurocent, found.reasons) == (Lane.BY_HAND, AMOUNT, ("household_changed",))


def test_a_partner_whom_the_proposal_did_not_know_goes_to_a_person(db: None) -> None:
    person, other = a_resident().person, a_resident().person
    application = an_application(person)
    store_facts([NewFact(person, "uitkeringen.partner", {"person": str(other)}, date(2025, 1, 1))])

    work()

    found = assessments_of([application.id])[application.id]
    assert found.lane is Lane.BY_HAND
    assert "household_changed" in found.reasons
    assert found.amount_eurocent is None  # the partner was not read, so what needs them is unknown


def test_a_remark_goes_to_a_person(db: None) -> None:
    found = assessed(a_resident().person, something_wrong="Mijn inkomen klopt niet.")

    assert (found.lane, found.reasons) == (Lane.BY_HAND, ("something_wrong",))


def test_an_open_report_goes_to_a_person(db: None) -> None:
    known = a_resident()
    actions.report_wrong(
        known.person, "brp.naam", known.facts["brp.naam"], should_be="de Vos", explanation="",
        actor=resident(known.person), on=TODAY,
    )  # fmt: skip

    found = assessed(known.person)

    assert (found.lane, found.reasons) == (Lane.BY_HAND, ("something_wrong",))


def test_no_right_goes_to_a_person_and_is_never_refused_by_itself(db: None) -> None:
    person = a_resident(uitkeringen__norm=140_601).person
    application = an_assessed(person)

    found = assessments_of([application.id])[application.id]

    assert (found.lane, found.reasons, found.amount_eurocent) == (Lane.BY_HAND, ("inkomen_voldoet",), None)
    assert application.state is CaseState.BY_HAND


def test_a_case_in_the_sample_goes_to_a_person(db: None, draw_everybody: Callable[[], None]) -> None:
    draw_everybody()

    found = assessed(a_resident().person)

    assert (found.lane, found.sampled, found.amount_eurocent) == (Lane.BY_HAND, True, AMOUNT)
    assert found.reasons == ("sampled",)


def test_an_open_norm_that_no_rule_presumes_goes_to_a_person(db: None) -> None:
    """Benefit since a year only, an income of one's own before that: the policy rule says nothing about prospects."""
    person = a_resident(uitkeringen__status=LEFT_OUT).person
    store_facts([NewFact(person, "uitkeringen.status", "lopend", date(2024, 5, 1))])

    found = assessed(person)

    assert (found.lane, found.amount_eurocent) == (Lane.BY_HAND, None)
    assert found.reasons == ("unknown:geen_uitzicht_op_inkomensverbetering",)


def test_a_grant_less_than_twelve_months_ago_goes_to_a_person(db: None) -> None:
    found = assessed(a_resident(uitkeringen__laatste_iit="2024-05-14").person)

    assert (found.lane, found.reasons) == (Lane.BY_HAND, ("toekenning_lang_genoeg_geleden",))


def test_a_couple_is_judged_together(db: None) -> None:
    first, second = a_couple()

    application = an_assessed(first, second)

    found = assessments_of([application.id])[application.id]
    assert (found.lane, found.amount_eurocent, found.household_type) == (Lane.PREPARED, 74_589, "PAAR")


def test_a_repeat_does_nothing(db: None) -> None:
    application = an_assessed(a_resident().person)
    before = events_of(application.id)
    job = Job(1, ASSESS, "again", {"case": str(application.id)}, before[0].at, 2, None, "", JobState.LEASED)

    assert jobs.assess([job]) == {}

    assert events_of(application.id) == before
    assert [event.kind for event in before].count(EventKind.ASSESSED) == 1


def test_a_refusal_of_the_gate_leaves_the_application_waiting_and_the_next_case_goes_on(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, fine = an_application(a_resident().person), an_application(a_resident().person)
    real = ask

    def gate(request: Any) -> Any:
        if request.case == refused.id:
            raise AccessRefused("iit.aanvraag", (Reason("population", "x", "x", {}),))
        return real(request)

    monkeypatch.setattr("waardig.cases.actions.reading.access.ask", gate)
    work()
    assert (case(refused.id).state, case(fine.id).state) == (CaseState.RECEIVED, CaseState.PREPARED)

    monkeypatch.undo()
    jobs.assess([Job(1, ASSESS, "retry", {"case": str(refused.id)}, TODAY, 2, None, "", JobState.LEASED)])  # type: ignore[arg-type]
    assert case(refused.id).state is not CaseState.RECEIVED


def test_an_earlier_declaration_does_not_count_for_a_later_application(db: None) -> None:
    """What was told with another case stays with that case."""
    person = a_resident().person
    source = "opgave bij RW 2024 0009"
    store_facts([NewFact(person, "opgave.opmerking", "Oud verhaal", date(2024, 1, 1), source=source)])

    assert assessed(person).lane is Lane.PREPARED


def test_a_draft_does_not_count_before_it_is_sent(db: None) -> None:
    person = a_resident(uitkeringen__vermogen=0).person
    proposal = a_proposal(person)
    actions.say_yes(proposal.id, actor=resident(person), on=TODAY)
    actions.declare(proposal, {"vermogen": 900_000}, on=TODAY)

    reader = actions.Reader("iit.aanvraag", resident(person), proposal.id)
    household = actions.read_household(proposal.service, proposal, as_of=TODAY, reader=reader)

    assert household.inputs["vermogen"].value == 0
    assert household.declared(proposal.number) == {"vermogen": 900_000}
