"""The application role has a free name; a process with another role, or with too strong a one, is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

import waardig
from tests.journeys.towns import Town
from waardig.shell import postgres

PACKAGE = Path(waardig.__file__).parent


@dataclass(frozen=True)
class Elsewhere:
    """A database on the test server whose roles have names of their own."""

    town: Town
    superuser: str
    application: str


@pytest.fixture(scope="module")
def elsewhere(cluster: postgres.Cluster) -> Iterator[Elsewhere]:
    """Migrated by `waardig migrate` with the roles `eigenaar_x` and `gemeente-x`."""
    mark = uuid4().hex[:6]
    name, owner, application = f"elsewhere_{mark}", f"eigenaar_{mark}", f"gemeente-{mark}"
    with psycopg.connect(cluster.addresses("postgres").superuser, autocommit=True) as db:
        for role in (owner, application):
            db.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'pw'").format(sql.Identifier(role)))
        postgres.create_database(db, name, owner=owner, application=application)
    addresses = replace(
        cluster.addresses(name), application=cluster.url(application, "pw", name), owner=cluster.url(owner, "pw", name)
    )
    town = Town(name, addresses)
    done = town.waardig("migrate", owner=True)
    assert done.returncode == 0, done.stderr[-2000:]
    yield Elsewhere(town, addresses.superuser, application)


def test_no_code_knows_a_role_by_name() -> None:
    """Only the embedded server, which makes its own roles."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in (".py", ".sql") and re.search(r"waardig_(app|owner)\b", path.read_text(encoding="utf-8"))
    }

    assert found == {"shell/postgres.py"}


def test_every_right_goes_to_the_role_of_the_address_whatever_its_name(elsewhere: Elsewhere) -> None:
    with psycopg.connect(elsewhere.town.addresses.application, autocommit=True) as application:
        assert application.execute("SELECT count(*) FROM inbox_message").fetchone() == (0,)
        assert application.execute("SELECT count(*) FROM gate.log_summary()").fetchone() is not None
        for text in ("SELECT * FROM reg.person", "UPDATE inbox_message_event SET id = id", "DELETE FROM cases_event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(text.encode())
    allowed = set((PACKAGE / "access/sql/allow_list.txt").read_text(encoding="utf-8").split())
    with psycopg.connect(elsewhere.superuser, autocommit=True) as superuser:
        may = superuser.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'gate' AND has_function_privilege(%s, p.oid, 'EXECUTE')",
            (elsewhere.application,),
        ).fetchall()
        assert {name for (name,) in may} == allowed
        known = superuser.execute(
            "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a WHERE a.grantee = 'waardig_app'::regrole"
        ).fetchone()
        assert known == (0,), "the usual name got rights although it is not this database's role"


def test_migrating_again_changes_nothing_and_another_role_is_refused_first(elsewhere: Elsewhere) -> None:
    again = elsewhere.town.waardig("migrate", "--json", owner=True)
    assert again.returncode == 0 and '"migrations": 0' in again.stdout

    usual = elsewhere.town.addresses.superuser.replace("://postgres:", "://somebody:")
    other = replace(elsewhere.town, addresses=replace(elsewhere.town.addresses, application=usual))
    refused = other.waardig("migrate", owner=True)

    assert refused.returncode == 1
    known = f"not the application role of this database, which is {elsewhere.application}."
    assert f"The role somebody of DATABASE_URL is {known}" in refused.stderr
    assert "RENAME TO" in refused.stderr


def test_the_owner_is_never_taken_as_the_application_role(elsewhere: Elsewhere) -> None:
    addresses = replace(elsewhere.town.addresses, application=elsewhere.town.addresses.owner)
    wrong = replace(elsewhere.town, addresses=addresses)

    for arguments, owner in ((("migrate",), True), (("worker", "--until-empty"), False)):
        done = wrong.waardig(*arguments, owner=owner)
        assert done.returncode == 1 and "may do too much" in done.stderr, done.stderr[-500:]


def test_a_role_without_rights_is_told_so_and_not_that_there_are_no_tables(
    elsewhere: Elsewhere, cluster: postgres.Cluster
) -> None:
    with psycopg.connect(elsewhere.superuser, autocommit=True) as superuser:
        superuser.execute("DROP ROLE IF EXISTS stranger")
        superuser.execute("CREATE ROLE stranger LOGIN PASSWORD 'pw'")
        grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO stranger")
        superuser.execute(grant.format(sql.Identifier(elsewhere.town.name)))
    addresses = replace(elsewhere.town.addresses, application=cluster.url("stranger", "pw", elsewhere.town.name))

    done = replace(elsewhere.town, addresses=addresses).waardig("worker", "--until-empty")

    assert done.returncode == 1
    assert "The role stranger of DATABASE_URL is not the application role of this database." in done.stderr


def test_a_renamed_role_keeps_its_rights_and_gets_those_of_later_migrations(
    elsewhere: Elsewhere, cluster: postgres.Cluster
) -> None:
    name = f"nieuw_{uuid4().hex[:6]}"
    with psycopg.connect(elsewhere.superuser, autocommit=True) as superuser:
        rename = sql.SQL("ALTER ROLE {} RENAME TO {}")
        superuser.execute(rename.format(sql.Identifier(elsewhere.application), sql.Identifier(name)))
        superuser.execute(sql.SQL("ALTER ROLE {} PASSWORD 'pw'").format(sql.Identifier(name)))
        try:
            addresses = replace(elsewhere.town.addresses, application=cluster.url(name, "pw", elsewhere.town.name))
            done = replace(elsewhere.town, addresses=addresses).waardig("migrate", owner=True)

            assert done.returncode == 0, done.stderr[-1000:]
            assert elsewhere.town.value("SELECT application FROM vault.role") == name
        finally:
            superuser.execute(rename.format(sql.Identifier(name), sql.Identifier(elsewhere.application)))
            superuser.execute(sql.SQL("ALTER ROLE {} PASSWORD 'pw'").format(sql.Identifier(elsewhere.application)))
            superuser.execute("UPDATE vault.role SET application = %s", (elsewhere.application,))


def test_the_database_of_one_among_others_lets_nobody_else_in(elsewhere: Elsewhere, cluster: postgres.Cluster) -> None:
    """`migrate` in an installation of several closes the database itself, also when an administrator forgot to."""
    with psycopg.connect(elsewhere.superuser, autocommit=True) as superuser:
        opened = sql.SQL("GRANT CONNECT ON DATABASE {} TO PUBLIC").format(sql.Identifier(elsewhere.town.name))
        superuser.execute(opened)
    stranger = cluster.url("waardig_app", _password(cluster), elsewhere.town.name)
    psycopg.connect(stranger).close()

    code = "from waardig.shell import system; system.prepare(owner=True); system.migrate(alone=True)"
    subprocess.run([sys.executable, "-c", code], env=elsewhere.town.environment(owner=True), check=True)

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(stranger)
    psycopg.connect(elsewhere.town.addresses.application).close()


def _password(cluster: postgres.Cluster) -> str:
    found = re.search(r"://waardig_app:([^@]+)@", cluster.addresses().application)
    assert found
    return found[1]
