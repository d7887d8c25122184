"""Checking a backup by putting it back: in an embedded server of its own that is thrown away afterwards.

A backup that nobody ever put back is a hope. What was found is recorded in the running installation, so that the page
of who runs the system shows when a backup was last proven.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from waardig.outbox.actions import record
from waardig.outbox.terms import OperationKind
from waardig.shell.operating.manifest import Manifest, check_files, read_manifest
from waardig.shell.operating.restore import Restored
from waardig.shell.postgres import APPLICATION, Cluster

_NOT_PASSED = ("DATABASE_URL", "DATABASE_OWNER_URL", "WAARDIG_LOG_WITNESS", "WAARDIG_LOG_KEY", "WAARDIG_DATA")


def check_backup(folder: Path, keys: Path, *, by: str) -> Restored:
    """Put a backup back elsewhere, compare, throw that away, and record here what was found.

    Raises:
        BackupDamaged: a file is missing or other; that is recorded too.
    """
    try:
        manifest = read_manifest(folder)
        check_files(manifest, folder, keys)
        found = _in_a_server_of_its_own(folder, keys, manifest)
    except BaseException:
        record(OperationKind.BACKUP_CHECK, by=by, note=folder.name, succeeded=False)
        raise
    record(OperationKind.BACKUP_CHECK, by=by, note=folder.name, succeeded=found.is_whole)
    return found


def _in_a_server_of_its_own(folder: Path, keys: Path, manifest: Manifest) -> Restored:
    with tempfile.TemporaryDirectory(prefix="waardig-check-") as place:
        Path(place).chmod(0o711)
        cluster = Cluster(Path(place) / "postgres", durable=False)
        addresses = cluster.start()
        try:
            application = addresses.application
            if manifest.application != APPLICATION:
                _rename(addresses.superuser, manifest.application)
                application = application.replace(f"//{APPLICATION}:", f"//{manifest.application}:")
            ways = {"DATABASE_URL": application, "DATABASE_OWNER_URL": addresses.owner}
            return _restored(folder, keys, manifest, {**ways, "WAARDIG_LOG_ARCHIVE": str(Path(place) / "log-archive")})
        finally:
            cluster.destroy()


def _rename(superuser: str, name: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        text = sql.SQL("ALTER ROLE {} RENAME TO {}")
        connection.execute(text.format(sql.Identifier(APPLICATION), sql.Identifier(name)))


def _restored(folder: Path, keys: Path, manifest: Manifest, place: dict[str, str]) -> Restored:
    """The same command in a process of its own, so that this one keeps its database."""
    known = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED}
    command = [sys.executable, "-m", "waardig", "restore", "--from", str(folder), "--keys", str(keys), "--json"]
    done = subprocess.run(
        command, env={**known, **place}, capture_output=True, text=True,
    )  # fmt: skip
    try:
        told = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return Restored(manifest, (last[:300],), (), ())
    if "refused" in told:
        return Restored(manifest, (str(told["text"]),), (), ())
    return Restored(manifest, tuple(told["differences"]), tuple(told["notices"]), ())
