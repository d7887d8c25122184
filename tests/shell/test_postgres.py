"""The embedded database: its life and its locks."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from waardig.shell.postgres import Cluster, DatabaseUnavailable


def test_a_second_start_finds_the_running_server(cluster: Cluster) -> None:
    assert cluster.start() == cluster.addresses()


def test_nobody_enters_without_a_password(cluster: Cluster) -> None:
    without = cluster.addresses().application.replace("://waardig_app:", "://waardig_app:wrong")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(without)


def test_the_application_role_cannot_make_tables(db: None, database) -> None:
    with (
        psycopg.connect(database.application) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE public.mine (a int)")


@pytest.fixture
def own() -> Iterator[Cluster]:
    """A server that a test may end."""
    folder = Path(tempfile.mkdtemp(prefix="waardig-stop-"))
    folder.chmod(0o711)
    made = Cluster(folder / "pg", durable=False)
    made.start()
    yield made
    made.destroy()
    shutil.rmtree(folder, ignore_errors=True)  # a watcher that only just began may still make its lock in it


def _ended(cluster: Cluster, seconds: float = 60) -> None:
    """End the server behind the back of the cluster."""
    os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    end = time.monotonic() + seconds
    while cluster._run("pg_ctl", "-D", str(cluster.data), "status", check=False).returncode == 0:
        assert time.monotonic() < end, "the server does not end"
        time.sleep(0.05)


def test_a_server_that_ends_by_itself_while_it_is_stopped_is_stopped(
    own: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, looked = Cluster.is_running, []

    def and_then_it_ends(cluster: Cluster) -> bool:
        looked.append(look(cluster))
        if looked == [True]:
            _ended(cluster)
        return looked[-1]

    monkeypatch.setattr(Cluster, "is_running", and_then_it_ends)
    own.stop()

    assert looked == [True, False]


def test_a_server_that_does_not_stop_is_an_error(own: Cluster) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"pg_ctl stop: .*unrecognized shutdown mode"):
        own.stop("never")

    assert own.is_running()
