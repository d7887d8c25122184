"""Prepared grants are confirmed together, by the official who opened them; all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.cases.builders import (
    AMOUNT,
    FATMA,
    MAY_12,
    TODAY,
    WILLEM,
    a_resident,
    an_assessed,
    at_the_same_moment,
    decide,
    letters,
    prepared,
)
from waardig.cases import actions
from waardig.cases.queries import decisions_of, events_of, viewed_by
from waardig.cases.terms import BeyondMandate, DecisionOutcome, EventKind, NotViewed, StepNotPossible
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact

GRANT = DecisionOutcome.GRANT


def test_prepared_grants_are_confirmed_together(db: None) -> None:
    found = prepared(2)

    taken = actions.confirm_grants([one.id for one in found], WILLEM, on=MAY_12)

    assert sorted(one.case for one in taken) == sorted(one.id for one in found)
    assert {(one.outcome, one.amount_eurocent, one.official) for one in taken} == {(GRANT, AMOUNT, "w.degraaf")}
    assert all("U krijgt € 521,97" in letters(one.id)[-1] for one in found)


def test_the_same_case_twice_is_one_decision(db: None) -> None:
    (found,) = prepared(1)

    assert len(actions.confirm_grants([found.id, found.id], WILLEM, on=MAY_12)) == 1


def test_one_that_was_not_opened_stops_all(db: None) -> None:
    (seen,) = prepared(1)
    unseen = an_assessed(a_resident().person)

    with pytest.raises(NotViewed):
        actions.confirm_grants([seen.id, unseen.id], WILLEM, on=MAY_12)

    assert decisions_of([seen.id, unseen.id]) == {}


def test_what_a_colleague_opened_is_not_opened_by_this_official(db: None) -> None:
    (found,) = prepared(1)

    with pytest.raises(NotViewed):
        actions.confirm_grants([found.id], replace(WILLEM, id="p.vandam"), on=MAY_12)


def test_a_sampled_case_is_not_confirmed_but_decided(db: None, draw_everybody: Callable[[], None]) -> None:
    draw_everybody()
    (found,) = prepared(1)

    with pytest.raises(StepNotPossible):
        actions.confirm_grants([found.id], WILLEM, on=MAY_12)

    assert decide(found, GRANT).outcome is GRANT


def test_nothing_beyond_the_mandate_is_confirmed(db: None) -> None:
    (found,) = prepared(1)
    actions.view_case(found.id, FATMA, on=TODAY)

    for official in (FATMA, replace(WILLEM, mandate_eurocent=AMOUNT - 1)):
        with pytest.raises(BeyondMandate):
            actions.confirm_grants([found.id], official, on=MAY_12)

    assert decisions_of([found.id]) == {}


def test_nothing_is_confirmed_when_the_register_now_says_otherwise(db: None) -> None:
    found, changed = prepared(2)
    store_facts([NewFact(changed.applicant, "uitkeringen.norm", 150_000, date(2023, 1, 1), date(2023, 12, 31))])

    with pytest.raises(StepNotPossible):
        actions.confirm_grants([found.id, changed.id], WILLEM, on=MAY_12)

    assert decisions_of([found.id, changed.id]) == {}


def test_two_officials_who_confirm_at_the_same_moment_decide_once(db: None) -> None:
    found = [one.id for one in prepared(3)]
    for one in found:
        actions.view_case(one, replace(WILLEM, id="p.vandam"), on=TODAY)
    outcomes = at_the_same_moment(
        lambda: len(actions.confirm_grants(found, WILLEM, on=MAY_12)),
        lambda: len(actions.confirm_grants(found[::-1], replace(WILLEM, id="p.vandam"), on=MAY_12)),
    )

    assert [one for one in outcomes if isinstance(one, int)] == [3]
    assert len(outcomes) == 2
    assert len(decisions_of(found)) == 3


def test_opening_a_case_is_recorded_once(db: None) -> None:
    (found,) = prepared(1)

    actions.view_case(found.id, WILLEM, on=TODAY)

    assert [event.kind for event in events_of(found.id)].count(EventKind.VIEWED) == 1
    assert viewed_by("w.degraaf", [found.id]) == {found.id}
