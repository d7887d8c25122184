"""The bulk paths stay set-based: five hundred persons cost as many statements as one."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.builders import INCOME, STATUS, a_request, a_weighed_service, many_clients, open_keeping
from waardig.access.actions import ask
from waardig.registers.queries import take


def _statements(people: list[UUID]) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        facts = take(ask(a_request(*people)))
    return len(facts), len(captured)


@pytest.mark.parametrize("count", [1, 500])
def test_an_ask_and_a_take_are_three_statements_whatever_the_number(owner: psycopg.Connection, count: int) -> None:
    open_keeping(owner)
    a_weighed_service(owner)

    assert _statements(many_clients(count, {STATUS: "lopend", INCOME: 100_000})) == (2 * count, 3)
