"""The addresses for probes and monitoring: what they answer, what they never tell, and when they are closed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from tests.access.builders import open_keeping
from tests.identity.trial import BASE, PERSONAS
from tests.inbox.builders import a_resident
from waardig.identity.adapters import oidc
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP
from waardig.kernel.bsn import is_bsn
from waardig.kernel.clock import wall_now
from waardig.logbook.actions import sequence_lines
from waardig.outbox.actions import beat, enqueue
from waardig.outbox.core import SILENT_AFTER
from waardig.outbox.models import Job
from waardig.outbox.terms import NewJob, WorkerSeen
from waardig.shell.operating import health, metrics, schema
from waardig.shell.operating.schema import SchemaOther, refuse_other_schema, schema_state
from waardig.shell.settings import _database

TOKEN = "a-token-that-is-long-enough"


@pytest.fixture(autouse=True)
def _served(db: None) -> Iterator[None]:
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    SETUP.bind(setup)
    metrics.INSTALLATION.forget()
    yield
    oidc.use_transport(provider.issuer, None)


def _a_worker(**changes: Any) -> WorkerSeen:
    now = wall_now()
    return WorkerSeen(**{"id": uuid4(), "name": "machine:1", "started_at": now, "seen_at": now, "ended_at": None,
                         "done": 0, "failed": 0, **changes})  # fmt: skip


def _wrong(answer: Any) -> dict[str, str]:
    return {one["name"]: one["detail"] for one in answer.json()["checks"] if not one["ok"]}


def _scrape(client: Client, token: str = TOKEN, accept: str = "application/openmetrics-text") -> Any:
    metrics.INSTALLATION.forget()
    return client.get("/gezond/metrics/", headers={"Authorization": f"Bearer {token}", "Accept": accept})


def _samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *(sample.labels[key] for key in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_whole_installation_is_well_and_makes_no_session() -> None:
    beat(_a_worker())
    client = Client()

    answers = [client.get(f"/gezond/{name}") for name in ("", "klaar/", "alles/")]

    assert [one.status_code for one in answers] == [200, 200, 200]
    assert answers[2].json() == {
        "status": "ok",
        "checks": [
            {"name": name, "ok": True, "detail": "ok"}
            for name in ("database", "migrations", "ports", "worker", "sequencer", "log", "witnesses")
        ],
    }
    assert not client.cookies
    assert answers[1].headers["Cache-Control"] == "no-store"


def test_without_a_worker_people_are_served_and_monitoring_is_told() -> None:
    client = Client()
    beat(_a_worker(), ended=True)

    ready, everything = client.get("/gezond/klaar/"), client.get("/gezond/alles/")

    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert everything.status_code == 503
    assert _wrong(everything) == {"worker": "no worker was seen recently"}


def test_a_worker_that_says_nothing_for_the_time_of_a_lease_no_longer_counts() -> None:
    beat(_a_worker())

    assert health.look(now=wall_now() + SILENT_AFTER - timedelta(seconds=1)).is_well
    assert not health.look(now=wall_now() + SILENT_AFTER + timedelta(seconds=1)).is_well


def test_lines_that_wait_half_an_hour_for_a_place_are_told(owner: psycopg.Connection) -> None:
    beat(_a_worker())
    open_keeping(owner)
    a_resident()
    now = wall_now()

    def sequencer(minutes: int) -> bool:
        (found,) = [one for one in health.look(now=now + timedelta(minutes=minutes)).checks if one.name == "sequencer"]
        return found.ok

    assert (sequencer(29), sequencer(31)) == (True, False)
    sequence_lines()
    assert sequencer(31)


def test_a_port_that_is_not_bound_takes_this_process_from_the_load_balancer() -> None:
    SETUP._bound.clear()

    answer = Client().get("/gezond/klaar/")

    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert _wrong(answer)["ports"] == "not set up: identity.SignInSetup"


def test_a_database_that_is_gone_fails_readiness_and_leaves_liveness(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    client = Client()
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    try:
        alive, ready = client.get("/gezond/"), client.get("/gezond/klaar/")
        figures = _samples(metrics.exposition("application/openmetrics-text")[0].decode())
    finally:
        connection.close()

    assert (alive.status_code, alive.content) == (200, b"ok\n")
    assert ready.status_code == 503
    assert [one["name"] for one in ready.json()["checks"]] == ["database", "ports"]
    assert figures[("waardig_database_up",)] == 0.0
    assert ("waardig_database_size_bytes",) not in figures


def test_the_owner_of_the_tables_may_not_serve(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    connection.close()
    for name in ("USER", "PASSWORD"):
        monkeypatch.setitem(connection.settings_dict, name, _database(database.owner)[name])
    try:
        answer = Client().get("/gezond/klaar/")
    finally:
        connection.close()

    assert answer.status_code == 503
    assert _wrong(answer)["database"] == "role_too_strong"


def test_tables_of_another_version_refuse_to_serve(owner: psycopg.Connection) -> None:
    owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', now())")
    try:
        answer = Client().get("/gezond/klaar/")
        with pytest.raises(SchemaOther) as refusal:
            refuse_other_schema()
    finally:
        owner.execute("DELETE FROM django_migrations WHERE name = '9999_later'")

    assert answer.status_code == 503
    assert _wrong(answer)["migrations"] == "1 migrations are newer than this version"
    assert refusal.value.state.ahead == ("cases.9999_later",)
    assert "Start the version that made these tables" in str(refusal.value)


def test_tables_that_lag_behind_refuse_to_serve(owner: psycopg.Connection) -> None:
    row = owner.execute(
        "DELETE FROM django_migrations WHERE app = 'outbox' AND name LIKE '0002%' RETURNING name, applied"
    ).fetchone()
    assert row
    try:
        with pytest.raises(SchemaOther, match="waardig migrate"):
            refuse_other_schema()
    finally:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('outbox', %s, %s)", row)

    assert schema_state() == schema.SchemaState((), ())


@pytest.mark.parametrize("given", [None, "wrong-token-that-is-long", ""])
def test_metrics_are_closed_without_the_token(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if given is not None:
        monkeypatch.setenv("WAARDIG_METRICS_TOKEN", TOKEN)
    client = Client()

    assert _scrape(client, given or "").status_code == 404
    assert client.get("/gezond/metrics/").status_code == 404


def test_a_short_token_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_METRICS_TOKEN", "short")

    assert _scrape(Client(), "short").status_code == 404


def test_metrics_count_the_queue_the_log_and_the_requests(
    owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAARDIG_METRICS_TOKEN", TOKEN)
    open_keeping(owner)
    a_resident()
    beat(_a_worker())
    with transaction.atomic():
        enqueue([NewJob("inbox.letter", "one", due=wall_now() - timedelta(seconds=90)), NewJob("inbox.letter", "two")])
    Job.objects.filter(key="two").update(state="dead", last_error="ValueError: somebody")
    client = Client()
    before = _samples(_scrape(client).content.decode())

    client.get("/gezond/")
    answer = _scrape(client)
    found = _samples(answer.content.decode())

    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    assert found[("waardig_jobs_open", "inbox.letter")] == 1
    assert found[("waardig_jobs_dead", "inbox.letter")] == 1
    assert 90 <= found[("waardig_jobs_oldest_seconds", "inbox.letter")] < 150
    assert found[("waardig_workers",)] == 1
    assert found[("waardig_log_lines",)] == found[("waardig_log_waiting_lines",)] > 0
    assert found[("waardig_database_size_bytes",)] > 1_000_000
    here = ("waardig_requests_total", "200", "health:alive")
    assert found[here] - before.get(here, 0) == 1


def test_a_label_is_never_an_address_or_a_number_of_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_METRICS_TOKEN", TOKEN)
    client = Client()
    identity = uuid4()
    for path in (f"/berichten/{identity}/", "/balie/zaken/999990019/", "/999990019/", "/static/999990019.css"):
        client.get(path)

    text = _scrape(client).content.decode()

    assert str(identity) not in text and "999990019" not in text
    labels = " ".join(re.findall(r"\{(.*?)\}", text))
    assert not [digits for digits in re.findall(r"\d{9}", labels) if is_bsn(digits)]
    assert ("waardig_requests_total", "404", "none") in _samples(text)


def test_prometheus_itself_gets_its_own_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_METRICS_TOKEN", TOKEN)

    answer = _scrape(Client(), accept="text/plain")

    assert answer.headers["Content-Type"] == metrics.TEXT
    assert "# TYPE waardig_jobs_open gauge" in answer.content.decode()


def test_the_answers_hold_no_name_of_a_machine_or_role(database: Any) -> None:
    text = json.dumps(Client().get("/gezond/alles/").json())

    assert "waardig_app" not in text and "127.0.0.1" not in text
