"""The two roles of a database: which one is the application's, what it may, and whether a process has the right one.

The application role is the one of DATABASE_URL when `waardig migrate` runs for the first time; its name is free. The
grants themselves remember it, so that a later command with another role is refused before anything happens.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from waardig.kernel.errors import Refusal

RENAMED = Path(__file__).resolve().parent / "role.sql"
_GRANTED = """
SELECT r.rolname FROM pg_namespace n, aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = 'gate' AND a.privilege_type = 'USAGE' AND a.grantee <> n.nspowner
"""
_FITNESS = """
SELECT current_user, r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, n.nspowner, 'USAGE'),
       has_schema_privilege(r.oid, 'gate', 'USAGE')
FROM pg_roles r LEFT JOIN pg_namespace n ON n.nspname = 'gate' WHERE r.rolname = current_user
"""


class RoleDiffers(Refusal):
    """The role of DATABASE_URL is not the one that this database knows as the application's."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            code="role_differs",
            text_nl=f"De rol {found} in DATABASE_URL is niet de toepassingsrol van deze database.",
            text_en=f"The role {found} of DATABASE_URL is not the application role of this database"
            + (f", which is {known}." if known else "."),
            remedy="Use the role for which `waardig migrate` ran the first time, or rename it: "
            "ALTER ROLE ... RENAME TO ... keeps every right.",
        )


class RoleTooStrong(Refusal):
    """A role that may pass the gate was given as the application role."""

    def __init__(self, found: str) -> None:
        super().__init__(
            code="role_too_strong",
            text_nl=f"De rol {found} in DATABASE_URL mag te veel: zij kan gegevens lezen zonder regel in het log.",
            text_en=f"The role {found} of DATABASE_URL may do too much: it could read data without a log line.",
            remedy="Give DATABASE_URL a role that is no superuser, not the owner and no member of the owner.",
        )


def application_role() -> str:
    """The role of DATABASE_URL."""
    return str(connections["default"].settings_dict["USER"])


def settle_role(cursor: CursorWrapper, *, alone: bool) -> str:
    """Before migrations run, as the owner: check the application role and give it what every new table needs.

    Args:
        alone: others have databases on this server too: nobody but this owner and this role may connect to this one.

    Returns:
        The application role.

    Raises:
        RoleTooStrong: it is the owner itself.
        RoleDiffers: this database has another application role.
    """
    role = application_role()
    cursor.execute("SELECT current_user")
    if cursor.fetchone() == (role,):
        raise RoleTooStrong(role)
    cursor.execute(_GRANTED)
    known = [name for (name,) in cursor.fetchall()]
    if known and role not in known:
        raise RoleDiffers(role, known[0])
    if known:
        cursor.execute(RENAMED.read_text(encoding="utf-8"), [role, role])
    _prepare_rights(cursor, sql.Identifier(role), alone=alone)
    return role


def _prepare_rights(cursor: CursorWrapper, role: sql.Identifier, *, alone: bool) -> None:
    rights = [
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {role}",
    ]
    if alone:
        rights += ["GRANT CONNECT ON DATABASE {database} TO {role}", "REVOKE ALL ON DATABASE {database} FROM PUBLIC"]
    database = sql.Identifier(connections["owner"].settings_dict["NAME"])
    for right in rights:
        cursor.execute(sql.SQL(right).format(role=role, database=database))


def protect_history(cursor: CursorWrapper, role: str) -> None:
    """After migrations ran: which ones did is the owner's to write."""
    text = sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}")
    cursor.execute(text.format(sql.Identifier(role)))


def check_role() -> None:
    """Before serving or working: this process has the application role, and that role cannot pass the gate.

    Raises:
        RoleTooStrong, RoleDiffers: say which role was found.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(_FITNESS)
        found, too_strong, granted = cursor.fetchone()
    if too_strong:
        raise RoleTooStrong(found)
    if not granted:
        raise RoleDiffers(found, "")
