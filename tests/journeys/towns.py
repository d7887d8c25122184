"""Towns to play in: a database of their own, cloned from a template that is prepared once in a test session.

Stories run the product's own command as a child process, as a municipality would; what happened is counted with a
connection of the owner.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests import conftest as foundation
from waardig.shell import postgres, wiring

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICE = "individuele_inkomenstoeslag"
MESSAGES = ("cases_case", "inbox_message", "inbox_delivery", "inbox_letter", "outbox_job", "proposals_run_item")
"""Tables in which nothing may appear while nothing is proposed."""

_made: dict[str, Town] = {}
_numbers = iter(range(1, 100_000))


@dataclass(frozen=True)
class Town:
    """One database with the folder where its installation keeps settings."""

    name: str
    addresses: postgres.Addresses
    content: Path = foundation.RIETWAARDEN
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="waardig-town-")))
    told: dict[str, Any] = field(default_factory=dict)

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """What a child process needs; the owner's address only for what sets the scene."""
        known = {key: value for key, value in os.environ.items() if not key.startswith(("WAARDIG_", "DATABASE_"))}
        given = {
            "DATABASE_URL": self.addresses.application,
            "WAARDIG_DATA": str(self.folder),
            "WAARDIG_CONTENT": str(self.content),
            "WAARDIG_SECRET_KEY": "a-town-in-a-test",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        return {**known, **given, **({"DATABASE_OWNER_URL": self.addresses.owner} if owner else {})}

    def command(self, *arguments: str) -> list[str]:
        """The product's command line."""
        return [sys.executable, "-m", "waardig", *arguments]

    def waardig(self, *arguments: str, owner: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*arguments), env=self.environment(owner=owner), cwd=self.folder,
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def json(self, *arguments: str, owner: bool = False) -> dict[str, Any]:
        """Run a command that must succeed, and read what it prints as JSON."""
        done = self.waardig(*arguments, "--json", owner=owner)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def demo(self, *arguments: str) -> dict[str, Any]:
        """The whole story without serving."""
        return self.json("demo", "--no-serve", *arguments, owner=True)

    def export(self) -> list[dict[str, Any]]:
        """Everything that happened, in its stable order."""
        done = self.waardig("export", "--canonical")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query as the owner."""
        with psycopg.connect(self.addresses.owner, autocommit=True) as connection:
            return connection.execute(query, values or None).fetchall()  # type: ignore[arg-type]

    def value(self, query: str, *values: Any) -> Any:
        """The one value of a query as the owner."""
        ((found,),) = self.all(query, *values)
        return found

    def change(self, statement: str, *values: Any) -> None:
        """Set a scene that only the owner may set."""
        with psycopg.connect(self.addresses.owner, autocommit=True) as connection:
            connection.execute(statement, values or None)  # type: ignore[arg-type]

    def counts(self) -> dict[str, int]:
        """Rows of every table of every room."""
        with psycopg.connect(self.addresses.owner, autocommit=True) as connection:
            names = connection.execute(
                "SELECT schemaname, tablename FROM pg_tables"
                " WHERE schemaname IN ('public', 'reg', 'log', 'gate', 'pol') ORDER BY 1, 2"
            ).fetchall()
            counted = {}
            for schema, table in names:
                query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
                row = connection.execute(query).fetchone()
                counted[f"{schema}.{table}"] = row[0] if row else 0
            return counted

    def sent_nothing(self) -> dict[str, int]:
        """Rows in the tables of cases, messages and jobs, by table; all nought when nothing was proposed."""
        found = self.counts()
        return {name: found[f"public.{name}"] for name in MESSAGES}


def made_town(cluster: postgres.Cluster, name: str, prepare: Callable[[Town], dict[str, Any]]) -> Town:
    """The template of this name, prepared at its first use in this session."""
    if name not in _made:
        fresh = _database(cluster, f"town_{name}", None)
        _made[name] = replace(fresh, told=prepare(fresh))
    return _made[name]


def clone(cluster: postgres.Cluster, template: Town) -> Town:
    """A town of one's own with everything that the template holds."""
    made = _database(cluster, f"{template.name}_{next(_numbers)}", template.name)
    return replace(made, content=template.content, told=template.told)


def empty_town(cluster: postgres.Cluster) -> Town:
    """A town in which nothing happened yet, not even tables."""
    return _database(cluster, f"town_{next(_numbers)}", None)


def _database(cluster: postgres.Cluster, name: str, template: str | None) -> Town:
    with psycopg.connect(cluster.addresses("postgres").superuser, autocommit=True) as connection:
        postgres.create_database(connection, name, template)
    return Town(name, cluster.addresses(name))


def prepared(town: Town, *arguments: str) -> dict[str, Any]:
    """Run the preparing script in a child; gives what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.preparing", *arguments],
        env=town.environment(owner=True), cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def inside(town: Town, blocker: Any) -> Iterator[Town]:
    """This process works in the town, as the application role with the owner's alias beside it."""
    before = os.environ.get("WAARDIG_CONTENT", "")
    os.environ["WAARDIG_CONTENT"] = str(town.content)
    from django.db import connections

    earlier = {
        alias: dict(connections[alias].settings_dict) for alias in ("default", "owner") if alias in connections.settings
    }
    with blocker.unblock():
        foundation._point("default", town.addresses.application)
        foundation._point("owner", town.addresses.owner)
        wiring.bind()
        try:
            yield town
        finally:
            os.environ["WAARDIG_CONTENT"] = before
            for alias in ("default", "owner"):
                connections[alias].close()
                if alias in earlier:
                    connections.settings[alias].update(earlier[alias])
                    connections[alias].settings_dict.update(earlier[alias])


@pytest.fixture
def before_the_round(cluster: postgres.Cluster) -> Town:
    """A town of 74 clients and their households, weighed, imported and ready for its first round."""
    return clone(cluster, made_town(cluster, "ready", lambda town: prepared(town, "--residents", "3000")))


@pytest.fixture
def after_the_round(cluster: postgres.Cluster) -> Town:
    """The same town after its first round."""

    def play(town: Town) -> dict[str, Any]:
        prepared(town, "--residents", "3000")
        return town.json("round", "run")

    return clone(cluster, made_town(cluster, "proposed", play))
