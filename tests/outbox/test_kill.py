"""Workers, producers and the database are killed in a loop; nothing that was acknowledged is lost or done twice.

The cluster is its own and waits for the disk (fsync on). WAARDIG_KILL_SECONDS makes the loop longer (default 20).
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from waardig.shell.postgres import Cluster, wait_until_ready

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = float(os.environ.get("WAARDIG_KILL_SECONDS", "20"))


class Scene:
    """The cluster and the children of one kill test."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder / "pg")
        folder.chmod(0o711)
        addresses = self.cluster.start()
        self.port = addresses.application.rsplit(":", 1)[1].split("/")[0]
        self.superuser = addresses.superuser
        self.people, self.acknowledged = folder / "people", folder / "acknowledged"
        self.acknowledged.touch()
        self.environment = {
            **os.environ,
            "DATABASE_URL": addresses.application,
            "DATABASE_OWNER_URL": addresses.owner,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "WAARDIG_SECRET_KEY": "kill-test",
            "WAARDIG_LOG_LEVEL": "ERROR",
        }
        self.counts = {"worker": 0, "producer": 0, "database": 0}
        self.children: dict[str, int] = {}
        self.nursery: subprocess.Popen[str] | None = None

    def set_up(self) -> None:
        """Tables, content and residents; then the nursery, which never gets the owner's address."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests/outbox/kill_set_up.py")],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        self.people.write_text(done.stdout)
        arguments = [str(ROOT / "tests/outbox/kill_nursery.py"), str(self.people), str(self.acknowledged)]
        environment = {key: value for key, value in self.environment.items() if key != "DATABASE_OWNER_URL"}
        self.nursery = subprocess.Popen(
            [sys.executable, *arguments], env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def start(self, name: str) -> None:
        """Fork a child that runs until it is killed."""
        assert self.nursery and self.nursery.stdin and self.nursery.stdout
        self.nursery.stdin.write(f"{name}\n")
        self.nursery.stdin.flush()
        self.children[name] = int(self.nursery.stdout.readline())

    def stop(self, name: str, how: signal.Signals) -> None:
        """Send a child a signal and wait for its end."""
        with suppress(ProcessLookupError):
            os.kill(self.children[name], how)
        self.wait(name)

    def wait(self, name: str, seconds: float = 60) -> None:
        """Wait for the end of a child."""
        end = time.monotonic() + seconds
        with suppress(ProcessLookupError):
            while time.monotonic() < end:
                os.kill(self.children[name], 0)
                time.sleep(0.02)
            raise TimeoutError(f"{name} does not end")
        del self.children[name]

    def clear(self) -> None:
        """End every child, the nursery and the cluster."""
        for name in list(self.children):
            self.stop(name, signal.SIGKILL)
        if self.nursery:
            self.nursery.kill()
            self.nursery.communicate()
        self.cluster.destroy()

    def crash_database(self) -> None:
        """Stop PostgreSQL without a checkpoint and start it on the same port, so that children must reconnect."""
        self.cluster.stop("immediate")
        self.cluster._run(
            "pg_ctl", "-D", str(self.cluster.data), "-l", str(self.cluster.folder / "postgres.log"),
            "-w", "-t", "60", "-o", f"-p {self.port}", "start",
        )  # fmt: skip
        wait_until_ready(self.superuser)

    def progress(self, name: str) -> int:
        """How far the producers or workers have come: keys acknowledged, or jobs done."""
        if name == "producer":
            return self.acknowledged.stat().st_size
        with psycopg.connect(self.superuser) as db:
            return numbers(db, "SELECT count(*) FROM outbox_job WHERE state = 'done'")

    def wait_for_progress(self, name: str, since: int, deadline: float) -> None:
        """Wait until a child that was just started does something, so that it is killed at work."""
        while self.progress(name) <= since and time.monotonic() < deadline:
            time.sleep(0.05)


@pytest.fixture
def scene() -> Iterator[Scene]:
    folder = Path(tempfile.mkdtemp(prefix="waardig-kill-"))
    made = Scene(folder)
    try:
        yield made
    finally:
        made.clear()
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def torment(scene: Scene, seconds: float) -> None:
    """Kill something every now and then, at a random moment of its work, until the time is over and each was hit."""
    for name in ("producer", "worker"):
        scene.start(name)
    before = {"producer": 0, "worker": 0}
    end, deadline = time.monotonic() + seconds, time.monotonic() + 4 * seconds
    victims = itertools.cycle(("worker", "producer", "database", "worker"))
    while time.monotonic() < end or (min(scene.counts.values()) == 0 and time.monotonic() < deadline):
        for name in before:
            scene.wait_for_progress(name, before[name], deadline)
        time.sleep(random.uniform(0, 0.5))
        victim = next(victims)
        scene.counts[victim] += 1
        if victim == "database":
            scene.crash_database()
            before = {name: scene.progress(name) for name in before}
            continue
        scene.stop(victim, signal.SIGKILL)
        before[victim] = scene.progress(victim)
        scene.start(victim)
    scene.stop("producer", signal.SIGKILL)
    scene.stop("worker", signal.SIGTERM)


def numbers(db: psycopg.Connection, query: str) -> int:
    row = db.execute(query).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return int(row[0])


@pytest.mark.slow
def test_what_was_acknowledged_is_stored_and_delivered_once_and_every_message_has_its_line(scene: Scene) -> None:
    scene.set_up()

    torment(scene, SECONDS)
    scene.start("finish")
    scene.wait("finish")

    acknowledged = set(scene.acknowledged.read_text().split())
    with psycopg.connect(scene.superuser) as db:
        stored = {row[0] for row in db.execute("SELECT key FROM inbox_message")}
        assert len(acknowledged) > 50
        assert acknowledged - stored == set()

        assert numbers(db, "SELECT count(*) FROM outbox_job WHERE state <> 'done'") == 0
        assert numbers(db, "SELECT count(*) FROM inbox_delivery") == len(stored)
        for channel, state, event in (
            ("digital", "published", "published"),
            ("paper", "handed_to_print", "handed_to_print"),
        ):
            wanted = "SELECT count(*) FROM inbox_delivery WHERE channel = %s AND state <> %s"
            assert db.execute(wanted, (channel, state)).fetchone() == (0,)
            twice = "SELECT delivery_id FROM inbox_message_event WHERE kind = %s GROUP BY 1 HAVING count(*) <> 1"
            assert db.execute(twice, (event,)).fetchall() == []
        paper = numbers(db, "SELECT count(*) FROM inbox_delivery WHERE channel = 'paper'")
        assert numbers(db, "SELECT count(*) FROM inbox_letter") == paper
        assert numbers(db, "SELECT coalesce(sum(letters), 0) FROM inbox_letter_batch") == paper
        assert numbers(db, "SELECT count(*) FROM reg.document") == len(stored) + paper

        without_line = (
            "SELECT count(*) FROM inbox_message m LEFT JOIN log.detail d"
            " ON d.message_id = m.id AND encode(d.trace_id, 'hex') = m.trace_id"
            " AND encode(d.span_id, 'hex') = m.span_id WHERE d.message_id IS NULL"
        )
        without_message = (
            "SELECT count(*) FROM log.detail d LEFT JOIN inbox_message m ON m.id = d.message_id"
            " WHERE d.message_id IS NOT NULL AND m.id IS NULL"
        )
        assert numbers(db, without_line) == 0
        assert numbers(db, without_message) == 0
        assert numbers(db, "SELECT count(*) FROM log.detail WHERE message_id IS NOT NULL") == len(stored)
        attempts = numbers(db, "SELECT sum(attempts) FROM outbox_job")
    assert min(scene.counts.values()) > 0
    print(f"{len(acknowledged)} acknowledged, {len(stored)} stored, {attempts} attempts; killed: {scene.counts}")
