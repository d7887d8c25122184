"""The log goes on to a collector: every line at least once, in the words of the standard; nowhere unless it was set."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from tests.access.builders import a_person, open_keeping, publish_activity
from tests.access.collector import PARTLY, Collector, a_collector
from tests.architecture.sources import ROOT
from tests.conftest import postgres
from waardig.access import actions
from waardig.access.cli import access
from waardig.access.jobs import handlers
from waardig.access.terms import CollectorInvalid
from waardig.kernel.clock import wall_now
from waardig.logbook.actions import sequence_lines, write_lines
from waardig.logbook.terms import NewLine
from waardig.outbox.actions import drain
from waardig.outbox.core import LEASE
from waardig.outbox.models import Job

ACT = "proef.handeling"
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def collector(owner: psycopg.Connection) -> Iterator[Collector]:
    """A collector that listens; it is not set yet."""
    open_keeping(owner)
    everybody: dict[str, Any] = {"population": {"kind": "anyone"}, "actors": [{"kind": "system"}]}
    publish_activity(owner, id=ACT, kind="right", bulk=False, **everybody)
    with a_collector() as found:
        yield found


def acts(count: int) -> None:
    """Lines about nobody, with a place in the tree."""
    write_lines([NewLine(ACT, None) for _ in range(count)])
    sequence_lines()


def enqueued() -> int:
    """Jobs for what was not taken yet, as the worker asks for them."""
    with transaction.atomic():
        return actions.enqueue_lines()


def logged(owner: psycopg.Connection) -> set[tuple[str, str]]:
    """(trace, span) of every line of the log."""
    return set(owner.execute("SELECT encode(trace_id, 'hex'), encode(span_id, 'hex') FROM log.line").fetchall())


def attributes(span: Span) -> dict[str, str]:
    """The attributes of a span."""
    return {one.key: one.value.string_value for one in span.attributes}


def test_nothing_goes_anywhere_unless_a_collector_was_set(collector: Collector) -> None:
    acts(3)

    assert enqueued() == 0
    assert drain(handlers(), until_empty=True).done == 0
    assert collector.requests == []


def test_a_line_is_a_span_with_the_fields_of_the_standard(collector: Collector, owner: psycopg.Connection) -> None:
    person = a_person()
    write_lines([NewLine(ACT, person, name="Iets", trace_id=TRACE, parent=PARENT), NewLine(ACT, None)])
    sequence_lines()
    actions.set_collector(collector.address)

    assert enqueued() == 1
    assert drain(handlers(), until_empty=True).done == 1

    span = next(one for one in collector.spans if one.name == "Iets")
    start, end, subject = owner.execute(
        "SELECT l.start_time, l.end_time, encode(d.subject, 'hex') FROM log.line l JOIN log.detail d USING (span_id)"
        " WHERE l.name = 'Iets'"
    ).fetchone() or (0, 0, "")
    assert (span.trace_id.hex(), span.parent_span_id.hex(), len(span.span_id)) == (TRACE, PARENT, 8)
    assert (span.start_time_unix_nano, span.end_time_unix_nano) == (start * 1_000_000, end * 1_000_000)
    assert (span.status.code, span.kind) == (Status.STATUS_CODE_OK, Span.SPAN_KIND_INTERNAL)
    assert attributes(span) == {
        "dpl.core.processing_activity_id": f"https://example.nl/verwerkingen/{ACT}/1",
        "dpl.core.data_subject_id": subject,
        "dpl.core.data_subject_id_type": "urn:waardig:person:hmac-sha256",
    }
    (resource,) = collector.requests[0].resource_spans
    assert {one.key: one.value.string_value for one in resource.resource.attributes} == {"service.name": "waardig"}
    assert collector.paths == ["/v1/traces"]
    assert collector.headers[0]["Content-Type"] == "application/x-protobuf"
    assert person.bytes not in collector.requests[0].SerializeToString()
    assert set(collector.kept) == logged(owner)


def test_each_line_is_handed_over_once_when_nothing_goes_wrong(collector: Collector, owner: psycopg.Connection) -> None:
    actions.set_collector(collector.address)
    acts(1_203)

    assert (enqueued(), enqueued()) == (3, 0)
    drain(handlers(), until_empty=True)
    acts(2)
    assert enqueued() == 1
    drain(handlers(), until_empty=True)

    assert len(collector.spans) == 1_205
    assert set(collector.kept) == logged(owner)


def test_the_token_of_the_collector_goes_with_it(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_COLLECTOR_TOKEN", "geheim")
    actions.set_collector(collector.address)
    acts(1)
    enqueued()
    drain(handlers(), until_empty=True)

    assert [one["Authorization"] for one in collector.headers] == ["Bearer geheim"]


@pytest.mark.parametrize("answer", [(503, b""), (400, b""), (302, b""), PARTLY, (200, b"\xff\xff")])
def test_what_was_not_taken_whole_is_sent_again(
    collector: Collector, owner: psycopg.Connection, answer: tuple[int, bytes]
) -> None:
    acts(2)
    actions.set_collector(collector.address)
    enqueued()
    good = collector.answer
    collector.answer = lambda number: answer if number == 1 else good(number)

    first = drain(handlers(), until_empty=True)
    again = drain(handlers(), until_empty=True, clock=lambda: wall_now() + timedelta(hours=12))

    assert (first.done, first.failed, again.done) == (0, 1, 1)
    assert len(collector.requests) == 2
    assert set(collector.kept) == logged(owner)
    assert len(collector.spans) == 2 * len(collector.kept)


def test_a_collector_that_is_not_there_leaves_the_job(collector: Collector) -> None:
    acts(1)
    actions.set_collector("http://127.0.0.1:9")
    enqueued()

    assert drain(handlers(), until_empty=True).failed == 1
    (job,) = Job.objects.filter(topic="access.forward_log")
    assert job.state == "waiting"
    assert "ConnectError" in job.last_error


def test_what_waits_when_the_collector_is_taken_away_is_not_lost(
    collector: Collector, owner: psycopg.Connection
) -> None:
    acts(1)
    actions.set_collector(collector.address)
    enqueued()
    actions.set_collector(None)

    assert drain(handlers(), until_empty=True).failed == 1
    actions.set_collector(collector.address)
    assert enqueued() == 0
    assert drain(handlers(), until_empty=True, clock=lambda: wall_now() + timedelta(hours=12)).done == 1
    assert set(collector.kept) == logged(owner)


def test_lines_from_before_are_left_out_when_the_owner_says_so(collector: Collector) -> None:
    acts(4)
    actions.set_collector(collector.address, from_now=True)
    assert enqueued() == 0
    acts(3)
    enqueued()
    drain(handlers(), until_empty=True)

    assert len(collector.spans) == 3


def test_a_worker_killed_after_the_collector_took_it_loses_nothing(
    collector: Collector, owner: psycopg.Connection, database: postgres.Addresses
) -> None:
    acts(1_203)
    actions.set_collector(collector.address)
    assert enqueued() == 3
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER],
        env={**os.environ, "DATABASE_URL": database.application, "DJANGO_SETTINGS_MODULE": "waardig.shell.settings",
             "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
    )  # fmt: skip
    good = collector.answer

    def kill_at_the_second(number: int) -> tuple[int, bytes]:
        if number == 2:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(120)
        return good(number)

    collector.answer = kill_at_the_second

    assert worker.wait(120) == -signal.SIGKILL
    collector.answer = good
    taken = len(collector.requests)
    drain(handlers(), until_empty=True, clock=lambda: wall_now() + LEASE + timedelta(minutes=1))

    assert taken == 2
    assert set(collector.kept) == logged(owner)
    assert len(collector.kept) == 1_203
    assert len(collector.spans) == 1_703
    doubles = [one.SerializeToString(deterministic=True) for one in collector.spans]
    assert len(set(doubles)) == 1_203
    assert not Job.objects.filter(topic="access.forward_log").exclude(state="done").exists()


_WORKER = """
import django
django.setup()
from waardig.access.jobs import handlers
from waardig.outbox.actions import drain
drain(handlers(), batch=1, until_empty=True)
"""


@pytest.mark.parametrize(
    "address",
    ["http://collector.example", "https://", "ftp://x", "https://x?y=1", "https://u:p@x", "http://127.0.0.1.nl"],
)
def test_a_collector_elsewhere_is_reached_with_tls_or_not_at_all(collector: Collector, address: str) -> None:
    with pytest.raises(CollectorInvalid):
        actions.set_collector(address)

    assert actions.collector() is None


def test_the_application_reads_no_line_that_was_not_handed_over(collector: Collector, database: Any) -> None:
    acts(3)
    with psycopg.connect(database.application, autocommit=True) as application:
        ask = "SELECT count(*) FROM gate.lines_to_forward(0, 1000000, '[]')"
        assert application.execute(ask).fetchone() == (0,)
        actions.set_collector(collector.address)
        assert application.execute(ask).fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT gate.set_collector('https://x.example', false)")


def test_the_commands_set_show_and_end_it(collector: Collector) -> None:
    def run(*words: str) -> str:
        found = CliRunner().invoke(access, ["collector", *words])
        assert found.exit_code == 0, found.output
        return str(found.output)

    assert run("show") == "The log goes nowhere.\n"
    run("set", "https://collector.example/otlp")
    assert run("show") == "https://collector.example/otlp\n"
    run("off")
    assert actions.collector() is None
