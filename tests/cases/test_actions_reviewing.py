"""Handling and deciding an objection: by somebody else, after a chance to repair and to be heard, with what is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError

from tests.cases.builders import AMOUNT, WILLEM, choose_english, letters, lines, resident
from tests.cases.objecting import (
    BECAUSE,
    JUNE_23,
    MAY_20,
    PETRA,
    an_objection,
    object_to,
    refused,
    unfounded,
    upheld,
)
from waardig.cases import models
from waardig.cases.actions import hearing, objecting, reviewing
from waardig.cases.queries import case, decisions_of, events_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import (
    BeyondMandate,
    CaseState,
    DecisionOutcome,
    EventKind,
    Official,
    OwnReasonsMissing,
    StepNotPossible,
)
from waardig.cases.terms.objections import (
    AmountTooLow,
    ChanceNotGiven,
    HearingGround,
    HearingMissing,
    HearingPlan,
    HearingReasonMissing,
    HearingTooSoon,
    ObjectionText,
    PostponementNotPossible,
    SameOfficial,
)
from waardig.outbox.models import Job

PLAN = HearingPlan(date(2025, 6, 12), "10.00 uur", "Stadhuis, Markt 1, kamer 3")
REPORT = "Meneer Vos zegt dat hij in maart maar één week werkte. Hij laat de loonstrook zien."


def test_who_took_the_first_decision_cannot_handle_or_decide(db: None, owner: psycopg.Connection) -> None:
    found = an_objection()

    for refused_step in (
        lambda: hearing.take_objection(found.case, WILLEM, on=MAY_20),
        lambda: hearing.invite(found.case, WILLEM, PLAN, on=MAY_20),
        lambda: reviewing.decide_objection(found.case, WILLEM, unfounded(), on=MAY_20),
    ):
        with pytest.raises(SameOfficial):
            refused_step()
    assert case(found.case).state is CaseState.OPEN
    assert reads.objection(found.case).handler == ""
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE cases_objection SET handler = first_official")
    with pytest.raises(IntegrityError):
        models.Review.objects.create(
            decision_id=found.decision, against_id=found.decision, decided_by=WILLEM.id, first_official=WILLEM.id
        )


def test_an_upheld_objection_takes_the_place_of_the_refusal_and_orders_the_payment(
    db: None, owner: psycopg.Connection
) -> None:
    found = an_objection()

    decision = reviewing.decide_objection(found.case, PETRA, upheld(), on=JUNE_23)

    assert (decision.outcome, decision.amount_eurocent, decision.official) == (
        DecisionOutcome.UPHELD,
        AMOUNT,
        PETRA.id,
    )
    first = reads.decision(found.decision)
    assert (first.outcome, reads.stands_as(first)) == (DecisionOutcome.REFUSE, (DecisionOutcome.GRANT, AMOUNT))
    assert case(found.case).state is CaseState.DECIDED
    assert [job.payload for job in Job.objects.filter(topic="payments.order")] == [{"decision": str(decision.id)}]
    told = letters(found.case)[-1]
    assert "U hebt gelijk: wij veranderen ons besluit" in told
    assert "€ 521,97" in told
    assert "U kunt naar de rechter: in beroep bij de rechtbank. Dat kan tot en met maandag 4 augustus 2025." in told
    assert "u liet weten dat u geen gesprek wilde" in told
    assert lines(owner, found.person, "iit.bezwaar") == ["allow"]


def test_a_partly_upheld_objection_gives_what_it_gives(db: None) -> None:
    about, first = refused()
    found = object_to(about, first, on=MAY_20)

    partly = reviewing.decide_objection(
        found.case, PETRA, upheld(outcome=DecisionOutcome.PARTLY, new_amount_eurocent=40_000), on=MAY_20
    )

    assert (partly.amount_eurocent, reads.stands_as(first)) == (40_000, (DecisionOutcome.GRANT, 40_000))


@pytest.mark.parametrize(
    ("ruling", "refusal"),
    [
        (unfounded(outcome=DecisionOutcome.INADMISSIBLE), ChanceNotGiven),
        (unfounded(hearing_ground=None), HearingMissing),
        (unfounded(hearing_ground=HearingGround.NO_ANSWER), HearingMissing),
        (unfounded(hearing_ground=HearingGround.FULLY_MET), HearingMissing),
        (unfounded(hearing_ground=HearingGround.PLAINLY_UNFOUNDED), HearingReasonMissing),
        (unfounded(hearing_ground=HearingGround.PLAINLY_UNFOUNDED, hearing_why="Kansloos"), HearingReasonMissing),
        (unfounded(reasons="Nee."), OwnReasonsMissing),
        (upheld(new_amount_eurocent=0), AmountTooLow),
        (upheld(new_outcome=None), StepNotPossible),
        (unfounded(new_outcome=DecisionOutcome.GRANT, new_amount_eurocent=100), StepNotPossible),
        (upheld(outcome=DecisionOutcome.GRANT), StepNotPossible),
        (upheld(new_amount_eurocent=600_000), BeyondMandate),
    ],
)
def test_what_leaves_out_a_step_of_the_law_is_refused_and_nothing_changes(
    db: None, ruling: Any, refusal: type[Exception]
) -> None:
    found = an_objection()

    with pytest.raises(refusal):
        reviewing.decide_objection(found.case, PETRA, ruling, on=MAY_20)

    assert case(found.case).state is CaseState.OPEN
    assert decisions_of([found.case]) == {}
    assert Job.objects.filter(topic="payments.order").count() == 0


def test_inadmissible_only_after_the_chance_to_repair(db: None) -> None:
    found = an_objection(ObjectionText(wants_hearing=False))
    ruling = unfounded(
        outcome=DecisionOutcome.INADMISSIBLE,
        hearing_ground=HearingGround.PLAINLY_INADMISSIBLE,
        hearing_why="Het bezwaar kwam drie weken na de termijn, zonder reden.",
    )

    with pytest.raises(ChanceNotGiven):
        reviewing.decide_objection(found.case, PETRA, ruling, on=date(2025, 6, 3))
    decision = reviewing.decide_objection(found.case, PETRA, ruling, on=date(2025, 6, 4))

    assert decision.outcome is DecisionOutcome.INADMISSIBLE
    assert reads.stands_as(reads.decision(found.decision)) == (DecisionOutcome.REFUSE, None)
    assert "Wij kunnen uw bezwaar niet behandelen" in letters(found.case)[-1]


def test_who_chose_english_is_invited_in_english_at_an_english_hour(db: None) -> None:
    found = an_objection(ObjectionText(reasons=BECAUSE, wants_hearing=True))
    choose_english(case(found.case).applicant)

    hearing.invite(found.case, PETRA, PLAN, on=MAY_20)

    told = letters(found.case, english=True)[-1]
    assert "We invite you for a talk" in told
    assert "Thursday 12 June 2025, 10:00" in told and "uur" not in told
    assert "Stadhuis, Markt 1, kamer 3" in told


def test_the_resident_is_invited_heard_and_gets_the_report(db: None) -> None:
    found = an_objection(ObjectionText(reasons=BECAUSE, wants_hearing=True))

    planned = hearing.invite(found.case, PETRA, PLAN, on=MAY_20)
    hearing.report_hearing(found.case, PETRA, REPORT, held_on=PLAN.on, on=PLAN.on)
    reviewing.decide_objection(found.case, PETRA, unfounded(hearing_ground=None), on=PLAN.on)

    assert (planned.papers_until, planned.inspection_from) == (date(2025, 6, 2), MAY_20)
    invitation, report, decision = letters(found.case)[1:]
    assert "donderdag 12 juni 2025, 10.00 uur" in invitation
    assert "U kunt nog stukken sturen tot en met maandag 2 juni 2025." in invitation
    assert "loonstrook" in report
    assert "Wij spraken u op donderdag 12 juni 2025." in decision
    kinds = [event.kind for event in events_of(found.case)]
    assert kinds == [
        EventKind.OBJECTED,
        EventKind.TAKEN,
        EventKind.INVITED,
        EventKind.HEARD,
        EventKind.DECIDED,
    ]


def test_a_hearing_within_ten_days_asks_the_residents_consent(db: None) -> None:
    found = an_objection()
    soon = HearingPlan(date(2025, 5, 29), "9.00 uur", "088 000 01 20", by_phone=True)

    with pytest.raises(HearingTooSoon):
        hearing.invite(found.case, PETRA, soon, on=MAY_20)

    assert reads.hearing(found.case) is None
    assert hearing.invite(found.case, PETRA, soon, agreed=True, on=MAY_20).plan == soon


def test_putting_off_is_once_for_six_weeks_and_further_only_with_consent(db: None) -> None:
    found = an_objection()
    why = "Wij wachten nog op de loonstrook van uw werkgever."

    with pytest.raises(PostponementNotPossible):
        hearing.postpone(found.case, PETRA, until=date(2025, 9, 16), why=why, consent=False, on=JUNE_23)
    hearing.postpone(found.case, PETRA, until=date(2025, 9, 15), why=why, consent=False, on=JUNE_23)
    with pytest.raises(PostponementNotPossible):
        hearing.postpone(found.case, PETRA, until=date(2025, 9, 29), why=why, consent=False, on=JUNE_23)
    hearing.postpone(found.case, PETRA, until=date(2025, 9, 29), why=why, consent=True, on=JUNE_23)

    assert case(found.case).decide_by == date(2025, 9, 29)
    assert "Wij beslissen nu uiterlijk maandag 29 september 2025" in letters(found.case)[-1]


def test_a_colleague_takes_over_before_going_on(db: None) -> None:
    found = an_objection()
    colleague = Official("k.derde", "Kim Derde", "beslisser", 500_000)
    hearing.take_objection(found.case, PETRA, on=MAY_20)

    with pytest.raises(StepNotPossible):
        hearing.invite(found.case, colleague, PLAN, on=MAY_20)
    hearing.take_objection(found.case, colleague, on=MAY_20)

    assert hearing.invite(found.case, colleague, PLAN, on=MAY_20).plan == PLAN


def test_a_wish_about_the_hearing_can_change_until_the_decision(db: None) -> None:
    found = an_objection()

    hearing.record_hearing_wish(found.case, wants=True, actor=resident(found.person), on=MAY_20)

    assert reads.objection(found.case).wants_hearing is True
    with pytest.raises(HearingMissing):
        reviewing.decide_objection(found.case, PETRA, unfounded(), on=MAY_20)
    objecting.withdraw_objection(found.case, actor=resident(found.person), on=MAY_20)
    with pytest.raises(StepNotPossible):
        reviewing.decide_objection(found.case, PETRA, unfounded(), on=MAY_20)


def test_why_nobody_was_heard_stands_in_the_decision_and_its_letter(db: None) -> None:
    found = an_objection()
    why = "De norm staat in de wet en laat geen ruimte."

    decision = reviewing.decide_objection(
        found.case,
        PETRA,
        unfounded(hearing_ground=HearingGround.PLAINLY_UNFOUNDED, hearing_why=why),
        on=MAY_20,
    )

    told = letters(found.case)[-1]
    assert "uw bezwaar is duidelijk ongegrond" in told
    assert why in told
    review = reads.review(decision.id)
    assert review is not None
    assert review.hearing_ground == "b"


def test_who_was_heard_is_never_told_that_they_were_not(db: None) -> None:
    found = an_objection()
    hearing.invite(found.case, PETRA, PLAN, on=MAY_20)
    hearing.report_hearing(found.case, PETRA, REPORT, held_on=PLAN.on, on=PLAN.on)

    decision = reviewing.decide_objection(
        found.case,
        PETRA,
        unfounded(hearing_ground=HearingGround.PLAINLY_UNFOUNDED, hearing_why="De norm laat geen ruimte."),
        on=PLAN.on,
    )

    told = letters(found.case)[-1]
    assert "Wij spraken u op" in told
    assert "Wij hoorden u niet" not in told
    assert "De norm laat geen ruimte." not in told
    review = reads.review(decision.id)
    assert review is not None
    assert review.hearing_ground == ""


def test_a_talk_that_was_given_up_and_asked_again_is_held_or_the_decision_is_refused(db: None) -> None:
    found = an_objection(ObjectionText(reasons=BECAUSE, wants_hearing=True))
    me = resident(found.person)

    hearing.record_hearing_wish(found.case, wants=False, actor=me, on=MAY_20)
    hearing.record_hearing_wish(found.case, wants=False, actor=me, on=MAY_20)
    hearing.record_hearing_wish(found.case, wants=True, actor=me, on=MAY_20)

    said = [event.code for event in events_of(found.case) if event.kind is EventKind.HEARING_ANSWERED]
    assert said == ["no", "yes"]
    with pytest.raises(HearingMissing):
        reviewing.decide_objection(found.case, PETRA, unfounded(), on=MAY_20)
    assert decisions_of([found.case]) == {}
