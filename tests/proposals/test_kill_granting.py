"""Granting without an application is killed at random (SIGKILL) and started again, from announcement to decision.

What stands in the end is what an undisturbed story leaves, and nobody is granted, told or paid anything twice.

WAARDIG_KILLS asks for a number of kills (50 at a release); without it at least 10.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from tests.journeys.nursery import Nursery, a_nursery
from tests.journeys.towns import Town, clone
from waardig.shell.postgres import Cluster

WANTED = int(os.environ.get("WAARDIG_KILLS", "0")) or 10
STORY = "tests.proposals.granting:play"


@pytest.mark.slow
def test_granting_killed_at_random_moments_ends_as_an_undisturbed_story(
    cluster: Cluster, before_the_round: Town
) -> None:
    reference = clone(cluster, before_the_round)
    with a_nursery() as nursery:
        begin = time.monotonic()
        assert nursery.finishes_within(300, reference, STORY, owner=True)
        length = time.monotonic() - begin
        expected = reference.export()
        assert nursery.exported(reference) == expected
        assert reference.value("SELECT count(*) FROM cases_decision") > 10

        kills, halfway = _keep_killing(cluster, before_the_round, nursery, length, expected)

    assert kills >= WANTED
    assert halfway > 0


def _keep_killing(
    cluster: Cluster, ready: Town, nursery: Nursery, length: float, expected: list[dict[str, object]]
) -> tuple[int, int]:
    """Towns with kills until there were enough; gives kills, and kills with something announced and not all decided."""
    rng = random.Random("kill the granting")
    kills = halfway = 0
    while kills < WANTED:
        town, killed, begin = clone(cluster, ready), kills, time.monotonic()
        while not nursery.finishes_within(
            rng.uniform(0.1, 1.0) * length if kills < WANTED else 300, town, STORY, owner=True
        ):
            kills += 1
            granted = town.value("SELECT count(*) FROM cases_decision")
            announced = town.value("SELECT count(*) FROM cases_case")
            halfway += announced > 0 and granted < announced
            town.change("UPDATE outbox_job SET lease_until = now() WHERE state = 'leased'")  # as when its time is over
        if kills == killed:  # the first story on a fresh server is slower than all others: they would outrun every kill
            length = min(length, time.monotonic() - begin)
        assert nursery.exported(town) == expected
        _nothing_twice(town)
    return kills, halfway


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
