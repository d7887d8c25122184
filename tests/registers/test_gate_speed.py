"""The bulk paths stay set-based: time of one ask and one take for 500 persons, with room for a slow machine."""

from __future__ import annotations

import time

import psycopg

from tests.access.builders import (
    HOUSEHOLD,
    INCOME,
    LAST,
    STATUS,
    a_request,
    a_weighed_service,
    many_clients,
    open_keeping,
)
from waardig.access.actions import ask
from waardig.logbook.queries import call_gate


def test_five_hundred_persons_cost_statements_of_milliseconds_not_of_persons(owner: psycopg.Connection) -> None:
    open_keeping(owner)
    a_weighed_service(owner)
    values = {STATUS: "lopend", INCOME: 100_000, HOUSEHOLD: "PAAR", LAST: "2023-01-01"}
    people = many_clients(1000, values)
    request = a_request(*people[:500], attributes=frozenset(values))
    ask(request)

    started = time.perf_counter()
    ticket = ask(request)
    asked = time.perf_counter()
    rows = call_gate("SELECT * FROM gate.take(%s)", [ticket.id])
    taken = time.perf_counter()

    assert len(rows) == 2000
    assert taken - asked < 0.5
    assert asked - started < 2.0
    print(f"ask {1000 * (asked - started):.0f} ms, take {1000 * (taken - asked):.0f} ms")
