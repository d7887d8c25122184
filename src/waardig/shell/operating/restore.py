"""Putting a backup back in an empty database, and proving that it is the same: export, rights, functions, log.

Everything goes in one transaction; a restore that is killed leaves an empty database. A backup from before a checkpoint
that was kept outside is put back, and then reported: services stand still until two people accept what was lost.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections, transaction

from waardig.accountability.queries import canonical
from waardig.archive.terms import CameBack
from waardig.kernel.content import content_roots
from waardig.kernel.errors import Refusal
from waardig.logbook import queries as logbook
from waardig.logbook.terms import Loss
from waardig.outbox.actions import record
from waardig.outbox.terms import OperationKind
from waardig.shell import roles
from waardig.shell.operating.backup import DATABASE, SECRET_KEY, VAULT
from waardig.shell.operating.destroyed_outside import look_at_lists
from waardig.shell.operating.log_files import put_log_files_back
from waardig.shell.operating.manifest import Manifest, check_files, folders_print, key_print, lines_print, read_manifest
from waardig.shell.operating.pg_programs import run_program
from waardig.shell.operating.schema import applied_migrations, schema_state
from waardig.shell.operating.watch import look_at_witness

ALLOW_LIST = Path(__file__).resolve().parents[2] / "access" / "sql" / "allow_list.txt"
_TABLES = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
"""
_DOORS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND has_function_privilege(%s, p.oid, 'EXECUTE')
"""
_OPEN_TABLES = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname IN ('reg', 'log', 'gate', 'vault')
AND has_table_privilege(%s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
"""


class DatabaseNotEmpty(Refusal):
    """A restore never writes over what is there."""

    def __init__(self) -> None:
        super().__init__(
            code="database_not_empty",
            text_nl="In deze database staat al iets.",
            text_en="This database is not empty; a restore never writes over what is there.",
            remedy="Make an empty database (see docs/how-to/back-up-and-restore.md), "
            "or with the embedded one run `waardig db reset` first.",
        )


class RoleOfBackup(Refusal):
    """The rights in a backup are those of a role that DATABASE_URL does not name."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            code="role_of_backup",
            text_nl=f"Deze reservekopie hoort bij de rol {known}, niet bij {found}.",
            text_en=f"This backup gives its rights to the role {known}; DATABASE_URL has {found}.",
            remedy=f"Make the role {known} and use it in DATABASE_URL; it may be renamed after the restore.",
        )


@dataclass(frozen=True)
class Restored:
    """What was put back, what differs from the backup (nothing when it is the same), what to know, what is lost.

    Attributes:
        came_back: what was destroyed after the backup and could not be destroyed again by itself.
    """

    manifest: Manifest
    differences: tuple[str, ...]
    notices: tuple[str, ...]
    losses: tuple[Loss, ...]
    came_back: tuple[CameBack, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Everything is as it was, nothing that others know of is lost, and nothing that was destroyed is back."""
        return not self.differences and not self.losses and not self.came_back


def restore_backup(folder: Path, keys: Path, *, owner_url: str, by: str, witness: Path | None = None) -> Restored:
    """Put a backup back in the empty database of this process, and compare.

    Raises:
        BackupDamaged, DatabaseNotEmpty, RoleOfBackup, ProgramFailed: nothing was changed.
    """
    manifest = read_manifest(folder)
    check_files(manifest, folder, keys)
    role = roles.application_role()
    if role != manifest.application:
        raise RoleOfBackup(role, manifest.application)
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TABLES)
        if cursor.fetchone()[0]:
            raise DatabaseNotEmpty
    put_log_files_back(manifest, folder)
    _load(folder, keys, owner_url)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
        roles.settle_role(cursor, alone=False)
        roles.protect_history(cursor, role)
    connections["default"].close()
    differences = tuple(_differences(manifest, role))
    record(OperationKind.RESTORE, by=by, note=folder.name, succeeded=not differences)
    if not schema_state().is_right:
        return Restored(manifest, differences, tuple(_notices(manifest)), ())
    losses = look_at_witness(witness)
    return Restored(manifest, differences, tuple(_notices(manifest)), losses, look_at_lists(witness))


def _load(folder: Path, keys: Path, owner_url: str) -> None:
    """Tables, rows and rights in one transaction; default rights name the owner of then, so they are made anew."""
    once = ("--single-transaction", "--exit-on-error", "--no-owner")
    named = f"--dbname={urlsplit(owner_url).path.lstrip('/')}"
    contents = run_program("pg_restore", owner_url, "--list", str(folder / DATABASE))
    chosen = "\n".join(line for line in contents.splitlines() if " DEFAULT ACL " not in line)
    with tempfile.NamedTemporaryFile("w", suffix=".list") as listed:
        listed.write(chosen + "\n")
        listed.flush()
        run_program("pg_restore", owner_url, *once, f"--use-list={listed.name}", named, str(folder / DATABASE))
    run_program("pg_restore", owner_url, *once, "--data-only", named, str(keys / VAULT))


def _differences(manifest: Manifest, role: str) -> Iterator[str]:
    """What is not as it was; each check says in words what it found."""
    lines, digest = _export() if schema_state().is_right else (manifest.export_lines, manifest.export_sha256)
    checks: tuple[tuple[bool, str], ...] = (
        (applied_migrations() == manifest.migrations, "the migrations differ"),
        (lines == manifest.export_lines, f"the export has {lines} lines, not {manifest.export_lines}"),
        (digest == manifest.export_sha256, "the canonical export has another fingerprint"),
    )
    yield from (words for ok, words in checks if not ok)
    yield from _rights(role)
    yield from _log(manifest)


def _export() -> tuple[int, str]:
    with transaction.atomic():
        return lines_print(canonical())


def _rights(role: str) -> Iterator[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_DOORS, [role])
        doors = {name for (name,) in cursor.fetchall()}
        cursor.execute(_OPEN_TABLES, [role])
        opened = sorted(name for (name,) in cursor.fetchall())
    if schema_state().is_right and doors != set(ALLOW_LIST.read_text(encoding="utf-8").split()):
        yield "the functions that the application may execute differ from the list"
    if opened:
        yield f"the application has rights on closed tables: {', '.join(opened)}"
    try:
        roles.check_role()
    except Refusal as refusal:
        yield f"the application role: {refusal.code}"


def _log(manifest: Manifest) -> Iterator[str]:
    size = logbook.tree_size()
    if size != manifest.log.placed or logbook.tree_root(size).hex() != manifest.log.root:
        yield "the tree of the log has another root"
    if not logbook.log_state().is_whole:
        yield "the log is not whole: run `waardig logbook verify`"


def _notices(manifest: Manifest) -> Iterator[str]:
    """What is not wrong with the database, and still must be looked at."""
    if key_print(os.environ.get("WAARDIG_SECRET_KEY", "")) != manifest.secret_key:
        yield (
            "WAARDIG_SECRET_KEY is another than when the backup was made: codes on letters that were sent do not work. "
            f"Use the one in the file {SECRET_KEY} of the keys."
        )
    if folders_print(content_roots()) != manifest.content:
        yield "the content folders are other than when the backup was made; put back those of then, or decide anew"
    state = schema_state()
    if not state.is_right:
        yield (
            "the tables are of another version; run `waardig migrate` (or start the version of then), then verify; "
            "the worker then destroys again what was destroyed after the backup"
        )


def default_keys(folder: Path) -> Path:
    """Where the keys lie when no other folder was named."""
    return folder / "keys"
