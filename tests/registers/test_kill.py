"""An import that is killed and run again ends as one that was left alone; nobody is ever stored by half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psycopg

from tests.emptying import Cleaner
from tests.registers.persoonslijsten import Row, a_file, a_list
from waardig.demo.numbers import fictional_bsns
from waardig.shell import postgres

MANY = 700
EARLIER: Row = {"08.09.10": "0518", "08.11.10": "Leyweg", "08.11.20": "1", "08.11.60": "2584AE", "08.85.10": "20101001"}


def start(file: Path, addresses: postgres.Addresses) -> subprocess.Popen[bytes]:
    """The command as an operator types it, without the owner's address."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")}
    environment = {**known, "DATABASE_URL": addresses.application, "WAARDIG_SECRET_KEY": "kill-test"}
    return subprocess.Popen(
        [sys.executable, "-m", "waardig", "import", "brp", str(file)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def stored(owner: psycopg.Connection) -> list[tuple[object, ...]]:
    return owner.execute(
        "SELECT p.bsn, f.attribute, f.valid_from::text, f.valid_to::text, f.value::text, f.under_investigation, "
        "f.source FROM reg.fact f JOIN reg.person p USING (person) WHERE f.superseded_at IS NULL ORDER BY 1, 2, 3"
    ).fetchall()


def count(owner: psycopg.Connection, what: str) -> int:
    tables = {"persons": "SELECT count(*) FROM reg.person", "facts": "SELECT count(*) FROM reg.fact"}
    (found,) = owner.execute(tables[what]).fetchone() or (0,)
    return int(found)


def killed_when(owner: psycopg.Connection, what: str, more_than: int, child: subprocess.Popen[bytes]) -> bool:
    """Kill the child as soon as the database holds more than this; whether it was alive until then."""
    end = time.monotonic() + 120
    while count(owner, what) <= more_than and child.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    alive = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait(30)
    return alive


def halves(owner: psycopg.Connection, whole: Counter[object]) -> set[object]:
    """Numbers of whom something is stored, but not everything."""
    found = Counter(bsn for bsn, *_ in stored(owner))
    return {bsn for bsn, number in found.items() if number != whole[bsn]}


def moments(whole: int) -> Iterator[tuple[str, int]]:
    """What is there when the import is killed: some of the people, one batch, and whatever comes after it."""
    yield "persons", 0
    yield "facts", 0
    yield "facts", whole // 2


def test_a_killed_import_is_finished_by_running_it_again(
    tmp_path: Path, owner: psycopg.Connection, database: postgres.Addresses, cleaner: Cleaner
) -> None:
    numbers = list(islice(fictional_bsns(11), MANY))
    lists = [a_list(number, EARLIER, e08_H="58") for number in numbers]
    file = a_file(tmp_path, *lists, a_list("999999245"))
    assert start(file, database).wait(120) == 0
    expected = stored(owner)
    whole: Counter[object] = Counter(bsn for bsn, *_ in expected)
    cleaner.empty()

    killed = 0
    for what, more_than in moments(len(expected)):
        killed += killed_when(owner, what, more_than, start(file, database))
        assert halves(owner, whole) == set()
    again = start(file, database).wait(120)

    assert killed >= 2  # the last moment may come too late
    assert again == 0
    assert len(whole) == MANY
    assert stored(owner) == expected
    assert count(owner, "facts") == len(expected)
