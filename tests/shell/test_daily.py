"""The work of every day: asked for by any worker, done once; a safeguard that fails stops its service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Event
from typing import Any

import pytest

from tests.journeys.towns import SERVICE, Town, inside


@pytest.fixture
def ran(after_the_round: Town, django_db_blocker: Any) -> Iterator[Town]:
    """A town after its round, with this test working inside it."""
    with inside(after_the_round, django_db_blocker):
        yield after_the_round


def _work() -> None:
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring

    run_worker(wiring.handlers(), Event(), schedule=wiring.schedule_daily, until_empty=True)


def test_every_service_is_measured_after_its_round_and_once_a_day(ran: Town) -> None:
    _work()
    once = ran.value("SELECT count(*) FROM values_measurement")
    _work()

    assert ran.value("SELECT count(*) FROM outbox_job WHERE topic = 'values.measure' AND state = 'done'") == 3
    assert (
        ran.value("SELECT count(*) FROM values_measurement") == once == 2 * 11 + 11
    )  # the round's service twice, the other once a day
    assert ran.value("SELECT count(*) FROM pol.suspension") == 0


def test_the_worker_itself_stops_a_service_whose_term_is_over(ran: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from waardig.values import actions, queries

    monkeypatch.setattr(actions, "business_today", lambda: date(2027, 3, 19))
    _work()

    assert any(one.is_open(date(2027, 3, 19)) for one in queries.suspensions(SERVICE))


def test_a_service_that_was_never_weighed_has_nothing_to_measure(ran: Town) -> None:
    from waardig.values.actions import measure_daily

    assert measure_daily(("zorgtoeslag",), date(2025, 4, 28)) == 0
