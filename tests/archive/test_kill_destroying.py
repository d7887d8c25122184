"""The worker is killed between the cases of an approved list and started again: each case is there whole or gone whole,
nothing goes twice, and what stands in the end is what an undisturbed run leaves.

When it is killed follows from how far the list is, not from a clock. WAARDIG_KILLS asks for a number of kills (50 at a
release); without it 10.
"""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import psycopg
import pytest

from tests.archive.destroying import NOES, PEOPLE, REFUSALS
from tests.journeys.towns import ROOT, Town, clone, made_town
from waardig.shell.postgres import Cluster

WANTED = int(os.environ.get("WAARDIG_KILLS", "0")) or 10
PART = 500
STEPS = NOES + REFUSALS + PEOPLE // PART
"""Moments between two transactions: after each case, and after each part of the round but its last."""

_PROGRESS = (
    "SELECT (SELECT count(*) FROM archive_line WHERE state <> 'waiting')"  # noqa: S608 - a number of this file
    f" + (SELECT coalesce(sum(count), 0)::int / {PART} FROM proposals_tally WHERE NOT has_case)"
)


@dataclass(frozen=True)
class Player:
    """The process that starts a worker for each line it reads."""

    commands: IO[str]
    answers: IO[str]

    def start(self) -> int:
        self.commands.write("\n")
        self.commands.flush()
        return int(self.answers.readline())

    def has_ended(self, seconds: float) -> bool:
        return bool(select.select([self.answers], [], [], seconds)[0])

    def ending(self) -> str:
        return self.answers.readline().strip()


def _command(step: str) -> list[str]:
    return [sys.executable, "-m", "tests.archive.destroying", step]


def _prepared(town: Town) -> dict[str, object]:
    subprocess.run(_command("prepare"), env=town.environment(owner=True), cwd=ROOT, check=True, timeout=300)
    return {}


@contextmanager
def _player(town: Town) -> Iterator[Player]:
    child = subprocess.Popen(
        _command("play"), env=town.environment(), cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None
    try:
        yield Player(child.stdin, child.stdout)
    finally:
        child.stdin.close()
        child.wait(60)
        child.stdout.close()


@pytest.fixture
def approved_town(cluster: Cluster) -> Town:
    """A town with an approved list: people who said no, refusals, and a round whose outcomes are past their term."""
    return made_town(cluster, "approved_destruction", _prepared)


@pytest.mark.slow
def test_a_destruction_killed_between_cases_ends_as_an_undisturbed_one(cluster: Cluster, approved_town: Town) -> None:
    reference = clone(cluster, approved_town)
    with _player(reference) as player:
        player.start()
        assert player.ending() == "finished"
    expected = reference.export()
    assert _standing(reference) == [(0, NOES + REFUSALS + 1, 0, PEOPLE)]

    kills = towns = 0
    rng = random.Random("kill the destruction")
    while kills < WANTED:
        town = clone(cluster, approved_town)
        towns += 1
        with _player(town) as player:
            for moment in sorted(rng.sample(range(1, STEPS + 1), min(WANTED - kills, STEPS))):
                kills += _killed_at(town, player, moment, rng.uniform(0, 0.03))
            player.start()
            assert player.ending() == "finished"
        _whole_or_gone(town)
        assert _standing(town) == _standing(reference)
        assert town.export() == expected
        assert towns <= 2 + WANTED // 4, "the list is done before it can be killed"
    print(f"{kills} kills in {towns} towns")


def _killed_at(town: Town, player: Player, moment: int, later: float) -> bool:
    """Kill the worker when so many transactions are done, a little later; whether it was in time."""
    with psycopg.connect(town.addresses.owner, autocommit=True) as connection:
        if _progress(connection) >= moment:
            return False
        worker = player.start()
        while _progress(connection) < moment:
            assert not player.has_ended(0.002), player.ending()
        if player.has_ended(later):
            assert player.ending() == "finished"
            return False
        os.kill(worker, signal.SIGKILL)
        ended = player.ending()
        left = connection.execute("SELECT count(*) FROM archive_line WHERE state = 'waiting'").fetchone()
        connection.execute("UPDATE outbox_job SET lease_until = now() WHERE state = 'leased'")  # its lease runs out
    _whole_or_gone(town)
    return ended == "killed" and left is not None and left[0] > 0


def _progress(connection: psycopg.Connection) -> int:
    row = connection.execute(_PROGRESS).fetchone()
    assert row is not None
    return int(row[0])


def _whole_or_gone(town: Town) -> None:
    """A destroyed case has no row anywhere and one line a person; one that waits has all of its rows."""
    once = town.all(
        "SELECT (SELECT count(*) FROM archive_line l WHERE l.kind = 'case' AND"
        "  (l.state = 'destroyed') = EXISTS (SELECT FROM cases_case c WHERE c.id = l.subject)),"
        " (SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_party p WHERE p.case_id = c.id)),"
        " (SELECT count(*) FROM inbox_message m WHERE NOT EXISTS (SELECT FROM cases_case c WHERE c.id = m.case)),"
        " (SELECT count(*) FROM gate.destruction),"
        " (SELECT count(*) FROM log.detail WHERE activity = 'archief.vernietigen')"
        "   - (SELECT count(*) FROM archive_line WHERE kind = 'case' AND state = 'destroyed')"
        "   - (SELECT coalesce(sum(count), 0) FROM proposals_tally WHERE NOT has_case)"
    )
    assert once == [(0, 0, 0, 0, 0)]


def _standing(town: Town) -> list[tuple[object, ...]]:
    """Cases left, lines destroyed, outcomes left, outcomes counted."""
    return town.all(
        "SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM archive_line WHERE state = 'destroyed'),"
        " (SELECT count(*) FROM proposals_run_item), (SELECT sum(count)::int FROM proposals_tally)"
    )
