"""Old months of the log go from the tables to files: the file is safe before a line leaves, a transaction a month."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from waardig.logbook.adapters import archive_files as files
from waardig.logbook.adapters.archived import archives, leaves_of
from waardig.logbook.adapters.gate import call_gate
from waardig.logbook.terms import ARCHIVE, Archived, ArchiveDamaged, ArchiveTermInvalid
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob

KEEP, LEAST = 24, 3
"""Months that stay in the tables when nothing is set, and at least."""
ONE_AT_A_TIME = 6963
"""The lock of whoever takes lines away, of the tables or of a file."""


def keep_months() -> int:
    """So many months stay in the tables: WAARDIG_LOG_ARCHIVE_AFTER, 24 when it is not set.

    Raises:
        ArchiveTermInvalid: it is no whole number of at least 3.
    """
    text = os.environ.get("WAARDIG_LOG_ARCHIVE_AFTER", str(KEEP))
    if not text.isdigit() or int(text) < LEAST:
        raise ArchiveTermInvalid(text, LEAST)
    return int(text)


def months_to_archive() -> tuple[str, ...]:
    """The months in the tables that are past that term, oldest first."""
    rows = call_gate("SELECT month FROM gate.months_to_archive(%s)", [keep_months()])
    return tuple(month for (month,) in cast("list[tuple[str]]", rows))


def archive_month(month: str) -> Archived:
    """Put the lines of a month in a file, and take them out of the tables when it is on the disk and holds every one.

    Each line is read back from the file, and its leaf computed anew, before one goes. Killed at any moment: the lines
    stand in the tables, or in a file that the database names; a file that it does not name goes at the next start.

    Args:
        month: "2025-03"; every line must have its place in the tree.

    Raises:
        GateRefused: this month may not go yet (`not_to_archive`), or the file is not right (`archive_differs`).
        LogbookUnavailable: the database refuses.
    """
    with transaction.atomic():
        call_gate("SELECT gate.begin_archive(%s, %s)", [month, keep_months()])
        written = files.write_month(month, _lines())
        leaves = _leaves(month, written.name)
        call_gate(
            "SELECT gate.finish_archive(%s, %s, %s, %s, %s)",
            [written.name, written.sha256, written.size, written.lines, leaves],
        )
    drop_others()
    return next(one for one in archives() if one.month == month)


def _lines() -> Iterator[bytes]:
    """The lines of the month that was begun, as CSV, over the connection of this thread whoever reads them."""
    return _copied(connections[DEFAULT_DB_ALIAS].connection)


def _copied(connection: psycopg.Connection[object]) -> Iterator[bytes]:
    wanted = "COPY (SELECT * FROM gate.lines_to_archive()) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(wanted) as copy:
        yield from (bytes(block) for block in copy)


def _leaves(month: str, file: str) -> bytes:
    """SHA-256 of the leaves in the order of their places, as they follow from the file."""
    digest = hashlib.sha256()
    for part in files.batches([file], order="ORDER BY place"):
        for place, _, _, leaf in sorted(leaves_of(month, part)):
            if leaf is None:
                raise ArchiveDamaged(file, f"the line of place {place} came out other than it went in")
            digest.update(leaf)
    return digest.digest()


def write_without(month: str, file: str, places: Sequence[int]) -> None:
    """Write a month anew without lines that are past their term; joins the transaction in which they were listed."""
    written = files.write_without(month, file, places)
    call_gate(
        "SELECT gate.replace_archive(%s, %s, %s, %s, %s)",
        [month, written.name, written.sha256, written.size, written.lines],
    )


def drop_others() -> int:
    """Remove files that the database does not name, while nobody writes one. Gives how many."""
    with transaction.atomic():
        wait_for_turn()
        return files.drop_others(one.file for one in archives())


def wait_for_turn() -> None:
    """Until the end of the caller's transaction nobody else takes lines away."""
    call_gate("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def archive_daily(today: date) -> int:
    """Ask for the work of a day, once whoever asks; joins the caller's transaction."""
    return enqueue([NewJob(ARCHIVE, today.isoformat())])


def archive_some(key: str) -> None:
    """One month, if one is due; the next is another job, because a lease ends."""
    due = months_to_archive()
    if not due:
        drop_others()
        return
    archive_month(due[0])
    if len(due) > 1:
        with transaction.atomic():
            enqueue([NewJob(ARCHIVE, f"{key.partition(':')[0]}:{due[1]}")])
