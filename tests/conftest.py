"""Tests run as the application role on a clone of a migrated template database; never as the owner.

`db` gives the database (emptied afterwards: the gate commits, so a test transaction cannot undo it); `owner` gives a
psycopg connection as the owner, for setting a scene that the application role may not set.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import hypothesis
import psycopg
import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from playwright.sync_api import Browser
from xdist.scheduler import LoadScopeScheduling

from tests.anything import declare_everything
from tests.emptying import Cleaner, as_new, snapshot_policy
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

# Ten thousand tests and all laws are looked through at each full collection: look less often than Python's 700.
gc.set_threshold(50_000, 20, 20)

TOGETHER = ("tests/journeys/walks/", "tests/shell/border/", "tests/shell/canary/")
"""Folders whose files share a town that takes long to open: one worker does them all."""
LONGEST = (
    *TOGETHER, "tests/look/test_browser.py", "tests/proposals/test_kill", "tests/payments/test_kill",
    "tests/shell/test_backup.py", "tests/outbox/test_kill.py", "tests/journeys/", "tests/shell/", "tests/demo/",
    "tests/law/test_conformance.py", "tests/law/test_spark.py", "tests/logbook/test_kill_archive.py",
    "tests/archive/test_kill_destroying.py", "tests/values/test_simulations.py",
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


def pytest_collection_finish() -> None:
    """What was collected lives until the end: no collection of garbage looks at it."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """At the end everything may go: an engine that finds its own objects left over would say so in a hundred lines."""
    gc.unfreeze()


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
            snapshot_policy(connection)
        yield addresses
        for alias in ("default", "owner"):
            connections[alias].close()


@pytest.fixture(scope="session")
def cleaner(database: postgres.Addresses) -> Iterator[Cleaner]:
    """Who empties the database."""
    made = Cleaner(database.superuser)
    yield made
    made.close()


@pytest.fixture
def db(cleaner: Cleaner, django_db_blocker: Any) -> Iterator[None]:
    """The database for one test, as the application role, with the business date on 28 April 2025."""
    with django_db_blocker.unblock():
        wiring.bind()
        try:
            yield
        finally:
            for alias in ("default", "owner"):
                as_new(cast(DatabaseWrapper, connections[alias]))
            cleaner.empty()


@pytest.fixture
def session_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request notes that somebody is still here: else the first one after half a minute writes more than others."""
    from waardig.identity import actions

    monkeypatch.setattr(actions, "_TOUCH_AFTER", timedelta.max)


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
