"""A round run again on its day: what the registers came to know since is added, and nobody is half in it."""

from __future__ import annotations

import psycopg
import pytest

from tests.proposals.builders import SERVICE, a_client, case_of, weighed
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
