"""The worker is killed at random moments while it destroys an approved list, and started again: each case is there
whole or gone whole, and what stands in the end is what an undisturbed run leaves.

WAARDIG_KILLS asks for a number of kills (50 at a release); without it 10.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.archive.destroying import NOES, PEOPLE, REFUSALS
from tests.journeys.towns import ROOT, Town, clone, made_town
from waardig.shell.postgres import Cluster

WANTED = int(os.environ.get("WAARDIG_KILLS", "0")) or 10


def _command(step: str) -> list[str]:
    return [sys.executable, "-m", "tests.archive.destroying", step]


def _prepared(town: Town) -> dict[str, object]:
    subprocess.run(_command("prepare"), env=town.environment(owner=True), cwd=ROOT, check=True, timeout=300)
    return {}


@pytest.fixture
def approved_town(cluster: Cluster) -> Town:
    """A town with an approved list: people who said no, refusals, and a round whose outcomes are past their term."""
    return made_town(cluster, "approved_destruction", _prepared)


@pytest.mark.slow
def test_a_destruction_killed_at_random_moments_ends_as_an_undisturbed_one(
    cluster: Cluster, approved_town: Town
) -> None:
    reference = clone(cluster, approved_town)
    begin = time.monotonic()
    assert _finishes_within(reference, 300)
    length = time.monotonic() - begin
    expected = reference.export()
    assert _standing(reference) == [(0, NOES + REFUSALS + 1, 0, PEOPLE)]

    kills = halfway = towns = 0
    rng = random.Random("kill the destruction")
    while kills < WANTED:
        town = clone(cluster, approved_town)
        towns += 1
        while not _finishes_within(town, rng.uniform(0.3 * length, 1.02 * length) if kills < WANTED else 300):
            kills += 1
            left = town.value("SELECT count(*) FROM archive_line WHERE state = 'waiting'")
            halfway += 0 < left <= NOES + REFUSALS
            _whole_or_gone(town)
        assert town.export() == expected
        _whole_or_gone(town)
        assert _standing(town) == _standing(reference)
    print(f"{kills} kills in {towns} towns, {halfway} of them with part of the list done")


def _finishes_within(town: Town, seconds: float) -> bool:
    child = subprocess.Popen(
        _command("play"), env=town.environment(), cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _, said = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.communicate()
        town.change("UPDATE outbox_job SET lease_until = now() WHERE state = 'leased'")  # its lease runs out
        return child.returncode == 0
    assert child.returncode == 0, said[-2000:]
    return True


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
        "   - (SELECT coalesce(sum((parts ->> 'outcomes')::int), 0) FROM archive_line WHERE kind = 'round')"
    )
    assert once == [(0, 0, 0, 0, 0)]


def _standing(town: Town) -> list[tuple[object, ...]]:
    """Cases left, lines destroyed, outcomes left, outcomes counted."""
    return town.all(
        "SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM archive_line WHERE state = 'destroyed'),"
        " (SELECT count(*) FROM proposals_run_item), (SELECT sum(count)::int FROM proposals_tally)"
    )
