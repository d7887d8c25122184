"""A small town that is really served: `waardig demo` as a child on a free port, with worker and database of its own.

Every walk starts in the same town: `rewind` puts every table back as it was when the town opened. The scene is set as
the superuser of the town's own embedded server; the walks themselves only have a browser.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
from psycopg import sql

from tests.emptying import marks
from waardig.shell.postgres import Cluster

ROOT = Path(__file__).resolve().parents[3]
RESIDENTS = 60
OPENS_WITHIN = 240.0
FRESH = "kept_fresh"
SESSIONS = ("public", "django_session")
SIGNED_IN = "kept_signed_in"
MARKS = "marks"
PR_SET_PDEATHSIG = 1


class TownDidNotOpen(RuntimeError):
    """The served town did not answer in time; holds the last lines it printed."""


@dataclass(frozen=True)
class ServedTown:
    """Where the town answers and how its database is reached."""

    base: str
    superuser: str
    log: Path

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            return connection.execute(query, values or None).fetchall()

    def settle(self, seconds: float = 90.0) -> None:
        """Wait until the worker has done everything that followed from a commit."""
        end = time.monotonic() + seconds
        while True:
            ((open_jobs,),) = self.all("SELECT count(*) FROM outbox_job WHERE state IN ('waiting', 'leased')")
            if not open_jobs:
                return
            if time.monotonic() > end:
                raise TimeoutError(f"after {seconds:.0f} s the worker still has {open_jobs} jobs; see {self.log}")
            time.sleep(0.05)

    def stand_on(self, day: date) -> None:
        """Let the town live on this day from now on, until it is put back."""
        self.settle()
        self.all("UPDATE pol.clock SET fixed_on = %s RETURNING fixed_on", day)

    def keep(self, name: str = FRESH) -> None:
        """Remember under this name, which nobody else has, how every table is now."""
        self.settle()
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
            for schema, table in _tables(connection):
                connection.execute(
                    sql.SQL("CREATE TABLE {} AS TABLE {}").format(
                        sql.Identifier(name, f"{schema}.{table}"), sql.Identifier(schema, table)
                    )
                )
            connection.execute(
                sql.SQL("CREATE TABLE {} (place text PRIMARY KEY, mark text)").format(sql.Identifier(name, MARKS))
            )
            _remember(connection, name, marks(connection, _tables(connection)))

    def rewind(self, name: str = FRESH) -> None:
        """Put every table back as it was kept under this name; triggers sleep meanwhile, so that the log accepts it."""
        self.settle()
        with psycopg.connect(self.superuser) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            tables = _tables(connection)
            everything = sql.SQL(", ").join(sql.Identifier(*one) for one in tables)
            connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(everything))
            kept = connection.execute(sql.SQL("SELECT place, mark FROM {}").format(sql.Identifier(name, MARKS)))
            unchanged = set(kept.fetchall()).intersection(marks(connection, _tables(connection)).items())
            for schema, table in tables:
                if f"{schema}.{table}" not in dict(unchanged):
                    _put_back(connection, name, schema, table)
            self._sign_everybody_in_again(connection)
            _remember(connection, name, marks(connection, _tables(connection)))

    def stay_signed_in(self, session: str) -> None:
        """From now on every rewound town has this session too, as it is now."""
        from waardig.identity.adapters.session_store import row_key  # who only takes pictures has no settings

        kept, live = sql.Identifier(SIGNED_IN, SESSIONS[1]), sql.Identifier(*SESSIONS)
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SIGNED_IN)))
            connection.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} (LIKE {})").format(kept, live))
            found = connection.execute(
                sql.SQL("INSERT INTO {} SELECT * FROM {} WHERE session_key = %s").format(kept, live),
                (row_key(session),),
            )
            assert found.rowcount == 1, "the session of this cookie is not in the town"

    def _sign_everybody_in_again(self, connection: psycopg.Connection) -> None:
        kept, live = sql.Identifier(SIGNED_IN, SESSIONS[1]), sql.Identifier(*SESSIONS)
        connection.execute(sql.SQL("DELETE FROM {}").format(live))
        ((is_there,),) = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (".".join((SIGNED_IN, SESSIONS[1])),))
        if is_there:
            connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(live, kept))


@contextmanager
def a_served_town(residents: int = RESIDENTS) -> Iterator[ServedTown]:
    """The town, open until the block ends; everything it started and made is gone afterwards.

    Raises:
        TownDidNotOpen: with what the town printed.
    """
    folder = Path(tempfile.mkdtemp(prefix="waardig-walk-"))
    folder.chmod(0o711)
    log, port = folder / "town.log", _free_port()
    command = [sys.executable, "-m", "waardig", "demo", "--residents", str(residents), "--port", str(port)]
    with log.open("w") as output:
        child = subprocess.Popen(
            command, env=_environment(folder), cwd=folder, stdout=output, stderr=output,
            start_new_session=True, preexec_fn=_hear_ctrl_c,
        )  # fmt: skip
    cluster = Cluster(folder / "postgres")
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_until_open(base, child, log)
        town = ServedTown(base, cluster.addresses().superuser, log)
        town.settle()
        yield town
    finally:
        _stop(child)
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _hear_ctrl_c() -> None:
    """A test session in the background ignores Ctrl+C, its town must not; and no town outlives its session (Linux)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """As Ctrl+C does, so that the town stops its worker itself; whatever is left of it is ended."""
    child.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        child.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(60)


def _environment(folder: Path) -> dict[str, str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith(("WAARDIG_", "DATABASE_"))}
    return {**known, "WAARDIG_DATA": str(folder), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}


def _wait_until_open(base: str, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < end and child.poll() is None:
        try:
            with urlopen(f"{base}/inloggen/", timeout=20):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    printed = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
    raise TownDidNotOpen(f"the town did not open within {OPENS_WITHIN:.0f} s; it printed:\n{printed}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tables(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Every table that holds rows itself."""
    return connection.execute(
        "SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        " AND n.nspname NOT LIKE 'kept%' ORDER BY 1, 2"
    ).fetchall()


def _put_back(connection: psycopg.Connection, name: str, schema: str, table: str) -> None:
    live, kept = sql.Identifier(schema, table), sql.Identifier(name, f"{schema}.{table}")
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns(connection, schema, table)))
    connection.execute(sql.SQL("DELETE FROM {}").format(live))
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(live, columns, columns, kept)
    )


def _remember(connection: psycopg.Connection, name: str, marks: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            sql.SQL("INSERT INTO {} VALUES (%s, %s) ON CONFLICT (place) DO UPDATE SET mark = excluded.mark").format(
                sql.Identifier(name, MARKS)
            ),
            list(marks.items()),
        )


def _columns(connection: psycopg.Connection, schema: str, table: str) -> list[str]:
    rows = connection.execute(
        "SELECT column_name::text FROM information_schema.columns"
        " WHERE table_schema = %s AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        (schema, table),
    ).fetchall()
    return [name for (name,) in rows]
