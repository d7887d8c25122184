"""`waardig round run` is killed at random moments and started again: what stands in the end is what an undisturbed
round leaves.

WAARDIG_KILLS asks for a number of kills (50 at a release); without it 10.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from tests.journeys.nursery import Nursery, a_nursery
from tests.journeys.towns import SERVICE, Town, clone
from waardig.shell.postgres import Cluster

WANTED = int(os.environ.get("WAARDIG_KILLS", "0")) or 10
STORY = "tests.journeys.nursery:command"
BATCH = "6"
ROUND = ("round", "run", "--batch", BATCH, "--json")
WAYS = ("at-once", "one-by-one")


@pytest.mark.slow
def test_a_round_killed_at_random_moments_ends_as_an_undisturbed_one(cluster: Cluster, before_the_round: Town) -> None:
    reference, again = clone(cluster, before_the_round), clone(cluster, before_the_round)
    told = reference.json(*ROUND[:-1])
    expected = reference.export()
    assert told["proposals"] > 20

    with a_nursery() as nursery:
        begin = time.monotonic()
        assert nursery.finishes_within(300, again, STORY, *ROUND)
        length = time.monotonic() - begin
        assert nursery.exported(again) == expected
        kills, rounds, halfway = _keep_killing(cluster, before_the_round, nursery, length, expected)

    print(f"{kills} kills in {rounds} rounds, {halfway} of them with part of the outcomes stored")
    assert kills >= WANTED
    assert halfway > 0


def _keep_killing(
    cluster: Cluster, ready: Town, nursery: Nursery, length: float, expected: list[dict[str, object]]
) -> tuple[int, int, int]:
    """Rounds with kills until there were enough; gives kills, rounds, and kills between two batches."""
    rng = random.Random("kill the round")
    kills = rounds = halfway = 0
    while kills < WANTED:
        town = clone(cluster, ready)
        rounds, killed, begin = rounds + 1, kills, time.monotonic()
        while not nursery.finishes_within(
            rng.uniform(0.1, 1.0) * length if kills < WANTED else 300, town, STORY, *ROUND, "--judge", rng.choice(WAYS)
        ):
            kills += 1
            done = town.value("SELECT count(*) FROM proposals_run_item")
            halfway += done > 0
        if kills == killed:  # the first round of a fresh server is slower than all others: they would outrun every kill
            length = min(length, time.monotonic() - begin)
        assert nursery.exported(town) == expected
        _nothing_twice(town)
    return kills, rounds, halfway


def _nothing_twice(town: Town) -> None:
    """One line and one outcome per person, one case and one message per household, one job per delivery."""
    once = town.all(
        "SELECT (SELECT count(*) - count(DISTINCT (run, subject)) FROM log.detail WHERE run IS NOT NULL),"
        " (SELECT count(*) - count(DISTINCT (run_id, person)) FROM proposals_run_item),"
        " (SELECT count(*) FROM cases_case c WHERE"
        "  (SELECT count(*) FROM inbox_message m WHERE m.case = c.id) <> 1),"
        " (SELECT count(*) FROM inbox_delivery d WHERE"
        "  (SELECT count(*) FROM outbox_job j WHERE j.payload ->> 'delivery' = d.id::text) <> 1),"
        " (SELECT count(*) FROM proposals_run WHERE finished_at IS NULL)"
    )
    assert once == [(0, 0, 0, 0, 0)]


def test_judging_at_once_ends_as_judging_one_by_one(cluster: Cluster, before_the_round: Town) -> None:
    ends, told = [], []
    for way in WAYS:
        town = clone(cluster, before_the_round)
        summary = town.json("round", "run", "--judge", way)
        told.append({name: value for name, value in summary.items() if name not in ("run", "seconds", "shares")})
        ends.append(town.export())

    assert told[0] == told[1]
    assert told[0]["proposals"] > 20 and told[0]["not_entitled"] > 10
    assert ends[0] == ends[1]


def test_a_person_has_one_line_in_a_run_and_the_database_sees_to_it(after_the_round: Town) -> None:
    unique = after_the_round.value(
        "SELECT count(*) FROM pg_constraint WHERE conrelid = 'log.detail'::regclass AND contype = 'u'"
        " AND conkey = (SELECT array_agg(attnum ORDER BY attnum) FROM pg_attribute"
        " WHERE attrelid = 'log.detail'::regclass AND attname IN ('run', 'subject'))"
        " OR conname = 'one_line_per_person_per_run'"
    )
    lines = after_the_round.all(
        "SELECT count(*), count(DISTINCT subject) FROM log.detail WHERE run = %s", after_the_round.told["run"]
    )

    read = after_the_round.told["read"]
    assert unique == 1
    assert lines == [(read, read)]


def test_every_message_of_a_round_says_with_which_template_it_was_written(after_the_round: Town) -> None:
    templates = after_the_round.all("SELECT DISTINCT service, template FROM inbox_message WHERE run IS NOT NULL")

    assert {template.partition("/")[0] for _, template in templates} == {service for service, _ in templates}
    assert {template.partition("/")[2] for _, template in templates} >= {"proposal"}


def test_a_round_started_again_reads_nobody_again(after_the_round: Town) -> None:
    before = after_the_round.counts()

    again = after_the_round.json("round", "resume")

    assert (again["read"], again["log_lines"], again["proposals"]) == (0, 0, 0)
    after = after_the_round.counts()
    assert after["log.detail"] == before["log.detail"] + 1, "only the look at who is a client"
    assert {name for name in after if after[name] != before[name]} == {
        "log.line",
        "log.detail",
        "log.waiting",
        "gate.ticket",
        "gate.selected",
    }


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("batch", [2, 6, 500])
def test_no_transaction_touches_more_persons_than_a_batch(before_the_round: Town, batch: int, way: str) -> None:
    told = before_the_round.json("round", "run", "--batch", str(batch), "--judge", way)

    for table, person in (("log.detail", "subject"), ("proposals_run_item", "person"), ("cases_party", "person")):
        most = before_the_round.value(
            f"SELECT max(persons) FROM (SELECT count(DISTINCT {person}) AS persons FROM {table}"  # noqa: S608
            f" {'WHERE run IS NOT NULL' if table == 'log.detail' else ''} GROUP BY xmin::text) AS per_transaction"
        )
        assert 0 < most <= batch
    assert told["read"] == before_the_round.value("SELECT count(*) FROM proposals_run_item")


@pytest.mark.parametrize("batch", ["0", "1", "501", "veel"])
def test_a_batch_that_may_not_be_is_a_wrong_call(before_the_round: Town, batch: str) -> None:
    done = before_the_round.waardig("round", "run", "--batch", batch)

    assert done.returncode == 2
    assert batch in done.stderr
    assert set(before_the_round.sent_nothing().values()) == {0}


def test_resuming_where_there_was_no_round_says_so(before_the_round: Town) -> None:
    done = before_the_round.waardig("round", "resume", SERVICE, "--json")

    assert done.returncode == 1
    assert "round_unknown" in done.stdout
    assert set(before_the_round.sent_nothing().values()) == {0}
