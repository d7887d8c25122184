"""The barrier itself: what the application role may do in the database, read from the catalogue."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import waardig
from tests.conftest import postgres
from waardig.logbook.terms import LogbookUnavailable

ALLOW_LIST = Path(waardig.__file__).parent / "access" / "sql" / "allow_list.txt"
_TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
ORDER BY 1, 2
"""
_FUNCTIONS = """
SELECT p.oid::regprocedure::text, p.prosecdef, p.proconfig, has_function_privilege(%s, p.oid, 'EXECUTE'),
       EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
               WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' ORDER BY 1
"""
_READ = sql.SQL("SELECT * FROM {}")
_OTHER = [
    sql.SQL(text) for text in ("DELETE FROM {}", "TRUNCATE {}", "INSERT INTO {} DEFAULT VALUES", "COPY {} TO STDOUT")
]


def _application(owner: psycopg.Connection) -> str:
    row = owner.execute("SELECT application FROM vault.role").fetchone()
    assert row
    return str(row[0])


def _allowed() -> set[str]:
    return set(ALLOW_LIST.read_text(encoding="utf-8").split())


def _tables(owner: psycopg.Connection, *, policy: bool) -> list[sql.Identifier]:
    rows = owner.execute(_TABLES).fetchall()
    kept = {"public", "kept"} if policy else {"public", "kept", "pol"}
    return [
        sql.Identifier(schema, name) for schema, name in rows if schema not in kept and (not policy or schema == "pol")
    ]


def test_no_table_outside_public_and_policy_can_be_read_or_written_directly(
    owner: psycopg.Connection, database: postgres.Addresses
) -> None:
    closed = _tables(owner, policy=False)
    known = {"reg.person", "reg.fact", "reg.document", "log.line", "log.detail", "log.audit_actor", "gate.ticket"}
    assert known <= {table.as_string().replace('"', "") for table in closed}

    with psycopg.connect(database.application, autocommit=True) as application:
        for table in closed:
            for statement in (_READ, *_OTHER):
                with pytest.raises(psycopg.errors.InsufficientPrivilege) as refusal:
                    application.execute(statement.format(table))
                assert refusal.value.sqlstate == "42501"


def test_policy_can_be_read_and_not_written(owner: psycopg.Connection, database: postgres.Addresses) -> None:
    policy = _tables(owner, policy=True)
    assert len(policy) >= 6

    with psycopg.connect(database.application, autocommit=True) as application:
        for table in policy:
            application.execute(_READ.format(table))
            for statement in _OTHER[:3]:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    application.execute(statement.format(table))


def test_the_security_definer_functions_are_exactly_the_committed_list(owner: psycopg.Connection) -> None:
    rows = owner.execute(_FUNCTIONS, (_application(owner),)).fetchall()

    assert {name for name, definer, *_ in rows if definer} == _allowed()


def test_the_application_may_execute_exactly_that_list(owner: psycopg.Connection) -> None:
    rows = owner.execute(_FUNCTIONS, (_application(owner),)).fetchall()

    assert {name for name, _, _, may, _ in rows if may} == _allowed()


def test_nobody_may_execute_a_function_just_by_being_there(owner: psycopg.Connection) -> None:
    rows = owner.execute(_FUNCTIONS, (_application(owner),)).fetchall()

    assert [name for name, *_, public in rows if public] == []


def test_a_new_function_is_closed_until_it_is_opened(owner: psycopg.Connection) -> None:
    owner.execute("CREATE FUNCTION gate.nieuw() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    try:
        rows = {row[0]: row for row in owner.execute(_FUNCTIONS, (_application(owner),))}
        assert rows["gate.nieuw()"][3:] == (False, False)
    finally:
        owner.execute("DROP FUNCTION gate.nieuw()")


def test_every_security_definer_function_has_a_fixed_search_path(owner: psycopg.Connection) -> None:
    rows = owner.execute(_FUNCTIONS, (_application(owner),)).fetchall()

    for name, definer, config, *_ in rows:
        if definer:
            assert config == ["search_path=pg_catalog, pg_temp"], name


def test_a_table_of_the_same_name_in_a_temporary_schema_does_not_fool_a_function(
    owner: psycopg.Connection, database: postgres.Addresses
) -> None:
    """The application may be refused temporary tables altogether; if it is not, they must change nothing."""
    with psycopg.connect(database.application, autocommit=True) as application:
        try:
            application.execute("CREATE TEMP TABLE line (a int)")
        except psycopg.errors.InsufficientPrivilege:
            return
        assert application.execute("SELECT * FROM gate.verify_log()").fetchall() == []


def test_the_application_role_has_no_power_beyond_its_grants(owner: psycopg.Connection) -> None:
    role = _application(owner)

    row = owner.execute(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, "
        "(SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid) FROM pg_roles r WHERE rolname = %s",
        (role,),
    ).fetchone()

    assert row == (False, False, False, False, False, 0)


@pytest.mark.parametrize("schema", ["reg", "log", "vault"])
def test_the_application_cannot_even_look_into_a_closed_schema(owner: psycopg.Connection, schema: str) -> None:
    row = owner.execute(
        "SELECT has_schema_privilege(%s, %s, 'USAGE, CREATE')", (_application(owner), schema)
    ).fetchone()

    assert row == (False,)


@pytest.mark.parametrize("schema", ["gate", "pol", "public"])
def test_the_application_can_make_nothing_in_an_open_schema(owner: psycopg.Connection, schema: str) -> None:
    row = owner.execute("SELECT has_schema_privilege(%s, %s, 'CREATE')", (_application(owner), schema)).fetchone()

    assert row == (False,)


def test_the_owner_is_no_superuser_so_that_its_own_grants_bind_it(owner: psycopg.Connection) -> None:
    assert owner.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone() == (
        False,
        False,
    )


def test_the_log_only_grows_even_for_the_owner(owner: psycopg.Connection) -> None:
    from tests.access.builders import a_person, open_keeping

    open_keeping(owner)
    a_person()
    for table in ("line", "detail"):
        for text in ("DELETE FROM log.{}", "UPDATE log.{} SET trace_id = trace_id"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
                owner.execute(sql.SQL(text).format(sql.Identifier(table)))


def test_a_database_that_refuses_is_told_as_a_refusal_without_its_text(db: None) -> None:
    from waardig.logbook.queries import call_gate

    with pytest.raises(LogbookUnavailable) as refusal:
        call_gate("SELECT * FROM reg.person")

    assert refusal.value.sqlstate == "42501"
    assert "permission denied" not in str(refusal.value)
    assert refusal.value.__cause__ is None
