"""Opening cases in bulk: once per key, numbers without gaps; how long a proposal stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.cases.builders import (
    SERVICE,
    TODAY,
    a_proposal,
    a_resident,
    an_application,
    at_the_same_moment,
    resident,
    rolled_back,
    work,
)
from waardig.access.terms import Selection
from waardig.cases import actions, models
from waardig.cases.queries import case, case_numbers, events_of, parties_of, with_running_case
from waardig.cases.terms import CaseKind, CaseState, EventKind, NewCase, Party
from waardig.kernel.clock import wall_now
from waardig.proposals.actions.round import _todo
from waardig.proposals.models import Run

A_YEAR_LATER = date(2026, 4, 28)


def new(key: str, opened_on: date = TODAY) -> NewCase:
    parties = (Party(uuid4(), "applicant"), Party(uuid4(), "partner"))
    return NewCase(key, CaseKind.PROPOSAL, CaseState.PROPOSED, SERVICE, parties, opened_on)


def opened(*cases: NewCase) -> list[str]:
    with transaction.atomic():
        return [one.number for one in actions.open_cases(cases, prefix="RW", actor_kind="system", actor="proposals")]


def test_numbers_follow_each_other_in_the_order_given(db: None) -> None:
    assert opened(new("a"), new("b")) == ["RW 2025 0001", "RW 2025 0002"]
    assert opened(new("c")) == ["RW 2025 0003"]


def test_each_year_counts_for_itself(db: None) -> None:
    assert opened(new("a"), new("b", date(2026, 1, 2)), new("c")) == ["RW 2025 0001", "RW 2026 0001", "RW 2025 0002"]


def test_the_same_key_gives_the_case_that_is_there(db: None) -> None:
    first = opened(new("a"), new("b"))

    assert opened(new("b"), new("c"), new("a"), new("c")) == [first[1], "RW 2025 0003", first[0], "RW 2025 0003"]
    assert models.Case.objects.count() == 3
    assert models.CaseParty.objects.count() == 6


def test_a_case_that_was_undone_leaves_no_gap(db: None) -> None:
    with rolled_back():
        actions.open_cases([new("lost")], prefix="RW", actor_kind="system", actor="proposals")

    assert opened(new("a")) == ["RW 2025 0001"]


def test_opening_costs_the_same_number_of_queries_for_one_and_for_a_hundred(db: None) -> None:
    connection = connections["default"]
    counts = []
    for size in (1, 100):
        with CaptureQueriesContext(connection) as found:
            opened(*(new(f"{size}:{place}") for place in range(size)))
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_parallel_opening_gives_every_number_once_and_every_key_once(db: None) -> None:
    shared = [new(f"shared:{place}") for place in range(10)]

    def run(place: int) -> None:
        for turn in range(5):
            opened(new(f"{place}:{turn}:a"), shared[(place + turn * 2) % 10], new(f"{place}:{turn}:b"))

    done = at_the_same_moment(*(partial(run, place) for place in range(4)))

    assert done == [None] * 4
    assert sorted(case_numbers().values()) == [f"RW 2025 {place:04d}" for place in range(1, 51)]


# -- how long a proposal stands ----------------------------------------------------------------------------------------
def busy(person: UUID, on: date) -> bool:
    return bool(with_running_case(SERVICE, [person], on=on))


def test_an_open_proposal_keeps_new_ones_away_for_a_year(db: None) -> None:
    person = a_resident().person
    a_proposal(person)

    assert busy(person, A_YEAR_LATER - timedelta(days=1))
    assert not busy(person, A_YEAR_LATER)
    assert not with_running_case("andere_dienst", [person], on=TODAY)


def test_an_open_proposal_lapses_after_a_year_and_a_yes_stays_possible(db: None) -> None:
    person = a_resident().person
    old, fresh = a_proposal(person), a_proposal(a_resident().person, opened_on=TODAY + timedelta(days=1))

    assert actions.lapse_proposals(SERVICE, on=A_YEAR_LATER - timedelta(days=1)) == 0
    assert actions.lapse_proposals(SERVICE, on=A_YEAR_LATER) == 1
    assert actions.lapse_proposals(SERVICE, on=A_YEAR_LATER) == 0

    assert (case(old.id).state, case(fresh.id).state) == (CaseState.LAPSED, CaseState.PROPOSED)
    assert [event.kind for event in events_of(old.id)] == [EventKind.PROPOSED, EventKind.LAPSED]
    assert actions.say_yes(old.id, actor=resident(person), on=A_YEAR_LATER) == A_YEAR_LATER


def test_a_proposal_with_a_yes_never_lapses(db: None) -> None:
    person = a_resident().person
    proposal = a_proposal(person)
    actions.say_yes(proposal.id, actor=resident(person), on=TODAY)

    assert actions.lapse_proposals(SERVICE, on=date(2027, 1, 1)) == 0
    assert busy(person, date(2027, 1, 1))
    assert case(proposal.id).state is CaseState.PROPOSED


def test_a_no_keeps_the_household_out_for_a_year(db: None) -> None:
    first, second = a_resident().person, a_resident().person
    proposal = a_proposal(first, second, opened_on=date(2025, 1, 1))
    actions.decline(proposal.id, actor=resident(first), on=TODAY, never_again=False)

    last_day = A_YEAR_LATER - timedelta(days=1)
    assert with_running_case(SERVICE, [first, second], on=last_day) == {first, second}
    assert with_running_case(SERVICE, [first, second], on=A_YEAR_LATER) == frozenset()


def test_an_application_that_waits_keeps_the_household_out_however_long(db: None) -> None:
    person = a_resident().person
    an_application(person)
    work()

    assert busy(person, date(2030, 1, 1))


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_round_passes_by_who_has_an_open_proposal_and_lets_old_ones_lapse(db: None, dry_run: bool) -> None:
    open_, old, free = (a_resident().person for _ in range(3))
    a_proposal(open_, opened_on=date(2025, 6, 1))
    stale = a_proposal(old)
    run = Run.objects.create(
        id=uuid4(),
        service=SERVICE,
        as_of=A_YEAR_LATER,
        dry_run=dry_run,
        rule_set="x",
        started_at=wall_now(),
        known_at=wall_now(),
    )

    todo, waiting, untouched = _todo(run, Selection((open_, old, free), 3, 0))

    assert (set(todo), waiting, untouched["already"]) == ({old, free}, frozenset(), 1)
    assert case(stale.id).state is (CaseState.PROPOSED if dry_run else CaseState.LAPSED)


def test_parties_come_applicant_first(db: None) -> None:
    found = a_proposal(a_resident().person, a_resident().person)

    assert parties_of([found.id])[found.id] == found.parties
    assert replace(found, parties=found.parties[::-1]).persons == found.persons
