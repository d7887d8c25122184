"""`waardig logbook archive` is killed at random moments: no line is lost, and none stands in two places."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from tests.access.builders import a_person
from tests.architecture.sources import ROOT
from tests.logbook import archiving
from waardig.access.actions import set_business_date
from waardig.kernel.clock import wall_now
from waardig.logbook.actions import write_lines
from waardig.logbook.adapters import archive_files
from waardig.logbook.queries import archives, log_state
from waardig.logbook.terms import NewLine
from waardig.shell import postgres

KILLS = int(os.environ.get("WAARDIG_KILLS", "10"))
MONTHS = (130, 161, 191, 222, 252, 283)


def _where(owner: psycopg.Connection) -> Counter[int]:
    """The places of lines, in the tables and in files that the database names; how often each is there."""
    found = Counter(
        place for (place,) in owner.execute(
            "SELECT t.place FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
            " JOIN log.tree_leaf t USING (trace_id, span_id)"
        )
    )  # fmt: skip
    for one in archives():
        file = archive_files.archive_folder() / one.file
        found.update(place for (place,) in duckdb.execute(f"SELECT place FROM '{file}'").fetchall())  # noqa: S608
    return found


def test_killed_at_random_moments_every_line_stands_in_one_place(
    owner: psycopg.Connection, database: postgres.Addresses, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("WAARDIG_LOG_ARCHIVE", str(tmp_path / "log-archive"))
    archiving.open_log(owner)
    write_lines([NewLine(archiving.OTHER, a_person(), f"regel {n}") for n in range(120)])
    archiving.make_older(owner, *MONTHS)
    archiving.signed_now()
    set_business_date(wall_now().date())
    every = Counter(range(len(owner.execute("SELECT FROM log.tree_leaf").fetchall())))
    environment = {**os.environ, "DATABASE_URL": database.application, "WAARDIG_LOG_ARCHIVE_AFTER": "3"}
    environment.pop("DATABASE_OWNER_URL", None)
    command = [sys.executable, "-m", "waardig", "logbook", "archive"]
    begun = time.monotonic()
    subprocess.run([*command, "--plan"], env=environment, cwd=ROOT, check=True, capture_output=True)
    start, chance = time.monotonic() - begun, random.Random(11)

    for _ in range(KILLS):
        running = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(start * chance.uniform(0.7, 1.3))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert _where(owner) == every
        assert log_state().is_whole
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)

    assert _where(owner) == every and log_state().is_whole
    assert len(archives()) >= 5
    assert {one.file for one in archives()} == {file.name for file in archive_files.archive_folder().iterdir()}
