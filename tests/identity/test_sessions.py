"""Sessions: when they end, what the table shows, where the citizen service number is not."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from tests.identity.trial import BSN, DESK, Trial, complete
from waardig.identity.actions import touch_session
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.adapters.test_provider import Fault
from waardig.identity.jobs import forget_old
from waardig.identity.models import SignInFailure
from waardig.identity.queries import session_is_over, who_of
from waardig.identity.terms import (
    ANONYMOUS,
    SignInRefused,
)
from waardig.kernel.clock import wall_now


def test_a_session_ends_by_rest_and_lives_on_by_use(trial: Trial, session: SessionStore) -> None:
    done = complete(session, trial.answer(session, "gerrit"))
    start = wall_now()

    assert done.who.is_signed_in and not session_is_over(session, start + timedelta(minutes=14))
    touch_session(session, start + timedelta(minutes=14))
    assert not session_is_over(session, start + timedelta(minutes=28))
    assert session_is_over(session, start + timedelta(minutes=29, seconds=1))
    assert who_of(session, start + timedelta(minutes=29, seconds=1)) == ANONYMOUS


def test_a_session_ends_after_two_hours_however_busy(trial: Trial, session: SessionStore) -> None:
    complete(session, trial.answer(session, "gerrit"))
    start = wall_now()
    for minutes in range(0, 121, 10):
        touch_session(session, start + timedelta(minutes=minutes), always=True)

    assert session_is_over(session, start + timedelta(hours=2))
    assert not session_is_over(session, start + timedelta(hours=1, minutes=59))


def test_the_citizen_service_number_stands_nowhere(
    trial: Trial, session: SessionStore, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for persona, fault in (("gerrit", Fault.NONE), ("gerrit", Fault.WRONG_NONCE), ("laag", Fault.NONE)):
            trial.provider.fault = fault
            try:
                complete(session, trial.answer(session, persona))
            except SignInRefused as refusal:
                assert BSN not in f"{refusal} {refusal.text_nl} {refusal.__cause__} {refusal.__context__}"
    session.save()

    assert BSN not in str(dict(session.items())) and BSN not in caplog.text
    rows = owner.execute("SELECT session_key, session_data FROM django_session").fetchall()
    lines = owner.execute(
        "SELECT l::text, d::text FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
    ).fetchall()
    assert len(rows) == 1 and BSN not in str(rows) and BSN.encode().hex() not in str(rows) and BSN not in str(lines)


def test_the_session_table_shows_neither_content_nor_a_key_that_works(
    trial: Trial, session: SessionStore, owner: psycopg.Connection
) -> None:
    complete(session, trial.answer(session, "fatma"), DESK)
    session.save()

    ((key, content),) = owner.execute("SELECT session_key, session_data FROM django_session").fetchall()

    assert key != session.session_key and not SessionStore(key).load()
    assert "Fatma" not in bytes.fromhex(content).decode("latin-1") and "identity" not in content
    owner.execute("UPDATE django_session SET session_key = %s", [("0" + key)[:40]])
    assert SessionStore(session.session_key).load() == {}


def test_the_content_of_one_session_does_not_open_under_another_key(
    session: SessionStore, owner: psycopg.Connection
) -> None:
    other = SessionStore()
    other["after"] = str(uuid4())
    other.save()

    owner.execute("UPDATE django_session SET session_data = (SELECT max(session_data) FROM django_session)")

    opened = [dict(SessionStore(one.session_key).load()) for one in (session, other)]
    assert sum(bool(content) for content in opened) == 1


def test_a_moment_in_the_session_that_lies_in_the_future_is_not_believed(trial: Trial, session: SessionStore) -> None:
    complete(session, trial.answer(session, "gerrit"))

    assert session_is_over(session, datetime(2020, 1, 1, tzinfo=UTC))


def test_ended_sessions_and_old_failures_are_forgotten(session: SessionStore) -> None:
    now = wall_now()
    for age in (timedelta(hours=25), timedelta(hours=23)):
        SignInFailure.objects.create(source="a", failed_at=now - age)

    assert forget_old(now) == 1
    assert forget_old(now + timedelta(hours=9)) == 2
    assert not SessionStore().exists(session.session_key or "")
