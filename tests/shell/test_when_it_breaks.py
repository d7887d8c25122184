"""The disk fills up, the server dies, everybody comes at once: no line, no data; and nothing half done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connections

from tests.identity.signing_in import a_resident, signed_in_client
from tests.journeys.towns import SERVICE, Town, clone, inside, made_town, prepared
from waardig.access.actions import ask
from waardig.access.queries import attributes_of
from waardig.access.terms import Actor, Request
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP
from waardig.kernel.clock import business_today
from waardig.kernel.declared import carried
from waardig.logbook.terms import LogbookUnavailable
from waardig.registers.queries import take
from waardig.shell import postgres
from waardig.shell.postgres import wait_until_ready

OWN_DATA = "inzage.gegevens"
RESIDENTS = 100
LOOKS = 2
ROOM = 2 * 1024 * 1024
"""Bytes that the small disk has beside the lines that are there."""


@pytest.fixture
def town(cluster: postgres.Cluster, django_db_blocker: Any) -> Iterator[Town]:
    """A town of 74 clients and their households on the day of its round; this process works in it."""
    with inside(
        clone(cluster, made_town(cluster, "ready", lambda made: prepared(made, "--residents", "3000"))),
        django_db_blocker,
    ) as found:
        yield found


def residents(town: Town, at_most: int) -> list[UUID]:
    """Persons of the town, the same each time."""
    return [one for (one,) in town.all("SELECT person FROM reg.person ORDER BY person LIMIT %s", at_most)]


def look(person: UUID) -> int:
    """What a resident does who opens "My data"; gives how many facts were shown."""
    actor = Actor("resident", str(person))
    return len(take(ask(Request(OWN_DATA, attributes_of(OWN_DATA), (person,), actor, business_today()))))


def looked(town: Town) -> Counter[str]:
    """Lines of residents who looked at their own data, by who it was."""
    rows = town.all(
        "SELECT a.actor_id FROM log.detail d JOIN log.audit_actor a USING (trace_id, span_id)"
        " WHERE d.activity = %s AND d.decision = 'allow'",
        OWN_DATA,
    )
    return Counter(one for (one,) in rows)


# -- the disk ----------------------------------------------------------------------------------------------------------
@contextmanager
def narrow_disk(town: Town, cluster: postgres.Cluster) -> Iterator[Path]:
    """The lines of the log on a disk with little room; gives its folder. Needs root and a system that mounts."""
    folder = Path(tempfile.mkdtemp(prefix="waardig-narrow-"))
    folder.chmod(0o711)
    disk = folder / "disk"
    disk.mkdir()
    size = int(town.value("SELECT pg_total_relation_size('log.line')")) + ROOM
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode != 0:
        shutil.rmtree(folder)
        pytest.skip("no small disk can be mounted here: that needs root")
    try:
        space = disk / "space"
        space.mkdir(mode=0o700)
        if cluster.account:
            shutil.chown(space, cluster.account)
        with psycopg.connect(town.addresses.superuser, autocommit=True) as superuser:
            superuser.execute(f"CREATE TABLESPACE narrow_{town.name} LOCATION '{space}'".encode())
            superuser.execute(f"ALTER TABLE log.line SET TABLESPACE narrow_{town.name}".encode())
            try:
                yield disk
            finally:
                (disk / "filling").unlink(missing_ok=True)
                connections["default"].close()
                superuser.execute(b"ALTER TABLE log.line SET TABLESPACE pg_default")
                superuser.execute(b"CHECKPOINT")
                superuser.execute(f"DROP TABLESPACE narrow_{town.name}".encode())
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def fill(disk: Path) -> None:
    """Leave no byte on the small disk."""
    with (disk / "filling").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


def _page_of(person: UUID) -> Any:
    """What the browser of this resident gets for "My data"."""
    setup, _ = open_trial(settings.BASE_URL, (), installation="test")
    SETUP.bind(setup)
    client = signed_in_client(a_resident(person))
    client.raise_request_exception = False
    return client.get("/gegevens/", headers={"host": settings.ALLOWED_HOSTS[0]})


def until_refused(act: Callable[[], int], tries: int = 3_000) -> tuple[int, LogbookUnavailable]:
    """Do it until it is refused; how often it was done, and the refusal."""
    for done in range(tries):
        try:
            assert act() > 0
        except LogbookUnavailable as refused:
            return done, refused
    raise AssertionError("it was never refused")


def test_a_full_disk_gives_no_data_and_afterwards_everything_goes_on(town: Town, cluster: postgres.Cluster) -> None:
    (person,) = residents(town, 1)
    with narrow_disk(town, cluster) as disk:
        shown = look(person)
        fill(disk)
        done, refused = until_refused(lambda: look(person))
        tickets = town.value("SELECT count(*) FROM gate.ticket")

        page = _page_of(person)

        assert page.status_code == 503 and page["Retry-After"] and "niet vastleggen" in page.content.decode()
        assert refused.sqlstate == "53100" and "vastleggen" in refused.text_nl
        assert town.value("SELECT count(*) FROM gate.ticket") == tickets, (
            "a refusal for want of a line leaves no ticket"
        )
        assert looked(town)[str(person)] == done + 1
        (disk / "filling").unlink()
        assert look(person) == shown
        assert looked(town)[str(person)] == done + 2


def test_a_round_on_a_full_disk_stops_whole_and_is_finished_afterwards(town: Town, cluster: postgres.Cluster) -> None:
    from waardig.proposals.actions import run_round

    (person,) = residents(town, 1)
    with narrow_disk(town, cluster) as disk:
        fill(disk)
        until_refused(lambda: look(person))
        with pytest.raises(LogbookUnavailable):
            run_round(SERVICE)
        half = town.sent_nothing()
        lines = town.value("SELECT count(*) FROM log.detail WHERE run IS NOT NULL")
        (disk / "filling").unlink()
        done = run_round(SERVICE)

    assert lines == 0 and not any(half.values()), half
    assert done.log_lines >= done.evaluated > 0
    assert town.value("SELECT count(*) FROM inbox_message") > 0


# -- the server --------------------------------------------------------------------------------------------------------
def test_whoever_got_an_answer_before_the_server_died_has_a_line_after_it(town: Town) -> None:
    people, answered, lock = residents(town, 12), Counter[str](), threading.Lock()

    def keep_looking(person: UUID) -> None:
        try:
            for _ in range(200):
                if look(person):
                    with lock:
                        answered[str(person)] += 1
        except (LogbookUnavailable, OperationalError):
            return  # the server died under it
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(people), initializer=carried()) as pool:
        looking = [pool.submit(keep_looking, person) for person in people]
        while sum(answered.values()) < 40:
            assert not all(one.done() for one in looking), [one.exception() for one in looking]
        backends = town.all(
            "SELECT pid FROM pg_stat_activity WHERE usename LIKE %s AND datname = current_database()", "%app"
        )
        os.kill(backends[0][0], signal.SIGKILL)
        for one in looking:
            one.result(60)
    wait_until_ready(town.addresses.application, 60)
    connections["default"].close()

    written = looked(town)
    assert not {person: count for person, count in answered.items() if written[person] < count}
    assert sum(answered.values()) < len(people) * 200, "it was killed before everybody was done"
    assert look(people[0]) > 0


# -- everybody at once -------------------------------------------------------------------------------------------------
def test_a_hundred_residents_and_a_round_at_once_lose_no_line_and_wait_for_nobody_for_ever(town: Town) -> None:
    from waardig.proposals.actions import run_round

    known, together = residents(town, RESIDENTS), threading.Semaphore(24)  # a server has so many threads
    people = [known[place % len(known)] for place in range(RESIDENTS)]  # some look on two screens at once
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"

    def look_again(person: UUID) -> int:
        with together:
            try:
                return min(look(person) for _ in range(LOOKS))
            finally:
                connections["default"].close()

    def bulk() -> Any:
        try:
            return run_round(SERVICE)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(RESIDENTS + 1, initializer=carried()) as pool:
        round_of_all = pool.submit(bulk)
        shown = list(pool.map(look_again, people))
        done = round_of_all.result(300)

    assert len(shown) == RESIDENTS and min(shown) > 0
    assert looked(town) == Counter(str(person) for person in people * LOOKS)
    assert town.value("SELECT count(*) FROM log.detail WHERE run IS NOT NULL") == done.log_lines
    assert town.value("SELECT count(*) FROM log.detail d LEFT JOIN log.line l USING (trace_id, span_id)"
                      " WHERE l.trace_id IS NULL") == 0  # fmt: skip
    assert town.value(deadlocks) == 0
