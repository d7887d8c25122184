"""Laws of the gate, over arbitrary requests."""

from __future__ import annotations

from uuid import uuid4

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.builders import (
    BORN,
    HOUSEHOLD,
    INCOME,
    LAST,
    PARTNER,
    STATUS,
    a_client,
    a_person,
    a_request,
)
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request

_ATTRIBUTES = st.frozensets(st.sampled_from([STATUS, INCOME, HOUSEHOLD, LAST, PARTNER, BORN, "brp.naam", "x.y"]))
_quickly = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _is_allowed(request: Request) -> bool:
    try:
        ask(request)
    except AccessRefused:
        return False
    return True


@_quickly
@given(asked=_ATTRIBUTES, fewer=_ATTRIBUTES)
def test_asking_fewer_attributes_never_turns_a_yes_into_a_no(
    weighed: psycopg.Connection, asked: frozenset[str], fewer: frozenset[str]
) -> None:
    person = a_client()
    part = asked & fewer

    if part and _is_allowed(a_request(person, attributes=asked)):
        assert _is_allowed(a_request(person, attributes=part))


@_quickly
@given(clients=st.integers(0, 3), strangers=st.integers(0, 2))
def test_a_yes_means_that_everybody_asked_is_inside(weighed: psycopg.Connection, clients: int, strangers: int) -> None:
    people = [a_client() for _ in range(clients)] + [a_person() for _ in range(strangers)]

    assert _is_allowed(a_request(*people)) == (clients > 0 and strangers == 0)


@_quickly
@given(
    activity=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=100),
    kind=st.sampled_from(["system", "resident", "employee", "organisation"]),
    role=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
)
def test_an_unknown_activity_is_always_a_no(weighed: psycopg.Connection, activity: str, kind: str, role: str) -> None:
    unknown = f"{activity}?"
    actor = Actor(kind, "x", role)  # type: ignore[arg-type]

    assert not _is_allowed(a_request(uuid4(), activity=unknown, actor=actor))
