"""Questions behind the pages: raw SQL with each role, functions of the gate, connections, exports and the log."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
from psycopg import sql

import waardig
from tests.shell.border.asking import Got, Question, pick
from tests.shell.border.inventory import Inventory

DAY = date(2025, 4, 28)
ALLOWED = (Path(waardig.__file__).parent / "access/sql/allow_list.txt").read_text(encoding="utf-8").split()
READS = ("inzage.gegevens", "inzage.logregels", "iit.ronde", "iit.besluit", "balie.meekijken")
Asker = tuple[int, Callable[[], Question]]


class Doors:
    """Makes questions to the database and to the commands that read it."""

    def __init__(self, foreign: Inventory, rng: random.Random, application: str, owner: str, other: str) -> None:
        self.foreign, self.rng, self.other = foreign, rng, other
        self.urls = {"application role": application, "owner role": owner}
        self.open = {who: psycopg.connect(url, autocommit=True) for who, url in self.urls.items()}
        self.tables = self.open["owner role"].execute(
            "SELECT * FROM (SELECT schemaname, tablename FROM pg_tables"
            " UNION ALL SELECT schemaname, viewname FROM pg_views) t"
            " WHERE schemaname <> 'information_schema' ORDER BY 1, 2"
        ).fetchall()  # fmt: skip
        self.own = [one for one in self.tables if one[0] != "pg_catalog"]

    def first(self) -> dict[str, Asker]:
        """Asked before anything of the other is handed to this municipality by the questions themselves."""
        return {
            "sql": (1100, lambda: self.read("application role")), "sql ": (900, lambda: self.read("owner role")),
            "connection": (220, self.connection), "export": (80, self.export),
        }  # fmt: skip

    def later(self) -> dict[str, Asker]:
        """Functions of the gate; some keep what they were asked."""
        return {"gate": (960, self.gate)}

    def close(self) -> None:
        """Let go of the database."""
        for one in self.open.values():
            one.close()

    def read(self, who: str) -> Question:
        """Any table or view of the system: some rows, rows with something of the other in them, or a trick."""
        draw = self.rng.random()
        if draw < 0.1:
            trick = self.rng.choice(_TRICKS).format(other=self.other, person=pick(self.rng, self.foreign, "person"))
            return Question(who, trick, lambda: Got(self._run(who, trick)))
        schema, table = self.rng.choice(self.own if self.rng.random() < 0.7 else self.tables)
        names = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
        if draw < 0.5:
            wanted = pick(
                self.rng, self.foreign, self.rng.choice(("person", "case", "message", "bsn", "number", "iban"))
            )
            query = names + sql.SQL(" WHERE t::text LIKE {} LIMIT 100").format(sql.Literal(f"%{wanted}%"))
        else:
            wanted = ""
            query = names + sql.SQL(" ORDER BY random() LIMIT 60")
        return Question(who, f"{schema}.{table} {wanted}", lambda: Got(self._run(who, query)))

    def _run(self, who: str, query: Any) -> str:
        connection = self.open[who]
        try:
            with connection.transaction(force_rollback=True):
                found = connection.execute(query if isinstance(query, sql.Composable) else query.encode())
                return (
                    "\n".join(str(row[0]) for row in found.fetchall())
                    if found.description
                    else found.statusmessage or ""
                )
        except psycopg.Error as refused:
            return str(refused)

    def connection(self) -> Question:
        """Into the other's database with every role and password of here, and under the other's names."""
        who = self.rng.choice(tuple(self.urls))
        parts = urlsplit(self.urls[who])
        role = self.rng.choice((parts.username, f"{self.other}_app", f"{self.other}_owner", "postgres"))
        database = self.rng.choice((self.other, self.other, self.other, "postgres", "template1", "waardig"))
        address = urlunsplit(
            parts._replace(netloc=f"{role}:{parts.password}@{parts.hostname}:{parts.port}", path=database)
        )

        def ask() -> Got:
            try:
                with psycopg.connect(address, connect_timeout=10) as inside:
                    return Got(str(inside.execute("SELECT current_user, current_database()").fetchone()), opened=True)
            except psycopg.OperationalError as refused:
                return Got(str(refused))

        return Question(who, f"{role} {database}", ask)

    def export(self) -> Question:
        """The exports, and what the log says to who runs the system."""
        from waardig.accountability.queries import canonical
        from waardig.logbook import queries as logbook
        from waardig.outbox import queries as outbox
        from waardig.proposals import queries as proposals

        ways: dict[str, Callable[[], str]] = {
            "canonical": lambda: "\n".join(json.dumps(one, default=str) for one in canonical()),
            "logbook export": _exported_log,
            "log summary": lambda: str(logbook.log_summary()),
            "log state": lambda: str(logbook.log_state()),
            "rounds": lambda: str([*proposals.runs()]),
            "jobs": lambda: str([*outbox.history()]),
        }
        name = self.rng.choice(("canonical", "canonical", *ways))
        return Question("system administrator", name, lambda: Got(ways[name]()))

    def gate(self) -> Question:
        """A function of the gate with what is the other's, or the two calls for a person of the other."""
        subject = self.rng.choice(self.foreign.people)
        if self.rng.random() < 0.4:
            return self._two_calls(subject)
        name = self.rng.choice(ALLOWED)
        types = [one for one in name.partition("(")[2].rstrip(")").split(",") if one]
        values = [self._value(one, name, subject) for one in types]
        places = sql.SQL(", ").join(
            sql.SQL("{}::" + one).format(sql.Literal(value)) for one, value in zip(types, values, strict=True)
        )
        function = sql.Identifier(*name.partition("(")[0].split("."))
        query = sql.SQL("SELECT t::text FROM {}({}) t").format(function, places)
        return Question("application role", f"{name} {values}", lambda: Got(self._run("application role", query)))

    def _two_calls(self, subject: dict[str, Any]) -> Question:
        """Ask, commit, take: as the person concerned, an employee, a round."""
        from waardig.access.actions import ask
        from waardig.access.queries import attributes_of
        from waardig.access.terms import Actor, Request
        from waardig.kernel.errors import Refusal
        from waardig.registers.queries import take

        person = UUID(subject["person"][0])
        activity = self.rng.choice((READS[0], READS[0], *READS))
        actor = self.rng.choice(
            (Actor("resident", str(person)), Actor("resident", str(person)), Actor("employee", "x", "beslisser"))
        )

        def twice() -> Got:
            try:
                asked = Request(activity, attributes_of(activity), (person,), actor, DAY)
                return Got(str(take(ask(asked))))
            except Refusal as refused:
                return Got(str(refused))

        return Question("application role", f"{activity} {person} {actor}", twice)

    def _value(self, kind: str, name: str, subject: dict[str, Any]) -> Any:
        """Something of the other for a parameter of this type."""
        ids = ("ticket", "person", "document", "fact", "case", "run")
        if kind == "uuid":
            return pick(
                self.rng,
                self.foreign,
                "ticket" if "take" in name or "answer" in name else self.rng.choice(ids),
                subject,
            )
        if kind == "uuid[]":
            return [pick(self.rng, self.foreign, "document"), subject["person"][0]]
        if kind == "text[]":
            return [pick(self.rng, self.foreign, "bsn", subject)]
        if kind == "jsonb":
            return json.dumps(
                {
                    "persons": subject["person"],
                    "activity": "inzage.gegevens",
                    "actor": {"kind": "resident", "id": subject["person"][0]},
                }
            )
        plain: dict[str, Any] = {
            "date": DAY, "boolean": False, "integer": 10, "bigint": 1, "bytea": b"\x00" * 32, "bytea[]": [b"\x00" * 16],
        }  # fmt: skip
        return plain.get(kind, "individuele_inkomenstoeslag")


def _exported_log() -> str:
    from click.testing import CliRunner

    from waardig.logbook.cli import logbook

    with tempfile.TemporaryDirectory() as folder:
        done = CliRunner().invoke(logbook, ["export", "--out", folder])
        return done.output + "\n".join(
            file.read_bytes().hex() if "tile" in file.parts else file.read_text()
            for file in sorted(Path(folder).rglob("*"))
            if file.is_file()
        )


_TRICKS = (
    "SELECT t::text FROM {other}.public.cases_case t",
    "SELECT t::text FROM {other}.reg.person t",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION postgres_fdw",
    "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname '{other}')",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('base')::text",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "CREATE TEMP TABLE t (a text); COPY t FROM '/etc/passwd'",
    "SELECT lo_import('/etc/passwd')::text",
    "SET ROLE {other}_owner",
    "SET SESSION AUTHORIZATION {other}_app",
    "GRANT {other}_owner TO CURRENT_USER",
    "ALTER ROLE {other}_app PASSWORD 'mine'",
    "ALTER DATABASE {other} OWNER TO CURRENT_USER",
    "CREATE DATABASE mine TEMPLATE {other}",
    "SELECT query || application_name FROM pg_stat_activity WHERE datname = '{other}'",
    "SELECT rolpassword FROM pg_authid",
    "SELECT passwd FROM pg_shadow",
    "SELECT t::text FROM pg_stat_database t",
    "SELECT t::text FROM pg_locks t",
    "SELECT t::text FROM pg_prepared_xacts t",
    "SELECT t::text FROM gate.take_lines('{person}', '[]') t",
    "DO $$ BEGIN PERFORM pg_notify('x', '{person}'); END $$",
)
