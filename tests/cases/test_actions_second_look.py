"""Please look again: by somebody else, stops no term, corrects a mistake, becomes an objection with its day."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import psycopg
import pytest

from tests.cases.builders import (
    AMOUNT,
    MAY_12,
    TODAY,
    WILLEM,
    a_proposal,
    a_resident,
    decide,
    letters,
    prepared,
    resident,
)
from tests.cases.objecting import BECAUSE, FULL, MAY_20, PETRA, object_to, refused, unfounded
from waardig.cases import models
from waardig.cases.actions import reviewing, second_look
from waardig.cases.queries import case, decisions_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseState, CaseUnknown, DecisionOutcome, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import AmountTooLow, LookOutcome, SameOfficial
from waardig.outbox.models import Job

ANSWER = "Wij telden het loon goed: het stond op uw loonstrook van maart."
REMARK = "Klopt het loon van maart wel?"


def test_a_second_look_says_that_the_objection_term_goes_on(db: None) -> None:
    about, decision = refused()

    found = second_look.ask_second_look(about.id, about.applicant, REMARK, actor=resident(about.applicant), on=MAY_20)
    again = second_look.ask_second_look(about.id, about.applicant, "", actor=resident(about.applicant), on=MAY_20)

    assert (found.answer_by, found.objection_until, again) == (date(2025, 6, 4), decision.objection_until, found)
    (receipt,) = letters(found.case)
    assert "loopt door, tot en met maandag 23 juni 2025" in receipt
    assert "antwoordt uiterlijk woensdag 4 juni 2025" in receipt


def test_somebody_else_explains_and_may_then_not_handle_the_objection(db: None) -> None:
    about, decision = refused()
    me = resident(about.applicant)
    found = second_look.ask_second_look(about.id, about.applicant, REMARK, actor=me, on=MAY_20)

    with pytest.raises(SameOfficial):
        second_look.answer_second_look(found.case, WILLEM, ANSWER, on=MAY_20)
    with pytest.raises(OwnReasonsMissing):
        second_look.answer_second_look(found.case, PETRA, "Nee.", on=MAY_20)
    assert second_look.answer_second_look(found.case, PETRA, ANSWER, on=MAY_20) is None

    assert case(found.case).state is CaseState.ANSWERED
    assert "U kunt bezwaar maken tegen het besluit, tot en met maandag 23 juni 2025." in letters(found.case)[-1]
    objection = object_to(about, decision, on=MAY_20)
    with pytest.raises(SameOfficial):
        reviewing.decide_objection(objection.case, PETRA, unfounded(), on=MAY_20)


def test_a_clear_mistake_is_put_right_with_a_new_decision_and_the_difference(
    db: None, owner: psycopg.Connection
) -> None:
    (about,) = prepared(1)
    why = "Wij geven een deel, want het huishouden veranderde in de loop van het jaar."
    decide(about, DecisionOutcome.GRANT, amount_eurocent=40_000, reasons=why, on=MAY_12)
    owner.execute("DELETE FROM outbox_job WHERE topic = 'payments.order'")
    me = resident(about.applicant)
    found = second_look.ask_second_look(about.id, about.applicant, "", actor=me, on=MAY_20)

    with pytest.raises(AmountTooLow):
        second_look.answer_second_look(found.case, PETRA, ANSWER, new_amount_eurocent=40_000, on=MAY_20)
    decision = second_look.answer_second_look(found.case, PETRA, ANSWER, new_amount_eurocent=AMOUNT, on=MAY_20)

    assert decision is not None
    assert (decision.outcome, decision.amount_eurocent) == (DecisionOutcome.REVISED, AMOUNT - 40_000)
    first = decisions_of([about.id])[about.id]
    assert (first.amount_eurocent, reads.stands_as(first)) == (40_000, (DecisionOutcome.GRANT, AMOUNT))
    assert [job.payload for job in Job.objects.filter(topic="payments.order")] == [{"decision": str(decision.id)}]
    assert "Wij hebben ons besluit verbeterd" in letters(found.case)[-1]
    assert reads.second_look(found.case).outcome is LookOutcome.REVISED


def test_a_second_look_becomes_an_objection_with_the_day_of_the_question(db: None) -> None:
    about, decision = refused()
    me = resident(about.applicant)
    found = second_look.ask_second_look(about.id, about.applicant, BECAUSE, actor=me, on=date(2025, 6, 23))

    objection = second_look.turn_into_objection(found.case, FULL, actor=me, on=date(2025, 7, 8))
    again = second_look.turn_into_objection(found.case, FULL, actor=me, on=date(2025, 7, 8))

    assert (objection.received_on, objection.is_timely, again.case) == (date(2025, 6, 23), True, objection.case)
    turned = reads.second_look(found.case)
    assert (turned.objection, turned.outcome, turned.state) == (objection.case, LookOutcome.OBJECTION, "answered")
    assert objection.decision == decision.id


def test_a_proposal_can_be_looked_at_again_but_not_objected_to(db: None) -> None:
    person = a_resident().person
    about = a_proposal(person)

    found = second_look.ask_second_look(about.id, person, "", actor=resident(person), on=TODAY)

    assert found.objection_until is None
    assert "Bij deze vraag loopt geen termijn voor bezwaar." in letters(found.case)[-1]
    with pytest.raises(StepNotPossible):
        second_look.turn_into_objection(found.case, FULL, actor=resident(person), on=TODAY)
    with pytest.raises(StepNotPossible):
        second_look.answer_second_look(found.case, PETRA, ANSWER, new_amount_eurocent=AMOUNT, on=TODAY)
    assert second_look.answer_second_look(found.case, PETRA, ANSWER, on=TODAY) is None
    with pytest.raises(CaseUnknown):
        second_look.ask_second_look(about.id, uuid4(), "", actor=resident(person), on=TODAY)
    assert models.SecondLook.objects.count() == 1
