"""Several workers on one queue: nothing twice, each of them visible, one that is killed gives its work back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable

from tests.journeys.towns import Town

HELD = """
import sys, time
from waardig.shell import system
system.prepare()
from waardig.outbox.actions import drain
from waardig.outbox.terms import Handler
def hold(jobs):
    print(len(jobs), flush=True)
    time.sleep(600)
drain({"inbox.letter": Handler(hold, inside=False)}, batch=5)
"""


def _start(town: Town, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        arguments, env=town.environment(), cwd=town.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _until(town: Town, question: str, is_so: Callable[[object], bool]) -> None:
    """Ask the database until it is so; the test's own limit ends a wait that never does."""
    for _ in range(1200):
        if is_so(town.value(question)):
            return
        time.sleep(0.05)
    raise AssertionError(f"never so: {question}")


def test_two_workers_do_every_letter_once_and_one_that_was_killed_loses_nothing(after_the_round: Town) -> None:
    town = after_the_round
    letters = town.value("SELECT count(*) FROM outbox_job WHERE topic = 'inbox.letter'")
    assert letters > 10

    killed = _start(town, sys.executable, "-c", HELD)
    assert killed.stdout is not None and killed.stdout.readline() == "5\n"
    killed.kill()
    killed.wait(30)
    assert town.value("SELECT count(*) FROM outbox_job WHERE state = 'leased'") == 5
    town.change("UPDATE outbox_job SET lease_until = now() - interval '1 second' WHERE state = 'leased'")

    both = [_start(town, *town.command("worker", "--batch", "3")) for _ in range(2)]
    _until(town, "SELECT count(*) FROM outbox_job WHERE state IN ('waiting', 'leased')", lambda left: left == 0)
    _until(town, "SELECT count(*) FROM outbox_worker WHERE ended_at IS NULL", lambda there: there == 2)
    for worker in both:
        worker.send_signal(signal.SIGTERM)
    ends = [worker.wait(60) for worker in both]

    assert ends == [0, 0]
    assert town.value("SELECT count(*) FROM outbox_worker WHERE ended_at IS NOT NULL") == 2
    assert town.value("SELECT sum(done) FROM outbox_worker") == town.value(
        "SELECT count(*) FROM outbox_job WHERE state = 'done'"
    )
    assert town.value("SELECT count(*) FROM outbox_job WHERE topic = 'inbox.letter' AND state = 'done'") == letters
    assert town.value("SELECT count(*) FROM inbox_letter") == letters
    assert town.all("SELECT attempts, count(*) FROM outbox_job WHERE topic = 'inbox.letter' GROUP BY 1 ORDER BY 1") == [
        (1, letters - 5),
        (2, 5),
    ]
    assert town.value("SELECT count(*) FROM outbox_job WHERE state = 'dead'") == 0
