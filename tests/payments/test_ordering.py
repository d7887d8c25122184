"""One order per decision, whatever happens; a revised decision pays only the difference, and claims nothing back."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cases.builders import MAY_12, a_proposal, at_the_same_moment, by_hand, decide
from tests.payments.builders import (
    NADIA,
    a_draft,
    a_grant,
    a_released,
    account,
    an_order,
    pain002,
    revised,
    take_in,
    work,
)
from waardig.cases import models as cases
from waardig.outbox.actions import enqueue, replay
from waardig.outbox.terms import NewJob
from waardig.payments import actions, models, queries
from waardig.payments.terms import NewOrder, Order, OrderKind, OrderNotPossible, OrderState


def orders(case: UUID) -> list[tuple[str, str, int, str, str]]:
    found = queries.orders_of_cases([case]).get(case, ())
    return [(o.number.rpartition("-")[2], o.kind.value, o.amount_eurocent, o.state.value, o.reason) for o in found]


def test_a_grant_gives_one_order_with_amount_and_last_day(db: None) -> None:
    granted = a_grant()
    assert queries.orders_of_cases([granted.case]) == {}

    work()

    (found,) = queries.orders_of_cases([granted.case])[granted.case]
    assert (found.kind, found.amount_eurocent, found.state) == (OrderKind.GRANT, 52197, OrderState.READY)
    assert (found.pay_by, found.decided_by) == (date(2025, 6, 23), "w.degraaf")
    assert found.number == "RW-2025-0001-B1"


def test_a_refusal_orders_nothing(db: None) -> None:
    refused = decide(by_hand())

    work()

    assert queries.orders_of_cases([refused.case]) == {}


def test_the_same_job_again_orders_nothing_new(db: None) -> None:
    granted = a_grant()
    work()
    from waardig.outbox.models import Job

    Job.objects.filter(topic="payments.order").update(state="dead")
    jobs = list(Job.objects.filter(topic="payments.order").values_list("id", flat=True))
    assert replay(jobs, by="b.heer") == 1

    work()

    assert orders(granted.case) == [("B1", "grant", 52197, "ready", "")]
    assert [
        e.kind.value for e in queries.events_of([models.Order.objects.get().id])[models.Order.objects.get().id]
    ] == ["ordered"]


def test_two_that_order_the_same_decision_at_the_same_moment_make_one_order(db: None) -> None:
    granted = a_grant()
    new = NewOrder(granted.id, granted.case, "RW 2025 0001", "x", uuid4(), 52197, MAY_12, "w.degraaf")

    both = at_the_same_moment(lambda: actions.order(new, on=MAY_12), lambda: actions.order(new, on=MAY_12))

    assert len({one.id for one in both if isinstance(one, Order)}) == 1
    assert models.Order.objects.count() == 1


def test_the_database_keeps_a_decision_to_one_order_and_never_owes_less_than_nothing(db: None) -> None:
    found = models.Order.objects.get(id=an_order().id)
    found.id, found.number = uuid4(), "RW-2025-0001-B9"
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)
    found.decision, found.amount_eurocent = uuid4(), -1
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)
    assert models.Order.objects.count() == 1


def test_more_on_objection_pays_only_the_difference_when_the_first_was_sent(db: None) -> None:
    granted = a_grant(iban="NL91ABNA0417164300")
    work()
    listed = actions.make_list(NADIA, on=MAY_12).list
    assert listed
    actions.release(listed.id, "j.dekker", on=MAY_12)

    revised(granted, 60_000, key=uuid4())

    assert orders(granted.case) == [("B1", "grant", 52197, "released", ""), ("B2", "difference", 7803, "ready", "")]


def test_more_on_objection_takes_the_place_of_what_was_not_sent_yet(db: None) -> None:
    granted = a_grant()
    work()
    listed = actions.make_list(NADIA, on=MAY_12).list
    assert listed and listed.count == 1

    revised(granted, 60_000, key=uuid4())

    assert orders(granted.case) == [
        ("B1", "grant", 52197, "cancelled", "replaced"),
        ("B2", "grant", 60000, "ready", ""),
    ]
    emptied = queries.payment_list(listed.id)
    assert (emptied.state.value, emptied.count, emptied.total_eurocent) == ("withdrawn", 0, 0)


def test_less_on_objection_goes_to_a_person_and_claims_nothing_back(db: None) -> None:
    granted = a_grant()
    work()
    listed = actions.make_list(NADIA, on=MAY_12).list
    assert listed
    actions.release(listed.id, "j.dekker", on=MAY_12)

    second = revised(granted, 40_000, key=uuid4())

    assert orders(granted.case)[1] == ("B2", "difference", 0, "to_person", "lower_than_paid")
    assert second.difference_eurocent == -12197
    with pytest.raises(OrderNotPossible):
        actions.pay_again(second.id, NADIA, on=MAY_12)
    assert actions.cancel(second.id, NADIA, "looked_at", on=MAY_12).state is OrderState.CANCELLED


def test_the_same_amount_on_objection_pays_nothing_more(db: None) -> None:
    granted = a_grant()
    work()
    listed = actions.make_list(NADIA, on=MAY_12).list
    assert listed
    actions.release(listed.id, "j.dekker", on=MAY_12)

    revised(granted, 52197, key=uuid4())

    assert orders(granted.case)[1] == ("B2", "difference", 0, "nothing", "")


def test_what_came_back_from_the_bank_counts_as_not_paid_when_a_decision_is_revised(db: None) -> None:
    listed = a_released()
    (line,) = queries.lines_of(listed.id)
    take_in(pain002((line.order.number, "RJCT", "AC04")))
    case = line.order.case

    with transaction.atomic():
        actions.order(
            NewOrder(uuid4(), case, "RW 2025 0001", line.order.service, line.order.beneficiary, 60_000, MAY_12,
                     "w.degraaf", revised=True),
            on=MAY_12,
        )  # fmt: skip

    assert [(state, amount) for _, _, amount, state, _ in orders(case)] == [("cancelled", 52197), ("ready", 60_000)]


def test_a_penalty_is_paid_besides_the_grant(db: None) -> None:
    granted = a_grant()
    work()
    (first,) = queries.orders_of_cases([granted.case])[granted.case]

    with transaction.atomic():
        actions.order(
            NewOrder(uuid4(), granted.case, "RW 2025 0001", first.service, first.beneficiary, 23_000, MAY_12, "x",
                     kind=OrderKind.PENALTY, revised=True),
            on=MAY_12,
        )  # fmt: skip

    assert orders(granted.case) == [("B1", "grant", 52197, "ready", ""), ("B2", "penalty", 23000, "ready", "")]


def test_an_order_can_be_stopped_until_its_list_is_released(db: None) -> None:
    draft = a_draft(2)
    first, second = queries.lines_of(draft.id)

    stopped = actions.cancel(first.order.id, NADIA, "asked", on=MAY_12)

    assert (stopped.state, stopped.reason) == (OrderState.CANCELLED, "asked")
    now = queries.payment_list(draft.id)
    assert (now.count, now.total_eurocent) == (1, 52197)
    actions.release(draft.id, "j.dekker", on=MAY_12, shown_eurocent=52197)
    with pytest.raises(OrderNotPossible):
        actions.cancel(second.order.id, NADIA, "asked", on=MAY_12)
    assert queries.order(second.order.id).state is OrderState.RELEASED


def test_a_decision_on_objection_pays_what_it_says_is_still_to_be_paid_and_a_penalty_is_paid_as_one(
    db: None,
) -> None:
    granted = a_grant()
    work()
    for amount, outcome in ((7_803, "upheld"), (23_000, "penalty")):
        case = a_proposal(queries.orders_of_cases([granted.case])[granted.case][0].beneficiary, key=outcome)
        decision = uuid4()
        with transaction.atomic():
            cases.Decision.objects.create(
                id=decision, case_id=case.id, outcome=outcome, amount_eurocent=amount, decided_on=MAY_12,
                decided_at="2025-05-12T10:00Z", actor_kind="employee", official="p.vandam", body="x", mandate="x",
                objection_until=MAY_12, pay_by=date(2025, 6, 23), document=uuid4(),
            )  # fmt: skip
            if outcome == "upheld":
                cases.Review.objects.create(
                    decision_id=decision, against_id=granted.id, decided_by="p.vandam", first_official="w.degraaf",
                    new_outcome="grant", new_amount_eurocent=60_000, payable_eurocent=amount,
                )  # fmt: skip
            enqueue([NewJob("payments.order", str(decision), {"decision": str(decision)})])
    work()

    found = sorted(models.Order.objects.values_list("kind", "amount_eurocent", "state"))
    assert found == [("difference", 7803, "ready"), ("grant", 52197, "ready"), ("penalty", 23000, "ready")]


def test_what_a_resident_gave_up_is_not_paid_any_more_but_what_is_with_the_bank_is(db: None) -> None:
    first, second = a_grant(), a_grant(uitkeringen__iban=account(4), iban=account(4))
    work()
    models.Order.objects.filter(decision=second.id).update(state="released")
    for decision in (first.id, second.id, uuid4()):
        with transaction.atomic():
            enqueue([NewJob("payments.cancel", str(decision), {"decision": str(decision)})])

    work()

    assert orders(first.case) == [("B1", "grant", 52197, "cancelled", "given_up")]
    assert orders(second.case) == [("B1", "grant", 52197, "released", "")]
