"""A round run again on its day: what the registers came to know since is added, and nobody is half in it."""

from __future__ import annotations

import psycopg
import pytest

from tests.proposals.builders import SERVICE, a_client, case_of, weighed
from waardig.access.terms import AccessRefused
from waardig.cases import queries as cases
from waardig.proposals import queries
from waardig.proposals.actions import run_round


class Stopped(Exception):
    """The process stops here."""


def _stop(_done: int, _all: int) -> None:
    raise Stopped


def test_clients_imported_since_are_added_by_the_next_run_of_the_day(owner: psycopg.Connection) -> None:
    weighed()
    first = a_client()
    assert run_round(SERVICE).population == 1

    second = a_client()
    again = run_round(SERVICE)

    assert (again.population, again.already, again.log_lines) == (1, 1, 1)
    assert (
        again.clients == again.opted_out + again.waiting + again.read == 1
    )  # who has a case already is counted beside it
    assert case_of(first) and case_of(second)
    [run] = queries.runs(SERVICE)
    assert run.finished_at is not None and run.id == again.run


def test_a_stopped_run_goes_on_with_what_was_known_when_it_began(owner: psycopg.Connection) -> None:
    weighed()
    for _ in range(3):
        a_client()
    with pytest.raises(Stopped):
        run_round(SERVICE, batch=2, progress=_stop)
    [stopped] = queries.runs(SERVICE)
    late = a_client()

    resumed = run_round(SERVICE)
    assert (stopped.finished_at, resumed.run) == (None, stopped.id)
    assert not cases.cases_of(late)
    assert resumed.population + resumed.already == 3

    assert run_round(SERVICE).population == 1
    assert case_of(late)


def test_a_round_stops_at_the_ceiling_of_its_activity_and_the_next_day_does_the_rest(owner: psycopg.Connection) -> None:
    weighed()
    clients = [a_client() for _ in range(3)]
    owner.execute("ALTER TABLE pol.activity DISABLE TRIGGER keep_version")
    owner.execute(
        "UPDATE pol.activity SET register_entry = jsonb_set(register_entry, '{delivery,daily_ceiling}', '2')"
        " WHERE id = 'meedoen.ronde'"
    )
    owner.execute("ALTER TABLE pol.activity ENABLE TRIGGER keep_version")

    with pytest.raises(AccessRefused) as refusal:
        run_round(SERVICE, batch=2)
    [stopped] = queries.runs(SERVICE)
    assert (refusal.value.code, stopped.finished_at) == ("ceiling_reached", None)
    assert [bool(cases.cases_of(client)) for client in sorted(clients)] == [True, True, False]

    owner.execute("UPDATE gate.daily_use SET day = day - 1")
    owner.execute("UPDATE gate.ticket SET made_at = made_at - interval '1 day'")
    resumed = run_round(SERVICE, batch=2)

    assert (resumed.run, resumed.population, resumed.already) == (stopped.id, 1, 2)
    assert all(cases.cases_of(client) for client in clients)
