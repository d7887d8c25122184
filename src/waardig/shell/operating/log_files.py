"""The files with old months of the log go along in a backup, and come back before the log is looked at."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connections

from waardig.logbook.actions.archiving import ONE_AT_A_TIME
from waardig.logbook.queries import archive_folder, archives
from waardig.shell.operating.manifest import Manifest

log = logging.getLogger(__name__)
LOG_FILES = "log-archive"
"""The folder of these files in a backup."""


@contextmanager
def log_files_stay() -> Iterator[None]:
    """Nobody writes a month anew or takes a file away meanwhile; over a connection of its own, before any snapshot."""
    known = connections["default"].get_connection_params()
    known.pop("cursor_factory", None)
    known.pop("context", None)
    with psycopg.connect(**known, autocommit=True) as beside:
        beside.execute("SELECT pg_advisory_lock_shared(%s)", [ONE_AT_A_TIME])
        yield


def copy_log_files(to: Path) -> list[Path]:
    """Copy every file that the database names; gives the copies.

    One that is missing or was changed does not keep the database from being backed up: whoever checks or restores the
    backup is told that the log is not whole, as `waardig logbook verify` does here.
    """
    made = []
    for one in archives():
        to.mkdir(exist_ok=True, mode=0o700)
        source, copy = archive_folder() / one.file, to / one.file
        if not source.is_file():
            log.error("%s with the log of %s is missing, so not in this backup", one.file, one.month)
            continue
        shutil.copyfile(source, copy)
        made.append(copy)
    return made


def put_log_files_back(manifest: Manifest, folder: Path) -> None:
    """Put those files where this installation keeps them; the same name is the same file."""
    for one in manifest.files:
        if one.name.startswith(f"{LOG_FILES}/"):
            place = archive_folder()
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = Path(one.name).name
            shutil.copyfile(folder / one.name, place / f".{name}.new")
            (place / f".{name}.new").chmod(0o600)
            (place / f".{name}.new").replace(place / name)
