"""The embedded database: its life and its locks."""

from __future__ import annotations

import psycopg
import pytest

from waardig.shell.postgres import Cluster


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
