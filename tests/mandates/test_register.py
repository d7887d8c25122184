"""Authority as the register states it, through the gate, as the application role."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.conftest import TODAY
from waardig.identity.terms import Kind, Level, Organisation, Who
from waardig.mandates.queries import acting_for, authority, clients_of, ruling
from waardig.mandates.terms import AUTHORITY_SOURCE, Action, NoAuthority
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.adapters.administrators import RegisteredAdministrators
from waardig.registers.terms import NewFact

KUIPERS, OTHERS = "90000017", "90000033"


@pytest.fixture(autouse=True)
def bound(db: None) -> None:
    AUTHORITY_SOURCE.bind(RegisteredAdministrators())


def the_office(kvk: str = KUIPERS) -> Who:
    organisation = Organisation(kvk, "subject-1", "Kuipers Bewind")
    return Who(Kind.ORGANISATION, level=Level.SUBSTANTIAL, means="eherkenning", organisation=organisation)


def a_client(kvk: str = KUIPERS, start: date = date(2021, 5, 3), end: date | None = None) -> UUID:
    person = uuid4()
    value: dict[str, object] = {"naam": "Kuipers Bewind", "kvk": kvk, "adres": "Markt 9, 9999 ZZ Rietwaarden"}
    enrol_persons([(person, None)])
    store_facts([NewFact(person, "uitkeringen.bewindvoerder", value, valid_from=start, valid_to=end)])
    return person


def test_an_administrator_may_act_for_a_client_and_sees_the_list() -> None:
    first, second, stranger = a_client(), a_client(), a_client(OTHERS)

    found = authority(the_office(), first)

    assert found is not None and (found.represented, found.starts_on) == (first, date(2021, 5, 3))
    assert acting_for(the_office(), second, Action.ANSWER).acting_for == second
    assert clients_of(the_office()) == tuple(sorted((first, second)))
    assert clients_of(the_office(OTHERS)) == (stranger,)


def test_nobody_learns_whether_another_person_exists() -> None:
    other = a_client(OTHERS)

    for person in (other, uuid4()):
        with pytest.raises(NoAuthority) as refused:
            acting_for(the_office(), person)
        assert refused.value.reason == "no_authority"


def test_the_day_after_the_last_day_gives_nothing() -> None:
    until_today = a_client(end=TODAY)
    until_yesterday = a_client(end=TODAY - timedelta(days=1))
    from_tomorrow = a_client(start=TODAY + timedelta(days=1))

    assert ruling(the_office(), until_today, Action.ANSWER).reason == "authority"
    assert ruling(the_office(), until_yesterday, Action.ANSWER).is_allowed is False
    assert ruling(the_office(), from_tomorrow, Action.VIEW).is_allowed is False
    assert clients_of(the_office()) == (until_today,)


def test_an_end_that_the_register_learns_counts_at_the_next_question() -> None:
    client = a_client()
    assert ruling(the_office(), client, Action.ANSWER).is_allowed

    store_facts([NewFact(client, "uitkeringen.bewindvoerder", None, valid_from=TODAY)])

    assert ruling(the_office(), client, Action.ANSWER).is_allowed is False
    assert clients_of(the_office()) == ()


def test_every_question_and_every_refusal_is_in_the_log(owner: psycopg.Connection) -> None:
    client, stranger = a_client(), a_client(OTHERS)
    before = lines(owner)

    authority(the_office(), client)
    authority(the_office(), stranger)

    assert lines(owner) - before == 2


def lines(owner: psycopg.Connection) -> int:
    (row,) = owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'bewind.vaststellen'").fetchall()
    return int(row[0])


def test_people_who_are_no_organisation_have_no_clients() -> None:
    a_client()

    assert clients_of(Who(Kind.RESIDENT, uuid4(), level=Level.HIGH)) == ()
    assert clients_of(Who(Kind.EMPLOYEE, employee_number="f.yildiz", level=Level.HIGH)) == ()
