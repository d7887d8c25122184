"""Too late: a notice counts after our last day, the law file counts the money, a decision fixes and pays it."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest

from tests.cases.builders import AMOUNT, REASONS, WILLEM, a_resident, an_application, letters, resident, work
from tests.cases.objecting import PETRA, an_objection
from waardig.cases import actions, models
from waardig.cases.actions import objecting, penalty
from waardig.cases.queries import case, events_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case, CaseState, DecisionOutcome, EventKind, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import AmountTooLow, NotLateYet, Penalty
from waardig.outbox.models import Job

DUE = date(2025, 6, 23)
WHY = "Wij waren te laat. Zo veel dagen tellen volgens de wet."


def a_late_case() -> Case:
    found = an_application(a_resident().person)
    work()
    return case(found.id)


def urge(found: Case, on: date = DUE + timedelta(days=1)) -> Penalty:
    return penalty.urge(found.id, found.applicant, actor=resident(found.applicant), on=on)


def decide_on(found: Case, on: date) -> None:
    actions.decide(found.id, WILLEM, DecisionOutcome.GRANT, actor_kind="employee", reasons=REASONS,
                   amount_eurocent=AMOUNT, on=on)  # fmt: skip


def test_a_notice_before_our_last_day_is_refused_with_the_day(db: None) -> None:
    found = a_late_case()
    assert found.decide_by == DUE

    with pytest.raises(NotLateYet) as refused:
        urge(found, on=DUE)

    assert refused.value.due_on == DUE
    assert models.Penalty.objects.count() == 0


def test_a_notice_gets_a_receipt_with_the_days_and_the_most(db: None) -> None:
    found = a_late_case()

    given = urge(found)
    again = urge(found, on=date(2025, 7, 1))

    assert (given.decide_before, given.first_day, given.last_day) == (
        date(2025, 7, 8),
        date(2025, 7, 9),
        date(2025, 8, 19),
    )
    assert again == given
    (receipt,) = letters(given.case)
    assert "Dat ligt aan ons." in receipt
    assert "€ 20 per dag" in receipt
    assert "Hoogstens € 1.260." in receipt
    assert "tekst van de wet van 1 januari 2015" in receipt


def test_a_decision_within_two_weeks_costs_nothing(db: None) -> None:
    found = a_late_case()
    given = urge(found)

    decide_on(found, date(2025, 7, 8))

    assert case(given.case).state is CaseState.ANSWERED
    assert [event.kind for event in events_of(given.case)] == [EventKind.URGED, EventKind.NOTHING_DUE]
    with pytest.raises(StepNotPossible):
        penalty.settle_penalty(given.case, PETRA, amount_eurocent=0, reasons=WHY, on=date(2025, 7, 9))


def test_the_penalty_is_fixed_by_decision_and_becomes_a_payment_order(db: None, owner: psycopg.Connection) -> None:
    found = a_late_case()
    given = urge(found)
    counted = reads.penalty_sum(given, on=date(2025, 7, 23))
    assert (counted.days, counted.amount_eurocent, counted.per_day_eurocent) == (15, 31_000, 3_000)
    with pytest.raises(StepNotPossible):
        penalty.settle_penalty(given.case, PETRA, amount_eurocent=31_000, reasons=WHY, on=date(2025, 7, 23))

    decide_on(found, date(2025, 7, 24))
    owner.execute("DELETE FROM outbox_job WHERE topic = 'payments.order'")
    with pytest.raises(AmountTooLow):
        penalty.settle_penalty(given.case, PETRA, amount_eurocent=30_999, reasons=WHY, on=date(2025, 7, 25))
    with pytest.raises(OwnReasonsMissing):
        penalty.settle_penalty(given.case, PETRA, amount_eurocent=31_000, reasons="Kort", on=date(2025, 7, 25))
    decision = penalty.settle_penalty(given.case, PETRA, amount_eurocent=31_000, reasons=WHY, on=date(2025, 7, 25))

    assert (decision.outcome, decision.amount_eurocent) == (DecisionOutcome.PENALTY, 31_000)
    assert reads.penalty_sum(reads.penalty(given.case), on=date(2025, 9, 1)).settle_by == date(2025, 8, 6)
    assert [job.payload for job in Job.objects.filter(topic="payments.order")] == [{"decision": str(decision.id)}]
    told = letters(given.case)[-1]
    assert "U krijgt € 310 omdat wij te laat waren" in told
    assert "U kunt bezwaar maken." in told


def test_after_forty_two_days_it_can_be_fixed_and_never_grows(db: None) -> None:
    found = a_late_case()
    given = urge(found)

    assert reads.penalty_sum(given, on=date(2025, 12, 1)).amount_eurocent == 126_000
    decision = penalty.settle_penalty(given.case, PETRA, amount_eurocent=126_000, reasons=WHY, on=date(2025, 8, 20))

    assert decision.amount_eurocent == 126_000


def test_an_objection_that_is_late_can_be_urged_and_a_withdrawal_ends_it(db: None) -> None:
    objection = an_objection()
    known = case(objection.case)

    given = penalty.urge(known.id, objection.person, actor=resident(objection.person), on=date(2025, 8, 5))
    objecting.withdraw_objection(known.id, actor=resident(objection.person), on=date(2025, 8, 6))

    assert (given.due_on, case(given.case).state) == (date(2025, 8, 4), CaseState.ANSWERED)
