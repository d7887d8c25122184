"""A benefits file with mistakes comes in, and the round is looked at first: everything is said, nothing is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.towns import SERVICE, Town, clone, made_town, prepared
from tests.registers.planting import add_row, plant, rows_of, set_total, total
from waardig.demo.benefits_export import tables_of, write_export
from waardig.demo.personas import DEMO_DATE
from waardig.demo.town import town as demo_town
from waardig.shell.postgres import Cluster


@pytest.fixture
def weighed(cluster: Cluster) -> Town:
    """A town whose council decided and whose residents are known, before any benefits file came in."""
    return clone(cluster, made_town(cluster, "weighed", _only_residents))


def _only_residents(town: Town) -> dict[str, Any]:
    return prepared(town, "--residents", "2500", "--no-import")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The benefits file of some sixty clients, without a mistake."""
    clients = [client for settled in demo_town(2500) for client in settled.clients]
    return write_export(tmp_path / "export", tables_of(clients), reference_date=DEMO_DATE, municipality="GM9999")


def _single_clients(export: Path) -> list[str]:
    """Client numbers without a partner; numbers of the drawn people."""
    coupled = {row["CLIENTNR"] for row in rows_of(export, "partners.csv")}
    found = [row["CLIENTNR"] for row in rows_of(export, "clienten.csv") if row["CLIENTNR"] not in coupled]
    return [number for number in found if int(number) >= 1_000_000]


def _planted(export: Path) -> dict[tuple[str, int], str]:
    """Plants one mistake of each kind in another client; gives the kind of mistake by file and line."""
    bad_bsn, bad_date, twice, bad_code = _single_clients(export)[:4]
    records = {row["CLIENTNR"]: row for row in rows_of(export, "clienten.csv")}
    bsn = records[bad_bsn]["BSN"]
    wrong = bsn[:-1] + str((int(bsn[-1]) + 1) % 10)
    twin = {**records[twice], "CLIENTNR": "4999999"}
    lines = {
        ("clienten.csv", plant(export, "clienten.csv", bad_bsn, "BSN", wrong)): "bad_bsn",
        ("clienten.csv", plant(export, "clienten.csv", bad_date, "BEGINDATUM", "31-02-2021")): "impossible_date",
        ("clienten.csv", plant(export, "clienten.csv", bad_code, "LEEFVORM", "ZZ")): "unknown_code",
        ("clienten.csv", add_row(export, "clienten.csv", twin)): "duplicate_client",
    }
    set_total(export, "clients", len(records) + 1)
    return lines


def test_every_mistake_is_reported_with_its_line_and_what_to_do(weighed: Town, export: Path) -> None:
    planted = _planted(export)

    told = weighed.json("import", "benefits", str(export))

    errors = {(row["file"], row["line"]): row for row in told["problems"] if row["severity"] == "error"}
    assert set(planted) <= set(errors)
    assert {place: errors[place]["kind"] for place in planted} == planted
    assert all(row["message"] and row["remedy"] for row in errors.values())
    assert told["refused"] is False
    records = len(rows_of(export, "clienten.csv"))
    assert told["accepted"] == records - 5, "three with one wrong value, and both records of one number"


def test_after_a_file_with_mistakes_the_round_is_looked_at_and_nothing_is_sent(weighed: Town, export: Path) -> None:
    _planted(export)
    accepted = weighed.json("import", "benefits", str(export))["accepted"]
    before = weighed.counts()

    told = weighed.json("round", "run", "--dry-run")

    assert told["dry_run"] is True
    assert told["clients"] == told["opted_out"] + told["read"] and 0 < told["read"] <= accepted
    assert told["read"] == told["evaluated"] + sum(told["excluded"].values()) == told["log_lines"]
    assert told["proposals"] == told["digital"] + told["paper"] + told["held"] > 0
    assert told["amount_eurocent"] > 0
    assert set(weighed.sent_nothing().values()) == {0}
    after = weighed.counts()
    grown = {name for name in after if after[name] != before[name]}
    looked = {"log.line", "log.detail", "log.waiting", "gate.ticket", "gate.daily_use", "gate.selected"}
    assert grown == {*looked, "public.proposals_run"}


def test_the_dry_run_says_what_the_round_then_does(weighed: Town, export: Path) -> None:
    weighed.json("import", "benefits", str(export))

    looked, ran = weighed.json("round", "run", "--dry-run"), weighed.json("round", "run")

    apart = {"run", "dry_run", "seconds", "shares"}
    assert {k: v for k, v in looked.items() if k not in apart} == {k: v for k, v in ran.items() if k not in apart}


def test_the_dry_run_says_to_people_that_nothing_was_sent(weighed: Town, export: Path) -> None:
    weighed.json("import", "benefits", str(export))

    done = weighed.waardig("round", "run", SERVICE, "--dry-run")

    assert done.returncode == 0
    assert "Nothing was stored and nothing was sent." in done.stdout


@pytest.mark.parametrize("wrong_by", [1, -1])
def test_a_total_that_does_not_add_up_refuses_the_whole_file(weighed: Town, export: Path, wrong_by: int) -> None:
    name = next(iter(json.loads((export / "manifest.json").read_text())["totals"]))
    set_total(export, name, total(export, name) + wrong_by)
    before = weighed.counts()

    done = weighed.waardig("import", "benefits", str(export), "--json")

    told: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["refused"] is True and told["facts_stored"] == 0
    refusals = [row for row in told["problems"] if row["severity"] == "refusal"]
    assert refusals and all(row["message"] and row["remedy"] for row in refusals)
    assert weighed.counts() == before
    assert weighed.json("round", "run", "--dry-run")["read"] == 0


def test_no_whole_bsn_stands_in_what_the_import_says(weighed: Town, export: Path) -> None:
    numbers = {row["BSN"] for row in rows_of(export, "clienten.csv")}
    _planted(export)

    done = weighed.waardig("import", "benefits", str(export), "--json")

    numbers |= {row["BSN"] for row in rows_of(export, "clienten.csv")}
    assert not [number for number in numbers if number in done.stdout + done.stderr]


def test_a_round_without_clients_proposes_nothing(weighed: Town) -> None:
    told = weighed.json("round", "run")

    assert (told["clients"], told["read"], told["proposals"]) == (0, 0, 0)
    left = weighed.sent_nothing()
    assert left.pop("outbox_job") == weighed.value("SELECT count(*) FROM outbox_job WHERE topic LIKE 'values.%'")
    assert set(left.values()) == {0}
