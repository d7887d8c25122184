"""The outbox: jobs after commit, at least once, retried, given up in sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import psycopg
import pytest
from django.db import Error as DatabaseError
from django.db import connection, transaction

from waardig.outbox.actions import drain, each, enqueue, replay, require_handlers
from waardig.outbox.core import LEASE, MOST_ATTEMPTS, wait_after
from waardig.outbox.jobs import run_worker
from waardig.outbox.models import Job as JobRow
from waardig.outbox.queries import dead, depth
from waardig.outbox.terms import (
    Drained,
    Failures,
    Handler,
    HandlerUnknown,
    Job,
    NewJob,
    OutsideTransaction,
    PayloadNotIds,
)
from waardig.shell.postgres import Addresses

pytestmark = pytest.mark.usefixtures("db")


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC) + timedelta(minutes=1)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Iterator[Watch]:
    yield Watch()


def put(*keys: str, topic: str = "test.note") -> None:
    with transaction.atomic():
        enqueue([NewJob(topic, key, {"thing": key}) for key in keys])


def note(job: Job) -> None:
    """An effect inside the database: a row under the key of the job."""
    JobRow.objects.create(topic="test.effect", key=job.key, state="done")


def effects() -> list[str]:
    return sorted(JobRow.objects.filter(topic="test.effect").values_list("key", flat=True))


def test_a_job_whose_transaction_is_rolled_back_never_existed() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue([NewJob("test.note", "a")])
        raise ZeroDivisionError

    assert depth().is_empty
    assert JobRow.objects.count() == 0


def test_a_job_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        enqueue([NewJob("test.note", "a")])

    assert JobRow.objects.count() == 0


def test_the_same_topic_and_key_twice_is_one_job() -> None:
    put("a", "b")
    with transaction.atomic():
        assert enqueue([NewJob("test.note", "a"), NewJob("test.note", "c"), NewJob("test.other", "a")]) == 2

    assert JobRow.objects.count() == 4


@pytest.mark.parametrize("value", ["Jan de Vries", "999993653", "", "a" * 121, "regel\ntwee"])
def test_a_payload_with_something_else_than_an_identifier_is_refused(value: str) -> None:
    with pytest.raises(PayloadNotIds) as refused:
        NewJob("test.note", "a", {"naam": value})

    assert refused.value.name == "naam"
    assert not value or value not in str(refused.value)


def test_drain_does_every_due_job_once_and_reports_it() -> None:
    put(*(f"k{n}" for n in range(120)))

    done = drain({"test.note": each(note)}, batch=50, until_empty=True)

    assert done == Drained(done=120)
    assert len(effects()) == 120
    assert depth().is_empty
    assert depth().done == 240
    assert drain({"test.note": each(note)}, until_empty=True) == Drained()


def test_a_job_that_is_due_later_waits(watch: Watch) -> None:
    with transaction.atomic():
        enqueue([NewJob("test.note", "later", due=watch.now + timedelta(hours=1))])

    assert drain({"test.note": each(note)}, clock=watch) == Drained()
    watch.now += timedelta(hours=1)
    assert drain({"test.note": each(note)}, clock=watch) == Drained(done=1)


def test_a_failing_job_does_not_undo_the_others_and_waits_longer_each_time(watch: Watch) -> None:
    put("bad", "good")

    def fail_on_bad(job: Job) -> None:
        note(job)
        if job.key == "bad":
            raise ValueError("no such thing")

    handlers = {"test.note": each(fail_on_bad)}
    assert drain(handlers, clock=watch) == Drained(done=1, failed=1)
    assert effects() == ["good"]
    row = JobRow.objects.get(key="bad", topic="test.note")
    assert (row.state, row.attempts, row.last_error) == ("waiting", 1, "ValueError: no such thing")
    assert row.due == watch.now + wait_after(1)
    assert drain(handlers, clock=watch) == Drained()


def test_after_eight_attempts_a_job_is_given_up_in_sight_and_can_be_replayed(watch: Watch) -> None:
    put("bad")
    broken = True

    def handle(job: Job) -> None:
        if broken:
            raise ValueError("broken")
        note(job)

    handlers = {"test.note": each(handle)}
    for _ in range(MOST_ATTEMPTS - 1):
        assert drain(handlers, clock=watch) == Drained(failed=1)
        watch.now += timedelta(hours=2)
    assert drain(handlers, clock=watch) == Drained(dead=1)

    assert dead().total == 1
    assert dead().jobs[0].last_error == "ValueError: broken"
    assert drain(handlers, clock=watch) == Drained()
    broken = False
    assert replay([dead().jobs[0].id], by="b.beheer") == 1
    assert replay([dead().jobs[0].id] if dead().jobs else [0], by="b.beheer") == 0
    assert drain(handlers, clock=watch) == Drained(done=1)
    assert effects() == ["bad"]


def test_a_batch_error_of_an_inside_handler_undoes_all_its_effects(watch: Watch) -> None:
    put("a", "b")

    def crash(jobs: Sequence[Job]) -> Failures:
        for job in jobs:
            note(job)
        raise RuntimeError("half way")

    assert drain({"test.note": Handler(crash)}, clock=watch) == Drained(failed=2)
    assert effects() == []


def test_a_database_error_in_one_job_leaves_the_transaction_usable(watch: Watch) -> None:
    put("a", "b")
    JobRow.objects.create(topic="test.effect", key="a", state="done")

    assert drain({"test.note": each(note)}, clock=watch) == Drained(done=1, failed=1)
    assert effects() == ["a", "b"]
    assert "IntegrityError" in JobRow.objects.get(topic="test.note", key="a").last_error


def test_a_job_of_a_dead_worker_returns_when_its_lease_ends(watch: Watch) -> None:
    put("a")

    class Killed(BaseException):
        pass

    def die(jobs: Sequence[Job]) -> Failures:
        raise Killed

    with pytest.raises(Killed):
        drain({"test.note": Handler(die, inside=False)}, clock=watch)
    assert drain({"test.note": each(note)}, clock=watch) == Drained()
    watch.now += LEASE
    assert drain({"test.note": each(note)}, clock=watch) == Drained(done=1)


def test_a_job_that_kills_its_worker_every_time_is_given_up(watch: Watch) -> None:
    put("poison")

    class Killed(BaseException):
        pass

    def die(jobs: Sequence[Job]) -> Failures:
        raise Killed

    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            drain({"test.note": Handler(die, inside=False)}, clock=watch)
        watch.now += LEASE
    assert drain({"test.note": Handler(die, inside=False)}, clock=watch) == Drained(dead=1)
    assert dead().jobs[0].last_error == "the worker ended during the last attempt"


def test_a_worker_that_lost_its_lease_changes_nothing(watch: Watch) -> None:
    put("a")
    runs: list[str] = []

    def slow(jobs: Sequence[Job]) -> Failures:
        runs.append("slow")
        watch.now += LEASE
        assert drain({"test.note": each(note)}, clock=watch) == Drained(done=1)
        return {job.id: "too late" for job in jobs}

    assert drain({"test.note": Handler(slow, inside=False)}, clock=watch) == Drained()
    row = JobRow.objects.get(topic="test.note")
    assert (runs, row.state, row.last_error, effects()) == (["slow"], "done", "", ["a"])


def test_workers_beside_each_other_do_every_job_once() -> None:
    put(*(f"k{n}" for n in range(300)))
    totals: list[Drained] = []

    def work() -> None:
        try:
            totals.append(drain({"test.note": each(note)}, batch=7, until_empty=True))
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(total.done for total in totals) == 300
    assert len(effects()) == 300


def test_a_worker_waits_for_a_database_that_goes_away(database: Addresses) -> None:
    put("a")
    stop = Event()
    calls: list[int] = []

    def handle(job: Job) -> None:
        calls.append(1)
        if len(calls) == 1:
            with psycopg.connect(database.superuser) as superuser:
                superuser.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename = 'waardig_app' AND datname = current_database()"
                )
        note(job)
        stop.set()

    handlers = {"test.note": each(handle)}
    JobRow.objects.filter(key="a").update(due=datetime(2025, 1, 1, tzinfo=UTC))
    with pytest.raises(DatabaseError):
        drain(handlers)
    connection.close()
    JobRow.objects.update(lease_until=datetime(2025, 1, 1, tzinfo=UTC))
    run_worker(handlers, stop, poll=0.01)

    assert effects() == ["a"]
    assert len(calls) == 2


def test_a_worker_stops_when_it_is_told() -> None:
    stop = Event()
    stop.set()
    put("a")

    assert run_worker({"test.note": each(note)}, stop) == Drained()
    assert depth().waiting == 1


def test_a_topic_without_handler_is_refused_by_name() -> None:
    with pytest.raises(HandlerUnknown) as refused:
        require_handlers({"test.note": each(note)}, ["test.note", "inbox.letter"])

    assert refused.value.topics == ("inbox.letter",)


def test_depth_counts_what_waits_by_topic_in_two_queries(django_assert_num_queries: object) -> None:
    put("a", "b")
    put("c", topic="test.other")

    with django_assert_num_queries(2):  # type: ignore[operator]
        found = depth()

    assert (found.waiting, found.by_topic) == (3, {"test.note": 2, "test.other": 1})
    assert found.oldest_due is not None
