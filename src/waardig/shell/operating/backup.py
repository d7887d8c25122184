"""Making a backup: one moment of the whole database, its keys apart, and a manifest to compare a restore with.

The dump is made from a snapshot that the canonical export is computed in too, so the fingerprint belongs to exactly
what is in it, while people go on working. A folder bears its name only when it is whole.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, connections, transaction

from waardig import __version__
from waardig.accountability.queries import canonical
from waardig.kernel.clock import wall_now
from waardig.kernel.content import content_roots
from waardig.logbook import queries as logbook
from waardig.outbox.actions import record
from waardig.outbox.terms import OperationKind
from waardig.shell.operating.log_files import LOG_FILES, copy_log_files, log_files_stay
from waardig.shell.operating.manifest import LogStand, Manifest, folders_print, key_print, lines_print, print_of
from waardig.shell.operating.pg_programs import run_program
from waardig.shell.operating.schema import applied_migrations, refuse_other_schema
from waardig.shell.operating.watch import keep_watch

DATABASE = "database.dump"
VAULT = "vault.dump"
CHECKPOINT = "checkpoint.txt"
SECRET_KEY = "secret-key"
LOG_KEY = "log-key"
VAULT_TABLE = "vault.pseudonym_key"


@dataclass(frozen=True)
class Made:
    """Where a backup and its keys lie."""

    folder: Path
    keys: Path
    manifest: Manifest


def make_backup(to: Path, keys_to: Path | None, *, owner_url: str, by: str) -> Made:
    """Make a backup in a new folder below `to`, named after the moment; the keys go below `keys_to`.

    Raises:
        SchemaOther: the tables are of another version.
        ProgramFailed: the dump could not be made; nothing stays behind.
    """
    refuse_other_schema()
    keep_watch()
    name = f"waardig-{wall_now().astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
    folder, keys = to / name, (keys_to / name if keys_to else to / name / "keys")
    staging, keys_staging = to / f".{name}", (keys_to / f".{name}" if keys_to else to / f".{name}" / "keys")
    for one in (staging, keys_staging):
        one.mkdir(parents=True, mode=0o700)
    try:
        manifest = _fill(staging, keys_staging, owner_url)
        manifest.write(staging)
        _close(staging, keys_staging)
        if keys_to:
            keys_staging.rename(keys)
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(keys_staging, ignore_errors=True)
        raise
    record(OperationKind.BACKUP, by=by, note=name)
    return Made(folder, keys, manifest)


def _fill(folder: Path, keys: Path, owner_url: str) -> Manifest:
    """Dump and describe one and the same moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with log_files_stay():
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
            snapshot, server = cursor.fetchone()
            old_months = copy_log_files(folder / LOG_FILES)
        lines, digest = lines_print(canonical())
        stand, note = _log_stand()
        # Waardig has no large objects; whoever makes one as the application may not keep us from making backups.
        common = ("--format=custom", "--no-owner", "--no-large-objects", f"--snapshot={snapshot}")
        run_program("pg_dump", owner_url, *common, f"--exclude-table-data={VAULT_TABLE}", output=folder / DATABASE)
        run_program("pg_dump", owner_url, *common, "--data-only", f"--table={VAULT_TABLE}", output=keys / VAULT)
    files = [print_of(folder / DATABASE), print_of(keys / VAULT, keys=True)]
    files += [print_of(one, below=LOG_FILES) for one in old_months]
    if note:
        (folder / CHECKPOINT).write_text(note, encoding="utf-8")
        files.append(print_of(folder / CHECKPOINT))
    files += [print_of(one, keys=True) for one in _keep_keys(keys)]
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        waardig=__version__,
        server=str(server),
        application=str(connections["default"].settings_dict["USER"]),
        migrations=applied_migrations(),
        export_lines=lines,
        export_sha256=digest,
        content=folders_print(content_roots()),
        secret_key=key_print(os.environ.get("WAARDIG_SECRET_KEY", "")),
        log=stand,
        files=tuple(files),
    )


def _log_stand() -> tuple[LogStand, str]:
    last, size = logbook.signed(), logbook.tree_size()
    note = last.checkpoint.note if last else ""
    return LogStand(logbook.progress().lines, size, logbook.tree_root(size).hex(), note), note


def _keep_keys(keys: Path) -> list[Path]:
    """The secrets that are not in the database: without them codes on sent letters and the log's name are lost."""
    kept = []
    secret = os.environ.get("WAARDIG_SECRET_KEY", "")
    if secret:
        (keys / SECRET_KEY).write_text(secret, encoding="utf-8")
        kept.append(keys / SECRET_KEY)
    named = os.environ.get("WAARDIG_LOG_KEY", "")
    if named:
        shutil.copyfile(named, keys / LOG_KEY)
        kept.append(keys / LOG_KEY)
    return kept


def _close(*folders: Path) -> None:
    """Only who made it can read it."""
    for folder in folders:
        folder.chmod(0o700)
        for file in folder.rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
