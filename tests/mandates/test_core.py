"""The judgement over authorities, with its laws as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.identity.terms import ANONYMOUS, Kind, Level, Organisation, Role, Who
from waardig.mandates.core import may_act
from waardig.mandates.terms import Action, Authority, Basis

TODAY = date(2025, 4, 28)
CLIENT, OTHER = UUID(int=1), UUID(int=2)
BOTH = frozenset(Action)


def an_administrator(kvk: str = "90000017", level: Level = Level.SUBSTANTIAL, via: tuple[str, ...] = ()) -> Who:
    organisation = Organisation(kvk, "subject-1", "Kuipers Bewind", via)
    return Who(Kind.ORGANISATION, level=level, means="eherkenning", organisation=organisation)


def an_authority(represented: UUID = CLIENT, kvk: str = "90000017", **changed: object) -> Authority:
    return replace(Authority(represented, kvk, Basis.ADMINISTRATION, BOTH), **changed)  # type: ignore[arg-type]


def test_an_administrator_sees_and_answers_for_a_client() -> None:
    stated = an_authority(starts_on=date(2021, 5, 3))

    for action in Action:
        ruling = may_act(an_administrator(), CLIENT, action, [stated], TODAY)

        assert (ruling.is_allowed, ruling.reason, ruling.authority) == (True, "authority", stated)


def test_a_person_needs_no_authority_for_themself_and_keeps_it_under_administration() -> None:
    client = Who(Kind.RESIDENT, CLIENT, level=Level.SUBSTANTIAL)

    assert may_act(client, CLIENT, Action.ANSWER, [an_authority()], TODAY).reason == "self"
    assert may_act(client, CLIENT, Action.VIEW, [], TODAY).is_allowed


@pytest.mark.parametrize(
    ("who", "authorities", "reason"),
    [
        (ANONYMOUS, [an_authority()], "not_signed_in"),
        (Who(Kind.RESIDENT, OTHER, level=Level.HIGH), [an_authority()], "no_authority"),
        (
            Who(Kind.EMPLOYEE, employee_number="7", roles=frozenset(Role), level=Level.HIGH),
            [an_authority()],
            "not_a_representative",
        ),
        (an_administrator(level=Level.LOW), [an_authority()], "level_too_low"),
        (an_administrator(via=("90000025",)), [an_authority()], "chain_not_taken"),
        (an_administrator(kvk="90000033"), [an_authority()], "no_authority"),
        (an_administrator(), [an_authority(represented=OTHER)], "no_authority"),
        (an_administrator(), [an_authority(starts_on=TODAY + timedelta(days=1))], "not_yet"),
        (an_administrator(), [an_authority(ended_on=TODAY)], "ended"),
        (an_administrator(), [an_authority(scopes=frozenset({Action.VIEW}))], "outside_scope"),
    ],
)
def test_a_refusal_says_why(who: Who, authorities: list[Authority], reason: str) -> None:
    ruling = may_act(who, CLIENT, Action.ANSWER, authorities, TODAY)

    assert (ruling.is_allowed, ruling.reason, ruling.authority) == (False, reason, None)


def test_the_same_pseudonym_under_another_organisation_gives_nothing() -> None:
    elsewhere = Organisation("90000033", "subject-1")
    stranger = replace(an_administrator(), organisation=elsewhere)

    assert elsewhere.key != Organisation("90000017", "subject-1").key
    assert not may_act(stranger, CLIENT, Action.VIEW, [an_authority()], TODAY).is_allowed


people = st.sampled_from([CLIENT, OTHER])
offices = st.sampled_from(["90000017", "90000033"])
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
authorities_of = st.lists(
    st.builds(
        Authority,
        people,
        offices,
        st.just(Basis.ADMINISTRATION),
        st.frozensets(st.sampled_from(list(Action))),
        st.none() | days,
        st.none() | days,
    ),
    max_size=5,
)
callers = st.builds(an_administrator, offices, st.sampled_from(list(Level))) | st.builds(
    lambda person: Who(Kind.RESIDENT, person, level=Level.HIGH), people
)


@given(callers, people, st.sampled_from(list(Action)), authorities_of, days, st.data())
def test_taking_an_authority_away_never_adds_a_right(
    who: Who, person: UUID, action: Action, stated: list[Authority], on: date, data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(range(len(stated))))) if stated else set()
    fewer = [one for number, one in enumerate(stated) if number in kept]

    if may_act(who, person, action, fewer, on).is_allowed:
        assert may_act(who, person, action, stated, on).is_allowed


@given(people, offices, st.sampled_from(list(Action)), authorities_of, days, st.integers(0, 4000))
def test_what_ended_at_a_day_gives_nothing_on_that_day_and_after(
    person: UUID, office: str, action: Action, stated: list[Authority], ended: date, later: int
) -> None:
    revoked = [replace(one, ended_on=ended) for one in stated]

    assert not may_act(an_administrator(office), person, action, revoked, ended + timedelta(days=later)).is_allowed


@given(people, offices, st.sampled_from(list(Action)), authorities_of, days)
def test_nothing_is_allowed_outside_the_scope_of_an_authority_that_holds(
    person: UUID, office: str, action: Action, stated: list[Authority], on: date
) -> None:
    ruling = may_act(an_administrator(office), person, action, stated, on)

    if ruling.is_allowed:
        used = ruling.authority
        assert used is not None and used in stated and used.holds(on) and action in used.scopes
        assert (used.represented, used.representative_kvk) == (person, office)
