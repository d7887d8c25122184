"""Granting without an application is killed at random (SIGKILL) and started again, from announcement to decision.

What stands in the end is what an undisturbed story leaves, and nobody is granted, told or paid anything twice.

WAARDIG_KILLS asks for a number of kills (50 at a release); without it at least 10.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from tests.journeys.towns import Town, clone
from waardig.shell.postgres import Cluster

WANTED = int(os.environ.get("WAARDIG_KILLS", "0")) or 10
STORY = (sys.executable, "-m", "tests.proposals.granting")


@pytest.mark.slow
def test_granting_killed_at_random_moments_ends_as_an_undisturbed_story(
    cluster: Cluster, before_the_round: Town
) -> None:
    reference = clone(cluster, before_the_round)
    begin = time.monotonic()
    assert _finishes_within(reference, 300)
    length = time.monotonic() - begin
    expected = reference.export()
    assert reference.value("SELECT count(*) FROM cases_decision") > 10

    rng = random.Random("kill the granting")
    kills = halfway = 0
    while kills < WANTED:
        town = clone(cluster, before_the_round)
        while not _finishes_within(town, rng.uniform(0.2, 0.8) * length if kills < WANTED else 300):
            kills += 1
            granted = town.value("SELECT count(*) FROM cases_decision")
            announced = town.value("SELECT count(*) FROM cases_case")
            halfway += announced > 0 and granted < reference.value("SELECT count(*) FROM cases_decision")
            town.change("UPDATE outbox_job SET lease_until = now() WHERE state = 'leased'")  # as when its time is over
        assert town.export() == expected
        _nothing_twice(town)

    assert kills >= WANTED
    assert halfway > 0


def _finishes_within(town: Town, seconds: float) -> bool:
    """Start the story and kill it after so many seconds; whether it came to its end before."""
    child = subprocess.Popen(
        STORY, env=town.environment(owner=True), cwd=town.folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _, said = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return child.returncode == 0
    assert child.returncode == 0, said[-2000:]
    return True


def _nothing_twice(town: Town) -> None:
    """One line a person in a run, one case a household, one decision, one letter about it, one order to pay."""
    once = town.all(
        "SELECT (SELECT count(*) - count(DISTINCT (run, subject)) FROM log.detail WHERE run IS NOT NULL),"
        " (SELECT count(*) - count(DISTINCT case_id) FROM cases_decision),"
        " (SELECT count(*) FROM cases_decision d WHERE"
        '  (SELECT count(*) FROM payments_order o WHERE o."case" = d.case_id) <> 1),'
        " (SELECT count(*) FROM cases_case c WHERE (SELECT count(*) FROM inbox_message m WHERE m.case = c.id) <>"
        "  1 + (SELECT count(*) FROM cases_decision d WHERE d.case_id = c.id)),"
        ' (SELECT count(*) - count(DISTINCT "case") FROM proposals_grant_list_item),'
        " (SELECT count(*) FROM outbox_job WHERE state NOT IN ('done', 'waiting'))"
    )
    assert once == [(0, 0, 0, 0, 0, 0)]
