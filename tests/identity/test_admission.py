"""Who may see a page, and in which role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.identity.core.admission import Verdict, role_for, verdict
from waardig.identity.terms import (
    ANONYMOUS,
    Audience,
    Kind,
    Level,
    Role,
    Who,
    audience,
)


def a_resident(level: Level = Level.SUBSTANTIAL) -> Who:
    return Who(Kind.RESIDENT, UUID(int=1), level=level)


def an_employee(*roles: Role) -> Who:
    return Who(Kind.EMPLOYEE, employee_number="1", level=Level.SUBSTANTIAL, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("who", "declared", "outcome"),
    [
        (ANONYMOUS, audience("public"), Verdict.WELCOME),
        (a_resident(), audience("public"), Verdict.WELCOME),
        (ANONYMOUS, audience("resident", loa="low"), Verdict.SIGN_IN),
        (a_resident(), audience("resident", loa="substantial"), Verdict.WELCOME),
        (a_resident(Level.LOW), audience("resident", loa="substantial"), Verdict.STEP_UP),
        (a_resident(), audience("resident", loa="high"), Verdict.STEP_UP),
        (a_resident(Level.HIGH), audience("employee", loa="low"), Verdict.OTHER_AUDIENCE),
        (an_employee(Role.COUNTER), audience("employee", loa="low", role="decider"), Verdict.OTHER_AUDIENCE),
        (an_employee(Role.DECIDER), audience("employee", loa="low", role=["decider", "content"]), Verdict.WELCOME),
        (an_employee(Role.COUNTER), audience("resident", loa="low"), Verdict.OTHER_AUDIENCE),
        (a_resident(), audience("resident", "employee", loa="low", role="decider"), Verdict.WELCOME),
    ],
)
def test_a_page_is_for_its_audience_only(who: Who, declared: Any, outcome: Verdict) -> None:
    def view() -> None: ...

    assert verdict(who, declared(view).audience) is outcome


@given(
    st.sampled_from(list(Kind)), st.none() | st.sampled_from(list(Level)), st.frozensets(st.sampled_from(list(Role)))
)
def test_nobody_is_welcome_without_the_kind_and_the_level_that_are_asked(
    kind: Kind, level: Level | None, roles: frozenset[Role]
) -> None:
    who = Who(kind, level=level, roles=roles)
    for asked in Level:
        declared = Audience(frozenset({Kind.EMPLOYEE}), asked, frozenset({Role.DECIDER}))
        if verdict(who, declared) is Verdict.WELCOME:
            assert kind is Kind.EMPLOYEE and level is not None and level >= asked and Role.DECIDER in roles


def test_an_employee_sees_a_page_in_the_role_it_asks() -> None:
    asks_decider = Audience(frozenset({Kind.EMPLOYEE}), Level.LOW, frozenset({Role.DECIDER}))
    asks_none = Audience(frozenset({Kind.EMPLOYEE}), Level.LOW)
    both = an_employee(Role.DECIDER, Role.COUNTER)

    assert role_for(both, asks_decider) == "beslisser"
    assert role_for(both, asks_none) == ""
    assert role_for(an_employee(Role.COUNTER), asks_none) == "loket"
    assert role_for(a_resident(), asks_none) == ""


@pytest.mark.parametrize(
    ("kinds", "loa", "role"),
    [
        ((), "low", None),
        (("public",), "low", None),
        (("public", "resident"), "low", None),
        (("anonymous",), "low", None),
        (("resident",), None, None),
        (("resident",), "substantieel", None),
        (("burger",), "low", None),
        (("resident",), "low", "decider"),
        (("employee",), "low", "mayor"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_found_at_import(
    kinds: tuple[str, ...], loa: str | None, role: str | None
) -> None:
    with pytest.raises(ValueError):
        audience(*kinds, loa=loa, role=role)
