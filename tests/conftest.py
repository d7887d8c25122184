"""Tests run as the application role on a clone of a migrated template database; never as the owner.

`db` gives the database (emptied afterwards: the gate commits, so a test transaction cannot undo it); `owner` gives a
psycopg connection as the owner, for setting a scene that the application role may not set.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, cast

import hypothesis
import psycopg
import pytest
from django.db import connections
from playwright.sync_api import Browser
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

from tests.anything import declare_everything
from tests.look.browser import a_browser, browser_program
from tests.recorder import VARIABLE, recording
from waardig.shell import postgres, settings, wiring

TODAY = date(2025, 4, 28)
# In continuous integration the same examples each time; elsewhere hypothesis looks for new ones.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")
RIETWAARDEN = Path(__file__).resolve().parent.parent / "src/waardig/demo/content/rietwaarden"
# Children (every command that a story runs) find our modules compiled, also where Python is told not to keep that.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("WAARDIG_CONTENT", str(RIETWAARDEN) if RIETWAARDEN.is_dir() else "")

TOGETHER = ("tests/journeys/walks/", "tests/shell/border/", "tests/shell/canary/")
"""Folders whose files share a town that takes long to open: one worker does them all."""
LONGEST = (
    *TOGETHER, "tests/look/test_browser.py", "tests/proposals/test_kill", "tests/payments/test_kill",
    "tests/shell/test_backup.py", "tests/outbox/test_kill.py", "tests/journeys/", "tests/shell/", "tests/demo/",
)  # fmt: skip
"""What is begun first, so that no worker waits for another at the end."""


class _Together(LoadScopeScheduling):  # type: ignore[misc]
    """A file, or the files that share a town, go to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return next((one for one in TOGETHER if file.startswith(one)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Our own groups: those of `--dist loadgroup` are lost with this pytest, and then every test goes anywhere."""
    return _Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With more than one worker the longest first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        order = {item: _first_of(LONGEST, item.nodeid) for item in items}
        items.sort(key=lambda item: order[item])


def _first_of(prefixes: tuple[str, ...], name: str) -> int:
    return next((place for place, prefix in enumerate(prefixes) if name.startswith(prefix)), len(prefixes))


@pytest.fixture(scope="session", autouse=True)
def _tests_declare_everything() -> Iterator[None]:
    """Scenes are set and looked at by tests themselves; what runs for them declares its own."""
    declare_everything()
    with recording() if VARIABLE in os.environ else nullcontext():
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one headless browser of this process: Playwright's synchronous interface starts only once at a time."""
    if browser_program() is None:
        pytest.skip("NO BROWSER TEST RAN: there is no chromium here (looked at /usr/bin/chromium and PATH)")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    with a_browser() as started:
        yield started


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """An embedded server of this test session, without waiting for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="waardig-test-"))
    made = postgres.Cluster(folder / "pg", durable=False)
    folder.chmod(0o711)
    made.start()
    yield made
    made.destroy()


@pytest.fixture(scope="session")
def database(cluster: postgres.Cluster, django_db_blocker: Any) -> Iterator[postgres.Addresses]:
    """The migrated database with the published content of the library and of Rietwaarden."""
    addresses = cluster.addresses()
    with django_db_blocker.unblock():
        _point("default", addresses.application)
        _point("owner", addresses.owner)
        from waardig.shell.system import migrate

        migrate()
        _publish()
        _stand_still()
        with psycopg.connect(addresses.owner, autocommit=True) as connection:
            _snapshot_policy(connection)
        yield addresses
        for alias in ("default", "owner"):
            connections[alias].close()


@pytest.fixture
def db(database: postgres.Addresses, django_db_blocker: Any) -> Iterator[None]:
    """The database for one test, as the application role, with the business date on 28 April 2025."""
    with django_db_blocker.unblock():
        wiring.bind()
        try:
            yield
        finally:
            for alias in ("default", "owner"):
                connections[alias].close()
            with psycopg.connect(database.owner, autocommit=True) as connection:
                _empty(connection)


@pytest.fixture
def owner(database: postgres.Addresses, db: None) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the tables, in autocommit."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        yield connection


def _point(alias: str, url: str) -> None:
    known = connections.settings.get(alias)
    fresh = settings._database(url)
    if known is None:
        connections.settings[alias] = fresh
        connections.configure_settings(connections.settings)
    else:
        connections[alias].close()
        known.update(fresh)
        connections[alias].settings_dict.update(fresh)


def _publish() -> None:
    from waardig.catalogue.actions import publish
    from waardig.kernel.content import content_roots
    from waardig.registers.actions import publish_declarations

    publish(content_roots())
    publish_declarations(content_roots())


def _stand_still() -> None:
    from waardig.access.actions import set_business_date

    set_business_date(TODAY)


_Table = tuple[str, str]
_MANY = 2_000
_KEPT = ("django_migrations", "population_door", "pseudonym_key")


def _tables(connection: psycopg.Connection, schemas: tuple[str, ...]) -> list[_Table]:
    """Tables that hold rows themselves: of a table in parts, the parts."""
    rows = connection.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind = 'r' ORDER BY 1, 2",
        (list(schemas),),
    ).fetchall()
    return [(schema, table) for schema, table in rows if table not in _KEPT]


def _snapshot_policy(connection: psycopg.Connection) -> None:
    connection.execute("CREATE SCHEMA IF NOT EXISTS kept")
    for schema, table in _tables(connection, ("pol",)):
        connection.execute(
            sql.SQL("CREATE TABLE kept.{} AS TABLE {}.{}").format(
                sql.Identifier(table), sql.Identifier(schema), sql.Identifier(table)
            )
        )
    connection.execute("CREATE TABLE kept.written (policy text)")
    _remember_policy(connection)


def marks(connection: psycopg.Connection, tables: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each table is now, by "schema.table": every write of a row gives it another `xmin`."""
    each = (
        sql.SQL("SELECT {}, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) FROM {}").format(
            sql.Literal(f"{schema}.{table}"), sql.Identifier(schema, table)
        )
        for schema, table in tables
    )
    return dict(connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall())


def _policy(connection: psycopg.Connection) -> str:
    """What the published policy is now."""
    return " ".join(mark for _, mark in sorted(marks(connection, _tables(connection, ("pol",))).items()))


def _remember_policy(connection: psycopg.Connection) -> None:
    connection.execute("TRUNCATE kept.written")
    connection.execute("INSERT INTO kept.written VALUES (%s)", (_policy(connection),))


def _one(connection: psycopg.Connection, query: sql.Composed | sql.SQL) -> object:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def _empty(connection: psycopg.Connection) -> None:
    """Empty what tests wrote; put the published policy back where a test changed it."""
    tables = _tables(connection, ("public", "reg", "log", "gate"))
    if not tables:
        return
    filled = _counted(connection, tables, more_than=0)
    whole, refusing = _counted(connection, tables, more_than=_MANY), _refusing(connection)
    if whole:
        names = sql.SQL(", ").join(sql.Identifier(*one) for one in whole)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
    with connection.transaction():  # deleting a few rows is twenty times as fast as a new file for a table
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is left to check when a table is changed
        for table in _children_first(connection, [one for one in filled if one not in whole]):
            name = sql.Identifier(*table)
            if table in refusing:
                connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
            connection.execute(sql.SQL("DELETE FROM {}").format(name))
            if table in refusing:
                connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
    if _policy(connection) != _one(connection, sql.SQL("SELECT policy FROM kept.written")):
        _restore_policy(connection)


def _refusing(connection: psycopg.Connection) -> list[_Table]:
    """Tables that refuse that a row is deleted."""
    return connection.execute(
        "SELECT n.nspname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND t.tgtype & 8 > 0"
    ).fetchall()


def _counted(connection: psycopg.Connection, tables: list[_Table], *, more_than: int) -> list[_Table]:
    """Of these tables those with more rows than this."""
    looks = (
        sql.SQL("CASE WHEN EXISTS (SELECT FROM {} OFFSET {}) THEN {} END").format(
            sql.Identifier(*table), sql.Literal(more_than), sql.Literal(number)
        )
        for number, table in enumerate(tables)
    )
    found = _one(connection, sql.SQL("SELECT array_remove(ARRAY[{}], NULL)").format(sql.SQL(", ").join(looks)))
    return [tables[number] for number in cast(list[int], found)]


def _children_first(connection: psycopg.Connection, tables: list[_Table]) -> list[_Table]:
    """The tables so that what refers comes before what it refers to."""
    refers = connection.execute(
        "SELECT cn.nspname, c.relname, pn.nspname, p.relname FROM pg_constraint f"
        " JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace"
        " JOIN pg_class p ON p.oid = f.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace"
        " WHERE f.contype = 'f' AND f.conrelid <> f.confrelid"
    ).fetchall()
    order: TopologicalSorter[_Table] = TopologicalSorter(dict.fromkeys(tables, ()))
    for child_schema, child, parent_schema, parent in refers:
        if (child_schema, child) in tables and (parent_schema, parent) in tables:
            order.add((parent_schema, parent), (child_schema, child))
    return list(order.static_order())


def _restore_policy(connection: psycopg.Connection) -> None:
    tables = _tables(connection, ("pol",))
    names = sql.SQL(", ").join(sql.Identifier(s, t) for s, t in tables)
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
    for _, table in tables:
        connection.execute(
            sql.SQL("INSERT INTO pol.{0} OVERRIDING SYSTEM VALUE SELECT * FROM kept.{0}").format(sql.Identifier(table))
        )
    _remember_policy(connection)
