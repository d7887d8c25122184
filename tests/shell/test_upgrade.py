"""A database of 0.1.0 with a town in it goes forward with today's migrations and keeps what happened in it.

The town was made by the version 0.1.0 itself (`waardig demo --no-serve --residents 60`) on PostgreSQL 18, and is kept
beside this file as a dump, with the canonical export that 0.1.0 gave of it. An older server does not take it.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.towns import Town, empty_town
from waardig.shell import postgres
from waardig.shell.operating.pg_programs import run_program

OLD = Path(__file__).resolve().parent / "version_0_1_0"


@pytest.fixture
def old_town(cluster: postgres.Cluster) -> Town:
    """The town as 0.1.0 left it."""
    town = empty_town(cluster)
    run_program(
        "pg_restore", town.addresses.owner, "--single-transaction", "--exit-on-error", "--no-owner",
        f"--dbname={town.name}", str(OLD / "town.dump"),
    )  # fmt: skip
    return town


def _by_kind(entries: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        found[entry["kind"]].append(entry)
    return found


@pytest.mark.skipif(postgres.major() != "18", reason="the town was dumped by PostgreSQL 18, which an older one refuses")
def test_a_town_of_0_1_0_goes_forward_and_keeps_its_canonical_export(old_town: Town) -> None:
    with gzip.open(OLD / "export.jsonl.gz", "rt", encoding="utf-8") as file:
        before = _by_kind([json.loads(line) for line in file])
    refused = old_town.waardig("worker", "--until-empty")
    assert refused.returncode == 1 and "migrations were not run" in refused.stderr, "old tables are not worked on"
    planned = old_town.json("migrate", "--plan", owner=True)["plan"]
    assert "outbox.0002_workers_and_operations" in planned and "access.0001_gate" not in planned
    lines = old_town.value("SELECT count(*) FROM log.line")
    leaves = old_town.all("SELECT encode(leaf, 'hex') FROM log.line ORDER BY 1")

    assert old_town.json("migrate", owner=True)["migrations"] == len(planned)

    after = _by_kind(old_town.export())
    assert len(before["case"]) >= 5 and len(before["message"]) >= 5
    for kind, entries in before.items():
        assert len(after[kind]) == len(entries), kind
        for old, new in zip(entries, after[kind], strict=True):
            assert _within(old, new), (kind, old, new)
    assert old_town.value("SELECT count(*) FROM log.line") == lines
    assert old_town.all("SELECT encode(leaf, 'hex') FROM log.line ORDER BY 1") == leaves
    assert old_town.json("logbook", "verify")["whole"] is True
    assert old_town.json("migrate", "--plan", owner=True) == {"plan": []}
    worked = old_town.waardig("worker", "--until-empty", "--json")
    assert worked.returncode == 0, worked.stderr


def _within(old: Any, new: Any) -> bool:
    """Everything the old entry said is still said; newer versions may say more."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(key in new and _within(value, new[key]) for key, value in old.items())
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(_within, old, new))
    return bool(old == new)


def test_a_version_that_is_older_than_the_tables_changes_nothing(after_the_round: Town) -> None:
    town = after_the_round
    town.change("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', now())")
    before = town.counts()

    for command in (("migrate",), ("migrate", "--plan"), ("worker", "--until-empty")):
        done = town.waardig(*command, owner=command[0] == "migrate")
        assert done.returncode == 1 and "newer than this version" in done.stderr, (command, done.stderr)

    assert town.counts() == before
