"""Ordering, list making, release, export and taking in statuses are killed at random moments and started again: nothing
is paid twice, and what stands in the end is what an undisturbed run leaves.

WAARDIG_KILLS asks for a number of kills (50 at a release); without it 4.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.journeys.nursery import Nursery, a_nursery
from tests.journeys.towns import ROOT, Town, clone, made_town
from waardig.shell.postgres import Cluster

WANTED = int(os.environ.get("WAARDIG_KILLS", "0")) or 4
STORY = "tests.payments.paying:play"


def _prepared(town: Town) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.payments.paying"]
    subprocess.run(command, env=town.environment(owner=True), cwd=ROOT, check=True, timeout=300)
    return {}


@pytest.fixture
def granted(cluster: Cluster) -> Town:
    """A town in which sixteen people were granted money and nothing is ordered yet."""
    return made_town(cluster, "granted", _prepared)


@pytest.mark.slow
def test_nothing_is_paid_twice_however_often_paying_is_killed(cluster: Cluster, granted: Town, tmp_path: Path) -> None:
    reference, folder = clone(cluster, granted), tmp_path / "reference"
    folder.mkdir()
    with a_nursery() as nursery:
        begin = time.monotonic()
        assert _finishes_within(nursery, reference, folder, 300)
        length = time.monotonic() - begin
        expected = reference.export()
        assert nursery.exported(reference) == expected
        assert _counts(reference) == {"cancelled": 0, "nothing": 0, "paid": 14, "to_person": 2}

        kills, round_ = 0, 0
        rng = random.Random("kill the payments")
        while kills < WANTED:
            round_ += 1
            town, out = clone(cluster, granted), tmp_path / str(round_)
            out.mkdir()
            killed, begin = kills, time.monotonic()
            while not _finishes_within(nursery, town, out, rng.uniform(0.1, 1.0) * length if kills < WANTED else 300):
                kills += 1
                _never_twice(town)
            if kills == killed:  # the first story on a fresh server is slower than all others
                length = min(length, time.monotonic() - begin)
            assert nursery.exported(town) == expected
            _never_twice(town)
            _same_files(town, out)
    print(f"{kills} kills in {round_} towns")


def _finishes_within(nursery: Nursery, town: Town, folder: Path, seconds: float) -> bool:
    if nursery.finishes_within(seconds, town, STORY, str(folder)):
        return True
    town.change("UPDATE outbox_job SET lease_until = now() WHERE state = 'leased'")  # its lease runs out
    return False


def _counts(town: Town) -> dict[str, int]:
    found = dict(town.all("SELECT state, count(*) FROM payments_order GROUP BY state"))
    return {state: found.get(state, 0) for state in ("cancelled", "nothing", "paid", "to_person")}


def _never_twice(town: Town) -> None:
    """One order a decision, one live line an order, one message a rejection, an attempt in one released list."""
    once = town.all(
        "SELECT (SELECT count(*) - count(DISTINCT decision) FROM payments_order),"
        " (SELECT count(*) - count(DISTINCT order_id) FROM payments_line WHERE live),"
        " (SELECT count(*) FROM (SELECT order_id, attempt FROM payments_line l JOIN payments_list p ON p.id = l.list_id"
        "   WHERE p.state = 'released' GROUP BY 1, 2 HAVING count(*) > 1) twice),"
        " (SELECT count(*) FROM payments_order_event WHERE kind = 'rejected')"
        "   - (SELECT count(*) FROM inbox_message WHERE message_type = 'algemeen.betaling'),"
        " (SELECT count(*) FROM payments_list WHERE state = 'released' AND released_by = made_by),"
        " (SELECT coalesce(sum(amount_eurocent), 0) FROM payments_line WHERE outcome = 'paid')"
        "   - (SELECT coalesce(sum(amount_eurocent), 0) FROM payments_order WHERE state = 'paid')"
    )
    assert once == [(0, 0, 0, 0, 0, 0)]


def _same_files(town: Town, folder: Path) -> None:
    """Each released list was exported; its files have the fingerprint that the list keeps, so also after a kill."""
    for number, pain, package in town.all(
        "SELECT number, pain_sha256, package_sha256 FROM payments_list WHERE state = 'released'"
    ):
        assert sha256((folder / f"{number}.xml").read_bytes()).hexdigest() == pain
        assert sha256((folder / f"{number}.csv").read_bytes()).hexdigest() == package
