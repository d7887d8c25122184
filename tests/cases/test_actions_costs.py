"""Costs of an objection: asked before the decision, answered in it, paid once and only when the mistake was ours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from tests.cases.builders import AMOUNT, letters, resident
from tests.cases.objecting import BECAUSE, JUNE_23, MAY_20, PETRA, an_objection, unfounded, upheld
from tests.payments.builders import work
from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions import objecting, reviewing
from waardig.cases.queries import case, decisions_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseState, DecisionOutcome, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import Objection, ObjectionText
from waardig.cases.terms.ruling import CostsGround, CostsNotPossible, CostsRuling, CostsUnanswered, Ruling
from waardig.outbox.actions import enqueue
from waardig.outbox.models import Job
from waardig.outbox.terms import NewJob
from waardig.payments import queries as payments

ASKS = ObjectionText(reasons=BECAUSE, costs="Een advocaat en de trein", wants_hearing=False)
POINTS = "Bezwaarschrift: een punt. Het bedrag per punt staat in het besluit van dit jaar."
PAID = CostsRuling(CostsGround.GRANTED, POINTS, 64_700)


def no_costs(ground: CostsGround, **changes: Any) -> CostsRuling:
    given: dict[str, Any] = {"ground": ground, "reasons": "Wij leggen uit waarom wij deze kosten niet betalen."}
    return CostsRuling(**{**given, **changes})


def orders(of: UUID) -> list[tuple[str, str, int]]:
    found = payments.orders_of_cases([of]).get(of, ())
    return sorted((one.kind.value, one.state.value, one.amount_eurocent) for one in found)


def text_of(found: Objection) -> str:
    return str(letters(found.case)[-1])


def test_granted_costs_are_paid_once_besides_the_new_decision(db: None, owner: psycopg.Connection) -> None:
    found = an_objection(ASKS)

    decision = reviewing.decide_objection(found.case, PETRA, upheld(costs=PAID), on=JUNE_23)
    work()
    with transaction.atomic():
        enqueue([NewJob("payments.costs", "again", {"decision": str(decision.id)})])
    work()

    assert orders(found.case) == [("costs", "ready", 64_700), ("difference", "ready", AMOUNT)]
    with pytest.raises(psycopg.errors.UniqueViolation):
        owner.execute(
            "INSERT INTO payments_order SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(),"
            " 'number', 'RW-2025-0002-B9'))).* FROM payments_order o WHERE kind = 'costs'"
        )
    review = reads.review(decision.id)
    assert review is not None
    assert (review.costs_ground, review.costs_eurocent, review.payable_eurocent) == ("granted", 64_700, AMOUNT)
    told = text_of(found)
    assert "U vroeg om vergoeding van kosten." in told
    assert POINTS in told


def test_a_request_that_the_decision_does_not_answer_refuses_the_decision(db: None) -> None:
    found = an_objection(ASKS)

    for ruling in (upheld(), unfounded()):
        with pytest.raises(CostsUnanswered):
            reviewing.decide_objection(found.case, PETRA, ruling, on=JUNE_23)

    assert case(found.case).state is CaseState.OPEN
    assert decisions_of([found.case]) == {}
    assert not Job.objects.filter(topic="payments.costs").exists()


@pytest.mark.parametrize(
    "ruling",
    [
        unfounded(costs=PAID),
        unfounded(costs=no_costs(CostsGround.NOT_ATTRIBUTABLE)),
        unfounded(costs=no_costs(CostsGround.NOT_COMPENSABLE)),
        upheld(costs=no_costs(CostsGround.NOT_REVOKED)),
        upheld(costs=no_costs(CostsGround.NOT_ATTRIBUTABLE, eurocent=100)),
        upheld(costs=no_costs(CostsGround.NOT_COMPENSABLE, to_lawyer=True)),
        upheld(costs=CostsRuling(CostsGround.GRANTED, POINTS)),
        upheld(costs=CostsRuling(CostsGround.GRANTED, POINTS, 0)),
        upheld(costs=CostsRuling(CostsGround.GRANTED, POINTS, -5)),
    ],
)
def test_an_answer_about_costs_fits_the_decision_or_nothing_is_decided(db: None, ruling: Ruling) -> None:
    found = an_objection(ASKS)

    with pytest.raises(CostsNotPossible):
        reviewing.decide_objection(found.case, PETRA, ruling, on=JUNE_23)

    assert case(found.case).state is CaseState.OPEN
    assert decisions_of([found.case]) == {}


def test_costs_that_nobody_asked_for_are_refused_and_an_amount_needs_its_basis(db: None) -> None:
    quiet = an_objection()
    with pytest.raises(CostsNotPossible):
        reviewing.decide_objection(quiet.case, PETRA, upheld(costs=PAID), on=JUNE_23)
    objecting.complete_objection(quiet.case, ObjectionText(costs="De trein"), actor=_own(quiet), on=MAY_20)
    bare = CostsRuling(CostsGround.GRANTED, "Een punt", 64_700)
    with pytest.raises(OwnReasonsMissing):
        reviewing.decide_objection(quiet.case, PETRA, upheld(costs=bare), on=JUNE_23)
    assert case(quiet.case).state is CaseState.OPEN


@pytest.mark.parametrize(
    ("ruling", "said"),
    [
        (unfounded(costs=no_costs(CostsGround.NOT_REVOKED)), "want ons eerste besluit blijft staan"),
        (upheld(costs=no_costs(CostsGround.NOT_ATTRIBUTABLE)), "want de fout lag niet aan ons"),
        (upheld(costs=no_costs(CostsGround.NOT_COMPENSABLE)), "want de regels vergoeden deze kosten niet"),
    ],
)
def test_refused_costs_say_why_and_order_nothing(db: None, ruling: Ruling, said: str) -> None:
    found = an_objection(ASKS)

    decision = reviewing.decide_objection(found.case, PETRA, ruling, on=JUNE_23)
    work()

    assert said in text_of(found)
    assert [kind for kind, _, _ in orders(found.case)].count("costs") == 0
    review = reads.review(decision.id)
    assert review is not None and ruling.costs is not None
    assert (review.costs_ground, review.costs_eurocent) == (ruling.costs.ground.value, None)


def test_with_legal_aid_the_lawyer_is_paid_and_no_order_goes_to_the_resident(db: None) -> None:
    found = an_objection(ASKS)

    costs = CostsRuling(CostsGround.GRANTED, POINTS, 64_700, to_lawyer=True)
    decision = reviewing.decide_objection(found.case, PETRA, upheld(costs=costs), on=JUNE_23)
    work()

    review = reads.review(decision.id)
    assert review is not None
    assert (review.costs_eurocent, review.costs_to_lawyer) == (64_700, True)
    assert not Job.objects.filter(topic="payments.costs").exists()
    assert [kind for kind, _, _ in orders(found.case)].count("costs") == 0
    assert "Daarom betalen wij dit aan uw advocaat." in text_of(found)


def test_after_the_decision_no_request_for_costs_comes_in(db: None) -> None:
    found = an_objection()
    reviewing.decide_objection(found.case, PETRA, upheld(), on=JUNE_23)

    with pytest.raises(StepNotPossible):
        objecting.complete_objection(found.case, ObjectionText(costs="De trein"), actor=_own(found), on=JUNE_23)

    assert reads.objection(found.case).asks_costs is False


def test_the_database_refuses_costs_of_a_decision_that_stands(db: None, owner: psycopg.Connection) -> None:
    found = an_objection(ASKS)
    ruling = unfounded(costs=no_costs(CostsGround.NOT_REVOKED))
    reviewing.decide_objection(found.case, PETRA, ruling, on=JUNE_23)

    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE cases_review SET costs_ground = 'granted', costs_eurocent = 100")
    assert models.Review.objects.get().costs_eurocent is None
    assert decisions_of([found.case])[found.case].outcome is DecisionOutcome.UNFOUNDED


def _own(found: Objection) -> Actor:
    return resident(found.person)
